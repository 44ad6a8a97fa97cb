//! What holds for any register, any name and any code.

use allmende_audience::census::{Claim, PROBLEMS_MAX, read};
use allmende_audience::code::{CHARS, LetterCode, RANDOM};
use allmende_audience::names;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);

/// A name as registers have them: words of letters that German names have.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec("[A-ZÄÖÜ][a-zäöüßéñ]{2,9}(-[A-ZÄÖÜ][a-zäöüß]{2,7})?", 1..3).prop_map(|words| words.join(" "))
}

fn born() -> impl Strategy<Value = Date> {
    (1930_i16..2026, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| date(year, month, day))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn whoever_stands_in_the_register_is_found_however_they_write(
        people in proptest::collection::vec((name(), name(), born(), 10_000_u32..99_999), 1..20),
        separator in prop_oneof![Just(';'), Just(','), Just('\t'), Just('|')],
    ) {
        let mut file = ["Vorname", "PLZ", "Nachname", "Geburtsdatum"].join(&separator.to_string()) + "\r\n";
        for (given, family, born, code) in &people {
            let cells = [quoted(given), code.to_string(), quoted(family), born.strftime("%d.%m.%Y").to_string()];
            file.push_str(&(cells.join(&separator.to_string()) + "\r\n"));
        }
        let census = read(file.as_bytes(), TODAY);
        prop_assert_eq!(census.people.len() + census.problem_count, people.len());
        for (given, family, born, code) in &people {
            for typed in [format!("{given} {family}"), format!("{}, {}", family.to_uppercase(), given.replace('-', " ")), format!("Dr. {family} {given}").replace('ü', "ue")] {
                let key = Claim::new(&typed, &born.to_string(), &code.to_string(), TODAY).map(|claim| claim.key());
                prop_assert!(key.is_ok());
                let found = census.people.iter().filter(|person| key.as_ref().is_ok_and(|key| person.keys.contains(key))).count();
                prop_assert_eq!(found, 1, "{}", typed);
            }
        }
    }

    #[test]
    fn no_key_belongs_to_two_people(
        people in proptest::collection::vec(("(Anna|Lena|Rosa)( (Anna|Lena|Rosa))?", "(Au|Beck)"), 1..30),
    ) {
        let mut file = "Vorname;Nachname;Geburtsdatum;PLZ\n".to_owned();
        for (given, family) in &people {
            file.push_str(&format!("{given};{family};1990-01-01;76131\n"));
        }
        let census = read(file.as_bytes(), TODAY);
        let mut keys: Vec<&String> = census.people.iter().flat_map(|person| &person.keys).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), all);
        prop_assert!(census.people.iter().all(|person| !person.keys.is_empty()));
    }

    #[test]
    fn any_bytes_are_read_to_an_end(mut bytes in proptest::collection::vec(any::<u8>(), 0..2_000), with_head in any::<bool>()) {
        if with_head {
            bytes.splice(0..0, *b"Name;Geburtsdatum;PLZ\n");
        }
        let census = read(&bytes, TODAY);
        prop_assert!(census.problems.len() <= PROBLEMS_MAX && census.problems.len() <= census.problem_count);
        prop_assert!(census.problems.iter().all(|problem| problem.line >= 1));
    }

    #[test]
    fn a_normal_name_is_its_own_normal_form(name in "\\PC{0,60}") {
        let normal = names::normal(&name);
        prop_assert_eq!(names::normal(&normal), normal);
    }

    #[test]
    fn a_wrong_character_and_a_swap_of_any_two_are_noticed(random in any::<[u8; RANDOM]>(), one in 0..CHARS, other in 0..CHARS, shift in 1_usize..32) {
        const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let code = LetterCode::from_random(random);
        let text = code.text();
        prop_assert_eq!(LetterCode::parse(&code.printed()), Ok(code));
        let mut wrong = text.clone().into_bytes();
        let at = ALPHABET.iter().position(|letter| *letter == wrong[one]).unwrap_or_default();
        wrong[one] = ALPHABET[(at + shift) % 32];
        prop_assert!(LetterCode::parse(&String::from_utf8_lossy(&wrong)).is_err());
        let mut swapped = text.clone().into_bytes();
        swapped.swap(one, other);
        let swapped = String::from_utf8_lossy(&swapped).into_owned();
        prop_assert_eq!(LetterCode::parse(&swapped).is_err(), swapped != text);
    }
}
