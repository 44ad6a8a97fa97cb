//! What supervisors see, and what never reaches the log: addresses, mail addresses, tokens, what somebody typed.

use allmende_core::{Language, Redacted};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, sql};
use allmende_platform::app::{App, Parts, Ports};
use allmende_platform::passwords::Cost;
use allmende_platform::seal::Seal;
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::web::operations::Operations;
use allmende_platform::web::{Policy, Routes, layers};
use allmende_platform::{AppError, Ctx};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{Request, StatusCode};
use axum::{Form, Router};
use std::collections::HashMap;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

const PROXY: &str = "127.0.0.1:40000";
const STRANGER: &str = "203.0.113.7:40000";

/// One test after the other: a log that belongs to one thread misses what another thread has met before it.
static ALONE: Mutex<()> = Mutex::new(());

fn run(test: impl Fn(&tokio::runtime::Runtime, &Db) -> Result<()>) {
    let _alone = ALONE.lock();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { panic!("no runtime") };
    if let Err(error) = on_both_engines(MIGRATIONS, Clock::Database, |db| test(&runtime, db)) {
        panic!("{error:?}");
    }
}

async fn app(db: &Db, behind_proxy: bool) -> Result<App> {
    let new = NewSite {
        key: "muehlau".to_owned(),
        kind: SiteKind::Municipality,
        name: "Mühlau".to_owned(),
        base_url: "http://muehlau.example".to_owned(),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "UTC".to_owned(),
    };
    let second = NewSite { key: "other".to_owned(), base_url: "http://other.example".to_owned(), ..new.clone() };
    // Two sites: an unknown host belongs to neither. Made once, the second app of a test finds them there.
    let _ = db.write::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new).and(sites::insert(tx, &second))).await;
    let data = std::env::temp_dir();
    let texts = Texts::load(&[allmende_platform::TEXTS])?;
    let parts = Parts {
        db: db.clone(),
        texts,
        navigation: Vec::new(),
        desk: Vec::new(),
        front: Vec::new(),
        ports: Ports::default(),
        data,
        server_timing: false,
        behind_proxy,
        password_cost: Cost::CHEAPEST,
        seal: Seal::new([7; 32]),
    };
    Ok(App::start(parts).await?)
}

fn router(app: &App, token: &str) -> Router {
    let operations = Operations { render: Some(Arc::new(|| "figures\n".to_owned())), metrics_token: Redacted::new(token.to_owned()) };
    layers::assemble_with(app, routes(), operations)
}

async fn refuse(State(app): State<App>, ctx: Ctx, Form(form): Form<HashMap<String, String>>) -> Result<(), AppError> {
    let email = form.get("email").cloned().unwrap_or_default();
    app.write(&ctx, move |tx| {
        for _ in 0..2 {
            tx.execute(
                sql!("INSERT INTO person (email, email_folded, public_name, language, created_at) VALUES ($1, $1, 'x', $2, 0)"),
                &[&email, &Language::German],
            )?;
        }
        Ok::<_, AppError>(())
    })
    .await
}

fn routes() -> Routes {
    Routes::new().post("/anmelden", Policy::Public, refuse).get("/anmelden/{token}", Policy::Public, |Path(_): Path<String>| async { "ok" }).get(
        "/panik",
        Policy::Public,
        || async { Err::<(), _>(AppError::NotFound) },
    )
}

fn request(method: &str, address: &str, peer: &str, headers: &[(&str, &str)], body: &str) -> Result<Request<Body>> {
    let mut builder = Request::builder().method(method).uri(address).extension(ConnectInfo(peer.parse::<SocketAddr>()?));
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    Ok(builder.body(Body::from(body.to_owned()))?)
}

async fn ask(router: &Router, address: &str, peer: &str, headers: &[(&str, &str)]) -> Result<(StatusCode, String)> {
    let response = router.clone().oneshot(request("GET", address, peer, headers, "")?).await?;
    let status = response.status();
    Ok((status, String::from_utf8_lossy(&to_bytes(response.into_body(), 1 << 20).await?).into_owned()))
}

