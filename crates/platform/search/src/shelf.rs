//! Where packed texts stand: one file beside the index, which only grows, or memory.
//!
//! A text is put before the index knows it and is read by where it stands, so a change never moves what a search is reading. What
//! no document points to any more goes when the index is built anew, at the latest when as much came as there was. Start at
//! [`Shelf`].

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// Bytes that wait in memory before they are written.
const WAITING_BYTES_MAX: usize = 1_000_000;

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its first byte.
    pub start: u64,
    /// Its bytes.
    pub length: u64,
}

/// The texts of one generation.
#[derive(Debug)]
pub(crate) enum Shelf {
    /// In a file. What waits stands at its end.
    File {
        /// The file.
        file: File,
        /// What is not written yet.
        waiting: Mutex<Waiting>,
    },
    /// In memory.
    Memory(RwLock<Vec<u8>>),
}

/// What is not written yet, and the byte at which it begins.
#[derive(Debug)]
pub(crate) struct Waiting {
    bytes: Vec<u8>,
    start: u64,
}

impl Shelf {
    /// The shelf in a file; a new one if there is none.
    ///
    /// # Errors
    /// What the file system reports.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
        let start = file.metadata()?.len();
        Ok(Self::File { file, waiting: Mutex::new(Waiting { bytes: Vec::new(), start }) })
    }

    /// A shelf in memory.
    #[must_use]
    pub(crate) fn in_memory() -> Self {
        Self::Memory(RwLock::default())
    }

    /// Puts a text and tells where it stands. It can be read after the next [`Self::keep`].
    ///
    /// # Errors
    /// What the file system reports.
    pub(crate) fn put(&self, text: &[u8]) -> io::Result<Spot> {
        let length = text.len() as u64;
        match self {
            Self::File { file, waiting } => {
                let mut waiting = lock(waiting);
                let start = waiting.start + waiting.bytes.len() as u64;
                waiting.bytes.extend_from_slice(text);
                if waiting.bytes.len() >= WAITING_BYTES_MAX {
                    waiting.write(file)?;
                }
                Ok(Spot { start, length })
            }
            Self::Memory(bytes) => {
                let mut bytes = bytes.write().unwrap_or_else(PoisonError::into_inner);
                let start = bytes.len() as u64;
                bytes.extend_from_slice(text);
                Ok(Spot { start, length })
            }
        }
    }

    /// Makes durable what was put.
    ///
    /// # Errors
    /// What the file system reports.
    pub(crate) fn keep(&self) -> io::Result<()> {
        let Self::File { file, waiting } = self else { return Ok(()) };
        lock(waiting).write(file)?;
        file.sync_data()
    }

    /// The bytes of a spot, or those of them that can be read.
    #[must_use]
    pub(crate) fn read(&self, spot: Spot) -> Vec<u8> {
        let length = usize::try_from(spot.length).unwrap_or(0);
        if length == 0 {
            return Vec::new();
        }
        match self {
            Self::File { file, .. } => {
                let mut bytes = vec![0; length];
                let is_read = file.read_exact_at(&mut bytes, spot.start).is_ok();
                if is_read { bytes } else { Vec::new() }
            }
            Self::Memory(bytes) => {
                let start = usize::try_from(spot.start).unwrap_or(usize::MAX);
                let bytes = bytes.read().unwrap_or_else(PoisonError::into_inner);
                bytes.get(start..start.saturating_add(length)).unwrap_or_default().to_vec()
            }
        }
    }
}

impl Waiting {
    fn write(&mut self, file: &File) -> io::Result<()> {
        file.write_all_at(&self.bytes, self.start)?;
        self.start += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Shelf, Spot};

    #[test]
    fn what_was_kept_is_read_again_after_a_restart_and_nothing_moves() {
        let temporary = tempfile::tempdir().expect("a folder");
        let path = temporary.path().join("texts");
        let shelf = Shelf::open(&path).expect("a shelf");
        let first = shelf.put(b"eins").expect("put");
        let large = vec![7; 2_000_000];
        let second = shelf.put(&large).expect("put");
        shelf.keep().expect("kept");
        shelf.put(b"was nicht mehr gesichert wurde").expect("put");
        drop(shelf);
        let shelf = Shelf::open(&path).expect("a shelf");
        let third = shelf.put(b"drei").expect("put");
        shelf.keep().expect("kept");
        assert_eq!(shelf.read(first), b"eins");
        assert_eq!(shelf.read(second), large);
        assert_eq!(shelf.read(third), b"drei");
        assert!(shelf.read(Spot { start: third.start + 2, length: 4 }).is_empty(), "beyond the end");
    }

    #[test]
    fn memory_answers_alike() {
        let shelf = Shelf::in_memory();
        let (first, second) = (shelf.put(b"eins").expect("put"), shelf.put(b"zwei").expect("put"));
        assert_eq!((shelf.read(second), shelf.read(first)), (b"zwei".to_vec(), b"eins".to_vec()));
        assert!(shelf.read(Spot { start: 6, length: 4 }).is_empty());
    }
}
