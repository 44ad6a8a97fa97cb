//! Processes and the consultation on a text, through all rooms: the clerk's way, a resident's statement, the next version, paper,
//! deadlines by the database's clock, and what the public is never told.

use crate::links::mails_to;
use crate::town::{in_town, with_guard};
use allmende_core::Role;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;

const FIRST: &str = "# Baumsatzung\n\n## § 1 Zweck\n\nDie Gemeinde schützt Bäume.\n\n## § 2 Schutz\n\nGeschützt ist jeder Laubbaum, dessen Stamm in 1 Meter Höhe \
                     mehr als 80 Zentimeter Umfang hat.\n\nNicht geschützt sind Bäume in Baumschulen.\n";
const SECOND: &str = "# Baumsatzung\n\n## § 1 Zweck\n\nDie Gemeinde schützt Bäume.\n\nSie schützt auch Hecken, die älter als zwanzig Jahre sind.\n\n## § 2 Schutz\n\n\
                      Geschützt ist jeder Laubbaum, dessen Stamm in 1 Meter Höhe mehr als 80 Zentimeter Umfang hat. Obstbäume sind geschützt, wenn sie höher \
                      als 6 Meter sind.\n";
pub const PAGE: &str = "/beteiligung/1-welche-baeume-sollen-geschuetzt-sein";
pub const DESK: &str = "/verwaltung/beteiligung/1";

fn about() -> [(&'static str, &'static str); 5] {
    [
        ("title", "Welche Bäume sollen geschützt sein?"),
        ("lead", "Sie lesen die Baumsatzung und schreiben zu jedem Absatz, was Sie ändern würden."),
        ("open", "Alles, was in der Satzung steht."),
        ("fixed", "Das Naturschutzgesetz."),
        ("decides", "der Gemeinderat"),
    ]
}

/// Statements are taken from today, 8 June, to 20 June.
pub const PHASES: [(&str, &str); 6] = [
    ("title1", "Stellung nehmen"),
    ("from1", "2026-06-08"),
    ("until1", "2026-06-20"),
    ("title2", "Abwägung"),
    ("from2", "2026-06-21"),
    ("until2", "2026-07-10"),
];

pub async fn clerk(town: &TestTown, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(path, fields).as_role(Role::Clerk).send().await
}

async fn give_text(town: &TestTown, text: &str, note: &str) -> Result<Answer> {
    let part = |name: &str, value: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = format!("{}{}--B--\r\n", part("pasted", text), part("note", note));
    town.post(&format!("{DESK}/text"), &[]).body("multipart/form-data; boundary=B", body.into_bytes()).as_role(Role::Clerk).send().await
}

/// A public consultation that runs from today, 8 June, to 20 June.
pub async fn publish(town: &TestTown, audience: &str, moderation: &str) -> Result<()> {
    let made = clerk(town, "/verwaltung/beteiligung/neu/consultation", &about()).await?.expect(303)?;
    ensure!(made.location() == format!("{DESK}/text"), "{}", made.location());
    give_text(town, FIRST, "").await?.expect(303)?;
    let understood = town.get(&format!("{DESK}/text")).as_role(Role::Clerk).send().await?.expect(200)?;
    ensure!(understood.body.contains("Nicht geschützt sind Bäume in Baumschulen."), "the clerk sees the text as it was understood");
    let rest = [("places1", "1"), ("audience", audience), ("moderation", moderation), ("answer_days", "25")];
    let when = [&PHASES[..], &rest].concat();
    clerk(town, &format!("{DESK}/wann"), &when).await?.expect(303)?;
    town.get(PAGE).send().await?.expect(404)?;
    let done = clerk(town, &format!("{DESK}/vorschau"), &[]).await?.expect(303)?;
    ensure!(done.location().starts_with(PAGE), "{}", done.location());
    Ok(())
}

/// The form of a statement, for its guard.
pub const FORM: &str = "dialogue-statement";

