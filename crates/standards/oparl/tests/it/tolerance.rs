//! The mistakes of real servers, one by one: each is tolerated, and each is noted under its own key.

use allmende_oparl::{Defect, Embedded, Encoding, Findings, Kind, ListPage, Object, Paper, read, read_answer, read_items, time};
use serde_json::{Value, json};

/// An object of this kind that has nothing wrong, with these properties beside.
fn proper(kind: Kind, properties: Value) -> Value {
    let mut object = json!({
        "id": "https://rat.example/x/1", "type": kind.type_url(),
        "created": "2026-01-01T00:00:00+01:00", "modified": "2026-01-01T00:00:00+01:00",
    });
    if kind == Kind::AgendaItem {
        object["order"] = json!(1);
        object["number"] = json!("1");
    }
    if kind == Kind::File {
        object["accessUrl"] = json!("https://rat.example/f");
    }
    if kind == Kind::Body {
        object["name"] = json!("Musterau");
        object["legislativeTerm"] = json!([]);
        for list in ["organization", "person", "meeting", "paper"] {
            object[list] = json!(format!("https://rat.example/{list}"));
        }
    }
    for (name, value) in properties.as_object().unwrap() {
        object[name] = value.clone();
    }
    object
}

/// Reads, and compares what was noted and what would be written, without the properties every object has.
fn check(kind: Kind, properties: Value, defects: &[Defect], written: Value) -> Object {
    let mut findings = Findings::default();
    let object = read(&proper(kind, properties.clone()), kind, &mut findings).unwrap();
    let found: Vec<_> = findings.iter().map(|(defect, _)| defect).collect();
    assert_eq!(found, defects, "{properties}");
    let encoding = Encoding::faithful(time::berlin());
    assert_eq!(object.to_json(&encoding), proper(kind, written), "{properties}");
    object
}

#[test]
fn texts_that_say_nothing_are_left_out() {
    for (value, defect) in [
        (json!(""), Defect::BlankText),
        (json!("  "), Defect::BlankText),
        (json!("N/A"), Defect::BlankText),
        (json!(null), Defect::NullValue),
        (json!({}), Defect::ObjectForText),
    ] {
        check(Kind::Location, json!({"room": value}), &[defect], json!({}));
    }
    check(Kind::Paper, json!({"name": "- a b g e s e t z t -"}), &[], json!({"name": "- a b g e s e t z t -"}));
}

#[test]
fn an_agenda_item_may_lack_number_and_order() {
    let mut item = proper(Kind::AgendaItem, json!({"number": ""}));
    item.as_object_mut().unwrap().remove("order");
    let mut findings = Findings::default();
    read(&item, Kind::AgendaItem, &mut findings).unwrap();
    item.as_object_mut().unwrap().remove("number");
    read(&item, Kind::AgendaItem, &mut findings).unwrap();
    let counts = [Defect::EmptyNumber, Defect::MissingNumber, Defect::MissingOrder].map(|defect| findings.count(defect));
    assert_eq!((counts, findings.total()), ([1, 1, 2], 4));
}

#[test]
fn texts_are_freed_of_html_and_long_ones_kept_whole() {
    let html = json!({"name": "Stra&szlig;en &amp;amp; Wege"});
    check(Kind::Paper, html, &[Defect::HtmlEscaped], json!({"name": "Straßen & Wege"}));
    let (fits, long) = ("ü".repeat(250), "ü".repeat(251));
    check(Kind::Paper, json!({"name": fits}), &[], json!({"name": fits}));
    check(Kind::Paper, json!({"name": long}), &[Defect::OverLongName], json!({"name": long}));
}

#[test]
fn a_municipality_key_gets_its_leading_zero_back() {
    let eight = json!({"ags": "05358016"});
    check(Kind::Body, eight.clone(), &[], eight.clone());
    check(Kind::Body, json!({"ags": "5358016"}), &[Defect::AgsSevenDigits], eight.clone());
    check(Kind::Body, json!({"ags": 5_358_016}), &[Defect::AgsSevenDigits, Defect::NumberForText], eight);
    check(Kind::Body, json!({"ags": "535801"}), &[], json!({"ags": "535801"}));
}

#[test]
fn addresses_are_kept_as_they_are_and_named() {
    for (url, defect) in
        [("https://rat.example/files//rim", Defect::DoubleSlash), ("http://rat.example/files/rim", Defect::MixedSchemes), ("/files/rim", Defect::BadUrl)]
    {
        check(Kind::File, json!({"downloadUrl": url}), &[defect], json!({"downloadUrl": url}));
    }
    check(Kind::Body, json!({"website": "www.a.de"}), &[Defect::BadUrl], json!({"website": "https://www.a.de"}));
}

