//! Ideas and discussions through all rooms: proposing with similar ones shown first, support, answers, merging, comments and their
//! order, and what the public is never told.

use crate::links::mails_to;
use crate::town::{in_town, with_guard};
use allmende_core::Role;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Result, ensure};

const DESK: &str = "/verwaltung/beteiligung/1";
pub const LIST: &str = "/beteiligung/1-was-fehlt-in-musterau/ideen";

async fn clerk(town: &TestTown, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(path, fields).as_role(Role::Clerk).send().await
}

/// A public process of this template that runs from today, 8 June, to 20 June.
pub async fn publish(town: &TestTown, template: &str, moderation: &str) -> Result<()> {
    let about = [
        ("title", "Was fehlt in Musterau?"),
        ("lead", "Wir sammeln, was auf dem Marktplatz fehlt."),
        ("open", "Alles, was auf dem Platz steht."),
        ("fixed", "Der Wochenmarkt bleibt, wo er ist."),
        ("decides", "der Gemeinderat"),
    ];
    clerk(town, &format!("/verwaltung/beteiligung/neu/{template}"), &about).await?.expect(303)?;
    let when = [
        ("title1", "Mitmachen"),
        ("from1", "2026-06-08"),
        ("until1", "2026-06-20"),
        ("title2", "Antworten"),
        ("from2", "2026-06-21"),
        ("until2", "2026-07-10"),
        ("audience", "email"),
        ("moderation", moderation),
        ("answer_days", "25"),
    ];
    clerk(town, &format!("{DESK}/wann"), &when).await?.expect(303)?;
    clerk(town, &format!("{DESK}/vorschau"), &[]).await?.expect(303)?;
    Ok(())
}

async fn propose(town: &TestTown, role: Role, title: &str, seen: &str) -> Result<Answer> {
    let guard = town.guarded("dialogue-idea").await?;
    propose_with(town, role, title, seen, &guard).await
}

