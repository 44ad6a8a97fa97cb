//! The desk of the council: lists that go on, previews, deleting what was never public, variants, reasons.

use crate::entry::{enter, id_of, make, publish, stamp, story, upload};
use crate::town::in_town;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};

/// The links of a list to its rows, in order.
fn rows(body: &str, sort: &str) -> Vec<String> {
    let start = format!("<p><a href=\"/verwaltung/rat/{sort}/");
    body.split(&start).skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

/// The address behind "next", as a browser reads it.
fn next(body: &str) -> Option<String> {
    let before = body.split("\" rel=\"next\"").next().filter(|before| before.len() < body.len())?;
    Some(before.rsplit("href=\"").next()?.replace("&#38;", "&").replace("&amp;", "&"))
}

/// Writes places without a form, as many as a test of a limit needs.
async fn places(town: &TestTown, count: i64) -> Result<()> {
    let written = town.db().write::<_, DbError>(Scope::Installation, move |tx| {
        for number in 1..=count {
            tx.execute(
                sql!("INSERT INTO council_location (site_id, description, state, created_at, modified_at) SELECT MIN(id), $1, 'draft', 1, 1 FROM site"),
                &[&format!("Ort {number}")],
            )?;
        }
        Ok(())
    });
    Ok(written.await?)
}

#[test]
fn a_list_of_the_desk_goes_on_after_fifty_rows_and_is_searched() {
    in_town(async |town| {
        places(&town, 50).await?;
        let page = town.get("/verwaltung/rat/orte").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(rows(&page.body, "orte").len() == 50 && next(&page.body).is_none(), "50 rows are one page");
        let green = make(&town, "orte", &[("name", "Grünes Häuschen")]).await?;
        let first = town.get("/verwaltung/rat/orte").as_role(Role::Clerk).send().await?.expect(200)?;
        let shown = rows(&first.body, "orte");
        let further = next(&first.body).context("51 rows are two pages")?;
        let second = town.get(&further).as_role(Role::Clerk).send().await?.expect(200)?;
        let rest = rows(&second.body, "orte");
        ensure!(shown.len() == 50 && rest.len() == 1 && !shown.contains(&rest[0]), "{shown:?} {rest:?}");
        ensure!(next(&second.body).is_none() && second.body.contains("Zum Anfang"), "{}", second.body);
        let found = town.get("/verwaltung/rat/orte?q=GRUENES+h%C3%A4us").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(rows(&found.body, "orte") == [id_of(&green)], "{}", found.body);
        let many = town.get("/verwaltung/rat/orte?q=ort").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(rows(&many.body, "orte").len() == 50 && next(&many.body).is_none(), "exactly 50 are found");
        make(&town, "orte", &[("name", "Noch ein Ort")]).await?;
        let many = town.get("/verwaltung/rat/orte?q=ort").as_role(Role::Clerk).send().await?.expect(200)?;
        let further = next(&many.body).context("51 are found")?;
        ensure!(further.contains("q=ort"), "{further}");
        let rest = town.get(&further).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(rows(&rest.body, "orte").len() == 1 && next(&rest.body).is_none(), "{}", rest.body);
        let none = town.get("/verwaltung/rat/orte?q=gibtesnicht").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(none.body.contains("Nichts gefunden"), "{}", none.body);
        Ok(())
    });
}

#[test]
fn papers_without_a_day_end_the_list_and_none_is_left_out() {
    in_town(async |town| {
        for number in 0..26 {
            make(&town, "vorlagen", &[("name", &format!("Undatiert {number}")), ("reference", "")]).await?;
            make(&town, "vorlagen", &[("name", &format!("Datiert {number}")), ("dated_on", "2026-06-01")]).await?;
        }
        let mut names = Vec::new();
        let mut path = Some("/verwaltung/rat/vorlagen".to_owned());
        while let Some(asked) = path {
            let page = town.get(&asked).as_role(Role::Clerk).send().await?.expect(200)?;
            names.extend(rows(&page.body, "vorlagen").into_iter().map(|id| (id.clone(), page.body.contains(&format!("/{id}\">Undatiert")))));
            path = next(&page.body);
        }
        ensure!(names.len() == 52 && names[..26].iter().all(|(_, undated)| !undated) && names[26..].iter().all(|(_, undated)| *undated), "{names:?}");
        Ok(())
    });
}

#[test]
fn what_was_chosen_long_ago_stays_chosen() {
    in_town(async |town| {
        let old = make(&town, "orte", &[("name", "Altes Rathaus")]).await?;
        let paper = make(&town, "vorlagen", &[("name", "Umbau"), ("location_ids", id_of(&old))]).await?;
        places(&town, 501).await?;
        let form = town.get(&paper).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(form.body.contains(&format!("<option value=\"{}\" selected>Altes Rathaus", id_of(&old))), "the choice is lost");
        Ok(())
    });
}

#[test]
fn a_draft_is_previewed_as_the_public_page_and_stays_a_draft() {
    in_town(async |town| {
        let story = story(&town).await?;
        let preview = format!("{}/vorschau", story.paper);
        upload(&town, &story.paper, "Plan.txt", "Der Plan").await?.expect(303)?;
        let page = town.get(&preview).as_role(Role::Editor).send().await?.expect(200)?;
        ensure!(page.body.contains("Radweg an der Schule") && page.body.contains("Vorschau.") && page.body.contains("/dateien/1/datei"), "{}", page.body);
        ensure!(page.body.contains("content=\"noindex\"") && page.text("cache-control") == "private, no-store", "{page:?}");
        ensure!(page.text("x-robots-tag").contains("noindex"), "{page:?}");
        ensure!(!page.body.contains("/rat/gremien/"), "the meeting is a draft: its station is not public");
        for role in [Role::Resident, Role::Member] {
            town.get(&preview).as_role(role).send().await?.expect(403)?;
        }
        ensure!(town.get(&preview).send().await?.status == 303, "a stranger is asked to sign in");
        town.get(&format!("/rat/vorlagen/{}", id_of(&story.paper))).send().await?.expect(404)?;
        ensure!(town.get(&story.paper).as_role(Role::Clerk).send().await?.body.contains("Entwurf speichern"), "the preview published it");
        let secret = [("meeting_id", id_of(&story.meeting)), ("name", "Ein Grundstück"), ("openness", "closed")];
        make(&town, "punkte", &secret).await?;
        let agenda = town.get(&format!("{}/vorschau?lang=en", story.meeting)).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(agenda.body.contains("Der Radweg") && !agenda.body.contains("Ein Grundstück") && agenda.body.contains("Preview."), "{}", agenda.body);
        enter(&town, &format!("{}/stand", story.paper), &[("to", "internal")]).await?.expect(303)?;
        town.get(&preview).as_role(Role::Editor).send().await?.expect(404)?;
        town.get(&preview).as_role(Role::Clerk).send().await?.expect(200)?;
        publish(&town, &story.paper).await?;
        let moved = town.get(&preview).as_role(Role::Editor).send().await?.expect(303)?;
        ensure!(moved.location() == format!("/rat/vorlagen/{}", id_of(&story.paper)), "{}", moved.location());
        town.get(&format!("{}/vorschau", story.item)).as_role(Role::Clerk).send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn what_was_never_public_is_deleted_with_its_parts() {
    in_town(async |town| {
        let story = story(&town).await?;
        upload(&town, &story.paper, "Plan.txt", "Der Plan").await?.expect(303)?;
        let path = format!("{}/loeschen", story.paper);
        let page = town.get(&path).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("Radweg an der Schule") && page.body.contains("eine Datei"), "{}", page.body);
        town.get(&path).as_role(Role::Editor).send().await?.expect(403)?;
        town.post(&path, &[]).as_role(Role::Editor).send().await?.expect(403)?;
        enter(&town, &path, &[("modified_at", "1")]).await?.expect(422)?;
        town.get(&story.paper).as_role(Role::Clerk).send().await?.expect(200)?;
        let seen = stamp(&town, &story.paper).await?;
        enter(&town, &path, &[("modified_at", &seen)]).await?.expect(303)?;
        for gone in [story.paper.as_str(), path.as_str(), "/verwaltung/rat/dateien/1", "/dateien/1/datei"] {
            town.get(gone).as_role(Role::Clerk).send().await?.expect(404)?;
        }
        town.get(&story.item).as_role(Role::Clerk).send().await?.expect(200)?;
        let path = format!("{}/loeschen", story.meeting);
        upload(&town, &story.item, "Anlage.txt", "Die Anlage").await?.expect(303)?;
        let page = town.get(&path).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("ein Punkt auf der Tagesordnung") && page.body.contains("eine Datei"), "{}", page.body);
        let seen = stamp(&town, &story.meeting).await?;
        enter(&town, &path, &[("modified_at", &seen)]).await?.expect(303)?;
        town.get(&story.item).as_role(Role::Clerk).send().await?.expect(404)?;
        town.get(&story.meeting).as_role(Role::Clerk).send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn what_was_public_or_is_named_elsewhere_is_not_deleted() {
    in_town(async |town| {
        let story = story(&town).await?;
        publish(&town, &story.paper).await?;
        let path = format!("{}/loeschen", story.paper);
        let page = town.get(&path).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("Ziehen Sie es mit einem Grund zurück") && !page.body.contains("Endgültig löschen"), "{}", page.body);
        let seen = stamp(&town, &story.paper).await?;
        enter(&town, &path, &[("modified_at", &seen)]).await?.expect(422)?;
        enter(&town, &format!("{}/stand", story.paper), &[("to", "withdrawn"), ("reason", "doppelt eingetragen")]).await?.expect(303)?;
        let seen = stamp(&town, &story.paper).await?;
        enter(&town, &path, &[("modified_at", &seen)]).await?.expect(422)?;
        town.get(&format!("/rat/vorlagen/{}", id_of(&story.paper))).send().await?.expect(410)?;
        let place = make(&town, "orte", &[("name", "Rathaus")]).await?;
        let meeting = [("organization_ids", "1"), ("name", "Sitzung im Juli"), ("starts_at", "2026-07-07T19:00"), ("location_id", id_of(&place))];
        let meeting = make(&town, "sitzungen", &meeting).await?;
        let path = format!("{place}/loeschen");
        let seen = stamp(&town, &place).await?;
        let page = enter(&town, &path, &[("modified_at", &seen)]).await?.expect(422)?;
        ensure!(page.body.contains("Etwas anderes verweist noch darauf"), "{}", page.body);
        let gone = stamp(&town, &meeting).await?;
        enter(&town, &format!("{meeting}/loeschen"), &[("modified_at", &gone)]).await?.expect(303)?;
        enter(&town, &path, &[("modified_at", &seen)]).await?.expect(303)?;
        town.get(&place).as_role(Role::Clerk).send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn items_and_committees_speak_other_languages() {
    in_town(async |town| {
        let story = story(&town).await?;
        let seen = stamp(&town, &story.item).await?;
        let item = [
            ("modified_at", seen.as_str()),
            ("number", "1"),
            ("name", "Der Radweg"),
            ("openness", "public"),
            ("summary", "Es geht um 400 Meter."),
            ("name_en", "The cycle path"),
            ("summary_leicht", "Der Weg ist 400 Meter lang."),
            ("resolution_text", "Der Radweg wird gebaut."),
            ("resolution_text_en", "The cycle path will be built."),
        ];
        enter(&town, &story.item, &item).await?.expect(303)?;
        let form = town.get(&story.item).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(form.body.contains("value=\"The cycle path\"") && form.body.contains("The cycle path will be built."), "{}", form.body);
        publish(&town, &story.meeting).await?;
        let path = format!("/rat/sitzungen/{}-sitzung-im-juni", id_of(&story.meeting));
        let english = town.get(&format!("{path}?lang=en")).send().await?.expect(200)?;
        ensure!(english.body.contains("<h3>The cycle path</h3>") && english.body.contains("The cycle path will be built."), "{}", english.body);
        ensure!(english.body.contains("<p lang=\"de\">Es geht um 400 Meter.</p>"), "what is missing stays German: {}", english.body);
        let easy = town.get(&format!("{path}?lang=leicht")).send().await?.expect(200)?;
        ensure!(easy.body.contains("Der Weg ist 400 Meter lang.") && !easy.body.contains("The cycle path"), "{}", easy.body);
        let german = town.get(&path).send().await?.expect(200)?;
        ensure!(german.body.contains("Der Radweg") && !german.body.contains("The cycle path"), "{}", german.body);
        let group = make(&town, "gremien", &[("name", "Bauausschuss"), ("kind", "Gremium"), ("name_en", "Building committee")]).await?;
        publish(&town, &group).await?;
        let path = format!("/rat/gremien/{}-bauausschuss", id_of(&group));
        let english = town.get(&format!("{path}?lang=en")).send().await?.expect(200)?;
        ensure!(english.body.contains("<h1>Building committee</h1>"), "{}", english.body);
        ensure!(town.get(&path).send().await?.expect(200)?.body.contains("<h1>Bauausschuss</h1>"), "German has its own name");
        for (path, language) in [(path.as_str(), "en"), (path.as_str(), "de")] {
            let page = town.get(&format!("{path}?lang={language}")).send().await?;
            ensure!(page.statements().is_none_or(|count| count <= 5), "{:?}", page.statements());
        }
        Ok(())
    });
}

/// Changes one field of something public: first without a reason, then with one, and looks for the reason in its history.
async fn correct(town: &TestTown, path: &str, fields: &[(&str, &str)]) -> Result<()> {
    let seen = stamp(town, path).await?;
    let mut all = vec![("modified_at", seen.as_str())];
    all.extend(fields);
    enter(town, path, &all).await?.expect(422).with_context(|| path.to_owned())?;
    all.push(("reason", "Das stand falsch da."));
    enter(town, path, &all).await?.expect(303).with_context(|| path.to_owned())?;
    let form = town.get(path).as_role(Role::Clerk).send().await?.expect(200)?;
    ensure!(form.body.contains("Berichtigt") && form.body.contains("Das stand falsch da."), "{path}: {}", form.body);
    let events = town.db().read::<_, DbError>(Scope::Installation, |tx| {
        tx.list(sql!("SELECT reason, detail, person_id FROM event WHERE kind = 'corrected' ORDER BY id DESC LIMIT 1"), &[], |row| {
            Ok((row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?, row.get::<Option<i64>>(2)?))
        })
    });
    let events = events.await?;
    let Some((Some(reason), Some(detail), Some(_))) = events.into_iter().next() else { anyhow::bail!("{path}: no record") };
    ensure!(reason == "Das stand falsch da." && detail.contains("before"), "{path}: {reason} {detail}");
    Ok(())
}

#[test]
fn a_correction_of_every_kind_is_kept_with_its_reason() {
    in_town(async |town| {
        let story = story(&town).await?;
        let body = make(&town, "koerperschaften", &[("name", "Gemeinde Musterau")]).await?;
        let term = make(&town, "wahlperioden", &[("name", "2024 bis 2029"), ("starts_on", "2024-07-01")]).await?;
        let place = make(&town, "orte", &[("name", "Rathaus"), ("room", "Saal")]).await?;
        let person = make(&town, "personen", &[("given_name", "Erika"), ("family_name", "Lindner")]).await?;
        let member = [("person_id", id_of(&person)), ("organization_id", "1"), ("role", "Mitglied"), ("starts_on", "2024-07-01")];
        let member = make(&town, "mitgliedschaften", &member).await?;
        for path in [&body, &term, &place, &person, &member] {
            publish(&town, path).await?;
        }
        upload(&town, &story.paper, "Plan.txt", "Der Plan").await?.expect(303)?;
        publish(&town, &story.paper).await?;
        correct(&town, &body, &[("name", "Gemeinde Musterau an der Au")]).await?;
        correct(&town, &term, &[("name", "2024 bis 2029"), ("starts_on", "2024-08-01")]).await?;
        correct(&town, &place, &[("name", "Rathaus"), ("room", "Großer Saal")]).await?;
        correct(&town, &person, &[("given_name", "Erika"), ("family_name", "Lindner-Voss")]).await?;
        let member_fields = [("person_id", id_of(&person)), ("organization_id", "1"), ("role", "Vorsitz"), ("starts_on", "2024-07-01")];
        correct(&town, &member, &member_fields).await?;
        correct(&town, "/verwaltung/rat/dateien/1", &[("name", "Lageplan")]).await?;
        correct(&town, &story.paper, &[("name", "Radweg an der Grundschule"), ("reference", "2026/017"), ("kind", "Antrag"), ("dated_on", "2026-06-01")]).await?;
        // The node that carries the reasons is none of the thread's: strangers meet it nowhere.
        let public = town.db().read::<_, DbError>(Scope::Installation, |tx| {
            tx.list(sql!("SELECT kind FROM node WHERE is_public = 1 AND kind IN ('body', 'term', 'location', 'person', 'membership', 'file')"), &[], |row| {
                row.get::<String>(0)
            })
        });
        let public = public.await?;
        ensure!(public.is_empty(), "{public:?}");
        Ok(())
    });
}
