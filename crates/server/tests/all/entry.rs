//! Entry by hand: from draft to public to withdrawn, and what never leaves the house.

use crate::town::in_town;
use allmende::rooms;
use allmende_core::Role;
use allmende_council::read_file;
use allmende_platform::jobs::{Handlers, Runner};
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};

/// Sends a form as the clerk.
pub(crate) async fn enter(town: &TestTown, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(path, fields).as_role(Role::Clerk).send().await
}

/// Makes an object and returns its address at the desk.
pub(crate) async fn make(town: &TestTown, sort: &str, fields: &[(&str, &str)]) -> Result<String> {
    let answer = enter(town, &format!("/verwaltung/rat/{sort}/neu"), fields).await?.expect(303)?;
    Ok(answer.location().split('?').next().unwrap_or_default().to_owned())
}

pub(crate) fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

pub(crate) async fn publish(town: &TestTown, path: &str) -> Result<()> {
    enter(town, &format!("{path}/stand"), &[("to", "public")]).await?.expect(303)?;
    Ok(())
}

/// The hidden field that tells the version of a form.
pub(crate) async fn stamp(town: &TestTown, path: &str) -> Result<String> {
    let page = town.get(path).as_role(Role::Clerk).send().await?.expect(200)?;
    let rest = page.body.split("name=\"modified_at\" value=\"").nth(1).context("no stamp")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

pub(crate) async fn upload(town: &TestTown, owner: &str, name: &str, content: &str) -> Result<Answer> {
    let body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{content}\r\n\
         --grenze\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nmain\r\n--grenze--\r\n"
    );
    let ask = town.post(&format!("{owner}/dateien"), &[]).body("multipart/form-data; boundary=grenze", body.into_bytes());
    ask.as_role(Role::Clerk).send().await
}

/// What [`story`] enters, each by its address at the desk.
pub(crate) struct Story {
    pub meeting: String,
    pub paper: String,
    pub item: String,
}

