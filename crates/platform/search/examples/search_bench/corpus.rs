//! The papers, files, meetings, agenda items and committees of Karlsruhe as documents, read anew for every walk.

use allmende_core::{Id, Instant, Site};
use allmende_platform::search::{Document, Named};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The site of all documents.
pub const SITE: Id<Site> = Id::new(1);

/// The folder of the corpus and what ties its parts together.
pub struct Corpus {
    folder: PathBuf,
    papers: HashMap<String, Paper>,
    numbers: HashMap<String, i64>,
}

/// A paper.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    paper_type: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    under_direction_of: Vec<String>,
    #[serde(default)]
    deleted: bool,
}

/// The text of a file.
#[derive(Debug, Deserialize)]
pub struct Text {
    id: String,
    owner: String,
    name: String,
    date: Option<String>,
    /// The text itself.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meeting {
    id: String,
    #[serde(default)]
    name: String,
    start: Option<String>,
    #[serde(default)]
    agenda_item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    name: String,
    result: Option<String>,
}

#[derive(Deserialize)]
struct Organization {
    id: String,
    #[serde(default)]
    name: String,
}

/// Each line of a packed file.
fn lines<T: for<'a> Deserialize<'a>>(folder: &Path, name: &str) -> Result<impl Iterator<Item = T> + use<T>> {
    let file = File::open(folder.join(name)).with_context(|| name.to_owned())?;
    let reader = BufReader::with_capacity(1 << 18, zstd::Decoder::new(file)?);
    Ok(reader.lines().map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok()))
}

fn last_number(id: &str) -> i64 {
    id.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn instant(date: Option<&str>) -> Option<Instant> {
    let day: jiff::civil::Date = date?.get(..10)?.parse().ok()?;
    Some(Instant::from_millis(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond()))
}

impl Corpus {
    /// The corpus beside the repository, if it is there.
    pub fn find() -> Option<Self> {
        let roots = [Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), Path::new("../shared").to_owned()];
        let other = std::env::var_os("ALLMENDE_SHARED").map(PathBuf::from);
        let folder = other.into_iter().chain(roots).map(|root| root.join("data/oparl/karlsruhe")).find(|folder| folder.is_dir())?;
        let all: Vec<Paper> = lines(&folder, "papers.base-2026-07-18.ndjson.zst").ok()?.filter(|paper: &Paper| !paper.deleted).collect();
        let numbers = all.iter().enumerate().map(|(at, paper)| (paper.id.clone(), i64::try_from(at).unwrap_or(0) + 1)).collect();
        Some(Self { folder, numbers, papers: all.into_iter().map(|paper| (paper.id.clone(), paper)).collect() })
    }

    /// The texts one after the other.
    pub fn texts(&self) -> Result<impl Iterator<Item = Text> + use<>> {
        lines(&self.folder, "texts-2021-2026.ndjson.zst")
    }

    /// Bytes of all texts.
    pub fn text_bytes(&self) -> Result<u64> {
        Ok(self.texts()?.map(|text| text.text.len() as u64).sum())
    }

    /// The reference of the paper with an address.
    pub fn reference_of(&self, path: &str) -> Option<&str> {
        let wanted = last_number(path);
        self.numbers.iter().find(|(_, number)| **number == wanted).and_then(|(id, _)| Some(self.papers.get(id)?.reference.as_str()))
    }

    /// The number of a text as an object, and its address.
    pub fn object_of(text: &Text) -> i64 {
        last_number(&text.id)
    }

    /// Everything public.
    pub fn documents(&self) -> Box<dyn Iterator<Item = (Id<Site>, Document)> + '_> {
        let committees: HashMap<String, String> =
            lines(&self.folder, "organizations.ndjson.zst").into_iter().flatten().map(|one: Organization| (one.id, one.name)).collect();
        let organizations: Vec<Document> = committees.iter().map(|(id, name)| plain("organization", last_number(id), "/rat/gremien", name)).collect();
        let names = move |paper: &Paper| paper.under_direction_of.iter().filter_map(|id| committees.get(id).cloned()).collect::<Vec<_>>();
        let papers = self.papers.values().map(move |paper| Document { committees: names(paper), ..self.paper(paper) });
        let files = self.texts().into_iter().flatten().map(|text| self.file(text));
        let meetings = lines(&self.folder, "meetings.base-2026-07-18.ndjson.zst").into_iter().flatten().flat_map(meeting);
        Box::new(organizations.into_iter().chain(papers).chain(files).chain(meetings).map(|document| (SITE, document)))
    }

    fn path_of(&self, paper: &str) -> String {
        format!("/rat/vorlagen/{}", self.numbers.get(paper).copied().unwrap_or(0))
    }

    fn paper(&self, paper: &Paper) -> Document {
        Document {
            path: self.path_of(&paper.id),
            reference: Some(paper.reference.clone()),
            type_word: Some(paper.paper_type.clone()),
            happened_at: instant(paper.date.as_deref()),
            dimension: Some("transparency"),
            body: Some("Karlsruhe".to_owned()),
            ..plain("paper", self.numbers.get(&paper.id).copied().unwrap_or(0), "/rat/vorlagen", &paper.name)
        }
    }

    /// A text of the corpus as a file.
    pub fn file(&self, text: Text) -> Document {
        let whole = self.papers.get(&text.owner).map(|paper| Named { title: paper.name.clone(), path: self.path_of(&paper.id) });
        Document {
            happened_at: instant(text.date.as_deref()),
            part_of: whole,
            dimension: Some("transparency"),
            body: Some("Karlsruhe".to_owned()),
            pages: text.text.split('\u{c}').map(str::to_owned).collect(),
            is_paged: true,
            ..plain("file", last_number(&text.id), "/rat/dateien", &text.name)
        }
    }
}

fn plain(kind: &'static str, object_id: i64, folder: &str, title: &str) -> Document {
    Document { kind, object_id, path: format!("{folder}/{object_id}"), title: title.to_owned(), ..Document::default() }
}

fn meeting(meeting: Meeting) -> Vec<Document> {
    let at = instant(meeting.start.as_deref());
    let own = Document { happened_at: at, ..plain("meeting", last_number(&meeting.id), "/rat/sitzungen", &meeting.name) };
    let path = own.path.clone();
    let items = meeting.agenda_item.into_iter().map(|item| Document {
        happened_at: at,
        status: item.result,
        part_of: Some(Named { title: meeting.name.clone(), path: path.clone() }),
        ..plain("agenda_item", last_number(&item.id), "/rat/tagesordnung", &item.name)
    });
    let items: Vec<Document> = items.collect();
    std::iter::once(own).chain(items).collect()
}
