//! Papers as pages show them: lists by key, one paper, its way through the committees, and what it is tied to.

use super::{Named, named};
use crate::rules::{Outcome, Part, Station, Votes};
use allmende_core::{Instant, Language};
use allmende_db::{DbError, Row, Tx, sql};

/// A paper in a list.
#[derive(Debug, Clone)]
pub struct PaperRow {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub name: Option<String>,
    /// Its number, such as `2026/016`.
    pub reference: Option<String>,
    /// Its kind in the council's own words.
    pub kind: Option<String>,
    /// Its day, `YYYY-MM-DD`.
    pub dated_on: Option<String>,
}

/// What narrows a list of papers.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The exact kind.
    pub kind: Option<String>,
    /// A committee that dealt with it.
    pub organization: Option<i64>,
    /// A place it is about.
    pub place: Option<i64>,
    /// First day, `YYYY-MM-DD`, inclusive.
    pub from: Option<String>,
}

/// Where a list goes on: before this day and number, newest first. Papers without a day come last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The day; nothing among the papers without one.
    pub day: Option<String>,
    /// The row.
    pub id: i64,
}

impl Cursor {
    /// The beginning of a list.
    #[must_use]
    pub fn start() -> Self {
        Self { day: Some("9999-99-99".to_owned()), id: i64::MAX }
    }
}

/// Dated papers, newest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_dated(tx: &mut Tx<'_>, filter: &Filter, day: &str, id: i64, limit: i64) -> Result<Vec<PaperRow>, DbError> {
    let site = tx.site()?;
    let from = filter.from.as_deref().unwrap_or("");
    if filter.kind.is_none() && filter.organization.is_none() && filter.place.is_none() {
        return tx.list(
            sql!(
                "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_paper p \
                 WHERE p.site_id = $1 AND p.state = 'public' AND p.dated_on >= $2 AND (p.dated_on, p.id) < ($3, $4) \
                 ORDER BY p.dated_on DESC, p.id DESC LIMIT $5"
            ),
            &[&site, &from, &day, &id, &limit],
            paper,
        );
    }
    if let (Some(kind), None, None) = (&filter.kind, filter.organization, filter.place) {
        return tx.list(
            sql!(
                "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_paper p \
                 WHERE p.site_id = $1 AND p.state = 'public' AND p.kind = $6 AND p.dated_on >= $2 AND (p.dated_on, p.id) < ($3, $4) \
                 ORDER BY p.dated_on DESC, p.id DESC LIMIT $5"
            ),
            &[&site, &from, &day, &id, &limit, kind],
            paper,
        );
    }
    tx.list(
        sql!(
            "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_paper p \
             WHERE p.site_id = $1 AND p.state = 'public' AND p.dated_on >= $2 AND (p.dated_on, p.id) < ($3, $4) \
             AND (CAST($6 AS TEXT) IS NULL OR p.kind = $6) \
             AND (CAST($7 AS BIGINT) IS NULL OR p.id IN (SELECT c.paper_id FROM council_consultation_organization co \
                  JOIN council_consultation c ON c.id = co.consultation_id WHERE co.organization_id = $7 AND c.state = 'public')) \
             AND (CAST($8 AS BIGINT) IS NULL OR p.id IN (SELECT l.paper_id FROM council_paper_location l WHERE l.location_id = $8)) \
             ORDER BY p.dated_on DESC, p.id DESC LIMIT $5"
        ),
        &[&site, &from, &day, &id, &limit, &filter.kind, &filter.organization, &filter.place],
        paper,
    )
}

/// Papers without a day, newest row first, at most `limit`; none if the list is of one year.
///
/// # Errors
/// What the database reports.
pub fn list_undated(tx: &mut Tx<'_>, filter: &Filter, id: i64, limit: i64) -> Result<Vec<PaperRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_paper p \
             WHERE p.site_id = $1 AND p.state = 'public' AND p.dated_on IS NULL AND p.id < $2 \
             AND (CAST($4 AS TEXT) IS NULL OR p.kind = $4) \
             AND (CAST($5 AS BIGINT) IS NULL OR p.id IN (SELECT c.paper_id FROM council_consultation_organization co \
                  JOIN council_consultation c ON c.id = co.consultation_id WHERE co.organization_id = $5 AND c.state = 'public')) \
             AND (CAST($6 AS BIGINT) IS NULL OR p.id IN (SELECT l.paper_id FROM council_paper_location l WHERE l.location_id = $6)) \
             ORDER BY p.id DESC LIMIT $3"
        ),
        &[&site, &id, &limit, &filter.kind, &filter.organization, &filter.place],
        paper,
    )
}

