//! Two recorded councils: Karlsruhe (OParl 1.1) is read and written again without loss; Hürtgenwald (OParl 1.0) is read
//! whole, and each kind of mistake of its server is found as often as it occurs.

use std::collections::BTreeMap;

use allmende_oparl::{Defect, Embedded, Encoding, Findings, Kind, Object, Repair, check, read, read_items, read_list, time};
use serde_json::{Deserializer, Value};

use crate::shared;

/// The documented tolerances: nulls, blank texts and empty arrays are left out, and of a deleted object all but its dates.
fn tolerated(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let deleted = map.get("deleted") == Some(&Value::Bool(true));
            let told = ["id", "type", "created", "modified", "deleted"];
            let kept = map.iter().filter(|(key, _)| !deleted || told.contains(&key.as_str()));
            let kept = kept.map(|(key, value)| (key.clone(), tolerated(value)));
            Value::Object(kept.filter(|(_, value)| !matches!(value, Value::Null) && *value != "" && *value != Value::Array(vec![])).collect())
        }
        Value::Array(items) => items.iter().map(tolerated).collect(),
        other => other.clone(),
    }
}

#[test]
fn karlsruhe_is_read_and_written_again_without_loss() {
    let Some(folder) = shared::path("data/oparl/karlsruhe") else {
        return;
    };
    let encoding = Encoding::strict(time::berlin());
    let (mut findings, mut counts) = (Findings::default(), BTreeMap::<Kind, usize>::new());
    for (file, kind) in [
        ("papers.base-2026-07-18", Kind::Paper),
        ("meetings.base-2026-07-18", Kind::Meeting),
        ("organizations", Kind::Organization),
        ("consultations", Kind::Consultation),
    ] {
        let file = folder.join(format!("{file}.ndjson.zst"));
        for record in Deserializer::from_slice(&shared::output("zstd", &["-dcq", file.to_str().unwrap()])).into_iter() {
            let record: Value = record.unwrap();
            let object = read(&record, kind, &mut findings).unwrap();
            let written = object.to_json(&encoding);
            assert_eq!(written, tolerated(&record));
            assert_eq!(check(&written), vec![]);
            count(&object, &mut counts);
        }
    }
    assert_eq!(counts[&Kind::Paper], 13_994);
    assert_eq!(counts[&Kind::Meeting], 2_598);
    assert_eq!(counts[&Kind::AgendaItem], 18_688);
    assert_eq!(counts[&Kind::Organization], 97);
    assert_eq!(counts[&Kind::Consultation], 14_818 + 262);
    assert_eq!(counts[&Kind::File], 47_979);
    let found: BTreeMap<_, _> = findings.iter().map(|(defect, tally)| (defect.key(), tally.count)).collect();
    let expected = [("empty-number", 583), ("blank-text", 549), ("end-before-start", 1_197)];
    assert_eq!(found, expected.into_iter().collect());
}

#[test]
fn huertgenwald_is_read_whole_and_its_mistakes_are_counted() {
    let Some(file) = shared::path("data/oparl/huertgenwald-pseudonymised.tar.zst") else {
        return;
    };
    let answers = shared::output("tar", &["--use-compress-program=zstd", "-xOf", file.to_str().unwrap()]);
    let mut stream = Deserializer::from_slice(&answers).into_iter::<Value>();
    let (mut findings, mut counts, mut totals) = (Findings::default(), BTreeMap::new(), 0);
    let encoding = Encoding::strict(time::berlin());
    loop {
        let start = stream.byte_offset();
        let Some(answer) = stream.next() else { break };
        let answer = answer.unwrap();
        if answer.get("type").is_some() {
            count(&read(&answer, Kind::System, &mut findings).unwrap(), &mut counts);
            continue;
        }
        if answer.get("data").is_none() {
            continue;
        }
        let page = read_list(&answers[start..stream.byte_offset()], Repair::Refuse, &mut findings).unwrap();
        totals += usize::from(page.total.is_some());
        let kind = page.data[0]["id"].as_str().and_then(|id| Kind::from_type_url(id.rsplit('/').nth(1)?)).unwrap();
        for object in read_items(&page, kind, false, &mut findings) {
            assert_eq!(object.kind(), kind);
            assert_eq!(check(&object.to_json(&encoding)).iter().find(|found| found.place != "Body.legislativeTerm"), None);
            count(&object, &mut counts);
        }
    }
    assert!(totals > 100);
    let expected = [
        (Kind::System, 1),
        (Kind::Body, 1),
        (Kind::Organization, 22),
        (Kind::Person, 49),
        (Kind::Membership, 533),
        (Kind::Meeting, 367),
        (Kind::AgendaItem, 5_106),
        (Kind::Paper, 2_115),
        (Kind::Consultation, 2_228),
        (Kind::File, 6_947),
        (Kind::Location, 343),
    ];
    assert_eq!(counts, expected.into_iter().collect());
    let found: BTreeMap<_, _> = findings.iter().map(|(defect, tally)| (defect, tally.count)).collect();
    let embedded = 5_106 + 2_228 + 6_947 + 343 + 533;
    let expected = [
        (Defect::DeletedInUnfilteredList, 39),
        (Defect::MissingType, 39),
        (Defect::MissingCreated, embedded + 2),
        (Defect::MissingModified, embedded + 2),
        (Defect::MissingOrder, 5_106),
        (Defect::MissingNumber, 11),
        (Defect::EmptyNumber, 1),
        (Defect::MissingRequired, 1),
        (Defect::OverLongName, 327),
        (Defect::UnknownProperty, 6_947 + 346),
        (Defect::AgsSevenDigits, 1),
    ];
    assert_eq!(found, expected.into_iter().collect());
    assert_eq!(findings.count_in(Defect::MissingRequired, Kind::Body, "legislativeTerm"), 1);
}

/// Counts an object and what it embeds.
fn count(object: &Object, counts: &mut BTreeMap<Kind, usize>) {
    let mut add = |kind, number: usize| {
        if number > 0 {
            *counts.entry(kind).or_default() += number;
        }
    };
    add(object.kind(), 1);
    match object {
        Object::Paper(paper) => {
            add(Kind::Consultation, paper.consultation.len());
            add(Kind::File, paper.auxiliary_file.len() + usize::from(paper.main_file.is_some()));
        }
        Object::Meeting(meeting) => {
            let files = [&meeting.invitation, &meeting.results_protocol, &meeting.verbatim_protocol];
            add(Kind::File, meeting.auxiliary_file.len() + files.into_iter().flatten().count());
            add(Kind::AgendaItem, meeting.agenda_item.len());
            add(Kind::Location, usize::from(meeting.location.is_some()));
            for item in meeting.agenda_item.iter().filter_map(Embedded::object) {
                add(Kind::File, item.auxiliary_file.len() + usize::from(item.resolution_file.is_some()));
            }
        }
        Object::Person(person) => add(Kind::Membership, person.membership.len()),
        Object::Body(body) => add(Kind::Location, usize::from(body.location.is_some())),
        _ => {}
    }
}
