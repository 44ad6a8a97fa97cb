//! The import's own rows: sources, runs with their progress, how far each list was read, findings, open references.
//!
//! Read in the order of a run: [`begin`], [`list_state`], [`keep_page`], [`open_references`], [`end`].

use crate::import::{Mode, Report};
use crate::store::import_memory::Entry;
use crate::store::{kind_key, kind_of};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{Findings, Kind};

/// Where and how far a run is; what a later process needs to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The run.
    pub id: i64,
    /// What kind of run.
    pub mode: Mode,
    /// Which process works on it.
    pub attempt: i64,
    /// When it began, milliseconds UTC.
    pub started_at: i64,
    /// When it was last heard of.
    pub beat_at: i64,
    /// `running`, `done`, `failed` or `stopped`.
    pub state: String,
    /// Its counts so far, as JSON.
    pub counts: String,
}

/// A source: an OParl server from which a site imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The source.
    pub id: i64,
    /// When everything was last read, milliseconds UTC.
    pub last_full_at: Option<i64>,
}

/// Finds or enters a source and sets what it does with files.
///
/// # Errors
/// What the database reports.
pub fn keep_source(tx: &mut Tx<'_>, url: &str, file_mode: &str) -> Result<SourceRow, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let read = |row: &allmende_db::Row<'_>| Ok::<_, DbError>(SourceRow { id: row.get(0)?, last_full_at: row.get(1)? });
    let known = tx.find(sql!("SELECT id, last_full_at, file_mode FROM council_source WHERE site_id = $1 AND url = $2"), &[&site, &url], |row| {
        Ok((read(row)?, row.get::<String>(2)?))
    })?;
    match known {
        Some((source, mode)) if mode == file_mode => Ok(source),
        Some((source, _)) => {
            tx.execute(sql!("UPDATE council_source SET file_mode = $2 WHERE id = $1"), &[&source.id, &file_mode])?;
            Ok(source)
        }
        None => {
            let id = tx.insert::<str>(
                sql!("INSERT INTO council_source (site_id, url, file_mode, created_at) VALUES ($1, $2, $3, $4) RETURNING id"),
                &[&site, &url, &file_mode, &now],
            )?;
            Ok(SourceRow { id: id.get(), last_full_at: None })
        }
    }
}

/// Keeps what the system says of itself. Writes nothing if it says the same as before.
///
/// # Errors
/// What the database reports.
pub fn describe_source(tx: &mut Tx<'_>, source_id: i64, name: Option<&str>, version: Option<&str>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "UPDATE council_source SET name = $2, oparl_version = $3 \
             WHERE id = $1 AND (COALESCE(name, '') <> COALESCE($2, '') OR COALESCE(oparl_version, '') <> COALESCE($3, ''))"
        ),
        &[&source_id, &name, &version],
    )?;
    Ok(())
}

/// The newest run of a source.
///
/// # Errors
/// What the database reports.
pub fn find_last_run(tx: &mut Tx<'_>, source_id: i64) -> Result<Option<RunRow>, DbError> {
    tx.find(
        sql!("SELECT id, mode, attempt, started_at, beat_at, state, counts FROM council_run WHERE source_id = $1 ORDER BY id DESC LIMIT 1"),
        &[&source_id],
        |row| {
            let mode: String = row.get(1)?;
            Ok(RunRow {
                id: row.get(0)?,
                mode: Mode::from_key(&mode).unwrap_or(Mode::First),
                attempt: row.get(2)?,
                started_at: row.get(3)?,
                beat_at: row.get(4)?,
                state: row.get(5)?,
                counts: row.get(6)?,
            })
        },
    )
}

/// Begins a run.
///
/// # Errors
/// What the database reports.
pub fn begin(tx: &mut Tx<'_>, source_id: i64, mode: Mode) -> Result<RunRow, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id = tx.insert::<str>(
        sql!(
            "INSERT INTO council_run (site_id, source_id, mode, state, stage, attempt, page, started_at, beat_at, requests, objects_seen, objects_new, \
             objects_changed, objects_withdrawn, counts, waited_ms, own_ms) \
             VALUES ($1, $2, $3, 'running', 'begin', 1, 0, $4, $4, 0, 0, 0, 0, 0, '{}', 0, 0) RETURNING id"
        ),
        &[&site, &source_id, &mode.key(), &now],
    )?;
    Ok(RunRow { id: id.get(), mode, attempt: 1, started_at: now.millis(), beat_at: now.millis(), state: "running".to_owned(), counts: "{}".to_owned() })
}

