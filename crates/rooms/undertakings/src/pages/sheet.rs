//! `/vorhaben/{id}-{slug}`: the sheet of an undertaking, its thread, and the form of whoever asks to take part.

use super::course::{Course, Station, stations};
use super::words::{Standing as Shape, Told, Words};
use super::{Parameters, ask, id_of};
use crate::rules::{self, Visibility};
use crate::store::course::{self as happened, Recorded};
use crate::store::requests::{self, Request};
use crate::store::sheets::{self, Undertaking};
use crate::store::{KIND, references};
use allmende_core::{Act, Instant, may};
use allmende_db::Tx;
use allmende_platform::moderated::Standing;
use allmende_platform::texts::Speaker;
use allmende_platform::thread::{self, Neighbour};
use allmende_platform::web::guard::{Issued, STAMP};
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Form, Shell, page};
use allmende_platform::{App, Ctx, money};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What a sheet is made from.
pub(crate) struct Read {
    now: Instant,
    own: Undertaking,
    states: Vec<Recorded>,
    neighbours: Vec<Neighbour>,
    requests: Vec<Request>,
}

enum Found {
    Page(Box<Read>),
    Moved(String),
}

/// A request as it stands on a page.
pub(crate) struct RequestItem {
    /// The page of its undertaking and the title.
    pub about: (String, String),
    /// Who asks, how many and since when.
    pub head: String,
    /// Why.
    pub reason: String,
    /// Whether it is answered, and until when.
    pub state: Shape,
    /// The answer, if there is one.
    pub answer: Option<String>,
    /// What stands in place of its words.
    pub hidden: Option<String>,
    /// Where it is reported, or where the house decides on it, and what the link says.
    pub care: Option<(String, &'static str)>,
}

impl RequestItem {
    /// A request in words, as everybody reads it.
    pub fn new(words: &Words, request: &Request) -> Self {
        let hidden = match request.standing {
            Standing::Public | Standing::Withdrawn => return Self::whole(words, request),
            Standing::Waiting => words.t.get("undertaking-request-waiting").to_owned(),
            Standing::Hidden => words.t.with("undertaking-request-hidden", &[("reason", request.standing_reason.as_deref().unwrap_or_default().into())]),
        };
        let silent = Request { name: None, reason: String::new(), ..request.clone() };
        Self { hidden: Some(hidden), care: None, ..Self::whole(words, &silent) }
    }

    /// A request in words, as the house reads it.
    pub fn whole(words: &Words, request: &Request) -> Self {
        let t = words.t;
        let name = request.name.clone().unwrap_or_else(|| t.get("undertaking-request-nameless").to_owned());
        let day = words.plain_day_of(request.asked_at);
        let args = [("name", (&name).into()), ("count", (request.voices - 1).max(0).into()), ("day", (&day).into())];
        let head = t.with(if request.voices > 1 { "undertaking-request-many" } else { "undertaking-request-one" }, &args);
        let state = match (&request.answer, request.answer_by) {
            (Some((true, _, at)), _) => ("done", t.with("undertaking-answered-yes", &[("day", (&words.plain_day_of(*at)).into())])),
            (Some((false, _, at)), _) => ("no", t.with("undertaking-answered-no", &[("day", (&words.plain_day_of(*at)).into())])),
            (None, Some(day)) if request.is_overdue(words.dates.today()) => {
                ("late", t.with("undertaking-answer-late", &[("count", (-words.dates.days_until(day)).into())]))
            }
            (None, Some(day)) => ("open", t.with("undertaking-answer-until", &[("until", (&words.dates.until(day)).into())])),
            (None, None) => ("open", String::new()),
        };
        Self {
            about: (request.path(), request.title.clone()),
            head,
            reason: request.reason.clone(),
            state: Shape { shape: state.0, text: state.1 },
            answer: request.answer.as_ref().map(|(_, text, _)| text.clone()),
            hidden: None,
            care: (!request.reason.is_empty()).then(|| words.care(request.id)),
        }
    }
}

/// Something that it rests on.
struct Basis {
    relation: &'static str,
    title: String,
    path: String,
}

#[derive(Template)]
#[template(path = "vorhaben/sheet.html")]
pub(crate) struct SheetPage {
    pub(crate) shell: Shell,
    t: Speaker,
    words: Words,
    number: String,
    title: Told,
    summary: Told,
    aim: Told,
    part: Told,
    state: Shape,
    changed: String,
    stations: Vec<Station>,
    facts: Vec<(&'static str, String)>,
    cost_note: String,
    cost_gap: String,
    place: String,
    map_path: String,
    near_path: String,
    takes_part: bool,
    processes: Vec<Basis>,
    basis: Vec<Basis>,
    requests: Vec<RequestItem>,
    asks: bool,
    joins: bool,
    form: Form,
    issued: Issued,
    is_signed_in: bool,
    path: String,
    subscribe: String,
    desk_path: Option<String>,
    is_preview: bool,
}

/// The page of an undertaking. Five statements.
///
/// # Errors
/// 404 for what is no public undertaking, 410 for what was one.
pub async fn sheet(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>, Query(_): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let own = public(tx, id)?;
            if asked.path != own.path() {
                return Ok(Found::Moved(own.path()));
            }
            Ok::<_, AppError>(Found::Page(Box::new(read(tx, own)?)))
        })
        .await?;
    match found {
        Found::Moved(path) => {
            let path = if ctx.query.is_empty() { path } else { format!("{path}?{}", ctx.query) };
            Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response())
        }
        Found::Page(read) => page(&view(&app, &ctx, &read, empty_form(&ctx), false)?),
    }
}

