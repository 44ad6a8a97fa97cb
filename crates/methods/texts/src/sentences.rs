//! Where sentences of German administration end.
//!
//! A full stop also stands in abbreviations ("z. B."), ordinals ("am 3. Juli"), dates, initials and numbers of paragraphs
//! ("§ 5 Abs. 2 Nr. 3"). The rules look at the word before the stop and at the word behind it; nothing is learnt.

use std::ops::Range;

/// Abbreviations that a sentence hardly ends with, without their last stop, lower case.
const ABBREVIATIONS: &[&str] = &[
    "abb", "abs", "abschn", "abt", "allg", "anl", "anm", "art", "aufl", "az", "bd", "begr", "best", "betr", "bez", "bgbl", "bspw", "buchst", "bzgl", "bzw",
    "ca", "ders", "dgl", "dipl", "dr", "drs", "ebd", "einschl", "entspr", "erg", "etw", "evtl", "exkl", "ff", "fn", "fr", "frhr", "gbl", "geb", "gem", "gez",
    "ggf", "ggü", "grds", "hd", "hr", "hrsg", "ing", "inkl", "insb", "insbes", "jew", "jg", "kap", "kfm", "lfd", "lit", "lt", "max", "med", "min", "mind",
    "mio", "mrd", "nr", "nrn", "österr", "phil", "prof", "qm", "rd", "rer", "rn", "sog", "st", "stellv", "str", "svw", "tab", "tel", "tsd", "urspr", "usf",
    "verf", "vgl", "vj", "vorl", "vors", "zzgl", "ziff", "zit", "zt", "zul", "zus", "zust", "zw",
];
/// Abbreviations that a sentence may end with: it does where a word follows that begins one.
const AT_THE_END_TOO: &[&str] = &["usw", "etc", "ff", "jr", "sen", "uvm"];
const MONTHS: &[&str] = &[
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
    "jan",
    "feb",
    "febr",
    "mär",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "okt",
    "nov",
    "dez",
    "quartal",
];
/// Words that begin sentences and rarely follow an ordinal.
const BEGINNERS: &[&str] = &[
    "Aber",
    "Alle",
    "Als",
    "Am",
    "An",
    "Auch",
    "Auf",
    "Aus",
    "Außerdem",
    "Bei",
    "Beim",
    "Bis",
    "Dabei",
    "Dadurch",
    "Dafür",
    "Daher",
    "Damit",
    "Danach",
    "Dann",
    "Das",
    "Dazu",
    "Dem",
    "Den",
    "Der",
    "Deshalb",
    "Die",
    "Dies",
    "Diese",
    "Dieser",
    "Dieses",
    "Durch",
    "Ein",
    "Eine",
    "Einen",
    "Er",
    "Es",
    "Für",
    "Hier",
    "Hierzu",
    "Ich",
    "Ihr",
    "Im",
    "In",
    "Ist",
    "Jede",
    "Jeder",
    "Mit",
    "Nach",
    "Ob",
    "Seit",
    "Sie",
    "So",
    "Soweit",
    "Um",
    "Und",
    "Unter",
    "Vom",
    "Von",
    "Wenn",
    "Wer",
    "Wir",
    "Zu",
];
/// Words after which a number stands for something and not in a row.
const NUMBERED: [&str; 18] =
    ["§", "§§", "absatz", "abs", "satz", "nummer", "nr", "ziffer", "artikel", "art", "seite", "top", "punkt", "anlage", "kapitel", "uhr", "auf", "von"];

/// Characters before and behind a stop that are looked at.
const SEEN: usize = 40;

/// Whether words begin with the name of a month.
pub(crate) fn begins_with_month(words: &str) -> bool {
    let first = words.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    MONTHS.contains(&first.as_str())
}

/// The sentences of a text as ranges of characters, in order, without the white space between them. A line feed or tab (the
/// next line, the next cell) ends a sentence as well.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let signs: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < signs.len() {
        let end = match signs[at] {
            '\n' | '\t' => Some(at + 1),
            '.' | '!' | '?' | '…' => behind(&signs, at).filter(|end| ends(&signs, start, at, *end)),
            _ => None,
        };
        if let Some(end) = end {
            push(&signs, start..end, &mut out);
            start = end;
        }
        at = end.unwrap_or(at + 1);
    }
    push(&signs, start..signs.len(), &mut out);
    out
}

