//! `/beteiligung/{slug}/mitmachen`: a resident shows once that they may take part. What they type is compared and forgotten; kept are
//! the conditions that it met. A code counts in the transaction that writes the pass.

use super::entry::Entry;
use super::rules::{ByProvider, SHOWS_AN_HOUR_MAX, refusal};
use super::store::{self, Holder, digest};
use super::words::clause;
use crate::pages::words::Words;
use crate::pages::{Parameters, frame, id_of};
use crate::rules::{Condition, Standing};
use crate::store::processes::{self, Process};
use allmende_audience::census::{Claim, Trouble, birth_date};
use allmende_audience::condition::age_on;
use allmende_audience::{Ask, LetterCode, PostalCode};
use allmende_core::{Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::guests::Guest;
use allmende_platform::seal::household;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::{Issued, STAMP};
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Fields, Form, Guard, Shell, page as answer};
use allmende_platform::{App, AppError, Ctx, claims};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

/// The form, for its guard.
const FORM: &str = "dialogue-audience";

/// One condition on the page.
struct Line {
    text: String,
    is_met: bool,
}

#[derive(Template)]
#[template(path = "beteiligung/mitmachen.html")]
struct ShowPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    path: String,
    own: String,
    lines: Vec<Line>,
    sign_in: Option<String>,
    /// The way to the provider of accounts, which may say what is asked for.
    provider: Option<String>,
    closed: Option<&'static str>,
    is_form: bool,
    /// The fields of the form; none where the provider says enough.
    asks: Vec<&'static str>,
    form: Form,
    issued: Issued,
    back: String,
}

impl ShowPage {
    fn asks(&self, field: &str) -> bool {
        self.asks.contains(&field)
    }
}

/// The field in which something is asked for; what a form cannot ask has none.
const fn field_of(ask: Ask) -> &'static str {
    match ask {
        Ask::SignIn | Ask::Provider | Ask::Email => "",
        Ask::Name => "name",
        Ask::PostalCode => "postal_code",
        Ask::BirthDate => "born_on",
        Ask::LetterCode => "letter_code",
        Ask::Token => "token",
    }
}

/// Where a reader goes on: only into this process.
fn back_of(process: &Process, asked: &str) -> String {
    let is_own = asked.starts_with(&process.path()) || asked.starts_with(&format!("/beteiligung/{}/", process.id));
    let is_plain = asked.len() <= 300 && !asked.chars().any(|sign| sign == '\\' || sign.is_control());
    if is_own && is_plain { asked.to_owned() } else { process.path() }
}

/// Goes on, with the cookie that says what was shown.
fn onward(ctx: &Ctx, process: i64, guest: Guest, path: &str) -> Response {
    let cookie = guest.with(process).set_cookie(&ctx.site);
    ([(SET_COOKIE, cookie)], Redirect::to(path)).into_response()
}

fn known_or_new(ctx: &Ctx) -> Result<Guest, AppError> {
    Ok(ctx.guest.clone().map_or_else(Guest::new, Ok)?)
}

struct Read {
    process: Process,
    missing: Vec<Condition>,
    by_provider: ByProvider,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, ctx: &Ctx, id: i64) -> Result<Read, AppError> {
    let process = frame::public(processes::find(tx, id)?)?;
    let entry = Entry::read(tx, ctx, &process, None)?;
    let missing = entry.proof.missing(&process.audience).into_iter().filter(|condition| **condition != Condition::ConfirmedEmail);
    let missing: Vec<Condition> = missing.cloned().collect();
    let by_provider = if missing.iter().any(is_of_provider) {
        let said = ctx.actor.person().map(|person| claims::of_person(tx, person)).transpose()?.unwrap_or_default();
        ByProvider::of(&missing, &said, &claims::list_names(tx)?)
    } else {
        ByProvider::NotAsked
    };
    Ok(Read { missing, by_provider, now: tx.now()?, process })
}

const fn is_of_provider(condition: &Condition) -> bool {
    matches!(condition, Condition::Attribute { .. })
}

/// The page; who has shown everything goes on at once.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn page(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let (id, asked) = (id_of(&slug)?, ctx.clone());
    let read = app.read(&ctx, move |tx| read(tx, &asked, id)).await?;
    let back = back_of(&read.process, query.get("weiter").map_or("", String::as_str));
    if read.missing.is_empty() {
        return Ok(match super::rules::shown(&read.process.audience).next() {
            Some(_) => onward(&ctx, id, known_or_new(&ctx)?, &back),
            None => Redirect::to(&back).into_response(),
        });
    }
    answer(&view(&app, &ctx, &read, back, Form::new(ctx.t))?)
}

