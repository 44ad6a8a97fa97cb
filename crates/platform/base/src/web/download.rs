//! A file on its way to the browser, piece by piece: no file is ever held in memory as a whole, no thread waits for a slow reader.
//!
//! Start at [`Download::send`].

use super::AppError;
use crate::app::App;
use crate::files::Files;
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
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

/// A file of the content store that its reader may see.
#[derive(Debug, Clone, Copy)]
pub struct Download<'a> {
    /// What it is kept under.
    pub sha256: &'a str,
    /// What its content is.
    pub media_type: &'a str,
    /// `inline` or `attachment`, with its name if it has one.
    pub disposition: &'a str,
    /// What it may do in a browser.
    pub policy: &'static str,
    /// Everybody may see it now. It may be withdrawn at any time: browsers ask each time whether they still may show it.
    pub is_public: bool,
}

impl Download<'_> {
    /// The answer: the file, or that the browser has it already.
    ///
    /// # Errors
    /// 404 if the store has no such file.
    pub async fn send(self, app: &App, asked: &HeaderMap) -> Result<Response, AppError> {
        let caching = if self.is_public { "public, no-cache" } else { "private, no-store" };
        let tag = format!("\"{}\"", self.sha256);
        if asked.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes()) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, caching.to_owned())]).into_response());
        }
        let (files, digest) = (Files::of(&app.parts.data), self.sha256.to_owned());
        let opened = tokio::task::spawn_blocking(move || files.open(&digest).and_then(|file| file.map(|file| Ok((file.metadata()?.len(), file))).transpose()));
        let (size, file) = opened.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?.ok_or(AppError::NotFound)?;
        let mut response = Body::new(FileBody::new(file, size)).into_response();
        let out = response.headers_mut();
        for (key, value) in [
            (header::CONTENT_TYPE, self.media_type),
            (header::CONTENT_DISPOSITION, self.disposition),
            (header::CONTENT_SECURITY_POLICY, self.policy),
            (header::CACHE_CONTROL, caching),
            (header::ETAG, tag.as_str()),
            (header::CONTENT_LENGTH, size.to_string().as_str()),
        ] {
            if let Ok(value) = HeaderValue::from_str(value) {
                out.insert(key, value);
            }
        }
        Ok(response)
    }
}

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