#[test]
fn an_object_instead_of_its_address_gives_its_id_and_is_kept() {
    let location = proper(Kind::Location, json!({"room": "Saal", "id": "https://rat.example/l/1"}));
    let written = json!({"location": "https://rat.example/l/1"});
    let person = check(Kind::Person, json!({"location": location}), &[Defect::ObjectForUrl], written);
    let [Object::Location(stray)] = &person.common().strays[..] else { panic!("{person:?}") };
    assert_eq!(stray.room.as_deref(), Some("Saal"));
    let bare = json!({"person": {"id": "https://rat.example/p/1"}});
    let file = check(Kind::File, bare, &[Defect::ObjectForUrl], json!({"person": "https://rat.example/p/1"}));
    assert!(file.common().strays.is_empty());
}

#[test]
fn a_list_of_objects_instead_of_its_address_is_kept_apart() {
    let meeting = proper(Kind::Meeting, json!({"name": "1. Sitzung"}));
    let defects = [Defect::ObjectForUrl, Defect::ArrayForText];
    let object = check(Kind::Organization, json!({"meeting": [meeting]}), &defects, json!({}));
    assert_eq!(object.common().strays.len(), 1);
}

#[test]
fn an_address_instead_of_an_object_is_a_reference() {
    let url = "https://rat.example/c/1";
    let alone = json!({"consultation": url});
    check(Kind::Paper, alone, &[Defect::UrlForObject, Defect::TextForArray], json!({"consultation": [url]}));
    let listed = json!({"consultation": [url]});
    let object = check(Kind::Paper, listed.clone(), &[Defect::UrlForObject], listed);
    let Object::Paper(paper) = object else { panic!() };
    assert_eq!(paper.consultation, [Embedded::Reference(url.to_owned())]);
    assert_eq!(Object::from(*paper).to_json(&Encoding::strict(time::berlin())).get("consultation"), None);
    check(Kind::Paper, json!({"mainFile": url}), &[Defect::UrlForObject], json!({"mainFile": url}));
}

#[test]
fn single_things_and_arrays_are_taken_for_one_another() {
    let file = proper(Kind::File, json!({}));
    let listed = json!({"auxiliaryFile": [file]});
    check(Kind::Paper, json!({"auxiliaryFile": file}), &[Defect::ObjectForArray], listed.clone());
    check(Kind::Paper, json!({"auxiliaryFile": [[file]]}), &[Defect::ArrayForObject], listed);
    check(Kind::Paper, json!({"mainFile": [file]}), &[Defect::ArrayForObject], json!({"mainFile": file}));
    check(Kind::Paper, json!({"mainFile": []}), &[Defect::ArrayForObject], json!({}));
    let url = "https://rat.example/x/2";
    let papers = json!({"superordinatedPaper": [url]});
    check(Kind::Paper, json!({"superordinatedPaper": url}), &[Defect::TextForArray], papers.clone());
    check(Kind::Paper, papers.clone(), &[], papers);
    check(Kind::Paper, json!({"body": [url]}), &[Defect::ArrayForText], json!({"body": url}));
    check(Kind::Person, json!({"title": "Dr."}), &[Defect::TextForArray], json!({"title": ["Dr."]}));
    check(Kind::Person, json!({"title": ["Dr.", "", null]}), &[Defect::BlankText], json!({"title": ["Dr."]}));
    check(Kind::Person, json!({"title": ""}), &[Defect::BlankText], json!({}));
    check(Kind::Person, json!({"affix": ["a", "b"]}), &[Defect::ArrayForText], json!({"affix": "a, b"}));
    check(Kind::Person, json!({"affix": {"name": "jun."}}), &[Defect::ObjectForText], json!({"affix": "jun."}));
}

#[test]
fn of_several_objects_instead_of_one_none_is_lost() {
    let (one, two) = (proper(Kind::File, json!({})), proper(Kind::File, json!({"id": "https://rat.example/x/2"})));
    let written = json!({"mainFile": one});
    let paper = check(Kind::Paper, json!({"mainFile": [one, two]}), &[Defect::ArrayForObject], written);
    assert_eq!(paper.common().strays[0].common().id, "https://rat.example/x/2");
}

