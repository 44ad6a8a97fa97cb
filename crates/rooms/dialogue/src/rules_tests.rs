//! The rules of taking part as tables: both sides of each limit.

use super::*;

fn at(seconds: i64) -> Instant {
    Instant::from_millis(0).plus_seconds(seconds)
}

fn period(from: i64, until: i64, acts: &str) -> Period {
    Period { starts_at: at(from), ends_at: at(until), acts: Acts::parse(acts) }
}

fn key(result: Result<(), Refusal>) -> &'static str {
    result.map_or_else(|refusal| refusal.key, |()| "")
}

#[test]
fn an_act_is_allowed_from_the_first_moment_of_a_phase_to_the_last() {
    let periods = [period(10, 20, "state support"), period(30, 40, "state"), period(5, 50, "answer")];
    let check =
        |act, seconds, expected| assert_eq!(key(may_take_part(act, &periods, &Audience::open(), &Proof::default(), at(seconds))), expected, "{seconds}");
    check(Act::State, 9, "dialogue-not-yet");
    check(Act::State, 10, "");
    check(Act::State, 19, "");
    check(Act::State, 20, "dialogue-pause");
    check(Act::State, 30, "");
    check(Act::State, 40, "dialogue-over");
    check(Act::Support, 30, "dialogue-over");
    check(Act::Propose, 15, "dialogue-not-offered");
    let staff = Audience::staff();
    assert_eq!(key(may_take_part(Act::State, &periods, &staff, &Proof::default(), at(9))), "dialogue-not-yet");
    assert_eq!(key(may_take_part(Act::State, &periods, &staff, &Proof::default(), at(10))), "dialogue-needs-staff");
}

#[test]
fn several_phases_at_once_each_allow_their_own() {
    let periods = [period(0, 10, "propose"), period(5, 15, "comment")];
    let may = |act, seconds| may_take_part(act, &periods, &Audience::open(), &Proof::default(), at(seconds)).is_ok();
    assert!(may(Act::Propose, 7) && may(Act::Comment, 7));
    assert!(!may(Act::Propose, 12) && may(Act::Comment, 12));
}

#[test]
fn places_are_marked_in_a_phase_that_allows_it_together_with_the_act() {
    let periods = [period(0, 10, "state annotate"), period(20, 30, "state"), period(25, 40, "annotate")];
    let may = |act, seconds| may_mark_places(act, &periods, at(seconds));
    assert!(may(Act::State, 0) && may(Act::State, 9) && !may(Act::State, 10));
    assert!(!may(Act::State, 27), "one phase must allow both");
    assert!(!may(Act::Propose, 5));
    let acts = Acts::parse("state annotate");
    assert_eq!((acts.without(Act::Annotate).text(), acts.without(Act::Support).text()), ("state".to_owned(), "state annotate".to_owned()));
}

#[test]
fn a_contribution_is_public_at_once_only_if_nothing_is_left_to_confirm_or_to_look_at() {
    assert_eq!(State::first(true, true), State::Unconfirmed);
    assert_eq!(State::first(true, false), State::Unconfirmed);
    assert_eq!(State::first(false, true), State::Waiting);
    assert_eq!(State::first(false, false), State::Public);
    assert!(State::Waiting.may_become(State::Public) && State::Hidden.may_become(State::Public));
    assert!(!State::Unconfirmed.may_become(State::Public) && !State::Withdrawn.may_become(State::Public));
    assert!(State::ALL.into_iter().all(|state| State::of(state.key()) == Some(state)));
}

#[test]
fn a_statement_is_taken_back_while_statements_are_taken_and_before_any_answer() {
    let periods = [period(10, 20, "state support"), period(20, 30, "support comment"), period(30, 40, "state")];
    let check = |is_answered, seconds, expected| assert_eq!(key(may_withdraw(is_answered, &periods, at(seconds))), expected, "{is_answered} {seconds}");
    check(false, 9, "dialogue-withdraw-late");
    check(false, 10, "");
    check(false, 19, "");
    check(false, 20, "dialogue-withdraw-late");
    check(false, 30, "");
    check(false, 40, "dialogue-withdraw-late");
    check(true, 15, "dialogue-withdraw-answered");
    check(true, 45, "dialogue-withdraw-answered");
    let own = State::ALL.into_iter().filter(|state| state.may_be_withdrawn()).collect::<Vec<_>>();
    assert_eq!(own, [State::Unconfirmed, State::Waiting, State::Public]);
}

#[test]
fn a_deadline_moves_only_to_later_and_with_a_reason() {
    assert_eq!(key(may_extend(at(10), at(11), "Wegen der Ferien.")), "");
    assert_eq!(key(may_extend(at(10), at(10), "Wegen der Ferien.")), "admin-dialogue-extend-later");
    assert_eq!(key(may_extend(at(10), at(11), "Ferien")), "admin-dialogue-reason");
    assert_eq!(key(check_reason(&"x".repeat(1_000))), "");
    assert_eq!(key(check_reason(&"x".repeat(1_001))), "admin-dialogue-reason");
}

#[test]
fn an_answer_is_promised_only_where_the_process_promises_one() {
    let day = Date::constant(2026, 6, 4);
    assert_eq!(answer_by(day, Some(29)), Some(Date::constant(2026, 7, 3)));
    assert_eq!(answer_by(day, None), None);
    assert_eq!(answer_by(day, Some(0)), None);
    assert_eq!(answer_by(day, Some(ANSWER_DAYS_MAX)), Some(Date::constant(2027, 6, 4)));
    assert_eq!(answer_by(day, Some(ANSWER_DAYS_MAX + 1)), None);
}

#[test]
fn a_process_runs_from_its_first_moment_to_its_last() {
    let check = |seconds, expected| assert_eq!(standing(Some(at(10)), Some(at(20)), at(seconds)), expected);
    check(9, Standing::Soon);
    check(10, Standing::Running);
    check(19, Standing::Running);
    check(20, Standing::Ended);
    assert_eq!(standing(None, None, at(0)), Standing::Ended);
}

#[test]
fn acts_are_words_and_an_answer_of_the_house_is_nothing_for_residents() {
    let acts = Acts::parse("state  support unknown");
    assert_eq!(acts.text(), "support state");
    assert!(acts.are_for_residents() && !Acts::parse("answer").are_for_residents());
    assert_eq!(receipt(7, 65), "7-0065");
}
