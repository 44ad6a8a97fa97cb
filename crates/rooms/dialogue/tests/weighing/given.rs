//! What an account gave, in one list with what became of it, on both engines.

use crate::town::{TEXT, consultation, give, in_town, state};
use allmende_core::{Actor, Id, Person, Role, Roles, SignedIn};
use allmende_db::Tx;
use allmende_dialogue::formats::discussion::store::{self as comments, On};
use allmende_dialogue::formats::ideas::rules::{Settings, State as Stands};
use allmende_dialogue::formats::ideas::store::{self as ideas, desk};
use allmende_dialogue::rules::State;
use allmende_dialogue::store::given::{self, Contribution};
use allmende_dialogue::store::participants::{self, Participant};
use allmende_dialogue::store::phases::{self, Part};
use allmende_dialogue::store::processes::Process;
use allmende_dialogue::store::statements;
use allmende_dialogue::weighing::rules::Proposal;
use allmende_dialogue::weighing::store::{answers, bundles, causes, lists};
use allmende_platform::AppError;
use allmende_platform::sessions::Token;
use allmende_testing::town::TestTown;
use allmende_xbeteiligung::Weighing as Code;
use anyhow::Result;

fn actor(town: &TestTown, role: Role) -> Result<Actor> {
    let roles: Roles = [role].into_iter().collect();
    Ok(Actor::Person(SignedIn { person: town.person(role)?, public_name: "Haus".to_owned(), roles }))
}

/// An idea of the participant in a collection of this process; returns its row.
fn propose(tx: &mut Tx<'_>, process: &Process, part: i64, title: &str, by: Id<Participant>) -> Result<i64, AppError> {
    let new = ideas::New {
        part,
        participant: Some(by),
        author_name: "Amsel 7".to_owned(),
        title: title.to_owned(),
        text: "Am Marktplatz kann man sich nirgends in den Schatten setzen.".to_owned(),
        category: None,
        place: None,
        point: None,
        state: Stands::Public,
        submitted_at: tx.now()?,
        answer_by: None,
        once: Token::random()?.text(),
    };
    Ok(ideas::insert(tx, process, &Settings::default(), &new, &Actor::Stranger)?.id)
}

fn comment(tx: &mut Tx<'_>, process: &Process, on: On, text: &str, by: Id<Participant>) -> Result<i64, AppError> {
    let new = comments::New {
        on,
        parent: None,
        participant: Some(by),
        author_name: "Amsel 7".to_owned(),
        stance: None,
        text: text.to_owned(),
        state: State::Public,
        submitted_at: tx.now()?,
        once: Token::random()?.text(),
    };
    comments::insert(tx, process, &new)
}

fn all(tx: &mut Tx<'_>, person: Id<Person>, limit: i64) -> Result<Vec<Contribution>, AppError> {
    let before = tx.now()?.plus_seconds(1);
    Ok(given::list(tx, person, before, limit)?)
}

#[test]
fn an_account_sees_all_it_gave_with_what_became_of_each() {
    in_town(async |town| {
        let (clerk, second, own) = (actor(&town, Role::Clerk)?, actor(&town, Role::Administrator)?, town.person(Role::Resident)?);
        let other = town.person(Role::Member)?;
        town.db()
            .write(town.site.id, move |tx| {
                let (process, part, version) = consultation(tx)?;
                let author = participants::of_account(tx, process.id, own, "Amsel 7")?.id;
                let neighbour = participants::of_account(tx, process.id, other, "Buche 2")?.id;
                let answered = state(tx, &process, part, version, "Mehr Bäume!", Some(author))?;
                let hidden = state(tx, &process, part, version, "Etwas Unschönes.", Some(author))?;
                state(tx, &process, part, version, "Von jemand anderem.", Some(neighbour))?;
                let row = statements::find(tx, hidden)?.ok_or(AppError::NotFound)?;
                statements::set_state(tx, &process, &row, State::Hidden, Some("Es nennt einen Namen."), &clerk)?;

                // Answered, and a sentence of the next version differs because of it.
                bundles::take_up(tx, process.id)?;
                let bundle = lists::list(tx, process.id, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 1)?[0].id;
                let proposal =
                    Proposal { code: Code::Followed, reason: "So wird es gemacht.".to_owned(), calculation: None, department: None, answer_by: None };
                answers::propose(tx, process.id, bundle, &proposal, &clerk)?;
                answers::approve(tx, process.id, bundle, &second)?;
                answers::publish(tx, &process, &clerk)?;
                let next = give(tx, &process, part, &TEXT.replace("80", "60"))?;
                causes::set(tx, next, part, 1, 1, &[bundle], "")?;

                let settings =
                    Part { id: 0, position: 2, format: "ideas".to_owned(), title: "Ideen".to_owned(), intro: String::new(), settings: "{}".to_owned() };
                let collection = phases::insert_part(tx, process.id, &settings)?;
                let from = propose(tx, &process, collection, "Mehr Bänke am Marktplatz", author)?;
                let into = propose(tx, &process, collection, "Sitzbänke für den Marktplatz", neighbour)?;
                let (from, into) = (ideas::find_row(tx, from)?.ok_or(AppError::NotFound)?, ideas::find_row(tx, into)?.ok_or(AppError::NotFound)?);
                desk::merge(tx, &process, &from, &into, "Beide wollen dasselbe.", &clerk)?;
                let said = comment(tx, &process, On::Idea(into.id), "Mit Lehne, bitte.", author)?;

                let found = all(tx, own, 50)?;
                let kinds: Vec<(&str, i64)> = found.iter().map(|one| (one.kind.as_str(), one.number)).collect();
                assert_eq!(kinds, [("comment", said), ("idea", from.number), ("statement", 2), ("statement", 1)], "of one moment: by kind, the latest first");
                let of = |kind: &str, number: i64| found.iter().find(|one| one.kind == kind && one.number == number).expect("it is listed");
                let first = of("statement", 1);
                let answer = first.answer.as_ref().expect("it is answered");
                assert_eq!((answer.word.as_deref(), answer.text.as_str(), first.changed_version), (Some("1000"), "So wird es gemacht.", Some(2)));
                assert_eq!(of("statement", 2).reason.as_deref(), Some("Es nennt einen Namen."));
                assert!(of("statement", 2).answer.is_none() && of("statement", 2).changed_version.is_none());
                assert_eq!(of("idea", from.number).merged_into, Some((into.number, "Sitzbänke für den Marktplatz".to_owned())));
                assert_eq!(of("comment", said).text, "Mit Lehne, bitte.");
                assert_eq!(all(tx, own, 2)?.len(), 2);
                assert!(given::list(tx, own, first.submitted_at, 50)?.is_empty(), "before this moment nothing was given");
                assert_eq!(statements::find(tx, answered)?.map(|row| row.is_answered), Some(true));
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(())
    });
}
