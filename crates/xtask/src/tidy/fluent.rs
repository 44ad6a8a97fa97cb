//! Reads a file of translations (Fluent): keys, texts and the variables in them.
//!
//! No full parser: the program's own tests parse with the real one. Start at [`Resource::read`].

use std::collections::BTreeSet;

/// One text: a message, an attribute (`key.attribute`) or a term (`-term`).
pub struct Entry {
    /// The key.
    pub key: String,
    /// The line, from 1.
    pub line: usize,
    /// The text, lines joined by line breaks.
    pub text: String,
}

impl Entry {
    /// The names of the variables (`$name`).
    pub fn variables(&self) -> BTreeSet<&str> {
        names_after(&self.text, '$')
    }

    /// What other entries it refers to: `{ key }`, `{ -term }`.
    pub fn references(&self) -> Vec<&str> {
        self.text
            .split('{')
            .skip(1)
            .filter_map(|rest| {
                let inner = rest.split(['}', '(', '\n']).next()?.trim();
                let is_key = inner.starts_with(|first: char| first.is_ascii_lowercase() || first == '-') && inner.chars().all(is_part_of_key);
                is_key.then_some(inner)
            })
            .collect()
    }
}

/// A whole file.
#[derive(Default)]
pub struct Resource {
    /// In order of the file.
    pub entries: Vec<Entry>,
    /// Beginnings of keys that code puts together: `# dynamic: state-*, kind-*`.
    pub dynamic: Vec<String>,
    /// Lines (from 1) that are neither comment nor entry.
    pub junk: Vec<usize>,
}

impl Resource {
    /// Reads a file.
    pub fn read(text: &str) -> Self {
        let mut resource = Self::default();
        for (number, line) in text.lines().enumerate() {
            resource.line(number + 1, line);
        }
        resource
    }

    fn line(&mut self, number: usize, line: &str) {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start_matches('#').trim();
            if let Some(list) = comment.strip_prefix("dynamic:") {
                let prefixes = list.split(',').map(|item| item.trim().trim_end_matches('*'));
                self.dynamic.extend(prefixes.map(str::to_owned));
            }
            return;
        }
        if line.trim().is_empty() {
            return;
        }
        let is_indented = line.starts_with([' ', '}']);
        if !is_indented {
            match key_and_text(line) {
                Some((key, text)) => self.entries.push(Entry { key: key.to_owned(), line: number, text: text.to_owned() }),
                None => self.junk.push(number),
            }
            return;
        }
        if let Some((attribute, text)) = line.trim().strip_prefix('.').and_then(key_and_text)
            && let Some(last) = self.entries.last()
        {
            let message = last.key.split('.').next().unwrap_or_default();
            self.entries.push(Entry { key: format!("{message}.{attribute}"), line: number, text: text.to_owned() });
        } else if let Some(last) = self.entries.last_mut() {
            last.text.push('\n');
            last.text.push_str(line.trim());
        } else {
            self.junk.push(number);
        }
    }

    /// The entry of a key.
    pub fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

fn key_and_text(line: &str) -> Option<(&str, &str)> {
    let (key, text) = line.split_once('=')?;
    let key = key.trim();
    let is_key = !key.is_empty() && key.chars().all(is_part_of_key);
    is_key.then(|| (key, text.trim()))
}

/// What keys are made of.
pub fn is_part_of_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || character == '_' || character == '.'
}

fn names_after(text: &str, sign: char) -> BTreeSet<&str> {
    text.split(sign)
        .skip(1)
        .map(|rest| {
            let end = rest.find(|character: char| !is_part_of_key(character) || character == '.').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Resource;

    const TEXT: &str = "\
# dynamic: state-*, kind-*
-house = Allmende
papers = { $count ->
    [one] Ein Papier
   *[other] { $count } Papiere von { -house }
}
search = Suche
    .placeholder = Wort und { papers }
";

    #[test]
    fn keys_attributes_terms_variables_and_references_are_found() {
        let resource = Resource::read(TEXT);
        let keys: Vec<&str> = resource.entries.iter().map(|entry| &*entry.key).collect();
        assert_eq!(keys, ["-house", "papers", "search", "search.placeholder"]);
        assert_eq!(resource.dynamic, ["state-", "kind-"]);
        let papers = resource.find("papers").unwrap();
        assert_eq!(papers.variables().into_iter().collect::<Vec<_>>(), ["count"]);
        assert_eq!(papers.references(), ["-house"]);
        assert_eq!(papers.line, 3);
        let placeholder = resource.find("search.placeholder").unwrap();
        assert_eq!(placeholder.references(), ["papers"]);
        assert!(resource.junk.is_empty());
    }

    #[test]
    fn a_line_that_is_no_entry_is_junk() {
        assert_eq!(Resource::read("a = b\nwhat is this\n").junk, [2]);
        assert_eq!(Resource::read("    indented\n").junk, [1]);
    }
}
