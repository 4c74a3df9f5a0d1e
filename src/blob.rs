//! The bytes of a file, which may be made only once somebody asks for them: a workbook takes longer than all pages beside it, and a preview
//! shows it to hardly anybody.

use std::sync::{Arc, LazyLock};

type Maker = Box<dyn FnOnce() -> Arc<[u8]> + Send>;

/// The bytes of a file. Its clones share them.
#[derive(Debug, Clone)]
pub struct Blob(Arc<LazyLock<Arc<[u8]>, Maker>>);

impl Blob {
    /// Bytes that are made when they are first asked for, and then kept.
    pub fn later(make: impl FnOnce() -> Vec<u8> + Send + 'static) -> Blob {
        Blob(Arc::new(LazyLock::new(Box::new(move || make().into()))))
    }

    /// The bytes. Whoever asks while they are being made waits for them.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.0
    }
}

impl<B: Into<Arc<[u8]>>> From<B> for Blob {
    fn from(bytes: B) -> Blob {
        let bytes = bytes.into();
        Blob(Arc::new(LazyLock::new(Box::new(move || bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn bytes_are_made_once_and_only_if_asked_for() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let blob = Blob::later(move || {
            count.fetch_add(1, Ordering::Relaxed);
            b"abc".to_vec()
        });
        let clone = blob.clone();
        assert_eq!(made.load(Ordering::Relaxed), 0);
        assert_eq!((clone.bytes().as_ref(), blob.bytes().as_ref()), (&b"abc"[..], &b"abc"[..]));
        assert_eq!(made.load(Ordering::Relaxed), 1);
        assert_eq!(Blob::from(vec![1]).bytes().as_ref(), [1]);
    }
}
