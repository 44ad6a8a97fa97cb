//! What a run remembers between transactions, and what one transaction did.
//!
//! [`Known`] holds each address of a source as half a SHA-256 with its row and digests, some 100 bytes: a hundred thousand
//! objects cost ten megabytes and no statement to find one. [`Outcome`] is taken over once a transaction has committed.

use crate::import::tree::{Digest, digest_of};
use crate::store::kind_of;
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{Defect, Kind};
use std::collections::{BTreeMap, HashMap};

/// What the run remembers of an address.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The type of the object.
    pub kind: Kind,
    /// Its row.
    pub id: i64,
    /// As its parent embeds it.
    pub embedded: Option<Digest>,
    /// As it stands alone.
    pub alone: Option<Digest>,
}

/// The known addresses of a source, by the digest of the address.
#[derive(Debug, Default)]
pub struct Known(HashMap<Digest, Entry>);

impl Known {
    /// What is known of an address.
    #[must_use]
    pub fn get(&self, url: &str) -> Option<Entry> {
        self.0.get(&digest_of(url.as_bytes())).copied()
    }

    /// What is known of the address with this digest.
    pub(super) fn at(&self, key: &Digest) -> Option<Entry> {
        self.0.get(key).copied()
    }

    /// Takes over what a transaction added.
    pub fn extend(&mut self, fresh: HashMap<Digest, Entry>) {
        self.0.extend(fresh);
    }

    /// How many addresses are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads all addresses of a source.
    ///
    /// # Errors
    /// What the database reports.
    pub fn load(tx: &mut Tx<'_>, source_id: i64) -> Result<Self, DbError> {
        let mut known = HashMap::new();
        tx.each(sql!("SELECT url, kind, object_id, digest, digest_alone FROM council_origin WHERE source_id = $1"), &[&source_id], |row| {
            let kind: String = row.get(1)?;
            if let Some(kind) = kind_of(&kind) {
                let url: String = row.get(0)?;
                let entry = Entry { kind, id: row.get(2)?, embedded: half(row.get(3)?), alone: half(row.get(4)?) };
                known.insert(digest_of(url.as_bytes()), entry);
            }
            Ok(())
        })?;
        Ok(Self(known))
    }
}

/// A digest as the database holds it.
#[must_use]
pub(super) fn half(bytes: Option<Vec<u8>>) -> Option<Digest> {
    bytes.and_then(|bytes| bytes.try_into().ok())
}

/// How many objects of one type a run met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Seen for the first time.
    pub new: u64,
    /// Known, and different from last time.
    pub changed: u64,
    /// Known and the same.
    pub unchanged: u64,
    /// Gone from the server.
    pub withdrawn: u64,
}

/// What all writers of a run share.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The source.
    pub source_id: i64,
    /// The run.
    pub run_id: i64,
    /// When the run began: dates what has no date. Milliseconds UTC.
    pub started_at: i64,
    /// Whether texts of files are wanted.
    pub wants_texts: bool,
    /// Whether changes are told in the thread.
    pub tells: bool,
    /// The source's body if it has one only: that of meetings, which do not say theirs.
    pub only_body: Option<String>,
    /// The servers whose objects this source may speak of, as `host` or `host:port`.
    pub hosts: Vec<String>,
}

impl Plan {
    /// Whether an address belongs to this source's server.
    #[must_use]
    pub fn is_own(&self, url: &str) -> bool {
        authority(url).is_some_and(|authority| self.hosts.iter().any(|host| host.eq_ignore_ascii_case(authority)))
    }
}

/// Host and port of an address, without the port that its scheme implies.
#[must_use]
pub fn authority(url: &str) -> Option<&str> {
    let (rest, port) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (rest, ":443"),
        (_, Some(rest)) => (rest, ":80"),
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.strip_suffix(port).unwrap_or(authority);
    (!authority.is_empty() && !authority.contains('@')).then_some(authority)
}

/// A defect that shows only when an object is put beside others.
#[derive(Debug, Clone)]
pub struct Noted {
    /// What is wrong.
    pub defect: Defect,
    /// The type of the object in which it was found.
    pub kind: Kind,
    /// Its address.
    pub object: String,
    /// What stood there.
    pub detail: String,
}

/// What a transaction did, to be taken over once it has committed.
#[derive(Debug, Default)]
pub struct Outcome {
    /// New and changed addresses.
    pub fresh: HashMap<Digest, Entry>,
    /// Objects by type.
    pub counts: BTreeMap<Kind, Count>,
    /// Defects.
    pub noted: Vec<Noted>,
    /// Rows of objects seen that were not parts of others.
    pub seen: BTreeMap<Kind, Vec<i64>>,
}
