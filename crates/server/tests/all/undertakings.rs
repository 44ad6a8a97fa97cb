//! Undertakings through all rooms: entered form by form, published, asked about, answered; what the public reads, and what it does not.

use crate::decisions::{decided, set_up_department};
use crate::entry::id_of;
use crate::town::{in_town, with_guard};
use allmende::config::Config;
use allmende::rooms;
use allmende_core::Role;
use allmende_db::{DbError, sql};
use allmende_platform::jobs::Runner;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};

/// The public page of the first undertaking.
const PAGE: &str = "/vorhaben/1-weg-am-bach-ohne-stufen";
const DESK: &str = "/verwaltung/vorhaben/1";
/// The form of a request, for its guard.
const FORM: &str = "undertaking-request";
const REASON: &str = "Ich fahre den Weg jeden Tag.";

async fn save(town: &TestTown, part: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(&format!("{DESK}/bogen/{part}"), fields).as_role(Role::Clerk).send().await
}

/// Enters an undertaking form by form, as a draft.
async fn entered(town: &TestTown) -> Result<()> {
    set_up_department(town).await?;
    let aim = [
        ("title", "Weg am Bach ohne Stufen"),
        ("summary", "Der Weg wird flacher."),
        ("aim", "Alle sollen den Weg fahren können."),
        ("department", "1"),
        ("contact", ""),
    ];
    let first = town.post("/verwaltung/vorhaben/neu", &aim).as_role(Role::Clerk).send().await?.expect(303)?;
    ensure!(first.location().starts_with(&format!("{DESK}/bogen/ort")), "{}", first.location());
    let place = [("place", "Am Bach"), ("district", "Oberau"), ("geometry", r#"{"type":"Point","coordinates":[7.05,54.38]}"#)];
    save(town, "ort", &place).await?.expect(303)?;
    save(town, "kosten", &[("planned", "85.000"), ("actual", ""), ("note", "")]).await?.expect(303)?;
    let steps = [("text-0", "Vermessung"), ("due-0", "2026-06-01"), ("text-1", "Bau"), ("due-1", "2026-09-30")];
    save(town, "schritte", &steps).await?.expect(303)?;
    let english = [("en-title", "A path without steps"), ("leicht-summary", "Der Weg ist bald flach.")];
    save(town, "sprachen", &english).await?.expect(303)?;
    Ok(())
}

async fn published(town: &TestTown) -> Result<()> {
    entered(town).await?;
    save(town, "mitmachen", &[("takes_part", "no"), ("part", "Es ist nichts zu entscheiden.")]).await?.expect(303)?;
    town.post(&format!("{DESK}/veroeffentlichen"), &[]).as_role(Role::Clerk).send().await?.expect(303)?;
    Ok(())
}

/// Does all jobs that wait.
async fn work(town: &TestTown) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut config = Config::default();
    config.mail.sink = folder.path().to_string_lossy().into_owned();
    config.mail.from = "rathaus@musterau.example".to_owned();
    let runner = Runner::new(town.db().clone(), folder.path().to_owned(), rooms::handlers(&config, folder.path())?, Vec::new());
    tokio::task::spawn_blocking(move || -> Result<()> {
        while runner.step()? {}
        Ok(())
    })
    .await?
}

/// The texts of the mails to an address.
async fn mails(town: &TestTown, to: &'static str) -> Result<Vec<String>> {
    let site = town.site.id;
    let read = town.db().read::<_, DbError>(site, move |tx| {
        tx.list(sql!("SELECT text_part FROM mail WHERE site_id = $1 AND recipient = $2 ORDER BY id"), &[&site, &to], |row| row.get::<String>(0))
    });
    Ok(read.await?)
}

fn token(mail: &str) -> Result<String> {
    let (_, rest) = mail.split_once("schluessel=").context("no link")?;
    Ok(rest.chars().take_while(char::is_ascii_hexdigit).collect())
}

#[test]
fn a_clerk_enters_form_by_form_and_publishes_what_is_complete() {
    in_town(async |town| {
        let council = decided(&town, "beschlossen").await?;
        entered(&town).await?;
        town.get(PAGE).send().await?.expect(404)?;
        let refused = town.post(&format!("{DESK}/veroeffentlichen"), &[]).as_role(Role::Clerk).send().await?.expect(422)?;
        ensure!(refused.body.contains("Es fehlt, wie man mitmacht"), "{}", refused.body);
        save(&town, "mitmachen", &[("takes_part", "no"), ("part", "")]).await?.expect(422)?;
        save(&town, "mitmachen", &[("takes_part", "no"), ("part", "Es ist nichts zu entscheiden.")]).await?.expect(303)?;
        let paper = format!("/rat/vorlagen/{}-radweg-an-der-schule", id_of(&council.paper));
        save(&town, "grundlagen", &[("references", "/gibt/es/nicht")]).await?.expect(422)?;
        let both = format!("http://musterau.example/beschluesse/1-der-radweg?lang=en\n{paper}");
        save(&town, "grundlagen", &[("references", &both)]).await?.expect(303)?;
        let preview = town.get(&format!("{DESK}/vorschau")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(preview.body.contains("So sieht der Bogen aus") && preview.body.contains("Der Radweg") && !preview.body.contains("name=\"stempel\""));
        for _ in 0..2 {
            town.post(&format!("{DESK}/veroeffentlichen"), &[]).as_role(Role::Clerk).send().await?.expect(303)?;
        }
        let moved = town.get("/vorhaben/1?lang=de").send().await?.expect(301)?;
        ensure!(moved.location() == format!("{PAGE}?lang=de"), "{}", moved.location());
        let page = town.get(PAGE).send().await?.expect(200)?;
        for words in [
            "85.000",
            "Bauamt",
            "Vermessung",
            "7 Tage später als geplant",
            "30.\u{a0}September 2026",
            "Oberau",
            "Mitmachen ist nicht vorgesehen",
            "Der Radweg",
            &paper,
        ] {
            ensure!(page.body.contains(words), "{words}: {}", page.body);
        }
        ensure!(page.statements() == Some(5), "{:?}", page.statements());
        let english = town.get(&format!("{PAGE}?lang=en")).send().await?.expect(200)?;
        ensure!(
            english.body.contains("<h1>A path without steps</h1>") && english.body.contains("<span lang=\"de\">Der Weg wird flacher.</span>"),
            "{}",
            english.body
        );
        let list = town.get("/vorhaben?stand=planned&ortsteil=Oberau&amt=1&mitmachen=nein").send().await?.expect(200)?;
        ensure!(list.body.contains(PAGE) && list.statements().is_some_and(|count| count <= 3), "{:?} {}", list.statements(), list.body);
        ensure!(!town.get("/vorhaben?stand=finished").send().await?.expect(200)?.body.contains(PAGE));
        ensure!(town.get("/vorhaben?sortierung=titel").send().await?.expect(200)?.body.contains(PAGE));
        ensure!(town.get("/vorhaben/karte").send().await?.expect(200)?.body.contains("data-points=\"7.05,54.38\""));
        for (path, words) in [
            ("/vorhaben.csv", "Weg am Bach ohne Stufen"),
            ("/vorhaben.json", "\"costPlannedCents\":8500000"),
            ("/vorhaben.geojson", "\"type\":\"Point\""),
            ("/vorhaben.atom", "Weg am Bach ohne Stufen"),
        ] {
            let answer = town.get(path).send().await?.expect(200)?;
            ensure!(answer.body.contains(words), "{path}: {}", answer.body);
        }
        ensure!(town.get(&paper).send().await?.expect(200)?.body.contains(PAGE), "the paper's thread leads to it");
        town.get(PAGE).on_neighbour().send().await?.expect(404)?;
        ensure!(!town.get("/vorhaben").on_neighbour().send().await?.expect(200)?.body.contains("Weg am Bach"));
        town.post(&format!("{DESK}/zurueckziehen"), &[("reason", "kurz")]).as_role(Role::Clerk).send().await?.expect(422)?;
        town.post(&format!("{DESK}/zurueckziehen"), &[("reason", "Es war ein Irrtum.")]).as_role(Role::Clerk).send().await?.expect(303)?;
        town.get(PAGE).send().await?.expect(410)?;
        ensure!(!town.get("/vorhaben.json").send().await?.expect(200)?.body.contains("Weg am Bach"));
        Ok(())
    });
}

#[test]
fn a_department_reports_on_its_own_and_writes_no_other_form() {
    in_town(async |town| {
        published(&town).await?;
        let report = async |fields: &[(&str, &str)], role: Role| town.post(&format!("{DESK}/stand"), fields).as_role(role).send().await;
        report(&[("state", "given-up"), ("reason", "")], Role::Department).await?.expect(422)?;
        report(&[("state", "carried-out"), ("reason", "Der Bagger ist da.")], Role::Department).await?.expect(303)?;
        report(&[("state", "finished")], Role::Editor).await?.expect(403)?;
        let form = async |part: &str| town.get(&format!("{DESK}/bogen/{part}")).as_role(Role::Department).send().await;
        form("schritte").await?.expect(200)?;
        form("ziel").await?.expect(403)?;
        ensure!(form("unsinn").await?.status == 404);
        save(&town, "ziel", &[("title", "Weg am Bach ohne Stufen"), ("summary", "x"), ("aim", "x"), ("department", "0"), ("contact", "Rathaus")])
            .await?
            .expect(303)?;
        report(&[("state", "finished")], Role::Department).await?.expect(403)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        for words in ["wird ausgeführt", "Der Bagger ist da.", "geplant"] {
            ensure!(page.body.contains(words), "{words}: {}", page.body);
        }
        ensure!(town.get("/").send().await?.expect(200)?.body.contains(PAGE), "the start page tells what is being made");
        let desk = town.get(DESK).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(desk.body.contains("Neuer Stand: wird ausgeführt") && desk.body.contains("angelegt"), "{}", desk.body);
        Ok(())
    });
}

#[test]
fn a_resident_asks_by_mail_once_others_join_and_the_answer_is_public() {
    in_town(async |mut town| {
        published(&town).await?;
        let guard = town.guarded(FORM).await?;
        let ask = async |town: &TestTown, guard: &[(&'static str, String)], email: &str, reason: &str| {
            let fields = [("name", "Rollende Einwohnerin"), ("email", email), ("reason", reason)];
            town.post(PAGE, &with_guard(guard, &fields)).send().await
        };
        ensure!(ask(&town, &guard, "kein Mensch", REASON).await?.expect(422)?.body.contains("Geben Sie eine E-Mail-Adresse an"));
        ask(&town, &guard, "ida@example.org", "kurz").await?.expect(422)?;
        let trapped = [("webseite", "http://x"), ("name", "Rollende Einwohnerin"), ("email", "bot@example.org"), ("reason", REASON)];
        let refused = town.post(PAGE, &with_guard(&guard, &trapped)).send().await?.expect(422)?;
        ensure!(refused.body.contains("Ein Feld, das leer bleiben soll"), "{}", refused.body);
        for _ in 0..2 {
            let sent = ask(&town, &guard, "ida@example.org", REASON).await?.expect(303)?;
            ensure!(sent.location() == "/vorhaben/anfrage/gesendet", "{}", sent.location());
        }
        let first = mails(&town, "ida@example.org").await?;
        ensure!(first.len() == 1 && !first[0].contains(REASON), "one mail without the words of a stranger: {first:?}");
        ensure!(!town.get(PAGE).send().await?.expect(200)?.body.contains(REASON), "nothing is public before it is confirmed");
        let key = token(&first[0])?;
        ensure!(town.get(&format!("/vorhaben/anfrage/bestaetigen?schluessel={key}")).send().await?.expect(200)?.body.contains(REASON));
        for _ in 0..2 {
            town.post("/vorhaben/anfrage/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        }
        town.post("/vorhaben/anfrage/bestaetigen", &[("schluessel", "00")]).send().await?.expect(410)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains(REASON) && page.body.contains("bis 20.\u{a0}Juli 2026") && !page.body.contains("ida@"), "{}", page.body);
        // An account joins without a mail, and twice is once.
        for _ in 0..2 {
            let guard = town.guarded(FORM).await?;
            town.post(PAGE, &with_guard(&guard, &[("name", "Amsel 7"), ("reason", "")])).as_role(Role::Resident).send().await?.expect(303)?;
        }
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains("und ein weiterer Mensch fragen"));
        let own = town.get("/konto/daten.json").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(own.body.contains("Amsel 7"), "{}", own.body);
        ensure!(town.get("/konto/vorhaben").as_role(Role::Resident).send().await?.expect(200)?.body.contains(PAGE));
        town.wait(43 * 86_400).await?;
        for path in ["/vorhaben", "/vorhaben/anfragen", "/verwaltung/vorhaben"] {
            let shown = town.get(path).as_role(Role::Clerk).send().await?.expect(200)?;
            ensure!(shown.body.contains("überfällig") || shown.body.contains("länger als versprochen"), "{path}: {}", shown.body);
        }
        let answer = [("request", "1"), ("answer", "yes"), ("text", "Wir gehen den Weg gemeinsam ab.")];
        town.post(&format!("{DESK}/antwort"), &[("request", "1"), ("answer", ""), ("text", "Ja")]).as_role(Role::Department).send().await?.expect(422)?;
        for _ in 0..2 {
            town.post(&format!("{DESK}/antwort"), &answer).as_role(Role::Department).send().await?.expect(303)?;
        }
        work(&town).await?;
        work(&town).await?;
        ensure!(mails(&town, "ida@example.org").await?.len() == 2, "the answer comes once");
        ensure!(mails(&town, "resident@musterau.example").await?.iter().any(|mail| mail.contains("Wir gehen den Weg gemeinsam ab.")));
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("Sie können mitmachen") && page.body.contains("Wir gehen den Weg gemeinsam ab.") && page.body.contains("Vermessung"));
        let guard = town.guarded(FORM).await?;
        ask(&town, &guard, "udo@example.org", REASON).await?.expect(422)?;
        // The same link is the way out.
        town.post("/vorhaben/anfrage/zurueckziehen", &[("schluessel", &key)]).send().await?.expect(303)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(!page.body.contains("Rollende Einwohnerin") && page.body.contains("Wir gehen den Weg gemeinsam ab."), "{}", page.body);
        Ok(())
    });
}

#[test]
fn an_account_that_goes_takes_its_requests_along() {
    in_town(async |town| {
        published(&town).await?;
        let guard = town.guarded(FORM).await?;
        town.post(PAGE, &with_guard(&guard, &[("name", "Amsel 7"), ("reason", REASON)])).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains("Amsel 7"));
        let person = town.person(Role::Resident)?;
        town.db().write::<_, DbError>(town.site.id, move |tx| (allmende_undertakings::store::personal::PERSONAL.erase)(tx, person)).await?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(!page.body.contains("Amsel 7") && !page.body.contains(REASON), "{}", page.body);
        // Somebody else can ask anew.
        let guard = town.guarded(FORM).await?;
        town.post(PAGE, &with_guard(&guard, &[("name", "Udo"), ("reason", REASON)])).as_role(Role::Member).send().await?.expect(303)?;
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains("Udo fragt seit dem"));
        Ok(())
    });
}

