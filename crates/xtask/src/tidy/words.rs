//! Words that must not stay: promises without an issue, names of machines, tests that do not run or that sleep.
//!
//! The words are put together from parts here, so that this file does not find itself.

use super::{Findings, rust, tree::SourceFile, tree::Tree};

/// Marks of unfinished work; allowed with the number of an issue on the same line.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Folders of a developer's machine and hosts of package registries: both differ elsewhere.
const FORBIDDEN: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("pypi", ".org"),
    concat!("files.", "pythonhosted.org"),
];

/// Ways to wait for a time instead of a condition.
const SLEEPS: &[&str] = &["sleep(", "sleep_until("];
const BROWSER_SLEEPS: &[&str] = &["waitForTimeout("];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in &tree.files {
        text(file, findings);
        if file.is_rust() {
            tests(file, findings);
        } else if file.path.starts_with("tests/") {
            browser(file, findings);
        }
    }
}

fn text(file: &SourceFile, findings: &mut Findings) {
    for (number, line) in file.text.lines().enumerate() {
        for word in FORBIDDEN.iter().filter(|word| line.contains(**word)) {
            findings.error(&file.path, number + 1, format!("`{word}` must not stand here"));
        }
        for word in PROMISES {
            let stands = rust::places_of(line, word).any(|at| !line[at + word.len()..].chars().next().is_some_and(rust::is_part_of_name));
            if stands && !names_an_issue(line) {
                findings.error(&file.path, number + 1, format!("{word} without an issue (`#12`)"));
            }
        }
    }
}

fn names_an_issue(line: &str) -> bool {
    line.split('#').skip(1).any(|rest| rest.starts_with(|character: char| character.is_ascii_digit()))
}

fn tests(file: &SourceFile, findings: &mut Findings) {
    for at in rust::places_of(&file.code, "#[ignore") {
        let line = rust::line_of(&file.code, at);
        findings.error(&file.path, line + 1, "a test that does not run");
    }
    for sleep in SLEEPS {
        for at in rust::places_of(&file.code, sleep) {
            let line = rust::line_of(&file.code, at);
            if file.is_test_line(line) {
                findings.error(&file.path, line + 1, "a test that sleeps: wait for a condition");
            }
        }
    }
}

fn browser(file: &SourceFile, findings: &mut Findings) {
    for (number, line) in file.text.lines().enumerate() {
        if BROWSER_SLEEPS.iter().any(|sleep| line.contains(sleep)) {
            findings.error(&file.path, number + 1, "a test that sleeps: wait for a condition");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FORBIDDEN, PROMISES, check};
    use crate::tidy::tests::errors;

    fn count(path: &str, text: &str) -> usize {
        errors(check, &[(path, text)]).len()
    }

    #[test]
    fn a_promise_needs_an_issue() {
        for word in PROMISES {
            assert_eq!(count("a.css", &format!("/* {word}: later */")), 1);
            assert_eq!(count("a.css", &format!("/* {word} #12: later */")), 0);
            assert_eq!(count("a.css", &format!("/* {word} #x: later */")), 1);
            assert_eq!(count("a.css", &format!("{word}S")), 0);
        }
    }

    #[test]
    fn machines_are_not_named() {
        for word in FORBIDDEN {
            assert_eq!(count("docs/a.md", &format!("see {word}x")), 1, "{word}");
        }
        assert_eq!(count("docs/a.md", "see homework/ and routes"), 0);
    }

    #[test]
    fn every_test_runs_and_none_sleeps() {
        assert_eq!(count("a.rs", "#[ignore]\nfn a() {}"), 1);
        assert_eq!(count("a.rs", "#[ignore = \"slow\"]\nfn a() {}"), 1);
        assert_eq!(count("src/tests.rs", "fn a() { thread::sleep(x); }"), 1);
        assert_eq!(count("src/lib.rs", "fn a() { thread::sleep(x); }"), 0);
        assert_eq!(count("tests/browser/a.mjs", "await page.waitForTimeout(5)"), 1);
        assert_eq!(count("web/a.mjs", "await page.waitForTimeout(5)"), 0);
    }
}
