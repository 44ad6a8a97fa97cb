//! Writes what an import received: an object with its parts, references to objects not yet seen, what vanished.
//!
//! A [`Writer`] lives for one transaction. It reads the run's memory of known addresses ([`Known`]) and keeps what is new to
//! itself until the transaction has committed: closures may be repeated. Start with [`Writer::write`]; ties and parts stand in `ties`,
//! nodes of the thread in `threads`.

mod threads;
mod ties;

use self::ties::is_exclusive;
use crate::import::tree::{Branch, Content, Digest, Role, digest_of};
use crate::store::import_batch::{Batch, Owned};
use crate::store::import_links as links;
use crate::store::import_memory::{Count, Entry, Known, Noted, Outcome, Plan};
use crate::store::import_objects::{self as objects, Shared};
use crate::store::{kind_key, noted};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{Common, Defect, Kind, Object};
use std::collections::HashSet;

/// The object that embeds the one being written.
struct Whole<'w> {
    kind: Kind,
    id: i64,
    url: &'w str,
    created_at: i64,
    modified_at: i64,
    path: Option<&'w str>,
    starts_at: Option<i64>,
}

/// Writes objects in one transaction.
pub struct Writer<'w, 'c> {
    tx: &'w mut Tx<'c>,
    plan: &'w Plan,
    known: &'w Known,
    outcome: Outcome,
    batch: Batch,
    body_id: Option<i64>,
    /// What was written or taken away: others are derived from it.
    written: Vec<(Kind, i64)>,
}

impl<'w, 'c> Writer<'w, 'c> {
    /// A writer on a transaction.
    ///
    /// # Errors
    /// `DbError::NoSite` if the transaction is no site's.
    pub fn new(tx: &'w mut Tx<'c>, plan: &'w Plan, known: &'w Known) -> Result<Self, DbError> {
        let batch = Batch::new(tx.site()?.get(), plan.source_id);
        let body_id = plan.only_body.as_deref().and_then(|url| known.get(url)).map(|entry| entry.id);
        Ok(Self { tx, plan, known, outcome: Outcome::default(), batch, body_id, written: Vec::new() })
    }

    /// Says whose list is being written.
    pub fn within(&mut self, body: Option<&str>) {
        self.body_id = body.and_then(|url| self.lookup(url)).map(|entry| entry.id).or(self.body_id);
    }

    /// Writes what waits and tells what was done.
    ///
    /// # Errors
    /// What the database reports.
    pub fn finish(mut self) -> Result<Outcome, DbError> {
        self.batch.flush(self.tx)?;
        noted::note(self.tx, &self.written)?;
        Ok(self.outcome)
    }

    /// Writes an object that stood in a list or under its own address.
    ///
    /// # Errors
    /// What the database reports.
    pub fn write(&mut self, branch: &Branch) -> Result<(), DbError> {
        self.compare_modified(branch)?;
        if let Some(id) = self.branch(branch, Role::Stray, 0, None)? {
            self.outcome.seen.entry(branch.object.kind()).or_default().push(id);
        }
        Ok(())
    }

    /// Notes if an object changed but its `modified` did not move.
    fn compare_modified(&mut self, branch: &Branch) -> Result<(), DbError> {
        if self.lookup(&branch.url).is_none_or(|entry| entry.alone.is_none_or(|alone| alone == branch.digest)) {
            return Ok(());
        }
        self.batch.flush(self.tx)?;
        let site = self.tx.site()?;
        let before: Option<Option<String>> =
            self.tx.find(sql!("SELECT raw FROM council_origin WHERE site_id = $1 AND url = $2"), &[&site, &branch.url], |row| row.get(0))?;
        let before: Option<serde_json::Value> = before.flatten().and_then(|raw| serde_json::from_str(&raw).ok());
        let modified = before.as_ref().and_then(|value| value.get("modified")?.as_str()).and_then(allmende_oparl::time::read_instant);
        if modified.is_some_and(|(modified, _)| Some(modified) == branch.object.common().modified) {
            self.note(Defect::ParentNotModified, branch.object.kind(), &branch.url, String::new());
        }
        Ok(())
    }

    /// Counts an object that is as it was, and marks it as seen.
    pub fn pass_over(&mut self, entry: Entry) {
        self.count(entry.kind).unchanged += 1;
        self.outcome.seen.entry(entry.kind).or_default().push(entry.id);
    }

