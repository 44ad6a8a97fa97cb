//! Following the feed: two nodes at once, a search that fails, an end between two steps, and a text that is read later.

use crate::invented::{More, follow, follow_all, in_town, keep, mails, ports, publish, runner, send_with, settle, subscribe, texts_to, work, write};
use allmende_core::{Id, Instant, Site};
use allmende_db::{DbError, Scope, sql};
use allmende_platform::app::Ports;
use allmende_platform::jobs::{self, NewJob};
use allmende_platform::mail::Delivery;
use allmende_platform::search::{Document, Found, Hit, Query, Search, SearchError, Suggestion};
use allmende_subscriptions::jobs::JOB;
use allmende_subscriptions::matching::StepError;
use allmende_subscriptions::news::EVENT_DAYS;
use allmende_subscriptions::rules::Frequency::AtOnce;
use allmende_testing::town::{BEGIN_MILLIS, TestTown};
use anyhow::{Result, ensure};
use std::sync::Arc;

/// A search whose index cannot be read.
struct Down;

impl Search for Down {
    fn find(&self, _: &[Id<Site>], _: &Query) -> Result<Found, SearchError> {
        Err(SearchError::Unavailable("closed".to_owned()))
    }
    fn suggest(&self, _: &[Id<Site>], _: &str, _: usize) -> Result<Vec<Suggestion>, SearchError> {
        Err(SearchError::Unavailable("closed".to_owned()))
    }
    fn similar(&self, _: Id<Site>, _: &str, _: i64, _: usize) -> Result<Vec<Hit>, SearchError> {
        Err(SearchError::Unavailable("closed".to_owned()))
    }
    fn matching(&self, _: Id<Site>, _: &[Document], _: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        Err(SearchError::Unavailable("closed".to_owned()))
    }
}

/// Pieces of news and ties to subscriptions that are kept.
async fn kept(town: &TestTown) -> Result<(i64, i64)> {
    write(town, |tx| {
        let site = tx.site()?;
        let news = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_item WHERE site_id = $1"), &[&site], |row| row.get(0))?;
        let ties = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_news WHERE site_id = $1"), &[&site], |row| row.get(0))?;
        Ok((news.unwrap_or(0), ties.unwrap_or(0)))
    })
    .await
}

/// Runs the same work on two nodes at the same time.
fn on_two_nodes(work: impl Fn() -> Result<()> + Clone + Send + 'static) -> Result<()> {
    let nodes = [(); 2].map(|()| std::thread::spawn(work.clone()));
    for node in nodes {
        node.join().map_err(|_| anyhow::anyhow!("a node panicked"))??;
    }
    Ok(())
}

#[test]
fn two_nodes_at_once_tell_nothing_twice() {
    in_town(async |town| {
        for number in 0..40 {
            subscribe(&town, &format!("reader{number}@x.example"), "suche=Radweg", AtOnce).await?;
        }
        for id in 1..=5 {
            publish(&town, "paper", id, &format!("Radweg {id}"), More::default()).await?;
        }
        settle(&town).await?;
        let db = town.db().clone();
        on_two_nodes(move || follow_all(&db, &ports()))?;
        ensure!(kept(&town).await? == (5, 200), "{:?}", kept(&town).await?);
        town.db()
            .write::<_, DbError>(Scope::Installation, |tx| {
                for _ in 0..2 {
                    jobs::enqueue(tx, &NewJob::new(JOB, String::new()))?;
                }
                Ok(())
            })
            .await?;
        let db = town.db().clone();
        on_two_nodes(move || {
            let runner = runner(&db, Delivery::Unset)?;
            while runner.step()? {}
            Ok(())
        })?;
        // A node that met the other and gave way leaves its job for later: what is left is done now.
        work(&town).await?;
        let written = mails(&town).await?;
        ensure!(written.len() == 40, "{}", written.len());
        ensure!(written.iter().all(|mail| (1..=5).all(|id| mail.text.matches(&format!("* Radweg {id}\n")).count() == 1)));
        Ok(())
    });
}

