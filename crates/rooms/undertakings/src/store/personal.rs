//! What belongs to one account: where it asked to take part, and what goes when it goes.

use super::{askers, path};
use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::own_rows;
use allmende_platform::personal::{Answer, Fate, Given, OwnPage, Personal, Rows, Window};

/// Characters of an answer on the account's page.
const ANSWER_CHARS: usize = 200;

/// What this room keeps for people with an account.
pub const PERSONAL: Personal = Personal {
    page: Some(OwnPage { key: "undertaking-own-heading", help_key: "undertaking-own-lead", path: "/konto/vorhaben" }),
    given: Some(given),
    fates: |_, _| Ok(vec![Fate::goes("undertaking-own-gone")]),
    export,
    erase: askers::erase_person,
    ..Personal::NOTHING
};

/// The requests of an account on this site, each with its answer. One statement.
fn given(tx: &mut Tx<'_>, window: &Window) -> Result<Vec<Given>, DbError> {
    let (site, t) = (tx.site()?, window.t);
    tx.list(
        sql!(
            "SELECT a.undertaking_id, u.title, a.created_at, r.answer_text, r.answered_at FROM undertaking_asker a \
             JOIN undertaking u ON u.id = a.undertaking_id LEFT JOIN undertaking_request r ON r.id = a.request_id \
             WHERE a.site_id = $1 AND a.person_id = $2 AND a.created_at < $3 ORDER BY a.created_at DESC, a.id DESC LIMIT $4"
        ),
        &[&site, &window.person, &window.before, &window.rows],
        |row| {
            let title: String = row.get(1)?;
            let path = format!("{}#anfragen", path(row.get(0)?, &title));
            let answer: Option<String> = row.get(3)?;
            let answer = answer.zip(row.get(4)?).map(|(text, at)| Answer { text: text.chars().take(ANSWER_CHARS).collect(), path: path.clone(), at });
            let (shape, state) = if answer.is_some() { ("done", "undertaking-own-answered") } else { ("open", "undertaking-own-open") };
            let (kind, state) = (t.get("undertaking-own-kind").to_owned(), t.get(state).to_owned());
            Ok(Given { kind, title, path, at: row.get(2)?, state, shape, answer, became: Vec::new() })
        },
    )
}

/// Everything that is kept of an account's requests on all sites.
fn export(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
    Ok(vec![own_rows!(
        tx,
        "undertaking_asker",
        [
            "id",
            "site_id",
            "undertaking_id",
            "request_id",
            "is_first",
            "person_id",
            "email",
            "name",
            "reason",
            "language",
            "confirm_until",
            "confirmed_at",
            "told_at",
            "created_at"
        ],
        "WHERE person_id = $1 AND site_id = site_id ORDER BY id",
        &[&person]
    )?])
}
