//! From draft to public to withdrawn: the state of a row, of what belongs to it, and what the thread hears of it.
//!
//! All rows of one act bear the same moment of change, so that what was withdrawn together can come back together.

use crate::entry::rules::{State, station_state};
use crate::store::entry_nodes::tell;
use crate::store::entry_read::of_kind;
use crate::store::nodes;
use crate::store::{kind_key, thread_kind};
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;
use allmende_platform::thread::{self, NodeData, Step};

/// Sets the state of a row and the moment of its change.
///
/// # Errors
/// What the database reports.
pub fn set(tx: &mut Tx<'_>, kind: Kind, id: i64, state: State, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let statement = of_kind!(kind, "UPDATE ", " SET state = $3, modified_at = $4 WHERE site_id = $1 AND id = $2");
    tx.execute(statement, &[&site, &id, &state.key(), &at])?;
    Ok(())
}

/// Moves the change of a row to a later moment: something that OParl shows as a part of it has changed.
///
/// # Errors
/// What the database reports.
pub fn touch(tx: &mut Tx<'_>, kind: Kind, id: i64, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let statement = of_kind!(kind, "UPDATE ", " SET modified_at = $3 WHERE site_id = $1 AND id = $2 AND modified_at < $3");
    tx.execute(statement, &[&site, &id, &at])?;
    Ok(())
}

/// Lets the agenda and the files of a meeting, the files of a paper or an item follow their owner to a new state.
/// `owner_before` and `changed_before` are the owner's state and moment of change until now.
///
/// # Errors
/// What the database reports.
pub fn follow(tx: &mut Tx<'_>, kind: Kind, id: i64, before: State, changed_before: i64, after: State, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    if kind == Kind::Meeting {
        let items = tx.list(
            sql!("SELECT id, state, modified_at, COALESCE(is_public, 1) FROM council_agenda_item WHERE site_id = $1 AND meeting_id = $2 AND state <> 'placeholder'"),
            &[&site, &id],
            |row| Ok((part(row)?, row.get::<bool>(3)?)),
        )?;
        for ((item, state, changed), is_open) in items {
            let Some(next) = part_state(state, changed, before, changed_before, after) else { continue };
            set(tx, Kind::AgendaItem, item, next, at)?;
            tell_of(tx, Kind::AgendaItem, item)?;
            // An announced item shows its title only; its files stay inside.
            if is_open || next != State::Public {
                files_follow(tx, Kind::AgendaItem, item, before, changed_before, after, at)?;
            }
        }
    }
    files_follow(tx, kind, id, before, changed_before, after, at)
}

fn part(row: &allmende_db::Row<'_>) -> Result<(i64, State, i64), DbError> {
    Ok((row.get(0)?, State::of(&row.get::<String>(1)?), row.get(2)?))
}

fn files_follow(tx: &mut Tx<'_>, kind: Kind, id: i64, before: State, changed_before: i64, after: State, at: i64) -> Result<(), DbError> {
    macro_rules! used {
        ($column:literal) => {
            sql!(concat!(
                "SELECT f.id, f.state, f.modified_at FROM council_file_use u JOIN council_file f ON f.id = u.file_id WHERE u.site_id = $1 AND u.",
                $column,
                " = $2 AND f.state <> 'placeholder'"
            ))
        };
    }
    let statement = match kind {
        Kind::Paper => used!("paper_id"),
        Kind::Meeting => used!("meeting_id"),
        Kind::AgendaItem => used!("agenda_item_id"),
        _ => return Ok(()),
    };
    let site = tx.site()?;
    for (file, state, changed) in tx.list(statement, &[&site, &id], part)? {
        if let Some(next) = part_state(state, changed, before, changed_before, after) {
            set(tx, Kind::File, file, next, at)?;
        }
    }
    Ok(())
}

/// The next state of a part: internal parts stay inside, what was withdrawn on its own stays withdrawn.
fn part_state(state: State, changed: i64, before: State, changed_before: i64, after: State) -> Option<State> {
    match (state, before, after) {
        (State::Draft, _, State::Public) | (State::Public, _, State::Withdrawn) => Some(after),
        (State::Withdrawn, State::Withdrawn, State::Public) if changed == changed_before => Some(State::Public),
        _ => None,
    }
}

