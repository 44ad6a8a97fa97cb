//! The last day of a consultation: everybody writes at once, some press the button twice, and then ten times as many come.
//!
//! Arrivals have their moments, whether earlier ones are answered or not, and the time of an answer counts from that moment. Afterwards
//! the receipt of every statement that was acknowledged is asked for: each must be there, and no two may have one number. The town
//! is the demo's, behind what it takes for a proxy, so that each sender has an address of their own.
//!
//! Who reads the form gets a stamp, and sends ten seconds later at the soonest, as somebody without script does: half of what is read
//! is the form. Where more is sent than stamps were given out, stamps come again: these sends repeat earlier ones. Start at [`run`].

use std::collections::{HashSet, VecDeque};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use nix::sys::signal::Signal;

use super::table;
use crate::build::{self, Profile};
use crate::http::{self, Connection};
use crate::machine::{self, Processors};
use crate::postgres::{Cluster, Use};
use crate::process::{self, Running, Scratch};
use crate::repo::Repo;

/// The day on which the demo's consultation runs.
const TODAY: &str = "2026-06-08";
/// Of so many statements one is sent twice, at once.
const TWICE: u64 = 20;
/// Threads that send, and as many that read.
const THREADS: u64 = 64;
/// Threads of the surplus.
const THREADS_OF_SURPLUS: u64 = 256;

/// What comes in each second, and how long.
struct Rush {
    name: &'static str,
    sends: u64,
    reads: u64,
    seconds: u64,
    threads: u64,
}

/// `ALLMENDE_BENCH_ENGINE` (`sqlite` or `postgresql`) leaves the other engine out.
fn is_wanted(engine: &str) -> bool {
    std::env::var("ALLMENDE_BENCH_ENGINE").map_or(true, |only| only == engine)
}

/// `ALLMENDE_BENCH_SECONDS` makes the day shorter, to try the bench itself.
fn rushes() -> [Rush; 2] {
    let seconds = std::env::var("ALLMENDE_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    [
        Rush { name: "the deadline", sends: 250, reads: 500, seconds, threads: THREADS },
        Rush { name: "ten times that", sends: 2_500, reads: 5_000, seconds: seconds.min(60), threads: THREADS_OF_SURPLUS },
    ]
}

pub fn run(repo: &Repo) -> Result<String> {
    let binary = build::run(repo, Profile::Release)?;
    let mut report = String::new();
    if is_wanted("sqlite") {
        write!(report, "### SQLite\n\n{}", on_engine(repo, &binary, None)?)?;
        // It takes a while: whoever waits reads what is known.
        println!("{report}");
    }
    if is_wanted("postgresql") {
        let cluster = Cluster::start(repo, Use::Measurements)?;
        write!(report, "\n### PostgreSQL\n\n{}", on_engine(repo, &binary, Some(&cluster.url()))?)?;
    }
    Ok(report)
}

fn on_engine(repo: &Repo, binary: &Path, database: Option<&str>) -> Result<String> {
    let folder = Scratch::new(repo.target_folder(&format!("bench/deadline-{}", std::process::id()))?);
    let (mut server, address) = demo(repo, binary, &folder, database)?;
    let consultation = consultation(address)?;
    let (mut rows, mut told) = (Vec::new(), String::new());
    let mut acknowledged = HashSet::new();
    let stamps = Stamps::default();
    let before = Processors::now();
    for (number, rush) in (0_u64..).zip(&rushes()) {
        let seen = come(address, &consultation, rush, &stamps, number << 32)?;
        ensure!(seen.sends.refused == 0, "{} statements were refused, not slow: {consultation} asks for something else", seen.sends.refused);
        rows.extend(seen.rows(rush));
        told.extend(seen.while_left_alone(rush));
        acknowledged.extend(seen.acknowledged);
    }
    let stolen = machine::told_since(before);
    server.still_runs()?;
    let (lost, doubled) = receipts(address, &acknowledged)?;
    let head = ["what came", "offered each second", "answered each second", "p50 ms", "p99 ms", "slowest ms", "asked to wait", "failed"];
    Ok(format!(
        "{}\n{} statements acknowledged, every {TWICE}th sent twice: {lost} lost, {doubled} numbers given twice. {stolen}\n{told}",
        table(&head, rows.into_iter()),
        acknowledged.len()
    ))
}

