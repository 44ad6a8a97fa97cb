//! What people do with their own account: another address, deleting it; and that mails leave the house.

use crate::links::mails_to;
use crate::town::in_town;
use allmende::config::Config;
use allmende::rooms;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_platform::jobs::Runner;
use allmende_testing::town::{Answer, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};

const NEW: &str = "neu@musterau.example";

async fn ask(town: &TestTown, token: &str, email: &str, password: &str) -> Result<Answer> {
    town.post("/konto/adresse-aendern", &[("email", email), ("old", password)]).with_token(token).send().await
}

async fn sign_in(town: &TestTown, email: &str) -> Result<Answer> {
    town.post("/anmelden", &[("email", email), ("password", PASSWORD)]).send().await
}

async fn session(town: &TestTown, email: &str) -> Result<String> {
    sign_in(town, email).await?.session().context("no session")
}

/// The path of the link that was sent to the new address, and its values as the form sends them.
async fn link(town: &TestTown) -> Result<(String, Vec<(String, String)>)> {
    let text = mails_to(town, NEW).await?.0.context("no mail to the new address")?;
    let path = text.split_whitespace().find_map(|word| word.strip_prefix(&town.site.base_url)?.strip_prefix("/konto/adresse?")).context("no link")?;
    let decoded = |value: &str| value.replace("%40", "@").replace("%3A", ":");
    let values = path.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), decoded(value))).collect();
    Ok((format!("/konto/adresse?{path}"), values))
}

async fn confirm(town: &TestTown, values: &[(String, String)], password: &str, token: Option<&str>) -> Result<Answer> {
    let mut fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("old", password));
    let ask = town.post("/konto/adresse", &fields);
    match token {
        Some(token) => ask.with_token(token).send().await,
        None => ask.send().await,
    }
}

