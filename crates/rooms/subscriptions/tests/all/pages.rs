//! The pages: asking, confirming, looking after and leaving, with and without an account; nobody learns who has subscribed.

use crate::invented::{More, in_town, keep, mails, path_in, publish, subscribe, texts_to, work};
use allmende_core::Role;
use allmende_subscriptions::rules::Frequency::{AtOnce, Daily};
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};

async fn ask(town: &TestTown, email: &str, target: &str) -> Result<Answer> {
    town.post("/abonnieren", &[("ziel", target), ("email", email), ("frequency", "at_once")]).send().await
}

fn key_of(path: &str) -> &str {
    path.split("schluessel=").nth(1).unwrap_or_default()
}

#[test]
fn an_address_hears_nothing_before_it_confirms_within_seven_days() {
    in_town(async |mut town| {
        for (days_and_seconds, holds) in [(7 * 86_400 - 1, true), (7 * 86_400, false)] {
            let email = format!("ida{days_and_seconds}@x.example");
            ask(&town, &email, "suche=Radweg").await?.expect(303)?;
            let text = texts_to(&town, &email).await?.pop().context("no mail")?;
            ensure!(!text.contains("Radweg"), "no word that a stranger typed: {text}");
            let path = path_in(&town, &text, "/abonnieren/bestaetigen")?;
            publish(&town, "paper", days_and_seconds, "Radweg", More::default()).await?;
            work(&town).await?;
            ensure!(texts_to(&town, &email).await?.len() == 1);
            town.wait(days_and_seconds).await?;
            ensure!(town.get(&path).send().await?.status == if holds { 200 } else { 410 }, "{days_and_seconds}");
            let answer = town.post("/abonnieren/bestaetigen", &[("schluessel", key_of(&path))]).send().await?;
            if holds {
                ensure!(answer.status == 303 && answer.location().starts_with("/abos/"), "{answer:?}");
                ensure!(town.get(answer.location()).send().await?.expect(200)?.body.contains("Suche „Radweg“"));
                ensure!(town.get(&path).send().await?.status == 410, "a link confirms once");
            } else {
                ensure!(answer.status == 410, "{answer:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn the_answer_is_the_same_whatever_is_known_of_an_address() {
    in_town(async |town| {
        let secret = subscribe(&town, "ida@x.example", "suche=Radweg", Daily).await?;
        let known = ask(&town, "Ida@x.example", "suche=Radweg").await?.expect(303)?;
        let unknown = ask(&town, "otto@x.example", "suche=Radweg").await?.expect(303)?;
        ensure!(known.location() == unknown.location() && known.body == unknown.body);
        let link = |email: &'static str| town.post("/abos", &[("email", email)]);
        ensure!(link("ida@x.example").send().await?.location() == link("nobody@x.example").send().await?.location());
        let texts = texts_to(&town, "ida@x.example").await?;
        ensure!(texts.len() == 2 && texts.iter().all(|text| text.contains(&format!("/abos/{secret}"))), "{texts:?}");
        ensure!(texts_to(&town, "nobody@x.example").await?.is_empty());
        Ok(())
    });
}

#[test]
fn strangers_cause_five_mails_an_hour_to_one_address_and_ask_thirty_times_a_minute() {
    in_town(async |mut town| {
        for number in 0..6 {
            ask(&town, "ida@x.example", &format!("suche=Wort{number}")).await?.expect(303)?;
        }
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 5);
        for number in 6..30 {
            ask(&town, &format!("a{number}@x.example"), "suche=Radweg").await?.expect(303)?;
        }
        ask(&town, "last@x.example", "suche=Radweg").await?.expect(429)?;
        town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("email", "b@x.example"), ("frequency", "daily")])
            .from_client([198, 51, 100, 7])
            .send()
            .await?
            .expect(303)?;
        town.wait(3_600).await?;
        ask(&town, "ida@x.example", "suche=Wort9").await?.expect(303)?;
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 6);
        Ok(())
    });
}

#[test]
fn a_refused_form_says_what_to_do_and_keeps_what_was_typed() {
    in_town(async |town| {
        let refused = town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("email", "ida"), ("frequency", "never")]).send().await?.expect(422)?;
        ensure!(
            refused.body.contains("href=\"#email\"") && refused.body.contains("value=\"ida\"") && refused.body.contains("Suche „Radweg“"),
            "{}",
            refused.body
        );
        for (address, status) in [
            ("/abonnieren", 200),
            ("/abonnieren?suche=", 200),
            ("/abonnieren?suche=%20", 422),
            ("/abonnieren?naehe=x&umkreis=5", 422),
            ("/abonnieren?vorlage=77", 404),
            ("/abonnieren?faden=impulse:x", 422),
            ("/abos", 200),
            ("/abonnieren/gesendet", 200),
            ("/abonnieren/bestaetigen?schluessel=x", 410),
            ("/abos/unknown", 410),
        ] {
            let answer = town.get(address).send().await?;
            ensure!(answer.status == status, "{address}: {}", answer.status);
        }
        Ok(())
    });
}

