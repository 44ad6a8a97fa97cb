//! Meetings as pages show them: lists and months by time, one meeting with its agenda and its people.

use super::{Named, named};
use allmende_core::{Instant, Language};
use allmende_db::{DbError, Row, Tx, sql};

/// A meeting in a list.
#[derive(Debug, Clone)]
pub struct MeetingRow {
    /// Its row.
    pub id: i64,
    /// Its own name.
    pub name: Option<String>,
    /// The first committee.
    pub organization: Option<String>,
    /// The second one of a joint meeting.
    pub second: Option<String>,
    /// When it begins.
    pub starts_at: Option<Instant>,
    /// Whether it does not take place.
    pub cancelled: bool,
    /// Where it is held.
    pub place: Option<String>,
    /// Whether an agenda is public.
    pub has_agenda: bool,
}

fn meeting(row: &Row<'_>) -> Result<MeetingRow, DbError> {
    Ok(MeetingRow {
        id: row.get(0)?,
        name: row.get(1)?,
        starts_at: row.get(2)?,
        cancelled: row.get::<Option<bool>>(3)?.unwrap_or(false),
        organization: row.get(4)?,
        second: row.get(5)?,
        place: row.get(6)?,
        has_agenda: row.get(7)?,
    })
}

/// The columns of [`MeetingRow`], so that every list reads the same.
macro_rules! list_of {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT m.id, m.name, m.starts_at, m.cancelled, \
             (SELECT o.name FROM council_meeting_organization mo JOIN council_organization o ON o.id = mo.organization_id AND o.state = 'public' \
              WHERE mo.meeting_id = m.id ORDER BY mo.position LIMIT 1), \
             (SELECT o.name FROM council_meeting_organization mo JOIN council_organization o ON o.id = mo.organization_id AND o.state = 'public' \
              WHERE mo.meeting_id = m.id ORDER BY mo.position LIMIT 1 OFFSET 1), \
             COALESCE(l.description, l.street_address, l.room), \
             CAST(CASE WHEN EXISTS (SELECT 1 FROM council_agenda_item a WHERE a.meeting_id = m.id AND a.state = 'public') THEN 1 ELSE 0 END AS BIGINT) \
             FROM council_meeting m LEFT JOIN council_location l ON l.id = m.location_id AND l.state = 'public' ",
            $rest
        ))
    };
}

/// Meetings from `from` (exclusive, by time and row) until before `until`, in the order of time.
///
/// # Errors
/// What the database reports.
pub fn list_from(tx: &mut Tx<'_>, organization: Option<i64>, from: (Instant, i64), until: Instant, limit: i64) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        list_of!(
            "WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at < $4 AND (m.starts_at, m.id) > ($2, $3) \
             AND (CAST($6 AS BIGINT) IS NULL OR m.id IN (SELECT meeting_id FROM council_meeting_organization WHERE organization_id = $6)) \
             ORDER BY m.starts_at, m.id LIMIT $5"
        ),
        &[&site, &from.0, &from.1, &until, &limit, &organization],
        meeting,
    )
}

/// Meetings before `before` (exclusive, by time and row) back to `since` (inclusive), newest first.
///
/// # Errors
/// What the database reports.
pub fn list_before(tx: &mut Tx<'_>, organization: Option<i64>, before: (Instant, i64), since: Instant, limit: i64) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        list_of!(
            "WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at >= $4 AND (m.starts_at, m.id) < ($2, $3) \
             AND (CAST($6 AS BIGINT) IS NULL OR m.id IN (SELECT meeting_id FROM council_meeting_organization WHERE organization_id = $6)) \
             ORDER BY m.starts_at DESC, m.id DESC LIMIT $5"
        ),
        &[&site, &before.0, &before.1, &since, &limit, &organization],
        meeting,
    )
}

/// Meetings whose day is not yet known, newest row first, at most 20.
///
/// # Errors
/// What the database reports.
pub fn list_undated(tx: &mut Tx<'_>, organization: Option<i64>) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        list_of!(
            "WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at IS NULL \
             AND (CAST($2 AS BIGINT) IS NULL OR m.id IN (SELECT meeting_id FROM council_meeting_organization WHERE organization_id = $2)) \
             ORDER BY m.id DESC LIMIT 20"
        ),
        &[&site, &organization],
        meeting,
    )
}

/// Meetings at all places of one name, newest first, at most 50.
///
/// # Errors
/// What the database reports.
pub fn list_at_place(tx: &mut Tx<'_>, place: &str) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        list_of!(
            "WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at IS NOT NULL AND m.location_id IN (SELECT x.id FROM council_location x \
             WHERE x.site_id = $1 AND x.state = 'public' AND COALESCE(x.description, x.street_address, x.sub_locality, x.locality) = $2) \
             ORDER BY m.starts_at DESC, m.id DESC LIMIT 50"
        ),
        &[&site, &place],
        meeting,
    )
}

