//! Contributions under care, through all rooms: anybody reports them, the house hides them with a reason, links of newcomers wait,
//! forms that a program fills in are refused, and personal data is asked about before anything is written.

use crate::links::mails_to;
use crate::town::{in_town, with_guard};
use allmende_core::Role;
use allmende_testing::town::{Answer, Ask, TestTown};
use anyhow::{Context, Result, ensure};

const DESK: &str = "/verwaltung/beteiligung/1";
const PAGE: &str = "/beteiligung/1-was-fehlt-in-musterau";
const IDEA: &str = "dialogue-idea";
const COMMENT: &str = "dialogue-comment";
const STATEMENT: &str = "dialogue-statement";

async fn clerk(town: &TestTown, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(path, fields).as_role(Role::Clerk).send().await
}

/// A public process of this template for this audience that runs today.
async fn publish(town: &TestTown, template: &str, audience: &str) -> Result<()> {
    let about = [
        ("title", "Was fehlt in Musterau?"),
        ("lead", "Wir sammeln, was auf dem Marktplatz fehlt."),
        ("open", "Alles, was auf dem Platz steht."),
        ("fixed", "Der Wochenmarkt bleibt, wo er ist."),
        ("decides", "der Gemeinderat"),
    ];
    clerk(town, &format!("/verwaltung/beteiligung/neu/{template}"), &about).await?.expect(303)?;
    if template == "consultation" {
        let body = "--B\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n# Satzung\n\nDie Gemeinde schützt Bäume.\r\n--B--\r\n";
        let ask = town.post(&format!("{DESK}/text"), &[]).body("multipart/form-data; boundary=B", body.into());
        ask.as_role(Role::Clerk).send().await?.expect(303)?;
    }
    let when = [
        ("title1", "Mitmachen"),
        ("from1", "2026-06-08"),
        ("until1", "2026-06-20"),
        ("title2", "Antworten"),
        ("from2", "2026-06-21"),
        ("until2", "2026-07-10"),
        ("audience", audience),
        ("moderation", "after"),
        ("answer_days", "25"),
    ];
    clerk(town, &format!("{DESK}/wann"), &when).await?.expect(303)?;
    clerk(town, &format!("{DESK}/vorschau"), &[]).await?.expect(303)?;
    Ok(())
}