#[test]
fn one_press_leaves_one_subscription_or_all_and_the_address_goes_with_the_last() {
    in_town(async |town| {
        let secret = subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        subscribe(&town, "ida@x.example", "suche=Kita", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg", More::default()).await?;
        work(&town).await?;
        let text = texts_to(&town, "ida@x.example").await?.pop().context("no mail")?;
        let one = path_in(&town, &text, "abmelden?abo=")?;
        ensure!(town.get(&one).send().await?.expect(200)?.body.contains("Suche „"), "opening alone changes nothing");
        let press = |path: &str| town.post(path, &[("List-Unsubscribe", "One-Click")]);
        for _ in 0..2 {
            press(&one).send().await?.expect(200)?;
        }
        let page = town.get(&format!("/abos/{secret}")).send().await?.expect(200)?;
        ensure!(page.body.contains("Kita") && !page.body.contains("q=Radweg"), "{}", page.body);
        // As a mail program sends it: from elsewhere, and as a form of another kind.
        let all = format!("/abos/{secret}/abmelden");
        let body = b"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n".to_vec();
        for _ in 0..2 {
            town.post(&all, &[]).body("multipart/form-data; boundary=b", body.clone()).send().await?.expect(200)?;
        }
        ensure!(town.get(&format!("/abos/{secret}")).send().await?.status == 410);
        publish(&town, "paper", 2, "Kita", More::default()).await?;
        work(&town).await?;
        ensure!(mails(&town).await?.len() == 1);
        Ok(())
    });
}

#[test]
fn an_accounts_subscriptions_are_looked_after_by_whoever_is_signed_in() {
    in_town(async |town| {
        keep(&town, "organization", 4, "Bauausschuss", More::default(), None).await?;
        let clerk = |path: &str, fields: &[(&str, &str)]| town.post(path, fields).as_role(Role::Clerk);
        ensure!(town.get("/konto/abos").as_role(Role::Clerk).send().await?.expect(200)?.body.contains("noch nichts abonniert"));
        let page = town.get("/abonnieren?gremium=4").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("Gremium „Bauausschuss“") && !page.body.contains("type=\"email\""));
        ensure!(clerk("/abonnieren", &[("ziel", "gremium=4"), ("frequency", "weekly")]).send().await?.location() == "/konto/abos?hinweis=abo-added");
        let page = town.get("/konto/abos").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        ensure!(page.body.contains("value=\"weekly\" selected"), "{}", page.body);
        let id = page.body.split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no id")?.to_owned();
        clerk("/konto/abos/abo", &[("id", &id), ("act", "set"), ("frequency", "daily")]).send().await?.expect(303)?;
        clerk("/konto/abos/zeit", &[("hour", "24"), ("weekday", "1")]).send().await?.expect(422)?;
        clerk("/konto/abos/zeit", &[("hour", "18"), ("weekday", "5")]).send().await?.expect(303)?;
        let page = town.get("/konto/abos").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("value=\"daily\" selected") && page.body.contains("value=\"18\" selected"), "{}", page.body);
        let other = town.post("/konto/abos/abo", &[("id", &id), ("act", "remove")]).as_role(Role::Editor).send().await?;
        ensure!(other.status == 404, "nobody else's");
        let feed = page.body.split("href=\"/abos/feed/").nth(1).and_then(|rest| rest.split('/').next()).context("no feed")?.to_owned();
        ensure!(town.get(&format!("/abos/{feed}")).send().await?.status == 410, "the feed's secret opens nothing else");
        publish(&town, "meeting", 1, "Sitzung", More { committees: &["Bauausschuss"], ..More::default() }).await?;
        work(&town).await?;
        let atom = town.get(&format!("/abos/feed/{feed}/neues.atom")).send().await?.expect(200)?;
        ensure!(atom.body.contains("Sitzung</title>") && atom.text("x-robots-tag") == "noindex", "{}", atom.body);
        let dates = town.get(&format!("/abos/feed/{feed}/termine.ics")).send().await?.expect(200)?;
        ensure!(dates.body.contains("SUMMARY:Sitzung Bauausschuss"), "{}", dates.body);
        ensure!(town.get(&format!("/abos/feed/{feed}/termine.ics")).on_neighbour().send().await?.status == 404, "of its own site only");
        let given = town.get("/konto/abos/daten.json").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(given.body.contains("gremium=4") && !given.body.contains(&feed), "{}", given.body);
        clerk("/konto/abos/loeschen", &[]).send().await?.expect(303)?;
        ensure!(town.get("/konto/abos").as_role(Role::Clerk).send().await?.body.contains("noch nichts abonniert"));
        Ok(())
    });
}
