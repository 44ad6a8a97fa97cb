//! One's own subscriptions: with an account at `/konto/abos`, without one behind the secret link of every mail. One page, two doors.

use super::{confirm, frequencies, number, path_of, reason, shell};
use crate::rules::{Frequency, Schedule};
use crate::store::readers::{self, Door, Reader};
use crate::store::subscriptions::{self, Listed};
use crate::store::{self, Subscription};
use allmende_core::{Id, Language, Refusal};
use allmende_db::Tx;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "abos/manage.html")]
struct ManagePage {
    shell: Shell,
    t: Speaker,
    /// What the addresses of the forms begin with.
    base: String,
    email: String,
    is_account: bool,
    has_reader: bool,
    /// Why mails rest, and since when.
    paused: Option<String>,
    rows: Vec<Row>,
    frequencies: Vec<Choice>,
    schedule: Form,
    hours: Vec<Choice>,
    weekdays: Vec<Choice>,
    languages: Vec<Choice>,
}

struct Row {
    id: i64,
    what: String,
    path: String,
    frequency: &'static str,
    feed: String,
    calendar: String,
}

impl Row {
    fn new(t: Speaker, listed: &Listed) -> Self {
        Self {
            id: listed.id.get(),
            what: reason(t, &listed.target, &listed.name),
            path: path_of(&listed.target).unwrap_or_default(),
            frequency: listed.frequency.key(),
            feed: format!("/abos/feed/{}/neues.atom", listed.feed_secret),
            calendar: format!("/abos/feed/{}/termine.ics", listed.feed_secret),
        }
    }
}

fn own(ctx: &Ctx) -> Result<Door, AppError> {
    ctx.actor.person().map(Door::Account).ok_or(AppError::Forbidden)
}

/// What the addresses of a door begin with.
fn base(door: &Door) -> String {
    match door {
        Door::Account(_) => "/konto/abos".to_owned(),
        Door::Secret(secret) => format!("/abos/{secret}"),
    }
}

/// The reader behind a door. An account's subscriptions are looked after by whoever is signed in, not by whoever has a mail.
fn find(tx: &mut Tx<'_>, door: &Door) -> Result<Option<Reader>, AppError> {
    let reader = readers::find(tx, door)?;
    Ok(reader.filter(|reader| reader.person.is_some() == matches!(door, Door::Account(_))))
}

async fn page_of(app: &App, ctx: &Ctx, door: Door, refused: Option<Form>) -> Result<Response, AppError> {
    let base = base(&door);
    let is_account = matches!(door, Door::Account(_));
    let (reader, listed, now) = app
        .read(ctx, move |tx| {
            let reader = find(tx, &door)?;
            let listed = match &reader {
                Some(reader) => subscriptions::list(tx, reader.id)?,
                None => Vec::new(),
            };
            Ok::<_, AppError>((reader, listed, tx.now()?))
        })
        .await?;
    if reader.is_none() && !is_account {
        return confirm::ended(app, ctx);
    }
    let t = ctx.t;
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let mut shell = shell(app, ctx, t.get("abo-own-heading"));
    if is_account {
        shell = shell.crumb(t.get("shell-account"), "/konto");
    }
    let kept = reader.as_ref().map(|reader| schedule_form(t, reader)).unwrap_or_else(|| Form::new(t));
    let is_refused = refused.is_some();
    let schedule = refused.unwrap_or(kept);
    schedule.mark(&mut shell);
    let paused = reader.as_ref().and_then(|reader| reader.paused.as_ref()).map(|(since, cause)| {
        let day = dates.day(dates.local(*since).date());
        t.with(if cause == "refused" { "abo-paused-refused" } else { "abo-paused-bounced" }, &[("day", (&day).into())])
    });
    let hour = |hour: i64| Choice::new(hour.to_string(), t.with("abo-hour-choice", &[("hour", hour.into())]));
    let weekday = |day: i64| Choice::new(day.to_string(), t.find(&format!("weekday-{day}")).unwrap_or_default());
    let built = ManagePage {
        shell,
        t,
        base,
        email: reader.as_ref().map(|reader| reader.email.clone()).unwrap_or_default(),
        is_account,
        has_reader: reader.is_some(),
        paused,
        rows: listed.iter().map(|listed| Row::new(t, listed)).collect(),
        frequencies: frequencies(t),
        schedule,
        hours: (0..24).map(hour).collect(),
        weekdays: (1..=7).map(weekday).collect(),
        languages: Language::ALL.into_iter().map(|language| Choice::new(language.key(), language.name())).collect(),
    };
    if is_refused { refused_page(&built) } else { page(&built) }
}

fn schedule_form(t: Speaker, reader: &Reader) -> Form {
    Form::new(t).with("hour", reader.schedule.hour().to_string()).with("weekday", reader.schedule.weekday().to_string()).with("language", reader.language.key())
}

