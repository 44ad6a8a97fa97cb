//! What stands around a name: a person, a house number, a word that says that a place is meant. Works on folded text.

use crate::fold::{Folded, is_word};
use crate::spelling::sure_type;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Before a name these say: a person.
const TITLES: [&str; 44] = [
    "herr",
    "herrn",
    "hr",
    "frau",
    "fr",
    "fraeulein",
    "dr",
    "prof",
    "professor",
    "professorin",
    "ing",
    "med",
    "jur",
    "phil",
    "familie",
    "fam",
    "eheleute",
    "stadtrat",
    "stadtraetin",
    "stadtraete",
    "str",
    "strin",
    "gemeinderaetin",
    "ortsvorsteher",
    "ortsvorsteherin",
    "buergermeister",
    "buergermeisterin",
    "oberbuergermeister",
    "oberbuergermeisterin",
    "bm",
    "ob",
    "ministerin",
    "minister",
    "abgeordneter",
    "abgeordnete",
    "witwe",
    "sankt",
    "pfarrer",
    "pfarrerin",
    "firma",
    "fa",
    "von",
    "genannt",
    "geb",
];

/// Frequent first names; whoever bears a rarer one is known by a title or not at all.
const FIRST_NAMES: &str = "achim albert alexander alexandra alfred alice alina amelie andrea andreas angela angelika anja anke anna anne annette annika anton antonia armin \
arnold astrid august axel barbara beate benjamin bernd bernhard bettina birgit björn boris brigitte britta bruno carina carl carla carmen carola carolin caroline carsten \
charlotte christa christel christian christiane christina christine christof christoph claudia claus clemens cornelia dagmar daniel daniela david denis dennis detlef diana \
dieter dietmar dirk dominik doris dorothea eberhard eckhard edith egon elena elfriede elisabeth elke ella ellen emil emilia emma erich erika ernst erwin esther eva fabian \
felix ferdinand florian frank franz franziska frauke frieda friedrich gabriele georg gerd gerda gerhard gertrud gisela götz gudrun günter günther guido gustav hanna hannah \
hannelore hans harald hartmut hedwig heidi heike heiko heiner heinrich heinz helena helene helga helmut henrik henry herbert hermann hilde hildegard holger horst hubert hugo \
ida ina ines inge ingeborg ingo ingrid irene iris irmgard isabel isabell jakob jan jana jens joachim jochen johann johanna johannes jonas jörg josef joseph judith julia julian \
jürgen jutta kai karen karin karl karla karlheinz katharina kathrin katja katrin kerstin kevin kirsten klara klaus konrad konstantin kurt lara lars laura lea lena leon leonie \
leonhard lina linda lisa lorenz lothar lotte louis ludwig luise luis lukas lutz magdalena maik manfred manuel manuela marc marco marcel marcus margarete margit margot maria \
marianne marie marina mario marion markus marlene martha martin martina marvin mathias mathilde matthias max maximilian mehmet melanie merle michael michaela michelle mira miriam \
mohamed monika moritz nadine nadja natalie nele nico nicole niklas nils nina nora norbert olaf olga oliver oskar ottmar otto patricia patrick paul paula paulina peter petra \
philip philipp pia rainer ralf ralph raphael rebecca regina reiner reinhard reinhold renate rene richard rita robert roland rolf roman rosa rosemarie rudi rudolf rüdiger ruth \
sabine sabrina sandra sara sarah sascha sebastian siegfried sigrid silke silvia simon simone sofia sonja sophia sophie stefan stefanie steffen stella stephan stephanie susanne \
sven svenja sybille sylvia tanja theo theodor theresa thilo thomas thorsten tim timo tina tino tobias tom torsten udo ulf uli ulla ulrich ulrike ursula ute uwe valentin vanessa \
vera verena veronika viktor viktoria volker walter walther werner wilfried wilhelm willi willy wolfgang yannick yvonne zoe";

static FIRST: LazyLock<HashSet<String>> = LazyLock::new(|| FIRST_NAMES.split_whitespace().map(crate::fold::key).collect());

/// Before a weak name these say: a place.
const LOCATIVES: [&str; 45] = [
    "in",
    "im",
    "ins",
    "am",
    "an",
    "ans",
    "auf",
    "bei",
    "beim",
    "entlang",
    "durch",
    "ecke",
    "strasse",
    "str",
    "platz",
    "kreuzung",
    "einmuendung",
    "zwischen",
    "stadtteil",
    "ortsteil",
    "stadtteile",
    "ortsteile",
    "stadtteilen",
    "stadtbezirk",
    "bezirk",
    "ortschaft",
    "ortschaftsrat",
    "ortschaftsverwaltung",
    "ortsverwaltung",
    "ortsbeirat",
    "quartier",
    "wohngebiet",
    "gewann",
    "baugebiet",
    "gebiet",
    "bereich",
    "adresse",
    "haltestelle",
    "richtung",
    "hoehe",
    "nach",
    "aus",
    "lage",
    "standort",
    "anwesen",
];

