//! An invented town with a neighbour in the same installation: two sites, a person of each role on each, and requests without a network.
//!
//! ```no_run
//! # async fn test(town: &allmende_testing::town::TestTown) -> anyhow::Result<()> {
//! use allmende_core::Role;
//! let page = town.get("/verwaltung").as_role(Role::Clerk).send().await?;
//! assert_eq!(page.status, 200);
//! let answer = town.post("/abmelden", &[]).as_role(Role::Clerk).send().await?;
//! assert_eq!(answer.location(), "/?hinweis=signed-out");
//! # Ok(())
//! # }
//! ```
//!
//! Musterau is the site of a request if nothing else is said; `on_neighbour` asks Beispielstadt, which is reached over TLS.

use allmende_core::{Id, Instant, Person, Role, Site};
use allmende_db::{Clock, Db, DbError, Scope, sql};
use allmende_platform::app::{App, DeskEntry, FrontPart, NavEntry, Parts, Ports};
use allmende_platform::passwords::Cost;
use allmende_platform::seal::Seal;
use allmende_platform::sessions;
use allmende_platform::sites::{self, NewSite, Settings, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::web::{Routes, guard, layers};
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, header};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The password of everybody in both towns.
pub const PASSWORD: &str = "Apfelbaum im Wind";
/// The moment at which a town begins: 8 June 2026, 9 o'clock in Musterau.
pub const BEGIN_MILLIS: i64 = 1_780_902_000_000;

/// What a town is built from: one room's parts, or those of all rooms.
#[derive(Clone, Copy)]
pub struct Assembly {
    /// The routes.
    pub routes: fn() -> Routes,
    /// The texts.
    pub texts: &'static Texts,
    /// The main navigation.
    pub navigation: fn() -> Vec<NavEntry>,
    /// The desk.
    pub desk: fn() -> Vec<DeskEntry>,
    /// The start page's sections.
    pub front: fn() -> Vec<FrontPart>,
    /// Where rooms meet.
    pub ports: fn() -> Ports,
}

/// The open sessions, by site and person.
type Tokens = HashMap<(Id<Site>, Id<Person>), String>;

/// The town.
pub struct TestTown {
    /// The running program.
    pub app: App,
    /// Musterau.
    pub site: Settings,
    /// Beispielstadt, in the same installation.
    pub neighbour: Settings,
    assembly: Assembly,
    router: Router,
    people: HashMap<(Id<Site>, Role), Id<Person>>,
    sessions: Mutex<Tokens>,
    clock: Clock,
    /// Removed when the town is gone.
    folder: TempDir,
}

impl TestTown {
    /// Founds both towns in a migrated, empty database. The clock stands at [`BEGIN_MILLIS`].
    ///
    /// # Errors
    /// What the database reports.
    pub async fn found(db: &Db, assembly: Assembly) -> Result<Self> {
        let clock = Clock::Fixed(Instant::from_millis(BEGIN_MILLIS));
        let db = db.with_clock(clock);
        let site = add_site(&db, "musterau", "Gemeinde Musterau", "http://musterau.example").await?;
        let neighbour = add_site(&db, "beispielstadt", "Stadt Beispielstadt", "https://beispielstadt.example").await?;
        let folder = tempfile::tempdir()?;
        let app = start(db, assembly, &folder).await?;
        let hash = app.passwords.hash(PASSWORD.to_owned()).await?;
        let mut people = HashMap::new();
        for (site, host) in [(site, "musterau.example"), (neighbour, "beispielstadt.example")] {
            for role in Role::ALL {
                people.insert((site, role), add_person(&app, site, role, host, &hash).await?);
            }
        }
        let find = |id| app.sites.all().into_iter().find(|settings| settings.id == id).map(|settings| Settings::clone(&settings)).context("no site");
        let (site, neighbour) = (find(site)?, find(neighbour)?);
        let router = layers::assemble(&app, (assembly.routes)());
        Ok(Self { app, site, neighbour, assembly, router, people, sessions: Mutex::default(), clock, folder })
    }

