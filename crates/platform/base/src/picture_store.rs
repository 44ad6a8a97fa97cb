//! Uploaded pictures on their way into the content store: few are held in memory at once, fewer are worked on, and the file that
//! somebody sent is never written anywhere.
//!
//! What was stored is named by a sealed line, so that a form that is shown again can bear its picture; a picture that no row names in
//! the end goes after a day, as every such file does. Knows no room: whose picture it is and who sees it, rows of the rooms say.
//! Start with [`Pictures::keep`].

use crate::AppError;
use crate::files::{Files, StoreError};
use crate::limits::{PICTURES_HELD_MAX, PICTURES_WORKED_ON_MAX};
use crate::pictures::{Rendition, prepare};
use crate::seal::Seal;
use allmende_core::Refusal;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Keeps the sealed lines apart from all else that bears a seal.
const KIND: &str = "kept-picture";
/// The types in which pictures are kept, and their word in a sealed line.
const TYPES: [(&str, &str); 2] = [("image/jpeg", "jpeg"), ("image/png", "png")];

/// One size of a picture in the content store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRendition {
    /// The digest of its content.
    pub sha256: String,
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// Points from left to right.
    pub width: i64,
    /// Points from top to bottom.
    pub height: i64,
}

/// A picture in the content store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPicture {
    /// For reading.
    pub large: KeptRendition,
    /// For lists; the large one itself if that is no larger.
    pub small: KeptRendition,
}

/// A picture that was sent and not looked at yet, with its place in memory.
#[derive(Debug)]
pub struct Held {
    bytes: Vec<u8>,
    place: OwnedSemaphorePermit,
}

impl Held {
    /// The bytes that were sent.
    #[must_use]
    pub const fn new(bytes: Vec<u8>, place: OwnedSemaphorePermit) -> Self {
        Self { bytes, place }
    }
}

/// The places for pictures on their way in.
#[derive(Debug)]
pub struct Pictures {
    held: Arc<Semaphore>,
    worked_on: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { held: Arc::new(Semaphore::new(PICTURES_HELD_MAX)), worked_on: Arc::new(Semaphore::new(PICTURES_WORKED_ON_MAX)) }
    }
}

impl Pictures {
    /// A place in memory for one picture until it is dropped, or nothing if all are taken.
    #[must_use]
    pub fn hold(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.held).try_acquire_owned().ok()
    }

    /// Makes a picture anew and stores it, on a thread that may wait. Durable when it returns.
    ///
    /// # Errors
    /// What [`prepare`] refuses; what the disk reports.
    pub async fn keep(&self, files: Files, held: Held) -> Result<KeptPicture, AppError> {
        let turn = Arc::clone(&self.worked_on).acquire_owned().await.map_err(anyhow::Error::from)?;
        let work = tokio::task::spawn_blocking(move || {
            let Held { bytes, place } = held;
            let kept = keep(&files, &bytes);
            drop((bytes, place, turn));
            kept
        });
        match work.await {
            Ok(kept) => kept,
            // A file that breaks the decoder is a broken file.
            Err(error) if error.is_panic() => {
                tracing::error!("a picture broke its decoder");
                Err(Refusal::new("picture-broken").into())
            }
            Err(error) => Err(AppError::Internal(error.into())),
        }
    }
}

/// Makes a picture anew and stores both sizes of it. Works with processor and disk: for threads that may wait.
///
/// # Errors
/// What [`prepare`] refuses; what the disk reports.
pub fn keep(files: &Files, bytes: &[u8]) -> Result<KeptPicture, AppError> {
    let picture = prepare(bytes)?;
    let large = store(files, &picture.large)?;
    let small = picture.small.as_ref().map_or_else(|| Ok(large.clone()), |small| store(files, small))?;
    Ok(KeptPicture { large, small })
}

fn store(files: &Files, rendition: &Rendition) -> Result<KeptRendition, AppError> {
    let stored = files.store(&mut rendition.bytes.as_slice(), rendition.bytes.len() as u64).map_err(|error| match error {
        StoreError::Io(error) => AppError::Internal(error.into()),
        StoreError::TooLarge => AppError::Internal(anyhow::anyhow!("a content longer than itself")),
    })?;
    let (width, height) = (rendition.width.into(), rendition.height.into());
    Ok(KeptRendition { sha256: stored.sha256, media_type: rendition.media_type, width, height })
}

