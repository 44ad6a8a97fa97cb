//! `/moderation/regeln`: the rules of writing here, in the words of the site or those that the program brings.

use super::words;
use crate::rules::{LAW, RULES};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The key under which a site keeps its own introduction.
pub(crate) const INTRODUCTION: &str = "moderation-rules-lead";

struct Rule {
    key: &'static str,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "moderation/rules.html")]
struct RulesPage {
    shell: Shell,
    t: Speaker,
    lead: String,
    rules: Vec<Rule>,
}

/// The rules.
///
/// # Errors
/// None but a fault of the template.
pub async fn rules(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let t = ctx.t;
    let rules = RULES.into_iter().chain([LAW]).map(|key| {
        let (title, text) = words::rule(&ctx.site, t, key);
        Rule { key, title, text }
    });
    let lead = words::own_or_shipped(&ctx.site, t, INTRODUCTION);
    let shell = super::shell(&app, &ctx, t.get("moderation-rules"));
    page(&RulesPage { t, lead, rules: rules.collect(), shell })
}