    /// Moves the clock of everything that is asked from now on.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn wait(&mut self, seconds: i64) -> Result<()> {
        let Clock::Fixed(now) = self.clock else { anyhow::bail!("a town's clock stands still") };
        self.clock = Clock::Fixed(now.plus_seconds(seconds));
        self.app = start(self.app.parts.db.with_clock(self.clock), self.assembly, &self.folder).await?;
        self.router = layers::assemble(&self.app, (self.assembly.routes)());
        Ok(())
    }

    /// The database with the town's clock.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.app.parts.db
    }

    /// The person with only this role (and that of a resident) in Musterau. Their address is `clerk@musterau.example` and so on.
    ///
    /// # Errors
    /// Never for a role of this program.
    pub fn person(&self, role: Role) -> Result<Id<Person>> {
        self.people.get(&(self.site.id, role)).copied().context("no such person")
    }

    /// The person with only this role in Beispielstadt.
    ///
    /// # Errors
    /// Never for a role of this program.
    pub fn neighbours_person(&self, role: Role) -> Result<Id<Person>> {
        self.people.get(&(self.neighbour.id, role)).copied().context("no such person")
    }

    /// The fields with which a form of Musterau passes its guard: a stamp of a minute ago, and the work on it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn guarded(&self, form: &str) -> Result<Vec<(&'static str, String)>> {
        let now = self.db().read(self.site.id, |tx| tx.now()).await?;
        let seal = &self.app.parts.seal;
        let stamp = guard::Stamp::new(now.plus_seconds(-60), 1)?.signed(seal, self.site.id, form);
        let read = guard::Stamp::read(&stamp, seal, self.site.id, form).context("no stamp")?;
        let work = guard::work::solve(&read.challenge, read.bits);
        Ok(vec![(guard::STAMP, stamp), (guard::WORK, work)])
    }

    /// Asks for a page.
    #[must_use]
    pub fn get<'t>(&'t self, path: &str) -> Ask<'t> {
        Ask::new(self, Method::GET, path)
    }

    /// Sends a form of this site.
    #[must_use]
    pub fn post<'t>(&'t self, path: &str, fields: &[(&str, &str)]) -> Ask<'t> {
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&");
        let mut ask = Ask::new(self, Method::POST, path);
        ask.body = body.into_bytes();
        ask.header(header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin")
    }
}

async fn start(db: Db, assembly: Assembly, folder: &TempDir) -> Result<App> {
    let parts = Parts {
        db,
        texts: assembly.texts,
        navigation: (assembly.navigation)(),
        desk: (assembly.desk)(),
        front: (assembly.front)(),
        ports: (assembly.ports)(),
        data: folder.path().to_owned(),
        server_timing: true,
        behind_proxy: false,
        password_cost: Cost::CHEAPEST,
        seal: Seal::new([7; 32]),
    };
    Ok(App::start(parts).await?)
}

async fn add_site(db: &Db, key: &str, name: &str, base_url: &str) -> Result<Id<Site>, DbError> {
    let new = NewSite {
        key: key.to_owned(),
        kind: SiteKind::Municipality,
        name: name.to_owned(),
        base_url: base_url.to_owned(),
        hue: 157,
        chroma_thousandths: 82,
        time_zone: "Europe/Berlin".to_owned(),
    };
    db.write(Scope::Installation, move |tx| sites::insert(tx, &new)).await
}

async fn add_person(app: &App, site: Id<Site>, role: Role, host: &str, hash: &str) -> Result<Id<Person>, DbError> {
    let (email, hash) = (format!("{}@{host}", role.key()), hash.to_owned());
    app.parts
        .db
        .write(site, move |tx| {
            let now = tx.now()?;
            let person: Id<Person> = tx.insert(
                sql!(
                    "INSERT INTO person (email, email_folded, public_name, language, password_hash, created_at) \
                     VALUES ($1, $1, $2, 'de', $3, $4) RETURNING id"
                ),
                &[&email, &role.key(), &hash, &now],
            )?;
            for own in [Role::Resident, role] {
                tx.execute(
                    sql!("INSERT INTO person_role (site_id, person_id, role, granted_at) VALUES ($1, $2, $3, $4) ON CONFLICT (site_id, person_id, role) DO NOTHING"),
                    &[&site, &person, &own.key(), &now],
                )?;
            }
            Ok(person)
        })
        .await
}

enum Who {
    Stranger,
    Role(Role),
    Person(Id<Person>),
    Token(String),
}

/// A request that is being put together.
pub struct Ask<'t> {
    town: &'t TestTown,
    method: Method,
    path: String,
    who: Who,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    to_neighbour: bool,
    client: [u8; 4],
}

