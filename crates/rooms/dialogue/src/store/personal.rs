//! What belongs to one person: what they gave, and what goes when their account goes.
//!
//! A statement is part of a public matter and was weighed: it stays, without its author. Support stays counted, without who gave it.

use super::statement_path;
use crate::rules::State;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::dates::Dates;
use allmende_platform::own_rows;
use allmende_platform::personal::{Answer, Fate, Given, Personal, Rows, Window};
use jiff::tz::TimeZone;

/// What this room keeps for people with an account.
pub const PERSONAL: Personal = Personal {
    given: Some(list),
    fates: |_, _| Ok(vec![Fate::stays("dialogue-own-gone"), Fate::goes("idea-picture-own-gone")]),
    export,
    erase,
    ..Personal::NOTHING
};

/// The statements of an account on this site, the latest first, each with its newest answer. One statement.
fn list(tx: &mut Tx<'_>, window: &Window) -> Result<Vec<Given>, DbError> {
    let (site, now, t) = (tx.site()?, tx.now()?, window.t);
    let dates = Dates::new(t, TimeZone::UTC, now);
    tx.list(
        sql!(
            "SELECT p.id, p.title, s.number, s.text, s.state, s.submitted_at, s.answer_by, w.reason, w.published_at FROM participant a \
             JOIN statement s ON s.participant_id = a.id JOIN process p ON p.id = s.process_id \
             LEFT JOIN weighing w ON w.id = (SELECT MAX(x.id) FROM statement_point q JOIN weighing x ON x.id = q.bundle_id AND x.state = 'published' \
             WHERE q.statement_id = s.id) WHERE a.site_id = $1 AND a.person_id = $2 AND s.submitted_at < $3 ORDER BY s.submitted_at DESC, s.id DESC LIMIT $4"
        ),
        &[&site, &window.person, &window.before, &window.rows],
        |row| {
            let (process, number): (i64, i64) = (row.get(0)?, row.get(2)?);
            let state = State::of(&row.get::<String>(4)?).ok_or(DbError::Type { position: 4, expected: "a state" })?;
            let (reason, answered_at): (Option<String>, Option<Instant>) = (row.get(7)?, row.get(8)?);
            let path = statement_path(process, number);
            let answer = reason.zip(answered_at).map(|(reason, at)| Answer { text: super::short(&reason), path: path.clone(), at });
            let (shape, words) = match (state, super::day_at(row, 6)?, &answer) {
                (State::Public, _, Some(_)) => ("done", t.get("dialogue-own-answered").to_owned()),
                (State::Public, Some(day), None) => ("open", t.with("dialogue-answer-by", &[("day", (&dates.day(day)).into())])),
                (State::Public, None, None) => ("open", t.get("dialogue-no-answer").to_owned()),
                (state, ..) => ("open", t.find(&format!("dialogue-state-{}", state.key())).unwrap_or_default().to_owned()),
            };
            Ok(Given {
                kind: t.get("dialogue-statement").to_owned(),
                title: format!("{}: {}", row.get::<String>(1)?, super::short(&row.get::<String>(3)?)),
                path,
                at: row.get(5)?,
                state: words,
                shape,
                answer,
            })
        },
    )
}

/// In which processes an account takes part, what it supports and the pictures it gave, on all sites.
fn export(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
    Ok(vec![
        own_rows!(
            tx,
            "participant",
            [
                "id",
                "site_id",
                "process_id",
                "person_id",
                "guest_email",
                "guest_email_folded",
                "language",
                "public_name",
                "proof",
                "confirmed_at",
                "accepted_at",
                "created_at"
            ],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "audience_pass",
            ["id", "site_id", "process_id", "person_id", "participant_id", "met", "shown_at"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "statement_support",
            ["site_id", "statement_id", "participant_id", "supported_at"],
            "WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1) AND site_id = site_id ORDER BY statement_id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "idea_support",
            ["site_id", "idea_id", "participant_id", "supported_at"],
            "WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1) AND site_id = site_id ORDER BY idea_id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "idea_picture",
            [
                "idea_id",
                "site_id",
                "description",
                "large_sha256",
                "large_type",
                "large_width",
                "large_height",
                "small_sha256",
                "small_type",
                "small_width",
                "small_height",
                "added_at"
            ],
            "WHERE idea_id IN (SELECT i.id FROM idea i JOIN participant a ON a.id = i.participant_id WHERE a.person_id = $1) AND site_id = site_id ORDER BY idea_id",
            &[&person]
        )?,
    ])
}

/// The name that stands where an author was.
pub const ERASED: &str = "Gelöschtes Konto";

/// Takes a person out of all processes of all sites: their statements stay under [`ERASED`], their participant is nobody any more.
fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    let erased = ERASED;
    tx.execute(
        sql!("UPDATE statement SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    tx.execute(
        sql!("UPDATE idea SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    tx.execute(
        sql!("UPDATE comment SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    crate::formats::erase(tx, person)?;
    crate::audience::store::erase(tx, person)?;
    tx.execute(
        sql!("UPDATE participant SET person_id = NULL, public_name = $2, proof = 'erased' WHERE person_id = $1 AND site_id = site_id"),
        &[&person, &erased],
    )?;
    for statement in UNLINK {
        tx.execute(statement, &[&person])?;
    }
    Ok(())
}

/// What people of the house did stays, without their name.
static UNLINK: [&allmende_db::Statement; 11] = [
    sql!("UPDATE process SET created_by = NULL WHERE created_by = $1 AND site_id = site_id"),
    sql!("UPDATE process_extension SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE statement SET entered_by = NULL WHERE entered_by = $1 AND site_id = site_id"),
    sql!("UPDATE statement SET confirmed_by = NULL WHERE confirmed_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea SET entered_by = NULL WHERE entered_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea SET confirmed_by = NULL WHERE confirmed_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea_lineage SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE weighing SET proposed_by = NULL WHERE proposed_by = $1 AND site_id = site_id"),
    sql!("UPDATE weighing SET approved_by = NULL WHERE approved_by = $1 AND site_id = site_id"),
    sql!("UPDATE weighing_record SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE statement_note SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
];
