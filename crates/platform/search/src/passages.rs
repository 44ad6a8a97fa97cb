//! Where a text says what was asked for: the best passages with their pages, and the marks in them.
//!
//! Looks first for a few letters that every form of a word has, with one automaton over a piece of the text; only words around such
//! a place are analysed. Start at [`Marker`].

use crate::analysis::{Corpus, number};
use crate::plan::Sign;
use crate::stem::collapse;
use crate::texts::{self, PAGE_BREAK, Packed, floor};
use crate::words::{self, Found};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use allmende_platform::search::{Passage, Why};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Passages of a hit at the most.
const PASSAGES_MAX: usize = 3;
/// Passages after which no more pieces are read, if they have as much as the next may have.
const PASSAGES_ENOUGH: usize = 2;
/// Bytes of a passage, about.
const PASSAGE_BYTES: usize = 220;
/// Places in a piece that are looked at; one that has more has good passages among them.
const PLACES_MAX: usize = 24;
/// Places that are enough once everything that was asked for has been seen.
const PLACES_ENOUGH: usize = 8;
/// Pieces of a text that are read at the most.
const PIECES_MAX: usize = 4;
/// Bytes on either side of a place in which its word must lie.
const AROUND_BYTES: usize = 100;
/// Letters from which a stem in a word is taken for a part of it without splitting the word.
const STEM_SURE: usize = 6;
/// First letters by which a word is looked for.
const NEEDLE_MAX: usize = 7;
/// Ways to write them.
const NEEDLES_MAX: usize = 16;

/// How well a place says what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// With another letter.
    Typing,
    /// In another form, or as a part of a compound.
    Form,
    /// As it was typed.
    Exact,
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    sign: usize,
    level: Level,
}

/// How well a word says what was asked for, and which sign it is.
type Best = (Level, usize);

/// Recognises what a question asks for.
pub(crate) struct Marker<'a> {
    signs: &'a [Sign],
    /// For each sign the marks of a piece that may have it; none if any may.
    bits: Vec<Vec<usize>>,
    corpus: &'a Corpus,
    needles: Option<AhoCorasick>,
    /// What was found out about words: the same come again in every hit.
    known: RefCell<HashMap<Box<str>, Option<Best>>>,
}

/// What a text says.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// The best passages, in the order of the text.
    pub passages: Vec<Passage>,
    /// The best level of each sign that was seen.
    pub levels: Vec<Option<Level>>,
}

/// A passage that may be shown.
struct Candidate {
    /// How good it is.
    points: usize,
    /// Its piece, and the byte in it.
    at: (usize, usize),
    passage: Passage,
}

impl<'a> Marker<'a> {
    /// A marker for the signs of a plan.
    #[must_use]
    pub(crate) fn new(signs: &'a [Sign], corpus: &'a Corpus) -> Self {
        let mut needles: Vec<String> = signs.iter().flat_map(needles).flat_map(|needle| cases(&needle)).collect();
        needles.sort_unstable();
        needles.dedup();
        // The leftmost kind is the one that the processor looks for sixteen letters at a time.
        let kind = MatchKind::LeftmostFirst;
        let needles =
            if needles.is_empty() { None } else { AhoCorasickBuilder::new().match_kind(kind).kind(Some(AhoCorasickKind::ContiguousNFA)).build(&needles).ok() };
        Self { signs, bits: signs.iter().map(|sign| bits(sign, corpus)).collect(), corpus, needles, known: RefCell::default() }
    }

    /// A short text, such as a title, with everything marked.
    #[must_use]
    pub(crate) fn whole(&self, text: &str) -> (Passage, Vec<Option<Level>>) {
        let places = self.places(text);
        let mut levels = vec![None; self.signs.len()];
        note(&places, &mut levels);
        (Passage { page: None, pieces: pieces(text, 0, text.len(), &places) }, levels)
    }

    /// The best passages of a text that was not packed, such as a summary.
    #[must_use]
    pub(crate) fn short(&self, text: &str) -> Marked {
        let mut levels = vec![None; self.signs.len()];
        let candidates = self.piece(text, 0, None, &mut levels);
        Marked { passages: chosen(candidates), levels }
    }

    /// The best passages of a text: from the pieces that may have most of what was asked for.
    #[must_use]
    pub(crate) fn best(&self, text: &Packed<'_>, is_paged: bool) -> Marked {
        let mut levels = vec![None; self.signs.len()];
        let mut candidates = Vec::new();
        for (number, piece) in self.promising(text) {
            // The next piece may have no more of it than this one had.
            if candidates.len() >= PASSAGES_ENOUGH && levels.iter().flatten().count() >= number {
                break;
            }
            let read = text.read(piece);
            candidates.append(&mut self.piece(texts::as_text(&read), piece, is_paged.then(|| text.page(piece)), &mut levels));
        }
        Marked { passages: chosen(candidates), levels }
    }

