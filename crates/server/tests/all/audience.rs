//! Who may take part in a process: every condition from the clerk's form to the send that it lets through or refuses, codes that count
//! once however many try them at once, and a census that stands nowhere in clear.

use crate::dialogue::{PHASES, clerk};
use crate::town::{in_town, with_guard};
use allmende_core::Role;
use allmende_db::dump::{self, Owned};
use allmende_db::{DbError, Scope};
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};

pub const PAGE: &str = "/beteiligung/1-wie-soll-der-anger-heissen";
pub const DESK: &str = "/verwaltung/beteiligung/1";
pub const SHOW: &str = "/beteiligung/1/mitmachen";
/// Umlauts, a person with two given names, one line without a birth date, and one person twice.
const CENSUS: &str = "Familienname;Vornamen;Geburtsdatum;PLZ\nQuittenbaum;Änne Lioba;28.02.1990;76131\nZwetschgenreiter;Oskar;01.03.1985;76133\n\
                      Holunder;Ida;;76131\nZwetschgenreiter;Oskar;1985-03-01;76133\n";

/// A draft of a consultation that runs from today, 8 June 2026, with these conditions.
async fn draft(town: &TestTown, audience: &[(&str, &str)]) -> Result<Answer> {
    let about = [
        ("title", "Wie soll der Anger heißen?"),
        ("lead", "Sie lesen den Vorschlag und schreiben dazu."),
        ("open", "Der Name."),
        ("fixed", "Der Platz bleibt."),
        ("decides", "der Gemeinderat"),
    ];
    clerk(town, "/verwaltung/beteiligung/neu/consultation", &about).await?.expect(303)?;
    let body = "--B\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n# Vorschlag\n\nDer Platz heißt Lindenanger.\r\n--B--\r\n";
    town.post(&format!("{DESK}/text"), &[]).body("multipart/form-data; boundary=B", body.into()).as_role(Role::Clerk).send().await?.expect(303)?;
    let when = [&PHASES[..], &[("moderation", "after")], audience].concat();
    clerk(town, &format!("{DESK}/wann"), &when).await
}

async fn publish(town: &TestTown) -> Result<()> {
    clerk(town, &format!("{DESK}/vorschau"), &[]).await?.expect(303)?;
    Ok(())
}

/// A consultation that runs from today with these conditions.
pub async fn public(town: &TestTown, audience: &[(&str, &str)]) -> Result<()> {
    draft(town, audience).await?.expect(303)?;
    publish(town).await
}

/// Codes as the letters print them.
async fn codes(town: &TestTown, kind: &str, count: &str, uses: &str) -> Result<Vec<String>> {
    let page = clerk(town, &format!("{DESK}/codes"), &[("kind", kind), ("count", count), ("uses", uses), ("form", "letters")]).await?.expect(200)?;
    ensure!(page.text("cache-control") == "private, no-store", "{}", page.text("cache-control"));
    Ok(page.body.split("<dd class=\"code\">").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect())
}

async fn upload(town: &TestTown, file: &str) -> Result<Answer> {
    let body = format!("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"liste.csv\"\r\n\r\n{file}\r\n--B--\r\n");
    town.post(&format!("{DESK}/einwohnerliste"), &[]).body("multipart/form-data; boundary=B", body.into_bytes()).as_role(Role::Clerk).send().await
}

/// The cookie by which a guest is known again.
fn cookie(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    cookies.filter_map(|text| text.split(';').next()).find(|pair| pair.contains("allmende-guest=")).map(str::to_owned)
}

async fn show(town: &TestTown, fields: &[(&str, &str)], client: u8) -> Result<Answer> {
    let guard = town.guarded("dialogue-audience").await?;
    town.post(SHOW, &with_guard(&guard, fields)).from_client([203, 0, 113, client]).send().await
}

/// A guest's statement, with the cookie of what was shown.
async fn say(town: &TestTown, cookie: Option<&str>, email: &str) -> Result<Answer> {
    let guard = town.guarded("dialogue-statement").await?;
    let fields = [("unit", "0"), ("text", "Er soll Anger heißen."), ("name", "Amsel"), ("email", email)];
    let ask = town.post(&format!("{PAGE}/stellungnahme"), &with_guard(&guard, &fields));
    match cookie {
        Some(cookie) => ask.header("cookie", cookie).send().await,
        None => ask.send().await,
    }
}

