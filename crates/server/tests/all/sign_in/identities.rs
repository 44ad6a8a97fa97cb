//! People with an account elsewhere: a new account here, coming back, connecting and disconnecting.

use super::provider::Provider;
use super::{Errand, cookie, count, go, in_open_town, rows, set_up, sign_in};
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::{Answer, BEGIN_MILLIS, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};
use serde_json::json;

const NEW: &str = "/anmelden/extern/neu";

/// Makes the account of whoever arrived.
pub async fn make(town: &TestTown, arrived: &Answer, name: &str) -> Result<Answer> {
    let cookie = cookie(arrived, "allmende-ankunft").context("nobody arrived")?;
    town.post(NEW, &[("name", name), ("language", "de")]).header("cookie", &cookie).send().await
}

/// A session of the person with this address, by password.
async fn session(town: &TestTown, email: &str) -> Result<String> {
    town.post("/anmelden", &[("email", email), ("password", PASSWORD)]).send().await?.session().context("no session")
}

#[test]
fn the_first_time_makes_an_account_with_a_chosen_name_and_the_next_time_finds_it() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let page = town.get("/anmelden?weiter=/orte").send().await?.expect(200)?;
        ensure!(page.body.contains("href=\"/anmelden/extern?weiter=/orte\"") && page.body.contains("Mit Bürgerkonto"), "{}", page.body);
        let people = sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM person");
        let before = count(&town, people).await?;
        let arrived = sign_in(&town, &provider, "/orte").await?.expect(303)?;
        ensure!(arrived.location() == NEW && arrived.session().is_none() && count(&town, people).await? == before);
        let cookie = cookie(&arrived, "allmende-ankunft").context("nobody arrived")?;
        let page = town.get(NEW).header("cookie", &cookie).send().await?.expect(200)?;
        ensure!(page.body.contains("ida@buerger.example") && page.body.contains("name=\"name\""), "{}", page.body);
        ensure!(make(&town, &arrived, "Rathaus").await?.expect(422)?.body.contains("nur das Rathaus") && count(&town, people).await? == before);
        let made = make(&town, &arrived, "Apfelbaum 7").await?.expect(303)?;
        ensure!(made.location() == "/orte" && count(&town, people).await? == before + 1);
        let own = town.get("/konto").with_token(&made.session().context("no session")?).send().await?.expect(200)?;
        ensure!(own.body.contains("value=\"Apfelbaum 7\"") && own.body.contains("ida@buerger.example"), "{}", own.body);
        make(&town, &arrived, "Apfelbaum 8").await?.expect(410)?;
        // Name and address there may change: issuer and subject count.
        provider.claim(json!({ "email": "other@buerger.example", "name": "Somebody" }));
        let again = sign_in(&town, &provider, "").await?.expect(303)?;
        ensure!(again.location() == "/konto" && count(&town, people).await? == before + 1, "{}", again.location());
        let own = town.get("/konto").with_token(&again.session().context("no session")?).send().await?.expect(200)?;
        ensure!(own.body.contains("value=\"Apfelbaum 7\"") && own.body.contains("ida@buerger.example"));
        provider.claim(json!({ "sub": "subject-8", "email": "eva@buerger.example" }));
        ensure!(sign_in(&town, &provider, "").await?.expect(303)?.location() == NEW, "another subject is somebody else");
        ensure!(provider.asked("/openid-configuration") == 1 && provider.asked("/keys") == 1, "what is known is not asked again");
        Ok(())
    });
}

#[test]
fn an_address_alone_opens_nobodys_account() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let before = count(&town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM person_identity")).await?;
        for claims in [json!({ "email": "Resident@musterau.example" }), json!({ "email_verified": false }), json!({ "email": null })] {
            provider.claim(claims);
            let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
            let cookie = cookie(&arrived, "allmende-ankunft").context("nobody arrived")?;
            let page = town.get(NEW).header("cookie", &cookie).send().await?.expect(200)?;
            ensure!(!page.body.contains("name=\"name\"") && page.body.contains("href=\"/anmelden?weiter=/anmelden/extern/neu\""), "{}", page.body);
            ensure!(page.body.contains("href=\"/registrieren?weiter=/anmelden/extern/neu\""));
            ensure!(make(&town, &arrived, "Ida Beck").await?.expect(303)?.location() == NEW);
        }
        ensure!(count(&town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM person_identity")).await? == before);
        Ok(())
    });
}

