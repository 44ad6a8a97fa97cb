//! The rules by tables.

use super::*;
use allmende_core::{Id, Role, Roles, SignedIn};
use jiff::civil::date;

fn read(result: &str, votes: Option<(i64, i64)>, prepares: bool) -> Kind {
    let votes = votes.map(|(yes, no)| Votes { yes, no, abstained: 0 });
    Rules::default().read(Some(result), false, votes, prepares)
}

#[test]
fn the_results_of_a_large_city_and_a_small_town_are_read() {
    let check = |result: &str, expected: Kind| assert_eq!(read(result, None, false), expected, "{result}");
    for (expected, results) in [
        (
            Kind::Adopted,
            &[
                "einstimmig zugestimmt",
                "einstimmig beschlossen",
                "mehrheitlich beschlossen",
                "mehrheitlich angenommen",
                "Zustimmung",
                "einverstanden",
                "gewählt",
                "ungeändert beschlossen",
                "einstimmig, 0 Enthaltungen",
                "Einstimmig; 0 Enthaltungen ",
                "einstimmig, ohne Enthaltung",
                "einstimmig12 Ja-Stimmen, 0 Enthaltungen, 0 Nein-Stimmen",
            ][..],
        ),
        (
            Kind::Changed,
            &[
                "Zugestimmt zu geändertem Beschlusstext",
                "Beschlossen mit geändertem Beschlusstext",
                "einstimmig zugestimmt zum modifizierten Antrag",
                "teilweise zugestimmt",
                "teilweise abgelehnt",
            ],
        ),
        (Kind::Rejected, &["mehrheitlich abgelehnt", "bei Stimmengleichheit abgelehnt", "Stimmengleichheit - abgelehnt", "Der Antrag wird abgelehnt."]),
        (
            Kind::None,
            &[
                "Kenntnisnahme",
                "zur Kenntnis genommen",
                "Stellungnahme zur Kenntnis genommen",
                "Die anwesenden Ausschussmitglieder nehmen den Sachverhalt einstimmig zur Kenntnis.",
                "vertagt",
                "verwiesen in Fachausschuss",
                "Verwiesen in Ausschuss für Umwelt und Gesundheit",
                "zurückgezogen",
                "Antrag zurückgezogen",
                "erledigt",
                "erledigt durch Stellungnahme der Verwaltung",
                "mit Stellungnahme einverstanden",
                "Beratung im Fachgremium/Arbeitskreis",
                "vorberaten ohne Änderungen",
                "vorberaten mit Änderungen",
                "keine Abstimmung",
                "nicht zur Abstimmung gestellt",
                "keine Mitteilungen",
                "in Beschlussvorlage übernommen",
                "- abgesetzt -",
                "Weiterbehandlung im Planungsausschuss",
                "siehe Dokument Abstimmungsergebnisse",
                "Aushang im Foyer",
                "ohne",
                "Ohne. ",
                "(kein Text vorhanden)",
                "entfällt",
                "keine",
                "genehmigt",
                "empfohlen, mit Änderung",
                "nicht empfohlen",
                "etwas ganz anderes",
                "",
            ],
        ),
    ] {
        results.iter().for_each(|result| check(result, expected));
    }
}

#[test]
fn where_no_word_is_known_the_vote_tells() {
    assert_eq!(read("13 Ja-Stimmen, 0 Nein-Stimmen", Some((13, 0)), false), Kind::Adopted);
    assert_eq!(read("6 Ja-Stimmen, 6 Nein-Stimmen", Some((6, 6)), false), Kind::Rejected);
    assert_eq!(read("vertagt mit 6 zu 2 Stimmen", Some((6, 2)), false), Kind::None);
    let long = |count: usize| format!("vertagt {}", "x".repeat(count));
    assert_eq!(read(&long(152), Some((3, 1)), false), Kind::None);
    assert_eq!(read(&long(153), Some((3, 1)), false), Kind::Adopted);
}

#[test]
fn a_committee_that_prepares_decides_nothing_and_a_text_alone_is_a_decision() {
    assert_eq!(read("einstimmig beschlossen", Some((9, 0)), true), Kind::None);
    assert_eq!(Rules::default().read(None, true, None, false), Kind::Adopted);
    assert_eq!(Rules::default().read(None, false, None, false), Kind::None);
    assert_eq!(Rules::default().read(Some("Der Rat tagt"), true, None, false), Kind::None);
}

#[test]
fn a_site_has_its_own_words() {
    let own = Rules::of(vec![(Kind::Adopted, "So sei es".to_owned()), (Kind::None, "=So sei es nicht".to_owned())]);
    let read = |result: &str| own.read(Some(result), false, None, false);
    assert_eq!((read("so sei es!"), read("So sei es nicht."), read("Also sei es")), (Kind::Adopted, Kind::None, Kind::None));
    assert_eq!(read("beschlossen"), Kind::None);
    assert_eq!(Rules::of(Vec::new()), Rules::default());
    assert_eq!(Rules::parse(Kind::None, &Rules::default().lines(Kind::None)).map(|patterns| patterns.len()).ok(), Some(DEFAULTS[0].1.len()));
}

