//! Every key that templates and code name exists, and every key is named somewhere.
//!
//! Owns the table of the forms in which a key is named ([`FORMS`]). A key that code puts together is announced in the
//! file of translations: `# dynamic: state-*`.

use std::collections::{BTreeMap, BTreeSet};

use super::fluent::is_part_of_key;
use super::translations::resources;
use super::{Findings, rust, tree::SourceFile, tree::Tree};

/// What stands before a key. A blank means any white space, also none; `~` the rest of another string.
const FORMS: &[&str] = &[
    "t( \"",
    "t.get( \"",
    "t.with( \"",
    "t.count( \"",
    "t.find( \"",
    "tr( \"",
    "texts.get( \"",
    "Refusal::new( \"",
    "Refusal::of_field( \"~\", \"",
    "Refusal { key: \"",
];

pub fn check(tree: &Tree, findings: &mut Findings) {
    let folders = resources(tree);
    let mut known: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    let mut dynamic = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (folder, languages) in &folders {
        for (name, resource) in languages {
            dynamic.extend(resource.dynamic.iter().map(String::as_str));
            for entry in &resource.entries {
                used.extend(entry.references());
                if *name != "de.ftl" {
                    continue;
                }
                let place = (format!("{folder}/{name}"), entry.line);
                if let Some((path, _)) = known.insert(&entry.key, place.clone())
                    && path != place.0
                {
                    let text = format!("`{}` stands in {path} too", entry.key);
                    findings.error(&place.0, place.1, text);
                }
            }
        }
    }
    for file in tree.files.iter().filter(|file| names_keys(file)) {
        used.extend(quoted(&file.text));
        for (at, key) in named(&file.text) {
            let line = rust::line_of(&file.text, at);
            if !known.contains_key(key) && !file.is_test_line(line) && !is_code_gone(file, at) {
                findings.error(&file.path, line + 1, format!("no text for the key `{key}`"));
            }
        }
    }
    for (key, (path, line)) in &known {
        let message = key.split('.').next().unwrap_or_default();
        let is_dynamic = dynamic.iter().any(|prefix| key.starts_with(prefix));
        if !used.contains(key) && !used.contains(message) && !is_dynamic {
            findings.error(path, *line, format!("`{key}` is used nowhere"));
        }
    }
}

fn names_keys(file: &SourceFile) -> bool {
    let is_source = [".rs", ".html", ".txt", ".xml", ".ts"].iter().any(|ending| file.path.ends_with(ending));
    is_source && !file.path.starts_with("crates/xtask/")
}

/// In Rust: whether the place lies in a comment or a string (there the code has blanks).
fn is_code_gone(file: &SourceFile, at: usize) -> bool {
    if !file.is_rust() {
        return false;
    }
    let character = file.text[..at].chars().count();
    file.code.chars().nth(character) == Some(' ')
}

/// Everything in double quotes that could be a key.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('"').filter_map(|(at, _)| key_at(&text[at + 1..]))
}

/// The places where a key is named in one of the forms.
fn named(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for form in FORMS {
        let first = form.split([' ', '"']).next().unwrap_or_default();
        for at in rust::places_of(text, first) {
            if let Some(length) = matches_form(&text[at..], form)
                && let Some(key) = key_at(&text[at + length..])
            {
                found.push((at, key));
            }
        }
    }
    found
}

fn matches_form(text: &str, form: &str) -> Option<usize> {
    let mut rest = text;
    for character in form.chars() {
        rest = match character {
            ' ' => rest.trim_start(),
            '~' => &rest[rest.find('"')?..],
            _ => rest.strip_prefix(character)?,
        };
    }
    Some(text.len() - rest.len())
}

/// The key that begins here and ends with a quote.
fn key_at(text: &str) -> Option<&str> {
    let end = text.find('"')?;
    let key = &text[..end];
    (!key.is_empty() && key.chars().all(is_part_of_key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::{check, named};
    use crate::tidy::tests::errors;

    fn count(ftl: &str, path: &str, text: &str) -> usize {
        errors(check, &[("crates/a/i18n/de.ftl", ftl), (path, text)]).len()
    }

    const PAGE: &str = "crates/a/templates/a.html";

    #[test]
    fn a_named_key_exists() {
        assert_eq!(count("title = x\n", PAGE, "{{ t(\"title\") }}"), 0);
        assert_eq!(count("title = x\n", PAGE, "{{ t(\"title\") }}{{ t(\"tilte\") }}"), 1);
        let code = "fn a() { Err(Refusal { key: \"too-long\" }) }";
        assert_eq!(count("", "crates/a/src/rules.rs", code), 1);
        assert_eq!(count("too-long = x\n", "crates/a/src/rules.rs", code), 0);
        assert_eq!(count("", "crates/a/src/rules.rs", "// t(\"a\")"), 0);
        assert_eq!(count("", "crates/a/src/tests.rs", "fn a() { t(\"a\") }"), 0);
    }

    #[test]
    fn a_key_is_used_by_name_by_reference_or_by_announcement() {
        assert_eq!(count("title = x\n", PAGE, ""), 1);
        assert_eq!(count("a = { title }\ntitle = x\n", PAGE, "{{ t(\"a\") }}"), 0);
        assert_eq!(count("# dynamic: state-*\nstate-open = x\n", PAGE, ""), 0);
        assert_eq!(count("a = x\n    .hint = y\n", PAGE, "{{ t(\"a\") }}"), 0);
        let table = "const A: &[&str] = &[\"title\"];";
        assert_eq!(count("title = x\n", "crates/a/src/pages.rs", table), 0);
    }

    #[test]
    fn a_key_belongs_to_one_crate() {
        let files = [("crates/a/i18n/de.ftl", "a = x\n"), ("crates/b/i18n/de.ftl", "a = x\n"), (PAGE, "{{ t(\"a\") }}")];
        assert_eq!(errors(check, &files).len(), 1);
    }

    #[test]
    fn forms_are_found_over_line_ends_and_not_inside_longer_names() {
        let keys = |text| named(text).into_iter().map(|(_, key)| key).collect::<Vec<_>>();
        assert_eq!(keys("tr(\n    \"a-b\", x)"), ["a-b"]);
        assert_eq!(keys("self.t(\"a\")"), ["a"]);
        assert_eq!(keys("Refusal::of_field(\"name\", \"too-long\")"), ["too-long"]);
        assert!(keys("format(\"a\")").is_empty());
        assert!(keys("t(\"a b\")").is_empty());
        assert!(keys("t(name)").is_empty());
    }
}