async fn propose_with(town: &TestTown, role: Role, title: &str, seen: &str, guard: &[(&'static str, String)]) -> Result<Answer> {
    let text = "Am Marktplatz kann man sich nirgends in den Schatten setzen.";
    let fields = with_guard(guard, &[("title", title), ("text", text), ("seen", seen), ("place", "54.38, 7.05")]);
    town.post(&format!("{LIST}/neu"), &fields).as_role(role).send().await
}

/// Hides a contribution in the room of moderation.
async fn hide(town: &TestTown, role: Role, kind: &str, id: i64, words: &str) -> Result<Answer> {
    let fields = [("action", "hidden"), ("rule", "respect"), ("words", words)];
    town.post(&format!("/verwaltung/moderation/{kind}/{id}"), &fields).as_role(role).send().await
}

#[test]
fn an_idea_is_proposed_supported_by_another_and_answered() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let page = town.get(&format!("{LIST}/neu")).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(page.body.contains("name=\"stempel\""));
        let guard = town.guarded("dialogue-idea").await?;
        let sent = propose_with(&town, Role::Resident, "Mehr Bänke am Marktplatz", "", &guard).await?.expect(303)?;
        let again = propose_with(&town, Role::Resident, "Mehr Bänke am Marktplatz", "", &guard).await?.expect(303)?;
        ensure!(sent.location() == again.location(), "the same send twice is one idea");
        let receipt = town.get(sent.location()).send().await?.expect(200)?;
        ensure!(receipt.body.contains("1-0001") && receipt.body.contains("3.\u{a0}Juli 2026"), "the number and the promise");
        ensure!(mails_to(&town, "resident@musterau.example").await?.0.is_some_and(|mail| mail.contains("1-0001")));
        // Somebody else wants the same: the similar one is shown, and nothing is written yet.
        let similar = propose(&town, Role::Member, "Sitzbänke für den Marktplatz", "").await?.expect(200)?;
        ensure!(similar.body.contains("Ist Ihre Idee schon dabei?") && similar.body.contains("Mehr Bänke am Marktplatz"), "{}", similar.body);
        ensure!(similar.body.contains("name=\"seen\" value=\"1\""), "and can be sent anyway");
        let own = town.post("/beteiligung/1/ideen/1/zustimmen", &[("act", "add")]).as_role(Role::Resident).send().await?;
        ensure!(own.status == 422, "nobody supports their own: {}", own.status);
        for _ in 0..3 {
            town.post("/beteiligung/1/ideen/1/zustimmen", &[("act", "add")]).as_role(Role::Member).send().await?.expect(303)?;
        }
        town.post("/beteiligung/1/ideen/1/zustimmen", &[("act", "add")]).send().await?.expect(403)?;
        let idea = town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?;
        ensure!(idea.body.contains("1 Person stimmt zu"), "however often it is sent");
        ensure!(idea.statements().is_some_and(|count| count <= 5), "{:?}", idea.statements());
        let list = town.get(LIST).send().await?.expect(200)?;
        ensure!(list.body.contains("Mehr Bänke am Marktplatz") && list.statements().is_some_and(|count| count <= 5), "{:?}", list.statements());
        for query in ["sortiert=neu", "sortiert=zustimmung", "antwort=open", "naehe=54.38,7.05&umkreis=500", "ansicht=karte"] {
            let list = town.get(&format!("{LIST}?{query}")).send().await?.expect(200)?;
            ensure!(list.body.contains("Mehr Bänke am Marktplatz"), "{query}");
        }
        ensure!(!town.get(&format!("{LIST}?naehe=54.4,7.05&umkreis=500")).send().await?.body.contains("Mehr Bänke am Marktplatz"));
        let desk = format!("{DESK}/ideen/1");
        clerk(&town, &desk, &[("act", "answer"), ("answer", "planned"), ("text", "kurz")]).await?.expect(422)?;
        let answer = [("act", "answer"), ("answer", "planned"), ("text", "Die Bänke kommen im Frühjahr."), ("department", "0")];
        clerk(&town, &desk, &answer).await?.expect(303)?;
        let idea = town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?;
        ensure!(idea.body.contains("wird umgesetzt") && idea.body.contains("Die Bänke kommen im Frühjahr."));
        let csv = town.get(&format!("{LIST}.csv")).send().await?.expect(200)?;
        ensure!(csv.body.contains("Mehr Bänke am Marktplatz") && !csv.body.contains("resident@"));
        town.get(&format!("{LIST}.geojson")).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn words_are_changed_within_the_hour_and_the_old_ones_stay_readable() {
    in_town(async |mut town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Role::Resident, "Mehr Bänke am Marktplatz", "").await?.expect(303)?;
        let change = [("act", "change"), ("title", "Vier Bänke am Marktplatz"), ("text", "Im Schatten der Linden sollen vier Bänke stehen.")];
        town.post("/beteiligung/1/ideen/1/aendern", &change).as_role(Role::Member).send().await?.expect(404)?;
        town.post("/beteiligung/1/ideen/1/aendern", &change).as_role(Role::Resident).send().await?.expect(303)?;
        let before = town.get("/beteiligung/1/ideen/1/frueher").send().await?.expect(200)?;
        ensure!(before.body.contains("Mehr Bänke am Marktplatz"));
        town.wait(3_600).await?;
        town.post("/beteiligung/1/ideen/1/aendern", &change).as_role(Role::Resident).send().await?.expect(422)?;
        town.post("/beteiligung/1/ideen/1/aendern", &[("act", "withdraw")]).as_role(Role::Resident).send().await?.expect(303)?;
        town.get("/beteiligung/1/ideen/1").send().await?.expect(410)?;
        Ok(())
    });
}