    /// Withdraws an object that the server no longer has, with all its parts.
    ///
    /// # Errors
    /// What the database reports.
    pub fn withdraw(&mut self, url: &str, entry: Entry, modified_at: i64) -> Result<(), DbError> {
        self.batch.flush(self.tx)?;
        if !objects::withdraw(self.tx, entry.kind, entry.id, modified_at)? {
            return Ok(());
        }
        self.count(entry.kind).withdrawn += 1;
        self.written.push((entry.kind, entry.id));
        let site = self.tx.site()?;
        self.tx.execute(sql!("UPDATE council_origin SET digest = NULL, digest_alone = NULL WHERE site_id = $1 AND url = $2"), &[&site, &url])?;
        self.outcome.fresh.insert(digest_of(url.as_bytes()), Entry { embedded: None, alone: None, ..entry });
        self.withdraw_node(entry.kind, entry.id)?;
        links::delete_all(self.tx, entry.kind, entry.id)?;
        self.vanish(url, &HashSet::new(), modified_at)
    }

    /// [`Writer::withdraw`] for an object whose address is empty now.
    ///
    /// # Errors
    /// What the database reports.
    pub fn withdraw_missing(&mut self, url: &str, entry: Entry) -> Result<(), DbError> {
        let entry = self.lookup(url).unwrap_or(entry);
        self.withdraw(url, entry, self.plan.started_at)
    }

    fn count(&mut self, kind: Kind) -> &mut Count {
        self.outcome.counts.entry(kind).or_default()
    }

    fn note(&mut self, defect: Defect, kind: Kind, object: &str, detail: String) {
        self.outcome.noted.push(Noted { defect, kind, object: object.to_owned(), detail });
    }

    fn lookup(&self, url: &str) -> Option<Entry> {
        let key = digest_of(url.as_bytes());
        self.outcome.fresh.get(&key).copied().or_else(|| self.known.at(&key))
    }

    /// Writes an object and its parts. Returns its row, or nothing if its address belongs to an object of another type.
    fn branch(&mut self, branch: &Branch, role: Role, position: i64, whole: Option<&Whole<'_>>) -> Result<Option<i64>, DbError> {
        let kind = branch.object.kind();
        let entry = self.lookup(&branch.url);
        if !self.plan.is_own(&branch.url) {
            self.note(Defect::ForeignReference, kind, &branch.url, String::new());
            return Ok(None);
        }
        if let Some(entry) = entry.filter(|entry| entry.kind != kind) {
            self.note(Defect::UnexpectedType, kind, &branch.url, format!("{} before", entry.kind.name()));
            return Ok(None);
        }
        let is_part = whole.is_some() && role != Role::Stray;
        let digest = whole.filter(|_| is_exclusive(kind)).map_or(branch.digest, |whole| with_parent(branch.digest, whole.url));
        let before = entry.and_then(|entry| if is_part { entry.embedded } else { entry.alone });
        if let Some(entry) = entry.filter(|_| before == Some(digest)) {
            self.count(kind).unchanged += branch.size();
            if is_part {
                links::place(self.tx, kind, entry.id, position).map(|()| Some(entry.id))?;
            }
            return Ok(Some(entry.id));
        }
        let is_first = entry.is_none_or(|entry| entry.embedded.is_none() && entry.alone.is_none());
        let id = self.row(branch, entry, position, whole, is_part)?;
        let entry = Entry {
            kind,
            id,
            embedded: if is_part { Some(digest) } else { entry.and_then(|entry| entry.embedded) },
            alone: if is_part { entry.and_then(|entry| entry.alone) } else { Some(digest) },
        };
        self.outcome.fresh.insert(digest_of(branch.url.as_bytes()), entry);
        self.written.push((kind, id));
        let count = self.count(kind);
        if is_first {
            count.new += 1;
        } else {
            count.changed += 1;
        }
        Ok(Some(id))
    }

    /// The row of an object, its origin, its parts, links and node.
    fn row(&mut self, branch: &Branch, entry: Option<Entry>, position: i64, whole: Option<&Whole<'_>>, is_part: bool) -> Result<i64, DbError> {
        let kind = branch.object.kind();
        let common = branch.object.common();
        let (created_at, modified_at) = dates(common, whole, self.plan.started_at);
        let shared = Shared::of(common, entry.map(|entry| entry.id), created_at, modified_at);
        let id = self.own_row(branch, &shared, position, whole)?;
        // Parts may refer back to what is being written.
        let key = digest_of(branch.url.as_bytes());
        self.outcome.fresh.entry(key).or_insert(entry.unwrap_or(Entry { kind, id, embedded: None, alone: None }));
        self.origin(branch, id, entry, whole.filter(|_| is_part))?;
        if entry.is_some() {
            links::delete_all(self.tx, kind, id)?;
        }
        self.own_links(&branch.object, id)?;
        let path = match common.deleted {
            true => {
                self.withdraw_node(kind, id)?;
                None
            }
            false => self.node(&branch.object, id, position, whole, entry)?,
        };
        let starts_at = match &branch.object {
            Object::Meeting(meeting) => meeting.start.map(|start| start.as_millisecond()),
            _ => None,
        };
        let here = Whole { kind, id, url: &branch.url, created_at, modified_at, path: path.as_deref(), starts_at };
        let mut present = HashSet::new();
        for part in &branch.parts {
            self.part(part, &here, &mut present)?;
        }
        if entry.is_some_and(|entry| entry.embedded.is_some() || entry.alone.is_some()) {
            self.vanish(&branch.url, &present, modified_at)?;
        }
        Ok(id)
    }

