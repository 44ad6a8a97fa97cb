//! Styles, scripts and pictures, embedded at build time under names that contain their hash.

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the source, such as `allmende.css`.
    pub name: &'static str,
    /// Its name in addresses, with the hash of its content.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The content.
    pub plain: &'static [u8],
    /// The content compressed by gzip, if that is smaller.
    pub gzip: Option<&'static [u8]>,
    /// The content compressed by brotli, if that is smaller.
    pub brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// All embedded files.
#[must_use]
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The address of an asset by its name in the source. An unknown name gives an address that answers 404; a test asks for all names.
#[must_use]
pub fn address(name: &str) -> String {
    let path = ASSETS.iter().find(|asset| asset.name == name).map_or(name, |asset| asset.path);
    format!("/assets/{path}")
}

/// The asset behind an address below `/assets/`.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}
