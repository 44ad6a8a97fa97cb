//! One received object with all that was embedded in it, taken apart: each object with its own JSON and digest.
//!
//! Pure. A [`Branch`] is what the store writes: the object without its parts, and the parts with the role they play. Parts
//! without an id get one from their parent's, and a consultation that stands twice in one paper (two stations under one
//! id) becomes two objects. Start with [`grow`].

use allmende_oparl::{Embedded, Encoding, Entity, Object};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

/// Half of a SHA-256: enough to tell whether an object changed, and to name an address in memory.
pub type Digest = [u8; 16];

/// What a part is to the object that embeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The object's only place, which the object's own row refers to.
    Location,
    /// One of several places of a paper.
    Place,
    /// A person's portrait, which the person's row refers to.
    Image,
    /// A file in the role that the database names so.
    File(&'static str),
    /// A term of a body.
    Term,
    /// A membership of a person.
    Membership,
    /// An item of a meeting's agenda.
    AgendaItem,
    /// A station of a paper.
    Consultation,
    /// An object where only an address belongs: stored, but not as a part.
    Stray,
}

/// A part of an object.
#[derive(Debug)]
pub struct Part {
    /// What it is there.
    pub role: Role,
    /// Its place among those of its role, from 1.
    pub position: i64,
    /// The part itself or its address.
    pub content: Content,
}

/// A part that came along, or only its address.
#[derive(Debug)]
pub enum Content {
    /// The part.
    Here(Branch),
    /// Its address.
    Elsewhere(String),
}

/// An object without its parts, and its parts.
#[derive(Debug)]
pub struct Branch {
    /// Its address: its id, or made from its parent's.
    pub url: String,
    /// The object. Embedded objects were moved to `parts`.
    pub object: Object,
    /// Its JSON as received; parts with an id stand there by their id.
    pub raw: String,
    /// Of the whole object with all parts.
    pub digest: Digest,
    /// In the order of the standard.
    pub parts: Vec<Part>,
}

impl Branch {
    /// How many objects this is.
    #[must_use]
    pub fn size(&self) -> u64 {
        1 + self.parts.iter().map(|part| if let Content::Here(branch) = &part.content { branch.size() } else { 0 }).sum::<u64>()
    }
}

/// The digest of a text.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Digest {
    let mut half = Digest::default();
    half.copy_from_slice(&Sha256::digest(bytes)[..16]);
    half
}

/// The digest of a JSON value, whatever the order of its properties.
#[must_use]
pub fn digest_of_json(value: &Value) -> Digest {
    let mut text = String::with_capacity(2048);
    canonical(value, &mut text);
    digest_of(text.as_bytes())
}

fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in entries {
                let _ = write!(out, "{}:{key}", key.len());
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
            }
            out.push(']');
        }
        // Lengths before texts: no text can pass for structure.
        Value::String(text) => {
            let _ = write!(out, "{}\"{text}", text.len());
        }
        other => {
            let _ = write!(out, "{other},");
        }
    }
}

/// Takes an object apart. `value` is what `object` was read from, `digest` that of `value`.
#[must_use]
pub fn grow(object: Object, mut value: Value, digest: Digest) -> Branch {
    let mut ids = HashSet::new();
    collect_ids(&object, &mut ids);
    let mut raws = Raws::default();
    if ids.len() > 1 {
        raws.take_from(&mut value, true, &ids);
    }
    let url = object.common().id.clone();
    let mut taken = HashMap::new();
    branch(object, url, value.to_string(), digest, &mut raws, &mut taken)
}

type Taken = HashMap<String, (u32, Digest)>;

fn branch(mut object: Object, url: String, raw: String, digest: Digest, raws: &mut Raws, taken: &mut Taken) -> Branch {
    let mut detached = Vec::new();
    detach(&mut object, &mut detached);
    let mut counts: Vec<(Role, i64)> = Vec::new();
    let mut parts = Vec::with_capacity(detached.len());
    for (role, part) in detached {
        let position = match counts.iter_mut().find(|(counted, _)| *counted == role) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                counts.push((role, 1));
                1
            }
        };
        let content = match part {
            Detached::Reference(url) => Content::Elsewhere(url),
            Detached::Object(part) => whole_part(part, role, position, &url, raws, taken),
        };
        parts.push(Part { role, position, content });
    }
    Branch { url, object, raw, digest, parts }
}

fn whole_part(part: Object, role: Role, position: i64, parent: &str, raws: &mut Raws, taken: &mut Taken) -> Content {
    let id = part.common().id.clone();
    let (raw, digest) = raws.next(&id).unwrap_or_else(|| {
        let raw = part.to_json(&Encoding::faithful(allmende_oparl::time::berlin()));
        (raw.to_string(), digest_of_json(&raw))
    });
    let mut url = if id.is_empty() { format!("{parent}#{}/{position}", role_name(role)) } else { id };
    match taken.get_mut(&url) {
        // The same object once more, as a file in two roles: one row.
        Some((_, first)) if *first == digest => return Content::Elsewhere(url),
        Some((count, _)) if role == Role::Consultation => {
            *count += 1;
            let count = *count;
            let _ = write!(url, "#{count}");
        }
        Some(_) => return Content::Elsewhere(url),
        None => {
            taken.insert(url.clone(), (1, digest));
        }
    }
    Content::Here(branch(part, url, raw, digest, raws, taken))
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Location | Role::Place => "location",
        Role::Image => "image",
        Role::File(role) => role,
        Role::Term => "term",
        Role::Membership => "membership",
        Role::AgendaItem => "agendaItem",
        Role::Consultation => "consultation",
        Role::Stray => "stray",
    }
}

enum Detached {
    Object(Object),
    Reference(String),
}