fn paper(row: &Row<'_>) -> Result<PaperRow, DbError> {
    Ok(PaperRow { id: row.get(0)?, name: row.get(1)?, reference: row.get(2)?, kind: row.get(3)?, dated_on: row.get(4)? })
}

/// What a list of papers can be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// All kinds, sorted by their bytes.
    pub kinds: Vec<String>,
    /// The organizations that dealt with a paper, in the order of their names.
    pub organizations: Vec<Named>,
    /// The first and the last day of all papers.
    pub days: Option<(String, String)>,
}

/// One statement. The kinds are found by leaping from one to the next in the index, so that their number counts and not
/// that of the papers.
///
/// # Errors
/// What the database reports.
pub fn choices(tx: &mut Tx<'_>) -> Result<Choices, DbError> {
    let site = tx.site()?;
    let mut choices = Choices::default();
    tx.each(
        sql!(
            "WITH RECURSIVE k(kind) AS ( \
               SELECT MIN(kind) FROM council_paper WHERE site_id = $1 AND state = 'public' \
               UNION ALL SELECT (SELECT MIN(p.kind) FROM council_paper p WHERE p.site_id = $1 AND p.state = 'public' AND p.kind > k.kind) \
               FROM k WHERE k.kind IS NOT NULL) \
             SELECT 0, CAST(NULL AS BIGINT), kind, kind FROM k WHERE kind <> '' \
             UNION ALL SELECT 1, o.id, o.name, o.sort_key FROM council_organization o WHERE o.site_id = $1 AND o.state = 'public' \
               AND EXISTS (SELECT 1 FROM council_consultation_organization co WHERE co.organization_id = o.id) \
             UNION ALL SELECT 2, CAST(NULL AS BIGINT), MIN(dated_on), '' FROM council_paper WHERE site_id = $1 AND state = 'public' \
             UNION ALL SELECT 3, CAST(NULL AS BIGINT), MAX(dated_on), '' FROM council_paper WHERE site_id = $1 AND state = 'public' \
             ORDER BY 1, 4"
        ),
        &[&site],
        |row| {
            match (row.get::<i64>(0)?, row.get::<Option<String>>(2)?) {
                (0, Some(kind)) => choices.kinds.push(kind),
                (1, _) => choices.organizations.extend(named(row, 1)?),
                (2, Some(first)) => choices.days = Some((first.clone(), first)),
                (3, Some(last)) => {
                    if let Some(days) = &mut choices.days {
                        days.1 = last;
                    }
                }
                _ => {}
            }
            Ok(())
        },
    )?;
    Ok(choices)
}

/// The name of a place, if it is public.
///
/// # Errors
/// What the database reports.
pub fn find_place(tx: &mut Tx<'_>, place: i64) -> Result<Option<Named>, DbError> {
    let site = tx.site()?;
    let named = tx.find(
        sql!(
            "SELECT l.id, COALESCE(l.description, l.street_address, l.sub_locality, l.locality) FROM council_location l \
             WHERE l.site_id = $1 AND l.id = $2 AND l.state = 'public'"
        ),
        &[&site, &place],
        |row| named(row, 0),
    )?;
    Ok(named.flatten())
}

/// One station of a paper's way through the committees.
#[derive(Debug, Clone)]
pub struct StationRow {
    /// The paper.
    pub paper: i64,
    /// The consultation's row.
    pub id: i64,
    /// What the committee does, in the council's own words.
    pub role: Option<String>,
    /// Whether the committee decides.
    pub authoritative: Option<bool>,
    /// The committees.
    pub organizations: Vec<Named>,
    /// The meeting, with an empty name where it has none.
    pub meeting: Option<Named>,
    /// When the meeting begins.
    pub starts_at: Option<Instant>,
    /// Whether the meeting does not take place.
    pub cancelled: bool,
    /// Position on the agenda.
    pub position: Option<i64>,
    /// The result in the council's own words.
    pub result: Option<String>,
    /// Yes, no and abstentions.
    pub votes: (Option<i64>, Option<i64>, Option<i64>),
}

impl StationRow {
    /// What came out: the result with its role, or else the vote.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        outcome(self.result.as_deref(), self.role.as_deref(), self.votes)
    }

    /// The station as the rules see it.
    #[must_use]
    pub fn as_station(&self) -> Station {
        Station {
            at: self.starts_at,
            cancelled: self.cancelled,
            part: Part::read(self.role.as_deref().unwrap_or_default(), self.authoritative),
            outcome: self.outcome(),
        }
    }
}

