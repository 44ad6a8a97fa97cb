//! How long it takes to group 5,000 texts of 2,000 characters, a third of them form letters: `cargo run --release --example speed -p allmende-similarity`.

use allmende_similarity::{Settings, group};
use std::time::Instant;

const WORDS: &[&str] = &[
    "Baum",
    "Straße",
    "Gemeinde",
    "Satzung",
    "schützen",
    "Frist",
    "Antrag",
    "Grundstück",
    "fällen",
    "pflanzen",
    "Hecke",
    "Umfang",
    "Garten",
    "Platz",
    "Schatten",
    "Weg",
    "Schule",
    "Kosten",
    "Jahr",
    "Pflege",
    "bitte",
    "nicht",
    "mehr",
    "weniger",
    "sollte",
    "ist",
    "wird",
    "die",
    "der",
    "und",
];

/// A sequence of numbers that is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn text(&mut self, chars: usize) -> String {
        let mut text = String::new();
        while text.len() < chars {
            text.push_str(WORDS[self.roll(WORDS.len())]);
            if self.roll(4) == 0 {
                text.push_str(&self.roll(5_000).to_string());
            }
            text.push(' ');
        }
        text
    }
}

fn main() {
    let mut dice = Dice(7);
    let letter = dice.text(1_900);
    let texts: Vec<String> =
        (0..5_000).map(|number| if number % 3 == 0 { format!("{} {letter} {}", dice.text(50), dice.text(50)) } else { dice.text(2_000) }).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let begun = Instant::now();
    let groups = group(&texts, &Settings::default());
    let largest = groups.iter().map(|group| group.members.len()).max().unwrap_or(0);
    println!("5,000 texts of 2,000 characters: {} ms, {} groups, the largest of {largest}", begun.elapsed().as_millis(), groups.len());
}
