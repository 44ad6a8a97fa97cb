//! The child: reads files from its parent, one after another, and answers with their text.
//!
//! Confined before the first byte arrives. Ends when the parent closes the pipe, when it has used its processor
//! time, or when a file kills it; all three are the parent's to notice. Knows the readers, nothing of their insides.

use crate::confine::confine;
use crate::limits::{ChildLimits, Limits};
use crate::wire::{AnswerReader, Ending, write_ending, write_page};
use crate::{ExtractError, Extracted, Kind, office, pdf, plain};
use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The hidden first argument of the child; the second are its limits.
pub(crate) const CHILD_ARGUMENT: &str = "--extract-child";

/// What turns one file into pages: the readers of this crate, or a test's stand-in for a hostile one.
pub type Job = fn(Kind, Vec<u8>, &mut Sink<'_>) -> Result<(), ExtractError>;

/// If this process was started as a confined child, does the child's work and ends the process; returns at once
/// otherwise. Must be the first call in `main`: no thread, no open file, no configuration may come before it.
pub fn child_main_if_asked() {
    child_main_with(read_file);
}

/// [`child_main_if_asked`] with another reader, for programs that test the confinement.
pub fn child_main_with(job: Job) {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != CHILD_ARGUMENT) {
        return;
    }
    let limits = arguments.next().and_then(|argument| ChildLimits::from_argument(argument.to_str()?));
    let code = match limits.map(|limits| serve(job, &limits)) {
        Some(Ok(())) => 0,
        Some(Err(_)) | None => 1,
    };
    std::process::exit(code);
}

fn serve(job: Job, limits: &ChildLimits) -> io::Result<()> {
    // A reader that panics is an answer (»broken«), not a message: stderr is for the allocator's last words.
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    if confine(limits).is_err() {
        return write_ending(&mut out, Ending::Unconfined);
    }
    let mut input = io::stdin().lock();
    while let Some((kind, bytes)) = read_request(&mut input, limits)? {
        let mut sink = Sink::new(&mut out, limits);
        let outcome = match kind {
            Some(kind) => catch_unwind(AssertUnwindSafe(|| job(kind, bytes, &mut sink))),
            None => Ok(Err(ExtractError::UnsupportedType)),
        };
        let ending = sink.ending(outcome.unwrap_or(Err(ExtractError::Broken)));
        write_ending(&mut out, ending)?;
        if cpu_seconds_used() >= limits.cpu_seconds_max {
            break;
        }
    }
    Ok(())
}

/// The next file, with none for a kind that this program does not know; none at the end of the pipe.
fn read_request(input: &mut impl Read, limits: &ChildLimits) -> io::Result<Option<(Option<Kind>, Vec<u8>)>> {
    let mut kind = [0];
    if input.read(&mut kind)? == 0 {
        return Ok(None);
    }
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limits.file_bytes_max {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    input.read_exact(&mut bytes)?;
    Ok(Some((Kind::from_byte(kind[0]), bytes)))
}

fn cpu_seconds_used() -> u64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    u64::try_from(used.tv_sec).unwrap_or(0)
}

/// The readers themselves, without confinement: only for the child and for measuring.
///
/// # Errors
/// `Encrypted`, `Broken`, `TooLarge`; a file without text is no error here.
pub fn read_file(kind: Kind, bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    match kind {
        Kind::Pdf => pdf::read(bytes, sink),
        Kind::Plain => plain::read(&bytes, sink),
        Kind::Docx => office::read_docx(&bytes, sink),
        Kind::Odt => office::read_odt(&bytes, sink),
    }
}

/// The text of a file, read in this very process: for measuring and for the readers' own tests. Files from outside
/// belong into [`crate::Extractor`].
///
/// # Errors
/// As [`crate::Extractor::extract`], without those of limits that only a child can have.
pub fn read_unconfined(bytes: Vec<u8>, media_type: &str, limits: &Limits) -> Result<Extracted, ExtractError> {
    let kind = Kind::of(media_type, &bytes).ok_or(ExtractError::UnsupportedType)?;
    let mut answer = Vec::new();
    let mut sink = Sink::new(&mut answer, &limits.into());
    let outcome = read_file(kind, bytes, &mut sink);
    let ending = sink.ending(outcome);
    write_ending(&mut answer, ending).map_err(ExtractError::Unavailable)?;
    let mut reader = AnswerReader::new(limits.text_bytes_max, limits.pages_max);
    reader.feed(&answer).unwrap_or(Err(ExtractError::Broken))
}

/// Takes pages of text and passes them on to the parent until a limit is reached.
pub struct Sink<'a> {
    out: &'a mut dyn Write,
    text_bytes_left: usize,
    pages_left: u32,
    has_text: bool,
    is_truncated: bool,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, limits: &ChildLimits) -> Self {
        Self { out, text_bytes_left: limits.text_bytes_max, pages_left: limits.pages_max, has_text: false, is_truncated: false }
    }

    /// Takes the next page. Breaks when no further page is wanted: a limit is reached or the parent is gone.
    pub fn page(&mut self, text: &str) -> ControlFlow<()> {
        if self.pages_left == 0 {
            self.is_truncated = true;
            return ControlFlow::Break(());
        }
        let kept = &text[..text.floor_char_boundary(self.text_bytes_left)];
        self.is_truncated |= kept.len() < text.len();
        self.has_text |= kept.contains(|sign: char| !sign.is_whitespace());
        self.text_bytes_left -= kept.len();
        self.pages_left -= 1;
        if write_page(&mut self.out, kept).is_err() || self.is_truncated {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// The part of the input that is worth reading: text shrinks as it is tidied, but hardly to a quarter. Marks the
    /// result truncated if there is more.
    pub(crate) fn worth_reading<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let most = self.text_bytes_left.saturating_mul(4);
        self.is_truncated |= bytes.len() > most;
        &bytes[..bytes.len().min(most)]
    }

    fn ending(&self, outcome: Result<(), ExtractError>) -> Ending {
        match outcome {
            Ok(()) | Err(ExtractError::NoText) if !self.has_text => Ending::NoText,
            Ok(()) if self.is_truncated => Ending::Truncated,
            Ok(()) => Ending::Whole,
            Err(ExtractError::Encrypted) => Ending::Encrypted,
            Err(ExtractError::TooLarge) => Ending::TooLarge,
            Err(_) => Ending::Broken,
        }
    }
}
