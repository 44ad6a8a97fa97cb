//! The text of imported files, read from their server: what is kept, what is refused, what is tried again.

use crate::town::in_town;
use allmende_council::read_file;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::jobs::{Handlers, Runner};
use allmende_platform::limits::UPLOAD_BYTES_MAX;
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A server on loopback: an answer for each path, and who was asked for.
struct Server {
    url: String,
    answers: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n{body}").into_bytes()
}

fn whole(status: &str, body: &str) -> Vec<u8> {
    answer(status, &format!("Content-Length: {}\r\n", body.len()), body)
}

impl Server {
    fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server = Self { url: format!("http://{}", listener.local_addr()?), answers: Arc::default(), asked: Arc::default() };
        let (answers, asked) = (Arc::clone(&server.answers), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(&stream).lines();
                let path = lines.next().and_then(Result::ok).and_then(|line| line.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
                while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
                drop(lines);
                let answer = answers.lock().ok().and_then(|answers| answers.get(&path).cloned()).unwrap_or_else(|| whole("404 Not Found", "fehlt"));
                if let Ok(mut asked) = asked.lock() {
                    asked.push(path);
                }
                // Whoever refuses an answer hangs up in the middle of it.
                let _ = stream.write_all(&answer);
            }
        });
        Ok(server)
    }

    fn put(&self, path: &str, answer: Vec<u8>) -> Result<()> {
        self.answers.lock().map_err(|_| anyhow::anyhow!("poisoned"))?.insert(path.to_owned(), answer);
        Ok(())
    }

    fn asked(&self) -> Result<Vec<String>> {
        Ok(self.asked.lock().map_err(|_| anyhow::anyhow!("poisoned"))?.clone())
    }
}

/// A public file that waits for its text, as an import leaves it.
fn waiting(tx: &mut Tx<'_>, address: &str, media_type: &str) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id = tx.find(
        sql!(
            "INSERT INTO council_file (site_id, name, mime_type, access_url, text_state, state, created_at, modified_at) \
             VALUES ($1, 'Anlage', $2, $3, 'waiting', 'public', $4, $4) RETURNING id"
        ),
        &[&site, &media_type, &address, &now],
        |row| row.get::<i64>(0),
    )?;
    Ok(id.unwrap_or(0))
}

async fn wait_for(town: &TestTown, address: String, media_type: &'static str) -> Result<i64> {
    Ok(town.db().write::<_, DbError>(town.site.id, move |tx| waiting(tx, &address, media_type)).await?)
}

/// Lets the town's jobs run as far as they come now.
async fn work(town: &TestTown, allow_private: bool) -> Result<()> {
    let handlers = read_file::handlers(Handlers::new(), env!("CARGO_BIN_EXE_allmende").into(), allow_private);
    let runner = Runner::new(town.db().clone(), town.app.parts.data.clone(), handlers, vec![read_file::SCHEDULE]);
    tokio::task::spawn_blocking(move || {
        runner.write_schedules()?;
        while runner.step()? {}
        Ok::<_, anyhow::Error>(())
    })
    .await?
}

