//! Answers of the provider that are not right: each is refused with a page that says what to do, and nothing is written.

use super::provider::{CODE, Provider, Signing};
use super::{come_back, go, in_open_town, rows, set_up, sign_in};
use allmende_testing::town::{BEGIN_MILLIS, TestTown};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const NOW: i64 = BEGIN_MILLIS / 1_000;

/// Goes there and back, and expects the page of this refusal.
async fn refused(town: &TestTown, provider: &Provider, code: &str, status: u16) -> Result<()> {
    let before = rows(town).await?;
    let page = sign_in(town, provider, "/orte").await?.expect(status)?;
    expect_page(&page.body, code)?;
    ensure!(page.body.contains("href=\"/anmelden?weiter=/orte\"") && page.session().is_none(), "{}", page.body);
    ensure!(rows(town).await? == before, "{code}: something was written");
    Ok(())
}

fn expect_page(body: &str, code: &str) -> Result<()> {
    ensure!(body.contains(&format!(">{code}</code>")) && body.contains("Gespeichert und geändert wurde nichts"), "{code}: {body}");
    Ok(())
}

#[test]
fn a_token_that_is_not_for_this_errand_is_refused_and_nothing_is_written() {
    in_open_town(async |mut town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let wrong: [(Value, &str, u16); 9] = [
            (json!({ "iss": "https://evil.example" }), "issuer", 422),
            (json!({ "iss": null }), "issuer", 422),
            (json!({ "aud": "beispielstadt" }), "audience", 422),
            (json!({ "aud": ["musterau", "beispielstadt"] }), "audience", 422),
            (json!({ "nonce": "of another errand" }), "nonce", 422),
            (json!({ "nonce": null }), "nonce", 422),
            (json!({ "exp": NOW - 60 }), "expired", 410),
            (json!({ "iat": NOW + 61 }), "expired", 410),
            (json!({ "sub": null }), "unreadable", 422),
        ];
        for (claims, code, status) in wrong {
            provider.claim(claims);
            refused(&town, &provider, code, status).await?;
        }
        town.wait(60).await?;
        provider.claim(json!({ "exp": NOW + 60 }));
        ensure!(sign_in(&town, &provider, "").await?.status == 303, "a minute between two clocks is no fault");
        Ok(())
    });
}

#[test]
fn a_token_with_a_wrong_signature_or_none_is_refused_and_nothing_is_written() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        for (signing, code) in
            [(Signing::Forged, "signature"), (Signing::Nothing, "algorithm"), (Signing::Shared, "algorithm"), (Signing::Unknown, "unknown-key")]
        {
            provider.say(|script| script.signing = signing);
            refused(&town, &provider, code, 422).await?;
        }
        ensure!(provider.asked("/keys") == 1, "an unknown key does not make us ask at every try");
        Ok(())
    });
}

#[test]
fn an_answer_counts_once_and_in_its_own_browser_only() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let errand = go(&town, "").await?;
        provider.expect(&errand.nonce, &errand.challenge);
        let path = format!("/anmelden/extern/zurueck?code={CODE}&state={}", errand.state);
        let before = rows(&town).await?;
        let other = go(&town, "").await?;
        for stranger in [town.get(&path), town.get(&path).header("cookie", &other.cookie), town.get(&path).header("cookie", &errand.cookie).on_neighbour()] {
            expect_page(&stranger.send().await?.expect(410)?.body, "ended")?;
        }
        ensure!(rows(&town).await? == before && provider.asked("/token") == 0, "nobody else's browser gets to the provider");
        come_back(&town, &errand, "").await?.expect(303)?;
        let before = rows(&town).await?;
        expect_page(&come_back(&town, &errand, "").await?.expect(410)?.body, "ended")?;
        ensure!(rows(&town).await? == before && provider.asked("/token") == 1);
        // The same code with another errand: the verifier is another, and the code was used.
        expect_page(&come_back(&town, &other, "").await?.expect(422)?.body, "refused")?;
        ensure!(rows(&town).await? == before);
        Ok(())
    });
}

#[test]
fn who_stays_longer_than_ten_minutes_begins_anew() {
    in_open_town(async |mut town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let (first, second) = (go(&town, "").await?, go(&town, "").await?);
        town.wait(599).await?;
        provider.say(|script| script.now += 599);
        provider.expect(&first.nonce, &first.challenge);
        come_back(&town, &first, "").await?.expect(303)?;
        town.wait(1).await?;
        expect_page(&come_back(&town, &second, "").await?.expect(410)?.body, "ended")?;
        ensure!(provider.asked("/token") == 1);
        Ok(())
    });
}

#[test]
fn an_answer_that_says_no_or_comes_from_somebody_else_is_not_followed() {
    in_open_town(async |town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let before = rows(&town).await?;
        for (more, code) in [("&iss=https%3A%2F%2Fevil.example", "issuer"), ("&error=access_denied", "cancelled"), ("&error=server_error", "refused")] {
            let errand = go(&town, "").await?;
            let page = come_back(&town, &errand, more).await?.expect(422)?;
            expect_page(&page.body, code)?;
        }
        let errand = go(&town, "").await?;
        let page = come_back(&town, &errand, "&error=%3Cscript%3E").await?.expect(422)?;
        ensure!(!page.body.contains("<script>") && provider.asked("/token") == 0 && rows(&town).await? == before);
        Ok(())
    });
}

#[test]
fn a_provider_that_is_away_leaves_the_other_ways() {
    in_open_town(async |mut town| {
        let provider = Provider::start(BEGIN_MILLIS)?;
        set_up(&town, &provider).await?;
        let errand = go(&town, "").await?;
        drop(provider);
        let page = come_back(&town, &errand, "").await?.expect(502)?;
        ensure!(page.body.contains(">away</code>") && page.body.contains("href=\"/anmelden\""), "{}", page.body);
        town.get("/anmelden").send().await?.expect(200)?;
        town.wait(86_400).await?;
        let page = town.get("/anmelden/extern").send().await?.expect(502)?;
        ensure!(page.body.contains(">away</code>"), "what it said of itself is asked again after a day");
        Ok(())
    });
}
