//! Signing in by other ways than password and mail: with an account elsewhere, with a passkey.
//!
//! [`provider`] plays the provider of accounts on loopback and says what a test tells it to say.

mod answers;
mod claims;
mod identities;
mod passkeys;
mod provider;
mod settings;

use crate::town::{assembly, in_town_with};
use allmende::rooms;
use allmende_core::Role;
use allmende_db::{DbError, Scope, Statement, sql};
use allmende_platform::app::Ports;
use allmende_testing::town::{Answer, Assembly, TestTown};
use anyhow::{Context, Result, ensure};
use provider::Provider;

/// A town whose operator allows a provider in the own network.
fn in_open_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    let ports = || Ports { private_sign_in: true, ..rooms::offers() };
    in_town_with(Assembly { ports, ..assembly().expect("the rooms fit together") }, test);
}

/// What the administrator enters.
async fn set_up(town: &TestTown, provider: &Provider) -> Result<()> {
    let fields = [("issuer", provider.issuer.as_str()), ("client_id", "musterau"), ("secret", provider::SECRET), ("button", "Mit Bürgerkonto")];
    let saved = town.post("/verwaltung/seite/anmeldung", &fields).as_role(Role::Administrator).send().await?.expect(303)?;
    ensure!(saved.location() == "/verwaltung/seite/anmeldung?hinweis=saved");
    Ok(())
}

/// The value of a cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let pair = set.filter_map(|text| text.split(';').next()).find(|pair| pair.split('=').next().is_some_and(|own| own.trim_start_matches("__Host-") == name));
    pair.map(str::to_owned)
}

/// Somebody on the way to the provider.
struct Errand {
    state: String,
    nonce: String,
    challenge: String,
    cookie: String,
}

/// Goes to the provider and hears what it was told.
async fn go(town: &TestTown, onward: &str) -> Result<Errand> {
    let sent = town.get(&format!("/anmelden/extern?weiter={onward}")).send().await?.expect(303)?;
    let parameter = |name: &str| -> Result<String> {
        let found = sent.location().split(['?', '&']).filter_map(|pair| pair.split_once('=')).find(|(own, _)| *own == name);
        Ok(found.with_context(|| format!("no {name} in {}", sent.location()))?.1.to_owned())
    };
    ensure!(parameter("response_type")? == "code" && parameter("code_challenge_method")? == "S256" && parameter("client_id")? == "musterau");
    ensure!(parameter("redirect_uri")? == "http%3A%2F%2Fmusterau.example%2Fanmelden%2Fextern%2Fzurueck", "{}", sent.location());
    let cookie = cookie(&sent, "allmende-extern").context("no cookie")?;
    Ok(Errand { state: parameter("state")?, nonce: parameter("nonce")?, challenge: parameter("code_challenge")?, cookie })
}

/// Comes back with a code.
async fn come_back(town: &TestTown, errand: &Errand, more: &str) -> Result<Answer> {
    let path = format!("/anmelden/extern/zurueck?code={}&state={}{more}", provider::CODE, errand.state);
    town.get(&path).header("cookie", &errand.cookie).send().await
}

/// Goes there and back as whom the provider names now.
async fn sign_in(town: &TestTown, provider: &Provider, onward: &str) -> Result<Answer> {
    let errand = go(town, onward).await?;
    provider.expect(&errand.nonce, &errand.challenge);
    come_back(town, &errand, "").await
}

async fn count(town: &TestTown, statement: &'static Statement) -> Result<i64> {
    let found = town.db().read::<_, DbError>(Scope::Installation, move |tx| tx.find(statement, &[], |row| row.get(0))).await?;
    found.context("no count")
}

/// Rows that letting somebody in would add to.
async fn rows(town: &TestTown) -> Result<i64> {
    count(
        town,
        sql!(
            "SELECT CAST((SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM person_identity) + (SELECT COUNT(*) FROM session WHERE site_id = site_id) + \
             (SELECT COUNT(*) FROM sign_in_arrival WHERE site_id = site_id) + (SELECT COUNT(*) FROM person_role WHERE site_id = site_id) AS BIGINT)"
        ),
    )
    .await
}
