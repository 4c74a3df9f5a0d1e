//! What goes over a connection: bodies in one piece, files and streams piece by piece, and how long a reader may take.

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::convert::Infallible;
use std::fs::File;
use std::future::Future;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Sleep, sleep};

/// How long a reader may take nothing before it is taken for gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// So much of a file is in memory at once, times the pieces that may wait.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 4;

/// The body of an answer.
pub(super) enum Payload {
    /// In one piece, until it is taken.
    Whole(Option<Bytes>),
    /// Piece by piece, until the sender is gone.
    Stream(mpsc::Receiver<Bytes>),
}

impl Payload {
    pub(super) fn whole(bytes: impl Into<Bytes>) -> Payload {
        Payload::Whole(Some(bytes.into()))
    }

    pub(super) fn stream(pieces: mpsc::Receiver<Bytes>) -> Payload {
        Payload::Stream(pieces)
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match &mut *self {
            Payload::Whole(bytes) => bytes.take(),
            Payload::Stream(pieces) => ready!(pieces.poll_recv(context)),
        };
        Poll::Ready(piece.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Payload::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Payload::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Payload::Stream(_) => SizeHint::default(),
        }
    }
}

/// A file of this machine and its length in bytes; it is read while it is sent.
///
/// # Errors
/// Those of the disk.
pub(super) async fn file(location: PathBuf) -> io::Result<(u64, Payload)> {
    let opened = tokio::task::spawn_blocking(move || {
        let file = File::open(location)?;
        let length = file.metadata()?.len();
        Ok::<_, io::Error>((file, length))
    });
    let (file, length) = opened.await.map_err(io::Error::other)??;
    let (sender, pieces) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || send(file, length, &sender));
    Ok((length, Payload::stream(pieces)))
}

/// Reads on until the end, or until nobody takes any more. A file that grows meanwhile is sent as long as it was said to be.
fn send(file: File, length: u64, sender: &mpsc::Sender<Bytes>) {
    let mut file = file.take(length);
    let mut piece = vec![0; PIECE];
    while let Ok(read @ 1..) = file.read(&mut piece) {
        if sender.blocking_send(Bytes::copy_from_slice(&piece[..read])).is_err() {
            return;
        }
    }
}

/// A connection that is given up when its reader takes nothing for too long.
pub(super) struct Patient<C> {
    connection: C,
    /// Runs while something waits to be taken.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<C> Patient<C> {
    pub(super) fn new(connection: C) -> Patient<C> {
        Patient { connection, waiting: None }
    }

    fn judge<T>(&mut self, done: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.waiting = None;
            return done;
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        waiting.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<C: Read + Unpin> Read for Patient<C> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(context, buffer)
    }
}

impl<C: Write + Unpin> Write for Patient<C> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.connection).poll_write(context, bytes);
        self.judge(done, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.connection).poll_flush(context);
        self.judge(done, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.connection).poll_write_vectored(context, pieces);
        self.judge(done, context)
    }
}
