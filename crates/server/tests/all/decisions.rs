//! What became of decisions, through all rooms: agenda item, decision, report of a department, paper page, open interfaces.

use crate::entry::{enter, fill, id_of, make, publish, stamp};
use crate::town::in_town;
use allmende::{followers, rooms};
use allmende_core::Role;
use allmende_db::{DbError, Scope, Tx, sql};
use allmende_decisions::reminders;
use allmende_decisions::rules::Status;
use allmende_decisions::store::decisions::{self, Cursor, Filter, Listed};
use allmende_platform::app::Ports;
use allmende_platform::search::SearchError;
use allmende_platform::{changes, departments};
use allmende_subscriptions::matching::StepError;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};

/// A paper that was decided on in a public meeting; addresses at the desk.
pub(crate) struct Decided {
    pub paper: String,
    pub meeting: String,
    pub item: String,
}

/// The public page of the first decision.
const PAGE: &str = "/beschluesse/1-der-radweg";

pub(crate) async fn decided(town: &TestTown, result: &str) -> Result<Decided> {
    let council = make(town, "gremien", &[("name", "Gemeinderat"), ("kind", "Gremium")]).await?;
    publish(town, &council).await?;
    let office = make(town, "gremien", &[("name", "Bauamt"), ("kind", "Verwaltungsbereich")]).await?;
    publish(town, &office).await?;
    let meeting = [("organization_ids", id_of(&council)), ("name", "Sitzung im Juni"), ("starts_at", "2026-06-02T19:00"), ("meeting_state", "eingeladen")];
    let meeting = make(town, "sitzungen", &meeting).await?;
    let paper =
        [("name", "Radweg an der Schule"), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-05-20"), ("direction_ids", id_of(&office))];
    let paper = make(town, "vorlagen", &paper).await?;
    let item = [
        ("meeting_id", id_of(&meeting)),
        ("number", "1"),
        ("name", "Der Radweg"),
        ("openness", "public"),
        ("paper_id", id_of(&paper)),
        ("authoritative", "1"),
        ("result", result),
        ("resolution_text", "Der Radweg wird gebaut."),
        ("votes_yes", "12"),
        ("votes_no", "3"),
        ("votes_abstained", "1"),
    ];
    let item = make(town, "punkte", &item).await?;
    publish(town, &paper).await?;
    publish(town, &meeting).await?;
    catch_up(town).await?;
    Ok(Decided { paper, meeting, item })
}

/// Lets all followers work off the change feed. On PostgreSQL a change is settled when every transaction of the whole server that
/// began before it has ended, those of other tests too: so it is asked again until nothing is left.
pub(crate) async fn catch_up(town: &TestTown) -> Result<()> {
    catch_up_with(town, &rooms::offers()).await
}

/// The same with a search, which may still be building its first index.
pub(crate) async fn catch_up_with(town: &TestTown, ports: &Ports) -> Result<()> {
    for _ in 0..20_000 {
        let (db, ports) = (town.db().clone(), ports.clone());
        match tokio::task::spawn_blocking(move || followers::catch_up(&db, &ports)).await? {
            Err(error) if !matches!(error.downcast_ref(), Some(StepError::Search(SearchError::Unavailable(_)))) => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let left = ask(town, Scope::Installation, |tx| {
            tx.find(
                sql!(
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM change WHERE site_id = site_id AND id > COALESCE((SELECT MIN(change_id) FROM change_reader \
                     WHERE name IN ('decisions', 'council', 'subscriptions') HAVING COUNT(*) = 3), 0)"
                ),
                &[],
                |row| row.get::<i64>(0),
            )
        });
        if left.await? == Some(0) {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
    anyhow::bail!("the change feed does not settle")
}

/// Makes the department and lets its person belong to it.
pub(crate) async fn set_up_department(town: &TestTown) -> Result<()> {
    town.post("/verwaltung/aemter", &[("name", "Bauamt"), ("contact", "Bauamt, Telefon 030 23125 014")])
        .as_role(Role::Administrator)
        .send()
        .await?
        .expect(303)?;
    let person = town.person(Role::Department)?.to_string();
    let fields = [("contact", "Bauamt, Telefon 030 23125 014"), ("person", person.as_str())];
    town.post("/verwaltung/aemter/1", &fields).as_role(Role::Administrator).send().await?.expect(303)?;
    Ok(())
}

async fn report(town: &TestTown, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post("/verwaltung/beschluesse/1", fields).as_role(Role::Department).send().await
}

async fn ask<T: Send + 'static>(town: &TestTown, scope: impl Into<Scope>, ask: fn(&mut Tx<'_>) -> Result<T, DbError>) -> Result<T> {
    Ok(town.db().read(scope, ask).await?)
}

#[test]
fn a_department_reports_and_the_resident_sees_it_on_the_paper() {
    in_town(async |mut town| {
        let decided = decided(&town, "mehrheitlich beschlossen").await?;
        let page = town.get("/beschluesse/1").send().await?.expect(301)?;
        ensure!(page.location() == PAGE, "{}", page.location());
        let page = town.get(PAGE).send().await?.expect(200)?;
        for words in
            ["Der Radweg wird gebaut.", "Beschlossen am 2.\u{a0}Juni 2026.", "12 Ja, 3 Nein, 1 Enthaltung", "noch nicht begonnen", "2026/017", "Gemeinderat"]
        {
            ensure!(page.body.contains(words), "{words}: {}", page.body);
        }
        ensure!(page.statements() == Some(5), "{:?}", page.statements());
        town.get("/verwaltung/beschluesse/1").as_role(Role::Department).send().await?.expect(403)?;
        set_up_department(&town).await?;
        let inbox = town.get("/verwaltung/beschluesse").as_role(Role::Department).send().await?.expect(200)?;
        ensure!(inbox.body.contains("/verwaltung/beschluesse/1"), "the paper's office is the department: {}", inbox.body);
        let before = town.get(&format!("/oparl/v1.1/agenda-item/{}", id_of(&decided.item))).send().await?.expect(200)?;
        ensure!(before.body.contains("\"allmende:decision\"") && before.body.contains("\"status\":\"open\""), "{}", before.body);
        town.wait(86_400).await?;
        report(&town, &[("status", "not-feasible")]).await?.expect(422)?;
        let fields = [("status", "in-progress"), ("next_step", "Die Strecke wird vermessen."), ("expected_on", "2026-07-31"), ("cost", "48.000")];
        report(&town, &fields).await?.expect(303)?;
        catch_up(&town).await?;
        let paper = town.get(&format!("/rat/vorlagen/{}-radweg-an-der-schule", id_of(&decided.paper))).send().await?.expect(200)?;
        ensure!(paper.body.contains("Was daraus wurde") && paper.body.contains("in Arbeit") && paper.body.contains(PAGE), "{}", paper.body);
        ensure!(paper.statements().is_some_and(|count| count <= 5), "{:?}", paper.statements());
        let page = town.get(PAGE).send().await?.expect(200)?;
        for words in ["Die Strecke wird vermessen.", "48.000", "Bauamt, Telefon", "31.\u{a0}Juli 2026", "Verlauf"] {
            ensure!(page.body.contains(words), "{words}: {}", page.body);
        }
        let list = town.get("/beschluesse?stand=in-progress&jahr=2026").send().await?.expect(200)?;
        ensure!(list.body.contains(PAGE) && list.body.contains("in Arbeit: 1") && list.statements().is_some_and(|count| count <= 3), "{}", list.body);
        ensure!(!town.get("/beschluesse?stand=done").send().await?.expect(200)?.body.contains(PAGE));
        ensure!(town.get("/").send().await?.expect(200)?.body.contains("Die Strecke wird vermessen."), "the start page tells of it");
        let item = town.get(&format!("/oparl/v1.1/agenda-item/{}", id_of(&decided.item))).send().await?.expect(200)?;
        ensure!(item.body.contains("\"status\":\"in-progress\"") && item.body.contains("\"expectedDate\":\"2026-07-31\""), "{}", item.body);
        ensure!(item.body.contains("\"modified\":\"2026-06-09"), "an incremental client hears of it: {}", item.body);
        let events = ask(&town, town.site.id, |tx| {
            let site = tx.site()?;
            tx.list(
                sql!(
                    "SELECT e.kind FROM event e JOIN node n ON n.id = e.node_id AND n.kind = 'decision' WHERE e.site_id = $1 AND e.is_public = 1 ORDER BY e.id"
                ),
                &[&site],
                |row| row.get::<String>(0),
            )
        });
        ensure!(events.await? == ["decided", "implementation-in-progress"]);
        for (path, words) in [
            ("/beschluesse.csv", "in-progress"),
            ("/beschluesse.json", "\"nextStep\":\"Die Strecke wird vermessen.\""),
            ("/beschluesse.atom", "in Arbeit: Der Radweg"),
            ("/beschluesse/bericht/2026-1", "Die Strecke wird vermessen."),
            ("/beschluesse/bericht/2026-1.csv", "in-progress"),
        ] {
            let answer = town.get(path).send().await?.expect(200)?;
            ensure!(answer.body.contains(words), "{path}: {}", answer.body);
        }
        let half = town.get("/beschluesse/bericht/2026-1").send().await?.expect(200)?;
        ensure!(half.statements() == Some(3), "{:?}", half.statements());
        town.get("/beschluesse/bericht/2026-2").send().await?.expect(404)?;
        ensure!(!town.get("/beschluesse").on_neighbour().send().await?.expect(200)?.body.contains("Radweg"));
        town.get(PAGE).on_neighbour().send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn a_table_says_what_its_columns_mean() {
    in_town(async |town| {
        decided(&town, "beschlossen").await?;
        let table = town.get("/beschluesse.csv").send().await?.expect(200)?;
        let metadata: serde_json::Value = serde_json::from_str(&town.get("/beschluesse.csv-metadata.json").send().await?.expect(200)?.body)?;
        let columns = metadata["tableSchema"]["columns"].as_array().context("no columns")?;
        let names: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
        ensure!(table.body.lines().next() == Some(names.join(",").as_str()), "{}", table.body);
        ensure!(metadata["url"] == "http://musterau.example/beschluesse.csv");
        Ok(())
    });
}

#[test]
fn notes_of_the_house_and_closed_items_never_leave_it() {
    in_town(async |town| {
        let decided = decided(&town, "beschlossen").await?;
        set_up_department(&town).await?;
        town.post("/verwaltung/beschluesse/1/notiz", &[("note", "")]).as_role(Role::Department).send().await?.expect(422)?;
        town.post("/verwaltung/beschluesse/1/notiz", &[("note", "KANARI-notiz")]).as_role(Role::Department).send().await?.expect(303)?;
        let closed = [
            ("meeting_id", id_of(&decided.meeting)),
            ("number", "2"),
            ("name", "KANARI-thema"),
            ("openness", "closed"),
            ("reason_non_public", "KANARI-grund"),
            ("result", "KANARI beschlossen"),
            ("resolution_text", "KANARI-beschluss"),
        ];
        make(&town, "punkte", &closed).await?;
        let draft = [("language", "de"), ("act", "draft"), ("about", "KANARI-erklaerung")];
        town.post("/verwaltung/erklaerungen/1", &draft).as_role(Role::Editor).send().await?.expect(303)?;
        catch_up(&town).await?;
        let desk = town.get("/verwaltung/beschluesse/1").as_role(Role::Department).send().await?.expect(200)?;
        ensure!(desk.body.contains("KANARI-notiz"), "the canary is not there");
        for role in [Role::Resident, Role::Editor, Role::Member] {
            town.get("/verwaltung/beschluesse/1").as_role(role).send().await?.expect(403)?;
        }
        let mut asked = 0;
        for info in rooms::routes().infos().iter().filter(|info| info.method == "GET") {
            for id in 1..=4 {
                let path = info.path.split('/').map(|part| if part.starts_with('{') { fill(part, id) } else { part.to_owned() }).collect::<Vec<_>>().join("/");
                for path in [path.clone(), format!("{path}-der-radweg"), path.replace("datei", "2026-1")] {
                    let answer = town.get(&path).send().await?;
                    ensure!(answer.status != 500, "{path} fails");
                    ensure!(!answer.body.contains("KANARI"), "{path} tells a secret: {}", answer.body);
                    asked += 1;
                }
            }
        }
        ensure!(asked > 100, "only {asked} pages were asked");
        let told = ask(&town, town.site.id, |tx| {
            let site = tx.site()?;
            tx.list(
                sql!("SELECT n.title || COALESCE(n.summary, '') || COALESCE(e.reason, '') || COALESCE(e.detail, '') FROM node n LEFT JOIN event e ON e.node_id = n.id WHERE n.site_id = $1 AND n.is_public = 1"),
                &[&site],
                |row| row.get::<String>(0),
            )
        })
        .await?;
        ensure!(!told.is_empty() && told.iter().all(|text| !text.contains("KANARI")), "the thread tells a secret: {told:?}");
        Ok(())
    });
}

#[test]
fn what_a_clerk_corrected_is_not_overwritten() {
    in_town(async |town| {
        let decided = decided(&town, "vertagt").await?;
        town.get(PAGE).send().await?.expect(404)?;
        let others = town.get("/verwaltung/beschluesse?zeige=andere").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(others.body.contains("/verwaltung/beschluesse/1"), "{}", others.body);
        let correction = [("kind", "adopted"), ("title", "Radweg kommt"), ("resolution", "Der Radweg wird gebaut."), ("department", "0"), ("reason", "")];
        enter(&town, "/verwaltung/beschluesse/1/korrektur", &correction).await?.expect(422)?;
        let correction = [correction[0], correction[1], correction[2], correction[3], ("reason", "Die Niederschrift war falsch.")];
        enter(&town, "/verwaltung/beschluesse/1/korrektur", &correction).await?.expect(303)?;
        let page = town.get("/beschluesse/1-radweg-kommt").send().await?.expect(200)?;
        ensure!(page.body.contains("beschlossen"), "{}", page.body);
        let stamp = stamp(&town, &decided.item).await?;
        let fields = [
            ("modified_at", stamp.as_str()),
            ("number", "1"),
            ("name", "Der Radweg, vertagt"),
            ("openness", "public"),
            ("paper_id", id_of(&decided.paper)),
            ("authoritative", "1"),
            ("result", "vertagt"),
            ("reason", "Tippfehler"),
        ];
        enter(&town, &decided.item, &fields).await?.expect(303)?;
        catch_up(&town).await?;
        town.get("/beschluesse/1-radweg-kommt").send().await?.expect(200)?;
        enter(&town, &format!("{}/stand", decided.meeting), &[("to", "withdrawn"), ("reason", "doppelt")]).await?.expect(303)?;
        catch_up(&town).await?;
        town.get("/beschluesse/1-radweg-kommt").send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn the_words_of_a_site_say_what_counts() {
    in_town(async |town| {
        decided(&town, "So sei es").await?;
        // The vote tells, as no word is known.
        town.get(PAGE).send().await?.expect(200)?;
        let words = [("none", "so sei"), ("changed", ""), ("rejected", "abgelehnt"), ("adopted", "beschlossen")];
        town.post("/verwaltung/beschluesse-woerter", &words).as_role(Role::Department).send().await?.expect(403)?;
        enter(&town, "/verwaltung/beschluesse-woerter", &[("none", "x")]).await?.expect(422)?;
        enter(&town, "/verwaltung/beschluesse-woerter", &[("none", ""), ("adopted", "")]).await?.expect(422)?;
        enter(&town, "/verwaltung/beschluesse-woerter", &words).await?.expect(303)?;
        town.get(PAGE).send().await?.expect(410)?;
        let page = town.get("/verwaltung/beschluesse-woerter").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("So sei es") && page.body.contains("kein Beschluss"), "{}", page.body);
        enter(&town, "/verwaltung/beschluesse-woerter", &[("defaults", "1")]).await?.expect(303)?;
        town.get(PAGE).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn following_twice_changes_nothing() {
    in_town(async |town| {
        decided(&town, "beschlossen").await?;
        let end = ask(&town, Scope::Installation, changes::ends).await?.map(|(_, newest)| newest);
        town.db()
            .write::<_, DbError>(Scope::Installation, |tx| {
                changes::keep_place(tx, "decisions", 0)?;
                changes::keep_place(tx, "council", 0)
            })
            .await?;
        catch_up(&town).await?;
        ensure!(ask(&town, Scope::Installation, changes::ends).await?.map(|(_, newest)| newest) == end, "what is as it was tells the feed nothing");
        let count = ask(&town, town.site.id, |tx| {
            let site = tx.site()?;
            tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE site_id = $1"), &[&site], |row| row.get::<i64>(0))
        });
        ensure!(count.await? == Some(1));
        Ok(())
    });
}

#[test]
fn a_deadline_reminds_its_department_once() {
    in_town(async |mut town| {
        decided(&town, "beschlossen").await?;
        set_up_department(&town).await?;
        report(&town, &[("status", "in-progress"), ("next_step", "Bauen"), ("expected_on", "2026-06-16")]).await?.expect(303)?;
        let mails = async |town: &TestTown| {
            let (db, texts) = (town.db().clone(), town.app.parts.texts);
            tokio::task::spawn_blocking(move || reminders::write_due(&db, texts)).await?.map_err(anyhow::Error::from)?;
            let count = ask(town, town.site.id, |tx| {
                let site = tx.site()?;
                tx.list(sql!("SELECT recipient, text_part, html_part FROM mail WHERE site_id = $1 ORDER BY id"), &[&site], |row| {
                    Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Option<String>>(2)?))
                })
            });
            count.await
        };
        ensure!(mails(&town).await?.is_empty(), "eight days ahead is too early");
        town.wait(86_400).await?;
        let first = mails(&town).await?;
        ensure!(first.len() == 1 && first[0].0 == "department@musterau.example" && first[0].1.contains("Der Radweg"), "{first:?}");
        ensure!(first[0].2.as_deref().is_some_and(|html| html.contains("/verwaltung/beschluesse/1")), "{first:?}");
        ensure!(mails(&town).await?.len() == 1, "nobody is told twice");
        town.wait(8 * 86_400).await?;
        let second = mails(&town).await?;
        ensure!(second.len() == 2 && second[1].1.contains("seit gestern vorbei"), "{second:?}");
        let late = town.get("/beschluesse?stand=late").send().await?.expect(200)?;
        ensure!(late.body.contains("einen Tag später als geplant"), "{}", late.body);
        let inbox = town.get("/verwaltung/beschluesse").as_role(Role::Department).send().await?.expect(200)?;
        ensure!(inbox.body.contains("state late"), "{}", inbox.body);
        report(&town, &[("status", "done")]).await?.expect(303)?;
        town.wait(60 * 86_400).await?;
        ensure!(mails(&town).await?.len() == 2, "what is done reminds nobody");
        Ok(())
    });
}

#[test]
fn an_explanation_is_public_when_an_editor_says_so() {
    in_town(async |town| {
        decided(&town, "beschlossen").await?;
        let save = async |act: &str, language: &str, about: &str| {
            town.post("/verwaltung/erklaerungen/1", &[("language", language), ("act", act), ("about", about)]).as_role(Role::Editor).send().await
        };
        save("draft", "de", "Noch unfertig").await?.expect(303)?;
        ensure!(!town.get(PAGE).send().await?.body.contains("Noch unfertig"));
        save("publish", "de", "").await?.expect(422)?;
        save("publish", "de", "Es geht um **Räder**.").await?.expect(303)?;
        save("publish", "leicht", "Räder bekommen Platz.").await?.expect(303)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("Einfach erklärt") && page.body.contains("<strong>Räder</strong>"), "{}", page.body);
        let easy = town.get(&format!("{PAGE}?lang=leicht")).send().await?.expect(200)?;
        ensure!(easy.body.contains("Räder bekommen Platz.") && !easy.body.contains("<strong>Räder</strong>"), "{}", easy.body);
        save("withdraw", "de", "Es geht um Räder.").await?.expect(303)?;
        ensure!(!town.get(PAGE).send().await?.body.contains("<strong>Räder</strong>"));
        town.post("/verwaltung/erklaerungen/1", &[("language", "de")]).as_role(Role::Department).send().await?.expect(403)?;
        Ok(())
    });
}

/// Copies of the first decision, some of them alike in each of what a list can be narrowed by.
fn copies(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let site = tx.site()?;
    for name in ["Bauamt", "Schulamt"] {
        departments::insert(tx, name, None)?;
    }
    for copy in 1..=80_i64 {
        let status = ["open", "in-progress", "done", "no-action"][usize::try_from(copy % 4).unwrap_or(0)];
        // The later it was decided, the earlier it should have been done; two each on one day.
        let day = jiff::civil::date(2026, 6, 1) - jiff::Span::new().days(copy / 2);
        let expected = (copy % 5 != 0).then(|| day.to_string());
        let (department, committee, at) = ((copy % 3 > 0).then_some(copy % 3), 1 + copy / 5 % 2, 1_700_000_000_000 + copy / 2 * 1_000);
        tx.execute(
            sql!(
                "INSERT INTO decision (site_id, agenda_item_id, is_open, is_public, is_imported, prepares, kind, by_hand, title, sort_at, year, committee_id, \
                 first_status, status, expected_on, department_id, created_at, changed_at) \
                 VALUES ($1, $2, 1, 1, 0, 0, 'adopted', '[]', 'Der Radweg', $3, 2023, $4, 'open', $5, $6, $7, 0, 0)"
            ),
            &[&site, &(1_000 + copy), &at, &committee, &status, &expected, &department],
        )?;
    }
    Ok(())
}

#[test]
fn a_list_holds_what_was_asked_for_and_nothing_else() {
    in_town(async |town| {
        town.db().write::<_, DbError>(town.site.id, copies).await?;
        let lists = ask(&town, town.site.id, |tx| {
            let all = decisions::list(tx, &Filter::default(), Cursor::START, 200)?;
            assert!(all.len() == 80 && all.is_sorted_by(|a, b| (a.sort_at, a.id) > (b.sort_at, b.id)), "newest first");
            let mut lists = Vec::new();
            for status in [None, Some(Status::Open), Some(Status::Done)] {
                for department in [None, Some(1), Some(2)] {
                    for committee in [None, Some(1), Some(2)] {
                        for between in [None, Some((1_700_000_010_000, 1_700_000_030_000))] {
                            let filter = Filter { status, department, committee, between };
                            let (mut found, mut from) = (Vec::new(), Cursor::START);
                            loop {
                                let some = decisions::list(tx, &filter, from, 7)?;
                                let Some(last) = some.last() else { break };
                                from = Cursor { at: last.sort_at, id: last.id };
                                found.extend(some.into_iter().map(|row| row.id));
                            }
                            lists.push((filter, found));
                        }
                    }
                }
            }
            Ok((all, lists))
        });
        let (all, lists) = lists.await?;
        for (filter, found) in lists {
            // What `copies` wrote, by the number of the row's copy.
            let is_asked_for = |row: &Listed| {
                let copy = row.id - all.iter().map(|row| row.id).min().unwrap_or(0) + 1;
                filter.status.is_none_or(|status| row.status == status)
                    && filter.department.is_none_or(|department| copy % 3 == department)
                    && filter.committee.is_none_or(|committee| 1 + copy / 5 % 2 == committee)
                    && filter.between.is_none_or(|(since, until)| (since..until).contains(&row.sort_at))
            };
            let expected: Vec<i64> = all.iter().filter(|row| is_asked_for(row)).map(|row| row.id).collect();
            ensure!(found == expected && !found.is_empty(), "{filter:?}: {found:?} instead of {expected:?}");
        }
        Ok(())
    });
}

#[test]
fn what_waits_longest_stands_first_among_what_is_late() {
    in_town(async |town| {
        town.db().write::<_, DbError>(town.site.id, copies).await?;
        let (mut next, mut days, mut pages) = ("/beschluesse?stand=late".to_owned(), Vec::new(), 0);
        loop {
            let page = town.get(&next).send().await?.expect(200)?;
            ensure!(page.statements().is_some_and(|count| count <= 3), "{:?}", page.statements());
            let late = page.body.split("state late\"><span>").skip(1).filter_map(|rest| rest.split([' ', '\u{a0}']).next());
            days.extend(late.map(|count| count.parse::<i64>().unwrap_or(1)));
            pages += 1;
            match page.body.split("\" rel=\"next\"").next().and_then(|before| before.rsplit("href=\"").next()).filter(|_| page.body.contains("rel=\"next\"")) {
                Some(path) if pages < 5 => next = path.replace("&#38;", "&"),
                _ => break,
            }
        }
        // Half of the 80 are pending, a fifth of those has no day.
        ensure!(days.len() == 32 && pages == 2, "{pages}: {days:?}");
        ensure!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
        Ok(())
    });
}
