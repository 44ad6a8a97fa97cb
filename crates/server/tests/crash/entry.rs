//! People enter papers, files, meetings and items at the desk while the program is killed again and again: what was answered
//! with a redirect is there afterwards, whole and with its part of the thread; what was not is there whole or not at all.
//!
//! Start at [`survive`]; what "whole" means stands in [`rows`].

mod rows;

use crate::program::{Program, ask, header};
use crate::{Engine, Ground, Moments, check_integrity, kills, open};
use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// So many people write at the same time.
const CLERKS: usize = 6;
/// A kill follows after at most so many answers of a cycle, and a moment more.
const ANSWERS_MAX: u64 = 60;
const MOMENT_MAX: Duration = Duration::from_millis(30);
const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_kill_during_entry_by_hand_loses_nothing_on_sqlite() -> Result<()> {
    survive(Engine::Sqlite, kills(30))
}

#[test]
fn a_kill_during_entry_by_hand_loses_nothing_on_postgresql() -> Result<()> {
    survive(Engine::Postgres, kills(12))
}

#[test]
fn the_checks_find_what_is_lost_or_half_done() -> Result<()> {
    let mut ground = Ground::new(Engine::Sqlite)?;
    let (data, link) = ground.init("town")?;
    let program = Program::start(&data)?;
    let desk = Desk::open(program.address, &link)?;
    let mut promised = Vec::new();
    desk.story("0", &mut |promise, path, word| promised.push(Kept { promise, path: path.to_owned(), word: word.to_owned() }))?;
    let db = open(&data)?;
    rows::Rows::read(&db)?.check(&promised, &data)?;
    for damage in rows::DAMAGES {
        let rows = rows::damaged(&db, damage)?;
        ensure!(rows.check(&promised, &data).is_err(), "not found: {damage:?}");
    }
    promised.push(Kept { promise: Promise::Paper, path: "/verwaltung/rat/vorlagen/99".to_owned(), word: "0".to_owned() });
    ensure!(rows::Rows::read(&db)?.check(&promised, &data).is_err(), "a lost paper is not missed");
    Ok(())
}

/// What the program has promised with a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    Paper,
    File,
    PaperPublished,
    Meeting,
    Item,
    MeetingPublished,
}

/// A promise with the object's address at the desk and the word by which everything of one story is known.
#[derive(Debug, Clone)]
pub struct Kept {
    pub promise: Promise,
    pub path: String,
    pub word: String,
}

impl Kept {
    /// The row.
    pub fn id(&self) -> i64 {
        self.path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or(-1)
    }
}

fn survive(engine: Engine, kills: usize) -> Result<()> {
    let mut ground = Ground::new(engine)?;
    let (data, link) = ground.init("town")?;
    let db = open(&data)?;
    let mut program = Program::start(&data)?;
    let mut desk = Desk::open(program.address, &link)?;
    let mut moments = Moments::new();
    let mut all = Vec::new();
    for cycle in 0..kills {
        let (enough, moment) = (1 + moments.next(ANSWERS_MAX), moments.within(MOMENT_MAX));
        let kept = desk.work_until_killed(program, cycle, usize::try_from(enough)?, moment)?;
        ensure!(kept.len() as u64 >= enough, "cycle {cycle}: the program ended by itself after {} answers", kept.len());
        program = Program::start(&data).with_context(|| format!("cycle {cycle}"))?;
        desk.address = program.address;
        kept.iter().try_for_each(|kept| desk.shows(kept)).with_context(|| format!("cycle {cycle}"))?;
        all.extend(kept);
        check_integrity(&db).with_context(|| format!("cycle {cycle}"))?;
        rows::Rows::read(&db)?.check(&all, &data).with_context(|| format!("cycle {cycle}"))?;
    }
    let count = |promise: Promise| all.iter().filter(|kept| kept.promise == promise).count();
    println!(
        "| entry by hand, {CLERKS} clerks | {} | {kills} | {} answers: {} papers ({} published), {} files, {} meetings ({} published), {} items | 0 | clean |",
        engine.name(),
        all.len(),
        count(Promise::Paper),
        count(Promise::PaperPublished),
        count(Promise::File),
        count(Promise::Meeting),
        count(Promise::MeetingPublished),
        count(Promise::Item)
    );
    Ok(())
}

/// The desk of the council, with a session.
struct Desk {
    address: SocketAddr,
    cookie: String,
    /// The row of the committee that meets.
    council: String,
}

impl Desk {
    /// Opens the first administrator's link and makes a committee.
    fn open(address: SocketAddr, link: &str) -> Result<Self> {
        let key = link.split("schluessel=").nth(1).context("no link")?;
        let account = [("schluessel", key), ("email", "amt@musterau.example"), ("name", "Ida Amt"), ("language", "de"), ("password", "Kirschbaum im Mai")];
        let answer = ask(address, "POST", "/willkommen", &[("Content-Type", FORM), ("Sec-Fetch-Site", "same-origin")], form(&account).as_bytes())?;
        let cookie = header(&answer, "set-cookie").split(';').next().unwrap_or_default().to_owned();
        ensure!(cookie.starts_with("allmende-session="), "{answer}");
        let mut desk = Self { address, cookie, council: String::new() };
        let council = desk.make("gremien", &[("name", "Gemeinderat"), ("kind", "Gremium")])?;
        desk.send(&format!("{council}/stand"), &[("to", "public")])?;
        council.rsplit('/').next().unwrap_or_default().clone_into(&mut desk.council);
        Ok(desk)
    }

    /// Sends a form. Returns where the answer leads; anything but a redirect is an error.
    fn send(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        self.post(path, FORM, form(fields).as_bytes())
    }

    fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Result<String> {
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", media_type), ("Sec-Fetch-Site", "same-origin")];
        let answer = ask(self.address, "POST", path, &headers, body)?;
        ensure!(answer.starts_with("HTTP/1.1 303"), "{path}: {}", answer.chars().take(2_000).collect::<String>());
        Ok(header(&answer, "location").split(['?', '#']).next().unwrap_or_default().to_owned())
    }

    /// Makes an object and returns its address at the desk.
    fn make(&self, sort: &str, fields: &[(&str, &str)]) -> Result<String> {
        self.send(&format!("/verwaltung/rat/{sort}/neu"), fields)
    }

    /// Lets all clerks write until `enough` answers came, and a moment more; kills the program in the midst of it. Returns what
    /// it had promised.
    fn work_until_killed(&self, program: Program, cycle: usize, enough: usize, moment: Duration) -> Result<Vec<Kept>> {
        let answers = AtomicUsize::new(0);
        let (told, is_enough) = std::sync::mpsc::channel();
        std::thread::scope(|threads| {
            let clerks: Vec<_> = (0..CLERKS)
                .map(|clerk| {
                    let (answers, told) = (&answers, told.clone());
                    threads.spawn(move || {
                        let mut kept = Vec::new();
                        let note = |promise, path: &str, word: &str, kept: &mut Vec<Kept>| {
                            kept.push(Kept { promise, path: path.to_owned(), word: word.to_owned() });
                            if answers.fetch_add(1, Ordering::Relaxed) + 1 == enough {
                                let _ = told.send(());
                            }
                        };
                        // Ends with the first story that the program does not live to see the end of.
                        let ended = (0..).try_for_each(|number| {
                            self.story(&format!("{cycle}.{clerk}.{number}"), &mut |promise, path, word| note(promise, path, word, &mut kept))
                        });
                        (kept, ended)
                    })
                })
                .collect();
            drop(told);
            // An error here: all clerks ended before, which the caller notices.
            let _ = is_enough.recv();
            let (_silence, wait) = std::sync::mpsc::channel::<()>();
            let _ = wait.recv_timeout(moment);
            program.kill()?;
            let mut all = Vec::new();
            for clerk in clerks {
                let (kept, ended) = clerk.join().map_err(|_| anyhow::anyhow!("a clerk panicked"))?;
                // A connection that broke is what a kill looks like; an answer that is no redirect is not.
                if let Err(error) = ended {
                    ensure!(error.downcast_ref::<std::io::Error>().is_some() || error.to_string().contains("cut off"), "{error:?}");
                }
                all.extend(kept);
            }
            Ok(all)
        })
    }

    /// A paper with a file, published; a meeting that decides on it, published.
    fn story(&self, word: &str, note: &mut dyn FnMut(Promise, &str, &str)) -> Result<()> {
        let (title, about) = (format!("Vorlage {word}"), format!("Worum es geht: {word}"));
        let easy = format!("Papier {word}");
        let fields = [
            ("name", title.as_str()),
            ("reference", word),
            ("kind", "Antrag"),
            ("dated_on", "2026-06-01"),
            ("summary", about.as_str()),
            ("name_leicht", easy.as_str()),
        ];
        let paper = self.make("vorlagen", &fields)?;
        note(Promise::Paper, &paper, word);
        let body = format!(
            "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{word}.txt\"\r\nContent-Type: text/plain\r\n\r\n{}\r\n\
             --grenze\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nmain\r\n--grenze--\r\n",
            rows::content(word)
        );
        self.post(&format!("{paper}/dateien"), "multipart/form-data; boundary=grenze", body.as_bytes())?;
        note(Promise::File, &paper, word);
        self.send(&format!("{paper}/stand"), &[("to", "public")])?;
        note(Promise::PaperPublished, &paper, word);
        let title = format!("Sitzung {word}");
        let fields = [
            ("organization_ids", self.council.as_str()),
            ("name", title.as_str()),
            ("starts_at", "2026-06-09T19:00"),
            ("meeting_state", "eingeladen"),
            ("summary", about.as_str()),
        ];
        let meeting = self.make("sitzungen", &fields)?;
        note(Promise::Meeting, &meeting, word);
        let row = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let (meeting_id, paper_id, title) = (row(&meeting), row(&paper), format!("Punkt {word}"));
        let fields = [
            ("meeting_id", meeting_id.as_str()),
            ("number", "1"),
            ("name", title.as_str()),
            ("openness", "public"),
            ("paper_id", paper_id.as_str()),
            ("authoritative", "1"),
            ("result", "beschlossen"),
        ];
        let item = self.make("punkte", &fields)?;
        note(Promise::Item, &item, word);
        self.send(&format!("{meeting}/stand"), &[("to", "public")])?;
        note(Promise::MeetingPublished, &meeting, word);
        Ok(())
    }

    /// Fails unless the restarted program shows what it promised: to everybody what was published, at the desk the rest.
    fn shows(&self, kept: &Kept) -> Result<()> {
        let id = kept.id();
        let path = match kept.promise {
            Promise::PaperPublished => format!("/oparl/v1.1/paper/{id}"),
            Promise::MeetingPublished => format!("/oparl/v1.1/meeting/{id}"),
            _ => kept.path.clone(),
        };
        let is_public = path.starts_with("/oparl");
        let cookie = [("Cookie", self.cookie.as_str())];
        let answer = ask(self.address, "GET", &path, if is_public { &[] } else { &cookie }, b"")?;
        ensure!(answer.starts_with("HTTP/1.1 200") && answer.contains(&kept.word), "{kept:?} is not there: {answer}");
        Ok(())
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
