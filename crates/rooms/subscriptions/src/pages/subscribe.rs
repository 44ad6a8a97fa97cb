//! Asking for a subscription: with an account it begins at once, without one a mail asks back.
//!
//! The answer to a stranger is the same whatever is known of the address: nobody learns who has subscribed to what.

use super::{asked, client_tries_too_often, frequencies, mails_too_often, reason, shell};
use crate::mails;
use crate::rules::{self, Email, Frequency, Target};
use crate::store::subscriptions::{self, New};
use crate::store::{readers, thread};
use crate::{address, rules::SUBSCRIPTIONS_MAX};
use allmende_core::{Id, Person, Refusal};
use allmende_db::{DbError, Tx};
use allmende_platform::app::ResolvePlace;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::{pairs, refused_page};
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// What can be subscribed to, and two forms to begin with.
#[derive(Template)]
#[template(path = "abos/choose.html")]
struct ChoosePage {
    shell: Shell,
    t: Speaker,
    form: Form,
}

fn choose(app: &App, ctx: &Ctx, refusal: Option<Refusal>) -> Result<Response, AppError> {
    let mut form = Form::new(ctx.t);
    for (name, value) in pairs(ctx.query.as_bytes()) {
        form = form.with(name, value);
    }
    let mut shell = shell(app, ctx, ctx.t.get("abo-choose-heading"));
    match refusal {
        None => page(&ChoosePage { shell, t: ctx.t, form }),
        Some(refusal) => {
            form.refuse(&refusal);
            form.mark(&mut shell);
            refused_page(&ChoosePage { shell, t: ctx.t, form })
        }
    }
}

#[derive(Template)]
#[template(path = "abos/subscribe.html")]
struct SubscribePage {
    shell: Shell,
    t: Speaker,
    form: Form,
    what: String,
    is_signed_in: bool,
    frequencies: Vec<Choice>,
}

/// What somebody wants, with its name, found public.
#[derive(Clone)]
struct Wanted {
    target: Target,
    name: String,
    /// The title of the public thing that it is about.
    title: Option<String>,
}

/// Finds what is wanted. `None` if it is about a thing that is not public or not there.
fn wanted(tx: &mut Tx<'_>, target: Target, place: &str) -> Result<Option<Wanted>, DbError> {
    let title = match target.node() {
        None => None,
        Some((kind, id)) => match thread::find_public(tx, kind, id)? {
            Some(node) => Some(node.title),
            None => return Ok(None),
        },
    };
    let name = match (&target, &title) {
        (_, Some(title)) => rules::name(title),
        (Target::Search(text), None) => address::name(text),
        (Target::Place(near), None) => Some(rules::name(place)).filter(|name| !name.is_empty()).unwrap_or_else(|| address::point(near.point)),
        _ => String::new(),
    };
    Ok(Some(Wanted { target, name, title }))
}

fn form_page(app: &App, ctx: &Ctx, wanted: &Wanted, form: Form) -> SubscribePage {
    let mut shell = shell(app, ctx, ctx.t.get("abo-heading"));
    form.mark(&mut shell);
    let form = form.with("ziel", wanted.target.text()).with("ort", &wanted.name);
    let what = reason(ctx.t, &wanted.target, &wanted.name);
    SubscribePage { shell, t: ctx.t, form, what, is_signed_in: ctx.actor.signed_in().is_some(), frequencies: frequencies(ctx.t) }
}