async fn say_as(town: &TestTown, role: Role) -> Result<Answer> {
    let guard = town.guarded("dialogue-statement").await?;
    let fields = with_guard(&guard, &[("unit", "0"), ("text", "Er soll Anger heißen.")]);
    town.post(&format!("{PAGE}/stellungnahme"), &fields).as_role(role).send().await
}

#[test]
fn the_clerk_chooses_conditions_and_residents_read_them_before_they_take_part() {
    in_town(async |town| {
        let form = [("audience", "account"), ("also", "age"), ("years", "16"), ("also", "postal_codes"), ("postal_codes", "76131, 76133"), ("proof", "none")];
        draft(&town, &form).await?.expect(303)?;
        let when = town.get(&format!("{DESK}/wann")).as_role(Role::Clerk).send().await?.expect(200)?;
        let german = "Mitmachen kann, wer hier ein Konto hat, mindestens 16 Jahre alt ist und in einem Gebiet mit diesen Postleitzahlen wohnt: 76131, 76133.";
        ensure!(when.body.contains(german) && when.body.contains("value=\"age\" checked") && when.body.contains(">76131, 76133</textarea>"), "{}", when.body);
        let preview = town.get(&format!("{DESK}/vorschau")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(preview.body.contains(german), "{}", preview.body);
        publish(&town).await?;
        ensure!(town.get(PAGE).send().await?.expect(200)?.body.contains(german));
        for (language, words) in
            [("en", "have an account here, are at least 16 years old and live in"), ("leicht", "Sie haben hier ein Konto. Sie sind 16 Jahre alt")]
        {
            let page = town.get(&format!("{PAGE}?lang={language}")).send().await?.expect(200)?;
            ensure!(page.body.contains(words), "{language}: {}", page.body);
        }
        let json: serde_json::Value = serde_json::from_str(&town.get("/beteiligung.json").send().await?.expect(200)?.body)?;
        ensure!(json["processes"][0]["audience"] == serde_json::json!(["account", "minimum_age", "postal_codes"]), "{json}");
        Ok(())
    });
}

#[test]
fn what_a_clerk_chose_wrongly_is_told_and_changes_nothing() {
    in_town(async |town| {
        for (wrong, words) in [
            (vec![("audience", "moon")], "Wählen Sie, wer mitmachen darf."),
            (vec![("audience", "open"), ("also", "age"), ("years", "100")], "Geben Sie ein Alter von 1 bis 99 Jahren an."),
            (vec![("audience", "open"), ("also", "postal_codes"), ("postal_codes", "7613")], "Eine Postleitzahl hat nicht fünf Ziffern."),
            (vec![("audience", "open"), ("also", "postal_codes"), ("postal_codes", "")], "Nennen Sie mindestens eine Postleitzahl."),
        ] {
            let refused = draft(&town, &wrong).await?.expect(422)?;
            ensure!(refused.body.contains(words), "{words}: {}", refused.body);
            ensure!(refused.body.contains("<strong>Mitmachen kann, wer ein Konto hat oder eine E-Mail-Adresse bestätigt.</strong>"), "kept as it was");
        }
        for (path, role) in [("wann", Role::Resident), ("teilnahme", Role::Resident), ("teilnahme", Role::Editor)] {
            town.get(&format!("{DESK}/{path}")).as_role(role).send().await?.expect(403)?;
        }
        Ok(())
    });
}

/// A choice in the form, how each role fares with it, and what a guest is told; nothing if a guest may send.
type Case = (&'static str, &'static [(Role, u16)], &'static str);

#[test]
fn accounts_members_and_staff_are_known_by_their_session() {
    let cases: [Case; 5] = [
        ("open", &[(Role::Resident, 303), (Role::Member, 303)], ""),
        ("email", &[(Role::Resident, 303), (Role::Clerk, 303)], "Geben Sie Ihre E-Mail-Adresse an."),
        ("account", &[(Role::Resident, 303), (Role::Member, 303)], "Hier braucht man ein Konto."),
        ("members", &[(Role::Resident, 422), (Role::Clerk, 422), (Role::Member, 303)], "Hier nehmen nur Mitglieder des Rates"),
        ("staff", &[(Role::Resident, 422), (Role::Member, 422), (Role::Editor, 303), (Role::Clerk, 303)], "Hier nehmen nur Beschäftigte"),
    ];
    for (audience, roles, words) in cases {
        in_town(async |town| {
            public(&town, &[("audience", audience)]).await?;
            for (role, status) in roles {
                let sent = say_as(&town, *role).await?;
                ensure!(sent.status == *status, "{audience} {role:?}: {}", sent.status);
            }
            let guest = say(&town, None, "").await?;
            ensure!(guest.status == if words.is_empty() { 303 } else { 422 }, "{audience}: {}", guest.status);
            ensure!(guest.body.contains(words), "{audience}: {}", guest.body);
            // What a session tells needs no page of its own.
            let onward = town.get(SHOW).as_role(roles.last().context("no role")?.0).send().await?.expect(303)?;
            ensure!(onward.location() == PAGE, "{}", onward.location());
            Ok(())
        });
    }
}

#[test]
fn age_and_postal_code_are_shown_once_and_not_kept() {
    in_town(async |town| {
        let form = [("audience", "open"), ("also", "age"), ("years", "16"), ("also", "postal_codes"), ("postal_codes", "76131")];
        public(&town, &form).await?;
        let page = town.get(PAGE).send().await?.expect(200)?;
        ensure!(page.body.contains("Bevor Sie mitmachen: Geben Sie einmal Ihr Geburtsdatum an.") && page.body.contains("/mitmachen?weiter="), "{}", page.body);
        let early = say(&town, None, "").await?.expect(422)?;
        ensure!(early.body.contains("Geben Sie einmal Ihr Geburtsdatum an.") && early.body.contains("Er soll Anger heißen."), "the words are kept");
        // Sixteen today, 8 June 2026, and a day too young.
        for (born, code, words) in [
            ("2010-06-09", "76131", "Hier macht mit, wer älter ist."),
            ("08.06.2010", "76133", "Diese Postleitzahl gehört nicht zum Gebiet"),
            ("8. Juni", "76131", "Geben Sie das Geburtsdatum so an"),
            ("08.06.2010", "7613", "Geben Sie die Postleitzahl mit fünf Ziffern an."),
        ] {
            let refused = show(&town, &[("born_on", born), ("postal_code", code)], 9).await?.expect(422)?;
            ensure!(refused.body.contains(words) && cookie(&refused).is_none(), "{words}: {}", refused.body);
        }
        let back = format!("{PAGE}?absatz=0#u0");
        let shown = show(&town, &[("born_on", "08.06.2010"), ("postal_code", "76131"), ("weiter", &back)], 9).await?.expect(303)?;
        ensure!(shown.location() == back, "{}", shown.location());
        let pass = cookie(&shown).context("no cookie")?;
        let page = town.get(&format!("{PAGE}?absatz=0")).header("cookie", &pass).send().await?.expect(200)?;
        ensure!(page.body.contains("name=\"stempel\"") && page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        say(&town, Some(&pass), "").await?.expect(303)?;
        for (table, column, value) in cells(&town).await? {
            ensure!(!holds(&value, "2010-06-08") && !holds(&value, "08.06.2010"), "{table}.{column}");
        }
        for elsewhere in ["https://boese.example", "//boese.example", "/\\boese.example", "/beteiligung/2"] {
            let shown = show(&town, &[("born_on", "08.06.2010"), ("postal_code", "76131"), ("weiter", elsewhere)], 10).await?.expect(303)?;
            ensure!(shown.location() == PAGE, "{}", shown.location());
        }
        Ok(())
    });
}

#[test]
fn who_has_an_account_shows_it_on_every_device() {
    in_town(async |town| {
        public(&town, &[("audience", "account"), ("also", "age"), ("years", "16")]).await?;
        let stranger = town.get(SHOW).send().await?.expect(200)?;
        ensure!(stranger.body.contains("Melden Sie sich zuerst mit Ihrem Konto an.") && !stranger.body.contains("name=\"born_on\""), "{}", stranger.body);
        ensure!(show(&town, &[("born_on", "1990-01-01")], 9).await?.expect(422)?.body.contains("Melden Sie sich zuerst mit Ihrem Konto an."));
        say_as(&town, Role::Resident).await?.expect(422)?;
        let guard = town.guarded("dialogue-audience").await?;
        town.post(SHOW, &with_guard(&guard, &[("born_on", "1990-01-01")])).as_role(Role::Resident).send().await?.expect(303)?;
        say_as(&town, Role::Resident).await?.expect(303)?;
        say_as(&town, Role::Member).await?.expect(422)?;
        // A second device has no cookie yet; the page for showing leads on at once.
        let onward = town.get(SHOW).as_role(Role::Resident).send().await?.expect(303)?;
        ensure!(cookie(&onward).is_some() && onward.location() == PAGE);
        // The support of somebody who showed nothing is refused as well.
        let support = [("statement", "1"), ("act", "add")];
        town.post(&format!("{PAGE}/zustimmen"), &support).as_role(Role::Member).send().await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn a_code_counts_once_however_many_try_it_at_once() {
    in_town(async |town| {
        let saved = draft(&town, &[("audience", "open"), ("proof", "letter_code")]).await?.expect(303)?;
        ensure!(saved.location() == format!("{DESK}/teilnahme"), "codes come first: {}", saved.location());
        let early = clerk(&town, &format!("{DESK}/vorschau"), &[]).await?.expect(422)?;
        ensure!(early.body.contains("Legen Sie zuerst Codes an"), "{}", early.body);
        for count in ["0", "2001", "x"] {
            clerk(&town, &format!("{DESK}/codes"), &[("kind", "letter_code"), ("count", count)]).await?.expect(422)?;
        }
        clerk(&town, &format!("{DESK}/codes"), &[("kind", "token"), ("count", "1"), ("uses", "2")]).await?.expect(404)?;
        let codes = codes(&town, "letter_code", "3", "1").await?;
        ensure!(codes.len() == 3 && codes[0].len() == 14, "{codes:?}");
        for (table, column, value) in cells(&town).await? {
            ensure!(codes.iter().all(|code| !holds(&value, code) && !holds(&value, &code.replace('-', ""))), "{table}.{column}");
        }
        publish(&town).await?;
        let small = codes[0].to_lowercase().replace('-', " ");
        let tries = (0..8_u8).map(|client| {
            let (town, code) = (&town, small.clone());
            async move { show(town, &[("letter_code", &code)], client).await }
        });
        let answers: Vec<Answer> = join_all(tries.collect()).await.into_iter().collect::<Result<_>>()?;
        let inside: Vec<String> = answers.iter().filter_map(cookie).collect();
        ensure!(inside.len() == 1 && answers.iter().filter(|answer| answer.status == 422).count() == 7, "{}", inside.len());
        ensure!(answers.iter().any(|answer| answer.body.contains("Dieser Code wurde schon benutzt")));
        say(&town, inside.first().map(String::as_str), "").await?.expect(303)?;
        say(&town, inside.first().map(String::as_str), "").await?.expect(303)?;
        say(&town, None, "").await?.expect(422)?;
        let json = town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?;
        ensure!(json.body.matches("Er soll Anger").count() == 2, "{}", json.body);
        let desk = town.get(&format!("{DESK}/teilnahme")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(desk.body.contains("<td class=\"n\">3</td><td class=\"n\">1</td>"), "{}", desk.body);
        // What is left is locked; what was used stays so.
        let batch = desk.body.split("name=\"batch\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no batch")?;
        clerk(&town, &format!("{DESK}/codes/sperren"), &[("batch", batch)]).await?.expect(303)?;
        clerk(&town, &format!("{DESK}/codes/sperren"), &[("batch", batch)]).await?.expect(404)?;
        ensure!(show(&town, &[("letter_code", &codes[1])], 30).await?.expect(422)?.body.contains("schon benutzt oder gesperrt"));
        Ok(())
    });
}

#[test]
fn what_is_no_code_of_this_process_is_told_and_after_ten_tries_one_waits() {
    in_town(async |town| {
        draft(&town, &[("audience", "open"), ("proof", "letter_code")]).await?.expect(303)?;
        let codes = codes(&town, "letter_code", "1", "1").await?;
        publish(&town).await?;
        for (typed, words) in [
            ("AAAA-AAAA-AAAA", "Dieser Code gehört nicht zu diesem Verfahren."),
            ("AAAA-AAAA-AAA", "Der Code hat zwölf Zeichen."),
            ("0000-AAAA-AAAA", "Im Code steht ein Zeichen, das es dort nicht gibt."),
            ("AAAA-AAAA-AAAB", "Ein Zeichen stimmt nicht"),
        ] {
            let refused = show(&town, &[("letter_code", typed)], 9).await?.expect(422)?;
            ensure!(refused.body.contains(words), "{typed}: {}", refused.body);
        }
        for _ in 4..10 {
            show(&town, &[("letter_code", "AAAA-AAAA-AAAA")], 9).await?.expect(422)?;
        }
        show(&town, &[("letter_code", &codes[0])], 9).await?.expect(429)?;
        show(&town, &[("letter_code", &codes[0])], 10).await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn a_token_counts_as_often_as_its_package_says() {
    in_town(async |town| {
        draft(&town, &[("audience", "email"), ("proof", "token")]).await?.expect(303)?;
        for uses in ["0", "1001"] {
            clerk(&town, &format!("{DESK}/codes"), &[("kind", "token"), ("count", "1"), ("uses", uses)]).await?.expect(422)?;
        }
        let tokens = codes(&town, "token", "1", "2").await?;
        publish(&town).await?;
        let first = show(&town, &[("token", &tokens[0])], 1).await?.expect(303)?;
        let second = show(&town, &[("token", &tokens[0])], 2).await?.expect(303)?;
        show(&town, &[("token", &tokens[0])], 3).await?.expect(422)?;
        let (first, second) = (cookie(&first).context("first")?, cookie(&second).context("second")?);
        ensure!(say(&town, Some(&first), "").await?.expect(422)?.body.contains("Geben Sie Ihre E-Mail-Adresse an."));
        say(&town, Some(&first), "amsel@example.org").await?.expect(303)?;
        say(&town, Some(&first), "Amsel@Example.org").await?.expect(303)?;
        let other = say(&town, Some(&first), "drossel@example.org").await?.expect(422)?;
        ensure!(other.body.contains("schon unter einer anderen E-Mail-Adresse geschrieben"), "{}", other.body);
        say(&town, Some(&second), "drossel@example.org").await?.expect(303)?;
        let desk = town.get(&format!("{DESK}/teilnahme")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(desk.body.contains("1, je 2 Mal") && desk.body.contains("<td class=\"n\">2</td>"), "{}", desk.body);
        Ok(())
    });
}

#[test]
fn what_a_guest_showed_before_signing_in_is_the_accounts_alone() {
    in_town(async |town| {
        draft(&town, &[("audience", "open"), ("proof", "letter_code")]).await?.expect(303)?;
        let codes = codes(&town, "letter_code", "1", "1").await?;
        publish(&town).await?;
        let pass = cookie(&show(&town, &[("letter_code", &codes[0])], 1).await?.expect(303)?).context("no cookie")?;
        let answer = town.post("/anmelden", &[("email", "resident@musterau.example"), ("password", allmende_testing::town::PASSWORD)]).send().await?;
        let session = answer.session().context("no session")?;
        let both = format!("{pass}; {}={session}", allmende_platform::sessions::cookie_name(&town.site));
        let guard = town.guarded("dialogue-statement").await?;
        let fields = with_guard(&guard, &[("unit", "0"), ("text", "Er soll Anger heißen.")]);
        town.post(&format!("{PAGE}/stellungnahme"), &fields).header("cookie", &both).send().await?.expect(303)?;
        // Signed out again, the same browser is no second person.
        say(&town, Some(&pass), "").await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn a_census_lets_its_people_in_once_and_stands_nowhere_in_clear() {
    in_town(async |town| {
        draft(&town, &[("audience", "open"), ("proof", "census")]).await?.expect(303)?;
        ensure!(clerk(&town, &format!("{DESK}/vorschau"), &[]).await?.expect(422)?.body.contains("Laden Sie zuerst die Einwohnerliste hoch"));
        ensure!(upload(&town, "Straße;Ort\nAu 1;Musterau\n").await?.expect(422)?.body.contains("In der ersten Zeile fehlen Spalten."));
        ensure!(upload(&town, "").await?.expect(422)?.body.contains("Wählen Sie eine Datei aus."));
        let done = upload(&town, CENSUS).await?.expect(200)?;
        for words in ["2 Menschen stehen jetzt in der Liste.", "Zeile 4: Geben Sie das Geburtsdatum so an", "Zeile 5: Dieser Mensch steht schon in Zeile 3."] {
            ensure!(done.body.contains(words), "{words}: {}", done.body);
        }
        publish(&town).await?;
        let claim = |name: &'static str, born: &'static str, code: &'static str| [("name", name), ("born_on", born), ("postal_code", code)];
        let wrong = show(&town, &claim("Anne Quittenbaum", "28.02.1990", "76131"), 1).await?.expect(422)?;
        ensure!(wrong.body.contains("Diese Angaben stehen nicht in der Liste."), "{}", wrong.body);
        show(&town, &claim("Änne Quittenbaum", "27.02.1990", "76131"), 1).await?.expect(422)?;
        show(&town, &claim("Ida Holunder", "01.01.1990", "76131"), 1).await?.expect(422)?;
        let shown = show(&town, &claim("quittenbaum, aenne", "1990-02-28", "76131"), 1).await?.expect(303)?;
        say(&town, cookie(&shown).as_deref(), "").await?.expect(303)?;
        // Under the other given name it is the same person.
        let again = show(&town, &claim("Lioba Quittenbaum", "28.02.1990", "76131"), 2).await?.expect(422)?;
        ensure!(again.body.contains("Mit diesen Angaben hat sich schon jemand gezeigt."), "{}", again.body);
        // A later file: Oskar moved away, Änne has a third name now and stays used.
        let later = "Familienname;Vornamen;Geburtsdatum;PLZ\nQuittenbaum;Änne Lioba Ruth;28.02.1990;76131\nSchlehdorn;Ida;02.02.2002;76131\n";
        ensure!(upload(&town, later).await?.expect(200)?.body.contains("2 Menschen stehen jetzt in der Liste."));
        for (number, (claim, status)) in (3..).zip([
            (claim("Ruth Quittenbaum", "28.02.1990", "76131"), 422),
            (claim("Oskar Zwetschgenreiter", "01.03.1985", "76133"), 422),
            (claim("Ida Schlehdorn", "02.02.2002", "76131"), 303),
        ]) {
            show(&town, &claim, number).await?.expect(status)?;
        }
        for (table, column, value) in cells(&town).await? {
            for word in ["uittenbaum", "UITTENBAUM", "wetschgenreiter", "chlehdorn", "1985-03-01", "2002-02-02", "76133"] {
                ensure!(!holds(&value, word), "{word} stands in {table}.{column}");
            }
        }
        Ok(())
    });
}

#[test]
fn nobody_tries_all_birthdays_of_one_name_from_many_addresses() {
    in_town(async |town| {
        draft(&town, &[("audience", "open"), ("proof", "census")]).await?.expect(303)?;
        upload(&town, CENSUS).await?.expect(200)?;
        publish(&town).await?;
        for day in 1..=10_u8 {
            let born = format!("{day:02}.01.1990");
            show(&town, &[("name", "Änne Quittenbaum"), ("born_on", &born), ("postal_code", "76131")], day).await?.expect(422)?;
        }
        let right = [("name", "quittenbaum änne"), ("born_on", "28.02.1990"), ("postal_code", "76131")];
        show(&town, &right, 50).await?.expect(429)?;
        show(&town, &[("name", "Oskar Zwetschgenreiter"), ("born_on", "01.03.1985"), ("postal_code", "76133")], 50).await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn lists_and_passes_go_ninety_days_after_the_end() {
    in_town(async |mut town| {
        draft(&town, &[("audience", "open"), ("proof", "letter_code")]).await?.expect(303)?;
        let codes = codes(&town, "letter_code", "2", "1").await?;
        publish(&town).await?;
        show(&town, &[("letter_code", &codes[0])], 1).await?.expect(303)?;
        let kept = async |town: &TestTown| -> Result<usize> {
            town.db().write::<_, DbError>(Scope::Installation, allmende_dialogue::delete_outdated).await?;
            Ok(cells(town).await?.iter().filter(|(table, column, _)| matches!(table.as_str(), "audience_entry" | "audience_pass") && column == "id").count())
        };
        // It ended on 20 June at midnight in Musterau, twelve days and fifteen hours after the town began.
        let end = 12 * 86_400 + 15 * 3_600;
        town.wait(end + 90 * 86_400).await?;
        ensure!(kept(&town).await? == 3, "to the last moment");
        town.wait(1).await?;
        ensure!(kept(&town).await? == 0, "and then no longer");
        Ok(())
    });
}

/// Every cell of the database: table, column, value.
async fn cells(town: &TestTown) -> Result<Vec<(String, String, Owned)>> {
    let read = town.db().read::<_, DbError>(Scope::Installation, |tx| {
        let mut cells = Vec::new();
        for table in dump::tables(tx)? {
            dump::each_row::<DbError>(tx, &table, |row| {
                for (position, (column, _)) in table.columns.iter().enumerate() {
                    cells.push((table.name.clone(), column.clone(), Owned::from(row.cell(position)?)));
                }
                Ok(())
            })?;
        }
        Ok(cells)
    });
    Ok(read.await?)
}

fn holds(value: &Owned, word: &str) -> bool {
    match value {
        Owned::Text(text) => text.contains(word),
        Owned::Bytes(bytes) => bytes.windows(word.len()).any(|window| window == word.as_bytes()),
        _ => false,
    }
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