pub async fn state(town: &TestTown, role: Role, unit: &str, text: &str) -> Result<Answer> {
    let guard = town.guarded(FORM).await?;
    town.post(&format!("{PAGE}/stellungnahme"), &with_guard(&guard, &[("unit", unit), ("text", text)])).as_role(role).send().await
}

/// Decides on a statement in the room of moderation.
async fn moderate(town: &TestTown, action: &str, words: &str) -> Result<Answer> {
    clerk(town, "/verwaltung/moderation/statement/1", &[("action", action), ("rule", "privacy"), ("words", words)]).await
}

#[test]
fn a_clerk_publishes_a_text_and_a_resident_says_what_to_change() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        for words in ["noch 12\u{a0}Tage, bis 20.\u{a0}Juni 2026", "der Gemeinderat", "Alles, was in der Satzung steht.", "Die erste schreiben"] {
            ensure!(page.body.contains(words), "the page says: {words}");
        }
        let opened = town.get(&format!("{PAGE}?absatz=5")).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(opened.body.contains("class=\"passage picked\" id=\"u5\"") && opened.body.contains("name=\"stempel\""), "a passage is opened by its link");
        let sent = state(&town, Role::Resident, "5", "Schon ab 60 Zentimetern schützen.").await?.expect(303)?;
        let receipt = town.get(sent.location()).send().await?.expect(200)?;
        ensure!(receipt.body.contains("1-0001") && receipt.body.contains("bis 3.\u{a0}Juli 2026"), "the number and the promise: {}", receipt.body);
        ensure!(mails_to(&town, "resident@musterau.example").await?.0.is_some_and(|mail| mail.contains("1-0001")), "the same by mail");
        let page = town.get(&format!("{PAGE}?absatz=5")).send().await?.expect(200)?;
        ensure!(page.body.contains("Schon ab 60 Zentimetern") && page.body.contains("<strong>eine Stellungnahme</strong>"), "it stands beside the passage");
        ensure!(page.statements().is_some_and(|count| count <= 6), "{:?}", page.statements());
        let own = town.get("/konto/beitraege").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(own.body.contains("Schon ab 60"), "and on one's own page");
        for path in ["/beteiligung", "/"] {
            ensure!(town.get(path).send().await?.expect(200)?.body.contains("Welche Bäume"), "{path}");
        }
        let moved = town.get("/beteiligung/1").send().await?.expect(301)?;
        ensure!(moved.location() == PAGE && moved.text("cache-control") == "private, no-cache", "a title that changes back leads nobody in circles");
        Ok(())
    });
}

#[test]
fn the_same_send_twice_is_one_statement_and_answers_the_same_page() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let guard = town.guarded(FORM).await?;
        let fields = with_guard(&guard, &[("unit", "5"), ("text", "Hohe Obstbäume fehlen.")]);
        let first = town.post(&format!("{PAGE}/stellungnahme"), &fields).as_role(Role::Resident).send().await?.expect(303)?;
        let second = town.post(&format!("{PAGE}/stellungnahme"), &fields).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(first.location() == second.location(), "{} {}", first.location(), second.location());
        let list = town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?;
        ensure!(list.body.matches("Hohe Obstbäume").count() == 1, "{}", list.body);
        Ok(())
    });
}

/// The stamp of the form on a page, and the page without it.
fn stamp_of(page: &Answer) -> Result<(String, String)> {
    let stamp = page.body.split("name=\"stempel\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no stamp")?;
    Ok((stamp.to_owned(), page.body.replace(stamp, "")))
}

