//! Which reader a file needs.
//!
//! Council systems label files wrongly (»application/octet-stream« for a PDF, »application/pdf« for an error page),
//! so the first bytes decide where they are unmistakable and the label decides otherwise.

/// A type of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// Text without markup.
    Plain,
    /// Office Open XML text document.
    Docx,
    /// OpenDocument text document.
    Odt,
}

impl Kind {
    /// The kind by media type (parameters such as `charset` are ignored, case too) and by the file's first bytes.
    /// None if there is no reader.
    pub fn of(media_type: &str, head: &[u8]) -> Option<Self> {
        // Readers accept the signature anywhere in the first 1,024 bytes; so do we.
        let head = &head[..head.len().min(1024)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Some(Self::Pdf);
        }
        let essence = media_type.split(';').next().unwrap_or("").trim();
        match essence.to_ascii_lowercase().as_str() {
            "application/pdf" | "application/x-pdf" => Some(Self::Pdf),
            "text/plain" => Some(Self::Plain),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Self::Docx),
            "application/vnd.oasis.opendocument.text" => Some(Self::Odt),
            _ => None,
        }
    }

    /// The byte that stands for this kind between parent and child.
    pub(crate) fn to_byte(self) -> u8 {
        match self {
            Self::Pdf => b'P',
            Self::Plain => b'T',
            Self::Docx => b'W',
            Self::Odt => b'O',
        }
    }

    /// Reads what [`Self::to_byte`] wrote.
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        [Self::Pdf, Self::Plain, Self::Docx, Self::Odt].into_iter().find(|kind| kind.to_byte() == byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(media_type: &str, head: &[u8], kind: Option<Kind>) {
        assert_eq!(Kind::of(media_type, head), kind, "{media_type}");
    }

    #[test]
    fn unmistakable_bytes_beat_the_label() {
        check("application/octet-stream", b"%PDF-1.7\n", Some(Kind::Pdf));
        check("text/plain", b"\xef\xbb\xbf%PDF-1.4", Some(Kind::Pdf));
        check("", b"%PDF-", Some(Kind::Pdf));
    }

    #[test]
    fn the_label_decides_otherwise() {
        check("text/plain; charset=utf-8", b"Guten Tag", Some(Kind::Plain));
        check("Application/PDF", b"<html>", Some(Kind::Pdf));
        check("application/vnd.oasis.opendocument.text", b"PK", Some(Kind::Odt));
        check("image/png", b"\x89PNG", None);
        check("", b"", None);
    }
}
