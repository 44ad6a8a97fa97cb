//! Signing in and out, one's own account.

use crate::town::in_town;
use allmende_core::Role;
use allmende_platform::limits;
use allmende_testing::town::{Answer, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};

async fn sign_in(town: &TestTown, email: &str, password: &str, onward: &str) -> Result<Answer> {
    town.post("/anmelden", &[("email", email), ("password", password), ("weiter", onward)]).send().await
}

#[test]
fn a_session_begins_with_the_right_password_and_ends_with_signing_out() {
    in_town(async |town| {
        let answer = sign_in(&town, " Clerk@Musterau.example ", PASSWORD, "").await?.expect(303)?;
        ensure!(answer.location() == "/verwaltung");
        let cookie = answer.text("set-cookie");
        ensure!(cookie.starts_with("allmende-session=") && cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), "{cookie}");
        let token = answer.session().context("no session")?;
        ensure!(token.len() == 64);
        town.get("/konto").with_token(&token).send().await?.expect(200)?;
        let again = town.post("/anmelden", &[("email", "clerk@musterau.example"), ("password", PASSWORD)]).with_token(&token).send().await?;
        ensure!(again.session().context("no session")? != token, "signing in begins a new session");
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303, "and ends the one that was there");
        let token = again.session().context("no session")?;
        let answer = town.post("/abmelden", &[]).with_token(&token).send().await?.expect(303)?;
        ensure!(answer.text("set-cookie").contains("Max-Age=0"));
        ensure!(town.get("/konto").with_token(&token).send().await?.location() == "/anmelden?weiter=/konto");
        Ok(())
    });
}

