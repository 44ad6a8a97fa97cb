//! Prints what the alignment of a hundred pages with their next version costs, and the carrying of five thousand anchors.
//!
//! `cargo run --release -p allmende-texts --example speed`

use allmende_texts::{Anchor, How, Kind, Text, align, carry, difference};
use std::time::Instant;

const UNITS: usize = 3_000;
const ANCHORS: usize = 5_000;

/// Syllables of which invented words are made.
const SYLLABLES: [&str; 24] = [
    "ba", "dor", "ge", "lin", "mu", "ner", "os", "pa", "qui", "ral", "se", "tal", "um", "ver", "wal", "zen", "stadt", "weg", "baum", "platz", "amt", "haus",
    "see", "feld",
];

/// Numbers that look like chance and are the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    fn word(&mut self) -> String {
        const SMALL: [&str; 12] = ["die", "der", "und", "in", "mit", "von", "ist", "das", "für", "zu", "im", "auf"];
        if self.below(3) == 0 { SMALL[self.below(12)].to_owned() } else { (0..2 + self.below(2)).map(|_| SYLLABLES[self.below(24)]).collect() }
    }

    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..6 + self.below(14)).map(|_| self.word()).collect();
        format!("{}.", words.join(" "))
    }
}

fn text(paragraphs: Vec<String>) -> Result<Text, allmende_texts::text::Flaw> {
    Text::numbered(paragraphs.into_iter().map(|words| (Kind::Paragraph, words, Vec::new())))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for (name, changed_of_hundred) in [("a tenth of the paragraphs changed", 10), ("every paragraph changed", 100)] {
        let mut chance = Chance(7);
        let before: Vec<String> = (0..UNITS).map(|_| (0..1 + chance.below(3)).map(|_| chance.sentence()).collect::<Vec<_>>().join(" ")).collect();
        let mut after = Vec::new();
        for paragraph in &before {
            let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
            if chance.below(100) < changed_of_hundred {
                for _ in 0..1 + words.len() / 6 {
                    let at = chance.below(words.len());
                    words[at] = chance.word();
                }
            }
            after.push(words.join(" "));
        }
        for _ in 0..UNITS / 100 {
            let (from, to) = (chance.below(after.len()), chance.below(after.len()));
            let moved = after.remove(from);
            after.insert(to.min(after.len()), moved);
            let at = chance.below(after.len());
            after.insert(at, chance.sentence());
        }
        let (old, new) = (text(before)?, text(after)?);
        let anchors: Vec<Anchor> = (0..ANCHORS)
            .filter_map(|_| {
                let unit = &old.units()[chance.below(UNITS)];
                let start = chance.below(unit.chars() - 10);
                Anchor::new(&old, unit.id, start, (start + 10 + chance.below(60)).min(unit.chars())).ok()
            })
            .collect();
        let begun = Instant::now();
        let new = align(&old, new);
        let aligned = begun.elapsed();
        let begun = Instant::now();
        let carried = carry(&old, &new, &anchors);
        let moved = begun.elapsed();
        let begun = Instant::now();
        let differences = difference(&old, &new);
        let compared = begun.elapsed();
        let kept = new.units().iter().filter(|unit| old.unit(unit.id).is_some()).count();
        let gone = carried.iter().filter(|one| one.how == How::Gone).count();
        println!("{name}: {UNITS} units aligned in {:.1} ms ({kept} kept their id),", aligned.as_secs_f64() * 1e3);
        println!(
            "  {} anchors carried in {:.1} ms ({gone} gone), {} steps compared sentence by sentence in {:.1} ms",
            carried.len(),
            moved.as_secs_f64() * 1e3,
            differences.len(),
            compared.as_secs_f64() * 1e3
        );
    }
    Ok(())
}
