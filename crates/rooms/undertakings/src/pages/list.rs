//! `/vorhaben`: all undertakings with filters; `/vorhaben/karte`: the same with a map above the numbered list.

use super::words::{Item, Words};
use super::{Parameters, parameter};
use crate::rules::State;
use crate::store::lists::{self, Count, Cursor, Filter, Listed};
use crate::store::requests;
use allmende_core::{Act, Instant, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, MapParts, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::Response;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Undertakings on one page.
const ROWS_MAX: usize = 20;
/// Undertakings on the map.
const ROWS_ON_MAP: usize = 100;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    filter: Filter,
    by_title: bool,
    from: Option<Cursor>,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let by_title = parameter(query, "sortierung") == Some("titel");
        let from = parameter(query, "ab").and_then(|text| text.rsplit_once('_')).and_then(|(key, id)| {
            let id = id.parse().ok()?;
            Some(if by_title { Cursor::Title(key.to_owned(), id) } else { Cursor::Newest(key.parse().ok()?, id) })
        });
        let filter = Filter {
            state: parameter(query, "stand").and_then(State::of),
            district: parameter(query, "ortsteil").map(str::to_owned),
            department: parameter(query, "amt").and_then(|value| value.parse().ok()).filter(|id| *id > 0),
            takes_part: parameter(query, "mitmachen").and_then(|value| match value {
                "ja" => Some(true),
                "nein" => Some(false),
                _ => None,
            }),
        };
        Self { filter, by_title, from }
    }

    fn start(&self) -> Cursor {
        if self.by_title { Cursor::Title(String::new(), 0) } else { Cursor::Newest(i64::MAX, i64::MAX) }
    }

    fn after(&self, row: &Listed) -> String {
        if self.by_title { format!("{}_{}", row.title_key, row.id) } else { format!("{}_{}", row.changed_at.millis(), row.id) }
    }

    /// The query of this list, without where it goes on; empty or beginning with `?`.
    fn query(&self, with_order: bool) -> String {
        let mut parts = Vec::new();
        parts.extend(self.filter.state.map(|state| format!("stand={}", state.key())));
        parts.extend(self.filter.district.as_ref().map(|district| format!("ortsteil={}", encode(district))));
        parts.extend(self.filter.department.map(|id| format!("amt={id}")));
        parts.extend(self.filter.takes_part.map(|takes_part| format!("mitmachen={}", if takes_part { "ja" } else { "nein" })));
        parts.extend((with_order && self.by_title).then(|| "sortierung=titel".to_owned()));
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// One entry of a filter.
struct Entry {
    value: String,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "vorhaben/list.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    lead: String,
    rows: Vec<Item>,
    states: Vec<Entry>,
    districts: Vec<Entry>,
    departments: Vec<Entry>,
    part: [Entry; 2],
    is_narrowed: bool,
    by_title: bool,
    action: &'static str,
    other_view: String,
    newest: String,
    titles: String,
    first: Option<String>,
    next: Option<String>,
    overdue: Option<String>,
    is_staff: bool,
    map: Option<MapParts>,
}

struct Read {
    now: Instant,
    counts: Arc<Counted>,
    overdue: i64,
    rows: Vec<Listed>,
}

/// What stands above the list: how many public ones stand where.
struct Counted(Vec<Count>);

/// The list. Three statements; two as long as nothing is written.
///
/// # Errors
/// What the database reports.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    answer(&app, &ctx, &query, false).await
}

/// The list with a map above it, as far as a map can be drawn.
///
/// # Errors
/// What the database reports.
pub async fn map(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    answer(&app, &ctx, &query, true).await
}

async fn answer(app: &App, ctx: &Ctx, query: &HashMap<String, String>, is_map: bool) -> Result<Response, AppError> {
    let asked = Asked::read(query);
    let (wanted, zone, language) = (asked.clone(), ctx.site.zone.clone(), ctx.language());
    let (kept, writes) = (app.clone(), app.parts.db.writes());
    let shown = if is_map { ROWS_ON_MAP } else { ROWS_MAX };
    let read = app
        .read(ctx, move |tx| {
            let now = tx.now()?;
            let from = wanted.from.clone().unwrap_or_else(|| wanted.start());
            let rows = lists::list(tx, &wanted.filter, &from, language, i64::try_from(shown + 1).unwrap_or(i64::MAX))?;
            let counts = kept.fresh.of(tx, writes, |tx| Ok(Counted(lists::counts(tx)?)))?;
            let overdue = requests::count_overdue(tx, now.at(&zone).date())?;
            Ok::<_, AppError>(Read { now, counts, overdue, rows })
        })
        .await?;
    let view = view(app, ctx, &asked, read, is_map);
    MapParts::admit(view.map.as_ref(), page(&view)?)
}

