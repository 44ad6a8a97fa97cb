//! Every Rust file says in its first line what it owns, and stays short enough to be read at once.

use super::{Findings, tree::Tree};

/// More lines than this want a second look.
const LINES_TO_WARN: usize = 500;
/// More lines than this usually mean a missing concept.
const LINES_MAX: usize = 700;

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.rust() {
        if !file.text.starts_with("//! ") {
            findings.error(&file.path, 1, "begins without a header `//! …` (what it owns, where to start)");
        }
        let lines = file.text.lines().count();
        if lines > LINES_MAX {
            findings.error(&file.path, 0, format!("{lines} lines, at most {LINES_MAX}"));
        } else if lines > LINES_TO_WARN {
            findings.warn(&file.path, 0, format!("{lines} lines, more than {LINES_TO_WARN}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::{Findings, tests::errors, tree::Tree};

    #[test]
    fn a_file_needs_a_header() {
        assert_eq!(errors(check, &[("a.rs", "//! What it owns.\n")]).len(), 0);
        assert_eq!(errors(check, &[("a.rs", "fn a() {}\n")]).len(), 1);
        assert_eq!(errors(check, &[("a.rs", "")]).len(), 1);
        assert_eq!(errors(check, &[("a.md", "no header")]).len(), 0);
    }

    #[test]
    fn a_file_has_at_most_700_lines_and_is_noted_above_500() {
        let count = |lines: usize| {
            let mut findings = Findings::default();
            check(&Tree::of(&[("a.rs", &"//! a\n".repeat(lines))]), &mut findings);
            (findings.warnings.len(), findings.errors.len())
        };
        assert_eq!(count(500), (0, 0));
        assert_eq!(count(501), (1, 0));
        assert_eq!(count(700), (1, 0));
        assert_eq!(count(701), (0, 1));
    }
}
