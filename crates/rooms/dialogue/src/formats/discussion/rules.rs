//! What holds for comments: lengths, stance, how deep a thread is shown, how many of whom, who is named. Pure.

use crate::formats::ideas::similar::digest;
use allmende_core::fold::fold;
use allmende_core::{Instant, Refusal};

/// Characters of a comment.
pub const TEXT_CHARS: std::ops::RangeInclusive<usize> = 3..=4_000;
/// Steps to the right that a page shows; what answers deeper stands beside what it answers.
pub const DEPTH_MAX: i64 = 2;
/// Seconds within which authors change what they wrote without a mark of time; later each change shows its day.
pub const EDIT_SECONDS: i64 = 86_400;
/// People that one comment names.
pub const MENTIONS_MAX: usize = 5;
/// Words of a public name behind an `@`.
const NAME_WORDS_MAX: usize = 4;

/// Whether a comment speaks for or against what is discussed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// For it.
    For,
    /// Against it.
    Against,
}

impl Stance {
    /// The word in the database; its text is `comment-stance-KEY`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
        }
    }

    /// The stance of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        [Self::For, Self::Against].into_iter().find(|stance| stance.key() == key)
    }
}

/// The order of comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// As [`super::ranking`] puts them.
    #[default]
    Balanced,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Sort {
    /// All orders, as the page offers them.
    pub const ALL: [Self; 3] = [Self::Balanced, Self::Newest, Self::Oldest];

    /// The word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Balanced => "ausgewogen",
            Self::Newest => "neu",
            Self::Oldest => "alt",
        }
    }

    /// The order of a word; balanced if there is none.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }
}

/// Whether the words of a comment can be taken.
///
/// # Errors
/// `comment-text-length`.
pub fn check_text(text: &str) -> Result<(), Refusal> {
    if TEXT_CHARS.contains(&text.chars().count()) { Ok(()) } else { Err(Refusal::of_field("comment", "comment-text-length")) }
}

/// The depth of an answer to a comment of this depth.
#[must_use]
pub const fn depth_below(parent: Option<i64>) -> i64 {
    match parent {
        None => 0,
        Some(depth) => depth + 1,
    }
}

/// Whether authors may still change their words.
#[must_use]
pub fn may_edit(submitted_at: Instant, now: Instant) -> bool {
    now < submitted_at.plus_seconds(EDIT_SECONDS)
}

/// How many people wrote how much: one row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// At least so many comments each.
    pub from: i64,
    /// At most so many; none for the last row.
    pub to: Option<i64>,
    /// How many people.
    pub people: i64,
    /// How many comments they wrote together.
    pub comments: i64,
}

/// The rows of the table from pairs of comments and how many people wrote so many. Rows without people are left out.
#[must_use]
pub fn shares(counts: &[(i64, i64)]) -> Vec<Share> {
    const ROWS: [(i64, Option<i64>); 4] = [(1, Some(1)), (2, Some(4)), (5, Some(9)), (10, None)];
    let row = |(from, to): (i64, Option<i64>)| {
        let own = counts.iter().filter(|(comments, _)| *comments >= from && to.is_none_or(|to| *comments <= to));
        let (people, comments) = own.fold((0, 0), |(people, sum), (comments, count)| (people + count, sum + comments * count));
        Share { from, to, people, comments }
    };
    ROWS.into_iter().map(row).filter(|share| share.people > 0).collect()
}

/// The digest under which a public name is looked up.
#[must_use]
pub fn name_digest(name: &str) -> i64 {
    digest(&fold(name))
}

/// Who may be meant behind each `@`: the digests of the one to four words that follow, at most [`MENTIONS_MAX`] times.
#[must_use]
pub fn mentioned(text: &str) -> Vec<i64> {
    let mut out = Vec::new();
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|sign| !sign.is_alphanumeric());
    for (at, _) in text.match_indices('@').filter(|(at, _)| begins(*at)).take(MENTIONS_MAX) {
        let mut name = String::new();
        for word in text[at + 1..].split(' ').take(NAME_WORDS_MAX) {
            let bare = word.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '.');
            let cut = bare.split(['\n', '\t']).next().unwrap_or(bare);
            if cut.is_empty() {
                break;
            }
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(cut);
            out.push(name_digest(&name));
            out.push(name_digest(name.trim_end_matches('.')));
            if cut.len() < word.len() {
                break;
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_bounds_on_both_sides() {
        for (chars, is_good) in [(2, false), (3, true), (4_000, true), (4_001, false)] {
            assert_eq!(check_text(&"x".repeat(chars)).is_ok(), is_good, "{chars}");
        }
    }

    #[test]
    fn everybody_stands_in_exactly_one_row_of_the_table() {
        let rows = shares(&[(1, 40), (2, 5), (4, 1), (5, 2), (9, 1), (10, 1), (30, 1)]);
        let plain: Vec<_> = rows.iter().map(|row| (row.from, row.people, row.comments)).collect();
        assert_eq!(plain, [(1, 40, 40), (2, 6, 14), (5, 3, 19), (10, 2, 40)]);
        assert!(shares(&[]).is_empty());
        assert_eq!(shares(&[(3, 1)]).len(), 1);
    }

    #[test]
    fn a_name_behind_an_at_sign_is_found_however_long_it_is() {
        let means = |text: &str, name: &str| mentioned(text).contains(&name_digest(name));
        assert!(means("@Ida, das stimmt.", "Ida") && means("Ich sehe das wie @Ida Meier.", "Ida Meier"));
        assert!(means("@ida meier und ich", "Ida Meier") && means("Danke @Jörg L.!", "Jörg L."));
        assert!(!means("ida@meier.example", "meier.example") && !means("Ida Meier", "Ida"));
        assert!(!means("@Ida, Meier war auch da", "Ida Meier"));
        assert!(mentioned(&"@a ".repeat(100)).len() <= MENTIONS_MAX * NAME_WORDS_MAX * 2);
    }

    #[test]
    fn an_answer_stands_one_step_deeper() {
        assert_eq!((depth_below(None), depth_below(Some(0)), depth_below(Some(7))), (0, 1, 8));
    }
}
