//! Authors take a statement back: what stays and what goes, by account and by the link of a guest's mail, and when it is too late.

use crate::dialogue::{FORM, PAGE, publish, state};
use crate::links::mails_to;
use crate::town::{in_town, with_guard};
use allmende_core::{Actor, Role, Roles, SignedIn};
use allmende_dialogue::store::processes;
use allmende_dialogue::weighing::rules::Proposal;
use allmende_dialogue::weighing::store::{answers, bundles, lists};
use allmende_platform::AppError;
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};

const OWN: &str = "/beteiligung/1/stellungnahmen/1";

/// The key of the link that a guest got.
async fn key_of(town: &TestTown, email: &str) -> Result<String> {
    let mail = mails_to(town, email).await?.0.context("no mail")?;
    Ok(mail.split("schluessel=").nth(1).and_then(|rest| rest.split_whitespace().next()).context("no key")?.to_owned())
}

async fn state_as_guest(town: &TestTown, text: &str, suggestion: &str) -> Result<String> {
    let guard = town.guarded(FORM).await?;
    let fields = with_guard(&guard, &[("unit", "5"), ("text", text), ("suggestion", suggestion), ("name", "Gast 3"), ("email", "gast@gast.example")]);
    town.post(&format!("{PAGE}/stellungnahme"), &fields).send().await?.expect(303)?;
    key_of(town, "gast@gast.example").await
}

#[test]
fn an_author_takes_a_statement_back_and_the_number_says_so() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        state(&town, Role::Resident, "5", "Hohe Obstbäume fehlen.").await?.expect(303)?;
        let asking = format!("{OWN}/zurueckziehen");
        town.get(&asking).as_role(Role::Member).send().await?.expect(404)?;
        town.post(&asking, &[]).as_role(Role::Member).send().await?.expect(404)?;
        town.get(&asking).send().await?.expect(303)?;
        ensure!(!town.get(OWN).as_role(Role::Member).send().await?.body.contains("zurueckziehen"), "others are not offered it");
        ensure!(town.get(OWN).as_role(Role::Resident).send().await?.body.contains(&asking), "the author is");
        let before = town.get(&asking).as_role(Role::Resident).send().await?.expect(200)?;
        for words in ["Hohe Obstbäume fehlen.", "nicht mehr öffentlich", "Die Nummer 1 bleibt öffentlich"] {
            ensure!(before.body.contains(words), "{words}: {}", before.body);
        }
        ensure!(before.statements().is_some_and(|count| count <= 5), "{:?}", before.statements());
        ensure!(town.get(OWN).send().await?.expect(200)?.body.contains("Hohe Obstbäume"), "asking takes nothing back");
        let done = town.post(&asking, &[]).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(done.location().contains("hinweis=dialogue-taken-back"), "{}", done.location());
        town.post(&asking, &[]).as_role(Role::Resident).send().await?.expect(404)?;

        let stub = town.get(OWN).send().await?.expect(410)?;
        ensure!(stub.body.contains("Stellungnahme 1") && stub.body.contains("wurde zurückgezogen"), "{}", stub.body);
        ensure!(!stub.body.contains("Obstbäume") && !stub.body.contains("resident") && !stub.body.contains("erwartet bis"), "{}", stub.body);
        for path in [PAGE.to_owned(), format!("{PAGE}?absatz=5"), format!("{PAGE}/stellungnahmen"), "/beteiligung/1/stellungnahmen.json".to_owned()] {
            ensure!(!town.get(&path).send().await?.expect(200)?.body.contains("Hohe Obstbäume"), "{path}");
        }
        let own = town.get(OWN).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(own.body.contains("Hohe Obstbäume") && own.body.contains("zurückgezogen") && !own.body.contains("zurueckziehen"), "{}", own.body);
        let given = town.get("/konto/beitraege").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(given.body.contains("Hohe Obstbäume") && given.body.contains("zurückgezogen"), "{}", given.body);
        ensure!(given.statements().is_some_and(|count| count <= 5), "{:?}", given.statements());
        let desk = town.get("/verwaltung/beteiligung/1/stellungnahmen?stand=withdrawn").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(desk.body.contains("1-0001"), "the house sees that there was one");
        state(&town, Role::Resident, "5", "Doch noch etwas.").await?.expect(303)?;
        ensure!(town.get("/beteiligung/1/stellungnahmen/2").send().await?.expect(200)?.body.contains("Doch noch etwas."), "no number is given twice");
        Ok(())
    });
}

