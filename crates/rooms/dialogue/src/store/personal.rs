//! What belongs to one person: what they gave, and what goes when their account goes.
//!
//! A statement is part of a public matter and was weighed: it stays, without its author. Support stays counted, without who gave it.

use crate::pages::given::list;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::own_rows;
use allmende_platform::personal::{Fate, Personal, Rows};

/// What this room keeps for people with an account.
pub const PERSONAL: Personal = Personal {
    given: Some(list),
    fates: |_, _| Ok(vec![Fate::stays("dialogue-own-gone"), Fate::goes("idea-picture-own-gone")]),
    export,
    erase,
    ..Personal::NOTHING
};

/// In which processes an account takes part, what it gave there in whatever state, and what it supports, on all sites.
fn export(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
    let mut all = export_contributions(tx, person)?;
    all.extend(export_participation(tx, person)?);
    Ok(all)
}

fn export_contributions(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
    Ok(vec![
        own_rows!(
            tx,
            "statement",
            [
                "id",
                "site_id",
                "process_id",
                "number",
                "receipt",
                "channel",
                "author_name",
                "text",
                "suggestion",
                "place",
                "unit",
                "state",
                "state_reason",
                "supports",
                "submitted_at",
                "answer_by",
                "answered_at"
            ],
            "WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1) AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "idea",
            [
                "id",
                "site_id",
                "process_id",
                "number",
                "receipt",
                "channel",
                "author_name",
                "title",
                "text",
                "category",
                "place",
                "latitude",
                "longitude",
                "state",
                "state_reason",
                "supports",
                "submitted_at",
                "edited_at",
                "answer_by",
                "answered_at",
                "answer_state",
                "answer_text"
            ],
            "WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1) AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "comment",
            ["id", "site_id", "process_id", "on_kind", "on_id", "author_name", "stance", "text", "state", "state_reason", "submitted_at", "edited_at"],
            "WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1) AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
    ])
}

fn export_participation(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
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
