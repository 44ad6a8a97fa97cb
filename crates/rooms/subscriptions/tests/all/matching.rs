//! Who hears of what: each kind of subscription of its own things, of nothing else, and of nothing twice.

use crate::invented::{More, in_town, keep, link, publish, subscribe, texts_to, withdraw, work};
use allmende_platform::thread::LinkKind;
use allmende_subscriptions::rules::Frequency::AtOnce;
use anyhow::{Result, ensure};

#[test]
fn each_subscription_hears_of_its_own_things_and_of_nothing_else() {
    in_town(async |town| {
        keep(&town, "organization", 4, "Bauausschuss", More::default(), None).await?;
        let (paper, other) = (keep(&town, "paper", 1, "Radweg", More::default(), None).await?, keep(&town, "paper", 2, "Kita", More::default(), None).await?);
        let impulse = keep(&town, "impulse", 7, "Sicher zur Schule", More::default(), None).await?;
        link(&town, impulse, LinkKind::LeadsTo, paper).await?;
        link(&town, impulse, LinkKind::Related, other).await?;
        for (email, target) in [
            ("suche@x.example", "suche=Radweg"),
            ("gremium@x.example", "gremium=4"),
            ("vorlage@x.example", "vorlage=1"),
            ("faden@x.example", "faden=impulse:7"),
            ("ort@x.example", "naehe=49.0,8.4&umkreis=500"),
        ] {
            subscribe(&town, email, target, AtOnce).await?;
        }
        work(&town).await?;
        ensure!(crate::invented::mails(&town).await?.is_empty(), "what was there before is no news");
        let near = More { point: Some((49.004, 8.4)), committees: &["Bauausschuss"], ..More::default() };
        let far = More { point: Some((49.005, 8.4)), text: "Am Radwegende", ..More::default() };
        let answer = keep(&town, "answer", 8, "Antwort", More::default(), None).await?;
        link(&town, answer, LinkKind::Answers, paper).await?;
        keep(&town, "paper", 2, "Kita am Bach", near, Some("published")).await?;
        keep(&town, "meeting", 3, "Radweg-Ortstermin", far, Some("published")).await?;
        keep(&town, "paper", 1, "Fußweg", More::default(), Some("changed")).await?;
        keep(&town, "answer", 8, "Antwort der Stadt", More::default(), Some("published")).await?;
        keep(&town, "file", 5, "Plan", More { part_of: Some(("Fußweg", "/paper/1")), ..More::default() }, None).await?;
        work(&town).await?;
        let check = async |email: &str, wanted: &[&str]| -> Result<()> {
            let texts = texts_to(&town, email).await?;
            ensure!(texts.len() == 1, "{email}: {texts:?}");
            for title in ["Kita am Bach", "Radweg-Ortstermin", "Fußweg", "Antwort der Stadt", "Plan"] {
                ensure!(texts[0].contains(&format!("* {title}\n")) == wanted.contains(&title), "{email}, {title}: {}", texts[0]);
            }
            Ok(())
        };
        check("suche@x.example", &["Radweg-Ortstermin"]).await?;
        check("gremium@x.example", &["Kita am Bach"]).await?;
        check("vorlage@x.example", &["Fußweg", "Antwort der Stadt", "Plan"]).await?;
        check("faden@x.example", &["Fußweg", "Antwort der Stadt", "Plan"]).await?;
        check("ort@x.example", &["Kita am Bach"]).await?;
        Ok(())
    });
}

#[test]
fn what_an_import_touches_again_is_told_once() {
    in_town(async |mut town| {
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        publish(&town, "paper", 1, "Radweg", More::default()).await?;
        for _ in 0..2 {
            work(&town).await?;
            town.wait(60).await?;
            keep(&town, "paper", 1, "Radweg", More::default(), None).await?;
        }
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 1, "touched without an event");
        for (state, mails) in [("angenommen", 2), ("angenommen", 2), ("abgelehnt", 3)] {
            keep(&town, "agenda_item", 2, "Radweg", More { state: Some(state), ..More::default() }, Some("result")).await?;
            work(&town).await?;
            town.wait(60).await?;
            ensure!(texts_to(&town, "ida@x.example").await?.len() == mails, "{state}");
        }
        keep(&town, "paper", 1, "Radweg", More::default(), Some("changed")).await?;
        work(&town).await?;
        ensure!(texts_to(&town, "ida@x.example").await?.len() == 4, "a change is news");
        Ok(())
    });
}

#[test]
fn only_what_happens_after_confirming_counts() {
    in_town(async |mut town| {
        publish(&town, "paper", 1, "Radweg alt", More::default()).await?;
        town.wait(1).await?;
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        publish(&town, "paper", 2, "Radweg neu", More::default()).await?;
        work(&town).await?;
        let texts = texts_to(&town, "ida@x.example").await?;
        ensure!(texts.len() == 1 && texts[0].contains("Radweg neu") && !texts[0].contains("Radweg alt"), "{texts:?}");
        Ok(())
    });
}

#[test]
fn what_is_withdrawn_before_the_mail_leaves_no_words_in_it() {
    in_town(async |mut town| {
        let daily = allmende_subscriptions::rules::Frequency::Daily;
        subscribe(&town, "ida@x.example", "suche=Radweg", daily).await?;
        subscribe(&town, "otto@x.example", "vorlage=1", daily).await?;
        publish(&town, "paper", 1, "Radweg mit Namen", More::default()).await?;
        work(&town).await?;
        withdraw(&town, "paper", 1).await?;
        work(&town).await?;
        town.wait(86_400).await?;
        work(&town).await?;
        ensure!(texts_to(&town, "ida@x.example").await?.is_empty(), "a mail is never empty");
        let texts = texts_to(&town, "otto@x.example").await?;
        ensure!(texts.len() == 1 && !texts[0].contains("mit Namen") && texts[0].contains("Zurückgezogen"), "{texts:?}");
        Ok(())
    });
}

#[test]
fn sites_hear_nothing_of_one_another() {
    in_town(async |town| {
        subscribe(&town, "ida@x.example", "suche=Radweg", AtOnce).await?;
        town.db()
            .write::<_, allmende_db::DbError>(town.neighbour.id, |tx| {
                let node = allmende_platform::thread::NodeData {
                    kind: "paper",
                    object_id: 1,
                    title: "Radweg",
                    summary: None,
                    path: "/p",
                    happened_at: None,
                    state: None,
                };
                let node = allmende_platform::thread::insert(tx, &node)?;
                let step = allmende_platform::thread::Step { kind: "published", reason: None, detail: None, is_public: true };
                allmende_platform::thread::record(tx, node, &allmende_core::Actor::System, &step)
            })
            .await?;
        work(&town).await?;
        ensure!(crate::invented::mails(&town).await?.is_empty());
        Ok(())
    });
}
