//! What moderation is offered: statements, ideas and comments, each by the number of its row.
//!
//! Nobody has to look at what its author has not confirmed, and nothing of a process that is not public can be reported. What an
//! author took back stays so. Start with [`OFFERED`].

use crate::formats::discussion::store::{self as comments, COMMENT};
use crate::formats::ideas::rules::State as IdeaState;
use crate::formats::ideas::store::desk::is_merged;
use crate::formats::ideas::store::pictures::Size;
use crate::formats::ideas::store::{self as ideas, IDEA};
use crate::place::Place;
use crate::rules::State;
use crate::store::participants::Participant;
use crate::store::{STATEMENT, processes, short, statement_path, statements};
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::moderated::{Change, Contribution, Moderated, Picture, Reach, Standing};
use allmende_platform::web::guard::has_links;

/// The kinds of contributions of this room.
pub const OFFERED: [Moderated; 3] = [
    Moderated {
        kind: STATEMENT,
        name_key: "dialogue-statement",
        find: find_statement,
        list_waiting: list_waiting_statements,
        set_standing: set_statement,
        reach,
    },
    Moderated { kind: IDEA, name_key: "idea-one", find: find_idea, list_waiting: list_waiting_ideas, set_standing: set_idea, reach },
    Moderated { kind: COMMENT, name_key: "comment-one", find: find_comment, list_waiting: list_waiting_comments, set_standing: set_comment, reach },
];

/// What the three tables say alike: row, process, number, title, text, addition, name, participant, state, moment, acceptance,
/// the place, and of the picture its description and the points of its small size.
macro_rules! contributions {
    ($columns:literal, $place:literal, $picture:literal, $table:literal, $which:literal) => {
        sql!(concat!(
            "SELECT c.id, c.process_id, ",
            $columns,
            ", c.author_name, c.participant_id, c.state, c.submitted_at, a.accepted_at, ",
            $place,
            ", ",
            $picture,
            " FROM ",
            $table,
            " JOIN process f ON f.id = c.process_id AND f.state = 'public' LEFT JOIN participant a ON a.id = c.participant_id WHERE c.site_id = $1 AND ",
            $which
        ))
    };
}
macro_rules! of_statements {
    ($which:literal) => {
        contributions!("c.number, CAST(NULL AS TEXT), c.text, c.suggestion", "c.place", "CAST(NULL AS TEXT)", "statement c", $which)
    };
}
macro_rules! of_ideas {
    ($which:literal) => {
        contributions!(
            "c.number, c.title, c.text, CAST(NULL AS TEXT)",
            "c.place",
            "k.description, k.small_width, k.small_height",
            "idea c LEFT JOIN idea_picture k ON k.idea_id = c.id",
            $which
        )
    };
}
macro_rules! of_comments {
    ($which:literal) => {
        contributions!("c.id, CAST(NULL AS TEXT), c.text, CAST(NULL AS TEXT)", "CAST(NULL AS TEXT)", "CAST(NULL AS TEXT)", "comment c", $which)
    };
}

fn statement(row: &Row<'_>) -> Result<Option<Contribution>, DbError> {
    contribution(row, statement_path, |place| Place::parse(&place).map(|place| place.plain()).unwrap_or_default())
}

fn idea(row: &Row<'_>) -> Result<Option<Contribution>, DbError> {
    contribution(row, ideas::path, |words| words)
}

fn comment(row: &Row<'_>) -> Result<Option<Contribution>, DbError> {
    contribution(row, comments::path, |words| words)
}

/// A row as moderation sees it; nothing for what its author has not confirmed. `place` makes words of what is kept of the place.
fn contribution(row: &Row<'_>, path: impl Fn(i64, i64) -> String, place: impl Fn(String) -> String) -> Result<Option<Contribution>, DbError> {
    let Some(standing) = standing(&row.get::<String>(8)?) else { return Ok(None) };
    let (text, addition): (String, Option<String>) = (row.get(4)?, row.get(5)?);
    let text = addition.map_or_else(|| text.clone(), |addition| format!("{text}\n\n{addition}"));
    let is_new = row.get::<Option<Instant>>(10)?.is_none();
    let has_links = is_new && standing == Standing::Waiting && has_links(&text);
    let path = path(row.get(1)?, row.get(2)?);
    Ok(Some(Contribution {
        object_id: row.get(0)?,
        title: row.get::<Option<String>>(3)?.unwrap_or_else(|| short(&text)),
        place: row.get::<Option<String>>(11)?.map(place).unwrap_or_default(),
        picture: picture(row, &path)?,
        path,
        author_name: row.get(6)?,
        author: row.get(7)?,
        standing,
        created_at: row.get(9)?,
        waits_because: if has_links { "contribution-waits-links" } else { "" },
        text,
    }))
}

fn picture(row: &Row<'_>, path: &str) -> Result<Option<Picture>, DbError> {
    let Some(description) = row.get::<Option<String>>(12)? else { return Ok(None) };
    let address = |size: Size| size.path(path);
    Ok(Some(Picture { description, path: address(Size::Large), small_path: address(Size::Small), width: row.get(13)?, height: row.get(14)? }))
}

/// The words of all three tables; what went into another idea can still be read.
fn standing(key: &str) -> Option<Standing> {
    match key {
        "waiting" => Some(Standing::Waiting),
        "public" | "merged" => Some(Standing::Public),
        "hidden" => Some(Standing::Hidden),
        "withdrawn" => Some(Standing::Withdrawn),
        _ => None,
    }
}

