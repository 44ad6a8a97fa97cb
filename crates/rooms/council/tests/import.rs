//! What an import does with servers as they are: resumed runs, endless lists, lies about filters, references to nowhere.

#[path = "town/mod.rs"]
mod import;

use allmende_council::import::{ImportError, Mode, Options, Report};
use allmende_db::{Clock, Db, DbError, Scope, schema::MIGRATIONS, sql};
use allmende_oparl::{Defect, Kind};
use allmende_testing::on_both_engines;
use anyhow::{Context, Result, ensure};
use import::scripted::{Answer, Server, object, page};
use import::{count, fresh, import as run, options, picture, site};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn plain() -> Server {
    Server::start(Box::new(|_, _| None))
}

fn paper(number: usize, rest: Value) -> Value {
    let mut paper = object("Paper", &format!("paper/{number}"), json!({"name": format!("Vorlage {number}"), "reference": format!("{number}/2026")}));
    for (key, value) in rest.as_object().into_iter().flatten() {
        paper[key] = value.clone();
    }
    paper
}

fn papers(pages: usize) -> Vec<Vec<Value>> {
    let one = |number| {
        let file = object("File", &format!("file/{number}"), json!({"accessUrl": format!("BASE/{number}.pdf"), "mimeType": "application/pdf"}));
        let station = object("Consultation", &format!("consultation/{number}"), json!({"organization": ["BASE/organization/1"], "meeting": "BASE/meeting/1"}));
        paper(number, json!({"mainFile": file, "consultation": [station], "relatedPaper": [format!("BASE/paper/{}", number + 1)]}))
    };
    (0..pages).map(|at| (0..3).map(|number| one(at * 3 + number + 1)).collect()).collect()
}

fn agenda(numbers: &[usize]) -> Value {
    let items: Vec<_> = numbers
        .iter()
        .map(|number| object("AgendaItem", &format!("item/{number}"), json!({"name": format!("Punkt {number}"), "order": number, "result": "beschlossen"})))
        .collect();
    object("Meeting", "meeting/1", json!({"name": "Rat", "agendaItem": items, "organization": ["BASE/organization/1"]}))
}

fn system(server: &Server) -> String {
    format!("{}/system", server.url)
}

fn go(db: &Db, site: allmende_core::Id<allmende_core::Site>, server: &Server, mode: Option<Mode>) -> Result<Report, ImportError> {
    run(db, site, &system(server), Options { mode, ..options() }, &|_| {})
}

#[test]
fn a_run_killed_after_any_page_ends_like_an_undisturbed_one() -> Result<()> {
    let server = plain();
    server.town(&[
        ("meeting", vec![vec![agenda(&[1, 2])]]),
        ("paper", papers(4)),
        ("organization", vec![vec![object("Organization", "organization/1", json!({"name": "Rat"}))]]),
    ]);
    let folder = tempfile::tempdir()?;
    let calm = fresh(folder.path(), "calm.db")?;
    let steps = AtomicUsize::new(0);
    run(&calm, site(&calm)?, &system(&server), options(), &|_| {
        steps.fetch_add(1, Ordering::Relaxed);
    })?;
    let (steps, calm) = (steps.into_inner(), picture(&calm)?);
    ensure!(steps >= 7, "only {steps} steps");
    for kill in 1..=steps {
        let db = fresh(folder.path(), &format!("{kill}.db"))?;
        let site = site(&db)?;
        let step = AtomicUsize::new(0);
        let killed = catch_unwind(AssertUnwindSafe(|| {
            run(&db, site, &system(&server), options(), &|_| assert!(step.fetch_add(1, Ordering::Relaxed) + 1 < kill, "killed"))
        }));
        ensure!(killed.is_err());
        let report = go(&db, site, &server, None)?;
        ensure!(report.is_resumed && report.mode == Mode::First);
        calm.same_as(&picture(&db)?).with_context(|| format!("killed after step {kill} of {steps}"))?;
    }
    Ok(())
}

