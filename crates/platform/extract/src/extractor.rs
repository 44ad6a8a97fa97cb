//! The parent's side: starts children, hands them files, waits no longer than allowed.
//!
//! Trusts nothing that a child says or does. Children that answered in order are kept for the next file, up to
//! [`Limits::files_per_child_max`]; everything else is killed. A file that fails in a child that has already read
//! others is tried once more in a fresh one, so that no file pays for another's.

use crate::child::CHILD_ARGUMENT;
use crate::limits::ChildLimits;
use crate::wire::{AnswerReader, request_head};
use crate::{ExtractError, Extracted, Kind, Limits};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::ioctl_fionbio;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Bytes that are held of a file at a time, and of a child's complaints in all.
const PIECE_BYTES: usize = 64 << 10;
const COMPLAINT_BYTES_MAX: usize = 4 << 10;

/// Takes text out of files in confined child processes. Blocks its thread while a file is read; may be used from
/// many threads at once, each file then has a child of its own. Children that wait for work end with it.
#[derive(Debug)]
pub struct Extractor {
    program: PathBuf,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

impl Extractor {
    /// `program` is started for every child and must call [`crate::child_main_if_asked`] first thing: usually
    /// [`std::env::current_exe`].
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits, idle: Mutex::new(Vec::new()) }
    }

    /// The text of a file in memory. `media_type` as the source labelled it; see [`Kind::of`].
    ///
    /// # Errors
    /// Every [`ExtractError`].
    pub fn extract(&self, bytes: &[u8], media_type: &str) -> Result<Extracted, ExtractError> {
        let kind = Kind::of(media_type, bytes).ok_or(ExtractError::UnsupportedType)?;
        self.extract_from(&mut io::Cursor::new(bytes), bytes.len() as u64, kind)
    }

    /// The text of a file on disk, which is passed on piece by piece and never held as a whole.
    ///
    /// # Errors
    /// Every [`ExtractError`]; [`ExtractError::Unavailable`] if the file cannot be read.
    pub fn extract_file(&self, path: &Path, media_type: &str) -> Result<Extracted, ExtractError> {
        let mut file = File::open(path).map_err(ExtractError::Unavailable)?;
        let length = file.metadata().map_err(ExtractError::Unavailable)?.len();
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(1024).read_to_end(&mut head).map_err(ExtractError::Unavailable)?;
        let kind = Kind::of(media_type, &head).ok_or(ExtractError::UnsupportedType)?;
        self.extract_from(&mut file, length, kind)
    }

    fn extract_from<S: Read + Seek>(&self, source: &mut S, length: u64, kind: Kind) -> Result<Extracted, ExtractError> {
        if length > self.limits.file_bytes_max {
            return Err(ExtractError::TooLarge);
        }
        if length == 0 {
            return Err(ExtractError::NoText);
        }
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = kept {
            match self.run(worker, source, length, kind) {
                Run::Answered(outcome) | Run::Late(outcome) => return outcome,
                Run::Died(_) => {}
            }
        }
        let worker = Worker::start(&self.program, &self.limits).map_err(ExtractError::Unavailable)?;
        match self.run(worker, source, length, kind) {
            Run::Answered(outcome) | Run::Late(outcome) => outcome,
            Run::Died(error) => Err(error),
        }
    }

    fn run<S: Read + Seek>(&self, mut worker: Worker, source: &mut S, length: u64, kind: Kind) -> Run {
        if let Err(error) = source.rewind() {
            return Run::Late(Err(ExtractError::Unavailable(error)));
        }
        let run = worker.read_file(&mut source.take(length), length, kind, &self.limits);
        worker.files += 1;
        // A child that was not done with its input when it answered is out of step.
        if matches!(run, Run::Answered(_)) && worker.files < self.limits.files_per_child_max {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        run
    }
}

/// How a child dealt with a file.
enum Run {
    /// It answered and stands ready for the next one.
    Answered(Result<Extracted, ExtractError>),
    /// There is a verdict, but the child must not be used again.
    Late(Result<Extracted, ExtractError>),
    /// It ended without an answer.
    Died(ExtractError),
}

/// One child with its three pipes. Dropping it ends the child.
#[derive(Debug)]
struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    complaints: Vec<u8>,
    files: u32,
}

