//! Lists that name the type of street once: "Kaiser- und Lindenallee", "Kriegs-, Karl- und Amalienstraße".

use crate::fold::{Folded, JOINTS, is_word};
use crate::spelling::sure_type;

/// Elements of one list at the most.
const ELEMENTS_MAX: usize = 8;

/// The type of street that completes the part of a compound which ends at a folded position (where a hyphen stood).
pub(crate) fn completing_type(folded: &Folded, to: usize) -> Option<&'static str> {
    let bytes = &folded.bytes;
    let mut at = to;
    for _ in 0..ELEMENTS_MAX {
        at = joint(bytes, at)?;
        // One word or several that hyphens tie together: the type stands at the end of one of them.
        for _ in 0..5 {
            let end = word_end(bytes, at);
            let word = std::str::from_utf8(&bytes[at..end]).ok()?;
            let kind = sure_type(word).or_else(|| sure_type(word.strip_suffix('n')?)).map(|(_, kind)| kind);
            if let Some(kind) = kind.or_else(|| word.ends_with("str").then_some("strasse")) {
                return Some(kind);
            }
            at = end;
            if joint(bytes, at).is_some() || bytes.get(at) != Some(&b' ') {
                break;
            }
            at += 1;
        }
    }
    None
}

/// The beginning of the next element of a list, if a joint follows: a comma, a slash, or one of the small words.
fn joint(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = blank(bytes, at);
    let mut is_joint = false;
    if matches!(bytes.get(at), Some(b',' | b'/' | b'&' | b'+')) {
        at = blank(bytes, at + 1);
        is_joint = true;
    }
    let end = word_end(bytes, at);
    if JOINTS.iter().any(|joint| joint.as_bytes() == &bytes[at..end]) {
        is_joint = true;
        at = blank(bytes, if bytes.get(end) == Some(&b'.') { end + 1 } else { end });
    }
    is_joint.then_some(at)
}

fn blank(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) == Some(&b' ') { at + 1 } else { at }
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    bytes[at.min(bytes.len())..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_element_of_a_list_says_the_type() {
        let check = |text: &str, part: &str, expected: Option<&str>| {
            let folded = Folded::new(text);
            assert_eq!(completing_type(&folded, part.len()), expected, "{text}");
        };
        check("Kaiser- und Lindenallee", "Kaiser", Some("allee"));
        check("Kriegs-, Karl- und Amalienstraße", "Kriegs", Some("strasse"));
        check("Kriegs-/Karlstraße", "Kriegs", Some("strasse"));
        check("Kaiser- und Karl-Wilhelm-Str. 5", "Kaiser", Some("strasse"));
        check("Kaiser- und Lindenstraßen", "Kaiser", Some("strasse"));
        check("Kaiser- oder Bürgermeister", "Kaiser", None);
        check("Kaiser- ", "Kaiser", None);
        check("Kaiserin und Lindenallee", "Kaiser", None);
    }
}
