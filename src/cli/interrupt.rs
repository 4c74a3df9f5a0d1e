//! Ctrl-C, and a system that wants the program to end. Home of ctrlc.

use crate::failure::{Cause, Failure, Result};
use crate::language::Words;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What shells report of a program that was ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Whether the program is to end. It does so at the next good moment; whoever cannot wait for that presses Ctrl-C again.
#[derive(Debug, Clone)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on Ctrl-C is heard here and ends nothing by itself. Once in a process.
    ///
    /// # Errors
    /// Trouble of the machine.
    pub(super) fn listen() -> Result<Interrupt> {
        let has_come = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&has_come);
        let listening = ctrlc::set_handler(move || {
            if heard.swap(true, Ordering::Relaxed) {
                process::exit(INTERRUPTED);
            }
        });
        listening.map_err(|error| Failure {
            cause: Cause::Machine,
            message: Words::new(
                format!("รับสัญญาณ Ctrl-C ไม่ได้: {error}"),
                format!("cannot listen to Ctrl-C: {error}"),
            ),
        })?;
        Ok(Interrupt(has_come))
    }

    /// Whether it was pressed.
    pub(super) fn has_come(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
