//! Codes are made: for letters to print, or as a table for letters that another program writes. They are shown in this answer alone;
//! kept are their keyed digests.

use super::desk::{Which, refused};
use super::new_codes;
use super::rules::{CODES_AT_ONCE, TOKEN_USES, lists};
use super::store::{self, NewBatch};
use crate::desk::{own_path, process_shell};
use crate::pages::words::Words;
use crate::store::processes::{self, Process};
use allmende_audience::LetterCode;
use allmende_core::{Instant, Refusal};
use allmende_platform::table::Table;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Nothing between here and the reader keeps what holds codes.
const NOT_KEPT: &str = "private, no-store";

#[derive(Template)]
#[template(path = "beteiligung/briefe.html")]
struct LettersPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    lead: String,
    until: Option<String>,
    address: String,
    contact: String,
    codes: Vec<String>,
    uses: Option<String>,
    site: String,
    back: String,
}

/// What the form asks for.
#[derive(Clone)]
struct Wanted {
    batch: NewBatch,
    count: usize,
    is_table: bool,
}

fn read(fields: &Fields) -> Result<Wanted, Vec<Refusal>> {
    let kind = if fields.raw("kind") == "token" { "token" } else { "letter_code" };
    let (count, uses) = (fields.line("count").parse::<usize>().unwrap_or(0), fields.line("uses").parse::<i64>().unwrap_or(1));
    let mut refusals = Vec::new();
    if !CODES_AT_ONCE.contains(&count) {
        refusals.push(Refusal::of_field("count", "admin-audience-count"));
    }
    if kind == "token" && !TOKEN_USES.contains(&uses) {
        refusals.push(Refusal::of_field("uses", "admin-audience-uses"));
    }
    let uses = if kind == "token" { uses } else { 1 };
    let title = fields.line("title").chars().take(120).collect();
    if refusals.is_empty() { Ok(Wanted { batch: NewBatch { kind, title, uses }, count, is_table: fields.raw("form") == "table" }) } else { Err(refusals) }
}

/// Makes codes and answers with them, once.
pub(super) async fn make(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let wanted = match read(&fields) {
        Ok(wanted) => wanted,
        Err(refusals) => return refused(&app, &ctx, id, Which::Make, Form::refused(ctx.t, &fields, refusals)).await,
    };
    let codes = new_codes(wanted.count)?;
    let (asked, given, running) = (wanted.clone(), codes.clone(), app.clone());
    let (process, now) = app
        .write(&ctx, move |tx| {
            let process = processes::find(tx, id)?.filter(|process| lists(&process.audience).any(|kind| kind == asked.batch.kind)).ok_or(AppError::NotFound)?;
            store::insert_codes(tx, &running.parts.seal, id, &asked.batch, &given)?;
            Ok::<_, AppError>((process, tx.now()?))
        })
        .await?;
    let printed: Vec<String> = codes.iter().map(LetterCode::printed).collect();
    if wanted.is_table { Ok(table(&ctx, &process, &printed)) } else { letters(&app, &ctx, &process, now, printed, &wanted) }
}

fn way_in(ctx: &Ctx, process: &Process) -> String {
    format!("{}{}/mitmachen", ctx.site.base_url, process.path())
}

fn table(ctx: &Ctx, process: &Process, codes: &[String]) -> Response {
    let mut table = Table::new(&["code", "address", "title"]);
    let address = way_in(ctx, process);
    for code in codes {
        table.row(&[code, &address, &process.title]);
    }
    let name = HeaderValue::from_str(&format!("attachment; filename=\"codes-{}.csv\"", process.id));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment"))),
        (CACHE_CONTROL, HeaderValue::from_static(NOT_KEPT)),
    ];
    (headers, table.text().to_owned()).into_response()
}

fn letters(app: &App, ctx: &Ctx, process: &Process, now: Instant, codes: Vec<String>, wanted: &Wanted) -> Result<Response, AppError> {
    let (t, words) = (ctx.t, Words::new(ctx, now));
    let answer = page(&LettersPage {
        shell: process_shell(app, ctx, process, t.get("admin-audience-letters")),
        title: process.title.clone(),
        lead: process.lead.clone(),
        until: process.ends_at.map(|ends| t.with("audience-letter-until", &[("day", (&words.dates.day(words.last_day(ends))).into())])),
        // Without the words of the title: somebody types it from paper.
        address: format!("{}/beteiligung/{}/mitmachen", ctx.site.base_url.trim_start_matches("https://").trim_start_matches("http://"), process.id),
        contact: process.contact.clone(),
        uses: (wanted.batch.uses > 1).then(|| t.with("audience-letter-uses", &[("uses", wanted.batch.uses.into())])),
        site: ctx.site.name.clone(),
        back: format!("{}/teilnahme", own_path(process.id)),
        codes,
        words,
        t,
    })?;
    Ok(([(CACHE_CONTROL, NOT_KEPT)], answer).into_response())
}
