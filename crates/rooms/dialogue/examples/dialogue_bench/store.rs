//! Many rows at once: each table by one statement that counts in the database, the same on both engines.
//!
//! The first half of the comments stands on ideas with [`ON_ONE`] comments each, one in ten of them an answer; the second half is spread
//! over the other ideas; one in forty more stands in the discussion.

use allmende_db::{DbError, Tx, sql};
use allmende_dialogue::formats::ideas::similar;

/// Comments on an idea that is measured.
const ON_ONE: i64 = 100;
/// People who take part.
const PEOPLE: i64 = 2_000;
/// Words of which titles are made.
const WORDS: [&str; 12] =
    ["Bänke", "Radweg", "Spielplatz", "Brunnen", "Bücherei", "Schwimmbad", "Haltestelle", "Bäume", "Beleuchtung", "Toilette", "Hundewiese", "Marktstand"];

/// Where the rows go.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The process.
    pub process: i64,
    /// The collection of ideas.
    pub collection: i64,
    /// The discussion.
    pub talk: i64,
}

/// Writes it all and returns how many ideas, the first ones, have [`ON_ONE`] comments.
pub fn fill(tx: &mut Tx<'_>, place: Place, ideas: i64, comments: i64) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO participant (site_id, process_id, guest_email, guest_email_folded, language, public_name, proof, confirmed_at, accepted_at, created_at) \
             WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $4) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), 'p' || i || '@gast.example', 'p' || i || '@gast.example', 'de', 'Mensch ' || i, 'email', CAST($3 AS BIGINT), CAST($3 AS BIGINT), CAST($3 AS BIGINT) FROM n"
        ),
        &[&site, &place.process, &now, &PEOPLE],
    )?;
    let first_person = first(tx, "participant")? - 1;
    write_ideas(tx, place, ideas, first_person)?;
    let first_idea = first(tx, "idea")? - 1;
    write_comments(tx, place, ideas, comments, first_person, first_idea)?;
    count(tx, place)?;
    Ok((comments / 2 / ON_ONE).clamp(1, ideas))
}

fn first(tx: &mut Tx<'_>, table: &str) -> Result<i64, DbError> {
    let statement = match table {
        "participant" => sql!("SELECT MIN(id) FROM participant WHERE site_id = site_id AND public_name = 'Mensch 1'"),
        "idea" => sql!("SELECT MIN(id) FROM idea WHERE site_id = site_id AND once_key = 'bench 1'"),
        _ => sql!("SELECT MIN(id) FROM comment WHERE site_id = site_id AND once_key = 'bench 1'"),
    };
    tx.find(statement, &[], |row| row.get::<Option<i64>>(0)).map(|found| found.flatten().unwrap_or(1))
}

fn write_ideas(tx: &mut Tx<'_>, place: Place, ideas: i64, first_person: i64) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO idea (site_id, process_id, part_id, number, receipt, participant_id, channel, author_name, title, text, category, state, supports, comments, \
             submitted_at, answer_by, shuffle, once_key) \
             WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $5) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), i, CAST(CAST($2 AS BIGINT) AS TEXT) || '-' || i, CAST($6 AS BIGINT) + 1 + (i % $7), 'web', 'Mensch ' || (1 + i % $7), 'Ein Vorschlag für die Straße Nummer ' || i, \
             'Hier fehlt etwas, das vielen Menschen jeden Tag hilft. Es kostet wenig, und die Nachbarschaft hilft mit. So sieht der Vorschlag Nummer ' || i || ' aus.', \
             CASE i % 4 WHEN 0 THEN 'Verkehr' WHEN 1 THEN 'Grün' WHEN 2 THEN 'Freizeit' ELSE 'Miteinander' END, 'public', (i * 7919) % 501, 0, \
             $4 - (($5 - i) % 2592000) * 1000, '2031-01-01', (i * 648055) % 1048576, 'bench ' || i FROM n"
        ),
        &[&site, &place.process, &place.collection, &now, &ideas, &first_person, &PEOPLE],
    )?;
    for (word, number) in WORDS.into_iter().zip(0_i64..) {
        for digest in similar::words_of(word) {
            tx.execute(
                sql!(
                    "INSERT INTO idea_word (site_id, part_id, word, idea_id) SELECT site_id, part_id, CAST($3 AS BIGINT), id FROM idea \
                     WHERE site_id = $1 AND part_id = $2 AND id % 12 = $4"
                ),
                &[&site, &place.collection, &digest, &number],
            )?;
        }
    }
    Ok(())
}