fn push(signs: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let words = &signs[range.clone()];
    let before = words.iter().take_while(|sign| sign.is_whitespace()).count();
    let after = words[before..].iter().rev().take_while(|sign| sign.is_whitespace()).count();
    if before < words.len() {
        out.push(range.start + before..range.end - after);
    }
}

/// The position behind a stop, further stops and closing quotes, if white space or nothing follows there.
fn behind(signs: &[char], stop: usize) -> Option<usize> {
    let closing = |sign: &&char| matches!(**sign, '.' | '!' | '?' | '…' | '"' | '“' | '”' | '»' | '«' | '\'' | '’' | '‘' | ')' | ']');
    let end = stop + 1 + signs[stop + 1..].iter().take_while(closing).count();
    signs.get(end).is_none_or(|sign| sign.is_whitespace()).then_some(end)
}

/// Whether the sentence from `start` ends with the stop at `stop`; `end` is the position behind it.
fn ends(signs: &[char], start: usize, stop: usize, end: usize) -> bool {
    let next: Vec<char> = signs[end..].iter().skip_while(|sign| sign.is_whitespace()).take(SEEN).copied().collect();
    let Some(first) = next.iter().find(|sign| !matches!(sign, '"' | '„' | '“' | '»' | '«' | '\'' | '‚' | '‘' | '(' | '[' | '–' | '-')) else {
        return true;
    };
    if first.is_lowercase() {
        return false;
    }
    let is_plain_stop = signs[stop] == '.' && !matches!(signs.get(stop + 1), Some('.' | '!' | '?' | '…'));
    if !is_plain_stop || (stop > 0 && matches!(signs[stop - 1], '.' | '"' | '“' | '”' | ')' | ']' | '%' | '°')) {
        return true;
    }
    let word = before(signs, start, stop);
    let follower: String = next.iter().skip_while(|sign| !sign.is_alphanumeric()).take_while(|sign| sign.is_alphanumeric()).collect();
    let earlier = signs[start..stop - word.chars().count()].iter().rev().skip_while(|sign| sign.is_whitespace()).take(SEEN).collect::<Vec<_>>();
    after_word(&word, &follower, earlier.is_empty() || earlier.iter().all(|sign| matches!(sign, '(' | '"' | '„')), &word_of(&earlier), *first)
}

/// The word that a stop at `stop` follows.
fn before(signs: &[char], start: usize, stop: usize) -> String {
    let joins = |sign: &&char| sign.is_alphanumeric() || matches!(**sign, '§' | '-' | ',' | '/');
    let mut word: Vec<char> = signs[start..stop].iter().rev().take_while(joins).copied().collect();
    word.reverse();
    word.into_iter().collect()
}

/// The word that ends a reversed run of characters, its stop left out.
fn word_of(reversed: &[&char]) -> String {
    let mut word: Vec<char> =
        reversed.iter().skip_while(|sign| ***sign == '.').take_while(|sign| sign.is_alphanumeric() || ***sign == '§').map(|sign| **sign).collect();
    word.reverse();
    word.into_iter().collect()
}

fn after_word(word: &str, follower: &str, is_first: bool, earlier: &str, next: char) -> bool {
    let begins = BEGINNERS.contains(&follower);
    let lower = word.to_lowercase();
    if !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit()) {
        return after_number(word, follower, is_first, earlier, next);
    }
    if !word.is_empty() && word.chars().all(|sign| "IVX".contains(sign)) {
        return begins && !is_first;
    }
    if AT_THE_END_TOO.contains(&lower.as_str()) {
        return next.is_uppercase() || next.is_ascii_digit() && begins;
    }
    // "Karlstr.", "Vorl.-Nr."
    if ABBREVIATIONS.contains(&lower.as_str()) || lower.ends_with("str") || lower.ends_with("-nr") {
        return false;
    }
    let follows_number = !earlier.is_empty() && earlier.chars().all(|sign| sign.is_ascii_digit());
    if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
        if follows_number {
            // "2,5 m."
            return begins;
        }
        // The end of "z. B." or an initial; "Variante B. Die …" ends unless an abbreviation stands before.
        let is_chained = earlier.chars().count() == 1;
        return begins && !is_chained && word.chars().all(char::is_uppercase) && earlier.chars().count() > 3;
    }
    true
}