/// What a result with its role, or else a vote of yes, no and abstentions, says.
#[must_use]
pub fn outcome(result: Option<&str>, role: Option<&str>, votes: (Option<i64>, Option<i64>, Option<i64>)) -> Option<Outcome> {
    let by_votes = || Votes::of(votes.0, votes.1, votes.2).map(|votes| if votes.yes > votes.no { Outcome::Adopted } else { Outcome::Rejected });
    result.map_or_else(by_votes, |result| Outcome::read(result, role))
}

/// The ways of several papers, by paper and in the order of time; stations without a day come last. One statement.
///
/// # Errors
/// What the database reports.
pub fn stations(tx: &mut Tx<'_>, papers: &[i64]) -> Result<Vec<StationRow>, DbError> {
    let site = tx.site()?;
    let mut stations: Vec<StationRow> = Vec::with_capacity(papers.len());
    tx.each(
        sql!(
            "SELECT c.paper_id, c.id, c.role, c.authoritative, m.id, m.name, m.starts_at, m.cancelled, \
             a.position, a.result, a.votes_yes, a.votes_no, a.votes_abstained, o.id, o.name \
             FROM council_consultation c \
             LEFT JOIN council_agenda_item a ON a.id = c.agenda_item_id AND a.state = 'public' \
             LEFT JOIN council_meeting m ON m.id = COALESCE(c.meeting_id, a.meeting_id) AND m.state = 'public' \
             LEFT JOIN council_consultation_organization co ON co.consultation_id = c.id \
             LEFT JOIN council_organization o ON o.id = co.organization_id AND o.state = 'public' \
             WHERE c.paper_id ANY_OF($1) AND +c.site_id = $2 AND c.state = 'public' \
             ORDER BY c.paper_id, CASE WHEN m.starts_at IS NULL THEN 1 ELSE 0 END, m.starts_at, c.position, c.id, co.position"
        ),
        &[&papers, &site],
        |row| {
            let organization = named(row, 13)?;
            let id = row.get(1)?;
            if let Some(last) = stations.last_mut().filter(|last| last.id == id) {
                last.organizations.extend(organization);
                return Ok(());
            }
            stations.push(station(row, id, organization)?);
            Ok(())
        },
    )?;
    Ok(stations)
}

fn station(row: &Row<'_>, id: i64, organization: Option<Named>) -> Result<StationRow, DbError> {
    let meeting = match row.get::<Option<i64>>(4)? {
        Some(id) => Some(Named { id, name: row.get::<Option<String>>(5)?.unwrap_or_default() }),
        None => None,
    };
    Ok(StationRow {
        paper: row.get(0)?,
        id,
        role: row.get(2)?,
        authoritative: row.get(3)?,
        organizations: organization.into_iter().collect(),
        meeting,
        starts_at: row.get(6)?,
        cancelled: row.get::<Option<bool>>(7)?.unwrap_or(false),
        position: row.get(8)?,
        result: row.get(9)?,
        votes: (row.get(10)?, row.get(11)?, row.get(12)?),
    })
}

/// A paper with what its own page needs.
#[derive(Debug, Clone)]
pub struct Paper {
    /// As in lists.
    pub row: PaperRow,
    /// Its state: see the schema.
    pub state: String,
    /// What it is about, in German.
    pub summary: Option<String>,
    /// The title in the language asked for.
    pub name_in: Option<String>,
    /// The summary in the language asked for.
    pub summary_in: Option<String>,
    /// Where it stands on the municipality's old site.
    pub web: Option<String>,
}

/// A paper whatever its state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64, language: Language) -> Result<Option<Paper>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT p.id, p.name, p.reference, p.kind, p.dated_on, p.state, p.summary, n.text, s.text, p.web FROM council_paper p \
             LEFT JOIN council_text n ON n.site_id = p.site_id AND n.kind = 'paper' AND n.object_id = p.id AND n.field = 'name' AND n.language = $3 \
             LEFT JOIN council_text s ON s.site_id = p.site_id AND s.kind = 'paper' AND s.object_id = p.id AND s.field = 'summary' AND s.language = $3 \
             WHERE p.site_id = $1 AND p.id = $2"
        ),
        &[&site, &id, &language],
        |row| Ok(Paper { row: paper(row)?, state: row.get(5)?, summary: row.get(6)?, name_in: row.get(7)?, summary_in: row.get(8)?, web: row.get(9)? }),
    )
}

