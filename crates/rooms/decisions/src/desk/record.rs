//! The page on which a department reports what became of a decision, with the notes that stay in the house.

use super::belongs;
use crate::pages::words::{State as Standing, Words};
use crate::rules::{Kind, Report, Sent, Status, TEXT_CHARS_MAX, may_report};
use crate::store::decisions::{self, Decision};
use crate::store::records::{self, Note, Record};
use allmende_core::{Act, Instant, Refusal, may};
use allmende_db::Tx;
use allmende_platform::departments::{self, Department};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

struct Told {
    day: String,
    text: String,
    who: String,
}

#[derive(Template)]
#[template(path = "beschluss/record.html")]
pub(super) struct RecordPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    id: i64,
    title: String,
    status: Standing,
    department: Option<String>,
    public_path: Option<String>,
    form: Form,
    note: Form,
    correction: Option<Form>,
    statuses: Vec<Choice>,
    kinds: Vec<Choice>,
    departments: Vec<Choice>,
    notes: Vec<Told>,
    history: Vec<Told>,
    corrections: Vec<Told>,
    explain_path: Option<String>,
}

/// The forms of the page: each is empty unless it was refused.
#[derive(Default)]
pub(super) struct Forms {
    pub report: Option<Form>,
    pub note: Option<Form>,
    pub correction: Option<Form>,
}

struct Read {
    now: Instant,
    decision: Decision,
    records: Vec<Record>,
    notes: Vec<Note>,
    corrections: Vec<(String, String, Instant)>,
    departments: Vec<Department>,
}

fn read(tx: &mut Tx<'_>, ctx: &Ctx, id: i64) -> Result<Read, AppError> {
    let decision = allowed(tx, ctx, id)?;
    let departments = if may(&ctx.actor, Act::CorrectDecisions) { departments::list(tx)? } else { Vec::new() };
    Ok(Read {
        now: tx.now()?,
        records: records::list(tx, id)?,
        notes: records::list_notes(tx, id)?,
        corrections: records::list_corrections(tx, id)?,
        departments,
        decision,
    })
}

/// The decision, if the reader may report on it.
fn allowed(tx: &mut Tx<'_>, ctx: &Ctx, id: i64) -> Result<Decision, AppError> {
    let decision = decisions::find(tx, id)?.ok_or(AppError::NotFound)?;
    let belongs = belongs(tx, ctx, decision.department.as_ref().map(|(id, _)| *id))?;
    if may_report(&ctx.actor, belongs) { Ok(decision) } else { Err(AppError::Forbidden) }
}

/// Puts the page together, with the forms that were refused.
pub(super) async fn build(app: &App, ctx: &Ctx, id: i64, forms: Forms) -> Result<RecordPage, AppError> {
    let asked = ctx.clone();
    let read = app.read(ctx, move |tx| read(tx, &asked, id)).await?;
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let decision = &read.decision;
    let mut shell = super::shell(app, ctx, decision.title.clone())
        .crumb(t.get("admin-decisions"), "/verwaltung/beschluesse")
        .here(t.with("decision-number", &[("number", id.into())]));
    for form in [&forms.report, &forms.note, &forms.correction].into_iter().flatten() {
        form.mark(&mut shell);
    }
    let is_clerk = may(&ctx.actor, Act::CorrectDecisions);
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::NotReported);
    let office = t.get("decision-town-hall");
    Ok(RecordPage {
        status: words.status(decision.status, decision.expected_on),
        department: decision.department.as_ref().map(|(_, name)| name.clone()),
        public_path: decision.is_public.then(|| decision.path()),
        form: forms.report.unwrap_or_else(|| report_form(t, decision)),
        note: forms.note.unwrap_or_else(|| Form::new(t).prefixed("notiz-")),
        correction: is_clerk.then(|| forms.correction.unwrap_or_else(|| correction_form(t, decision))),
        statuses: statuses.map(|status| Choice::new(status.key(), words.status_word(status))).collect(),
        kinds: [Kind::Adopted, Kind::Changed, Kind::Rejected, Kind::None]
            .into_iter()
            .map(|kind| Choice::new(kind.key(), t.find(&format!("decision-kind-{}", kind.key())).unwrap_or(kind.key())))
            .collect(),
        departments: std::iter::once(Choice::new("0", t.get("admin-decision-no-department")))
            .chain(read.departments.iter().map(|department| Choice::new(department.id.to_string(), department.name.clone())))
            .collect(),
        notes: read.notes.iter().map(|note| told(&words, note.written_at, note.text.clone(), note.name.clone().unwrap_or_default())).collect(),
        history: read
            .records
            .iter()
            .rev()
            .map(|record| told(&words, record.recorded_at, history_line(&words, record), record.department.clone().unwrap_or_else(|| office.to_owned())))
            .collect(),
        corrections: read.corrections.iter().map(|(field, reason, at)| told(&words, *at, reason.clone(), field_word(t, field).to_owned())).collect(),
        explain_path: may(&ctx.actor, Act::ExplainDecisions).then(|| format!("/verwaltung/erklaerungen/{id}")),
        title: decision.title.clone(),
        desk: desk(app, ctx),
        id,
        shell,
        t,
        words,
    })
}

