//! `/rat/dateien/{id}`: a file with its readable text, page by page, for people who listen or cannot open it.

use super::address::{Found, admit, file_path, id_of, moved};
use super::markup::Markup;
use super::words::Words;
use crate::store::files::{self, File, Owner};
use crate::store::nodes;
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

/// Characters of text on one page; longer documents are shown in parts.
const TEXT_CHARS_MAX: usize = 40_000;

/// One page of the document.
struct Sheet {
    number: usize,
    heading: String,
    paragraphs: Vec<String>,
}

#[derive(Template)]
#[template(path = "rat/file.html")]
struct FilePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    sheets: Vec<Sheet>,
    missing: Option<&'static str>,
    original: Option<String>,
    note: String,
    day: Markup,
    read_at: Markup,
    license: Option<String>,
    owners: Vec<(String, String)>,
    earlier: Option<String>,
    later: Option<String>,
}

/// The page of a file.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn file(State(app): State<App>, ctx: Ctx, Path(id): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&id)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let file = files::find(tx, id)?.ok_or(AppError::NotFound)?;
            if let Some(path) = admit(&asked, &file.state, &file_path(id))? {
                return Ok(Found::Moved(path));
            }
            Ok::<_, AppError>(Found::Page((tx.now()?, file, files::owners(tx, id)?)))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page((now, file, owners)) => page(&view(&app, &ctx, now, &file, &owners)),
    }
}

fn view(app: &App, ctx: &Ctx, now: Instant, file: &File, owners: &[Owner]) -> FilePage {
    let words = Words::new(ctx, now);
    let t = ctx.t;
    let title = words.file_title(&file.row);
    let mut shell = super::shell(app, ctx, title.clone()).about(t.get("council-file-about"));
    if let Some(Owner::Paper(paper)) = owners.first() {
        shell = shell.crumb(paper.name.clone(), nodes::paper_path(paper.id, &paper.name));
    }
    let pages: Vec<String> = file.pages.as_deref().and_then(|pages| serde_json::from_str(pages).ok()).unwrap_or_default();
    let asked = ctx.query.split('&').find_map(|pair| pair.strip_prefix("seite=")?.parse::<usize>().ok());
    let (from, until) = part(&pages, asked.unwrap_or(1).clamp(1, pages.len().max(1)) - 1);
    let path = file_path(file.row.id);
    let missing = pages.iter().all(|page| page.trim().is_empty()).then(|| t.get(why_missing(file)));
    let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    let kept = file.stored_sha256.as_ref().map(|_| crate::store::entry::file_path(file.row.id, file.row.file_name.as_deref().unwrap_or_default()));
    FilePage {
        sheets: if missing.is_none() {
            pages[from..until].iter().enumerate().map(|(offset, text)| sheet(t, from + offset + 1, pages.len(), text)).collect()
        } else {
            Vec::new()
        },
        missing,
        original: file.access_url.as_ref().filter(web).or_else(|| file.download_url.as_ref().filter(web)).cloned().or(kept),
        note: words.file_note(&file.row),
        day: file.row.dated_on.as_deref().map(|day| words.day(day)).unwrap_or_default(),
        read_at: file.read_at.map(|at| words.date_of(at)).unwrap_or_default(),
        license: file.license.clone().filter(|license| !license.is_empty()),
        owners: owners.iter().map(|owner| of(&words, owner)).collect(),
        earlier: (from > 0).then(|| path.clone()),
        later: (until < pages.len()).then(|| format!("{path}?seite={}", until + 1)),
        title,
        shell,
        t,
        words,
    }
}

fn of(words: &Words, owner: &Owner) -> (String, String) {
    match owner {
        Owner::Paper(paper) => {
            (nodes::paper_path(paper.id, &paper.name), if paper.name.is_empty() { words.t.get("council-untitled").to_owned() } else { paper.name.clone() })
        }
        Owner::Meeting(meeting, at) => {
            let name = if meeting.name.is_empty() { words.t.get("council-meeting") } else { &meeting.name };
            let date = at.map(|at| words.dates.day(words.dates.local(at).date()));
            let label = date.map_or_else(|| name.to_owned(), |date| words.t.with("council-meeting-title", &[("name", name.into()), ("date", (&date).into())]));
            (nodes::meeting_path(meeting.id, &meeting.name), label)
        }
    }
}

/// The pages shown from one on: as many as fit, at least one.
fn part(pages: &[String], from: usize) -> (usize, usize) {
    let mut until = from;
    let mut length = 0;
    while let Some(page) = pages.get(until) {
        length += page.len();
        if until > from && length > TEXT_CHARS_MAX {
            break;
        }
        until += 1;
    }
    (from.min(until), until)
}

/// Paragraphs are separated by empty lines; a single line end inside one is a space for the ear.
fn sheet(t: Speaker, number: usize, count: usize, text: &str) -> Sheet {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => {
                is_open = false;
                continue;
            }
            Some(last) if is_open => {
                last.push(' ');
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
        is_open = true;
    }
    Sheet { number, heading: t.with("council-file-sheet", &[("number", number.into()), ("count", count.into())]), paragraphs }
}

/// The keys of problems are those of the crate that reads texts, of the one that fetches, and of the job between them.
fn why_missing(file: &File) -> &'static str {
    match (file.text_state.as_str(), file.text_problem.as_deref()) {
        ("waiting", _) => "council-text-waiting",
        ("failed", Some("extract-encrypted")) => "council-text-encrypted",
        ("failed", Some("extract-no-text")) | ("done", _) => "council-text-scan",
        ("failed", Some(cause)) if cause == "file-gone" || cause.starts_with("outbound-") => "council-text-gone",
        ("failed", Some("extract-too-large" | "extract-timed-out" | "extract-memory-exceeded")) => "council-text-too-large",
        ("failed", _) => "council-text-failed",
        _ => "council-text-none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_before_the_page_that_is_too_much() {
        let pages = |lengths: &[usize]| lengths.iter().map(|length| "x".repeat(*length)).collect::<Vec<_>>();
        assert_eq!(part(&pages(&[20_000, 20_000, 1]), 0), (0, 2));
        assert_eq!(part(&pages(&[20_000, 20_001, 1]), 0), (0, 1));
        assert_eq!(part(&pages(&[90_000, 1]), 0), (0, 1));
        assert_eq!(part(&pages(&[1, 1]), 1), (1, 2));
        assert_eq!(part(&[], 0), (0, 0));
    }
}
