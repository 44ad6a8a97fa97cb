//! What entries by hand left in the database and in the content store, and whether all of it is whole.
//!
//! Every text of a story holds its word, so that rows that belong together can be told. Start at [`Rows::check`].

use super::{Kept, Promise};
use allmende_db::{Conflicts, Db, DbError, Scope, Statement, Tx, sql};
use anyhow::{Context, Result, ensure};
use std::collections::HashMap;
use std::path::Path;

/// The content of a story's file: longer than a page of the database.
pub fn content(word: &str) -> String {
    format!("Anlage zu {word}. ").repeat(600)
}

#[derive(Debug)]
struct Page {
    name: String,
    summary: String,
    state: String,
    /// The public node's title.
    node: Option<String>,
    /// How often the thread says that it was published.
    published: i64,
    /// A paper's variant in easy language, a meeting's committee.
    companion: Option<String>,
}

#[derive(Debug)]
struct Item {
    name: String,
    state: String,
    meeting: String,
    paper: Option<String>,
    station: Option<String>,
    is_named: bool,
    has_node: bool,
}

#[derive(Debug)]
struct File {
    sha256: String,
    size: i64,
    state: String,
    paper: Option<String>,
    paper_state: Option<String>,
    has_job: bool,
}

/// Everything that was entered.
pub struct Rows {
    papers: HashMap<i64, Page>,
    meetings: HashMap<i64, Page>,
    items: HashMap<i64, Item>,
    files: Vec<File>,
}

impl Rows {
    pub fn read(db: &Db) -> Result<Self> {
        Ok(db.read_blocking(Scope::Installation, Self::within)?)
    }

    fn within(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        Ok(Self { papers: papers(tx)?, meetings: meetings(tx)?, items: items(tx)?, files: files(tx)? })
    }

    /// Fails if something promised is missing, or anything at all is half there.
    pub fn check(&self, promised: &[Kept], data: &Path) -> Result<()> {
        self.check_promises(promised)?;
        for (id, paper) in &self.papers {
            let word = paper.name.strip_prefix("Vorlage ").with_context(|| format!("paper {id}: {paper:?}"))?;
            ensure!(paper.companion.as_deref() == Some(&format!("Papier {word}")), "paper {id}: {paper:?}");
            check_page(paper, word).with_context(|| format!("paper {id}"))?;
        }
        for (id, meeting) in &self.meetings {
            let word = meeting.name.strip_prefix("Sitzung ").with_context(|| format!("meeting {id}: {meeting:?}"))?;
            ensure!(meeting.companion.as_deref() == Some("Gemeinderat"), "meeting {id}: {meeting:?}");
            check_page(meeting, word).with_context(|| format!("meeting {id}"))?;
        }
        for (id, item) in &self.items {
            let word = item.name.strip_prefix("Punkt ").with_context(|| format!("item {id}: {item:?}"))?;
            let ties = item.meeting == format!("Sitzung {word}") && item.paper.as_deref() == Some(&format!("Vorlage {word}"));
            let is_public = item.state == "public";
            let agrees = item.station.as_deref() == Some(item.state.as_str()) && item.has_node == is_public;
            ensure!(ties && agrees && (item.is_named || !is_public), "item {id}: {item:?}");
        }
        self.files.iter().try_for_each(|file| check_file(file, data))
    }

    fn check_promises(&self, promised: &[Kept]) -> Result<()> {
        for kept in promised {
            let (id, word) = (kept.id(), &kept.word);
            let is_there = match kept.promise {
                Promise::Paper => self.papers.get(&id).is_some_and(|paper| paper.name == format!("Vorlage {word}")),
                Promise::PaperPublished => self.papers.get(&id).is_some_and(|paper| paper.state == "public"),
                Promise::Meeting => self.meetings.get(&id).is_some_and(|meeting| meeting.name == format!("Sitzung {word}")),
                Promise::MeetingPublished => self.meetings.get(&id).is_some_and(|meeting| meeting.state == "public"),
                Promise::Item => self.items.get(&id).is_some_and(|item| item.name == format!("Punkt {word}")),
                Promise::File => self.files.iter().any(|file| file.paper.as_deref() == Some(&format!("Vorlage {word}"))),
            };
            ensure!(is_there, "{kept:?} was promised and is not there");
        }
        Ok(())
    }
}

/// What a program that does not keep its word could leave behind, as statements.
pub const DAMAGES: &[&Statement] = &[
    sql!("UPDATE council_paper SET state = 'draft'"),
    sql!("UPDATE council_paper SET summary = NULL"),
    sql!("UPDATE node SET is_public = 0 WHERE kind = 'paper'"),
    sql!("UPDATE node SET title = 'Sitzung' WHERE kind = 'meeting'"),
    sql!("DELETE FROM event WHERE kind = 'published'"),
    sql!("DELETE FROM council_text"),
    sql!("DELETE FROM council_meeting_organization"),
    sql!("UPDATE council_consultation SET state = 'draft'"),
    sql!("UPDATE council_agenda_item SET consultation_id = NULL"),
    sql!("DELETE FROM council_file_use"),
    sql!("UPDATE council_file SET stored_sha256 = '0000000000000000000000000000000000000000000000000000000000000000'"),
    sql!("UPDATE council_file SET state = 'draft'"),
    sql!("DELETE FROM job"),
];

