//! The mails: one per reader and moment, each thing once with its reasons, and what happens when they cannot be delivered.

use crate::invented::{More, TOLD, in_town, keep, mails, path_in, publish, subscribe, texts_to, work, work_with, write};
use allmende_core::Role;
use allmende_db::{DbError, sql};
use allmende_platform::mail::returned::{self, Accepted};
use allmende_platform::mail::{Delivery, Encryption, Smtp};
use allmende_subscriptions::rules::Frequency::{AtOnce, Daily, Weekly};
use anyhow::{Context, Result, ensure};
use std::time::Duration;

#[test]
fn several_subscriptions_make_one_mail_and_a_thing_stands_in_it_once() {
    in_town(async |mut town| {
        for target in ["suche=Radweg", "suche=Bach", "naehe=49,8.4&umkreis=900"] {
            subscribe(&town, "ida@x.example", target, Daily).await?;
        }
        subscribe(&town, "ida@x.example", "suche=Radweg+Bach", Weekly).await?;
        publish(&town, "paper", 1, "Radweg am Bach", More { point: Some((49.0, 8.4)), ..More::default() }).await?;
        town.wait(1).await?;
        publish(&town, "meeting", 2, "Der Bach", More::default()).await?;
        publish(&town, "paper", 3, "Radweg im Wald", More::default()).await?;
        keep(&town, "paper", 1, "Radweg am Bach", More { point: Some((49.0, 8.4)), ..More::default() }, Some("changed")).await?;
        work(&town).await?;
        ensure!(mails(&town).await?.is_empty(), "nine o'clock: the next daily mail goes out at seven");
        town.wait(22 * 3_600 - 2).await?;
        work(&town).await?;
        ensure!(mails(&town).await?.is_empty(), "a second too early");
        town.wait(1).await?;
        work(&town).await?;
        work(&town).await?;
        let written = mails(&town).await?;
        ensure!(written.len() == 1 && written[0].subject == "3 Neuigkeiten aus Gemeinde Musterau", "{written:?}");
        let text = &written[0].text;
        ensure!(text.matches("* Radweg am Bach\n").count() == 1, "{text}");
        ensure!(text.contains("Geändert, Neu veröffentlicht"), "{text}");
        let why = text.lines().skip_while(|line| *line != "* Radweg am Bach").find(|line| line.contains("Weil Sie abonniert haben")).context("no reason")?;
        ensure!(why.matches("Suche „").count() == 3 && why.contains("900 m um"), "every reason, that of the weekly one too: {why}");
        ensure!(text.find("Vorlagen und Dateien") < text.find("Sitzungen\n"), "{text}");
        ensure!(text.find("* Radweg am Bach") < text.find("* Radweg im Wald"), "newest first: {text}");
        town.wait(14 * 86_400).await?;
        work(&town).await?;
        ensure!(mails(&town).await?.len() == 1, "what the daily mail told, the weekly one does not tell again");
        Ok(())
    });
}

#[test]
fn a_mail_is_html_for_everybody_and_says_how_to_leave() {
    in_town(async |town| {
        let secret = subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg <b>& Co</b>", More::default()).await?;
        work(&town).await?;
        let mail = mails(&town).await?.pop().context("no mail")?;
        ensure!(mail.unsubscribe_url == format!("http://musterau.example/abos/{secret}/abmelden"), "{mail:?}");
        ensure!(mail.html.contains("<html lang=\"de\">") && mail.html.contains("<h2>") && mail.html.contains("color-scheme"), "{}", mail.html);
        ensure!(!mail.html.contains("<b>") && mail.html.contains("Radweg &#60;b&#62;") && !mail.html.contains("<img"), "{}", mail.html);
        ensure!(mail.html.contains("http://musterau.example/paper/1") && mail.text.contains("http://musterau.example/paper/1"));
        ensure!(mail.subject == "Neu: Radweg <b>& Co</b>", "{}", mail.subject);
        Ok(())
    });
}

#[test]
fn a_mail_server_that_is_down_loses_nothing_and_slows_no_page() {
    in_town(async |mut town| {
        let closed = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let down = || {
            Delivery::Smtp(Smtp {
                host: "127.0.0.1".to_owned(),
                port: closed,
                encryption: Encryption::None,
                credentials: None,
                timeout: Duration::from_secs(5),
            })
        };
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        for number in 0..6 {
            publish(&town, "paper", number + 1, &format!("Radweg {number}"), More::default()).await?;
            work_with(&town, down()).await?;
            town.get("/abonnieren?suche=Radweg").send().await?.expect(200)?;
            town.wait(600).await?;
        }
        let written = mails(&town).await?;
        ensure!(written.len() == 6 && written.iter().all(|mail| !mail.is_sent), "{written:?}");
        let folder = tempfile::tempdir()?;
        town.wait(600).await?;
        work_with(&town, Delivery::Folder(folder.path().to_owned())).await?;
        ensure!(std::fs::read_dir(folder.path())?.count() == 6 && mails(&town).await?.iter().all(|mail| mail.is_sent));
        Ok(())
    });
}

