//! The town's processes: made, published and taken part in by the functions that the pages use, each on its own day.

use super::weighing::answered_on;
use allmende_core::{Actor, Id, Instant, Language, Role, Site};
use allmende_db::{Clock, Db, Tx};
use allmende_demo::{Process, ProcessStatement, Town};
use allmende_dialogue::pages::own::take_back;
use allmende_dialogue::place::Marked;
use allmende_dialogue::rules::{self, Acts, Channel, Period, State};
use allmende_dialogue::store::participants::{self, Participant};
use allmende_dialogue::store::phases::{self, NewPhase};
use allmende_dialogue::store::processes::{self, About, Ways};
use allmende_dialogue::store::statements::{self, New};
use allmende_dialogue::store::versions::{self, NewVersion};
use allmende_dialogue::templates::{self, start_of};
use allmende_places::drawn::Shape;
use allmende_platform::texts::Speaker;
use allmende_platform::web::Fields;
use allmende_platform::{AppError, departments, people};
use allmende_texts::{Anchor, Format, Limits, Text, read};
use anyhow::{Context, Result, anyhow};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Hours after the beginning of a day at which something happens.
const HOUR: i64 = 10;

/// Makes all processes of a site that had begun or were announced by today.
///
/// # Errors
/// What the database reports; a process that names no paragraph of its text.
pub(super) fn write(db: &Db, site: Id<Site>, town: &Arc<Town>, zone: &TimeZone) -> Result<()> {
    if town.processes.is_empty() {
        return Ok(());
    }
    let t = crate::rooms::texts()?.speak(Language::German);
    for process in &town.processes {
        one(db, site, process, t, zone).with_context(|| process.key.clone())?;
    }
    Ok(())
}

/// The database as it was on a day.
pub(super) fn on(db: &Db, day: Date, zone: &TimeZone, hour: i64) -> Db {
    db.with_clock(Clock::Fixed(start_of(day, zone).plus_seconds(hour * 3_600)))
}

fn one(db: &Db, site: Id<Site>, process: &Process, t: Speaker, zone: &TimeZone) -> Result<()> {
    let template = templates::find(&process.template).with_context(|| process.template.clone())?;
    let (own, zone_of) = (process.clone(), zone.clone());
    let (id, part) = on(db, process.published, zone, HOUR - 1).write_blocking::<_, AppError>(site, move |tx| {
        let ways = Ways { answer_days: own.answer_days, ..template.ways() };
        let about = about(tx, &own)?;
        let id = processes::insert(tx, template.key, &about, &ways, None, &Actor::System)?;
        let part = phases::insert_part(tx, id, &template.part(t))?;
        phases::replace(tx, id, &phases_of(&own, part, &zone_of))?;
        Ok((id, part))
    })?;
    let mut pending: Vec<&ProcessStatement> = process.statements.iter().collect();
    for (index, version) in process.versions.iter().enumerate() {
        let text = text_of(&version.text)?;
        let before: Vec<&ProcessStatement> = pending.extract_if(.., |statement| index > 0 && statement.date < version.date).collect();
        for statement in before {
            say(db, site, id, part, process, statement, zone)?;
        }
        let (note, is_first) = (version.note.clone(), index == 0);
        on(db, version.date, zone, HOUR).write_blocking::<_, AppError>(site, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            let new = NewVersion { title: process.title.clone(), note: note.clone(), left_out: "[]".to_owned(), file_name: String::new() };
            let version = versions::keep_draft(tx, part, text.clone(), &new)?;
            let version = versions::find(tx, version)?.ok_or(AppError::NotFound)?;
            versions::publish(tx, &process, &version, &Actor::System)?;
            if is_first { Ok(processes::publish(tx, id, &Actor::System)?) } else { Ok(()) }
        })?;
    }
    if process.versions.is_empty() {
        on(db, process.published, zone, HOUR).write_blocking::<_, AppError>(site, move |tx| Ok(processes::publish(tx, id, &Actor::System)?))?;
    }
    // What was said after the answers is said after them: see `weighing`.
    let is_early = |statement: &&ProcessStatement| answered_on(process).is_none_or(|day| statement.date <= day);
    pending.into_iter().filter(is_early).try_for_each(|statement| say(db, site, id, part, process, statement, zone))
}

fn about(tx: &mut Tx<'_>, process: &Process) -> Result<About, AppError> {
    let office = departments::list(tx)?.into_iter().find(|department| department.name.contains("Umwelt"));
    Ok(About {
        title: process.title.clone(),
        lead: process.lead.clone(),
        open_text: process.open.clone(),
        fixed_text: process.fixed.clone(),
        decides: process.decides.clone(),
        decides_on: process.decides_on,
        paper_way: process.paper.clone(),
        contact: office.as_ref().and_then(|office| office.contact.clone()).unwrap_or_default(),
        department: office.map(|office| office.id),
    })
}

