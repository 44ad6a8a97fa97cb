//! The steps of a run: take or begin it, read system and bodies, all lists, open references, fill and end.
//!
//! The reading thread decodes ahead ([`super::lists`]); this side writes each delivery in one transaction together with the
//! run's progress. Memory of addresses is taken over only after the commit.

mod work;

use self::work::Work;
use super::fetch::{Fetcher, Miss};
use super::lists::{Delivery, Halt, Item, ListPlan, Page, Parcel, Reader};
use super::tree::{digest_of_json, grow};
use super::{Import, ImportError, Mode, Progress, Report};
use crate::store::import as rows;
use crate::store::import::{Beat, ListState, OpenReference, RunRow, SourceRow};
use crate::store::import_links::fill_inverse;
use crate::store::import_memory::{Known, Outcome, Plan, authority};
use crate::store::import_writer::Writer;
use allmende_db::DbError;
use allmende_oparl::{Body, Defect, Findings, Kind, Object, read};
use allmende_platform::clock;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// So many deliveries wait for the writer.
const AHEAD_MAX: usize = 2;
/// So often a run shows that it lives while it waits for the server.
const BEAT: Duration = Duration::from_secs(2);
/// Everything is read again after so many milliseconds: seven days.
const FULL_AFTER_MILLIS: i64 = 7 * 86_400_000;
/// References asked for in one go.
const REFERENCES: i64 = 500;
/// No run asks for more single objects.
const REFERENCES_MAX: usize = 100_000;

pub(super) fn run(import: &Import<'_>, progress: &dyn Fn(&Progress)) -> Result<Report, ImportError> {
    let (source, row, is_resumed) = take_run(import)?;
    let fetcher = Fetcher::new(import.client, import.options.backoff, &import.options.stop);
    let mut run = Run::new(import, source.id, row, is_resumed, &fetcher, progress);
    let outcome = run.go();
    let (state, problem) = match &outcome {
        Ok(()) => ("done", None),
        Err(ImportError::TakenOver) => return Err(ImportError::TakenOver),
        Err(ImportError::Stopped) => ("stopped", None),
        Err(error) => ("failed", Some(error.to_string())),
    };
    let last = run.end(state, problem);
    outcome.and(last)?;
    Ok(run.report)
}

/// Finds the source and the run to work on: a new one, or one that was interrupted.
fn take_run(import: &Import<'_>) -> Result<(SourceRow, RunRow, bool), ImportError> {
    let (db, site) = (import.db, import.site);
    let (url, files) = (import.url.to_owned(), import.options.files.key());
    let source = db.write_blocking(site, move |tx| rows::keep_source(tx, &url, files))?;
    let id = source.id;
    let begun = clock::ticks();
    let mut waiting_for: Option<RunRow> = None;
    loop {
        let (last, now) = db.read_blocking::<_, DbError>(site, move |tx| Ok((rows::find_last_run(tx, id)?, tx.now()?)))?;
        let wish = import.options.mode;
        let mode = wish.unwrap_or(match source.last_full_at {
            None => Mode::First,
            Some(full) if now.millis() - full > FULL_AFTER_MILLIS => Mode::Reconcile,
            Some(_) => Mode::Changes,
        });
        let interrupted = last.filter(|run| run.state != "done");
        let Some(run) = interrupted.filter(|run| run.state == "running" || wish.is_none_or(|wish| wish == run.mode)) else {
            let row = db.write_blocking(site, move |tx| rows::begin(tx, id, mode))?;
            return Ok((source, row, false));
        };
        let silence = import.options.silence;
        let is_silent =
            run.state != "running" || begun.elapsed() >= silence || now.millis() - run.beat_at > i64::try_from(silence.as_millis()).unwrap_or(i64::MAX);
        match &waiting_for {
            Some(before) if before.beat_at != run.beat_at || before.id != run.id => return Err(ImportError::Busy),
            _ if is_silent => {
                let taken = db.write_blocking(site, move |tx| rows::take_over(tx, &run))?;
                return taken.map(|row| (source, row, true)).ok_or(ImportError::Busy);
            }
            _ => waiting_for = Some(run),
        }
        std::thread::sleep((silence / 20).min(Duration::from_millis(250)));
    }
}