    fn own_row(&mut self, branch: &Branch, shared: &Shared, position: i64, whole: Option<&Whole<'_>>) -> Result<i64, DbError> {
        let whole_id = |kind: Kind| whole.filter(|whole| whole.kind == kind).map(|whole| whole.id);
        let url = &branch.url;
        match &branch.object {
            Object::System(_) => Err(DbError::Unsupported("a row for a system")),
            Object::Location(location) => objects::location(self.tx, shared, location),
            Object::Body(body) => {
                let main = self.reference(url, body.main_organization.as_deref(), Kind::Organization)?;
                let location = self.before(branch, Role::Location)?;
                objects::body(self.tx, shared, body, location, main)
            }
            Object::LegislativeTerm(term) => {
                let body = self.reference(url, term.body.as_deref(), Kind::Body)?.or(whole_id(Kind::Body));
                objects::term(self.tx, shared, term, body)
            }
            Object::Organization(organization) => {
                let rows = objects::OrganizationRows {
                    body_id: self.reference(url, organization.body.as_deref(), Kind::Body)?,
                    parent_id: self.reference(url, organization.sub_organization_of.as_deref(), Kind::Organization)?,
                    location_id: self.before(branch, Role::Location)?,
                };
                objects::organization(self.tx, shared, organization, &rows)
            }
            Object::Person(person) => {
                let place = match self.before(branch, Role::Location)? {
                    Some(place) => Some(place),
                    None => self.reference(url, person.location.as_deref(), Kind::Location)?,
                };
                let rows = objects::PersonRows {
                    body_id: self.reference(url, person.body.as_deref(), Kind::Body)?,
                    location_id: place,
                    image_file_id: self.before(branch, Role::Image)?,
                };
                objects::person(self.tx, shared, person, &rows)
            }
            Object::Membership(membership) => {
                let rows = objects::MembershipRows {
                    person_id: self.reference(url, membership.person.as_deref(), Kind::Person)?.or(whole_id(Kind::Person)),
                    organization_id: self.reference(url, membership.organization.as_deref(), Kind::Organization)?,
                    on_behalf_of_id: self.reference(url, membership.on_behalf_of.as_deref(), Kind::Organization)?,
                };
                objects::membership(self.tx, shared, membership, &rows)
            }
            Object::Meeting(meeting) => {
                let location = self.before(branch, Role::Location)?;
                objects::meeting(self.tx, shared, meeting, self.body_id, location)
            }
            Object::AgendaItem(item) => {
                let rows = objects::AgendaItemRows {
                    meeting_id: self.reference(url, item.meeting.as_deref(), Kind::Meeting)?.or(whole_id(Kind::Meeting)),
                    consultation_id: self.reference(url, item.consultation.as_deref(), Kind::Consultation)?,
                    position: item.order.or((position > 0).then_some(position)),
                };
                objects::agenda_item(self.tx, shared, item, &rows)
            }
            Object::Paper(paper) => {
                let body = self.reference(url, paper.body.as_deref(), Kind::Body)?;
                objects::paper(self.tx, shared, paper, body)
            }
            Object::Consultation(consultation) => {
                let rows = objects::ConsultationRows {
                    paper_id: self.reference(url, consultation.paper.as_deref(), Kind::Paper)?.or(whole_id(Kind::Paper)),
                    agenda_item_id: self.reference(url, consultation.agenda_item.as_deref(), Kind::AgendaItem)?,
                    meeting_id: self.reference(url, consultation.meeting.as_deref(), Kind::Meeting)?,
                    position: (position > 0).then_some(position),
                };
                objects::consultation(self.tx, shared, consultation, &rows)
            }
            Object::File(file) => {
                let master = self.reference(url, file.master_file.as_deref(), Kind::File)?;
                let id = objects::file(self.tx, shared, file, master)?;
                if self.plan.wants_texts && !file.common.deleted && has_text(file.mime_type.as_deref()) {
                    objects::wait_for_text(self.tx, id)?;
                }
                Ok(id)
            }
        }
    }