#[test]
fn a_living_run_is_not_disturbed_and_a_silent_one_is_taken_over() -> Result<()> {
    let server = plain();
    server.town(&[("paper", papers(3))]);
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let site = site(&db)?;
    let busy = AtomicUsize::new(0);
    let patient = Options { silence: Duration::from_secs(3600), ..options() };
    let (inner_db, url) = (db.clone(), system(&server));
    run(&db, site, &url, patient.clone(), &|progress| {
        if progress.stage == "lists" && progress.page == 1 {
            // The other run sees the first one's heart beat while it waits.
            let (seen, until) = std::sync::mpsc::channel::<()>();
            let beats = std::thread::spawn({
                let db = inner_db.clone();
                move || {
                    while until.recv_timeout(Duration::from_millis(20)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                        db.write_blocking::<_, DbError>(Scope::Installation, |tx| tx.execute(sql!("UPDATE council_run SET beat_at = beat_at + 1"), &[]))?;
                    }
                    Ok::<_, DbError>(())
                }
            });
            let other = run(&inner_db, site, &url, patient.clone(), &|_| {});
            drop(seen);
            assert!(matches!(other, Err(ImportError::Busy)), "{other:?}");
            drop(beats.join());
            busy.fetch_add(1, Ordering::Relaxed);
        }
    })?;
    ensure!(busy.into_inner() > 0);
    ensure!(count(&db, "paper", "public")? == 9);
    Ok(())
}

#[test]
fn endless_lists_end_and_the_rest_goes_on() -> Result<()> {
    let server = Server::start(Box::new(|path, _| {
        let number = path.strip_prefix("/meeting?page=")?.split('&').next()?.parse::<usize>().ok()?;
        let meeting = object("Meeting", &format!("meeting/{number}"), json!({"name": "Rat"}));
        Some(Answer::json(&page(vec![meeting], Some(format!("BASE/meeting?page={}", number + 1)), Some(5))))
    }));
    server.town(&[("meeting", vec![]), ("organization", vec![]), ("paper", papers(1))]);
    server.serve("/meeting", &page(vec![], Some("BASE/meeting?page=1".to_owned()), Some(5)));
    // A list whose last page leads back to its first.
    server.serve("/organization", &page(vec![object("Organization", "organization/1", json!({"name": "Rat"}))], Some("BASE/organization".to_owned()), None));
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let report = go(&db, site(&db)?, &server, None)?;
    ensure!(report.findings.count(Defect::EndlessList) >= 2, "{:?}", report.findings);
    ensure!(count(&db, "paper", "public")? == 3);
    ensure!(report.requests < 60, "{} requests", report.requests);
    Ok(())
}

#[test]
fn forbidden_giant_and_bottomless_answers_are_refused_and_the_rest_goes_on() -> Result<()> {
    let server = plain();
    server.town(&[("organization", vec![]), ("person", vec![]), ("meeting", vec![]), ("paper", papers(1))]);
    for list in ["organization", "person", "meeting"] {
        let answer = match list {
            "organization" => Answer { location: Some("http://169.254.169.254/latest".to_owned()), ..Answer::text(302, "") },
            "person" => Answer { body: vec![b' '; (64 << 20) + 1], ..Answer::text(200, "") },
            _ => Answer::text(200, &format!("{}{}", "[".repeat(200), "]".repeat(200))),
        };
        server.put(&format!("/{list}"), answer);
    }
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let report = go(&db, site(&db)?, &server, None)?;
    for defect in [Defect::ForbiddenAddress, Defect::TooLarge, Defect::NestedTooDeep] {
        ensure!(report.findings.count(defect) > 0, "{} is missing: {:?}", defect.key(), report.findings);
    }
    ensure!(report.findings.count(Defect::ListNotRetrievable) == 3);
    ensure!(count(&db, "paper", "public")? == 3);
    Ok(())
}

