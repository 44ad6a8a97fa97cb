//! The content store: bytes under the SHA-256 of their content, in the folder `files` of the data folder.
//!
//! A file is written beside its place, made durable and then moved there, so that a digest either names whole content or
//! nothing; the same content twice is kept once. Knows no name, no type and no right to read: rows of the rooms say that.

use allmende_core::hex;
use sha2::{Digest, Sha256, Sha512};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Files that nobody refers to stay so long: an upload is stored before the row that names it is written.
const ORPHAN_TIME_MIN: Duration = Duration::from_secs(24 * 3600);

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content, 64 small hexadecimal digits: its name in the store.
    pub sha256: String,
    /// SHA-512 of the content, 128 small hexadecimal digits, as OParl publishes it.
    pub sha512: String,
    /// Its size in bytes.
    pub size_bytes: u64,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The content is longer than allowed.
    #[error("the content is too long")]
    TooLarge,
    /// The disk or the source of the content said no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The content store of a data folder.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// The store of a data folder; its folders are made when something is stored.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("files") }
    }

    /// Takes in a content of at most `bytes_max` bytes. Durable when it returns.
    ///
    /// # Errors
    /// `StoreError::TooLarge` beyond `bytes_max`; what the disk or the source reports. Nothing stays behind.
    pub fn store(&self, content: &mut impl Read, bytes_max: u64) -> Result<Stored, StoreError> {
        let incoming = self.folder.join("incoming");
        fs::create_dir_all(&incoming)?;
        let mut draft = Draft::new(&incoming)?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let count = match content.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            draft.write(piece.get(..count).unwrap_or_default(), bytes_max)?;
        }
        self.settle(draft)
    }

    /// Begins to take in a content that comes piece by piece.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn begin(&self) -> Result<Draft, StoreError> {
        let incoming = self.folder.join("incoming");
        fs::create_dir_all(&incoming)?;
        Ok(Draft::new(&incoming)?)
    }

    /// Ends what [`Files::begin`] began: durable when it returns.
    ///
    /// # Errors
    /// What the disk reports; nothing stays behind.
    pub fn settle(&self, mut draft: Draft) -> Result<Stored, StoreError> {
        draft.file.sync_all()?;
        let stored = Stored {
            sha256: hex(&std::mem::take(&mut draft.sha256).finalize()),
            sha512: hex(&std::mem::take(&mut draft.sha512).finalize()),
            size_bytes: draft.size_bytes,
        };
        let Some(place) = self.path(&stored.sha256) else { return Err(io::Error::other("a digest without a place").into()) };
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
            fs::rename(&draft.path, &place)?;
            draft.is_settled = true;
            File::open(folder)?.sync_all()?;
        }
        Ok(stored)
    }

    /// Opens a content. Nothing if it is not here or the digest is none.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn open(&self, sha256: &str) -> io::Result<Option<File>> {
        let Some(path) = self.path(sha256) else { return Ok(None) };
        match File::open(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Where a content lies or would lie. Nothing for what is no digest: no name from outside becomes a path.
    #[must_use]
    pub fn path(&self, sha256: &str) -> Option<PathBuf> {
        let is_digest = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        is_digest.then(|| self.folder.join(&sha256[..2]).join(sha256))
    }

    /// Removes contents that no row names and that have lain here for a day. Returns how many.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn remove_unnamed(&self, named: &HashSet<String>) -> io::Result<u64> {
        self.remove_unnamed_at(named, SystemTime::now())
    }

    fn remove_unnamed_at(&self, named: &HashSet<String>, now: SystemTime) -> io::Result<u64> {
        let mut removed = 0;
        let Ok(folders) = fs::read_dir(&self.folder) else { return Ok(0) };
        for folder in folders {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(folder.path())? {
                let entry = entry?;
                let is_named = entry.file_name().to_str().is_some_and(|name| named.contains(name));
                let age = now.duration_since(entry.metadata()?.modified()?).unwrap_or_default();
                if !is_named && age >= ORPHAN_TIME_MIN {
                    fs::remove_file(entry.path())?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// A content on its way into the store. Dropped before it is settled, it leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    file: File,
    path: PathBuf,
    sha256: Sha256,
    sha512: Sha512,
    size_bytes: u64,
    is_settled: bool,
}

impl Draft {
    fn new(folder: &Path) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let path = folder.join(hex(&random));
        let file = File::options().write(true).create_new(true).open(&path)?;
        Ok(Self { file, path, sha256: Sha256::new(), sha512: Sha512::new(), size_bytes: 0, is_settled: false })
    }

    /// Adds a piece.
    ///
    /// # Errors
    /// `StoreError::TooLarge` if the content is longer than `bytes_max` with it; what the disk reports.
    pub fn write(&mut self, piece: &[u8], bytes_max: u64) -> Result<(), StoreError> {
        self.size_bytes += piece.len() as u64;
        if self.size_bytes > bytes_max {
            return Err(StoreError::TooLarge);
        }
        self.sha256.update(piece);
        self.sha512.update(piece);
        Ok(self.file.write_all(piece)?)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_settled {
            // What cannot be removed now is removed later as a file that nobody names.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).map_or(0, Iterator::count)
    }

    #[test]
    fn the_same_content_is_kept_once_under_its_digest() -> Result<(), Box<dyn std::error::Error>> {
        let data = tempfile::tempdir()?;
        let files = Files::of(data.path());
        let stored = files.store(&mut &b"Musterau"[..], 8)?;
        assert_eq!((stored.size_bytes, stored.sha256.len(), stored.sha512.len()), (8, 64, 128));
        assert_eq!(files.store(&mut &b"Musterau"[..], 8)?, stored);
        let mut text = String::new();
        files.open(&stored.sha256)?.ok_or("not here")?.read_to_string(&mut text)?;
        assert_eq!(text, "Musterau");
        assert_eq!(count(&data.path().join("files/incoming")), 0);
        Ok(())
    }

    #[test]
    fn one_byte_too_many_leaves_nothing_behind() -> Result<(), Box<dyn std::error::Error>> {
        let data = tempfile::tempdir()?;
        let files = Files::of(data.path());
        assert!(matches!(files.store(&mut &b"Musterau"[..], 7), Err(StoreError::TooLarge)));
        assert_eq!(count(&data.path().join("files/incoming")), 0);
        Ok(())
    }

    #[test]
    fn only_a_digest_is_a_name() -> Result<(), Box<dyn std::error::Error>> {
        let files = Files::of(Path::new("data"));
        for name in ["", "../../etc/passwd", &"g".repeat(64), &"A".repeat(64), &"a".repeat(63)] {
            assert!(files.path(name).is_none() && files.open(name)?.is_none(), "{name}");
        }
        assert!(files.open(&"a".repeat(64))?.is_none());
        Ok(())
    }

    #[test]
    fn what_no_row_names_goes_after_a_day() -> Result<(), Box<dyn std::error::Error>> {
        let data = tempfile::tempdir()?;
        let files = Files::of(data.path());
        let (kept, lost) = (files.store(&mut &b"a"[..], 9)?, files.store(&mut &b"b"[..], 9)?);
        let named = HashSet::from([kept.sha256.clone()]);
        assert_eq!(files.remove_unnamed_at(&named, SystemTime::now())?, 0);
        assert_eq!(files.remove_unnamed_at(&named, SystemTime::now() + ORPHAN_TIME_MIN)?, 1);
        assert!(files.open(&kept.sha256)?.is_some() && files.open(&lost.sha256)?.is_none());
        Ok(())
    }
}
