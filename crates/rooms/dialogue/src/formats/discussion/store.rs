//! Comments in the database: a page of threads in one statement, sending, states, history, voices, mentions.

use crate::formats::discussion::rules::{self, Sort, Stance};
use crate::rules::State;
use crate::store::again;
use crate::store::participants::{self, Participant};
use crate::store::processes::Process;
use allmende_core::{Actor, Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::thread::{self, Step};
use allmende_platform::{AppError, changes};

/// Threads on one page.
pub const THREADS: i64 = 100;
/// Comments of one page, at most: threads that are longer go on at the page of their first comment.
const COMMENTS_MAX: i64 = 600;
/// The kind of a comment in confirmations and in the change feed.
pub const COMMENT: &str = "comment";

/// The permanent page of a comment.
#[must_use]
pub fn path(process: i64, id: i64) -> String {
    format!("/beteiligung/{process}/kommentar/{id}")
}

/// What a comment is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum On {
    /// A discussion.
    Part(i64),
    /// An idea.
    Idea(i64),
}

impl On {
    /// The words of the two columns.
    #[must_use]
    pub const fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Part(id) => ("process_part", id),
            Self::Idea(id) => ("idea", id),
        }
    }

    /// From the two columns.
    #[must_use]
    pub fn of(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "process_part" => Some(Self::Part(id)),
            "idea" => Some(Self::Idea(id)),
            _ => None,
        }
    }
}

/// A comment as a page shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// What it answers.
    pub parent: Option<i64>,
    /// What began its thread.
    pub root: i64,
    /// Steps below that.
    pub depth: i64,
    /// Who wrote it, as a number that tells people apart and nothing else.
    pub participant: Option<i64>,
    /// The name that the public reads.
    pub author_name: String,
    /// Its side.
    pub stance: Option<Stance>,
    /// What it says; empty where it is not public.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Why it was hidden.
    pub reason: Option<String>,
    /// When it was written.
    pub submitted_at: Instant,
    /// When it was changed last.
    pub edited_at: Option<Instant>,
    /// Whether the reader wrote it.
    pub is_own: bool,
}

/// Comments with what the reader $2 wrote; a reader without an account wrote none, and nobody is looked for.
macro_rules! comments {
    ($more:literal, $($which:literal),+) => {
        sql!(concat!(
            "SELECT c.id, c.parent_id, c.root_id, c.depth, c.participant_id, c.author_name, c.stance, c.text, c.state, c.state_reason, c.submitted_at, c.edited_at, \
             CASE WHEN CAST($2 AS BIGINT) IS NOT NULL THEN (SELECT a.person_id FROM participant a WHERE a.id = c.participant_id AND a.person_id = $2) END",
            $more,
            " FROM comment c WHERE +c.site_id = $1 AND ",
            $($which),+
        ))
    };
}

/// A page of threads below `$3` and `$4`: what everybody sees, and what the reader wrote.
macro_rules! threads {
    ($roots:literal, $order:literal) => {
        comments!(
            "",
            "c.root_id IN (SELECT r.id FROM comment r WHERE r.on_kind = $3 AND r.on_id = $4 AND r.depth = 0 AND r.state IN ('public', 'hidden', 'withdrawn') AND ",
            $roots,
            ") AND (c.state IN ('public', 'hidden', 'withdrawn') OR (CAST($2 AS BIGINT) IS NOT NULL \
             AND EXISTS (SELECT 1 FROM participant a WHERE a.id = c.participant_id AND a.person_id = $2))) ",
            $order
        )
    };
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let state = State::of(&row.get::<String>(8)?).ok_or(DbError::Type { position: 8, expected: "a state" })?;
    let is_own = row.get::<Option<i64>>(12)?.is_some();
    let is_shown = state == State::Public || is_own;
    Ok(Listed {
        id: row.get(0)?,
        parent: row.get(1)?,
        root: row.get::<Option<i64>>(2)?.unwrap_or(0),
        depth: row.get(3)?,
        participant: row.get(4)?,
        author_name: row.get(5)?,
        stance: row.get::<Option<String>>(6)?.as_deref().and_then(Stance::of),
        text: if is_shown { row.get(7)? } else { String::new() },
        state,
        reason: row.get(9)?,
        submitted_at: row.get(10)?,
        edited_at: row.get(11)?,
        is_own,
    })
}

