//! Personal data in what somebody is about to publish: found before it stands in public, so that its author can be asked.
//!
//! Pure: no list of people, no network, no guess by frequency. A place is reported because of its form (an address, a number whose
//! check digit holds) or because of the word before it (»Herr«, »geboren am«, »wohnt in«). It errs towards silence where a street,
//! an office or a date of the town is meant: whoever is asked for nothing soon reads no question. What it finds is a reason to ask,
//! never a reason to refuse. Read in this order: [`find`], `tokens`, then one module for each family of data.

mod address;
mod birth;
mod contact;
mod names;
mod numbers;
mod plates;
mod tokens;

use std::ops::Range;
use tokens::Tokens;

/// What kind of personal data stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A mail address of a person; those of offices (`info@`, `rathaus@` …) are not reported.
    Email,
    /// A telephone number; free and shared-cost service numbers are not reported.
    Telephone,
    /// An IBAN whose check digits hold.
    BankAccount,
    /// A German licence plate.
    LicencePlate,
    /// Street and house number.
    PostalAddress,
    /// A date of birth.
    BirthDate,
    /// A tax number or tax identification number.
    TaxNumber,
    /// A number of the pension or health insurance.
    InsuranceNumber,
    /// A name after »Herr«, »Frau«, »Familie«, `Mr`, `Mrs`, `Ms`.
    Name,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Email,
        Self::Telephone,
        Self::BankAccount,
        Self::LicencePlate,
        Self::PostalAddress,
        Self::BirthDate,
        Self::TaxNumber,
        Self::InsuranceNumber,
        Self::Name,
    ];

    /// The key for texts and records.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::BankAccount => "bank-account",
            Self::LicencePlate => "licence-plate",
            Self::PostalAddress => "postal-address",
            Self::BirthDate => "birth-date",
            Self::TaxNumber => "tax-number",
            Self::InsuranceNumber => "insurance-number",
            Self::Name => "name",
        }
    }
}

/// A place of a text that tells about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What stands there.
    pub kind: Kind,
    /// Where, in characters (Unicode scalar values) from 0, the end exclusive.
    pub chars: Range<usize>,
    /// Where, in bytes of the text, on character boundaries, the end exclusive.
    pub bytes: Range<usize>,
}

/// Finds personal data in a German or English text. The findings stand in the order of the text and never overlap.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let tokens = Tokens::read(text);
    let mut places = Places::default();
    // What is certain by its form comes first: what is found later never lies over it.
    contact::emails(&tokens, &mut places);
    // Most contributions hold no digit at all.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        numbers::bank_accounts(&tokens, &mut places);
        numbers::insurance(&tokens, &mut places);
        numbers::tax(&tokens, &mut places);
        birth::dates(&tokens, &mut places);
        contact::telephones(&tokens, &mut places);
        plates::plates(&tokens, &mut places);
        address::addresses(&tokens, &mut places);
    }
    names::names(&tokens, &mut places);
    places.findings(text)
}

/// What was found so far, in bytes.
#[derive(Default)]
struct Places {
    by_start: std::collections::BTreeMap<usize, (usize, Kind)>,
}

impl Places {
    /// Adds a place unless something was found there already.
    fn add(&mut self, kind: Kind, bytes: Range<usize>) {
        if !bytes.is_empty() && !self.covers(&bytes) {
            self.by_start.insert(bytes.start, (bytes.end, kind));
        }
    }

    fn covers(&self, bytes: &Range<usize>) -> bool {
        self.by_start.range(..bytes.end).next_back().is_some_and(|(_, (end, _))| *end > bytes.start)
    }

    fn findings(self, text: &str) -> Vec<Finding> {
        let (mut chars, mut at) = (0, 0);
        let mut count = |to: usize| {
            chars += text.get(at..to).map_or(0, |between| between.chars().count());
            at = to;
            chars
        };
        let places = self.by_start.into_iter();
        places.map(|(start, (end, kind))| Finding { kind, chars: count(start)..count(end), bytes: start..end }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_over_a_finding_is_left_out() {
        let mut places = Places::default();
        places.add(Kind::Email, 5..10);
        for (range, covered) in [(0..5, false), (0..6, true), (9..12, true), (10..12, false), (6..7, true)] {
            assert_eq!(places.covers(&range), covered, "{range:?}");
        }
    }

    #[test]
    fn places_are_told_in_characters_and_in_bytes() {
        let text = "Für Rückfragen: ida.muster@example.org";
        let found = find(text);
        assert_eq!(found, [Finding { kind: Kind::Email, chars: 16..38, bytes: 18..40 }]);
        assert_eq!(&text[found[0].bytes.clone()], "ida.muster@example.org");
    }
}