    /// The row of a part that its object's own row refers to.
    fn before(&mut self, branch: &Branch, role: Role) -> Result<Option<i64>, DbError> {
        let Some(part) = branch.parts.iter().find(|part| part.role == role) else { return Ok(None) };
        match &part.content {
            Content::Elsewhere(url) => self.reference(&branch.url, Some(url), if role == Role::Image { Kind::File } else { Kind::Location }),
            Content::Here(part) => {
                let (created_at, modified_at) = dates(branch.object.common(), None, self.plan.started_at);
                let whole = Whole { kind: branch.object.kind(), id: 0, url: &branch.url, created_at, modified_at, path: None, starts_at: None };
                self.branch(part, role, 0, Some(&whole))
            }
        }
    }

    /// The row of an object that another refers to; a placeholder if it was not seen yet. Nothing if it lies elsewhere.
    fn reference(&mut self, from: &str, url: Option<&str>, kind: Kind) -> Result<Option<i64>, DbError> {
        let Some(url) = url else { return Ok(None) };
        if let Some(entry) = self.lookup(url) {
            if entry.kind == kind {
                return Ok(Some(entry.id));
            }
            self.note(Defect::UnexpectedType, kind, from, format!("{url} is {}", entry.kind.name()));
            return Ok(None);
        }
        if !self.plan.is_own(url) {
            self.note(Defect::ForeignReference, kind, from, url.to_owned());
            return Ok(None);
        }
        // Its own row is not there yet, and nothing is above itself.
        if url == from {
            return Ok(None);
        }
        let id = objects::placeholder(self.tx, kind, self.plan.started_at)?;
        self.new_origin(url, kind, id, None, (None, None), None)?;
        self.outcome.fresh.insert(digest_of(url.as_bytes()), Entry { kind, id, embedded: None, alone: None });
        Ok(Some(id))
    }

    fn origin(&mut self, branch: &Branch, id: i64, entry: Option<Entry>, whole: Option<&Whole<'_>>) -> Result<(), DbError> {
        let kind = branch.object.kind();
        let digest = match whole.filter(|_| is_exclusive(kind)) {
            Some(whole) => with_parent(branch.digest, whole.url),
            None => branch.digest,
        };
        let parent = whole.map(|whole| whole.url);
        let digests = if parent.is_some() { (Some(digest), None) } else { (None, Some(digest)) };
        if entry.is_none() {
            return self.new_origin(&branch.url, kind, id, parent, digests, Some(&branch.raw));
        }
        self.batch.flush(self.tx)?;
        let site = self.tx.site()?;
        let (embedded, alone) = (digests.0.map(Vec::from), digests.1.map(Vec::from));
        self.tx.execute(
            sql!(
                "UPDATE council_origin SET parent_url = COALESCE($3, parent_url), digest = COALESCE($4, digest), \
                 digest_alone = COALESCE($5, digest_alone), raw = $6, missing_since = NULL WHERE site_id = $1 AND url = $2"
            ),
            &[&site, &branch.url, &parent, &embedded, &alone, &branch.raw],
        )?;
        Ok(())
    }

    fn new_origin(
        &mut self,
        url: &str,
        kind: Kind,
        id: i64,
        parent: Option<&str>,
        (embedded, alone): (Option<Digest>, Option<Digest>),
        raw: Option<&str>,
    ) -> Result<(), DbError> {
        let text = |text: Option<&str>| Owned::Text(text.map(str::to_owned));
        let bytes = |digest: Option<Digest>| Owned::Bytes(digest.map(Vec::from));
        let row = [text(Some(url)), text(Some(kind_key(kind))), Owned::Int(Some(id)), text(parent), bytes(embedded), bytes(alone), text(raw)];
        self.batch.origin(self.tx, row)
    }
}

/// A part that moved to another object is a changed one, even if it says nothing of where it belongs.
fn with_parent(digest: Digest, parent: &str) -> Digest {
    let mut bytes = digest.to_vec();
    bytes.extend_from_slice(parent.as_bytes());
    digest_of(&bytes)
}

/// An object's own dates, else its whole's, else the run's.
fn dates(common: &Common, whole: Option<&Whole<'_>>, started_at: i64) -> (i64, i64) {
    let created = common.created.map(|instant| instant.as_millisecond());
    let modified = common.modified.map(|instant| instant.as_millisecond());
    let (whole_created, whole_modified) = whole.map_or((started_at, started_at), |whole| (whole.created_at, whole.modified_at));
    (created.or(modified).unwrap_or(whole_created), modified.or(created).unwrap_or(whole_modified))
}

fn has_text(mime_type: Option<&str>) -> bool {
    mime_type.is_some_and(|mime| {
        let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        mime == "application/pdf" || mime == "application/x-pdf" || mime.starts_with("text/")
    })
}
