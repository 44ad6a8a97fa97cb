//! A public form that may bring one picture: its fields as those of any form, and the picture with its place in memory.
//!
//! Whoever sends it without a picture may send it as a form without files: a page that waited does. What is too large is read to its
//! end and forgotten, so that the fields behind it are kept and the page can say what to do. Start with [`Upload`].

use crate::app::App;
use crate::limits::{FORM_BYTES_MAX, UPLOAD_BYTES_MAX};
use crate::picture_store::{Held, Pictures};
use crate::pictures::PICTURE_BYTES_MAX;
use crate::web::forms::Fields;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

/// What came in the form's field for a picture; the first one counts.
#[derive(Debug)]
pub enum Given {
    /// No file.
    Nothing,
    /// A file that was not looked at yet.
    Picture(Held),
    /// A file that was not even held, and the key of the sentence that says why.
    Refused(&'static str),
}

/// A form with one picture. Takes part in a handler as its last argument. Fields that are too large together answer 413.
#[derive(Debug)]
pub struct Upload {
    /// The fields without files.
    pub fields: Fields,
    /// The picture.
    pub picture: Given,
}

impl FromRequest<App> for Upload {
    type Rejection = StatusCode;
    async fn from_request(request: Request, app: &App) -> Result<Self, StatusCode> {
        if is_upload(request.headers()) {
            read(request, Some(&app.pictures)).await
        } else {
            Ok(Self { fields: Fields::from_request(request, app).await?, picture: Given::Nothing })
        }
    }
}

impl Upload {
    /// The fields alone, and whether a file came with them.
    pub(crate) async fn without_files(request: Request) -> Result<(Fields, bool), StatusCode> {
        let upload = read(request, None).await?;
        Ok((upload.fields, !matches!(upload.picture, Given::Nothing)))
    }
}

/// Whether the body is a form that may bring files.
pub(crate) fn is_upload(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"))
}

async fn read(mut request: Request, pictures: Option<&Pictures>) -> Result<Upload, StatusCode> {
    DefaultBodyLimit::max(UPLOAD_BYTES_MAX).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| StatusCode::BAD_REQUEST)?;
    let (mut pairs, mut left, mut picture) = (Vec::new(), FORM_BYTES_MAX, Given::Nothing);
    while let Some(field) = form.next_field().await.map_err(status)? {
        if field.file_name().is_none() {
            pairs.push(text(field, &mut left).await?);
        } else if matches!(picture, Given::Nothing) {
            picture = file(field, pictures).await?;
        }
    }
    Ok(Upload { fields: Fields::new(pairs), picture })
}

fn status(error: MultipartError) -> StatusCode {
    error.status()
}

/// A field's name and value; both count, and each field counts at least once.
async fn text(mut field: Field<'_>, left: &mut usize) -> Result<(String, String), StatusCode> {
    let mut spend = |bytes: usize| left.checked_sub(bytes).map(|less| *left = less).ok_or(StatusCode::PAYLOAD_TOO_LARGE);
    let name = field.name().unwrap_or_default().to_owned();
    spend(name.len() + 1)?;
    let mut value = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(status)? {
        spend(piece.len())?;
        value.extend_from_slice(&piece);
    }
    Ok((name, String::from_utf8_lossy(&value).into_owned()))
}

/// A file, as far as it is held. A field that was left empty is a file without bytes.
async fn file(mut field: Field<'_>, pictures: Option<&Pictures>) -> Result<Given, StatusCode> {
    let (mut bytes, mut place, mut refused) = (Vec::new(), None, None);
    while let Some(piece) = field.chunk().await.map_err(status)? {
        if piece.is_empty() || refused.is_some() {
            continue;
        }
        if place.is_none() {
            place = pictures.and_then(Pictures::hold);
        }
        if place.is_none() {
            refused = Some("picture-busy");
        } else if bytes.len() + piece.len() > PICTURE_BYTES_MAX {
            (refused, bytes, place) = (Some("picture-too-large"), Vec::new(), None);
        } else {
            bytes.extend_from_slice(&piece);
        }
    }
    Ok(match (refused, place) {
        (Some(key), _) => Given::Refused(key),
        (None, Some(place)) => Given::Picture(Held::new(bytes, place)),
        (None, None) => Given::Nothing,
    })
}