/// Takes a run over from a process that ended. Returns nothing if somebody else was faster or the process lives.
///
/// # Errors
/// What the database reports.
pub fn take_over(tx: &mut Tx<'_>, run: &RunRow) -> Result<Option<RunRow>, DbError> {
    let now = tx.now()?;
    let taken = tx.execute(
        sql!(
            "UPDATE council_run SET attempt = attempt + 1, beat_at = $4, state = 'running', ended_at = NULL, problem = NULL \
             WHERE id = $1 AND attempt = $2 AND beat_at = $3"
        ),
        &[&run.id, &run.attempt, &run.beat_at, &now],
    )?;
    Ok((taken == 1).then(|| RunRow { attempt: run.attempt + 1, beat_at: now.millis(), state: "running".to_owned(), ..run.clone() }))
}

/// What a run tells of itself while it goes on.
#[derive(Debug, Clone, Default)]
pub struct Beat {
    /// What it is doing: `begin`, `lists`, `references`, `ends`.
    pub stage: &'static str,
    /// The list being read.
    pub list_url: Option<String>,
    /// Its page, from 1.
    pub page: i64,
    /// How many pages it has, if known.
    pub pages: Option<i64>,
    /// The report so far.
    pub report: Report,
}

/// Shows progress and keeps the run. Returns false if another process took it over.
///
/// # Errors
/// What the database reports.
pub fn beat(tx: &mut Tx<'_>, run: &RunRow, beat: &Beat) -> Result<bool, DbError> {
    let now = tx.now()?;
    let totals = beat.report.totals();
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let millis = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let kept = tx.execute(
        sql!(
            "UPDATE council_run SET beat_at = CASE WHEN beat_at >= $3 THEN beat_at + 1 ELSE $3 END, stage = $4, list_url = $5, page = $6, pages = $7, \
             requests = $8, objects_seen = $9, objects_new = $10, objects_changed = $11, objects_withdrawn = $12, counts = $13, waited_ms = $14, own_ms = $15 \
             WHERE id = $1 AND attempt = $2"
        ),
        &[
            &run.id,
            &run.attempt,
            &now,
            &beat.stage,
            &beat.list_url,
            &beat.page,
            &beat.pages,
            &number(beat.report.requests),
            &number(totals.new + totals.changed + totals.unchanged),
            &number(totals.new),
            &number(totals.changed),
            &number(totals.withdrawn),
            &beat.report.counts_json(),
            &millis(beat.report.waited),
            &millis(beat.report.own),
        ],
    )?;
    Ok(kept == 1)
}

/// Ends a run: `done`, `failed` or `stopped`. A run that read everything and is done dates the source.
///
/// # Errors
/// What the database reports.
pub fn end(tx: &mut Tx<'_>, run: &RunRow, source_id: i64, state: &str, problem: Option<&str>) -> Result<(), DbError> {
    let now = tx.now()?;
    tx.execute(
        sql!("UPDATE council_run SET state = $3, ended_at = $4, problem = $5 WHERE id = $1 AND attempt = $2"),
        &[&run.id, &run.attempt, &state, &now, &problem],
    )?;
    if state == "done" {
        tx.execute(
            sql!("UPDATE council_list SET watermark = newest WHERE source_id = $1 AND is_finished = 1 AND newest > COALESCE(watermark, 0)"),
            &[&source_id],
        )?;
        if run.mode != Mode::Changes {
            tx.execute(sql!("UPDATE council_source SET last_full_at = $2 WHERE id = $1"), &[&source_id, &run.started_at])?;
        }
    }
    Ok(())
}