impl Worker {
    fn start(program: &Path, limits: &Limits) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(CHILD_ARGUMENT)
            .arg(ChildLimits::from(limits).to_argument())
            .env_clear()
            // mimalloc, where the program uses it, would claim a gibibyte at a time: more than the child may have.
            .env("MIMALLOC_ARENA_RESERVE", "16MiB")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("a child without pipes"));
        };
        let worker = Self { child, stdin, stdout, stderr, complaints: Vec::new(), files: 0 };
        ioctl_fionbio(&worker.stdin, true)?;
        ioctl_fionbio(&worker.stdout, true)?;
        ioctl_fionbio(&worker.stderr, true)?;
        Ok(worker)
    }

    /// Writes the file and reads the answer, whichever the child is ready for, until the time is over.
    fn read_file(&mut self, source: &mut impl Read, length: u64, kind: Kind, limits: &Limits) -> Run {
        let deadline = Instant::now() + limits.wall_time_max;
        let mut answer = AnswerReader::new(limits.text_bytes_max, limits.pages_max);
        let mut request = Request::new(kind, length, source);
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else {
                return Run::Late(Err(ExtractError::TimedOut));
            };
            if let Err(error) = self.wait_until_ready(left, !request.is_sent) {
                return Run::Late(Err(ExtractError::Unavailable(error)));
            }
            if let Err(error) = request.send(&mut self.stdin) {
                return Run::Late(Err(ExtractError::Unavailable(error)));
            }
            self.listen_to_complaints();
            match self.stdout.read(&mut piece) {
                Ok(0) => return Run::Died(self.cause_of_death()),
                Ok(count) => match answer.feed(&piece[..count]) {
                    Some(outcome @ Err(ExtractError::Unavailable(_))) => return Run::Late(outcome),
                    Some(outcome) if request.is_sent && !request.is_cut => {
                        return Run::Answered(outcome);
                    }
                    Some(_) => return Run::Late(Err(ExtractError::Broken)),
                    None => {}
                },
                Err(error) if is_passing(&error) => {}
                Err(error) => return Run::Late(Err(ExtractError::Unavailable(error))),
            }
        }
    }

    fn wait_until_ready(&self, left: std::time::Duration, has_input: bool) -> io::Result<()> {
        let mut ends = vec![PollFd::new(&self.stdout, PollFlags::IN), PollFd::new(&self.stderr, PollFlags::IN)];
        if has_input {
            ends.push(PollFd::new(&self.stdin, PollFlags::OUT));
        }
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut ends, Some(&left)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the first bytes of stderr, drops the rest.
    fn listen_to_complaints(&mut self) {
        let mut piece = [0; COMPLAINT_BYTES_MAX];
        if let Ok(count) = self.stderr.read(&mut piece) {
            let room = COMPLAINT_BYTES_MAX.saturating_sub(self.complaints.len());
            self.complaints.extend_from_slice(&piece[..count.min(room)]);
        }
    }

    /// Why the child ended. Only its end closes its pipe (the filter has no `close`), so the wait is short.
    fn cause_of_death(&mut self) -> ExtractError {
        self.listen_to_complaints();
        match self.child.wait() {
            Ok(status) => verdict(status, &self.complaints),
            Err(error) => ExtractError::Unavailable(error),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Failing here means that the child has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn verdict(status: ExitStatus, complaints: &[u8]) -> ExtractError {
    // Rust's last words when an allocation fails; a test holds this text.
    let out_of_memory = complaints.windows(20).any(|window| window == b"memory allocation of");
    match status.signal() {
        Some(libc::SIGXCPU) => ExtractError::TimedOut,
        Some(libc::SIGABRT) if out_of_memory => ExtractError::MemoryExceeded,
        // Nobody here sent it: the kernel was short of memory.
        Some(libc::SIGKILL) => ExtractError::MemoryExceeded,
        Some(_) => ExtractError::Broken,
        None => ExtractError::Unavailable(io::Error::other(format!("the child ended early: {status}"))),
    }
}

fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// The file on its way to the child, one piece at a time.
struct Request<'a, S> {
    source: &'a mut S,
    left: u64,
    piece: Vec<u8>,
    at: usize,
    is_sent: bool,
    is_cut: bool,
}

impl<'a, S: Read> Request<'a, S> {
    fn new(kind: Kind, length: u64, source: &'a mut S) -> Self {
        let piece = request_head(kind.to_byte(), length).to_vec();
        Self { source, left: length, piece, at: 0, is_sent: false, is_cut: false }
    }

    /// Sends as much as the pipe takes now. A child that no longer reads is no error here: its answer tells.
    fn send(&mut self, pipe: &mut ChildStdin) -> io::Result<()> {
        while !self.is_sent {
            if self.at == self.piece.len() && !self.refill()? {
                self.is_sent = true;
                break;
            }
            match pipe.write(&self.piece[self.at..]) {
                Ok(count) => self.at += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    self.is_cut = true;
                    self.is_sent = true;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn refill(&mut self) -> io::Result<bool> {
        if self.left == 0 {
            return Ok(false);
        }
        let wanted = self.left.min(PIECE_BYTES as u64);
        self.piece.resize(usize::try_from(wanted).map_err(io::Error::other)?, 0);
        self.source.read_exact(&mut self.piece)?;
        self.left -= wanted;
        self.at = 0;
        Ok(true)
    }
}
