//! Residents: making an account oneself, signing in by a link, leaving again without a password.

use crate::links::{mails_to, path_of};
use crate::town::{in_town, with_guard};
use allmende_accounts::rules::{REGISTRATIONS_MAX, RESET_MAILS_MAX};
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::{Answer, Ask, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};

const ADDRESS: &str = "Ida.Beck@musterau.example";

async fn register<'t>(town: &'t TestTown, name: &str, email: &str, onward: &str) -> Result<Ask<'t>> {
    let guard = town.guarded("register").await?;
    Ok(town.post("/registrieren", &with_guard(&guard, &[("name", name), ("email", email), ("language", "de"), ("weiter", onward)])))
}

/// The path of the link in the newest mail to an address, and its key.
async fn link(town: &TestTown, email: &str) -> Result<(String, String)> {
    let text = mails_to(town, email).await?.0.with_context(|| format!("no mail to {email}"))?;
    let path = path_of(town, &text)?;
    let key = path.split("schluessel=").nth(1).and_then(|rest| rest.split('&').next()).context("no key")?.to_owned();
    Ok((path, key))
}

async fn confirm(town: &TestTown, key: &str, onward: &str) -> Result<Answer> {
    town.post("/registrieren/bestaetigen", &[("schluessel", key), ("weiter", onward)]).send().await
}

async fn use_link(town: &TestTown, key: &str, onward: &str) -> Result<Answer> {
    town.post("/anmelden/link", &[("schluessel", key), ("weiter", onward)]).send().await
}

async fn ask_link(town: &TestTown, email: &str, onward: &str) -> Result<Answer> {
    town.post("/anmelden/link-schicken", &[("email", email), ("weiter", onward)]).send().await
}

async fn count(town: &TestTown, statement: &'static allmende_db::Statement) -> Result<i64> {
    let found = town.db().read::<_, DbError>(Scope::Installation, move |tx| tx.find(statement, &[], |row| row.get(0))).await?;
    found.context("no count")
}