struct Run<'a> {
    import: &'a Import<'a>,
    row: Arc<RunRow>,
    plan: Arc<Plan>,
    known: Arc<RwLock<Known>>,
    fetcher: &'a Fetcher<'a>,
    progress: &'a dyn Fn(&Progress),
    report: Report,
    beat: Beat,
    last_beat: Instant,
    waited_before: Duration,
    is_incomplete: bool,
    /// Lists whose state this run has kept; those without changes need none.
    touched: HashSet<String>,
}

impl<'a> Run<'a> {
    fn new(import: &'a Import<'a>, source_id: i64, row: RunRow, is_resumed: bool, fetcher: &'a Fetcher<'a>, progress: &'a dyn Fn(&Progress)) -> Self {
        let plan = Plan {
            source_id,
            run_id: row.id,
            started_at: row.started_at,
            wants_texts: import.options.files != super::FileMode::Link,
            tells: row.mode != Mode::First,
            only_body: None,
            hosts: authority(import.url).map(str::to_owned).into_iter().collect(),
        };
        let mut report = Report { run_id: row.id, mode: row.mode, is_resumed, ..Report::default() };
        report.restore(&row.counts);
        let waited_before = import.client.waited();
        Self {
            import,
            row: Arc::new(row),
            plan: Arc::new(plan),
            known: Arc::default(),
            fetcher,
            progress,
            report,
            beat: Beat { stage: "begin", ..Beat::default() },
            last_beat: clock::ticks(),
            waited_before,
            is_incomplete: false,
            touched: HashSet::new(),
        }
    }

    fn go(&mut self) -> Result<(), ImportError> {
        let source_id = self.plan.source_id;
        let known = self.timed(|run| run.import.db.read_blocking(run.import.site, move |tx| Known::load(tx, source_id)))?;
        self.known = Arc::new(RwLock::new(known));
        let lists = self.system()?;
        self.beat.stage = "lists";
        self.read(|reader| lists.iter().try_for_each(|list| reader.list(list)))?;
        if self.row.mode != Mode::Changes {
            let lists = self.import.db.read_blocking(self.import.site, move |tx| rows::meeting_lists(tx, source_id))?;
            self.read(|reader| lists.iter().try_for_each(|(organization, list)| reader.meeting_list(organization, list)))?;
        }
        self.beat.stage = "references";
        self.references()?;
        self.beat.stage = "ends";
        let totals = self.report.totals();
        if totals.new + totals.changed + totals.withdrawn > 0 || self.report.is_resumed {
            self.timed(|run| run.import.db.write_blocking(run.import.site, fill_inverse))?;
        }
        Ok(())
    }

    fn timed<T>(&mut self, work: impl FnOnce(&Self) -> T) -> T {
        let started = clock::ticks();
        let result = work(self);
        self.report.own += started.elapsed();
        result
    }

    /// Reads system and bodies, writes the bodies, and plans the lists.
    fn system(&mut self) -> Result<Vec<ListPlan>, ImportError> {
        let mut findings = Findings::default();
        let url = self.import.url;
        let value = self.fetcher.object(url, Kind::System, &mut findings).map_err(unreachable)?;
        let bodies = self.bodies(value, &mut findings)?;
        let mut items = Vec::new();
        let mut lists = Vec::new();
        let (id, source_id) = (self.row.id, self.plan.source_id);
        let states = self.import.db.read_blocking(self.import.site, move |tx| rows::list_states(tx, source_id))?;
        let states: HashMap<String, ListState> = states.into_iter().collect();
        self.touched = states.iter().filter(|(_, state)| state.run_id == id).map(|(url, _)| url.clone()).collect();
        for value in bodies {
            let digest = digest_of_json(&value);
            let Some(Object::Body(body)) = read(&value, Kind::Body, &mut findings) else { continue };
            for (kind, url) in lists_of(&body) {
                if self.plan.is_own(url) {
                    lists.push(ListPlan { url: url.to_owned(), kind, body: Some(body.common.id.clone()), state: states.get(url).cloned() });
                } else {
                    findings.note(Defect::ForeignReference, Some(Kind::Body), &body.common.id, "", || url.to_owned());
                }
            }
            if !body.common.id.is_empty() {
                items.push(Item::Branch(Box::new(grow(Object::Body(body), value, digest))));
            }
        }
        lists.sort_by_key(|list| order(list.kind));
        let only_body = match items.as_slice() {
            [Item::Branch(body)] => Some(body.url.clone()),
            _ => None,
        };
        self.plan = Arc::new(Plan { only_body, ..(*self.plan).clone() });
        tracing::debug!(run = id, lists = lists.len(), "bodies read");
        let page = Page { list: ListPlan { url: url.to_owned(), kind: Kind::Body, body: None, state: None }, state: None, pages: None, items };
        self.write(Delivery { parcel: Parcel::Page(Box::new(page)), findings, own: Duration::ZERO, is_incomplete: false })?;
        Ok(lists)
    }

