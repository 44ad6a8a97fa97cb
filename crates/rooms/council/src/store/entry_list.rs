//! Lists of the desk: every kind by key, in the order in which the clerk looks for things, and the search through them.
//!
//! A list goes on after a row, named by its number. What is searched for is compared folded, so it happens here and not in the
//! database; a page looks at some thousand rows and says where it stopped. Start with [`page`].

use crate::entry::rules::State;
use allmende_core::fold::fold;
use allmende_db::{DbError, Row, Statement, Tx, sql};
use allmende_oparl::Kind;
use allmende_platform::limits::PAGE_ROWS;

/// Rows looked at in one statement of a search.
const SEARCHED_MAX: i64 = 4_000;
/// Such statements for one page; the link to further rows goes on from there.
const SEARCHES_MAX: usize = 4;

/// What is shown of a row in a list of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its row.
    pub id: i64,
    /// Its name, or nothing usable yet.
    pub name: String,
    /// Where it stands.
    pub state: State,
}

pub(super) fn entry(row: &Row<'_>) -> Result<Entry, DbError> {
    Ok(Entry { id: row.get(0)?, name: row.get(1)?, state: State::of(&row.get::<String>(2)?) })
}

/// Hands the words of each kind to a macro that makes a statement of them: table, name, key of the order, its direction and
/// the comparison that goes on in this direction. A missing key counts as the last one, on both engines.
macro_rules! of_list {
    ($kind:expr, $statement:ident) => {
        match $kind {
            Kind::Body => $statement!("council_body", "x.name", "x.id", "", ">"),
            Kind::LegislativeTerm => $statement!("council_term", "COALESCE(x.name, '')", "COALESCE(x.starts_on, '')", " DESC", "<"),
            Kind::Organization => $statement!("council_organization", "x.name", "x.sort_key", "", ">"),
            Kind::Person => $statement!("council_person", "x.name", "x.sort_key", "", ">"),
            Kind::Membership => $statement!(
                "council_membership",
                "COALESCE((SELECT p.name FROM council_person p WHERE p.id = x.person_id), '') || ', ' || \
                 COALESCE((SELECT o.name FROM council_organization o WHERE o.id = x.organization_id), '') || ', ' || COALESCE(x.role, '')",
                "x.id",
                " DESC",
                "<"
            ),
            Kind::Meeting => $statement!("council_meeting", "COALESCE(x.name, '')", "COALESCE(x.starts_at, 0)", " DESC", "<"),
            Kind::Paper => $statement!("council_paper", "COALESCE(x.reference || ' ', '') || COALESCE(x.name, '')", "COALESCE(x.dated_on, '')", " DESC", "<"),
            Kind::Location => $statement!("council_location", "COALESCE(x.description, x.street_address, '')", "x.id", " DESC", "<"),
            Kind::AgendaItem => $statement!("council_agenda_item", "COALESCE(x.name, '')", "x.id", " DESC", "<"),
            Kind::File => $statement!("council_file", "COALESCE(x.name, x.file_name, '')", "x.id", " DESC", "<"),
            Kind::Consultation | Kind::System => return Err(DbError::Unsupported("a list of this kind")),
        }
    };
}

fn listed(kind: Kind) -> Result<&'static Statement, DbError> {
    macro_rules! list {
        ($table:literal, $name:literal, $key:literal, $way:literal, $after:literal) => {
            sql!(concat!(
                "SELECT x.id, ",
                $name,
                ", x.state FROM ",
                $table,
                " x WHERE x.site_id = $1 AND x.state <> 'placeholder' AND (CAST($2 AS BIGINT) = 1 OR x.state <> 'internal') \
                 AND (CAST($4 AS BIGINT) IS NULL OR (",
                $key,
                ", x.id) ",
                $after,
                " (SELECT ",
                $key,
                ", x.id FROM ",
                $table,
                " x WHERE x.site_id = $1 AND x.id = $4)) ORDER BY ",
                $key,
                $way,
                ", x.id",
                $way,
                " LIMIT $3"
            ))
        };
    }
    Ok(of_list!(kind, list))
}

