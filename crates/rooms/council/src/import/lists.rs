//! Reading lists on a thread of its own, one page ahead of the writer.
//!
//! A list is first asked with `modified_since`, for only so do servers tell what was deleted; where they refuse or break that,
//! it is read without. Each page leaves here decoded, with what has to be remembered to go on after it. Knows no database.
//! Start with [`Reader::list`]; single objects are asked for in `references`.

mod references;

use super::Mode;
use super::fetch::{Fetcher, Miss};
use super::tree::{Branch, digest_of, digest_of_json, grow};
use crate::store::import::{ListState, OpenReference};
use crate::store::import_memory::{Entry, Known, Plan};
use allmende_oparl::{Defect, Findings, Kind, ListPage, Object, address, read, time};
use allmende_platform::clock;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::RwLock;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

/// How far behind the newest modification changes are asked for, in seconds: 180 days.
///
/// Servers do not always move an object's `modified` when one of its parts changes. In five weeks recorded in Karlsruhe that
/// was so for 159 of 364 changes, the latest 143 days behind; going back 180 days costs one page more of each list.
const OVERLAP_SECONDS: i64 = 180 * 86_400;
/// A `modified` so far ahead of the clock is a mistake and no watermark, in seconds.
const AHEAD_SECONDS_MAX: i64 = 86_400;
/// No list has more pages.
const PAGES_MAX: i64 = 100_000;
/// So many objects at most are written in one transaction.
const OBJECTS_MAX: usize = 1000;
const EPOCH: &str = "1970-01-01T00:00:00+00:00";

/// A list to be read.
#[derive(Debug, Clone)]
pub struct ListPlan {
    /// Its address, without filters.
    pub url: String,
    /// What it holds.
    pub kind: Kind,
    /// The body that names it.
    pub body: Option<String>,
    /// What earlier runs, or this one before an interruption, read of it.
    pub state: Option<ListState>,
}

/// An object of a page.
#[derive(Debug)]
pub enum Item {
    /// As it was.
    Same(Entry),
    /// New or changed.
    Branch(Box<Branch>),
}

/// A decoded page, or part of one.
#[derive(Debug)]
pub struct Page {
    /// The list.
    pub list: ListPlan,
    /// How far the list was read once this is written; nothing for a part that is not the last of its page.
    pub state: Option<ListState>,
    /// Pages in all, if known.
    pub pages: Option<i64>,
    /// The objects.
    pub items: Vec<Item>,
}

/// An answer to an address asked for by itself.
#[derive(Debug)]
pub enum Answer {
    /// The object.
    Found(Item),
    /// There is nothing, or nothing usable.
    Missing,
    /// The server failed.
    Failed,
}

/// What the reading thread hands to the writer.
#[derive(Debug)]
pub enum Parcel {
    /// Part of a list.
    Page(Box<Page>),
    /// Objects asked for by themselves.
    Answers(Vec<(OpenReference, Answer)>),
}

/// A parcel with what was noticed and how long it took to decode.
#[derive(Debug)]
pub struct Delivery {
    /// What is to be written.
    pub parcel: Parcel,
    /// What the server got wrong.
    pub findings: Findings,
    /// Time of decoding.
    pub own: Duration,
    /// Whether some list could not be read to its end so far.
    pub is_incomplete: bool,
}

/// Why reading ended early.
#[derive(Debug)]
pub enum Halt {
    /// The writer went away, or the run was told to stop.
    Stopped,
    /// The server does not answer any more.
    Silent(String),
}

/// Reads lists and objects.
pub struct Reader<'a> {
    /// The way to the server.
    pub fetcher: &'a Fetcher<'a>,
    /// What is known of addresses.
    pub known: &'a RwLock<Known>,
    /// The run.
    pub plan: &'a Plan,
    /// What it reads.
    pub mode: Mode,
    /// Wished objects per page.
    pub limit: u32,
    /// An address that answers as long as the server lives.
    pub home: &'a str,
    /// The way to the writer.
    pub sender: SyncSender<Delivery>,
    /// What was noticed since the last delivery.
    pub findings: Findings,
    /// Whether some list could not be read to its end.
    pub is_incomplete: bool,
}

/// The page that a list is at.
struct Position {
    state: ListState,
    passed: HashSet<[u8; 16]>,
    page_size: usize,
    /// Elements of this pass, tombstones included.
    elements: u64,
    /// Whether another process read earlier pages of this pass.
    is_resumed: bool,
}

