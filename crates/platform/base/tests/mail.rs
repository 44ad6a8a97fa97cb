//! Mail against a real SMTP server: nothing is lost while it is down, what arrives is what was written, a refusal is final.

use allmende_core::{Id, Language, Site};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, sql};
use allmende_platform::AppError;
use allmende_platform::jobs::{Backoff, Handlers, Runner};
use allmende_platform::mail::{self, Delivery, Encryption, Mail, Mailer, Settings, Smtp};
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_testing::on_both_engines;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A mail server that prints each mail, decoded, as one line of JSON; refuses `nobody@` for good and `later@` for now.
const SERVER: &str = r#"
import email, email.policy, json, sys, threading
from aiosmtpd.controller import Controller
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('nobody@'): return '550 5.1.1 <' + address + '>: no such mailbox'
        if address.startswith('later@'): return '451 4.7.1 come back later'
        envelope.rcpt_tos.append(address)
        return '250 OK'
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content().replace('\r\n', '\n') for part in message.walk() if not part.is_multipart()}
        headers = {name.lower(): str(value) for name, value in message.items()}
        print(json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'headers': headers, 'parts': parts}), flush=True)
        return '250 OK'
controller = Controller(Handler(), hostname='127.0.0.1', port=int(sys.argv[1]))
controller.start()
print('ready', flush=True)
sys.stdin.read()
controller.stop()
"#;

