//! Backup and restore: one file with the rows of all tables, kept files, keys and configuration.
//!
//! The file is a tar archive compressed by Zstandard (`tar --zstd -tf` lists it), with a seal at its end: the SHA-256 of all
//! that stands before. Rows are lines of JSON, the same for both engines, so that a backup of one restores into the other.
//! Owns no table and knows none by name. Read in this order: [`Manifest`], [`write`], [`verify`], [`restore`].

mod read;
mod restore;
mod row;
mod seal;
mod write;

pub use read::verify;
pub use restore::restore;
pub use write::{Report, write};

use serde::{Deserialize, Serialize};

/// The configuration file in the data folder.
const CONFIG: &str = "allmende.toml";
/// Folders of the data folder that belong to a backup.
const FOLDERS: [&str; 2] = ["files", "keys"];
/// The last member of the archive.
const MANIFEST: &str = "manifest.json";
/// Rows of a table stand in members of about this size, in bytes: so much memory is needed, whatever the table's size.
const PART_BYTES: usize = 4 * 1024 * 1024;
/// What the manifest says about its own form.
const FORMAT: &str = "allmende-backup-1";

/// What is in a backup. The last member of the archive, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive: `allmende-backup-1`.
    pub format: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// The database's time when its snapshot was taken, RFC 3339 in UTC.
    pub taken_at: String,
    /// `sqlite` or `postgres`: where the rows came from. They fit into both.
    pub engine: String,
    /// Applied migrations, in order.
    pub migrations: Vec<Step>,
    /// All tables, by name.
    pub tables: Vec<TableNote>,
    /// All members but this one, in the order of the archive.
    pub members: Vec<Member>,
}

/// An applied migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number.
    pub number: i64,
    /// Hash of its text.
    pub checksum: String,
}

/// A table in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNote {
    /// Its name.
    pub name: String,
    /// Its columns with their types; a row's values stand in this order.
    pub columns: Vec<(String, String)>,
    /// How many rows.
    pub rows: u64,
    /// The highest generated id so far, of a table that generates ids.
    pub last_id: Option<i64>,
}

/// A member of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The newest migration of the database that was backed up.
    #[must_use]
    pub fn schema_step(&self) -> i64 {
        self.migrations.last().map_or(0, |step| step.number)
    }
}

/// Whether a name may be a member: what we write ourselves, and nothing that leads elsewhere.
fn is_allowed(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
    let parts: Vec<&str> = name.split('/').collect();
    parts.iter().all(|part| plain(part))
        && match parts.as_slice() {
            [one] => *one == CONFIG || *one == MANIFEST,
            ["tables", _, _] => true,
            [folder, ..] => FOLDERS.contains(folder),
            [] => false,
        }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn no_member_leads_out_of_the_folder() {
        let check = |name: &str, allowed: bool| assert_eq!(is_allowed(name), allowed, "{name:?}");
        check("manifest.json", true);
        check("allmende.toml", true);
        check("tables/site/0001.ndjson", true);
        check("files/ab/abcd", true);
        check("keys/record.key", true);
        check("", false);
        check("other", false);
        check("allmende.db", false);
        check("../allmende.toml", false);
        check("files/../allmende.db", false);
        check("files//a", false);
        check("files/./a", false);
        check("/etc/passwd", false);
        check("files/a\\..\\b", false);
        check("files/", false);
        check("tables/site", false);
        check("tables/a/b/c", false);
    }
}
