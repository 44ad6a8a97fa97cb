//! Links that let somebody in once: the first administrator's, invitations, new passwords.

use crate::town::in_town;
use allmende_accounts::console::{self, LinkError};
use allmende_core::Role;
use allmende_db::sql;
use allmende_testing::town::{Ask, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};

/// The text of the newest mail to an address, if there is one, and how many there are.
pub(crate) async fn mails_to(town: &TestTown, address: &str) -> Result<(Option<String>, usize)> {
    let (site, address) = (town.site.id, address.to_owned());
    let texts = town
        .db()
        .read(site, move |tx| {
            tx.list(
                sql!(
                    "SELECT m.text_part FROM mail m JOIN job j ON j.site_id = m.site_id AND j.kind = 'mail' \
                     AND j.payload = CAST(m.id AS TEXT) WHERE m.site_id = $1 AND m.recipient = $2 ORDER BY m.id DESC"
                ),
                &[&site, &address],
                |row| row.get::<String>(0),
            )
        })
        .await
        .map_err(|error: allmende_db::DbError| anyhow::Error::from(error))?;
    Ok((texts.first().cloned(), texts.len()))
}

/// The path of the link in a mail or on a page.
pub(crate) fn path_of(town: &TestTown, text: &str) -> Result<String> {
    let key = text.find("schluessel=").context("no link")?;
    let at = text[..key].rfind(&town.site.base_url).context("another site's link")?;
    let link = text[at + town.site.base_url.len()..].split(|c: char| c.is_whitespace() || c == '<').next();
    Ok(link.unwrap_or_default().to_owned())
}

fn key_of(path: &str) -> &str {
    path.split('=').nth(1).unwrap_or_default()
}

fn set<'t>(town: &'t TestTown, path: &str, password: &str) -> Ask<'t> {
    town.post("/passwort-neu", &[("schluessel", key_of(path)), ("password", password)])
}

