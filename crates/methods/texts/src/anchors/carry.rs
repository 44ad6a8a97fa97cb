//! Takes anchors from one version to the next.

use super::mapping::{Landing, Mapping, Side};
use super::seek::Index;
use super::{Anchor, Carried, How, Spot};
use crate::sentences::sentences;
use crate::text::{Text, Unit, UnitId};
use crate::versions::{Change, Family, families, moved};
use crate::words::Lexicon;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

/// Share of the words that must still be there for a passage not to be looked for elsewhere.
const KEPT_ENOUGH: f32 = 0.5;
/// Share of the words that must be found elsewhere for a passage to have gone there.
const FOUND_MIN: f32 = 0.6;
/// Share that must be found for words that were gone to have come back.
const BACK_MIN: f32 = 0.9;

/// Takes anchors from a version to the next one, whose units have been aligned with it: as many come out as go in, in their
/// order.
#[must_use]
pub fn carry(old: &Text, new: &Text, anchors: &[Anchor]) -> Vec<Carried> {
    let mut carrier = Carrier::new(old.units(), new.units());
    anchors.iter().map(|anchor| carrier.carry(anchor)).collect()
}

/// What is known of two versions while anchors are carried; the words of a family are compared when first asked for.
struct Carrier<'t> {
    old: &'t [Unit],
    new: &'t [Unit],
    families: Vec<Family>,
    moved: BTreeSet<usize>,
    /// Position and family of each old unit.
    at: HashMap<UnitId, (usize, usize)>,
    /// The family of each new unit.
    family_of_new: Vec<usize>,
    lexicon: Lexicon,
    mappings: HashMap<usize, Rc<Mapping>>,
    index: Option<Rc<Index>>,
}

/// Where a passage landed.
struct Place {
    /// The position of the unit, and the characters.
    parts: Vec<(usize, Range<usize>)>,
    kept: f32,
    is_framed: bool,
    /// Where the words stood, if no part is left.
    gap: Option<(usize, usize)>,
}

impl<'t> Carrier<'t> {
    fn new(old: &'t [Unit], new: &'t [Unit]) -> Self {
        let families = families(old, new);
        let mut at = HashMap::new();
        let mut family_of_new = vec![0; new.len()];
        for (index, family) in families.iter().enumerate() {
            at.extend(family.old.iter().map(|unit| (old[*unit].id, (*unit, index))));
            for unit in &family.new {
                family_of_new[*unit] = index;
            }
        }
        let moved = moved(&families, old);
        Self { old, new, families, moved, at, family_of_new, lexicon: Lexicon::default(), mappings: HashMap::new(), index: None }
    }

    fn carry(&mut self, anchor: &Anchor) -> Carried {
        match anchor.spot {
            Spot::Passage { unit, start, end } => match self.at.get(&unit) {
                Some((position, family)) => self.passage(anchor, *position, *family, start..end),
                None => self.gone(anchor, Spot::Between { after: None }),
            },
            Spot::Gap { unit, position } => {
                let spot = self.gap(unit, position);
                self.gone(anchor, spot)
            }
            Spot::Between { after } => {
                let spot = Spot::Between { after: after.and_then(|unit| self.survivor(unit, true)) };
                self.gone(anchor, spot)
            }
        }
    }

    fn passage(&mut self, anchor: &Anchor, position: usize, family: usize, range: Range<usize>) -> Carried {
        let (before, after) = (&self.old[position], self.families[family].new.as_slice());
        if let &[there] = after
            && self.families[family].old.len() == 1
            && self.new[there].text == before.text
        {
            let how = if self.moved.contains(&family) { How::Moved } else { How::Exact };
            return carried(anchor, passage(self.new[there].id, &range), Vec::new(), how, 1.0);
        }
        let landed = (!after.is_empty()).then(|| self.land(position, family, &range));
        let kept = landed.as_ref().map_or(0.0, |place| if place.parts.is_empty() { 0.0 } else { place.kept });
        // Words that took the place of others between neighbours that stayed: only the passage itself, found elsewhere, weighs more.
        let is_settled = landed.as_ref().is_some_and(|place| !place.parts.is_empty() && place.is_framed);
        if kept < KEPT_ENOUGH
            && let Some((place, found)) = self.seek(&before.text, &range)
            && (place.kept >= FOUND_MIN.max(kept) || (!is_settled && found >= FOUND_MIN))
        {
            return self.placed(anchor, position, family, &range, place, 0.95);
        }
        match landed {
            Some(place) if !place.parts.is_empty() => self.placed(anchor, position, family, &range, place, 1.0),
            Some(Place { gap: Some((unit, position)), .. }) => carried(anchor, Spot::Gap { unit: self.new[unit].id, position }, Vec::new(), How::Gone, 1.0),
            _ => {
                let after = self.survivor(self.old[position].id, false);
                carried(anchor, Spot::Between { after }, Vec::new(), How::Gone, 1.0)
            }
        }
    }

