//! The picture of an idea: taken in with a form, shown on pages, served as long as its reader may see the idea.
//!
//! A picture that was taken in stays with its form, whatever else is refused or asked, by a sealed line ([`KEPT`]); it becomes public
//! with the idea alone. Start at [`take`] and [`serve`].

use crate::formats::ideas::rules::{DESCRIPTION_CHARS, PICTURES_AN_HOUR_MAX, State, shows_picture};
use crate::formats::ideas::store::pictures::{self, Picture, Size};
use crate::formats::sender;
use crate::pages::id_of;
use allmende_core::{Act, Refusal, may};
use allmende_platform::files::Files;
use allmende_platform::picture_store::{Held, KeptPicture};
use allmende_platform::seal::household;
use allmende_platform::web::Fields;
use allmende_platform::web::download::Download;
use allmende_platform::web::upload::Given;
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, State as Axum};
use axum::http::HeaderMap;
use axum::response::Response;

/// The field of the file.
pub(crate) const FIELD: &str = "picture";
/// The field of what is to be seen.
pub(crate) const TEXT: &str = "picture_text";
/// The field of a picture that was taken in before.
pub(crate) const KEPT: &str = "picture_kept";
/// The box that takes the picture out.
pub(crate) const REMOVE: &str = "picture_remove";
/// What counts the pictures of a client.
const FORM: &str = "dialogue-picture";
/// A picture is a picture: nothing in it may run or load anything.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// What a form wants with a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Nothing but perhaps another description.
    #[default]
    Leave,
    /// This one.
    Put(KeptPicture),
    /// None any more.
    Remove,
}

/// What came with a form.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// What is to be done.
    pub wish: Wish,
    /// What is to be seen.
    pub description: String,
    /// What was refused.
    pub refusals: Vec<Refusal>,
}

/// Takes in the picture of a form and leaves its sealed line in the fields. `bound` is what the line holds for; without it nothing is
/// taken in. `has_one` says that the idea has a picture already.
pub(crate) async fn take(app: &App, ctx: &Ctx, given: Given, fields: &mut Fields, bound: Option<&str>, has_one: bool) -> Result<Taken, AppError> {
    let is_removed = fields.has(REMOVE);
    let found = match (given, bound) {
        (Given::Refused(key), _) => Err(key),
        (Given::Picture(held), Some(_)) => keep(app, ctx, held).await?.map(Wish::Put),
        (Given::Picture(_), None) => Err("idea-picture-again"),
        (Given::Nothing, _) if is_removed => Ok(Wish::Remove),
        (Given::Nothing, bound) => known(app, fields.raw(KEPT), bound).await?,
    };
    let line = match (&found, bound) {
        (Ok(Wish::Put(picture)), Some(bound)) => picture.line(&app.parts.seal, bound),
        _ => String::new(),
    };
    fields.set(KEPT, &line);
    // Of what has no picture nothing can be taken out; another one has taken its place.
    if !has_one || matches!(found, Ok(Wish::Put(_))) {
        fields.set(REMOVE, "");
    }
    if found == Ok(Wish::Remove) {
        fields.set(TEXT, "");
    }
    let description = fields.line(TEXT);
    let refusals = check(found.as_ref().map_err(|key| *key), &description, has_one);
    Ok(Taken { wish: found.unwrap_or_default(), description, refusals })
}

fn check(found: Result<&Wish, &'static str>, description: &str, has_one: bool) -> Vec<Refusal> {
    let is_described = DESCRIPTION_CHARS.contains(&description.chars().count());
    match found {
        Err(key) => vec![Refusal::of_field(FIELD, key)],
        Ok(Wish::Put(_)) if !is_described => vec![Refusal::of_field(TEXT, "idea-picture-text-length")],
        Ok(Wish::Leave) if has_one && !is_described => vec![Refusal::of_field(TEXT, "idea-picture-text-length")],
        Ok(Wish::Leave) if !has_one && !description.is_empty() => vec![Refusal::of_field(FIELD, "idea-picture-missing")],
        Ok(_) => Vec::new(),
    }
}

/// Counts the picture, makes it anew and stores it; or says why not.
async fn keep(app: &App, ctx: &Ctx, held: Held) -> Result<Result<KeptPicture, &'static str>, AppError> {
    let who = match (ctx.actor.person(), ctx.client) {
        (Some(person), _) => format!("person {person}"),
        (None, Some(client)) => household(client),
        (None, None) => "unknown".to_owned(),
    };
    let guard = sender::guard(app, ctx, FORM);
    let counted = app.write(ctx, move |tx| guard.check_person(tx, &who, PICTURES_AN_HOUR_MAX)).await;
    let kept = match counted {
        Ok(()) => app.pictures.keep(Files::of(&app.parts.data), held).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(picture) => Ok(Ok(picture)),
        Err(AppError::Refused(refusal)) => Ok(Err(refusal.key)),
        Err(AppError::TooMany) => Ok(Err("idea-picture-too-many")),
        Err(error) => Err(error),
    }
}