const ARTICLES: [&str; 6] = ["der", "die", "das", "dem", "den", "des"];

/// A place in a folded text: what stands before and behind it.
pub(crate) struct Around<'t> {
    pub text: &'t str,
    pub folded: &'t Folded,
    pub from: usize,
    pub to: usize,
}

impl<'t> Around<'t> {
    /// The word that ends before a position, and where it begins. Blanks and the full stop of an abbreviation lie between.
    fn word_before(&self, at: usize) -> Option<(&'t str, usize)> {
        let bytes = &self.folded.bytes[..at];
        let end = bytes.iter().rposition(|byte| *byte != b' ')? + 1;
        let end = if bytes[end - 1] == b'.' { end - 1 } else { end };
        let start = bytes[..end].iter().rposition(|byte| !is_word(*byte)).map_or(0, |at| at + 1);
        (start < end).then(|| (std::str::from_utf8(&bytes[start..end]).unwrap_or_default(), start))
    }

    /// Whether a sentence, a cell or the text begins here.
    fn begins_sentence(&self) -> bool {
        let before = self.folded.bytes[..self.from].iter().rev().find(|byte| **byte != b' ');
        before.is_none_or(|byte| matches!(byte, b'.' | b':' | b'!' | b'?' | b';'))
    }

    /// The character of the original at a folded position.
    fn character(&self, at: usize) -> Option<char> {
        self.text.get(self.text.floor_char_boundary(self.folded.original(at))..)?.chars().next()
    }

    /// Whether the original has a capital letter or a digit at a folded position.
    pub fn is_capital(&self, at: usize) -> bool {
        self.character(at).is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
    }

    /// Whether the original has a hyphen right before a folded position or at it.
    pub fn is_hyphen(&self, at: usize) -> bool {
        self.character(at).is_some_and(|character| matches!(character, '-' | '\u{2010}' | '\u{2011}'))
            || self.original_of_separator(at).is_some_and(|gap| gap.contains(['-', '\u{2010}', '\u{2011}']))
    }

    /// The original of a blank at a folded position.
    fn original_of_separator(&self, at: usize) -> Option<&'t str> {
        self.text.get(self.text.ceil_char_boundary(self.folded.original(at))..self.text.floor_char_boundary(self.folded.original(at + 1)))
    }

    /// A person is named here, not a place.
    pub fn is_person(&self) -> bool {
        let Some((mut word, mut start)) = self.word_before(self.from) else { return self.is_followed_by_first_name() };
        // "Ursula Müller-Mühlburg": the first half of the name stands between.
        if self.from > 0 && self.folded.bytes[self.from - 1] == b' ' && self.is_hyphen(self.from - 1) {
            let Some(before) = self.word_before(start) else { return false };
            (word, start) = before;
        }
        let is_near = !self.folded.bytes[start..self.from].iter().any(|byte| matches!(byte, b',' | b';' | b':' | b'(' | b')' | b'/'));
        if is_near && self.is_capital(start) && (FIRST.contains(word) || (TITLES.contains(&word) && word != "von")) {
            return true;
        }
        // "Bernd von Mühlburg", "P. Mühlburg".
        if is_near && word == "von" && self.word_before(start).is_some_and(|(first, at)| FIRST.contains(first) && self.is_capital(at)) {
            return true;
        }
        let is_initial = word.len() == 1 && self.folded.bytes.get(start + 1) == Some(&b'.') && self.is_capital(start);
        (is_near && is_initial) || self.is_followed_by_first_name()
    }

    /// "Mühlburg, Hans".
    fn is_followed_by_first_name(&self) -> bool {
        let rest = &self.folded.bytes[self.to..];
        let Some(rest) = rest.strip_prefix(b", ") else { return false };
        let end = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        std::str::from_utf8(&rest[..end]).is_ok_and(|word| FIRST.contains(word)) && !rest[end..].starts_with(b" strasse")
    }

    /// Something before the name says that a place is meant.
    pub fn has_locative(&self) -> bool {
        let before = self.word_before(self.from);
        let before = before.and_then(|(word, start)| if ARTICLES.contains(&word) { self.word_before(start) } else { Some((word, start)) });
        before.is_some_and(|(word, _)| LOCATIVES.contains(&word))
    }

    /// A name such as "Am Anger" is meant as one: in capitals, and not only because a sentence begins.
    pub fn is_phrase_meant(&self) -> bool {
        self.is_capital(self.from) && !self.begins_sentence()
    }

    /// The adjective of a district stands before a noun that is no street and no gate named after it.
    pub fn is_adjective_meant(&self) -> bool {
        let rest = &self.folded.bytes[self.to..];
        let Some(rest) = rest.strip_prefix(b" ") else { return false };
        let end = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        let Ok(word) = std::str::from_utf8(&rest[..end]) else { return false };
        let is_street = sure_type(word).is_some() || matches!(word, "str" | "tor" | "platz" | "landstr" | "kreuz" | "hof");
        !word.is_empty() && !is_street && self.is_capital(self.to + 1)
    }
}

