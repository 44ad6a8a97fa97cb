//! A stand-in for the server: the tests and measurements of this crate start it as parent and as child.
//!
//! As a child it reads files like the server's child, except that a plain text beginning with `probe:` makes it do
//! what a subverted reader might do: allocate without end, loop, open a file or a socket, flood its pipes. It has the
//! server's allocator, because that decides how memory limits bite. As a parent it prints the text of the files named
//! on its command line.

use allmende_extract::{ExtractError, Extractor, Kind, Limits, Sink, child_main_with};
use std::io::Write;
use std::path::Path;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::io::Result<()> {
    child_main_with(misbehave_or_read);
    let extractor = Extractor::new(std::env::current_exe()?, Limits::default());
    let mut out = std::io::stdout().lock();
    for path in std::env::args_os().skip(1) {
        match extractor.extract_file(Path::new(&path), "text/plain") {
            Ok(text) => writeln!(out, "{}", text.pages.join("\n\u{c}"))?,
            Err(error) => writeln!(std::io::stderr(), "{}: {}", Path::new(&path).display(), error.key())?,
        }
    }
    Ok(())
}

fn misbehave_or_read(kind: Kind, bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let order = std::str::from_utf8(&bytes).ok().and_then(|text| text.strip_prefix("probe:"));
    match order {
        Some("allocate") => allocate(),
        Some("measure-memory") => measure_memory(sink),
        Some("loop") => loop_for_ever(),
        Some("wait") => wait_for_ever(),
        Some("recurse") => recurse(0),
        Some("panic") => std::panic::panic_any("a reader's mistake"),
        Some("abort") => std::process::abort(),
        Some("flood") => flood(sink),
        Some("complain") => complain(),
        Some(deed) => attempt(deed, sink),
        None => allmende_extract::read_file(kind, bytes, sink),
    }
}

fn allocate() -> ! {
    let mut held: Vec<Vec<u8>> = Vec::new();
    loop {
        held.push(vec![1; 1 << 20]);
    }
}

/// Takes memory until there is no more and reports how many mebibytes that was.
fn measure_memory(sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let mut held: Vec<Vec<u8>> = Vec::with_capacity(1 << 16);
    loop {
        let mut piece = Vec::new();
        if piece.try_reserve_exact(1 << 20).is_err() {
            break;
        }
        piece.resize(1 << 20, 1);
        held.push(std::hint::black_box(piece));
    }
    let mebibytes = held.len();
    drop(held);
    let _ = sink.page(&mebibytes.to_string());
    Ok(())
}

fn loop_for_ever() -> ! {
    let mut turns: u64 = 0;
    loop {
        turns = std::hint::black_box(turns.wrapping_add(1));
    }
}

/// Waits without using processor time, as a reader blocked in the kernel would: for input that does not come.
fn wait_for_ever() -> Result<(), ExtractError> {
    let held = std::sync::Mutex::new(());
    let guard = held.lock();
    let waiting = std::sync::Condvar::new();
    if let Ok(guard) = guard {
        drop(waiting.wait_while(guard, |()| true));
    }
    Ok(())
}

fn recurse(depth: u64) -> Result<(), ExtractError> {
    let frame = std::hint::black_box([depth; 512]);
    if frame[0] == u64::MAX {
        return Ok(());
    }
    recurse(depth + 1)?;
    std::hint::black_box(frame);
    Ok(())
}

/// Sends more pages than anyone may want, past the sink's own bounds.
fn flood(sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    while sink.page(&"Text ".repeat(1000)).is_continue() {}
    Ok(())
}

fn complain() -> ! {
    loop {
        let _ = std::io::stderr().write_all(&[b'!'; 4096]);
    }
}

/// Tries a forbidden deed and reports what the kernel said.
fn attempt(deed: &str, sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let outcome = match deed {
        "read-file" => std::fs::read("/etc/hostname").map(drop),
        "write-file" => std::fs::write("/tmp/extract-probe-was-here", "x"),
        "list-folder" => std::fs::read_dir("/").map(drop),
        "tcp" => std::net::TcpStream::connect("127.0.0.1:9").map(drop),
        "udp" => std::net::UdpSocket::bind("127.0.0.1:0").map(drop),
        "unix-socket" => std::os::unix::net::UnixStream::pair().map(drop),
        "process" => std::process::Command::new("/bin/true").status().map(drop),
        "thread" => std::thread::Builder::new().spawn(|| ()).map(drop),
        _ => Err(std::io::Error::other("unknown deed")),
    };
    let said = match outcome {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("refused: {:?}", error.kind()),
    };
    let _ = sink.page(&format!("{deed} {said}; variables: {}", std::env::vars_os().count()));
    Ok(())
}
