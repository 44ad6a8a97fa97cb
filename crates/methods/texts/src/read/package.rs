//! The packed files that DOCX and ODT are: which entries they have, and single entries unpacked up to a bound.

use super::{Limits, ReadError};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A packed file that bears neither macros nor a password.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    bytes_max: usize,
}

impl<'a> Package<'a> {
    /// Opens a packed file. Only the directory is read.
    ///
    /// # Errors
    /// `Encrypted`, `Macros`, `Broken`, `TooLarge` with too many entries.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        // With a password an Office file is wrapped in an older container, whose directory is written in UTF-16.
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            return Err(if bytes.windows(name.len()).any(|window| window == name) { ReadError::Encrypted } else { ReadError::Broken });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Broken)?;
        if archive.len() > limits.entries_max {
            return Err(ReadError::TooLarge { bytes_max: limits.part_bytes_max });
        }
        if archive.file_names_raw().any(|name| bears_macros(&String::from_utf8_lossy(name))) {
            return Err(ReadError::Macros);
        }
        Ok(Self { archive, bytes_max: limits.part_bytes_max })
    }

    /// An entry as text; nothing if there is none of this name.
    ///
    /// # Errors
    /// `Encrypted`, `Broken`, `TooLarge` beyond the bound: what lies beyond is never unpacked.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ReadError::Encrypted),
            Err(_) => return Err(ReadError::Broken),
        };
        let mut text = Vec::new();
        entry.take(self.bytes_max as u64 + 1).read_to_end(&mut text).map_err(|_| ReadError::Broken)?;
        if text.len() > self.bytes_max {
            return Err(ReadError::TooLarge { bytes_max: self.bytes_max });
        }
        String::from_utf8(text).map(Some).map_err(|_| ReadError::Broken)
    }
}

/// Whether an entry is what a macro is kept in.
fn bears_macros(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.starts_with("basic/") || (name.starts_with("scripts/") && !name.ends_with('/'))
}
