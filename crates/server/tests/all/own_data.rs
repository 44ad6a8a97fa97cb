//! What is kept of people: shown to them, given out whole, and gone with the account. Held against the catalogue of columns, so
//! that no room and no column can be forgotten.

use crate::catalogue::{columns_with, own_columns};
use crate::town::{assembly, in_town, in_town_with};
use allmende::rooms;
use allmende_core::{Id, Instant, Person, Role};
use allmende_db::dump::{self, Owned};
use allmende_db::{DbError, Scope, sql};
use allmende_platform::app::Ports;
use allmende_platform::personal::{Answer, Given, Personal};
use allmende_testing::town::{BEGIN_MILLIS, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;

const ADDRESS: &str = "resident@musterau.example";
const CANARY: &str = "Kanarienvogel Zizibe";

/// Leaves a trace of the resident in every table that can hold one, on both sites.
async fn leave_traces(town: &TestTown) -> Result<Id<Person>> {
    let (person, clerk) = (town.person(Role::Resident)?, town.person(Role::Clerk)?);
    let (own, neighbour) = (town.site.id, town.neighbour.id);
    town.post("/konto", &[("name", CANARY), ("language", "de")]).as_person(person).send().await?.expect(303)?;
    town.post("/anmelden", &[("email", ADDRESS), ("password", PASSWORD)]).send().await?.expect(303)?;
    town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("frequency", "daily")]).as_person(person).send().await?.expect(303)?;
    town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("frequency", "daily")]).as_person(person).on_neighbour().send().await?.expect(303)?;
    town.post("/anmelden/link-schicken", &[("email", ADDRESS)]).send().await?.expect(303)?;
    town.db()
        .write::<_, DbError>(own, move |tx| {
            tx.execute(
                sql!(
                    "INSERT INTO subscription_item (site_id, news_key, kind, object_id, happening, path, title, happened_at) \
                     VALUES ($1, 'a', 'paper', 1, 'published', '/rat/vorlagen/1', 'Radweg', $2)"
                ),
                &[&own, &BEGIN_MILLIS],
            )?;
            tx.execute(
                sql!(
                    "INSERT INTO subscription_news (site_id, subscription_id, item_id, reader_id, due_at) \
                     SELECT s.site_id, s.id, i.id, s.reader_id, $2 FROM subscription s JOIN subscription_item i ON i.site_id = s.site_id WHERE s.site_id = $1"
                ),
                &[&own, &BEGIN_MILLIS],
            )?;
            tx.execute(
                sql!(
                    "INSERT INTO registration (token_digest, site_id, email, email_folded, public_name, language, created_at, expires_at) \
                     SELECT $3, $1, email, email_folded, public_name, 'de', $4, $4 FROM person WHERE id = $2"
                ),
                &[&neighbour, &person, &vec![7_u8], &BEGIN_MILLIS],
            )?;
            tx.execute(
                sql!("INSERT INTO person_identity (person_id, issuer, subject, label, linked_at, used_at) VALUES ($1, 'https://id.example', '7', $2, $3, $3)"),
                &[&person, &ADDRESS, &BEGIN_MILLIS],
            )?;
            tx.execute(
                sql!("INSERT INTO person_claim (site_id, person_id, name, value) VALUES ($1, $2, 'residence', $3)"),
                &[&neighbour, &person, &CANARY],
            )?;
            tx.execute(
                sql!(
                    "INSERT INTO passkey (site_id, person_id, credential, public_key, counter, name, created_at) VALUES ($1, $2, $3, $3, 0, $4, $5)"
                ),
                &[&own, &person, &vec![7_u8], &CANARY, &BEGIN_MILLIS],
            )?;
            let department: Id<()> =
                tx.insert(sql!("INSERT INTO department (site_id, name, name_folded, created_at) VALUES ($1, 'Bauhof', 'bauhof', $2) RETURNING id"), &[&own, &BEGIN_MILLIS])?;
            for (who, by) in [(person, clerk), (clerk, person)] {
                tx.execute(
                    sql!("INSERT INTO department_person (site_id, department_id, person_id, added_at, added_by) VALUES ($1, $2, $3, $4, $5)"),
                    &[&own, &department, &who, &BEGIN_MILLIS, &by],
                )?;
            }
            tx.execute(sql!("UPDATE person_role SET granted_by = $2 WHERE site_id = $1 AND person_id = $3"), &[&own, &person, &clerk])?;
            let decision: Id<()> = tx.insert(
                sql!(
                    "INSERT INTO decision (site_id, agenda_item_id, is_open, is_public, is_imported, prepares, kind, by_hand, title, sort_at, year, committee_id, \
                     first_status, status, created_at, changed_at) VALUES ($1, 1, 1, 1, 0, 0, 'adopted', '', 'Radweg', $2, 2026, 1, 'open', 'open', $2, $2) RETURNING id"
                ),
                &[&own, &BEGIN_MILLIS],
            )?;
            let node: Id<()> = tx.insert(
                sql!("INSERT INTO node (site_id, kind, object_id, title, path, is_public) VALUES ($1, 'decision', 1, 'Radweg', '/beschluesse/1', 1) RETURNING id"),
                &[&own],
            )?;
            for statement in [
                sql!("INSERT INTO decision_record (site_id, decision_id, before, status, recorded_at, role, person_id) VALUES ($1, $2, 'open', 'open', $4, 'clerk', $3)"),
                sql!("INSERT INTO decision_note (site_id, decision_id, text, written_at, person_id) VALUES ($1, $2, 'x', $4, $3)"),
                sql!("INSERT INTO decision_correction (site_id, decision_id, field, reason, corrected_at, person_id) VALUES ($1, $2, 'title', 'x', $4, $3)"),
                sql!(
                    "INSERT INTO decision_explanation (site_id, decision_id, language, state, about, alternatives, conflicts, reasons, written_at, person_id) \
                     VALUES ($1, $2, 'de', 'draft', 'x', 'x', 'x', 'x', $4, $3)"
                ),
            ] {
                tx.execute(statement, &[&own, &decision, &person, &BEGIN_MILLIS])?;
            }
            tx.execute(
                sql!("INSERT INTO event (site_id, node_id, kind, happened_at, actor_role, person_id, is_public) VALUES ($1, $2, 'changed', $4, 'clerk', $3, 1)"),
                &[&own, &node, &person, &BEGIN_MILLIS],
            )?;
            Ok(())
        })
        .await?;
    leave_traces_in_a_process(town, person).await?;
    leave_traces_in_an_undertaking(town, person).await?;
    Ok(person)
}

