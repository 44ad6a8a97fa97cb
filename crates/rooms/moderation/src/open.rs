//! The log for other programs: CSV of all of it and an Atom feed of the newest. As on the page: no names, no titles, no words.

use crate::pages::log::line;
use crate::store::decisions;
use allmende_core::Instant;
use allmende_platform::dates::Dates;
use allmende_platform::{App, AppError, Ctx};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Entries of the feed.
const ENTRIES_MAX: i64 = 50;
/// Lines of the table; a municipality does not reach them in its life.
const LINES_MAX: i64 = 100_000;

fn headers(media_type: &'static str) -> [(axum::http::HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, media_type), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")]
}

/// `/moderation.csv`: one line for each decision. All cells are days and keys, so that none needs quotes.
///
/// # Errors
/// What the database reports.
pub async fn csv(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let rows = app.read(&ctx, |tx| Ok::<_, AppError>(decisions::list_log(tx, i64::MAX, LINES_MAX)?)).await?;
    let mut out = "id,day,kind,action,rule,after_objection,role\r\n".to_owned();
    for row in rows {
        let day = row.decided_at.at(&ctx.site.zone).date();
        let after = if row.is_after_appeal { "yes" } else { "no" };
        out.push_str(&format!("{},{day},{},{},{},{after},{}\r\n", row.id, row.kind, row.action.key(), row.rule.unwrap_or_default(), row.role));
    }
    Ok((headers("text/csv; charset=utf-8; header=present"), out).into_response())
}

/// `/moderation.atom`: the newest decisions.
///
/// # Errors
/// What the database reports.
pub async fn atom(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (rows, now) = app.read(&ctx, |tx| Ok::<_, AppError>((decisions::list_log(tx, i64::MAX, ENTRIES_MAX)?, tx.now()?))).await?;
    let (base, t) = (&ctx.site.base_url, ctx.t);
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let entries = rows.iter().map(|row| {
        let shown = line(&app, &ctx, &dates, row);
        Entry {
            title: Text::plain(format!("{}: {}", shown.kind, shown.action)),
            id: format!("{base}/moderation#eintrag-{}", row.id),
            updated: date(day(&ctx, row.decided_at)),
            links: vec![link(format!("{base}/moderation"), "alternate", "text/html")],
            summary: Some(Text::plain(if shown.rule.is_empty() { shown.role.to_owned() } else { format!("{} – {}", shown.rule, shown.role) })),
            ..Entry::default()
        }
    });
    let own = format!("{base}/moderation.atom");
    let feed = Feed {
        title: Text::plain(format!("{} – {}", t.get("moderation-heading"), ctx.site.name)),
        id: own.clone(),
        updated: date(rows.first().map_or(ctx.site.changed_at, |row| day(&ctx, row.decided_at))),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}/moderation"), "alternate", "text/html")],
        entries: entries.collect(),
        ..Feed::default()
    };
    Ok((headers("application/atom+xml; charset=utf-8"), feed.to_string()).into_response())
}

/// The beginning of the day: the hour of a decision could lead to whoever wrote or reported.
fn day(ctx: &Ctx, at: Instant) -> Instant {
    let day = at.at(&ctx.site.zone).date().to_zoned(ctx.site.zone.clone());
    day.map_or(at, |day| Instant::from_millis(day.timestamp().as_millisecond()))
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    at.timestamp().to_string().parse().unwrap_or_default()
}