/// Brings the stations of a paper, of a meeting or of an item to the state that follows from what they tie.
///
/// # Errors
/// What the database reports.
pub fn settle_stations(tx: &mut Tx<'_>, kind: Kind, id: i64, at: i64) -> Result<(), DbError> {
    macro_rules! stations {
        ($column:literal) => {
            sql!(concat!(
                "SELECT c.id, c.state, COALESCE(p.state, 'draft'), COALESCE(m.state, 'draft'), COALESCE(i.state, 'draft'), c.paper_id, \
                 COALESCE(i.is_public, 1) FROM council_consultation c \
                 LEFT JOIN council_paper p ON p.id = c.paper_id LEFT JOIN council_meeting m ON m.id = c.meeting_id \
                 LEFT JOIN council_agenda_item i ON i.id = c.agenda_item_id WHERE c.site_id = $1 AND c.state <> 'placeholder' AND c.",
                $column,
                " = $2"
            ))
        };
    }
    let statement = match kind {
        Kind::Paper => stations!("paper_id"),
        Kind::Meeting => stations!("meeting_id"),
        Kind::AgendaItem => stations!("agenda_item_id"),
        _ => return Ok(()),
    };
    let site = tx.site()?;
    let stations = tx.list(statement, &[&site, &id], |row| {
        let state = |position| Ok::<_, DbError>(State::of(&row.get::<String>(position)?));
        let item = if row.get::<i64>(6)? == 1 { state(4)? } else { State::Internal };
        Ok((row.get::<i64>(0)?, state(1)?, station_state(state(1)?, state(2)?, state(3)?, item), row.get::<Option<i64>>(5)?))
    })?;
    for (station, before, after, paper) in stations {
        if before != after {
            set(tx, Kind::Consultation, station, after, at)?;
            name_station(tx, station, after)?;
            if let Some(paper) = paper {
                touch(tx, Kind::Paper, paper, at)?;
            }
        }
    }
    Ok(())
}

/// A public station is named by its agenda item; one that was withdrawn is named no longer.
fn name_station(tx: &mut Tx<'_>, station: i64, state: State) -> Result<(), DbError> {
    let site = tx.site()?;
    match state {
        State::Withdrawn => {
            tx.execute(sql!("UPDATE council_agenda_item SET consultation_id = NULL WHERE site_id = $1 AND consultation_id = $2"), &[&site, &station])?;
        }
        State::Public => {
            tx.execute(
                sql!(
                    "UPDATE council_agenda_item SET consultation_id = $2 WHERE site_id = $1 AND consultation_id IS NULL \
                     AND id = (SELECT c.agenda_item_id FROM council_consultation c WHERE c.site_id = $1 AND c.id = $2)"
                ),
                &[&site, &station],
            )?;
        }
        State::Draft | State::Internal => {}
    }
    Ok(())
}

/// Lets the things that show a file or an agenda item as a part of theirs move with it.
///
/// # Errors
/// What the database reports.
pub fn touch_owners(tx: &mut Tx<'_>, kind: Kind, id: i64, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let owners = match kind {
        Kind::File => {
            tx.list(sql!("SELECT paper_id, meeting_id, agenda_item_id FROM council_file_use WHERE site_id = $1 AND file_id = $2"), &[&site, &id], |row| {
                Ok([(Kind::Paper, row.get::<Option<i64>>(0)?), (Kind::Meeting, row.get(1)?), (Kind::AgendaItem, row.get(2)?)])
            })?
        }
        Kind::AgendaItem => tx.list(sql!("SELECT meeting_id FROM council_agenda_item WHERE site_id = $1 AND id = $2"), &[&site, &id], |row| {
            Ok([(Kind::Meeting, row.get::<Option<i64>>(0)?), (Kind::Paper, None), (Kind::File, None)])
        })?,
        _ => return Ok(()),
    };
    for (owner, row) in owners.into_iter().flatten() {
        if let Some(row) = row {
            touch(tx, owner, row, at)?;
            if owner == Kind::AgendaItem {
                touch_owners(tx, owner, row, at)?;
            }
        }
    }
    Ok(())
}