#[test]
fn scalars_are_taken_for_one_another() {
    check(Kind::Paper, json!({"reference": 12}), &[Defect::NumberForText], json!({"reference": "12"}));
    check(Kind::File, json!({"size": "82930"}), &[Defect::TextForNumber], json!({"size": 82_930}));
    check(Kind::File, json!({"size": 82_930.0}), &[Defect::TextForNumber], json!({"size": 82_930}));
    check(Kind::File, json!({"size": "81 kB"}), &[Defect::Unreadable], json!({}));
    check(Kind::File, json!({"size": 1.5}), &[Defect::Unreadable], json!({}));
    check(Kind::AgendaItem, json!({"public": "ja"}), &[Defect::TextForFlag], json!({"public": true}));
    check(Kind::AgendaItem, json!({"public": 0}), &[Defect::TextForFlag], json!({"public": false}));
    check(Kind::AgendaItem, json!({"public": "teils"}), &[Defect::Unreadable], json!({}));
    let point = json!({"geojson": {"type": "Point"}});
    check(Kind::Location, json!({"geojson": "{\"type\":\"Point\"}"}), &[Defect::Unreadable], point);
}

#[test]
fn dates_are_read_however_they_are_spelled() {
    let day = json!({"date": "2026-02-01"});
    for (text, defect) in [("1.2.2026", Defect::DateFormat), ("2026-02-01T00:00:00+01:00", Defect::DateFormat)] {
        check(Kind::Paper, json!({"date": text}), &[defect], day.clone());
    }
    check(Kind::Paper, json!({"date": "0000-00-00"}), &[Defect::BadDate], json!({}));
    let start = json!({"start": "2026-02-01T18:00:00+01:00"});
    for (text, defect) in [
        ("2026-02-01T17:00:00Z", Defect::DateTimeFormat),
        ("2026-02-01 18:00:00.25+01:00", Defect::DateTimeFormat),
        ("2026-02-01T18:00:00", Defect::DateTimeWithoutZone),
    ] {
        check(Kind::Meeting, json!({"start": text}), &[defect], start.clone());
    }
    check(Kind::Meeting, json!({"start": "abends"}), &[Defect::BadDate], json!({}));
}

#[test]
fn an_end_before_the_start_is_kept_and_noted() {
    for (end, defects) in [
        ("2026-02-01T00:00:00+01:00", &[Defect::EndBeforeStart][..]),
        ("2026-02-01T17:59:59+01:00", &[Defect::EndBeforeStart]),
        ("2026-02-01T18:00:00+01:00", &[]),
    ] {
        let meeting = json!({"start": "2026-02-01T18:00:00+01:00", "end": end});
        check(Kind::Meeting, meeting.clone(), defects, meeting);
    }
    let term = json!({"startDate": "2026-02-02", "endDate": "2026-02-01"});
    check(Kind::LegislativeTerm, term.clone(), &[Defect::EndBeforeStart], term);
}

#[test]
fn names_of_properties_may_be_spelled_otherwise() {
    let term = json!({"startDate": "2026-02-01"});
    check(Kind::LegislativeTerm, json!({"start_date": "2026-02-01"}), &[Defect::WrongCase], term.clone());
    check(Kind::LegislativeTerm, json!({"StartDate": "2026-02-01"}), &[Defect::WrongCase], term.clone());
    let both = json!({"start_date": "2025-01-01", "startDate": "2026-02-01"});
    check(Kind::LegislativeTerm, both, &[Defect::UnknownProperty], term);
    let renamed = json!({"meeting": ["https://rat.example/m/1"]});
    check(Kind::Location, renamed, &[], json!({"meetings": ["https://rat.example/m/1"]}));
}

#[test]
fn properties_of_vendors_are_kept_and_only_prefixed_ones_are_written() {
    let sent = json!({"STERNBERG:sortierung": 1, "body": "https://rat.example/b"});
    let object = check(Kind::File, sent, &[Defect::UnknownProperty], json!({"STERNBERG:sortierung": 1}));
    assert_eq!(object.common().vendor["body"], "https://rat.example/b");
}