/// One page of threads with all their answers, in the order of rows. One statement. `from`: the last thread of the page before.
/// Comments that wait are only in it for their author.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, on: On, reader: Option<Id<Person>>, sort: Sort, from: Option<i64>) -> Result<Vec<Listed>, DbError> {
    let (site, (kind, id)) = (tx.site()?, on.columns());
    let statement = if sort == Sort::Oldest {
        threads!("r.id > $5 ORDER BY r.id LIMIT $6", "ORDER BY c.root_id, c.id LIMIT $7")
    } else {
        threads!("r.id < $5 ORDER BY r.id DESC LIMIT $6", "ORDER BY c.root_id DESC, c.id LIMIT $7")
    };
    let from = from.unwrap_or(if sort == Sort::Oldest { 0 } else { i64::MAX });
    tx.list(statement, &[&site, &reader, &kind, &id, &from, &THREADS, &COMMENTS_MAX], listed)
}

/// A comment as acts on it need it.
#[derive(Debug, Clone)]
pub struct Comment {
    /// What is shown of it.
    pub listed: Listed,
    /// Its process.
    pub process: i64,
    /// What it is on.
    pub on: On,
    /// What it says, in whatever state.
    pub text: String,
}

/// A comment in any state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64, reader: Option<Id<Person>>) -> Result<Option<Comment>, DbError> {
    let site = tx.site()?;
    tx.find(comments!(", c.process_id, c.on_kind, c.on_id", "c.id = $3"), &[&site, &reader, &id], |row| {
        let on = On::of(&row.get::<String>(14)?, row.get(15)?).ok_or(DbError::Type { position: 14, expected: "what a comment is on" })?;
        Ok(Comment { listed: listed(row)?, process: row.get(13)?, on, text: row.get(7)? })
    })
}

/// A comment on its way in.
#[derive(Debug, Clone)]
pub struct New {
    /// What it is on.
    pub on: On,
    /// What it answers, with that one's thread and depth.
    pub parent: Option<(i64, i64, i64)>,
    /// Who writes; nobody known where a process is open to anyone.
    pub participant: Option<Id<Participant>>,
    /// The name that the public reads.
    pub author_name: String,
    /// Its side.
    pub stance: Option<Stance>,
    /// What it says.
    pub text: String,
    /// Where it stands at first.
    pub state: State,
    /// When it was written.
    pub submitted_at: Instant,
    /// The key of the form it came from.
    pub once: String,
}

/// What was sent from the form with this key: its row and where it stands. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_sent(tx: &mut Tx<'_>, once: &str) -> Result<Option<(i64, State)>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, state FROM comment WHERE site_id = $1 AND once_key = $2"), &[&site, &once], |row| {
        Ok((row.get(0)?, State::of(&row.get::<String>(1)?).ok_or(DbError::Type { position: 1, expected: "a state" })?))
    })
}

/// Writes a comment and returns its row.
///
/// # Errors
/// What the database reports; `DbError::Conflict` if the same form was sent at the same moment.
pub fn insert(tx: &mut Tx<'_>, process: &Process, new: &New) -> Result<i64, AppError> {
    let (site, (kind, on)) = (tx.site()?, new.on.columns());
    let (parent, root) = (new.parent.map(|(id, ..)| id), new.parent.map(|(_, root, _)| root));
    let depth = rules::depth_below(new.parent.map(|(.., depth)| depth));
    let id: Id<Comment> = tx
        .insert(
            sql!(
                "INSERT INTO comment (site_id, process_id, on_kind, on_id, parent_id, root_id, depth, participant_id, author_name, stance, text, state, replies, \
                 submitted_at, once_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14) RETURNING id"
            ),
            &[
                &site,
                &process.id,
                &kind,
                &on,
                &parent,
                &root,
                &depth,
                &new.participant,
                &new.author_name,
                &new.stance.map(Stance::key),
                &new.text,
                &new.state.key(),
                &new.submitted_at,
                &new.once,
            ],
        )
        .map_err(again)?;
    if root.is_none() {
        tx.execute(sql!("UPDATE comment SET root_id = id WHERE site_id = $1 AND id = $2"), &[&site, &id])?;
    }
    if new.state == State::Public {
        count(tx, process.id, new.on, parent, new.participant.map(Id::get), &new.author_name, 1)?;
        mention(tx, process.id, id.get(), &new.text, new.participant.map(Id::get))?;
    }
    Ok(id.get())
}

