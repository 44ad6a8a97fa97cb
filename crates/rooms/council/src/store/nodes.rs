//! The addresses of council objects below `/rat`, and how an agenda follows its meeting to a new one.

use allmende_core::fold::slug;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread;

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

/// Items of an agenda on one page.
pub const AGENDA_ITEMS_MAX: i64 = 60;

/// The place of an agenda item on its meeting's page; long agendas are paged, so late items name where their page begins.
#[must_use]
pub fn agenda_item_path(meeting_path: &str, position: i64) -> String {
    if position > AGENDA_ITEMS_MAX { format!("{meeting_path}?ab={position}#top-{position}") } else { format!("{meeting_path}#top-{position}") }
}

/// The page of a person.
#[must_use]
pub fn person_path(id: i64, name: &str) -> String {
    path("/rat/menschen/", id, name)
}

/// The page of a file.
#[must_use]
pub fn file_path(id: i64) -> String {
    format!("/rat/dateien/{id}")
}

fn path(below: &str, id: i64, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => format!("{below}{id}"),
        slug => format!("{below}{id}-{slug}"),
    }
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
        |row| Ok((row.get(0)?, row.get::<i64>(1)?)),
    )?;
    for (node, position) in items {
        thread::relocate(tx, node, &agenda_item_path(path, position))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_the_id_and_the_words_of_the_title() {
        assert_eq!(paper_path(7, "Radweg an der Straße"), "/rat/vorlagen/7-radweg-an-der-strasse");
        assert_eq!(organization_path(8, "…"), "/rat/gremien/8");
        assert_eq!(agenda_item_path(&meeting_path(9, "Rat"), 60), "/rat/sitzungen/9-rat#top-60");
        assert_eq!(agenda_item_path(&meeting_path(9, "Rat"), 61), "/rat/sitzungen/9-rat?ab=61#top-61");
    }
}
