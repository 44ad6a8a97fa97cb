//! The three languages of a crate have the same keys with the same variables.
//!
//! German leads. Texts of the administration (`admin-…`) may be missing in Leichte Sprache.

use std::collections::{BTreeMap, BTreeSet};

use super::fluent::Resource;
use super::{Findings, tree::Tree};

/// The files of a folder `i18n`; the first leads.
const LANGUAGES: &[&str] = &["de.ftl", "en.ftl", "leicht.ftl"];
const EASY: &str = "leicht.ftl";

/// Keys beginning so may be missing in Leichte Sprache.
const ADMINISTRATION: &str = "admin-";

/// All files of translations: folder → file name → content.
pub fn resources(tree: &Tree) -> BTreeMap<&str, BTreeMap<&str, Resource>> {
    let mut folders: BTreeMap<&str, BTreeMap<&str, Resource>> = BTreeMap::new();
    for file in &tree.files {
        if let Some((folder, name)) = file.path.rsplit_once('/')
            && name.ends_with(".ftl")
            && folder.ends_with("/i18n")
        {
            let resource = Resource::read(&file.text);
            folders.entry(folder).or_default().insert(name, resource);
        }
    }
    folders
}

pub fn check(tree: &Tree, findings: &mut Findings) {
    for (folder, languages) in resources(tree) {
        for name in languages.keys().filter(|name| !LANGUAGES.contains(name)) {
            findings.error(&format!("{folder}/{name}"), 0, "an unknown language");
        }
        for (name, resource) in &languages {
            on_its_own(&format!("{folder}/{name}"), resource, findings);
        }
        let empty = Resource::default();
        let lead = languages.get(LANGUAGES[0]).unwrap_or(&empty);
        for name in LANGUAGES {
            let path = format!("{folder}/{name}");
            match languages.get(name) {
                None => findings.error(&path, 0, "the file is missing"),
                Some(other) => compare(&path, lead, other, *name == EASY, findings),
            }
        }
    }
}

fn on_its_own(path: &str, resource: &Resource, findings: &mut Findings) {
    for line in &resource.junk {
        findings.error(path, *line, "neither a comment nor a text");
    }
    let mut seen = BTreeSet::new();
    for entry in &resource.entries {
        if !seen.insert(&entry.key) {
            findings.error(path, entry.line, format!("`{}` stands here twice", entry.key));
        }
    }
}

fn compare(path: &str, lead: &Resource, other: &Resource, is_easy: bool, findings: &mut Findings) {
    for entry in &lead.entries {
        let may_be_missing = is_easy && entry.key.starts_with(ADMINISTRATION);
        match other.find(&entry.key) {
            None if may_be_missing => {}
            None => findings.error(path, 0, format!("`{}` is missing", entry.key)),
            Some(found) if found.variables() != entry.variables() => {
                findings.error(path, found.line, format!("`{}` has the variables {:?}, in German {:?}", entry.key, found.variables(), entry.variables()))
            }
            Some(_) => {}
        }
    }
    for entry in &other.entries {
        if lead.find(&entry.key).is_none() {
            findings.error(path, entry.line, format!("`{}` is missing in German", entry.key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::tests::errors;

    fn count(de: &str, en: &str, leicht: &str) -> usize {
        errors(check, &[("crates/a/i18n/de.ftl", de), ("crates/a/i18n/en.ftl", en), ("crates/a/i18n/leicht.ftl", leicht)]).len()
    }

    #[test]
    fn a_key_stands_in_all_languages() {
        assert_eq!(count("a = x\n", "a = y\n", "a = z\n"), 0);
        assert_eq!(count("a = x\n", "", "a = z\n"), 1);
        assert_eq!(count("a = x\n", "a = y\n", ""), 1);
        assert_eq!(count("a = x\n", "a = y\nb = y\n", "a = z\n"), 1);
        assert_eq!(count("a = x\na = x\n", "a = y\n", "a = z\n"), 1);
    }

    #[test]
    fn only_the_administration_may_miss_easy_language() {
        assert_eq!(count("admin-a = x\n", "admin-a = y\n", ""), 0);
        assert_eq!(count("admin-a = x\n", "", ""), 1);
    }

    #[test]
    fn variables_are_the_same_in_all_languages() {
        let text = "a = { $n } x\n";
        assert_eq!(count(text, text, text), 0);
        assert_eq!(count(text, "a = { $m } x\n", text), 1);
        assert_eq!(count(text, text, "a = x\n"), 1);
    }

    #[test]
    fn a_missing_or_unknown_file_is_found() {
        assert_eq!(errors(check, &[("crates/a/i18n/de.ftl", "a = x\n")]).len(), 2);
        assert_eq!(errors(check, &[("crates/a/i18n/fr.ftl", "")]).len(), 4);
    }
}