/// The resident asked to take part, once kept the sheet, and once moderated.
async fn leave_traces_in_an_undertaking(town: &TestTown, person: Id<Person>) -> Result<()> {
    let own = town.site.id;
    let write = town.db().write::<_, DbError>(own, move |tx| {
        let undertaking: Id<()> = tx.insert(
            sql!(
                "INSERT INTO undertaking (site_id, visibility, title, title_key, summary, aim, state, state_on, takes_part, part_text, created_at, changed_at) \
                 VALUES ($1, 'public', 'x', 'x', 'x', 'x', 'planned', $2, 0, 'x', $2, $2) RETURNING id"
            ),
            &[&own, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!("INSERT INTO undertaking_record (site_id, undertaking_id, kind, recorded_at, role, person_id) VALUES ($1, $2, 'entered', $3, 'clerk', $4)"),
            &[&own, &undertaking, &BEGIN_MILLIS, &person],
        )?;
        tx.execute(
            sql!(
                "INSERT INTO undertaking_asker (site_id, undertaking_id, is_first, once_key, person_id, who, name, reason, language, digest, created_at) \
                 VALUES ($1, $2, 0, 'x', $3, $4, $5, '', 'de', $6, $7)"
            ),
            &[&own, &undertaking, &person, &ADDRESS, &CANARY, &vec![8_u8], &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!(
                "INSERT INTO moderation_decision (site_id, kind, object_id, path, title, action, words, is_on_notice, decided_role, decided_by, decided_at) \
                 VALUES ($1, 'idea', 1, '/', 'x', 'hidden', 'x', 0, 'moderator', $2, $3)"
            ),
            &[&own, &person, &BEGIN_MILLIS],
        )?;
        Ok(())
    });
    Ok(write.await?)
}

/// The resident takes part, supports what others gave, and once worked for the house.
async fn leave_traces_in_a_process(town: &TestTown, person: Id<Person>) -> Result<()> {
    let own = town.site.id;
    let write = town.db().write::<_, DbError>(own, move |tx| {
        let process: Id<()> = tx.insert(
            sql!(
                "INSERT INTO process (site_id, state, template, title, lead, open_text, fixed_text, decides, paper_way, contact, moderation, guests, audience, \
                 numbers_given, statements, answered, ideas, comments, participants, created_at, changed_at) \
                 VALUES ($1, 'public', 'consultation', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'after', 1, '{\"all\":[{\"kind\":\"open\"}]}', 0, 0, 0, 0, 0, 0, $2, $2) RETURNING id"
            ),
            &[&own, &BEGIN_MILLIS],
        )?;
        let part: Id<()> = tx.insert(
            sql!("INSERT INTO process_part (site_id, process_id, position, format, title, intro, settings) VALUES ($1, $2, 1, 'ideas', 'x', '', '{}') RETURNING id"),
            &[&own, &process],
        )?;
        let phase: Id<()> = tx.insert(
            sql!(
                "INSERT INTO process_phase (site_id, process_id, position, title, note, starts_at, ends_at, acts) VALUES ($1, $2, 1, 'x', '', $3, $3, 'state') RETURNING id"
            ),
            &[&own, &process, &BEGIN_MILLIS],
        )?;
        let version: Id<()> = tx.insert(
            sql!(
                "INSERT INTO text_version (site_id, part_id, number, title, note, state, body, digest, left_out, file_name, created_at) \
                 VALUES ($1, $2, 1, 'x', '', 'public', '{}', 'x', '[]', '', $3) RETURNING id"
            ),
            &[&own, &part, &BEGIN_MILLIS],
        )?;
        let participant: Id<()> = tx.insert(
            sql!(
                "INSERT INTO participant (site_id, process_id, person_id, language, public_name, proof, created_at) \
                 VALUES ($1, $2, $3, 'de', $4, 'account', $5) RETURNING id"
            ),
            &[&own, &process, &person, &CANARY, &BEGIN_MILLIS],
        )?;
        let statement: Id<()> = tx.insert(
            sql!(
                "INSERT INTO statement (site_id, process_id, part_id, version_id, number, receipt, participant_id, channel, author_name, text, unit, anchor_how, state, \
                 supports, submitted_at, once_key) VALUES ($1, $2, $3, $4, 1, '1-0001', $5, 'web', $6, 'x', 0, 'kept', 'public', 1, $7, 'x') RETURNING id"
            ),
            &[&own, &process, &part, &version, &participant, &CANARY, &BEGIN_MILLIS],
        )?;
        let mut ideas = Vec::new();
        for number in [2_i64, 3] {
            let key = number.to_string();
            let idea: Id<()> = tx.insert(
                sql!(
                    "INSERT INTO idea (site_id, process_id, part_id, number, receipt, participant_id, channel, author_name, title, text, state, supports, comments, \
                     submitted_at, shuffle, once_key) VALUES ($1, $2, $3, $4, $5, $6, 'web', $7, 'x', 'x', 'public', 0, 0, $8, 0, $5) RETURNING id"
                ),
                &[&own, &process, &part, &number, &key, &participant, &CANARY, &BEGIN_MILLIS],
            )?;
            ideas.push(idea);
        }
        tx.execute(
            sql!(
                "INSERT INTO idea_picture (idea_id, site_id, description, large_sha256, large_type, large_width, large_height, small_sha256, small_type, small_width, \
                 small_height, added_at) VALUES ($1, $2, $3, 'a', 'image/jpeg', 2, 2, 'b', 'image/jpeg', 1, 1, $4)"
            ),
            &[&ideas[0], &own, &CANARY, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!(
                "INSERT INTO comment (site_id, process_id, on_kind, on_id, depth, participant_id, author_name, text, state, replies, submitted_at, once_key) \
                 VALUES ($1, $2, 'idea', $3, 0, $4, $5, 'x', 'waiting', 0, $6, 'x')"
            ),
            &[&own, &process, &ideas[0], &participant, &CANARY, &BEGIN_MILLIS],
        )?;
        let weighing: Id<()> = tx.insert(
            sql!(
                "INSERT INTO weighing (site_id, process_id, part_id, title, reason, state, points, changed_at) VALUES ($1, $2, $3, 'x', '', 'open', 0, $4) RETURNING id"
            ),
            &[&own, &process, &part, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!("INSERT INTO audience_pass (site_id, process_id, person_id, participant_id, met, shown_at) VALUES ($1, $2, $3, $4, '[]', $5)"),
            &[&own, &process, &person, &participant, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!("INSERT INTO statement_support (site_id, statement_id, participant_id, supported_at) VALUES ($1, $2, $3, $4)"),
            &[&own, &statement, &participant, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!("INSERT INTO idea_support (site_id, idea_id, participant_id, supported_at) VALUES ($1, $2, $3, $4)"),
            &[&own, &ideas[0], &participant, &BEGIN_MILLIS],
        )?;
        tx.execute(
            sql!("INSERT INTO idea_lineage (site_id, from_idea_id, to_idea_id, kind, reason, happened_at, person_id) VALUES ($1, $2, $3, 'merged', 'x', $4, $5)"),
            &[&own, &ideas[0], &ideas[1], &BEGIN_MILLIS, &person],
        )?;
        tx.execute(
            sql!(
                "INSERT INTO process_extension (site_id, process_id, phase_id, ended_before, ends_after, reason, extended_at, person_id) VALUES ($1, $2, $3, $4, $4, 'x', $4, $5)"
            ),
            &[&own, &process, &phase, &BEGIN_MILLIS, &person],
        )?;
        tx.execute(
            sql!("INSERT INTO weighing_record (site_id, weighing_id, act, title, reason, state, recorded_at, person_id) VALUES ($1, $2, 'x', 'x', 'x', 'open', $3, $4)"),
            &[&own, &weighing, &BEGIN_MILLIS, &person],
        )?;
        tx.execute(
            sql!("INSERT INTO statement_note (site_id, statement_id, text, written_at, person_id) VALUES ($1, $2, 'x', $3, $4)"),
            &[&own, &statement, &BEGIN_MILLIS, &person],
        )?;
        Ok(())
    });
    Ok(write.await?)
}

#[test]
fn the_file_of_ones_own_data_holds_every_column_that_the_catalogue_promises() {
    in_town(async |town| {
        let person = leave_traces(&town).await?;
        let page = town.get("/konto/daten").as_person(person).send().await?.expect(200)?;
        ensure!(page.body.contains("href=\"/konto/daten.json\""));
        let file = town.get("/konto/daten.json").as_person(person).send().await?.expect(200)?;
        ensure!(file.text("content-disposition").contains("meine-daten.json") && file.text("cache-control") == "private, no-store");
        let value: Value = serde_json::from_str(&file.body)?;
        let promised = own_columns()?;
        ensure!(promised.len() > 40, "{promised:?}");
        for (table, column) in &promised {
            let rows = value["tables"][table].as_array().with_context(|| format!("{table} is not in the file"))?;
            ensure!(!rows.is_empty() && rows.iter().all(|row| row.get(column).is_some()), "{table}.{column} is not in the file");
        }
        for (table, rows) in value["tables"].as_object().context("no tables")? {
            for column in rows.as_array().and_then(|rows| rows.first()).and_then(Value::as_object).context("no row")?.keys() {
                ensure!(promised.contains(&(table.clone(), column.clone())), "{table}.{column} is given out without being promised");
            }
        }
        ensure!(value["tables"]["person"][0]["public_name"] == CANARY && value["tables"]["subscription_reader"].as_array().map(Vec::len) == Some(2));
        let others = town.get("/konto/daten.json").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(!others.body.contains(CANARY) && !others.body.contains(ADDRESS), "nothing of anybody else: {}", others.body);
        ensure!(town.get("/konto/daten.json").send().await?.status == 303);
        Ok(())
    });
}

/// Every cell of the database: table, column, value.
async fn cells(town: &TestTown) -> Result<Vec<(String, String, Owned)>> {
    let read = town.db().read::<_, DbError>(Scope::Installation, |tx| {
        let mut cells = Vec::new();
        for table in dump::tables(tx)? {
            dump::each_row::<DbError>(tx, &table, |row| {
                for (position, (column, _)) in table.columns.iter().enumerate() {
                    cells.push((table.name.clone(), column.clone(), Owned::from(row.cell(position)?)));
                }
                Ok(())
            })?;
        }
        Ok(cells)
    });
    Ok(read.await?)
}

#[test]
fn a_deleted_account_is_gone_from_every_table_on_every_site() {
    in_town(async |town| {
        let person = leave_traces(&town).await?;
        let traces = |cells: &[(String, String, Owned)]| -> BTreeSet<(String, String)> {
            let is_trace = |value: &Owned| matches!(value, Owned::Text(text) if text.contains(CANARY) || text.contains(ADDRESS));
            cells.iter().filter(|(_, _, value)| is_trace(value)).map(|(table, column, _)| (table.clone(), column.clone())).collect()
        };
        let references = columns_with("erasure", &["delete", "unlink"])?;
        let names = |cells: &[(String, String, Owned)]| -> BTreeSet<(String, String)> {
            let is_reference = |table: &str, column: &str| {
                let is_persons = matches!(column, "person_id" | "granted_by" | "added_by" | "decided_by") || (table == "person" && column == "id");
                is_persons && references.contains(&(table.to_owned(), column.to_owned()))
            };
            let mut found = BTreeSet::new();
            for (table, column, value) in cells {
                if is_reference(table, column) && *value == Owned::Int(person.get()) {
                    found.insert((table.clone(), column.clone()));
                }
            }
            found
        };
        let before = cells(&town).await?;
        let of_people = |(_, column): &&(String, String)| matches!(column.as_str(), "person_id" | "granted_by" | "added_by" | "decided_by");
        let untouched: Vec<_> = references.iter().filter(of_people).filter(|place| !names(&before).contains(*place)).collect();
        ensure!(untouched.is_empty(), "the test leaves no trace in {untouched:?}");
        ensure!(traces(&before).len() >= 5, "{:?}", traces(&before));
        let token = town.post("/anmelden", &[("email", ADDRESS), ("password", PASSWORD)]).send().await?.session().context("no session")?;
        let told = town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?;
        for sentence in ["Ihre Abos auf allen Seiten", "Alle E-Mails, die wir Ihnen geschickt haben", "nur noch Ihre Rolle", "Alle Anmeldungen"] {
            ensure!(told.body.contains(sentence), "{sentence}: {}", told.body);
        }
        let timing = told.text("server-timing");
        let statements: u32 = timing.split("statements=").nth(1).and_then(|rest| rest.split('"').next()).context("no count")?.parse()?;
        ensure!(statements <= 5, "{statements}");
        town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(303)?;
        let after = cells(&town).await?;
        ensure!(names(&after).is_empty(), "still named in {:?}", names(&after));
        let farewell = BTreeSet::from([("mail".to_owned(), "recipient".to_owned())]);
        ensure!(traces(&after) == farewell, "only the last mail bears the address: {:?}", traces(&after));
        let mails = after.iter().filter(|(table, column, value)| table == "mail" && column == "recipient" && *value == Owned::Text(ADDRESS.to_owned())).count();
        ensure!(mails == 1, "the mails that waited are gone: {mails}");
        Ok(())
    });
}

const HOUR: i64 = 3_600;

fn statement(number: i64) -> Given {
    let at = Instant::from_millis(BEGIN_MILLIS).plus_seconds(-number * HOUR);
    let answer = (number == 1).then(|| Answer { text: "Der Radweg kommt.".to_owned(), path: "/beteiligung/1/antwort".to_owned(), at });
    Given {
        kind: "Stellungnahme".to_owned(),
        title: format!("Radweg {number}"),
        path: format!("/beteiligung/{number}"),
        at,
        state: "beantwortet".to_owned(),
        shape: "done",
        answer,
        became: Vec::new(),
    }
}

/// Two rooms to which people give: one has the even, one the odd of 120 things, an hour apart.
fn giving() -> Ports {
    const EVEN: Personal = Personal {
        given: Some(|_, window| Ok((0..120).filter(|number| number % 2 == 0).map(statement).filter(|given| given.at < window.before).take(51).collect())),
        ..Personal::NOTHING
    };
    const ODD: Personal = Personal {
        given: Some(|_, window| Ok((0..120).filter(|number| number % 2 == 1).map(statement).filter(|given| given.at < window.before).take(51).collect())),
        ..Personal::NOTHING
    };
    Ports { personal: vec![EVEN, ODD, allmende_accounts::PERSONAL], ..rooms::offers() }
}

/// The titles of what a page lists: below a heading of the account's page, or as headings of a page of their own.
fn titles(body: &str) -> Vec<String> {
    body.replace("<h2><a", "<h3><a").split("<h3><a").skip(1).filter_map(|rest| Some(rest.split('>').nth(1)?.split('<').next()?.to_owned())).collect()
}

/// The titles of what the resident gave, page by page.
async fn all_pages(town: &TestTown) -> Result<Vec<String>> {
    let (mut path, mut all) = ("/konto/beitraege".to_owned(), Vec::new());
    for _ in 0..5 {
        let page = town.get(&path).as_role(Role::Resident).send().await?.expect(200)?;
        all.extend(titles(&page.body));
        let onward = page.body.split("<nav class=\"pages\"").nth(1).and_then(|nav| nav.split("/konto/beitraege?vor=").nth(1));
        match onward.and_then(|rest| rest.split('"').next()) {
            Some(next) => path = format!("/konto/beitraege?vor={next}"),
            None => break,
        }
    }
    Ok(all)
}

#[test]
fn what_one_gave_to_all_rooms_stands_in_one_list_with_what_became_of_it() {
    in_town_with(allmende_testing::town::Assembly { ports: giving, ..assembly().expect("the rooms fit together") }, async |town| {
        let own = town.get("/konto").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(titles(&own.body) == ["Radweg 0", "Radweg 1", "Radweg 2", "Radweg 3", "Radweg 4"], "{}", own.body);
        ensure!(own.body.contains("Der Radweg kommt.") && own.body.contains("beantwortet") && own.body.contains("Stellungnahme vom"));
        let all = all_pages(&town).await?;
        ensure!(all == (0..120).map(|number| format!("Radweg {number}")).collect::<Vec<_>>(), "{all:?}");
        Ok(())
    });
}

/// A room to which 120 things were given in one moment.
fn giving_at_once() -> Ports {
    const ONCE: Personal = Personal {
        given: Some(|_, window| {
            let at = Instant::from_millis(BEGIN_MILLIS).plus_seconds(-HOUR);
            let all = (0..120).map(|number| Given { at, ..statement(number) }).filter(|given| given.at < window.before);
            Ok(all.take(usize::try_from(window.rows).unwrap_or(0)).collect())
        }),
        ..Personal::NOTHING
    };
    Ports { personal: vec![ONCE, allmende_accounts::PERSONAL], ..rooms::offers() }
}

#[test]
fn things_of_one_moment_are_all_shown_once_however_many_pages_they_fill() {
    in_town_with(allmende_testing::town::Assembly { ports: giving_at_once, ..assembly().expect("the rooms fit together") }, async |town| {
        ensure!(all_pages(&town).await? == (0..120).map(|number| format!("Radweg {number}")).collect::<Vec<_>>());
        town.get("/konto/beitraege?vor=gestern").as_role(Role::Resident).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn an_account_without_contributions_says_so_and_shows_what_it_follows() {
    in_town(async |town| {
        town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("frequency", "daily")]).as_role(Role::Resident).send().await?.expect(303)?;
        let page = town.get("/konto").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(page.body.contains("Noch ist es nichts") && page.body.contains("Was ich verfolge") && page.body.contains("Radweg"), "{}", page.body);
        let other = town.get("/konto").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(!other.body.contains("Radweg"));
        Ok(())
    });
}
