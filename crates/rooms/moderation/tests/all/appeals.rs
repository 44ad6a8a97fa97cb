//! Objections: from both sides, within six months, once, decided by another person.

use crate::posts::{decide, in_town, link, mails, report, standing_of, write};
use allmende_core::Role;
use allmende_platform::moderated::Standing;
use allmende_testing::town::TestTown;
use anyhow::{Result, ensure};

const WHY: &str = "Der Satz beleidigt eine Nachbarin.";

async fn hidden(town: &TestTown) -> Result<(i64, String)> {
    let id = write(town, "Ein scharfer Satz", "public").await?;
    ensure!(decide(town, Role::Moderator, id, "hidden", "respect", WHY).await? == 303);
    let told = mails(town, "resident@musterau.example").await?;
    Ok((id, link(&told[0].1, "/meldung/entscheidung/")?))
}

async fn answer(town: &TestTown, role: Role, answer: &str, rule: &str) -> Result<u16> {
    let fields = [("answer", answer), ("rule", rule), ("words", "Wir haben es noch einmal gelesen.")];
    Ok(town.post("/verwaltung/moderation/widerspruch/1", &fields).as_role(role).send().await?.status)
}

#[test]
fn an_author_objects_and_another_person_shows_it_again() {
    in_town(async |town| {
        let (id, page) = hidden(&town).await?;
        let object = format!("{page}/widerspruch");
        town.post(&object, &[("words", "kurz")]).send().await?.expect(422)?;
        for _ in 0..2 {
            town.post(&object, &[("words", "Das war Kritik an der Sache.")]).send().await?.expect(303)?;
        }
        let own = town.get(&format!("/verwaltung/moderation/post/{id}")).as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(own.body.contains("entscheidet eine andere Person") && !own.body.contains("value=\"agree\""), "{}", own.body);
        ensure!(answer(&town, Role::Moderator, "agree", "").await? == 422, "not who decided first");
        ensure!(standing_of(&town, id).await? == Standing::Hidden);
        ensure!(answer(&town, Role::Clerk, "agree", "").await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Public);
        ensure!(answer(&town, Role::Administrator, "uphold", "").await? == 404, "it is answered once");
        ensure!(mails(&town, "resident@musterau.example").await?.len() == 2);
        let seen = town.get(&page).send().await?.expect(200)?;
        ensure!(seen.body.contains("noch einmal gelesen"), "{}", seen.body);
        let log = town.get("/moderation").send().await?.expect(200)?;
        ensure!(log.body.contains("nach Widerspruch") && log.body.contains("wieder gezeigt"), "{}", log.body);
        Ok(())
    });
}

#[test]
fn a_decision_that_stays_is_told_as_well() {
    in_town(async |town| {
        let (id, page) = hidden(&town).await?;
        town.post(&format!("{page}/widerspruch"), &[("words", "Das war Kritik an der Sache.")]).send().await?.expect(303)?;
        ensure!(answer(&town, Role::Administrator, "uphold", "").await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Hidden);
        let told = mails(&town, "resident@musterau.example").await?;
        ensure!(told.len() == 2 && told[1].1.contains("Die erste Entscheidung bleibt"), "{told:?}");
        Ok(())
    });
}

#[test]
fn a_reporter_objects_to_what_was_left() {
    in_town(async |town| {
        let id = write(&town, "Ein scharfer Satz", "public").await?;
        let page = report(&town, id, &[("category", "respect"), ("email", "rita@example.org")]).await?;
        town.post(&format!("{page}/widerspruch"), &[("words", "Noch ist nichts entschieden.")]).send().await?.expect(404)?;
        ensure!(decide(&town, Role::Moderator, id, "kept", "", "Das ist eine Meinung.").await? == 303);
        town.post(&format!("{page}/widerspruch"), &[("words", "Es ist eine Beleidigung.")]).send().await?.expect(303)?;
        ensure!(answer(&town, Role::Clerk, "agree", "").await? == 422, "hiding needs a rule");
        ensure!(answer(&town, Role::Clerk, "agree", "respect").await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Hidden);
        ensure!(mails(&town, "rita@example.org").await?.len() == 3, "receipt, decision, objection");
        ensure!(mails(&town, "resident@musterau.example").await?.len() == 1, "the author gets the reasons");
        Ok(())
    });
}

#[test]
fn after_six_months_it_is_too_late() {
    in_town(async |mut town| {
        let (_, page) = hidden(&town).await?;
        town.wait(184 * 86_400).await?;
        ensure!(town.get(&page).send().await?.expect(200)?.body.contains("/widerspruch\""));
        town.wait(1).await?;
        ensure!(!town.get(&page).send().await?.expect(200)?.body.contains("/widerspruch\""));
        let late = town.post(&format!("{page}/widerspruch"), &[("words", "Das war Kritik an der Sache.")]).send().await?.expect(422)?;
        ensure!(late.body.contains("Frist"), "{}", late.body);
        Ok(())
    });
}
