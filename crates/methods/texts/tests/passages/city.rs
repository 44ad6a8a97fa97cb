//! The real city: scripted edits of its paragraphs, and pairs of files that are versions of one text.

use super::chance::Chance;
use super::judge::{Score, none_is_lost, play};
use super::script::Draft;
use allmende_texts::{Anchor, Change, Format, How, Limits, Spot, Text, UnitId, align, carry, read, steps};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::path::PathBuf;

const PAIRS: &str = include_str!("pairs.txt");
/// Pairs of versions with a scripted edit each.
const ROUNDS: usize = 240;
/// Anchors drawn on each pair of real versions.
const DRAWN: usize = 24;

/// The texts of the files by their number; nothing where `../shared` is not here.
fn files(wanted: impl Fn(usize, &str) -> bool) -> Option<HashMap<String, String>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.to_owned();
    let path = [root.parent()?.join("shared"), root.parent()?.parent()?.join("shared")]
        .into_iter()
        .map(|shared| shared.join("data/oparl/karlsruhe/texts-2021-2026.ndjson.zst"))
        .find(|path| path.exists());
    let Some(path) = path else {
        println!("skipped: ../shared is not here");
        return None;
    };
    let bytes = zstd::decode_all(std::fs::File::open(&path).unwrap()).unwrap();
    let mut out = HashMap::new();
    for (index, line) in std::str::from_utf8(&bytes).unwrap().lines().enumerate() {
        // The number stands at the beginning of the line; only what is wanted is read.
        let id = line.split('"').nth(3).unwrap_or_default().rsplit('/').next().unwrap_or_default();
        if wanted(index, id) {
            let value: Value = serde_json::from_str(line).unwrap();
            out.insert(id.to_owned(), value["text"].as_str().unwrap_or_default().to_owned());
        }
    }
    Some(out)
}

fn text(words: &str) -> Option<Text> {
    read(Format::Plain, words.as_bytes(), &Limits::default()).ok().map(|found| found.text)
}

#[test]
fn scripted_edits_of_real_paragraphs() {
    // Every 29th file: some five hundred of all kinds and years.
    let Some(files) = files(|index, _| index % 29 == 0) else { return };
    let mut ids: Vec<&String> = files.keys().collect();
    ids.sort();
    let drafts = ids.into_iter().filter_map(|id| {
        let text = text(&files[id])?;
        // Paragraphs proper; letterheads and columns of numbers are no text that people comment on.
        let proper: Vec<usize> = (0..text.units().len()).filter(|at| text.units()[*at].chars() > 120).collect();
        let whole = Draft::of(&text, 0..text.units().len());
        let draft = Draft(proper.iter().take(40).map(|at| whole.0[*at].clone()).collect());
        (draft.0.len() >= 8).then_some(draft)
    });
    let drafts: Vec<Draft> = drafts.take(ROUNDS).collect();
    println!("{} texts of the city, {ROUNDS} edits", drafts.len());
    let score = play(&drafts, ROUNDS, 20_261_122);
    report(&score);
    assert!(score.percent() >= 95.0, "{:.1} %", score.percent());
}

#[test]
fn real_versions() {
    let pairs: Vec<(&str, &str)> = PAIRS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect();
    let wanted: BTreeSet<&str> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let Some(files) = files(|_, id| wanted.contains(id)) else { return };
    let (mut same, mut reworded) = (Score::default(), Score::default());
    let mut by_how: BTreeMap<How, usize> = BTreeMap::new();
    let mut by_change: BTreeMap<Change, usize> = BTreeMap::new();
    let mut read = 0;
    for (round, (one, other)) in pairs.iter().enumerate() {
        let (Some(old), Some(new)) = (files.get(*one).and_then(|words| text(words)), files.get(*other).and_then(|words| text(words))) else { continue };
        read += 1;
        let new = align(&old, new);
        for step in steps(&old, &new) {
            *by_change.entry(step.change).or_default() += 1;
        }
        let mut chance = Chance::new(u64::try_from(round).unwrap());
        let (old_page, new_page) = (Page::of(&old), Page::of(&new));
        let drawn = old_page.certain(&new_page, &mut chance);
        // Beside those whose right place is certain, as many anywhere: they only must not be lost.
        let anywhere = (0..DRAWN).map(|_| {
            let unit = &old.units()[chance.below(old.units().len())];
            let start = chance.below(unit.chars());
            Anchor::new(&old, unit.id, start, (start + 1 + chance.below(80)).min(unit.chars())).or_else(|_| Anchor::whole(&old, unit.id)).unwrap()
        });
        let anchors: Vec<Anchor> = drawn.iter().map(|(range, ..)| old_page.anchor(&old, range)).chain(anywhere).collect();
        let carried = carry(&old, &new, &anchors);
        assert_eq!(carried.len(), anchors.len());
        for (index, (anchor, carried)) in anchors.iter().zip(&carried).enumerate() {
            none_is_lost(anchor, carried, &new);
            *by_how.entry(carried.how).or_default() += 1;
            let Some((_, right, is_same)) = drawn.get(index) else { continue };
            let covered = new_page.covered(std::iter::once(&carried.anchor.spot).chain(&carried.further));
            let both = covered.iter().filter(|at| right.contains(at)).count();
            let is_right = 2 * both >= right.len() && 2 * both >= covered.len();
            let told = || {
                format!(
                    "{one} {other}: »{}« became {:?} »{}«, right is »{}«",
                    anchor.quote,
                    carried.how,
                    carried.anchor.words(&new).unwrap_or_default(),
                    new_page.words[right.clone()].iter().map(|word| word.0.as_str()).collect::<Vec<_>>().join(" ")
                )
            };
            if *is_same { &mut same } else { &mut reworded }.add(carried, is_right, told);
        }
    }
    println!("{read} pairs of real versions; units {by_change:?}; all anchors {by_how:?}");
    println!(
        "passages that stand in both versions once, word for word: {} of {} right ({:.1} %), {} said to be gone",
        same.right,
        same.anchors,
        same.percent(),
        same.gone
    );
    println!(
        "changed passages between such: {} of {} right ({:.1} %), {} said to be gone",
        reworded.right,
        reworded.anchors,
        reworded.percent(),
        reworded.gone
    );
    let mut all = same.clone();
    all.join(reworded);
    report(&all);
    assert!(same.anchors > 1_000 && all.percent() >= 95.0, "{:.1} %", all.percent());
}