/// What would be read after such a damage, which is taken back.
pub fn damaged(db: &Db, damage: &'static Statement) -> Result<Rows> {
    enum Back {
        Seen(Box<Rows>),
        Failed(DbError),
    }
    impl From<DbError> for Back {
        fn from(error: DbError) -> Self {
            Self::Failed(error)
        }
    }
    // On SQLite only, where nothing is repeated.
    impl Conflicts for Back {
        fn is_conflict(&self) -> bool {
            false
        }
    }
    let outcome = db.write_blocking::<(), Back>(Scope::Installation, move |tx| {
        tx.execute(damage, &[])?;
        Err(Back::Seen(Box::new(Rows::within(tx)?)))
    });
    match outcome {
        Err(Back::Seen(rows)) => Ok(*rows),
        Err(Back::Failed(error)) => Err(error.into()),
        Ok(()) => anyhow::bail!("the damage was kept"),
    }
}

/// A page has all of its texts; the thread knows it if and only if it is public, and says so once.
fn check_page(page: &Page, word: &str) -> Result<()> {
    ensure!(page.summary == format!("Worum es geht: {word}"), "{page:?}");
    let is_public = page.state == "public";
    ensure!(is_public || page.state == "draft", "{page:?}");
    ensure!(page.node.as_deref() == Some(page.name.as_str()).filter(|_| is_public), "{page:?}");
    ensure!(page.published == i64::from(is_public), "{page:?}");
    Ok(())
}

fn check_file(file: &File, data: &Path) -> Result<()> {
    let paper = file.paper.as_deref().with_context(|| format!("a file without a paper: {file:?}"))?;
    let word = paper.strip_prefix("Vorlage ").with_context(|| format!("{file:?}"))?;
    let path = allmende_platform::files::Files::of(data).path(&file.sha256).with_context(|| format!("{file:?}"))?;
    let kept = std::fs::read_to_string(&path).with_context(|| format!("the content of {file:?}"))?;
    ensure!(kept == content(word) && i64::try_from(kept.len()) == Ok(file.size), "{file:?} has another content of {} bytes", kept.len());
    ensure!(file.has_job && Some(&file.state) == file.paper_state.as_ref(), "{file:?}");
    Ok(())
}

macro_rules! pages {
    ($kind:literal, $companion:literal) => {
        sql!(concat!(
            "SELECT c.id, c.name, COALESCE(c.summary, ''), c.state, (SELECT n.title FROM node n WHERE n.site_id = c.site_id AND n.kind = '",
            $kind,
            "' AND n.object_id = c.id AND n.is_public = 1), (SELECT CAST(COUNT(*) AS BIGINT) FROM event e JOIN node n ON n.id = e.node_id \
             WHERE n.site_id = c.site_id AND n.kind = '",
            $kind,
            "' AND n.object_id = c.id AND e.kind = 'published'), (",
            $companion,
            ") FROM council_",
            $kind,
            " c"
        ))
    };
}

fn page(row: &allmende_db::Row<'_>) -> Result<(i64, Page), DbError> {
    let page = Page { name: row.get(1)?, summary: row.get(2)?, state: row.get(3)?, node: row.get(4)?, published: row.get(5)?, companion: row.get(6)? };
    Ok((row.get(0)?, page))
}

fn papers(tx: &mut Tx<'_>) -> Result<HashMap<i64, Page>, DbError> {
    let statement =
        pages!("paper", "SELECT t.text FROM council_text t WHERE t.kind = 'paper' AND t.object_id = c.id AND t.field = 'name' AND t.language = 'leicht'");
    Ok(tx.list(statement, &[], page)?.into_iter().collect())
}

fn meetings(tx: &mut Tx<'_>) -> Result<HashMap<i64, Page>, DbError> {
    let statement = pages!(
        "meeting",
        "SELECT o.name FROM council_meeting_organization m JOIN council_organization o ON o.id = m.organization_id WHERE m.meeting_id = c.id"
    );
    Ok(tx.list(statement, &[], page)?.into_iter().collect())
}

fn items(tx: &mut Tx<'_>) -> Result<HashMap<i64, Item>, DbError> {
    let rows = tx.list(
        sql!(
            "SELECT i.id, i.name, i.state, m.name, p.name, c.state, CASE WHEN i.consultation_id = c.id THEN 1 ELSE 0 END, \
             CASE WHEN n.id IS NULL THEN 0 ELSE 1 END FROM council_agenda_item i JOIN council_meeting m ON m.id = i.meeting_id \
             LEFT JOIN council_consultation c ON c.agenda_item_id = i.id AND c.meeting_id = m.id LEFT JOIN council_paper p ON p.id = c.paper_id \
             LEFT JOIN node n ON n.site_id = i.site_id AND n.kind = 'agenda_item' AND n.object_id = i.id AND n.is_public = 1"
        ),
        &[],
        |row| {
            let item = Item {
                name: row.get(1)?,
                state: row.get(2)?,
                meeting: row.get(3)?,
                paper: row.get(4)?,
                station: row.get(5)?,
                is_named: row.get::<i64>(6)? == 1,
                has_node: row.get::<i64>(7)? == 1,
            };
            Ok((row.get(0)?, item))
        },
    )?;
    Ok(rows.into_iter().collect())
}

fn files(tx: &mut Tx<'_>) -> Result<Vec<File>, DbError> {
    tx.list(
        sql!(
            "SELECT f.stored_sha256, f.size_bytes, f.state, p.name, p.state, (SELECT CAST(COUNT(*) AS BIGINT) FROM job j WHERE j.site_id = f.site_id \
             AND j.kind = 'council.read_file' AND j.payload = CAST(f.id AS TEXT)) FROM council_file f \
             LEFT JOIN council_file_use u ON u.file_id = f.id LEFT JOIN council_paper p ON p.id = u.paper_id"
        ),
        &[],
        |row| {
            Ok(File {
                sha256: row.get(0)?,
                size: row.get(1)?,
                state: row.get(2)?,
                paper: row.get(3)?,
                paper_state: row.get(4)?,
                has_job: row.get::<i64>(5)? > 0,
            })
        },
    )
}
