//! The files that the checks read.
//!
//! Everything that git knows or would take in, as text; what is no text is left out. Start at [`Tree::read`].

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::rust;
use crate::process;
use crate::repo::Repo;

/// A file with its path relative to the repository, separated by `/`.
pub struct SourceFile {
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
    /// For Rust: the text without comments and without the inside of strings; empty otherwise.
    pub code: String,
    /// For Rust: whether the code of a line (from 0) belongs to tests.
    pub is_test: Vec<bool>,
}

impl SourceFile {
    fn new(path: String, text: String) -> Self {
        let is_rust = path.ends_with(".rs");
        let code = if is_rust { rust::without_comments_and_strings(&text) } else { String::new() };
        let is_test = if is_rust { rust::lines_of_tests(&path, &code) } else { Vec::new() };
        Self { path, text, code, is_test }
    }

    /// True for Rust sources.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// True when a folder of this name is part of the path.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|part| part == folder))
    }

    /// True when a line (from 0) is code of tests.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.is_test.get(line).copied().unwrap_or(false)
    }
}

/// All files.
pub struct Tree {
    /// In order of path.
    pub files: Vec<SourceFile>,
}

impl Tree {
    /// Reads the checkout.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn read(repo: &Repo) -> Result<Self> {
        let mut paths = match listed_by_git(&repo.root) {
            Ok(paths) => paths,
            // An unpacked archive has no git: everything but what is built counts.
            Err(_) => {
                let mut found = Vec::new();
                walk(&repo.root, "", &mut found)?;
                found
            }
        };
        paths.sort();
        paths.dedup();
        let files = paths
            .into_iter()
            .filter_map(|path| {
                let text = std::fs::read_to_string(repo.root.join(&path)).ok()?;
                Some(SourceFile::new(path, text))
            })
            .collect();
        Ok(Self { files })
    }

    /// An invented tree.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| SourceFile::new((*path).to_owned(), (*text).to_owned())).collect();
        Self { files }
    }

    /// The Rust sources.
    pub fn rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| file.is_rust())
    }
}

fn listed_by_git(root: &Path) -> Result<Vec<String>> {
    let list = process::output(Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root))?;
    Ok(list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_file() {
            found.push(path);
        } else if kind.is_dir() && !["target", "node_modules", "dist", ".git"].contains(&&*name) {
            walk(&entry.path(), &format!("{path}/"), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Tree, walk};

    #[test]
    fn folders_are_found_as_whole_parts_of_the_path() {
        let tree = Tree::of(&[("crates/rooms/a/src/store/find.rs", "//! a")]);
        let file = &tree.files[0];
        assert!(file.is_in("store"));
        assert!(!file.is_in("stor"));
        assert!(!file.is_in("find.rs"));
        assert_eq!(file.name(), "find.rs");
    }

    #[test]
    fn without_git_what_is_built_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["target", "src"] {
            std::fs::create_dir(folder.path().join(path)).unwrap();
            std::fs::write(folder.path().join(path).join("a.rs"), "").unwrap();
        }
        let mut found = Vec::new();
        walk(folder.path(), "", &mut found).unwrap();
        assert_eq!(found, ["src/a.rs"]);
    }
}
