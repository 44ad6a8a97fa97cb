//! Where things lie: the repository, its build folder, the shared data beside it.
//!
//! Knows paths only. Start at [`Repo::find`].

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout that `cargo xtask` was called in.
pub struct Repo {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's build folder.
    pub target: PathBuf,
}

impl Repo {
    /// Walks up from the working directory to the workspace.
    ///
    /// # Errors
    /// Outside the workspace.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the working directory is not readable")?;
        let root = here
            .ancestors()
            .find(|folder| std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace]")))
            .context("call `cargo xtask` inside the repository")?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => here.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A path inside the repository.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// A folder below the build folder, created where it is missing.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn target_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target.join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// A path in the folder `shared` beside the repository (real data for tests); `None` where it is not there.
    pub fn shared(&self, inside: &str) -> Option<PathBuf> {
        let path = self.root.parent()?.join("shared").join(inside);
        path.exists().then_some(path)
    }

    /// The path relative to the repository, for messages.
    pub fn show(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
