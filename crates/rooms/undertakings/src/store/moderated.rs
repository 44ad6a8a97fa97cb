//! What moderation is offered: requests to take part, by the number of their row.
//!
//! A request that is hidden or waits stands open all the same, with its voices and its day: only its words and the name are not shown.
//! Nothing on an undertaking that is not public can be reported.

use super::path;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::moderated::{Change, Contribution, Moderated, Reach, Standing};

/// The kind of a request, as moderation names it.
pub const REQUEST: &str = "undertaking-request";
/// Characters of what stands for a title.
const TITLE_CHARS: usize = 80;

/// Requests to take part.
pub const OFFERED: Moderated = Moderated { kind: REQUEST, name_key: "undertaking-request", find, list_waiting, set_standing, reach };

macro_rules! contributions {
    ($which:literal) => {
        sql!(concat!(
            "SELECT q.id, u.id, u.title, q.name, q.reason, q.standing, q.asked_at, \
             (SELECT MIN(a.id) FROM undertaking_asker a WHERE a.request_id = q.id AND a.is_first = 1) \
             FROM undertaking_request q JOIN undertaking u ON u.id = q.undertaking_id AND u.visibility = 'public' WHERE q.site_id = $1 AND ",
            $which
        ))
    };
}

/// Where a request stands before the public. Source: the words of the column.
pub(super) fn standing(key: &str) -> Standing {
    match key {
        "waiting" => Standing::Waiting,
        "hidden" => Standing::Hidden,
        _ => Standing::Public,
    }
}

fn contribution(row: &Row<'_>) -> Result<Contribution, DbError> {
    let (title, text): (String, String) = (row.get(2)?, row.get(4)?);
    let standing = standing(&row.get::<String>(5)?);
    Ok(Contribution {
        object_id: row.get(0)?,
        title: if text.is_empty() { title.clone() } else { text.chars().take(TITLE_CHARS).collect() },
        path: format!("{}#anfragen", path(row.get(1)?, &title)),
        author_name: row.get::<Option<String>>(3)?.unwrap_or_default(),
        author: row.get(7)?,
        created_at: row.get(6)?,
        waits_because: if standing == Standing::Waiting { "undertaking-request-waits" } else { "" },
        standing,
        text,
        place: String::new(),
        picture: None,
    })
}

fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, DbError> {
    let site = tx.site()?;
    tx.find(contributions!("q.id = $2"), &[&site, &id], contribution)
}

fn list_waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    tx.list(contributions!("q.standing = 'waiting' ORDER BY q.id LIMIT $2"), &[&site, &limit], contribution)
}

fn set_standing(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<bool, DbError> {
    if change.to == Standing::Withdrawn {
        return Ok(false);
    }
    let (site, reason) = (tx.site()?, Some(change.reason).filter(|reason| !reason.is_empty()));
    let changed = tx.execute(
        sql!("UPDATE undertaking_request SET standing = $3, standing_reason = $4 WHERE site_id = $1 AND id = $2 AND standing <> $3"),
        &[&site, &change.object_id, &change.to.key(), &reason],
    )?;
    Ok(changed == 1)
}

fn reach(tx: &mut Tx<'_>, asker: i64) -> Result<Option<Reach>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT COALESCE(p.email, a.email), COALESCE(p.language, a.language) FROM undertaking_asker a LEFT JOIN person p ON p.id = a.person_id \
             WHERE a.site_id = $1 AND a.id = $2 AND a.confirmed_at IS NOT NULL AND COALESCE(p.email, a.email) IS NOT NULL"
        ),
        &[&site, &asker],
        |row| Ok(Reach { email: row.get(0)?, language: row.get(1)? }),
    )
}