/// Where a standing brings a contribution; moderation never withdraws one.
const fn state_of(standing: Standing) -> Option<State> {
    match standing {
        Standing::Waiting => Some(State::Waiting),
        Standing::Public => Some(State::Public),
        Standing::Hidden => Some(State::Hidden),
        Standing::Withdrawn => None,
    }
}

fn reason<'c>(change: &Change<'c>) -> Option<&'c str> {
    Some(change.reason).filter(|reason| !reason.is_empty())
}

fn find_statement(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, DbError> {
    let site = tx.site()?;
    Ok(tx.find(of_statements!("c.id = $2"), &[&site, &id], statement)?.flatten())
}

fn list_waiting_statements(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    let found = tx.list(of_statements!("c.state = 'waiting' ORDER BY c.id LIMIT $2"), &[&site, &limit], statement)?;
    Ok(found.into_iter().flatten().collect())
}

fn set_statement(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<bool, DbError> {
    let (Some(row), Some(next)) = (statements::find(tx, change.object_id)?, state_of(change.to)) else { return Ok(false) };
    let Some(process) = processes::find(tx, row.process)?.filter(|_| row.state != State::Unconfirmed && row.state.may_become(next)) else {
        return Ok(false);
    };
    statements::set_state(tx, &process, &row, next, reason(change), change.actor)?;
    Ok(true)
}

fn find_idea(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, DbError> {
    let site = tx.site()?;
    Ok(tx.find(of_ideas!("c.id = $2"), &[&site, &id], idea)?.flatten())
}

fn list_waiting_ideas(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    let found = tx.list(of_ideas!("c.state = 'waiting' ORDER BY c.id LIMIT $2"), &[&site, &limit], idea)?;
    Ok(found.into_iter().flatten().collect())
}

fn set_idea(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<bool, DbError> {
    let (Some(idea), Some(next)) = (ideas::find_row(tx, change.object_id)?, state_of(change.to)) else { return Ok(false) };
    // What had gone into another idea before it was hidden goes back there, not into the list.
    let next = if next == State::Public && is_merged(tx, idea.id)? { IdeaState::Merged } else { next.into() };
    let is_allowed = match (idea.state, next) {
        (IdeaState::Merged, IdeaState::Hidden) | (IdeaState::Hidden, IdeaState::Merged) => true,
        (from, next) => from != IdeaState::Unconfirmed && from.may_become(next),
    };
    let Some(process) = processes::find(tx, idea.process)?.filter(|_| is_allowed) else { return Ok(false) };
    ideas::set_state(tx, &process, &idea, next, reason(change), change.actor)?;
    Ok(true)
}

fn find_comment(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, DbError> {
    let site = tx.site()?;
    Ok(tx.find(of_comments!("c.id = $2"), &[&site, &id], comment)?.flatten())
}

fn list_waiting_comments(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    let found = tx.list(of_comments!("c.state = 'waiting' ORDER BY c.id LIMIT $2"), &[&site, &limit], comment)?;
    Ok(found.into_iter().flatten().collect())
}

fn set_comment(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<bool, DbError> {
    let (Some(comment), Some(next)) = (comments::find(tx, change.object_id, None)?, state_of(change.to)) else { return Ok(false) };
    let is_allowed = comment.listed.state != State::Unconfirmed && comment.listed.state.may_become(next);
    let Some(process) = processes::find(tx, comment.process)?.filter(|_| is_allowed) else { return Ok(false) };
    comments::set_state(tx, &process, &comment, next, reason(change), change.actor)?;
    Ok(true)
}

/// Whether the house has let something of this participant through; of an account anything on this site. One statement.
///
/// # Errors
/// What the database reports.
pub fn is_accepted(tx: &mut Tx<'_>, participant: Id<Participant>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let accepted: Option<i64> = tx.find(
        sql!(
            "SELECT a.id FROM participant a WHERE +a.site_id = $1 AND a.accepted_at IS NOT NULL AND a.id IN (SELECT id FROM participant WHERE id = $2 \
             UNION SELECT b.id FROM participant o JOIN participant b ON b.person_id = o.person_id WHERE o.id = $2) LIMIT 1"
        ),
        &[&site, &participant],
        |row| row.get(0),
    )?;
    Ok(accepted.is_some())
}

/// The address of a participant, if there is one that was confirmed.
fn reach(tx: &mut Tx<'_>, participant: i64) -> Result<Option<Reach>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT COALESCE(p.email, a.guest_email), COALESCE(p.language, a.language) FROM participant a LEFT JOIN person p ON p.id = a.person_id \
             WHERE a.site_id = $1 AND a.id = $2 AND a.confirmed_at IS NOT NULL AND COALESCE(p.email, a.guest_email) IS NOT NULL"
        ),
        &[&site, &participant],
        |row| Ok(Reach { email: row.get(0)?, language: row.get(1)? }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moderation_knows_every_state_but_what_nobody_confirmed() {
        for state in IdeaState::ALL {
            assert_eq!(standing(state.key()).is_none(), state == IdeaState::Unconfirmed, "{state:?}");
        }
        assert_eq!(state_of(Standing::Withdrawn), None);
    }
}