#[test]
fn every_seventh_answer_may_be_a_fault() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut pictures = Vec::new();
    for every in [u64::MAX, 7, 3] {
        let server = Server::start(Box::new(move |path, number| {
            let fault = number / every;
            (number % every == 0).then(|| match fault % 4 {
                0 => Answer::text(500, "{}"),
                1 => Answer { is_cut: true, ..Answer::text(200, &"x".repeat(500)) },
                2 => Answer { delay: Duration::from_millis(1700), ..Answer::text(200, "{}") },
                _ => Answer::text(200, &format!("{{\"data\": [\"{path}\u{1}")),
            })
        }));
        server.town(&[("meeting", vec![vec![agenda(&[1, 2])]]), ("paper", papers(5))]);
        let db = fresh(folder.path(), &format!("{every}.db"))?;
        let report = go(&db, site(&db)?, &server, None)?;
        pictures.push([
            count(&db, "paper", "public")?,
            count(&db, "file", "public")?,
            count(&db, "consultation", "public")?,
            count(&db, "agenda_item", "public")?,
        ]);
        ensure!(every == u64::MAX || report.findings.count(Defect::ServerError) + report.findings.count(Defect::CutOff) > 0);
    }
    ensure!(pictures.iter().all(|picture| *picture == [15, 15, 15, 2]), "{pictures:?}");
    Ok(())
}

#[test]
fn a_second_run_writes_nothing_and_asks_little() -> Result<()> {
    let server = plain();
    server.town(&[("meeting", vec![vec![agenda(&[1, 2])]]), ("paper", papers(2))]);
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let site = site(&db)?;
    go(&db, site, &server, None)?;
    let before = picture(&db)?;
    let report = go(&db, site, &server, None)?;
    ensure!(report.mode == Mode::Changes);
    before.same_as(&picture(&db)?)?;
    let asked = server.asked.lock().map(|asked| asked.clone()).unwrap_or_default();
    let since = asked.iter().rev().find(|path| path.starts_with("/paper")).cloned().unwrap_or_default();
    let filtered = asked.iter().filter(|path| path.contains("modified_since=2023-07-06T09:00:00+00:00")).count();
    ensure!(filtered == 2, "{since}");
    Ok(())
}

#[test]
fn what_is_gone_is_withdrawn_with_its_parts_and_what_returns_is_public_again() -> Result<()> {
    let server = plain();
    on_both_engines(MIGRATIONS, Clock::Database, |db| {
        server.town(&[("meeting", vec![vec![agenda(&[1, 2, 3])]]), ("paper", papers(1))]);
        let site = site(db)?;
        go(db, site, &server, None)?;
        ensure!(count(db, "agenda_item", "public")? == 3);
        // An agenda item vanishes from its meeting, a paper is deleted.
        let tombstone = json!({"id": "BASE/paper/1", "type": "https://schema.oparl.org/1.1/Paper", "created": "2024-01-01T10:00:00+01:00",
            "modified": "2024-02-01T10:00:00+01:00", "deleted": true});
        server.list("meeting", &[vec![agenda(&[1, 3])]]);
        server.list("paper", &[vec![tombstone]]);
        let report = go(db, site, &server, None)?;
        ensure!(report.count(Kind::AgendaItem).withdrawn == 1 && report.count(Kind::Paper).changed == 1, "{:?}", report.counts);
        ensure!(count(db, "agenda_item", "public")? == 2 && count(db, "paper", "withdrawn")? == 1);
        ensure!(count(db, "file", "withdrawn")? == 1 && count(db, "consultation", "withdrawn")? == 1);
        let hidden = db.read_blocking::<_, DbError>(site, |tx| {
            tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM node WHERE is_public = 0"), &[], |row| row.get::<i64>(0))
        })?;
        ensure!(hidden == Some(2), "{hidden:?} hidden nodes");
        let told = db.read_blocking::<_, DbError>(site, |tx| tx.list(sql!("SELECT kind FROM event ORDER BY id"), &[], |row| row.get::<String>(0)))?;
        ensure!(told == ["changed", "withdrawn", "withdrawn"], "{told:?}");
        server.list("meeting", &[vec![agenda(&[1, 2, 3])]]);
        server.list("paper", &papers(1));
        go(db, site, &server, None)?;
        ensure!(count(db, "agenda_item", "public")? == 3 && count(db, "paper", "public")? == 3 && count(db, "file", "public")? == 3);
        Ok(())
    })
}

