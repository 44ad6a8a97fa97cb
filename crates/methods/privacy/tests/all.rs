//! What is found and what is left alone: planted data, any text, a set of sentences with a floor, and the time it takes.

#![cfg(test)]

use allmende_privacy::{Kind, find};
use proptest::prelude::*;
use std::ops::Range;
use std::time::{Duration, Instant};

const SENTENCES: &str = include_str!("sentences.txt");
/// Of what is planted in the sentences, so many of a hundred must be found.
const RECALL_MIN: usize = 95;
/// Of what is found in the sentences, so many of a hundred must be planted.
const PRECISION_MIN: usize = 95;

fn sentences() -> impl Iterator<Item = &'static str> {
    SENTENCES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A sentence without its marks, and what the marks said, in bytes.
fn unmarked(line: &str) -> (String, Vec<(Kind, Range<usize>)>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, after)) = rest.split_once('⟦') {
        let (inside, after) = after.split_once('⟧').expect("a mark ends");
        let (key, data) = inside.split_once('|').expect("a mark has a kind");
        let kind = Kind::ALL.into_iter().find(|kind| kind.key() == key).expect("a known kind");
        text.push_str(before);
        marks.push((kind, text.len()..text.len() + data.len()));
        text.push_str(data);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[test]
fn the_sentences_hold_their_floor() {
    let lines: Vec<&str> = sentences().collect();
    assert!(lines.len() >= 150, "{} sentences", lines.len());
    let (mut planted, mut met, mut exact, mut found, mut right) = (0, 0, 0, 0, 0);
    let mut faults = String::new();
    for line in lines {
        let (text, marks) = unmarked(line);
        let findings = find(&text);
        for (kind, range) in &marks {
            planted += 1;
            let is_met = findings.iter().any(|finding| finding.kind == *kind && meet(&finding.bytes, range));
            met += usize::from(is_met);
            exact += usize::from(findings.iter().any(|finding| finding.kind == *kind && finding.bytes == *range));
            if !is_met {
                faults.push_str(&format!("missed {} in: {text}\n", kind.key()));
            }
        }
        for finding in &findings {
            found += 1;
            let is_right = marks.iter().any(|(kind, range)| finding.kind == *kind && meet(&finding.bytes, range));
            right += usize::from(is_right);
            if !is_right {
                faults.push_str(&format!("wrong {} »{}« in: {text}\n", finding.kind.key(), &text[finding.bytes.clone()]));
            }
        }
    }
    println!("{met} of {planted} planted found, {exact} to the letter; {right} of {found} findings right");
    println!("{faults}");
    assert!(met * 100 >= planted * RECALL_MIN, "recall {met} of {planted}\n{faults}");
    assert!(right * 100 >= found * PRECISION_MIN, "precision {right} of {found}\n{faults}");
}

/// Pieces that mean something to one of the detectors.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "@",
        ".",
        "(at)",
        "[dot]",
        "+49",
        "0",
        "00",
        "(0",
        ")",
        "-",
        "/",
        "DE89",
        "DE",
        "KA-AB",
        "1",
        "12",
        "1999",
        "str.",
        "Straße ",
        "Am ",
        "geboren ",
        "* ",
        "Herr ",
        "Frau ",
        "Dr. ",
        "von ",
        "Müller",
        "a",
        "ä",
        "\u{308}",
        "\u{200d}",
        "🚲",
        "\n",
        " ",
        "\u{a0}",
        "Tel ",
        "J 003",
        "65 170839 ",
        "\u{0}",
        "Ⅷ",
        "٣",
        "ﬁ",
        "İ",
        "ẞ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_its_places_are_sound(text in prop_oneof![pieces(), any::<String>()]) {
        let mut end = 0;
        for finding in find(&text) {
            prop_assert!(finding.bytes.start >= end && finding.bytes.end > finding.bytes.start);
            prop_assert!(text.is_char_boundary(finding.bytes.start) && text.is_char_boundary(finding.bytes.end));
            prop_assert_eq!(text[..finding.bytes.start].chars().count(), finding.chars.start);
            prop_assert_eq!(text[finding.bytes.clone()].chars().count(), finding.chars.len());
            end = finding.bytes.end;
        }
    }

    #[test]
    fn planted_data_is_found_wherever_it_stands(
        // No word that says what comes: "tax" before a telephone number would make it a tax number.
        before in "zz[a-zäöüß]{1,9}( zz[a-zäöüß]{1,9}){0,6}",
        after in "[a-zäöüß]{3,9}( [a-zäöüß]{3,9}){0,6}",
        local in "q[a-z]{5,9}\\.[a-z]{2,9}",
        digits in "[1-9][0-9]{6}",
        account in 0_u64..10_000_000_000,
        house in 1_u32..400,
        (day, month, year) in (1_u32..29, 1_u32..13, 1900_u32..2020),
        name in "[BDFKLMRSTW][aeiou][lmnr]{1,2}(ke|er|ow|inger)",
    ) {
        let planted = [
            (Kind::Email, format!("{local}@example.org")),
            (Kind::Telephone, format!("0721 {digits}")),
            (Kind::Telephone, format!("+49 171 {digits}")),
            (Kind::BankAccount, iban(account)),
            (Kind::LicencePlate, format!("KA-XY {}", house)),
            (Kind::PostalAddress, format!("Hauptstraße {house}")),
            (Kind::BirthDate, format!("geboren am {day}.{month}.{year}")),
            (Kind::InsuranceNumber, "65 170839 J 003".to_owned()),
            (Kind::TaxNumber, "86095742719".to_owned()),
            (Kind::Name, format!("Herr {name}")),
        ];
        for (kind, data) in planted {
            let text = format!("{before} {data} {after}");
            let place = before.len() + 1..before.len() + 1 + data.len();
            let found = find(&text);
            prop_assert!(found.iter().any(|finding| finding.kind == kind && meet(&finding.bytes, &place)), "{text}: {found:?}");
        }
    }
}

/// A German IBAN with sound check digits.
fn iban(account: u64) -> String {
    let bank = format!("37040044{account:010}");
    let rest = format!("{bank}131400").bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("DE{:02}{bank}", 98 - rest)
}

#[test]
fn a_hundred_kilobytes_take_no_time() {
    let lines: String = sentences().map(|line| unmarked(line).0 + "\n").collect();
    let prose = lines.repeat(100_000 / lines.len() + 1);
    // What makes a careless reader look back again and again.
    let traps = [
        "@".repeat(100_000),
        "a.".repeat(50_000),
        "0 ".repeat(50_000),
        "a-".repeat(50_000),
        "Am ".repeat(33_000),
        "DE89".repeat(25_000),
        "Herr von ".repeat(11_000),
        "1".repeat(100_000),
    ];
    for text in std::iter::once(prose).chain(traps) {
        let begin = Instant::now();
        let count = find(&text).len();
        let time = begin.elapsed();
        println!("{} bytes, {count} findings, {time:?}: {:.12}", text.len(), text);
        // Other tests run beside this one.
        assert!(time < Duration::from_millis(if cfg!(debug_assertions) { 100 } else { 20 }), "{time:?}: {:.20}", text);
    }
}
