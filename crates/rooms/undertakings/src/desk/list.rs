//! What lies on the reader's table: what waits for an answer first. The clerk sees all, a department its own.

use crate::pages::words::{Standing, Words};
use crate::pages::{Parameters, parameter};
use crate::rules::{Visibility, may_manage};
use crate::store::lists::{self, Filed};
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;

/// Pages of the list that can be turned to.
const PAGES_MAX: i64 = 1_000;

struct Row {
    path: String,
    title: String,
    visibility: &'static str,
    state: Standing,
    department: String,
    day: String,
    owed: Option<Standing>,
}

#[derive(Template)]
#[template(path = "vorhaben/inbox.html")]
struct DeskPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    rows: Vec<Row>,
    is_clerk: bool,
    earlier: Option<String>,
    later: Option<String>,
}

/// The list. One statement.
pub(super) async fn list(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let is_clerk = may_manage(&ctx.actor);
    let number = parameter(&query, "seite").and_then(|text| text.parse::<i64>().ok()).unwrap_or(1).clamp(1, PAGES_MAX);
    let person = if is_clerk { None } else { ctx.actor.person() };
    let (now, mut rows) =
        app.read(&ctx, move |tx| Ok::<_, AppError>((tx.now()?, lists::list_filed(tx, person, PAGE_ROWS + 1, (number - 1) * PAGE_ROWS)?))).await?;
    let shown = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let turn = |number: i64| format!("/verwaltung/vorhaben?seite={number}");
    page(&DeskPage {
        shell: super::shell(&app, &ctx, t.get("admin-undertakings")),
        desk: desk(&app, &ctx),
        rows: rows.into_iter().map(|row| line(&words, row)).collect(),
        is_clerk,
        earlier: (number > 1).then(|| turn(number - 1)),
        later: has_more.then(|| turn(number + 1)),
        t,
        words,
    })
}

fn line(words: &Words, row: Filed) -> Row {
    let t = words.t;
    let owed = row.answer_by.as_deref().and_then(|day| day.parse::<Date>().ok()).map(|day| {
        let days = words.dates.days_until(day);
        if days < 0 {
            Standing { shape: "late", text: t.with("undertaking-answer-late", &[("count", (-days).into())]) }
        } else {
            Standing { shape: "open", text: t.with("undertaking-answer-until", &[("until", (&words.dates.until(day)).into())]) }
        }
    });
    Row {
        path: format!("/verwaltung/vorhaben/{}", row.id),
        title: row.title,
        visibility: visibility_word(t, row.visibility),
        state: words.state(row.state),
        department: row.department.unwrap_or_default(),
        day: words.day_of(row.changed_at),
        owed,
    }
}

/// Who may see it, in a word.
pub(super) fn visibility_word(t: Speaker, visibility: Visibility) -> &'static str {
    t.get(match visibility {
        Visibility::Draft => "admin-undertaking-draft",
        Visibility::Public => "admin-undertaking-public",
        Visibility::Withdrawn => "admin-undertaking-withdrawn",
    })
}
