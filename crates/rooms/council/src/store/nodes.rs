//! The thread's rows for council objects: one function for everyone who writes papers, meetings, agenda items with a decision
//! or organizations.
//!
//! Owns the addresses below `/rat` that the thread knows. Start with [`keep`].

use allmende_core::fold::slug;
use allmende_db::{DbError, Tx, sql};

/// What the thread shows of an object.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// `paper`, `meeting`, `agenda_item` or `organization`.
    pub kind: &'static str,
    /// The object's row.
    pub object_id: i64,
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub path: &'a str,
    /// When it was dated, held or begun, in milliseconds UTC.
    pub happened_at: Option<i64>,
    /// Its state in words, such as a result.
    pub state: Option<&'a str>,
}

/// The page of a paper.
#[must_use]
pub fn paper_path(id: i64, title: &str) -> String {
    path("/rat/vorlagen/", id, title)
}

/// The page of a meeting.
#[must_use]
pub fn meeting_path(id: i64, title: &str) -> String {
    path("/rat/sitzungen/", id, title)
}

/// The page of a committee or another organization.
#[must_use]
pub fn organization_path(id: i64, title: &str) -> String {
    path("/rat/gremien/", id, title)
}

/// The place of an agenda item on its meeting's page.
#[must_use]
pub fn agenda_item_path(meeting_path: &str, position: i64) -> String {
    format!("{meeting_path}#top-{position}")
}

fn path(below: &str, id: i64, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => format!("{below}{id}"),
        slug => format!("{below}{id}-{slug}"),
    }
}

/// Writes the public node of an object and returns its id and whether it is new.
///
/// # Errors
/// What the database reports.
pub fn keep(tx: &mut Tx<'_>, node: &Node<'_>) -> Result<(i64, bool), DbError> {
    let site = tx.site()?;
    let known = tx.find(
        sql!(
            "UPDATE node SET title = $4, path = $5, happened_at = $6, state = $7, is_public = 1 \
             WHERE site_id = $1 AND kind = $2 AND object_id = $3 RETURNING id"
        ),
        &[&site, &node.kind, &node.object_id, &node.title, &node.path, &node.happened_at, &node.state],
        |row| row.get(0),
    )?;
    match known {
        Some(id) => Ok((id, false)),
        None => Ok((insert(tx, node)?, true)),
    }
}

/// Writes the public node of an object that has none yet.
///
/// # Errors
/// `DbError::Unique` if it has one.
pub fn insert(tx: &mut Tx<'_>, node: &Node<'_>) -> Result<i64, DbError> {
    let site = tx.site()?;
    tx.insert::<str>(
        sql!(
            "INSERT INTO node (site_id, kind, object_id, title, path, happened_at, state, is_public) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1) RETURNING id"
        ),
        &[&site, &node.kind, &node.object_id, &node.title, &node.path, &node.happened_at, &node.state],
    )
    .map(allmende_core::Id::get)
}

/// Takes an object's node out of the public eye. Returns its id if there was a public one.
///
/// # Errors
/// What the database reports.
pub fn withdraw(tx: &mut Tx<'_>, kind: &'static str, object_id: i64) -> Result<Option<i64>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("UPDATE node SET is_public = 0 WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND is_public = 1 RETURNING id"),
        &[&site, &kind, &object_id],
        |row| row.get(0),
    )
}

/// The page of an object, if it has a node.
///
/// # Errors
/// What the database reports.
pub fn find_path(tx: &mut Tx<'_>, kind: &'static str, object_id: i64) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT path FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3"), &[&site, &kind, &object_id], |row| row.get(0))
}

/// Lets the nodes of a meeting's agenda items follow the meeting's page to its new address.
///
/// # Errors
/// What the database reports.
pub fn move_agenda(tx: &mut Tx<'_>, meeting_id: i64, path: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    let items = tx.list(
        sql!(
            "SELECT n.id, i.position FROM council_agenda_item i JOIN node n ON n.object_id = i.id AND n.kind = 'agenda_item' AND n.site_id = i.site_id \
             WHERE i.site_id = $1 AND i.meeting_id = $2"
        ),
        &[&site, &meeting_id],
        |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
    )?;
    for (node, position) in items {
        tx.execute(sql!("UPDATE node SET path = $2 WHERE id = $1"), &[&node, &agenda_item_path(path, position)])?;
    }
    Ok(())
}

/// Records what the import did to an object: `published`, `changed`, `result` or `withdrawn`.
///
/// # Errors
/// What the database reports.
pub fn record(tx: &mut Tx<'_>, node_id: i64, kind: &'static str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO event (site_id, node_id, kind, happened_at, actor_role, is_public) VALUES ($1, $2, $3, $4, 'system', 1)"),
        &[&site, &node_id, &kind, &now],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_the_id_and_the_words_of_the_title() {
        assert_eq!(paper_path(7, "Radweg an der Straße"), "/rat/vorlagen/7-radweg-an-der-strasse");
        assert_eq!(organization_path(8, "…"), "/rat/gremien/8");
        assert_eq!(agenda_item_path(&meeting_path(9, "Rat"), 3), "/rat/sitzungen/9-rat#top-3");
    }
}
