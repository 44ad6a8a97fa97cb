//! What its author took back needs no answer: it leaves counts and bundles, on both engines, and the others of its bundle keep theirs.

use crate::town::{consultation, guest, in_town, state};
use allmende_core::{Actor, Language, Role, Roles, SignedIn};
use allmende_db::Tx;
use allmende_dialogue::pages::own::take_back;
use allmende_dialogue::rules::{Acts, Period, State};
use allmende_dialogue::store::phases::{self, NewPhase};
use allmende_dialogue::store::processes::{self, Process};
use allmende_dialogue::store::statements;
use allmende_dialogue::weighing::rules::{Proposal, Stage};
use allmende_dialogue::weighing::store::{answers, bundles, lists};
use allmende_platform::AppError;
use allmende_platform::moderated::{Change, Standing};
use allmende_platform::search::Source;
use allmende_platform::thread;
use allmende_testing::town::TestTown;
use allmende_xbeteiligung::Weighing as Code;
use anyhow::Result;

/// Lets statements be made from an hour ago for two hours.
fn open(tx: &mut Tx<'_>, process: &Process) -> Result<(), AppError> {
    let now = tx.now()?;
    let period = Period { starts_at: now.plus_seconds(-3_600), ends_at: now.plus_seconds(3_600), acts: Acts::parse("state") };
    Ok(phases::replace(tx, process.id, &[NewPhase { part: None, title: "Jetzt".to_owned(), note: String::new(), period }])?)
}

fn withdraw(tx: &mut Tx<'_>, process: &Process, statement: i64) -> Result<bool, AppError> {
    let row = statements::find(tx, statement)?.ok_or(AppError::NotFound)?;
    take_back(tx, process, &row)
}

fn rows(tx: &mut Tx<'_>, process: i64) -> Result<Vec<(i64, String, Stage)>, AppError> {
    let rows = lists::list(tx, process, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 100)?;
    Ok(rows.into_iter().map(|row| (row.points, row.text, row.stage)).collect())
}

fn house(town: &TestTown, role: Role) -> Result<Actor> {
    let roles: Roles = [role].into_iter().collect();
    Ok(Actor::Person(SignedIn { person: town.person(role)?, public_name: "Haus".to_owned(), roles }))
}

fn followed() -> Proposal {
    Proposal { code: Code::Followed, reason: "So wird es gemacht.".to_owned(), calculation: None, department: None, answer_by: None }
}

#[test]
fn a_statement_that_was_taken_back_leaves_its_bundle_to_the_others() {
    in_town(async |town| {
        let (clerk, second) = (house(&town, Role::Clerk)?, house(&town, Role::Administrator)?);
        town.db()
            .write(town.site.id, move |tx| {
                let (process, part, version) = consultation(tx)?;
                open(tx, &process)?;
                let author = guest(tx, process.id, "amsel@gast.example", Language::German)?;
                let mut made = Vec::new();
                for text in ["Mehr Bäume!", "Mehr Bäume, bitte.", "Weniger Papier."] {
                    made.push(state(tx, &process, part, version, text, Some(author))?);
                }
                bundles::take_up(tx, process.id)?;
                let ids: Vec<i64> =
                    lists::list(tx, process.id, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 9)?.into_iter().map(|row| row.id).collect();
                let both = bundles::merge(tx, process.id, &ids[..2], "", &clerk)?;
                answers::propose(tx, process.id, both, &followed(), &clerk)?;
                answers::approve(tx, process.id, both, &second)?;

                // The first one of the bundle and the one that is alone go.
                assert!(withdraw(tx, &process, made[0])? && withdraw(tx, &process, made[2])?);
                assert!(!withdraw(tx, &process, made[0])?, "twice is once");
                assert_eq!(rows(tx, process.id)?, [(1, "Mehr Bäume, bitte.".to_owned(), Stage::Approved)]);
                let points: Vec<(i64, State)> = lists::list_points(tx, both, 9)?.into_iter().map(|point| (point.number, point.standing)).collect();
                assert_eq!(points, [(1, State::Withdrawn), (2, State::Public)], "the desk sees that it was taken back");
                let gone = lists::list_points(tx, both, 9)?[0].id;
                assert!(bundles::find_point(tx, process.id, gone)?.is_none(), "nothing is done with it any more");
                assert_eq!(bundles::take_up(tx, process.id)?, 0);
                assert_eq!(processes::find(tx, process.id)?.map(|process| process.statements), Some(1));

                // The answer goes out to the one that is left, and to nobody else.
                assert_eq!(answers::publish(tx, &process, &clerk)?, answers::Published { bundles: 1, statements: 1 });
                assert_eq!(processes::find(tx, process.id)?.map(|process| (process.statements, process.answered)), Some((1, 1)));
                assert!(matches!(withdraw(tx, &process, made[1]), Err(AppError::Refused(refusal)) if refusal.key == "dialogue-withdraw-answered"));
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(())
    });
}

#[test]
fn nobody_finds_or_shows_again_what_was_taken_back() {
    in_town(async |town| {
        let clerk = house(&town, Role::Clerk)?;
        town.db()
            .write(town.site.id, move |tx| {
                let (process, part, version) = consultation(tx)?;
                open(tx, &process)?;
                let author = guest(tx, process.id, "amsel@gast.example", Language::German)?;
                let made = state(tx, &process, part, version, "Mehr Bäume!", Some(author))?;
                let sources = allmende_dialogue::sources();
                let found = |tx: &mut Tx<'_>| -> Result<usize, AppError> {
                    let source: &Source = sources.iter().find(|source| source.kind == "statement").ok_or(AppError::NotFound)?;
                    Ok((source.load)(tx, &[made])?.len() + (source.list_after)(tx, 0, 9)?.len())
                };
                let is_tied = |tx: &mut Tx<'_>| -> Result<bool, AppError> {
                    Ok(thread::neighbours(tx, "process", process.id)?.iter().any(|other| other.kind == "statement"))
                };
                assert_eq!((found(tx)?, is_tied(tx)?), (2, true));
                assert!(withdraw(tx, &process, made)?);
                assert_eq!((found(tx)?, is_tied(tx)?), (0, false), "neither the search nor the thread is given it");
                let offered = allmende_dialogue::OFFERED.iter().find(|offered| offered.kind == "statement").ok_or(AppError::NotFound)?;
                let change = Change { object_id: made, to: Standing::Public, actor: &clerk, reason: "" };
                assert!(!(offered.set_standing)(tx, &change)?, "the house does not bring it back");

                // The last moment at which statements are taken, and the first after it.
                let late = state(tx, &process, part, version, "Zu spät bemerkt.", Some(author))?;
                let now = tx.now()?;
                let period = Period { starts_at: now.plus_seconds(-3_600), ends_at: now, acts: Acts::parse("state") };
                phases::replace(tx, process.id, &[NewPhase { part: None, title: "Vorbei".to_owned(), note: String::new(), period }])?;
                assert!(matches!(withdraw(tx, &process, late), Err(AppError::Refused(refusal)) if refusal.key == "dialogue-withdraw-late"));
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(())
    });
}