struct Server {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Server {
    fn start(port: u16) -> Result<Self> {
        let mut child = Command::new(python()?)
            .args(["-c", SERVER, &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the Python of the tests does not start: run `cargo xtask setup`")?;
        let output = child.stdout.take().context("no output")?;
        let mut server = Self { child, lines: BufReader::new(output) };
        ensure!(server.line()? == "ready", "aiosmtpd does not start: run `cargo xtask setup`");
        Ok(server)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.lines.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    fn mail(&mut self) -> Result<serde_json::Value> {
        Ok(serde_json::from_str(&self.line()?)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn python() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("ALLMENDE_TEST_PYTHON") {
        return Ok(named.into());
    }
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../target/venv/bin/python3");
    if !usual.exists() {
        bail!("no Python with aiosmtpd: run the tests with `cargo xtask test`, or set ALLMENDE_TEST_PYTHON");
    }
    Ok(usual)
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn runner(db: &Db, delivery: Delivery) -> Result<Runner> {
    let from_of_site = BTreeMap::from([("other".to_owned(), "rat@other.example".to_owned())]);
    let mailer = Mailer::new(Settings { delivery, from: "noreply@muehlau.example".to_owned(), from_of_site })?;
    let handlers = Handlers::new().with_crowd(mail::JOB, Backoff::EAGER, move |mails| mailer.handle(mails));
    Ok(Runner::new(db.clone(), PathBuf::new(), handlers, Vec::new()))
}

fn smtp(port: u16) -> Delivery {
    Delivery::Smtp(Smtp { host: "127.0.0.1".to_owned(), port, encryption: Encryption::None, credentials: None, timeout: Duration::from_secs(10) })
}

fn site(db: &Db, key: &'static str) -> Result<Id<Site>> {
    let new = NewSite {
        key: key.to_owned(),
        kind: SiteKind::Municipality,
        name: "Gemeinde Mühlau, Büro „Rat“".to_owned(),
        base_url: format!("https://{key}.example"),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "Europe/Berlin".to_owned(),
    };
    Ok(db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?)
}

fn write(db: &Db, site: Id<Site>, to: &str, html: Option<&str>) -> Result<()> {
    let mail = Mail {
        to: to.to_owned(),
        subject: "Ihr Anliegen über den Fußweg – Antwort".to_owned(),
        text: "Guten Tag,\n\nder Weg wird größer.\n.\nEine Zeile mit einem Punkt davor.\n".to_owned(),
        html: html.map(str::to_owned),
        language: Language::Easy,
    };
    db.write_blocking::<_, AppError>(site, move |tx| mail::enqueue(tx, &mail))?;
    Ok(())
}

fn make_due(db: &Db) -> Result<()> {
    db.write_blocking::<_, DbError>(Scope::Installation, |tx| tx.execute(sql!("UPDATE job SET run_at = 0 WHERE state = 'waiting'"), &[]))?;
    Ok(())
}

fn work(runner: &Runner) -> Result<()> {
    while runner.step()? {}
    Ok(())
}

fn run(test: impl Fn(&Db) -> Result<()>) {
    if let Err(error) = on_both_engines(MIGRATIONS, Clock::Database, test) {
        panic!("{error:?}");
    }
}

#[test]
fn while_the_server_is_down_mails_wait_and_then_arrive_as_they_were_written() {
    run(|db| {
        let (home, other, port) = (site(db, "muehlau")?, site(db, "other")?, free_port()?);
        write(db, home, "ida@example.org", Some("<h2>Antwort</h2><p>Der Weg wird größer.</p>"))?;
        write(db, other, "otto@example.org", None)?;
        work(&runner(db, smtp(port))?)?;
        ensure!(db.read_blocking(Scope::Installation, mail::count_unsent)? == 2);
        let waiting = db.read_blocking(home, |tx| mail::list_unsent(tx, 10))?;
        ensure!(waiting.len() == 1 && waiting[0].state.as_deref() == Some("waiting") && waiting[0].last_error.is_some(), "{waiting:?}");

        let mut server = Server::start(port)?;
        make_due(db)?;
        // A new process asks the server again at once.
        work(&runner(db, smtp(port))?)?;
        let first = server.mail()?;
        ensure!(first["from"] == "noreply@muehlau.example" && first["to"][0] == "ida@example.org", "{first}");
        ensure!(first["headers"]["subject"] == "Ihr Anliegen über den Fußweg – Antwort", "{first}");
        ensure!(first["headers"]["from"].as_str().is_some_and(|from| from.contains("Gemeinde Mühlau") && from.contains("noreply@muehlau.example")), "{first}");
        ensure!(first["headers"]["message-id"].as_str().is_some_and(|id| id.starts_with("<mail-1.") && id.ends_with("@muehlau.example>")), "{first}");
        ensure!(first["headers"]["date"].is_string() && first["headers"]["auto-submitted"] == "auto-generated");
        ensure!(first["parts"]["text/plain"] == "Guten Tag,\n\nder Weg wird größer.\n.\nEine Zeile mit einem Punkt davor.\n", "{first}");
        let html = first["parts"]["text/html"].as_str().unwrap_or_default();
        ensure!(html.contains("<html lang=\"de-simple\">") && html.contains("<h1") && html.contains("<p>Der Weg wird größer.</p>"), "{html}");
        let second = server.mail()?;
        ensure!(second["from"] == "rat@other.example" && second["parts"].get("text/html").is_none(), "{second}");
        ensure!(db.read_blocking(Scope::Installation, mail::count_unsent)? == 0);
        make_due(db)?;
        work(&runner(db, smtp(port))?)?;
        Ok(())
    });
}

#[test]
fn a_refused_mail_has_failed_with_its_reason_and_one_for_later_waits() {
    run(|db| {
        let (home, port) = (site(db, "muehlau")?, free_port()?);
        let _server = Server::start(port)?;
        write(db, home, "nobody@example.org", None)?;
        write(db, home, "later@example.org", None)?;
        work(&runner(db, smtp(port))?)?;
        let waiting = db.read_blocking(home, |tx| mail::list_unsent(tx, 10))?;
        let by_state =
            |state: &str| waiting.iter().find(|mail| mail.state.as_deref() == Some(state)).and_then(|mail| mail.last_error.clone()).unwrap_or_default();
        ensure!(by_state("failed").contains("550") && by_state("failed").contains("no such mailbox"), "{waiting:?}");
        ensure!(by_state("waiting").contains("451"), "{waiting:?}");
        ensure!(waiting.iter().all(|mail| !format!("{mail:?}").contains("example.org")), "no address in the queue's page: {waiting:?}");
        Ok(())
    });
}

#[test]
fn a_folder_takes_mails_as_files_and_without_settings_they_wait() {
    run(|db| {
        let (home, folder) = (site(db, "muehlau")?, tempfile::tempdir()?);
        write(db, home, "ida@example.org", None)?;
        work(&runner(db, Delivery::Unset)?)?;
        ensure!(db.read_blocking(Scope::Installation, mail::count_unsent)? == 1);
        make_due(db)?;
        work(&runner(db, Delivery::Folder(folder.path().join("mails")))?)?;
        let text = std::fs::read_to_string(folder.path().join("mails/1.eml"))?;
        ensure!(text.contains("To: ida@example.org") && db.read_blocking(Scope::Installation, mail::count_unsent)? == 0);
        Ok(())
    });
}

#[test]
fn a_line_break_in_an_address_writes_nothing() {
    run(|db| {
        let home = site(db, "muehlau")?;
        ensure!(write(db, home, "ida@example.org\r\nBcc: all@example.org", None).is_err());
        ensure!(db.read_blocking(Scope::Installation, mail::count_unsent)? == 0);
        Ok(())
    });
}