/// Changes how often one subscription speaks, or ends it.
async fn change_of(app: &App, ctx: &Ctx, door: Door, fields: Fields) -> Result<Response, AppError> {
    let id: Id<Subscription> = fields.raw("id").parse().map_err(|_| AppError::NotFound)?;
    let ends = fields.raw("act") == "remove";
    let frequency = if ends { Frequency::Feed } else { Frequency::new(fields.raw("frequency"))? };
    let (base, zone) = (base(&door), ctx.site.zone.clone());
    let remains = app
        .write(ctx, move |tx| {
            let reader = find(tx, &door)?.ok_or(AppError::NotFound)?;
            let found = if ends { store::remove(tx, reader.id, id)? } else { subscriptions::set_frequency(tx, &reader, id, frequency, &zone)? };
            if !found {
                return Err(AppError::NotFound);
            }
            Ok(find(tx, &door)?.is_some())
        })
        .await?;
    let to = match (remains, ends) {
        (false, _) => "/abos?hinweis=abo-erased".to_owned(),
        (true, true) => format!("{base}?hinweis=abo-removed"),
        (true, false) => format!("{base}?hinweis=abo-changed"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Sets hour, weekday and language of the mails.
async fn set_schedule_of(app: &App, ctx: &Ctx, door: Door, fields: Fields) -> Result<Response, AppError> {
    let hour = number(fields.raw("hour"), Refusal::of_field("hour", "abo-hour"));
    let weekday = number(fields.raw("weekday"), Refusal::of_field("weekday", "abo-weekday"));
    let schedule = match hour.and_then(|hour| weekday.and_then(|weekday| Schedule::new(hour, weekday))) {
        Ok(schedule) => schedule,
        Err(refusal) => return page_of(app, ctx, door, Some(Form::refused(ctx.t, &fields, [refusal]))).await,
    };
    let language = Language::from_key(fields.raw("language"));
    let (base, zone) = (base(&door), ctx.site.zone.clone());
    app.write(ctx, move |tx| {
        let reader = find(tx, &door)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(readers::set_schedule(tx, reader.id, schedule, language.unwrap_or(reader.language), &zone)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{base}?hinweis=abo-changed")).into_response())
}

/// Lets mails that rest go on.
async fn resume_of(app: &App, ctx: &Ctx, door: Door) -> Result<Response, AppError> {
    let (base, zone) = (base(&door), ctx.site.zone.clone());
    app.write(ctx, move |tx| {
        let reader = find(tx, &door)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(readers::resume(tx, &reader, &zone)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{base}?hinweis=abo-resumed")).into_response())
}

/// Takes away everything that is kept of the reader.
async fn erase_of(app: &App, ctx: &Ctx, door: Door) -> Result<Response, AppError> {
    let is_account = matches!(door, Door::Account(_));
    app.write(ctx, move |tx| {
        let reader = find(tx, &door)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(store::erase(tx, reader.id)?)
    })
    .await?;
    Ok(Redirect::to(if is_account { "/konto/abos?hinweis=abo-erased" } else { "/abos?hinweis=abo-erased" }).into_response())
}

/// Everything that is kept of the reader, as a file.
async fn export_of(app: &App, ctx: &Ctx, door: Door) -> Result<Response, AppError> {
    let value = app
        .read(ctx, move |tx| {
            let reader = find(tx, &door)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(store::export(tx, reader.id)?)
        })
        .await?;
    let headers =
        [(CONTENT_TYPE, "application/json; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"abos.json\""), (CACHE_CONTROL, "private, no-store")];
    Ok((headers, format!("{value:#}\n")).into_response())
}

pub(crate) async fn show(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    page_of(&app, &ctx, Door::Secret(secret), None).await
}

pub(crate) async fn show_own(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page_of(&app, &ctx, own(&ctx)?, None).await
}

pub(crate) async fn change(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>, fields: Fields) -> Result<Response, AppError> {
    change_of(&app, &ctx, Door::Secret(secret), fields).await
}

pub(crate) async fn change_own(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    change_of(&app, &ctx, own(&ctx)?, fields).await
}

pub(crate) async fn set_schedule(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>, fields: Fields) -> Result<Response, AppError> {
    set_schedule_of(&app, &ctx, Door::Secret(secret), fields).await
}

pub(crate) async fn set_schedule_own(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    set_schedule_of(&app, &ctx, own(&ctx)?, fields).await
}

pub(crate) async fn resume(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    resume_of(&app, &ctx, Door::Secret(secret)).await
}

pub(crate) async fn resume_own(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    resume_of(&app, &ctx, own(&ctx)?).await
}

pub(crate) async fn erase(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    erase_of(&app, &ctx, Door::Secret(secret)).await
}

pub(crate) async fn erase_own(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    erase_of(&app, &ctx, own(&ctx)?).await
}

pub(crate) async fn export(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    export_of(&app, &ctx, Door::Secret(secret)).await
}

pub(crate) async fn export_own(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    export_of(&app, &ctx, own(&ctx)?).await
}