/// Brings all counters up to date: of the process, of the thing, of what it answers, of the person.
fn count(tx: &mut Tx<'_>, process: i64, on: On, parent: Option<i64>, participant: Option<i64>, name: &str, by: i64) -> Result<(), DbError> {
    let (site, now, (kind, id)) = (tx.site()?, tx.now()?, on.columns());
    tx.execute(sql!("UPDATE process SET comments = comments + $3, changed_at = $4 WHERE site_id = $1 AND id = $2"), &[&site, &process, &by, &now])?;
    if let On::Idea(idea) = on {
        tx.execute(sql!("UPDATE idea SET comments = comments + $3 WHERE site_id = $1 AND id = $2"), &[&site, &idea, &by])?;
    }
    if let Some(parent) = parent {
        tx.execute(sql!("UPDATE comment SET replies = replies + $3 WHERE site_id = $1 AND id = $2"), &[&site, &parent, &by])?;
    }
    if let Some(participant) = participant {
        tx.execute(
            sql!(
                "INSERT INTO comment_voice (site_id, process_id, on_kind, on_id, participant_id, name, comments) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (on_kind, on_id, participant_id) DO UPDATE SET comments = comment_voice.comments + $7"
            ),
            &[&site, &process, &kind, &id, &participant, &rules::name_digest(name), &by],
        )?;
    }
    Ok(())
}

/// Notes whom a public comment names: people who wrote in the same process.
fn mention(tx: &mut Tx<'_>, process: i64, comment: i64, text: &str, author: Option<i64>) -> Result<(), DbError> {
    let names = rules::mentioned(text);
    if names.is_empty() {
        return Ok(());
    }
    let (site, now) = (tx.site()?, tx.now()?);
    let mut people: Vec<i64> = tx.list(
        sql!("SELECT DISTINCT participant_id FROM comment_voice WHERE site_id = $1 AND process_id = $2 AND name ANY_OF($3) AND comments > 0 ORDER BY participant_id LIMIT 20"),
        &[&site, &process, &names],
        |row| row.get(0),
    )?;
    people.retain(|person| Some(*person) != author);
    for person in people.into_iter().take(rules::MENTIONS_MAX) {
        tx.execute(
            sql!("INSERT INTO comment_mention (site_id, comment_id, participant_id, mentioned_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
            &[&site, &comment, &person, &now],
        )?;
    }
    Ok(())
}

/// Moves a comment to another state, with all counters.
///
/// # Errors
/// What the database reports.
pub fn set_state(tx: &mut Tx<'_>, process: &Process, comment: &Comment, state: State, reason: Option<&str>, actor: &Actor) -> Result<(), DbError> {
    let (site, own) = (tx.site()?, &comment.listed);
    let changed = tx.execute(
        sql!("UPDATE comment SET state = $3, state_reason = $4 WHERE site_id = $1 AND id = $2 AND state = $5"),
        &[&site, &own.id, &state.key(), &reason, &own.state.key()],
    )?;
    if changed == 0 || own.state == state {
        return Ok(());
    }
    let by = i64::from(state == State::Public) - i64::from(own.state == State::Public);
    if by != 0 {
        count(tx, process.id, comment.on, own.parent, own.participant, &own.author_name, by)?;
    }
    if state == State::Public {
        // What a guest confirms is public; accepted is what the house let through.
        if let Some(participant) = own.participant.filter(|_| actor.person().is_some()) {
            participants::accept(tx, Id::new(participant))?;
        }
        mention(tx, process.id, own.id, &comment.text, own.participant)?;
    }
    // What the house does to a comment is on record at its process, without the words of the comment.
    if let Some(node) = process.node.filter(|_| actor.person().is_some() && !own.is_own) {
        let kind = match state {
            State::Hidden => "comment-hidden",
            State::Waiting => "comment-held",
            State::Public | State::Unconfirmed | State::Withdrawn => "comment-shown",
        };
        thread::record(tx, node, actor, &Step { kind, reason, detail: None, is_public: true })?;
    }
    changes::note(tx, crate::store::PROCESS, process.id)
}

/// Writes new words and keeps the old ones.
///
/// # Errors
/// What the database reports.
pub fn update_text(tx: &mut Tx<'_>, comment: &Comment, text: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    if comment.text == text {
        return Ok(());
    }
    tx.execute(
        sql!("INSERT INTO comment_edit (site_id, comment_id, text_before, edited_at) VALUES ($1, $2, $3, $4)"),
        &[&site, &comment.listed.id, &comment.text, &now],
    )?;
    tx.execute(sql!("UPDATE comment SET text = $3, edited_at = $4 WHERE site_id = $1 AND id = $2"), &[&site, &comment.listed.id, &text, &now])?;
    Ok(())
}

