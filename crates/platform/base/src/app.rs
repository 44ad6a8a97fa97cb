//! The running program: what every handler is given.

use crate::attachments::Attachments;
use crate::fresh::Fresh;
use crate::limits;
use crate::moderated::Moderated;
use crate::outcomes::{Extra, Outcomes};
use crate::passwords::{Cost, Passwords};
use crate::personal::Personal;
use crate::picture_store::Pictures;
use crate::seal::Seal;
use crate::search::{EnrichDocument, NoSearch, Point, Search, Source};
use crate::sites::Sites;
use crate::texts::Texts;
use crate::tiles::Tiles;
use crate::together::Together;
use crate::web::crowd::Crowd;
use crate::web::request::Ctx;
use allmende_core::{Act, Language};
use allmende_db::{Db, DbError, Tx};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

/// One section of the start page, made by a room in the database closure of that page. An empty text leaves it out.
pub type FrontPart = fn(&mut Tx<'_>, &FrontContext) -> Result<String, DbError>;

/// What a section of the start page is made from.
#[derive(Clone)]
pub struct FrontContext {
    /// The request.
    pub ctx: Ctx,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry {
    /// Key of its text.
    pub key: &'static str,
    /// Address of the room's first page.
    pub path: &'static str,
}

/// One entry of the desk, where the administration works. Shown to whoever may do `act`.
#[derive(Debug, Clone, Copy)]
pub struct DeskEntry {
    /// Key of its text.
    pub key: &'static str,
    /// Key of the sentence that says what can be done there.
    pub help_key: &'static str,
    /// Address of its first page.
    pub path: &'static str,
    /// What one must be allowed to do.
    pub act: Act,
}

/// Where rooms meet without knowing one another: what one offers and others ask for. Empty in tests of one room.
#[derive(Clone)]
pub struct Ports {
    /// The search.
    pub search: Arc<dyn Search>,
    /// What rooms tell the search.
    pub sources: Vec<Source>,
    /// What the program adds to a document before it is held against questions.
    pub enrich: EnrichDocument,
    /// Where an address on the transaction's site lies, as far as the site knows its places.
    pub resolve_place: ResolvePlace,
    /// What lies around a point of the transaction's site.
    pub survey_place: SurveyPlace,
    /// Where the boundaries of the site's districts stand as GeoJSON, from the slash on; empty if nowhere.
    pub boundaries_path: &'static str,
    /// Map tiles of another server; usually none.
    pub tiles: Option<Arc<Tiles>>,
    /// What comes out of meetings.
    pub outcomes: Option<Outcomes>,
    /// Papers that take files of other rooms.
    pub attachments: Option<Attachments>,
    /// What rooms add to the objects of others in open interfaces.
    pub extras: Vec<Extra>,
    /// What is kept of people with an account, in the order of the account's page. The account itself comes last: others name it.
    pub personal: Vec<Personal>,
    /// What people contribute in rooms and moderation looks after, one for each kind.
    pub moderated: Vec<Moderated>,
    /// Whether the provider of accounts may have an address of the own network, and go without TLS: the operator's word.
    pub private_sign_in: bool,
}

/// Finds where an address lies. At most two statements.
pub type ResolvePlace = fn(&mut Tx<'_>, &str) -> Result<Option<Point>, DbError>;

/// What a site knows of the surroundings of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    /// Where things of this site lie, with much room around: west, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// The nearest street, if there is one close by.
    pub street: Option<String>,
    /// The district in which the point lies.
    pub district: Option<String>,
}

/// Tells what lies around a point. At most two statements.
pub type SurveyPlace = fn(&mut Tx<'_>, Point) -> Result<Surroundings, DbError>;

impl Default for Ports {
    fn default() -> Self {
        Self {
            search: Arc::new(NoSearch),
            sources: Vec::new(),
            enrich: Arc::new(|_, _| {}),
            resolve_place: |_, _| Ok(None),
            survey_place: |_, _| Ok(Surroundings { bounds: [-180.0, -90.0, 180.0, 90.0], street: None, district: None }),
            boundaries_path: "",
            tiles: None,
            outcomes: None,
            attachments: None,
            extras: Vec::new(),
            personal: Vec::new(),
            moderated: Vec::new(),
            private_sign_in: false,
        }
    }
}

/// What the server puts together at the start.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The texts of all rooms.
    pub texts: &'static Texts,
    /// The main navigation, in order.
    pub navigation: Vec<NavEntry>,
    /// The desk of the administration, in order.
    pub desk: Vec<DeskEntry>,
    /// The sections of the start page, in order.
    pub front: Vec<FrontPart>,
    /// Where rooms meet.
    pub ports: Ports,
    /// The data folder: kept files lie in its folder `files`.
    pub data: PathBuf,
    /// Whether responses carry `Server-Timing`.
    pub server_timing: bool,
    /// Whether the reverse proxy in front is trusted to name the client's address.
    pub behind_proxy: bool,
    /// What hashing a password costs: [`Cost::OWASP`] but in tests.
    pub password_cost: Cost,
    /// The key for digests of addresses.
    pub seal: Seal,
}

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// Everything behind [`App`].
pub struct Inner {
    /// What was put together at the start.
    pub parts: Parts,
    /// The sites, in memory.
    pub sites: Sites,
    /// Hashes and compares passwords.
    pub passwords: Passwords,
    /// What many pages read alike.
    pub fresh: Fresh,
    /// What many ask for in one moment.
    pub(crate) together: Together,
    /// Who is inside, and who waits.
    pub crowd: Crowd,
    /// Uploaded pictures on their way in.
    pub pictures: Pictures,
}

impl App {
    /// Puts the program together and reads the sites.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn start(parts: Parts) -> Result<Self, DbError> {
        let sites = Sites::default();
        sites.refresh(&parts.db).await?;
        let passwords = Passwords::new(parts.password_cost);
        Ok(Self(Arc::new(Inner {
            parts,
            sites,
            passwords,
            fresh: Fresh::default(),
            together: Together::default(),
            crowd: Crowd::new(limits::CROWD_MAX),
            pictures: Pictures::default(),
        })))
    }

    /// Reads from the database for a request, bound to its site.
    ///
    /// # Errors
    /// Whatever the closure returns.
    pub async fn read<T, E>(&self, ctx: &Ctx, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.parts.db.read(ctx.site.id, f).await
    }

    /// Writes to the database for a request, bound to its site.
    ///
    /// # Errors
    /// Whatever the closure returns.
    pub async fn write<T, E>(&self, ctx: &Ctx, f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + allmende_db::Conflicts + Send + 'static,
    {
        self.parts.db.write(ctx.site.id, f).await
    }

    /// The texts in one language.
    #[must_use]
    pub fn speak(&self, language: Language) -> crate::texts::Speaker {
        self.parts.texts.speak(language)
    }
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