#[test]
fn a_household_may_ask_ten_times_an_hour() {
    in_town(async |town| {
        published(&town).await?;
        for number in 0..11 {
            let (email, guard) = (format!("a{number}@example.org"), town.guarded(FORM).await?);
            let fields = [("name", "Udo"), ("email", email.as_str()), ("reason", REASON)];
            town.post(PAGE, &with_guard(&guard, &fields)).send().await?.expect(if number < 10 { 303 } else { 429 })?;
        }
        Ok(())
    });
}

#[test]
fn a_request_is_reported_and_hidden_and_stays_owed() {
    in_town(async |town| {
        const WHY: &str = "Der Satz beleidigt eine Nachbarin.";
        published(&town).await?;
        let guard = town.guarded(FORM).await?;
        town.post(PAGE, &with_guard(&guard, &[("name", "Amsel 7"), ("reason", REASON)])).as_role(Role::Resident).send().await?.expect(303)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("href=\"/meldung?art=undertaking-request&#38;nr=1\"") && page.statements().is_some_and(|count| count <= 5), "{}", page.body);
        ensure!(town.get("/meldung?art=undertaking-request&nr=1").send().await?.expect(200)?.body.contains("Anfrage nach Beteiligung"));
        let decide = async |action: &str, words: &str| {
            let fields = [("action", action), ("rule", "respect"), ("words", words)];
            town.post("/verwaltung/moderation/undertaking-request/1", &fields).as_role(Role::Moderator).send().await
        };
        decide("hidden", WHY).await?.expect(303)?;
        for path in [PAGE, "/vorhaben/anfragen"] {
            let hidden = town.get(path).send().await?.expect(200)?;
            ensure!(hidden.body.contains(WHY) && !hidden.body.contains(REASON) && !hidden.body.contains("Amsel 7"), "{path}: {}", hidden.body);
            ensure!(hidden.body.contains("bis 20.\u{a0}Juli 2026"), "the answer is owed all the same: {}", hidden.body);
        }
        ensure!(town.get(DESK).as_role(Role::Clerk).send().await?.expect(200)?.body.contains(REASON), "the house reads what it answers");
        ensure!(mails(&town, "resident@musterau.example").await?.iter().any(|mail| mail.contains(WHY)));
        decide("restored", "Es war Kritik an der Sache.").await?.expect(303)?;
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains(REASON));
        Ok(())
    });
}

#[test]
fn a_request_with_a_link_waits_for_a_look() {
    in_town(async |town| {
        published(&town).await?;
        let guard = town.guarded(FORM).await?;
        let fields = [("name", "Amsel 7"), ("reason", "Wie es geht, steht auf www.example.org.")];
        town.post(PAGE, &with_guard(&guard, &fields)).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(!town.get(PAGE).send().await?.expect(200)?.body.contains("www.example.org"));
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains("/verwaltung/moderation/undertaking-request/1"), "{}", queue.body);
        let released = [("action", "released"), ("rule", ""), ("words", "")];
        town.post("/verwaltung/moderation/undertaking-request/1", &released).as_role(Role::Moderator).send().await?.expect(303)?;
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains("www.example.org"));
        Ok(())
    });
}
