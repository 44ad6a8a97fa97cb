//! Answers as bytes: list pages in every form that servers send, broken ones, errors; and pages as we write them.

use allmende_oparl::{
    Defect, Encoding, Entity, ErrorObject, Findings, Kind, ListLinks, ListPage, ListQuery, Meeting, NESTING_MAX, OutgoingPage, Pagination, Paper, ReadError,
    Repair, check_page, parse, read_list, time,
};
use serde_json::json;

fn check(answer: &[u8], defects: &[Defect]) -> ListPage {
    let mut findings = Findings::default();
    let page = read_list(answer, Repair::Allow, &mut findings).unwrap();
    let found: Vec<_> = findings.iter().map(|(defect, _)| defect).collect();
    assert_eq!(found, defects, "{}", String::from_utf8_lossy(answer));
    page
}

#[test]
fn a_page_says_its_elements_the_next_page_and_the_total() {
    let page = check(br#"{"data":[{"id":"x"}],"links":{"next":"https://a/2"},"pagination":{"totalElements":7}}"#, &[]);
    assert_eq!((page.data.len(), page.next.as_deref(), page.total), (1, Some("https://a/2"), Some(7)));
    let last = check(br#"{"data":[],"links":{"next":""},"pagination":{"totalElements":"7"}}"#, &[]);
    assert_eq!((last.next, last.total), (None, Some(7)));
}

#[test]
fn other_forms_of_a_list_are_understood() {
    for (answer, elements, defect) in [
        (r#"[{"id":"x"},null]"#, 2, Defect::BareArray),
        ("[]", 0, Defect::BareArray),
        (r#"{"id":"x","type":"https://schema.oparl.org/1.0/Body"}"#, 1, Defect::SingleObjectForList),
        (r#"{"data":{"id":"x"},"links":{}}"#, 1, Defect::SingleObjectForList),
        (r#"{"data":[{}]}"#, 1, Defect::MissingLinks),
        (r#"{"data":null,"links":{}}"#, 0, Defect::MissingData),
        (r#"{"links":{}}"#, 0, Defect::MissingData),
        ("null", 0, Defect::NullBody),
        ("\u{feff}{\"data\":[],\"links\":{}}", 0, Defect::ByteOrderMark),
        (r#"{"type":"https://schema.oparl.org/1.0/Error","code":802,"message":"leer"}"#, 0, Defect::EmptyListAsError),
        (r#"{"error":{"code":"802"}}"#, 0, Defect::EmptyListAsError),
    ] {
        assert_eq!(check(answer.as_bytes(), &[defect]).data.len(), elements);
    }
}

#[test]
fn an_error_is_an_error() {
    let answer = br#"{"type":"https://schema.oparl.org/1.1/Error","message":"nicht gefunden","debug":"x"}"#;
    let error = ErrorObject { message: Some("nicht gefunden".into()), code: None, debug: Some("x".into()) };
    assert_eq!(read_list(answer, Repair::Allow, &mut Findings::default()), Err(ReadError::Server(error.clone())));
    assert_eq!(serde_json::to_string(&error).unwrap().as_bytes(), answer);
    for other in ["7", "\"x\"", "{}", "{\"name\":1}"] {
        assert_eq!(read_list(other.as_bytes(), Repair::Allow, &mut Findings::default()), Err(ReadError::NotAList));
    }
    let body = json!({"id": "https://a/b", "message": "von einem Anbieter"});
    assert_eq!(ErrorObject::recognise(&body), None);
}

#[test]
fn control_characters_are_repaired_only_where_allowed() {
    let answer = b"{\"data\":[{\"name\":\"a\nb\\\tc\x01\",\n\"x\":\"\\\"\"}],\"links\":{}}";
    let page = check(answer, &[Defect::ControlCharacter]);
    assert_eq!(page.data[0]["name"], "a\nb\\\tc\u{1}");
    assert_eq!(page.data[0]["x"], "\"");
    assert_eq!(read_list(answer, Repair::Refuse, &mut Findings::default()), Err(ReadError::ControlCharacter));
}

#[test]
fn latin_1_is_read_only_where_allowed() {
    let answer = b"[{\"name\":\"H\xfcrtgenwald \xc3\xbc\"}]";
    let page = check(answer, &[Defect::NotUtf8, Defect::BareArray]);
    assert_eq!(page.data[0]["name"], "Hürtgenwald ü");
    assert_eq!(read_list(answer, Repair::Refuse, &mut Findings::default()), Err(ReadError::NotUtf8));
}

#[test]
fn an_answer_cut_off_is_known_as_such() {
    for (answer, cut) in [("{\"data\":[{\"id\":\"x", true), ("", true), ("{\"data\":]}", false), ("<html>", false)] {
        let error = parse(answer.as_bytes(), Repair::Allow, &mut Findings::default()).unwrap_err();
        assert!(matches!(error, ReadError::Syntax { cut_off, .. } if cut_off == cut), "{answer}: {error}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mut findings = Findings::default();
    assert!(parse(nested(NESTING_MAX).as_bytes(), Repair::Allow, &mut findings).is_ok());
    for depth in [NESTING_MAX + 1, 100_000] {
        assert_eq!(parse(nested(depth).as_bytes(), Repair::Allow, &mut findings), Err(ReadError::TooDeep));
    }
}

#[test]
fn what_we_serve_keeps_the_rules() {
    let encoding = Encoding::strict(time::berlin());
    let mut papers = [Paper::default(), Paper::default()];
    papers[0].common.id = "https://rat.example/paper/1".into();
    papers[1].common.id = "https://rat.example/paper/2".into();
    papers[1].common.deleted = true;
    let encoded: Vec<_> = papers.iter().map(|paper| paper.encode(&encoding)).collect();
    let query = ListQuery { page: Some(1), ..ListQuery::default() };
    let pagination = Pagination::numbered(3, 2, 1);
    let page = |links| serde_json::to_value(OutgoingPage { data: &encoded, pagination, links }).unwrap();
    let good = page(ListLinks::numbered("https://rat.example/papers", &query, 2));
    assert_eq!(check_page(&good, Kind::Paper, true), vec![]);
    let keys = |page: &serde_json::Value, kind, filtered| -> Vec<_> { check_page(page, kind, filtered).iter().map(|violation| violation.rule.key()).collect() };
    assert_eq!(keys(&good, Kind::Paper, false), ["deleted-unasked"]);
    assert_eq!(keys(&good, Kind::File, true), ["embedded-type", "embedded-type"]);
    assert_eq!(keys(&page(ListLinks::default()), Kind::Paper, true), ["next-page"]);
    assert_eq!(keys(&json!({}), Kind::Paper, true), ["page", "page", "page"]);
}

#[test]
fn each_rule_finds_its_breach() {
    let proper = json!({
        "id": "https://a/1", "type": Kind::Meeting.type_url(),
        "created": "2026-01-01T00:00:00+01:00", "modified": "2026-01-01T00:00:00+01:00",
    });
    for (property, value, key) in [
        ("id", json!("1"), "url"),
        ("type", json!("https://schema.oparl.org/1.0/Meeting"), "type"),
        ("created", json!(null), "required"),
        ("created", json!("2026-01-01T00:00:00Z"), "instant"),
        ("start", json!("2026-01-01"), "instant"),
        ("name", json!(""), "no-empty-text"),
        ("name", json!(null), "no-null"),
        ("name", json!(1), "value"),
        ("name", json!("A &amp; B"), "html-escaping"),
        ("organization", json!([]), "no-empty-array"),
        ("organization", json!("https://a/o"), "value"),
        ("organization", json!(["x"]), "url"),
        ("cancelled", json!("ja"), "value"),
        ("invitation", json!("https://a/f"), "value"),
        (
            "invitation",
            json!({"id": "https://a/f", "type": Kind::File.type_url(), "deleted": true,
            "created": "2026-01-01T00:00:00+01:00", "modified": "2026-01-01T00:00:00+01:00"}),
            "deleted-embedded",
        ),
        ("location", proper.clone(), "embedded-type"),
        ("body", json!("https://a/b"), "vendor-prefix"),
    ] {
        let mut broken = proper.clone();
        broken[property] = value;
        let found: Vec<_> = allmende_oparl::check(&broken).iter().map(|violation| violation.rule.key()).collect();
        assert_eq!(found, [key], "{broken}");
    }
    assert_eq!(allmende_oparl::check(&proper), vec![]);
    assert_eq!(allmende_oparl::check(&json!(1))[0].rule.key(), "object");
}

#[test]
fn internal_objects_can_be_left_out() {
    let mut meeting = Meeting::default();
    meeting.agenda_item.push(allmende_oparl::Embedded::new(allmende_oparl::AgendaItem::default()));
    let mut encoding = Encoding::strict(time::berlin());
    assert_eq!(meeting.to_json(&encoding)["agendaItem"][0]["order"], 1, "its place stands in");
    encoding.omit_internal = true;
    assert_eq!(meeting.to_json(&encoding).get("agendaItem"), None);
}
