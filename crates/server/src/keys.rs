//! The keys of an installation: files in the folder `keys` of the data folder, readable by their owner only.

use allmende_platform::seal::Seal;
use anyhow::{Context, Result};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Name of the folder.
pub const FOLDER: &str = "keys";
/// The key for digests of client addresses and tried accounts.
const ATTEMPTS: &str = "attempts.key";

/// Reads the key for digests, or makes it: a folder from an earlier version has none yet.
///
/// # Errors
/// If the file cannot be read or written, or holds no key.
pub fn load_or_make(data: &Path) -> Result<Seal> {
    let file = data.join(FOLDER).join(ATTEMPTS);
    if file.exists() {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        return Seal::from_hex(&text).with_context(|| format!("{} holds no key of 64 hexadecimal digits", file.display()));
    }
    let seal = Seal::random()?;
    DirBuilder::new().recursive(true).mode(0o700).create(data.join(FOLDER)).with_context(|| file.display().to_string())?;
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file).with_context(|| file.display().to_string())?;
    writeln!(out, "{}", seal.hex())?;
    Ok(seal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_reads_it() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let made = load_or_make(folder.path())?;
        assert_eq!(made.hex(), load_or_make(folder.path())?.hex());
        let file = folder.path().join(FOLDER).join(ATTEMPTS);
        assert_eq!(std::fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
        std::fs::write(&file, "short")?;
        assert!(load_or_make(folder.path()).is_err());
        Ok(())
    }
}
