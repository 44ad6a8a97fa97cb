//! The real program as a child process, asked over a socket like anybody else asks it; killed when dropped.

#![allow(dead_code, reason = "each test file uses its part")]

use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A serving program.
pub struct Program {
    pub child: Child,
    pub address: SocketAddr,
}

/// The program's command line.
pub fn command(arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allmende"));
    command.args(arguments);
    command
}

/// Runs the program to its end.
pub fn run(arguments: &[&OsStr]) -> Result<Output> {
    Ok(command(arguments).output()?)
}

/// Makes a data folder and returns what the program says: its last line is the first administrator's link.
pub fn init(data: &Path, database: Option<&str>) -> Result<String> {
    let mut init = command(&[OsStr::new("init"), OsStr::new("--data"), data.as_os_str()]);
    if let Some(url) = database {
        init.args(["--database", url]);
    }
    let output = init.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

impl Program {
    /// Serves a data folder, which is made first where it is missing.
    pub fn start(data: &Path) -> Result<Self> {
        if !data.join("allmende.toml").exists() {
            init(data, None)?;
        }
        Self::spawn(command(&[OsStr::new("serve"), OsStr::new("--listen"), OsStr::new("127.0.0.1:0"), OsStr::new("--data"), data.as_os_str()]))
    }

    /// Starts a serving command and waits for the address that it names.
    pub fn spawn(mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        // Made before the address is known, so that the child never outlives a failure.
        let mut program = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let mut line = String::new();
        while !line.starts_with("Allmende answers at ") {
            line.clear();
            ensure!(output.read_line(&mut line)? > 0, "the program ended: {:?}", program.child.wait()?);
        }
        program.address = line.trim_end().rsplit_once("http://").context("no address")?.1.parse()?;
        Ok(program)
    }

    /// SIGKILL: no destructor runs, nothing is flushed.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    pub fn terminate(&self) -> Result<()> {
        Ok(rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), rustix::process::Signal::TERM)?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The whole answer to a request, or an error if it did not come to its end. The host is any, if none is among the headers.
pub fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if headers.iter().all(|(name, _)| *name != "Host") {
        request.push_str("Host: any.example\r\n");
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    ensure!(answer.contains("\r\n\r\n"), "the answer to {path} is cut off: {answer:?}");
    Ok(answer)
}

/// The answer to a plain GET request.
pub fn get(address: SocketAddr, path: &str) -> Result<String> {
    ask(address, "GET", path, &[], b"")
}

/// The first value of a header in an answer; empty if it is missing.
pub fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next().unwrap_or_default()
}
