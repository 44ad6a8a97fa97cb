//! The rules of undertakings by table: both sides of every limit.

use super::*;
use allmende_core::{Id, Role, Roles, SignedIn};

fn person(role: Role) -> Actor {
    Actor::Person(SignedIn { person: Id::new(1), public_name: "Ida".to_owned(), roles: Roles::default().with(Role::Resident).with(role) })
}

#[test]
fn keys_and_states_belong_together_and_the_way_ends() {
    for state in State::ALL {
        assert_eq!(State::of(state.key()), Some(state));
        assert!(state.event().ends_with(state.key()));
    }
    assert_eq!(State::of("late"), None);
    assert_eq!(State::Decided.ahead(), [State::CarriedOut, State::Finished]);
    assert!(State::Finished.ahead().is_empty() && State::GivenUp.ahead().is_empty());
}

#[test]
fn a_state_changes_with_a_reason_where_it_is_given_up() {
    fn check(before: State, after: State, reason: &str, expected: Option<&str>) {
        assert_eq!(check_state(before, after, reason).err().map(|refusal| refusal.key), expected, "{before:?} {after:?} {}", reason.len());
    }
    check(State::Planned, State::Prepared, "", None);
    check(State::Planned, State::Planned, "", Some("admin-undertaking-state-same"));
    check(State::Prepared, State::GivenUp, "zu teuer.", Some("admin-undertaking-reason-missing"));
    check(State::Prepared, State::GivenUp, "zu teuer !", None);
    check(State::Prepared, State::Decided, &"x".repeat(2_000), None);
    check(State::Prepared, State::Decided, &"x".repeat(2_001), Some("admin-undertaking-reason-long"));
}

#[test]
fn a_department_reports_on_its_own_and_a_clerk_writes_all() {
    fn check(role: Role, manages: bool, own: bool, others: bool) {
        let actor = person(role);
        assert_eq!((may_manage(&actor), may_change(&actor, true), may_change(&actor, false)), (manages, own, others), "{role:?}");
    }
    check(Role::Resident, false, false, false);
    check(Role::Editor, false, false, false);
    check(Role::Department, false, true, false);
    check(Role::Clerk, true, true, true);
    check(Role::Administrator, true, true, true);
    assert!(!may_change(&Actor::Stranger, true));
}

#[test]
fn residents_ask_where_nobody_asked_them() {
    fn check(visibility: Visibility, state: State, takes_part: bool, expected: Option<&str>) {
        let asking = Asking { visibility, state, takes_part };
        assert_eq!(may_ask(asking).err().map(|refusal| refusal.key), expected, "{asking:?}");
    }
    check(Visibility::Public, State::Planned, false, None);
    check(Visibility::Public, State::CarriedOut, false, None);
    check(Visibility::Public, State::Planned, true, Some("undertaking-ask-open"));
    check(Visibility::Public, State::Finished, false, Some("undertaking-ask-ended"));
    check(Visibility::Public, State::GivenUp, false, Some("undertaking-ask-ended"));
    check(Visibility::Draft, State::Planned, false, Some("undertaking-ask-hidden"));
    check(Visibility::Withdrawn, State::Planned, false, Some("undertaking-ask-hidden"));
}

#[test]
fn a_request_has_a_name_and_a_reason_that_joining_does_not_need() {
    fn check(name: usize, reason: usize, joins: bool, expected: &[&str]) {
        let found = Request::read(&"n".repeat(name), &"r".repeat(reason), joins).err().unwrap_or_default();
        assert_eq!(found.iter().map(|refusal| refusal.key).collect::<Vec<_>>(), expected, "{name} {reason} {joins}");
    }
    check(2, 10, false, &[]);
    check(80, 2_000, false, &[]);
    check(1, 9, false, &["undertaking-ask-name", "undertaking-ask-reason"]);
    check(81, 2_001, false, &["undertaking-ask-name", "undertaking-ask-reason"]);
    check(2, 0, true, &[]);
    check(2, 0, false, &["undertaking-ask-reason"]);
    check(2, 1, true, &["undertaking-ask-reason"]);
}

#[test]
fn an_answer_is_due_after_six_weeks_and_late_the_day_after() {
    let by = answer_by(Date::constant(2026, 6, 8));
    assert_eq!(by, Date::constant(2026, 7, 20));
    assert!(!is_overdue(by, by));
    assert!(is_overdue(by, Date::constant(2026, 7, 21)));
}

#[test]
fn an_answer_says_yes_or_no_and_gives_its_reason() {
    fn check(answer: &str, chars: usize, expected: &[&str]) {
        let found = Answer::read(answer, &"x".repeat(chars)).err().unwrap_or_default();
        assert_eq!(found.iter().map(|refusal| refusal.key).collect::<Vec<_>>(), expected, "{answer} {chars}");
    }
    check("yes", 10, &[]);
    check("no", 2_000, &[]);
    check("perhaps", 9, &["admin-undertaking-answer-missing", "admin-undertaking-answer-text"]);
    check("no", 2_001, &["admin-undertaking-answer-text"]);
}
