//! Pages of ideas: each order walks one index from where the page before ended, in one statement.

use super::pictures::Picture;
use super::{day_at, path, state_at};
use crate::formats::ideas::rules::{Answer, Sort, State};
use crate::formats::ideas::similar;
use allmende_core::Instant;
use allmende_db::{DbError, Row, Statement, Tx, sql};
use allmende_platform::search::Point;
use jiff::civil::Date;

/// Where a list goes on: behind this idea. `key` is what the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Supports, or the number by chance; 0 for the newest.
    pub key: i64,
    /// The row.
    pub id: i64,
    /// By chance: whether the circle began anew.
    pub is_wrapped: bool,
}

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// The collection.
    pub part: i64,
    /// The order.
    pub sort: Sort,
    /// Where the order by chance begins today.
    pub beginning: i64,
    /// One category alone.
    pub category: Option<String>,
    /// `open` for what has no answer, else the key of an answer.
    pub answer: Option<String>,
    /// A point and metres around it.
    pub near: Option<(Point, f64)>,
}

/// An idea as it stands in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its number within the process.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its text, the beginning.
    pub text: String,
    /// The name of its author.
    pub author_name: String,
    /// Its category.
    pub category: Option<String>,
    /// The words of its place.
    pub place: Option<String>,
    /// Where that is.
    pub point: Option<Point>,
    /// People who support it.
    pub supports: i64,
    /// Public comments on it.
    pub comments: i64,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// What became of it.
    pub answer: Option<Answer>,
    /// When it was handed to the council.
    pub to_council_at: Option<Instant>,
    /// Its number by chance.
    pub shuffle: i64,
    /// Its picture.
    pub picture: Option<Picture>,
}

impl Listed {
    /// Its page.
    #[must_use]
    pub fn path(&self, process: i64) -> String {
        path(process, self.number)
    }
}

macro_rules! listed {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT id, number, title, substr(text, 1, 260), author_name, category, place, latitude, longitude, supports, comments, submitted_at, answer_by, \
             answer_state, to_council_at, shuffle, k.description, k.large_width, k.large_height, k.small_width, k.small_height \
             FROM idea i LEFT JOIN idea_picture k ON k.idea_id = i.id WHERE +i.site_id = $1 AND part_id = $2 AND state = 'public' \
             AND (CAST($3 AS TEXT) IS NULL OR COALESCE(answer_state, 'open') = $3) \
             AND (CAST($4 AS DOUBLE PRECISION) IS NULL OR (latitude BETWEEN $4 AND $5 AND longitude BETWEEN $6 AND $7)) ",
            $rest
        ))
    };
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let (latitude, longitude): (Option<f64>, Option<f64>) = (row.get(7)?, row.get(8)?);
    Ok(Listed {
        id: row.get(0)?,
        number: row.get(1)?,
        title: row.get(2)?,
        text: row.get(3)?,
        author_name: row.get(4)?,
        category: row.get(5)?,
        place: row.get(6)?,
        point: latitude.zip(longitude).map(|(latitude, longitude)| Point { longitude, latitude }),
        supports: row.get(9)?,
        comments: row.get(10)?,
        submitted_at: row.get(11)?,
        answer_by: day_at(row, 12)?,
        answer: row.get::<Option<String>>(13)?.as_deref().and_then(Answer::of),
        to_council_at: row.get(14)?,
        shuffle: row.get(15)?,
        picture: Picture::at(row, 16)?,
    })
}

/// The statement of an order: `$8` rows, `$9` row and `$10` key of the idea before, then the end of the circle and the category.
fn statement(sort: Sort, has_category: bool) -> &'static Statement {
    match (sort, has_category) {
        (Sort::Newest, false) => listed!("AND id < $9 ORDER BY id DESC LIMIT $8"),
        (Sort::Newest, true) => listed!("AND id < $9 AND category = $10 ORDER BY id DESC LIMIT $8"),
        (Sort::Supported, false) => listed!("AND (supports, id) < ($10, $9) ORDER BY supports DESC, id DESC LIMIT $8"),
        (Sort::Supported, true) => listed!("AND (supports, id) < ($10, $9) AND category = $11 ORDER BY supports DESC, id DESC LIMIT $8"),
        (Sort::Chance, false) => listed!("AND (shuffle, id) > ($10, $9) AND shuffle < $11 ORDER BY shuffle, id LIMIT $8"),
        (Sort::Chance, true) => listed!("AND (shuffle, id) > ($10, $9) AND shuffle < $11 AND category = $12 ORDER BY shuffle, id LIMIT $8"),
    }
}