fn demo(repo: &Repo, binary: &Path, folder: &Scratch, database: Option<&str>) -> Result<(Running, SocketAddr)> {
    let address = http::free_address()?;
    let mut command = Command::new(binary);
    command.args(["demo", "--today", TODAY, "--listen", &address.to_string(), "--data"]).arg(folder.path().join("town"));
    command.env("ALLMENDE_BEHIND_PROXY", "true");
    if let Some(url) = database {
        command.env("ALLMENDE_DATABASE", url);
    }
    let mut server = process::spawn_logged(&mut command, Signal::SIGTERM, &repo.target_folder("bench")?.join("deadline.log"))?;
    process::wait_until(&mut server, Duration::from_secs(180), || http::is_ok(address, "/readyz"))?;
    Ok((server, address))
}

/// The address of the first process on the list that takes statements on a text.
fn consultation(address: SocketAddr) -> Result<String> {
    let list = http::get(address, "/beteiligung")?;
    let html = String::from_utf8_lossy(&list.body).into_owned();
    let links = html.split("href=\"/beteiligung/").skip(1).filter_map(|rest| rest.split('"').next());
    for link in links {
        let path = format!("/beteiligung/{}", link.split(['?', '#']).next().unwrap_or(link));
        let page = http::get(address, &format!("{path}?absatz=0"))?;
        if page.status == 200 && String::from_utf8_lossy(&page.body).contains(&format!("{path}/stellungnahme\"")) {
            return Ok(path);
        }
    }
    anyhow::bail!("no process of the demo takes statements today")
}

/// What became of what came.
#[derive(Default)]
struct Seen {
    sends: Times,
    reads: Times,
    /// Addresses of the receipts of what was taken.
    acknowledged: HashSet<String>,
    /// The processors at the beginning of each span, and at the end.
    processors: Vec<(Instant, Processors)>,
}

/// How long a span is of which the share of the host is told.
const SPAN: Duration = Duration::from_secs(10);
/// A host that takes a larger share of a span, in percent, disturbs it.
const DISTURBING: f64 = 5.0;
/// What waited in a disturbed span is still being done in so many more.
const SETTLING: usize = 3;

#[derive(Default)]
struct Times {
    /// When each was due, and how many milliseconds later it was answered.
    answered: Vec<(Instant, f64)>,
    waiting: u64,
    /// What the house did not take because of what was sent: the bench sends something wrong then.
    refused: u64,
    failed: u64,
}

impl Seen {
    fn rows(&self, rush: &Rush) -> Vec<Vec<String>> {
        let row = |what: &str, offered: u64, times: &Times, seconds: u64| {
            let answered = Sorted::of(times.answered.iter().map(|(_, ms)| *ms));
            vec![
                format!("{}: {what}", rush.name),
                offered.to_string(),
                format!("{:.0}", answered.0.len() as f64 / seconds as f64),
                format!("{:.1}", answered.at(0.5)),
                format!("{:.1}", answered.at(0.99)),
                format!("{:.0}", answered.at(1.0)),
                times.waiting.to_string(),
                times.failed.to_string(),
            ]
        };
        vec![row("statements", rush.sends, &self.sends, rush.seconds), row("reading", rush.reads, &self.reads, rush.seconds + STAMP_WAIT.as_secs())]
    }

    /// How it went while the host left us our processors, and what had waited before was done.
    fn while_left_alone(&self, rush: &Rush) -> Option<String> {
        let spans: Vec<_> = self.processors.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?))).collect();
        let is_alone: Vec<bool> = spans.iter().map(|(begin, end)| end.1.stolen_since(begin.1) < DISTURBING).collect();
        let is_settled = |number: usize| (number.saturating_sub(SETTLING)..=number).all(|number| is_alone.get(number) == Some(&true));
        let settled: Vec<_> = (0..spans.len()).filter(|number| is_settled(*number)).filter_map(|number| spans.get(number)).collect();
        let within = |due: &Instant| settled.iter().any(|(begin, end)| begin.0 <= *due && *due < end.0);
        let [sends, reads] = [&self.sends, &self.reads].map(|times| Sorted::of(times.answered.iter().filter(|(due, _)| within(due)).map(|(_, ms)| *ms)));
        (settled.len() < spans.len()).then(|| {
            format!(
                "In {} of {} spans of {} seconds of {} the host gave less than {DISTURBING} % to others, as in the {SETTLING} before: statements p50 {:.1}, \
                 p99 {:.1} ms; pages p50 {:.1}, p99 {:.1} ms.\n",
                settled.len(),
                spans.len(),
                SPAN.as_secs(),
                rush.name,
                sends.at(0.5),
                sends.at(0.99),
                reads.at(0.5),
                reads.at(0.99)
            )
        })
    }
}

