//! What somebody typed as an address, and what lies where.
//!
//! Typing errors are forgiven; a house number is read and, as the gazetteer knows no houses, left aside. No other server is asked.

use crate::context::house_number;
use crate::coordinates;
use crate::fold::key;
use crate::geometry::Point;
use crate::place::{Kind, Place};
use crate::recogniser::Recogniser;
use std::collections::HashMap;

/// Candidates in one answer at the most.
pub const CANDIDATES_MAX: usize = 10;
/// Characters of an address that are looked at.
const ADDRESS_CHARS_MAX: usize = 200;

/// One thing that an address may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its index in [`Recogniser::places`]; nothing for coordinates.
    pub place: Option<usize>,
    /// Where it is, if that is known.
    pub point: Option<Point>,
    /// The house number that was typed.
    pub house_number: Option<String>,
    /// Letters by which the name differs from what was typed.
    pub errors: usize,
    /// What was typed is only the beginning of the name.
    pub is_beginning: bool,
}

impl Recogniser {
    /// What an address may mean, the best first, at most [`CANDIDATES_MAX`].
    #[must_use]
    pub fn resolve(&self, address: &str) -> Vec<Candidate> {
        let address = address.chars().take(ADDRESS_CHARS_MAX).collect::<String>();
        if let Some((_, point)) = coordinates::find(&address, self.near()).first() {
            return vec![Candidate { place: None, point: Some(*point), house_number: None, errors: 0, is_beginning: false }];
        }
        let mut parts = address.split([',', ';', '(', ')']).map(str::trim).filter(|part| !part.is_empty());
        let (name, number) = split_number(parts.next().unwrap_or_default());
        let folded = key(&name).replace(['.', '\''], "");
        if folded.chars().count() < 2 {
            return Vec::new();
        }
        let rest = parts.map(key).collect::<Vec<_>>();
        let mut found = self.closest(&folded);
        // "Hauptstraße, Durlach", "Hauptstraße Durlach": the district decides among streets of one name.
        let (street, district) = folded.rsplit_once(' ').unwrap_or((&folded, ""));
        if found.is_empty() && !district.is_empty() {
            found = self.closest(street);
        }
        let has_district =
            |place: usize| self.places()[place].district.as_deref().map(key).is_some_and(|own| own == district || rest.iter().any(|part| part.contains(&own)));
        let mut ranked = found
            .into_iter()
            .map(|(place, (errors, is_beginning))| (!has_district(place), errors, is_beginning, self.places()[place].kind, place))
            .collect::<Vec<_>>();
        ranked.sort_by_key(|(is_elsewhere, errors, is_beginning, kind, place)| (*errors, *is_beginning, *is_elsewhere, *kind, *place));
        ranked.truncate(CANDIDATES_MAX);
        ranked
            .into_iter()
            .map(|(_, errors, is_beginning, _, place)| Candidate {
                place: Some(place),
                point: self.places()[place].point(),
                house_number: number.clone(),
                errors,
                is_beginning,
            })
            .collect()
    }

    /// Places whose name is what was typed; else those that begin with it; else those that differ by few letters.
    fn closest(&self, folded: &str) -> HashMap<usize, (usize, bool)> {
        let mut best = HashMap::<usize, (usize, bool)>::new();
        let exact = self.named(folded);
        if !exact.is_empty() {
            best.extend(exact.iter().map(|place| (*place, (0, false))));
            return best;
        }
        let typed = folded.chars().collect::<Vec<_>>();
        let allowed = match typed.len() {
            0..=3 => 0,
            4..=6 => 1,
            7..=12 => 2,
            _ => 3,
        };
        for (name, places) in self.all_names() {
            let rank = if name.starts_with(folded) {
                (0, true)
            } else {
                match errors(&typed, name, allowed) {
                    Some(errors) => (errors, false),
                    None => continue,
                }
            };
            for place in places {
                let own = best.entry(*place).or_insert(rank);
                *own = (*own).min(rank);
            }
        }
        best
    }

