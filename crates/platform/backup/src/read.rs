//! Reading a backup: the seal, then each member against the manifest.

use crate::seal::{self, Hashing};
use crate::{FORMAT, MANIFEST, Manifest, is_allowed};
use allmende_core::hex;
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Bytes of a manifest at the most: a million kept files.
const MANIFEST_BYTES_MAX: u64 = 256 * 1024 * 1024;

type Entry<'a> = tar::Entry<'a, zstd::Decoder<'static, BufReader<std::io::Take<File>>>>;

/// Checks a whole backup without writing anything.
///
/// # Errors
/// If one byte is not as it was written, or a member is missing, foreign or twice there.
pub fn verify(path: &Path) -> Result<Manifest> {
    let mut found: HashMap<String, (u64, String)> = HashMap::new();
    let mut manifest: Option<Manifest> = None;
    each_member(path, |name, entry| {
        if manifest.is_some() {
            bail!("{name} stands behind the manifest");
        }
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.take(MANIFEST_BYTES_MAX).read_to_end(&mut text)?;
            manifest = Some(serde_json::from_slice(&text).context("the manifest cannot be read")?);
            return Ok(());
        }
        let mut content = Hashing::new(entry);
        std::io::copy(&mut content, &mut std::io::sink())?;
        let bytes = content.bytes;
        let (_, hash) = content.finish();
        if found.insert(name.to_owned(), (bytes, hex(&hash))).is_some() {
            bail!("{name} is there twice");
        }
        Ok(())
    })?;
    let manifest = manifest.context("the manifest is missing")?;
    if manifest.format != FORMAT {
        bail!("the backup has the form {}, this program reads {FORMAT}", manifest.format);
    }
    for member in &manifest.members {
        match found.remove(&member.name) {
            None => bail!("{} is missing", member.name),
            Some((bytes, sha256)) if bytes != member.bytes || sha256 != member.sha256 => bail!("{} is not as it was written", member.name),
            Some(_) => {}
        }
    }
    if let Some(name) = found.keys().next() {
        bail!("{name} does not belong into this backup");
    }
    Ok(manifest)
}

/// Checks the seal and hands each member to `visit`, in the order of the archive.
pub(crate) fn each_member(path: &Path, mut visit: impl FnMut(&str, &mut Entry<'_>) -> Result<()>) -> Result<()> {
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let length = seal::check(&mut file)?;
    let decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(256 * 1024, file.take(length)))?;
    let mut archive = tar::Archive::new(decoder);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).context("a name that is not UTF-8")?;
        if !is_allowed(&name) || entry.header().entry_type() != tar::EntryType::Regular {
            bail!("{name:?} does not belong into a backup");
        }
        visit(&name, &mut entry)?;
    }
    // What the archive does not use must still decompress, up to its checksum.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink())?;
    Ok(())
}
