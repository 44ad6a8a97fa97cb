//! New words of an idea, and what it said before.

use super::{IDEA, Idea, Shown, keep_node, put_words};
use crate::formats::ideas::rules::State;
use crate::store::processes::Process;
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::changes;
use allmende_platform::thread::{self, Step};

/// Writes new words of an idea and keeps the old ones.
///
/// # Errors
/// What the database reports.
pub fn update_words(tx: &mut Tx<'_>, process: &Process, idea: &Idea, title: &str, text: &str, category: Option<&str>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO idea_edit (site_id, idea_id, title_before, text_before, edited_at) VALUES ($1, $2, $3, $4, $5)"),
        &[&site, &idea.id, &idea.title, &idea.text, &now],
    )?;
    tx.execute(
        sql!("UPDATE idea SET title = $3, text = $4, category = $5, edited_at = $6 WHERE site_id = $1 AND id = $2"),
        &[&site, &idea.id, &title, &text, &category, &now],
    )?;
    if idea.state == State::Public {
        let changed = Idea { title: title.to_owned(), text: text.to_owned(), ..idea.clone() };
        let shown = Shown::of(&changed);
        put_words(tx, &shown)?;
        let (node, _) = keep_node(tx, process.node, &shown)?;
        thread::record(tx, node, &Actor::Stranger, &Step { kind: "changed", reason: None, detail: None, is_public: true })?;
        changes::note(tx, IDEA, idea.id)?;
    }
    Ok(())
}

/// What an idea said before, the latest first.
///
/// # Errors
/// What the database reports.
pub fn list_edits(tx: &mut Tx<'_>, idea: i64) -> Result<Vec<(String, String, Instant)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT title_before, text_before, edited_at FROM idea_edit WHERE site_id = $1 AND idea_id = $2 ORDER BY id DESC LIMIT 50"),
        &[&site, &idea],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// What a person's ideas said before goes with the account.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "DELETE FROM idea_edit WHERE site_id = site_id AND idea_id IN (SELECT i.id FROM idea i JOIN participant a ON a.id = i.participant_id WHERE a.person_id = $1)"
        ),
        &[&person],
    )?;
    Ok(())
}
