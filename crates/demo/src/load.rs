//! Reads the embedded files into a `Town` and moves it to the current week.
//!
//! Owns the format of the files: TOML, and Markdown with TOML between two lines `+++` for papers. Knows nothing of
//! the rules that hold the content together; those are in `check`. Start at `Town::load`.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use toml::Value;

use crate::DemoError;
use crate::check;
use crate::files::FILES;
use crate::model::{AgendaItem, Department, Meeting, Paper, PaperKind, Thread, Town, Translation};
use crate::shift::Shift;

impl Town {
    /// The town in the week of `today`. The same week always gives the same town.
    ///
    /// # Errors
    /// Any `DemoError`; with the files of this repository only `DemoError::Date` at the ends of the calendar.
    pub fn load(today: Date) -> Result<Self, DemoError> {
        let shift = Shift::to_week_of(today)?;
        let references = references(shift)?;
        let reader = Reader { shift, references: &references };
        let mut town = Self {
            today: shift.today()?,
            site: reader.file("site.toml")?,
            terms: reader.list("terms.toml", "term")?,
            districts: reader.list("places.toml", "district")?,
            places: reader.list("places.toml", "place")?,
            persons: reader.list("persons.toml", "person")?,
            organizations: reader.list("organizations.toml", "organization")?,
            memberships: reader.list("memberships.toml", "membership")?,
            papers: reader.papers()?,
            meetings: reader.meetings()?,
            decisions: reader.list("decisions.toml", "decision")?,
            processes: reader.list("processes.toml", "process")?,
            threads: reader.threads()?,
            undertakings: reader.list("undertakings.toml", "undertaking")?,
        };
        town.number_meetings();
        town.note_presence();
        check::town(&town)?;
        Ok(town)
    }

    fn number_meetings(&mut self) {
        let mut counts: BTreeMap<(String, i16), u32> = BTreeMap::new();
        for meeting in &mut self.meetings {
            let count = counts.entry((meeting.organization.clone(), meeting.start.year())).or_default();
            *count += 1;
            meeting.number = *count;
        }
    }

    /// Whoever votes and did not send apologies was there.
    fn note_presence(&mut self) {
        let mut present = Vec::with_capacity(self.meetings.len());
        for meeting in &self.meetings {
            let members = self.members_on(&meeting.organization, meeting.start.date());
            let there = members
                .iter()
                .filter(|member| self.has_taken_place(meeting) && member.voting)
                .filter(|member| !meeting.excused.contains(&member.person))
                .map(|member| member.person.clone());
            present.push(there.collect());
        }
        for (meeting, present) in self.meetings.iter_mut().zip(present) {
            meeting.present = present;
        }
    }
}

/// What stands at the head of a paper's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperHead {
    title: String,
    kind: PaperKind,
    #[serde(deserialize_with = "day")]
    date: Date,
    summary: String,
    #[serde(default)]
    from_organizations: Vec<String>,
    #[serde(default)]
    from_persons: Vec<String>,
    committee: Option<String>,
    department: Department,
    district: Option<String>,
    place: Option<String>,
    superordinate: Option<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    translations: BTreeMap<String, Translation>,
}

/// What stands in a meeting's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingFile {
    organization: String,
    #[serde(deserialize_with = "instant")]
    start: DateTime,
    #[serde(deserialize_with = "instant")]
    end: DateTime,
    location: String,
    place: Option<String>,
    #[serde(default)]
    is_cancelled: bool,
    summary: String,
    #[serde(default)]
    translations: BTreeMap<String, String>,
    #[serde(default)]
    excused: Vec<String>,
    guests: Option<u32>,
    #[serde(default, deserialize_with = "day_or_none")]
    minutes_approved_on: Option<Date>,
    agenda: Vec<AgendaItem>,
}

struct Reader<'a> {
    shift: Shift,
    references: &'a BTreeMap<String, String>,
}

