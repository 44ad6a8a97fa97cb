//! Where a text names a place of the gazetteer.
//!
//! One automaton (Aho-Corasick) holds all spellings of all names and walks the folded text once; what it finds is a candidate
//! that its surroundings must bear out. Knows nothing of documents. Start at [`Recogniser::find`].

use crate::context::{Around, house_number};
use crate::coordinates::{self, Near};
use crate::fold::{Folded, is_word, key};
use crate::geometry::{Point, bounds_of};
use crate::lists::completing_type;
use crate::place::{Kind, Place};
use crate::spelling::{self, Form, Strength};
use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};
use std::collections::HashMap;
use std::ops::Range;

/// Bytes of all spellings up to which the automaton is a table: then it keeps some 20 MB at the most.
const TABLE_BYTES_MAX: usize = 150_000;

/// Where a text names a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The page, from 0, as counted in what was given.
    pub page: usize,
    /// The bytes of the page that name it, without a house number.
    pub range: Range<usize>,
    /// What is named.
    pub what: What,
}

/// What is named.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A place of the gazetteer.
    Place {
        /// Its index in [`Recogniser::places`].
        place: usize,
        /// The house number behind it, as written.
        house_number: Option<String>,
        /// False if several places bear this name and nothing says which is meant.
        is_certain: bool,
    },
    /// Coordinates.
    Point(Point),
}

/// Finds the places of one gazetteer.
#[derive(Debug)]
pub struct Recogniser {
    places: Vec<Place>,
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    /// Places by folded name and by each spelling that is joined: for lists and addresses.
    names: HashMap<String, Vec<usize>>,
    near: Near,
}

/// What one string of the automaton stands for.
#[derive(Debug, Default)]
struct Pattern {
    uses: Vec<Use>,
    /// Whether it is the part of a compound that a list may cut off: "Kaiser-".
    is_stem: bool,
}

#[derive(Debug)]
struct Use {
    places: Vec<usize>,
    strength: Strength,
    hyphen_at: Option<usize>,
    is_adjective: bool,
    endings: &'static [&'static str],
    is_street: bool,
}

/// What may be a mention: folded range, places that it can mean, house number.
struct Candidate<'r> {
    from: usize,
    to: usize,
    places: &'r [usize],
    takes_number: bool,
}

impl Recogniser {
    /// Builds the automaton: some tens of milliseconds for a large city.
    ///
    /// # Errors
    /// More names than the automaton can number: beyond the limits of [`crate::read`].
    pub fn new(places: Vec<Place>) -> Result<Self, BuildError> {
        let (mut patterns, mut texts, mut known) = (Vec::<Pattern>::new(), Vec::<String>::new(), HashMap::<String, usize>::new());
        let mut names = HashMap::<String, Vec<usize>>::new();
        let mut slot = |text: &str, patterns: &mut Vec<Pattern>| {
            *known.entry(text.to_owned()).or_insert_with(|| {
                patterns.push(Pattern::default());
                texts.push(text.to_owned());
                patterns.len() - 1
            })
        };
        for (place, name) in places.iter().enumerate().flat_map(|(index, place)| place.names().map(move |name| (index, name))) {
            let kind = places[place].kind;
            let strength = spelling::strength(name, kind);
            add(names.entry(key(name)).or_default(), place);
            for form in spelling::forms(name, kind) {
                if !form.is_adjective {
                    add(names.entry(form.text.clone()).or_default(), place);
                }
                let at = slot(&form.text, &mut patterns);
                patterns[at].take(place, strength, kind, &form);
            }
            if let Some((stem, _)) = spelling::sure_type(&key(name)).filter(|(stem, _)| *stem >= 3) {
                let at = slot(key(name)[..stem].trim_end(), &mut patterns);
                patterns[at].is_stem = true;
            }
        }
        // The quicker table, unless a huge gazetteer would make it larger than all the rest of the program.
        let is_small = texts.iter().map(String::len).sum::<usize>() <= TABLE_BYTES_MAX;
        let kind = if is_small { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(kind)).build(&texts)?;
        let bounds = bounds_of(places.iter().filter_map(|place| place.geometry.as_ref()).flat_map(crate::Geometry::points));
        let near = if bounds[0].is_finite() { Near::around(bounds) } else { Near::EUROPE };
        Ok(Self { places, automaton, patterns, names, near })
    }

    /// The gazetteer, in its order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Where bare numbers are taken for coordinates.
    #[must_use]
    pub const fn near(&self) -> Near {
        self.near
    }