/// The undertaking, if everybody may see it.
///
/// # Errors
/// 404 for a draft, 410 for what was withdrawn.
pub(crate) fn public(tx: &mut Tx<'_>, id: i64) -> Result<Undertaking, AppError> {
    let own = sheets::find(tx, id)?.ok_or(AppError::NotFound)?;
    match own.visibility {
        Visibility::Public => Ok(own),
        Visibility::Withdrawn => Err(AppError::Gone),
        Visibility::Draft => Err(AppError::NotFound),
    }
}

/// What the page of a public undertaking shows. Four statements.
///
/// # Errors
/// What the database reports.
pub(crate) fn read(tx: &mut Tx<'_>, mut own: Undertaking) -> Result<Read, AppError> {
    own.sheet.steps = sheets::list_steps(tx, own.id)?;
    let (states, neighbours) = (happened::list_states(tx, own.id)?, thread::neighbours(tx, KIND, own.id)?);
    Ok(Read { now: tx.now()?, requests: requests::list_of(tx, own.id)?, own, states, neighbours })
}

/// The same for a draft: what it rests on is not tied yet.
///
/// # Errors
/// 404 for an unknown one; what the database reports.
pub(crate) fn read_draft(tx: &mut Tx<'_>, own: Undertaking) -> Result<Read, AppError> {
    let id = own.id;
    let mut read = read(tx, own)?;
    let known: Vec<String> = read.neighbours.iter().map(|other| other.path.clone()).collect();
    let untied = references::list(tx, id)?.into_iter().filter(|reference| !known.contains(&reference.path));
    read.neighbours.extend(untied.map(|reference| Neighbour {
        link: references::relation(&reference.kind).key().to_owned(),
        incoming: false,
        kind: reference.kind,
        title: reference.title,
        summary: None,
        path: reference.path,
        happened_at: None,
        state: None,
    }));
    Ok(read)
}

/// The empty form of whoever asks.
pub(crate) fn empty_form(ctx: &Ctx) -> Form {
    let name = ctx.actor.signed_in().map_or("", |person| &person.public_name);
    Form::new(ctx.t).prefixed("anfrage-").with("name", name)
}