    /// The answer for a passage that is somewhere. `trust` is below 1 where it was found by its words alone.
    fn placed(&self, anchor: &Anchor, position: usize, family: usize, range: &Range<usize>, place: Place, trust: f32) -> Carried {
        let before = &self.old[position];
        let mut parts = place.parts;
        let most = parts.iter().enumerate().max_by_key(|(index, (_, range))| (range.len(), std::cmp::Reverse(*index))).map_or(0, |(index, _)| index);
        let (there, main) = parts.remove(most);
        let further: Vec<Spot> = parts.iter().map(|(unit, range)| passage(self.new[*unit].id, range)).collect();
        let unit = &self.new[there];
        let is_same = place.kept >= 0.999 && unit.passage(main.start, main.end) == before.passage(range.start, range.end);
        let is_at_home = unit.id == before.id && !self.moved.contains(&family);
        let how = match (further.is_empty(), is_same, is_at_home) {
            (false, ..) => How::Divided,
            (true, true, true) => How::Exact,
            (true, true, false) => How::Moved,
            (true, false, _) => How::Reworded,
        };
        // Words between neighbours that stayed are those that took their place, even if none of them is left.
        let frame = if place.is_framed { 0.4 } else { 0.15 };
        let sure = if is_same { trust } else { trust * (frame + (0.98 - frame) * place.kept) };
        carried(anchor, passage(unit.id, &main), further, how, sure)
    }

    /// Where a passage went within its own family.
    fn land(&mut self, position: usize, family: usize, range: &Range<usize>) -> Place {
        let mapping = self.mapping(family);
        let words = mapping.old.touched(position, range.start, range.end);
        let landing = mapping.land(words, &self.lexicon);
        let is_whole = range.start == 0 && range.end >= self.old[position].chars();
        if let ([_], &[there]) = (self.families[family].old.as_slice(), self.families[family].new.as_slice())
            && is_whole
        {
            // Who spoke about all of it still does.
            return Place { parts: vec![(there, 0..self.new[there].chars())], kept: landing.kept, is_framed: true, gap: None };
        }
        place(&mapping, &landing)
    }

    /// A passage that is not where it was: its sentence is looked for in what is new. Also says how much of that was found.
    fn seek(&mut self, text: &str, range: &Range<usize>) -> Option<(Place, f32)> {
        let sought: Vec<Range<usize>> = sentences(text).into_iter().filter(|sentence| sentence.start < range.end && range.start < sentence.end).collect();
        let (from, to) = (sought.first()?.start, sought.last()?.end);
        let words = self.lexicon.words(text).into_iter().filter(|word| word.start >= from && word.end <= to);
        let side = Side { words: words.map(|word| (0, word)).collect() };
        let index = self.index();
        let mut lexicon = std::mem::take(&mut self.lexicon);
        let found = index.seek(&side, self.new, &mut lexicon, |unit, lexicon| self.inherited(unit, lexicon));
        self.lexicon = lexicon;
        let found = found.filter(|found| found.kept >= FOUND_MIN)?;
        let landing = found.mapping.land(side.touched(0, range.start, range.end), &self.lexicon);
        let place = place(&found.mapping, &landing);
        debug_assert!(place.parts.iter().all(|(unit, _)| *unit == found.unit));
        (!place.parts.is_empty()).then_some((place, found.kept))
    }

    /// Which words of a new unit were there before.
    fn inherited(&mut self, unit: usize, lexicon: &mut Lexicon) -> Vec<bool> {
        let family = self.family_of_new[unit];
        if self.families[family].old.is_empty() {
            return Vec::new();
        }
        let mapping = self.mapping_with(family, lexicon);
        mapping.new.words.iter().zip(&mapping.is_inherited).filter(|((at, _), _)| *at == unit).map(|(_, is_inherited)| *is_inherited).collect()
    }

    /// Words that are gone may have come back; else they stay gone, at their place.
    fn gone(&mut self, anchor: &Anchor, spot: Spot) -> Carried {
        // Few words alone are found anywhere; with their sentence around them they are not.
        let text = format!("{}{}{}", anchor.before, anchor.quote, anchor.after);
        let start = anchor.before.chars().count();
        if let Some((place, _)) = self.seek(&text, &(start..start + anchor.quote.chars().count()))
            && place.kept >= BACK_MIN
            && let [(unit, range)] = place.parts.as_slice()
        {
            return carried(anchor, passage(self.new[*unit].id, range), Vec::new(), How::Moved, 0.9 * place.kept);
        }
        carried(anchor, spot, Vec::new(), How::Gone, 1.0)
    }