    fn bodies(&mut self, value: Value, findings: &mut Findings) -> Result<Vec<Value>, ImportError> {
        let listed = |value: &mut Value| match value.get_mut("data").map(Value::take) {
            Some(Value::Array(data)) => data,
            _ => vec![value.take()],
        };
        let mut value = value;
        let system = match read(&value, Kind::System, &mut Findings::default()) {
            Some(Object::System(system)) if value.get("data").is_none() => system,
            _ => return Ok(listed(&mut value)),
        };
        let _ = read(&value, Kind::System, findings);
        let mut plan = (*self.plan).clone();
        plan.hosts.extend(authority(&system.common.id).filter(|host| !plan.is_own(&system.common.id) && !host.is_empty()).map(str::to_owned));
        self.plan = Arc::new(plan);
        let source_id = self.plan.source_id;
        let (name, version) = (system.name.clone(), system.oparl_version.clone());
        self.import.db.write_blocking(self.import.site, move |tx| rows::describe_source(tx, source_id, name.as_deref(), version.as_deref()))?;
        let mut bodies = Vec::new();
        let mut next = system.body.clone();
        let mut passed = Vec::new();
        while let Some(url) = next.filter(|url| self.plan.is_own(url) && !passed.contains(url)) {
            let page = self.fetcher.list(&url, findings).map_err(unreachable)?;
            bodies.extend(page.data);
            passed.push(url);
            next = page.next.filter(|_| passed.len() < 100);
        }
        if passed.is_empty() {
            return Err(ImportError::Unreachable("the system names no list of bodies".to_owned()));
        }
        Ok(bodies)
    }

