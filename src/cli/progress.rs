//! The bar of what takes longer than a second, for somebody who sits at the terminal. It says how many agencies or links are done.

use crate::build::Progress;
use crate::language::{Language, Words};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// What is shorter is over before anyone has read a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that is not drawn before the second is over, and never where nobody sees it.
pub(super) struct Bar {
    bar: ProgressBar,
    start: Instant,
    language: Language,
}

impl Bar {
    /// A bar for what begins now.
    pub(super) fn new(language: Language) -> Bar {
        Bar { bar: ProgressBar::hidden(), start: Instant::now(), language }
    }

    /// Moves it on with a build.
    pub(super) fn tell(&self, progress: Progress) {
        match progress {
            Progress::Agencies(count) => self.begin(count, Words::new("หน่วยงาน", "agencies")),
            Progress::AgencyDone => self.step(),
            Progress::Publishing => self.say(Words::new("นำขึ้นแทนที่", "publishing")),
        }
    }

    /// Counts so many things, from none on.
    pub(super) fn begin(&self, count: usize, of: Words) {
        self.bar.set_length(count as u64);
        self.bar.set_style(style());
        self.say(of);
    }

    /// One of them is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.start.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes it away, so that what is said next stands alone.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, words: Words) {
        self.bar.set_message(words.in_language(self.language).to_owned());
    }
}

/// The template is a constant, so it can only be right; plain looks are right as well.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