#[test]
fn a_crowd_gets_copies_of_one_page_each_with_a_stamp_of_its_own() {
    in_town(async |mut town| {
        publish(&town, "email", "after").await?;
        let form = format!("{PAGE}?absatz=5");
        let alone = town.get(&form).send().await?.expect(200)?.statements().context("no count")?;
        let pages = join_all((0..8).map(|_| town.get(&form).send()).collect()).await.into_iter().collect::<Result<Vec<_>>>()?;
        let asked: u64 = pages.iter().filter_map(Answer::statements).sum();
        ensure!(asked <= 3 * alone, "{asked} statements for eight who came at once, {alone} for one");
        let copies = pages.iter().map(stamp_of).collect::<Result<Vec<_>>>()?;
        ensure!(copies.iter().all(|(_, page)| *page == copies[0].1), "copies differ in their stamps alone");
        ensure!(copies.iter().map(|(stamp, _)| stamp).collect::<BTreeSet<_>>().len() == 8, "two have one stamp");

        let english = town.get(&form).header("cookie", "lang=en").send().await?.expect(200)?;
        let resident = town.get(&form).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(english.body.contains("<html lang=\"en\"") && copies[0].1.contains("<html lang=\"de\""), "each language is a page of its own");
        ensure!(resident.body.contains("href=\"/konto\"") && !copies[0].1.contains("href=\"/konto\""), "nobody gets the page of somebody with an account");
        let refused = town.post(&format!("{PAGE}/stellungnahme"), &[("unit", "5"), ("text", "Das hat nur einer geschrieben.")]).send().await?.expect(422)?;
        ensure!(refused.body.contains("Das hat nur einer"), "what was written is kept");
        ensure!(!town.get(&form).send().await?.body.contains("Das hat nur einer"), "and nobody else gets it");

        town.wait(11).await?;
        for (number, (stamp, _)) in copies.iter().enumerate().take(2) {
            let email = format!("amsel-{number}@example.org");
            let fields = [("unit", "5"), ("text", "Hohe Obstbäume fehlen."), ("name", "Amsel"), ("email", &email), ("stempel", stamp)];
            town.post(&format!("{PAGE}/stellungnahme"), &fields).send().await?.expect(303)?;
        }
        state(&town, Role::Resident, "5", "Auch Hecken schützen.").await?.expect(303)?;
        ensure!(town.get(&form).send().await?.body.contains("Auch Hecken schützen."), "what became public is in the next copy");
        Ok(())
    });
}

#[test]
fn receipt_numbers_have_no_gaps_however_many_send_at_once() {
    in_town(async |town| {
        publish(&town, "open", "after").await?;
        let path = format!("{PAGE}/stellungnahme");
        let mut guards = Vec::new();
        for _ in 0..24 {
            guards.push(town.guarded(FORM).await?);
        }
        let mut sends = Vec::new();
        for (number, guard) in guards.iter().enumerate() {
            // Each form is sent twice, as by an impatient finger.
            for _ in 0..2 {
                let (path, town) = (path.clone(), &town);
                sends.push(async move {
                    let fields = with_guard(guard, &[("unit", "0"), ("text", "Alle Bäume schützen."), ("name", "Amsel")]);
                    let client = [203, 0, 113, u8::try_from(number).unwrap_or(0)];
                    town.post(&path, &fields).from_client(client).send().await?.expect(303)
                });
            }
        }
        for sent in join_all(sends).await {
            sent?;
        }
        let body: serde_json::Value = serde_json::from_str(&town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?.body)?;
        let numbers: BTreeSet<i64> = body["statements"].as_array().context("statements")?.iter().filter_map(|one| one["number"].as_i64()).collect();
        ensure!(numbers == (1..=24).collect(), "{numbers:?}");
        ensure!(body["process"]["statements"] == 24, "{}", body["process"]);
        Ok(())
    });
}

/// Polls all futures together on this thread.
async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).map(Some).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (slot, out) in waiting.iter_mut().zip(&mut done) {
            if let Some(future) = slot
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *out = Some(value);
                *slot = None;
            }
        }
        if waiting.iter().any(Option::is_some) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect())
    })
    .await
}