    /// The pieces that may have most, the best first, with the number of signs that they may have.
    fn promising(&self, text: &Packed<'_>) -> Vec<(usize, usize)> {
        let may_have = |bits: &Vec<usize>, piece| bits.is_empty() || bits.iter().any(|bit| text.may_have(piece, *bit));
        let number = |piece| self.bits.iter().filter(|bits| may_have(bits, piece)).count();
        let mut pieces: Vec<(Reverse<usize>, usize)> =
            (0..text.len()).map(|piece| (Reverse(number(piece)), piece)).filter(|(Reverse(number), _)| *number > 0).collect();
        pieces.sort_unstable();
        pieces.into_iter().take(PIECES_MAX).map(|(Reverse(number), piece)| (number, piece)).collect()
    }

    /// What may be shown of a piece, whose first page may be known. Notes what was seen.
    fn piece(&self, text: &str, piece: usize, page: Option<u32>, levels: &mut [Option<Level>]) -> Vec<Candidate> {
        let places = self.places(text);
        note(&places, levels);
        let windows = best_windows(text, &places).into_iter();
        let candidate = |(points, start, end)| {
            let page = page.map(|first| first + pages_before(text, start, &places));
            Candidate { points, at: (piece, start), passage: Passage { page, pieces: pieces(text, start, end, &places) } }
        };
        windows.map(candidate).collect()
    }

    fn places(&self, text: &str) -> Vec<Place> {
        let mut places = Vec::new();
        let Some(needles) = &self.needles else { return places };
        let (mut done, mut seen) = (0, vec![false; self.signs.len()]);
        for needle in needles.find_iter(text) {
            if places.len() >= PLACES_MAX || (places.len() >= PLACES_ENOUGH && !seen.contains(&false)) {
                break;
            }
            if needle.start() < done {
                continue;
            }
            let start = around_start(text, needle.start()).max(done);
            let end = around_end(text, needle.end());
            let before = places.len();
            self.read(&text[start..end], start, &mut places);
            places[before.min(places.len())..].iter().for_each(|place| seen[place.sign] = true);
            done = end;
        }
        places
    }

    /// Analyses a piece of a text that begins at a byte.
    fn read(&self, piece: &str, offset: usize, places: &mut Vec<Place>) {
        words::scan(piece, |found| {
            let (start, end) = match found {
                Found::Word { start, end, .. } | Found::Joined { start, end, .. } | Found::Date { start, end, .. } => (start + offset, end + offset),
            };
            let Some((level, sign)) = self.best_sign(found) else { return };
            places.retain(|place| place.end <= start || place.start < start);
            places.push(Place { start, end, sign, level });
        });
    }

    /// The sign that something in a text meets best.
    fn best_sign(&self, found: Found<'_>) -> Option<Best> {
        let best = |found| self.signs.iter().enumerate().filter_map(|(sign, wanted)| Some((self.level(wanted, found)?, sign))).max();
        let Found::Word { folded, .. } = found else { return best(found) };
        if let Some(known) = self.known.borrow().get(folded) {
            return *known;
        }
        let sign = best(found);
        self.known.borrow_mut().insert(folded.into(), sign);
        sign
    }

    fn level(&self, sign: &Sign, found: Found<'_>) -> Option<Level> {
        match (sign, found) {
            (Sign::Exact(word), Found::Word { folded, .. }) => (word == folded).then_some(Level::Exact),
            (Sign::Prefix(beginning), Found::Word { folded, .. }) => folded.starts_with(beginning.as_str()).then_some(Level::Exact),
            (Sign::Number(token), Found::Joined { folded, is_number: true, .. }) => (number(folded) == *token).then_some(Level::Exact),
            (Sign::Date(wanted), Found::Date { day, .. }) => (day == *wanted || day.month_only() == *wanted).then_some(Level::Exact),
            (Sign::Stems { stems, written, is_typing }, Found::Word { folded, .. }) => {
                if written.iter().any(|word| word == folded) {
                    return Some(if *is_typing { Level::Typing } else { Level::Exact });
                }
                self.has_stem(stems, folded).then_some(if *is_typing { Level::Typing } else { Level::Form })
            }
            _ => None,
        }
    }

