//! The rules, both sides of each limit.

use super::*;

fn keys<T: std::fmt::Debug>(result: Result<T, Vec<Refusal>>) -> Vec<&'static str> {
    result.err().unwrap_or_default().into_iter().map(|refusal| refusal.key).collect()
}

#[test]
fn a_report_is_two_clicks_and_something_else_needs_words() {
    let check = |category: &str, words: &str, email: &str, expected: &[&str]| assert_eq!(keys(report(category, words, email)), expected, "{category} {words}");
    check("respect", "", "", &[]);
    check("respect", "", "ida@example.org", &[]);
    check("", "", "", &["report-refusal-category"]);
    check("law", "", "", &["report-refusal-category"]);
    check("other", &"x".repeat(9), "", &["report-refusal-words"]);
    check("other", &"x".repeat(10), "", &[]);
    check("respect", &"ä".repeat(3_000), "", &[]);
    check("respect", &"ä".repeat(3_001), "", &["report-refusal-words"]);
    check("respect", "", "ida", &["mail-address"]);
}

#[test]
fn a_notice_names_its_sender_but_for_abuse_of_minors() {
    let why = "Das ist eine Drohung gegen mich.";
    let check = |category: &str, words: &str, name: &str, email: &str, faith: bool, expected: &[&str]| {
        assert_eq!(keys(notice(category, words, name, email, faith)), expected, "{category} {words}");
    };
    check("threat", why, "Ida Muster", "ida@example.org", true, &[]);
    check("threat", why, "", "", true, &["illegal-refusal-name", "mail-address"]);
    check("minors", why, "", "", true, &[]);
    check("minors", why, "", "x", true, &["mail-address"]);
    check("threat", why, "Ida Muster", "ida@example.org", false, &["illegal-refusal-faith"]);
    check("threat", &"x".repeat(19), "Ida Muster", "ida@example.org", true, &["illegal-refusal-words"]);
    check("threat", &"x".repeat(20), "Ida Muster", "ida@example.org", true, &[]);
    check("respect", why, "Ida Muster", "ida@example.org", true, &["illegal-refusal-category"]);
}

#[test]
fn a_place_is_an_address_of_this_site() {
    let check = |address: &str, expected: Option<&str>| assert_eq!(place(address, "https://musterau.example").ok().as_deref(), expected, "{address}");
    check("/rat/vorlagen/1", Some("/rat/vorlagen/1"));
    check("https://musterau.example/beteiligung/3#beitrag-4", Some("/beteiligung/3#beitrag-4"));
    check("https://musterau.example", Some("/"));
    check("https://other.example/x", None);
    check("https://musterau.example.evil.example/", None);
    check("//evil.example", None);
    check("/\\evil.example", None);
    check("javascript:alert(1)", None);
    check("", None);
    assert!(place(&format!("/{}", "x".repeat(299)), "https://musterau.example").is_ok());
    assert!(place(&format!("/{}", "x".repeat(300)), "https://musterau.example").is_err());
}

#[test]
fn a_decision_fits_where_the_contribution_stands_and_has_its_reason() {
    let why = "Der Satz beleidigt eine Nachbarin.";
    let check = |action: &str, rule: &str, words: &str, standing: Option<Standing>, expected: &[&str]| {
        assert_eq!(keys(verdict(action, rule, words, standing)), expected, "{action} {standing:?}");
    };
    let (public, waiting, hidden) = (Some(Standing::Public), Some(Standing::Waiting), Some(Standing::Hidden));
    check("hidden", "respect", why, public, &[]);
    check("hidden", "law", why, public, &[]);
    check("hidden", "", why, public, &["admin-moderation-refusal-rule"]);
    check("hidden", "unknown", "kurz", public, &["admin-moderation-refusal-rule", "admin-moderation-refusal-words"]);
    check("hidden", "respect", why, hidden, &["admin-moderation-refusal-action"]);
    check("hidden", "respect", why, None, &["admin-moderation-refusal-action"]);
    check("restored", "", why, hidden, &[]);
    check("restored", "", why, public, &["admin-moderation-refusal-action"]);
    check("released", "", "", waiting, &[]);
    check("released", "", "", public, &["admin-moderation-refusal-action"]);
    check("kept", "", &"x".repeat(9), public, &["admin-moderation-refusal-words"]);
    check("kept", "", &"x".repeat(10), public, &[]);
    check("passed", "", why, None, &[]);
    check("upheld", "", why, public, &["admin-moderation-refusal-action"]);
    check("", "", why, public, &["admin-moderation-refusal-action"]);
    assert_eq!(verdict("kept", "respect", why, public).map(|verdict| verdict.rule), Ok(None), "only a restriction rests on a rule");
}

#[test]
fn one_may_object_for_six_months_and_another_person_decides() {
    let decided = Instant::from_millis(1_780_902_000_000);
    let after = |seconds: i64| check_appeal(decided, decided.plus_seconds(seconds)).is_ok();
    assert!(after(0) && after(184 * 86_400));
    assert!(!after(184 * 86_400 + 1));
    let (one, other) = (Some(Id::new(1)), Some(Id::new(2)));
    assert!(check_second(other, one).is_ok() && check_second(other, None).is_ok());
    assert!(check_second(one, one).is_err());
}

#[test]
fn an_objection_turns_a_decision_round() {
    assert_eq!(reversed(Action::Hide), Some(Action::Restore));
    assert_eq!(reversed(Action::Keep), Some(Action::Hide));
    assert_eq!(reversed(Action::Uphold), None);
}

#[test]
fn a_page_has_one_number() {
    assert_eq!(page_number("/rat/vorlagen/1"), page_number("/rat/vorlagen/1"));
    assert_ne!(page_number("/rat/vorlagen/1"), page_number("/rat/vorlagen/2"));
    assert!((0..1 << 53).contains(&page_number("/")));
}