fn take<T: Entity>(role: Role, embedded: Embedded<T>, out: &mut Vec<(Role, Detached)>) {
    out.push((
        role,
        match embedded {
            Embedded::Reference(url) => Detached::Reference(url),
            Embedded::Object(object) => Detached::Object(object.into_object()),
        },
    ));
}

/// Moves what is embedded in an object out of it.
fn detach(object: &mut Object, out: &mut Vec<(Role, Detached)>) {
    macro_rules! out {
        ($($role:expr => $field:expr),* $(,)?) => {{
            $($field.into_iter().for_each(|embedded| take($role, embedded, out));)*
        }};
    }
    match object {
        Object::Body(body) => out!(Role::Location => body.location.take(), Role::Term => std::mem::take(&mut body.legislative_term)),
        Object::Organization(organization) => out!(Role::Location => organization.location.take()),
        Object::Person(person) => {
            out!(Role::Location => person.location_object.take(), Role::Image => person.image.take(),
                 Role::Membership => std::mem::take(&mut person.membership));
        }
        Object::Meeting(meeting) => {
            out!(Role::Location => meeting.location.take(), Role::File("invitation") => meeting.invitation.take(),
                 Role::File("results") => meeting.results_protocol.take(), Role::File("verbatim") => meeting.verbatim_protocol.take(),
                 Role::File("auxiliary") => std::mem::take(&mut meeting.auxiliary_file),
                 Role::AgendaItem => std::mem::take(&mut meeting.agenda_item));
        }
        Object::AgendaItem(item) => {
            out!(Role::File("resolution") => item.resolution_file.take(), Role::File("auxiliary") => std::mem::take(&mut item.auxiliary_file));
        }
        Object::Paper(paper) => {
            out!(Role::File("main") => paper.main_file.take(), Role::File("auxiliary") => std::mem::take(&mut paper.auxiliary_file),
                 Role::Place => std::mem::take(&mut paper.location), Role::Consultation => std::mem::take(&mut paper.consultation));
        }
        _ => {}
    }
    for stray in std::mem::take(&mut object.common_mut().strays) {
        // Without an id nobody could refer to it.
        if !stray.common().id.is_empty() {
            out.push((Role::Stray, Detached::Object(stray)));
        }
    }
}

fn collect_ids(object: &Object, ids: &mut HashSet<String>) {
    fn add<T: Entity + Clone>(embedded: &Embedded<T>, ids: &mut HashSet<String>, deeper: impl Fn(&T, &mut HashSet<String>)) {
        if let Embedded::Object(object) = embedded {
            ids.insert(object.common().id.clone());
            deeper(object, ids);
            strays(object.common(), ids);
        }
    }
    fn strays(common: &allmende_oparl::Common, ids: &mut HashSet<String>) {
        for stray in &common.strays {
            collect_ids(stray, ids);
        }
    }
    fn nothing<T>(_: &T, _: &mut HashSet<String>) {}
    ids.insert(object.common().id.clone());
    strays(object.common(), ids);
    match object {
        Object::Body(body) => {
            body.location.iter().for_each(|part| add(part, ids, nothing));
            body.legislative_term.iter().for_each(|part| add(part, ids, nothing));
        }
        Object::Organization(organization) => organization.location.iter().for_each(|part| add(part, ids, nothing)),
        Object::Person(person) => {
            person.location_object.iter().for_each(|part| add(part, ids, nothing));
            person.image.iter().for_each(|part| add(part, ids, nothing));
            person.membership.iter().for_each(|part| add(part, ids, nothing));
        }
        Object::Meeting(meeting) => {
            meeting.location.iter().for_each(|part| add(part, ids, nothing));
            let files = meeting.invitation.iter().chain(&meeting.results_protocol).chain(&meeting.verbatim_protocol).chain(&meeting.auxiliary_file);
            files.for_each(|part| add(part, ids, nothing));
            meeting.agenda_item.iter().for_each(|part| {
                add(part, ids, |item, ids| item.resolution_file.iter().chain(&item.auxiliary_file).for_each(|file| add(file, ids, nothing)));
            });
        }
        Object::AgendaItem(item) => item.resolution_file.iter().chain(&item.auxiliary_file).for_each(|file| add(file, ids, nothing)),
        Object::Paper(paper) => {
            paper.main_file.iter().chain(&paper.auxiliary_file).for_each(|part| add(part, ids, nothing));
            paper.location.iter().for_each(|part| add(part, ids, nothing));
            paper.consultation.iter().for_each(|part| add(part, ids, nothing));
        }
        _ => {}
    }
}

/// The JSON of each part, by its id, in the order in which it stood.
#[derive(Default)]
struct Raws(HashMap<String, VecDeque<(String, Digest)>>);

impl Raws {
    /// Takes the parts out of a value; each is replaced by its id.
    fn take_from(&mut self, value: &mut Value, is_whole: bool, ids: &HashSet<String>) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.take_from(item, false, ids)),
            Value::Object(map) => {
                let id = map.get("id").and_then(Value::as_str).map(str::trim).filter(|id| !is_whole && ids.contains(*id)).map(str::to_owned);
                let digest = id.is_some().then(|| digest_of_json(value));
                if let Value::Object(map) = value {
                    map.values_mut().for_each(|inner| self.take_from(inner, false, ids));
                }
                if let (Some(id), Some(digest)) = (id, digest) {
                    let raw = std::mem::replace(value, Value::String(id.clone()));
                    self.0.entry(id).or_default().push_back((raw.to_string(), digest));
                }
            }
            _ => {}
        }
    }

    fn next(&mut self, id: &str) -> Option<(String, Digest)> {
        self.0.get_mut(id)?.pop_front()
    }
}