fn as_anyone(ask: Ask<'_>, role: Option<Role>) -> Ask<'_> {
    match role {
        Some(role) => ask.as_role(role),
        None => ask,
    }
}

async fn propose(town: &TestTown, role: Option<Role>, title: &str, text: &str, more: &[(&str, &str)]) -> Result<Answer> {
    let guard = town.guarded(IDEA).await?;
    let fields = [&[("title", title), ("text", text), ("seen", "1")], more].concat();
    as_anyone(town.post(&format!("{PAGE}/ideen/neu"), &with_guard(&guard, &fields)), role).send().await
}

async fn state(town: &TestTown, role: Role, text: &str, more: &[(&str, &str)]) -> Result<Answer> {
    let guard = town.guarded(STATEMENT).await?;
    let fields = [&[("unit", "0"), ("text", text)], more].concat();
    town.post(&format!("{PAGE}/stellungnahme"), &with_guard(&guard, &fields)).as_role(role).send().await
}

/// The number of the discussion, from its form.
async fn discussion(town: &TestTown) -> Result<String> {
    let page = town.get(&format!("{PAGE}/diskussion")).send().await?.expect(200)?;
    Ok(page.body.split("name=\"on_id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no form")?.to_owned())
}

async fn comment(town: &TestTown, role: Option<Role>, on: &str, text: &str, more: &[(&str, &str)]) -> Result<Answer> {
    let guard = town.guarded(COMMENT).await?;
    let fields = [&[("on", "process_part"), ("on_id", on), ("comment", text)], more].concat();
    as_anyone(town.post(&format!("{PAGE}/kommentar"), &with_guard(&guard, &fields)), role).send().await
}

/// Reports a contribution as a stranger does: the link, one choice, one button.
async fn report(town: &TestTown, path: &str) -> Result<()> {
    town.get(path).send().await?.expect(200)?;
    let (kind, number) = path.strip_prefix("/meldung?art=").and_then(|rest| rest.split_once("&nr=")).context("no kind and number")?;
    let guard = town.guarded("moderation-report").await?;
    town.post("/meldung", &with_guard(&guard, &[("art", kind), ("nr", number), ("category", "respect")])).send().await?.expect(303)?;
    Ok(())
}

/// The link »Melden« of a page.
fn report_link(page: &str, kind: &str) -> Result<String> {
    let rest = page.split(&format!("href=\"/meldung?art={kind}&#38;nr=")).nth(1).with_context(|| format!("no link to report: {page}"))?;
    Ok(format!("/meldung?art={kind}&nr={}", rest.split('"').next().unwrap_or_default()))
}

async fn decide(town: &TestTown, role: Role, kind: &str, id: i64, action: &str, words: &str) -> Result<Answer> {
    let fields = [("action", action), ("rule", "respect"), ("words", words)];
    town.post(&format!("/verwaltung/moderation/{kind}/{id}"), &fields).as_role(role).send().await
}

/// From the report to the stub: a contribution of this kind that stands on a page with these words.
async fn walk(town: &TestTown, kind: &str, page: &str, words: &str, stub: &str) -> Result<()> {
    const WHY: &str = "Der Satz beleidigt eine Nachbarin.";
    let shown = town.get(page).send().await?.expect(200)?;
    ensure!(shown.body.contains(words) && shown.body.contains("Melden<span class=\"hidden\">: "), "{}", shown.body);
    ensure!(!town.get(page).as_role(Role::Resident).send().await?.body.contains(&format!("art={kind}&")), "nobody reports their own");
    let moderator = town.get(page).as_role(Role::Moderator).send().await?.expect(200)?;
    ensure!(moderator.body.contains(&format!("href=\"/verwaltung/moderation/{kind}/1\"")), "who moderates comes to the desk at once");
    report(town, &report_link(&shown.body, kind)?).await?;
    let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
    ensure!(queue.body.contains(&format!("/verwaltung/moderation/{kind}/1")) && queue.body.contains("Eine Meldung"), "{}", queue.body);
    let case = town.get(&format!("/verwaltung/moderation/{kind}/1")).as_role(Role::Moderator).send().await?.expect(200)?;
    ensure!(case.body.contains(words), "{}", case.body);
    ensure!(decide(town, Role::Moderator, kind, 1, "hidden", WHY).await?.status == 303);
    let hidden = town.get(stub).send().await?.expect(200)?;
    ensure!(hidden.body.contains(WHY) && !hidden.body.contains(words), "{}", hidden.body);
    town.get(&format!("/meldung?art={kind}&nr=1")).send().await?.expect(404)?;
    let told = mails_to(town, "resident@musterau.example").await?.0.context("the author hears nothing")?;
    ensure!(told.contains(WHY), "{told}");
    let log = town.get("/moderation").send().await?.expect(200)?;
    ensure!(log.body.contains("Respekt") && !log.body.contains(words) && !log.body.contains(WHY), "{}", log.body);
    ensure!(decide(town, Role::Clerk, kind, 1, "restored", "Es war Kritik an der Sache.").await?.status == 303);
    ensure!(town.get(page).send().await?.expect(200)?.body.contains(words), "it is shown again");
    ensure!(decide(town, Role::Moderator, kind, 1, "held", "Das prüfen wir erst genauer.").await?.status == 303);
    ensure!(!town.get(page).send().await?.body.contains(words), "what is looked at is not shown");
    ensure!(decide(town, Role::Moderator, kind, 1, "released", "").await?.status == 303);
    ensure!(town.get(page).send().await?.expect(200)?.body.contains(words));
    Ok(())
}

#[test]
fn a_statement_is_reported_hidden_with_a_reason_and_shown_again() {
    in_town(async |town| {
        publish(&town, "consultation", "email").await?;
        state(&town, Role::Resident, "Alle Bäume sollen bleiben.", &[]).await?.expect(303)?;
        walk(&town, "statement", &format!("{PAGE}?absatz=0"), "Alle Bäume sollen bleiben.", "/beteiligung/1/stellungnahmen/1").await
    });
}

#[test]
fn an_idea_is_reported_hidden_with_a_reason_and_shown_again() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        propose(&town, Some(Role::Resident), "Mehr Bänke am Marktplatz", "Im Schatten der Linden fehlen Bänke.", &[]).await?.expect(303)?;
        let page = "/beteiligung/1/ideen/1";
        walk(&town, "idea", page, "Im Schatten der Linden fehlen Bänke.", page).await
    });
}

#[test]
fn a_comment_is_reported_hidden_with_a_reason_and_shown_again() {
    in_town(async |town| {
        publish(&town, "discussion", "email").await?;
        let on = discussion(&town).await?;
        comment(&town, Some(Role::Resident), &on, "So geht das nicht weiter.", &[]).await?.expect(303)?;
        let page = format!("{PAGE}/diskussion");
        walk(&town, "comment", &page, "So geht das nicht weiter.", &page).await
    });
}

