//! Measurements: each named bench is one module and answers with a table.
//!
//! Owns the conditions that stand above every table: a figure without them says nothing. Start at [`BENCHES`].

mod cities;
mod council;
mod crash;
mod deadline;
mod dialogue;
mod facade;
mod load;
mod replay;
mod search;
mod subscriptions;
mod weighing;

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Result, bail};

use crate::machine::{self, Processors};
use crate::repo::Repo;
use crate::{process, setup};

/// A bench gives its part of the report in Markdown.
type Bench = fn(&Repo) -> Result<String>;

const BENCHES: &[(&str, Bench)] = &[
    ("facade", facade::run),
    ("council", council::run),
    ("crash", crash::run),
    ("cities", cities::run),
    ("search", search::run),
    ("subscriptions", subscriptions::run),
    ("dialogue", dialogue::run),
    ("weighing", weighing::run),
    ("deadline", deadline::run),
];

/// Runs one bench or all and prints the report, which belongs into `docs/benchmarks.md`.
///
/// # Errors
/// When there is no such bench or it fails.
pub fn run(repo: &Repo, only: Option<&str>) -> Result<()> {
    let chosen: Vec<_> = BENCHES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("no such bench; there are: {}", names.join(", "));
    }
    setup::run(repo, setup::Purpose::Bench)?;
    let mut report = conditions()?;
    for (name, bench) in chosen {
        println!("==> {name}");
        let before = Processors::now();
        let measured = bench(repo)?;
        write!(report, "\n## {name}\n\n{measured}\n{}\n", machine::told_since(before))?;
    }
    println!("\n{report}");
    let file = repo.target_folder("bench")?.join("report.md");
    std::fs::write(&file, report)?;
    println!("also in {}", repo.show(&file));
    Ok(())
}

/// What the figures depend on.
fn conditions() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let memory = number_after(&memory, "MemTotal:").unwrap_or(0) / 1024;
    let load = std::fs::read_to_string("/proc/loadavg")?;
    let load: Vec<&str> = load.split(' ').take(3).collect();
    let rows = [
        ("date", first_line("date", &["--utc", "+%Y-%m-%d %H:%M UTC"])),
        ("commit", first_line("git", &["describe", "--always", "--dirty"])),
        ("cores", cores.to_string()),
        ("processor", processor()),
        ("memory", format!("{memory} MB")),
        ("kernel", first_line("uname", &["--kernel-release"])),
        ("load average before the start (1, 5, 15 minutes)", load.join(" ")),
        ("Rust", first_line("rustc", &["--version"])),
        ("PostgreSQL", postgres_version()),
    ];
    Ok(table(&["condition", "value"], rows.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()])))
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(':')).map_or_else(|| "unknown".to_owned(), |(_, name)| name.trim().to_owned())
}

fn postgres_version() -> String {
    crate::postgres::folder_of_programs()
        .and_then(|folder| process::output(Command::new(folder.join("postgres")).arg("--version")).ok())
        .map_or_else(|| "none".to_owned(), |text| text.trim().to_owned())
}

fn first_line(program: &str, arguments: &[&str]) -> String {
    let text = process::output(Command::new(program).args(arguments)).unwrap_or_default();
    text.lines().next().unwrap_or("unknown").to_owned()
}

/// The first number after a label, as the files below `/proc` write it.
fn number_after(text: &str, label: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(label))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A value in kB of a running process (`VmHWM`: most memory ever; `RssAnon`: anonymous memory now).
fn memory_kb(process: u32, label: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    number_after(&status, label)
}

/// A table in Markdown.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text
}

/// The rows of a table among the lines that a test run says.
fn rows_of(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.starts_with("| ") && line.ends_with(" |")).collect()
}

#[cfg(test)]
mod tests {
    use super::{memory_kb, number_after, rows_of, table};

    #[test]
    fn rows_are_found_among_the_lines_of_a_test_run() {
        let said = "running 1 test\nseed 7\n| import | SQLite | 100 |\ntest a ... ok\n";
        assert_eq!(rows_of(said), ["| import | SQLite | 100 |"]);
    }

    #[test]
    fn a_table_has_a_head_and_a_line_per_row() {
        let text = table(&["a", "b"], [vec!["1".to_owned(), "2".to_owned()]].into_iter());
        assert_eq!(text, "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }

    #[test]
    fn numbers_of_proc_are_read() {
        assert_eq!(number_after("VmPeak: 9 kB\nVmHWM:\t   1234 kB\n", "VmHWM:"), Some(1234));
        assert_eq!(number_after("VmPeak: 9 kB\n", "VmHWM:"), None);
        assert!(memory_kb(std::process::id(), "VmHWM:").is_some_and(|kilobytes| kilobytes > 100));
    }
}
