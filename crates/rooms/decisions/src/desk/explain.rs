//! The editor's page: a plain explanation before a decision, in three languages, as draft or public.

use crate::pages::list::Item;
use crate::pages::words::Words;
use crate::store::KIND;
use crate::store::decisions::{self, Cursor, Filter};
use crate::store::explanations::{self, Act, Explanation, PART_CHARS_MAX, Version};
use allmende_core::{Instant, Language, Refusal};
use allmende_platform::texts::Speaker;
use allmende_platform::thread::{self, Step};
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, changes};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

/// Decisions to choose from.
const CHOICES_MAX: i64 = 30;

#[derive(Template)]
#[template(path = "beschluss/explanations.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    rows: Vec<Item>,
}

/// The latest decisions, to explain one.
pub(super) async fn list(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (now, rows) = app.read(&ctx, |tx| Ok::<_, AppError>((tx.now()?, decisions::list(tx, &Filter::default(), Cursor::START, CHOICES_MAX)?))).await?;
    let words = Words::new(&ctx, now);
    let rows = rows.into_iter().map(|row| {
        let path = format!("/verwaltung/erklaerungen/{}", row.id);
        Item { path, ..Item::new(&words, row) }
    });
    page(&ListPage { rows: rows.collect(), shell: super::shell(&app, &ctx, ctx.t.get("admin-explanations")), t: ctx.t, desk: desk(&app, &ctx), words })
}

/// The form of one language.
struct Tongue {
    key: &'static str,
    name: &'static str,
    tag: &'static str,
    is_public: bool,
    form: Form,
}

#[derive(Template)]
#[template(path = "beschluss/explain.html")]
struct ExplainPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    id: i64,
    title: String,
    path: String,
    tongues: Vec<Tongue>,
}

const fn prefix(language: Language) -> &'static str {
    match language {
        Language::German => "de-",
        Language::English => "en-",
        Language::Easy => "leicht-",
    }
}

fn form_of(t: Speaker, language: Language, version: Option<&Version>) -> Form {
    let form = Form::new(t).prefixed(prefix(language));
    version.map_or(form.clone(), |version| {
        let text = &version.text;
        form.with("about", &text.about).with("alternatives", &text.alternatives).with("conflicts", &text.conflicts).with("reasons", &text.reasons)
    })
}

async fn build(app: &App, ctx: &Ctx, id: i64, refused: Option<(Language, Form)>) -> Result<ExplainPage, AppError> {
    let (decision, newest, public, now): (_, Vec<Version>, Vec<Version>, Instant) = app
        .read(ctx, move |tx| {
            let decision = decisions::find(tx, id)?.filter(|decision| decision.is_public).ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((decision, explanations::list_newest(tx, id)?, explanations::list_public(tx, id)?, tx.now()?))
        })
        .await?;
    let t = ctx.t;
    let mut shell = super::shell(app, ctx, t.with("admin-explain-title", &[("title", (&decision.title).into())]))
        .crumb(t.get("admin-explanations"), "/verwaltung/erklaerungen")
        .here(t.with("decision-number", &[("number", id.into())]));
    if let Some((_, form)) = &refused {
        form.mark(&mut shell);
    }
    let tongues = Language::ALL.map(|language| Tongue {
        key: language.key(),
        name: language.name(),
        tag: language.tag(),
        is_public: public.iter().any(|version| version.language == language),
        form: match &refused {
            Some((own, form)) if *own == language => form.clone(),
            _ => form_of(t, language, newest.iter().find(|version| version.language == language)),
        },
    });
    Ok(ExplainPage {
        shell,
        t,
        desk: desk(app, ctx),
        words: Words::new(ctx, now),
        id,
        path: decision.path(),
        title: decision.title,
        tongues: tongues.into_iter().collect(),
    })
}

/// The page of one decision.
pub(super) async fn show(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, None).await?)
}

/// Keeps a draft, publishes it, or takes the public text back.
pub(super) async fn save(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let language = Language::from_key(fields.raw("language")).ok_or(AppError::NotFound)?;
    let text = Explanation {
        about: fields.text("about"),
        alternatives: fields.text("alternatives"),
        conflicts: fields.text("conflicts"),
        reasons: fields.text("reasons"),
    };
    let act = match fields.raw("act") {
        "publish" => Act::Publish,
        "withdraw" => Act::Withdraw,
        _ => Act::Draft,
    };
    let refusals = refusals(&text, act);
    if !refusals.is_empty() {
        let form = Form::refused(ctx.t, &fields, refusals).prefixed(prefix(language));
        return refused_page(&build(&app, &ctx, id, Some((language, form))).await?);
    }
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        decisions::find(tx, id)?.filter(|decision| decision.is_public).ok_or(AppError::NotFound)?;
        explanations::insert(tx, id, language, &text, act, asked.actor.person())?;
        if act != Act::Draft {
            let kind = if act == Act::Publish { "explained" } else { "explanation-withdrawn" };
            if let Some(node) = thread::find(tx, KIND, id)? {
                thread::record(tx, node, &asked.actor, &Step { kind, reason: None, detail: Some(language.key()), is_public: true })?;
            }
            // The search finds the words of an explanation too.
            changes::note(tx, KIND, id)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    let notice = match act {
        Act::Draft => "admin-decision-explain-draft",
        Act::Publish => "admin-decision-explain-public",
        Act::Withdraw => "admin-decision-explain-withdrawn",
    };
    Ok(Redirect::to(&format!("/verwaltung/erklaerungen/{id}?hinweis={notice}")).into_response())
}

/// A draft may be unfinished; what is public says at least what it is about.
fn refusals(text: &Explanation, act: Act) -> Vec<Refusal> {
    let parts = [("about", &text.about), ("alternatives", &text.alternatives), ("conflicts", &text.conflicts), ("reasons", &text.reasons)];
    let mut refusals: Vec<Refusal> = parts
        .iter()
        .filter(|(_, text)| text.chars().count() > PART_CHARS_MAX)
        .map(|(field, _)| Refusal::of_field(field, "admin-decision-explain-long"))
        .collect();
    if act == Act::Publish && text.about.is_empty() {
        refusals.push(Refusal::of_field("about", "admin-decision-explain-missing"));
    }
    refusals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public_says_what_it_is_about() {
        let keys = |about: &str, act: Act| {
            let text = Explanation { about: about.to_owned(), ..Explanation::default() };
            refusals(&text, act).into_iter().map(|refusal| refusal.key).collect::<Vec<_>>()
        };
        assert_eq!(keys("", Act::Draft), [""; 0]);
        assert_eq!(keys("", Act::Publish), ["admin-decision-explain-missing"]);
        assert_eq!(keys("", Act::Withdraw), [""; 0]);
        assert_eq!(keys(&"x".repeat(PART_CHARS_MAX), Act::Publish), [""; 0]);
        assert_eq!(keys(&"x".repeat(PART_CHARS_MAX + 1), Act::Draft), ["admin-decision-explain-long"]);
    }
}