/// What a paper is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// People who brought it in.
    Person,
    /// Organizations that brought it in.
    Organization,
    /// Organizations that lead the matter.
    Direction,
    /// Places it is about.
    Place,
    /// The paper it belongs to.
    Superordinate,
    /// Papers that belong to it.
    Subordinate,
    /// Papers that have to do with it.
    Related,
}

/// All ties of a paper, each with its kind; a name of a paper is its title, with the number in `reference`. One statement.
///
/// # Errors
/// What the database reports.
pub fn ties(tx: &mut Tx<'_>, paper: i64) -> Result<Vec<(Tie, Named, Option<String>)>, DbError> {
    let site = tx.site()?;
    let mut ties = Vec::new();
    tx.each(
        sql!(
            "SELECT g.kind, h.id, h.name, CAST(NULL AS TEXT), g.position FROM council_paper_originator g \
               JOIN council_person h ON h.id = g.person_id AND h.state = 'public' WHERE g.paper_id = $1 AND +g.site_id = $2 \
             UNION ALL SELECT g.kind, o.id, o.name, CAST(NULL AS TEXT), g.position FROM council_paper_originator g \
               JOIN council_organization o ON o.id = g.organization_id AND o.state = 'public' WHERE g.paper_id = $1 AND +g.site_id = $2 \
             UNION ALL SELECT 'place', l.id, COALESCE(l.description, l.street_address, l.sub_locality, l.locality), CAST(NULL AS TEXT), k.position \
               FROM council_paper_location k JOIN council_location l ON l.id = k.location_id AND l.state = 'public' \
               WHERE k.paper_id = $1 AND +k.site_id = $2 \
             UNION ALL SELECT k.kind, p.id, COALESCE(p.name, p.reference), p.reference, k.position FROM council_paper_link k \
               JOIN council_paper p ON p.id = k.other_id AND p.state = 'public' WHERE k.paper_id = $1 AND +k.site_id = $2 \
             UNION ALL SELECT CASE k.kind WHEN 'superordinate' THEN 'subordinate' WHEN 'subordinate' THEN 'superordinate' ELSE k.kind END, \
               p.id, COALESCE(p.name, p.reference), p.reference, k.position FROM council_paper_link k \
               JOIN council_paper p ON p.id = k.paper_id AND p.state = 'public' WHERE k.other_id = $1 AND +k.site_id = $2 \
             ORDER BY 1, 5, 2 LIMIT 300"
        ),
        &[&paper, &site],
        |row| {
            let tie = match row.get::<String>(0)?.as_str() {
                "person" => Tie::Person,
                "organization" => Tie::Organization,
                "direction" => Tie::Direction,
                "place" => Tie::Place,
                "superordinate" => Tie::Superordinate,
                "subordinate" => Tie::Subordinate,
                _ => Tie::Related,
            };
            if let Some(other) = named(row, 1)? {
                let known = ties.iter().any(|(kind, named, _): &(Tie, Named, _)| *kind == tie && *named == other);
                if !known {
                    ties.push((tie, other, row.get(3)?));
                }
            }
            Ok(())
        },
    )?;
    Ok(ties)
}

/// Decisions that were taken last: the papers of agenda items with a result, newest meeting first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_decided(tx: &mut Tx<'_>, now: Instant, limit: i64) -> Result<Vec<PaperRow>, DbError> {
    let site = tx.site()?;
    let since = now.plus_seconds(-400 * 86_400);
    let mut papers: Vec<PaperRow> = Vec::new();
    tx.each(
        sql!(
            "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_meeting m \
             JOIN council_agenda_item a ON a.meeting_id = m.id AND a.state = 'public' AND a.result IS NOT NULL \
             JOIN council_consultation c ON c.id = a.consultation_id AND c.state = 'public' \
             JOIN council_paper p ON p.id = c.paper_id AND p.state = 'public' \
             WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at <= $2 AND m.starts_at > $3 \
             AND (c.authoritative = 1 OR c.role = 'Entscheidung') \
             ORDER BY m.starts_at DESC, m.id DESC, a.position LIMIT $4"
        ),
        &[&site, &now, &since, &limit],
        |row| {
            let row = paper(row)?;
            if !papers.iter().any(|known| known.id == row.id) {
                papers.push(row);
            }
            Ok(())
        },
    )?;
    Ok(papers)
}
