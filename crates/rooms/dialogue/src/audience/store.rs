//! Lists and codes of a process as keyed digests, and the passes of those who showed something.

use crate::audience::rules::{json_met, parse_met};
use crate::store::again;
use crate::store::participants::Participant;
use allmende_audience::{Condition, LetterCode};
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Statement, Tx, sql};
use allmende_platform::seal::Seal;

/// Lists and codes go so long after a process ended.
const KEPT_SECONDS: i64 = 90 * 86_400;

/// What is kept of a code or of a person in a census: it says nothing without the key, and nothing of another process.
#[must_use]
pub fn digest(seal: &Seal, process: i64, kind: &str, value: &str) -> Vec<u8> {
    seal.lasting(&format!("audience {kind} {process}"), value)
}

/// Marker of a row of `audience_batch`.
#[derive(Debug)]
pub enum Batch {}

/// Somebody who showed something, and who wrote with it.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Its row.
    pub id: i64,
    /// The conditions that were met.
    pub met: Vec<Condition>,
    /// Who wrote with it first.
    pub writer: Option<Writer>,
}

/// A participant who wrote with a pass.
#[derive(Debug, Clone)]
pub struct Writer {
    /// The row.
    pub participant: Id<Participant>,
    /// The account, if it is one.
    pub person: Option<Id<Person>>,
    /// The folded address of a guest, if one was given.
    pub email: Option<String>,
}

/// The passes of an account and of a guest's cookie in a process: at most two. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_passes(tx: &mut Tx<'_>, process: i64, person: Option<Id<Person>>, guest: Option<&[u8]>) -> Result<Vec<Pass>, DbError> {
    let site = tx.site()?;
    // Without one of the two nothing equals it: no digest is empty, no row has the number 0.
    let (person, guest) = (person.unwrap_or(Id::new(0)), guest.unwrap_or_default().to_vec());
    tx.list(
        sql!(
            "SELECT s.id, s.met, s.participant_id, a.person_id, a.guest_email_folded FROM audience_pass s LEFT JOIN participant a ON a.id = s.participant_id \
             WHERE +s.site_id = $1 AND s.id IN (SELECT id FROM audience_pass WHERE process_id = $2 AND person_id = $3 \
             UNION SELECT id FROM audience_pass WHERE process_id = $2 AND guest_digest = $4) ORDER BY s.id"
        ),
        &[&site, &process, &person, &guest],
        |row| {
            let writer = match row.get::<Option<Id<Participant>>>(2)? {
                Some(participant) => Some(Writer { participant, person: row.get(3)?, email: row.get(4)? }),
                None => None,
            };
            Ok(Pass { id: row.get(0)?, met: parse_met(&row.get::<String>(1)?), writer })
        },
    )
}

/// Whose pass it is.
#[derive(Debug, Clone)]
pub enum Holder {
    /// An account.
    Account(Id<Person>),
    /// A guest, by the digest of the cookie.
    Guest(Vec<u8>),
}

/// Writes what somebody met, in place of what they had met before.
///
/// # Errors
/// What the database reports.
pub fn keep_pass(tx: &mut Tx<'_>, process: i64, holder: &Holder, met: &[Condition]) -> Result<(), DbError> {
    let (site, now, met) = (tx.site()?, tx.now()?, json_met(met));
    match holder {
        Holder::Account(person) => tx.execute(
            sql!(
                "INSERT INTO audience_pass (site_id, process_id, person_id, met, shown_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (process_id, person_id) DO UPDATE SET met = excluded.met, shown_at = excluded.shown_at"
            ),
            &[&site, &process, person, &met, &now],
        )?,
        Holder::Guest(digest) => tx.execute(
            sql!(
                "INSERT INTO audience_pass (site_id, process_id, guest_digest, met, shown_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (process_id, guest_digest) DO UPDATE SET met = excluded.met, shown_at = excluded.shown_at"
            ),
            &[&site, &process, digest, &met, &now],
        )?,
    };
    Ok(())
}

/// Takes away what a guest showed, as long as nobody wrote with it.
///
/// # Errors
/// What the database reports.
pub fn delete_guest_pass(tx: &mut Tx<'_>, process: i64, digest: &[u8]) -> Result<(), DbError> {
    let (site, digest) = (tx.site()?, digest.to_vec());
    tx.execute(
        sql!("DELETE FROM audience_pass WHERE site_id = $1 AND process_id = $2 AND guest_digest = $3 AND participant_id IS NULL"),
        &[&site, &process, &digest],
    )?;
    Ok(())
}

/// Takes away what an account showed, on all sites.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM audience_pass WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
    tx.execute(
        sql!("DELETE FROM audience_pass WHERE participant_id IN (SELECT id FROM participant WHERE person_id = $1 AND site_id = site_id) AND site_id = site_id"),
        &[&person],
    )?;
    Ok(())
}