    fn has_stem(&self, stems: &[String], folded: &str) -> bool {
        let collapsed = collapse(folded);
        stems.iter().any(|stem| {
            if collapsed.contains(stem.as_str()) {
                // The text was found; a long stem in one of its words is what found it. A short one may stand there by chance.
                stem.len() >= STEM_SURE
                    || self.corpus.stemmer.of_collapsed(&collapsed) == *stem
                    || self.corpus.vocabulary.split(folded).iter().any(|part| **part == **stem)
            } else {
                folded.as_bytes().get(..3) == stem.as_bytes().get(..3) && self.corpus.stemmer.english(folded) == *stem
            }
        })
    }
}

/// A needle in small letters, with a capital, and in capitals.
fn cases(needle: &str) -> [String; 3] {
    let mut letters = needle.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    [needle.to_lowercase(), first + &letters.as_str().to_lowercase(), needle.to_uppercase()]
}

/// The marks of pieces that may have what is asked for: one of them is set where it stands.
fn bits(sign: &Sign, corpus: &Corpus) -> Vec<usize> {
    let tokens = match sign {
        Sign::Stems { stems, .. } => stems.clone(),
        Sign::Exact(word) => vec![corpus.stemmer.german(word), corpus.stemmer.english(word)],
        Sign::Number(token) => vec![token.clone()],
        Sign::Date(day) => vec![format!("@{day}")],
        Sign::Prefix(_) => Vec::new(),
    };
    tokens.iter().map(|token| texts::bit(token)).collect()
}

/// The first letters that every form of what is asked for has, in every way to write them.
fn needles(sign: &Sign) -> Vec<String> {
    match sign {
        Sign::Stems { stems, .. } => stems.iter().flat_map(|stem| spellings(stem)).collect(),
        Sign::Exact(word) | Sign::Prefix(word) => spellings(&collapse(word)),
        Sign::Number(token) => token.trim_start_matches('#').split('/').max_by_key(|part| part.len()).map(str::to_owned).into_iter().collect(),
        Sign::Date(day) => vec![format!("{:02}", day.year % 100)],
    }
}

/// How the first letters of a collapsed word may be written: with dots, with an `e`, with `ß`.
fn spellings(collapsed: &str) -> Vec<String> {
    let mut ways = vec![String::new()];
    let mut letters = collapsed.chars().take(NEEDLE_MAX).peekable();
    while let Some(letter) = letters.next() {
        let forms: &[&str] = match letter {
            'a' => &["a", "ae", "ä"],
            'o' => &["o", "oe", "ö"],
            'u' => &["u", "ue", "ü"],
            's' if letters.next_if_eq(&'s').is_some() => &["ss", "ß"],
            _ => &[],
        };
        if ways.len() * forms.len().max(1) > NEEDLES_MAX {
            break;
        }
        ways = if forms.is_empty() {
            ways.into_iter().map(|way| way + letter.encode_utf8(&mut [0; 4])).collect()
        } else {
            ways.iter().flat_map(|way| forms.iter().map(move |form| format!("{way}{form}"))).collect()
        };
    }
    ways.retain(|way| !way.is_empty());
    ways
}

/// The beginning of the words around a byte: a space before it, not too far.
fn around_start(text: &str, at: usize) -> usize {
    let low = at.saturating_sub(AROUND_BYTES);
    let bytes = text.as_bytes();
    let mut start = at;
    let mut spaces = 0;
    while start > low {
        // A date has its day and month up to two words before its year; a word may begin on the line before.
        if bytes[start - 1].is_ascii_whitespace() {
            spaces += 1;
            if spaces > 2 {
                break;
            }
        }
        start -= 1;
    }
    (0..=start).rev().find(|start| text.is_char_boundary(*start)).unwrap_or(0)
}