/// Times in their order.
struct Sorted(Vec<f64>);

impl Sorted {
    fn of(times: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = times.collect();
        sorted.sort_by(f64::total_cmp);
        Self(sorted)
    }

    /// The time that this share of all does not exceed.
    fn at(&self, share: f64) -> f64 {
        let place = ((self.0.len() as f64 * share) as usize).min(self.0.len().saturating_sub(1));
        self.0.get(place).copied().unwrap_or_default()
    }
}

/// Stamps of forms that were read.
#[derive(Default)]
struct Stamps(Mutex<Line>);

#[derive(Default)]
struct Line {
    /// Never sent, each with the moment from which it is good, the oldest first.
    fresh: VecDeque<(Instant, String)>,
    /// Sent before, the one whose last time is longest ago first.
    sent: VecDeque<String>,
}

/// Seconds between form and send, and a little more.
const STAMP_WAIT: Duration = Duration::from_millis(10_500);

impl Stamps {
    /// Keeps the stamp of a page with the form.
    fn keep(&self, html: &str) {
        let stamp = html.split("name=\"stempel\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let Some(stamp) = stamp else { return };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fresh.push_back((Instant::now() + STAMP_WAIT, stamp.to_owned()));
    }

    /// A stamp that was never sent, if one is good already; else the one that was sent longest ago.
    fn take(&self) -> Option<String> {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = line.fresh.front().is_some_and(|(good_from, _)| *good_from <= Instant::now());
        let fresh = if is_good { line.fresh.pop_front().map(|(_, stamp)| stamp) } else { None };
        let stamp = fresh.or_else(|| line.sent.pop_front())?;
        line.sent.push_back(stamp.clone());
        Some(stamp)
    }
}

fn come(address: SocketAddr, consultation: &str, rush: &Rush, stamps: &Stamps, first: u64) -> Result<Seen> {
    let seen = Mutex::new(Seen::default());
    let (next_send, next_read) = (AtomicU64::new(0), AtomicU64::new(0));
    let begun = Instant::now();
    // Who reads first can send first.
    let sending = begun + STAMP_WAIT + Duration::from_secs(1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let spans = (rush.seconds + STAMP_WAIT.as_secs()) / SPAN.as_secs();
            let processors = (0..=spans).filter_map(|number| {
                std::thread::sleep((begun + SPAN * u32::try_from(number).ok()?).saturating_duration_since(Instant::now()));
                Some((Instant::now(), Processors::now()?))
            });
            let own = Seen { processors: processors.collect(), ..Seen::default() };
            merge(&seen, own);
        });
        for _ in 0..rush.threads {
            scope.spawn(|| {
                let mut own = Seen::default();
                arrive(&next_send, sending, rush.sends, rush.seconds, |number, due| send(address, consultation, first + number, due, stamps, &mut own));
                merge(&seen, own);
            });
            scope.spawn(|| {
                let mut own = Seen::default();
                let mut connection = None;
                arrive(&next_read, begun, rush.reads, rush.seconds + STAMP_WAIT.as_secs(), |number, due| {
                    let is_form = number.is_multiple_of(2);
                    let path = if is_form { format!("{consultation}?absatz=0") } else { format!("{consultation}/stellungnahmen") };
                    let answer = Connection::ask(&mut connection, address, "GET", &path, &[], "");
                    if let Ok(answer) = &answer
                        && is_form
                        && answer.status == 200
                    {
                        stamps.keep(&String::from_utf8_lossy(&answer.body));
                    }
                    own.reads.count(answer.map(|answer| answer.status), due);
                });
                merge(&seen, own);
            });
        }
    });
    Ok(seen.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Takes arrival after arrival, each not before its moment.
fn arrive(next: &AtomicU64, begun: Instant, each_second: u64, seconds: u64, mut come: impl FnMut(u64, Instant)) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let due = begun + Duration::from_micros(number * 1_000_000 / each_second);
        // Who could not even be sent within the time did not come.
        if number >= each_second * seconds || Instant::now() > begun + Duration::from_secs(seconds) {
            return;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        come(number, due);
    }
}