#[test]
fn patterns_have_bounds() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(Rules::parse(Kind::None, text).err().map(|refusal| refusal.key), expected, "{text}");
    };
    check("ab\n\ncd", None);
    check("a", Some("admin-decision-rule-length"));
    check("=a", Some("admin-decision-rule-length"));
    check(&"x".repeat(80), None);
    check(&"x".repeat(81), Some("admin-decision-rule-length"));
    check(&"ab\n".repeat(100), None);
    check(&"ab\n".repeat(101), Some("admin-decision-rule-many"));
}

fn sent(status: &str) -> Sent {
    Sent { status: status.to_owned(), ..Sent::default() }
}

fn refused(sent: &Sent) -> Vec<(&'static str, &'static str)> {
    Report::read(sent).err().unwrap_or_default().into_iter().map(|refusal| (refusal.field.unwrap_or_default(), refusal.key)).collect()
}

#[test]
fn a_report_says_what_its_status_needs() {
    for status in ["open", "in-progress", "partly", "done", "no-action"] {
        assert_eq!(refused(&sent(status)), [], "{status}");
    }
    assert_eq!(refused(&sent("not-reported")), [("status", "admin-decision-status-missing")]);
    assert_eq!(refused(&sent("")), [("status", "admin-decision-status-missing")]);
    assert_eq!(refused(&sent("not-feasible")), [("reason", "admin-decision-reason-missing")]);
    assert_eq!(refused(&Sent { reason: "Das Land untersagt es.".to_owned(), ..sent("not-feasible") }), []);
    assert_eq!(refused(&sent("superseded")), [("superseded_by", "admin-decision-superseded-missing")]);
    assert_eq!(refused(&Sent { superseded_by: "-3".to_owned(), ..sent("superseded") }), [("superseded_by", "admin-decision-superseded-missing")]);
    assert_eq!(refused(&Sent { superseded_by: "3".to_owned(), ..sent("superseded") }), []);
    let reason = |count: usize| Sent { reason: "x".repeat(count), ..sent("done") };
    assert_eq!((refused(&reason(2_000)), refused(&reason(2_001))), (vec![], vec![("reason", "admin-decision-text-long")]));
    for (day, is_fine) in [("2000-01-01", true), ("1999-12-31", false), ("2199-12-31", true), ("2200-01-01", false), ("2026-02-30", false), ("bald", false)] {
        assert_eq!(refused(&Sent { expected_on: day.to_owned(), ..sent("open") }).is_empty(), is_fine, "{day}");
    }
}

#[test]
fn what_has_ended_has_no_next_step() {
    let report = |status: &str| {
        Report::read(&Sent { next_step: "Bauen".to_owned(), expected_on: "2026-07-31".to_owned(), ..sent(status) })
            .map(|report| (report.next_step, report.expected_on))
    };
    assert_eq!(report("done"), Ok((None, None)));
    assert_eq!(report("partly"), Ok((Some("Bauen".to_owned()), Some(date(2026, 7, 31)))));
}

#[test]
fn euros_are_read_as_people_write_them() {
    let check = |text: &str, expected: Option<i64>| assert_eq!(cents(text), expected, "{text}");
    check("48000", Some(4_800_000));
    check("48.000", Some(4_800_000));
    check("48.000,5 €", Some(4_800_050));
    check("1 200,05 Euro", Some(120_005));
    check("0", Some(0));
    check("10000000000", Some(COST_CENTS_MAX));
    check("10000000000,01", None);
    check("48.00", None);
    check("4800.000", None);
    check("-5", None);
    check("5,123", None);
    check(",5", None);
    check("viel", None);
}

#[test]
fn a_year_has_two_halves() {
    assert_eq!(Half::of(date(2026, 6, 30)).key(), "2026-1");
    assert_eq!(Half::of(date(2026, 7, 1)).key(), "2026-2");
    let first = Half { year: 2026, half: 1 };
    assert_eq!((first.before().key(), first.after().key()), ("2025-2".to_owned(), "2026-2".to_owned()));
    assert_eq!(first.after().after().first_day(), date(2027, 1, 1));
    for (text, is_fine) in
        [("2026-1", true), ("2026-3", false), ("2026-0", false), ("26-1", false), ("1999-1", false), ("2199-2", true), ("2200-1", false), ("2026-01", false)]
    {
        assert_eq!(Half::parse(text).is_some(), is_fine, "{text}");
    }
}

#[test]
fn a_deadline_reminds_a_week_ahead_then_a_day_after_then_every_four_weeks() {
    let day = date(2026, 6, 30);
    let round = |today: Date| reminder_round(day, today);
    assert_eq!((round(date(2026, 6, 22)), round(date(2026, 6, 23)), round(day)), (None, Some(0), Some(0)));
    assert_eq!((round(date(2026, 7, 1)), round(date(2026, 7, 28)), round(date(2026, 7, 29))), (Some(1), Some(1), Some(2)));
}

#[test]
fn people_report_on_decisions_of_their_department_only() {
    let check = |role: Role, belongs: bool, expected: bool| {
        let actor = Actor::Person(SignedIn { person: Id::new(1), public_name: "Ida".to_owned(), roles: [role].into_iter().collect::<Roles>() });
        assert_eq!(may_report(&actor, belongs), expected, "{role:?} {belongs}");
    };
    check(Role::Department, true, true);
    check(Role::Department, false, false);
    check(Role::Clerk, false, true);
    check(Role::Administrator, false, true);
    check(Role::Editor, true, false);
    check(Role::Resident, true, false);
    assert!(!may_report(&Actor::Stranger, true));
}