#[test]
fn the_clock_of_the_database_closes_a_phase_and_a_reason_opens_it_again() {
    in_town(async |mut town| {
        publish(&town, "email", "after").await?;
        // The last second of 20 June in Musterau is 21:59:59 UTC; the town began at 7 o'clock UTC on 8 June.
        town.wait(12 * 86_400 + 15 * 3_600 - 1).await?;
        state(&town, Role::Resident, "5", "In letzter Sekunde.").await?.expect(303)?;
        town.wait(1).await?;
        let late = state(&town, Role::Resident, "5", "Zu spät.").await?.expect(422)?;
        ensure!(late.body.contains("Die Frist ist vorbei."), "{}", late.body);
        let phases = town.get(DESK).as_role(Role::Clerk).send().await?.expect(200)?;
        let id = phases.body.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no phase to extend")?.to_owned();
        for (until, reason) in [("2026-06-19", "Wegen der Ferien."), ("2026-06-20", "Wegen der Ferien."), ("2026-06-27", "Kurz")] {
            let fields = [("phase", id.as_str()), ("until", until), ("reason", reason)];
            clerk(&town, &format!("{DESK}/verlaengern"), &fields).await?.expect(422)?;
        }
        let fields = [("phase", id.as_str()), ("until", "2026-06-27"), ("reason", "Der Bogen lag zu spät aus.")];
        clerk(&town, &format!("{DESK}/verlaengern"), &fields).await?.expect(303)?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("Verlängert bis 27.\u{a0}Juni 2026 (vorher 20.\u{a0}Juni 2026). Grund: Der Bogen lag zu spät aus."), "{}", page.body);
        state(&town, Role::Resident, "5", "Jetzt doch.").await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn a_next_version_takes_all_statements_along_and_shows_what_changed() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        for (unit, text) in [("3", "Warum nur Bäume?"), ("5", "Hohe Obstbäume fehlen."), ("6", "Baumschulen auch schützen."), ("0", "Gut so.")] {
            state(&town, Role::Resident, unit, text).await?.expect(303)?;
        }
        give_text(&town, SECOND, "Obstbäume und Hecken sind dazugekommen.").await?.expect(303)?;
        ensure!(!town.get(PAGE).send().await?.body.contains("Hecken"), "a draft is not public");
        clerk(&town, &format!("{DESK}/fassung"), &[]).await?.expect(303)?;
        let body: serde_json::Value = serde_json::from_str(&town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?.body)?;
        let how: Vec<(&str, &str)> =
            body["statements"].as_array().context("statements")?.iter().filter_map(|one| Some((one["text"].as_str()?, one["anchor"].as_str()?))).collect();
        ensure!(how.len() == 4 && how.contains(&("Warum nur Bäume?", "kept")) && how.contains(&("Baumschulen auch schützen.", "gone")), "{how:?}");
        let gone = town.get("/beteiligung/1/stellungnahmen/3").send().await?.expect(200)?;
        ensure!(
            gone.body.contains("Diese Stelle steht nicht mehr im Text:") && gone.body.contains("Nicht geschützt sind Bäume in Baumschulen."),
            "it keeps the old wording"
        );
        let picked = town.get(&format!("{PAGE}?absatz=5")).send().await?.expect(200)?;
        ensure!(picked.body.contains("Hohe Obstbäume fehlen.") && picked.body.contains("aus Fassung 1"), "statements of the first version stand at the second");
        let changes = town.get(&format!("{PAGE}/aenderungen")).send().await?.expect(200)?;
        ensure!(changes.body.contains("<ins>Obstbäume sind geschützt, wenn sie höher als 6 Meter sind"), "{}", changes.body);
        let old = town.get(&format!("{PAGE}/fassung/1")).send().await?.expect(200)?;
        ensure!(old.body.contains("Bäume in Baumschulen") && old.body.contains("ältere Fassung"), "the old version stays readable");
        Ok(())
    });
}