/// Whether one of the things that have a file or an agenda item is public, so that it may be public too.
///
/// # Errors
/// What the database reports.
pub fn has_public_owner(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<bool, DbError> {
    let statement = match kind {
        Kind::File => sql!(
            "SELECT 1 FROM council_file_use u LEFT JOIN council_agenda_item i ON i.id = u.agenda_item_id \
             LEFT JOIN council_paper p ON p.id = u.paper_id LEFT JOIN council_meeting m ON m.id = COALESCE(u.meeting_id, i.meeting_id) \
             WHERE u.site_id = $1 AND u.file_id = $2 AND (p.state = 'public' OR (m.state = 'public' AND (i.id IS NULL OR (i.state = 'public' AND COALESCE(i.is_public, 1) = 1))))"
        ),
        Kind::AgendaItem => {
            sql!("SELECT 1 FROM council_agenda_item i JOIN council_meeting m ON m.id = i.meeting_id WHERE i.site_id = $1 AND i.id = $2 AND m.state = 'public'")
        }
        _ => return Ok(true),
    };
    let site = tx.site()?;
    Ok(tx.find(statement, &[&site, &id], |_| Ok(()))?.is_some())
}

/// Brings the thread's node of an object up to what its row says. Returns the public node.
///
/// # Errors
/// What the database reports.
pub fn tell_of(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Option<Id<thread::Node>>, DbError> {
    let statement = match kind {
        Kind::Paper => sql!(
            "SELECT COALESCE(name, reference, ''), state, summary, CAST(NULL AS TEXT), CAST(NULL AS BIGINT), dated_on, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM council_paper WHERE site_id = $1 AND id = $2"
        ),
        Kind::Meeting => sql!(
            "SELECT COALESCE(name, ''), state, summary, meeting_state, starts_at, CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM council_meeting WHERE site_id = $1 AND id = $2"
        ),
        Kind::Organization => sql!(
            "SELECT name, state, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM council_organization WHERE site_id = $1 AND id = $2"
        ),
        Kind::AgendaItem => sql!(
            "SELECT COALESCE(i.name, ''), CASE WHEN m.state = 'public' AND COALESCE(i.is_public, 1) = 1 AND (i.result IS NOT NULL OR i.resolution_text IS NOT NULL) THEN i.state ELSE 'internal' END, \
             i.summary, i.result, m.starts_at, m.name, i.meeting_id, i.position FROM council_agenda_item i JOIN council_meeting m ON m.id = i.meeting_id \
             WHERE i.site_id = $1 AND i.id = $2"
        ),
        _ => return Ok(None),
    };
    let site = tx.site()?;
    let found = tx.find(statement, &[&site, &id], |row| {
        Ok(Line {
            title: row.get(0)?,
            state: row.get(1)?,
            summary: row.get(2)?,
            words: row.get(3)?,
            at: row.get(4)?,
            text: row.get(5)?,
            meeting: row.get(6)?,
            position: row.get(7)?,
        })
    })?;
    let Some(line) = found else { return Ok(None) };
    let path = match kind {
        Kind::Paper => nodes::paper_path(id, &line.title),
        Kind::Meeting => nodes::meeting_path(id, &line.title),
        Kind::Organization => nodes::organization_path(id, &line.title),
        _ => nodes::agenda_item_path(
            &nodes::meeting_path(line.meeting.unwrap_or_default(), line.text.as_deref().unwrap_or_default()),
            line.position.unwrap_or_default(),
        ),
    };
    let day = line.text.as_deref().filter(|_| kind == Kind::Paper).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let dated = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok()).map(|day| day.timestamp().as_millisecond());
    let node = NodeData {
        kind: kind_key(kind),
        object_id: id,
        title: &line.title,
        summary: line.summary.as_deref(),
        path: &path,
        happened_at: line.at.or(dated).map(Instant::from_millis),
        state: line.words.as_deref(),
    };
    let node = tell(tx, &node, State::of(&line.state))?;
    if kind == Kind::Meeting && node.is_some() {
        nodes::move_agenda(tx, id, &path)?;
    }
    Ok(node)
}

struct Line {
    title: String,
    state: String,
    summary: Option<String>,
    words: Option<String>,
    at: Option<i64>,
    text: Option<String>,
    meeting: Option<i64>,
    position: Option<i64>,
}

/// Records an act on an object that the public knows. The public hears of it with its reason; what changed is for the house.
///
/// # Errors
/// What the database reports.
pub fn record(tx: &mut Tx<'_>, kind: Kind, id: i64, actor: &Actor, act: &'static str, reason: Option<&str>, detail: Option<&str>) -> Result<(), DbError> {
    let node = match thread::find(tx, kind_key(kind), id)? {
        Some(node) => node,
        None if thread_kind(kind).is_none() => super::entry_history::hidden_node(tx, kind, id)?,
        // An item without a result: the thread does not know it yet.
        None => return Ok(()),
    };
    thread::record(tx, node, actor, &Step { kind: act, reason, detail, is_public: true })
}

/// The agenda item one place further up or down changes places with this one. At the ends nothing moves.
///
/// # Errors
/// What the database reports.
pub fn shift(tx: &mut Tx<'_>, meeting_id: i64, item: i64, is_up: bool, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let order = tx.list(
        sql!("SELECT id FROM council_agenda_item WHERE site_id = $1 AND meeting_id = $2 AND state <> 'placeholder' ORDER BY position, id"),
        &[&site, &meeting_id],
        |row| row.get::<i64>(0),
    )?;
    let Some(place) = order.iter().position(|other| *other == item) else { return Ok(()) };
    let other = if is_up { place.checked_sub(1) } else { Some(place + 1).filter(|other| *other < order.len()) };
    let Some(other) = other else { return Ok(()) };
    let mut order = order;
    order.swap(place, other);
    for (position, id) in (1_i64..).zip(&order) {
        tx.execute(
            sql!("UPDATE council_agenda_item SET position = $3, modified_at = $4 WHERE site_id = $1 AND id = $2 AND position <> $3"),
            &[&site, id, &position, &at],
        )?;
        tell_of(tx, Kind::AgendaItem, *id)?;
    }
    touch(tx, Kind::Meeting, meeting_id, at)
}