/// What a comment said before, the latest first.
///
/// # Errors
/// What the database reports.
pub fn list_edits(tx: &mut Tx<'_>, comment: i64) -> Result<Vec<(String, Instant)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT text_before, edited_at FROM comment_edit WHERE site_id = $1 AND comment_id = $2 ORDER BY id DESC LIMIT 50"),
        &[&site, &comment],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How many people wrote how many comments on one thing. One statement on a covering index.
///
/// # Errors
/// What the database reports.
pub fn voices(tx: &mut Tx<'_>, on: On) -> Result<Vec<(i64, i64)>, DbError> {
    let (site, (kind, id)) = (tx.site()?, on.columns());
    tx.list(
        sql!(
            "SELECT comments, CAST(COUNT(*) AS BIGINT) FROM comment_voice WHERE +site_id = $1 AND on_kind = $2 AND on_id = $3 AND comments > 0 \
             GROUP BY comments ORDER BY comments"
        ),
        &[&site, &kind, &id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The comments of a process at the desk, the newest first: those that wait, or all. `from`: the last row of the page before.
///
/// # Errors
/// What the database reports.
pub fn list_for_desk(tx: &mut Tx<'_>, process: i64, state: State, from: Option<i64>, limit: i64) -> Result<Vec<Comment>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, parent_id, root_id, depth, participant_id, author_name, stance, text, state, state_reason, submitted_at, edited_at, CAST(NULL AS BIGINT), \
             process_id, on_kind, on_id FROM comment WHERE site_id = $1 AND process_id = $2 AND state = $3 AND id < $4 ORDER BY id DESC LIMIT $5"
        ),
        &[&site, &process, &state.key(), &from.unwrap_or(i64::MAX), &limit],
        |row| {
            let on = On::of(&row.get::<String>(14)?, row.get(15)?).ok_or(DbError::Type { position: 14, expected: "what a comment is on" })?;
            Ok(Comment { listed: listed(row)?, process: row.get(13)?, on, text: row.get(7)? })
        },
    )
}

/// Somebody who was named and has not been told.
#[derive(Debug, Clone)]
pub struct Named {
    /// Who.
    pub participant: i64,
    /// Where mails to them go.
    pub email: String,
    /// The language of mails.
    pub language: Language,
    /// The process.
    pub process: i64,
    /// Its title.
    pub title: String,
    /// The comment in which they were named.
    pub comment: i64,
}

/// Who was named and not told, as long as the last mail about it is an hour old; ordered by person. At most 500.
///
/// # Errors
/// What the database reports.
pub fn list_named(tx: &mut Tx<'_>) -> Result<Vec<Named>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.list(
        sql!(
            "SELECT a.id, COALESCE(p.email, a.guest_email), COALESCE(p.language, a.language), f.id, f.title, m.comment_id FROM comment_mention m \
             JOIN comment c ON c.id = m.comment_id AND c.state = 'public' JOIN process f ON f.id = c.process_id AND f.state = 'public' \
             JOIN participant a ON a.id = m.participant_id AND a.confirmed_at IS NOT NULL LEFT JOIN person p ON p.id = a.person_id \
             WHERE m.site_id = $1 AND m.told_at IS NULL AND COALESCE(p.email, a.guest_email) IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM comment_mention o WHERE o.participant_id = m.participant_id AND o.told_at > $2) ORDER BY a.id, m.comment_id LIMIT 500"
        ),
        &[&site, &now.plus_seconds(-3_600)],
        |row| {
            Ok(Named { participant: row.get(0)?, email: row.get(1)?, language: row.get(2)?, process: row.get(3)?, title: row.get(4)?, comment: row.get(5)? })
        },
    )
}

/// Notes that somebody was told.
///
/// # Errors
/// What the database reports.
pub fn told(tx: &mut Tx<'_>, named: &Named) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE comment_mention SET told_at = $4 WHERE site_id = $1 AND comment_id = $2 AND participant_id = $3"),
        &[&site, &named.comment, &named.participant, &now],
    )?;
    Ok(())
}

/// What a person's comments said before goes with the account, and so does what finds the person by name.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "DELETE FROM comment_edit WHERE site_id = site_id AND comment_id IN (SELECT c.id FROM comment c JOIN participant a ON a.id = c.participant_id WHERE a.person_id = $1)"
        ),
        &[&person],
    )?;
    tx.execute(
        sql!("DELETE FROM comment_mention WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person],
    )?;
    tx.execute(
        sql!("UPDATE comment_voice SET name = 0 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person],
    )?;
    Ok(())
}