async fn accounts(town: &TestTown) -> Result<i64> {
    count(town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM person")).await
}

/// Somebody with an account that they made themselves, and their session.
async fn newcomer(town: &TestTown) -> Result<String> {
    register(town, "Apfelbaum 7", ADDRESS, "").await?.send().await?.expect(303)?;
    let key = link(town, ADDRESS).await?.1;
    confirm(town, &key, "").await?.expect(303)?.session().context("no session")
}

#[test]
fn a_resident_makes_an_account_by_mail_and_comes_back_to_where_they_wanted_to_take_part() {
    in_town(async |town| {
        let page = town.get("/registrieren?weiter=/orte").send().await?.expect(200)?;
        ensure!(page.body.contains("name=\"weiter\" value=\"/orte\"") && page.body.contains("href=\"/anmelden?weiter=/orte\""), "{}", page.body);
        ensure!(!page.body.contains("type=\"password\"") && page.body.contains("darf erfunden sein"));
        let before = accounts(&town).await?;
        let sent = register(&town, "Apfelbaum 7", ADDRESS, "/orte").await?.send().await?.expect(303)?;
        ensure!(sent.location() == "/registrieren/gesendet" && sent.session().is_none());
        town.get(sent.location()).send().await?.expect(200)?;
        let text = mails_to(&town, ADDRESS).await?.0.context("no mail")?;
        ensure!(!text.contains("Apfelbaum"), "what strangers write goes into no mail: {text}");
        let (path, key) = link(&town, ADDRESS).await?;
        ensure!(path.ends_with("&weiter=/orte"), "{path}");
        for _ in 0..2 {
            ensure!(town.get(&path).send().await?.expect(200)?.body.contains(ADDRESS), "opening the link makes nothing");
        }
        ensure!(accounts(&town).await? == before);
        let done = confirm(&town, &key, "/orte").await?.expect(303)?;
        ensure!(done.location() == "/orte", "{}", done.location());
        let token = done.session().context("no session")?;
        let own = town.get("/konto").with_token(&token).send().await?.expect(200)?;
        ensure!(own.body.contains("value=\"Apfelbaum 7\"") && own.body.contains("Einwohnerin oder Einwohner"), "{}", own.body);
        ensure!(town.get("/verwaltung").with_token(&token).send().await?.status == 403);
        confirm(&town, &key, "").await?.expect(410)?;
        town.get(&path).send().await?.expect(410)?;
        ensure!(accounts(&town).await? == before + 1);
        ensure!(count(&town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM registration WHERE site_id = site_id")).await? == 0);
        let again = town.get("/registrieren?weiter=/orte").with_token(&token).send().await?.expect(303)?;
        ensure!(again.location() == "/orte");
        Ok(())
    });
}

#[test]
fn the_answer_is_the_same_whoever_has_an_account() {
    in_town(async |town| {
        let block = format!("/verwaltung/menschen/{}/sperre", town.person(Role::Editor)?);
        town.post(&block, &[("block", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        let guard = town.guarded("register").await?;
        let trap = [("name", "Ida Beck"), ("email", "bot@musterau.example"), ("webseite", "https://shop.example")];
        let trapped = town.post("/registrieren", &with_guard(&guard, &trap)).send().await?.expect(422)?;
        ensure!(trapped.body.contains("Ein Feld, das leer bleiben soll"), "{}", trapped.body);
        let answers = [
            register(&town, "Ida Beck", ADDRESS, "").await?.send().await?,
            register(&town, "Ida Beck", "resident@musterau.example", "").await?.send().await?,
            register(&town, "Ida Beck", "editor@musterau.example", "").await?.send().await?,
        ];
        for answer in &answers {
            ensure!(answer.status == 303 && answer.location() == answers[0].location() && answer.body == answers[0].body, "{answer:?}");
            ensure!(answer.session().is_none());
        }
        ensure!(mails_to(&town, "editor@musterau.example").await?.1 == 0 && mails_to(&town, "bot@musterau.example").await?.1 == 0);
        let (path, key) = link(&town, "resident@musterau.example").await?;
        ensure!(path.starts_with("/anmelden/link?"), "who has an account gets a link for signing in: {path}");
        let done = use_link(&town, &key, "").await?.expect(303)?;
        ensure!(done.location() == "/konto");
        let own = town.get("/konto").with_token(&done.session().context("no session")?).send().await?.expect(200)?;
        ensure!(own.body.contains("value=\"resident\""), "the name stays: {}", own.body);
        Ok(())
    });
}

#[test]
fn a_registration_vanishes_after_a_day_and_belongs_to_its_site() {
    in_town(async |mut town| {
        register(&town, "Apfelbaum 7", ADDRESS, "").await?.send().await?.expect(303)?;
        let (path, key) = link(&town, ADDRESS).await?;
        town.get(&path).on_neighbour().send().await?.expect(410)?;
        town.wait(86_399).await?;
        town.get(&path).send().await?.expect(200)?;
        town.wait(1).await?;
        town.get(&path).send().await?.expect(410)?;
        confirm(&town, &key, "").await?.expect(410)?;
        town.db().write::<_, DbError>(Scope::Installation, allmende_accounts::delete_outdated).await?;
        ensure!(count(&town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM registration WHERE site_id = site_id")).await? == 0);
        register(&town, "Apfelbaum 7", ADDRESS, "").await?.send().await?.expect(303)?;
        let first = link(&town, ADDRESS).await?.1;
        register(&town, "Birnbaum 8", ADDRESS, "").await?.send().await?.expect(303)?;
        confirm(&town, &first, "").await?.expect(410)?;
        let token = confirm(&town, &link(&town, ADDRESS).await?.1, "").await?.expect(303)?.session().context("no session")?;
        ensure!(town.get("/konto").with_token(&token).send().await?.body.contains("value=\"Birnbaum 8\""), "the newer registration counts");
        Ok(())
    });
}

#[test]
fn a_link_signs_in_once_within_an_hour_and_leads_to_this_site_only() {
    in_town(async |mut town| {
        let known = ask_link(&town, " Resident@musterau.example", "/orte").await?.expect(303)?;
        let unknown = ask_link(&town, "nobody@musterau.example", "/orte").await?.expect(303)?;
        ensure!(known.location() == "/anmelden/gesendet" && known.location() == unknown.location());
        ensure!(mails_to(&town, "nobody@musterau.example").await?.1 == 0);
        let (path, key) = link(&town, "resident@musterau.example").await?;
        ensure!(path == format!("/anmelden/link?schluessel={key}&weiter=/orte"), "{path}");
        for _ in 0..2 {
            town.get(&path).send().await?.expect(200)?;
        }
        town.get(&path).on_neighbour().send().await?.expect(410)?;
        town.get(&path.replace("/anmelden/link", "/passwort-neu")).send().await?.expect(410)?;
        let done = use_link(&town, &key, "//evil.example").await?.expect(303)?;
        ensure!(done.location() == "/konto" && done.session().is_some(), "{}", done.location());
        use_link(&town, &key, "").await?.expect(410)?;
        ask_link(&town, "resident@musterau.example", "https://evil.example").await?.expect(303)?;
        let (path, _) = link(&town, "resident@musterau.example").await?;
        ensure!(!path.contains("evil"), "{path}");
        town.wait(3_599).await?;
        town.get(&path).send().await?.expect(200)?;
        town.wait(1).await?;
        town.get(&path).send().await?.expect(410)?;
        ask_link(&town, "resident@musterau.example", "").await?.expect(303)?;
        let (_, key) = link(&town, "resident@musterau.example").await?;
        let block = format!("/verwaltung/menschen/{}/sperre", town.person(Role::Resident)?);
        town.post(&block, &[("block", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        use_link(&town, &key, "").await?.expect(410)?;
        let refused = ask_link(&town, "keine Adresse", "").await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#email\""));
        Ok(())
    });
}

#[test]
fn an_account_of_a_neighbour_becomes_a_resident_here_with_the_first_link() {
    in_town(async |town| {
        let roles = sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM person_role r JOIN person p ON p.id = r.person_id JOIN site s ON s.id = r.site_id WHERE s.key = 'musterau' AND p.email = 'clerk@beispielstadt.example'"
        );
        ensure!(count(&town, roles).await? == 0);
        register(&town, "Ida Beck", "clerk@beispielstadt.example", "").await?.send().await?.expect(303)?;
        let key = link(&town, "clerk@beispielstadt.example").await?.1;
        let token = use_link(&town, &key, "").await?.expect(303)?.session().context("no session")?;
        ensure!(count(&town, roles).await? == 1, "as a resident only");
        ensure!(town.get("/verwaltung").with_token(&token).send().await?.status == 403);
        Ok(())
    });
}

#[test]
fn mails_to_one_address_and_registrations_of_one_client_have_a_limit() {
    in_town(async |mut town| {
        for _ in 0..=RESET_MAILS_MAX {
            register(&town, "Ida Beck", ADDRESS, "").await?.send().await?.expect(303)?;
        }
        ensure!(mails_to(&town, ADDRESS).await?.1 == usize::try_from(RESET_MAILS_MAX)?);
        let mut sent = RESET_MAILS_MAX + 1;
        while sent < REGISTRATIONS_MAX {
            if sent % 25 == 0 {
                town.wait(60).await?;
            }
            register(&town, "Ida Beck", &format!("ida{sent}@musterau.example"), "").await?.send().await?.expect(303)?;
            sent += 1;
        }
        town.wait(60).await?;
        register(&town, "Ida Beck", "last@musterau.example", "").await?.send().await?.expect(429)?;
        ensure!(mails_to(&town, "last@musterau.example").await?.1 == 0);
        register(&town, "Ida Beck", "last@musterau.example", "").await?.from_client([203, 0, 113, 10]).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn an_invited_person_who_registers_gets_the_invitation_again() {
    in_town(async |town| {
        let fields = [("email", ADDRESS), ("language", "de"), ("role", "clerk"), ("way", "paper")];
        town.post("/verwaltung/menschen", &fields).as_role(Role::Administrator).send().await?.expect(200)?;
        register(&town, "Eva Ill", ADDRESS, "").await?.send().await?.expect(303)?;
        ensure!(link(&town, ADDRESS).await?.0.starts_with("/willkommen?"));
        Ok(())
    });
}

#[test]
fn nobody_registers_as_the_town_hall() {
    in_town(async |town| {
        for name in ["Rathaus Musterau", "Die Bürgermeisterin", "Gemeinde Musterau"] {
            let refused = register(&town, name, ADDRESS, "").await?.send().await?.expect(422)?;
            ensure!(refused.body.contains("href=\"#name\"") && refused.body.contains("nur das Rathaus"), "{}", refused.body);
            let fields = [("name", name), ("language", "de")];
            town.post("/konto", &fields).as_role(Role::Resident).send().await?.expect(422)?;
            town.post("/konto", &fields).as_role(Role::Clerk).send().await?.expect(303)?;
        }
        ensure!(mails_to(&town, ADDRESS).await?.1 == 0);
        Ok(())
    });
}

#[test]
fn who_has_no_password_can_set_one_by_a_link_only() {
    in_town(async |town| {
        let token = newcomer(&town).await?;
        let page = town.get("/konto").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("Passwort einrichten") && !page.body.contains("name=\"old\""), "{}", page.body);
        town.post("/konto/adresse-aendern", &[("email", "neu@musterau.example"), ("old", "")]).with_token(&token).send().await?.expect(422)?;
        let sent = town.post("/konto/passwort", &[("old", ""), ("password", "Kirschbaum im Mai")]).with_token(&token).send().await?.expect(303)?;
        ensure!(sent.location() == "/konto?hinweis=first-password");
        town.post("/anmelden", &[("email", ADDRESS), ("password", "Kirschbaum im Mai")]).send().await?.expect(422)?;
        let (path, key) = link(&town, ADDRESS).await?;
        ensure!(path.starts_with("/passwort-neu?"), "{path}");
        town.post("/passwort-neu", &[("schluessel", &key), ("password", "Kirschbaum im Mai")]).send().await?.expect(303)?;
        town.post("/anmelden", &[("email", ADDRESS), ("password", "Kirschbaum im Mai")]).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn an_account_without_a_password_is_deleted_shortly_after_signing_in_by_a_link() {
    in_town(async |mut town| {
        let token = newcomer(&town).await?;
        town.wait(899).await?;
        ensure!(town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?.body.contains("name=\"yes\""));
        town.post("/konto/loeschen", &[]).with_token(&token).send().await?.expect(422)?;
        town.wait(1).await?;
        let page = town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?;
        ensure!(!page.body.contains("name=\"yes\"") && page.body.contains("action=\"/anmelden/link-schicken\""), "{}", page.body);
        town.post("/konto/loeschen", &[("yes", "1")]).with_token(&token).send().await?.expect(422)?;
        ask_link(&town, ADDRESS, "/konto/loeschen").await?.expect(303)?;
        let (_, key) = link(&town, ADDRESS).await?;
        let done = use_link(&town, &key, "/konto/loeschen").await?.expect(303)?;
        ensure!(done.location() == "/konto/loeschen");
        let token = done.session().context("no session")?;
        let before = accounts(&town).await?;
        town.post("/konto/loeschen", &[("yes", "1")]).with_token(&token).send().await?.expect(303)?;
        ensure!(accounts(&town).await? == before - 1);
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303);
        Ok(())
    });
}

#[test]
fn a_password_is_still_asked_for_where_there_is_one() {
    in_town(async |town| {
        let token = town.post("/anmelden", &[("email", "resident@musterau.example"), ("password", PASSWORD)]).send().await?.session().context("no session")?;
        town.post("/konto/loeschen", &[("yes", "1")]).with_token(&token).send().await?.expect(422)?;
        town.get("/konto").with_token(&token).send().await?.expect(200)?;
        Ok(())
    });
}