#[test]
fn health_and_readiness_answer_under_any_host_and_say_why_not() {
    run(|runtime, db| {
        runtime.block_on(async {
            let router = router(&app(db, false).await?, "");
            for host in ["muehlau.example", "unknown.example", "10.0.0.1:8080", ""] {
                ensure!(ask(&router, "/healthz", STRANGER, &[("host", host)]).await? == (StatusCode::OK, "ok\n".to_owned()), "{host}");
                ensure!(ask(&router, "/readyz", STRANGER, &[("host", host)]).await? == (StatusCode::OK, "ready\n".to_owned()), "{host}");
            }
            ensure!(ask(&router, "/", STRANGER, &[("host", "unknown.example")]).await?.0 == StatusCode::MISDIRECTED_REQUEST);
            let due = |minutes: i64| {
                db.write::<_, DbError>(Scope::Installation, move |tx| {
                    let at = tx.now()?.plus_seconds(-minutes * 60);
                    tx.execute(sql!("DELETE FROM job"), &[])?;
                    tx.execute(
                        sql!("INSERT INTO job (kind, payload, state, run_at, attempts, attempts_max, created_at) VALUES ('x', '', 'waiting', $1, 0, 1, $1)"),
                        &[&at],
                    )
                })
            };
            due(14).await?;
            ensure!(ask(&router, "/readyz", STRANGER, &[]).await?.0 == StatusCode::OK);
            due(16).await?;
            let (status, text) = ask(&router, "/readyz", STRANGER, &[]).await?;
            ensure!(status == StatusCode::SERVICE_UNAVAILABLE && text == "a job has been due for 16 minutes without a try\n", "{text}");
            db.write::<_, DbError>(Scope::Installation, |tx| tx.execute(sql!("DELETE FROM schema_migration WHERE number > 1"), &[])).await?;
            let (_, text) = ask(&router, "/readyz", STRANGER, &[]).await?;
            ensure!(text.contains("step 1 of the schema"), "{text}");
            Ok(())
        })
    });
}

#[test]
fn figures_are_for_this_machine_or_for_who_knows_the_token() {
    run(|runtime, db| {
        runtime.block_on(async {
            let (near, token, proxied) = (app(db, false).await?, app(db, false).await?, app(db, true).await?);
            let (near, token, proxied) = (router(&near, ""), router(&token, "geheim"), router(&proxied, ""));
            let check = async |router: &Router, peer: &str, headers: &[(&str, &str)], expected: StatusCode| -> Result<()> {
                let (status, text) = ask(router, "/metrics", peer, headers).await?;
                ensure!(status == expected && (status == StatusCode::OK) == text.contains("figures"), "{peer} {headers:?}: {status}");
                Ok(())
            };
            check(&near, PROXY, &[], StatusCode::OK).await?;
            check(&near, "[::1]:1", &[], StatusCode::OK).await?;
            check(&near, "[::ffff:127.0.0.1]:1", &[], StatusCode::OK).await?;
            check(&near, STRANGER, &[], StatusCode::NOT_FOUND).await?;
            check(&near, STRANGER, &[("authorization", "Bearer ")], StatusCode::NOT_FOUND).await?;
            check(&near, PROXY, &[("x-forwarded-for", "203.0.113.7")], StatusCode::NOT_FOUND).await?;
            check(&proxied, PROXY, &[], StatusCode::NOT_FOUND).await?;
            check(&token, STRANGER, &[("authorization", "Bearer geheim")], StatusCode::OK).await?;
            check(&token, STRANGER, &[("authorization", "Bearer geheim2")], StatusCode::NOT_FOUND).await?;
            check(&token, STRANGER, &[("authorization", "geheim")], StatusCode::NOT_FOUND).await?;
            ensure!(ask(&layers::assemble(&app(db, false).await?, Routes::new()), "/metrics", PROXY, &[]).await?.0 == StatusCode::NOT_FOUND);
            Ok(())
        })
    });
}

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().map(|mut all| all.extend_from_slice(bytes)).map_err(|_| std::io::ErrorKind::Other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_log_names_no_person_and_holds_no_secret() {
    run(|runtime, db| {
        let captured = Captured::default();
        let writer = captured.clone();
        let subscriber = allmende_platform::log::subscriber("trace", move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            runtime.block_on(async {
                let router = router(&app(db, false).await?, "canary-metrics");
                let headers = [
                    ("host", "muehlau.example"),
                    ("content-type", "application/x-www-form-urlencoded"),
                    ("origin", "http://muehlau.example"),
                    ("x-forwarded-for", "198.51.100.23"),
                    ("authorization", "Bearer canary-bearer"),
                    ("user-agent", "canary-agent"),
                    ("referer", "http://muehlau.example/canary-referer"),
                    ("cookie", "allmende-session=cafecafecafecafecafecafecafecafecafecafecafecafecafecafecafecafe"),
                ];
                let acts = [
                    ("POST", "/anmelden?weiter=canary-query", "email=canary-mail%40example.org&password=canary-password"),
                    ("GET", "/anmelden/canary-token", ""),
                    ("GET", "/canary-path", ""),
                    ("GET", "/panik?q=canary-question", ""),
                ];
                for (method, address, body) in acts {
                    router.clone().oneshot(request(method, address, STRANGER, &headers, body)?).await?;
                }
                Ok::<_, anyhow::Error>(())
            })
        })?;
        let log = captured.0.lock().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        ensure!(log.contains("/anmelden/{token}") && log.contains("request failed"), "something was logged: {log}");
        for canary in ["canary", "203.0.113.7", "198.51.100.23", "cafecafe"] {
            ensure!(!log.contains(canary), "{canary} is in the log:\n{log}");
        }
        Ok(())
    });
}