#[test]
fn what_was_answered_or_is_being_weighed_stays() {
    in_town(async |mut town| {
        publish(&town, "email", "after").await?;
        state(&town, Role::Resident, "5", "Hohe Obstbäume fehlen.").await?.expect(303)?;
        state(&town, Role::Resident, "5", "Und Hecken.").await?.expect(303)?;
        let (clerk, second) = (town.person(Role::Clerk)?, town.person(Role::Administrator)?);
        let actor = |person, role: Role| Actor::Person(SignedIn { person, public_name: "Haus".to_owned(), roles: Roles::default().with(role) });
        let (clerk, second) = (actor(clerk, Role::Clerk), actor(second, Role::Administrator));
        town.db()
            .write(town.site.id, move |tx| {
                bundles::take_up(tx, 1)?;
                let process = processes::find(tx, 1)?.ok_or(AppError::NotFound)?;
                let one = lists::list(tx, 1, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 1)?[0].id;
                let proposal = Proposal::read("1000", "Sie stehen jetzt darin.", "", "0", "").map_err(|_| AppError::NotFound)?;
                answers::propose(tx, 1, one, &proposal, &clerk)?;
                answers::approve(tx, 1, one, &second)?;
                answers::publish(tx, &process, &clerk)?;
                Ok::<_, AppError>(())
            })
            .await?;
        let asking = format!("{OWN}/zurueckziehen");
        let refused = town.post(&asking, &[]).as_role(Role::Resident).send().await?.expect(422)?;
        ensure!(refused.body.contains("hat schon geantwortet") && refused.body.contains("sagen Sie es dem Rathaus"), "{}", refused.body);
        ensure!(!town.get(OWN).as_role(Role::Resident).send().await?.expect(200)?.body.contains("zurueckziehen"), "nor is it offered");
        let given = town.get("/konto/beitraege").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(given.body.contains("Sie stehen jetzt darin."), "{}", given.body);
        // The last second of 20 June in Musterau is 21:59:59 UTC; the town began at 7 o'clock UTC on 8 June.
        town.wait(12 * 86_400 + 15 * 3_600 - 1).await?;
        let other = "/beteiligung/1/stellungnahmen/2/zurueckziehen";
        ensure!(town.get(other).as_role(Role::Resident).send().await?.expect(200)?.body.contains("<button class=\"button\">Stellungnahme zurückziehen"));
        town.wait(1).await?;
        let late = town.get(other).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(late.body.contains("Die Frist ist vorbei") && !late.body.contains("<button class=\"button\">Stellungnahme zurückziehen"), "{}", late.body);
        town.post(other, &[]).as_role(Role::Resident).send().await?.expect(422)?;
        town.get("/beteiligung/1/stellungnahmen/2").send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn a_guest_takes_back_by_the_link_that_confirmed() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let key = state_as_guest(&town, "Hohe Obstbäume fehlen.", "").await?;
        let link = format!("/beteiligung/bestaetigen?schluessel={key}");
        let withdraw = [("schluessel", key.as_str()), ("act", "withdraw")];
        town.post("/beteiligung/bestaetigen", &withdraw).send().await?.expect(303)?;
        ensure!(town.get(&link).send().await?.expect(200)?.body.contains("Ist das Ihr Beitrag?"), "what was not confirmed is not taken back");
        town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        let own = town.get(&link).send().await?.expect(200)?;
        ensure!(own.body.contains("value=\"withdraw\"") && own.body.contains("absatz=5") && own.body.contains("1-0001"), "{}", own.body);
        ensure!(own.statements().is_some_and(|count| count <= 5), "{:?}", own.statements());
        for _ in 0..2 {
            town.post("/beteiligung/bestaetigen", &withdraw).send().await?.expect(303)?;
        }
        town.get(OWN).send().await?.expect(410)?;
        let own = town.get(&link).send().await?.expect(200)?;
        ensure!(own.body.contains("zurückgezogen") && !own.body.contains("value=\"withdraw\"") && !own.body.contains("absatz=5"), "{}", own.body);
        town.get("/beteiligung/bestaetigen?schluessel=00").send().await?.expect(404)?;
        town.post("/beteiligung/bestaetigen", &[("schluessel", "00"), ("act", "withdraw")]).send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn the_link_says_that_somebody_looks_first_where_that_is_so() {
    in_town(async |town| {
        publish(&town, "email", "before").await?;
        let key = state_as_guest(&town, "Hohe Obstbäume fehlen.", "").await?;
        let confirmed = town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        let own = town.get(confirmed.location()).send().await?.expect(200)?;
        ensure!(own.body.contains("wird angesehen, bevor es öffentlich ist") && own.body.contains("value=\"withdraw\""), "{}", own.body);
        ensure!(!town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Obstbäume fehlen"), "it waits");
        Ok(())
    });
}

#[test]
fn a_link_in_what_a_guest_suggests_waits_as_one_in_the_text_does() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let key = state_as_guest(&town, "Hohe Obstbäume fehlen.", "Obstbäume wie auf www.example.org sind geschützt.").await?;
        let asked = town.get(&format!("/beteiligung/bestaetigen?schluessel={key}")).send().await?.expect(200)?;
        ensure!(asked.body.contains("www.example.org"), "one sees all that one confirms: {}", asked.body);
        town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        town.get(OWN).send().await?.expect(404)?;
        Ok(())
    });
}