/// A committee, a meeting of it, a paper and an item that ties them; all drafts but the committee.
pub(crate) async fn story(town: &TestTown) -> Result<Story> {
    let council = make(town, "gremien", &[("name", "Gemeinderat"), ("kind", "Gremium")]).await?;
    publish(town, &council).await?;
    let meeting = [("organization_ids", id_of(&council)), ("name", "Sitzung im Juni"), ("starts_at", "2026-06-09T19:00"), ("meeting_state", "eingeladen")];
    let meeting = make(town, "sitzungen", &meeting).await?;
    let paper = make(town, "vorlagen", &[("name", "Radweg an der Schule"), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-06-01")]).await?;
    let item =
        [("meeting_id", id_of(&meeting)), ("number", "1"), ("name", "Der Radweg"), ("openness", "public"), ("paper_id", id_of(&paper)), ("authoritative", "1")];
    let item = make(town, "punkte", &item).await?;
    Ok(Story { meeting, paper, item })
}

#[test]
fn a_paper_is_entered_published_and_withdrawn() {
    in_town(async |town| {
        let story = story(&town).await?;
        let public = format!("/rat/vorlagen/{}-radweg-an-der-schule", id_of(&story.paper));
        town.get(&public).send().await?.expect(404)?;
        upload(&town, &story.paper, "../Plan 1.txt", "Grüße aus dem Rathaus").await?.expect(303)?;
        town.get("/dateien/1/Plan-1.txt").send().await?.expect(404)?;
        publish(&town, &story.paper).await?;
        publish(&town, &story.meeting).await?;
        let page = town.get(&public).send().await?.expect(200)?;
        ensure!(page.body.contains("2026/017") && page.body.contains("Gemeinderat"), "{}", page.body);
        let file = town.get("/dateien/1/Plan-1.txt").send().await?.expect(200)?;
        ensure!(file.body == "Grüße aus dem Rathaus" && file.text("content-type") == "text/plain", "{file:?}");
        ensure!(file.text("content-disposition").starts_with("attachment") && file.text("content-security-policy").contains("sandbox"), "{file:?}");
        let station = town.get("/oparl/v1.1/consultation/1").send().await?.expect(200)?;
        ensure!(station.body.contains("\"authoritative\":true"), "{}", station.body);
        enter(&town, &format!("{}/stand", story.paper), &[("to", "withdrawn"), ("reason", "")]).await?.expect(422)?;
        town.get(&public).send().await?.expect(200)?;
        enter(&town, &format!("{}/stand", story.paper), &[("to", "withdrawn"), ("reason", "doppelt eingetragen")]).await?.expect(303)?;
        town.get(&public).send().await?.expect(410)?;
        town.get("/dateien/1/Plan-1.txt").send().await?.expect(410)?;
        let tombstone = town.get(&format!("/oparl/v1.1/paper/{}", id_of(&story.paper))).send().await?.expect(200)?;
        ensure!(tombstone.body.contains("\"deleted\":true") && !tombstone.body.contains("Radweg"), "{}", tombstone.body);
        let item = town.get(&format!("/oparl/v1.1/agenda-item/{}", id_of(&story.item))).send().await?.expect(200)?;
        ensure!(!item.body.contains("consultation/1"), "{}", item.body);
        enter(&town, &format!("{}/stand", story.paper), &[("to", "public"), ("reason", "es war richtig so")]).await?.expect(303)?;
        town.get(&public).send().await?.expect(200)?;
        town.get("/dateien/1/Plan-1.txt").send().await?.expect(200)?;
        let item = town.get(&format!("/oparl/v1.1/agenda-item/{}", id_of(&story.item))).send().await?.expect(200)?;
        ensure!(item.body.contains("consultation/1"), "{}", item.body);
        Ok(())
    });
}

#[test]
fn what_is_not_public_never_leaves_the_house() {
    in_town(async |town| {
        let story = story(&town).await?;
        publish(&town, &story.meeting).await?;
        let secret = [
            ("name", "KANARI-titel"),
            ("reference", "KANARI-nummer"),
            ("kind", "KANARI-art"),
            ("summary", "KANARI-kurz"),
            ("name_leicht", "KANARI-leicht"),
            ("summary_en", "KANARI-englisch"),
        ];
        let draft = make(&town, "vorlagen", &secret).await?;
        let inside = make(&town, "vorlagen", &secret).await?;
        enter(&town, &format!("{inside}/stand"), &[("to", "internal")]).await?.expect(303)?;
        for paper in [&draft, &inside] {
            upload(&town, paper, "KANARI-datei.txt", "KANARI-inhalt").await?.expect(303)?;
        }
        for paper in [&story.paper, &inside, &draft] {
            let item = [
                ("meeting_id", id_of(&story.meeting)),
                ("number", "KANARI-punkt"),
                ("name", "KANARI-thema"),
                ("openness", "closed"),
                ("reason_non_public", "KANARI-grund"),
                ("summary", "KANARI-worum"),
                ("paper_id", id_of(paper)),
                ("role", "KANARI-rolle"),
                ("result", "KANARI-ergebnis"),
                ("resolution_text", "KANARI-beschluss"),
            ];
            let item = make(&town, "punkte", &item).await?;
            upload(&town, &item, "KANARI-anlage.txt", "KANARI-inhalt").await?.expect(303)?;
        }
        publish(&town, &story.paper).await?;
        let meeting =
            make(&town, "sitzungen", &[("organization_ids", "1"), ("name", "KANARI-sitzung"), ("starts_at", "2026-06-10T19:00"), ("summary", "KANARI-kurz")])
                .await?;
        ensure!(town.get(&meeting).as_role(Role::Clerk).send().await?.expect(200)?.body.contains("KANARI-sitzung"), "the canary is not there");
        let mut asked = 0;
        for info in rooms::routes().infos().iter().filter(|info| info.method == "GET") {
            for id in 1..=8 {
                let path = info.path.split('/').map(|part| if part.starts_with('{') { fill(part, id) } else { part.to_owned() }).collect::<Vec<_>>().join("/");
                let answer = town.get(&path).send().await?;
                ensure!(answer.status != 500, "{path} fails");
                ensure!(!answer.body.contains("KANARI") && !format!("{:?}", answer.headers).contains("KANARI"), "{path} tells a secret: {}", answer.body);
                asked += 1;
                if !info.path.contains('{') {
                    break;
                }
            }
        }
        for list in ["paper", "meeting", "agendaItem", "consultation", "file", "organization"] {
            let answer = town.get(&format!("/oparl/v1.1/body/1/{list}")).send().await?;
            ensure!(!answer.body.contains("KANARI"), "{list}: {}", answer.body);
        }
        ensure!(asked > 50, "only {asked} pages were asked");
        Ok(())
    });
}

/// Something to put in the place of a parameter of an address.
pub(crate) fn fill(part: &str, id: u32) -> String {
    match part {
        "{kind}" | "{type}" => ["paper", "meeting", "agendaItem", "consultation", "file", "organization", "person", "body"][(id as usize - 1) % 8].to_owned(),
        "{name}" => "datei".to_owned(),
        _ => id.to_string(),
    }
}

#[test]
fn a_stale_form_overwrites_nothing() {
    in_town(async |town| {
        let story = story(&town).await?;
        let stamp = stamp(&town, &story.paper).await?;
        let first =
            [("modified_at", stamp.as_str()), ("name", "Radweg, erste Fassung"), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-06-01")];
        enter(&town, &story.paper, &first).await?.expect(303)?;
        let second =
            [("modified_at", stamp.as_str()), ("name", "Radweg, zweite Fassung"), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-06-01")];
        let page = enter(&town, &story.paper, &second).await?.expect(409)?;
        ensure!(page.body.contains("Radweg, erste Fassung") && page.body.contains("Radweg, zweite Fassung"), "{}", page.body);
        let now = town.get(&story.paper).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(now.body.contains("value=\"Radweg, erste Fassung\""), "{}", now.body);
        Ok(())
    });
}

#[test]
fn bad_input_is_kept_in_the_form_and_changes_nothing() {
    in_town(async |town| {
        let story = story(&town).await?;
        let stamp = stamp(&town, &story.paper).await?;
        let page = enter(&town, &story.paper, &[("modified_at", &stamp), ("name", "ab"), ("reference", "2026/099")]).await?.expect(422)?;
        ensure!(page.body.contains("3 bis 300 Zeichen") && page.body.contains("value=\"2026/099\""), "{}", page.body);
        ensure!(town.get(&story.paper).as_role(Role::Clerk).send().await?.body.contains("value=\"2026/017\""), "the paper changed");
        let votes = [("meeting_id", id_of(&story.meeting)), ("name", "Der Radweg"), ("openness", "public"), ("votes_yes", "1001")];
        enter(&town, "/verwaltung/rat/punkte/neu", &votes).await?.expect(422)?;
        upload(&town, &story.paper, "plan.pdf", "<html>").await?.expect(422)?;
        // A row of another site is no choice.
        enter(&town, "/verwaltung/rat/punkte/neu", &[("meeting_id", "999"), ("name", "Der Radweg"), ("openness", "public")]).await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn a_correction_of_what_is_public_needs_a_reason() {
    in_town(async |town| {
        let story = story(&town).await?;
        publish(&town, &story.paper).await?;
        publish(&town, &story.meeting).await?;
        let stamp = stamp(&town, &story.item).await?;
        let mut fields = vec![
            ("modified_at", stamp.as_str()),
            ("number", "1"),
            ("name", "Der Radweg"),
            ("openness", "public"),
            ("paper_id", id_of(&story.paper)),
            ("authoritative", "1"),
        ];
        fields.push(("result", "beschlossen"));
        enter(&town, &story.item, &fields).await?.expect(303)?;
        let stamp = self::stamp(&town, &story.item).await?;
        fields[0].1 = stamp.as_str();
        fields.pop();
        fields.push(("result", "abgelehnt"));
        enter(&town, &story.item, &fields).await?.expect(422)?;
        fields.push(("reason", "Die Niederschrift war falsch."));
        enter(&town, &story.item, &fields).await?.expect(303)?;
        let page = town.get(&format!("/rat/sitzungen/{}-sitzung-im-juni", id_of(&story.meeting))).send().await?.expect(200)?;
        ensure!(page.body.contains("abgelehnt"), "{}", page.body);
        Ok(())
    });
}

#[test]
fn the_agenda_is_put_in_order_without_script() {
    in_town(async |town| {
        let story = story(&town).await?;
        let second = make(&town, "punkte", &[("meeting_id", id_of(&story.meeting)), ("number", "2"), ("name", "Der Haushalt"), ("openness", "public")]).await?;
        enter(&town, &format!("{}/reihenfolge", story.meeting), &[("item", id_of(&second)), ("way", "up")]).await?.expect(303)?;
        let page = town.get(&story.meeting).as_role(Role::Clerk).send().await?.expect(200)?;
        let place = |words: &str| page.body.find(words).context(words.to_owned());
        ensure!(place("2 Der Haushalt")? < place("1 Der Radweg")?, "{}", page.body);
        Ok(())
    });
}

#[test]
fn the_desk_shows_every_kind_and_its_form() {
    in_town(async |town| {
        let story = story(&town).await?;
        town.get("/verwaltung/rat").as_role(Role::Editor).send().await?.expect(200)?;
        for sort in ["sitzungen", "vorlagen", "gremien", "personen", "mitgliedschaften", "wahlperioden", "orte", "koerperschaften"] {
            town.get(&format!("/verwaltung/rat/{sort}")).as_role(Role::Clerk).send().await?.expect(200)?;
            let page = town.get(&format!("/verwaltung/rat/{sort}/neu")).as_role(Role::Clerk).send().await?.expect(200)?;
            ensure!(!page.body.contains(">admin-") && page.body.matches("<h1").count() == 1, "{sort}: {}", page.body);
        }
        town.get(&format!("/verwaltung/rat/punkte/neu?sitzung={}", id_of(&story.meeting))).as_role(Role::Clerk).send().await?.expect(200)?;
        town.get(&story.item).as_role(Role::Clerk).send().await?.expect(200)?;
        town.get("/verwaltung/rat/unsinn").as_role(Role::Clerk).send().await?.expect(404)?;
        let person = make(&town, "personen", &[("given_name", "Erika"), ("family_name", "Lindner"), ("title", "Dr.")]).await?;
        let member = [("person_id", id_of(&person)), ("organization_id", "1"), ("role", "Mitglied"), ("starts_on", "2024-07-01")];
        let member = make(&town, "mitgliedschaften", &member).await?;
        for path in [&person, &member] {
            publish(&town, path).await?;
        }
        ensure!(town.get("/rat/menschen").send().await?.expect(200)?.body.contains("Lindner"), "the member is not shown");
        Ok(())
    });
}

#[test]
fn the_text_of_an_upload_is_read_by_a_confined_child() {
    in_town(async |town| {
        let story = story(&town).await?;
        upload(&town, &story.paper, "Plan.txt", "Der Radweg ist 400 Meter lang.").await?.expect(303)?;
        upload(&town, &story.paper, "Kaputt.pdf", "%PDF-1.7 und dann nichts").await?.expect(303)?;
        publish(&town, &story.paper).await?;
        let handlers = read_file::handlers(Handlers::new(), env!("CARGO_BIN_EXE_allmende").into(), false);
        let runner = Runner::new(town.db().clone(), town.app.parts.data.clone(), handlers, Vec::new());
        tokio::task::spawn_blocking(move || {
            while runner.step()? {}
            Ok::<_, anyhow::Error>(())
        })
        .await??;
        let read = town.get("/rat/dateien/1").send().await?.expect(200)?;
        ensure!(read.body.contains("Der Radweg ist 400 Meter lang.") && read.body.contains("/dateien/1/Plan.txt"), "{}", read.body);
        let broken = town.get("/rat/dateien/2").send().await?.expect(200)?;
        ensure!(broken.body.contains("/dateien/2/Kaputt.pdf") && !broken.body.contains("und dann nichts"), "{}", broken.body);
        Ok(())
    });
}
