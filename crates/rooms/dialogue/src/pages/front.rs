//! "Jetzt mitmachen" on the start page: what one can take part in, the one that ends first at the top.

use super::list::Row;
use super::words::Words;
use crate::rules::Standing;
use crate::store::processes;
use allmende_db::{DbError, Tx};
use allmende_platform::app::FrontContext;
use allmende_platform::texts::Speaker;
use askama::Template;

/// Processes on the start page.
const SHOWN: i64 = 4;

#[derive(Template)]
#[template(path = "beteiligung/front.html")]
struct Part {
    t: Speaker,
    words: Words,
    rows: Vec<Row>,
}

/// One statement; empty while nothing runs.
///
/// # Errors
/// What the database reports.
pub fn front_part(tx: &mut Tx<'_>, front: &FrontContext) -> Result<String, DbError> {
    let now = tx.now()?;
    let words = Words::new(&front.ctx, now);
    let current = processes::list_current(tx, now, SHOWN)?;
    let rows: Vec<Row> = current.iter().filter(|process| words.standing(process) == Standing::Running).map(|process| Row::new(&words, process)).collect();
    if rows.is_empty() {
        return Ok(String::new());
    }
    Part { t: front.ctx.t, words, rows }.render().map_err(|error| DbError::Other(error.to_string()))
}