    /// Where a gap is now.
    fn gap(&mut self, unit: UnitId, position: usize) -> Spot {
        let Some((at, family)) = self.at.get(&unit).copied() else { return Spot::Between { after: None } };
        if self.families[family].new.is_empty() {
            return Spot::Between { after: self.survivor(unit, false) };
        }
        let mapping = self.mapping(family);
        let word = mapping.old.touched(at, position, position).start;
        let landing = mapping.land(word..word, &self.lexicon);
        match place(&mapping, &landing).gap {
            Some((there, position)) => Spot::Gap { unit: self.new[there].id, position },
            None => Spot::Between { after: self.survivor(unit, true) },
        }
    }

    /// The last unit of the new version that continues this old one, if asked for, or else the nearest one before it.
    fn survivor(&self, unit: UnitId, with_itself: bool) -> Option<UnitId> {
        let (position, _) = self.at.get(&unit)?;
        let last = if with_itself { position + 1 } else { *position };
        self.old[..last].iter().enumerate().rev().find_map(|(at, unit)| {
            let (_, family) = self.at.get(&unit.id)?;
            // What has moved away since says nothing of where its neighbours stood.
            let is_witness = at == *position || !self.moved.contains(family);
            self.families[*family].new.last().filter(|_| is_witness).map(|there| self.new[*there].id)
        })
    }

    fn mapping(&mut self, family: usize) -> Rc<Mapping> {
        let mut lexicon = std::mem::take(&mut self.lexicon);
        let mapping = self.mapping_with(family, &mut lexicon);
        self.lexicon = lexicon;
        mapping
    }

    fn mapping_with(&mut self, family: usize, lexicon: &mut Lexicon) -> Rc<Mapping> {
        let (old, new, members) = (self.old, self.new, &self.families[family]);
        Rc::clone(self.mappings.entry(family).or_insert_with(|| Rc::new(Mapping::of(old, new, members, lexicon))))
    }

    /// The units with words that were not there before.
    fn index(&mut self) -> Rc<Index> {
        if let Some(index) = &self.index {
            return Rc::clone(index);
        }
        let changed = self.families.iter().filter(|family| family.change(self.old, self.new) != Change::Same).flat_map(|family| family.new.iter().copied());
        let index = Rc::new(Index::of(self.new, changed, &mut self.lexicon));
        self.index = Some(Rc::clone(&index));
        index
    }
}

/// The characters of a landing, unit by unit; without any words the place where they stood.
fn place(mapping: &Mapping, landing: &Landing) -> Place {
    let runs: Vec<Range<usize>> = runs(mapping, &landing.words);
    let (first, last) = (0, runs.len().saturating_sub(1));
    let parts: Vec<(usize, Range<usize>)> = runs
        .iter()
        .enumerate()
        .map(|(index, run)| {
            // Where a unit was split, words put in at the seam ("(4)") are not part of the passage.
            let is_new = |at: &usize| !mapping.is_inherited[*at];
            let skipped = if index > first { run.clone().take_while(is_new).count() } else { 0 };
            let cut = if index < last { run.clone().rev().take_while(is_new).count() } else { 0 };
            let kept = if skipped + cut < run.len() { run.start + skipped..run.end - cut } else { run.clone() };
            let words = &mapping.new.words[kept];
            (words[0].0, words[0].1.start..words[words.len() - 1].1.end)
        })
        .collect();
    let gap = parts.is_empty().then(|| {
        let words = &mapping.new.words;
        let before = landing.words.start.checked_sub(1).and_then(|at| words.get(at)).map(|(unit, word)| (*unit, word.end));
        before.or_else(|| words.first().map(|(unit, _)| (*unit, 0)))
    });
    Place { parts, kept: landing.kept, is_framed: landing.is_framed, gap: gap.flatten() }
}

/// The words of a landing, unit by unit.
fn runs(mapping: &Mapping, words: &Range<usize>) -> Vec<Range<usize>> {
    let mut from = words.start;
    mapping.new.words[words.clone()]
        .chunk_by(|one, next| one.0 == next.0)
        .map(|run| {
            from += run.len();
            from - run.len()..from
        })
        .collect()
}

fn passage(unit: UnitId, range: &Range<usize>) -> Spot {
    Spot::Passage { unit, start: range.start, end: range.end }
}

fn carried(anchor: &Anchor, spot: Spot, further: Vec<Spot>, how: How, sure: f32) -> Carried {
    Carried { anchor: Anchor { spot, ..anchor.clone() }, further, how, sure }
}
