//! An invented small town for the tests of the pages: rows by plain SQL, pages through the router without a socket.

use allmende_core::{Id, Instant, Site};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, Tx, sql};
use allmende_platform::App;
use allmende_platform::Ctx;
use allmende_platform::app::{FrontContext, NavEntry, Parts, Ports};
use allmende_platform::passwords::Cost;
use allmende_platform::seal::Seal;
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::web::{AppError, Policy, Routes, layers};
use allmende_testing::on_both_engines;
use anyhow::{Context, Result};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, header};
use std::path::PathBuf;
use tower::ServiceExt;

/// Monday, 8 June 2026, 10 o'clock in Berlin.
pub const NOW: i64 = 1_780_905_600_000;
/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// Runs a test in the town on both engines.
pub fn in_town(test: impl Fn(&Town) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Fixed(Instant::from_millis(NOW)), |db| {
        let town = Town::found(db)?;
        test(&town)
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

/// A page as a reader gets it.
pub struct Page {
    /// The status code.
    pub status: u16,
    /// Where it leads, for redirects.
    pub location: String,
    /// Statements made.
    pub statements: u32,
    /// The text.
    pub html: String,
}

/// The running program with two sites.
pub struct Town {
    runtime: tokio::runtime::Runtime,
    router: axum::Router,
    db: Db,
    /// The town.
    pub site: Id<Site>,
    /// Its neighbour on the same installation.
    pub neighbour: Id<Site>,
}

impl Town {
    fn found(db: &Db) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let new = |key: &str| NewSite {
            key: key.to_owned(),
            kind: SiteKind::Municipality,
            name: format!("Gemeinde {key}"),
            base_url: format!("https://{key}.example"),
            hue: 157,
            chroma_thousandths: 82,
            time_zone: "Europe/Berlin".to_owned(),
        };
        let site = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new("musterau")))?;
        let neighbour = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new("nachbar")))?;
        let parts = Parts {
            db: db.clone(),
            texts: Texts::load(&[allmende_platform::TEXTS, allmende_council::TEXTS])?,
            navigation: vec![NavEntry { key: "nav-council", path: "/rat" }],
            desk: Vec::new(),
            front: Vec::new(),
            ports: Ports::default(),
            data: PathBuf::new(),
            server_timing: true,
            behind_proxy: false,
            password_cost: Cost::CHEAPEST,
            seal: Seal::random()?,
        };
        let app = runtime.block_on(App::start(parts))?;
        let router = layers::assemble(&app, allmende_council::routes().merge(Routes::new().get("/anfang", Policy::Public, front)));
        Ok(Self { runtime, router, db: db.clone(), site, neighbour })
    }

    /// Writes rows of the town.
    pub fn write<T: Send + 'static>(&self, f: impl FnMut(&mut Tx<'_>) -> Result<T, DbError> + Send + 'static) -> Result<T> {
        self.write_for(self.site, f)
    }

    /// Writes rows of a site.
    pub fn write_for<T: Send + 'static>(&self, site: Id<Site>, f: impl FnMut(&mut Tx<'_>) -> Result<T, DbError> + Send + 'static) -> Result<T> {
        Ok(self.db.write_blocking(site, f)?)
    }

    /// Asks for a page of the town.
    pub fn get(&self, path: &str) -> Result<Page> {
        let request = Request::builder().uri(path).header(header::HOST, "musterau.example").body(Body::empty())?;
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await?;
            let text = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            let (status, location, timing) = (response.status().as_u16(), text("location"), text("server-timing"));
            let count = timing.split("statements=").nth(1).and_then(|rest| rest.split('"').next()).context("no Server-Timing")?;
            let statements = count.parse()?;
            let html = String::from_utf8(to_bytes(response.into_body(), 4_000_000).await?.to_vec())?;
            Ok(Page { status, location, statements, html })
        })
    }
}

/// The council's sections of the start page alone.
async fn front(State(app): State<App>, ctx: Ctx) -> Result<String, AppError> {
    let context = FrontContext { ctx: ctx.clone() };
    app.read(&ctx, move |tx| {
        let week = allmende_council::pages::front_part(tx, &context)?;
        Ok(format!("{week}{}", allmende_council::pages::decided_part(tx, &context)?))
    })
    .await
}

/// A paper.
pub fn paper(tx: &mut Tx<'_>, name: &str, reference: &str, dated_on: Option<&str>, state: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<str> = tx.insert(
        sql!(
            "INSERT INTO council_paper (site_id, name, reference, kind, dated_on, state, created_at, modified_at) \
             VALUES ($1, $2, $3, 'Beschlussvorlage', $4, $5, 0, 0) RETURNING id"
        ),
        &[&site, &name, &reference, &dated_on, &state],
    )?;
    Ok(id.get())
}

/// A committee.
pub fn organization(tx: &mut Tx<'_>, name: &str, state: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<str> = tx.insert(
        sql!("INSERT INTO council_organization (site_id, name, sort_key, state, created_at, modified_at) VALUES ($1, $2, $2, $3, 0, 0) RETURNING id"),
        &[&site, &name, &state],
    )?;
    Ok(id.get())
}

/// A meeting of a committee, so many days from now.
pub fn meeting(tx: &mut Tx<'_>, committee: i64, name: &str, days: i64, state: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let at = NOW + days * DAY + 9 * 3_600_000;
    let id: Id<str> = tx.insert(
        sql!("INSERT INTO council_meeting (site_id, name, starts_at, state, created_at, modified_at) VALUES ($1, $2, $3, $4, 0, 0) RETURNING id"),
        &[&site, &name, &at, &state],
    )?;
    tx.execute(
        sql!("INSERT INTO council_meeting_organization (site_id, meeting_id, organization_id, position) VALUES ($1, $2, $3, 0)"),
        &[&site, &id, &committee],
    )?;
    Ok(id.get())
}