#[test]
fn what_a_guest_sends_counts_when_the_link_in_the_mail_was_opened_and_pressed() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let guard = town.guarded(FORM).await?;
        let fields = with_guard(&guard, &[("unit", "5"), ("text", "Schon ab 60 Zentimetern."), ("name", "Amsel 7")]);
        let refused = town.post(&format!("{PAGE}/stellungnahme"), &fields).send().await?.expect(422)?;
        ensure!(refused.body.contains("Geben Sie Ihre E-Mail-Adresse an.") && refused.body.contains("Schon ab 60 Zentimetern."), "the words are kept");
        let mut with_address = fields.clone();
        with_address.push(("email", "amsel@example.org"));
        let sent = town.post(&format!("{PAGE}/stellungnahme"), &with_address).send().await?.expect(303)?;
        ensure!(town.get(sent.location()).send().await?.body.contains("Öffnen Sie jetzt den Link"), "the receipt says what to do");
        ensure!(!town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Schon ab 60"), "not public before");
        let mail = mails_to(&town, "amsel@example.org").await?.0.context("no mail")?;
        let path = mail.split_whitespace().find_map(|word| word.strip_prefix(&town.site.base_url)).context("no link")?.to_owned();
        let asked = town.get(&path).send().await?.expect(200)?;
        ensure!(asked.body.contains("Ist das Ihr Beitrag?") && asked.body.contains("1-0001") && asked.body.contains("Schon ab 60"), "{}", asked.body);
        ensure!(asked.statements().is_some_and(|count| count <= 5), "{:?}", asked.statements());
        ensure!(!town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Schon ab 60"), "opening confirms nothing");
        let key = path.split_once("schluessel=").context("no key")?.1.to_owned();
        for _ in 0..2 {
            let confirmed = town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
            ensure!(confirmed.location().contains("absatz=5") && confirmed.location().ends_with("#u5"), "one lands beside it: {}", confirmed.location());
        }
        let page = town.get(&format!("{PAGE}?absatz=5")).send().await?.expect(200)?;
        ensure!(page.body.contains("Schon ab 60") && page.body.contains("Amsel 7"), "public now");
        for path in [format!("{PAGE}?absatz=5"), "/beteiligung/1/stellungnahmen.json".to_owned(), "/beteiligung/1/stellungnahmen.csv".to_owned()] {
            ensure!(!town.get(&path).send().await?.body.contains("amsel@example.org"), "the address is nowhere: {path}");
        }
        Ok(())
    });
}

#[test]
fn what_came_on_paper_counts_when_a_second_person_confirmed_it() {
    in_town(async |town| {
        publish(&town, "account", "after").await?;
        let paper = |day: &'static str, once: &'static str| {
            [("channel", "letter"), ("received_on", day), ("unit", "5"), ("name", "Obstwiesenverein"), ("text", "Die alten Birnbäume fehlen."), ("once", once)]
        };
        clerk(&town, &format!("{DESK}/papier"), &paper("2026-06-07", "a")).await?.expect(422)?;
        clerk(&town, &format!("{DESK}/papier"), &paper("2026-06-08", "b")).await?.expect(303)?;
        let confirm = [("act", "confirm")];
        let refuse = [("act", "refuse"), ("reason", "Der Brief ist nicht unterschrieben.")];
        for own in [&confirm[..], &refuse[..]] {
            clerk(&town, "/verwaltung/beteiligung/stellungnahmen/1", own).await?.expect(422)?;
        }
        ensure!(!town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Birnbäume"), "not before");
        town.post("/verwaltung/beteiligung/stellungnahmen/1", &confirm).as_role(Role::Editor).send().await?.expect(303)?;
        let page = town.get(&format!("{PAGE}?absatz=5")).send().await?.expect(200)?;
        ensure!(page.body.contains("Birnbäume") && page.body.contains("per Brief"), "counted, with its channel");
        ensure!(town.get(&format!("{PAGE}/bogen")).send().await?.expect(200)?.body.contains("B1-F1"), "the sheet has its code");
        Ok(())
    });
}

#[test]
fn one_person_supports_a_statement_once_and_hidden_ones_leave_the_counts() {
    in_town(async |town| {
        publish(&town, "email", "before").await?;
        state(&town, Role::Resident, "5", "Hohe Obstbäume fehlen.").await?.expect(303)?;
        ensure!(!town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Obstbäume fehlen"), "it waits");
        moderate(&town, "released", "").await?.expect(303)?;
        let support = [("statement", "1"), ("act", "add")];
        for _ in 0..3 {
            town.post(&format!("{PAGE}/zustimmen"), &support).as_role(Role::Member).send().await?.expect(303)?;
        }
        town.post(&format!("{PAGE}/zustimmen"), &support).as_role(Role::Resident).send().await?.expect(422)?;
        ensure!(town.get(&format!("{PAGE}?absatz=5")).send().await?.body.contains("Ein Mensch stimmt zu"), "exactly one");
        moderate(&town, "hidden", "Enthielt den Namen einer Nachbarin.").await?.expect(303)?;
        let stub = town.get("/beteiligung/1/stellungnahmen/1").send().await?.expect(200)?;
        ensure!(
            stub.body.contains("Enthielt den Namen einer Nachbarin.") && !stub.body.contains("Obstbäume fehlen") && !stub.body.contains("resident"),
            "{}",
            stub.body
        );
        ensure!(town.get(PAGE).send().await?.body.contains("Noch hat niemand etwas geschrieben."), "it no longer counts");
        Ok(())
    });
}

#[test]
fn a_withdrawn_process_says_so_and_a_copy_begins_as_a_draft() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        let copy = clerk(&town, &format!("{DESK}/kopie"), &[]).await?.expect(303)?;
        ensure!(copy.location().starts_with("/verwaltung/beteiligung/2/worum"), "{}", copy.location());
        town.get("/beteiligung/2").send().await?.expect(404)?;
        clerk(&town, &format!("{DESK}/zurueckziehen"), &[("reason", "Kurz")]).await?.expect(422)?;
        clerk(&town, &format!("{DESK}/zurueckziehen"), &[("reason", "Das Land regelt es jetzt selbst.")]).await?.expect(303)?;
        town.get(PAGE).send().await?.expect(410)?;
        ensure!(!town.get("/beteiligung").send().await?.body.contains("Welche Bäume"), "no list names it");
        Ok(())
    });
}

