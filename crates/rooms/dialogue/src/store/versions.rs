//! The versions of a text, and what a new one does to the statements at the old one: carried along, none lost.

use super::processes::{self, Process};
use crate::texts::{self, Shown};
use allmende_core::{Actor, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::AppError;
use allmende_platform::thread::{self, LinkKind, NodeData, Step};
use allmende_texts::{Anchor, Carried, How, Spot, Text, align, carry};
use std::sync::Arc;

/// The kind of a version's node.
pub const VERSION: &str = "text_version";

/// A version without its text.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its row.
    pub id: i64,
    /// The part that it is a text of.
    pub part: i64,
    /// 1, 2, 3 …
    pub number: i64,
    /// Its title.
    pub title: String,
    /// What is new in it, in words.
    pub note: String,
    /// Whether everybody reads it.
    pub is_public: bool,
    /// Under what its text is kept.
    pub digest: String,
    /// What was not taken over from the file: the word and how often, as JSON.
    pub left_out: String,
    /// The file it came from.
    pub file_name: String,
    /// When it was published.
    pub published_at: Option<Instant>,
}

macro_rules! version {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT v.id, v.part_id, v.number, v.title, v.note, v.state, v.digest, v.left_out, v.file_name, v.published_at FROM text_version v ",
            $rest
        ))
    };
}

fn read(row: &Row<'_>) -> Result<Version, DbError> {
    Ok(Version {
        id: row.get(0)?,
        part: row.get(1)?,
        number: row.get(2)?,
        title: row.get(3)?,
        note: row.get(4)?,
        is_public: row.get::<String>(5)? == "public",
        digest: row.get(6)?,
        left_out: row.get(7)?,
        file_name: row.get(8)?,
        published_at: row.get(9)?,
    })
}

/// The versions of all texts of a process, by part and the newest first, drafts among them. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Version>, DbError> {
    let site = tx.site()?;
    tx.list(
        version!("JOIN process_part q ON q.id = v.part_id WHERE +v.site_id = $1 AND q.process_id = $2 ORDER BY q.position, v.part_id, v.number DESC LIMIT 200"),
        &[&site, &process],
        read,
    )
}

/// One version of a text, draft or not.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Version>, DbError> {
    let site = tx.site()?;
    tx.find(version!("WHERE v.site_id = $1 AND v.id = $2"), &[&site, &id], read)
}

/// The text of a version; no statement if it is kept in memory.
///
/// # Errors
/// What the database reports; a text that cannot be read.
pub fn shown(tx: &mut Tx<'_>, version: &Version) -> Result<Arc<Shown>, AppError> {
    shown_by(tx, version.id, &version.digest)
}

/// [`shown`] for whoever knows a version by its row and digest alone.
///
/// # Errors
/// As [`shown`].
pub fn shown_by(tx: &mut Tx<'_>, version: i64, digest: &str) -> Result<Arc<Shown>, AppError> {
    let site = tx.site()?;
    texts::shown(digest, || {
        let body = tx.find(sql!("SELECT body FROM text_version WHERE site_id = $1 AND id = $2"), &[&site, &version], |row| row.get::<String>(0))?;
        body.ok_or(AppError::NotFound)
    })
}

/// What a clerk says of a version.
#[derive(Debug, Clone, Default)]
pub struct NewVersion {
    /// Its title.
    pub title: String,
    /// What is new in it.
    pub note: String,
    /// What was not taken over, as JSON.
    pub left_out: String,
    /// The file it came from.
    pub file_name: String,
}

/// Keeps a text as the draft of the next version, in the place of a draft that was there. Its units take up the ids of the public
/// version before.
///
/// # Errors
/// What the database reports.
pub fn keep_draft(tx: &mut Tx<'_>, part: i64, text: Text, new: &NewVersion) -> Result<i64, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let before = newest_public(tx, part)?;
    let (number, text) = match &before {
        None => (1, text),
        Some(before) => (before.number + 1, align(&shown(tx, before)?.text, text)),
    };
    let body = serde_json::to_string(&text).map_err(anyhow::Error::from)?;
    let digest = texts::digest(&body);
    let id = tx.find(
        sql!(
            "INSERT INTO text_version (site_id, part_id, number, title, note, state, body, digest, left_out, file_name, created_at) \
             VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10) ON CONFLICT (part_id, number) DO UPDATE SET title = excluded.title, note = excluded.note, \
             body = excluded.body, digest = excluded.digest, left_out = excluded.left_out, file_name = excluded.file_name, created_at = excluded.created_at \
             WHERE text_version.state = 'draft' RETURNING id"
        ),
        &[&site, &part, &number, &new.title, &new.note, &body, &digest, &new.left_out, &new.file_name, &now],
        |row| row.get(0),
    )?;
    id.ok_or(AppError::Conflict)
}