#[test]
fn a_merged_idea_leads_on_and_a_hidden_one_says_why() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Role::Resident, "Mehr Bänke am Marktplatz", "").await?.expect(303)?;
        propose(&town, Role::Member, "Sitzbänke für den Marktplatz", "1").await?.expect(303)?;
        propose(&town, Role::Member, "Ein Trinkbrunnen am Bach", "1").await?.expect(303)?;
        let merge = [("act", "merge"), ("into", "1"), ("reason", "Beide wollen dasselbe.")];
        town.post(&format!("{DESK}/ideen/2"), &merge).as_role(Role::Department).send().await?.expect(403)?;
        clerk(&town, &format!("{DESK}/ideen/2"), &merge).await?.expect(303)?;
        let old = town.get("/beteiligung/1/ideen/2").send().await?.expect(200)?;
        ensure!(old.body.contains("Dort geht es weiter") && old.body.contains("/beteiligung/1/ideen/1\""), "the old address leads on");
        let new = town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?;
        ensure!(new.body.contains("Hier aufgegangen:") && new.statements().is_some_and(|count| count <= 5), "{:?}", new.statements());
        hide(&town, Role::Clerk, "idea", 3, "Das ist Werbung.").await?.expect(303)?;
        let hidden = town.get("/beteiligung/1/ideen/3").send().await?.expect(200)?;
        ensure!(hidden.body.contains("Das ist Werbung.") && !hidden.body.contains("Trinkbrunnen"), "the reason, and no word of it");
        ensure!(!town.get(&format!("{LIST}?sortiert=neu")).send().await?.body.contains("Trinkbrunnen"));
        let rules = [("categories", "Grün\nVerkehr"), ("per_person", "2"), ("supports_per_person", ""), ("to_council", "1")];
        clerk(&town, &format!("{DESK}/ideen/regeln"), &rules).await?.expect(303)?;
        propose(&town, Role::Resident, "Noch eine ganz andere Idee", "1").await?.expect(303)?;
        propose(&town, Role::Resident, "Und eine dritte, die zu viel ist", "1").await?.expect(422)?;
        clerk(&town, &format!("{DESK}/ideen/rat"), &[]).await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn the_best_supported_go_to_the_council_when_the_topic_is_over() {
    in_town(async |mut town| {
        publish(&town, "monthly-topic", "after").await?;
        propose(&town, Role::Resident, "Mehr Bänke am Marktplatz", "1").await?.expect(303)?;
        town.wait(86_400 * 20).await?;
        clerk(&town, &format!("{DESK}/ideen/rat"), &[]).await?.expect(303)?;
        ensure!(town.get("/beteiligung/1/ideen/1").send().await?.body.contains("Sie geht in den Rat."));
        ensure!(town.get("/beteiligung/1-was-fehlt-in-musterau/verlauf").send().await?.body.contains("Liste für den Rat gemacht"));
        Ok(())
    });
}

#[test]
fn a_guest_comments_and_confirms_and_the_clerk_hides_with_a_reason() {
    in_town(async |town| {
        publish(&town, "discussion", "after").await?;
        let talk = "/beteiligung/1-was-fehlt-in-musterau/diskussion";
        let page = town.get(talk).send().await?.expect(200)?;
        let part = page.body.split("name=\"on_id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        let post = async |text: &'static str, role: Option<Role>| -> Result<Answer> {
            let guard = town.guarded("dialogue-comment").await?;
            let mut fields = with_guard(&guard, &[("on", "process_part"), ("on_id", part.as_str()), ("comment", text), ("stance", "for")]);
            if role.is_none() {
                fields.extend([("name", "Gast"), ("email", "gast@gast.example")]);
            }
            let ask = town.post("/beteiligung/1/kommentar", &fields);
            match role {
                Some(role) => ask.as_role(role).send().await,
                None => ask.send().await,
            }
        };
        post("Ein Wort vom Gast.", None).await?.expect(303)?;
        ensure!(!town.get(talk).send().await?.body.contains("Ein Wort vom Gast."), "not before it is confirmed");
        let mail = mails_to(&town, "gast@gast.example").await?.0.unwrap_or_default();
        let key = mail.split("schluessel=").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default().to_owned();
        town.get(&format!("/beteiligung/bestaetigen?schluessel={key}")).send().await?.expect(200)?;
        for _ in 0..2 {
            town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        }
        post("Ich bin auch dafür.", Some(Role::Resident)).await?.expect(303)?;
        post("x", Some(Role::Resident)).await?.expect(422)?;
        let page = town.get(talk).send().await?.expect(200)?;
        ensure!(page.body.contains("Ein Wort vom Gast.") && page.body.contains("Wer schreibt wie viel?"));
        ensure!(page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        hide(&town, Role::Editor, "comment", 1, "Das ist eine Beleidigung.").await?.expect(403)?;
        hide(&town, Role::Clerk, "comment", 1, "Das ist eine Beleidigung.").await?.expect(303)?;
        let page = town.get(talk).send().await?.expect(200)?;
        ensure!(page.body.contains("Das ist eine Beleidigung.") && !page.body.contains("Ein Wort vom Gast."));
        let own = town.post("/beteiligung/1/kommentar/2", &[("act", "change"), ("comment", "Ich bin sehr dafür.")]).as_role(Role::Resident).send().await?;
        own.expect(303)?;
        ensure!(town.get("/beteiligung/1/kommentar/2").send().await?.body.contains("Ich bin auch dafür."), "the old words stay");
        Ok(())
    });
}
