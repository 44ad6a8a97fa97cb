//! To the provider and back: two addresses that a browser passes through, and the page that says why somebody was not let in.
//!
//! Both are links and no forms, because browsers hold a form's redirects to our own policy, and providers send people on to
//! others. What going there writes is an errand that ends by itself; coming back counts only with the cookie that it left.

use super::client::{self, Answer, Answered, Asking};
use super::provider::Description;
use super::token::Named;
use super::{ARRIVAL_SECONDS, CODE_BYTES_MAX, ERRAND_SECONDS, Fault, KNOWN_SECONDS, arrival, secret};
use crate::pages::register::let_in;
use crate::pages::{asked, asked_onward, count_client, home, with_onward};
use crate::rules;
use crate::store::providers::{self, Arrival, Provider};
use crate::store::{self, identities};
use allmende_core::{Instant, Language, hex};
use allmende_db::Tx;
use allmende_platform::limits::SESSION_DAYS;
use allmende_platform::sessions::{self, Token};
use allmende_platform::sites::Settings;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, cookies, page};
use allmende_platform::{App, AppError, Ctx, claims};
use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

/// Where the way begins.
pub(crate) const BEGIN: &str = "/anmelden/extern";
/// Where the provider sends people back to; an operator enters it there.
pub(crate) const BACK: &str = "/anmelden/extern/zurueck";
/// Where somebody who signed out here may do so at the provider too.
pub(crate) const LEAVE: &str = "/abmelden/extern";
/// Binds an errand to the browser that went on it.
const ERRAND_COOKIE: &str = "allmende-extern";
/// Says that this browser came in by the provider. No secret.
const CAME_COOKIE: &str = "allmende-extern-da";

/// Notes that this browser came in by the provider.
pub(super) fn came(site: &Settings) -> String {
    cookies::set(site, CAME_COOKIE, "1", SESSION_DAYS * 86_400)
}

/// What only this browser and we know of an errand: the nonce that comes back in the token, and the verifier that belongs to the code.
struct Secrets {
    nonce: String,
    verifier: String,
}

impl Secrets {
    fn of(app: &App, state: &str, browser: &str) -> Self {
        let (seal, both) = (&app.parts.seal, format!("{state}{browser}"));
        let verifier = hex(&seal.lasting("sign-in-verifier", &both));
        Self { nonce: seal.proof("sign-in-nonce", &both), verifier }
    }

    /// What the provider is told of the verifier (RFC 7636, S256).
    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, self.verifier.as_bytes()))
    }
}

fn redirect_uri(site: &Settings) -> String {
    format!("{}{BACK}", site.base_url)
}

/// The provider of this site and the present moment.
async fn load(app: &App, ctx: &Ctx) -> Result<(Option<Provider>, Instant), AppError> {
    app.read(ctx, |tx| Ok::<_, AppError>((providers::find(tx)?, tx.now()?))).await
}

/// Runs what waits for another server where it holds nobody up.
pub(super) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.into()))
}

/// Sends the browser to the provider.
pub(crate) async fn begin(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (Some(provider), now) = load(&app, &ctx).await? else { return Err(AppError::NotFound) };
    count_client(&app, &ctx).await?;
    let onward = asked_onward(&ctx);
    let (issuer, allow_private) = (provider.issuer.clone(), app.parts.ports.private_sign_in);
    let (known, is_new) = match provider.known(now, KNOWN_SECONDS) {
        Some(known) => (Ok(known), false),
        None => (beside(move || Asking::new(allow_private).know(&issuer)).await?, true),
    };
    let described = known.and_then(|known| Ok((Description::read(&known.description, &provider.issuer, allow_private)?, known)));
    let (described, known) = match described {
        Ok(described) => described,
        Err(fault) => return refused(&app, &ctx, &fault, &onward),
    };
    let (state, browser) = (Token::random()?.text(), Token::random()?.text());
    let (issuer, kept_state, kept_browser) = (provider.issuer.clone(), state.clone(), browser.clone());
    app.write(&ctx, move |tx| {
        if is_new {
            providers::set_known(tx, &issuer, &known)?;
        }
        Ok::<_, AppError>(providers::insert_errand(tx, &kept_state, &kept_browser, &onward)?)
    })
    .await?;
    let secrets = Secrets::of(&app, &state, &browser);
    let language = if ctx.language() == Language::English { "en" } else { "de" };
    let url = described.authorization_url(&[
        ("response_type", "code"),
        ("client_id", &provider.client_id),
        ("redirect_uri", &redirect_uri(&ctx.site)),
        ("scope", "openid email profile"),
        ("state", &state),
        ("nonce", &secrets.nonce),
        ("code_challenge", &secrets.challenge()),
        ("code_challenge_method", "S256"),
        ("ui_locales", language),
    ]);
    let left = cookies::set(&ctx.site, ERRAND_COOKIE, &browser, ERRAND_SECONDS);
    Ok((AppendHeaders([(SET_COOKIE, left)]), Redirect::to(&url)).into_response())
}