/// The newest version of a text that everybody reads.
///
/// # Errors
/// What the database reports.
pub fn newest_public(tx: &mut Tx<'_>, part: i64) -> Result<Option<Version>, DbError> {
    let site = tx.site()?;
    tx.find(version!("WHERE +v.site_id = $1 AND v.part_id = $2 AND v.state = 'public' ORDER BY v.number DESC LIMIT 1"), &[&site, &part], read)
}

/// What became of the statements when a version was published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// They stand at the same words.
    pub kept: usize,
    /// Their words stand elsewhere.
    pub moved: usize,
    /// Their words were changed.
    pub reworded: usize,
    /// Their words are gone; they keep them.
    pub gone: usize,
}

impl Moved {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> usize {
        self.kept + self.moved + self.reworded + self.gone
    }

    fn count(&mut self, how: How) {
        *match how {
            How::Exact => &mut self.kept,
            How::Moved => &mut self.moved,
            How::Reworded | How::Divided => &mut self.reworded,
            How::Gone => &mut self.gone,
        } += 1;
    }
}

/// Makes the draft of a version public and takes all statements at the version before along.
///
/// # Errors
/// What the database reports; a text or an anchor that cannot be read.
pub fn publish(tx: &mut Tx<'_>, process: &Process, version: &Version, actor: &Actor) -> Result<Moved, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let before = newest_public(tx, version.part)?;
    tx.execute(
        sql!("UPDATE text_version SET state = 'public', published_at = $3 WHERE site_id = $1 AND id = $2 AND state = 'draft'"),
        &[&site, &version.id, &now],
    )?;
    let Some(before) = before else { return Ok(Moved::default()) };
    let (old, new) = (shown(tx, &before)?, shown(tx, version)?);
    let moved = carry_all(tx, version, &old.text, &new.text)?;
    count_passages(tx, version.part)?;
    if process.is_public() {
        let node = processes::keep_node(tx, process.id)?;
        let path = format!("{}/fassung/{}", process.path(), version.number);
        let (own, _) = thread::keep(
            tx,
            &NodeData {
                kind: VERSION,
                object_id: version.id,
                title: &version.title,
                summary: Some(version.note.as_str()).filter(|note| !note.is_empty()),
                path: &path,
                happened_at: Some(now),
                state: None,
            },
        )?;
        thread::link(tx, own, LinkKind::ChangesTextOf, node)?;
        let reason = Some(version.note.as_str()).filter(|note| !note.is_empty());
        let detail = serde_json::json!({ "version": version.number, "kept": moved.kept, "moved": moved.moved, "reworded": moved.reworded, "gone": moved.gone });
        thread::record(tx, node, actor, &Step { kind: "text-version-published", reason, detail: Some(&detail.to_string()), is_public: true })?;
    }
    Ok(moved)
}

fn carry_all(tx: &mut Tx<'_>, version: &Version, old: &Text, new: &Text) -> Result<Moved, AppError> {
    let site = tx.site()?;
    let rows = tx.list(
        sql!("SELECT id, anchor FROM statement WHERE +site_id = $1 AND part_id = $2 AND anchor IS NOT NULL ORDER BY id"),
        &[&site, &version.part],
        |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)),
    )?;
    let anchors: Vec<Anchor> = rows.iter().map(|(_, anchor)| serde_json::from_str(anchor)).collect::<Result<_, _>>().map_err(anyhow::Error::from)?;
    let mut moved = Moved::default();
    for ((id, _), (was, carried)) in rows.iter().zip(anchors.iter().zip(carry(old, new, &anchors))) {
        moved.count(carried.how);
        if carried.how != How::Exact || carried.anchor != *was {
            keep_move(tx, *id, version, &carried)?;
        }
    }
    Ok(moved)
}

/// The number of the unit at which an anchor is shown; 0 before the first.
#[must_use]
pub fn unit_of(anchor: &Anchor) -> i64 {
    match anchor.spot {
        Spot::Passage { unit, .. } | Spot::Gap { unit, .. } => texts::number(unit),
        Spot::Between { after } => after.map_or(0, texts::number),
    }
}

