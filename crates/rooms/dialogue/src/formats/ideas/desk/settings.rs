//! What a collection of ideas is set to: categories, limits per person, how many go to the council.

use super::super::rules::{Settings, TO_COUNCIL_MAX};
use super::super::store::desk as store;
use super::{list_path, shell};
use crate::store::phases::{self, Part};
use crate::store::processes::{self, Process};
use allmende_core::Refusal;
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Categories of one collection.
const CATEGORIES_MAX: usize = 20;
/// Characters of a category.
const CATEGORY_CHARS_MAX: usize = 60;
/// The largest limit per person.
const LIMIT_MAX: i64 = 1_000;

#[derive(Template)]
#[template(path = "beteiligung/desk_ideen_regeln.html")]
struct SettingsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    title: String,
    form: Form,
    own: String,
}

fn read(tx: &mut Tx<'_>, id: i64) -> Result<(Process, Part), AppError> {
    let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
    let part = phases::list_parts(tx, id)?.into_iter().find(|part| part.format == "ideas").ok_or(AppError::NotFound)?;
    Ok((process, part))
}

/// The form.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, None).await?)
}

async fn build(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<SettingsPage, AppError> {
    let (process, part) = app.read(ctx, move |tx| read(tx, id)).await?;
    let settings = Settings::parse(&part.settings);
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let form = refused.unwrap_or_else(|| {
        Form::new(ctx.t)
            .with("categories", settings.categories.join("\n"))
            .with("per_person", number(settings.per_person))
            .with("supports_per_person", number(settings.supports_per_person))
            .with("to_council", number(settings.to_council))
    });
    let mut shell = shell(app, ctx, &process, ctx.t.get("admin-ideas-settings"));
    form.mark(&mut shell);
    Ok(SettingsPage { shell, t: ctx.t, desk: desk(app, ctx), title: process.title, form, own: format!("{}/regeln", list_path(id)) })
}

/// Writes it.
pub(super) async fn save(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let settings = match from_fields(&fields) {
        Ok(settings) => settings,
        Err(refusals) => return refused_page(&build(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, refusals))).await?),
    };
    app.write(&ctx, move |tx| {
        let (_, part) = read(tx, id)?;
        Ok::<_, AppError>(store::update_settings(tx, part.id, &settings)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{}?hinweis=admin-ideas-saved", list_path(id))).into_response())
}

fn from_fields(fields: &Fields) -> Result<Settings, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut categories: Vec<String> = fields.text("categories").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    categories.dedup();
    if categories.len() > CATEGORIES_MAX || categories.iter().any(|category| category.chars().count() > CATEGORY_CHARS_MAX) {
        refusals.push(Refusal::of_field("categories", "admin-ideas-categories-limit"));
    }
    let mut number = |field: &'static str, max: i64| {
        let text = fields.line(field);
        match text.parse::<i64>() {
            _ if text.is_empty() => None,
            Ok(number) if (1..=max).contains(&number) => Some(number),
            _ => {
                refusals.push(Refusal::of_field(field, "admin-ideas-number"));
                None
            }
        }
    };
    let (per_person, supports_per_person) = (number("per_person", LIMIT_MAX), number("supports_per_person", LIMIT_MAX));
    let to_council = number("to_council", TO_COUNCIL_MAX);
    if refusals.is_empty() { Ok(Settings { categories, per_person, supports_per_person, to_council }) } else { Err(refusals) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_within_its_bounds_or_nothing() {
        let of = |pairs: &[(&str, &str)]| from_fields(&Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()));
        let good = of(&[("categories", " Grün \n\nVerkehr\n"), ("per_person", "3"), ("to_council", "20")]);
        let expected =
            Settings { categories: vec!["Grün".to_owned(), "Verkehr".to_owned()], per_person: Some(3), supports_per_person: None, to_council: Some(20) };
        assert_eq!(good, Ok(expected));
        for wrong in [("per_person", "0"), ("per_person", "1001"), ("supports_per_person", "x"), ("to_council", "21")] {
            assert!(of(&[wrong]).is_err(), "{wrong:?}");
        }
        assert!(of(&[("categories", &"a\nb\n".repeat(11))]).is_err());
    }
}