/// The query with the points of places that it names by an address, as far as the site knows its places: also within a search.
fn with_points(tx: &mut Tx<'_>, resolve: ResolvePlace, query: Vec<(String, String)>) -> Result<Vec<(String, String)>, DbError> {
    let mut out = Vec::with_capacity(query.len() + 1);
    for (name, value) in query {
        if name == "suche" && value.contains("naehe=") {
            let inner = with_points(tx, resolve, pairs(value.strip_prefix("/suche?").unwrap_or(&value).as_bytes()))?;
            out.push((name, inner.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")));
        } else if name == "naehe" && !value.is_empty() && rules::near(&value, "1").is_err() {
            let point = resolve(tx, &value)?.map_or_else(|| value.clone(), address::point);
            out.push((name, point));
            // Behind a name that was given: the first one counts.
            out.push(("ort".to_owned(), value));
        } else {
            out.push((name, value));
        }
    }
    Ok(out)
}

/// `/abonnieren?suche=…|gremium=ID|vorlage=ID|faden=KIND:ID|naehe=lat,lon&umkreis=m&ort=NAME`: the form. Without anything: what there is.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let query = pairs(ctx.query.as_bytes());
    if !query.iter().any(|(name, value)| !value.is_empty() && matches!(name.as_str(), "suche" | "gremium" | "vorlage" | "faden" | "naehe")) {
        return choose(&app, &ctx, None);
    }
    let (resolve, mut place) = (app.parts.ports.resolve_place, asked(&ctx, "ort"));
    let found = app
        .read(&ctx, move |tx| {
            let query = with_points(tx, resolve, query)?;
            if place.is_empty() {
                place = query.iter().find(|(name, _)| name == "ort").map(|(_, value)| value.clone()).unwrap_or_default();
            }
            let target = Target::of_query(&query)?;
            Ok::<_, AppError>(wanted(tx, target, &place)?)
        })
        .await;
    let wanted = match found {
        Ok(wanted) => wanted.ok_or(AppError::NotFound)?,
        Err(AppError::Refused(refusal)) => return choose(&app, &ctx, Some(refusal)),
        Err(error) => return Err(error),
    };
    let form = Form::new(ctx.t).with("frequency", Frequency::Daily.key());
    page(&form_page(&app, &ctx, &wanted, form))
}

/// Subscribes, or sends the mail that asks back.
pub(crate) async fn subscribe(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let target = Target::parse(fields.raw("ziel")).map_err(AppError::Refused)?;
    let place = fields.line("ort");
    let wanted = app.read(&ctx, move |tx| Ok::<_, AppError>(wanted(tx, target, &place)?)).await?.ok_or(AppError::NotFound)?;
    let refuse = |refusals: Vec<Refusal>| refused_page(&form_page(&app, &ctx, &wanted, Form::refused(ctx.t, &fields, refusals)));
    let frequency = Frequency::new(fields.raw("frequency"));
    if let Some(person) = ctx.actor.person() {
        let frequency = match frequency {
            Ok(frequency) => frequency,
            Err(refusal) => return refuse(vec![refusal]),
        };
        return match with_account(&app, &ctx, person, wanted.clone(), frequency).await {
            Err(AppError::Refused(refusal)) => refuse(vec![refusal]),
            other => other,
        };
    }
    let (email, frequency) = match (Email::new(&fields.line("email")), frequency) {
        (Ok(email), Ok(frequency)) => (email, frequency),
        (email, frequency) => return refuse(email.err().into_iter().chain(frequency.err()).collect()),
    };
    if ask_back(&app, &ctx, email, wanted.clone(), frequency).await? {
        Err(AppError::TooMany)
    } else {
        Ok(Redirect::to("/abonnieren/gesendet").into_response())
    }
}

async fn with_account(app: &App, ctx: &Ctx, person: Id<Person>, wanted: Wanted, frequency: Frequency) -> Result<Response, AppError> {
    let language = ctx.language();
    app.write(ctx, move |tx| {
        let reader = readers::of_person(tx, person, language)?;
        let is_new = subscriptions::find_state(tx, reader, &wanted.target)?.is_none();
        if is_new && subscriptions::count(tx, reader)? >= SUBSCRIPTIONS_MAX {
            return Err(AppError::Refused(Refusal::new("abo-too-many")));
        }
        subscriptions::insert(tx, reader, &New { target: &wanted.target, name: &wanted.name, frequency })?;
        Ok(())
    })
    .await?;
    Ok(Redirect::to("/konto/abos?hinweis=abo-added").into_response())
}

/// Writes the request and the mail that asks back. True if the client asked too often.
async fn ask_back(app: &App, ctx: &Ctx, email: Email, wanted: Wanted, frequency: Frequency) -> Result<bool, AppError> {
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    app.write(ctx, move |tx| {
        if client_tries_too_often(tx, &own_app, &own_ctx)? {
            return Ok::<_, AppError>(true);
        }
        if mails_too_often(tx, &own_app, &email.folded())? {
            return Ok(false);
        }
        let (t, site) = (own_ctx.t, &own_ctx.site);
        let known = readers::find_by_email(tx, &email.folded())?;
        let reader = match &known {
            Some((reader, _)) => reader.id,
            None => readers::insert(tx, None, Some((email.as_str(), &email.folded())), own_ctx.language())?,
        };
        let state = subscriptions::find_state(tx, reader, &wanted.target)?;
        let has_it = state.is_some_and(|(_, is_confirmed)| is_confirmed);
        let is_full = state.is_none() && subscriptions::count(tx, reader)? >= SUBSCRIPTIONS_MAX;
        if !has_it && !is_full {
            let new = New { target: &wanted.target, name: &wanted.name, frequency };
            let token = subscriptions::request(tx, reader, &new)?;
            mails::send_confirm(tx, t, site, email.as_str(), &wanted.target, wanted.title.as_deref(), &token)?;
        } else if let Some((reader, true)) = &known {
            mails::send_manage(tx, t, site, reader)?;
        }
        Ok(false)
    })
    .await
}

#[derive(Template)]
#[template(path = "abos/sent.html")]
struct SentPage {
    shell: Shell,
    t: Speaker,
}

/// Says that a mail is on its way.
pub(crate) async fn sent(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&SentPage { shell: shell(&app, &ctx, ctx.t.get("abo-sent-heading")), t: ctx.t })
}

#[derive(Template)]
#[template(path = "abos/lost.html")]
struct LostPage {
    shell: Shell,
    t: Speaker,
    form: Form,
}

fn lost_page(app: &App, ctx: &Ctx, form: Form) -> LostPage {
    let mut shell = shell(app, ctx, ctx.t.get("abo-lost-heading"));
    form.mark(&mut shell);
    LostPage { shell, t: ctx.t, form }
}

/// `/abos`: the way back to one's own subscriptions, by mail.
pub(crate) async fn lost(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&lost_page(&app, &ctx, Form::new(ctx.t)))
}

/// Sends the link to one's own subscriptions, if the address has any. The answer is the same if it has none.
pub(crate) async fn send_link(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let email = match Email::new(&fields.line("email")) {
        Ok(email) => email,
        Err(refusal) => return refused_page(&lost_page(&app, &ctx, Form::refused(ctx.t, &fields, [refusal]))),
    };
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    let too_often = app
        .write(&ctx, move |tx| {
            if client_tries_too_often(tx, &own_app, &own_ctx)? {
                return Ok::<_, AppError>(true);
            }
            let too_many = mails_too_often(tx, &own_app, &email.folded())?;
            if let (Some((reader, true)), false) = (readers::find_by_email(tx, &email.folded())?, too_many) {
                mails::send_manage(tx, own_ctx.t, &own_ctx.site, &reader)?;
            }
            Ok(false)
        })
        .await?;
    if too_often { Err(AppError::TooMany) } else { Ok(Redirect::to("/abonnieren/gesendet").into_response()) }
}
