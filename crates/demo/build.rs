//! Lists the files below `demo/musterau` as one sorted table of (path, text), which `src/files.rs` includes.
//!
//! Owns only that listing; it knows nothing of what the files mean.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = crate_dir.join("../../demo/musterau").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    collect(&root, &mut paths)?;
    let mut entries = Vec::new();
    for path in paths {
        let name = path.strip_prefix(&root).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        entries.push((name, path));
    }
    entries.sort();
    let mut listing = String::from("&[\n");
    for (name, path) in &entries {
        writeln!(listing, "({name:?}, include_str!({:?})),", path.display().to_string()).map_err(io::Error::other)?;
    }
    listing.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("files.rs"), listing)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md") {
            paths.push(path);
        }
    }
    Ok(())
}
