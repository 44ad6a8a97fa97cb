//! One bundle: its points, the answer that is proposed, what a second person says to it, the notes of the house.

use super::{own_path, stage};
use crate::desk::own_path as process_path;
use crate::pages::words::{State, Words};
use crate::pages::{Parameters, parameter};
use crate::rules::State as Standing;
use crate::store::{short, statement_path, versions};
use crate::texts::{self, Shown};
use crate::weighing::rules::{Stage, may_approve};
use crate::weighing::store::lists::{self, Bundle, Point};
use crate::weighing::store::notes::{self, Block, Entry};
use allmende_core::{Act, Instant, may};
use allmende_platform::departments::{self, Department};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Form, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::Anchor;
use allmende_xbeteiligung::Weighing as Code;
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;
use std::sync::Arc;

/// Points on the page; the table has all.
const POINTS: i64 = 200;

struct Item {
    id: i64,
    head: String,
    day: String,
    public: String,
    passage: String,
    quote: Option<String>,
    text: String,
    suggestion: Option<String>,
    split: String,
    is_part: bool,
    /// What is said of a statement that is not public any more.
    gone: Option<&'static str>,
    /// Its author took it back: nothing is done with it any more.
    is_withdrawn: bool,
}

struct Line {
    day: String,
    who: String,
    what: String,
    text: String,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_bundle.html")]
pub(super) struct BundlePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    own: String,
    path: String,
    heading: String,
    stage: State,
    code: String,
    reason: String,
    calculation: Option<String>,
    by: Vec<String>,
    left: String,
    before: Option<String>,
    next: Option<String>,
    points: Vec<Item>,
    more: Option<String>,
    can_change: bool,
    can_approve: bool,
    can_send_back: bool,
    can_reopen: bool,
    is_own: bool,
    codes: Vec<Choice>,
    departments: Vec<Choice>,
    blocks: Vec<(String, String)>,
    numbers: Vec<Choice>,
    form: Form,
    back: Form,
    note: Form,
    reopen: Form,
    notes: Vec<Line>,
    course: Vec<Line>,
}

/// The forms of the page: each is empty unless it was refused.
#[derive(Default)]
pub(super) struct Forms {
    pub answer: Option<Form>,
    pub back: Option<Form>,
    pub note: Option<Form>,
    pub reopen: Option<Form>,
}

struct Read {
    now: Instant,
    bundle: Bundle,
    points: Vec<Point>,
    entries: Vec<Entry>,
    departments: Vec<Department>,
    blocks: Vec<Block>,
    shown: Option<Arc<Shown>>,
}

/// Puts the page together, with the forms that were refused. Five statements, and the text of the version if it is not kept in memory.
pub(super) async fn build(app: &App, ctx: &Ctx, process: i64, id: i64, block: Option<i64>, forms: Forms) -> Result<BundlePage, AppError> {
    let read = app
        .read(ctx, move |tx| {
            let bundle = lists::find(tx, process, id)?.ok_or(AppError::NotFound)?;
            let shown = bundle.version.clone().map(|(version, digest)| versions::shown_by(tx, version, &digest)).transpose()?;
            Ok::<_, AppError>(Read {
                now: tx.now()?,
                points: lists::list_points(tx, id, POINTS)?,
                entries: notes::list(tx, id)?,
                departments: departments::list(tx)?,
                blocks: notes::list_blocks(tx, process)?,
                bundle,
                shown,
            })
        })
        .await?;
    Ok(compose(app, ctx, process, &read, block, forms))
}

