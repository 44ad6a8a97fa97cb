//! Plain text: find out how its bytes are meant.
//!
//! UTF-8 and UTF-16 by byte order mark, UTF-8 if it is valid, otherwise Windows-1252, which is what old German office
//! machines wrote. A form feed begins a new page.

use crate::normalise::tidy_written;
use crate::{ExtractError, Sink};

/// Windows-1252, bytes 0x80 to 0x9f; the five unassigned ones are dropped later as control characters.
/// Source: WHATWG Encoding Standard, index windows-1252.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š',
    '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads plain text into the sink.
///
/// # Errors
/// None: any bytes are some text.
pub(crate) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    for page in decode(sink.worth_reading(bytes)).split('\u{c}') {
        if sink.page(&tidy_written(page)).is_break() {
            break;
        }
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return decode_utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return decode_utf16(rest, u16::from_be_bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Valid up to a character that was cut off at the very end.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => bytes.iter().map(|byte| decode_windows_1252(*byte)).collect(),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).filter_map(Result::ok).collect()
}

fn decode_windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_encoding_yields_the_same_text() {
        let text = "Straße für 5 €";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xfeff].iter().chain(&wide).flat_map(|unit: &u16| unit.to_le_bytes()).collect();
        let big: Vec<u8> = [0xfeff].iter().chain(&wide).flat_map(|unit: &u16| unit.to_be_bytes()).collect();
        for bytes in [text.as_bytes(), &little, &big, b"Stra\xdfe f\xfcr 5 \x80"] {
            assert_eq!(decode(bytes), text);
        }
    }
}
