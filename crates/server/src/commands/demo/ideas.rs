//! The town's collections of ideas, its monthly topic and its discussion: made and taken part in by the functions that the pages use,
//! each on its own day. The texts stand in `demo/musterau/ideas.toml`.

use super::dialogue::{author, guest, on};
use super::pictures::{Drawing, draw};
use allmende_audience::LetterCode;
use allmende_core::{Actor, Id, Language, Site, hex};
use allmende_db::Db;
use allmende_demo::Town;
use allmende_dialogue::audience::new_codes;
use allmende_dialogue::audience::store::{self as audience, NewBatch};
use allmende_dialogue::formats::discussion::rules::Stance;
use allmende_dialogue::formats::discussion::store::{self as comments, On};
use allmende_dialogue::formats::ideas::rules::{Answer, Settings, State};
use allmende_dialogue::formats::ideas::store::{self as ideas, desk, pictures};
use allmende_dialogue::rules::{self, Audience, State as Stands};
use allmende_dialogue::store::phases::{self, Part};
use allmende_dialogue::store::processes::{self, About, Ways};
use allmende_dialogue::templates::{self, Template};
use allmende_platform::files::Files;
use allmende_platform::picture_store;
use allmende_platform::seal::Seal;
use allmende_platform::search::Point;
use allmende_platform::sessions::digest_of;
use allmende_platform::{AppError, departments};
use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

const FILE: &str = include_str!("../../../../../demo/musterau/ideas.toml");
/// Hours after the beginning of a day at which something happens.
const HOUR: i64 = 11;

#[derive(Debug, Deserialize)]
struct File {
    process: Vec<Process>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Process {
    template: String,
    title: String,
    lead: String,
    open: String,
    fixed: String,
    decides: String,
    /// Days before today on which it begins.
    starts: i32,
    /// How long one can take part.
    days: i32,
    answer_days: Option<i64>,
    categories: Vec<String>,
    per_person: Option<i64>,
    to_council: Option<i64>,
    /// Codes for letters, without which nobody takes part; 0 for a process that is open to everybody with an address.
    #[serde(default)]
    letter_codes: usize,
    #[serde(default)]
    idea: Vec<Idea>,
    #[serde(default)]
    comment: Vec<Comment>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Idea {
    title: String,
    text: String,
    author: String,
    category: Option<String>,
    place: Option<String>,
    day: i32,
    supports: usize,
    answer: Option<String>,
    answer_text: Option<String>,
    merged_into: Option<String>,
    reason: Option<String>,
    hidden: Option<String>,
    picture: Option<Drawing>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    author: String,
    text: String,
    day: i32,
    stance: Option<String>,
    /// The author of the comment before that this one answers.
    answers: Option<String>,
    /// The title of the idea that it is on; without it, on the discussion.
    on: Option<String>,
}

/// Where a process stands in the database.
struct Place<'a> {
    db: &'a Db,
    site: Id<Site>,
    zone: &'a TimeZone,
    begins: Date,
    process: i64,
    part: i64,
    files: &'a Files,
}

impl Place<'_> {
    /// The database as it was so many days after the beginning.
    fn at(&self, day: i32) -> Db {
        on(self.db, self.begins.saturating_add(day.days()), self.zone, HOUR)
    }
}

/// Makes all of it. A district has none of its own.
///
/// # Errors
/// What the database reports; a file that names what is not there.
pub(super) fn write(db: &Db, site: Id<Site>, town: &Arc<Town>, zone: &TimeZone, (seal, files): (&Seal, &Files)) -> Result<()> {
    let file: File = toml::from_str(FILE).context("demo/musterau/ideas.toml")?;
    for process in &file.process {
        one(db, site, town, process, zone, (seal, files)).with_context(|| process.title.clone())?;
    }
    Ok(())
}

