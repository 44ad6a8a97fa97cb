//! How long each step of the weighing's desk takes with 500 statements, on both engines, as a table for the page of benchmarks:
//! `cargo run --release --example weighing -p allmende-dialogue` (needs `ALLMENDE_TEST_POSTGRES`, as the tests do).

#[path = "../tests/weighing/town.rs"]
#[expect(dead_code, reason = "the tests use more of the town")]
mod town;

use allmende_core::Role;
use allmende_dialogue::weighing::store::lists;
use allmende_platform::AppError;
use allmende_testing::town::{Ask, TestTown};
use anyhow::{Context, Result};
use std::time::Instant;

const DESK: &str = "/verwaltung/beteiligung/1/abwaegung";
const PAGE: &str = "/beteiligung/1-welche-baeume-sollen-geschuetzt-sein";
const COUNT: usize = 500;

/// Sends, prints how long it took and with how many statements, and answers with the page.
async fn timed(engine: &str, step: &str, ask: Ask<'_>) -> Result<String> {
    let begun = Instant::now();
    let answer = ask.send().await?;
    let millis = begun.elapsed().as_secs_f64() * 1_000.0;
    println!("| {engine} | {step} | {} | {:.1} ms | {} |", answer.status, millis, answer.statements().unwrap_or(0));
    Ok(answer.body)
}

fn fields_of(form: &str, act: &str) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = town::values(form, "point").into_iter().map(|id| ("point", id.to_string())).collect();
    fields.extend(town::values(form, "all").into_iter().map(|id| ("all", id.to_string())));
    fields.push(("act", act.to_owned()));
    fields
}

fn borrowed<'f>(fields: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn run(engine: &str, town: &TestTown) -> Result<()> {
    town.db()
        .write(town.site.id, |tx| {
            let (process, part, version) = town::consultation(tx)?;
            for (number, (text, _)) in town::statements_of_a_day(COUNT).into_iter().enumerate() {
                let by = town::guest(tx, process.id, &format!("gast{number}@example.org"), allmende_core::Language::German)?;
                town::state(tx, &process, part, version, &text, Some(by))?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    let clerk = |path: &str| town.get(&format!("{DESK}{path}")).as_role(Role::Clerk);
    let act = |path: &str, fields: &[(&str, &str)]| town.post(&format!("{DESK}{path}"), fields).as_role(Role::Clerk);
    timed(engine, "overview, nothing taken up", clerk("")).await?;
    timed(engine, "take up 500 points", act("/aufnehmen", &[])).await?;
    timed(engine, "overview with list", clerk("")).await?;
    timed(engine, "suggested bundles, reckoned anew", clerk("/vorschlaege")).await?;
    let page = timed(engine, "suggested bundles, kept", clerk("/vorschlaege")).await?;
    for form in page.split("<form class=\"form\"").skip(1) {
        let fields = fields_of(form.split("</form>").next().unwrap_or_default(), "accept");
        timed(engine, &format!("accept a bundle of {}", fields.len() / 2), act("/vorschlaege", &borrowed(&fields))).await?;
    }
    let all = town
        .db()
        .read(town.site.id, |tx| {
            let mut all = Vec::new();
            for row in lists::list(tx, 1, &lists::Filter::default(), jiff::civil::date(2026, 6, 8), 0, 1_000)? {
                all.push((row.id, lists::list_points(tx, row.id, 1)?.first().map(|point| point.id)));
            }
            Ok::<_, AppError>(all)
        })
        .await?;
    let (first, _) = *all.first().context("a bundle")?;
    let (_, alone) = *all.last().context("a bundle")?;
    timed(engine, "the largest bundle's page", clerk(&format!("/{first}"))).await?;
    let point = alone.context("a point")?;
    timed(engine, "the page to split a statement", clerk(&format!("/punkt/{point}"))).await?;
    timed(engine, "split a statement", act(&format!("/punkt/{point}"), &[("act", "split"), ("sentence", "1")])).await?;
    let answer = [("code", "3000"), ("reason", "Das hat die Gemeinde geprüft."), ("department", "0"), ("answer_by", ""), ("act", "next")];
    timed(engine, "propose an answer", act(&format!("/{first}"), &answer)).await?;
    let ids: Vec<String> = {
        let rows = town.db().read(town.site.id, |tx| {
            let open = lists::Filter { stage: Some(allmende_dialogue::weighing::rules::Stage::Open), ..lists::Filter::default() };
            Ok::<_, AppError>(lists::list(tx, 1, &open, jiff::civil::date(2026, 6, 8), 0, 1_000)?)
        });
        rows.await?.into_iter().map(|row| row.id.to_string()).collect()
    };
    let many: Vec<(&str, &str)> = ids.iter().map(|id| ("bundle", id.as_str())).chain([("act", "assign"), ("department", "0")]).collect();
    timed(engine, &format!("hand {} bundles to a department", ids.len()), act("", &many)).await?;
    for id in &ids {
        act(&format!("/{id}"), &answer).send().await?.expect(303)?;
    }
    let approve = town.post(DESK, &[("act", "approve-all")]).as_role(Role::Administrator);
    timed(engine, "approve all", approve).await?;
    timed(engine, "publish all", act("/veroeffentlichen", &[])).await?;
    timed(engine, "all answers in public", town.get(&format!("{PAGE}/antworten"))).await?;
    for name in ["csv", "odt", "docx", "xml"] {
        timed(engine, &format!("the table as {name}"), town.get(&format!("{PAGE}/antworten/abwaegung.{name}"))).await?;
    }
    Ok(())
}

fn main() {
    println!("| engine | step | status | time | statements |\n|---|---|---|---|---|");
    town::in_town(async |town| {
        let engine = format!("{:?}", town.db().kind());
        run(&engine, &town).await
    });
}