fn merge(seen: &Mutex<Seen>, own: Seen) {
    let mut all = seen.lock().unwrap_or_else(PoisonError::into_inner);
    all.sends.add(own.sends);
    all.reads.add(own.reads);
    all.acknowledged.extend(own.acknowledged);
    all.processors.extend(own.processors);
}

impl Times {
    fn add(&mut self, other: Self) {
        self.answered.extend(other.answered);
        self.waiting += other.waiting;
        self.refused += other.refused;
        self.failed += other.failed;
    }

    fn count(&mut self, status: Result<u16>, due: Instant) {
        match status {
            Ok(200 | 303) => self.answered.push((due, due.elapsed().as_secs_f64() * 1e3)),
            Ok(503) => self.waiting += 1,
            Ok(422 | 429) => self.refused += 1,
            _ => self.failed += 1,
        }
    }
}

/// Sends one statement, as somebody of their own address; some press the button twice.
fn send(address: SocketAddr, consultation: &str, number: u64, due: Instant, stamps: &Stamps, own: &mut Seen) {
    let Some(stamp) = stamps.take() else {
        own.sends.failed += 1;
        return;
    };
    // In letters: a long number may be somebody's, and the house would ask about it first.
    let text = format!("Bitte+lassen+Sie+die+alte+Linde+{}+am+Brunnen+stehen.", letters(number));
    let body = format!("unit=0&name=Linde+{number}&email=linde-{number}%40example.org&text={text}&stempel={stamp}&arbeit=&webseite=");
    // Addresses of one neighbourhood count together, so each sender has their own.
    let client = format!("X-Forwarded-For: {}.{}.{}.1", 11 + (number >> 16 & 127), number >> 8 & 255, number & 255);
    let headers = ["Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin", &client];
    let path = format!("{consultation}/stellungnahme");
    // Each sender has a connection of their own, as on that day.
    let once = || Connection::ask(&mut None, address, "POST", &path, &headers, &body);
    let again = number.is_multiple_of(TWICE);
    let (answer, second) = std::thread::scope(|scope| {
        let second = again.then(|| scope.spawn(once));
        (once(), second.and_then(|second| second.join().ok()))
    });
    for answer in second.into_iter().chain([answer]) {
        let is_kept = answer.as_ref().is_ok_and(|answer| answer.status == 503 && String::from_utf8_lossy(&answer.body).contains("alte Linde"));
        if let Ok(taken) = &answer
            && taken.status == 303
        {
            own.acknowledged.extend(taken.header("location").map(str::to_owned));
        }
        let status = answer.map(|answer| answer.status);
        // A page that asks to wait and lost what was written is a failure.
        own.sends.count(if matches!(status, Ok(503)) && !is_kept { Ok(500) } else { status }, due);
    }
}

/// A number in letters, each its own.
fn letters(mut number: u64) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return word;
        }
    }
}