fn compose(app: &App, ctx: &Ctx, process: i64, read: &Read, block: Option<i64>, forms: Forms) -> BundlePage {
    let (t, words, bundle) = (ctx.t, Words::new(ctx, read.now), &read.bundle);
    let (own, path) = (own_path(process), super::bundle_path(process, bundle.id));
    let first = read.points.first();
    let heading = t.with("admin-weighing-of", &[("number", first.map_or(0, |point| point.number).into()), ("count", bundle.points.into())]);
    let mut shell = crate::desk::shell(app, ctx, heading.clone())
        .crumb(t.get("admin-dialogue"), "/verwaltung/beteiligung")
        .crumb(bundle.process_title.clone(), process_path(process))
        .crumb(t.get("admin-weighing"), own.clone())
        .here(heading.clone());
    for form in [&forms.answer, &forms.back, &forms.note, &forms.reopen].into_iter().flatten() {
        form.mark(&mut shell);
    }
    let actor = ctx.actor.person();
    let block = block.and_then(|id| read.blocks.iter().find(|block| block.id == id));
    let numbers = read.points.iter().map(|point| Choice::new(point.number.to_string(), t.with("dialogue-statement-title", &[("number", point.number.into())])));
    let (notes, course): (Vec<&Entry>, Vec<&Entry>) = read.entries.iter().partition(|entry| entry.is_note);
    let mut by = Vec::new();
    by.extend(bundle.proposed_by.as_ref().map(|(_, name)| t.with("admin-weighing-by", &[("name", name.into())])));
    by.extend(bundle.approved_by.as_ref().map(|(_, name)| t.with("admin-weighing-approved-by", &[("name", name.into())])));
    BundlePage {
        stage: stage(&words, bundle.stage),
        code: bundle.code.and_then(|code| t.find(&format!("admin-weighing-code-{code}"))).unwrap_or_default().to_owned(),
        reason: bundle.reason.clone(),
        calculation: bundle.calculation.clone(),
        left: t.with("admin-weighing-left", &[("count", bundle.open.into())]),
        before: bundle.before.map(|id| super::bundle_path(process, id)),
        next: bundle.next.map(|id| super::bundle_path(process, id)),
        points: read.points.iter().map(|point| item(&words, process, &own, point, read.shown.as_deref())).collect(),
        more: Some(bundle.points - i64::try_from(read.points.len()).unwrap_or(0))
            .filter(|more| *more > 0)
            .map(|more| t.with("admin-weighing-more-points", &[("count", more.into())])),
        can_change: bundle.stage != Stage::Published,
        can_approve: may_approve(bundle.stage, bundle.proposed_by.as_ref().map(|(id, _)| *id), actor).is_ok(),
        can_send_back: matches!(bundle.stage, Stage::Proposed | Stage::Approved),
        can_reopen: bundle.stage == Stage::Published && may(&ctx.actor, Act::RunProcesses),
        is_own: bundle.stage == Stage::Proposed && bundle.proposed_by.as_ref().map(|(id, _)| *id) == actor,
        codes: Code::ALL
            .into_iter()
            .map(|code| Choice::new(code.code().to_string(), t.find(&format!("admin-weighing-code-{}", code.code())).unwrap_or_default()))
            .collect(),
        departments: std::iter::once(Choice::new("0", t.get("admin-weighing-nobody-yet")))
            .chain(read.departments.iter().map(|office| Choice::new(office.id.to_string(), office.name.clone())))
            .collect(),
        blocks: read.blocks.iter().map(|block| (format!("{path}?baustein={}#antwort", block.id), block.title.clone())).collect(),
        numbers: numbers.collect(),
        form: forms.answer.unwrap_or_else(|| answer_form(t, bundle, block)),
        back: forms.back.unwrap_or_else(|| Form::new(t).prefixed("zurueck-")),
        note: forms.note.unwrap_or_else(|| Form::new(t).prefixed("notiz-")),
        reopen: forms.reopen.unwrap_or_else(|| Form::new(t).prefixed("ruecknahme-")),
        notes: notes.iter().map(|entry| line(&words, entry, t.with("dialogue-statement-title", &[("number", (&entry.subject).into())]))).collect(),
        course: course
            .iter()
            .map(|entry| line(&words, entry, t.find(&format!("admin-weighing-act-{}", entry.subject)).unwrap_or_default().to_owned()))
            .collect(),
        desk: desk(app, ctx),
        by,
        heading,
        own,
        path,
        shell,
        words,
        t,
    }
}

fn line(words: &Words, entry: &Entry, what: String) -> Line {
    // The record of a merger names the bundle it went into: a number for the program.
    let text = if entry.is_note || !entry.text.bytes().all(|byte| byte.is_ascii_digit()) { entry.text.clone() } else { String::new() };
    Line { day: words.day_of(entry.at), who: entry.name.clone(), what, text }
}

fn answer_form(t: Speaker, bundle: &Bundle, block: Option<&Block>) -> Form {
    let code = block.and_then(|block| block.code).or(bundle.code).map(|code| code.to_string()).unwrap_or_default();
    Form::new(t)
        .with("code", code)
        .with("reason", block.map_or_else(|| bundle.reason.clone(), |block| block.reason.clone()))
        .with("calculation", bundle.calculation.clone().unwrap_or_default())
        .with("department", bundle.department.unwrap_or(0).to_string())
        .with("answer_by", bundle.answer_by.map(|day| day.to_string()).unwrap_or_default())
}

fn item(words: &Words, process: i64, own: &str, point: &Point, shown: Option<&Shown>) -> Item {
    let t = words.t;
    let passage = match shown.zip(texts::unit_of(point.unit)) {
        Some((shown, unit)) => texts::name(&shown.text, unit),
        None => t.get("dialogue-whole").to_owned(),
    };
    let quote = point.anchor.as_deref().and_then(|anchor| serde_json::from_str::<Anchor>(anchor).ok()).map(|anchor| short(&anchor.quote));
    let mut head = vec![point.author.clone(), t.with("dialogue-statement-title", &[("number", point.number.into())])];
    head.extend(Some(words.channel(point.channel).to_owned()).filter(|channel| !channel.is_empty()));
    head.extend((point.supports > 0).then(|| t.with("dialogue-supports", &[("count", point.supports.into())])));
    Item {
        id: point.id,
        head: head.join(", "),
        day: words.day_of(point.submitted_at),
        public: statement_path(process, point.number),
        passage,
        quote,
        text: point.text.trim().to_owned(),
        suggestion: point.suggestion.clone().filter(|_| point.position == 1),
        split: format!("{own}/punkt/{}", point.id),
        is_part: point.has_others,
        gone: match point.standing {
            Standing::Public => None,
            Standing::Withdrawn => Some(t.get("admin-weighing-is-withdrawn")),
            Standing::Unconfirmed | Standing::Waiting | Standing::Hidden => Some(t.get("admin-weighing-is-gone")),
        },
        is_withdrawn: point.standing == Standing::Withdrawn,
    }
}

/// The page; `?baustein=7` puts a reason that is used again into the form.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, Query(query): Parameters) -> Result<Response, AppError> {
    let block = parameter(&query, "baustein").and_then(|id| id.parse().ok());
    page(&build(&app, &ctx, process, id, block, Forms::default()).await?)
}