/// A house number right behind a street: "12", "12 a", "12-16", "12/14", "Nr. 12". Returns it and where it ends.
pub(crate) fn house_number(text: &str, at: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    // The full stop of "Kaiserstr." is not the end of a sentence.
    let is_short = bytes.get(at) == Some(&b'.') && at >= 2 && bytes[at - 2..at].eq_ignore_ascii_case(b"tr");
    let mut from = skip_blanks(bytes, at + usize::from(is_short), 2);
    if bytes[from..].starts_with(b"Nr.") {
        from = skip_blanks(bytes, from + 3, 1);
    }
    let first = number(bytes, from)?;
    let mut end = letter(bytes, first);
    // The second number of a range, if it is one.
    for _ in 0..4 {
        let joint = skip_blanks(bytes, end, 1);
        let width = if bytes.get(joint).is_some_and(|byte| matches!(byte, b'-' | b'/' | b'+')) {
            1
        } else if bytes[joint..].starts_with("–".as_bytes()) {
            "–".len()
        } else {
            break;
        };
        match number(bytes, skip_blanks(bytes, joint + width, 1)) {
            Some(next) => end = letter(bytes, next),
            None => break,
        }
    }
    Some((text[from..end].split_whitespace().collect::<Vec<_>>().join(" "), end))
}

fn skip_blanks(bytes: &[u8], at: usize, most: usize) -> usize {
    let blanks = bytes[at.min(bytes.len())..].iter().take(most).take_while(|byte| matches!(byte, b' ' | b'\n')).count();
    at.min(bytes.len()) + blanks
}

/// One to three digits that are neither a date, an amount, nor the beginning of a longer number.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = at + digits;
    let rest = &bytes[end..];
    let goes_on = matches!(*rest, [b'.' | b',' | b':', next, ..] if next.is_ascii_digit()) || rest.first() == Some(&b'%');
    ((1..=3).contains(&digits) && bytes[at] != b'0' && !goes_on).then_some(end)
}

/// The letter of a house number, if one follows: "12a", "12 a".
fn letter(bytes: &[u8], at: usize) -> usize {
    let from = skip_blanks(bytes, at, 1);
    let is_letter = bytes.get(from).is_some_and(|byte| byte.is_ascii_lowercase() || (from == at && byte.is_ascii_uppercase()));
    let is_alone = bytes.get(from + 1).is_none_or(|byte| !is_word(*byte) && *byte != b'.');
    if is_letter && is_alone { from + 1 } else { at }
}

#[cfg(test)]
mod tests {
    use super::house_number;

    #[test]
    fn a_house_number_is_told_from_other_numbers() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(house_number(text, 0).map(|(number, _)| number).as_deref(), expected, "{text}");
        };
        check(" 12", Some("12"));
        assert_eq!(house_number("Hofstr. 5", 7), Some(("5".to_owned(), 9)));
        assert_eq!(house_number("Hofstraße. 5", 10), None);
        check(" 12 a in Durlach", Some("12 a"));
        check(" 12a", Some("12a"));
        check(" 12-16 ist", Some("12-16"));
        check(" 12 – 16", Some("12 – 16"));
        check(" 12/14, 18", Some("12/14"));
        check(" Nr. 7", Some("7"));
        check("\n5", Some("5"));
        check(" 12 an", Some("12"));
        check(" 999", Some("999"));
        check(" 1000", None);
        check(" 2024", None);
        check(" 3.500 Euro", None);
        check(" 12.30", None);
        check(" 30% mehr", None);
        check(" 0", None);
        check("", None);
        check(" ist", None);
    }
}