#[test]
fn what_the_token_leaves_out_is_asked_for_and_believed_of_the_same_subject_only() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        provider.claim(json!({ "email": null, "email_verified": null }));
        for (subject, fits) in [("subject-7", true), ("subject-9", false)] {
            provider.say(|script| script.told = json!({ "sub": subject, "email": "ida@buerger.example", "email_verified": true }));
            let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
            let cookie = cookie(&arrived, "allmende-ankunft").context("nobody arrived")?;
            let page = town.get(NEW).header("cookie", &cookie).send().await?.expect(200)?;
            ensure!(page.body.contains("ida@buerger.example") == fits, "{}", page.body);
        }
        Ok(())
    });
}

#[test]
fn an_account_is_connected_with_its_password_and_disconnected_again() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let token = session(&town, "resident@musterau.example").await?;
        let page = town.get("/konto/zugang").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("href=\"/anmelden/extern?weiter=/konto/zugang\"") && page.statements().is_some_and(|count| count <= 5), "{}", page.body);
        let arrived = sign_in(&town, &provider, "/konto/zugang").await?.expect(303)?;
        let cookie = cookie(&arrived, "allmende-ankunft").context("nobody arrived")?;
        let link = |old: &str| town.post("/anmelden/extern/verbinden", &[("old", old)]).header("cookie", &cookie);
        let page = town.get(NEW).header("cookie", &cookie).with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("action=\"/anmelden/extern/verbinden\"") && page.body.contains("resident@musterau.example"), "{}", page.body);
        link("Apfelbaum im Winde").with_token(&token).send().await?.expect(422)?;
        ensure!(link(PASSWORD).send().await?.status == 403, "a stranger connects nothing");
        let linked = link(PASSWORD).with_token(&token).send().await?.expect(303)?;
        ensure!(linked.location() == "/konto/zugang?hinweis=linked");
        link(PASSWORD).with_token(&token).send().await?.expect(410)?;
        let came = sign_in(&town, &provider, "").await?.expect(303)?;
        let elsewhere = came.session().context("no session")?;
        ensure!(town.get("/konto").with_token(&elsewhere).send().await?.expect(200)?.body.contains("resident@musterau.example"));
        let page = town.get("/konto/zugang").with_token(&token).send().await?.expect(200)?;
        let id = page.body.split("name=\"identity\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no identity")?.to_owned();
        let other = session(&town, "clerk@musterau.example").await?;
        town.post("/konto/zugang/entfernen", &[("identity", &id)]).with_token(&other).send().await?.expect(303)?;
        sign_in(&town, &provider, "").await?.session().context("somebody else's number takes nothing")?;
        town.post("/konto/zugang/entfernen", &[("identity", &id)]).with_token(&token).send().await?.expect(303)?;
        ensure!(town.get("/konto").with_token(&elsewhere).send().await?.status == 303, "whoever came in by it is out");
        town.get("/konto").with_token(&token).send().await?.expect(200)?;
        ensure!(sign_in(&town, &provider, "").await?.expect(303)?.location() == NEW);
        Ok(())
    });
}

#[test]
fn one_identity_belongs_to_one_person() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let (first, second) = (sign_in(&town, &provider, "").await?.expect(303)?, sign_in(&town, &provider, "").await?.expect(303)?);
        make(&town, &first, "Apfelbaum 7").await?.expect(303)?;
        let cookie = cookie(&second, "allmende-ankunft").context("nobody arrived")?;
        let token = session(&town, "resident@musterau.example").await?;
        let before = rows(&town).await?;
        let refused = town.post("/anmelden/extern/verbinden", &[("old", PASSWORD)]).header("cookie", &cookie).with_token(&token).send().await?.expect(422)?;
        ensure!(refused.body.contains("schon mit einem anderen Konto hier verbunden") && rows(&town).await? == before, "{}", refused.body);
        Ok(())
    });
}

