//! What passes the guard of a form and what does not, through HTTP and on both engines; both sides of each limit.

#![cfg(test)]

use allmende_core::Role;
use allmende_db::Clock;
use allmende_db::schema::MIGRATIONS;
use allmende_platform::app::Ports;
use allmende_platform::texts::Texts;
use allmende_platform::web::guard::{self, Guard, Stamp};
use allmende_platform::web::{Fields, Policy, Routes};
use allmende_platform::{App, AppError, Ctx};
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use anyhow::{Context, Result, ensure};
use axum::extract::State;

const SENDS_MAX: i64 = 3;

fn probe(app: &App, ctx: &Ctx) -> Guard {
    Guard::new(app, ctx, "probe").at_most(SENDS_MAX)
}

async fn show(State(app): State<App>, ctx: Ctx) -> Result<String, AppError> {
    let guard = probe(&app, &ctx);
    let issued = app.read(&ctx, move |tx| guard.issue(tx)).await?;
    Ok(format!("{} {}", issued.stamp, issued.bits))
}

/// The stamp of a page that asks nothing of the database for it; what stands behind the question mark was sent before.
async fn plain(State(app): State<App>, ctx: Ctx) -> Result<String, AppError> {
    let now = app.read(&ctx, |tx| tx.now()).await?;
    Ok(probe(&app, &ctx).stamp(now, &ctx.query)?.stamp)
}

