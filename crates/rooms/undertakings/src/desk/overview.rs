//! The overview of one undertaking: its forms, what is missing, preview, state, requests, history.

use super::allowed;
use super::list::visibility_word;
use crate::pages::sheet::{self, RequestItem};
use crate::pages::words::{Standing, Words};
use crate::rules::{State as UndertakingState, Visibility, may_manage};
use crate::sheet::{Part, gaps};
use crate::store::course::{self, Recorded};
use crate::store::requests::{self, Request};
use crate::store::sheets::Undertaking;
use allmende_core::{Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

/// A form of the sheet.
struct Entry {
    path: String,
    label: &'static str,
    /// What is missing there.
    gaps: Vec<&'static str>,
}

struct Line {
    day: String,
    what: String,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "vorhaben/overview.html")]
pub(super) struct OverviewPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    id: i64,
    title: String,
    visibility: &'static str,
    is_public: bool,
    is_complete: bool,
    is_clerk: bool,
    state: Standing,
    public_path: String,
    entries: Vec<Entry>,
    standing: Form,
    states: Vec<Choice>,
    withdrawal: Form,
    publication: Form,
    open: Option<(i64, RequestItem)>,
    answer: Form,
    answers: Vec<Choice>,
    answered: Vec<RequestItem>,
    history: Vec<Line>,
}

/// The forms of the page: each is empty unless it was refused.
#[derive(Default)]
pub(super) struct Forms {
    pub state: Option<Form>,
    pub withdrawal: Option<Form>,
    pub answer: Option<Form>,
    pub publication: Vec<Refusal>,
}

struct Read {
    now: Instant,
    own: Undertaking,
    requests: Vec<Request>,
    records: Vec<Recorded>,
}

fn read(tx: &mut Tx<'_>, ctx: &Ctx, id: i64) -> Result<Read, AppError> {
    let own = allowed(tx, ctx, id)?;
    Ok(Read { now: tx.now()?, requests: requests::list_of(tx, id)?, records: course::list_all(tx, id)?, own })
}

/// Puts the page together, with the forms that were refused.
pub(super) async fn build(app: &App, ctx: &Ctx, id: i64, forms: Forms) -> Result<OverviewPage, AppError> {
    let asked = ctx.clone();
    let Read { now, own, requests, records } = app.read(ctx, move |tx| read(tx, &asked, id)).await?;
    let (t, words) = (ctx.t, Words::new(ctx, now));
    let title = own.sheet.german.title.clone();
    let mut shell = super::shell(app, ctx, title.clone())
        .crumb(t.get("admin-undertakings"), "/verwaltung/vorhaben")
        .here(t.with("undertaking-number", &[("number", id.into())]));
    let mut publication = Form::new(t).prefixed("oeffentlich-");
    forms.publication.iter().for_each(|refusal| publication.refuse(refusal));
    for form in [&forms.state, &forms.withdrawal, &forms.answer].into_iter().flatten().chain([&publication]) {
        form.mark(&mut shell);
    }
    let missing = gaps(&own.sheet);
    let is_clerk = may_manage(&ctx.actor);
    let parts = Part::ALL.into_iter().filter(|part| is_clerk || part.is_of_department());
    let (open, answered): (Vec<&Request>, Vec<&Request>) = requests.iter().partition(|request| request.answer.is_none());
    Ok(OverviewPage {
        visibility: visibility_word(t, own.visibility),
        is_public: own.visibility == Visibility::Public,
        is_complete: missing.is_empty(),
        is_clerk,
        state: words.state(own.state),
        public_path: own.path(),
        entries: parts.map(|part| entry(t, id, part, &missing)).collect(),
        standing: forms.state.unwrap_or_else(|| Form::new(t).prefixed("stand-")),
        states: UndertakingState::ALL.into_iter().filter(|state| *state != own.state).map(|state| Choice::new(state.key(), words.state_word(state))).collect(),
        withdrawal: forms.withdrawal.unwrap_or_else(|| Form::new(t).prefixed("zurueck-")),
        publication,
        open: open.first().map(|request| (request.id, RequestItem::whole(&words, request))),
        answer: forms.answer.unwrap_or_else(|| Form::new(t).prefixed("antwort-")),
        answers: vec![Choice::new("yes", t.get("admin-undertaking-answer-yes")), Choice::new("no", t.get("admin-undertaking-answer-no"))],
        answered: answered.into_iter().map(|request| RequestItem::whole(&words, request)).collect(),
        history: records.iter().map(|record| line(&words, record)).collect(),
        desk: desk(app, ctx),
        id,
        title,
        shell,
        t,
        words,
    })
}

fn entry(t: Speaker, id: i64, part: Part, missing: &[(Part, &'static str)]) -> Entry {
    Entry {
        path: format!("/verwaltung/vorhaben/{id}/bogen/{}", part.key()),
        label: t.find(&format!("admin-undertaking-part-{}", part.key())).unwrap_or_default(),
        gaps: missing.iter().filter(|(own, _)| *own == part).filter_map(|(_, key)| t.find(key)).collect(),
    }
}

fn line(words: &Words, record: &Recorded) -> Line {
    let t = words.t;
    let what = match record.after {
        Some(state) => t.with("admin-undertaking-history-state", &[("state", words.state_word(state).into())]),
        None => t.find(&format!("admin-undertaking-history-{}", record.kind)).unwrap_or_default().to_owned(),
    };
    let role = t.find(&format!("admin-undertaking-role-{}", record.role)).unwrap_or_default().to_owned();
    Line { day: words.day_of(record.at), what, who: record.name.clone().unwrap_or(role), reason: record.reason.clone().unwrap_or_default() }
}

/// The page.
pub(super) async fn show(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, Forms::default()).await?)
}

/// The sheet as the public would read it.
pub(super) async fn preview(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let read = app
        .read(&ctx, move |tx| {
            let own = allowed(tx, &asked, id)?;
            sheet::read_draft(tx, own)
        })
        .await?;
    let mut view = sheet::view(&app, &ctx, &read, sheet::empty_form(&ctx), true)?;
    view.shell.hidden_from_search = true;
    page(&view)
}
