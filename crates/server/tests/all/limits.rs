//! Both sides of each limit of trying, and that a limit passes.

use crate::town::in_town;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_platform::limits;
use allmende_testing::town::{Ask, PASSWORD, TestTown};
use anyhow::{Context, ensure};

fn sign_in<'t>(town: &'t TestTown, email: &str, password: &str) -> Ask<'t> {
    town.post("/anmelden", &[("email", email), ("password", password)])
}

#[test]
fn an_account_can_be_tried_ten_times_a_minute_and_its_owner_is_not_locked_out() {
    in_town(async |mut town| {
        let session = sign_in(&town, "clerk@musterau.example", PASSWORD).send().await?.session().context("no session")?;
        for number in 0..9_u8 {
            sign_in(&town, "clerk@musterau.example", "falsch falsch").from_client([198, 51, 100, number]).send().await?.expect(422)?;
        }
        sign_in(&town, "Clerk@Musterau.example", PASSWORD).from_client([198, 51, 100, 99]).send().await?.expect(429)?;
        town.get("/konto").with_token(&session).send().await?.expect(200)?;
        sign_in(&town, "editor@musterau.example", PASSWORD).send().await?.expect(303)?;
        town.wait(59).await?;
        sign_in(&town, "clerk@musterau.example", PASSWORD).send().await?.expect(429)?;
        town.wait(1).await?;
        sign_in(&town, "clerk@musterau.example", PASSWORD).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn a_client_can_try_thirty_times_a_minute() {
    in_town(async |mut town| {
        for number in 0..30 {
            sign_in(&town, &format!("nobody{number}@musterau.example"), "falsch falsch").send().await?.expect(422)?;
        }
        sign_in(&town, "clerk@musterau.example", PASSWORD).send().await?.expect(429)?;
        sign_in(&town, "clerk@musterau.example", PASSWORD).header("x-forwarded-for", "198.51.100.1").send().await?.expect(429)?;
        sign_in(&town, "clerk@musterau.example", PASSWORD).from_client([198, 51, 100, 1]).send().await?.expect(303)?;
        town.wait(60).await?;
        sign_in(&town, "clerk@musterau.example", PASSWORD).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn an_address_gets_five_reset_mails_an_hour_and_the_answer_does_not_tell() {
    in_town(async |mut town| {
        let count = async |town: &TestTown| {
            let site = town.site.id;
            let count = town.db().read(site, move |tx| {
                tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM mail WHERE site_id = $1 AND recipient = 'clerk@musterau.example'"), &[&site], |row| {
                    row.get::<i64>(0)
                })
            });
            count.await.map_err(|error: DbError| anyhow::Error::from(error))
        };
        for number in 1..=6_i64 {
            let answer = town.post("/passwort-vergessen", &[("email", "clerk@musterau.example")]).send().await?.expect(303)?;
            ensure!(answer.location() == "/anmelden?hinweis=reset-sent");
            ensure!(count(&town).await? == Some(number.min(5)), "{number}");
        }
        town.wait(3_600).await?;
        town.post("/passwort-vergessen", &[("email", "clerk@musterau.example")]).send().await?.expect(303)?;
        ensure!(count(&town).await? == Some(6));
        Ok(())
    });
}

#[test]
fn the_table_of_tries_holds_no_address_and_forgets_after_a_day() {
    in_town(async |mut town| {
        sign_in(&town, "clerk@musterau.example", "falsch falsch").send().await?.expect(422)?;
        let subjects = async |town: &TestTown| {
            let list = town.db().read(Scope::Installation, |tx| tx.list(sql!("SELECT subject FROM attempt ORDER BY subject"), &[], |row| row.get::<String>(0)));
            list.await.map_err(|error: DbError| anyhow::Error::from(error))
        };
        let before = subjects(&town).await?;
        ensure!(before.len() == 2 && before.iter().all(|subject| !subject.contains("clerk") && !subject.contains("203.0")), "{before:?}");
        town.wait(86_400).await?;
        town.db().write(Scope::Installation, allmende_accounts::delete_outdated).await?;
        ensure!(subjects(&town).await?.len() == 2);
        town.wait(60).await?;
        town.db().write(Scope::Installation, allmende_accounts::delete_outdated).await?;
        ensure!(subjects(&town).await?.is_empty());
        Ok(())
    });
}

#[test]
fn somebody_at_an_open_screen_cannot_guess_the_old_password_for_ever() {
    in_town(async |town| {
        let guess = || town.post("/konto/passwort", &[("old", "falsch falsch"), ("password", "Birnbaum im Regen")]).as_role(Role::Clerk);
        for _ in 0..10 {
            guess().send().await?.expect(422)?;
        }
        guess().send().await?.expect(429)?;
        Ok(())
    });
}

#[test]
fn who_comes_when_too_many_are_inside_waits_and_keeps_what_was_written() {
    in_town(async |town| {
        let inside: Vec<_> = std::iter::from_fn(|| town.app.crowd.enter()).collect();
        ensure!(inside.len() == limits::CROWD_MAX);
        let fields = [("email", "ida@musterau.example"), ("note", "Bäume & \"Hecken\""), ("password", PASSWORD)];
        let waits = town.post("/passwort-vergessen?von=hier", &fields).send().await?.expect(503)?;
        let seconds: usize = waits.text("retry-after").parse()?;
        ensure!((limits::CROWD_WAIT_SECONDS..3 * limits::CROWD_WAIT_SECONDS).contains(&seconds), "{seconds}");
        for kept in ["action=\"/passwort-vergessen?von=hier\"", "value=\"ida@musterau.example\"", "value=\"Bäume &#38; &#34;Hecken&#34;\""] {
            ensure!(waits.body.contains(kept), "{kept} in {}", waits.body);
        }
        ensure!(!waits.body.contains(PASSWORD));
        let reads = town.get("/rat/vorlagen?jahr=2026").send().await?.expect(503)?;
        ensure!(reads.body.contains("href=\"/rat/vorlagen?jahr=2026\"") && !reads.body.contains("data-again=\"0\""));
        // Nobody gets a page of ours that sends for them what a foreign page wrote.
        let forged = town.post("/passwort-vergessen", &fields).header("sec-fetch-site", "cross-site").send().await?;
        ensure!(forged.status == 403, "{}", forged.status);
        town.get("/verwaltung").as_role(Role::Clerk).send().await?.expect(200)?;
        drop(inside);
        town.get("/rat/vorlagen").send().await?.expect(200)?;
        town.post("/passwort-vergessen", &fields[..1]).send().await?.expect(303)?;
        Ok(())
    });
}
