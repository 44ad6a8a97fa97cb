//! `/verwaltung/moderation`: objections, reports and what waits for publication, each with the day since when.

use crate::pages::words;
use crate::store::appeals::{self, Waiting};
use crate::store::{self, Queued};
use allmende_core::{Act, Instant, may};
use allmende_platform::dates::Dates;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::moderated::{Contribution, desk_path};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// Contributions of one kind that are listed; the next come up when these are decided.
const WAITING_MAX: i64 = 20;

struct Row {
    path: String,
    kind: &'static str,
    title: String,
    since: String,
    note: String,
    is_urgent: bool,
}

#[derive(Template)]
#[template(path = "moderation/queue.html")]
struct QueuePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    appeals: Vec<Row>,
    reports: Vec<Row>,
    waiting: Vec<Row>,
    is_administrator: bool,
}

/// What waits.
///
/// # Errors
/// What the database reports.
pub async fn queue(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let offered = app.parts.ports.moderated.clone();
    let (appeals, reports, waiting, now) = app
        .read(&ctx, move |tx| {
            let mut waiting = Vec::new();
            for kind in &offered {
                waiting.extend((kind.list_waiting)(tx, WAITING_MAX)?.into_iter().map(|contribution| (kind.kind, contribution)));
            }
            Ok::<_, AppError>((appeals::list_waiting(tx, PAGE_ROWS)?, store::list_queue(tx, PAGE_ROWS)?, waiting, tx.now()?))
        })
        .await?;
    let t = ctx.t;
    let rows = Rows { app: &app, ctx: &ctx, dates: Dates::new(t, ctx.site.zone.clone(), now) };
    page(&QueuePage {
        shell: super::shell(&app, &ctx, t.get("admin-moderation")),
        desk: desk(&app, &ctx),
        appeals: appeals.iter().map(|appeal| rows.appeal(appeal)).collect(),
        reports: reports.iter().map(|queued| rows.report(queued)).collect(),
        waiting: waiting.iter().map(|(kind, contribution)| rows.waiting(kind, contribution)).collect(),
        is_administrator: may(&ctx.actor, Act::ManageSite),
        t,
    })
}

struct Rows<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    dates: Dates,
}

impl Rows<'_> {
    fn row(&self, kind: &str, id: i64, title: &str, since: Instant) -> Row {
        Row {
            path: desk_path(kind, id),
            kind: words::kind(self.app, self.ctx.t, kind),
            title: title.to_owned(),
            since: self.dates.moment(since),
            note: String::new(),
            is_urgent: false,
        }
    }

    fn appeal(&self, appeal: &Waiting) -> Row {
        let is_own = appeal.first.is_some() && appeal.first == self.ctx.actor.person();
        let note = if is_own { self.ctx.t.get("admin-moderation-other-person").to_owned() } else { String::new() };
        Row { note, ..self.row(&appeal.kind, appeal.object_id, &appeal.title, appeal.since) }
    }

    fn report(&self, queued: &Queued) -> Row {
        let t = self.ctx.t;
        let count = t.count("admin-moderation-reports-count", usize::try_from(queued.count).unwrap_or_default());
        let note = if queued.has_notice { format!("{} {count}", t.get("admin-moderation-notice")) } else { count };
        Row { note, is_urgent: queued.has_notice, ..self.row(&queued.object.kind, queued.object.object_id, &queued.object.title, queued.since) }
    }

    fn waiting(&self, kind: &str, contribution: &Contribution) -> Row {
        let note = if contribution.waits_because.is_empty() { "" } else { self.ctx.t.get(contribution.waits_because) };
        Row { note: note.to_owned(), ..self.row(kind, contribution.object_id, &contribution.title, contribution.created_at) }
    }
}
