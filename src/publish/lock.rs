//! One build at a time per output, and none while somebody reads it. The system itself lets go of the lock when the program ends, however it ends.

use crate::failure::{Failure, Result};
use crate::publish::words;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes the lock, which is held as long as the file is open. Somebody else may hold it for so many attempts, 50 ms apart.
pub(super) fn take(file: &Path, output: &Path, attempts: u32) -> Result<File> {
    let refused = |error: io::Error| Failure::io(file, &error);
    let lock = File::options().create(true).truncate(false).write(true).open(file).map_err(refused)?;
    wait(lock, file, output, attempts, File::try_lock)
}

/// The same for somebody who only reads, as others may at the same time. Where no build has ever been there is no lock to take.
pub(super) fn share(file: &Path, output: &Path, attempts: u32) -> Result<Option<File>> {
    match File::open(file) {
        Ok(lock) => wait(lock, file, output, attempts, File::try_lock_shared).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(file, &error)),
    }
}

fn wait(
    lock: File,
    file: &Path,
    output: &Path,
    attempts: u32,
    attempt: impl Fn(&File) -> std::result::Result<(), TryLockError>,
) -> Result<File> {
    for _ in 0..attempts {
        match attempt(&lock) {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            // Some network drives know no locks. A build without one is better than none.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(lock),
            Err(TryLockError::Error(error)) => return Err(Failure::io(file, &error)),
        }
    }
    Err(words::busy(output))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Cause;

    #[test]
    fn held_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lock");
        let output = Path::new("public");
        let held = take(&file, output, 1).unwrap();
        let failure = take(&file, output, 2).unwrap_err();
        assert_eq!(failure.cause, Cause::Machine);
        assert!(failure.message.en.contains("another prongsai is building public"), "{failure}");
        drop(held);
        take(&file, output, 1).unwrap();
    }

    #[test]
    fn many_read_while_nobody_builds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lock");
        let output = Path::new("public");
        assert!(share(&file, output, 1).unwrap().is_none());
        assert!(!file.exists());
        drop(take(&file, output, 1).unwrap());
        let readers = [share(&file, output, 1).unwrap(), share(&file, output, 1).unwrap()];
        assert!(take(&file, output, 2).is_err());
        drop(readers);
        let _builds = take(&file, output, 1).unwrap();
        assert!(share(&file, output, 2).is_err());
    }

    #[test]
    fn waits_for_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lock");
        let held = take(&file, Path::new("public"), 1).unwrap();
        let other = thread::spawn(move || take(&file, Path::new("public"), 100).is_ok());
        thread::sleep(2 * PAUSE);
        drop(held);
        assert!(other.join().unwrap());
    }
}
