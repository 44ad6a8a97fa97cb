//! The administrator's page for the provider: tried before it is kept, the secret sealed, the own network closed unless opened.

use super::provider::{Provider, SECRET};
use super::{count, in_open_town, set_up, sign_in};
use crate::town::in_town;
use allmende_core::Role;
use allmende_db::dump::{self, Owned};
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::{Answer, BEGIN_MILLIS, TestTown};
use anyhow::{Context, Result, ensure};

const PAGE: &str = "/verwaltung/seite/anmeldung";

async fn save(town: &TestTown, issuer: &str, secret: &str) -> Result<Answer> {
    let fields = [("issuer", issuer), ("client_id", "musterau"), ("secret", secret), ("button", "Mit Bürgerkonto")];
    town.post(PAGE, &fields).as_role(Role::Administrator).send().await
}

async fn providers(town: &TestTown) -> Result<i64> {
    count(town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM sign_in_provider WHERE site_id = site_id")).await
}

/// Whether a text stands anywhere in the database, readable.
async fn is_readable(town: &TestTown, text: &'static str) -> Result<bool> {
    let read = town.db().read::<_, DbError>(Scope::Installation, move |tx| {
        let mut found = false;
        for table in dump::tables(tx)? {
            dump::each_row::<DbError>(tx, &table, |row| {
                for position in 0..table.columns.len() {
                    found |= match Owned::from(row.cell(position)?) {
                        Owned::Text(own) => own.contains(text),
                        Owned::Bytes(own) => own.windows(text.len()).any(|part| part == text.as_bytes()),
                        _ => false,
                    };
                }
                Ok(())
            })?;
        }
        Ok(found)
    });
    Ok(read.await?)
}

#[test]
fn a_provider_is_tried_before_it_is_kept_and_its_secret_is_sealed() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        let empty = town.get(PAGE).as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(empty.body.contains("http://musterau.example/anmelden/extern/zurueck"), "{}", empty.body);
        ensure!(town.get(PAGE).as_role(Role::Clerk).send().await?.status == 403);
        town.get("/anmelden/extern").send().await?.expect(404)?;
        ensure!(save(&town, "mailto:x", SECRET).await?.expect(422)?.body.contains("href=\"#issuer\""));
        ensure!(save(&town, &format!("{}/other", provider.issuer), SECRET).await?.expect(422)?.body.contains("nennt sich selbst anders"));
        ensure!(save(&town, "http://127.0.0.1:1", SECRET).await?.expect(422)?.body.contains("antwortet kein Dienst"));
        ensure!(providers(&town).await? == 0, "nothing is kept that was refused");
        set_up(&town, &provider).await?;
        ensure!(providers(&town).await? == 1 && is_readable(&town, "musterau").await? && !is_readable(&town, SECRET).await?);
        let page = town.get(PAGE).as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(!page.body.contains("geheim") && page.body.contains(&provider.issuer), "{}", page.body);
        // An empty field leaves the secret.
        save(&town, &provider.issuer, "").await?.expect(303)?;
        sign_in(&town, &provider, "").await?.expect(303)?;
        // Not for another provider.
        let other = Provider::start(BEGIN_MILLIS)?;
        save(&town, &other.issuer, "").await?.expect(303)?;
        sign_in(&town, &other, "").await?.expect(422)?;
        town.post(PAGE, &[("remove", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        ensure!(providers(&town).await? == 0 && !town.get("/anmelden").send().await?.body.contains("/anmelden/extern"));
        Ok(())
    });
}

#[test]
fn the_own_network_is_asked_only_if_the_operator_allows_it() {
    in_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        ensure!(save(&town, &provider.issuer, SECRET).await?.expect(422)?.body.contains("mit https://"));
        let port = provider.issuer.split([':', '/']).nth(4).context("no port")?;
        for issuer in [format!("https://127.0.0.1:{port}"), format!("https://localhost:{port}"), "https://10.0.0.1".to_owned(), "https://[::1]".to_owned()] {
            ensure!(save(&town, &issuer, SECRET).await?.expect(422)?.body.contains("antwortet kein Dienst"), "{issuer}");
        }
        ensure!(provider.asked("/openid-configuration") == 0 && providers(&town).await? == 0);
        Ok(())
    });
}

#[test]
fn a_description_of_another_issuer_is_not_believed() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        provider.say(|script| script.calls_itself = "https://id.other.example".to_owned());
        ensure!(save(&town, &provider.issuer, SECRET).await?.expect(422)?.body.contains("nennt sich selbst anders"));
        ensure!(providers(&town).await? == 0);
        Ok(())
    });
}