impl Reader<'_> {
    fn file<T: DeserializeOwned>(&self, file: &str) -> Result<T, DemoError> {
        self.decode(file, text_of(file)?)
    }

    fn list<T: DeserializeOwned>(&self, file: &str, key: &str) -> Result<Vec<T>, DemoError> {
        let mut lists: BTreeMap<String, Value> = self.file(file)?;
        let list = lists.remove(key).ok_or_else(|| DemoError::Missing(format!("{file}: [[{key}]]")))?;
        list.try_into().map_err(|error| syntax(file, &error))
    }

    fn decode<T: DeserializeOwned>(&self, file: &str, text: &str) -> Result<T, DemoError> {
        let mut value = Value::Table(toml::from_str(text).map_err(|error| syntax(file, &error))?);
        self.shift.apply(&mut value, &|key| self.references.get(key).cloned()).map_err(|error| in_file(file, error))?;
        value.try_into().map_err(|error| syntax(file, &error))
    }

    fn papers(&self) -> Result<Vec<Paper>, DemoError> {
        let mut papers = Vec::new();
        for (file, text) in below("papers/") {
            let (head, body) = split_head(file, text)?;
            let head: PaperHead = self.decode(file, head)?;
            let key = stem(file).to_owned();
            let body = self.shift.fill(body.trim(), &|key| self.references.get(key).cloned());
            papers.push(Paper {
                reference: self.references.get(&key).cloned().unwrap_or_default(),
                key,
                title: head.title,
                kind: head.kind,
                date: head.date,
                summary: head.summary,
                body: body.map_err(|error| in_file(file, error))?,
                from_organizations: head.from_organizations,
                from_persons: head.from_persons,
                committee: head.committee,
                department: head.department,
                district: head.district,
                place: head.place,
                superordinate: head.superordinate,
                related: head.related,
                translations: head.translations,
            });
        }
        papers.sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
        Ok(papers)
    }

    fn meetings(&self) -> Result<Vec<Meeting>, DemoError> {
        let mut meetings = Vec::new();
        for (file, text) in below("meetings/") {
            let found: MeetingFile = self.decode(file, text)?;
            let invited_on = found.start.date().checked_sub(8.days()).map_err(|e| DemoError::Date(e.to_string()))?;
            meetings.push(Meeting {
                key: stem(file).to_owned(),
                number: 0,
                organization: found.organization,
                start: found.start,
                end: found.end,
                location: found.location,
                place: found.place,
                is_cancelled: found.is_cancelled,
                summary: found.summary,
                translations: found.translations,
                present: Vec::new(),
                excused: found.excused,
                guests: found.guests,
                invited_on,
                minutes_approved_on: found.minutes_approved_on,
                agenda: found.agenda,
            });
        }
        meetings.sort_by(|a, b| (a.start, &a.key).cmp(&(b.start, &b.key)));
        Ok(meetings)
    }

    fn threads(&self) -> Result<Vec<Thread>, DemoError> {
        let mut threads = Vec::new();
        for (file, text) in below("threads/") {
            let mut thread: Thread = self.decode(file, text)?;
            thread.nodes.sort_by_key(|node| node.date);
            threads.push(thread);
        }
        Ok(threads)
    }
}

/// References of all papers by key: the year of the moved date and the number within that year.
fn references(shift: Shift) -> Result<BTreeMap<String, String>, DemoError> {
    #[derive(Deserialize)]
    struct Dated {
        #[serde(deserialize_with = "day")]
        date: Date,
    }
    let mut dated = Vec::new();
    for (file, text) in below("papers/") {
        let (head, _) = split_head(file, text)?;
        let head: Value = Value::Table(toml::from_str(head).map_err(|error| syntax(file, &error))?);
        let head: Dated = head.try_into().map_err(|error| syntax(file, &error))?;
        dated.push((shift.day(head.date)?, stem(file)));
    }
    dated.sort_unstable();
    let mut numbers: BTreeMap<i16, u32> = BTreeMap::new();
    let mut references = BTreeMap::new();
    for (date, key) in dated {
        let number = numbers.entry(date.year()).or_default();
        *number += 1;
        references.insert(key.to_owned(), format!("{}/{number:03}", date.year()));
    }
    Ok(references)
}

fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(move |(file, _)| file.starts_with(folder))
}

fn text_of(file: &str) -> Result<&'static str, DemoError> {
    let found = FILES.iter().find(|(name, _)| *name == file);
    found.map(|(_, text)| *text).ok_or_else(|| DemoError::Missing(file.to_owned()))
}

fn stem(file: &'static str) -> &'static str {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn split_head<'a>(file: &str, text: &'a str) -> Result<(&'a str, &'a str), DemoError> {
    text.strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .ok_or_else(|| DemoError::Syntax { file: file.to_owned(), message: "a paper begins with TOML between two lines +++".to_owned() })
}

fn syntax(file: &str, error: &toml::de::Error) -> DemoError {
    DemoError::Syntax { file: file.to_owned(), message: error.to_string() }
}

fn in_file(file: &str, error: DemoError) -> DemoError {
    match error {
        DemoError::Date(message) => DemoError::Date(format!("{file}: {message}")),
        DemoError::Placeholder(text) => DemoError::Placeholder(format!("{file}: {text}")),
        other => other,
    }
}

/// Reads a date; TOML values hand dates over as text.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// Reads a date where there is one.
pub(crate) fn day_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