/// A number before a stop: an ordinal, a day, or the last word of a sentence.
fn after_number(number: &str, follower: &str, is_first: bool, earlier: &str, next: char) -> bool {
    if is_first || MONTHS.contains(&follower.to_lowercase().as_str()) {
        return false;
    }
    if number.len() >= 4 {
        return true;
    }
    if next.is_ascii_digit() {
        // "20. 6. 2026"
        return number.len() > 2;
    }
    BEGINNERS.contains(&follower) || number.len() == 3 || NUMBERED.contains(&earlier.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    /// Sentences are parted by `|` in the example.
    fn check(example: &str) {
        let text = example.replace('|', "");
        let signs: Vec<char> = text.chars().collect();
        let found: Vec<String> = sentences(&text).into_iter().map(|range| signs[range].iter().collect()).collect();
        let expected: Vec<String> = example.split('|').map(|sentence| sentence.trim().to_owned()).collect();
        assert_eq!(found, expected, "{example}");
    }

    #[test]
    fn a_stop_ends_a_sentence_unless_it_belongs_to_a_word() {
        for example in [
            "Der Rat stimmt zu. |Die Verwaltung berichtet.",
            "Geschützt sind z. B. Eichen. |Das gilt auch für Linden.",
            "Geschützt sind z.B. Eichen.",
            "Das gilt nach § 5 Abs. 2 Nr. 3 der Satzung. |Es gilt sofort.",
            "Näheres regelt § 7. |Ausnahmen sind möglich.",
            "Näheres regelt Abs. 2. |Die Frist beträgt 4 Wochen.",
            "Am 3. Juli 2026 tagt der Rat. |Um 18 Uhr beginnt er.",
            "Am 20. 6. 2026 endet die Frist. |Danach wird gezählt.",
            "Die Frist endet am 20.06.2026. |Danach wird gezählt.",
            "Sie gilt bis 2026. |Danach gilt die neue.",
            "Die 3. Änderung der Satzung tritt am 1. Januar in Kraft.",
            "Der 1. Bürgermeister und der 2. Stellvertreter kommen.",
            "1. Die Satzung wird beschlossen. |2. Sie wird bekannt gemacht.",
            "Der II. Abschnitt entfällt. |Der III. Abschnitt bleibt.",
            "Dr. A. Müller und Prof. Dr. Weber sprechen. |Wir hören zu.",
            "Das kostet ca. 3,5 Mio. Euro bzw. 4 Mio. Euro.",
            "Es kommen Bänke, Bäume usw. |Alles wird bezahlt.",
            "Wer zahlt das? |Die Gemeinde! |Und wann?",
            "„Ja!“ sagte sie.",
            "Er sagte: „Das geht nicht.“ |Alle schwiegen.",
            "Das ist so (siehe Anlage 2). |Mehr folgt …",
            "Zeile eins\n|Zeile zwei",
            "Zelle eins\t|Zelle zwei. |Noch ein Satz.",
            "Die Breite beträgt 2,5 m. |Der Weg ist neu.",
            "Treffpunkt ist die Karlstr. 12 in Musterau.",
            "Vgl. hierzu die Vorlage Nr. 12/2026. |Sie ist öffentlich.",
            "Art. 28 Abs. 2 GG i. V. m. § 2 GemO gilt. |Das ist so.",
            "Die Nordseite, d. h. der Uferweg, wird gesperrt.",
            "Es sind 900 Bäume, also rd. 12 % mehr. |Das ist viel.",
            "Gemeint ist die Variante B. |Die Variante A entfällt.",
            "Das dauert bis zum 2. Quartal 2027. |Dann ist Schluss.",
            "Die Steigung liegt bei 3 %. |Barrierefrei ist das.",
            "(1) Die Gemeinde schützt Bäume. |(2) Sie zählt sie.",
            "Es gibt 30. |Die Zahl stimmt.",
        ] {
            check(example);
        }
    }

    #[test]
    fn nothing_is_no_sentence() {
        assert!(sentences("").is_empty());
        assert!(sentences(" \n\t ").is_empty());
        assert_eq!(sentences("..."), vec![0..3]);
    }
}
