//! Every object of a server beside what the database gives back, field by field.

use allmende_core::{Id, Site};
use allmende_council::store::kind_of;
use allmende_council::store::oparl::{self as loaders, Filter, Loading};
use allmende_db::{Db, DbError, sql};
use allmende_oparl::{AgendaItem, Common, Consultation, Embedded, Entity, File, Findings, Kind, Location, Membership, Object, read};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::HashMap;

/// The addresses that objects had on their server, by type and row.
type Origins = HashMap<(Kind, i64), String>;

/// All objects of a type as the database gives them back, by address.
pub fn loaded(db: &Db, site: Id<Site>, kind: Kind) -> Result<HashMap<String, Object>> {
    let loaded = db.read_blocking::<_, DbError>(site, move |tx| {
        let mut origins = Origins::new();
        tx.each(sql!("SELECT kind, object_id, url FROM council_origin"), &[], |row| {
            let kind: String = row.get(0)?;
            origins.insert((kind_of(&kind).unwrap_or(Kind::System), row.get(1)?), row.get(2)?);
            Ok(())
        })?;
        let loading = Loading {
            // A second station under one id, or a part without one, has a mark behind its address.
            address: &|kind, row| origins.get(&(kind, row)).and_then(|url| url.split('#').next()).unwrap_or("unknown").to_owned(),
            page: &|_, _, _| None,
            kept_file: &|_, _| String::new(),
            unseen: true,
            origin_property: "",
        };
        let filter = Filter { withdrawn: true, ..Filter::default() };
        let (mut all, mut offset) = (Vec::new(), 0);
        loop {
            let rows = loaders::ids(tx, kind, &filter, 100, offset)?;
            if rows.is_empty() {
                return Ok(all);
            }
            offset += 100;
            let before = tx.statements();
            macro_rules! objects {
                ($load:path) => {
                    all.extend($load(tx, &loading, &rows)?.into_iter().map(Entity::into_object))
                };
            }
            match kind {
                Kind::Organization => objects!(loaders::organizations),
                Kind::Person => objects!(loaders::persons),
                Kind::Meeting => objects!(loaders::meetings),
                Kind::Paper => objects!(loaders::papers),
                Kind::Consultation => objects!(loaders::consultations),
                Kind::Body => objects!(loaders::bodies),
                _ => {}
            }
            assert!(tx.statements() - before <= 9, "{} statements for a page of {kind:?}", tx.statements() - before);
        }
    })?;
    Ok(loaded.into_iter().map(|object| (object.common().id.clone(), object)).collect())
}

/// Fails if an object that the server sends is not what the database gives back.
pub fn same(received: &Value, kind: Kind, loaded: &mut HashMap<String, Object>) -> Result<()> {
    let mut expected = read(received, kind, &mut Findings::default()).context("an object")?;
    let id = expected.common().id.clone();
    let mut found = loaded.remove(&id).with_context(|| format!("{id} is not there"))?;
    settle(&mut expected, &mut found);
    if expected != found {
        let (expected, found) = (format!("{expected:?}"), format!("{found:?}"));
        let at = expected.bytes().zip(found.bytes()).position(|(one, other)| one != other).unwrap_or_default().saturating_sub(150);
        let near = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at.min(text.len())..(at + 500).min(text.len())]).into_owned();
        bail!("{id} differs:\nserver   …{}\ndatabase …{}", near(&expected), near(&found));
    }
    Ok(())
}

fn common(expected: &mut Common, from: Option<&Common>) {
    expected.strays.clear();
    if let Some(from) = from {
        expected.created = expected.created.or(expected.modified).or(from.created);
        expected.modified = expected.modified.or(from.modified);
    }
}

