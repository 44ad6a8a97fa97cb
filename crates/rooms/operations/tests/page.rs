//! The page of operations: for administrators only, with what failed and why, and a button that lets it run again.

use allmende_core::{Id, Language, Site};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, sql};
use allmende_platform::app::{App, Parts, Ports};
use allmende_platform::jobs::queue::{self, NewJob};
use allmende_platform::jobs::{Backoff, JobError, overview};
use allmende_platform::mail::{self, Mail};
use allmende_platform::passwords::Cost;
use allmende_platform::seal::Seal;
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::web::layers;
use allmende_platform::{AppError, sessions};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

/// A site with a person of one role; the result is the site and the person's session.
fn site(db: &Db, key: &'static str, role: &'static str) -> Result<(Id<Site>, String)> {
    let new = NewSite {
        key: key.to_owned(),
        kind: SiteKind::Municipality,
        name: key.to_owned(),
        base_url: format!("http://{key}.example"),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "UTC".to_owned(),
    };
    let site = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?;
    let token = db.write_blocking::<_, DbError>(site, move |tx| {
        let email = format!("{key}-{role}@example.org");
        let person = tx.insert(
            sql!("INSERT INTO person (email, email_folded, public_name, language, created_at) VALUES ($1, $1, 'Ida', $2, 0) RETURNING id"),
            &[&email, &Language::German],
        )?;
        tx.execute(sql!("INSERT INTO person_role (site_id, person_id, role, granted_at) VALUES ($1, $2, $3, 0)"), &[&site, &person, &role])?;
        sessions::begin(tx, person)
    })?;
    Ok((site, token.text()))
}

async fn ask(router: &Router, method: &str, host: &str, path: &str, token: &str) -> Result<(StatusCode, String)> {
    let request = Request::builder().method(method).uri(path).header("host", host).header("cookie", format!("allmende-session={token}"));
    let response = router.clone().oneshot(request.body(Body::empty())?).await?;
    let status = response.status();
    Ok((status, String::from_utf8_lossy(&to_bytes(response.into_body(), 1 << 20).await?).into_owned()))
}

fn fail_a_job(db: &Db, site: Id<Site>) -> Result<i64> {
    let id = db.write_blocking::<_, DbError>(site, |tx| {
        queue::enqueue(tx, &NewJob::new("import", String::new()))?;
        let taken = queue::take(tx)?.ok_or(DbError::NoSite)?;
        queue::end(tx, &taken, &Err(JobError::Permanent("the other <server> is away".to_owned())), Backoff::EAGER)?;
        Ok(taken.id)
    })?;
    Ok(id.get())
}

#[test]
fn an_administrator_sees_the_own_sites_failures_and_tries_again() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let (home, administrator) = site(db, "muehlau", "administrator")?;
        let (other, stranger) = site(db, "other", "administrator")?;
        let (_, clerk) = site(db, "third", "clerk")?;
        let job = fail_a_job(db, home)?;
        let mail =
            Mail { to: "canary@example.org".to_owned(), subject: "canary".to_owned(), text: "canary".to_owned(), html: None, language: Language::German };
        db.write_blocking::<_, AppError>(home, move |tx| mail::enqueue(tx, &mail))?;
        runtime.block_on(async {
            let texts = Texts::load(&[allmende_platform::TEXTS, allmende_operations::TEXTS])?;
            let data = std::env::temp_dir();
            let parts = Parts {
                db: db.clone(),
                texts,
                navigation: Vec::new(),
                desk: Vec::new(),
                front: Vec::new(),
                ports: Ports::default(),
                data,
                server_timing: false,
                behind_proxy: false,
                password_cost: Cost::CHEAPEST,
                seal: Seal::new([7; 32]),
            };
            let router = layers::assemble(&App::start(parts).await?, allmende_operations::routes());
            let page = "/verwaltung/betrieb";
            let (status, html) = ask(&router, "GET", "muehlau.example", page, &administrator).await?;
            ensure!(status == StatusCode::OK && html.contains("the other &#60;server&#62; is away"), "{html}");
            ensure!(html.contains("Alles läuft.") && !html.contains("canary"), "{html}");
            ensure!(ask(&router, "GET", "muehlau.example", page, &stranger).await?.0 == StatusCode::SEE_OTHER, "a session of another site");
            ensure!(ask(&router, "GET", "third.example", page, &clerk).await?.0 == StatusCode::FORBIDDEN);
            let (_, html) = ask(&router, "GET", "other.example", page, &stranger).await?;
            ensure!(!html.contains("is away"), "another site's failure: {html}");
            let retry = format!("{page}/aufgaben/{job}/wiederholen");
            ensure!(ask(&router, "POST", "other.example", &retry, &stranger).await?.0 == StatusCode::NOT_FOUND);
            ensure!(ask(&router, "POST", "third.example", &retry, &clerk).await?.0 == StatusCode::FORBIDDEN);
            ensure!(db.read(home, overview::depth_of_site).await?.failed == 1 && db.read(other, overview::depth_of_site).await?.failed == 0);
            ensure!(ask(&router, "POST", "muehlau.example", &retry, &administrator).await?.0 == StatusCode::SEE_OTHER);
            ensure!(db.read(home, overview::depth_of_site).await?.failed == 0);
            Ok(())
        })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}
