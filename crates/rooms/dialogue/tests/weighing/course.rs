//! A day at the desk: 500 statements, a third of them form letters, taken up, bundled, split, answered, approved, published, told, handed on.

use crate::town::{at_most, consultation, guest, in_town, mails, state, statements_of_a_day, values};
use allmende_core::{Language, Role};
use allmende_dialogue::weighing::store::lists;
use allmende_dialogue::weighing::{similar, told};
use allmende_platform::AppError;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};
use std::collections::HashMap;

const DESK: &str = "/verwaltung/beteiligung/1/abwaegung";
const PAGE: &str = "/beteiligung/1-welche-baeume-sollen-geschuetzt-sein";
const COUNT: usize = 500;
/// What a note of the house says: it must never be read outside.
const NOTE: &str = "KANARIENVOGEL im Haus";

async fn desk(town: &TestTown, role: Role, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    town.post(&format!("{DESK}{path}"), fields).as_role(role).send().await?.expect(303)
}

async fn open(town: &TestTown, path: &str) -> Result<Answer> {
    town.get(&format!("{DESK}{path}")).as_role(Role::Clerk).send().await?.expect(200)
}

/// Pairs of statements that are of the same letter: how many of those that were put together are, and how many of those that are were.
fn quality(groups: &[Vec<usize>], letters: &[Option<usize>]) -> (f64, f64) {
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let (mut together, mut right) = (0, 0);
    for group in groups {
        together += pairs(group.len());
        let mut counts: HashMap<usize, usize> = HashMap::new();
        group.iter().filter_map(|index| letters[*index]).for_each(|letter| *counts.entry(letter).or_default() += 1);
        right += counts.into_values().map(pairs).sum::<usize>();
    }
    let mut all: HashMap<usize, usize> = HashMap::new();
    letters.iter().flatten().for_each(|letter| *all.entry(*letter).or_default() += 1);
    let all: usize = all.into_values().map(pairs).sum();
    (right as f64 / together.max(1) as f64, right as f64 / all.max(1) as f64)
}

#[test]
fn form_letters_with_other_names_are_found_and_nothing_else_is_put_together() {
    let day = statements_of_a_day(COUNT);
    let points: Vec<lists::Candidate> = (1..).zip(&day).map(|(id, _)| lists::Candidate { id, part: 1, bundle: None }).collect();
    let texts: HashMap<i64, String> = (1..).zip(&day).map(|(id, (text, _))| (id, text.clone())).collect();
    let found = similar::suggest(&points, &texts);
    let groups: Vec<Vec<usize>> = found.iter().map(|one| one.points.iter().filter_map(|(id, _)| usize::try_from(*id - 1).ok()).collect()).collect();
    let letters: Vec<Option<usize>> = day.iter().map(|(_, letter)| *letter).collect();
    let (precision, recall) = quality(&groups, &letters);
    println!("{} groups of {COUNT} statements: precision {:.1} %, recall {:.1} %", groups.len(), precision * 100.0, recall * 100.0);
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision}, recall {recall}");
}

