//! "Vorhaben" on the start page: what is being carried out now, and where one can take part.

use super::words::{Item, Words};
use crate::store::lists;
use allmende_db::{DbError, Tx};
use allmende_platform::app::FrontContext;
use allmende_platform::texts::Speaker;
use askama::Template;

/// Undertakings on the start page.
const ITEMS_MAX: i64 = 4;

#[derive(Template)]
#[template(path = "vorhaben/front.html")]
struct Part {
    t: Speaker,
    items: Vec<Item>,
}

/// One statement; empty as long as nothing is carried out or open.
///
/// # Errors
/// What the database reports.
pub fn front_part(tx: &mut Tx<'_>, front: &FrontContext) -> Result<String, DbError> {
    let (now, rows) = (tx.now()?, lists::list_front(tx, front.ctx.language(), ITEMS_MAX)?);
    if rows.is_empty() {
        return Ok(String::new());
    }
    let words = Words::new(&front.ctx, now);
    let items = rows.iter().zip(1..).map(|(row, number)| Item::new(&words, number, row)).collect();
    Part { t: front.ctx.t, items }.render().map_err(|error| DbError::Other(error.to_string()))
}