#[test]
fn types_may_be_missing_unknown_or_others_than_expected() {
    for (stated, defect) in
        [(json!(null), Defect::MissingType), (json!("https://schema.oparl.org/1.1/Vorlage"), Defect::UnknownType), (json!(7), Defect::UnknownType)]
    {
        check(Kind::Organization, json!({"type": stated}), &[defect], json!({}));
    }
    let mut findings = Findings::default();
    let other = read(&proper(Kind::Person, json!({})), Kind::Organization, &mut findings).unwrap();
    assert_eq!((other.kind(), findings.count(Defect::UnexpectedType)), (Kind::Person, 1));
    check(Kind::Paper, json!({"type": "https://schema.oparl.org/1.0/Paper"}), &[], json!({}));
    check(Kind::AgendaItem, json!({"type": "http://schema.oparl.org/1.0/agendaitem"}), &[], json!({}));
}

#[test]
fn embedded_objects_without_dates_inherit_them() {
    let consultation = json!({"id": "https://rat.example/c/1", "type": Kind::Consultation.type_url()});
    let dated = json!({
        "id": "https://rat.example/c/1", "type": Kind::Consultation.type_url(),
        "created": "2026-01-01T00:00:00+01:00", "modified": "2026-01-01T00:00:00+01:00",
    });
    let defects = [Defect::MissingCreated, Defect::MissingModified];
    check(Kind::Paper, json!({"consultation": [consultation]}), &defects, json!({"consultation": [dated]}));
}

#[test]
fn what_is_no_object_is_none_and_a_wrapped_one_is_unwrapped() {
    let mut findings = Findings::default();
    for (value, defect) in [(json!(null), Defect::NullBody), (json!("x"), Defect::NotAnObject), (json!([]), Defect::ArrayForObject)] {
        assert_eq!(read(&value, Kind::Membership, &mut findings), None);
        assert_eq!(findings.count(defect), 1);
    }
    let wrapped = json!([proper(Kind::Membership, json!({"role": "Mitglied"}))]);
    assert!(read(&wrapped, Kind::Membership, &mut findings).is_some());
    let nameless = read(&json!({}), Kind::Membership, &mut findings).unwrap();
    assert_eq!((nameless.common().id.as_str(), findings.count(Defect::MissingId)), ("", 1));
}

#[test]
fn an_object_that_calls_itself_otherwise_is_noted() {
    let mut findings = Findings::default();
    let paper = proper(Kind::Paper, json!({}));
    read_answer(&paper, "https://rat.example/x/1", Kind::Paper, &mut findings).unwrap();
    assert!(findings.is_empty());
    read_answer(&paper, "https://rat.example/x/2", Kind::Paper, &mut findings).unwrap();
    assert_eq!(findings.count(Defect::IdDiffersFromAddress), 1);
}

#[test]
fn deleted_objects_are_tombstones_and_belong_only_in_lists_of_changes() {
    let stone = json!({"id": "https://rat.example/x/1", "deleted": true, "name": "geheim", "modified": "2026-01-01T00:00:00+01:00"});
    let page = ListPage { data: vec![stone.clone(), stone], ..ListPage::default() };
    let mut findings = Findings::default();
    let objects = read_items(&page, Kind::Paper, true, &mut findings);
    assert_eq!(findings.count(Defect::DeletedInUnfilteredList), 0);
    assert_eq!(findings.count(Defect::DuplicateInList), 1);
    let again = read_items(&page, Kind::Paper, false, &mut findings);
    assert_eq!(again, objects);
    assert_eq!(findings.count(Defect::DeletedInUnfilteredList), 2);
    let written = objects[0].to_json(&Encoding::strict(time::berlin()));
    assert_eq!(written, proper(Kind::Paper, json!({"deleted": true})));
}

#[test]
fn deleted_objects_are_never_embedded() {
    let item = proper(Kind::AgendaItem, json!({"deleted": true}));
    check(Kind::Meeting, json!({"agendaItem": [item]}), &[Defect::DeletedEmbedded], json!({}));
}

#[test]
fn objects_within_one_another_end_somewhere() {
    let mut paper = proper(Kind::Paper, json!({}));
    for _ in 0..12 {
        paper = proper(Kind::Paper, json!({"relatedPaper": [paper]}));
    }
    let mut findings = Findings::default();
    let mut object = &read(&paper, Kind::Paper, &mut findings).unwrap();
    let mut depth = 0;
    while let Some(inner) = object.common().strays.first() {
        (object, depth) = (inner, depth + 1);
    }
    assert_eq!((depth, findings.count(Defect::NestedTooDeep)), (8, 1));
    let Object::Paper(last) = object else { panic!() };
    assert_eq!(**last, Paper { related_paper: vec!["https://rat.example/x/1".into()], ..(**last).clone() });
}