    /// Lets a thread read and writes what it delivers.
    fn read(&mut self, work: impl FnOnce(&mut Reader<'_>) -> Result<(), Halt> + Send) -> Result<(), ImportError> {
        let (sender, deliveries) = sync_channel(AHEAD_MAX);
        let (known, plan, fetcher) = (Arc::clone(&self.known), Arc::clone(&self.plan), self.fetcher);
        let (mode, limit, home) = (self.row.mode, self.import.options.limit.clamp(1, 1000), self.import.url);
        std::thread::scope(|scope| {
            let reading = scope.spawn(move || {
                let findings = Findings::default();
                let mut reader = Reader { fetcher, known: &known, plan: &plan, mode, limit, home, sender, findings, is_incomplete: false };
                let outcome = work(&mut reader);
                // What was noticed after the last page.
                let rest =
                    Delivery { parcel: Parcel::Answers(Vec::new()), findings: reader.findings, own: Duration::ZERO, is_incomplete: reader.is_incomplete };
                let _ = reader.sender.send(rest);
                outcome
            });
            let written = self.write_all(&deliveries);
            drop(deliveries);
            match (reading.join(), written) {
                (_, Err(error)) => Err(error),
                (Ok(Ok(())), Ok(())) => Ok(()),
                (Ok(Err(Halt::Silent(why))), Ok(())) => Err(ImportError::Unreachable(why)),
                (Ok(Err(Halt::Stopped)), Ok(())) => Err(ImportError::Stopped),
                (Err(_), Ok(())) => Err(ImportError::Database(DbError::Panicked)),
            }
        })
    }

    fn write_all(&mut self, deliveries: &Receiver<Delivery>) -> Result<(), ImportError> {
        loop {
            match deliveries.recv_timeout(BEAT) {
                Ok(delivery) => {
                    if self.import.options.stop.load(std::sync::atomic::Ordering::Relaxed) {
                        return Err(ImportError::Stopped);
                    }
                    self.write(delivery)?;
                }
                Err(RecvTimeoutError::Timeout) => self.show()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Shows that the run lives.
    fn show(&mut self) -> Result<(), ImportError> {
        let (row, beat) = (Arc::clone(&self.row), self.beat_now());
        self.last_beat = clock::ticks();
        let is_mine = self.import.db.write_blocking(self.import.site, move |tx| rows::beat(tx, &row, &beat))?;
        if is_mine { Ok(()) } else { Err(ImportError::TakenOver) }
    }

    fn beat_now(&mut self) -> Beat {
        self.report.requests = self.fetcher.requests();
        self.report.waited = self.import.client.waited().saturating_sub(self.waited_before);
        let findings = std::mem::take(&mut self.report.findings);
        self.beat.report = self.report.clone();
        self.report.findings = findings;
        self.beat.clone()
    }

    /// Writes one delivery in one transaction; if that fails for what is in it, object by object.
    fn write(&mut self, delivery: Delivery) -> Result<(), ImportError> {
        let Delivery { parcel, findings, own, is_incomplete } = delivery;
        self.report.own += own;
        self.report.findings.merge(findings);
        self.is_incomplete |= is_incomplete;
        if let Parcel::Page(page) = &parcel {
            self.beat.list_url = Some(page.list.url.clone());
            self.beat.page = page.state.as_ref().map_or(self.beat.page, |state| state.pages);
            self.beat.pages = page.pages;
        }
        let started = clock::ticks();
        let work = Arc::new(Work::of(parcel));
        match self.commit(&work, 0..work.len(), true) {
            Err(ImportError::Database(error)) if concerns_an_object(&error) => {
                for index in 0..work.len() {
                    if let Err(error) = self.commit(&work, index..index + 1, false) {
                        self.not_stored(&work, index, error)?;
                    }
                }
                self.commit(&work, 0..0, true)?;
            }
            other => other?,
        }
        self.report.own += started.elapsed();
        let objects = self.report.totals();
        (self.progress)(&Progress {
            stage: self.beat.stage,
            list_url: self.beat.list_url.clone(),
            page: self.beat.page,
            pages: self.beat.pages,
            objects: objects.new + objects.changed + objects.unchanged,
        });
        Ok(())
    }

    fn not_stored(&mut self, work: &Work, index: usize, error: ImportError) -> Result<(), ImportError> {
        match error {
            ImportError::Database(error) if concerns_an_object(&error) => {
                let (kind, url) = work.name(index);
                self.report.findings.note(Defect::NotStored, kind, &url, "", || error.to_string());
                Ok(())
            }
            other => Err(other),
        }
    }

    /// Writes some of a delivery's items, and with `whole` also how far its list was read.
    fn commit(&mut self, work: &Arc<Work>, range: std::ops::Range<usize>, whole: bool) -> Result<(), ImportError> {
        let (row, plan, known) = (Arc::clone(&self.row), Arc::clone(&self.plan), Arc::clone(&self.known));
        let (beat, findings) = (self.beat_now(), Arc::new(self.report.findings.clone()));
        let shared = Arc::clone(work);
        let must_beat = whole || self.last_beat.elapsed() > BEAT;
        let must_keep = row.mode != Mode::Changes || work.list_url().is_some_and(|url| self.touched.contains(url));
        let outcome: Outcome = self.import.db.write_blocking(self.import.site, move |tx| {
            let known = known.read().unwrap_or_else(PoisonError::into_inner);
            let mut writer = Writer::new(tx, &plan, &known)?;
            shared.write(&mut writer, range.clone(), row.mode)?;
            let outcome = writer.finish()?;
            shared.mark(tx, &plan, &row, &outcome, range.clone())?;
            let mut beat = beat.clone();
            beat.report.add(&outcome.counts);
            if must_beat && !rows::beat(tx, &row, &beat)? {
                return Err(ImportError::TakenOver);
            }
            if whole {
                shared.keep_state(tx, &plan, must_keep || !shared.is_idle(&outcome))?;
                rows::keep_findings(tx, plan.run_id, &findings)?;
            }
            Ok(outcome)
        })?;
        self.last_beat = clock::ticks();
        if !work.is_idle(&outcome) {
            self.touched.extend(work.list_url().map(str::to_owned));
        }
        self.report.add(&outcome.counts);
        for noted in outcome.noted {
            self.report.findings.note(noted.defect, Some(noted.kind), &noted.object, "", || noted.detail);
        }
        self.known.write().unwrap_or_else(PoisonError::into_inner).extend(outcome.fresh);
        Ok(())
    }

    /// Asks for what others refer to and no list held; in a reconciliation also for what stood in no list this time.
    fn references(&mut self) -> Result<(), ImportError> {
        let source_id = self.plan.source_id;
        let (mut after, mut asked) = (0, 0);
        let mut is_guarded = self.row.mode != Mode::Reconcile;
        loop {
            let row = Arc::clone(&self.row);
            let open: Vec<(i64, OpenReference)> =
                self.import.db.read_blocking(self.import.site, move |tx| rows::open_references(tx, source_id, &row, after, REFERENCES))?;
            let Some((last, first)) = open.last().map(|(id, _)| *id).zip(open.first()) else { return Ok(()) };
            if !is_guarded && first.1.entry.alone.is_some() {
                if self.many_vanished()? {
                    return Ok(());
                }
                is_guarded = true;
            }
            asked += open.len();
            if asked > REFERENCES_MAX {
                self.report.findings.note(Defect::EndlessList, None, self.import.url, "", || format!("more than {REFERENCES_MAX} references"));
                return Ok(());
            }
            after = if first.1.entry.alone.is_some() { after } else { last };
            self.read(|reader| reader.references(open.into_iter().map(|(_, reference)| reference).collect()))?;
        }
    }

    /// A server that lost a quarter of its objects at once has a problem, not a purge.
    fn many_vanished(&mut self) -> Result<bool, ImportError> {
        let (source_id, run_id) = (self.plan.source_id, self.row.id);
        let (all, unseen) = self.import.db.read_blocking(self.import.site, move |tx| rows::count_unseen(tx, source_id, run_id))?;
        let is_too_many = self.is_incomplete || unseen.saturating_mul(4) > all;
        if is_too_many && unseen > 0 {
            self.report.findings.note(Defect::VanishedMany, None, self.import.url, "", || format!("{unseen} of {all}"));
        }
        Ok(is_too_many)
    }

    fn end(&mut self, state: &'static str, problem: Option<String>) -> Result<(), ImportError> {
        let (row, beat, source_id) = (Arc::clone(&self.row), self.beat_now(), self.plan.source_id);
        let findings = self.report.findings.clone();
        let is_mine = self.import.db.write_blocking::<_, DbError>(self.import.site, move |tx| {
            if !rows::beat(tx, &row, &beat)? {
                return Ok(false);
            }
            rows::keep_findings(tx, row.id, &findings)?;
            rows::end(tx, &row, source_id, state, problem.as_deref())?;
            Ok(true)
        })?;
        if is_mine { Ok(()) } else { Err(ImportError::TakenOver) }
    }
}

/// Whether an error lies in what was to be written, not in the database's own state.
const fn concerns_an_object(error: &DbError) -> bool {
    matches!(error, DbError::Unique(_) | DbError::Constraint(_) | DbError::Type { .. } | DbError::Other(_) | DbError::Unsupported(_) | DbError::Panicked)
}

fn unreachable(miss: Miss) -> ImportError {
    match miss {
        Miss::Stopped => ImportError::Stopped,
        Miss::Gone => ImportError::Unreachable("not found".to_owned()),
        Miss::Refused(why) | Miss::Failed(why) | Miss::Forbidden(_, why) => ImportError::Unreachable(why),
    }
}

/// The external lists of a body. Persons bring memberships and meetings bring agendas; the lists of parts (since 1.1) tell
/// what changed in parts alone.
fn lists_of(body: &Body) -> Vec<(Kind, &str)> {
    let lists = [
        (Kind::Organization, &body.organization),
        (Kind::Person, &body.person),
        (Kind::Meeting, &body.meeting),
        (Kind::Paper, &body.paper),
        (Kind::LegislativeTerm, &body.legislative_term_list),
        (Kind::Membership, &body.membership),
        (Kind::AgendaItem, &body.agenda_item),
        (Kind::Consultation, &body.consultation),
        (Kind::File, &body.file),
        (Kind::Location, &body.location_list),
    ];
    lists.into_iter().filter_map(|(kind, url)| Some((kind, url.as_deref()?))).collect()
}

/// What is referred to comes before what refers to it.
fn order(kind: Kind) -> usize {
    const ORDER: [Kind; 10] = [
        Kind::Organization,
        Kind::Person,
        Kind::Meeting,
        Kind::Paper,
        Kind::LegislativeTerm,
        Kind::Membership,
        Kind::AgendaItem,
        Kind::Consultation,
        Kind::File,
        Kind::Location,
    ];
    ORDER.iter().position(|other| *other == kind).unwrap_or(ORDER.len())
}
