//! The terminal: how wide it is, whether somebody sits at it, and writing to it so that a reader who leaves early is no failure.

use crate::failure::{Failure, Result};
use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use terminal_size::{Width, terminal_size};

/// Columns of a terminal of which nothing is known.
const USUAL_WIDTH: usize = 80;

/// Columns of the terminal, also when only one of the streams is still connected to it.
pub(super) fn width() -> usize {
    let terminal = terminal_size().map(|(Width(columns), _)| usize::from(columns));
    let told = || env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(told).filter(|columns| *columns > 0).unwrap_or(USUAL_WIDTH)
}

/// Whether questions would be seen and could be answered.
pub(super) fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Writes what is the command's result.
///
/// # Errors
/// Trouble of the machine, such as a full disk behind `>`; not a pipe that nobody reads any more.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    written(&mut BufWriter::new(anstream::stdout().lock()), write)
}

/// Writes what accompanies the result.
///
/// # Errors
/// As [`to_stdout`].
pub(super) fn to_stderr(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    written(&mut BufWriter::new(anstream::stderr().lock()), write)
}

fn written(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    match write(out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io(Path::new("stdout"), &error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pipe_that_nobody_reads_is_no_failure() {
        let check = |kind: io::ErrorKind, is_failure: bool| {
            let mut out = Vec::new();
            assert_eq!(written(&mut out, |_| Err(kind.into())).is_err(), is_failure, "{kind}");
        };
        check(io::ErrorKind::BrokenPipe, false);
        check(io::ErrorKind::StorageFull, true);
    }
}
