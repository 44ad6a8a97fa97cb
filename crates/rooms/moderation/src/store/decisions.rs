//! Decisions: written once, never changed. The public log reads nothing of them that names anybody or says what was written.

use super::Object;
use crate::rules::{Action, Verdict};
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// A decision as it is kept.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The row.
    pub id: i64,
    /// What was decided on.
    pub object: Object,
    /// What was done.
    pub action: Action,
    /// The rule it rests on.
    pub rule: Option<String>,
    /// The rule as it stood then.
    pub rule_text: Option<String>,
    /// Why, in words.
    pub words: String,
    /// Whether a report led to it.
    pub is_on_notice: bool,
    /// What stands for the author in the room of the contribution.
    pub author: Option<i64>,
    /// The role that decided.
    pub role: String,
    /// Who decided. Never leaves the house.
    pub person: Option<Id<Person>>,
    /// When.
    pub decided_at: Instant,
}

macro_rules! decisions {
    ($which:literal) => {
        sql!(concat!(
            "SELECT id, kind, object_id, path, title, action, rule, rule_text, words, is_on_notice, author, decided_role, decided_by, decided_at \
             FROM moderation_decision WHERE site_id = $1 AND ",
            $which
        ))
    };
}

fn decided(row: &Row<'_>) -> Result<Decided, DbError> {
    Ok(Decided {
        id: row.get(0)?,
        object: Object { kind: row.get(1)?, object_id: row.get(2)?, path: row.get(3)?, title: row.get(4)? },
        action: action(row, 5)?,
        rule: row.get(6)?,
        rule_text: row.get(7)?,
        words: row.get(8)?,
        is_on_notice: row.get(9)?,
        author: row.get(10)?,
        role: row.get(11)?,
        person: row.get(12)?,
        decided_at: row.get(13)?,
    })
}

fn action(row: &Row<'_>, position: usize) -> Result<Action, DbError> {
    // The schema allows these keys only.
    Action::from_key(&row.get::<String>(position)?).ok_or(DbError::Conflict)
}

/// What a decision rests on besides itself.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// The rule as it stands now.
    pub rule_text: Option<&'a str>,
    /// Whether a report led to it.
    pub is_on_notice: bool,
    /// What stands for the author in the room of the contribution.
    pub author: Option<i64>,
}

/// Writes a decision and returns its number.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, object: &Object, verdict: &Verdict, ground: &Ground<'_>, actor: &Actor) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let person = actor.person();
    let role = actor.signed_in().and_then(|person| person.roles.iter().last()).map_or("system", |role| role.key());
    let id: Id<Decided> = tx.insert(
        sql!(
            "INSERT INTO moderation_decision (site_id, kind, object_id, path, title, action, rule, rule_text, words, is_on_notice, author, \
             decided_role, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id"
        ),
        &[
            &site,
            &object.kind,
            &object.object_id,
            &object.path,
            &object.title,
            &verdict.action.key(),
            &verdict.rule,
            &ground.rule_text,
            &verdict.words,
            &i64::from(ground.is_on_notice),
            &ground.author,
            &role,
            &person,
            &now,
        ],
    )?;
    Ok(id.get())
}

/// A decision by its number.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Decided>, DbError> {
    let site = tx.site()?;
    tx.find(decisions!("id = $2"), &[&site, &id], decided)
}

/// What was decided on a contribution, newest first, at most 100.
///
/// # Errors
/// What the database reports.
pub fn list_of(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Vec<Decided>, DbError> {
    let site = tx.site()?;
    tx.list(decisions!("kind = $2 AND object_id = $3 ORDER BY id DESC LIMIT 100"), &[&site, &kind, &object_id], decided)
}

/// A line of the public log: no name, no title, no words.
#[derive(Debug, Clone)]
pub struct PublicLine {
    /// The row, from which a page of the log goes on.
    pub id: i64,
    /// What kind of contribution.
    pub kind: String,
    /// What was done.
    pub action: Action,
    /// The rule it rests on.
    pub rule: Option<String>,
    /// The role that decided.
    pub role: String,
    /// When; the log shows the day.
    pub decided_at: Instant,
    /// Whether an objection led to it.
    pub is_after_appeal: bool,
}

/// The public log, newest first, from before a line on. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_log(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<PublicLine>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT d.id, d.kind, d.action, d.rule, d.decided_role, d.decided_at, \
             CASE WHEN EXISTS (SELECT 1 FROM moderation_appeal a WHERE a.answer_id = d.id AND a.site_id = $1) THEN 1 ELSE 0 END \
             FROM moderation_decision d WHERE d.site_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3"
        ),
        &[&site, &before, &limit],
        |row| {
            Ok(PublicLine {
                id: row.get(0)?,
                kind: row.get(1)?,
                action: action(row, 2)?,
                rule: row.get(3)?,
                role: row.get(4)?,
                decided_at: row.get(5)?,
                is_after_appeal: row.get(6)?,
            })
        },
    )
}