impl Reader<'_> {
    /// Reads a list to its end, going on where this run was interrupted.
    ///
    /// # Errors
    /// [`Halt`].
    pub fn list(&mut self, list: &ListPlan) -> Result<(), Halt> {
        let mine = list.state.clone().filter(|state| state.run_id == self.plan.run_id);
        if mine.as_ref().is_some_and(|state| state.is_finished) {
            return Ok(());
        }
        let (mut page, mut position) = match mine.filter(|state| state.next_url.is_some()) {
            Some(state) => {
                let url = state.next_url.clone().unwrap_or_default();
                let Some(page) = self.next_page(&url)? else { return Ok(()) };
                (page, Position { is_resumed: true, ..Position::at(state) })
            }
            None => match self.first_page(list)? {
                Some(begun) => begun,
                None => return Ok(()),
            },
        };
        loop {
            let next = self.page(list, page, &mut position)?;
            let Some(next) = next else { return Ok(()) };
            match self.next_page(&next)? {
                Some(found) => page = found,
                None => return Ok(()),
            }
        }
    }

    /// Decodes and delivers a page. Returns the address of the next one.
    fn page(&mut self, list: &ListPlan, page: ListPage, position: &mut Position) -> Result<Option<String>, Halt> {
        let started = clock::ticks();
        let (next, total) = (page.next.clone(), page.total);
        let size = page.data.len();
        position.page_size = position.page_size.max(size);
        position.elements += size as u64;
        position.state.pages += 1;
        let items = self.items(list, page.data, position);
        let mut own = started.elapsed();
        let mut next = self.checked_next(next, total, position);
        if next.is_none() {
            if let Some(total) = total.filter(|total| *total != position.elements && !position.is_resumed) {
                self.note(Defect::TotalDiffers, list.kind, &list.url, || format!("{total} announced, {} received", position.elements));
            }
            if position.state.is_filtered && self.mode != Mode::Changes {
                next = self.unfiltered(list, position)?;
            }
        }
        position.state.next_url.clone_from(&next);
        position.state.is_finished = next.is_none();
        let pages = total.and_then(|total| total.checked_div(position.page_size as u64).map(|full| full + u64::from(total % position.page_size as u64 > 0)));
        let mut rest = items.into_iter();
        loop {
            let part: Vec<_> = rest.by_ref().take(OBJECTS_MAX).collect();
            let is_last = rest.len() == 0;
            let state = is_last.then(|| position.state.clone());
            let page = Page { list: list.clone(), state, pages: pages.and_then(|pages| i64::try_from(pages).ok()), items: part };
            self.deliver(Parcel::Page(Box::new(page)), std::mem::take(&mut own))?;
            if is_last {
                return Ok(next);
            }
        }
    }

    /// Hands something to the writer.
    fn deliver(&mut self, parcel: Parcel, own: Duration) -> Result<(), Halt> {
        let delivery = Delivery { parcel, findings: std::mem::take(&mut self.findings), own, is_incomplete: self.is_incomplete };
        self.sender.send(delivery).map_err(|_| Halt::Stopped)
    }

    fn note(&mut self, defect: Defect, kind: Kind, url: &str, detail: impl FnOnce() -> String) {
        self.findings.note(defect, Some(kind), url, "", detail);
    }

    /// The first page of a list: with filter and limit if the server stands them.
    fn first_page(&mut self, list: &ListPlan) -> Result<Option<(ListPage, Position)>, Halt> {
        let watermark = list.state.as_ref().and_then(|state| state.watermark).filter(|_| self.mode == Mode::Changes);
        let since = match watermark.and_then(|millis| Timestamp::from_second(millis / 1000 - OVERLAP_SECONDS).ok()) {
            Some(since) => time::write_instant(since, &jiff::tz::TimeZone::UTC),
            None => EPOCH.to_owned(),
        };
        let filter = format!("modified_since={since}");
        let limit = format!("limit={}", self.limit);
        let newest = list.state.as_ref().and_then(|state| state.watermark);
        let begun = |is_filtered| Position::at(ListState { run_id: self.plan.run_id, is_filtered, newest, watermark: newest, ..ListState::default() });
        let (filtered, plain) = (begun(true), begun(false));
        let tries = [(vec![&filter, &limit], filtered, None), (vec![&filter], Position::at(plain.state.clone()).filtered(), Some(Defect::LimitRefused))];
        for (wishes, position, defect) in tries {
            match self.get(&with_query(&list.url, &wishes))? {
                Ok(page) => {
                    if let Some(defect) = defect {
                        self.note(defect, list.kind, &list.url, String::new);
                    }
                    self.examine_filter(list, &page, watermark);
                    return Ok(Some((page, position)));
                }
                Err(Miss::Forbidden(..)) => return self.lost(list, "refused").map(|()| None),
                Err(_) => {}
            }
        }
        match self.get(&list.url)? {
            Ok(page) => {
                self.note(Defect::FilterRefused, list.kind, &list.url, String::new);
                Ok(Some((page, plain)))
            }
            Err(miss) => self.lost(list, &format!("{miss:?}")).map(|()| None),
        }
    }

    fn examine_filter(&mut self, list: &ListPlan, page: &ListPage, watermark: Option<i64>) {
        let Some(since) = watermark.map(|millis| millis / 1000 - OVERLAP_SECONDS) else { return };
        let modified = |value: &Value| value.get("modified")?.as_str().and_then(time::read_instant).map(|(instant, _)| instant.as_second());
        if let Some(older) = page.data.iter().find(|value| modified(value).is_some_and(|modified| modified < since)) {
            let id = older.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            self.note(Defect::FilterIgnored, list.kind, &list.url, || id);
        }
    }

    /// Whether the list without filter holds more than came: then its address, to be read as well.
    fn unfiltered(&mut self, list: &ListPlan, position: &mut Position) -> Result<Option<String>, Halt> {
        let probe = with_query(&list.url, &[&"limit=1".to_owned()]);
        let mut url = list.url.clone();
        let mut answer = self.get(&probe)?;
        if answer.is_err() {
            answer = self.get(&url)?;
        } else {
            url = with_query(&list.url, &[&format!("limit={}", self.limit)]);
        }
        let Ok(page) = answer else { return Ok(None) };
        let received = u64::try_from(position.state.received).unwrap_or(0);
        let is_all = match page.total {
            Some(total) => total <= received,
            None => page.next.is_none() && page.data.len() as u64 <= received,
        };
        if is_all {
            return Ok(None);
        }
        self.note(Defect::FilterIgnored, list.kind, &list.url, || format!("{received} with modified_since, {:?} without", page.total));
        position.state.is_filtered = false;
        position.state.pages = 0;
        position.state.received = 0;
        position.elements = 0;
        position.is_resumed = false;
        position.passed.clear();
        Ok(Some(url))
    }

    /// The address of the next page, if it leads anywhere.
    fn checked_next(&mut self, next: Option<String>, total: Option<u64>, position: &mut Position) -> Option<String> {
        let next = next?;
        if !address::is_web_address(&next) || !self.plan.is_own(&next) {
            self.findings.note(Defect::ForeignReference, None, &next, "next", String::new);
            self.is_incomplete = true;
            return None;
        }
        let expected = total.and_then(|total| i64::try_from(total.div_ceil(position.page_size.max(1) as u64)).ok());
        let pages_max = expected.map_or(PAGES_MAX, |pages| pages.saturating_mul(2).saturating_add(2).min(PAGES_MAX));
        if !position.passed.insert(digest_of(next.as_bytes())) || position.state.pages >= pages_max {
            self.findings.note(Defect::EndlessList, None, &next, "next", || format!("after {} pages", position.state.pages));
            self.is_incomplete = true;
            return None;
        }
        Some(next)
    }

    /// A further page. Some servers refuse the percent-encoded query of their own links.
    fn next_page(&mut self, url: &str) -> Result<Option<ListPage>, Halt> {
        let miss = match self.get(url)? {
            Ok(page) => return Ok(Some(page)),
            Err(miss) => miss,
        };
        if let Some(raw) = decoded(url)
            && let Ok(page) = self.get(&raw)?
        {
            self.findings.note(Defect::EncodedQueryRefused, None, url, "", String::new);
            return Ok(Some(page));
        }
        self.findings.note(Defect::ListNotRetrievable, None, url, "", || format!("{miss:?}"));
        self.is_incomplete = true;
        Ok(None)
    }

    fn lost(&mut self, list: &ListPlan, why: &str) -> Result<(), Halt> {
        self.note(Defect::ListNotRetrievable, list.kind, &list.url, || why.to_owned());
        self.is_incomplete = true;
        Ok(())
    }

    /// A list page. A server that has fallen silent ends the run, so that it goes on here another time.
    fn get(&mut self, url: &str) -> Result<Result<ListPage, Miss>, Halt> {
        match self.fetcher.list(url, &mut self.findings) {
            Err(Miss::Stopped) => Err(Halt::Stopped),
            Err(Miss::Failed(why)) => self.is_alive(&why).map(|()| Err(Miss::Failed(why))),
            other => Ok(other),
        }
    }

    fn is_alive(&self, why: &str) -> Result<(), Halt> {
        match self.fetcher.object(self.home, Kind::System, &mut Findings::default()) {
            Err(Miss::Stopped) => Err(Halt::Stopped),
            Err(Miss::Failed(_)) => Err(Halt::Silent(why.to_owned())),
            _ => Ok(()),
        }
    }

    fn items(&mut self, list: &ListPlan, data: Vec<Value>, position: &mut Position) -> Vec<Item> {
        let latest = clock::wall().as_millisecond() + AHEAD_SECONDS_MAX * 1000;
        let mut ids = HashSet::with_capacity(data.len());
        let mut items = Vec::with_capacity(data.len());
        for mut value in data {
            if strip_nul(&mut value) {
                self.note(Defect::ControlCharacter, list.kind, "", || "U+0000".to_owned());
            }
            let modified = value.get("modified").and_then(Value::as_str).and_then(time::read_instant).map(|(instant, _)| instant.as_millisecond());
            if let Some(modified) = modified.filter(|modified| *modified <= latest) {
                position.state.newest = Some(position.state.newest.map_or(modified, |newest| newest.max(modified)));
            }
            let is_deleted = value.get("deleted").is_some_and(|deleted| *deleted == Value::Bool(true));
            let id = value.get("id").and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned();
            if is_deleted && !position.state.is_filtered {
                self.note(Defect::DeletedInUnfilteredList, list.kind, &id, String::new);
            }
            if !id.is_empty() && !ids.insert(digest_of(id.as_bytes())) {
                self.note(Defect::DuplicateInList, list.kind, &id, String::new);
                continue;
            }
            position.state.received += i64::from(!is_deleted);
            items.extend(self.item(value, &id, list.kind));
        }
        items
    }

    /// One received object: known and the same, or taken apart.
    fn item(&mut self, value: Value, id: &str, kind: Kind) -> Option<Item> {
        let digest = digest_of_json(&value);
        let same = self.known.read().ok().and_then(|known| known.get(id)).filter(|entry| entry.alone == Some(digest));
        if self.mode == Mode::Changes
            && let Some(entry) = same
        {
            return Some(Item::Same(entry));
        }
        let object = read(&value, kind, &mut self.findings)?;
        if let Some(entry) = same {
            return Some(Item::Same(entry));
        }
        storable(&object).then(|| Item::Branch(Box::new(grow(object, value, digest))))
    }

    /// Looks into a list of meetings that only an organization names, and reads it if it holds unknown ones.
    ///
    /// # Errors
    /// [`Halt`].
    pub fn meeting_list(&mut self, organization: &str, url: &str) -> Result<(), Halt> {
        if !self.plan.is_own(url) {
            self.note(Defect::ForeignReference, Kind::Organization, organization, || url.to_owned());
            return Ok(());
        }
        match self.get(url)? {
            Err(miss) => {
                self.findings.note(Defect::ListNotRetrievable, Some(Kind::Organization), organization, "meeting", || format!("{url}: {miss:?}"));
                Ok(())
            }
            Ok(page) => {
                let ids: Vec<_> = page.data.iter().filter_map(|value| value.get("id")?.as_str()).collect();
                let is_known = self.known.read().is_ok_and(|known| ids.iter().all(|id| known.get(id).is_some_and(|entry| entry.alone.is_some())));
                if is_known { Ok(()) } else { self.list(&ListPlan { url: url.to_owned(), kind: Kind::Meeting, body: None, state: None }) }
            }
        }
    }
}

