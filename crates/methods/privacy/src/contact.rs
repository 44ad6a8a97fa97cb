//! Mail addresses and telephone numbers.

use crate::tokens::{Class, Tokens};
use crate::{Kind, Places};

/// Names before the `@` that stand for an office, not for a person.
const OFFICES: [&str; 32] = [
    "info",
    "kontakt",
    "contact",
    "rathaus",
    "stadt",
    "gemeinde",
    "poststelle",
    "post",
    "mail",
    "buero",
    "office",
    "presse",
    "verwaltung",
    "service",
    "support",
    "hilfe",
    "help",
    "buergerbuero",
    "bürgerbüro",
    "buergermeister",
    "buergeramt",
    "ordnungsamt",
    "bauamt",
    "sekretariat",
    "redaktion",
    "beteiligung",
    "noreply",
    "postmaster",
    "webmaster",
    "datenschutz",
    "stadtverwaltung",
    "gemeindeverwaltung",
];
/// Characters of the part before the `@` that are looked at.
const LOCAL_BYTES_MAX: usize = 64;

/// Finds mail addresses, also those written as `name (at) example (punkt) org`.
pub(crate) fn emails(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        if tokens.is_mark(at, '@') {
            written(tokens, at, at, false, places);
        } else if let Some(end) = bracketed(tokens, at, &["at", "ät"]) {
            written(tokens, at, end, true, places);
        }
    }
}

/// The last token of `(word)` or `[word]` that begins here.
fn bracketed(tokens: &Tokens<'_>, at: usize, words: &[&str]) -> Option<usize> {
    let close = match tokens.class(at)? {
        Class::Mark('(') => ')',
        Class::Mark('[') => ']',
        Class::Mark('{') => '}',
        _ => return None,
    };
    let inner = tokens.skip_space(at + 1);
    let is_word = words.contains(&tokens.letters(inner).to_lowercase().as_str());
    let end = tokens.skip_space(inner + 1);
    (is_word && tokens.is_mark(end, close)).then_some(end)
}

/// An address around an `@` whose tokens go from `first` to `last`; `is_hidden` allows spaces around the signs.
fn written(tokens: &Tokens<'_>, first: usize, last: usize, is_hidden: bool, places: &mut Places) {
    let gap = |at: usize| if is_hidden && tokens.is_space(at) { 1 } else { 0 };
    let mut start = first;
    if let Some(before) = first.checked_sub(1) {
        start -= gap(before);
    }
    let end_of_local = start;
    while let Some(before) = start.checked_sub(1) {
        let is_part = match tokens.class(before) {
            Some(Class::Letters | Class::Digits) => true,
            Some(Class::Mark(mark)) => matches!(mark, '.' | '_' | '-' | '+' | '%'),
            _ => false,
        };
        if !is_part || tokens.bytes(before, end_of_local).len() > LOCAL_BYTES_MAX + 8 {
            break;
        }
        start = before;
    }
    while start < end_of_local && matches!(tokens.class(start), Some(Class::Mark(_))) {
        start += 1;
    }
    let Some(end) = domain(tokens, last + 1 + gap(last + 1), is_hidden) else { return };
    if start == end_of_local {
        return;
    }
    let local = tokens.text[tokens.bytes(start, end_of_local - 1)].to_lowercase();
    if !OFFICES.contains(&local.as_str()) {
        places.add(Kind::Email, tokens.bytes(start, end));
    }
}

/// The last token of a domain with at least two labels that begins here.
fn domain(tokens: &Tokens<'_>, from: usize, is_hidden: bool) -> Option<usize> {
    let label = |mut at: usize| {
        let begin = at;
        while matches!(tokens.class(at), Some(Class::Letters | Class::Digits)) || (at > begin && tokens.is_mark(at, '-')) {
            at += 1;
        }
        (at > begin).then_some(at)
    };
    let mut end = label(from)?;
    let mut last = None;
    loop {
        let next = match dot(tokens, end, is_hidden) {
            Some(next) => next,
            None => return last,
        };
        let Some(after) = label(next) else { return last };
        // The last label is letters; the end of a sentence is none.
        if tokens.letters(next).chars().count() >= 2 || tokens.is_mark(after, '.') {
            last = Some(after - 1);
        }
        end = after;
    }
}