/// Keeps the findings of a run: what is there is replaced.
///
/// # Errors
/// What the database reports.
pub fn keep_findings(tx: &mut Tx<'_>, run_id: i64, findings: &Findings) -> Result<(), DbError> {
    let site = tx.site()?;
    for (defect, tally) in findings.iter() {
        let examples: Vec<_> = tally
            .examples
            .iter()
            .map(|example| {
                serde_json::json!({
                    "kind": example.kind.map(Kind::name), "object": example.object, "property": example.property, "detail": example.detail
                })
            })
            .collect();
        tx.execute(
            sql!(
                "INSERT INTO council_finding (run_id, site_id, defect, count, examples) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (run_id, defect) DO UPDATE SET count = excluded.count, examples = excluded.examples WHERE council_finding.count <> excluded.count"
            ),
            &[&run_id, &site, &defect.key(), &i64::try_from(tally.count).unwrap_or(i64::MAX), &serde_json::Value::from(examples).to_string()],
        )?;
    }
    Ok(())
}

/// The findings of a run: defect, count, examples as JSON; most frequent first.
///
/// # Errors
/// What the database reports.
pub fn list_findings(tx: &mut Tx<'_>, run_id: i64) -> Result<Vec<(String, i64, String)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT defect, count, examples FROM council_finding WHERE site_id = $1 AND run_id = $2 ORDER BY count DESC, defect"),
        &[&site, &run_id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// How far a list was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListState {
    /// The run that read it last.
    pub run_id: i64,
    /// Whether it was asked with `modified_since`.
    pub is_filtered: bool,
    /// Where to go on.
    pub next_url: Option<String>,
    /// Pages read by that run.
    pub pages: i64,
    /// Living objects received by that run.
    pub received: i64,
    /// The newest `modified` seen.
    pub newest: Option<i64>,
    /// Whether that run read it to its end.
    pub is_finished: bool,
    /// The newest `modified` of runs that ended.
    pub watermark: Option<i64>,
}

/// How far each list of a source was read, by address.
///
/// # Errors
/// What the database reports.
pub fn list_states(tx: &mut Tx<'_>, source_id: i64) -> Result<Vec<(String, ListState)>, DbError> {
    tx.list(
        sql!("SELECT url, run_id, pass, next_url, pages, received, newest, is_finished, watermark FROM council_list WHERE source_id = $1"),
        &[&source_id],
        |row| {
            let pass: String = row.get(2)?;
            let state = ListState {
                run_id: row.get(1)?,
                is_filtered: pass == "changed",
                next_url: row.get(3)?,
                pages: row.get(4)?,
                received: row.get(5)?,
                newest: row.get(6)?,
                is_finished: row.get(7)?,
                watermark: row.get(8)?,
            };
            Ok((row.get(0)?, state))
        },
    )
}

/// Keeps how far a list was read, in the transaction that wrote the page.
///
/// # Errors
/// What the database reports.
pub fn keep_page(tx: &mut Tx<'_>, source_id: i64, url: &str, kind: Kind, state: &ListState) -> Result<(), DbError> {
    let site = tx.site()?;
    let pass = if state.is_filtered { "changed" } else { "all" };
    tx.execute(
        sql!(
            "INSERT INTO council_list (source_id, site_id, url, kind, run_id, pass, next_url, pages, received, newest, is_finished, watermark) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL) \
             ON CONFLICT (source_id, url) DO UPDATE SET run_id = excluded.run_id, pass = excluded.pass, next_url = excluded.next_url, \
             pages = excluded.pages, received = excluded.received, newest = excluded.newest, is_finished = excluded.is_finished"
        ),
        &[
            &source_id,
            &site,
            &url,
            &kind_key(kind),
            &state.run_id,
            &pass,
            &state.next_url,
            &state.pages,
            &state.received,
            &state.newest,
            &i64::from(state.is_finished),
        ],
    )?;
    Ok(())
}

/// Marks objects that stood in a list as seen by a full run.
///
/// # Errors
/// What the database reports.
pub fn mark_seen(tx: &mut Tx<'_>, run_id: i64, kind: Kind, ids: &[i64]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE council_origin SET seen_run_id = $1 WHERE site_id = $2 AND kind = $3 AND object_id ANY_OF($4)"),
        &[&run_id, &site, &kind_key(kind), &ids],
    )?;
    Ok(())
}

/// An address that is to be asked for by itself.
#[derive(Debug, Clone)]
pub struct OpenReference {
    /// The address.
    pub url: String,
    /// What is known of it.
    pub entry: Entry,
}