impl<'t> Ask<'t> {
    fn new(town: &'t TestTown, method: Method, path: &str) -> Self {
        let (headers, body) = (Vec::new(), Vec::new());
        Self { town, method, path: path.to_owned(), who: Who::Stranger, headers, body, to_neighbour: false, client: [203, 0, 113, 9] }
    }

    /// As the person with this role on the site that is asked.
    #[must_use]
    pub fn as_role(mut self, role: Role) -> Self {
        self.who = Who::Role(role);
        self
    }

    /// As somebody with a session on the site that is asked.
    #[must_use]
    pub fn as_person(mut self, person: Id<Person>) -> Self {
        self.who = Who::Person(person);
        self
    }

    /// With this session token, wherever it came from.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.who = Who::Token(token.to_owned());
        self
    }

    /// To Beispielstadt instead of Musterau.
    #[must_use]
    pub const fn on_neighbour(mut self) -> Self {
        self.to_neighbour = true;
        self
    }

    /// From this client address.
    #[must_use]
    pub const fn from_client(mut self, address: [u8; 4]) -> Self {
        self.client = address;
        self
    }

    /// With one more header; a second one of the same name replaces the first.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(own, _)| own != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With this body instead of a form.
    #[must_use]
    pub fn body(mut self, media_type: &str, bytes: Vec<u8>) -> Self {
        self.body = bytes;
        self.header(header::CONTENT_TYPE.as_str(), media_type)
    }

    /// Sends it through all layers.
    ///
    /// # Errors
    /// What the database reports; a body that is not text is kept as far as it is.
    pub async fn send(self) -> Result<Answer> {
        let town = self.town;
        let site = if self.to_neighbour { &town.neighbour } else { &town.site };
        let host = sites::host_of(&site.base_url).context("no host")?;
        let mut request = Request::builder().method(self.method.clone()).uri(&self.path).header(header::HOST, host);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let token = match self.who {
            Who::Stranger => None,
            Who::Token(token) => Some(token),
            Who::Person(person) => Some(session(town, site.id, person).await?),
            Who::Role(role) => {
                let person = town.people.get(&(site.id, role)).copied().context("no such person")?;
                Some(session(town, site.id, person).await?)
            }
        };
        if let Some(token) = token {
            request = request.header(header::COOKIE, format!("{}={token}", sessions::cookie_name(site)));
        }
        let client: SocketAddr = (self.client, 40_000).into();
        let response = town.router.clone().oneshot(request.extension(ConnectInfo(client)).body(Body::from(self.body))?).await?;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 * 1024 * 1024).await?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

/// The session of a person on a site: the one they have already, or a new one.
async fn session(town: &TestTown, site: Id<Site>, person: Id<Person>) -> Result<String> {
    let known = town.sessions.lock().ok().and_then(|sessions| sessions.get(&(site, person)).cloned());
    if let Some(token) = known {
        let asked = token.clone();
        if town.db().read(site, move |tx| sessions::find(tx, &asked)).await?.is_some() {
            return Ok(token);
        }
    }
    let token = town.db().write(site, move |tx| sessions::begin(tx, person)).await?.text();
    if let Ok(mut sessions) = town.sessions.lock() {
        sessions.insert((site, person), token.clone());
    }
    Ok(token)
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// Where it leads on; empty if nowhere.
    #[must_use]
    pub fn location(&self) -> &str {
        self.text(header::LOCATION.as_str())
    }

    /// A header as text; empty if it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The session token that it sets.
    #[must_use]
    pub fn session(&self) -> Option<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let own = cookies.filter_map(|text| text.split(';').next()?.split_once('='));
        own.filter(|(name, _)| name.ends_with("allmende-session")).map(|(_, token)| token.to_owned()).next()
    }

    /// The database statements that it took.
    #[must_use]
    pub fn statements(&self) -> Option<u64> {
        self.text("server-timing").split("statements=").nth(1)?.split('"').next()?.parse().ok()
    }

    /// Fails unless the status is the expected one, with the page as the reason.
    ///
    /// # Errors
    /// Another status.
    pub fn expect(self, status: u16) -> Result<Self> {
        ensure!(self.status == status, "expected {status}, got {}: {} {}", self.status, self.location(), self.body.chars().take(4_000).collect::<String>());
        Ok(self)
    }
}