#[test]
fn a_reset_link_sets_a_password_once_within_an_hour() {
    in_town(async |mut town| {
        let ask = async |town: &TestTown, email: &str| town.post("/passwort-vergessen", &[("email", email)]).send().await?.expect(303);
        let known = ask(&town, "clerk@musterau.example").await?;
        let unknown = ask(&town, "nobody@musterau.example").await?;
        ensure!(known.location() == unknown.location() && known.location() == "/anmelden?hinweis=reset-sent");
        ensure!(mails_to(&town, "nobody@musterau.example").await?.1 == 0);
        let (text, _) = mails_to(&town, "clerk@musterau.example").await?;
        let path = path_of(&town, &text.context("no mail")?)?;
        for _ in 0..2 {
            let page = town.get(&path).send().await?.expect(200)?;
            ensure!(page.body.contains("value=\"clerk@musterau.example\"") && page.body.contains("readonly"));
        }
        ensure!(set(&town, &path, "1234567890").send().await?.expect(422)?.body.contains("probieren alle zuerst"));
        let token = town.post("/anmelden", &[("email", "clerk@musterau.example"), ("password", PASSWORD)]).send().await?.session().context("no session")?;
        let answer = set(&town, &path, "Birnbaum im Regen").send().await?.expect(303)?;
        ensure!(answer.location() == "/verwaltung?hinweis=password" && answer.session().is_some());
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303, "all sessions end");
        set(&town, &path, "Kirschbaum im Mai").send().await?.expect(410)?;
        town.get(&path).send().await?.expect(410)?;
        town.wait(60).await?;
        ask(&town, "clerk@musterau.example").await?;
        let path = path_of(&town, &mails_to(&town, "clerk@musterau.example").await?.0.context("no mail")?)?;
        town.wait(3_599).await?;
        town.get(&path).send().await?.expect(200)?;
        town.wait(1).await?;
        town.get(&path).send().await?.expect(410)?;
        town.post("/passwort-neu", &[("schluessel", key_of(&path)), ("password", "Kirschbaum im Mai")]).send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn a_new_reset_link_ends_the_one_before_and_a_link_belongs_to_its_site_and_page() {
    in_town(async |town| {
        town.post("/passwort-vergessen", &[("email", "clerk@musterau.example")]).send().await?.expect(303)?;
        let first = path_of(&town, &mails_to(&town, "clerk@musterau.example").await?.0.context("no mail")?)?;
        town.post("/passwort-vergessen", &[("email", "clerk@musterau.example")]).send().await?.expect(303)?;
        let second = path_of(&town, &mails_to(&town, "clerk@musterau.example").await?.0.context("no mail")?)?;
        town.get(&first).send().await?.expect(410)?;
        town.get(&second).send().await?.expect(200)?;
        town.get(&second).on_neighbour().send().await?.expect(410)?;
        town.get(&second.replace("/passwort-neu", "/willkommen")).send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn an_invited_person_comes_by_mail_or_by_paper() {
    in_town(async |town| {
        let invite = |email: &str, way: &str| {
            town.post("/verwaltung/menschen", &[("email", email), ("language", "de"), ("role", "clerk"), ("role", "editor"), ("way", way)])
                .as_role(Role::Administrator)
        };
        ensure!(invite("ida@musterau.example", "mail").send().await?.location() == "/verwaltung/menschen?hinweis=invited");
        let path = path_of(&town, &mails_to(&town, "ida@musterau.example").await?.0.context("no mail")?)?;
        let page = town.get(&path).send().await?.expect(200)?;
        ensure!(page.body.contains("name=\"name\"") && page.body.contains("readonly"));
        let refused = town.post("/willkommen", &[("schluessel", key_of(&path)), ("name", ""), ("password", "kurz")]).send().await?.expect(422)?;
        ensure!(refused.body.contains("2 Angaben stimmen noch nicht"), "{}", refused.body);
        let fields = [("schluessel", key_of(&path)), ("name", "Ida Beck"), ("language", "de"), ("password", "Kirschbaum im Mai")];
        let answer = town.post("/willkommen", &fields).send().await?.expect(303)?;
        ensure!(answer.location() == "/verwaltung?hinweis=password", "{answer:?}");
        town.post("/willkommen", &fields).send().await?.expect(410)?;
        let paper = invite("ole@musterau.example", "paper").send().await?.expect(200)?;
        town.get(&path_of(&town, &paper.body)?).send().await?.expect(200)?;
        ensure!(mails_to(&town, "ole@musterau.example").await?.1 == 0);
        let twice = invite("ida@musterau.example", "mail").send().await?.expect(422)?;
        ensure!(twice.body.contains("steht schon in der Liste"));
        Ok(())
    });
}

#[test]
fn the_first_administrator_needs_no_mail() {
    in_town(async |mut town| {
        let site = town.site.clone();
        let own = site.clone();
        let refused = town.db().write(site.id, move |tx| console::first_link(tx, &own)).await;
        ensure!(matches!(refused, Err(LinkError::NotAwaited)), "{refused:?}");
        let admin = town.person(Role::Administrator)?;
        town.db()
            .write(site.id, move |tx| {
                tx.execute(sql!("DELETE FROM person_role WHERE person_id = $1 AND role = 'administrator' AND site_id = site_id"), &[&admin])
            })
            .await
            .map_err(|error: allmende_db::DbError| anyhow::Error::from(error))?;
        let make = async |town: &TestTown| {
            let own = town.site.clone();
            town.db().write(own.id, move |tx| console::first_link(tx, &own)).await
        };
        let lost = path_of(&town, &make(&town).await?)?;
        let path = path_of(&town, &make(&town).await?)?;
        town.get(&lost).send().await?.expect(410)?;
        town.wait(7 * 86_400 - 1).await?;
        ensure!(town.get(&path).send().await?.expect(200)?.body.contains("Das erste Konto"));
        let fields = |email: &'static str| {
            [("schluessel", key_of(&path)), ("email", email), ("name", "Ida Beck"), ("language", "de"), ("password", "Kirschbaum im Mai")]
        };
        let taken = town.post("/willkommen", &fields("clerk@musterau.example")).send().await?.expect(422)?;
        ensure!(taken.body.contains("hat schon ein Konto"), "{}", taken.body);
        let answer = town.post("/willkommen", &fields("ida@musterau.example")).send().await?.expect(303)?;
        let token = answer.session().context("no session")?;
        town.get("/verwaltung/menschen").with_token(&token).send().await?.expect(200)?;
        let refused = make(&town).await;
        ensure!(matches!(refused, Err(LinkError::NotAwaited)));
        let link = town.db().write(site.id, move |tx| console::link_for(tx, &site, "ida@musterau.example")).await?;
        ensure!(link.contains("/passwort-neu?"), "{link}");
        Ok(())
    });
}
