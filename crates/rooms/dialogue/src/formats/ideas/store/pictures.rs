//! The pictures of ideas: one each, with its description. Owns the table `idea_picture`; the files lie in the content store.
//!
//! What an author takes out is gone from here at once, and from the store when nothing names it any more.

use crate::formats::ideas::rules::State;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::picture_store::{KeptPicture, media_type};

/// The two sizes of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For reading.
    Large,
    /// For lists.
    Small,
}

impl Size {
    /// The size of a word in an address.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Large, Self::Small].into_iter().find(|size| size.word() == word)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Large => "gross",
            Self::Small => "klein",
        }
    }

    /// Its address below the page of the idea.
    #[must_use]
    pub fn path(self, idea: &str) -> String {
        format!("{idea}/bild/{}", self.word())
    }
}

/// A picture as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is to be seen, for those who do not see it.
    pub description: String,
    /// Points of the large size from left to right and from top to bottom.
    pub large: (i64, i64),
    /// Points of the small size, likewise.
    pub small: (i64, i64),
}

impl Picture {
    /// From five columns of a joined row, description first; nothing where there is no picture.
    pub(super) fn at(row: &Row<'_>, first: usize) -> Result<Option<Self>, DbError> {
        let Some(description) = row.get::<Option<String>>(first)? else { return Ok(None) };
        let (large, small) = ((row.get(first + 1)?, row.get(first + 2)?), (row.get(first + 3)?, row.get(first + 4)?));
        Ok(Some(Self { description, large, small }))
    }
}

/// Puts a picture to an idea, in the place of the one it had.
///
/// # Errors
/// What the database reports.
pub fn put(tx: &mut Tx<'_>, idea: i64, picture: &KeptPicture, description: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (large, small) = (&picture.large, &picture.small);
    tx.execute(
        sql!(
            "INSERT INTO idea_picture (idea_id, site_id, description, large_sha256, large_type, large_width, large_height, small_sha256, small_type, small_width, \
             small_height, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (idea_id) DO UPDATE SET \
             description = excluded.description, large_sha256 = excluded.large_sha256, large_type = excluded.large_type, large_width = excluded.large_width, \
             large_height = excluded.large_height, small_sha256 = excluded.small_sha256, small_type = excluded.small_type, small_width = excluded.small_width, \
             small_height = excluded.small_height, added_at = excluded.added_at"
        ),
        &[
            &idea,
            &site,
            &description,
            &large.sha256,
            &large.media_type,
            &large.width,
            &large.height,
            &small.sha256,
            &small.media_type,
            &small.width,
            &small.height,
            &now,
        ],
    )?;
    Ok(())
}

/// Describes the picture of an idea anew.
///
/// # Errors
/// What the database reports.
pub fn describe(tx: &mut Tx<'_>, idea: i64, description: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE idea_picture SET description = $3 WHERE site_id = $1 AND idea_id = $2"), &[&site, &idea, &description])?;
    Ok(())
}

/// Takes the picture of an idea away, if it has one.
///
/// # Errors
/// What the database reports.
pub fn delete(tx: &mut Tx<'_>, idea: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM idea_picture WHERE site_id = $1 AND idea_id = $2"), &[&site, &idea])?;
    Ok(())
}

/// One size of a picture, as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Where its idea stands.
    pub state: State,
    /// Whether the reader proposed the idea.
    pub is_own: bool,
    /// The digest of its content.
    pub sha256: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// The picture of an idea of a public process, by the idea's number within it. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, process: i64, number: i64, size: Size, reader: Option<Id<Person>>) -> Result<Option<Served>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT i.state, a.person_id, k.large_sha256, k.large_type, k.small_sha256, k.small_type FROM idea i JOIN idea_picture k ON k.idea_id = i.id \
             JOIN process p ON p.id = i.process_id AND p.state = 'public' LEFT JOIN participant a ON a.id = i.participant_id AND a.person_id = $4 \
             WHERE i.site_id = $1 AND i.process_id = $2 AND i.number = $3"
        ),
        &[&site, &process, &number, &reader],
        |row| {
            let position = if size == Size::Large { 2 } else { 4 };
            let media_type = media_type(&row.get::<String>(position + 1)?).ok_or(DbError::Type { position, expected: "a type of picture" })?;
            Ok(Served { state: super::state_at(row, 0)?, is_own: row.get::<Option<i64>>(1)?.is_some(), sha256: row.get(position)?, media_type })
        },
    )
}

/// The pictures of a person's ideas go with the account.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "DELETE FROM idea_picture WHERE site_id = site_id AND idea_id IN (SELECT i.id FROM idea i JOIN participant a ON a.id = i.participant_id WHERE a.person_id = $1)"
        ),
        &[&person],
    )?;
    Ok(())
}

/// The digests of all contents that must be there, of all sites.
///
/// # Errors
/// What the database reports.
pub fn kept(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    // Of all sites: the folder is one for the installation.
    tx.list(
        sql!("SELECT large_sha256 FROM idea_picture WHERE site_id = site_id UNION SELECT small_sha256 FROM idea_picture WHERE site_id = site_id"),
        &[],
        |row| row.get(0),
    )
}