const fn how_key(how: How) -> &'static str {
    match how {
        How::Exact => "kept",
        How::Moved => "moved",
        How::Reworded | How::Divided => "reworded",
        How::Gone => "gone",
    }
}

fn keep_move(tx: &mut Tx<'_>, statement: i64, version: &Version, carried: &Carried) -> Result<(), AppError> {
    let site = tx.site()?;
    let anchor = serde_json::to_string(&carried.anchor).map_err(anyhow::Error::from)?;
    let (how, unit, sure) = (how_key(carried.how), unit_of(&carried.anchor), f64::from(carried.sure));
    // Words that stayed the same this time may have been changed before: that is not forgotten.
    tx.execute(
        sql!("UPDATE statement SET anchor = $3, unit = $4, anchor_how = CASE WHEN $5 = 'kept' THEN anchor_how ELSE $5 END WHERE site_id = $1 AND id = $2"),
        &[&site, &statement, &anchor, &unit, &how],
    )?;
    if carried.how != How::Exact {
        tx.execute(
            sql!("INSERT INTO statement_move (site_id, statement_id, version_id, how, sure) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"),
            &[&site, &statement, &version.id, &how, &sure],
        )?;
    }
    Ok(())
}

/// Counts the public statements of each passage of a part anew.
///
/// # Errors
/// What the database reports.
pub fn count_passages(tx: &mut Tx<'_>, part: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM passage_count WHERE site_id = $1 AND part_id = $2"), &[&site, &part])?;
    tx.execute(
        sql!(
            "INSERT INTO passage_count (site_id, part_id, unit, version_id, statements) SELECT site_id, part_id, unit, version_id, CAST(COUNT(*) AS BIGINT) \
             FROM statement WHERE site_id = $1 AND part_id = $2 AND state = 'public' GROUP BY site_id, part_id, unit, version_id"
        ),
        &[&site, &part],
    )?;
    Ok(())
}

/// Statements at one passage, by the version that they were written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The passage; 0 for the whole text.
    pub unit: i64,
    /// The version.
    pub version: i64,
    /// How many.
    pub statements: i64,
}

/// How many public statements stand at each passage of a part. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_counts(tx: &mut Tx<'_>, part: i64) -> Result<Vec<Count>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT unit, version_id, statements FROM passage_count WHERE +site_id = $1 AND part_id = $2 AND statements > 0"), &[&site, &part], |row| {
        Ok(Count { unit: row.get(0)?, version: row.get(1)?, statements: row.get(2)? })
    })
}

/// Adds to the count of a passage; a negative number takes away.
///
/// # Errors
/// What the database reports.
pub fn count_one(tx: &mut Tx<'_>, part: i64, unit: i64, version: i64, by: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO passage_count (site_id, part_id, unit, version_id, statements) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (part_id, unit, version_id) DO UPDATE SET statements = passage_count.statements + excluded.statements"
        ),
        &[&site, &part, &unit, &version, &by],
    )?;
    Ok(())
}

/// What caused a change: the statements behind an answer, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The unit of the new version.
    pub unit: i64,
    /// The sentence within it, from 1; 0 for the whole unit.
    pub sentence: i64,
    /// Words, where the cause is no statement.
    pub text: Option<String>,
    /// The code of the answer.
    pub code: Option<i64>,
    /// The number of a statement behind it.
    pub statement: Option<i64>,
}

/// What caused the changes of a version: one row for each statement behind each, at most 2,000. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_causes(tx: &mut Tx<'_>, version: i64) -> Result<Vec<Cause>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT c.unit, c.sentence, c.text, w.code, s.number FROM change_cause c LEFT JOIN weighing w ON w.id = c.weighing_id AND w.state = 'published' \
             LEFT JOIN statement_point p ON p.bundle_id = w.id LEFT JOIN statement s ON s.id = p.statement_id AND s.state = 'public' \
             WHERE +c.site_id = $1 AND c.version_id = $2 ORDER BY c.unit, c.sentence, s.number LIMIT 2000"
        ),
        &[&site, &version],
        |row| Ok(Cause { unit: row.get(0)?, sentence: row.get(1)?, text: row.get(2)?, code: row.get(3)?, statement: row.get(4)? }),
    )
}
