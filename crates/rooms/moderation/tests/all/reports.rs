//! Reports and notices: two clicks, no account, a receipt, once.

use crate::posts::{decide, in_town, link, mails, report, write};
use allmende_core::Role;
use anyhow::ensure;

#[test]
fn a_report_takes_two_clicks_and_gives_a_receipt() {
    in_town(async |town| {
        let id = write(&town, "Der Nachbar ist ein Dieb", "public").await?;
        let form = town.get(&format!("/meldung?art=post&nr={id}")).send().await?.expect(200)?;
        ensure!(form.body.contains("Der Nachbar") && form.body.contains("name=\"stempel\""), "{}", form.body);
        let page = report(&town, id, &[("category", "truth")]).await?;
        let status = town.get(&page).send().await?.expect(200)?;
        ensure!(status.body.contains("M-1") && status.body.contains("noch nicht entschieden"), "{}", status.body);
        let changed = format!("{}0", &page[..page.len() - 1]);
        let other = if changed == page { format!("{}1", &page[..page.len() - 1]) } else { changed };
        town.get(&other).send().await?.expect(404)?;
        town.get(&page).on_neighbour().send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn the_same_form_sent_twice_is_one_report() {
    in_town(async |town| {
        let id = write(&town, "Der Nachbar ist ein Dieb", "public").await?;
        let guarded = town.guarded("moderation-report").await?;
        let number = id.to_string();
        let mut fields = vec![("art", "post"), ("nr", number.as_str()), ("category", "truth"), ("email", "rita@example.org")];
        fields.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
        let first = town.post("/meldung", &fields).send().await?.expect(303)?;
        let second = town.post("/meldung", &fields).send().await?.expect(303)?;
        ensure!(first.location() == second.location());
        ensure!(mails(&town, "rita@example.org").await?.len() == 1, "one receipt");
        Ok(())
    });
}

#[test]
fn a_refused_report_keeps_what_was_written_and_its_stamp() {
    in_town(async |town| {
        let id = write(&town, "Der Nachbar ist ein Dieb", "public").await?;
        let guarded = town.guarded("moderation-report").await?;
        let number = id.to_string();
        let mut fields = vec![("art", "post"), ("nr", number.as_str()), ("category", "other"), ("words", "kurz")];
        fields.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
        let refused = town.post("/meldung", &fields).send().await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#words\"") && refused.body.contains(">kurz</textarea>"), "{}", refused.body);
        ensure!(refused.body.contains(&guarded[0].1), "the stamp stays");
        town.post("/meldung", &[("art", "post"), ("nr", &number), ("category", "truth")]).send().await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn what_is_not_public_cannot_be_reported() {
    in_town(async |town| {
        for standing in ["waiting", "hidden", "withdrawn"] {
            let id = write(&town, "Noch nicht zu sehen", standing).await?;
            for form in ["/meldung", "/meldung/rechtswidrig"] {
                town.get(&format!("{form}?art=post&nr={id}")).send().await?.expect(404)?;
            }
        }
        town.get("/meldung?art=paper&nr=1").send().await?.expect(404)?;
        ensure!(town.get("/meldung").send().await?.location() == "/meldung/rechtswidrig");
        Ok(())
    });
}

#[test]
fn a_notice_is_confirmed_decided_and_answered_with_reasons() {
    in_town(async |town| {
        let id = write(&town, "Ich schlage ihn tot", "public").await?;
        let form = town.get(&format!("/meldung/rechtswidrig?art=post&nr={id}")).send().await?.expect(200)?;
        ensure!(form.body.contains(&format!("value=\"http://musterau.example/beitraege/{id}\"")), "the place is filled in: {}", form.body);
        let guarded = town.guarded("moderation-notice").await?;
        let number = id.to_string();
        let mut fields = vec![
            ("art", "post"),
            ("nr", number.as_str()),
            ("place", "http://musterau.example/beitraege/1"),
            ("category", "threat"),
            ("words", "Das ist eine Drohung gegen meinen Sohn."),
            ("name", "Rita Ruf"),
            ("email", "rita@example.org"),
        ];
        fields.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
        town.post("/meldung/rechtswidrig", &fields).send().await?.expect(422)?;
        fields.push(("faith", "1"));
        let sent = town.post("/meldung/rechtswidrig", &fields).send().await?.expect(303)?;
        let receipt = mails(&town, "rita@example.org").await?;
        ensure!(receipt.len() == 1 && receipt[0].0.contains("M-1") && receipt[0].1.contains("/meldung/stand/"), "{receipt:?}");
        ensure!(link(&receipt[0].1, "/meldung/stand/")? == sent.location().split('?').next().unwrap_or_default());
        ensure!(decide(&town, Role::Moderator, id, "hidden", "law", "Der Satz droht mit einer Straftat.").await? == 303);
        let answers = mails(&town, "rita@example.org").await?;
        ensure!(answers.len() == 2 && answers[1].1.contains("Der Satz droht") && answers[1].1.contains("Kein Programm"), "{answers:?}");
        let status = town.get(sent.location()).send().await?.expect(200)?;
        ensure!(status.body.contains("Der Satz droht") && !status.body.contains("/widerspruch\""), "the reporter got what they asked for");
        Ok(())
    });
}

#[test]
fn abuse_of_minors_is_reported_without_a_name() {
    in_town(async |town| {
        let id = write(&town, "Ein schlimmes Bild", "public").await?;
        let guarded = town.guarded("moderation-notice").await?;
        let number = id.to_string();
        let mut fields =
            vec![("art", "post"), ("nr", number.as_str()), ("category", "minors"), ("words", "Auf dem Bild ist ein Kind zu sehen."), ("faith", "1")];
        fields.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
        town.post("/meldung/rechtswidrig", &fields).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn a_page_of_another_room_can_be_reported_and_is_answered() {
    in_town(async |town| {
        let guarded = town.guarded("moderation-notice").await?;
        let mut fields = vec![
            ("place", "http://musterau.example/rat/vorlagen/7"),
            ("category", "copyright"),
            ("words", "Die Karte darin gehört mir allein."),
            ("name", "Rita Ruf"),
            ("email", "rita@example.org"),
            ("faith", "1"),
        ];
        fields.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
        town.post("/meldung/rechtswidrig", &fields).send().await?.expect(303)?;
        let queue = town.get("/verwaltung/moderation").as_role(Role::Clerk).send().await?.expect(200)?;
        let case = link(&queue.body.replace('"', " "), "/verwaltung/moderation/page/")?;
        let page = town.get(&case).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("Rita Ruf") && !page.body.contains("value=\"hidden\""), "{}", page.body);
        let passed = [("action", "passed"), ("words", "Das Bauamt tauscht die Karte aus.")];
        town.post(&case, &passed).as_role(Role::Clerk).send().await?.expect(303)?;
        ensure!(mails(&town, "rita@example.org").await?.len() == 2);
        Ok(())
    });
}
