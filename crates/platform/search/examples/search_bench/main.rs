//! Measures the index on the texts of Karlsruhe: building, size, recall, latency, saved questions, relevance beside peers.
//!
//! `cargo xtask bench search` runs it in a release build with the corpus below `../shared`; a word after it (`recall`,
//! `relevance`, `latency`) measures only that. Beside its tables, which go to
//! standard output, it writes what a reader judges (sampled hits, words that were missed) into the folder named by
//! `ALLMENDE_BENCH_NOTES`, if that is set. Read in this order: [`corpus`], [`recall`], [`latency`], [`relevance`].

#![allow(clippy::print_stdout, reason = "a measuring program speaks on its standard output")]

mod corpus;
mod latency;
mod peers;
mod recall;
mod relevance;

use allmende_search_index::Index;
use anyhow::Result;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let Some(corpus) = corpus::Corpus::find() else {
        println!("skipped: ../shared is not here");
        return Ok(());
    };
    let temporary = tempfile::tempdir()?;
    let index = build(&corpus, &temporary.path().join("index"))?;
    let only = std::env::args().nth(1);
    let is_wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if is_wanted("recall") {
        recall::run(&corpus, &index)?;
    }
    if is_wanted("relevance") {
        relevance::run(&corpus, &index)?;
    }
    if is_wanted("latency") {
        latency::run(&corpus, &index)?;
    }
    Ok(())
}

/// Builds the index and says how long it took, how large it is and how much memory it needed.
fn build(corpus: &corpus::Corpus, folder: &Path) -> Result<Index> {
    let (peak, begun) = (AtomicU64::new(0), Instant::now());
    let (ended, end) = mpsc::channel::<()>();
    let index = std::thread::scope(|scope| {
        scope.spawn(|| {
            let end = end;
            while end.recv_timeout(Duration::from_millis(20)) == Err(mpsc::RecvTimeoutError::Timeout) {
                peak.fetch_max(status_kb("RssAnon:"), Ordering::Relaxed);
            }
        });
        let index = Index::build(folder, &|| corpus.documents());
        drop(ended);
        index
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let size = size_of(folder)?;
    let text = corpus.text_bytes()?;
    println!("| building | value |\n|---|---|");
    println!("| things | {} |", index.len());
    println!("| text | {:.1} MB |", mega(text));
    println!("| time | {seconds:.1} s |");
    println!("| size | {:.1} MB = {:.2} of the text |", mega(size), size as f64 / text as f64);
    println!("| memory, anonymous, at most | {:.0} MB |", peak.load(Ordering::Relaxed) as f64 / 1024.0);
    println!("| memory with mapped files (VmHWM) | {:.0} MB |\n", status_kb("VmHWM:") as f64 / 1024.0);
    Ok(index)
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn size_of(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        sum += if data.is_dir() { size_of(&entry.path())? } else { data.len() };
    }
    Ok(sum)
}

fn status_kb(label: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(label));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
