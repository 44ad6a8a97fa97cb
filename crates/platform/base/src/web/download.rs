//! A file on its way to the browser, piece by piece: no file is ever held in memory as a whole, no thread waits for a slow reader.

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::task::JoinHandle;

/// Bytes read at a time.
const PIECE_BYTES: usize = 64 * 1024;

type Piece = (File, io::Result<Bytes>);

/// The body of an answer that is a file.
#[derive(Debug)]
pub struct FileBody {
    file: Option<File>,
    reading: Option<JoinHandle<Piece>>,
    left_bytes: u64,
}

impl FileBody {
    /// The file from its current place on. `size_bytes` is its length: the answer ends there.
    #[must_use]
    pub const fn new(file: File, size_bytes: u64) -> Self {
        Self { file: Some(file), reading: None, left_bytes: size_bytes }
    }
}

fn read(mut file: File, bytes_max: u64) -> Piece {
    let mut piece = vec![0; PIECE_BYTES.min(usize::try_from(bytes_max).unwrap_or(PIECE_BYTES))];
    let outcome = file.read(&mut piece).map(|count| {
        piece.truncate(count);
        Bytes::from(piece)
    });
    (file, outcome)
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left_bytes == 0 {
            return Poll::Ready(None);
        }
        if let Some(file) = self.file.take() {
            let left = self.left_bytes;
            self.reading = Some(tokio::task::spawn_blocking(move || read(file, left)));
        }
        let Some(reading) = self.reading.as_mut() else { return Poll::Ready(None) };
        let (file, outcome) = match Pin::new(reading).poll(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Ok(piece)) => piece,
            Poll::Ready(Err(error)) => {
                self.reading = None;
                return Poll::Ready(Some(Err(io::Error::other(error))));
            }
        };
        self.reading = None;
        match outcome {
            Ok(piece) if piece.is_empty() => Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into()))),
            Ok(piece) => {
                self.left_bytes -= piece.len() as u64;
                self.file = Some(file);
                Poll::Ready(Some(Ok(Frame::data(piece))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left_bytes)
    }
}
