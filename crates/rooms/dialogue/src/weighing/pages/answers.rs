//! `/beteiligung/{slug}/antworten`: how many wishes got which answer, and the weighing table, to read and to print.

use crate::pages::frame::{self, Frame, Here};
use crate::pages::process::Read;
use crate::pages::words::{State, Words};
use crate::pages::{Parameters, id_of, parameter};
use crate::store::{statement_path, versions};
use crate::weighing::store::table::{self as rows, Shows};
use crate::weighing::table::Source;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_xbeteiligung::Weighing as Code;
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;

/// Statements on one page, and on the one for printing.
const STATEMENTS: i64 = 50;
const PRINTED: i64 = 2_000;

struct Row {
    path: String,
    label: String,
    cells: Vec<String>,
    state: State,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung.html")]
struct AnswersPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    caption: String,
    counts: Vec<(&'static str, i64)>,
    is_late: bool,
    head: Vec<&'static str>,
    rows: Vec<Row>,
    is_whole: bool,
    first: Option<String>,
    next: Option<String>,
}

/// The page; `?alle=1` has all rows on one page, to print. Five statements, and the text of the version if it is not kept in memory.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let is_whole = parameter(&query, "alle").is_some();
    let from = parameter(&query, "ab").and_then(|number| number.parse::<i64>().ok()).filter(|number| *number > 0).unwrap_or(1);
    let limit = if is_whole { PRINTED } else { STATEMENTS };
    let (read, shown, counts, mut found) = app
        .read(&ctx, move |tx| {
            let read = Read::of(tx, id)?;
            let shown = read.newest().cloned().map(|version| versions::shown(tx, &version)).transpose()?;
            Ok::<_, AppError>((read, shown, rows::count(tx, id)?, rows::list(tx, id, Shows::Public, from, limit + 1)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, read.now));
    let mut numbers: Vec<i64> = found.iter().map(|row| row.number).collect();
    numbers.dedup();
    let next = usize::try_from(limit).ok().and_then(|limit| numbers.get(limit)).copied();
    found.retain(|row| next.is_none_or(|next| row.number < next));
    let source = Source { t, dates: &words.dates, process: id, title: &read.process.title, shown: shown.as_deref() };
    let own = format!("{}/antworten", read.process.path());
    let count = |code: Code| counts.iter().find(|(own, _)| *own == i64::from(code.code())).map_or(0, |(_, count)| *count);
    let rows = found.iter().map(|row| {
        let cells = source.cells(row);
        let state = row.code.map_or_else(|| words.waits(None), |code| words.code(code));
        Row { path: statement_path(id, row.number), label: cells.first().cloned().unwrap_or_default(), cells, state }
    });
    page(&AnswersPage {
        caption: t.with(
            "weighing-caption",
            &[("statements", read.process.statements.into()), ("answers", counts.iter().map(|(_, count)| count).sum::<i64>().into())],
        ),
        counts: Code::ALL.into_iter().map(|code| (t.find(&format!("weighing-word-{}", code.code())).unwrap_or_default(), count(code))).collect(),
        is_late: read.process.answer_days.is_some() && read.process.statements > read.process.answered,
        head: source.head(),
        rows: rows.collect(),
        first: (from > 1).then(|| own.clone()),
        next: next.map(|next| format!("{own}?ab={next}")),
        shell: frame::shell(&app, &ctx, &read.process, t.with("weighing-answers-title", &[("title", (&read.process.title).into())]))
            .crumb(read.process.title.clone(), read.process.path())
            .here(t.get("weighing-answers")),
        frame: Frame::new(&words, &read.process, &read.phases, &read.versions, Here::Answers),
        is_whole,
        words,
        t,
    })
}
