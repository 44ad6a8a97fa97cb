//! `/verwaltung/moderation/regeln`: the site's own wording of the rules, language by language. What is left empty is as the program brings it.

use crate::pages::asked;
use crate::pages::rules::INTRODUCTION;
use crate::pages::words::{text_key, title_key};
use crate::rules::{LAW, RULES};
use allmende_core::Language;
use allmende_platform::sites;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

struct LanguageLink {
    language: Language,
    current: bool,
}

struct RuleFields {
    legend: &'static str,
    title: String,
    text: String,
    shipped: &'static str,
}

#[derive(Template)]
#[template(path = "moderation/rules_edit.html")]
struct EditPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    languages: Vec<LanguageLink>,
    language: Language,
    rules: Vec<RuleFields>,
    introduction: &'static str,
}

fn rules() -> impl Iterator<Item = &'static str> {
    RULES.into_iter().chain([LAW])
}

/// The names of all fields: also the keys of the site's texts.
fn keys() -> Vec<String> {
    let of_rules = rules().flat_map(|rule| [title_key(rule), text_key(rule)]);
    std::iter::once(INTRODUCTION.to_owned()).chain(of_rules).collect()
}

/// The wording in one language.
///
/// # Errors
/// None but a fault of the template.
pub async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let language = Language::from_key(&asked(&ctx, "sprache")).unwrap_or_default();
    let (t, shipped, site) = (ctx.t, app.speak(language), &ctx.site);
    let own = |key: &str| if site.has_text(key, language) { site.text(key, language).to_owned() } else { String::new() };
    let form = keys().into_iter().fold(Form::new(t).with("sprache", language.key()), |form, key| {
        let value = own(&key);
        form.with(key, value)
    });
    let rules = rules().map(|rule| RuleFields {
        legend: shipped.find(&title_key(rule)).unwrap_or_default(),
        title: title_key(rule),
        text: text_key(rule),
        shipped: shipped.find(&text_key(rule)).unwrap_or_default(),
    });
    let languages = Language::ALL.into_iter().map(|each| LanguageLink { language: each, current: each == language });
    page(&EditPage {
        shell: super::shell(&app, &ctx, t.get("admin-moderation-rules")).crumb(t.get("admin-moderation"), "/verwaltung/moderation"),
        t,
        desk: desk(&app, &ctx),
        form,
        languages: languages.collect(),
        language,
        rules: rules.collect(),
        introduction: shipped.get(INTRODUCTION),
    })
}

/// Keeps the wording of one language.
///
/// # Errors
/// What the database reports.
pub async fn save(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (site, language) = (ctx.site.id, Language::from_key(fields.raw("sprache")).unwrap_or_default());
    let sent = keys().into_iter().filter(|key| fields.has(key));
    let texts: Vec<(String, String)> = sent.map(|key| (key.clone(), fields.text(&key))).collect();
    app.write(&ctx, move |tx| {
        for (key, text) in &texts {
            sites::set_text(tx, site, key, language, text)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    app.sites.refresh(&app.parts.db).await?;
    Ok(Redirect::to(&format!("/verwaltung/moderation/regeln?sprache={}&hinweis=admin-moderation-saved", language.key())).into_response())
}
