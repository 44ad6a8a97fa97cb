//! Lists of undertakings by key, and how many public ones stand where.

use super::{path, state_at, visibility_at};
use crate::rules::{State, Visibility};
use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// An undertaking in a list. Public fields only.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its German title, which its address is made from.
    pub german_title: String,
    /// Its title in the reader's language, if there is one.
    pub title: Option<String>,
    /// Where it stands today, in German.
    pub german_summary: String,
    /// The same in the reader's language, if there is one.
    pub summary: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Whether residents can take part.
    pub takes_part: bool,
    /// Street, address or place in words.
    pub place: Option<String>,
    /// The part of the town.
    pub district: Option<String>,
    /// The department that answers.
    pub department: Option<String>,
    /// Where its pin stands: longitude and latitude.
    pub pin: Option<(f64, f64)>,
    /// When anything changed last.
    pub changed_at: Instant,
    /// What the list by title is ordered by.
    pub title_key: String,
}

impl Listed {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.german_title)
    }
}

/// What narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand here.
    pub state: Option<State>,
    /// Only those in this part of the town.
    pub district: Option<String>,
    /// Only those of this department.
    pub department: Option<i64>,
    /// Only those with or without taking part.
    pub takes_part: Option<bool>,
}

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// By change, the newest first: before this moment (milliseconds) and row.
    Newest(i64, i64),
    /// By title: after this key and row.
    Title(String, i64),
}

macro_rules! rows {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT u.id, u.title, t.title, u.summary, t.summary, u.state, u.takes_part, u.place, u.district, d.name, u.longitude, u.latitude, u.changed_at, \
             u.title_key FROM undertaking u LEFT JOIN department d ON d.id = u.department_id \
             LEFT JOIN undertaking_text t ON t.undertaking_id = u.id AND t.language = $2 \
             WHERE u.site_id = $1 AND u.visibility = 'public' AND (CAST($3 AS TEXT) = '' OR u.state = $3) AND (CAST($4 AS TEXT) = '' OR u.district = $4) \
             AND (CAST($5 AS BIGINT) = 0 OR u.department_id = $5) AND (CAST($6 AS BIGINT) < 0 OR u.takes_part = $6)",
            $rest
        ))
    };
}

/// Public undertakings in the order of the cursor, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, from: &Cursor, language: Language, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let (state, district) = (filter.state.map_or("", State::key), filter.district.as_deref().unwrap_or_default());
    let (department, takes_part) = (filter.department.unwrap_or(0), filter.takes_part.map_or(-1, i64::from));
    let language = language.key();
    match from {
        Cursor::Newest(at, id) => tx.list(
            rows!(" AND (u.changed_at, u.id) < ($7, $8) ORDER BY u.changed_at DESC, u.id DESC LIMIT $9"),
            &[&site, &language, &state, &district, &department, &takes_part, at, id, &limit],
            listed,
        ),
        Cursor::Title(key, id) => tx.list(
            rows!(" AND (u.title_key, u.id) > ($7, $8) ORDER BY u.title_key, u.id LIMIT $9"),
            &[&site, &language, &state, &district, &department, &takes_part, key, id, &limit],
            listed,
        ),
    }
}

/// What the start page tells of: what is being carried out or open for taking part, the newest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_front(tx: &mut Tx<'_>, language: Language, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let language = language.key();
    tx.list(
        sql!(
            "SELECT u.id, u.title, t.title, u.summary, t.summary, u.state, u.takes_part, u.place, u.district, d.name, u.longitude, u.latitude, u.changed_at, \
             u.title_key FROM undertaking u LEFT JOIN department d ON d.id = u.department_id \
             LEFT JOIN undertaking_text t ON t.undertaking_id = u.id AND t.language = $2 \
             WHERE u.site_id = $1 AND u.visibility = 'public' AND (u.state IN ('participation', 'carried-out') OR (u.takes_part = 1 AND u.state IN \
             ('planned', 'prepared', 'decided'))) ORDER BY u.changed_at DESC, u.id DESC LIMIT $3"
        ),
        &[&site, &language, &limit],
        listed,
    )
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let text = |position| Ok::<_, DbError>(row.get::<Option<String>>(position)?.filter(|text| !text.is_empty()));
    Ok(Listed {
        id: row.get(0)?,
        german_title: row.get(1)?,
        title: text(2)?,
        german_summary: row.get(3)?,
        summary: text(4)?,
        state: state_at(row, 5)?,
        takes_part: row.get(6)?,
        place: row.get(7)?,
        district: row.get(8)?,
        department: row.get(9)?,
        pin: row.get::<Option<f64>>(10)?.zip(row.get::<Option<f64>>(11)?),
        changed_at: row.get(12)?,
        title_key: row.get(13)?,
    })
}

/// A number of public undertakings that share state, district, department and whether residents take part.
#[derive(Debug, Clone)]
pub struct Count {
    /// Where they stand.
    pub state: State,
    /// The part of the town; empty for none.
    pub district: String,
    /// The department; 0 for none.
    pub department: i64,
    /// Its name.
    pub department_name: Option<String>,
    /// How many.
    pub count: i64,
}

/// All numbers of the site. One statement.
///
/// # Errors
/// What the database reports.
pub fn counts(tx: &mut Tx<'_>) -> Result<Vec<Count>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT u.state, COALESCE(u.district, ''), COALESCE(u.department_id, 0), d.name, CAST(COUNT(*) AS BIGINT) FROM undertaking u \
             LEFT JOIN department d ON d.id = u.department_id WHERE u.site_id = $1 AND u.visibility = 'public' \
             GROUP BY u.state, u.district, u.department_id, d.name"
        ),
        &[&site],
        |row: &Row<'_>| {
            Ok(Count { state: state_at(row, 0)?, district: row.get(1)?, department: row.get(2)?, department_name: row.get(3)?, count: row.get(4)? })
        },
    )
}

/// An undertaking on the desk.
#[derive(Debug, Clone)]
pub struct Filed {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it stands.
    pub state: State,
    /// The department.
    pub department: Option<String>,
    /// When anything changed last.
    pub changed_at: Instant,
    /// The day by which an open request has its answer.
    pub answer_by: Option<String>,
}

/// What lies on a desk: what waits for an answer first, then the newest. `person` narrows it to the departments of that person.
///
/// # Errors
/// What the database reports.
pub fn list_filed(tx: &mut Tx<'_>, person: Option<Id<Person>>, limit: i64, offset: i64) -> Result<Vec<Filed>, DbError> {
    let (site, person) = (tx.site()?, person.map_or(0, Id::get));
    tx.list(
        sql!(
            "SELECT u.id, u.title, u.visibility, u.state, d.name, u.changed_at, q.answer_by FROM undertaking u \
             LEFT JOIN department d ON d.id = u.department_id LEFT JOIN undertaking_request q ON q.undertaking_id = u.id AND q.state = 'open' \
             WHERE u.site_id = $1 AND (CAST($2 AS BIGINT) = 0 OR u.department_id IN \
             (SELECT x.department_id FROM department_person x WHERE x.person_id = $2)) \
             ORDER BY CASE WHEN q.answer_by IS NULL THEN 1 ELSE 0 END, q.answer_by, u.changed_at DESC, u.id DESC LIMIT $3 OFFSET $4"
        ),
        &[&site, &person, &limit, &offset],
        |row| {
            Ok(Filed {
                id: row.get(0)?,
                title: row.get(1)?,
                visibility: visibility_at(row, 2)?,
                state: state_at(row, 3)?,
                department: row.get(4)?,
                changed_at: row.get(5)?,
                answer_by: row.get(6)?,
            })
        },
    )
}
