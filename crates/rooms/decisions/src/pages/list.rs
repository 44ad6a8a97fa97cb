//! `/beschluesse`: all decisions, newest first, with how many stand where; those later than planned, what waits longest first.

use super::words::{State, Words};
use super::{Parameters, parameter};
use crate::rules::{Half, Status};
use crate::store::counts::{self, Count};
use crate::store::decisions::{self, Cursor, Filter, LateCursor, Listed};
use allmende_core::{Act, Instant, may};
use allmende_db::Tx;
use allmende_platform::fresh::Fresh;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Decisions on one page.
const ROWS_MAX: usize = 30;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    status: Option<Status>,
    is_late: bool,
    department: Option<i64>,
    committee: Option<i64>,
    year: Option<i16>,
    from: Option<Cursor>,
    late_from: Option<LateCursor>,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let number = |name: &str| parameter(query, name).and_then(|value| value.parse::<i64>().ok()).filter(|number| *number > 0);
        let status = parameter(query, "stand");
        Self {
            status: status.and_then(Status::of),
            is_late: status == Some("late"),
            department: number("amt"),
            committee: number("gremium"),
            year: number("jahr").and_then(|year| i16::try_from(year).ok()).filter(|year| (1900..=2200).contains(year)),
            from: parameter(query, "ab").and_then(cursor),
            late_from: parameter(query, "ab").and_then(late_cursor),
        }
    }

    fn filter(&self, zone: &TimeZone) -> Filter {
        let start = |year: i16| Date::new(year, 1, 1).ok().and_then(|day| day.to_zoned(zone.clone()).ok()).map(|day| day.timestamp().as_millisecond());
        Filter {
            status: self.status,
            department: self.department,
            committee: self.committee,
            between: self.year.and_then(|year| start(year).zip(start(year + 1))),
        }
    }

    fn narrows(&self) -> bool {
        *self != Self { from: self.from, late_from: self.late_from, ..Self::default() }
    }

    /// Whether a number belongs to what is shown, the status aside.
    fn holds(&self, count: &Count) -> bool {
        self.department.is_none_or(|id| count.department == id)
            && self.committee.is_none_or(|id| count.committee == id)
            && self.year.is_none_or(|year| count.year == i64::from(year))
    }

    /// Whether this is the beginning of the list.
    const fn is_first(&self) -> bool {
        if self.is_late { self.late_from.is_none() } else { self.from.is_none() }
    }

    /// Where the list goes on after a row.
    fn after(&self, row: &Listed) -> String {
        match row.expected_on.filter(|_| self.is_late) {
            Some(day) => format!("{day}_{}", row.id),
            None => format!("{}_{}", row.sort_at, row.id),
        }
    }

    /// The query of this list with another status.
    fn with_status(&self, status: &str) -> String {
        let mut parts = vec![format!("stand={status}")];
        parts.extend(self.department.map(|id| format!("amt={id}")));
        parts.extend(self.committee.map(|id| format!("gremium={id}")));
        parts.extend(self.year.map(|year| format!("jahr={year}")));
        format!("/beschluesse?{}", parts.join("&"))
    }
}

/// `1780902000000_12`
fn cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('_')?;
    Some(Cursor { at: at.parse().ok()?, id: id.parse().ok()? })
}

/// `2026-05-31_12`
fn late_cursor(text: &str) -> Option<LateCursor> {
    let (day, id) = text.split_once('_')?;
    Some(LateCursor { day: day.parse().ok()?, id: id.parse().ok()? })
}

/// A decision as it stands in a list.
pub struct Item {
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What was decided, when and by whom; markup.
    pub kind: String,
    /// The committee.
    pub committee: String,
    /// The number of its paper.
    pub reference: String,
    /// The department.
    pub department: String,
    /// What comes next.
    pub next_step: String,
    /// Until when.
    pub until: String,
    /// How far it is.
    pub state: State,
}