/// Ties a pass to who writes with it. Somebody else who was first makes the closure begin again.
///
/// # Errors
/// What the database reports.
pub fn bind(tx: &mut Tx<'_>, pass: i64, participant: Id<Participant>) -> Result<(), DbError> {
    let site = tx.site()?;
    let done = tx.execute(
        sql!("UPDATE audience_pass SET participant_id = $3 WHERE site_id = $1 AND id = $2 AND participant_id IS NULL"),
        &[&site, &pass, &participant],
    )?;
    if done == 1 { Ok(()) } else { Err(DbError::Conflict) }
}

/// What a digest stands for in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    batch: i64,
    number: i64,
    /// How often it can still be used; not at all if its batch was locked.
    pub uses_left: i64,
}

/// Finds an entry of a list by its digest.
///
/// # Errors
/// What the database reports.
pub fn find_entry(tx: &mut Tx<'_>, process: i64, kind: &str, digest: &[u8]) -> Result<Option<Entry>, DbError> {
    let (site, digest) = (tx.site()?, digest.to_vec());
    tx.find(
        sql!(
            "SELECT e.batch_id, e.number, CASE WHEN b.locked_at IS NULL THEN e.uses_left ELSE 0 END FROM audience_entry e \
             JOIN audience_batch b ON b.id = e.batch_id WHERE e.site_id = $1 AND e.process_id = $2 AND e.kind = $3 AND e.digest = $4"
        ),
        &[&site, &process, &kind, &digest],
        |row| Ok(Entry { batch: row.get(0)?, number: row.get(1)?, uses_left: row.get(2)? }),
    )
}

/// Uses an entry once, under all its digests. Somebody else who was first makes the closure begin again.
///
/// # Errors
/// What the database reports.
pub fn redeem(tx: &mut Tx<'_>, entry: Entry) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let used = tx.execute(
        sql!("UPDATE audience_entry SET uses_left = uses_left - 1, used_at = $4 WHERE site_id = $1 AND batch_id = $2 AND number = $3 AND uses_left > 0"),
        &[&site, &entry.batch, &entry.number, &now],
    )?;
    if used > 0 { Ok(()) } else { Err(DbError::Conflict) }
}

/// What was uploaded or made at once, as the desk lists it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// `census`, `letter_code` or `token`.
    pub kind: String,
    /// What it was called.
    pub title: String,
    /// People or codes in it.
    pub entries: i64,
    /// How often each counts.
    pub uses_each: i64,
    /// How often they were used, all together.
    pub used: i64,
    /// When it was added.
    pub added_at: Instant,
    /// When the rest of it was locked.
    pub locked_at: Option<Instant>,
}

/// Everything of a process, the newest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_batches(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT b.id, b.kind, b.title, b.entries, b.uses_each, b.added_at, b.locked_at, \
             (SELECT CAST(COUNT(DISTINCT e.number) AS BIGINT) FROM audience_entry e WHERE e.batch_id = b.id AND e.used_at IS NOT NULL), \
             (SELECT CAST(COALESCE(SUM(b.uses_each - e.uses_left), 0) AS BIGINT) FROM audience_entry e WHERE e.batch_id = b.id AND e.used_at IS NOT NULL) \
             FROM audience_batch b WHERE b.site_id = $1 AND b.process_id = $2 AND b.entries > 0 ORDER BY b.id DESC LIMIT 200"
        ),
        &[&site, &process],
        |row| {
            let (uses_each, people, uses): (i64, i64, i64) = (row.get(4)?, row.get(7)?, row.get(8)?);
            Ok(Listed {
                id: row.get(0)?,
                kind: row.get(1)?,
                title: row.get(2)?,
                entries: row.get(3)?,
                uses_each,
                used: if uses_each == 1 { people } else { uses },
                added_at: row.get(5)?,
                locked_at: row.get(6)?,
            })
        },
    )
}

/// The kinds of lists that a process has something of.
///
/// # Errors
/// What the database reports.
pub fn list_kinds(tx: &mut Tx<'_>, process: i64) -> Result<Vec<String>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT DISTINCT kind FROM audience_batch WHERE site_id = $1 AND process_id = $2 AND entries > 0"), &[&site, &process], |row| row.get(0))
}

/// A batch that is made.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// `census`, `letter_code` or `token`.
    pub kind: &'static str,
    /// What it is for, in the house's words.
    pub title: String,
    /// How often each entry counts.
    pub uses: i64,
}