#[test]
fn what_a_failing_search_holds_up_is_told_later_and_once() {
    in_town(async |town| {
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        subscribe(&town, "otto@x.example", "vorlage=1", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg", More::default()).await?;
        settle(&town).await?;
        for _ in 0..2 {
            let (db, down) = (town.db().clone(), Ports { search: Arc::new(Down), ..ports() });
            let outcome = tokio::task::spawn_blocking(move || allmende_subscriptions::follow(&db, &down)).await?;
            ensure!(matches!(outcome, Err(StepError::Search(_))), "{outcome:?}");
            ensure!(kept(&town).await? == (0, 0), "nothing is kept by halves");
            send_with(&town, Delivery::Folder(town.app.parts.data.join("mails"))).await?;
            ensure!(mails(&town).await?.is_empty());
        }
        work(&town).await?;
        work(&town).await?;
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 1 && texts_to(&town, "otto@x.example").await?.len() == 1);
        Ok(())
    });
}

#[test]
fn an_end_between_following_and_sending_loses_nothing() {
    in_town(async |mut town| {
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg", More::default()).await?;
        follow(&town).await?;
        ensure!(kept(&town).await? == (1, 1) && mails(&town).await?.is_empty());
        town.wait(3 * 86_400).await?;
        work(&town).await?;
        work(&town).await?;
        ensure!(mails(&town).await?.len() == 1 && kept(&town).await? == (1, 1), "what was kept is told when somebody sends again");
        Ok(())
    });
}

/// A file of paper 1 with its text as far as it was read.
async fn file(town: &TestTown, id: i64, text: &str) -> Result<()> {
    let more = More { text, part_of: Some(("Fußweg", "/paper/1")), happened_at: Some(Instant::from_millis(BEGIN_MILLIS)), ..More::default() };
    keep(town, "file", id, &format!("Plan {id}"), more, None).await?;
    Ok(())
}

#[test]
fn a_file_is_told_by_the_text_that_is_read_after_it_came() {
    in_town(async |mut town| {
        publish(&town, "paper", 1, "Fußweg", More::default()).await?;
        work(&town).await?;
        town.wait(1).await?;
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        subscribe(&town, "otto@x.example", "vorlage=1", AtOnce).await?;
        for target in ["vorlage=1", "suche=Radweg"] {
            subscribe(&town, "eva@x.example", target, AtOnce).await?;
        }
        let check = async |town: &TestTown, wanted: [usize; 4]| -> Result<()> {
            work(town).await?;
            for (name, wanted) in ["ida", "otto", "eva", "uwe"].into_iter().zip(wanted) {
                let texts = texts_to(town, &format!("{name}@x.example")).await?;
                ensure!(texts.len() == wanted, "{name}: {texts:?}");
            }
            Ok(())
        };
        file(&town, 5, "").await?;
        check(&town, [0, 1, 1, 0]).await?;
        town.wait(60).await?;
        subscribe(&town, "uwe@x.example", "suche=Radweg", AtOnce).await?;
        file(&town, 5, "Der Radweg am Bach").await?;
        check(&town, [1, 1, 1, 0]).await?;
        file(&town, 5, "Der Radweg am Bach, noch einmal gelesen").await?;
        check(&town, [1, 1, 1, 0]).await?;
        file(&town, 6, "").await?;
        check(&town, [1, 2, 2, 0]).await?;
        town.wait(EVENT_DAYS * 86_400).await?;
        file(&town, 6, "Der Radweg").await?;
        check(&town, [2, 2, 2, 1]).await?;
        file(&town, 7, "").await?;
        check(&town, [2, 3, 3, 1]).await?;
        town.wait(EVENT_DAYS * 86_400 + 1).await?;
        file(&town, 7, "Der Radweg").await?;
        check(&town, [2, 3, 3, 1]).await
    });
}
