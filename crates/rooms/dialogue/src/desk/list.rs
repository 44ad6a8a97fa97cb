//! `/verwaltung/beteiligung`: all processes of the house, what a new one begins with, and answers that are later than promised.

use crate::pages::words::{State, Words};
use crate::store::lists::{self, Owed};
use crate::store::{processes, statement_path};
use crate::templates;
use allmende_core::{Act, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::State as Axum;
use axum::response::Response;

/// Processes on the page.
const ROWS: i64 = 200;
/// Late answers on the page.
const OWED: i64 = 50;

struct Row {
    path: String,
    title: String,
    kind: &'static str,
    when: String,
    so_far: String,
    state: State,
}

struct Beginning {
    path: String,
    name: &'static str,
    help: &'static str,
}

struct Late {
    path: String,
    title: String,
    text: String,
    state: State,
    department: String,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_list.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    rows: Vec<Row>,
    beginnings: Vec<Beginning>,
    late: Vec<Late>,
}

/// The page. Two statements.
pub(super) async fn list(Axum(app): Axum<App>, ctx: Ctx) -> Result<Response, AppError> {
    let zone = ctx.site.zone.clone();
    let (now, rows, owed) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            Ok::<_, AppError>((now, processes::list_all(tx, ROWS)?, lists::list_owed(tx, None, now.at(&zone).date(), OWED)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let rows = rows.iter().map(|process| Row {
        path: super::own_path(process.id),
        title: process.title.clone(),
        kind: words.kind(&process.template),
        when: words.when(process),
        so_far: words.so_far(process),
        state: match process.state.as_str() {
            "draft" => State { shape: "open", text: t.get("admin-dialogue-draft").to_owned() },
            "withdrawn" => State { shape: "no", text: t.get("admin-dialogue-withdrawn").to_owned() },
            _ => words.state(process),
        },
    });
    let is_clerk = may(&ctx.actor, Act::RunProcesses);
    let beginnings = templates::ALL.iter().filter(|_| is_clerk).map(|template| Beginning {
        path: format!("/verwaltung/beteiligung/neu/{}", template.key),
        name: t.find(&format!("dialogue-kind-{}", template.key)).unwrap_or(template.key),
        help: t.find(&format!("admin-dialogue-template-{}", template.key)).unwrap_or_default(),
    });
    page(&ListPage {
        shell: super::shell(&app, &ctx, t.get("admin-dialogue")),
        desk: desk(&app, &ctx),
        rows: rows.collect(),
        beginnings: beginnings.collect(),
        late: owed.into_iter().map(|owed| late(&words, owed)).collect(),
        words,
        t,
    })
}

fn late(words: &Words, owed: Owed) -> Late {
    Late {
        path: statement_path(owed.process, owed.number),
        state: words.waits(Some(owed.answer_by)),
        department: owed.department.unwrap_or_default(),
        title: owed.title,
        text: owed.text,
    }
}