/// An item on an agenda.
pub struct Item<'a> {
    /// Its meeting.
    pub meeting: i64,
    /// Its position and number.
    pub position: i64,
    /// Its title.
    pub name: &'a str,
    /// Its result.
    pub result: Option<&'a str>,
    /// 0 or 1.
    pub is_public: i64,
    /// Why it is not public.
    pub reason: Option<&'a str>,
    /// Its state.
    pub state: &'a str,
}

impl Default for Item<'_> {
    fn default() -> Self {
        Self { meeting: 0, position: 1, name: "Punkt", result: None, is_public: 1, reason: None, state: "public" }
    }
}

/// Writes an item.
pub fn item(tx: &mut Tx<'_>, item: &Item<'_>) -> Result<i64, DbError> {
    let site = tx.site()?;
    let number = item.position.to_string();
    let id: Id<str> = tx.insert(
        sql!(
            "INSERT INTO council_agenda_item (site_id, meeting_id, position, number, name, result, is_public, reason_non_public, state, created_at, modified_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0) RETURNING id"
        ),
        &[&site, &item.meeting, &item.position, &number, &item.name, &item.result, &item.is_public, &item.reason, &item.state],
    )?;
    Ok(id.get())
}

/// Puts a paper on an agenda.
pub fn consult(tx: &mut Tx<'_>, paper: i64, committee: i64, meeting: i64, item: i64, role: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<str> = tx.insert(
        sql!(
            "INSERT INTO council_consultation (site_id, paper_id, agenda_item_id, meeting_id, role, state, created_at, modified_at) \
             VALUES ($1, $2, $3, $4, $5, 'public', 0, 0) RETURNING id"
        ),
        &[&site, &paper, &item, &meeting, &role],
    )?;
    tx.execute(
        sql!("INSERT INTO council_consultation_organization (site_id, consultation_id, organization_id, position) VALUES ($1, $2, $3, 0)"),
        &[&site, &id, &committee],
    )?;
    tx.execute(sql!("UPDATE council_agenda_item SET consultation_id = $2 WHERE id = $1"), &[&item, &id])?;
    Ok(id.get())
}

/// A person with a seat.
pub fn person(tx: &mut Tx<'_>, name: &str, committee: i64, ends_on: Option<&str>, state: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<str> = tx.insert(
        sql!("INSERT INTO council_person (site_id, name, sort_key, state, created_at, modified_at) VALUES ($1, $2, $2, $3, 0, 0) RETURNING id"),
        &[&site, &name, &state],
    )?;
    tx.execute(
        sql!(
            "INSERT INTO council_membership (site_id, person_id, organization_id, role, starts_on, ends_on, state, created_at, modified_at) \
             VALUES ($1, $2, $3, 'Mitglied', '2019-07-01', $4, 'public', 0, 0)"
        ),
        &[&site, &id, &committee, &ends_on],
    )?;
    Ok(id.get())
}

/// A file of a paper, with the pages of its text or none.
pub fn file(tx: &mut Tx<'_>, name: &str, paper: i64, pages: Option<&str>, state: &str) -> Result<i64, DbError> {
    let site = tx.site()?;
    let text_state = if pages.is_some() { "done" } else { "none" };
    let id: Id<str> = tx.insert(
        sql!(
            "INSERT INTO council_file (site_id, name, mime_type, size_bytes, access_url, text_state, state, created_at, modified_at) \
             VALUES ($1, $2, 'application/pdf', 240000, 'https://rat.example/1.pdf', $3, $4, 0, 0) RETURNING id"
        ),
        &[&site, &name, &text_state, &state],
    )?;
    tx.execute(sql!("INSERT INTO council_file_use (site_id, file_id, role, paper_id, position) VALUES ($1, $2, 'main', $3, 0)"), &[&site, &id, &paper])?;
    if let Some(pages) = pages {
        tx.execute(sql!("INSERT INTO council_file_text (file_id, site_id, pages, read_at) VALUES ($1, $2, $3, 0)"), &[&id, &site, &pages])?;
    }
    Ok(id.get())
}

/// A place that a paper is about.
pub fn place(tx: &mut Tx<'_>, name: &str, paper: i64) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<str> = tx.insert(
        sql!("INSERT INTO council_location (site_id, description, state, created_at, modified_at) VALUES ($1, $2, 'public', 0, 0) RETURNING id"),
        &[&site, &name],
    )?;
    tx.execute(sql!("INSERT INTO council_paper_location (site_id, paper_id, location_id, position) VALUES ($1, $2, $3, 0)"), &[&site, &paper, &id])?;
    Ok(id.get())
}

/// The old address of an object.
pub fn origin(tx: &mut Tx<'_>, url: &str, kind: &str, object: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let known = tx.find(sql!("SELECT id FROM council_source WHERE site_id = $1"), &[&site], |row| row.get::<i64>(0))?;
    let source = match known {
        Some(source) => source,
        None => tx
            .insert::<str>(
                sql!("INSERT INTO council_source (site_id, url, file_mode, created_at) VALUES ($1, 'https://rat.example', 'link', 0) RETURNING id"),
                &[&site],
            )?
            .get(),
    };
    tx.execute(
        sql!("INSERT INTO council_origin (site_id, source_id, url, kind, object_id) VALUES ($1, $2, $3, $4, $5)"),
        &[&site, &source, &url, &kind, &object],
    )?;
    Ok(())
}