#[test]
fn five_hundred_statements_are_weighed_in_a_day() {
    in_town(async |town| {
        town.db()
            .write(town.site.id, |tx| {
                let (process, part, version) = consultation(tx)?;
                let ida = guest(tx, process.id, "ida@example.org", Language::German)?;
                let otto = guest(tx, process.id, "otto@example.org", Language::English)?;
                for (number, (text, _)) in statements_of_a_day(COUNT).into_iter().enumerate() {
                    let by = match number {
                        0 | 1 => Some(ida),
                        2 => Some(otto),
                        _ => None,
                    };
                    state(tx, &process, part, version, &text, by)?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
        let page = open(&town, "").await?;
        ensure!(page.body.contains("500 neue Punkte"), "what is new is said");
        desk(&town, Role::Clerk, "/aufnehmen", &[]).await?;
        at_most(&open(&town, "").await?, 8, "the overview")?;

        // Bundled in three steps, as they are proposed.
        loop {
            let page = open(&town, "/vorschlaege").await?;
            let Some(form) = page.body.split("<form class=\"form\"").nth(1) else { break };
            let form = form.split("</form>").next().context("a form")?;
            let mut fields: Vec<(&str, String)> = values(form, "point").into_iter().map(|id| ("point", id.to_string())).collect();
            fields.extend(values(form, "all").into_iter().map(|id| ("all", id.to_string())));
            fields.push(("act", "accept".to_owned()));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk(&town, Role::Clerk, "/vorschlaege", &fields).await?;
        }
        let bundles = town
            .db()
            .read(town.site.id, |tx| {
                let filter = lists::Filter { is_bundle: true, ..lists::Filter::default() };
                Ok::<_, AppError>(lists::list(tx, 1, &filter, jiff::civil::date(2026, 6, 8), 0, 1_000)?)
            })
            .await?;
        let bundled: i64 = bundles.iter().map(|bundle| bundle.points).sum();
        ensure!(bundled >= 160, "{bundled} of 167 form letters are bundled");

        // One statement is split into two points: its answer waits for both.
        let own = town
            .db()
            .read(town.site.id, |tx| {
                let all = lists::list(tx, 1, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 1_000)?;
                let own = all.into_iter().find(|row| row.number == 2).ok_or(AppError::NotFound)?;
                Ok::<_, AppError>(lists::list_points(tx, own.id, 1)?[0].id)
            })
            .await?;
        let page = open(&town, &format!("/punkt/{own}")).await?;
        ensure!(page.body.matches("name=\"sentence\"").count() == 4, "four sentences to tick");
        town.post(&format!("{DESK}/punkt/{own}"), &[("act", "split")]).as_role(Role::Clerk).send().await?.expect(422)?;
        desk(&town, Role::Clerk, &format!("/punkt/{own}"), &[("act", "split"), ("sentence", "2"), ("sentence", "3")]).await?;

        answer_all(&town).await?;
        publish_and_tell(&town).await?;
        hand_on(&town).await
    });
}

/// Each bundle gets an answer by "propose and go on", then a second person approves all at once.
async fn answer_all(town: &TestTown) -> Result<()> {
    let first = open(town, "?stand=open").await?;
    let first = *values(&first.body, "bundle").first().context("an open bundle")?;
    desk(town, Role::Clerk, &format!("/{first}/notiz"), &[("number", "1"), ("note", NOTE)]).await?;
    let mut path = format!("/{first}");
    let mut answered = 0;
    loop {
        if answered < 3 {
            at_most(&open(town, &path).await?, 8, "a bundle")?;
        }
        let code = ["1000", "2000", "3000", "4000", "5000"][answered % 5];
        let fields = [("code", code), ("reason", "Das hat die Gemeinde geprüft und gerechnet."), ("department", "0"), ("answer_by", ""), ("act", "next")];
        let done = desk(town, Role::Clerk, &path, &fields).await?;
        answered += 1;
        ensure!(answered < 1_000, "the way through the bundles ends");
        match done.location().strip_prefix(DESK).filter(|rest| rest.starts_with('/')) {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    let own = desk(town, Role::Clerk, "", &[("act", "approve-all")]).await?;
    ensure!(own.location().contains("zahl=0") && own.location().contains(&format!("eigene={answered}")), "four eyes: {}", own.location());
    let other = desk(town, Role::Department, "", &[("act", "approve-all")]).await?;
    ensure!(other.location().contains(&format!("zahl={answered}")), "{}", other.location());
    Ok(())
}

/// Publishing is the clerk's; each author is told once, with all their statements, in their language.
async fn publish_and_tell(town: &TestTown) -> Result<()> {
    town.post(&format!("{DESK}/veroeffentlichen"), &[]).as_role(Role::Department).send().await?.expect(403)?;
    desk(town, Role::Clerk, "/veroeffentlichen", &[]).await?;
    let (db, texts) = (town.db().clone(), town.app.parts.texts);
    let mut written = Vec::new();
    for _ in 0..2 {
        let db = db.clone();
        written.push(tokio::task::spawn_blocking(move || told::write_all(&db, texts)).await??);
    }
    ensure!(written == [2, 0], "one mail each, and none again: {written:?}");
    let mails = mails(town).await?;
    let ida = mails.iter().find(|(to, ..)| to == "ida@example.org").context("a mail to Ida")?;
    ensure!(ida.1.starts_with("Antwort auf Ihre Stellungnahme") && ida.2.contains("Nr. 1") && ida.2.contains("Nr. 2") && !ida.2.contains("Nr. 3"), "{}", ida.2);
    ensure!(ida.2.contains("Das hat die Gemeinde geprüft"), "with the reason");
    let otto = mails.iter().find(|(to, ..)| to == "otto@example.org").context("a mail to Otto")?;
    ensure!(otto.1.starts_with("Answer to your statement"), "{}", otto.1);
    ensure!(mails.iter().all(|(.., text)| !text.contains(NOTE)), "no note of the house in a mail");
    Ok(())
}

/// What everybody reads, and the files: all rows, no name, opened by LibreOffice.
async fn hand_on(town: &TestTown) -> Result<()> {
    let page = town.get(&format!("{PAGE}/antworten")).send().await?.expect(200)?;
    at_most(&page, 8, "all answers")?;
    ensure!(page.body.contains("500 Stellungnahmen, 501 Antworten") && !page.body.contains(NOTE) && !page.body.contains("Amsel 7"), "counts and no names");
    let whole = town.get(&format!("{PAGE}/antworten?alle=1")).send().await?.expect(200)?;
    ensure!(whole.body.matches("<tr><th scope=\"row\"><a href=").count() == 501, "each point has a row");
    let one = town.get("/beteiligung/1/stellungnahmen/2").send().await?.expect(200)?;
    ensure!(one.body.matches("class=\"answer\"").count() == 2, "both points of the split statement are answered");
    let file = async |name: &str| town.get(&format!("{PAGE}/antworten/abwaegung.{name}")).send().await?.expect(200);
    let csv = file("csv").await?;
    ensure!(csv.body.starts_with("number,receipt,point,") && csv.body.matches("\r\n").count() == 502, "a line for each point");
    let xml = file("xml").await?;
    let mut reader = quick_xml::Reader::from_str(&xml.body);
    let mut entries = 0;
    loop {
        match reader.read_event()? {
            quick_xml::events::Event::Start(start) => entries += usize::from(start.local_name().as_ref() == "stellungnahme"),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    ensure!(entries == 501, "{entries} statements in XBeteiligung");
    for name in ["csv", "xml"] {
        let body = file(name).await?.body;
        ensure!(!body.contains(NOTE) && !body.contains("Amsel 7") && !body.contains("example.org"), "nothing private in {name}");
    }
    Ok(())
}
