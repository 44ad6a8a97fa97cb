//! Every limit of the child bites, and the parent outlives whatever the child does.
//!
//! Drives `extract-probe`, which has the server's allocator and misbehaves on request.

#![allow(clippy::unwrap_used)]

use allmende_extract::{ExtractError, Extracted, Extractor, Limits};
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn extractor(limits: Limits) -> Extractor {
    Extractor::new(PathBuf::from(env!("CARGO_BIN_EXE_extract-probe")), limits)
}

fn tight() -> Limits {
    Limits { memory_bytes_max: 64 << 20, cpu_seconds_max: 1, ..Limits::default() }
}

fn order(extractor: &Extractor, order: &str) -> Result<Extracted, ExtractError> {
    extractor.extract(format!("probe:{order}").as_bytes(), "text/plain")
}

fn key(outcome: Result<Extracted, ExtractError>) -> &'static str {
    outcome.map_or_else(|error| error.key(), |_| "text")
}

#[test]
fn a_file_is_read() {
    let text = extractor(Limits::default()).extract("Grüß Gott,\nRat!\u{c}Seite 2".as_bytes(), "text/plain").unwrap();
    assert_eq!(text.pages, ["Grüß Gott,\nRat!", "Seite 2"]);
    assert!(!text.truncated);
}

#[test]
fn memory_beyond_the_limit_is_refused() {
    assert_eq!(key(order(&extractor(tight()), "allocate")), "extract-memory-exceeded");
}

#[test]
fn the_allocators_own_reserve_does_not_stretch_the_limit() {
    let read = order(&extractor(tight()), "measure-memory").unwrap();
    let mebibytes: u64 = read.pages.concat().parse().unwrap();
    assert!((32..=64).contains(&mebibytes), "{mebibytes} MiB of 64");
}

#[test]
fn an_endless_loop_ends_by_processor_time() {
    let start = Instant::now();
    assert_eq!(key(order(&extractor(tight()), "loop")), "extract-timed-out");
    assert!(start.elapsed() >= Duration::from_secs(1), "every file is granted its processor time");
}

#[test]
fn waiting_without_working_ends_by_the_clock() {
    let limits = Limits { wall_time_max: Duration::from_millis(300), ..tight() };
    let start = Instant::now();
    assert_eq!(key(order(&extractor(limits), "wait")), "extract-timed-out");
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_child_that_only_complains_is_ended() {
    assert_eq!(key(order(&extractor(tight()), "complain")), "extract-timed-out");
}

#[test]
fn a_child_that_kills_itself_leaves_a_broken_file() {
    for deed in ["abort", "recurse", "panic"] {
        assert_eq!(key(order(&extractor(tight()), deed)), "extract-broken", "{deed}");
    }
}

#[test]
fn no_file_no_network_no_process_is_within_reach() {
    let extractor = extractor(Limits::default());
    for deed in ["read-file", "write-file", "list-folder", "tcp", "udp", "unix-socket", "process", "thread"] {
        let said = order(&extractor, deed).unwrap().pages.concat();
        assert!(said.starts_with(&format!("{deed} refused: PermissionDenied")), "{said}");
    }
}

#[test]
fn the_environment_stays_outside() {
    let said = order(&extractor(Limits::default()), "tcp").unwrap().pages.concat();
    // The one variable is the parent's own, for the allocator.
    assert!(said.ends_with("variables: 1"), "{said}");
}

#[test]
fn giant_output_is_cut_off_at_both_bounds() {
    let by_text = Limits { text_bytes_max: 12_345, ..Limits::default() };
    let text = order(&extractor(by_text), "flood").unwrap();
    assert!(text.truncated);
    assert_eq!(text.pages.iter().map(String::len).sum::<usize>(), 12_345);

    let by_pages = Limits { pages_max: 3, ..Limits::default() };
    let text = order(&extractor(by_pages), "flood").unwrap();
    assert!(text.truncated);
    assert_eq!(text.pages.len(), 3);
}

#[test]
fn a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
    let extractor = extractor(Limits { file_bytes_max: 1000, ..Limits::default() });
    assert_eq!(key(extractor.extract(&[b'a'; 1000], "text/plain")), "text");
    assert_eq!(key(extractor.extract(&[b'a'; 1001], "text/plain")), "extract-too-large");
}

#[test]
fn what_has_no_text_and_what_has_no_reader_is_told_apart() {
    let extractor = extractor(Limits::default());
    assert_eq!(key(extractor.extract(b"", "text/plain")), "extract-no-text");
    assert_eq!(key(extractor.extract(b" \n ", "text/plain")), "extract-no-text");
    assert_eq!(key(extractor.extract(b"\x89PNG", "image/png")), "extract-unsupported-type");
    assert_eq!(key(extractor.extract(b"<html>", "application/pdf")), "extract-broken");
}

#[test]
fn a_program_that_is_missing_or_no_child_is_reported_as_unavailable() {
    for program in ["/does/not/exist", "/bin/true"] {
        let extractor = Extractor::new(PathBuf::from(program), Limits::default());
        assert_eq!(key(extractor.extract(b"text", "text/plain")), "extract-unavailable", "{program}");
    }
}

#[test]
fn no_file_pays_for_the_one_before() {
    let extractor = extractor(Limits { files_per_child_max: 3, ..tight() });
    for deed in ["abort", "tcp", "allocate", "tcp", "recurse", "panic", "tcp", "tcp", "tcp", "tcp"] {
        let outcome = order(&extractor, deed);
        assert_eq!(outcome.is_ok(), deed == "tcp", "{deed}: {outcome:?}");
    }
}

#[test]
fn many_threads_read_at_once_and_each_gets_its_own_text() {
    let extractor = extractor(Limits { files_per_child_max: 7, ..Limits::default() });
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let extractor = &extractor;
            scope.spawn(move || {
                for file in 0..20 {
                    let text = format!("Datei {file} von {thread}");
                    let read = extractor.extract(text.as_bytes(), "text/plain").unwrap();
                    assert_eq!(read.pages, [text]);
                }
            });
        }
    });
}

#[test]
fn a_file_on_disk_is_read_by_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lang.txt");
    let line = "Eine Zeile der Niederschrift.\n";
    std::fs::write(&path, line.repeat(40 << 10)).unwrap();
    let text = extractor(Limits::default()).extract_file(&path, "text/plain").unwrap();
    assert_eq!(text.pages[0].lines().count(), 40 << 10);
    assert!(!text.truncated);
}

#[test]
fn the_parent_stays_small_while_a_large_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gross.txt");
    // A sparse file costs the disk nothing; its zero bytes are text without a visible character.
    std::fs::File::create(&path).unwrap().set_len(60 << 20).unwrap();
    let before = peak_memory_bytes();
    let outcome = extractor(Limits::default()).extract_file(&path, "text/plain");
    assert_eq!(key(outcome), "extract-no-text");
    assert!(peak_memory_bytes() - before < 16 << 20, "the parent held the file");
}

/// The most memory that this process has had resident so far.
fn peak_memory_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}