#[test]
fn over_tls_the_cookie_is_bound_to_the_host() {
    in_town(async |town| {
        let fields = [("email", "clerk@beispielstadt.example"), ("password", PASSWORD)];
        let answer = town.post("/anmelden", &fields).on_neighbour().send().await?.expect(303)?;
        let cookie = answer.text("set-cookie");
        ensure!(cookie.starts_with("__Host-allmende-session=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
        let token = answer.session().context("no session")?;
        let bare = format!("allmende-session={token}");
        ensure!(town.get("/konto").on_neighbour().header("cookie", &bare).send().await?.status == 303, "a cookie without the prefix is nothing");
        town.get("/konto").on_neighbour().with_token(&token).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn an_unknown_address_a_wrong_password_and_a_blocked_account_have_one_answer() {
    in_town(async |town| {
        let block = format!("/verwaltung/menschen/{}/sperre", town.person(Role::Editor)?);
        ensure!(town.post(&block, &[("block", "1")]).as_role(Role::Administrator).send().await?.status == 303);
        let mut pages = Vec::new();
        let too_long = "x".repeat(limits::PASSWORD_CHARS_MAX + 1);
        for (email, password) in [
            ("clerk@musterau.example", "Apfelbaum im Winde"),
            ("nobody@musterau.example", PASSWORD),
            ("editor@musterau.example", PASSWORD),
            ("clerk@musterau.example", too_long.as_str()),
            ("nobody@musterau.example", too_long.as_str()),
        ] {
            let before = town.app.passwords.computed();
            let answer = sign_in(&town, email, password, "").await?.expect(422)?;
            ensure!(town.app.passwords.computed() - before == 1, "{email}: the work tells whether there is an account");
            ensure!(answer.session().is_none() && answer.body.contains("passen nicht zusammen") && !answer.body.contains(password));
            // Each page bears a challenge of its own for passkeys.
            let (head, rest) = answer.body.split_once("data-options=\"").context("no challenge")?;
            let (_, tail) = rest.split_once('"').context("no challenge")?;
            pages.push(format!("{head}{tail}").replace(email, "EMAIL"));
        }
        ensure!(pages.iter().all(|page| *page == pages[0]));
        Ok(())
    });
}

#[test]
fn the_way_on_leads_to_this_site_only() {
    in_town(async |town| {
        for (onward, expected) in [
            ("/rat/vorlagen?jahr=2026", "/rat/vorlagen?jahr=2026"),
            ("//evil.example", "/konto"),
            ("https://evil.example", "/konto"),
            ("/\\evil.example", "/konto"),
        ] {
            let answer = sign_in(&town, "resident@musterau.example", PASSWORD, onward).await?.expect(303)?;
            ensure!(answer.location() == expected, "{onward}: {}", answer.location());
        }
        let page = town.get("/anmelden?weiter=%2F%2Fevil.example").send().await?.expect(200)?;
        ensure!(!page.body.contains("evil.example\""), "{}", page.body);
        let answer = town.get("/anmelden?weiter=//evil.example").as_role(Role::Resident).send().await?;
        ensure!(answer.location() == "/konto");
        Ok(())
    });
}

#[test]
fn a_new_password_ends_all_other_sessions_at_once() {
    in_town(async |town| {
        let session = async || sign_in(&town, "clerk@musterau.example", PASSWORD, "").await?.session().context("no session");
        let (own, other) = (session().await?, session().await?);
        let change = |old: &str, new: &str| town.post("/konto/passwort", &[("old", old), ("password", new)]).with_token(&own);
        let refused = change("falsch", "Birnbaum im Regen").send().await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#passwort-old\""), "{}", refused.body);
        ensure!(change(PASSWORD, "zu kurz").send().await?.expect(422)?.body.contains("href=\"#passwort-password\""));
        town.get("/konto").with_token(&other).send().await?.expect(200)?;
        let answer = change(PASSWORD, "Birnbaum im Regen").send().await?.expect(303)?;
        let new = answer.session().context("no session")?;
        ensure!(town.get("/konto").with_token(&other).send().await?.status == 303);
        ensure!(town.get("/konto").with_token(&own).send().await?.status == 303);
        town.get("/konto").with_token(&new).send().await?.expect(200)?;
        sign_in(&town, "clerk@musterau.example", PASSWORD, "").await?.expect(422)?;
        sign_in(&town, "clerk@musterau.example", "Birnbaum im Regen", "").await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn one_session_or_all_others_can_be_ended_but_nobody_elses() {
    in_town(async |town| {
        let session = async |email: &str| sign_in(&town, email, PASSWORD, "").await?.session().context("no session");
        let (own, second, third) =
            (session("clerk@musterau.example").await?, session("clerk@musterau.example").await?, session("clerk@musterau.example").await?);
        let strange = session("editor@musterau.example").await?;
        let is_open = async |token: &str| anyhow::Ok(town.get("/konto").with_token(token).send().await?.status == 200);
        let key_of = |token: &str| allmende_platform::sessions::digest_of(token).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        town.post("/konto/sitzungen", &[("session", &key_of(&strange))]).with_token(&own).send().await?.expect(303)?;
        ensure!(is_open(&strange).await?);
        ensure!(town.get("/konto").with_token(&own).send().await?.body.contains(&key_of(&second)));
        town.post("/konto/sitzungen", &[("session", &key_of(&second))]).with_token(&own).send().await?.expect(303)?;
        ensure!(!is_open(&second).await? && is_open(&third).await?);
        town.post("/konto/sitzungen", &[("session", "others")]).with_token(&own).send().await?.expect(303)?;
        ensure!(is_open(&own).await? && !is_open(&third).await? && is_open(&strange).await?);
        Ok(())
    });
}

#[test]
fn name_and_language_are_ones_own_to_change() {
    in_town(async |town| {
        let refused = town.post("/konto", &[("name", "I"), ("language", "en")]).as_role(Role::Clerk).send().await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#konto-name\"") && refused.body.contains("<title>Fehler: "));
        let saved = town.post("/konto", &[("name", " Ida  Amt "), ("language", "leicht")]).as_role(Role::Clerk).send().await?.expect(303)?;
        ensure!(saved.text("set-cookie").starts_with("lang=leicht;"));
        ensure!(town.get("/konto").as_role(Role::Clerk).send().await?.body.contains("value=\"Ida Amt\""));
        Ok(())
    });
}
