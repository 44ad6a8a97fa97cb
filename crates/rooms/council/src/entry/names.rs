//! Names of files that come from outside. Pure.

/// Characters of a file's name, without its ending.
const STEM_CHARS_MAX: usize = 100;

/// What a file is, told from its first bytes and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Portable Document Format.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// An Open Document or Office Open XML file: a ZIP archive.
    Office(&'static str, &'static str),
    /// Plain text in UTF-8.
    Text,
}

impl Type {
    /// The type of a content. `head` is its beginning, at most some kilobytes; `name` only tells office files apart.
    #[must_use]
    pub fn of(head: &[u8], name: &str) -> Option<Self> {
        if head.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"PK\x03\x04") {
            return office(name);
        }
        let is_text = !head.is_empty() && !head.contains(&0) && is_utf8(head) && name.to_ascii_lowercase().ends_with(".txt");
        is_text.then_some(Self::Text)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Office(media_type, _) => media_type,
            Self::Text => "text/plain",
        }
    }

    /// The ending of its name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Office(_, ending) => ending,
            Self::Text => "txt",
        }
    }

    /// Whether text can be read out of it.
    #[must_use]
    pub fn has_text(self) -> bool {
        matches!(self, Self::Pdf | Self::Text | Self::Office(_, "docx" | "odt"))
    }
}

/// The beginning may end within a letter.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn office(name: &str) -> Option<Type> {
    const TYPES: [(&str, &str); 5] = [
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ];
    let name = name.to_ascii_lowercase();
    TYPES.into_iter().find(|(_, ending)| name.ends_with(&format!(".{ending}"))).map(|(media_type, ending)| Type::Office(media_type, ending))
}

/// Whether a browser may show files of a media type in place; everything else is only loaded.
#[must_use]
pub fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "application/pdf" | "image/png" | "image/jpeg")
}

/// A name that is safe on every system and in every header: letters, digits, `.`, `-` and `_`, no path, an ending that
/// tells the type.
#[must_use]
pub fn clean(name: &str, kind: Type) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let mut out = String::new();
    for letter in stem.chars().take(STEM_CHARS_MAX) {
        let letter = if letter.is_alphanumeric() || matches!(letter, '_' | '.') { letter } else { '-' };
        if !(matches!(letter, '-' | '.') && out.ends_with(['-', '.'])) {
            out.push(letter);
        }
    }
    let stem = out.trim_matches(['-', '.']);
    format!("{}.{}", if stem.is_empty() { "datei" } else { stem }, kind.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_a_file_is() {
        let check = |head: &[u8], name: &str, expected: Option<&str>| assert_eq!(Type::of(head, name).map(Type::media_type), expected, "{name}");
        check(b"%PDF-1.7", "a.exe", Some("application/pdf"));
        check(b"<html>", "a.pdf", None);
        check(b"MZ\x90\0", "a.txt", None);
        check(b"\x89PNG\r\n\x1a\n", "a.png", Some("image/png"));
        check(b"PK\x03\x04", "a.ODT", Some("application/vnd.oasis.opendocument.text"));
        check(b"PK\x03\x04", "a.zip", None);
        check("Grüße".as_bytes(), "a.txt", Some("text/plain"));
        check(b"Gr\xfc\xdfe", "a.txt", None);
        check(b"", "a.txt", None);
    }

    #[test]
    fn a_name_loses_its_path_and_everything_odd() {
        let check = |name: &str, expected: &str| assert_eq!(clean(name, Type::Pdf), expected);
        check("Vorlage 12.pdf", "Vorlage-12.pdf");
        check("../../etc/passwd", "passwd.pdf");
        check("C:\\Akten\\Straße \"1\".docx", "Straße-1.pdf");
        check("a\r\nb\0c.pdf", "a-b-c.pdf");
        check("...pdf", "datei.pdf");
        check("", "datei.pdf");
        assert_eq!(clean(&"x".repeat(300), Type::Pdf).len(), 104);
    }
}
