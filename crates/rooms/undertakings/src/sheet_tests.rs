//! The forms of a sheet: what they take, what they refuse, what a public sheet must say.

use super::*;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn refused(part: Part, pairs: &[(&str, &str)]) -> Vec<(Option<&'static str>, &'static str)> {
    let found = part.read(&fields(pairs), &mut Sheet::default()).err().unwrap_or_default();
    found.into_iter().map(|refusal| (refusal.field, refusal.key)).collect()
}

#[test]
fn each_form_leads_to_the_next_and_the_last_to_none() {
    assert_eq!(Part::Aim.next(), Some(Part::Place));
    assert_eq!(Part::Languages.next(), None);
    assert!(Part::ALL.into_iter().all(|part| Part::of(part.key()) == Some(part)));
}

#[test]
fn a_title_has_5_to_120_characters() {
    let check = |chars: usize, fits: bool| assert_eq!(refused(Part::Aim, &[("title", &"x".repeat(chars))]).is_empty(), fits, "{chars}");
    check(4, false);
    check(5, true);
    check(120, true);
    check(121, false);
}

#[test]
fn the_cost_is_read_as_people_write_it() {
    let mut sheet = Sheet::default();
    assert_eq!(Part::Cost.read(&fields(&[("planned", "48.000"), ("actual", "31.200,50 €"), ("note", "")]), &mut sheet), Ok(()));
    assert_eq!((sheet.cost_planned_cents, sheet.cost_actual_cents, sheet.cost_note), (Some(4_800_000), Some(3_120_050), None));
    assert_eq!(refused(Part::Cost, &[("planned", "viel")]), [(Some("planned"), "admin-undertaking-refused-cost")]);
}

#[test]
fn a_step_without_words_is_none_and_a_day_that_is_none_is_refused() {
    let mut sheet = Sheet::default();
    let sent = [("text-0", "Ausschreibung"), ("due-0", "2026-09-01"), ("text-1", ""), ("due-1", "2026-10-01"), ("text-3", "Bau"), ("done-3", "1")];
    assert_eq!(Part::Steps.read(&fields(&sent), &mut sheet), Ok(()));
    let day = Date::constant(2026, 9, 1);
    let expected = [Step { text: "Ausschreibung".to_owned(), due_on: Some(day), is_done: false }, Step { text: "Bau".to_owned(), due_on: None, is_done: true }];
    assert_eq!(sheet.steps, expected);
    assert_eq!(refused(Part::Steps, &[("text-0", "Bau"), ("due-0", "im Herbst")]), [(None, "admin-undertaking-refused-date")]);
    assert_eq!(refused(Part::Steps, &[("text-0", "Bau"), ("due-0", "1999-12-31")]).len(), 1);
}

#[test]
fn whether_residents_take_part_has_an_answer_and_words() {
    assert_eq!(refused(Part::TakingPart, &[("takes_part", "no"), ("part", "Es gilt ein Gesetz.")]), []);
    let both = [(Some("takes_part"), "admin-undertaking-part-missing"), (Some("part"), "admin-undertaking-part-text")];
    assert_eq!(refused(Part::TakingPart, &[]), both);
}

#[test]
fn a_public_sheet_says_what_residents_ask_first() {
    let mut sheet = Sheet::default();
    assert_eq!(gaps(&sheet).len(), 5);
    let words = Words { title: "Radweg".to_owned(), summary: "Geplant.".to_owned(), aim: "Sicher fahren.".to_owned(), part: "Ja.".to_owned() };
    (sheet.german, sheet.department, sheet.cost_note) = (words, Some(1), Some("noch nicht bekannt".to_owned()));
    assert_eq!(gaps(&sheet), []);
}