/// The next ten and the last ten meetings of a committee, in the order of time. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_around(tx: &mut Tx<'_>, organization: i64, now: Instant) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        list_of!(
            "WHERE m.site_id = $1 AND m.id IN ( \
               SELECT id FROM (SELECT n.id FROM council_meeting_organization mo JOIN council_meeting n ON n.id = mo.meeting_id \
                 WHERE mo.organization_id = $2 AND n.state = 'public' AND n.starts_at > $3 ORDER BY n.starts_at, n.id LIMIT 10) AS coming \
               UNION ALL SELECT id FROM (SELECT n.id FROM council_meeting_organization mo JOIN council_meeting n ON n.id = mo.meeting_id \
                 WHERE mo.organization_id = $2 AND n.state = 'public' AND n.starts_at <= $3 ORDER BY n.starts_at DESC, n.id DESC LIMIT 10) AS past) \
             ORDER BY m.starts_at, m.id"
        ),
        &[&site, &organization, &now],
        meeting,
    )
}

/// What the agendas of several meetings are about: meeting and title of the public items that have a paper, in order.
///
/// # Errors
/// What the database reports.
pub fn topics(tx: &mut Tx<'_>, meetings: &[i64]) -> Result<Vec<(i64, String)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT a.meeting_id, a.name FROM council_agenda_item a WHERE a.meeting_id ANY_OF($1) AND +a.site_id = $2 AND a.state = 'public' \
             AND a.consultation_id IS NOT NULL AND a.name IS NOT NULL AND COALESCE(a.is_public, 1) = 1 ORDER BY a.meeting_id, a.position, a.id"
        ),
        &[&meetings, &site],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A meeting with what its own page needs.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Its row.
    pub id: i64,
    /// Its own name.
    pub name: Option<String>,
    /// Its number, such as `3/2026`.
    pub number: Option<String>,
    /// What came out, in German.
    pub summary: Option<String>,
    /// The summary in the language asked for.
    pub summary_in: Option<String>,
    /// Its state in the council's own words.
    pub meeting_state: Option<String>,
    /// Whether it does not take place.
    pub cancelled: bool,
    /// When it begins.
    pub starts_at: Option<Instant>,
    /// When it ends.
    pub ends_at: Option<Instant>,
    /// Number of guests.
    pub guests: Option<i64>,
    /// Its state: see the schema.
    pub state: String,
    /// Where it is held.
    pub place: Option<Named>,
    /// The room, if it is known apart from the place.
    pub room: Option<String>,
    /// The committees.
    pub organizations: Vec<Named>,
    /// Where it stands on the municipality's old site.
    pub web: Option<String>,
}