/// The media type of a kept picture as a row names it; nothing for any other.
#[must_use]
pub fn media_type(text: &str) -> Option<&'static str> {
    TYPES.into_iter().map(|(own, _)| own).find(|own| *own == text)
}

impl KeptPicture {
    /// The line that a form bears until it is sent. It holds for this `bound` alone: a form, a person, whatever the caller names.
    #[must_use]
    pub fn line(&self, seal: &Seal, bound: &str) -> String {
        let said = [&self.large, &self.small].map(KeptRendition::words).join(".");
        let proof = seal.proof(KIND, &format!("{bound}\n{said}"));
        format!("{said}.{proof}")
    }

    /// Reads a line that was written here for this `bound`; nothing for any other text.
    #[must_use]
    pub fn read(line: &str, seal: &Seal, bound: &str) -> Option<Self> {
        let (said, proof) = line.rsplit_once('.')?;
        if !seal.proves(KIND, &format!("{bound}\n{said}"), proof) {
            return None;
        }
        let mut words = said.split('.');
        Some(Self { large: KeptRendition::of(&mut words)?, small: KeptRendition::of(&mut words)? })
    }

    /// Whether both sizes still lie in the store. For threads that may wait.
    #[must_use]
    pub fn is_stored(&self, files: &Files) -> bool {
        [&self.large, &self.small].into_iter().all(|own| files.path(&own.sha256).is_some_and(|path| path.is_file()))
    }
}

impl KeptRendition {
    fn words(&self) -> String {
        let kind = TYPES.into_iter().find(|(own, _)| *own == self.media_type).map_or("", |(_, word)| word);
        format!("{}.{kind}.{}.{}", self.sha256, self.width, self.height)
    }

    fn of<'w>(words: &mut impl Iterator<Item = &'w str>) -> Option<Self> {
        let (sha256, kind) = (words.next()?.to_owned(), words.next()?);
        let media_type = TYPES.into_iter().find(|(_, word)| *word == kind)?.0;
        Some(Self { sha256, media_type, width: words.next()?.parse().ok()?, height: words.next()?.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> KeptPicture {
        let large = KeptRendition { sha256: "a".repeat(64), media_type: "image/jpeg", width: 1_600, height: 900 };
        KeptPicture { small: KeptRendition { sha256: "b".repeat(64), media_type: "image/png", width: 480, height: 270 }, large }
    }

    #[test]
    fn a_line_holds_for_what_it_was_written_for_and_as_it_was_written() {
        let seal = Seal::new([7; 32]);
        let line = picture().line(&seal, "form 1");
        assert_eq!(KeptPicture::read(&line, &seal, "form 1"), Some(picture()));
        assert_eq!(KeptPicture::read(&line, &seal, "form 2"), None);
        assert_eq!(KeptPicture::read(&line, &Seal::new([8; 32]), "form 1"), None);
        for changed in [line.replacen('a', "c", 1), line.replacen("1600", "1601", 1), line.replacen("jpeg", "svg", 1), String::new(), "...".to_owned()] {
            assert_eq!(KeptPicture::read(&changed, &seal, "form 1"), None, "{changed}");
        }
    }

    #[test]
    fn only_pictures_are_served_as_pictures() {
        assert_eq!(media_type("image/png"), Some("image/png"));
        for wrong in ["image/svg+xml", "text/html", "png", ""] {
            assert_eq!(media_type(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn so_many_are_held_and_no_more() {
        let pictures = Pictures::default();
        let held: Vec<_> = std::iter::from_fn(|| pictures.hold()).collect();
        assert_eq!(held.len(), PICTURES_HELD_MAX);
        drop(held);
        assert!(pictures.hold().is_some());
    }

    #[test]
    fn what_is_no_picture_leaves_nothing_in_the_store() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        assert!(keep(&Files::of(folder.path()), b"<svg/>").is_err());
        assert!(!folder.path().join("files").exists());
        Ok(())
    }
}