/// Rows of a kind after a row of the same kind, or from the beginning, at most `limit`. Internal ones only if asked for.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, kind: Kind, with_internal: bool, after: Option<i64>, limit: i64) -> Result<Vec<Entry>, DbError> {
    let site = tx.site()?;
    tx.list(listed(kind)?, &[&site, &i64::from(with_internal), &limit, &after], entry)
}

/// These rows of a kind, whatever their state; for choices that were made long ago.
///
/// # Errors
/// What the database reports.
pub fn some(tx: &mut Tx<'_>, kind: Kind, ids: &[i64]) -> Result<Vec<Entry>, DbError> {
    macro_rules! some {
        ($table:literal, $name:literal, $key:literal, $way:literal, $after:literal) => {
            sql!(concat!("SELECT x.id, ", $name, ", x.state FROM ", $table, " x WHERE x.site_id = $1 AND x.state <> 'placeholder' AND x.id ANY_OF($2)"))
        };
    }
    let site = tx.site()?;
    tx.list(of_list!(kind, some), &[&site, &ids], entry)
}

/// What a list was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The kind.
    pub kind: Kind,
    /// Whether internal rows are shown.
    pub with_internal: bool,
    /// Words that must all stand in the name; none for the whole list.
    pub words: String,
    /// The row after which the list goes on.
    pub after: Option<i64>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most [`PAGE_ROWS`].
    pub rows: Vec<Entry>,
    /// The row after which it goes on; nothing at the end.
    pub next: Option<i64>,
}

/// A page of a list, narrowed by words or not. At most four statements.
///
/// # Errors
/// What the database reports.
pub fn page(tx: &mut Tx<'_>, asked: &Asked) -> Result<Page, DbError> {
    let rows_max = usize::try_from(PAGE_ROWS).unwrap_or(0);
    let folded = fold(&asked.words);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        let mut rows = list(tx, asked.kind, asked.with_internal, asked.after, PAGE_ROWS + 1)?;
        let more = rows.len() > rows_max;
        rows.truncate(rows_max);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        return Ok(Page { rows, next });
    }
    let (mut rows, mut after) = (Vec::new(), asked.after);
    for _ in 0..SEARCHES_MAX {
        let seen = list(tx, asked.kind, asked.with_internal, after, SEARCHED_MAX)?;
        let is_end = i64::try_from(seen.len()).unwrap_or(0) < SEARCHED_MAX;
        for row in seen {
            after = Some(row.id);
            let name = fold(&row.name);
            if !words.iter().all(|word| name.contains(word)) {
                continue;
            }
            if rows.len() == rows_max {
                // One more than fits: the list goes on after the last one shown.
                let next = rows.last().map(|row: &Entry| row.id);
                return Ok(Page { rows, next });
            }
            rows.push(row);
        }
        if is_end {
            return Ok(Page { rows, next: None });
        }
    }
    Ok(Page { rows, next: after })
}

/// Meetings or papers that are not public yet, newest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_drafts(tx: &mut Tx<'_>, kind: Kind, with_internal: bool, limit: i64) -> Result<Vec<Entry>, DbError> {
    let statement = match kind {
        Kind::Paper => sql!(
            "SELECT id, COALESCE(reference || ' ', '') || COALESCE(name, ''), state FROM council_paper WHERE site_id = $1 \
             AND state IN ('draft', CASE WHEN CAST($2 AS BIGINT) = 1 THEN 'internal' ELSE 'draft' END) ORDER BY id DESC LIMIT $3"
        ),
        Kind::Meeting => sql!(
            "SELECT id, COALESCE(name, ''), state FROM council_meeting WHERE site_id = $1 \
             AND state IN ('draft', CASE WHEN CAST($2 AS BIGINT) = 1 THEN 'internal' ELSE 'draft' END) ORDER BY id DESC LIMIT $3"
        ),
        _ => return Ok(Vec::new()),
    };
    let site = tx.site()?;
    tx.list(statement, &[&site, &i64::from(with_internal), &limit], entry)
}
