//! Dates of birth: a date beside a word that says so. Other dates are nobody's.

use crate::tokens::{Class, Tokens};
use crate::{Kind, Places};

const MONTHS: [&str; 28] = [
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "october",
    "december",
    "jan",
    "feb",
    "apr",
    "aug",
    "sept",
    "okt",
    "dez",
];
const CUES: [&str; 12] = ["geboren", "geborene", "geborener", "geb", "geburtsdatum", "geburtstag", "gebdatum", "born", "birth", "birthday", "birthdate", "dob"];
/// Who was born earlier is not asked any more.
const YEAR_MIN: u32 = 1900;
const YEAR_MAX: u32 = 2100;

/// Finds dates of birth.
pub(crate) fn dates(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        let word_first = is_month(tokens.letters(at)) && !tokens.is_glued_left(at);
        if (tokens.digits(at).is_empty() && !word_first) || tokens.is_glued_left(at) {
            continue;
        }
        let found = if word_first { month_first(tokens, at) } else { date(tokens, at) };
        if let Some(last) = found
            && is_birth(tokens, at, last)
        {
            places.add(Kind::BirthDate, tokens.bytes(at, last));
        }
    }
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word.to_lowercase().as_str())
}

fn value(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

fn is_day(digits: &str) -> bool {
    digits.len() <= 2 && (1..=31).contains(&value(digits))
}

fn is_month_number(digits: &str) -> bool {
    digits.len() <= 2 && (1..=12).contains(&value(digits))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 2 || (digits.len() == 4 && (YEAR_MIN..=YEAR_MAX).contains(&value(digits)))
}

/// The last token of a date that begins with digits: `3.4.1980`, `03/04/80`, `1980-04-03`, `3. April 1980`, `3 April 1980`.
fn date(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let first = tokens.digits(at);
    if first.len() == 4 && is_year(first) && tokens.is_mark(at + 1, '-') && is_month_number(tokens.digits(at + 2)) && tokens.is_mark(at + 3, '-') {
        return is_day(tokens.digits(at + 4)).then_some(at + 4);
    }
    if !is_day(first) {
        return None;
    }
    let sign = match tokens.class(at + 1)? {
        Class::Mark(sign @ ('.' | '/' | '-')) => Some(sign),
        Class::Space => None,
        _ => return None,
    };
    let next = tokens.skip_space(at + 2 - usize::from(sign.is_none()));
    if is_month(tokens.letters(next)) {
        let after = next + 1 + usize::from(tokens.is_mark(next + 1, '.'));
        let year = tokens.skip_space(after);
        return is_year(tokens.digits(year)).then_some(year);
    }
    let sign = sign?;
    let in_order = is_month_number(tokens.digits(next)) || (sign == '/' && is_month_number(first) && is_day(tokens.digits(next)));
    let year = tokens.skip_space(next + 2);
    (in_order && tokens.is_mark(next + 1, sign) && is_year(tokens.digits(year))).then_some(year)
}

/// The last token of `April 3, 1980`.
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let day = tokens.skip_space(at + 1);
    let after = day + 1 + usize::from(tokens.is_mark(day + 1, ','));
    let year = tokens.skip_space(after);
    (is_day(tokens.digits(day)) && tokens.digits(year).len() == 4 && is_year(tokens.digits(year))).then_some(year)
}

fn is_birth(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    let cued = |words: &[String]| words.iter().any(|word| CUES.contains(&word.as_str()));
    let star = (1..=2).any(|back| first.checked_sub(back).is_some_and(|at| tokens.is_mark(at, '*')));
    let after = tokens.words_after(last + 1, 4);
    // »am 3.4.1980 in Kiel geboren«: the verb stands at the end.
    star || cued(&tokens.words_before(first, 4)) || after.iter().any(|word| matches!(word.as_str(), "geboren" | "born"))
}
