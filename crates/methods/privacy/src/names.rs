//! Names after »Herr«, »Frau«, »Familie« and their English kin. Whoever speaks for an office does so in public and is left out.

use crate::tokens::{Tokens, is_capital};
use crate::{Kind, Places};

const ADDRESSED: [&str; 9] = ["herr", "herrn", "frau", "familie", "fam", "mr", "mrs", "ms", "miss"];
const TITLES: [&str; 10] = ["dr", "prof", "professor", "professorin", "med", "phil", "ing", "jur", "doktor", "dipl"];
const PARTICLES: [&str; 11] = ["von", "van", "zu", "der", "den", "dem", "de", "zum", "zur", "vom", "ten"];
/// Beginnings of words that name an office.
const OFFICES: [&str; 24] = [
    "bürgermeister",
    "oberbürgermeister",
    "ortsvorsteher",
    "landrat",
    "landrät",
    "minister",
    "kanzler",
    "bundeskanzler",
    "präsident",
    "bundespräsident",
    "vorsitzend",
    "stadtrat",
    "stadträt",
    "gemeinderat",
    "gemeinderät",
    "amtsleit",
    "dezernent",
    "beigeordnet",
    "abgeordnet",
    "staatssekretär",
    "kollege",
    "kollegin",
    "pfarrer",
    "rektor",
];
/// Nouns that follow these words without being a name.
const NOUNS: [&str; 26] = [
    "gott", "holle", "doktor", "und", "oder", "haus", "herren", "männer", "mann", "kinder", "kind", "anspruch", "recht", "wohnraum", "zeit", "angst", "platz",
    "geld", "arbeit", "luna", "beruf", "familie", "hilfe", "leute", "jemand", "mayor",
];
/// Words before »Frau« and »Familie« after which the next noun is no name.
const NOBODY: [&str; 18] = [
    "jede", "jeder", "jeden", "keine", "keiner", "eine", "einer", "einen", "manche", "diese", "dieser", "als", "every", "pro", "junge", "jungen", "ganze",
    "welche",
];

/// Finds names after a word of address.
pub(crate) fn names(tokens: &Tokens<'_>, places: &mut Places) {
    let mut at = 0;
    while at < tokens.len() {
        let last = if tokens.letters(at).is_empty() { None } else { name(tokens, at) };
        if let Some(last) = last {
            places.add(Kind::Name, tokens.bytes(at, last));
        }
        at = last.unwrap_or(at) + 1;
    }
}

fn name(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let word = tokens.word(at);
    if !is_capital(word) || word.len() > 8 || !ADDRESSED.contains(&word.to_lowercase().as_str()) || tokens.is_glued_left(at) || tokens.is_mark(at + 1, '-') {
        return None;
    }
    if at > 0 && tokens.is_mark(at - 1, '-') || tokens.words_before(at, 1).first().is_some_and(|before| NOBODY.contains(&before.as_str())) {
        return None;
    }
    let mut next = after_gap(tokens, at)?;
    let mut is_titled = false;
    while TITLES.contains(&tokens.letters(next).to_lowercase().as_str()) {
        is_titled = true;
        next = after_gap(tokens, next)?;
    }
    let mut steps = 0;
    while PARTICLES.contains(&tokens.letters(next)) && steps < 3 {
        next = after_gap(tokens, next)?;
        steps += 1;
    }
    let first = tokens.letters(next);
    if !is_name(first) || (!is_titled && NOUNS.contains(&first.to_lowercase().as_str())) || is_office(first) {
        return None;
    }
    Some(rest(tokens, next, tied(tokens, next)))
}

/// The position after one space, or after a full stop and a space.
fn after_gap(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let after = at + 1 + usize::from(tokens.is_mark(at + 1, '.'));
    (tokens.is_space(after) || after > at + 1).then(|| tokens.skip_space(after))
}

fn is_name(word: &str) -> bool {
    is_capital(word) && word.chars().count() >= 2 && (word.chars().skip(1).any(char::is_lowercase) || word.chars().count() > 3)
}

fn is_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    OFFICES.iter().any(|office| lower.starts_with(office))
}

/// The end of a word with what hyphens and apostrophes tie to it: »Müller-Weiß«.
fn tied(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut last = at;
    while (tokens.is_mark(last + 1, '-') || tokens.is_mark(last + 1, '\'') || tokens.is_mark(last + 1, '’')) && is_capital(tokens.letters(last + 2)) {
        last += 2;
    }
    last
}

/// The end of the family name after a given name; of any other name it is its own end.
fn rest(tokens: &Tokens<'_>, first: usize, last: usize) -> usize {
    if !GIVEN.contains(&tokens.letters(first).to_lowercase().as_str()) {
        return last;
    }
    let mut last = last;
    for _ in 0..2 {
        if !tokens.is_space(last + 1) {
            break;
        }
        let mut next = last + 2;
        while PARTICLES.contains(&tokens.letters(next)) && tokens.is_space(next + 1) && next < last + 6 {
            next += 2;
        }
        let word = tokens.letters(next);
        if !is_name(word) || NOUNS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        last = tied(tokens, next);
    }
    last
}

/// Given names after which a family name is to be expected; after any other name the next noun belongs to the sentence.
const GIVEN: [&str; 70] = [
    "anna",
    "anne",
    "andrea",
    "andreas",
    "anton",
    "barbara",
    "ben",
    "bernd",
    "birgit",
    "brigitte",
    "christa",
    "christian",
    "christine",
    "claudia",
    "clara",
    "daniel",
    "dieter",
    "elena",
    "elke",
    "emma",
    "erika",
    "eva",
    "felix",
    "frank",
    "fritz",
    "georg",
    "gerhard",
    "hans",
    "heike",
    "heinz",
    "helga",
    "helmut",
    "horst",
    "ida",
    "ingrid",
    "jan",
    "jens",
    "johann",
    "julia",
    "jürgen",
    "karin",
    "karl",
    "katharina",
    "klaus",
    "laura",
    "lea",
    "lena",
    "lukas",
    "manfred",
    "maria",
    "martin",
    "max",
    "michael",
    "monika",
    "olaf",
    "otto",
    "paul",
    "petra",
    "peter",
    "ralf",
    "sabine",
    "sophie",
    "stefan",
    "susanne",
    "thomas",
    "ursula",
    "uwe",
    "werner",
    "wolfgang",
    "mehmet",
];