impl Item {
    /// A row of a list.
    #[must_use]
    pub fn new(words: &Words, row: Listed) -> Self {
        let kind = words.t.find(&format!("decision-kind-{}", row.kind.key())).unwrap_or_default();
        let kind = row.decided_at.map_or_else(|| kind.to_owned(), |at| format!("{kind} {}", words.day_of(at)));
        let is_late = words.is_late(row.status, row.expected_on);
        Self {
            path: row.path(),
            kind,
            until: row.expected_on.map(|day| if is_late { words.dates.day(day) } else { words.dates.until(day) }).unwrap_or_default(),
            state: words.status(row.status, row.expected_on),
            title: row.title,
            committee: row.committee.unwrap_or_default(),
            reference: row.reference.unwrap_or_default(),
            department: row.department.unwrap_or_default(),
            next_step: row.next_step.unwrap_or_default(),
        }
    }
}

/// One entry of a filter.
struct Entry {
    value: String,
    label: String,
    is_chosen: bool,
}

/// A number above the list.
struct Figure {
    path: String,
    text: &'static str,
    count: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "beschluss/list.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    lead: String,
    figures: Vec<Figure>,
    rows: Vec<Item>,
    statuses: Vec<Entry>,
    departments: Vec<Entry>,
    committees: Vec<Entry>,
    years: Vec<Entry>,
    is_narrowed: bool,
    is_late: bool,
    is_first: bool,
    first: String,
    next: Option<String>,
    report: String,
    is_staff: bool,
}

struct Read {
    now: Instant,
    counts: Arc<Counted>,
    rows: Vec<Listed>,
}

/// What stands above the list, on a day.
struct Counted {
    day: Date,
    counts: Vec<Count>,
    late: i64,
}

/// The list of decisions. Three statements; one as long as nothing is written.
///
/// # Errors
/// What the database reports.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let asked = Asked::read(&query);
    let (wanted, zone, kept, writes) = (asked.clone(), ctx.site.zone.clone(), app.clone(), app.parts.db.writes());
    let read = app.read(&ctx, move |tx| read(tx, &wanted, &zone, &kept.fresh, writes)).await?;
    page(&view(&app, &ctx, &asked, read))
}

fn read(tx: &mut Tx<'_>, asked: &Asked, zone: &TimeZone, fresh: &Fresh, writes: u64) -> Result<Read, AppError> {
    let now = tx.now()?;
    let today = now.at(zone).date();
    let limit = i64::try_from(ROWS_MAX + 1).unwrap_or(i64::MAX);
    let filter = asked.filter(zone);
    let rows = if asked.is_late {
        decisions::list_late(tx, &filter, today, asked.late_from.unwrap_or(LateCursor::START), limit)?
    } else {
        decisions::list(tx, &filter, asked.from.unwrap_or(Cursor::START), limit)?
    };
    let count = |tx: &mut Tx<'_>| Ok(Counted { day: today, counts: counts::list(tx)?, late: decisions::count_late(tx, today)? });
    let counts = fresh.of(tx, writes, count)?;
    // Midnight is no writing.
    let counts = if counts.day == today { counts } else { Arc::new(count(tx)?) };
    Ok(Read { now, counts, rows })
}

fn view(app: &App, ctx: &Ctx, asked: &Asked, mut read: Read) -> ListPage {
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let has_more = read.rows.len() > ROWS_MAX;
    read.rows.truncate(ROWS_MAX);
    let next = read.rows.last().filter(|_| has_more).map(|row| format!("/beschluesse?{}ab={}", ctx.query_without("ab"), asked.after(row)));
    let shell = super::shell(app, ctx, t.get("decision-heading")).here(t.get("decision-list")).about(t.get("decision-list-about")).feed(
        t.get("decision-feed"),
        "/beschluesse.atom",
        "application/atom+xml",
    );
    let rest = ctx.query_without("ab");
    ListPage {
        lead: lead(&words, &read),
        figures: figures(&words, asked, &read.counts.counts),
        statuses: statuses(&words, asked),
        departments: entries(asked.department, read.counts.counts.iter().filter_map(|count| Some((count.department, count.department_name.as_deref()?)))),
        committees: entries(asked.committee, read.counts.counts.iter().map(|count| (count.committee, count.committee_name.as_str()))),
        years: years(asked, &read.counts.counts),
        is_narrowed: asked.narrows(),
        is_late: asked.is_late,
        is_first: asked.is_first(),
        first: format!("/beschluesse?{}", rest.trim_end_matches('&')),
        next,
        report: format!("/beschluesse/bericht/{}", Half::of(words.dates.today()).key()),
        is_staff: may(&ctx.actor, Act::ReportDecisions),
        rows: read.rows.into_iter().map(|row| Item::new(&words, row)).collect(),
        shell,
        t,
        words,
    }
}