/// The place after the last item of an agenda, from 1.
///
/// # Errors
/// What the database reports.
pub fn next_position(tx: &mut Tx<'_>, meeting_id: i64) -> Result<i64, DbError> {
    let site = tx.site()?;
    let last =
        tx.find(sql!("SELECT COALESCE(MAX(position), 0) FROM council_agenda_item WHERE site_id = $1 AND meeting_id = $2"), &[&site, &meeting_id], |row| {
            row.get::<i64>(0)
        })?;
    Ok(last.unwrap_or(0) + 1)
}

/// The station that an agenda item has.
#[derive(Debug, Clone, Copy)]
pub struct Station {
    /// Its row.
    pub id: i64,
    /// Its paper.
    pub paper_id: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// Its place among the paper's stations, from 1.
    pub position: i64,
}

/// The station that an agenda item has, if it has one that was not withdrawn.
///
/// # Errors
/// What the database reports.
pub fn station_of(tx: &mut Tx<'_>, item: i64) -> Result<Option<Station>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT id, paper_id, state, position FROM council_consultation WHERE site_id = $1 AND agenda_item_id = $2 AND state <> 'withdrawn' ORDER BY id"),
        &[&site, &item],
        |row| Ok(Station { id: row.get(0)?, paper_id: row.get(1)?, state: State::of(&row.get::<String>(2)?), position: row.get(3)? }),
    )
}

/// The place after the last station of a paper, from 1.
///
/// # Errors
/// What the database reports.
pub fn next_station(tx: &mut Tx<'_>, paper: i64) -> Result<i64, DbError> {
    let site = tx.site()?;
    let last = tx.find(sql!("SELECT COALESCE(MAX(position), 0) FROM council_consultation WHERE site_id = $1 AND paper_id = $2"), &[&site, &paper], |row| {
        row.get::<i64>(0)
    })?;
    Ok(last.unwrap_or(0) + 1)
}

/// Takes the station of an item back: what was public is withdrawn, a draft goes.
///
/// # Errors
/// What the database reports.
pub fn drop_station(tx: &mut Tx<'_>, item: i64, station: &Station, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_agenda_item SET consultation_id = NULL WHERE site_id = $1 AND id = $2"), &[&site, &item])?;
    if station.state == State::Public {
        return set(tx, Kind::Consultation, station.id, State::Withdrawn, at);
    }
    tx.execute(sql!("DELETE FROM council_consultation_organization WHERE site_id = $1 AND consultation_id = $2"), &[&site, &station.id])?;
    tx.execute(sql!("DELETE FROM council_consultation WHERE site_id = $1 AND id = $2"), &[&site, &station.id])?;
    Ok(())
}