#[test]
fn a_merged_idea_can_be_hidden_and_goes_back_to_where_it_went() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        propose(&town, Some(Role::Resident), "Mehr Bänke am Marktplatz", "Im Schatten der Linden fehlen Bänke.", &[]).await?.expect(303)?;
        propose(&town, Some(Role::Member), "Sitzbänke für den Marktplatz", "Wer wartet, will sitzen können.", &[]).await?.expect(303)?;
        clerk(&town, &format!("{DESK}/ideen/2"), &[("act", "merge"), ("into", "1"), ("reason", "Beide wollen dasselbe.")]).await?.expect(303)?;
        ensure!(decide(&town, Role::Moderator, "idea", 2, "hidden", "Der Satz beleidigt jemanden.").await?.status == 303);
        ensure!(!town.get("/beteiligung/1/ideen/2").send().await?.expect(200)?.body.contains("Wer wartet"));
        ensure!(decide(&town, Role::Moderator, "idea", 2, "restored", "Das war ein Irrtum.").await?.status == 303);
        let page = town.get("/beteiligung/1/ideen/2").send().await?.expect(200)?;
        ensure!(page.body.contains("Wer wartet") && page.body.contains("Dort geht es weiter"), "{}", page.body);
        Ok(())
    });
}

#[test]
fn what_nobody_confirmed_is_nothing_to_moderate() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        let guest = [("name", "Gast"), ("email", "gast@gast.example")];
        propose(&town, None, "Mehr Bänke am Marktplatz", "Im Schatten der Linden fehlen Bänke.", &guest).await?.expect(303)?;
        town.get("/verwaltung/moderation/idea/1").as_role(Role::Moderator).send().await?.expect(404)?;
        town.get("/meldung?art=idea&nr=1").send().await?.expect(404)?;
        Ok(())
    });
}

#[test]
fn links_of_a_newcomer_wait_until_the_house_let_something_through() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        let text = "Sehen Sie sich die Bänke auf www.example.org an.";
        propose(&town, Some(Role::Resident), "Bänke wie in der Nachbarstadt", text, &[]).await?.expect(303)?;
        town.get("/beteiligung/1/ideen/1").send().await?.expect(404)?;
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains("Enthält einen Link.") && queue.body.contains("/verwaltung/moderation/idea/1"), "{}", queue.body);
        ensure!(decide(&town, Role::Moderator, "idea", 1, "released", "").await?.status == 303);
        ensure!(town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?.body.contains("www.example.org"));
        propose(&town, Some(Role::Resident), "Ein Brunnen wie in der Nachbarstadt", text, &[]).await?.expect(303)?;
        town.get("/beteiligung/1/ideen/2").send().await?.expect(200)?;
        // What is public without a link shows nothing about links: somebody else still waits.
        propose(&town, Some(Role::Member), "Ein Tisch zum Schachspielen", "Ein fester Tisch aus Stein genügt.", &[]).await?.expect(303)?;
        town.get("/beteiligung/1/ideen/3").send().await?.expect(200)?;
        propose(&town, Some(Role::Member), "Ein Tisch für Tischtennis", text, &[]).await?.expect(303)?;
        town.get("/beteiligung/1/ideen/4").send().await?.expect(404)?;
        propose(&town, Some(Role::Moderator), "Ein Aushang für Vereine", text, &[]).await?.expect(303)?;
        town.get("/beteiligung/1/ideen/5").send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn links_of_a_guest_wait_after_the_mail_was_confirmed() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        let guest = [("name", "Gast"), ("email", "gast@gast.example")];
        propose(&town, None, "Bänke wie in der Nachbarstadt", "Sehen Sie sich www.example.org an.", &guest).await?.expect(303)?;
        let mail = mails_to(&town, "gast@gast.example").await?.0.context("no mail")?;
        let key = mail.split("schluessel=").nth(1).and_then(|rest| rest.split_whitespace().next()).context("no key")?.to_owned();
        town.post("/beteiligung/bestaetigen", &[("schluessel", &key)]).send().await?.expect(303)?;
        town.get("/beteiligung/1/ideen/1").send().await?.expect(404)?;
        ensure!(decide(&town, Role::Moderator, "idea", 1, "released", "").await?.status == 303);
        town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn a_form_that_a_program_filled_in_is_refused_and_one_without_script_waits() {
    in_town(async |town| {
        publish(&town, "discussion", "open").await?;
        let on = discussion(&town).await?;
        let trapped = comment(&town, None, &on, "Kaufen Sie hier.", &[("name", "Gast"), ("webseite", "x")]).await?.expect(422)?;
        ensure!(trapped.body.contains("Ein Feld, das leer bleiben soll") && trapped.body.contains("Kaufen Sie hier."), "{}", trapped.body);
        let words = [("on", "process_part"), ("on_id", on.as_str()), ("comment", "Ein Wort vom Gast."), ("name", "Gast")];
        town.post(&format!("{PAGE}/kommentar"), &words).send().await?.expect(422)?;
        // Without script nothing is worked: somebody looks first.
        let guard: Vec<_> = town.guarded(COMMENT).await?.into_iter().filter(|(name, _)| *name == "stempel").collect();
        let sent = town.post(&format!("{PAGE}/kommentar"), &with_guard(&guard, &words)).send().await?.expect(303)?;
        ensure!(sent.location().contains("comment-sent-waiting"), "{}", sent.location());
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains("/verwaltung/moderation/comment/1"), "{}", queue.body);
        comment(&town, None, &on, "Noch ein Wort.", &[("name", "Gast")]).await?.expect(303)?;
        let page = town.get(&format!("{PAGE}/diskussion")).send().await?.expect(200)?;
        ensure!(page.body.contains("Noch ein Wort.") && !page.body.contains("Ein Wort vom Gast."), "{}", page.body);
        ensure!(page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        Ok(())
    });
}