async fn send(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<String, AppError> {
    let guard = probe(&app, &ctx);
    let passed = app
        .write(&ctx, move |tx| {
            let passed = guard.check(tx, &fields)?;
            if fields.has("who") {
                guard.check_person(tx, &fields.line("who"), 1)?;
            }
            Ok::<_, AppError>(passed)
        })
        .await?;
    Ok(format!("{} {:?}", passed.once, passed.suspicion))
}

fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let assembly = Assembly {
            routes: || Routes::new().get("/probe", Policy::Public, show).get("/plain", Policy::Public, plain).post("/probe", Policy::Public, send),
            texts: Texts::load(&[allmende_platform::TEXTS])?,
            navigation: Vec::new,
            desk: Vec::new,
            front: Vec::new,
            ports: Ports::default,
        };
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

/// A stamp from the page and the work that it asks for.
async fn page(town: &TestTown) -> Result<(String, u32)> {
    let body = town.get("/probe").send().await?.expect(200)?.body;
    let (stamp, bits) = body.split_once(' ').context("no stamp")?;
    Ok((stamp.to_owned(), bits.parse()?))
}

fn work(stamp: &str, bits: u32) -> String {
    guard::work::solve(stamp.rsplit('.').next().unwrap_or_default(), bits)
}

async fn post(town: &TestTown, stamp: &str, work: &str, more: &[(&str, &str)]) -> Result<(u16, String)> {
    let fields: Vec<(&str, &str)> = [(guard::STAMP, stamp), (guard::WORK, work)].into_iter().chain(more.iter().copied()).collect();
    let answer = town.post("/probe", &fields).send().await?;
    Ok((answer.status, answer.body))
}

#[test]
fn work_and_a_moment_pass_and_haste_does_not() {
    in_town(async |mut town| {
        let (stamp, bits) = page(&town).await?;
        let work = work(&stamp, bits);
        town.wait(guard::SECONDS_MIN - 1).await?;
        let (status, body) = post(&town, &stamp, &work, &[]).await?;
        ensure!(status == 422 && body.contains("sehr schnell"), "{body}");
        town.wait(1).await?;
        let (status, body) = post(&town, &stamp, &work, &[]).await?;
        ensure!(status == 200 && body.ends_with(" None"), "{body}");
        let (_, again) = post(&town, &stamp, &work, &[]).await?;
        ensure!(again == body, "the same stamp is the same contribution: {again}");
        Ok(())
    });
}

#[test]
fn without_script_it_takes_longer_and_somebody_looks_first() {
    in_town(async |mut town| {
        let (stamp, _) = page(&town).await?;
        for wrong in ["", "x", "0"] {
            town.wait(guard::SECONDS_MIN).await?;
            ensure!(post(&town, &stamp, wrong, &[]).await?.0 == 422, "{wrong}");
        }
        town.wait(guard::SECONDS_MIN_WITHOUT_WORK - 3 * guard::SECONDS_MIN).await?;
        let (status, body) = post(&town, &stamp, "", &[]).await?;
        ensure!(status == 200 && body.ends_with(" NoWork"), "{body}");
        Ok(())
    });
}

#[test]
fn a_stamp_that_cost_no_statement_is_as_good_and_stays_while_it_is() {
    in_town(async |mut town| {
        let stamp = town.get("/plain").send().await?.expect(200)?.body;
        ensure!(town.get(&format!("/plain?{stamp}")).send().await?.body == stamp, "a refused form keeps it");
        ensure!(town.get("/plain?x").send().await?.body != stamp);
        town.wait(guard::SECONDS_MIN).await?;
        let (status, body) = post(&town, &stamp, &work(&stamp, guard::work::BITS_MIN), &[]).await?;
        ensure!(status == 200 && body.ends_with(" None"), "{body}");
        town.wait(guard::SECONDS_MAX).await?;
        ensure!(town.get(&format!("/plain?{stamp}")).send().await?.body != stamp, "an old one is made anew");
        Ok(())
    });
}

#[test]
fn who_is_signed_in_need_not_work() {
    in_town(async |mut town| {
        let (stamp, _) = page(&town).await?;
        town.wait(guard::SECONDS_MIN).await?;
        let answer = town.post("/probe", &[(guard::STAMP, stamp.as_str())]).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(answer.body.ends_with(" None"));
        Ok(())
    });
}

#[test]
fn a_stamp_ends_after_a_day_and_belongs_to_one_form_of_one_site() {
    in_town(async |mut town| {
        let (stamp, bits) = page(&town).await?;
        let own_work = work(&stamp, bits);
        let (seal, now) = (town.app.parts.seal.clone(), town.db().read(town.site.id, |tx| tx.now()).await?);
        for (site, form) in [(town.site.id, "another"), (town.neighbour.id, "probe")] {
            let foreign = Stamp::new(now.plus_seconds(-60), 1)?.signed(&seal, site, form);
            let (status, body) = post(&town, &foreign, &work(&foreign, 1), &[]).await?;
            ensure!(status == 422 && body.contains("nicht vollständig"), "{body}");
        }
        ensure!(post(&town, "", "", &[]).await?.0 == 422);
        town.wait(guard::SECONDS_MAX).await?;
        ensure!(post(&town, &stamp, &own_work, &[]).await?.0 == 200);
        town.wait(1).await?;
        let (status, body) = post(&town, &stamp, &own_work, &[]).await?;
        ensure!(status == 422 && body.contains("zu lange offen"), "{body}");
        Ok(())
    });
}

#[test]
fn the_field_that_nobody_sees_stays_empty() {
    in_town(async |mut town| {
        let (stamp, bits) = page(&town).await?;
        town.wait(60).await?;
        let (status, _) = post(&town, &stamp, &work(&stamp, bits), &[(guard::EMPTY, "https://example.org")]).await?;
        ensure!(status == 422);
        ensure!(post(&town, &stamp, &work(&stamp, bits), &[(guard::EMPTY, "")]).await?.0 == 200);
        Ok(())
    });
}

#[test]
fn a_client_and_a_person_have_limits_and_the_work_grows() {
    in_town(async |mut town| {
        let (stamp, first) = page(&town).await?;
        let done = work(&stamp, first);
        town.wait(60).await?;
        for _ in 0..SENDS_MAX {
            ensure!(post(&town, &stamp, &done, &[]).await?.0 == 200);
        }
        ensure!(post(&town, &stamp, &done, &[]).await?.0 == 429);
        ensure!(page(&town).await?.1 == guard::work::BITS_MAX, "more work for who sends much");
        let fields = [(guard::STAMP, stamp.as_str()), (guard::WORK, done.as_str()), ("who", "ida@example.org")];
        town.post("/probe", &fields).from_client([198, 51, 100, 7]).send().await?.expect(200)?;
        town.post("/probe", &fields).from_client([198, 51, 100, 8]).send().await?.expect(429)?;
        town.wait(guard::WINDOW_SECONDS).await?;
        ensure!(post(&town, &stamp, &done, &[]).await?.0 == 200, "after an hour it goes on");
        Ok(())
    });
}
