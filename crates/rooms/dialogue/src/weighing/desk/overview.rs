//! `/verwaltung/beteiligung/{id}/abwaegung`: how far the weighing is, by department, and the bundles to work on.

use super::{bundle_path, own_path, stage};
use crate::desk::process_shell;
use crate::pages::words::{State, Words};
use crate::pages::{Parameters, parameter};
use crate::store::{processes, short, versions};
use crate::texts;
use crate::weighing::rules::Stage;
use crate::weighing::store::lists::{self, Count, Filter, Listed};
use allmende_core::{Act, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Shell, page};
use allmende_platform::{App, Ctx, departments};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;
use std::collections::HashMap;

/// Bundles on one page.
const ROWS: usize = 50;

/// Points of one department.
#[derive(Default)]
struct Row {
    name: String,
    path: String,
    open: i64,
    proposed: i64,
    approved: i64,
    published: i64,
    late: i64,
}

/// A bundle in the list.
struct Item {
    id: i64,
    path: String,
    heading: String,
    text: String,
    stage: State,
    answer: String,
    reason: String,
    by: String,
    due: Option<State>,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_desk.html")]
struct OverviewPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    own: String,
    public: String,
    fresh: Option<String>,
    sum: Row,
    rows: Vec<Row>,
    result: Option<String>,
    can_run: bool,
    can_attach: bool,
    passages: Vec<(Choice, bool)>,
    departments: Vec<(Choice, bool)>,
    stages: Vec<(Choice, bool)>,
    is_bundle: bool,
    is_late: bool,
    is_narrowed: bool,
    filter: Vec<(&'static str, String)>,
    items: Vec<Item>,
    first: Option<String>,
    next: Option<String>,
}

/// The filter of an address or of a form.
pub(super) fn filter(query: &HashMap<String, String>) -> Filter {
    Filter {
        unit: parameter(query, "absatz").and_then(|unit| unit.parse().ok()),
        department: parameter(query, "amt").and_then(|id| id.parse().ok()),
        stage: parameter(query, "stand").and_then(Stage::of),
        is_bundle: parameter(query, "nur") == Some("buendel"),
        is_late: parameter(query, "spaet").is_some(),
    }
}

/// The filter as parts of an address.
pub(super) fn pairs(filter: &Filter) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    out.extend(filter.unit.map(|unit| ("absatz", unit.to_string())));
    out.extend(filter.department.map(|id| ("amt", id.to_string())));
    out.extend(filter.stage.map(|stage| ("stand", stage.key().to_owned())));
    out.extend(filter.is_bundle.then(|| ("nur", "buendel".to_owned())));
    out.extend(filter.is_late.then(|| ("spaet", "1".to_owned())));
    out
}

/// The address of a list with this filter, from one bundle on.
pub(super) fn address(own: &str, filter: &Filter, after: Option<i64>) -> String {
    let mut parts: Vec<String> = pairs(filter).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    parts.extend(after.map(|after| format!("nach={after}")));
    if parts.is_empty() { own.to_owned() } else { format!("{own}?{}", parts.join("&")) }
}