#[test]
fn the_weighing_table_goes_to_a_paper_and_is_public_no_sooner_than_it() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        state(&town, Role::Resident, "5", "Hohe Obstbäume fehlen.").await?.expect(303)?;
        let page = format!("{DESK}/abwaegung/vorlage");
        let empty = town.get(&page).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(empty.body.contains("Es gibt noch keine Vorlage"), "{}", empty.body);
        let fields = [
            ("name", "Baumsatzung: Beschluss"),
            ("reference", "12/2026"),
            ("kind", "Beschlussvorlage"),
            ("dated_on", "2026-06-08"),
            ("summary", "Der Rat beschließt die Satzung."),
            ("name_leicht", "Regeln für Bäume"),
        ];
        let paper = clerk(&town, "/verwaltung/rat/vorlagen/neu", &fields).await?.expect(303)?;
        let paper = paper.location().split(['?', '#']).next().context("no address")?.to_owned();
        let id = paper.rsplit('/').next().context("no id")?.to_owned();
        clerk(&town, &page, &[("form", "odt")]).await?.expect(422)?;
        clerk(&town, &page, &[("form", "odt"), ("paper", "999")]).await?.expect(404)?;
        town.post(&page, &[("form", "odt"), ("paper", &id)]).as_role(Role::Department).send().await?.expect(403)?;
        let done = clerk(&town, &page, &[("form", "odt"), ("paper", &id)]).await?.expect(303)?;
        ensure!(done.location().starts_with(&paper), "{}", done.location());
        let desk = town.get(&paper).as_role(Role::Clerk).send().await?.expect(200)?;
        let file = desk.body.split("href=\"/dateien/").nth(1).and_then(|rest| rest.split('"').next()).context("the table is not on the paper")?;
        let file = format!("/dateien/{file}");
        ensure!(desk.body.contains("Abwägungstabelle"), "{file}");
        town.get(&file).send().await?.expect(404)?;
        clerk(&town, &format!("{paper}/stand"), &[("to", "public")]).await?.expect(303)?;
        let taken = town.get(&file).send().await?.expect(200)?;
        ensure!(taken.text("content-type") == "application/vnd.oasis.opendocument.text" && taken.body.starts_with("PK"), "the table itself");
        ensure!(taken.text("content-disposition").contains("abwaegung-1-welche-baeume"), "{}", taken.text("content-disposition"));
        Ok(())
    });
}
