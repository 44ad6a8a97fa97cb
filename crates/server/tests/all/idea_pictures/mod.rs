//! Pictures of ideas through all rooms. The files are made here. [`taken`]: what is taken in and what is refused; [`seen`]: who sees
//! them, how they change, and how they go.

mod seen;
mod taken;

use allmende::rooms;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_platform::files::Files;
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::collections::HashSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const LIST: &str = "/beteiligung/1-was-fehlt-in-musterau/ideen";
const LARGE: &str = "/beteiligung/1/ideen/1/bild/gross";
const SMALL: &str = "/beteiligung/1/ideen/1/bild/klein";
const EDIT: &str = "/beteiligung/1/ideen/1/aendern";
const BOUNDARY: &str = "Grenze-der-Teile-7";
const TITLE: &str = "Mehr Bänke am Marktplatz";
const TEXT: &str = "Am Marktplatz kann man sich nirgends in den Schatten setzen.";
const DESCRIPTION: &str = "Zwei leere Bänke im KANARI-Sonnenlicht";

fn points(width: u32, height: u32, shade: u8) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| if x < width / 2 && y < height / 2 { Rgb([220, 20, shade]) } else { Rgb([255, 255, shade]) })
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&points(width, height, 40)).expect("encodes");
    bytes
}

fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(points(width, height, shade)).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("encodes");
    bytes
}

/// A photograph as a telephone makes it: with the place, the hour and the name of its owner.
fn photograph() -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"KANARI-gps 49.0069 8.4037 2026:06:08 Ida Muster");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let (plain, length) = (jpeg(900, 600), u16::try_from(segment.len() + 2).expect("short").to_be_bytes());
    let mut out = plain[..2].to_vec();
    out.extend([0xff, 0xe1, length[0], length[1]]);
    out.extend(segment);
    out.extend(&plain[2..]);
    out
}

/// A form as a browser sends it: fields, and the file last but one.
fn body(fields: &[(&str, &str)], picture: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    let head = |name: &str, more: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
    let (last, first) = fields.split_last().expect("a field");
    let text = |body: &mut Vec<u8>, (name, value): (&str, &str)| {
        body.extend(head(name, "").as_bytes());
        body.extend(value.as_bytes());
        body.extend(b"\r\n");
    };
    first.iter().for_each(|field| text(&mut body, *field));
    // A browser sends the control even if nothing was chosen.
    body.extend(head("picture", &format!("; filename=\"{}\"\r\nContent-Type: image/jpeg", if picture.is_some() { "IMG_1.jpg" } else { "" })).as_bytes());
    body.extend(picture.unwrap_or_default());
    body.extend(b"\r\n");
    text(&mut body, *last);
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn media_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

type Guard = [(&'static str, String)];

/// Sends the form; without a role as a guest.
async fn send(town: &TestTown, role: Option<Role>, guard: &Guard, fields: &[(&str, &str)], picture: Option<&[u8]>) -> Result<Answer> {
    let mut all: Vec<(&str, &str)> = fields.to_vec();
    all.extend(guard.iter().map(|(name, value)| (*name, value.as_str())));
    let ask = town.post(&format!("{LIST}/neu"), &[]).body(&media_type(), body(&all, picture));
    match role {
        Some(role) => ask.as_role(role).send().await,
        None => ask.send().await,
    }
}

/// Proposes an idea with a picture, whatever is similar.
async fn propose(town: &TestTown, role: Option<Role>, picture: &[u8]) -> Result<Answer> {
    let guard = town.guarded("dialogue-idea").await?;
    let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", DESCRIPTION), ("name", "Gast"), ("email", "gast@gast.example")];
    send(town, role, &guard, &fields, Some(picture)).await
}

async fn change(town: &TestTown, role: Role, fields: &[(&str, &str)], picture: Option<&[u8]>) -> Result<Answer> {
    let all = [&[("act", "change"), ("title", TITLE), ("text", TEXT)], fields].concat();
    town.post(EDIT, &[]).body(&media_type(), body(&all, picture)).as_role(role).send().await
}

async fn moderate(town: &TestTown, action: &str) -> Result<()> {
    let fields = [("action", action), ("rule", "respect"), ("words", "Auf dem Bild ist ein Mensch zu erkennen.")];
    town.post("/verwaltung/moderation/idea/1", &fields).as_role(Role::Moderator).send().await?.expect(303)?;
    Ok(())
}

async fn rows(town: &TestTown) -> Result<Vec<(i64, String)>> {
    let read = town.db().read::<_, DbError>(town.site.id, |tx| {
        let site = tx.site()?;
        tx.list(sql!("SELECT idea_id, description FROM idea_picture WHERE site_id = $1 ORDER BY idea_id"), &[&site], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    Ok(read.await?)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn stored(town: &TestTown) -> Vec<PathBuf> {
    files_below(&town.app.parts.data.join("files"))
}

/// What the daily job does with files that nobody names, two days later.
async fn tidy(town: &TestTown) -> Result<()> {
    for path in stored(town) {
        std::fs::File::options().write(true).open(path)?.set_modified(SystemTime::now() - Duration::from_secs(2 * 86_400))?;
    }
    let mut named = HashSet::new();
    for list in rooms::KEPT {
        named.extend(town.db().read(Scope::Installation, *list).await?);
    }
    Files::of(&town.app.parts.data).remove_unnamed(&named)?;
    Ok(())
}

/// The sealed line in a form that is shown again.
fn line(page: &str) -> Result<String> {
    let rest = page.split("name=\"picture_kept\" value=\"").nth(1).with_context(|| format!("no line: {page}"))?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

async fn status(town: &TestTown, path: &str, role: Option<Role>) -> Result<(u16, String)> {
    let ask = town.get(path);
    let answer = match role {
        Some(role) => ask.as_role(role).send().await?,
        None => ask.send().await?,
    };
    Ok((answer.status, answer.text("cache-control").to_owned()))
}