fn report(id: i64, millis: i64) -> String {
    format!(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ida@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <mail-{id}.{millis}@musterau.example>\r\n\r\nText\r\n--B--\r\n"
    )
}

#[test]
fn a_mail_that_comes_back_lets_the_subscriptions_rest_until_one_press() {
    in_town(async |mut town| {
        let secret = subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        subscribe(&town, "otto@x.example", "suche=Radweg", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg eins", More::default()).await?;
        work(&town).await?;
        let mail = mails(&town).await?.into_iter().find(|mail| mail.to == "ida@x.example").context("no mail")?;
        let accept = async |id: i64, millis: i64| -> Result<Accepted> {
            let (db, report) = (town.db().clone(), report(id, millis));
            Ok(tokio::task::spawn_blocking(move || returned::accept(&db, report.as_bytes(), TOLD)).await??)
        };
        ensure!(accept(mail.id, mail.created_at.millis() + 1).await? == Accepted::Unknown, "a guessed report silences nobody");
        ensure!(!town.get(&format!("/abos/{secret}")).send().await?.expect(200)?.body.contains("ruhen"));
        ensure!(accept(mail.id, mail.created_at.millis()).await? == Accepted::Noted);
        ensure!(accept(mail.id, mail.created_at.millis()).await? == Accepted::Unknown, "the same report again");
        let page = town.get(&format!("/abos/{secret}")).send().await?.expect(200)?;
        ensure!(page.body.contains("Ihre E-Mails ruhen") && page.body.contains("8.\u{a0}Juni 2026"), "{}", page.body);
        town.wait(60).await?;
        publish(&town, "paper", 2, "Radweg zwei", More::default()).await?;
        work(&town).await?;
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 1 && texts_to(&town, "otto@x.example").await?.len() == 2);
        town.post(&format!("/abos/{secret}/weiter"), &[]).send().await?.expect(303)?;
        work(&town).await?;
        let texts = texts_to(&town, "ida@x.example").await?;
        ensure!(texts.len() == 2 && texts[1].contains("Radweg zwei") && !texts[1].contains("Radweg eins"), "{texts:?}");
        Ok(())
    });
}

#[test]
fn a_refusal_while_sending_rests_an_account_too_and_its_page_says_so() {
    in_town(async |town| {
        let fields = [("ziel", "suche=Radweg"), ("frequency", "at_once")];
        town.post("/abonnieren", &fields).as_role(Role::Clerk).send().await?.expect(303)?;
        let returned = allmende_platform::mail::Returned { recipient: "Clerk@Musterau.example".to_owned(), cause: allmende_platform::mail::Cause::Refused };
        write(&town, move |tx| allmende_subscriptions::on_returned(tx, &returned)).await?;
        let page = town.get("/konto/abos").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("Mailserver Ihrer Adresse unsere E-Mail abgelehnt"), "{}", page.body);
        town.post("/konto/abos/weiter", &[]).as_role(Role::Clerk).send().await?.expect(303)?;
        ensure!(!town.get("/konto/abos").as_role(Role::Clerk).send().await?.body.contains("ruhen"));
        Ok(())
    });
}

#[test]
fn an_account_is_written_to_in_its_language_and_erased_with_everything() {
    in_town(async |town| {
        let person = town.person(Role::Resident)?;
        town.post("/abonnieren", &[("ziel", "suche=Radweg"), ("frequency", "at_once")]).as_role(Role::Resident).send().await?.expect(303)?;
        write(&town, move |tx| tx.execute(sql!("UPDATE person SET language = 'en' WHERE id = $1"), &[&person])).await?;
        publish(&town, "paper", 1, "Radweg", More::default()).await?;
        work(&town).await?;
        let mail = mails(&town).await?.pop().context("no mail")?;
        ensure!(mail.to == "resident@musterau.example" && mail.subject == "New: Radweg" && mail.html.contains("lang=\"en\""), "{mail:?}");
        ensure!(mail.text.contains("/konto/abos") && path_in(&town, &mail.text, "/abmelden").is_ok());
        let given = town.db().read::<_, DbError>(town.site.id, move |tx| (allmende_subscriptions::PERSONAL.export)(tx, person)).await?;
        ensure!(format!("{given:?}").contains("suche=q%3DRadweg"), "{given:?}");
        write(&town, move |tx| {
            (allmende_subscriptions::PERSONAL.erase)(tx, person)?;
            let left = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_reader WHERE site_id = site_id"), &[], |row| row.get::<i64>(0))?;
            assert_eq!(left, Some(0));
            Ok(())
        })
        .await
    });
}