#[test]
fn a_blocked_account_stays_out() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let made = make(&town, &sign_in(&town, &provider, "").await?, "Apfelbaum 7").await?.expect(303)?;
        made.session().context("no session")?;
        let person = count(&town, sql!("SELECT MAX(id) FROM person")).await?;
        let block = format!("/verwaltung/menschen/{person}/sperre");
        town.post(&block, &[("block", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        let page = sign_in(&town, &provider, "").await?.expect(422)?;
        ensure!(page.session().is_none() && page.body.contains(">blocked</code>"), "{}", page.body);
        Ok(())
    });
}

#[test]
fn an_arrival_waits_an_hour_in_its_browser_on_its_site() {
    in_open_town(async |mut town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
        let cookie = cookie(&arrived, "allmende-ankunft").context("nobody arrived")?;
        town.get(NEW).send().await?.expect(410)?;
        town.get(NEW).header("cookie", &format!("__Host-{cookie}")).on_neighbour().send().await?.expect(410)?;
        town.wait(3_599).await?;
        town.get(NEW).header("cookie", &cookie).send().await?.expect(200)?;
        town.wait(1).await?;
        town.get(NEW).header("cookie", &cookie).send().await?.expect(410)?;
        make(&town, &arrived, "Apfelbaum 7").await?.expect(410)?;
        town.db().write::<_, DbError>(Scope::Installation, allmende_accounts::delete_outdated).await?;
        let left = sql!(
            "SELECT CAST((SELECT COUNT(*) FROM sign_in_arrival WHERE site_id = site_id) + (SELECT COUNT(*) FROM sign_in_errand WHERE site_id = site_id) AS BIGINT)"
        );
        ensure!(count(&town, left).await? == 0);
        Ok(())
    });
}

#[test]
fn who_came_by_the_provider_may_sign_out_there_too() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        make(&town, &sign_in(&town, &provider, "").await?, "Apfelbaum 7").await?.expect(303)?;
        let came = sign_in(&town, &provider, "").await?.expect(303)?;
        let (token, by) = (came.session().context("no session")?, cookie(&came, "allmende-extern-da").context("no mark")?);
        let out = town.post("/abmelden", &[]).header("cookie", &by).with_token(&token).send().await?.expect(303)?;
        ensure!(out.location() == "/abmelden/extern" && town.get("/konto").with_token(&token).send().await?.status == 303);
        let page = town.get("/abmelden/extern").send().await?.expect(200)?;
        let back = "post_logout_redirect_uri=http%3A%2F%2Fmusterau.example%2F";
        ensure!(page.body.contains(&format!("href=\"{}/out?client_id=musterau&#38;{back}\"", provider.issuer)), "{}", page.body);
        let plain = town.post("/abmelden", &[]).as_role(Role::Clerk).send().await?.expect(303)?;
        ensure!(plain.location() == "/?hinweis=signed-out");
        Ok(())
    });
}

#[test]
fn keys_that_the_provider_changes_are_found_again_after_a_minute() {
    in_open_town(async |mut town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        provider.change_key();
        sign_in(&town, &provider, "").await?.expect(422)?;
        ensure!(provider.asked("/keys") == 1);
        town.wait(60).await?;
        provider.say(|script| script.now += 60);
        sign_in(&town, &provider, "").await?.expect(303)?;
        sign_in(&town, &provider, "").await?.expect(303)?;
        ensure!(provider.asked("/keys") == 2, "{}", provider.asked("/keys"));
        let Errand { nonce, challenge, .. } = go(&town, "").await?;
        ensure!(nonce.len() == 32 && challenge.len() == 43);
        Ok(())
    });
}
