//! The sheet in the database: entered, changed and found again, with everything that stands on it.

use super::{course, day_at, path, references, state_at, visibility_at};
use crate::geometry::Geometry;
use crate::rules::{Asking, State, Visibility};
use crate::sheet::{Sheet, Step, Words};
use allmende_core::fold::sort_key;
use allmende_core::{Actor, Id, Instant, Language};
use allmende_db::{DbError, Row, Tx, sql};

/// An undertaking.
#[derive(Debug, Clone)]
pub struct Undertaking {
    /// Its row.
    pub id: i64,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it stands.
    pub state: State,
    /// Why it stands there.
    pub state_reason: Option<String>,
    /// Since when.
    pub state_at: Instant,
    /// What people wrote, without steps and references.
    pub sheet: Sheet,
    /// Where its pin stands: longitude and latitude.
    pub pin: Option<(f64, f64)>,
    /// Name of the department.
    pub department: Option<String>,
    /// Whom the department names.
    pub department_contact: Option<String>,
    /// When it became public.
    pub published_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
}

impl Undertaking {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.sheet.german.title)
    }

    /// What a request to take part depends on.
    #[must_use]
    pub const fn asking(&self) -> Asking {
        Asking { visibility: self.visibility, state: self.state, takes_part: self.sheet.takes_part }
    }
}

/// An undertaking by its row, public or not: the caller decides who may see it. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Undertaking>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT u.id, u.visibility, u.title, u.summary, u.aim, u.state, u.state_reason, u.state_on, u.cost_planned_cents, u.cost_actual_cents, \
             u.cost_note, u.place, u.district, u.geometry, u.longitude, u.latitude, u.department_id, u.contact, u.takes_part, u.part_text, \
             u.published_at, u.changed_at, d.name, d.contact, e.title, e.summary, e.aim, e.part_text, l.title, l.summary, l.aim, l.part_text \
             FROM undertaking u LEFT JOIN department d ON d.id = u.department_id \
             LEFT JOIN undertaking_text e ON e.undertaking_id = u.id AND e.language = 'en' \
             LEFT JOIN undertaking_text l ON l.undertaking_id = u.id AND l.language = 'leicht' WHERE u.site_id = $1 AND u.id = $2"
        ),
        &[&site, &id],
        undertaking,
    )
}

fn undertaking(row: &Row<'_>) -> Result<Undertaking, DbError> {
    let words = |[title, summary, aim, part]: [usize; 4]| -> Result<Words, DbError> {
        let text = |position| Ok::<_, DbError>(row.get::<Option<String>>(position)?.unwrap_or_default());
        Ok(Words { title: text(title)?, summary: text(summary)?, aim: text(aim)?, part: text(part)? })
    };
    Ok(Undertaking {
        id: row.get(0)?,
        visibility: visibility_at(row, 1)?,
        state: state_at(row, 5)?,
        state_reason: row.get(6)?,
        state_at: row.get(7)?,
        sheet: Sheet {
            german: words([2, 3, 4, 19])?,
            english: words([24, 25, 26, 27])?,
            easy: words([28, 29, 30, 31])?,
            cost_planned_cents: row.get(8)?,
            cost_actual_cents: row.get(9)?,
            cost_note: row.get(10)?,
            place: row.get(11)?,
            district: row.get(12)?,
            geometry: row.get::<Option<String>>(13)?.and_then(|text| Geometry::parse(&text).ok()),
            department: row.get(16)?,
            contact: row.get(17)?,
            takes_part: row.get(18)?,
            steps: Vec::new(),
            references: Vec::new(),
        },
        pin: row.get::<Option<f64>>(14)?.zip(row.get::<Option<f64>>(15)?),
        department: row.get(22)?,
        department_contact: row.get(23)?,
        published_at: row.get(20)?,
        changed_at: row.get(21)?,
    })
}

/// What comes next, in order. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_steps(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Step>, DbError> {
    let site = tx.site()?;
    let statement = sql!("SELECT text, due_on, is_done FROM undertaking_step WHERE site_id = $1 AND undertaking_id = $2 ORDER BY position LIMIT 100");
    tx.list(statement, &[&site, &id], |row| Ok(Step { text: row.get(0)?, due_on: day_at(row, 1)?, is_done: row.get(2)? }))
}