    /// The place of a kind that lies nearest to a point, and how many metres away it is.
    #[must_use]
    pub fn nearest(&self, point: Point, kind: Kind) -> Option<(usize, f64)> {
        let with = |(index, place): (usize, &Place)| place.geometry.as_ref().filter(|_| place.kind == kind).map(|geometry| (index, geometry.distance_m(point)));
        self.places().iter().enumerate().filter_map(with).min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// The districts in which a point lies, in the order of the gazetteer.
    #[must_use]
    pub fn districts_at(&self, point: Point) -> Vec<usize> {
        let holds = |place: &Place| place.kind == Kind::District && place.geometry.as_ref().is_some_and(|geometry| geometry.contains(point));
        self.places().iter().enumerate().filter(|(_, place)| holds(place)).map(|(index, _)| index).collect()
    }
}

/// A name and the house number at its end.
fn split_number(address: &str) -> (String, Option<String>) {
    let digits = address.char_indices().filter(|(at, letter)| letter.is_ascii_digit() && *at > 0 && !address[..*at].ends_with(|c: char| c.is_ascii_digit()));
    for (at, _) in digits {
        let before = address[..at].trim_end();
        if let Some((number, end)) = house_number(address, at)
            && address[end..].trim().chars().all(|letter| letter.is_alphabetic() || letter.is_whitespace())
            && !before.is_empty()
        {
            let name = before.strip_suffix("Nr.").or_else(|| before.strip_suffix("Nr")).unwrap_or(before).trim_end();
            // "Hauptstraße 5 Durlach": what comes behind the number belongs to the address.
            return (format!("{name} {}", address[end..].trim()).trim().to_owned(), Some(number));
        }
    }
    (address.to_owned(), None)
}

/// Letters to insert, drop, change or swap (neighbours) until the typed word is the name; nothing beyond `allowed`.
fn errors(typed: &[char], name: &str, allowed: usize) -> Option<usize> {
    if allowed == 0 || name.len().abs_diff(typed.len()) > allowed + name.len() - name.chars().count() {
        return None;
    }
    let name = name.chars().collect::<Vec<_>>();
    let mut before = Vec::new();
    let mut last = (0..=name.len()).collect::<Vec<_>>();
    for (row, letter) in typed.iter().enumerate() {
        let mut line = Vec::with_capacity(name.len() + 1);
        line.push(row + 1);
        for (column, own) in name.iter().enumerate() {
            let changed = last[column] + usize::from(letter != own);
            let mut least = changed.min(last[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && typed[row - 1] == *own && *letter == name[column - 1] {
                let earlier: &Vec<usize> = &before;
                least = least.min(earlier[column - 1] + 1);
            }
            line.push(least);
        }
        if line.iter().all(|count| *count > allowed) {
            return None;
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().filter(|count| *count <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted_up_to_the_limit() {
        let check =
            |typed: &str, name: &str, expected: Option<usize>| assert_eq!(errors(&typed.chars().collect::<Vec<_>>(), name, 2), expected, "{typed} {name}");
        check("kaiserstrasse", "kaiserstrasse", Some(0));
        check("kaiserstrase", "kaiserstrasse", Some(1));
        check("kasierstrasse", "kaiserstrasse", Some(1));
        check("kaserstrase", "kaiserstrasse", Some(2));
        check("kaserstras", "kaiserstrasse", None);
        check("", "ab", Some(2));
    }

    #[test]
    fn the_number_is_split_from_the_name() {
        let check = |address: &str, name: &str, number: Option<&str>| {
            assert_eq!(split_number(address), (name.to_owned(), number.map(str::to_owned)), "{address}");
        };
        check("Hauptstraße 5", "Hauptstraße", Some("5"));
        check("Hauptstr. 5a", "Hauptstr.", Some("5a"));
        check("Hauptstraße Nr. 5", "Hauptstraße", Some("5"));
        check("Hauptstraße 5 Durlach", "Hauptstraße Durlach", Some("5"));
        check("Straße des 17. Juni", "Straße des 17. Juni", None);
        check("Hauptstraße", "Hauptstraße", None);
    }
}