#[test]
fn references_are_asked_for_once_and_again_in_a_reconciliation() -> Result<()> {
    let server = plain();
    server.town(&[("paper", papers(1))]);
    server.serve("/organization/1", &object("Organization", "organization/1", json!({"name": "Rat"})));
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let site = site(&db)?;
    let asked = |path: &str| server.asked.lock().map(|asked| asked.iter().filter(|asked| *asked == path).count()).unwrap_or_default();
    let report = go(&db, site, &server, None)?;
    ensure!(count(&db, "organization", "public")? == 1 && count(&db, "meeting", "placeholder")? == 1 && count(&db, "paper", "placeholder")? == 1);
    ensure!(report.findings.count(Defect::NotRetrievable) == 2 && report.findings.count(Defect::NotInLists) == 1);
    go(&db, site, &server, None)?;
    ensure!((asked("/meeting/1"), asked("/organization/1")) == (1, 1), "a missing object was asked for again");
    server.serve("/meeting/1", &agenda(&[1]));
    let report = go(&db, site, &server, Some(Mode::Reconcile))?;
    ensure!(count(&db, "meeting", "public")? == 1 && count(&db, "agenda_item", "public")? == 1, "{:?}", report.findings);
    ensure!(asked("/organization/1") == 2, "what stands in no list is looked up in a reconciliation");
    Ok(())
}

#[test]
fn a_reconciliation_withdraws_what_vanished_unless_much_did() -> Result<()> {
    let server = plain();
    server.town(&[("paper", papers(4))]);
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let site = site(&db)?;
    go(&db, site, &server, None)?;
    server.list("paper", &papers(2));
    let report = go(&db, site, &server, Some(Mode::Reconcile))?;
    ensure!(report.findings.count(Defect::VanishedMany) == 1 && count(&db, "paper", "public")? == 12);
    let mut most = papers(4);
    most[3].truncate(1);
    server.list("paper", &most);
    let report = go(&db, site, &server, Some(Mode::Reconcile))?;
    ensure!(report.count(Kind::Paper).withdrawn == 2 && count(&db, "paper", "public")? == 10, "{:?}", report.counts);
    Ok(())
}

#[test]
fn filters_may_be_refused_ignored_or_answered_as_an_error() -> Result<()> {
    let empty = json!({"error": {"code": 802, "message": "no elements"}});
    let server = Server::start(Box::new(move |path, _| match path {
        // Sternberg: no list without elements. The others refuse the limit, the filter, or both.
        path if path.starts_with("/organization?modified_since") => Some(Answer { status: 404, ..Answer::json(&empty) }),
        path if path.starts_with("/meeting?") && path.contains("limit") => Some(Answer::text(400, "{}")),
        path if path.starts_with("/paper?") && !path.contains("page=") => Some(Answer::text(500, "{}")),
        // Somacos: no percent signs in queries.
        path if path.contains('%') => Some(Answer::text(400, "{}")),
        _ => None,
    }));
    server.town(&[
        ("organization", vec![vec![object("Organization", "organization/1", json!({"name": "Rat"}))]]),
        ("meeting", vec![vec![agenda(&[1])]]),
        ("paper", papers(2)),
    ]);
    server.serve("/person", &page(vec![object("Person", "person/1", json!({"name": "A"}))], Some("BASE/person?x=%3A1".to_owned()), None));
    server.serve("/person?x=:1", &page(vec![object("Person", "person/2", json!({"name": "B"}))], None, None));
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "a.db")?;
    let mut bodies = server.script.lock().map(|script| script["/bodies"].clone()).map_err(|_| anyhow::anyhow!("lock"))?;
    bodies.body = String::from_utf8(bodies.body)?.replace("\"organization\":\"BASE", "\"person\":\"BASE/person\",\"organization\":\"BASE").into_bytes();
    server.put("/bodies", bodies);
    let report = go(&db, site(&db)?, &server, None)?;
    for defect in [Defect::EmptyListAsError, Defect::FilterIgnored, Defect::LimitRefused, Defect::FilterRefused, Defect::EncodedQueryRefused] {
        ensure!(report.findings.count(defect) > 0, "{} is missing: {:?}", defect.key(), report.findings);
    }
    ensure!(count(&db, "organization", "public")? == 1 && count(&db, "meeting", "public")? == 1);
    ensure!(count(&db, "paper", "public")? == 6 && count(&db, "person", "public")? == 2);
    Ok(())
}

