//! The documents of the town as PDF in the content store, with their text, made by as many threads as there are cores.

use allmende_demo::{Document, PaperKind, Town, document, pdf};
use allmende_extract::{Limits, read_unconfined};
use allmende_platform::files::{Files, Stored};
use anyhow::{Context, Result};
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of one of our own documents.
const DOCUMENT_BYTES_MAX: u64 = 16 << 20;

/// What a document is to whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A paper itself, by its key.
    Paper(String),
    /// The invitation to a meeting, by its key.
    Invitation(String),
    /// The minutes of a meeting, by its key.
    Minutes(String),
}

/// A document in the content store.
#[derive(Debug)]
pub(super) struct Kept {
    /// What residents read as its name.
    pub name: String,
    /// Its name as a file.
    pub file_name: String,
    /// Its day.
    pub date: Date,
    /// Where it lies.
    pub stored: Stored,
    /// Its text, page by page.
    pub pages: Vec<String>,
}

/// Renders every paper that is dated, every invitation that is sent and all minutes that are written by `today`.
pub(super) fn render_all(town: &Town, today: Date, data: &Path) -> Result<HashMap<Owner, Kept>> {
    let jobs = jobs(town, today);
    let (next, kept, files) = (AtomicUsize::new(0), Mutex::new(HashMap::new()), Files::of(data));
    let work = || -> Result<()> {
        while let Some((owner, name, file_name, document)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let one = keep(document, name, file_name, &files).with_context(|| format!("document of {owner:?}"))?;
            if let Ok(mut kept) = kept.lock() {
                kept.insert(owner.clone(), one);
            }
        }
        Ok(())
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(16);
    let outcomes = std::thread::scope(|scope| {
        let running = (0..threads).map(|_| scope.spawn(work)).collect::<Vec<_>>();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread that renders documents failed")))).collect::<Vec<_>>()
    });
    outcomes.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(kept.into_inner().unwrap_or_default())
}

fn keep(document: &Document, name: &str, file_name: &str, files: &Files) -> Result<Kept> {
    let bytes = pdf::render(document)?;
    let stored = files.store(&mut bytes.as_slice(), DOCUMENT_BYTES_MAX)?;
    // Our own document: there is nothing to be confined.
    let pages = read_unconfined(bytes, "application/pdf", &Limits::default())?.pages;
    Ok(Kept { name: name.to_owned(), file_name: file_name.to_owned(), date: document.date, stored, pages })
}

type Job = (Owner, String, String, Document);

fn jobs(town: &Town, today: Date) -> Vec<Job> {
    let mut jobs = Vec::new();
    for paper in town.papers.iter().filter(|paper| paper.date <= today) {
        let number = paper.reference.replace('/', "-");
        let kind = if paper.kind == PaperKind::Amendment { "aenderungsantrag" } else { "vorlage" };
        let name = format!("{} {}", paper.kind.label(), paper.reference);
        jobs.push((Owner::Paper(paper.key.clone()), name, format!("{kind}-{number}.pdf"), document::paper(town, paper)));
    }
    for meeting in &town.meetings {
        if meeting.invited_on <= today {
            let file_name = format!("einladung-{}.pdf", meeting.key);
            jobs.push((Owner::Invitation(meeting.key.clone()), "Einladung und Tagesordnung".to_owned(), file_name, document::invitation(town, meeting)));
        }
        if let Some(minutes) = document::minutes(town, meeting) {
            let name = if meeting.minutes_approved_on.is_some() { "Niederschrift" } else { "Niederschrift (Entwurf)" };
            jobs.push((Owner::Minutes(meeting.key.clone()), name.to_owned(), format!("niederschrift-{}.pdf", meeting.key), minutes));
        }
    }
    jobs
}
