//! The program ends in good order: open requests are answered, new ones refused, and it exits with 0 within the drain time.

mod program;

use anyhow::{Result, ensure};
use program::{Program, get, run};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn a_request_that_has_begun_is_answered_and_no_new_one_is_taken() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut program = Program::start(&folder.path().join("data"))?;
    let address = program.address;
    ensure!(get(address, "/healthz")?.ends_with("ok\n"));
    ensure!(get(address, "/readyz")?.ends_with("ready\n"));
    let figures = get(address, "/metrics")?;
    ensure!(figures.contains("allmende_request_seconds_bucket{route=\"/healthz\"") && figures.contains("allmende_jobs{state=\"failed\"} 0"), "{figures}");

    let mut begun = TcpStream::connect(address)?;
    begun.set_read_timeout(Some(Duration::from_secs(30)))?;
    let body = "theme=dark&contrast=";
    // The server asks for the body before it is sent: then it is certain that the request has begun.
    write!(
        begun,
        "POST /darstellung HTTP/1.1\r\nHost: any.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    )?;
    let mut answers = BufReader::new(begun.try_clone()?);
    let mut line = String::new();
    answers.read_line(&mut line)?;
    ensure!(line.starts_with("HTTP/1.1 100"), "{line}");

    let stopped = Instant::now();
    program.terminate()?;
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
        ensure!(stopped.elapsed() < Duration::from_secs(20), "it still takes connections");
        std::thread::yield_now();
    }
    begun.write_all(body.as_bytes())?;
    let mut answer = String::new();
    answers.read_to_string(&mut answer)?;
    ensure!(answer.contains("HTTP/1.1 303") && answer.contains("theme=dark"), "{answer}");
    ensure!(program.child.wait()?.success());
    ensure!(stopped.elapsed() < Duration::from_secs(20), "{:?}", stopped.elapsed());
    Ok(())
}

#[test]
fn a_backup_of_the_running_program_starts_elsewhere_and_the_doctor_is_content() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (data, copy, file) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("a.tar.zst"));
    let program = Program::start(&data)?;
    let os = OsStr::new;
    ensure!(run(&[os("backup"), os("--data"), data.as_os_str(), os("--to"), file.as_os_str()])?.status.success());
    ensure!(run(&[os("backup"), os("--verify"), file.as_os_str()])?.status.success());
    ensure!(get(program.address, "/readyz")?.ends_with("ready\n") && data.join("last-backup.json").exists());
    let again = run(&[os("backup"), os("--data"), data.as_os_str(), os("--to"), file.as_os_str()])?;
    ensure!(again.status.code() == Some(1), "a backup is never written over");
    let restored = run(&[os("restore"), file.as_os_str(), os("--data"), copy.as_os_str()])?;
    ensure!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let doctor = run(&[os("doctor"), os("--data"), copy.as_os_str(), os("--json")])?;
    ensure!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stdout));
    let second = Program::start(&copy)?;
    ensure!(get(second.address, "/readyz")?.ends_with("ready\n"));
    Ok(())
}