fn view(app: &App, ctx: &Ctx, read: &Read, back: String, form: Form) -> Result<ShowPage, AppError> {
    let (t, process, words) = (ctx.t, &read.process, Words::new(ctx, read.now));
    let own = format!("{}/mitmachen", process.path());
    let mut shell = frame::shell(app, ctx, process, t.get("audience-show")).crumb(process.title.clone(), process.path()).here(t.get("audience-show"));
    shell.hidden_from_search = true;
    form.mark(&mut shell);
    let is_over = words.standing(process) == Standing::Ended;
    let first = read.missing.iter().find(|condition| !condition.is_shown());
    let is_closed = first.is_some() && ctx.actor.person().is_some();
    let closed = if is_over { Some("dialogue-over") } else { first.filter(|_| is_closed).map(|condition| refusal(condition).key) };
    let closed = closed.or_else(|| read.by_provider.closed());
    // Whoever comes in by the provider has an account as well.
    let by_provider = closed.is_none() && read.by_provider == ByProvider::Silent;
    let is_form = closed.is_none() && first.is_none() && !by_provider;
    let again = encode(&format!("{own}?weiter={}", encode(&back)));
    let asks: Vec<&'static str> =
        read.missing.iter().filter(|_| is_form).flat_map(Condition::asks).map(|ask| field_of(*ask)).filter(|field| !field.is_empty()).collect();
    let line = |condition: &Condition| Line { text: clause(t, condition), is_met: !read.missing.contains(condition) };
    Ok(ShowPage {
        issued: Guard::new(app, ctx, FORM).stamp(read.now, form.value(STAMP))?,
        title: process.title.clone(),
        path: process.path(),
        lines: process.audience.conditions().iter().map(line).collect(),
        sign_in: (first.is_some() && closed.is_none() && !by_provider).then(|| format!("/anmelden?weiter={again}")),
        provider: by_provider.then(|| format!("/anmelden/extern?weiter={again}")),
        closed: closed.and_then(|key| t.find(key)),
        is_form,
        asks,
        form,
        back,
        own,
        shell,
        words,
        t,
    })
}

/// What came of a try. The count of tries is kept in any case, so a refusal is no error of the closure.
enum Outcome {
    Shown,
    Refused(Box<Read>, Vec<Refusal>),
    TooMany,
}

/// Takes what somebody shows.
///
/// # Errors
/// 404 for what is no public process; 422 with the page and what was refused; 429 after too many tries.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let (id, guest) = (id_of(&slug)?, known_or_new(&ctx)?);
    let (asked, running, sent, holder) = (ctx.clone(), app.clone(), fields.clone(), guest.clone());
    let (outcome, path) = app
        .write(&ctx, move |tx| {
            let read = read(tx, &asked, id)?;
            let back = back_of(&read.process, sent.raw("weiter"));
            Ok::<_, AppError>((try_to_show(tx, &running, &asked, read, &sent, &holder)?, back))
        })
        .await?;
    match outcome {
        Outcome::Shown => Ok(onward(&ctx, id, guest, &path)),
        Outcome::Refused(read, refusals) => refused_page(&view(&app, &ctx, &read, path, Form::refused(ctx.t, &fields, refusals))?),
        Outcome::TooMany => Err(AppError::TooMany),
    }
}

fn try_to_show(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, read: Read, fields: &Fields, guest: &Guest) -> Result<Outcome, AppError> {
    if let Some(condition) = read.missing.iter().find(|condition| !condition.is_shown()) {
        let refusals = vec![refusal(condition)];
        return Ok(Outcome::Refused(Box::new(read), refusals));
    }
    let who = match (ctx.actor.person(), ctx.client) {
        (Some(person), _) => format!("person {person}"),
        (None, Some(client)) => household(client),
        (None, None) => "nobody".to_owned(),
    };
    let guard = Guard::new(app, ctx, FORM);
    // Where the provider says everything, there is nothing to guess.
    if !read.missing.iter().all(is_of_provider) {
        match guard.check(tx, fields) {
            Err(AppError::Refused(refusal)) => return Ok(Outcome::Refused(Box::new(read), vec![refusal])),
            checked => checked?,
        };
        if is_too_often(guard.check_person(tx, &who, SHOWS_AN_HOUR_MAX))? {
            return Ok(Outcome::TooMany);
        }
    }
    let mut typed = Typed { guard, fields, today: read.now.at(&ctx.site.zone).date(), entries: Vec::new() };
    let mut refusals = Vec::new();
    for condition in &read.missing {
        match typed.meets(tx, app, &read, condition)? {
            Ok(()) => {}
            Err(refusal) if refusal.key == TOO_MANY => return Ok(Outcome::TooMany),
            Err(refusal) if refusals.contains(&refusal) => {}
            Err(refusal) => refusals.push(refusal),
        }
    }
    if !refusals.is_empty() {
        return Ok(Outcome::Refused(Box::new(read), refusals));
    }
    for entry in typed.entries {
        store::redeem(tx, entry)?;
    }
    let holder = ctx.actor.person().map_or_else(|| Holder::Guest(guest.digest(read.process.id)), Holder::Account);
    // Only what is shown once is kept; what was met before stays met.
    let met: Vec<Condition> = super::rules::shown(&read.process.audience).cloned().collect();
    store::keep_pass(tx, read.process.id, &holder, &met)?;
    if let Holder::Account(_) = holder {
        // What was shown in this browser before signing in is the account's now, and nobody else's.
        store::delete_guest_pass(tx, read.process.id, &guest.digest(read.process.id))?;
    }
    Ok(Outcome::Shown)
}