/// An undertaking with steps and references, for the house. Three statements.
///
/// # Errors
/// What the database reports.
pub fn find_whole(tx: &mut Tx<'_>, id: i64) -> Result<Option<Undertaking>, DbError> {
    let Some(mut found) = find(tx, id)? else { return Ok(None) };
    found.sheet.steps = list_steps(tx, id)?;
    found.sheet.references = references::list(tx, id)?.into_iter().map(|reference| reference.node).collect();
    Ok(Some(found))
}

/// Enters an undertaking as a draft. Returns its row.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, sheet: &Sheet, actor: &Actor) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id: Id<Undertaking> = tx.insert(
        sql!(
            "INSERT INTO undertaking (site_id, visibility, title, title_key, summary, aim, state, state_on, takes_part, part_text, created_at, changed_at) \
             VALUES ($1, 'draft', $2, $3, '', '', 'planned', $4, 0, '', $4, $4) RETURNING id"
        ),
        &[&site, &sheet.german.title, &sort_key(&sheet.german.title), &now],
    )?;
    write(tx, id.get(), sheet)?;
    course::record(tx, id.get(), actor, &course::Record { kind: "entered", before: None, after: None, reason: None })?;
    Ok(id.get())
}

/// Changes what stands on a sheet. A public one is told to the thread, the search and who follows.
///
/// # Errors
/// What the database reports.
pub fn save(tx: &mut Tx<'_>, before: &Undertaking, sheet: &Sheet, actor: &Actor) -> Result<(), DbError> {
    if before.sheet == *sheet {
        return Ok(());
    }
    write(tx, before.id, sheet)?;
    course::record(tx, before.id, actor, &course::Record { kind: "changed", before: None, after: None, reason: None })?;
    if before.visibility == Visibility::Public {
        let node = course::keep_node(tx, before.id)?;
        references::tie(tx, before.id, node)?;
        if before.sheet.steps != sheet.steps {
            let next = sheet.steps.iter().find(|step| !step.is_done).map(|step| step.text.as_str());
            course::tell(tx, node, actor, "undertaking-steps", next)?;
        }
    }
    Ok(())
}

fn write(tx: &mut Tx<'_>, id: i64, sheet: &Sheet) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let pin = sheet.geometry.as_ref().map(Geometry::pin);
    tx.execute(
        sql!(
            "UPDATE undertaking SET title = $3, title_key = $4, summary = $5, aim = $6, cost_planned_cents = $7, cost_actual_cents = $8, cost_note = $9, \
             place = $10, district = $11, geometry = $12, longitude = $13, latitude = $14, department_id = $15, contact = $16, takes_part = $17, \
             part_text = $18, changed_at = $19 WHERE site_id = $1 AND id = $2"
        ),
        &[
            &site,
            &id,
            &sheet.german.title,
            &sort_key(&sheet.german.title),
            &sheet.german.summary,
            &sheet.german.aim,
            &sheet.cost_planned_cents,
            &sheet.cost_actual_cents,
            &sheet.cost_note,
            &sheet.place,
            &sheet.district,
            &sheet.geometry.as_ref().map(|geometry| geometry.json().to_string()),
            &pin.map(|point| point.longitude),
            &pin.map(|point| point.latitude),
            &sheet.department,
            &sheet.contact,
            &i64::from(sheet.takes_part),
            &sheet.german.part,
            &now,
        ],
    )?;
    for (language, words) in [(Language::English, &sheet.english), (Language::Easy, &sheet.easy)] {
        tx.execute(
            sql!(
                "INSERT INTO undertaking_text (site_id, undertaking_id, language, title, summary, aim, part_text) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (undertaking_id, language) DO UPDATE SET title = excluded.title, summary = excluded.summary, aim = excluded.aim, \
                 part_text = excluded.part_text"
            ),
            &[&site, &id, &language.key(), &words.title, &words.summary, &words.aim, &words.part],
        )?;
    }
    tx.execute(sql!("DELETE FROM undertaking_step WHERE site_id = $1 AND undertaking_id = $2"), &[&site, &id])?;
    for (position, step) in (0_i64..).zip(&sheet.steps) {
        tx.execute(
            sql!("INSERT INTO undertaking_step (site_id, undertaking_id, position, text, due_on, is_done) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&site, &id, &position, &step.text, &step.due_on.map(|day| day.to_string()), &i64::from(step.is_done)],
        )?;
    }
    references::replace(tx, id, &sheet.references)
}