#[test]
fn a_new_address_counts_when_its_link_was_opened_with_the_password() {
    in_town(async |town| {
        let (own, other) = (session(&town, "clerk@musterau.example").await?, session(&town, "clerk@musterau.example").await?);
        ask(&town, &own, NEW, "Apfelbaum im Winde").await?.expect(422)?;
        ask(&town, &own, "Clerk@Musterau.example", PASSWORD).await?.expect(422)?;
        ensure!(mails_to(&town, NEW).await?.1 == 0, "a refused form sends nothing");
        let sent = ask(&town, &own, NEW, PASSWORD).await?.expect(303)?;
        let taken = ask(&town, &own, "editor@musterau.example", PASSWORD).await?.expect(303)?;
        ensure!(sent.location() == taken.location() && mails_to(&town, "editor@musterau.example").await?.1 == 0, "who has an account is not told");
        let (path, values) = link(&town).await?;
        ensure!(town.get(&path).send().await?.expect(200)?.body.contains(NEW), "the page names the address");
        sign_in(&town, "clerk@musterau.example").await?.expect(303)?;
        confirm(&town, &values, "Apfelbaum im Winde", None).await?.expect(422)?;
        let forged = values.iter().map(|(name, value)| (name.clone(), if name == "adresse" { "boese@musterau.example".to_owned() } else { value.clone() }));
        confirm(&town, &forged.collect::<Vec<_>>(), PASSWORD, None).await?.expect(410)?;
        let done = confirm(&town, &values, PASSWORD, Some(&own)).await?.expect(303)?;
        ensure!(done.location() == "/konto?hinweis=address", "{}", done.location());
        town.get("/konto").with_token(&own).send().await?.expect(200)?;
        ensure!(town.get("/konto").with_token(&other).send().await?.status == 303, "other sessions end");
        ensure!(mails_to(&town, "clerk@musterau.example").await?.0.context("no notice")?.contains("andere E-Mail-Adresse"), "the old address hears of it");
        sign_in(&town, "clerk@musterau.example").await?.expect(422)?;
        sign_in(&town, NEW).await?.expect(303)?;
        confirm(&town, &values, PASSWORD, None).await?.expect(410)?;
        town.get(&path).send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn the_link_to_a_new_address_ends_after_an_hour_and_with_the_password() {
    in_town(async |mut town| {
        let own = session(&town, "clerk@musterau.example").await?;
        ask(&town, &own, NEW, PASSWORD).await?.expect(303)?;
        let (path, values) = link(&town).await?;
        town.wait(3_599).await?;
        town.get(&path).send().await?.expect(200)?;
        town.wait(1).await?;
        town.get(&path).send().await?.expect(410)?;
        confirm(&town, &values, PASSWORD, None).await?.expect(410)?;
        ask(&town, &own, NEW, PASSWORD).await?.expect(303)?;
        let (path, _) = link(&town).await?;
        town.get(&path).send().await?.expect(200)?;
        let change = [("old", PASSWORD), ("password", "Kirschbaum im Mai")];
        town.post("/konto/passwort", &change).with_token(&own).send().await?.expect(303)?;
        town.get(&path).send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn a_deleted_account_leaves_what_the_office_did_and_nothing_else() {
    in_town(async |town| {
        let fields = [("name", "Radweg"), ("kind", "Antrag"), ("dated_on", "2026-06-01"), ("reference", "1")];
        let paper = town.post("/verwaltung/rat/vorlagen/neu", &fields).as_role(Role::Clerk).send().await?.expect(303)?;
        let paper = paper.location().split('?').next().unwrap_or_default().to_owned();
        town.post(&format!("{paper}/stand"), &[("to", "public")]).as_role(Role::Clerk).send().await?.expect(303)?;
        let clerk = town.person(Role::Clerk)?;
        let token = session(&town, "clerk@musterau.example").await?;
        let page = town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("nur noch Ihre Rolle"), "{}", page.body);
        town.post("/konto/loeschen", &[("old", "Apfelbaum im Winde")]).with_token(&token).send().await?.expect(422)?;
        town.get("/konto").with_token(&token).send().await?.expect(200)?;
        let gone = town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(303)?;
        ensure!(gone.location() == "/?hinweis=farewell" && gone.text("set-cookie").contains("Max-Age=0"), "{gone:?}");
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303, "the session is over");
        sign_in(&town, "clerk@musterau.example").await?.expect(422)?;
        ensure!(mails_to(&town, "clerk@musterau.example").await?.0.context("no mail")?.contains("gelöscht"), "the person is told");
        town.get(&format!("/rat/vorlagen/{}-radweg", paper.rsplit('/').next().unwrap_or_default())).send().await?.expect(200)?;
        let (left, roles) = town
            .db()
            .read::<_, DbError>(Scope::Installation, move |tx| {
                let one = |tx: &mut allmende_db::Tx<'_>, statement| tx.find(statement, &[&clerk], |row| row.get::<i64>(0));
                let left = one(
                    tx,
                    sql!(
                        "SELECT (SELECT COUNT(*) FROM person WHERE id = $1) + (SELECT COUNT(*) FROM person_role WHERE person_id = $1 OR granted_by = $1) + \
                         (SELECT COUNT(*) FROM session WHERE person_id = $1) + (SELECT COUNT(*) FROM sign_in_link WHERE person_id = $1) + \
                         (SELECT COUNT(*) FROM event WHERE person_id = $1 AND site_id = site_id)"
                    ),
                )?;
                let roles = tx.list(sql!("SELECT actor_role FROM event WHERE site_id = site_id AND kind = 'published'"), &[], |row| row.get::<String>(0))?;
                Ok((left, roles))
            })
            .await?;
        ensure!(left == Some(0) && roles == ["clerk"], "{left:?} {roles:?}");
        Ok(())
    });
}

#[test]
fn an_account_leads_to_its_subscriptions_and_takes_them_along_on_every_site() {
    in_town(async |town| {
        let (resident, fields) = ("resident@musterau.example", [("ziel", "suche=Radweg"), ("frequency", "daily")]);
        let token = session(&town, resident).await?;
        town.post("/abonnieren", &fields).with_token(&token).send().await?.expect(303)?;
        town.post("/abonnieren", &fields).as_person(town.person(Role::Resident)?).on_neighbour().send().await?.expect(303)?;
        town.post("/abonnieren", &fields).as_role(Role::Clerk).send().await?.expect(303)?;
        for (language, words) in [("de", "Meine Abos"), ("en", "subscriptions"), ("leicht", "Meine Nachrichten")] {
            let page = town.get(&format!("/konto?lang={language}")).with_token(&token).send().await?.expect(200)?;
            ensure!(page.body.contains("href=\"/konto/abos\"") && page.body.contains(words), "{language}: {}", page.body);
        }
        town.get("/konto/abos").with_token(&token).send().await?.expect(200)?;
        let page = town.get("/konto/loeschen?lang=de").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("Ihre Abos auf allen Seiten"), "{}", page.body);
        let readers = async || {
            let list = town.db().read::<_, DbError>(Scope::Installation, |tx| {
                tx.list(sql!("SELECT person_id FROM subscription_reader WHERE site_id = site_id ORDER BY id"), &[], |row| row.get::<Option<i64>>(0))
            });
            list.await
        };
        let (own, other) = (Some(town.person(Role::Resident)?.get()), Some(town.person(Role::Clerk)?.get()));
        ensure!(readers().await? == [own, own, other], "{:?}", readers().await?);
        town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(303)?;
        ensure!(readers().await? == [other], "those of others stay: {:?}", readers().await?);
        Ok(())
    });
}

#[test]
fn the_last_administrator_hands_over_first() {
    in_town(async |town| {
        let token = session(&town, "administrator@musterau.example").await?;
        let page = town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("die einzige Person") && !page.body.contains("Konto endgültig löschen"), "{}", page.body);
        town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(422)?;
        let other = format!("/verwaltung/menschen/{}", town.person(Role::Clerk)?);
        town.post(&other, &[("role", "clerk"), ("role", "administrator")]).as_role(Role::Administrator).send().await?.expect(303)?;
        town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn the_mails_of_accounts_leave_the_house() {
    in_town(async |town| {
        town.post("/passwort-vergessen", &[("email", "clerk@musterau.example")]).send().await?.expect(303)?;
        let folder = tempfile::tempdir()?;
        let mut config = Config::default();
        config.mail.sink = folder.path().to_string_lossy().into_owned();
        config.mail.from = "rathaus@musterau.example".to_owned();
        let handlers = rooms::handlers(&config, folder.path())?;
        let runner = Runner::new(town.db().clone(), folder.path().to_owned(), handlers, Vec::new());
        tokio::task::spawn_blocking(move || {
            while runner.step()? {}
            Ok::<_, anyhow::Error>(())
        })
        .await??;
        let sent = std::fs::read_dir(folder.path())?.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok()).collect::<Vec<_>>();
        ensure!(sent.len() == 1 && sent[0].contains("clerk@musterau.example"), "{sent:?}");
        Ok(())
    });
}