/// Whether a try was one too many. It stays counted, so it is no error of the closure.
fn is_too_often(checked: Result<(), AppError>) -> Result<bool, AppError> {
    match checked {
        Ok(()) => Ok(false),
        Err(AppError::TooMany) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Stands for a limit that was reached while something was looked up.
const TOO_MANY: &str = "audience-too-many";

/// What somebody typed, and the entries of lists that it names.
struct Typed<'f> {
    guard: Guard,
    fields: &'f Fields,
    today: Date,
    entries: Vec<store::Entry>,
}

impl Typed<'_> {
    fn meets(&mut self, tx: &mut Tx<'_>, app: &App, read: &Read, condition: &Condition) -> Result<Result<(), Refusal>, AppError> {
        Ok(match condition {
            Condition::PostalCodes { codes } => match PostalCode::new(&self.fields.line("postal_code")) {
                Ok(code) if codes.contains(&code) => Ok(()),
                Ok(_) => Err(Refusal::of_field("postal_code", "audience-not-in-area")),
                Err(_) => Err(Refusal::of_field("postal_code", Trouble::PostalCode.key())),
            },
            Condition::MinimumAge { years } => match birth_date(&self.fields.line("born_on"), self.today) {
                Ok(born) if age_on(born, self.today) >= i32::from(*years) => Ok(()),
                Ok(_) => Err(Refusal::of_field("born_on", "audience-too-young")),
                Err(trouble) => Err(Refusal::of_field("born_on", trouble.key())),
            },
            Condition::Census => return self.census(tx, app, read),
            Condition::LetterCode => return self.code(tx, app, read.process.id, condition.kind(), "letter_code"),
            Condition::Token => return self.code(tx, app, read.process.id, condition.kind(), "token"),
            Condition::Attribute { .. } if read.by_provider == ByProvider::Confirmed => Ok(()),
            other => Err(refusal(other)),
        })
    }

    fn census(&mut self, tx: &mut Tx<'_>, app: &App, read: &Read) -> Result<Result<(), Refusal>, AppError> {
        let line = |name: &str| self.fields.line(name);
        let claim = match Claim::new(&line("name"), &line("born_on"), &line("postal_code"), self.today) {
            Ok(claim) => claim,
            Err(trouble) => {
                let field = match trouble {
                    Trouble::BirthDate => "born_on",
                    Trouble::PostalCode => "postal_code",
                    _ => "name",
                };
                return Ok(Err(Refusal::of_field(field, trouble.key())));
            }
        };
        // Nobody tries all birthdays of one name from many addresses.
        let name = format!("census {} {}", read.process.id, allmende_audience::names::normal(&line("name")));
        if is_too_often(self.guard.check_person(tx, &name, SHOWS_AN_HOUR_MAX))? {
            return Ok(Err(Refusal::new(TOO_MANY)));
        }
        let digest = digest(&app.parts.seal, read.process.id, Condition::Census.kind(), &claim.key());
        self.entry(tx, read.process.id, Condition::Census.kind(), &digest, ("name", "census-not-found", "census-used"))
    }

    fn code(&mut self, tx: &mut Tx<'_>, app: &App, process: i64, kind: &str, field: &'static str) -> Result<Result<(), Refusal>, AppError> {
        let code = match LetterCode::parse(&self.fields.line(field)) {
            Ok(code) => code,
            Err(error) => return Ok(Err(Refusal::of_field(field, error.key()))),
        };
        self.entry(tx, process, kind, &digest(&app.parts.seal, process, kind, &code.text()), (field, "code-unknown", "code-used"))
    }

    fn entry(
        &mut self,
        tx: &mut Tx<'_>,
        process: i64,
        kind: &str,
        digest: &[u8],
        (field, unknown, used): (&'static str, &'static str, &'static str),
    ) -> Result<Result<(), Refusal>, AppError> {
        Ok(match store::find_entry(tx, process, kind, digest)? {
            Some(entry) if entry.uses_left > 0 => {
                self.entries.push(entry);
                Ok(())
            }
            Some(_) => Err(Refusal::of_field(field, used)),
            None => Err(Refusal::of_field(field, unknown)),
        })
    }
}