fn field_word(t: Speaker, field: &str) -> &'static str {
    t.find(&format!("admin-decision-field-{field}")).unwrap_or_default()
}

fn told(words: &Words, at: Instant, text: String, who: String) -> Told {
    Told { day: words.day_of(at), text, who }
}

fn history_line(words: &Words, record: &Record) -> String {
    let parts = [Some(words.status_word(record.status).to_owned()), record.reason.clone(), record.next_step.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn report_form(t: Speaker, decision: &Decision) -> Form {
    let status = if decision.status == Status::NotReported { "" } else { decision.status.key() };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Form::new(t)
        .with("status", status)
        .with("reason", text(&decision.reason))
        .with("next_step", text(&decision.next_step))
        .with("expected_on", decision.expected_on.map(|day| day.to_string()).unwrap_or_default())
        .with("cost", decision.cost_cents.map(|cents| format!("{},{:02}", cents / 100, cents % 100)).unwrap_or_default())
        .with("contact", text(&decision.contact))
        .with("superseded_by", decision.superseded_by.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default())
}

fn correction_form(t: Speaker, decision: &Decision) -> Form {
    Form::new(t)
        .prefixed("korrektur-")
        .with("kind", decision.kind.key())
        .with("title", decision.title.clone())
        .with("resolution", decision.resolution.clone().unwrap_or_default())
        .with("department", decision.department.as_ref().map_or(0, |(id, _)| *id).to_string())
}

/// The page.
pub(super) async fn show(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, Forms::default()).await?)
}

/// Takes a report.
pub(super) async fn report(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let sent = Sent {
        status: fields.line("status"),
        reason: fields.text("reason"),
        next_step: fields.text("next_step"),
        expected_on: fields.line("expected_on"),
        cost: fields.line("cost"),
        contact: fields.line("contact"),
        superseded_by: fields.line("superseded_by"),
    };
    let refused = async |refusals: Vec<Refusal>| {
        let report = Some(Form::refused(ctx.t, &fields, refusals));
        refused_page(&build(&app, &ctx, id, Forms { report, ..Forms::default() }).await?)
    };
    let report = match Report::read(&sent) {
        Ok(report) => report,
        Err(refusals) => return refused(refusals).await,
    };
    let asked = ctx.clone();
    let done = app
        .write(&ctx, move |tx| {
            let decision = allowed(tx, &asked, id)?;
            if let Some(other) = report.superseded_by {
                let other = decisions::find(tx, other)?.filter(|other| other.is_public && other.id != id);
                let is_circle = |other: &Decision| other.superseded_by.as_ref().is_some_and(|(after, _)| *after == id);
                if other.is_none_or(|other| is_circle(&other)) {
                    return Err(Refusal::of_field("superseded_by", "admin-decision-superseded-missing").into());
                }
            }
            Ok(records::insert(tx, &decision, &report, &asked.actor)?)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/verwaltung/beschluesse/{id}?hinweis=admin-decision-reported")).into_response()),
        Err(AppError::Refused(refusal)) => refused(vec![refusal]).await,
        Err(error) => Err(error),
    }
}

/// Takes a note of the house.
pub(super) async fn note(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let text = fields.text("note");
    let key = match text.chars().count() {
        0 => Some("admin-decision-note-missing"),
        count if count > TEXT_CHARS_MAX => Some("admin-decision-text-long"),
        _ => None,
    };
    if let Some(key) = key {
        let note = Some(Form::refused(ctx.t, &fields, [Refusal::of_field("note", key)]).prefixed("notiz-"));
        return refused_page(&build(&app, &ctx, id, Forms { note, ..Forms::default() }).await?);
    }
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let decision = allowed(tx, &asked, id)?;
        Ok::<_, AppError>(records::insert_note(tx, decision.id, &text, asked.actor.person())?)
    })
    .await?;
    Ok(Redirect::to(&format!("/verwaltung/beschluesse/{id}?hinweis=admin-decision-noted#notizen")).into_response())
}