/// Asks for the receipt of everything that was acknowledged: how many are missing, and how many numbers were given twice.
fn receipts(address: SocketAddr, acknowledged: &HashSet<String>) -> Result<(usize, usize)> {
    let paths: Vec<&String> = acknowledged.iter().collect();
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for part in paths.chunks(paths.len().div_ceil(8).max(1)) {
            let found = &found;
            scope.spawn(move || {
                let mut connection = None;
                let numbers: Vec<Option<String>> = part
                    .iter()
                    .map(|path| {
                        let answer = Connection::ask(&mut connection, address, "GET", path, &[], "").ok().filter(|answer| answer.status == 200)?;
                        number_of(&String::from_utf8_lossy(&answer.body))
                    })
                    .collect();
                found.lock().unwrap_or_else(PoisonError::into_inner).extend(numbers);
            });
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    ensure!(found.len() == paths.len(), "{} of {} receipts were asked for", found.len(), paths.len());
    let numbers: Vec<&String> = found.iter().flatten().collect();
    let distinct: HashSet<&&String> = numbers.iter().collect();
    Ok((found.len() - numbers.len(), numbers.len() - distinct.len()))
}

/// The receipt's number on its page.
fn number_of(html: &str) -> Option<String> {
    let rest = html.split("<dl class=\"facts\">").nth(1)?.split("<dd>").nth(1)?;
    Some(rest.split('<').next()?.trim().to_owned()).filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Seen, Stamps, Times, arrive, letters, number_of};
    use crate::machine::Processors;
    use std::sync::atomic::AtomicU64;
    use std::time::{Duration, Instant};

    #[test]
    fn arrivals_come_at_their_moments_and_no_more_of_them() {
        let (mut seen, begun) = (Vec::new(), Instant::now());
        arrive(&AtomicU64::new(0), begun, 200, 1, |number, due| seen.push((number, due)));
        assert!(seen.len() <= 200 && seen.iter().all(|(number, due)| *due == begun + Duration::from_micros(number * 5_000)));
    }

    #[test]
    fn a_page_that_asks_to_wait_is_neither_an_answer_nor_a_failure() {
        let mut times = Times::default();
        for status in [Ok(200), Ok(303), Ok(503), Ok(500), Err(anyhow::anyhow!("gone"))] {
            times.count(status, Instant::now());
        }
        assert_eq!((times.answered.len(), times.waiting, times.failed), (2, 1, 2));
    }

    #[test]
    fn what_came_while_the_host_took_processors_is_told_apart() {
        let begun = Instant::now();
        let at = |seconds: u64| begun + Duration::from_secs(seconds);
        let ticks = |all: u64, stolen: u64| Processors::read(&format!("cpu {} 0 0 0 0 0 0 {stolen}", all - stolen)).unwrap();
        let processors = vec![(at(0), ticks(0, 0)), (at(10), ticks(1_000, 40)), (at(20), ticks(2_000, 400))];
        let sends = Times { answered: vec![(at(1), 3.0), (at(9), 5.0), (at(11), 800.0)], ..Times::default() };
        let mut seen = Seen { sends, processors, ..Seen::default() };
        let rush = &super::rushes()[0];
        let told = seen.while_left_alone(rush).unwrap();
        assert!(told.starts_with("In 1 of 2 spans") && told.contains("statements p50 5.0, p99 5.0 ms"), "{told}");
        seen.processors.pop();
        assert_eq!(seen.while_left_alone(rush), None, "where nothing was taken the table says it all");
    }

    #[test]
    fn a_stamp_is_good_after_a_while_and_comes_again_when_no_other_is_left() {
        let stamps = Stamps::default();
        let keep = |stamp: &str| stamps.keep(&format!("<input type=\"hidden\" name=\"stempel\" value=\"{stamp}\">"));
        let wait = || stamps.0.lock().unwrap().fresh.iter_mut().for_each(|(good_from, _)| *good_from = Instant::now());
        keep("first");
        assert_eq!(stamps.take(), None);
        wait();
        assert_eq!((stamps.take().as_deref(), stamps.take().as_deref()), (Some("first"), Some("first")));
        keep("second");
        wait();
        assert_eq!([stamps.take(), stamps.take(), stamps.take()].map(Option::unwrap), ["second", "first", "second"]);
    }

    #[test]
    fn each_number_has_letters_of_its_own() {
        let words: std::collections::HashSet<String> = (0..2_000).chain([1 << 32]).map(letters).collect();
        assert_eq!(words.len(), 2_001);
        assert!(words.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase())));
    }

    #[test]
    fn the_number_stands_on_the_receipt() {
        assert_eq!(number_of("<dl class=\"facts\"><div><dt>Nummer</dt><dd>BS-7</dd>"), Some("BS-7".to_owned()));
        assert_eq!(number_of("<p>"), None);
    }
}
