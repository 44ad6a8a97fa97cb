//! Packs the parts of a file, always the same bytes for the same parts: no clock, no name of a machine.

use super::WriteError;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Packs parts in their order. The first may be kept unpacked, as OpenDocument wants its kind to be.
///
/// # Errors
/// Beyond what the format can hold.
pub(super) fn pack(parts: &[(&str, &str)], is_first_plain: bool) -> Result<Vec<u8>, WriteError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, content)) in parts.iter().enumerate() {
        let method = if index == 0 && is_first_plain { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method))?;
        archive.write_all(content.as_bytes()).map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}