/// Keeps the digests of new codes.
///
/// # Errors
/// What the database reports.
pub fn insert_codes(tx: &mut Tx<'_>, seal: &Seal, process: i64, new: &NewBatch, codes: &[LetterCode]) -> Result<(), DbError> {
    let batch = insert_batch(tx, process, new)?;
    for (number, code) in (1..).zip(codes) {
        let digest = digest(seal, process, new.kind, &code.text());
        keep_entry(tx, &NewEntry { process, batch, kind: new.kind, number, uses: new.uses, digest })?;
    }
    finish_batch(tx, batch, i64::try_from(codes.len()).unwrap_or(i64::MAX))
}

/// Begins a batch; what stands in it is told by [`finish_batch`].
///
/// # Errors
/// What the database reports.
pub fn insert_batch(tx: &mut Tx<'_>, process: i64, new: &NewBatch) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id: Id<Batch> = tx.insert(
        sql!("INSERT INTO audience_batch (site_id, process_id, kind, title, entries, uses_each, added_at) VALUES ($1, $2, $3, $4, 0, $5, $6) RETURNING id"),
        &[&site, &process, &new.kind, &new.title, &new.uses, &now],
    )?;
    Ok(id.get())
}

/// Says how many entries a batch has.
///
/// # Errors
/// What the database reports.
pub fn finish_batch(tx: &mut Tx<'_>, batch: i64, entries: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE audience_batch SET entries = $3 WHERE site_id = $1 AND id = $2"), &[&site, &batch, &entries])?;
    Ok(())
}

/// One digest that is written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The process.
    pub process: i64,
    /// The batch.
    pub batch: i64,
    /// `census`, `letter_code` or `token`.
    pub kind: &'static str,
    /// The person's line, or the code's place.
    pub number: i64,
    /// How often it counts.
    pub uses: i64,
    /// The keyed digest.
    pub digest: Vec<u8>,
}

/// Writes one digest. Of a census that is uploaded again the digest moves into the new batch and stays used if it was.
///
/// # Errors
/// What the database reports.
pub fn keep_entry(tx: &mut Tx<'_>, new: &NewEntry) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO audience_entry (site_id, process_id, batch_id, kind, number, digest, uses_left) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (process_id, kind, digest) DO UPDATE SET batch_id = excluded.batch_id, number = excluded.number"
        ),
        &[&site, &new.process, &new.batch, &new.kind, &new.number, &new.digest, &new.uses],
    )
    .map_err(again)?;
    Ok(())
}

/// Ends the upload of a census: whoever is no longer in it goes, and a person used under one name is used under all.
///
/// # Errors
/// What the database reports.
pub fn replace_census(tx: &mut Tx<'_>, process: i64, batch: i64, people: i64) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    for statement in REPLACED {
        tx.execute(statement, &[&site, &process, &batch])?;
    }
    tx.execute(
        sql!(
            "UPDATE audience_entry SET uses_left = 0, used_at = $3 WHERE site_id = $1 AND batch_id = $2 AND uses_left > 0 \
             AND number IN (SELECT o.number FROM audience_entry o WHERE o.batch_id = $2 AND o.used_at IS NOT NULL)"
        ),
        &[&site, &batch, &now],
    )?;
    finish_batch(tx, batch, people)
}

static REPLACED: [&Statement; 2] = [
    sql!("DELETE FROM audience_entry WHERE site_id = $1 AND process_id = $2 AND kind = 'census' AND batch_id <> $3"),
    sql!("DELETE FROM audience_batch WHERE site_id = $1 AND process_id = $2 AND kind = 'census' AND id <> $3"),
];

/// Locks what was not used of a batch: codes that got lost or were printed by mistake. False if there is no such batch.
///
/// # Errors
/// What the database reports.
pub fn lock_batch(tx: &mut Tx<'_>, process: i64, batch: i64) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let locked = tx.execute(
        sql!("UPDATE audience_batch SET locked_at = $4 WHERE site_id = $1 AND process_id = $2 AND id = $3 AND kind <> 'census' AND locked_at IS NULL"),
        &[&site, &process, &batch, &now],
    )?;
    Ok(locked == 1)
}

/// Removes lists, codes and passes of processes that ended long ago. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-KEPT_SECONDS);
    let mut gone = 0;
    for statement in OUTDATED {
        gone += tx.execute(statement, &[&before])?;
    }
    Ok(gone)
}

static OUTDATED: [&Statement; 2] = [
    sql!("DELETE FROM audience_entry WHERE site_id = site_id AND process_id IN (SELECT id FROM process WHERE ends_at < $1 AND site_id = site_id)"),
    sql!("DELETE FROM audience_pass WHERE site_id = site_id AND process_id IN (SELECT id FROM process WHERE ends_at < $1 AND site_id = site_id)"),
];