fn around_end(text: &str, at: usize) -> usize {
    let high = (at + AROUND_BYTES).min(text.len());
    let bytes = text.as_bytes();
    let mut end = at;
    while end < high && !(bytes[end].is_ascii_whitespace() && bytes[end - 1] != b'-') {
        end += 1;
    }
    (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
}

/// The spans of the best passages of a piece, with their points.
fn best_windows(text: &str, places: &[Place]) -> Vec<(usize, usize, usize)> {
    let mut windows: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
    for (index, first) in places.iter().enumerate() {
        let inside: Vec<&Place> = places[index..].iter().take_while(|place| place.end <= first.start + PASSAGE_BYTES * 3 / 4).collect();
        let mut signs: Vec<usize> = inside.iter().map(|place| place.sign).collect();
        signs.sort_unstable();
        signs.dedup();
        let exact = inside.iter().filter(|place| place.level == Level::Exact).count().min(4);
        let points = signs.len() * 20 + exact * 3 + inside.len().min(6);
        let end = inside.last().map_or(first.end, |place| place.end);
        windows.push((Reverse(points), first.start, end));
    }
    windows.sort_unstable();
    let mut chosen: Vec<(usize, usize, usize)> = Vec::new();
    for (Reverse(points), start, end) in windows {
        if chosen.len() >= PASSAGES_MAX {
            break;
        }
        let (start, end) = widen(text, start, end);
        if chosen.iter().all(|(_, other, until)| end <= *other || start >= *until) {
            chosen.push((points, start, end));
        }
    }
    chosen
}

/// Notes the best level of each sign.
fn note(places: &[Place], levels: &mut [Option<Level>]) {
    for place in places {
        levels[place.sign] = levels[place.sign].max(Some(place.level));
    }
}

/// The best of what may be shown, in the order of the text.
fn chosen(mut candidates: Vec<Candidate>) -> Vec<Passage> {
    candidates.sort_by_key(|candidate| (Reverse(candidate.points), candidate.at));
    candidates.truncate(PASSAGES_MAX);
    candidates.sort_by_key(|candidate| candidate.at);
    candidates.into_iter().map(|candidate| candidate.passage).collect()
}

/// A span widened to whole words and about [`PASSAGE_BYTES`], within one page.
fn widen(text: &str, start: usize, end: usize) -> (usize, usize) {
    let more = PASSAGE_BYTES.saturating_sub(end - start) / 2;
    let page_start = text[..start].rfind(PAGE_BREAK).map_or(0, |at| at + 1);
    let page_end = text[end..].find(PAGE_BREAK).map_or(text.len(), |at| end + at);
    let low = floor(text, start.saturating_sub(more)).max(page_start);
    let high = floor(text, (end + more).min(text.len())).min(page_end);
    let low = if low == page_start { low } else { text[low..start].find(char::is_whitespace).map_or(start, |at| low + at + 1) };
    let high = if high == page_end { high } else { text[end..high].rfind(char::is_whitespace).map_or(end, |at| end + at) };
    (floor(text, low), high)
}

/// Pages that end before the first marked place of a passage.
fn pages_before(text: &str, start: usize, places: &[Place]) -> u32 {
    let at = places.iter().filter(|place| place.start >= start).map(|place| place.start).min().unwrap_or(start);
    u32::try_from(text[..at].matches(PAGE_BREAK).count()).unwrap_or(0)
}

/// A span cut into marked and unmarked pieces, white space run together.
fn pieces(text: &str, start: usize, end: usize, places: &[Place]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = start;
    for place in places.iter().filter(|place| place.start >= start && place.end <= end) {
        if place.start >= at {
            pieces.push((text[at..place.start].to_owned(), false));
            pieces.push((text[place.start..place.end].to_owned(), true));
            at = place.end;
        }
    }
    pieces.push((text[at..end].to_owned(), false));
    let last = pieces.len() - 1;
    for (index, (piece, _)) in pieces.iter_mut().enumerate() {
        *piece = calm(piece, index == 0, index == last);
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// A piece with single spaces, none at the ends of a passage.
fn calm(piece: &str, is_first: bool, is_last: bool) -> String {
    let mut out = String::with_capacity(piece.len());
    for character in piece.chars() {
        if character.is_whitespace() || character.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
    let out = if is_first { out.trim_start() } else { &out };
    let out = if is_last { out.trim_end() } else { out };
    out.to_owned()
}

/// Why a hit is one, the strongest reason first.
#[must_use]
pub(crate) fn reasons(is_reference: bool, title: &[Option<Level>], text: &[Option<Level>], is_near: bool) -> Vec<Why> {
    let mut why = Vec::new();
    let all = |level: &dyn Fn(usize) -> bool| !title.is_empty() && (0..title.len()).all(level);
    let seen = |at: usize| title[at].max(text.get(at).copied().flatten());
    if is_reference {
        why.push(Why::Reference);
    }
    if all(&|at| title[at].is_some_and(|level| level > Level::Typing)) {
        why.push(Why::Title);
    }
    if text.contains(&Some(Level::Exact)) {
        why.push(Why::Word);
    }
    if (0..title.len()).any(|at| seen(at) == Some(Level::Form)) {
        why.push(Why::Form);
    }
    if (0..title.len()).any(|at| seen(at) == Some(Level::Typing)) {
        why.push(Why::Typing);
    }
    if is_near {
        why.push(Why::Near);
    }
    why
}
