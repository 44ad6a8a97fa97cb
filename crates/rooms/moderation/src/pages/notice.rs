//! `/meldung/rechtswidrig`: a notice of illegal content (DSA, Art. 16), without an account. The exact place is filled in where it is known.

use super::report::{self, Refused, find_object};
use super::{asked, own_shell, words};
use crate::rules;
use crate::store::Object;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::{Guard, Issued};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

const FORM: &str = "moderation-notice";

#[derive(Template)]
#[template(path = "moderation/notice.html")]
struct NoticePage {
    shell: Shell,
    t: Speaker,
    form: Form,
    issued: Issued,
    offences: Vec<Choice>,
}

fn guard(app: &App, ctx: &Ctx) -> Guard {
    Guard::new(app, ctx, FORM).at_most(rules::REPORTS_MAX)
}

/// The form.
///
/// # Errors
/// 404 for a contribution that is not public.
pub async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (kind, number, place) = (asked(&ctx, "art"), asked(&ctx, "nr"), asked(&ctx, "ort"));
    let (own, asking) = (app.clone(), ctx.clone());
    let (found, issued) = app
        .read(&ctx, move |tx| {
            let is_named = !number.is_empty() || !place.is_empty();
            let found = if is_named { Some(find_object(tx, &own, &asking, &kind, &number, &place)?) } else { None };
            Ok::<_, AppError>((found, guard(&own, &asking).issue(tx)?))
        })
        .await?;
    let form = found.map_or_else(|| Form::new(ctx.t), |object| filled(&ctx, Form::new(ctx.t), &object));
    page(&notice_page(&app, &ctx, form, issued))
}

/// The form with the place of what is reported.
fn filled(ctx: &Ctx, form: Form, object: &Object) -> Form {
    let form = form.with("place", format!("{}{}", ctx.site.base_url, object.path));
    if object.kind == rules::PAGE { form } else { form.with("art", &object.kind).with("nr", object.object_id.to_string()) }
}

fn notice_page(app: &App, ctx: &Ctx, form: Form, issued: Issued) -> NoticePage {
    let t = ctx.t;
    let mut shell = own_shell(app, ctx, t.get("illegal-heading"));
    form.mark(&mut shell);
    NoticePage { shell, t, form, issued, offences: words::offences(&ctx.site, t) }
}

/// Takes a notice and confirms that it came in.
///
/// # Errors
/// 422 with the form for what is missing.
pub async fn send(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let checked = rules::notice(fields.raw("category"), &fields.text("words"), &fields.line("name"), &fields.line("email"), fields.has("faith"));
    match report::write(&app, &ctx, &guard(&app, &ctx), &fields, checked).await? {
        Ok(path) => Ok(Redirect::to(&path).into_response()),
        Err(Refused { refusals, issued, .. }) => refused_page(&notice_page(&app, &ctx, Form::refused(ctx.t, &fields, refusals), issued)),
    }
}
