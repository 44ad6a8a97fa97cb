//! Nothing private is public: the invented town with a canary in every private text, and the whole public surface walked.
//!
//! The walk begins at every public address without a parameter and follows all links: pages in all languages, feeds, tables,
//! calendars, JSON of the open interfaces. Of addresses that differ in numbers only it takes a few of each shape.

mod program;

use allmende_testing::canaries::{plant, sung};
use anyhow::{Context, Result, ensure};
use program::{Program, ask, command, header};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Columns that bear no canary, each with its reason.
const EXCEPT: [&str; 8] = [
    // What a municipality writes about itself stands on its pages.
    "site_text.text",
    // Read as something else than words: without them there would be nothing to look at.
    "person_role.role",
    "subscription.target",
    "job.payload",
    "job.unique_key",
    "idea_picture.large_sha256",
    "idea_picture.small_sha256",
    // Stands in public beside its picture; where the picture does not, a test of its own listens (`idea_pictures`).
    "idea_picture.description",
];

/// Rows for what the town has none of.
const ROWS: &str = "
INSERT INTO moderation_decision (site_id, kind, object_id, path, title, action, words, is_on_notice, decided_role, decided_at)
  VALUES (1, 'post', 1, '/', 'x', 'hidden', 'x', 1, 'moderator', 1780000000000);
INSERT INTO moderation_report (site_id, kind, object_id, path, title, is_notice, category, words, reporter_name, reporter_email, language, once_key, created_at, decision_id)
  VALUES (1, 'post', 1, '/', 'x', 1, 'threat', 'x', 'x', 'x', 'de', 'x', 1780000000000, 1);
INSERT INTO moderation_appeal (site_id, decision_id, appellant, words, language, created_at) VALUES (1, 1, 'author', 'x', 'de', 1780000000000);
INSERT INTO subscription_reader (site_id, email, email_folded, language, secret, hour, weekday, confirmed_at, created_at)
  VALUES (1, 'x', 'x', 'de', 'x', 7, 1, 1780000000000, 1780000000000);
INSERT INTO mail (site_id, recipient, subject, text_part, html_part, created_at) VALUES (1, 'x', 'x', 'x', 'x', 1780000000000);
";

/// Addresses of one shape that are asked for.
const OF_ONE_SHAPE: usize = 6;
/// Answers that are looked at, so that a page that leads to itself for ever does not.
const ANSWERS_MAX: usize = 4_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The public addresses of the snapshot.
fn public_routes() -> Result<Vec<String>> {
    let snapshot = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/routes.txt"))?;
    let parts = snapshot.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    Ok(parts.filter(|parts| matches!(parts.as_slice(), [_, "GET", "public" | "open"])).map(|parts| parts[0].to_owned()).collect())
}

/// The shape of an address: digits and everything after a year's dash gone, and the names of its query.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let segments = path.split('/').map(|segment| if segment.chars().any(|letter| letter.is_ascii_digit()) { "#" } else { segment });
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    let lang = query.split('&').find(|pair| pair.starts_with("lang=")).unwrap_or_default();
    format!("{}?{}{lang}", segments.collect::<Vec<_>>().join("/"), names.collect::<Vec<_>>().join("&"))
}

/// The addresses of this site in an answer, whatever it is made of.
fn links(body: &str, base: &str) -> Vec<String> {
    let mut found = Vec::new();
    for beginning in ["href=\"/", "src=\"/", "action=\"/"] {
        let places = body.match_indices(beginning).map(|(at, _)| at + beginning.len() - 1);
        found.extend(places.map(|at| body[at..].chars().take_while(|letter| *letter != '"').collect::<String>()));
    }
    let places = body.match_indices(base).map(|(at, _)| at + base.len());
    found.extend(places.map(|at| {
        body[at..].chars().take_while(|letter| !letter.is_whitespace() && !matches!(letter, '"' | '\'' | '<' | '>' | '\\' | ')' | ',')).collect::<String>()
    }));
    let plain = found.into_iter().map(|path| path.replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned());
    plain.filter(|path| path.starts_with('/') && path.is_ascii()).collect()
}

/// What a walk through everything public met.
struct Walk {
    /// The addresses that were looked at.
    seen: BTreeSet<String>,
    /// Where canaries sang, and which.
    heard: BTreeMap<String, Vec<String>>,
}

/// Walks everything public from these addresses on.
fn walk(program: &Program, starts: &[String]) -> Result<Walk> {
    let host = program.address.to_string();
    let base = format!("http://{host}");
    let mut waiting: VecDeque<String> = starts.iter().flat_map(|path| [path.clone(), format!("{path}?lang=en"), format!("{path}?lang=leicht")]).collect();
    let (mut seen, mut of_shape, mut heard) = (BTreeSet::new(), BTreeMap::<String, usize>::new(), BTreeMap::new());
    while let Some(path) = waiting.pop_front() {
        let count = of_shape.entry(shape(&path)).or_default();
        if *count >= OF_ONE_SHAPE || seen.len() >= ANSWERS_MAX || !seen.insert(path.clone()) {
            continue;
        }
        *count += 1;
        let answer = ask(program.address, "GET", &path, &[("Host", &host)], b"")?;
        let status = answer.split_whitespace().nth(1).unwrap_or_default();
        ensure!(!status.starts_with('5') && status != "421", "{path}: {}", answer.chars().take(300).collect::<String>());
        let songs = sung(&answer);
        if !songs.is_empty() {
            heard.insert(path, songs);
        }
        waiting.extend(links(&answer, &base));
        waiting.extend(Some(header(&answer, "location").to_owned()).filter(|path| path.starts_with('/')));
    }
    Ok(Walk { seen, heard })
}

#[test]
fn no_canary_is_heard_in_public() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let os = OsStr::new;
    // The town is made for an address; the same one is needed when it is served again, so that its links lead somewhere.
    let made = Program::spawn(command(&[os("demo"), os("--today"), os("2026-06-08"), os("--listen"), os("127.0.0.1:0"), os("--data"), data.as_os_str()]))?;
    let address = made.address;
    made.kill()?;
    let database = data.join("allmende.db");
    rusqlite::Connection::open(&database)?.execute_batch(ROWS)?;
    let catalogue = std::fs::read_to_string(root().join("migrations/columns.toml"))?;
    let planting = plant(&database, &catalogue, &EXCEPT)?;
    println!("{} columns bear canaries; without a row: {:?}; no words: {:?}", planting.planted.len(), planting.empty, planting.unfit);
    ensure!(planting.planted.len() >= 20, "{:?}", planting.planted);

    let listen = address.to_string();
    let program = Program::spawn(command(&[os("serve"), os("--listen"), os(&listen), os("--data"), data.as_os_str()]))?;
    let routes = public_routes()?;
    let starts: Vec<String> = routes.iter().filter(|path| !path.contains('{')).cloned().collect();
    let Walk { seen, heard } = walk(&program, &starts)?;
    println!("{} answers", seen.len());
    ensure!(seen.len() > 300, "the walk ended early: {}", seen.len());
    ensure!(heard.is_empty(), "{heard:#?}");
    // The walk would hear one: the same words are on the desk's side of the wall.
    let hidden =
        rusqlite::Connection::open(&database)?.query_row("SELECT title FROM moderation_report", [], |row| row.get::<_, String>(0)).context("no row")?;
    ensure!(sung(&hidden).len() == 1);
    Ok(())
}