/// The position after a dot, in whichever way it is written.
fn dot(tokens: &Tokens<'_>, at: usize, is_hidden: bool) -> Option<usize> {
    if tokens.is_mark(at, '.') {
        return Some(at + 1);
    }
    let at = if is_hidden { tokens.skip_space(at) } else { at };
    bracketed(tokens, at, &["punkt", "dot"]).map(|end| if is_hidden { tokens.skip_space(end + 1) } else { end + 1 })
}

/// Words before a number that say that it is a telephone number.
const CUES: [&str; 27] = [
    "tel",
    "telefon",
    "telefonnummer",
    "telefonisch",
    "telephone",
    "handy",
    "handynummer",
    "mobil",
    "mobilnummer",
    "mobile",
    "fon",
    "phone",
    "rufnummer",
    "rufen",
    "ruft",
    "anruf",
    "anrufen",
    "durchwahl",
    "call",
    "whatsapp",
    "signal",
    "festnetz",
    "erreichbar",
    "erreichen",
    "nummer",
    "number",
    "fax",
];
/// Words right before a number that say that it is something else.
const OTHERS: [&str; 12] = [
    "aktenzeichen",
    "vorlage",
    "drucksache",
    "flurstück",
    "isbn",
    "artikelnummer",
    "bestellnummer",
    "vorgangsnummer",
    "kassenzeichen",
    "zähler",
    "antrag",
    "beschluss",
];
/// Service numbers: nobody's own.
const SERVICE: [&str; 6] = ["0800", "0180", "0137", "0900", "0700", "0032"];

/// A run of digits and what may stand between them.
struct Run {
    last: usize,
    digits: String,
    groups: Vec<usize>,
    marks: String,
}

/// Finds telephone numbers: international, national, and local ones after a word that says so.
pub(crate) fn telephones(tokens: &Tokens<'_>, places: &mut Places) {
    let mut at = 0;
    while at < tokens.len() {
        let next = telephone(tokens, at, places);
        at = next.max(at + 1);
    }
}

/// Looks at what begins here; returns the position from which to go on.
fn telephone(tokens: &Tokens<'_>, at: usize, places: &mut Places) -> usize {
    let is_plus = tokens.is_mark(at, '+') && !tokens.digits(at + 1).is_empty();
    let opens = tokens.is_mark(at, '(') && (tokens.is_mark(at + 1, '+') || tokens.digits(at + 1).starts_with('0'));
    if !(is_plus || opens || !tokens.digits(at).is_empty()) || tokens.is_glued_left(at) || is_inside_number(tokens, at) {
        return at;
    }
    let from = at + usize::from(is_plus) + if opens { 1 + usize::from(tokens.is_mark(at + 1, '+')) } else { 0 };
    let Some(run) = run(tokens, from) else { return at };
    let is_international = is_plus || (opens && tokens.is_mark(at + 1, '+')) || run.digits.starts_with("00");
    if is_number(tokens, at, &run, is_international) {
        places.add(Kind::Telephone, tokens.bytes(at, run.last));
    }
    run.last + 1
}

/// Whether a number that begins here is the rest of a longer one: `3.014 …`, `12,05`, `§ 01`.
fn is_inside_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_joint = matches!(tokens.class(before), Some(Class::Mark('.' | ',' | ':' | '/' | '-' | '–' | '_' | '#' | '=' | '§' | '$' | '€')));
    let far = before.checked_sub(1).and_then(|far| tokens.class(far));
    is_joint && (matches!(far, Some(Class::Digits)) || matches!(tokens.class(before), Some(Class::Mark('#' | '=' | '_' | '$' | '€'))))
}