/// Degrees of latitude of a metre.
const DEGREES_PER_METRE: f64 = 1.0 / 111_320.0;

/// The box around a point: south, north, west, east.
fn bounds(near: Option<(Point, f64)>) -> [Option<f64>; 4] {
    let Some((point, metres)) = near else { return [None; 4] };
    let north = metres * DEGREES_PER_METRE;
    let east = north / point.latitude.to_radians().cos().max(0.01);
    [point.latitude - north, point.latitude + north, point.longitude - east, point.longitude + east].map(Some)
}

/// One page of public ideas. One statement; two by chance where the circle begins anew.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, asked: &Asked, from: Option<Cursor>, limit: i64) -> Result<Vec<Listed>, DbError> {
    if asked.sort != Sort::Chance {
        let (key, id) = from.map_or((i64::MAX, i64::MAX), |from| (from.key, from.id));
        return walk(tx, asked, (key, id), 0, limit);
    }
    let is_wrapped = from.is_some_and(|from| from.is_wrapped);
    let (first_end, after) = if is_wrapped { (asked.beginning, (-1, i64::MAX)) } else { (i64::MAX, (asked.beginning - 1, i64::MAX)) };
    let mut rows = walk(tx, asked, from.map_or(after, |from| (from.key, from.id)), first_end, limit)?;
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if !is_wrapped && left > 0 && asked.beginning > 0 {
        rows.extend(walk(tx, asked, (-1, i64::MAX), asked.beginning, left)?);
    }
    Ok(rows)
}

fn walk(tx: &mut Tx<'_>, asked: &Asked, (key, id): (i64, i64), end: i64, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let [south, north, west, east] = bounds(asked.near);
    let statement = statement(asked.sort, asked.category.is_some());
    let mut params: Vec<&dyn allmende_db::Param> = vec![&site, &asked.part, &asked.answer, &south, &north, &west, &east, &limit, &id];
    if asked.sort != Sort::Newest {
        params.push(&key);
    }
    if asked.sort == Sort::Chance {
        params.push(&end);
    }
    if let Some(category) = &asked.category {
        params.push(category);
    }
    tx.list(statement, &params, listed)
}

/// Where a list goes on behind a row.
#[must_use]
pub fn cursor(asked: &Asked, row: &Listed) -> Cursor {
    let key = match asked.sort {
        Sort::Newest => 0,
        Sort::Supported => row.supports,
        Sort::Chance => row.shuffle,
    };
    Cursor { key, id: row.id, is_wrapped: asked.sort == Sort::Chance && row.shuffle < asked.beginning }
}

/// Public ideas with words of this title, the most alike first, at most `limit`. One statement; of each word at most two thousand
/// ideas are looked at, and the sixty with the most words in common are compared.
///
/// # Errors
/// What the database reports.
pub fn similar(tx: &mut Tx<'_>, part: i64, title: &str, but: Option<i64>, limit: usize) -> Result<Vec<Listed>, DbError> {
    let words = similar::words_of(title);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let site = tx.site()?;
    let rows = tx.list(
        sql!(
            "SELECT id, number, title, substr(text, 1, 260), author_name, category, place, latitude, longitude, supports, comments, submitted_at, answer_by, \
             answer_state, to_council_at, shuffle, k.description, k.large_width, k.large_height, k.small_width, k.small_height \
             FROM idea i LEFT JOIN idea_picture k ON k.idea_id = i.id WHERE +i.site_id = $1 AND state = 'public' AND id IN (SELECT w.idea_id FROM (SELECT idea_id FROM idea_word \
             WHERE part_id = $2 AND word ANY_OF($3) LIMIT 20000) w GROUP BY w.idea_id ORDER BY COUNT(*) DESC, w.idea_id DESC LIMIT 60)"
        ),
        &[&site, &part, &words],
        listed,
    )?;
    let mut alike: Vec<(f64, Listed)> = rows.into_iter().map(|row| (similar::likeness(title, &row.title), row)).collect();
    alike.retain(|(likeness, row)| *likeness >= similar::ALIKE && Some(row.id) != but);
    alike.sort_by(|(one, row), (other, other_row)| other.total_cmp(one).then(other_row.id.cmp(&row.id)));
    Ok(alike.into_iter().map(|(_, row)| row).take(limit).collect())
}