/// What became of somebody who came back.
enum Outcome {
    /// Known: signed in, and where they go by their roles.
    In(Token, &'static str),
    /// Not known yet.
    Arrived(Token),
    Refused(Fault),
}

/// Takes in whoever the provider sends back.
pub(crate) async fn come_back(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let (state, browser) = (asked(&ctx, "state"), cookies::read(&headers, &ctx.site, ERRAND_COOKIE).unwrap_or_default().to_owned());
    let (own_state, own_browser) = (state.clone(), browser.clone());
    let errand = app.write(&ctx, move |tx| {
        let onward = providers::use_up_errand(tx, &own_state, &own_browser)?;
        Ok::<_, AppError>((onward, providers::find(tx)?, claims::list_names(tx)?, tx.now()?))
    });
    let (Some(onward), Some(provider), claims, now) = errand.await? else { return refused(&app, &ctx, &Fault::Ended, "") };
    let named = match asked_for(&app, &ctx, &provider, claims, Secrets::of(&app, &state, &browser), now) {
        Ok(answer) => understood(&app, &ctx, answer).await?,
        Err(fault) => Err(fault),
    };
    let named = match named {
        Ok(named) => named,
        Err(fault) => return refused(&app, &ctx, &fault, &onward),
    };
    let (issuer, old, kept) = (provider.issuer, ctx.session_token.clone(), onward.clone());
    let outcome = app.write(&ctx, move |tx| settle(tx, &issuer, &named, old.as_deref(), &kept)).await?;
    let gone = cookies::set(&ctx.site, ERRAND_COOKIE, "", 0);
    match outcome {
        Outcome::In(token, home) => {
            let cookies = AppendHeaders([(SET_COOKIE, sessions::set_cookie(&ctx.site, &token)), (SET_COOKIE, gone), (SET_COOKIE, came(&ctx.site))]);
            Ok((cookies, Redirect::to(rules::onward(&onward).unwrap_or(home))).into_response())
        }
        Outcome::Arrived(token) => {
            let arrived = cookies::set(&ctx.site, arrival::COOKIE, &token.text(), ARRIVAL_SECONDS);
            Ok((AppendHeaders([(SET_COOKIE, arrived), (SET_COOKIE, gone)]), Redirect::to(arrival::PATH)).into_response())
        }
        Outcome::Refused(fault) => refused(&app, &ctx, &fault, &onward),
    }
}

/// What is to be asked for the answer in the address, unless the address itself says no.
fn asked_for(app: &App, ctx: &Ctx, provider: &Provider, claims: Vec<String>, secrets: Secrets, now: Instant) -> Result<Answer, Fault> {
    // Another provider could send its own answer here (RFC 9207).
    let issuer = asked(ctx, "iss");
    if !issuer.is_empty() && issuer != provider.issuer {
        return Err(Fault::Issuer);
    }
    let (error, code) = (asked(ctx, "error"), asked(ctx, "code"));
    match error.as_str() {
        "" if code.is_empty() || code.len() > CODE_BYTES_MAX => Err(Fault::Unreadable("no code")),
        "" => Ok(Answer {
            secret: if provider.secret.is_empty() { String::new() } else { secret::open(&app.parts.seal, ctx.site.id, &provider.secret)? },
            provider: provider.clone(),
            code,
            redirect_uri: redirect_uri(&ctx.site),
            verifier: secrets.verifier,
            nonce: secrets.nonce,
            now,
            allow_private: app.parts.ports.private_sign_in,
            claims,
        }),
        "access_denied" => Err(Fault::Cancelled),
        other => Err(Fault::Refused(client::error_code(other))),
    }
}

/// Asks the provider; what it said of itself on the way is kept, whatever comes of it.
async fn understood(app: &App, ctx: &Ctx, answer: Answer) -> Result<Result<Named, Fault>, AppError> {
    let issuer = answer.provider.issuer.clone();
    let Answered { named, fetched } = beside(move || client::answer(&answer)).await?;
    if let Some(known) = fetched {
        app.write(ctx, move |tx| Ok::<_, AppError>(providers::set_known(tx, &issuer, &known)?)).await?;
    }
    Ok(named)
}

fn settle(tx: &mut Tx<'_>, issuer: &str, named: &Named, old: Option<&str>, onward: &str) -> Result<Outcome, AppError> {
    let Some(person) = identities::use_one(tx, issuer, &named.subject)? else {
        let arrival = Arrival { issuer: issuer.to_owned(), named: named.clone(), onward: onward.to_owned() };
        return Ok(Outcome::Arrived(providers::insert_arrival(tx, &arrival)?));
    };
    match store::find(tx, person)? {
        Some(account) if !account.is_blocked => {
            claims::replace(tx, person, &named.claims)?;
            let token = let_in(tx, &account, old)?;
            let roles = store::find_roles(tx, account.id)?.unwrap_or_default();
            Ok(Outcome::In(token, home(account.id, &account.name, roles)))
        }
        _ => Ok(Outcome::Refused(Fault::Blocked)),
    }
}

#[derive(Template)]
#[template(path = "extern_fault.html")]
struct FaultPage {
    shell: Shell,
    t: Speaker,
    sentence: &'static str,
    code: &'static str,
    /// All ways in, this one among them as long as there is one.
    sign_in: String,
}

/// The page that says why somebody was not let in and what to do. The cause goes to the log.
pub(super) fn refused(app: &App, ctx: &Ctx, fault: &Fault, onward: &str) -> Result<Response, AppError> {
    let status = match fault {
        Fault::Ended | Fault::Expired => StatusCode::GONE,
        Fault::Away(_) => StatusCode::BAD_GATEWAY,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    if !matches!(fault, Fault::Ended | Fault::Cancelled) {
        tracing::warn!(site = ctx.site.key, %fault, "somebody from the provider of accounts was not let in");
    }
    let mut shell = Shell::new(app, ctx, ctx.t.get("extern-fault-heading")).crumb(ctx.t.get("sign-in-heading"), "/anmelden");
    shell.hidden_from_search = true;
    let sign_in = with_onward("/anmelden", onward);
    let page = page(&FaultPage { shell, t: ctx.t, sentence: ctx.t.get(fault.key()), code: fault.code(), sign_in })?;
    Ok((status, page).into_response())
}

#[derive(Template)]
#[template(path = "extern_leave.html")]
struct LeavePage {
    shell: Shell,
    t: Speaker,
    url: String,
}

/// Where somebody goes after signing out here: to [`LEAVE`] if this browser came in by the provider.
pub(crate) fn after_signing_out(headers: &HeaderMap, site: &Settings) -> Option<(&'static str, String)> {
    (cookies::read(headers, site, CAME_COOKIE).is_some_and(|value| !value.is_empty())).then(|| (LEAVE, cookies::set(site, CAME_COOKIE, "", 0)))
}

/// Offers to sign out at the provider too, if it knows how; else simply says that one is signed out.
pub(crate) async fn leave(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (provider, now) = load(&app, &ctx).await?;
    let url = provider.and_then(|provider| {
        let known = provider.known(now, i64::from(u32::MAX))?;
        let described = Description::read(&known.description, &provider.issuer, app.parts.ports.private_sign_in).ok()?;
        described.sign_out_url(&provider.client_id, &format!("{}/", ctx.site.base_url))
    });
    let Some(url) = url else { return Ok(Redirect::to("/?hinweis=signed-out").into_response()) };
    let mut shell = Shell::new(&app, &ctx, ctx.t.get("extern-leave-heading")).crumb(ctx.t.get("nav-start"), "/");
    shell.hidden_from_search = true;
    page(&LeavePage { shell, t: ctx.t, url })
}
