//! What came out of agenda items, as other rooms are told of it, and the moment of change that what they make of it gives back.
//!
//! Only public items of public meetings, with public papers: this is the one place that decides so for those rooms.

use super::nodes;
use crate::rules::{Part, Votes};
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::outcomes::{Committee, Outcome, Outcomes, Paper, Votes as Counted};
use std::collections::HashMap;

/// What this room offers to others.
pub const OUTCOMES: Outcomes = Outcomes { load, affected, list_after };

/// The outcomes of these agenda items. Two statements.
fn load(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Outcome>, DbError> {
    let site = tx.site()?;
    let mut outcomes = tx.list(
        sql!(
            "SELECT a.id, n.id, a.name, a.result, a.resolution_text, a.votes_yes, a.votes_no, a.votes_abstained, m.starts_at, m.id, m.name, \
             a.position, n.path, c.role, c.authoritative, \
             CAST((CASE WHEN EXISTS (SELECT 1 FROM council_origin g WHERE g.site_id = a.site_id AND g.kind = 'agenda_item' AND g.object_id = a.id) THEN 1 ELSE 0 END) AS BIGINT), \
             o.id, o.name \
             FROM council_agenda_item a JOIN council_meeting m ON m.id = a.meeting_id AND m.state = 'public' \
             LEFT JOIN node n ON n.site_id = a.site_id AND n.kind = 'agenda_item' AND n.object_id = a.id \
             LEFT JOIN council_consultation c ON c.state = 'public' AND c.id = COALESCE(a.consultation_id, \
               (SELECT MIN(x.id) FROM council_consultation x WHERE x.agenda_item_id = a.id AND x.state = 'public')) \
             LEFT JOIN council_organization o ON o.id = (SELECT w.id FROM council_meeting_organization mo \
               JOIN council_organization w ON w.id = mo.organization_id AND w.state = 'public' WHERE mo.meeting_id = m.id ORDER BY mo.position, w.id LIMIT 1) \
             WHERE +a.site_id = $1 AND a.id ANY_OF($2) AND a.state = 'public' AND COALESCE(a.is_public, 1) = 1 AND COALESCE(m.cancelled, 0) = 0 \
             AND (a.result IS NOT NULL OR a.resolution_text IS NOT NULL) ORDER BY a.id"
        ),
        &[&site, &ids],
        outcome,
    )?;
    let mut papers = papers(tx, ids)?;
    for outcome in &mut outcomes {
        for (paper, office) in papers.remove(&outcome.agenda_item).unwrap_or_default() {
            outcome.office = outcome.office.take().or(office);
            outcome.papers.push(paper);
        }
        if outcome.title.is_empty() {
            outcome.title = outcome.papers.first().map(|paper| paper.title.clone()).unwrap_or_default();
        }
    }
    Ok(outcomes)
}

fn outcome(row: &Row<'_>) -> Result<Outcome, DbError> {
    let text = |position| Ok::<_, DbError>(row.get::<Option<String>>(position)?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
    let (meeting_id, meeting, result) = (row.get::<i64>(9)?, text(10)?, text(3)?);
    let role = row.get::<Option<String>>(13)?.and_then(|role| Part::read(&role, None));
    let part = role.or(if row.get::<Option<bool>>(14)? == Some(true) { Some(Part::Decides) } else { None });
    let committee = match (row.get::<Option<i64>>(16)?, text(17)?) {
        (Some(id), Some(name)) => Some(Committee { id, path: nodes::organization_path(id, &name), name }),
        _ => None,
    };
    let path = match text(12)? {
        Some(path) => path,
        None => nodes::agenda_item_path(&nodes::meeting_path(meeting_id, meeting.as_deref().unwrap_or_default()), row.get(11)?),
    };
    Ok(Outcome {
        agenda_item: row.get(0)?,
        node: row.get(1)?,
        title: text(2)?.unwrap_or_default(),
        votes: Votes::of(row.get(5)?, row.get(6)?, row.get(7)?).or_else(|| result.as_deref().and_then(Votes::read)).map(counted),
        result,
        resolution: text(4)?,
        decided_at: row.get::<Option<Instant>>(8)?,
        committee,
        meeting,
        path,
        prepares: part.is_some_and(Part::prepares),
        is_imported: row.get(15)?,
        papers: Vec::new(),
        office: None,
    })
}

const fn counted(votes: Votes) -> Counted {
    Counted { yes: votes.yes, no: votes.no, abstained: votes.abstained }
}

type Papers = HashMap<i64, Vec<(Paper, Option<String>)>>;

/// The public papers of agenda items with the office that leads each.
fn papers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Papers, DbError> {
    let site = tx.site()?;
    let mut out = Papers::new();
    tx.each(
        sql!(
            "SELECT a.id, p.id, n.id, p.reference, COALESCE(p.name, p.reference, ''), \
             (SELECT o.name FROM council_paper_originator g JOIN council_organization o ON o.id = g.organization_id AND o.state = 'public' \
              WHERE g.paper_id = p.id AND g.kind = 'direction' ORDER BY g.position LIMIT 1), c.position \
             FROM council_agenda_item a JOIN council_consultation c ON c.id = a.consultation_id AND c.state = 'public' \
             JOIN council_paper p ON p.id = c.paper_id AND p.state = 'public' \
             LEFT JOIN node n ON n.site_id = p.site_id AND n.kind = 'paper' AND n.object_id = p.id AND n.is_public = 1 \
             WHERE +a.site_id = $1 AND a.id ANY_OF($2) \
             UNION ALL \
             SELECT c.agenda_item_id, p.id, n.id, p.reference, COALESCE(p.name, p.reference, ''), \
             (SELECT o.name FROM council_paper_originator g JOIN council_organization o ON o.id = g.organization_id AND o.state = 'public' \
              WHERE g.paper_id = p.id AND g.kind = 'direction' ORDER BY g.position LIMIT 1), c.position + 1000 \
             FROM council_consultation c JOIN council_paper p ON p.id = c.paper_id AND p.state = 'public' \
             LEFT JOIN node n ON n.site_id = p.site_id AND n.kind = 'paper' AND n.object_id = p.id AND n.is_public = 1 \
             WHERE +c.site_id = $1 AND c.agenda_item_id ANY_OF($2) AND c.state = 'public' ORDER BY 1, 7, 2"
        ),
        &[&site, &ids],
        |row| {
            let (id, title) = (row.get::<i64>(1)?, row.get::<String>(4)?);
            let of_item = out.entry(row.get(0)?).or_default();
            if of_item.iter().all(|(paper, _)| paper.id != id) {
                let path = nodes::paper_path(id, &title);
                of_item.push((Paper { id, node: row.get(2)?, reference: row.get(3)?, title, path }, row.get(5)?));
            }
            Ok(())
        },
    )?;
    Ok(out)
}

/// The agenda items that a paper or a meeting tells something about.
fn affected(tx: &mut Tx<'_>, kind: &str, ids: &[i64]) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    let statement = match kind {
        "agenda_item" => return Ok(ids.to_vec()),
        "meeting" => {
            sql!("SELECT id FROM council_agenda_item WHERE +site_id = $1 AND meeting_id ANY_OF($2) AND (result IS NOT NULL OR resolution_text IS NOT NULL)")
        }
        "paper" => sql!(
            "SELECT a.id FROM council_consultation c JOIN council_agenda_item a ON a.consultation_id = c.id WHERE +c.site_id = $1 AND c.paper_id ANY_OF($2) \
             UNION SELECT agenda_item_id FROM council_consultation WHERE +site_id = $1 AND paper_id ANY_OF($2) AND agenda_item_id IS NOT NULL"
        ),
        _ => return Ok(Vec::new()),
    };
    tx.list(statement, &[&site, &ids], |row| row.get(0))
}

fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id FROM council_agenda_item WHERE site_id = $1 AND id > $2 AND (result IS NOT NULL OR resolution_text IS NOT NULL) ORDER BY id LIMIT $3"),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

/// Moves the change of the public agenda items behind these decisions, and of their meetings, to now: OParl shows what
/// became of a decision as a part of its agenda item. The two are tied in the thread: decision `discussed_in` agenda item.
///
/// # Errors
/// What the database reports.
pub fn touch_decided(tx: &mut Tx<'_>, decisions: &[i64]) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let items = tx.list(
        sql!(
            "SELECT i.object_id FROM node d JOIN link l ON l.from_node_id = d.id AND l.kind = 'discussed_in' \
             JOIN node i ON i.id = l.to_node_id AND i.kind = 'agenda_item' WHERE d.site_id = $1 AND d.kind = 'decision' AND d.object_id ANY_OF($2)"
        ),
        &[&site, &decisions],
        |row| row.get::<i64>(0),
    )?;
    tx.execute(
        sql!("UPDATE council_agenda_item SET modified_at = $3 WHERE site_id = $1 AND id ANY_OF($2) AND state = 'public' AND modified_at < $3"),
        &[&site, &items, &now],
    )?;
    tx.execute(
        sql!(
            "UPDATE council_meeting SET modified_at = $3 WHERE site_id = $1 AND state = 'public' AND modified_at < $3 \
             AND id IN (SELECT meeting_id FROM council_agenda_item WHERE id ANY_OF($2) AND state = 'public')"
        ),
        &[&site, &items, &now],
    )?;
    Ok(())
}