impl Position {
    fn at(state: ListState) -> Self {
        Self { state, passed: HashSet::new(), page_size: 0, elements: 0, is_resumed: false }
    }

    fn filtered(mut self) -> Self {
        self.state.is_filtered = true;
        self
    }
}

/// Whether there is a table for it and an address to know it by.
fn storable(object: &Object) -> bool {
    object.kind() != Kind::System && !object.common().id.is_empty()
}

fn with_query(url: &str, wishes: &[&String]) -> String {
    let mut out = url.to_owned();
    for wish in wishes {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(wish);
    }
    out
}

/// The address with the plain characters in its query that dates need.
fn decoded(url: &str) -> Option<String> {
    let (path, query) = url.split_once('?')?;
    let raw = query.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+");
    (raw != query).then(|| format!("{path}?{raw}"))
}

/// Takes the one character out that databases do not store. Returns whether there was one.
fn strip_nul(value: &mut Value) -> bool {
    match value {
        Value::String(text) if text.contains('\0') => {
            text.retain(|character| character != '\0');
            true
        }
        Value::Array(items) => items.iter_mut().fold(false, |found, item| strip_nul(item) | found),
        Value::Object(map) => map.values_mut().fold(false, |found, item| strip_nul(item) | found),
        _ => false,
    }
}
