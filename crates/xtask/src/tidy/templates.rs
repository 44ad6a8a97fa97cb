//! Templates hold no words of their own: every text comes from the translations.
//!
//! Looks at what stands between tags and in the attributes that are read out or shown.

use super::{Findings, rust, tree::Tree};

/// Names that are the same in every language.
const NAMES: &[&str] = &["Allmende", "OParl", "iCalendar", "Atom", "JSON", "CSV", "PDF"];

/// Attributes whose values people read or hear.
const READ_ATTRIBUTES: &[&str] = &["alt", "title", "placeholder", "aria-label", "aria-description"];

/// Elements whose content is no text for people, or the same in every language (an address, a key).
const SILENT_ELEMENTS: &[&str] = &["script", "style", "code", "kbd", "samp"];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in &tree.files {
        if !file.path.starts_with("crates/") || !file.path.ends_with(".html") {
            continue;
        }
        let mut text = file.text.clone();
        for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")] {
            text = blank_between(&text, open, close);
        }
        for element in SILENT_ELEMENTS {
            text = blank_between(&text, &format!("<{element}"), &format!("</{element}>"));
        }
        for (at, word) in words_of(&text) {
            let line = rust::line_of(&text, at) + 1;
            findings.error(&file.path, line, format!("a text outside of the translations: `{word}`"));
        }
    }
}

/// Replaces everything from `open` to `close` by blanks; lines and byte positions stay.
fn blank_between(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let end = rest[start..].find(close).map_or(rest.len(), |end| start + end + close.len());
        out.push_str(&rest[..start]);
        for byte in rest[start..end].bytes() {
            out.push(if byte == b'\n' { '\n' } else { ' ' });
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Words between tags and in attributes that are read, with their places.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('<') {
            let end = end_of_tag(rest);
            for attribute in READ_ATTRIBUTES {
                found.extend(attribute_words(&rest[..end], attribute).map(|(inside, word)| (at + inside, word)));
            }
            at += end;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            found.extend(words(&rest[..end]).map(|(inside, word)| (at + inside, word)));
            at += end;
        }
    }
    found.sort_unstable();
    found
}

/// Where the tag that begins here ends; a `>` in quotes does not end it.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn attribute_words<'text>(tag: &'text str, name: &str) -> impl Iterator<Item = (usize, &'text str)> + use<'text> {
    let opening = format!(" {name}=\"");
    let value = tag.find(&opening).map(|at| {
        let start = at + opening.len();
        let end = tag[start..].find('"').map_or(tag.len(), |end| start + end);
        (start, &tag[start..end])
    });
    value.into_iter().flat_map(|(start, value)| words(value).map(move |(at, word)| (start + at, word)))
}

/// Runs of letters that are neither a known name nor an entity (`&nbsp;`) nor part of an address (`/rat`).
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(char::is_alphabetic)?;
            let end = text[start..].find(|character: char| !character.is_alphanumeric()).map_or(text.len(), |end| start + end);
            at = end;
            let before = text[..start].trim_end_matches('#');
            let is_entity = before.ends_with('&') && text[end..].starts_with(';');
            let token = text[..start].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
            let is_address = text[token..].trim_start().starts_with('/');
            let word = &text[start..end];
            if !is_entity && !is_address && !NAMES.contains(&word) {
                return Some((start, word));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::tests::errors;

    fn count(text: &str) -> usize {
        errors(check, &[("crates/a/templates/a.html", text)]).len()
    }

    #[test]
    fn a_word_between_tags_is_found() {
        assert_eq!(count("<p>Hallo</p>"), 1);
        assert_eq!(count("<p>{{ t(\"a\") }}</p>"), 0);
        assert_eq!(count("{% if a > b %}<p>{{ c }}</p>{% endif %}"), 0);
        assert_eq!(count("{# Ein Wort #}<!-- noch eins -->"), 0);
        assert_eq!(count("<p>12 &nbsp;·&#8211; </p>"), 0);
        assert_eq!(count("<p>Allmende · OParl</p>"), 0);
        assert_eq!(count("<p>{{ base }}/oparl/v1.1/system</p>"), 0);
        assert_eq!(count("<p>und/oder / auch</p>"), 3);
    }

    #[test]
    fn a_word_in_an_attribute_that_is_read_is_found() {
        assert_eq!(count("<img class=\"a b\" alt=\"Wappen\">"), 1);
        assert_eq!(count("<img alt=\"{{ t(\"a\") }}\">"), 0);
        assert_eq!(count("<img alt=\"\" data-title=\"x\">"), 0);
        assert_eq!(count("<a title=\"a > b\">{{ c }}</a>"), 2);
    }

    #[test]
    fn scripts_styles_and_other_files_are_left_alone() {
        assert_eq!(count("<script type=\"module\" src=\"{{ a }}\"></script>"), 0);
        assert_eq!(count("<style>p { color: red }</style>"), 0);
        assert_eq!(count("<p><code>/oparl/v1.1/system</code> {{ a }}</p>"), 0);
        assert_eq!(count("<p><code>/rat</code> ist es</p>"), 2);
        assert_eq!(errors(check, &[("docs/a.html", "<p>Hallo</p>")]).len(), 0);
    }
}