fn run(tokens: &Tokens<'_>, from: usize) -> Option<Run> {
    let first = tokens.digits(from);
    if first.is_empty() {
        return None;
    }
    let mut run = Run { last: from, digits: first.to_owned(), groups: vec![first.len()], marks: String::new() };
    loop {
        // Between two groups: one space, one mark, or a mark with spaces around it; a bracket may close.
        let mut next = tokens.skip_space(run.last + 1);
        let mut mark = ' ';
        while let Some(Class::Mark(sign)) = tokens.class(next)
            && matches!(sign, '/' | '-' | '–' | '.' | ')' | '(' | '\u{2011}')
            && next <= run.last + 3
        {
            mark = sign;
            next = tokens.skip_space(next + 1);
        }
        let group = tokens.digits(next);
        if group.is_empty() || next == run.last + 1 || run.digits.len() + group.len() > 17 {
            break;
        }
        run.digits.push_str(group);
        run.groups.push(group.len());
        run.marks.push(mark);
        run.last = next;
    }
    (!tokens.is_glued_right(run.last)).then_some(run)
}

fn is_number(tokens: &Tokens<'_>, at: usize, run: &Run, is_international: bool) -> bool {
    // Nobody writes a number in more groups than this; what counts something is decided before the sentence is looked at.
    if run.groups.len() > 8 || run.digits.len() < 4 {
        return false;
    }
    let before = tokens.words_before(at, 5);
    let is_cued = before.iter().any(|word| CUES.contains(&word.as_str()));
    let is_other = before.first().is_some_and(|word| OTHERS.contains(&word.as_str()));
    let count = run.digits.len();
    let is_quantity = is_unit(tokens, run.last + 1);
    if is_other || is_quantity || is_date(run) || SERVICE.iter().any(|service| run.digits.starts_with(service)) {
        return false;
    }
    if is_international {
        return (8..=16).contains(&count) && !run.digits.starts_with("000");
    }
    let is_national = run.digits.starts_with('0') && !run.digits.starts_with("00");
    let is_paper =
        run.marks == "/" && run.groups.get(1).is_some_and(|digits| *digits == 4) && run.groups[0] <= 4 && run.digits[run.groups[0]..].starts_with("20");
    if is_national && !is_paper {
        // An area code alone, a postal code and a short file number are shorter; two postal codes are five and five.
        let is_postal = run.groups.iter().all(|digits| *digits == 5);
        return (7..=13).contains(&count) && run.groups.len() <= 7 && !is_postal && (count >= 9 || run.groups.len() > 1 || is_cued);
    }
    is_cued && (4..=9).contains(&count) && !is_paper && !is_year(run) && before.iter().take(3).any(|word| CUES.contains(&word.as_str()))
}

fn is_year(run: &Run) -> bool {
    run.groups == [4] && (run.digits.starts_with("19") || run.digits.starts_with("20"))
}

fn is_date(run: &Run) -> bool {
    let joints = run.marks.chars().all(|mark| matches!(mark, '.' | '-' | '/' | '–'));
    let shape = run.groups.as_slice();
    joints
        && (matches!(shape, [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2] | [1 | 2, 1 | 2])
            || (run.marks.contains('.') && matches!(shape, [1 | 2, 1 | 2, 4, ..] | [1 | 2, 1 | 2, 1 | 2, ..])))
}

/// Whether a unit follows: then the number counts something.
pub(crate) fn is_unit(tokens: &Tokens<'_>, at: usize) -> bool {
    let at = tokens.skip_space(at);
    let word = tokens.letters(at).to_lowercase();
    let is_word = matches!(
        word.as_str(),
        "euro"
            | "eur"
            | "km"
            | "m"
            | "cm"
            | "mm"
            | "meter"
            | "metern"
            | "kilometer"
            | "qm"
            | "ha"
            | "kg"
            | "uhr"
            | "prozent"
            | "percent"
            | "mio"
            | "millionen"
            | "jahre"
            | "jahren"
            | "jahr"
            | "stück"
            | "tage"
            | "tagen"
            | "wochen"
            | "monate"
            | "stunden"
            | "minuten"
            | "er"
            | "mal"
            | "grad"
            | "kmh"
            | "tempo"
            | "meters"
            | "years"
            | "days"
            | "minutes"
            | "hours"
    );
    is_word || matches!(tokens.class(at), Some(Class::Mark('€' | '%' | '²' | '°' | '$')))
}