/// A meeting whatever its state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64, language: Language) -> Result<Option<Meeting>, DbError> {
    let site = tx.site()?;
    let mut found: Option<Meeting> = None;
    tx.each(
        sql!(
            "SELECT m.id, m.name, m.number, m.summary, s.text, m.meeting_state, m.cancelled, m.starts_at, m.ends_at, m.guest_count, m.state, \
             l.id, COALESCE(l.description, l.street_address, l.locality), l.room, o.id, o.name, m.web FROM council_meeting m \
             LEFT JOIN council_location l ON l.id = m.location_id AND l.state = 'public' \
             LEFT JOIN council_text s ON s.site_id = m.site_id AND s.kind = 'meeting' AND s.object_id = m.id AND s.field = 'summary' AND s.language = $3 \
             LEFT JOIN council_meeting_organization mo ON mo.meeting_id = m.id \
             LEFT JOIN council_organization o ON o.id = mo.organization_id AND o.state = 'public' \
             WHERE m.site_id = $1 AND m.id = $2 ORDER BY mo.position"
        ),
        &[&site, &id, &language],
        |row| {
            let organization = named(row, 14)?;
            if let Some(found) = &mut found {
                found.organizations.extend(organization);
                return Ok(());
            }
            found = Some(Meeting {
                id: row.get(0)?,
                name: row.get(1)?,
                number: row.get(2)?,
                summary: row.get(3)?,
                summary_in: row.get(4)?,
                meeting_state: row.get(5)?,
                cancelled: row.get::<Option<bool>>(6)?.unwrap_or(false),
                starts_at: row.get(7)?,
                ends_at: row.get(8)?,
                guests: row.get(9)?,
                state: row.get(10)?,
                place: named(row, 11)?,
                room: row.get(13)?,
                organizations: organization.into_iter().collect(),
                web: row.get(16)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// One item of an agenda with its paper.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// Its row.
    pub id: i64,
    /// Its place on the agenda.
    pub position: i64,
    /// Its number as the council writes it.
    pub number: Option<String>,
    /// Its title.
    pub name: Option<String>,
    /// The title in the language asked for.
    pub name_in: Option<String>,
    /// What it is about or what was said.
    pub summary: Option<String>,
    /// The same in the language asked for.
    pub summary_in: Option<String>,
    /// Whether it is dealt with in public; nothing if that is not known.
    pub is_public: Option<bool>,
    /// Why it is not dealt with in public.
    pub reason_non_public: Option<String>,
    /// The result in the council's own words.
    pub result: Option<String>,
    /// What was decided, word for word.
    pub resolution: Option<String>,
    /// The same in the language asked for.
    pub resolution_in: Option<String>,
    /// Yes, no and abstentions.
    pub votes: (Option<i64>, Option<i64>, Option<i64>),
    /// What the committee does.
    pub role: Option<String>,
    /// The paper: row and title.
    pub paper: Option<Named>,
    /// The paper's number.
    pub reference: Option<String>,
    /// The paper's kind.
    pub kind: Option<String>,
}

/// Public items of an agenda from a position on, at most `limit`, with what stands there in a language other than German.
///
/// # Errors
/// What the database reports.
pub fn agenda(tx: &mut Tx<'_>, meeting: i64, language: Language, from: i64, limit: i64) -> Result<Vec<ItemRow>, DbError> {
    macro_rules! agenda {
        ($texts:literal, $joined:literal) => {
            sql!(concat!(
                "SELECT a.id, a.position, a.number, a.name, a.summary, a.is_public, a.reason_non_public, a.result, a.resolution_text, \
                 a.votes_yes, a.votes_no, a.votes_abstained, c.role, p.id, COALESCE(p.name, p.reference), p.reference, p.kind",
                $texts,
                " FROM council_agenda_item a LEFT JOIN council_consultation c ON c.id = a.consultation_id AND c.state = 'public' \
                 LEFT JOIN council_paper p ON p.id = c.paper_id AND p.state = 'public'",
                $joined,
                " WHERE a.meeting_id = $1 AND +a.site_id = $2 AND a.state = 'public' AND a.position >= $3 ORDER BY a.position, a.id LIMIT $4"
            ))
        };
    }
    let site = tx.site()?;
    if language == Language::German {
        // Most readers: without looking for texts that are not there.
        return tx.list(agenda!("", ""), &[&meeting, &site, &from, &limit], item);
    }
    let statement = agenda!(
        ", tn.text, ts.text, tr.text",
        " LEFT JOIN council_text tn ON tn.site_id = a.site_id AND tn.kind = 'agenda_item' AND tn.object_id = a.id AND tn.field = 'name' AND tn.language = $5 \
         LEFT JOIN council_text ts ON ts.site_id = a.site_id AND ts.kind = 'agenda_item' AND ts.object_id = a.id AND ts.field = 'summary' AND ts.language = $5 \
         LEFT JOIN council_text tr ON tr.site_id = a.site_id AND tr.kind = 'agenda_item' AND tr.object_id = a.id AND tr.field = 'resolution_text' AND tr.language = $5"
    );
    tx.list(statement, &[&meeting, &site, &from, &limit, &language], |row| {
        Ok(ItemRow { name_in: row.get(17)?, summary_in: row.get(18)?, resolution_in: row.get(19)?, ..item(row)? })
    })
}

fn item(row: &Row<'_>) -> Result<ItemRow, DbError> {
    Ok(ItemRow {
        id: row.get(0)?,
        position: row.get(1)?,
        number: row.get(2)?,
        name: row.get(3)?,
        name_in: None,
        summary: row.get(4)?,
        summary_in: None,
        is_public: row.get(5)?,
        reason_non_public: row.get(6)?,
        result: row.get(7)?,
        resolution: row.get(8)?,
        resolution_in: None,
        votes: (row.get(9)?, row.get(10)?, row.get(11)?),
        role: row.get(12)?,
        paper: named(row, 13)?,
        reference: row.get(15)?,
        kind: row.get(16)?,
    })
}

/// Who takes part in a meeting, and the next meeting of its first committee after it.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The people who took part, in the server's order.
    pub people: Vec<Named>,
    /// The next meeting of the committee.
    pub next: Option<(Named, Instant)>,
}

/// One statement.
///
/// # Errors
/// What the database reports.
pub fn around(tx: &mut Tx<'_>, meeting: i64, organization: Option<i64>, after: Instant) -> Result<Around, DbError> {
    let site = tx.site()?;
    let mut around = Around::default();
    tx.each(
        sql!(
            "SELECT h.id, h.name, CAST(NULL AS BIGINT), mp.position FROM council_meeting_participant mp \
               JOIN council_person h ON h.id = mp.person_id AND h.state = 'public' WHERE mp.meeting_id = $1 AND +mp.site_id = $2 \
             UNION ALL SELECT id, name, starts_at, position FROM (SELECT m.id AS id, COALESCE(m.name, '') AS name, m.starts_at AS starts_at, mo.position AS position \
               FROM council_meeting_organization mo JOIN council_meeting m ON m.id = mo.meeting_id AND m.state = 'public' \
               WHERE mo.organization_id = $3 AND m.site_id = $2 AND m.starts_at > $4 AND COALESCE(m.cancelled, 0) = 0 \
               ORDER BY m.starts_at, m.id LIMIT 1) AS coming \
             ORDER BY 3, 4"
        ),
        &[&meeting, &site, &organization, &after],
        |row| {
            match row.get::<Option<Instant>>(2)? {
                Some(at) => around.next = Some((Named { id: row.get(0)?, name: row.get(1)? }, at)),
                None => around.people.extend(named(row, 0)?),
            }
            Ok(())
        },
    )?;
    Ok(around)
}