/// What the button to send it as it is says.
fn answer(page: &Answer) -> Result<String> {
    Ok(page.body.split("name=\"so\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).with_context(|| page.body.clone())?.to_owned())
}

#[test]
fn personal_data_is_asked_about_before_anything_is_written() {
    in_town(async |town| {
        publish(&town, "ideas", "email").await?;
        let (title, text) = ("Mehr Bänke am Marktplatz", "Rufen Sie mich an: 06341 123456. Ich helfe gern beim Aufbauen.");
        let asked = propose(&town, Some(Role::Resident), title, text, &[]).await?.expect(422)?;
        ensure!(asked.body.contains("Steht da etwas Persönliches?") && asked.body.contains("Telefonnummer: <strong>06341 123456</strong>"), "{}", asked.body);
        ensure!(asked.body.contains(text) && asked.body.contains("So abschicken"), "the words are kept: {}", asked.body);
        town.get("/beteiligung/1/ideen/1").send().await?.expect(404)?;
        let key = answer(&asked)?;
        // Another number in the same form is asked about again.
        let other = propose(&town, Some(Role::Resident), title, &text.replace("123456", "654321"), &[("so", &key)]).await?.expect(422)?;
        ensure!(other.body.contains("06341 654321"), "{}", other.body);
        propose(&town, Some(Role::Resident), title, text, &[("so", &key)]).await?.expect(303)?;
        ensure!(town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?.body.contains("06341 123456"), "the author's choice holds");
        propose(&town, Some(Role::Member), "Ein Brunnen am Bach", "Ohne Wasser ist der Platz zu heiß.", &[]).await?.expect(303)?;
        // Changing one's own words asks as well.
        let change = [("act", "change"), ("title", title), ("text", "Schreiben Sie an ida.muster@example.org, dann helfe ich.")];
        let asked = town.post("/beteiligung/1/ideen/1/aendern", &change).as_role(Role::Resident).send().await?.expect(422)?;
        ensure!(asked.body.contains("E-Mail-Adresse: <strong>ida.muster@example.org</strong>"), "{}", asked.body);
        let key = answer(&asked)?;
        let change = [&change[..], &[("so", key.as_str())]].concat();
        town.post("/beteiligung/1/ideen/1/aendern", &change).as_role(Role::Resident).send().await?.expect(303)?;
        Ok(())
    });
}

#[test]
fn statements_and_comments_with_personal_data_are_asked_about_too() {
    in_town(async |town| {
        publish(&town, "consultation", "email").await?;
        let text = "Ich wohne in der Lindenallee 3, 67999 Musterau.";
        let asked = state(&town, Role::Resident, text, &[]).await?.expect(422)?;
        ensure!(asked.body.contains("Adresse: <strong>") && asked.body.contains(text), "{}", asked.body);
        let list = town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?;
        ensure!(!list.body.contains("Lindenallee"), "{}", list.body);
        state(&town, Role::Resident, text, &[("so", &answer(&asked)?)]).await?.expect(303)?;
        Ok(())
    });
    in_town(async |town| {
        publish(&town, "discussion", "email").await?;
        let on = discussion(&town).await?;
        let text = "Mein Konto ist DE89 3704 0044 0532 0130 00.";
        let asked = comment(&town, Some(Role::Resident), &on, text, &[]).await?.expect(422)?;
        ensure!(asked.body.contains("Kontonummer (IBAN): <strong>DE89 3704 0044 0532 0130 00</strong>"), "{}", asked.body);
        ensure!(!town.get(&format!("{PAGE}/diskussion")).send().await?.body.contains("Mein Konto"));
        comment(&town, Some(Role::Resident), &on, text, &[("so", &answer(&asked)?)]).await?.expect(303)?;
        Ok(())
    });
}