/// An idea that is tied to another one.
#[derive(Debug, Clone)]
pub struct Relative {
    /// `merged` or `split`.
    pub kind: String,
    /// Whether the other one is where it went to (merged into, split into).
    pub is_target: bool,
    /// The number of the other one.
    pub number: i64,
    /// Its title; empty if it is not public any more.
    pub title: String,
    /// Why.
    pub reason: String,
    /// When.
    pub happened_at: Instant,
}

/// What an idea came out of and went into. One statement.
///
/// # Errors
/// What the database reports.
pub fn relatives(tx: &mut Tx<'_>, idea: i64) -> Result<Vec<Relative>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT l.kind, CAST(1 AS BIGINT) is_target, o.number, o.title, o.state, l.reason, l.happened_at, o.id FROM idea_lineage l \
             JOIN idea o ON o.id = l.to_idea_id WHERE +l.site_id = $1 AND l.from_idea_id = $2 \
             UNION ALL SELECT l.kind, CAST(0 AS BIGINT), o.number, o.title, o.state, l.reason, l.happened_at, o.id FROM idea_lineage l \
             JOIN idea o ON o.id = l.from_idea_id WHERE +l.site_id = $1 AND l.to_idea_id = $2 ORDER BY happened_at, id LIMIT 100"
        ),
        &[&site, &idea],
        |row| {
            let is_shown = matches!(state_at(row, 4)?, State::Public | State::Merged);
            let title = if is_shown { row.get(3)? } else { String::new() };
            Ok(Relative { kind: row.get(0)?, is_target: row.get::<i64>(1)? == 1, number: row.get(2)?, title, reason: row.get(5)?, happened_at: row.get(6)? })
        },
    )
}

/// An idea as open data: public fields of a public row.
#[derive(Debug, Clone)]
pub struct PublicIdea {
    /// What stands in lists.
    pub listed: Listed,
    /// Its whole text.
    pub text: String,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// The answer in words.
    pub answer_text: Option<String>,
    /// The department that answers.
    pub department: Option<String>,
}

/// Hands on every public idea of a collection, in the order of their numbers.
///
/// # Errors
/// What the database or `visit` reports.
pub fn each(tx: &mut Tx<'_>, part: i64, mut visit: impl FnMut(PublicIdea) -> Result<(), DbError>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.each(
        sql!(
            "SELECT i.id, i.number, i.title, '', i.author_name, i.category, i.place, i.latitude, i.longitude, i.supports, i.comments, i.submitted_at, i.answer_by, \
             i.answer_state, i.to_council_at, i.shuffle, k.description, k.large_width, k.large_height, k.small_width, k.small_height, \
             i.text, i.answered_at, i.answer_text, d.name FROM idea i LEFT JOIN idea_picture k ON k.idea_id = i.id \
             LEFT JOIN department d ON d.id = i.answer_department_id WHERE +i.site_id = $1 AND i.part_id = $2 AND i.state = 'public' ORDER BY i.id"
        ),
        &[&site, &part],
        |row| {
            visit(PublicIdea {
                listed: listed(row)?,
                text: row.get(21)?,
                answered_at: row.get(22)?,
                answer_text: row.get(23)?,
                department: row.get(24)?,
            })
        },
    )
}
