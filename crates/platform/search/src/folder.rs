//! The folder of the index: which generation below it is the present one, and whether somebody asked for a new one.
//!
//! `current` names the present generation; it is replaced in one step, so a crash leaves the old or the new one. The file
//! `rebuild` asks for a new one and goes away when that is done. Start at [`Folder`].

use std::io;
use std::path::{Path, PathBuf};

const CURRENT: &str = "current";
const REBUILD: &str = "rebuild";

/// The folder of the index.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder at a path, made if it is not there.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        Ok(Self(path.to_owned()))
    }

    /// Where the present generation lies.
    pub(crate) fn current(&self) -> Option<PathBuf> {
        let name = std::fs::read_to_string(self.0.join(CURRENT)).ok()?;
        let is_name = name.strip_prefix('g').is_some_and(|number| number.parse::<u64>().is_ok());
        is_name.then(|| self.0.join(name))
    }

    /// A place for a new generation. What an interrupted building left goes away.
    pub(crate) fn fresh(&self) -> io::Result<PathBuf> {
        let numbers: Vec<u64> = self.generations()?.into_iter().map(|(number, _)| number).collect();
        self.remove_others()?;
        Ok(self.0.join(format!("g{}", numbers.into_iter().max().unwrap_or(0) + 1)))
    }

    /// Makes a generation the present one.
    pub(crate) fn set_current(&self, generation: &Path) -> io::Result<()> {
        let name = generation.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let new = self.0.join("current.new");
        std::fs::write(&new, name)?;
        std::fs::File::open(&new)?.sync_all()?;
        std::fs::rename(new, self.0.join(CURRENT))?;
        self.remove_others()
    }

    /// Removes all generations but the present one. Whoever still reads one keeps it until the end.
    fn remove_others(&self) -> io::Result<()> {
        let current = self.current();
        for (_, path) in self.generations()? {
            if current.as_ref() != Some(&path) {
                std::fs::remove_dir_all(path)?;
            }
        }
        Ok(())
    }

    fn generations(&self) -> io::Result<Vec<(u64, PathBuf)>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            let entry = entry?;
            let name = entry.file_name();
            if let Some(number) = name.to_str().and_then(|name| name.strip_prefix('g')).and_then(|number| number.parse().ok()) {
                found.push((number, entry.path()));
            }
        }
        Ok(found)
    }

    /// Whether a new generation was asked for.
    pub(crate) fn is_rebuild_asked(&self) -> bool {
        self.0.join(REBUILD).exists()
    }

    /// Asks for a new generation.
    pub(crate) fn ask_rebuild(&self) -> io::Result<()> {
        std::fs::write(self.0.join(REBUILD), "")
    }

    /// What was asked for is done.
    pub(crate) fn rebuild_done(&self) -> io::Result<()> {
        match std::fs::remove_file(self.0.join(REBUILD)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Asks whoever serves from the index in a folder, now or at the next start, to build it anew. Searches go on meanwhile.
///
/// # Errors
/// What the file system reports.
pub fn request_rebuild(folder: &Path) -> io::Result<()> {
    Folder::new(folder)?.ask_rebuild()
}

/// Whether a new index was asked for and is not there yet.
#[must_use]
pub fn is_rebuild_pending(folder: &Path) -> bool {
    folder.join(REBUILD).exists()
}

#[cfg(test)]
mod tests {
    use super::{Folder, is_rebuild_pending, request_rebuild};

    #[test]
    fn one_generation_is_present_and_others_go_away() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(temporary.path()).expect("a folder");
        assert_eq!(folder.current(), None);
        let first = folder.fresh().expect("a place");
        std::fs::create_dir(&first).expect("a generation");
        folder.set_current(&first).expect("present");
        assert_eq!(folder.current(), Some(first.clone()));
        let second = folder.fresh().expect("a place");
        assert_ne!(first, second);
        std::fs::create_dir(&second).expect("a generation");
        folder.set_current(&second).expect("present");
        assert!(!first.exists() && folder.current() == Some(second));
        std::fs::write(temporary.path().join("current"), "../elsewhere").expect("a file");
        assert_eq!(folder.current(), None);
    }

    #[test]
    fn a_rebuild_is_asked_once_and_done_once() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(temporary.path()).expect("a folder");
        request_rebuild(temporary.path()).expect("asked");
        assert!(folder.is_rebuild_asked() && is_rebuild_pending(temporary.path()));
        folder.rebuild_done().and_then(|()| folder.rebuild_done()).expect("done");
        assert!(!is_rebuild_pending(temporary.path()));
    }
}