/// State, problem and text of a file.
async fn found(town: &TestTown, file: i64) -> Result<(String, Option<String>, Option<String>)> {
    let read = town.db().read::<_, DbError>(town.site.id, move |tx| {
        let site = tx.site()?;
        tx.find(
            sql!(
                "SELECT f.text_state, f.text_problem, t.pages FROM council_file f LEFT JOIN council_file_text t ON t.file_id = f.id \
                 WHERE f.site_id = $1 AND f.id = $2"
            ),
            &[&site, &file],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    });
    read.await?.context("no such file")
}

#[test]
fn what_a_server_hands_over_is_read_and_what_it_does_not_have_is_said() {
    in_town(async |town| {
        let server = Server::start()?;
        server.put("/gut.txt", whole("200 OK", "Der Radweg ist 400 Meter lang."))?;
        server.put("/umzug.txt", answer("302 Found", "Location: /gut.txt\r\nContent-Length: 0\r\n", ""))?;
        server.put("/kein.pdf", whole("200 OK", "<!doctype html><title>Bitte anmelden</title>"))?;
        server.put("/riesig.pdf", answer("200 OK", &format!("Content-Length: {}\r\n", UPLOAD_BYTES_MAX + 1), "%PDF-1.7"))?;
        server.put("/intern.pdf", answer("302 Found", "Location: http://169.254.169.254/geheim\r\nContent-Length: 0\r\n", ""))?;
        server.put("/kreis.pdf", answer("302 Found", "Location: /kreis.pdf\r\nContent-Length: 0\r\n", ""))?;
        let mut files = Vec::new();
        for (path, media_type, expected) in [
            ("gut.txt", "text/plain", None),
            ("umzug.txt", "text/plain", None),
            ("kein.pdf", "application/pdf", Some("extract-broken")),
            ("riesig.pdf", "application/pdf", Some("extract-too-large")),
            ("fehlt.pdf", "application/pdf", Some("file-gone")),
            ("intern.pdf", "application/pdf", Some("outbound-address")),
            ("kreis.pdf", "application/pdf", Some("outbound-redirect-loop")),
        ] {
            files.push((path, wait_for(&town, format!("{}/{path}", server.url), media_type).await?, expected));
        }
        work(&town, true).await?;
        for (path, file, expected) in files {
            let (state, problem, text) = found(&town, file).await?;
            ensure!(problem.as_deref() == expected, "{path}: {problem:?} instead of {expected:?}");
            ensure!(state == if expected.is_some() { "failed" } else { "done" }, "{path}: {state}");
            ensure!(text.is_some_and(|text| text.contains("400 Meter")) == expected.is_none(), "{path}");
            let page = town.get(&format!("/rat/dateien/{file}")).send().await?.expect(200)?;
            ensure!(page.body.contains("nicht zu bekommen") == matches!(path, "fehlt.pdf" | "intern.pdf" | "kreis.pdf"), "{path}: {}", page.body);
        }
        Ok(())
    });
}

#[test]
fn without_the_operators_word_no_private_address_is_asked() {
    in_town(async |town| {
        let server = Server::start()?;
        server.put("/gut.txt", whole("200 OK", "intern"))?;
        let file = wait_for(&town, format!("{}/gut.txt", server.url), "text/plain").await?;
        work(&town, false).await?;
        let (state, problem, text) = found(&town, file).await?;
        ensure!((state.as_str(), problem.as_deref(), text) == ("failed", Some("outbound-address"), None));
        ensure!(server.asked()?.is_empty(), "the server was asked");
        Ok(())
    });
}

#[test]
fn a_server_in_trouble_is_asked_again_later() {
    in_town(async |mut town| {
        let server = Server::start()?;
        server.put("/spaeter.txt", whole("503 Service Unavailable", ""))?;
        server.put("/halb.txt", answer("200 OK", "Content-Length: 100\r\n", "Der Radweg"))?;
        let late = wait_for(&town, format!("{}/spaeter.txt", server.url), "text/plain").await?;
        let cut = wait_for(&town, format!("{}/halb.txt", server.url), "text/plain").await?;
        for _ in 0..2 {
            work(&town, true).await?;
            ensure!(found(&town, late).await?.0 == "waiting" && found(&town, cut).await?.0 == "waiting");
        }
        ensure!(server.asked()?.len() == 2, "not before its time: {:?}", server.asked()?);
        for path in ["/spaeter.txt", "/halb.txt"] {
            server.put(path, whole("200 OK", "Der Radweg ist 400 Meter lang."))?;
        }
        town.wait(600).await?;
        work(&town, true).await?;
        for file in [late, cut] {
            let (state, _, text) = found(&town, file).await?;
            ensure!(state == "done" && text.is_some_and(|text| text.contains("400 Meter")));
        }
        ensure!(server.asked()?.len() == 4, "{:?}", server.asked()?);
        Ok(())
    });
}