/// The page; a form that was refused keeps its stamp.
///
/// # Errors
/// If the system gives no randomness.
pub(crate) fn view(app: &App, ctx: &Ctx, read: &Read, form: Form, is_preview: bool) -> Result<SheetPage, AppError> {
    let (t, words, own) = (ctx.t, Words::new(ctx, read.now), &read.own);
    let (german, other) = (&own.sheet.german, own.sheet.words(ctx.language()));
    let title = words.of(other, german, |words| &words.title);
    let summary = words.of(other, german, |words| &words.summary);
    let mut shell =
        super::shell(app, ctx, t.with(if is_preview { "undertaking-title-preview" } else { "undertaking-title" }, &[("title", (&title.text).into())]))
            .crumb(t.get("undertaking-heading"), "/vorhaben")
            .here(t.with("undertaking-number", &[("number", own.id.into())]))
            .about(summary.text.clone())
            .feed(t.get("undertaking-feed"), "/vorhaben.atom", "application/atom+xml");
    form.mark(&mut shell);
    let owes = own.department.clone().unwrap_or_else(|| t.get("undertaking-town-hall").to_owned());
    let course = Course { own, states: &read.states, neighbours: &read.neighbours, owes: &owes };
    let place: Vec<&str> = [own.sheet.place.as_deref(), own.sheet.district.as_deref()].into_iter().flatten().collect();
    let (processes, basis): (Vec<Basis>, Vec<Basis>) = (
        read.neighbours.iter().filter(|other| other.kind == "process").map(|other| in_basis(&words, other)).collect(),
        read.neighbours.iter().filter(|other| other.kind != "process" && !other.path.is_empty()).map(|other| in_basis(&words, other)).collect(),
    );
    Ok(SheetPage {
        issued: ask::guard(app, ctx).stamp(read.now, form.value(STAMP))?,
        number: t.with("undertaking-number", &[("number", own.id.into())]),
        aim: words.of(other, german, |words| &words.aim),
        part: words.of(other, german, |words| &words.part),
        state: words.state(own.state),
        changed: t.with("undertaking-changed", &[("day", (&words.plain_day_of(own.changed_at)).into()), ("who", (&owes).into())]),
        stations: stations(&words, &course),
        facts: facts(&words, own, &owes),
        cost_note: own.sheet.cost_note.clone().unwrap_or_default(),
        cost_gap: cost_gap(t, own, &owes),
        place: place.join(", "),
        map_path: map_path(own),
        near_path: own.pin.map(|(longitude, latitude)| format!("/suche?naehe={latitude}%2C{longitude}&umkreis=500")).unwrap_or_default(),
        takes_part: own.sheet.takes_part,
        requests: read.requests.iter().map(|request| RequestItem::new(&words, request)).collect(),
        asks: rules::may_ask(own.asking()).is_ok(),
        joins: read.requests.iter().any(|request| request.answer.is_none()),
        is_signed_in: ctx.actor.signed_in().is_some(),
        path: own.path(),
        subscribe: format!("/abonnieren?faden={KIND}:{}", own.id),
        desk_path: may(&ctx.actor, Act::ReportUndertakings).then(|| format!("/verwaltung/vorhaben/{}", own.id)),
        is_preview,
        title,
        summary,
        processes,
        basis,
        form,
        shell,
        t,
        words,
    })
}

fn in_basis(words: &Words, other: &Neighbour) -> Basis {
    let direction = if other.incoming { "from" } else { "to" };
    let relation = words.t.find(&format!("thread-link-{}-{direction}", other.link.replace('_', "-")));
    Basis { relation: relation.unwrap_or(words.t.get("thread-link-related-to")), title: other.title.clone(), path: other.path.clone() }
}

fn facts(words: &Words, own: &Undertaking, owes: &str) -> Vec<(&'static str, String)> {
    let t = words.t;
    [
        (t.get("undertaking-department"), Some(owes.to_owned())),
        (t.get("undertaking-cost-planned"), own.sheet.cost_planned_cents.map(|cents| money::euros(t, cents))),
        (t.get("undertaking-cost-actual"), own.sheet.cost_actual_cents.map(|cents| money::euros(t, cents))),
        (t.get("undertaking-contact"), own.sheet.contact.clone().or_else(|| own.department_contact.clone())),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value?)))
    .collect()
}

/// The map of the district it lies in; empty for what has no place on a map.
fn map_path(own: &Undertaking) -> String {
    match (own.pin, &own.sheet.district) {
        (None, _) => String::new(),
        (Some(_), None) => "/vorhaben/karte".to_owned(),
        (Some(_), Some(district)) => format!("/vorhaben/karte?ortsteil={}", encode(district)),
    }
}

/// Where nobody says what it costs, the page names who owes that.
fn cost_gap(t: Speaker, own: &Undertaking, owes: &str) -> String {
    if own.sheet.cost_planned_cents.is_some() || own.sheet.cost_note.is_some() {
        String::new()
    } else {
        t.with("undertaking-gap-cost", &[("who", owes.into())])
    }
}