fn report(score: &Score) {
    println!("{} anchors, none lost, {} on the right passage: {:.1} %", score.anchors, score.right, score.percent());
    for (tenth, (anchors, right)) in score.by_sure.iter().enumerate().filter(|(_, (anchors, _))| *anchors > 0) {
        println!("  said to be sure {:.1}: {right} of {anchors} right", f64::from(u32::try_from(tenth).unwrap()) / 10.0);
    }
    if std::env::var_os("SHOW_WRONG").is_some() {
        for wrong in &score.wrong {
            println!("wrong: {wrong}");
        }
    }
}

/// A text as one row of words.
struct Page {
    /// The word, its unit, its characters.
    words: Vec<(String, UnitId, Range<usize>)>,
}

impl Page {
    fn of(text: &Text) -> Self {
        let mut words = Vec::new();
        for unit in text.units() {
            let mut at = 0;
            for word in unit.text.split(char::is_whitespace) {
                let end = at + word.chars().count();
                if !word.is_empty() {
                    words.push((word.to_owned(), unit.id, at..end));
                }
                at = end + 1;
            }
        }
        Self { words }
    }

    /// Where each run of `length` words stands that stands only once.
    fn unique(&self, length: usize) -> HashMap<Vec<&str>, usize> {
        let mut found: HashMap<Vec<&str>, Option<usize>> = HashMap::new();
        for (at, run) in self.words.windows(length).enumerate() {
            let key = run.iter().map(|word| word.0.as_str()).collect();
            found.entry(key).and_modify(|place| *place = None).or_insert(Some(at));
        }
        found.into_iter().filter_map(|(run, place)| place.map(|place| (run, place))).collect()
    }

    /// Passages of which it is certain where they belong in the other version: runs that stand once in both; and what stands
    /// between two such runs that are neighbours in both, but has other words.
    fn certain(&self, other: &Self, chance: &mut Chance) -> Vec<(Range<usize>, Range<usize>, bool)> {
        let (own, theirs) = (self.unique(5), other.unique(5));
        let mut certain: Vec<(usize, usize)> = own.into_iter().filter_map(|(run, at)| theirs.get(&run).map(|there| (at, *there))).collect();
        certain.sort_unstable();
        let is_one = |range: &Range<usize>| self.words[range.start].1 == self.words[range.end - 1].1;
        let same: Vec<_> = certain.iter().map(|(at, there)| (*at..at + 5, *there..there + 5, true)).filter(|(range, ..)| is_one(range)).collect();
        let between = certain.windows(2).filter_map(|pair| {
            let ((a, x), (b, y)) = (pair[0], pair[1]);
            let (old, new) = (a + 5..b, x + 5..y);
            let is_short = (1..=10).contains(&old.len()) && y > x + 5 && (1..=10).contains(&new.len());
            let is_in_one = is_short && self.words[a].1 == self.words[b + 4].1 && other.words[x].1 == other.words[y + 4].1;
            is_in_one.then_some((old, new, false))
        });
        let mut between: Vec<_> = between.collect();
        let mut out = Vec::new();
        let mut same = same;
        for list in [&mut same, &mut between] {
            for _ in 0..DRAWN.min(list.len()) {
                out.push(list.swap_remove(chance.below(list.len())));
            }
        }
        out
    }

    fn anchor(&self, text: &Text, range: &Range<usize>) -> Anchor {
        let (first, last) = (&self.words[range.start], &self.words[range.end - 1]);
        Anchor::new(text, first.1, first.2.start, last.2.end).unwrap()
    }

    fn covered<'s>(&self, spots: impl Iterator<Item = &'s Spot>) -> BTreeSet<usize> {
        let spots: Vec<&Spot> = spots.collect();
        let is_covered = |word: &(String, UnitId, Range<usize>)| {
            spots.iter().any(|spot| matches!(spot, Spot::Passage { unit, start, end } if *unit == word.1 && word.2.start < *end && *start < word.2.end))
        };
        self.words.iter().enumerate().filter(|(_, word)| is_covered(word)).map(|(at, _)| at).collect()
    }
}
