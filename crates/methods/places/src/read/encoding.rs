//! Bytes to text: UTF-8 with or without its mark, UTF-16 with its mark (a spreadsheet's "Unicode text"), else Windows-1252.

use std::borrow::Cow;

/// The text, and whether it was Unicode.
#[must_use]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let units = |rest: &[u8], read: fn([u8; 2]) -> u16| -> String {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| read(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => (Cow::Owned(units(rest, u16::from_le_bytes)), true),
        [0xFE, 0xFF, rest @ ..] => (Cow::Owned(units(rest, u16::from_be_bytes)), true),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()), false),
    }
}

/// Source: the WHATWG's encoding standard, index windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™',
        'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if (0x80..0xA0).contains(&byte) { HIGH[usize::from(byte - 0x80)] } else { char::from(byte) }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_text_is_read_in_each_of_its_encodings() {
        let check = |bytes: &[u8], is_unicode: bool| assert_eq!(decode(bytes), ("Straße".into(), is_unicode));
        check("Straße".as_bytes(), true);
        check("\u{feff}Straße".as_bytes(), true);
        check(b"\xff\xfeS\0t\0r\0a\0\xdf\0e\0", true);
        check(b"\xfe\xff\0S\0t\0r\0a\0\xdf\0e", true);
        check(b"Stra\xdfe", false);
        assert_eq!(decode(b"\x80\xff").0, "€ÿ");
    }
}