fn one(db: &Db, site: Id<Site>, town: &Arc<Town>, process: &Process, zone: &TimeZone, (seal, files): (&Seal, &Files)) -> Result<()> {
    let template = templates::find(&process.template).with_context(|| process.template.clone())?;
    let begins = town.today.saturating_sub(process.starts.days());
    let own = process.clone();
    let day_zone = zone.clone();
    let (id, part) =
        on(db, begins.saturating_sub(7.days()), zone, HOUR).write_blocking::<_, AppError>(site, move |tx| make(tx, template, &own, begins, &day_zone))?;
    if process.letter_codes > 0 {
        let code = codes(db, site, id, process.letter_codes, seal)?;
        println!("{}: {} ({})", process.title, code.printed(), crate::rooms::texts()?.speak(Language::German).get("audience-code"));
    }
    let place = Place { db, site, zone, begins, process: id, part, files };
    let mut rows = HashMap::new();
    for idea in &process.idea {
        rows.insert(idea.title.clone(), propose(&place, town, idea)?);
    }
    for idea in &process.idea {
        settle(&place, idea, &rows, process.days)?;
    }
    let mut said = HashMap::new();
    process.comment.iter().try_for_each(|comment| say(&place, comment, &rows, &mut said))
}

fn make(tx: &mut allmende_db::Tx<'_>, template: &Template, process: &Process, begins: Date, zone: &TimeZone) -> Result<(i64, i64), AppError> {
    let texts = crate::rooms::texts().map_err(anyhow::Error::from)?;
    let t = texts.speak(Language::German);
    let office = departments::list(tx)?.into_iter().next();
    let about = About {
        title: process.title.clone(),
        lead: process.lead.clone(),
        open_text: process.open.clone(),
        fixed_text: process.fixed.clone(),
        decides: process.decides.clone(),
        contact: office.as_ref().and_then(|office| office.contact.clone()).unwrap_or_default(),
        department: office.map(|office| office.id),
        ..About::default()
    };
    let ways = Ways { answer_days: process.answer_days, ..template.ways() };
    let ways = if process.letter_codes > 0 { Ways { audience: Audience::letter_code(), ..ways } } else { ways };
    let id = processes::insert(tx, template.key, &about, &ways, None, &Actor::System)?;
    let settings =
        Settings { categories: process.categories.clone(), per_person: process.per_person, supports_per_person: None, to_council: process.to_council };
    let part = phases::insert_part(tx, id, &Part { settings: settings.json(), ..template.part(t) })?;
    let mut own = template.phases(t, part, begins, zone);
    if let [first, rest @ ..] = own.as_mut_slice() {
        let ends = templates::start_of(begins.saturating_add(process.days.days()), zone);
        first.period.ends_at = ends;
        for phase in rest {
            phase.period.starts_at = ends;
            phase.period.ends_at = ends.plus_seconds(28 * 86_400);
        }
    }
    phases::replace(tx, id, &own)?;
    processes::publish(tx, id, &Actor::System)?;
    Ok((id, part))
}

/// Codes for the letters of a process, as the desk makes them; one of them is told, so that whoever looks around can use it.
fn codes(db: &Db, site: Id<Site>, process: i64, count: usize, seal: &Seal) -> Result<LetterCode> {
    let codes = new_codes(count)?;
    let (own, seal) = (codes.clone(), seal.clone());
    let batch = NewBatch { kind: "letter_code", title: "Haushalte am Anger".to_owned(), uses: 1 };
    db.write_blocking::<_, AppError>(site, move |tx| Ok(audience::insert_codes(tx, &seal, process, &batch, &own)?))?;
    codes.into_iter().next().context("no code")
}

/// A key as a form would bear it, the same in each demo.
fn key(text: &str) -> String {
    hex(&digest_of(text))
}

