//! The words of a question taken apart: words, "phrases", -exclusions, beginnings*, numbers, dates, field:word.
//!
//! Nothing that is typed is an error but too much of it: what makes no sense as a sign is read as a word. Pure. Start at
//! [`parse`].

use crate::analysis::number;
use crate::dates::Day;
use crate::walk::LEAVES_MAX;
use crate::words::{self, Found};
use allmende_platform::search::SearchError;

/// Characters of a question.
pub const CHARS_MAX: usize = 500;
/// Words, phrases and fields of a question.
pub const PARTS_MAX: usize = 32;
/// Letters of the shortest beginning.
const PREFIX_MIN: usize = 2;

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// What.
    pub what: What,
    /// Whether it must not be there.
    pub is_excluded: bool,
}

/// What is asked for. Words are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A word in any form.
    Word(String),
    /// Words that signs join: together or each.
    Joined(Vec<String>),
    /// Words one after the other.
    Phrase(Vec<String>),
    /// Words that begin so.
    Prefix(String),
    /// A number of a paper as its token, and as its words.
    Number(String, Vec<String>),
    /// A day or month.
    Date(Day),
    /// A property: its letter, and the words it must have.
    Field(Property, Vec<What>),
    /// Happened in this year, month or day.
    Period(String),
}

/// What can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Property {
    /// Its title.
    Title,
    /// A property that has tokens with this letter.
    Token(char),
}

impl What {
    /// How many words, numbers and phrases are looked for in it.
    fn words(&self) -> usize {
        match self {
            Self::Joined(words) => words.len() + 1,
            Self::Field(_, inside) => inside.len(),
            _ => 1,
        }
    }
}

/// Names of fields in German and English.
const FIELDS: [(&str, Option<Property>); 24] = [
    ("titel", Some(Property::Title)),
    ("title", Some(Property::Title)),
    ("nummer", Some(Property::Token('n'))),
    ("nr", Some(Property::Token('n'))),
    ("aktenzeichen", Some(Property::Token('n'))),
    ("drucksache", Some(Property::Token('n'))),
    ("number", Some(Property::Token('n'))),
    ("reference", Some(Property::Token('n'))),
    ("gremium", Some(Property::Token('g'))),
    ("ausschuss", Some(Property::Token('g'))),
    ("committee", Some(Property::Token('g'))),
    ("body", Some(Property::Token('g'))),
    ("ort", Some(Property::Token('o'))),
    ("place", Some(Property::Token('o'))),
    ("stadtteil", Some(Property::Token('o'))),
    ("strasse", Some(Property::Token('o'))),
    ("art", Some(Property::Token('a'))),
    ("type", Some(Property::Token('a'))),
    ("kind", Some(Property::Token('a'))),
    ("status", Some(Property::Token('s'))),
    ("stand", Some(Property::Token('s'))),
    ("datum", None),
    ("date", None),
    ("jahr", None),
];

/// What the words ask for.
///
/// # Errors
/// `search-too-long` beyond [`CHARS_MAX`] characters, `search-too-many-words` beyond [`PARTS_MAX`] parts or [`LEAVES_MAX`]
/// words in them.
pub(crate) fn parse(typed: &str) -> Result<Vec<Part>, SearchError> {
    if typed.chars().count() > CHARS_MAX {
        return Err(SearchError::Refused("search-too-long"));
    }
    let mut parser = Parser { parts: Vec::new(), plain: String::new() };
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        rest = parser.next(rest).trim_start();
    }
    parser.flush();
    let words: usize = parser.parts.iter().map(|part| part.what.words()).sum();
    if parser.parts.len() > PARTS_MAX || words >= LEAVES_MAX {
        return Err(SearchError::Refused("search-too-many-words"));
    }
    Ok(parser.parts)
}

struct Parser {
    parts: Vec<Part>,
    /// Plain words so far: dates may stretch over several.
    plain: String,
}

impl Parser {
    /// Reads one thing and gives what is left.
    fn next<'b>(&mut self, rest: &'b str) -> &'b str {
        let (is_excluded, body) = match rest.strip_prefix(['-', '−', '–']) {
            Some(body) if body.starts_with(|next: char| next.is_alphanumeric() || is_quote(next)) => (true, body),
            _ => (false, rest),
        };
        if let Some((inside, after)) = quoted(body) {
            self.flush();
            self.push(phrase(inside), is_excluded);
            return after;
        }
        let end = body.find(char::is_whitespace).unwrap_or(body.len());
        let (word, after) = body.split_at(end);
        if let Some((what, after)) = field(word, body, after) {
            self.flush();
            self.push(Some(what), is_excluded);
            return after;
        }
        let beginning = word.strip_suffix('*').map(words::fold).filter(|folded| is_beginning(folded));
        if let Some(beginning) = beginning {
            self.flush();
            self.push(Some(What::Prefix(beginning)), is_excluded);
        } else if is_excluded {
            self.flush();
            let parts = plain(word);
            parts.into_iter().for_each(|what| self.push(Some(what), true));
        } else {
            self.plain.push_str(word);
            self.plain.push(' ');
        }
        after
    }

    fn push(&mut self, what: Option<What>, is_excluded: bool) {
        if let Some(what) = what {
            self.parts.push(Part { what, is_excluded });
        }
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.plain);
        plain(&words).into_iter().for_each(|what| self.push(Some(what), false));
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '„' | '“' | '”' | '»' | '«')
}

/// What stands in quotes, and what follows. Without a closing quote there is no phrase.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(is_quote)?;
    let end = inside.find(is_quote)?;
    let after = &inside[end..];
    Some((&inside[..end], after.strip_prefix(is_quote).unwrap_or(after)))
}