#[test]
fn odd_objects_are_stored_or_named_and_never_stop_a_run() -> Result<()> {
    let server = plain();
    on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let odd = vec![
            Value::Null,
            json!("no object"),
            json!({"type": "https://schema.oparl.org/1.1/Paper", "name": "without id"}),
            paper(1, json!({"name": "N/A", "auxiliaryFile": {"id": "BASE/file/1", "accessUrl": "BASE/1.pdf"}, "superordinatedPaper": ["BASE/paper/2"]})),
            paper(2, json!({"name": "NUL \u{0} inside", "originatorPerson": "BASE/person/1", "body": "https://elsewhere.example/body/1"})),
            paper(
                3,
                json!({"name": "x".repeat(10_000), "relatedPaper": ["BASE/paper/3", "BASE/paper/1", "BASE/paper/1"], "mainFile": {"accessUrl": "BASE/x.pdf"}}),
            ),
            paper(
                4,
                json!({"consultation": [{"id": "BASE/consultation/1", "agendaItem": "BASE/item/1", "meeting": "BASE/meeting/1"},
                {"id": "BASE/consultation/1", "agendaItem": "BASE/item/2", "meeting": "BASE/meeting/1"}]}),
            ),
            paper(4, json!({})),
            object("Meeting", "paper/5", json!({"name": "a meeting in the list of papers"})),
        ];
        server.town(&[("paper", vec![odd]), ("meeting", vec![vec![agenda(&[1, 2])]])]);
        let report = go(db, site(db)?, &server, None)?;
        for defect in [
            Defect::NullBody,
            Defect::NotAnObject,
            Defect::MissingId,
            Defect::BlankText,
            Defect::ForeignReference,
            Defect::DuplicateInList,
            Defect::UnexpectedType,
        ] {
            ensure!(report.findings.count(defect) > 0, "{} is missing: {:?}", defect.key(), report.findings);
        }
        ensure!(report.findings.count(Defect::NotStored) == 0, "{:?}", report.findings);
        ensure!(count(db, "paper", "public")? == 4, "{} papers", count(db, "paper", "public")?);
        ensure!(count(db, "meeting", "public")? == 2);
        // One id in two meetings is two stations, and each agenda item has its own.
        ensure!(count(db, "consultation", "public")? == 2);
        let pairs = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
            tx.list(sql!("SELECT c.agenda_item_id - i.id FROM council_agenda_item i JOIN council_consultation c ON c.id = i.consultation_id"), &[], |row| {
                row.get::<i64>(0)
            })
        })?;
        ensure!(pairs == [0, 0], "{pairs:?}");
        // A file without an id is known by its paper.
        ensure!(count(db, "file", "public")? == 2);
        Ok(())
    })
}

#[test]
fn files_wait_for_their_text_only_if_it_is_wanted() -> Result<()> {
    let server = plain();
    server.town(&[("paper", papers(1))]);
    let folder = tempfile::tempdir()?;
    for (mode, expected) in [(allmende_council::import::FileMode::Link, 0), (allmende_council::import::FileMode::Text, 3)] {
        let db = fresh(folder.path(), &format!("{expected}.db"))?;
        run(&db, site(&db)?, &system(&server), Options { files: mode, ..options() }, &|_| {})?;
        let waiting = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
            tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM council_file WHERE text_state = 'waiting'"), &[], |row| row.get::<i64>(0))
        })?;
        ensure!(waiting == Some(expected), "{waiting:?}");
    }
    Ok(())
}