fn view(app: &App, ctx: &Ctx, asked: &Asked, mut read: Read, is_map: bool) -> ListPage {
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let (path, other, shown) = if is_map { ("/vorhaben/karte", "/vorhaben", ROWS_ON_MAP) } else { ("/vorhaben", "/vorhaben/karte", ROWS_MAX) };
    let has_more = read.rows.len() > shown;
    read.rows.truncate(shown);
    let rest = asked.query(true);
    let joint = if rest.is_empty() { "?" } else { "&" };
    let mut shell = super::shell(app, ctx, t.get(if is_map { "undertaking-map-heading" } else { "undertaking-heading" }))
        .about(t.get("undertaking-list-about"))
        .feed(t.get("undertaking-feed"), "/vorhaben.atom", "application/atom+xml");
    if is_map {
        shell = shell.crumb(t.get("undertaking-heading"), "/vorhaben").here(t.get("undertaking-map"));
    }
    let counts = &read.counts.0;
    ListPage {
        lead: lead(t, counts),
        states: states(&words, asked),
        districts: districts(asked, counts),
        departments: departments(asked, counts),
        part: [("ja", "undertaking-filter-part-yes", true), ("nein", "undertaking-filter-part-no", false)].map(|(value, key, takes_part)| Entry {
            value: value.to_owned(),
            label: t.find(key).unwrap_or(key).to_owned(),
            is_chosen: asked.filter.takes_part == Some(takes_part),
        }),
        is_narrowed: asked.filter != Filter::default(),
        by_title: asked.by_title,
        action: path,
        other_view: format!("{other}{rest}"),
        newest: format!("{path}{}", Asked { by_title: false, ..asked.clone() }.query(true)),
        titles: format!("{path}{}", Asked { by_title: true, ..asked.clone() }.query(true)),
        first: asked.from.as_ref().map(|_| format!("{path}{rest}")),
        next: read.rows.last().filter(|_| has_more).map(|row| format!("{path}{rest}{joint}ab={}", encode(&asked.after(row)))),
        overdue: (read.overdue > 0).then(|| t.with("undertaking-overdue-count", &[("count", read.overdue.into())])),
        is_staff: may(&ctx.actor, Act::ReportUndertakings),
        map: is_map.then(|| MapParts::new(app, &shell)),
        rows: read.rows.iter().zip(1..).map(|(row, number)| Item::new(&words, number, row)).collect(),
        shell,
        t,
        words,
    }
}

/// "Stand heute" in one sentence.
fn lead(t: Speaker, counts: &[Count]) -> String {
    let of = |wanted: &dyn Fn(State) -> bool| counts.iter().filter(|count| wanted(count.state)).map(|count| count.count).sum::<i64>();
    match of(&|_| true) {
        0 => t.get("undertaking-lead-none").to_owned(),
        all => t.with(
            "undertaking-lead",
            &[
                ("all", (&t.number(all)).into()),
                ("busy", (&t.number(of(&|state| state == State::CarriedOut))).into()),
                ("open", (&t.number(of(&|state| state == State::Participation))).into()),
            ],
        ),
    }
}

fn states(words: &Words, asked: &Asked) -> Vec<Entry> {
    let entry = |state: State| Entry { value: state.key().to_owned(), label: words.state_word(state).to_owned(), is_chosen: asked.filter.state == Some(state) };
    State::ALL.into_iter().map(entry).collect()
}

fn districts(asked: &Asked, counts: &[Count]) -> Vec<Entry> {
    let names: BTreeMap<String, &str> = counts
        .iter()
        .filter(|count| !count.district.is_empty())
        .map(|count| (allmende_core::fold::sort_key(&count.district), count.district.as_str()))
        .collect();
    let entry = |name: &str| Entry { value: name.to_owned(), label: name.to_owned(), is_chosen: asked.filter.district.as_deref() == Some(name) };
    names.into_values().map(entry).collect()
}

fn departments(asked: &Asked, counts: &[Count]) -> Vec<Entry> {
    let named = counts.iter().filter_map(|count| Some((count.department, count.department_name.as_deref()?)));
    let by_name: BTreeMap<(String, i64), &str> = named.map(|(id, name)| ((allmende_core::fold::sort_key(name), id), name)).collect();
    let entry =
        |((_, id), name): ((String, i64), &str)| Entry { value: id.to_string(), label: name.to_owned(), is_chosen: asked.filter.department == Some(id) };
    by_name.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_by_address() {
        let query = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<HashMap<_, _>>();
        let asked = Asked::read(&query(&[("stand", "given-up"), ("amt", "3"), ("ortsteil", "Oberau"), ("mitmachen", "nein"), ("ab", "17_4")]));
        let filter = Filter { state: Some(State::GivenUp), district: Some("Oberau".to_owned()), department: Some(3), takes_part: Some(false) };
        assert_eq!(asked, Asked { filter, by_title: false, from: Some(Cursor::Newest(17, 4)) });
        assert_eq!(asked.query(true), "?stand=given-up&ortsteil=Oberau&amt=3&mitmachen=nein");
        let by_title = Asked::read(&query(&[("sortierung", "titel"), ("ab", "rad_weg_9"), ("stand", "?"), ("amt", "-1")]));
        assert_eq!(by_title, Asked { by_title: true, from: Some(Cursor::Title("rad_weg".to_owned(), 9)), ..Asked::default() });
        assert_eq!(by_title.query(true), "?sortierung=titel");
        for wrong in ["", "17", "a_1", "1_b"] {
            assert_eq!(Asked::read(&query(&[("ab", wrong)])).from, None, "{wrong}");
        }
    }
}
