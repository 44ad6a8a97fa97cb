//! What a provider says of people: a site keeps what it named and nothing else, and a process can ask for it.

use super::identities::make;
use super::provider::{Provider, SECRET};
use super::{in_open_town, sign_in};
use crate::audience::{DESK, PAGE, SHOW, public};
use crate::town::with_guard;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::{Answer, BEGIN_MILLIS, TestTown};
use anyhow::{Context, Result, ensure};
use serde_json::json;

const SETTINGS: &str = "/verwaltung/seite/anmeldung";

async fn save(town: &TestTown, provider: &Provider, claims: &str) -> Result<Answer> {
    let fields = [("issuer", provider.issuer.as_str()), ("client_id", "musterau"), ("secret", SECRET), ("button", "Mit Bürgerkonto"), ("claims", claims)];
    town.post(SETTINGS, &fields).as_role(Role::Administrator).send().await
}

/// What is kept of everybody: `ags=0815 level=high`.
async fn kept(town: &TestTown) -> Result<String> {
    let rows = town.db().read::<_, DbError>(Scope::Installation, |tx| {
        tx.list(sql!("SELECT name, value FROM person_claim WHERE site_id = site_id ORDER BY name, value"), &[], |row| {
            Ok(format!("{}={}", row.get::<String>(0)?, row.get::<String>(1)?))
        })
    });
    Ok(rows.await?.join(" "))
}

/// The session of whom the provider names now, who has an account.
async fn come_in(town: &TestTown, provider: &Provider) -> Result<String> {
    sign_in(town, provider, "").await?.session().context("no session")
}

#[test]
fn a_site_keeps_what_it_named_and_the_newest_word_counts() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        let refused = save(&town, &provider, "zwei Worte").await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#claims\"") && refused.body.contains(">zwei Worte</textarea>"), "{}", refused.body);
        save(&town, &provider, "ags, level").await?.expect(303)?;
        ensure!(town.get(SETTINGS).as_role(Role::Administrator).send().await?.body.contains(">ags, level</textarea>"));
        // What the token leaves out is asked for; where both speak, the token counts.
        provider.claim(json!({ "ags": ["0815", "4711"], "gender": "w" }));
        provider.say(|script| script.told = json!({ "sub": "subject-7", "level": "high", "ags": "12" }));
        let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
        ensure!(kept(&town).await?.is_empty(), "nobody has an account yet");
        let made = make(&town, &arrived, "Apfelbaum 7").await?.expect(303)?;
        ensure!(kept(&town).await? == "ags=0815 ags=4711 level=high", "{}", kept(&town).await?);
        let own = town.get("/konto/daten.json").with_token(&made.session().context("no session")?).send().await?.expect(200)?;
        ensure!(own.body.contains("0815") && own.body.contains("person_claim"), "{}", own.body);
        provider.claim(json!({ "ags": "0815" }));
        provider.say(|script| script.told = json!({ "sub": "somebody else", "level": "high" }));
        let token = come_in(&town, &provider).await?;
        ensure!(kept(&town).await? == "ags=0815", "{}", kept(&town).await?);
        // Without the identity, nobody answers for it any more.
        let ways = town.get("/konto/zugang").with_token(&token).send().await?.expect(200)?;
        let id = ways.body.split("name=\"identity\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no identity")?.to_owned();
        town.post("/konto/zugang/entfernen", &[("identity", &id)]).with_token(&token).send().await?.expect(303)?;
        ensure!(kept(&town).await?.is_empty());
        Ok(())
    });
}

#[test]
fn what_a_site_does_not_name_any_more_is_forgotten_and_so_is_another_providers_word() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        save(&town, &provider, "ags, level").await?.expect(303)?;
        provider.claim(json!({ "ags": "0815", "level": 2 }));
        let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
        make(&town, &arrived, "Apfelbaum 7").await?.expect(303)?;
        ensure!(kept(&town).await? == "ags=0815 level=2");
        save(&town, &provider, "level").await?.expect(303)?;
        ensure!(kept(&town).await? == "level=2");
        let other = Provider::start(BEGIN_MILLIS)?;
        save(&town, &other, "level").await?.expect(303)?;
        ensure!(kept(&town).await?.is_empty());
        save(&town, &provider, "level").await?.expect(303)?;
        come_in(&town, &provider).await?;
        ensure!(kept(&town).await? == "level=2");
        town.post(SETTINGS, &[("remove", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        ensure!(kept(&town).await?.is_empty());
        Ok(())
    });
}

/// A statement of somebody with a session.
async fn say(town: &TestTown, token: &str) -> Result<Answer> {
    let guard = town.guarded("dialogue-statement").await?;
    let fields = with_guard(&guard, &[("unit", "0"), ("text", "Er soll Anger heißen.")]);
    town.post(&format!("{PAGE}/stellungnahme"), &fields).with_token(token).send().await
}

#[test]
fn a_process_takes_those_of_whom_the_provider_says_what_it_asks_for() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        let audience = [("audience", "open"), ("also", "claim"), ("claim_name", "ags"), ("claim_values", "08212000, 08212001")];
        save(&town, &provider, "ags").await?.expect(303)?;
        public(&town, &audience).await?;
        let when = town.get(&format!("{DESK}/wann")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(when.body.contains("<option value=\"ags\" selected>") && when.body.contains("08212000\n08212001</textarea>"), "{}", when.body);

        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("Melden Sie sich einmal mit dem Dienst an") && page.body.contains("/mitmachen?weiter="), "{}", page.body);
        let way = "href=\"/anmelden/extern?weiter=";
        for who in [town.get(SHOW), town.get(SHOW).as_role(Role::Resident)] {
            let shown = who.send().await?.expect(200)?;
            ensure!(shown.body.contains(way) && !shown.body.contains("class=\"form\""), "{}", shown.body);
        }
        ensure!(town.post(SHOW, &[]).as_role(Role::Resident).send().await?.expect(422)?.body.contains(way));

        provider.claim(json!({ "ags": "09162000" }));
        let arrived = sign_in(&town, &provider, "").await?.expect(303)?;
        let stranger = make(&town, &arrived, "Apfelbaum 7").await?.expect(303)?.session().context("no session")?;
        let shown = town.get(SHOW).with_token(&stranger).send().await?.expect(200)?;
        ensure!(shown.body.contains("bestätigt das nicht") && !shown.body.contains(way) && !shown.body.contains("class=\"form\""), "{}", shown.body);
        town.post(SHOW, &[]).with_token(&stranger).send().await?.expect(422)?;
        say(&town, &stranger).await?.expect(422)?;

        provider.claim(json!({ "ags": ["1", "08212001"] }));
        let resident = come_in(&town, &provider).await?;
        say(&town, &resident).await?.expect(422)?;
        let shown = town.get(SHOW).with_token(&resident).send().await?.expect(200)?;
        ensure!(shown.body.contains("bestätigt alles, was hier gefragt ist") && shown.body.contains("class=\"form\""), "{}", shown.body);
        ensure!(town.post(SHOW, &[]).with_token(&resident).send().await?.expect(303)?.location() == PAGE);
        say(&town, &resident).await?.expect(303)?;

        town.post(SETTINGS, &[("remove", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        let shown = town.get(SHOW).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(shown.body.contains("Dienst, den diese Seite nicht anbietet") && !shown.body.contains(way), "{}", shown.body);
        Ok(())
    });
}
