//! Subscriptions through all rooms: who follows a paper hears of its changes, its decision, and what became of that; who saved a
//! search hears of what came while the first index was built.

use crate::decisions::{catch_up_with, set_up_department};
use crate::entry::{enter, id_of, make, publish, stamp};
use crate::town::in_town;
use allmende::config::Config;
use allmende::rooms;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_platform::app::Ports;
use allmende_platform::jobs::{self, NewJob, Runner};
use allmende_subscriptions::jobs::JOB;
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};

const READER: &str = "resident@musterau.example";

/// Follows the feed, writes the mails that are due, and gives the texts of all mails to the reader so far.
async fn told(town: &TestTown) -> Result<Vec<String>> {
    told_with(town, &rooms::offers()).await
}

async fn told_with(town: &TestTown, ports: &Ports) -> Result<Vec<String>> {
    catch_up_with(town, ports).await?;
    town.db().write::<_, DbError>(Scope::Installation, |tx| jobs::enqueue(tx, &NewJob::new(JOB, String::new())).map(|_| ())).await?;
    let folder = tempfile::tempdir()?;
    let mut config = Config::default();
    config.mail.sink = folder.path().to_string_lossy().into_owned();
    config.mail.from = "rathaus@musterau.example".to_owned();
    let runner = Runner::new(town.db().clone(), folder.path().to_owned(), rooms::handlers(&config, folder.path())?, Vec::new());
    tokio::task::spawn_blocking(move || -> Result<()> {
        while runner.step()? {}
        Ok(())
    })
    .await??;
    let site = town.site.id;
    let texts = town.db().read::<_, DbError>(site, move |tx| {
        let statement = sql!("SELECT text_part FROM mail WHERE site_id = $1 AND recipient = $2 ORDER BY id");
        tx.list(statement, &[&site, &READER], |row| row.get::<String>(0))
    });
    Ok(texts.await?)
}

/// The newest of so many mails.
async fn newest(town: &TestTown, count: usize) -> Result<String> {
    let mut texts = told(town).await?;
    ensure!(texts.len() == count, "{count} expected: {texts:#?}");
    texts.pop().context("no mail")
}

async fn enter_item(town: &TestTown, meeting: &str, paper: &str) -> Result<String> {
    let fields = [
        ("meeting_id", id_of(meeting)),
        ("number", "1"),
        ("name", "Der Radweg"),
        ("openness", "public"),
        ("paper_id", id_of(paper)),
        ("authoritative", "1"),
        ("result", "mehrheitlich beschlossen"),
        ("resolution_text", "Der Radweg wird gebaut."),
    ];
    make(town, "punkte", &fields).await
}

#[test]
fn who_follows_a_paper_hears_of_its_changes_its_decision_and_what_became_of_it() {
    in_town(async |mut town| {
        let council = make(&town, "gremien", &[("name", "Gemeinderat"), ("kind", "Gremium")]).await?;
        publish(&town, &council).await?;
        let meeting = [("organization_ids", id_of(&council)), ("name", "Sitzung im Juni"), ("starts_at", "2026-06-02T19:00"), ("meeting_state", "eingeladen")];
        let meeting = make(&town, "sitzungen", &meeting).await?;
        let fields = |reference: &'static str| [("name", "Radweg an der Schule"), ("reference", reference), ("kind", "Antrag"), ("dated_on", "2026-05-20")];
        let (paper, other) = (make(&town, "vorlagen", &fields("2026/017")).await?, make(&town, "vorlagen", &fields("2026/018")).await?);
        publish(&town, &paper).await?;
        publish(&town, &other).await?;
        town.wait(1).await?;
        let target = format!("vorlage={}", id_of(&paper));
        town.post("/abonnieren", &[("ziel", target.as_str()), ("frequency", "at_once")]).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(told(&town).await?.is_empty(), "what was there before is no news");

        for (path, name, reference) in [(&other, "Radweg an der Realschule", "2026/018"), (&paper, "Radweg an der Grundschule", "2026/017")] {
            let seen = stamp(&town, path).await?;
            let values = [
                ("modified_at", seen.as_str()),
                ("name", name),
                ("reference", reference),
                ("kind", "Antrag"),
                ("dated_on", "2026-05-20"),
                ("reason", "genauer"),
            ];
            enter(&town, path, &values).await?.expect(303)?;
        }
        let mail = newest(&town, 1).await?;
        ensure!(mail.contains("* Radweg an der Grundschule\n") && (mail.contains("Geändert") || mail.contains("Berichtigt")), "{mail}");
        ensure!(mail.matches("* Radweg").count() == 1, "of the other paper nothing: {mail}");

        town.wait(3_600).await?;
        enter_item(&town, &meeting, &paper).await?;
        publish(&town, &meeting).await?;
        let mail = newest(&town, 2).await?;
        for words in ["Beschlüsse", "* Der Radweg\n", "Beschlossen", "/beschluesse/1-der-radweg", "Weil Sie abonniert haben"] {
            ensure!(mail.contains(words), "{words}: {mail}");
        }

        set_up_department(&town).await?;
        town.wait(86_400).await?;
        let report = [("status", "in-progress"), ("next_step", "Die Strecke wird vermessen."), ("expected_on", "2026-07-31")];
        // Whoever administers may report for a department that has not been named.
        town.post("/verwaltung/beschluesse/1", &report).as_role(Role::Clerk).send().await?.expect(303)?;
        let mail = newest(&town, 3).await?;
        for words in ["* Der Radweg\n", "Umsetzung läuft", "Die Strecke wird vermessen.", "/beschluesse/1-der-radweg"] {
            ensure!(mail.contains(words), "{words}: {mail}");
        }
        ensure!(!mail.contains("Beschlossen"), "what was told is not told again: {mail}");
        town.wait(86_400).await?;
        ensure!(told(&town).await?.len() == 3, "never twice");
        Ok(())
    });
}

#[test]
fn what_came_before_the_first_index_was_built_is_told_once() {
    in_town(async |mut town| {
        town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("frequency", "at_once")]).as_role(Role::Resident).send().await?.expect(303)?;
        town.wait(1).await?;
        for name in ["Radweg an der Schule", "Spielplatz am Bach"] {
            let paper = [("name", name), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-05-20")];
            publish(&town, &make(&town, "vorlagen", &paper).await?).await?;
        }
        let folder = tempfile::tempdir()?;
        let (ports, _indexer) = rooms::ports(town.db(), folder.path())?;
        let mails = told_with(&town, &ports).await?;
        ensure!(
            mails.len() == 1 && mails.iter().all(|mail| mail.matches("* Radweg an der Schule\n").count() == 1 && !mail.contains("Spielplatz")),
            "{mails:#?}"
        );
        town.wait(3_600).await?;
        ensure!(told_with(&town, &ports).await?.len() == 1, "never twice");
        Ok(())
    });
}