/// The next addresses that nobody has delivered: never asked ones in any run; in a reconciliation also those missing since,
/// and those that stood in no list this time.
///
/// # Errors
/// What the database reports.
pub fn open_references(tx: &mut Tx<'_>, source_id: i64, run: &RunRow, after: i64, limit: i64) -> Result<Vec<(i64, OpenReference)>, DbError> {
    let read = |row: &allmende_db::Row<'_>| -> Result<(i64, OpenReference), DbError> {
        let kind: String = row.get(2)?;
        let digest: Option<Vec<u8>> = row.get(4)?;
        let alone = digest.and_then(|bytes| bytes.try_into().ok());
        let entry = Entry { kind: kind_of(&kind).unwrap_or(Kind::System), id: row.get(3)?, embedded: None, alone };
        Ok((row.get::<i64>(0)?, OpenReference { url: row.get(1)?, entry }))
    };
    let mut found = match run.mode {
        Mode::Reconcile => tx.list(
            sql!(
                "SELECT id, url, kind, object_id, digest_alone FROM council_origin WHERE source_id = $1 AND raw IS NULL AND id > $2 \
                 AND (asked_run_id IS NULL OR asked_run_id < $4) ORDER BY id LIMIT $3"
            ),
            &[&source_id, &after, &limit, &run.id],
            read,
        )?,
        Mode::First | Mode::Changes => tx.list(
            sql!(
                "SELECT id, url, kind, object_id, digest_alone FROM council_origin WHERE source_id = $1 AND raw IS NULL AND id > $2 \
                 AND asked_run_id IS NULL ORDER BY id LIMIT $3"
            ),
            &[&source_id, &after, &limit],
            read,
        )?,
    };
    if found.is_empty() && run.mode == Mode::Reconcile {
        found = tx.list(
            sql!(
                "SELECT id, url, kind, object_id, digest_alone FROM council_origin WHERE source_id = $1 AND raw IS NOT NULL AND parent_url IS NULL \
                 AND digest_alone IS NOT NULL AND (seen_run_id IS NULL OR seen_run_id < $3) AND (asked_run_id IS NULL OR asked_run_id < $3) ORDER BY id LIMIT $2"
            ),
            &[&source_id, &limit, &run.id],
            read,
        )?;
    }
    Ok(found)
}

/// How many objects a reconciliation should have met in lists, and how many it did not meet.
///
/// # Errors
/// What the database reports.
pub fn count_unseen(tx: &mut Tx<'_>, source_id: i64, run_id: i64) -> Result<(i64, i64), DbError> {
    let found = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN seen_run_id IS NULL OR seen_run_id < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) \
             FROM council_origin WHERE source_id = $1 AND raw IS NOT NULL AND parent_url IS NULL AND digest_alone IS NOT NULL \
             AND kind IN ('organization', 'person', 'meeting', 'paper')"
        ),
        &[&source_id, &run_id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.unwrap_or((0, 0)))
}

/// Marks an address as asked; `missing` if there was nothing.
///
/// # Errors
/// What the database reports.
pub fn mark_asked(tx: &mut Tx<'_>, run: &RunRow, url: &str, missing: bool) -> Result<(), DbError> {
    let site = tx.site()?;
    let missing_since = missing.then_some(run.started_at);
    tx.execute(
        sql!("UPDATE council_origin SET asked_run_id = $3, missing_since = COALESCE(missing_since, $4) WHERE site_id = $1 AND url = $2"),
        &[&site, &url, &run.id, &missing_since],
    )?;
    Ok(())
}

/// The lists of meetings that organizations name: organization and list.
///
/// # Errors
/// What the database reports.
pub fn meeting_lists(tx: &mut Tx<'_>, source_id: i64) -> Result<Vec<(String, String)>, DbError> {
    let raws = tx.list(
        sql!("SELECT url, raw FROM council_origin WHERE source_id = $1 AND kind = 'organization' AND raw IS NOT NULL ORDER BY id"),
        &[&source_id],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    let list_of = |raw: &str| serde_json::from_str::<serde_json::Value>(raw).ok()?.get("meeting")?.as_str().map(str::to_owned);
    Ok(raws.into_iter().filter_map(|(url, raw)| Some((url, list_of(&raw)?))).collect())
}