fn write_comments(tx: &mut Tx<'_>, place: Place, ideas: i64, comments: i64, first_person: i64, first_idea: i64) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let full = (comments / 2 / ON_ONE).clamp(1, ideas);
    let rest = (ideas - full).max(1);
    tx.execute(
        sql!(
            "INSERT INTO comment (site_id, process_id, on_kind, on_id, depth, participant_id, author_name, stance, text, state, replies, submitted_at, once_key) \
             WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $4) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CASE WHEN i > CAST($9 AS BIGINT) * 100 AND i % 40 = 0 THEN 'process_part' ELSE 'idea' END, \
             CASE WHEN i <= CAST($9 AS BIGINT) * 100 THEN CAST($8 AS BIGINT) + 1 + (i - 1) / 100 WHEN i % 40 = 0 THEN CAST($3 AS BIGINT) ELSE CAST($8 AS BIGINT) + 1 + (CAST($9 AS BIGINT) + i % $10) % $11 END, 0, \
             CAST($6 AS BIGINT) + 1 + (i * 31) % $7, 'Mensch ' || (1 + (i * 31) % $7), CASE i % 3 WHEN 0 THEN 'for' WHEN 1 THEN 'against' END, \
             'Das sehe ich auch so, denn ich komme jeden Tag dort vorbei. Es wäre gut, wenn es bald geht. Beitrag Nummer ' || i, 'public', 0, $5 - ($4 - i), 'bench ' || i FROM n"
        ),
        &[&site, &place.process, &place.talk, &comments, &now, &first_person, &PEOPLE, &first_idea, &full, &rest, &ideas],
    )?;
    let first_comment = first(tx, "comment")?;
    tx.execute(sql!("UPDATE comment SET root_id = id WHERE site_id = $1 AND process_id = $2"), &[&site, &place.process])?;
    // One in ten answers the one before it, which stands on the same idea.
    tx.execute(
        sql!(
            "UPDATE comment SET parent_id = id - 1, root_id = id - 1, depth = 1 WHERE site_id = $1 AND process_id = $2 AND (id - $3) % 10 = 5 AND id - $3 < CAST($4 AS BIGINT) * 100"
        ),
        &[&site, &place.process, &first_comment, &full],
    )?;
    Ok(())
}

/// Brings every counter up to date, as the room's own store would have done one by one.
fn count(tx: &mut Tx<'_>, place: Place) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO comment_voice (site_id, process_id, on_kind, on_id, participant_id, name, comments) \
             SELECT site_id, process_id, on_kind, on_id, participant_id, CAST(0 AS BIGINT), COUNT(*) FROM comment WHERE site_id = $1 AND process_id = $2 \
             GROUP BY site_id, process_id, on_kind, on_id, participant_id"
        ),
        &[&site, &place.process],
    )?;
    tx.execute(
        sql!(
            "UPDATE idea SET comments = (SELECT COUNT(*) FROM comment c WHERE c.on_kind = 'idea' AND c.on_id = idea.id) WHERE site_id = $1 AND process_id = $2"
        ),
        &[&site, &place.process],
    )?;
    tx.execute(
        sql!(
            "UPDATE process SET ideas = (SELECT COUNT(*) FROM idea WHERE process_id = $2), comments = (SELECT COUNT(*) FROM comment WHERE process_id = $2), \
             numbers_given = (SELECT COUNT(*) FROM idea WHERE process_id = $2) WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &place.process],
    )?;
    Ok(())
}
