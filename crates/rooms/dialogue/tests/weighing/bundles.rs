//! Bundles and points in the store, on both engines: taken up once, merged, taken apart, split, joined; four eyes; nothing overwritten.

use crate::town::{consultation, in_town, state};
use allmende_core::{Actor, Id, Person, Role, Roles, SignedIn};
use allmende_db::{Tx, sql};
use allmende_dialogue::store::processes;
use allmende_dialogue::weighing::rules::{Proposal, Stage};
use allmende_dialogue::weighing::store::{answers, bundles, lists};
use allmende_platform::AppError;
use allmende_xbeteiligung::Weighing as Code;
use anyhow::Result;

fn person(id: Id<Person>) -> Actor {
    Actor::Person(SignedIn { person: id, public_name: "Haus".to_owned(), roles: [Role::Clerk].into_iter().collect::<Roles>() })
}

fn proposal(code: Code) -> Proposal {
    Proposal { code, reason: "Weil es so im Gesetz steht.".to_owned(), calculation: None, department: None, answer_by: None }
}

fn all(tx: &mut Tx<'_>, process: i64) -> Result<Vec<lists::Listed>, AppError> {
    Ok(lists::list(tx, process, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 1_000)?)
}

fn keys(error: AppError) -> &'static str {
    match error {
        AppError::Refused(refusal) => refusal.key,
        _ => "another error",
    }
}

#[test]
fn points_are_taken_up_once_and_bundles_hold_each_point_once() {
    in_town(async |town| {
        let (clerk, admin) = (person(town.person(Role::Clerk)?), person(town.person(Role::Administrator)?));
        town.db()
            .write(town.site.id, move |tx| {
                let (process, part, version) = consultation(tx)?;
                for text in ["Mehr Bäume. Und längere Fristen.", "Mehr Bäume!", "Mehr Bäume, bitte.", "Weniger Papier."] {
                    state(tx, &process, part, version, text, None)?;
                }
                assert_eq!(bundles::take_up(tx, process.id)?, 4);
                assert_eq!(bundles::take_up(tx, process.id)?, 0);
                let rows = all(tx, process.id)?;
                assert_eq!(rows.iter().map(|row| (row.points, row.stage)).collect::<Vec<_>>(), vec![(1, Stage::Open); 4]);

                // Bundled, and what two people see of it.
                let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
                let one = bundles::merge(tx, process.id, &ids[..3], "Mehr Bäume", &clerk)?;
                assert_eq!(one, ids[0]);
                assert_eq!(bundles::merge(tx, process.id, &[one, one], "", &clerk).map_err(keys), Err("admin-weighing-few"));
                answers::propose(tx, process.id, one, &proposal(Code::Followed), &clerk)?;
                assert_eq!(answers::approve(tx, process.id, one, &clerk).map_err(keys), Err("admin-weighing-own-proposal"));
                assert_eq!(answers::approve_many(tx, process.id, &ids, &clerk)?, answers::Approved { approved: 0, own: 1 });
                answers::approve(tx, process.id, one, &admin)?;

                // Whatever changes after the approval is looked at again.
                let first = lists::list_points(tx, one, 10)?[0].id;
                let split = bundles::split(tx, process.id, first, &[1], &clerk)?;
                let points: Vec<String> = lists::list_points(tx, split, 10)?.into_iter().map(|point| point.text).collect();
                assert_eq!(points, ["Und längere Fristen."]);
                let rows = all(tx, process.id)?;
                assert_eq!(rows.iter().map(|row| (row.points, row.stage)).collect::<Vec<_>>(), [(3, Stage::Proposed), (1, Stage::Open), (1, Stage::Open)]);

                // The first point goes: the bundle keeps the others and its answer.
                bundles::take_out(tx, process.id, one, &[first], &clerk)?;
                let rest: Vec<i64> = lists::list_points(tx, one, 10)?.into_iter().map(|point| point.number).collect();
                assert_eq!(rest, [2, 3]);
                let both: Vec<i64> = lists::list_points(tx, one, 10)?.into_iter().map(|point| point.id).collect();
                assert_eq!(bundles::take_out(tx, process.id, one, &both, &clerk).map_err(keys), Err("admin-weighing-all"));
                assert_eq!(bundles::take_out(tx, process.id, one, &[first], &clerk).map_err(keys), Err("admin-weighing-pick"));

                // Put together again it says what came in.
                bundles::join(tx, process.id, first, &clerk)?;
                assert_eq!(bundles::join(tx, process.id, first, &clerk).map_err(keys), Err("admin-weighing-whole"));
                let texts: Vec<String> = all(tx, process.id)?.into_iter().map(|row| row.text).collect();
                assert!(texts.contains(&"Mehr Bäume. Und längere Fristen.".to_owned()), "{texts:?}");
                assert_eq!(all(tx, process.id)?.iter().map(|row| row.points).sum::<i64>(), 4);

                let site = tx.site()?;
                let acts: Vec<String> =
                    tx.list(sql!("SELECT act FROM weighing_record WHERE site_id = $1 AND weighing_id = $2 ORDER BY id"), &[&site, &one], |row| row.get(0))?;
                assert_eq!(acts, ["bundled", "proposed", "approved", "split", "taken-out"]);
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(())
    });
}

#[test]
fn a_statement_is_answered_when_each_of_its_points_is_and_no_longer_when_one_is_taken_back() {
    in_town(async |town| {
        let (clerk, admin) = (person(town.person(Role::Clerk)?), person(town.person(Role::Administrator)?));
        town.db()
            .write(town.site.id, move |tx| {
                let (process, part, version) = consultation(tx)?;
                state(tx, &process, part, version, "Mehr Bäume. Und längere Fristen.", None)?;
                bundles::take_up(tx, process.id)?;
                let one = all(tx, process.id)?[0].id;
                let point = lists::list_points(tx, one, 1)?[0].id;
                let two = bundles::split(tx, process.id, point, &[1], &clerk)?;
                answers::propose(tx, process.id, one, &proposal(Code::Followed), &clerk)?;
                answers::approve(tx, process.id, one, &admin)?;
                assert_eq!(answers::publish(tx, &process, &clerk)?, answers::Published { bundles: 1, statements: 0 });
                assert_eq!(answers::propose(tx, process.id, one, &proposal(Code::Noted), &clerk).map_err(keys), Err("admin-weighing-is-public"));
                assert_eq!(bundles::join(tx, process.id, point, &clerk).map_err(keys), Err("admin-weighing-is-public"));
                answers::propose(tx, process.id, two, &proposal(Code::NotFollowed), &admin)?;
                answers::approve(tx, process.id, two, &clerk)?;
                assert_eq!(answers::publish(tx, &process, &clerk)?, answers::Published { bundles: 1, statements: 1 });
                assert_eq!(answers::publish(tx, &process, &clerk)?, answers::Published::default());
                assert_eq!(processes::find(tx, process.id)?.map(|process| process.answered), Some(1));
                answers::reopen(tx, &process, two, "Das war falsch gerechnet.", &clerk)?;
                assert_eq!(processes::find(tx, process.id)?.map(|process| process.answered), Some(0));
                assert_eq!(answers::reopen(tx, &process, two, "Noch einmal.", &clerk).map_err(keys), Err("admin-weighing-not-public"));
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(())
    });
}