/// "Stand heute" in one or two sentences.
fn lead(words: &Words, read: &Read) -> String {
    let t = words.t;
    let all: i64 = read.counts.counts.iter().map(|count| count.count).sum();
    if all == 0 {
        return t.get("decision-lead-none").to_owned();
    }
    let of = |wanted: &dyn Fn(Status) -> bool| read.counts.counts.iter().filter(|count| wanted(count.status)).map(|count| count.count).sum::<i64>();
    let busy = of(&|status| matches!(status, Status::InProgress | Status::Partly));
    let done = of(&|status| status == Status::Done);
    let number = |count: i64| t.number(count);
    let mut out = t.with("decision-lead", &[("all", (&number(all)).into()), ("busy", (&number(busy)).into()), ("done", (&number(done)).into())]);
    if read.counts.late > 0 {
        out.push(' ');
        out.push_str(&t.with("decision-lead-late", &[("count", read.counts.late.into())]));
    }
    out
}

fn figures(words: &Words, asked: &Asked, counts: &[Count]) -> Vec<Figure> {
    let of = |status: Status| counts.iter().filter(|count| count.status == status && asked.holds(count)).map(|count| count.count).sum::<i64>();
    let all = Status::ALL.into_iter().map(|status| (status, of(status))).filter(|(_, count)| *count > 0);
    all.map(|(status, count)| Figure {
        path: asked.with_status(status.key()),
        text: words.status_word(status),
        count: words.t.number(count),
        is_chosen: asked.status == Some(status),
    })
    .collect()
}

fn statuses(words: &Words, asked: &Asked) -> Vec<Entry> {
    let late = Entry { value: "late".to_owned(), label: words.t.get("decision-filter-late").to_owned(), is_chosen: asked.is_late };
    let all = Status::ALL.into_iter().map(|status| Entry {
        value: status.key().to_owned(),
        label: words.status_word(status).to_owned(),
        is_chosen: asked.status == Some(status),
    });
    std::iter::once(late).chain(all).collect()
}

/// Things with names, each once, by name.
fn entries<'c>(chosen: Option<i64>, all: impl Iterator<Item = (i64, &'c str)>) -> Vec<Entry> {
    let by_name: BTreeMap<(String, i64), &str> =
        all.filter(|(id, name)| *id > 0 && !name.is_empty()).map(|(id, name)| ((allmende_core::fold::sort_key(name), id), name)).collect();
    by_name.into_iter().map(|((_, id), name)| Entry { value: id.to_string(), label: name.to_owned(), is_chosen: chosen == Some(id) }).collect()
}

fn years(asked: &Asked, counts: &[Count]) -> Vec<Entry> {
    let mut years: Vec<i64> = counts.iter().map(|count| count.year).filter(|year| *year > 0).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years.into_iter().map(|year| Entry { value: year.to_string(), label: year.to_string(), is_chosen: asked.year.map(i64::from) == Some(year) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_by_address() {
        let query = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<HashMap<_, _>>();
        let asked = Asked::read(&query(&[("stand", "done"), ("amt", "3"), ("gremium", "x"), ("jahr", "2026"), ("ab", "17_4")]));
        let expected = Asked { status: Some(Status::Done), department: Some(3), year: Some(2026), from: Some(Cursor { at: 17, id: 4 }), ..Asked::default() };
        assert_eq!(asked, expected);
        assert_eq!(asked.with_status("open"), "/beschluesse?stand=open&amt=3&jahr=2026");
        assert!(asked.narrows());
        assert!(!Asked::read(&query(&[("ab", "17_4"), ("stand", "?"), ("amt", "-1")])).narrows());
        assert!(Asked::read(&query(&[("stand", "late")])).is_late);
        for wrong in ["", "17", "a_1", "1_b"] {
            assert_eq!(cursor(wrong), None, "{wrong}");
            assert_eq!(late_cursor(wrong), None, "{wrong}");
        }
        let late = Asked::read(&query(&[("stand", "late"), ("ab", "2026-05-31_12")]));
        assert_eq!((late.late_from, late.from, late.is_first()), (Some(LateCursor { day: Date::constant(2026, 5, 31), id: 12 }), None, false));
    }
}