/// The picture of a form that is sent again, as long as it still lies in the store.
async fn known(app: &App, line: &str, bound: Option<&str>) -> Result<Result<Wish, &'static str>, AppError> {
    if line.is_empty() {
        return Ok(Ok(Wish::Leave));
    }
    let Some(picture) = bound.and_then(|bound| KeptPicture::read(line, &app.parts.seal, bound)) else { return Ok(Err("idea-picture-again")) };
    let (files, asked) = (Files::of(&app.parts.data), picture.clone());
    let is_there = tokio::task::spawn_blocking(move || asked.is_stored(&files)).await.map_err(anyhow::Error::from)?;
    Ok(if is_there { Ok(Wish::Put(picture)) } else { Err("idea-picture-again") })
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    /// What is to be seen.
    pub description: String,
    /// The address of the small size.
    pub small: String,
    /// Its points from left to right.
    pub width: i64,
    /// Its points from top to bottom.
    pub height: i64,
    /// The address of the large size, if that is larger.
    pub large: Option<String>,
    /// Both sizes with their widths, for the browser to choose.
    pub sources: String,
}

impl Figure {
    /// The picture of the idea at this address.
    pub fn new(idea: &str, picture: &Picture) -> Self {
        let (small, large) = (Size::Small.path(idea), Size::Large.path(idea));
        let ((large_width, _), (width, height)) = (picture.large, picture.small);
        let sources = format!("{small} {width}w, {large} {large_width}w");
        let large = Some(large).filter(|_| picture.large != picture.small);
        Self { description: picture.description.clone(), small, width, height, sources: if large.is_some() { sources } else { String::new() }, large }
    }
}

/// Serves one size of a picture. It may be hidden at any time: a browser asks each time whether it still may show it.
///
/// # Errors
/// 404 for no such picture, and for one that the reader may not see.
pub async fn serve(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number, size)): Path<(String, i64, String)>, headers: HeaderMap) -> Result<Response, AppError> {
    let (id, size, reader) = (id_of(&slug)?, Size::of(&size).ok_or(AppError::NotFound)?, ctx.actor.person());
    let is_house = may(&ctx.actor, Act::Moderate) || may(&ctx.actor, Act::EnterStatements);
    let found = app.read(&ctx, move |tx| Ok::<_, AppError>(pictures::find(tx, id, number, size, reader)?)).await?;
    let found = found.filter(|own| shows_picture(own.state, own.is_own, is_house)).ok_or(AppError::NotFound)?;
    let is_public = matches!(found.state, State::Public | State::Merged);
    Download { sha256: &found.sha256, media_type: found.media_type, disposition: "inline", policy: POLICY, is_public }.send(&app, &headers).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_platform::picture_store::KeptRendition;

    fn picture() -> KeptPicture {
        let own = KeptRendition { sha256: "a".repeat(64), media_type: "image/jpeg", width: 40, height: 30 };
        KeptPicture { large: own.clone(), small: own }
    }

    fn keys(wish: Wish, description: &str, has_one: bool) -> Vec<&'static str> {
        check(Ok(&wish), description, has_one).iter().map(|refusal| refusal.key).collect()
    }

    #[test]
    fn a_picture_has_a_description_and_a_description_a_picture() {
        let put = || Wish::Put(picture());
        let long = "x".repeat(251);
        for (wish, description, has_one, expected) in [
            (put(), "Bank!", false, None),
            (put(), "Bank", false, Some("idea-picture-text-length")),
            (put(), &long[..250], true, None),
            (put(), &long, false, Some("idea-picture-text-length")),
            (Wish::Leave, "", false, None),
            (Wish::Leave, "Eine Bank", false, Some("idea-picture-missing")),
            (Wish::Leave, "Eine Bank", true, None),
            (Wish::Leave, "", true, Some("idea-picture-text-length")),
            (Wish::Remove, "", true, None),
        ] {
            assert_eq!(keys(wish, description, has_one), expected.into_iter().collect::<Vec<_>>(), "{description}");
        }
        assert_eq!(check(Err("picture-kind"), "", false), [Refusal::of_field(FIELD, "picture-kind")]);
    }

    #[test]
    fn only_what_is_larger_is_led_to() {
        let figure = |large| Figure::new("/beteiligung/1/ideen/2", &Picture { description: "Eine Bank".to_owned(), large, small: (480, 320) });
        assert_eq!(figure((1_600, 1_067)).large.as_deref(), Some("/beteiligung/1/ideen/2/bild/gross"));
        assert_eq!(figure((1_600, 1_067)).sources, "/beteiligung/1/ideen/2/bild/klein 480w, /beteiligung/1/ideen/2/bild/gross 1600w");
        assert_eq!((figure((480, 320)).large, figure((480, 320)).sources), (None, String::new()));
    }
}
