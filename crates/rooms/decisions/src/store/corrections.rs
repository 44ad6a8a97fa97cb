//! What people set by hand in a decision: kept whatever the council's room tells later, and counted anew.
//!
//! The fields stand in `by_hand`; who corrected what and why is written by [`super::records`].

use super::counts;
use super::keep::{show, status_of, stored, update, zone_of};
use crate::rules::Kind;
use allmende_db::{DbError, Tx, sql};

/// What a clerk corrects; what is not named stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// What the outcome is.
    pub kind: Option<Kind>,
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub resolution: Option<String>,
    /// The department that answers.
    pub department: Option<i64>,
}

/// A field that was corrected, with its values before and after.
pub type Corrected = (&'static str, String, String);

/// Corrects a decision by hand. What was corrected is never overwritten by the council's room. Returns the fields that changed
/// with their values before and after; none if there is no such row.
///
/// # Errors
/// What the database reports.
pub fn correct(tx: &mut Tx<'_>, id: i64, correction: &Correction) -> Result<Option<Vec<Corrected>>, DbError> {
    let site = tx.site()?;
    let item = tx.find(sql!("SELECT agenda_item_id FROM decision WHERE site_id = $1 AND id = $2"), &[&site, &id], |row| row.get::<i64>(0))?;
    let Some(item) = item else { return Ok(None) };
    let Some(stored) = stored(tx, &[item])?.remove(&item) else { return Ok(None) };
    let mut facts = stored.facts.clone();
    facts.kind = correction.kind.unwrap_or(facts.kind);
    facts.title = correction.title.clone().unwrap_or(facts.title);
    facts.resolution = correction.resolution.clone().map_or(facts.resolution, |text| Some(text).filter(|text| !text.is_empty()));
    let department = correction.department.map_or(stored.department, |id| Some(id).filter(|id| *id > 0));
    let mut changed = Vec::new();
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    for (field, before, after) in [
        ("kind", stored.facts.kind.key().to_owned(), facts.kind.key().to_owned()),
        ("title", stored.facts.title.clone(), facts.title.clone()),
        ("resolution", stored.facts.resolution.clone().unwrap_or_default(), facts.resolution.clone().unwrap_or_default()),
        ("department", text(stored.department), text(department)),
    ] {
        if before != after {
            changed.push((field, before, after));
        }
    }
    if changed.is_empty() {
        return Ok(Some(changed));
    }
    let status = status_of(&stored, &facts);
    let zone = zone_of(tx)?;
    update(tx, &zone, &stored, &facts, status, department)?;
    let mut by_hand: Vec<String> = serde_json::from_str(&stored.by_hand).unwrap_or_default();
    by_hand.extend(changed.iter().map(|(field, ..)| (*field).to_owned()));
    by_hand.sort_unstable();
    by_hand.dedup();
    let by_hand = serde_json::to_string(&by_hand).unwrap_or_else(|_| stored.by_hand.clone());
    tx.execute(sql!("UPDATE decision SET by_hand = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &by_hand])?;
    show(tx, id, &facts, stored.facts.is_public(), status)?;
    counts::count_anew(tx)?;
    Ok(Some(changed))
}
