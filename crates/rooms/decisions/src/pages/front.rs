//! "Was daraus wurde" on the start page: the latest reports on decisions.

use super::words::{State, Words};
use crate::store::{path, records};
use allmende_db::{DbError, Tx};
use allmende_platform::app::FrontContext;
use allmende_platform::texts::Speaker;
use askama::Template;

/// Reports on the start page.
const NEWS_MAX: i64 = 5;

struct Item {
    path: String,
    title: String,
    day: String,
    note: String,
    state: State,
}

#[derive(Template)]
#[template(path = "beschluss/front.html")]
struct Part {
    t: Speaker,
    words: Words,
    items: Vec<Item>,
}

/// One statement; empty as long as nobody reported.
///
/// # Errors
/// What the database reports.
pub fn front_part(tx: &mut Tx<'_>, front: &FrontContext) -> Result<String, DbError> {
    let (now, news) = (tx.now()?, records::list_latest(tx, NEWS_MAX)?);
    if news.is_empty() {
        return Ok(String::new());
    }
    let words = Words::new(&front.ctx, now);
    let items = news
        .into_iter()
        .map(|news| Item {
            path: path(news.id, &news.title),
            day: words.day_of(news.recorded_at),
            note: news.reason.or(news.next_step).unwrap_or_default(),
            state: words.status(news.status, news.expected_on),
            title: news.title,
        })
        .collect();
    Part { t: front.ctx.t, words, items }.render().map_err(|error| DbError::Other(error.to_string()))
}