fn is_beginning(folded: &str) -> bool {
    folded.len() >= PREFIX_MIN && folded.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn phrase(text: &str) -> Option<What> {
    let mut found = Vec::new();
    words::scan(text, |piece| {
        if let Found::Word { folded, .. } = piece {
            found.push(folded.to_owned());
        }
    });
    (!found.is_empty()).then_some(What::Phrase(found))
}

/// A field and its value, which may stand in quotes, and what follows.
fn field<'b>(word: &str, body: &'b str, after: &'b str) -> Option<(What, &'b str)> {
    let (name, value) = word.split_once(':')?;
    let name = words::fold(name);
    let (_, property) = FIELDS.iter().find(|(known, _)| *known == name)?;
    let (value, after) = quoted(&body[body.find(':')? + 1..]).unwrap_or((value, after));
    match property {
        Some(property) => {
            let inside = plain(value);
            (!inside.is_empty()).then_some((What::Field(*property, inside), after))
        }
        None => period(value).map(|period| (What::Period(period), after)),
    }
}

/// `2024`, `2024-05` or `2024-05-03` of a date in any form.
fn period(value: &str) -> Option<String> {
    let is_year = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = value.len() == 7 && value.as_bytes()[4] == b'-' && value.bytes().enumerate().all(|(at, byte)| at == 4 || byte.is_ascii_digit());
    if is_year || is_month {
        return Some(value.to_owned());
    }
    let mut day = None;
    words::scan(value, |piece| {
        if let Found::Date { day: found, .. } = piece {
            day = Some(found.to_string());
        }
    });
    day
}

/// Words without signs: words, numbers and dates.
pub(crate) fn plain(text: &str) -> Vec<What> {
    let mut found: Vec<(usize, What)> = Vec::new();
    words::scan(text, |piece| {
        let mut cover = |start: usize, what: &dyn Fn(Vec<String>) -> What| {
            let covered = found.iter().position(|(at, _)| *at >= start).unwrap_or(found.len());
            let words = found.drain(covered..).filter_map(|(_, what)| if let What::Word(word) = what { Some(word) } else { None });
            let words = words.collect();
            found.push((start, what(words)));
        };
        match piece {
            Found::Word { folded, start, .. } => found.push((start, What::Word(folded.to_owned()))),
            Found::Joined { folded, is_number: true, start, .. } => cover(start, &|words| What::Number(number(folded), words)),
            Found::Joined { start, .. } => cover(start, &What::Joined),
            Found::Date { day, start, .. } => cover(start, &|_| What::Date(day)),
        }
    });
    found.into_iter().map(|(_, what)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::{CHARS_MAX, PARTS_MAX, Part, What, parse};

    fn show(what: &What) -> String {
        match what {
            What::Word(word) => word.clone(),
            What::Joined(words) => words.join("+"),
            What::Phrase(words) => format!("\"{}\"", words.join(" ")),
            What::Prefix(beginning) => format!("{beginning}*"),
            What::Number(number, _) => number.clone(),
            What::Date(day) => format!("@{day}"),
            What::Field(property, inside) => format!("{property:?}:{}", inside.iter().map(show).collect::<Vec<_>>().join("+")),
            What::Period(period) => format!("in {period}"),
        }
    }

    fn check(typed: &str, expected: &str) {
        let parts = parse(typed).expect(typed);
        let shown: Vec<String> = parts.iter().map(|Part { what, is_excluded }| format!("{}{}", if *is_excluded { "-" } else { "" }, show(what))).collect();
        assert_eq!(shown.join(" | "), expected, "{typed}");
    }

    #[test]
    fn words_phrases_and_exclusions() {
        check("Größe Straße", "groesse | strasse");
        check("\"neue Schule\" -Turnhalle", "\"neue schule\" | -turnhalle");
        check("„neue Schule“", "\"neue schule\"");
        check("Haus*", "haus*");
        check("-\"alte Schule\"", "-\"alte schule\"");
        check("Rad-Weg", "rad+weg");
        check("", "");
    }

    #[test]
    fn numbers_dates_and_fields() {
        check("DS 17/2024", "ds | #17/2024");
        check("2024/0123", "#2024/123");
        check("Antrag vom 3. Mai 2024 Schule", "antrag | vom | @2024-05-03 | schule");
        check("titel:Radweg", "Title:radweg");
        check("gremium:\"Ortschaftsrat Durlach\" Bad", "Token('g'):ortschaftsrat+durlach | bad");
        check("datum:2024-05", "in 2024-05");
        check("datum:3.5.2024", "in 2024-05-03");
        check("-art:Antrag", "-Token('a'):antrag");
    }

    #[test]
    fn what_makes_no_sense_is_read_as_words() {
        check("\"offen", "offen");
        check("a:b", "a | b");
        check("titel:", "titel");
        check("datum:gestern", "datum | gestern");
        check("- -- *", "");
        check("((( AND ]", "and");
        check("*", "");
    }

    #[test]
    fn too_much_is_refused_and_the_limit_is_not() {
        assert!(parse(&"ä".repeat(CHARS_MAX)).is_ok());
        assert!(parse(&"ä".repeat(CHARS_MAX + 1)).is_err());
        assert_eq!(parse(&"ab ".repeat(PARTS_MAX)).expect("the limit").len(), PARTS_MAX);
        assert!(parse(&"ab ".repeat(PARTS_MAX + 1)).is_err());
        assert!(parse(&"ab-cd-ef-gh-ij ".repeat(9)).is_ok());
        assert!(parse(&"ab-cd-ef-gh-ij ".repeat(10)).is_err());
    }
}