fn propose(place: &Place<'_>, town: &Arc<Town>, idea: &Idea) -> Result<i64> {
    let (own, process, part, zone) = (idea.clone(), place.process, place.part, place.zone.clone());
    let known = idea.place.as_ref().map(|name| town.places.iter().find(|place| place.name == *name).with_context(|| format!("no place {name}"))).transpose()?;
    let point = known.map(|place| Point { longitude: place.longitude, latitude: place.latitude });
    let picture =
        idea.picture.as_ref().map(|own| Ok::<_, anyhow::Error>((picture_store::keep(place.files, &draw(own)?)?, own.description.clone()))).transpose()?;
    let id = place.at(idea.day).write_blocking::<_, AppError>(place.site, move |tx| {
        let found = processes::find(tx, process)?.ok_or(AppError::NotFound)?;
        let (now, author) = (tx.now()?, author(tx, process, &own.author)?);
        let new = ideas::New {
            part,
            participant: Some(author),
            author_name: own.author.clone(),
            title: own.title.clone(),
            text: own.text.clone(),
            category: own.category.clone(),
            place: own.place.clone(),
            point,
            state: State::Public,
            submitted_at: now,
            answer_by: rules::answer_by(now.at(&zone).date(), found.answer_days),
            once: key(&own.title),
        };
        let sent = ideas::insert(tx, &found, &Settings::default(), &new, &Actor::System)?;
        if let Some((picture, description)) = &picture {
            pictures::put(tx, sent.id, picture, description)?;
        }
        let idea = ideas::find_row(tx, sent.id)?.ok_or(AppError::NotFound)?;
        for number in 0..own.supports {
            let supporter = guest(tx, process, &format!("Mensch {}", number + 1))?;
            ideas::add_support(tx, &idea, supporter)?;
        }
        Ok(sent.id)
    })?;
    Ok(id)
}

/// What the house did with an idea, some days later.
fn settle(place: &Place<'_>, idea: &Idea, rows: &HashMap<String, i64>, days: i32) -> Result<()> {
    let id = rows.get(&idea.title).copied().with_context(|| idea.title.clone())?;
    let into = idea.merged_into.as_ref().map(|title| rows.get(title).copied().with_context(|| title.clone())).transpose()?;
    let answer = idea.answer.as_deref().map(|key| Answer::of(key).with_context(|| key.to_owned())).transpose()?;
    if into.is_none() && answer.is_none() && idea.hidden.is_none() {
        return Ok(());
    }
    let (own, process) = (idea.clone(), place.process);
    // An answer comes within the time of the process, so that none lies ahead of today.
    place.at((idea.day + 3).min(days)).write_blocking::<_, AppError>(place.site, move |tx| {
        let found = processes::find(tx, process)?.ok_or(AppError::NotFound)?;
        let idea = ideas::find_row(tx, id)?.ok_or(AppError::NotFound)?;
        let office = departments::list(tx)?.into_iter().next().map(|office| office.id);
        if let Some(answer) = answer {
            desk::answer(tx, &idea, answer, own.answer_text.as_deref().unwrap_or_default(), office, &Actor::System)?;
        }
        if let Some(into) = into {
            let into = ideas::find_row(tx, into)?.ok_or(AppError::NotFound)?;
            desk::merge(tx, &found, &idea, &into, own.reason.as_deref().unwrap_or_default(), &Actor::System)?;
        }
        if let Some(reason) = &own.hidden {
            ideas::set_state(tx, &found, &idea, State::Hidden, Some(reason), &Actor::System)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The latest comment of an author on a thing: row, thread, depth.
type Said = HashMap<(On, String), (i64, i64, i64)>;

fn say(place: &Place<'_>, comment: &Comment, rows: &HashMap<String, i64>, said: &mut Said) -> Result<()> {
    let on = match &comment.on {
        Some(title) => On::Idea(rows.get(title).copied().with_context(|| title.clone())?),
        None => On::Part(place.part),
    };
    let parent = comment.answers.as_ref().map(|author| said.get(&(on, author.clone())).copied().with_context(|| author.clone())).transpose()?;
    let (own, process) = (comment.clone(), place.process);
    let number = said.len();
    let id = place.at(comment.day).write_blocking::<_, AppError>(place.site, move |tx| {
        let found = processes::find(tx, process)?.ok_or(AppError::NotFound)?;
        let new = comments::New {
            on,
            parent,
            participant: Some(author(tx, process, &own.author)?),
            author_name: own.author.clone(),
            stance: own.stance.as_deref().and_then(Stance::of),
            text: own.text.clone(),
            state: Stands::Public,
            submitted_at: tx.now()?,
            once: key(&format!("{process} {number} {} {}", own.day, own.text)),
        };
        comments::insert(tx, &found, &new)
    })?;
    let (root, depth) = parent.map_or((id, 0), |(_, root, depth)| (root, depth + 1));
    said.insert((on, comment.author.clone()), (id, root, depth));
    Ok(())
}