    /// The bytes that it keeps in memory, without the names.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.automaton.memory_usage()
    }

    /// The places of a folded name in one of its spellings, in their order.
    pub(crate) fn named(&self, folded: &str) -> &[usize] {
        self.names.get(folded).map_or(&[], Vec::as_slice)
    }

    /// All folded names and spellings.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.names.iter().map(|(name, places)| (name.as_str(), places.as_slice()))
    }

    /// All mentions in the pages of a text, in their order.
    #[must_use]
    pub fn find_in_pages(&self, pages: &[String]) -> Vec<Mention> {
        pages.iter().enumerate().flat_map(|(page, text)| self.find(text).into_iter().map(move |mention| Mention { page, ..mention })).collect()
    }

    /// All mentions in one page, in their order, none within another.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let folded = Folded::new(text);
        let chosen = longest(self.candidates(text, &folded));
        let mut mentions: Vec<Mention> = Vec::with_capacity(chosen.len());
        let districts = self.named_districts(&chosen);
        for candidate in chosen {
            let range = folded.range(text, candidate.from, candidate.to);
            let (place, is_certain) = self.which(&candidate, &districts);
            let number = if candidate.takes_number { house_number(text, range.end).map(|(number, _)| number) } else { None };
            mentions.push(Mention { page: 0, range, what: What::Place { place, house_number: number, is_certain } });
        }
        for (range, point) in coordinates::find(text, self.near) {
            mentions.push(Mention { page: 0, range, what: What::Point(point) });
        }
        mentions.sort_by_key(|mention| mention.range.start);
        mentions
    }

    fn candidates<'r>(&'r self, text: &str, folded: &Folded) -> Vec<Candidate<'r>> {
        let mut out = Vec::new();
        for found in self.automaton.find_overlapping_iter(&folded.bytes) {
            let (from, to) = (found.start(), found.end());
            if from > 0 && is_word(folded.bytes[from - 1]) {
                continue;
            }
            let pattern = &self.patterns[found.pattern().as_usize()];
            let around = Around { text, folded, from, to };
            out.extend(pattern.uses.iter().filter_map(|one| one.candidate(&around)));
            if pattern.is_stem && folded.bytes.get(to) == Some(&b' ') && around.is_hyphen(to) && around.is_capital(from) {
                let stem = String::from_utf8_lossy(&folded.bytes[from..to]);
                let kind = completing_type(folded, to);
                let places = kind.map_or(&[][..], |kind| self.named(&format!("{stem}{kind}")));
                if !places.is_empty() {
                    out.push(Candidate { from, to, places, takes_number: false });
                }
            }
        }
        out
    }

    /// The districts that a page names, with where.
    fn named_districts(&self, chosen: &[Candidate<'_>]) -> Vec<(usize, String)> {
        let only = chosen.iter().filter_map(|candidate| candidate.places.first().map(|place| (candidate.from, &self.places[*place])));
        only.filter(|(_, place)| place.kind == Kind::District).map(|(at, place)| (at, key(&place.name))).collect()
    }

    /// Which of the places of one name is meant: the one whose district is named nearest on the page.
    fn which(&self, candidate: &Candidate<'_>, districts: &[(usize, String)]) -> (usize, bool) {
        let first = candidate.places.first().copied().unwrap_or_default();
        if candidate.places.len() < 2 {
            return (first, true);
        }
        let distance = |place: &usize| {
            let own = key(self.places[*place].district.as_deref()?);
            districts.iter().filter(|(_, name)| *name == own).map(|(at, _)| at.abs_diff(candidate.from)).min()
        };
        let nearest = candidate.places.iter().filter_map(|place| distance(place).map(|distance| (distance, *place))).min();
        nearest.map_or((first, false), |(_, place)| (place, true))
    }
}

fn add(places: &mut Vec<usize>, place: usize) {
    if !places.contains(&place) {
        places.push(place);
    }
}

/// Of candidates that overlap the one that begins first, of those the longest.
fn longest(mut all: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    all.sort_by(|one, other| one.from.cmp(&other.from).then(other.to.cmp(&one.to)));
    let mut end = 0;
    all.retain(|candidate| {
        let is_free = candidate.from >= end;
        if is_free {
            end = candidate.to;
        }
        is_free
    });
    all
}

impl Pattern {
    fn take(&mut self, place: usize, strength: Strength, kind: Kind, form: &Form) {
        let same = |one: &&mut Use| one.strength == strength && one.hyphen_at == form.hyphen_at && one.is_adjective == form.is_adjective;
        match self.uses.iter_mut().find(same) {
            Some(one) => add(&mut one.places, place),
            None => self.uses.push(Use {
                places: vec![place],
                strength,
                hyphen_at: form.hyphen_at,
                is_adjective: form.is_adjective,
                endings: spelling::endings(form),
                is_street: kind == Kind::Street,
            }),
        }
    }
}

impl Use {
    /// The candidate that the surroundings of a match bear out, if they do.
    fn candidate<'r>(&'r self, around: &Around<'_>) -> Option<Candidate<'r>> {
        let bytes = &around.folded.bytes;
        let to = self.end(bytes, around.to)?;
        if self.hyphen_at.is_some_and(|at| !around.is_hyphen(around.from + at)) {
            return None;
        }
        let around = Around { to, ..*around };
        let number = || self.is_street && house_number(around.text, around.folded.range(around.text, around.from, to).end).is_some();
        let is_capital = around.is_capital(around.from);
        let is_meant = match self.strength {
            _ if self.is_adjective => is_capital && around.is_adjective_meant() && !around.is_person(),
            // The end of a longer name is not the name: "Karl-Friedrich-Straße" has no "Friedrichstraße" in it.
            Strength::Sure => is_capital && !(around.from > 0 && bytes[around.from - 1] == b' ' && around.is_hyphen(around.from - 1)),
            Strength::Personlike => is_capital && !around.is_person(),
            Strength::Phrase => around.is_phrase_meant() || number(),
            Strength::Weak => is_capital && !around.is_person() && (around.has_locative() || number()),
        };
        is_meant.then_some(Candidate { from: around.from, to, places: &self.places, takes_number: self.is_street })
    }

    /// Where the name ends, with the ending of its case; nothing if the word goes on.
    fn end(&self, bytes: &[u8], to: usize) -> Option<usize> {
        if bytes[to - 1] == b'.' {
            return Some(to);
        }
        self.endings.iter().find_map(|ending| {
            let rest = bytes[to..].strip_prefix(ending.as_bytes())?;
            rest.first().is_none_or(|byte| !is_word(*byte)).then_some(to + ending.len())
        })
    }
}