/// Puts aside what the import adds on purpose: dates of parts, positions, references back, and lists that are ours.
fn settle(expected: &mut Object, found: &mut Object) {
    if let (None, Some(_)) = (expected.common().modified, found.common().modified) {
        expected.common_mut().created = found.common().created;
        expected.common_mut().modified = found.common().modified;
    }
    let whole = expected.common().clone();
    common(expected.common_mut(), None);
    match (expected, found) {
        (Object::Body(expected), Object::Body(found)) => {
            let (location, mut terms) = (expected.location.take(), std::mem::take(&mut expected.legislative_term));
            **expected = allmende_oparl::Body { common: expected.common.clone(), name: expected.name.clone(), ags: expected.ags.clone(), ..found_lists(found) };
            terms.iter_mut().for_each(|term| part(term, &whole, |_| {}));
            expected.location = location.map(|place| place_of(place, &whole, found.location.as_ref()));
            expected.legislative_term = terms;
        }
        (Object::Organization(expected), Object::Organization(found)) => {
            expected.meeting = None;
            expected.consultation = None;
            expected.location = expected.location.take().map(|place| place_of(place, &whole, found.location.as_ref()));
            found.membership.retain(|url| expected.membership.contains(url));
            expected.membership.sort();
            found.membership.sort();
        }
        (Object::Person(expected), Object::Person(found)) => {
            expected.membership.sort_by(|one, other| one.id().cmp(other.id()));
            found.membership.sort_by(|one, other| one.id().cmp(other.id()));
            expected.membership.iter_mut().for_each(|membership| {
                part(membership, &whole, |membership: &mut Membership| membership.person = membership.person.take().or(Some(whole.id.clone())));
            });
        }
        (Object::Meeting(expected), Object::Meeting(found)) => {
            expected.location = expected.location.take().map(|place| place_of(place, &whole, found.location.as_ref()));
            for file in
                expected.invitation.iter_mut().chain(&mut expected.results_protocol).chain(&mut expected.verbatim_protocol).chain(&mut expected.auxiliary_file)
            {
                part(file, &whole, alone);
            }
            for (position, item) in (1..).zip(&mut expected.agenda_item) {
                let id = item.id().to_owned();
                let filled = found.agenda_item.iter_mut().find(|found| found.id() == id);
                part(item, &whole, |item| agenda_item(item, position, &whole.id));
                if let (Embedded::Object(item), Some(Embedded::Object(filled))) = (item, filled) {
                    filled.consultation = filled.consultation.take().filter(|_| item.consultation.is_some());
                }
            }
        }
        (Object::Paper(expected), Object::Paper(found)) => {
            expected.main_file.iter_mut().chain(&mut expected.auxiliary_file).for_each(|file| part(file, &whole, alone));
            expected.location = std::mem::take(&mut expected.location).into_iter().map(|place| place_of(place, &whole, None)).collect();
            for (station, filled) in expected.consultation.iter_mut().zip(&mut found.consultation) {
                part(station, &whole, |station| station.paper = station.paper.take().or(Some(whole.id.clone())));
                if let (Embedded::Object(station), Embedded::Object(filled)) = (station, filled) {
                    unfill(station, filled);
                }
            }
        }
        (Object::Consultation(expected), Object::Consultation(found)) => unfill(expected, found),
        _ => {}
    }
}

fn found_lists(found: &allmende_oparl::Body) -> allmende_oparl::Body {
    allmende_oparl::Body { location: None, legislative_term: Vec::new(), ..found.clone() }
}

fn unfill(expected: &Consultation, found: &mut Consultation) {
    found.agenda_item = found.agenda_item.take().filter(|_| expected.agenda_item.is_some());
    found.meeting = found.meeting.take().filter(|_| expected.meeting.is_some());
}

fn part<T: Entity>(part: &mut Embedded<T>, whole: &Common, settle: impl FnOnce(&mut T)) {
    if let Embedded::Object(object) = part {
        common(object.common_mut(), Some(whole));
        settle(object);
    }
}

/// A place without dates has those of the first object that embedded it.
fn place_of(mut place: Embedded<Location>, whole: &Common, found: Option<&Embedded<Location>>) -> Embedded<Location> {
    let dated = found.and_then(|found| found.object()).map_or(whole, |found| &found.common);
    part(&mut place, dated, |_| {});
    place
}

fn alone(file: &mut File) {
    file.paper.clear();
    file.meeting.clear();
    file.agenda_item.clear();
}

fn agenda_item(item: &mut AgendaItem, position: i64, meeting: &str) {
    item.order = item.order.or(Some(position));
    item.meeting = item.meeting.take().or(Some(meeting.to_owned()));
    let whole = item.common.clone();
    item.resolution_file.iter_mut().chain(&mut item.auxiliary_file).for_each(|file| part(file, &whole, alone));
}