/// The page. At most five statements, and the text of the version if it is not kept in memory.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, Query(query): Parameters) -> Result<Response, AppError> {
    let narrowed = filter(&query);
    let after = parameter(&query, "nach").and_then(|after| after.parse::<i64>().ok()).unwrap_or(0);
    let zone = ctx.site.zone.clone();
    let (now, process, counts, mut found, known, shown) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let today = now.at(&zone).date();
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            let counts = lists::count(tx, id, today)?;
            let found = lists::list(tx, id, &narrowed, today, after, i64::try_from(ROWS).unwrap_or(0) + 1)?;
            let known = departments::list(tx)?;
            let newest = versions::list(tx, id)?.into_iter().find(|version| version.is_public);
            let shown = newest.map(|version| versions::shown(tx, &version)).transpose()?;
            Ok::<_, AppError>((now, process, counts, found, known, shown))
        })
        .await?;
    let (t, words, own) = (ctx.t, Words::new(&ctx, now), own_path(id));
    let next = (found.len() > ROWS).then(|| found.get(ROWS - 1).map(|row| row.id)).flatten();
    found.truncate(ROWS);
    let name = |unit: i64| match shown.as_deref().zip(texts::unit_of(unit)) {
        Some((shown, unit)) => texts::name(&shown.text, unit),
        None => t.get("dialogue-whole").to_owned(),
    };
    let mut passages = vec![(Choice::new("0", t.get("dialogue-whole")), narrowed.unit == Some(0))];
    if let Some(shown) = &shown {
        passages.extend(shown.text.units().iter().map(|unit| {
            let number = texts::number(unit.id);
            (Choice::new(number.to_string(), short(&texts::name(&shown.text, unit.id))), narrowed.unit == Some(number))
        }));
    }
    let mut offices = vec![(Choice::new("0", t.get("admin-weighing-nobody-yet")), narrowed.department == Some(0))];
    offices.extend(known.iter().map(|office| (Choice::new(office.id.to_string(), office.name.clone()), narrowed.department == Some(office.id))));
    let (rows, sum, fresh) = table(&counts, &own, t);
    let counted = |name: &str| parameter(&query, name).and_then(|count| count.parse::<i64>().ok());
    let result = counted("zahl").map(|count| t.with("admin-weighing-result", &[("count", count.into()), ("own", counted("eigene").unwrap_or(0).into())]));
    page(&OverviewPage {
        shell: process_shell(&app, &ctx, &process, t.get("admin-weighing")),
        public: format!("{}/antworten", process.path()),
        can_run: may(&ctx.actor, Act::RunProcesses),
        can_attach: app.parts.ports.attachments.is_some() && may(&ctx.actor, Act::EditCouncil),
        stages: Stage::ALL.into_iter().map(|one| (Choice::new(one.key(), stage(&words, one).text), narrowed.stage == Some(one))).collect(),
        is_bundle: narrowed.is_bundle,
        is_late: narrowed.is_late,
        is_narrowed: narrowed != Filter::default(),
        filter: pairs(&narrowed),
        items: found.into_iter().map(|row| item(&words, id, row, &name)).collect(),
        first: (after > 0).then(|| address(&own, &narrowed, None)),
        next: next.map(|last| address(&own, &narrowed, Some(last))),
        departments: offices,
        desk: desk(&app, &ctx),
        passages,
        fresh: (fresh > 0).then(|| t.with("admin-weighing-fresh", &[("count", fresh.into())])),
        sum,
        rows,
        result,
        own,
        words,
        t,
    })
}

/// The counts as rows of departments, their sum, and the points that nobody took up yet.
fn table(counts: &[Count], own: &str, t: Speaker) -> (Vec<Row>, Row, i64) {
    let mut rows: Vec<(Option<i64>, Row)> = Vec::new();
    let (mut sum, mut fresh) = (Row { name: t.get("admin-weighing-sum").to_owned(), ..Row::default() }, 0);
    for count in counts {
        let Some(stage) = count.stage else {
            fresh += count.points;
            continue;
        };
        let id = count.department.as_ref().map(|(id, _)| *id);
        if !rows.iter().any(|(other, _)| *other == id) {
            let name = count.department.as_ref().map_or_else(|| t.get("admin-weighing-nobody-yet").to_owned(), |(_, name)| name.clone());
            rows.push((id, Row { name, path: format!("{own}?amt={}", id.unwrap_or(0)), ..Row::default() }));
        }
        for row in rows.iter_mut().filter(|(other, _)| *other == id).map(|(_, row)| row).chain([&mut sum]) {
            *match stage {
                Stage::Open => &mut row.open,
                Stage::Proposed => &mut row.proposed,
                Stage::Approved => &mut row.approved,
                Stage::Published => &mut row.published,
            } += count.points;
            row.late += count.late;
        }
    }
    (rows.into_iter().map(|(_, row)| row).collect(), sum, fresh)
}

fn item(words: &Words, process: i64, row: Listed, name: &impl Fn(i64) -> String) -> Item {
    let t = words.t;
    let mut parts = vec![t.with("admin-weighing-of", &[("number", row.number.into()), ("count", row.points.into())]), name(row.unit)];
    parts.extend(row.department.clone());
    let is_open = matches!(row.stage, Stage::Open | Stage::Proposed | Stage::Approved);
    Item {
        id: row.id,
        path: bundle_path(process, row.id),
        heading: parts.join(" · "),
        text: if row.title.is_empty() { short(&row.text) } else { row.title },
        stage: stage(words, row.stage),
        answer: row.code.and_then(|code| t.find(&format!("admin-weighing-code-{code}"))).unwrap_or_default().to_owned(),
        reason: short(&row.reason),
        by: row.proposed_by.map(|(_, name)| t.with("admin-weighing-by", &[("name", (&name).into())])).unwrap_or_default(),
        due: row.answer_by.filter(|_| is_open).map(|day| words.waits(Some(day))),
    }
}