fn phases_of(process: &Process, part: i64, zone: &TimeZone) -> Vec<NewPhase> {
    let phase = |phase: &allmende_demo::ProcessPhase| NewPhase {
        part: Some(part),
        title: phase.title.clone(),
        note: phase.note.clone(),
        period: Period { starts_at: start_of(phase.from, zone), ends_at: start_of(phase.until.saturating_add(1.day()), zone), acts: Acts::parse(&phase.acts) },
    };
    process.phases.iter().map(phase).collect()
}

fn text_of(markdown: &str) -> Result<Text> {
    Ok(read(Format::Markdown, markdown.as_bytes(), &Limits::default()).map_err(|error| anyhow!("{error}"))?.text)
}

/// One statement on its day, by a guest whose address was confirmed or as it came on paper, with those who support it.
pub(super) fn say(db: &Db, site: Id<Site>, process: i64, part: i64, own: &Process, said: &ProcessStatement, zone: &TimeZone) -> Result<()> {
    let (said, days, day_zone) = (said.clone(), own.answer_days, zone.clone());
    on(db, said.date, zone, HOUR + 2).write_blocking::<_, AppError>(site, move |tx| {
        let (found, version) = (processes::find(tx, process)?.ok_or(AppError::NotFound)?, versions::newest_public(tx, part)?.ok_or(AppError::NotFound)?);
        let channel = said.channel.as_deref().and_then(Channel::of).unwrap_or(Channel::Web);
        let participant = if channel == Channel::Web { Some(author(tx, process, &said.author)?) } else { None };
        let shown = versions::shown(tx, &version)?;
        let unit = shown.text.units().iter().find(|unit| !said.at.is_empty() && unit.text.starts_with(&said.at));
        if unit.is_none() && !said.at.is_empty() {
            return Err(AppError::Internal(anyhow!("no paragraph begins with: {}", said.at)));
        }
        let anchor = unit.map(|unit| Anchor::whole(&shown.text, unit.id)).transpose().map_err(|error| AppError::Internal(anyhow!("{error}")))?;
        let place = place_of(tx, &said.place)?;
        let now: Instant = tx.now()?;
        let new = New {
            part,
            version: version.id,
            anchor,
            participant,
            author_name: said.author.clone(),
            text: said.text.clone(),
            suggestion: None,
            place,
            channel,
            state: State::Public,
            submitted_at: now,
            answer_by: rules::answer_by(now.at(&day_zone).date(), days),
            once: format!("demo {process} {} {}", said.date, said.text),
        };
        let sent = statements::insert(tx, &found, &new, &Actor::System)?;
        for number in 0..said.supports {
            let supporter = guest(tx, process, &format!("Mensch {}", number + 1))?;
            statements::add_support(tx, sent.id, supporter)?;
        }
        if said.is_withdrawn {
            let row = statements::find(tx, sent.id)?.ok_or(AppError::NotFound)?;
            take_back(tx, &found, &row)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A place as a form would send it: an address, or a drawing, in the file as `Point [7.05,54.38]`.
fn place_of(tx: &mut Tx<'_>, said: &str) -> Result<Option<String>, AppError> {
    let sent = match said.split_once(" [") {
        Some((kind, coordinates)) => ("drawn".to_owned(), format!("{{\"type\":\"{kind}\",\"coordinates\":[{coordinates}}}")),
        None => ("place".to_owned(), said.to_owned()),
    };
    let marked = Marked::read(&Fields::new(vec![sent]), &Shape::ALL)?;
    let place = marked.map(|marked| marked.resolve(tx, &crate::rooms::offers())).transpose()?;
    Ok(place.map(|place| place.json().to_string()))
}

/// Who says something: the account that bears the name, so that its page is not empty; else a guest.
pub(super) fn author(tx: &mut Tx<'_>, process: i64, name: &str) -> Result<Id<Participant>, AppError> {
    let plain = |name: &str| name.replace(' ', "");
    match people::list_with_role(tx, Role::Resident)?.into_iter().find(|person| plain(&person.name) == plain(name)) {
        Some(person) => Ok(participants::of_account(tx, process, person.id, &person.name)?.id),
        None => guest(tx, process, name),
    }
}

/// A guest of the process with a confirmed, invented address.
pub(super) fn guest(tx: &mut Tx<'_>, process: i64, name: &str) -> Result<Id<Participant>, AppError> {
    let email = format!("{}@gast.example", allmende_core::fold::slug(name));
    let known = participants::of_guest(tx, process, &email, name, Language::German)?;
    participants::confirm(tx, "", known.id)?;
    Ok(known.id)
}
