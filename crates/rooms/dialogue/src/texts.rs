//! Texts as pages need them: read from JSON and drawn once, kept in memory under the digest of their bytes.
//!
//! A text that is public never changes, so what is kept can never be out of date; at most [`KEPT_MAX`] are. Start with [`shown`].

use allmende_platform::sessions::digest_of;
use allmende_texts::write::html;
use allmende_texts::{Kind, Text, UnitId};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Texts kept in memory.
const KEPT_MAX: usize = 32;

/// A text and its units as HTML.
#[derive(Debug)]
pub struct Shown {
    /// The text.
    pub text: Text,
    /// The words of each unit, in the order of the text.
    pub html: Vec<String>,
}

static KEPT: LazyLock<Mutex<HashMap<String, Arc<Shown>>>> = LazyLock::new(Mutex::default);

/// The digest under which a text is kept.
#[must_use]
pub fn digest(body: &str) -> String {
    allmende_core::hex(&digest_of(body))
}

/// The text with this digest. Its JSON is only asked for if it is not kept.
///
/// # Errors
/// What `body` returns; a body that is no text reads as an error of that kind.
pub fn shown<E: From<anyhow::Error>>(digest: &str, body: impl FnOnce() -> Result<String, E>) -> Result<Arc<Shown>, E> {
    if let Some(shown) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(digest) {
        return Ok(Arc::clone(shown));
    }
    let text: Text = serde_json::from_str(&body()?).map_err(anyhow::Error::from)?;
    let shown = Arc::new(of(text));
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert(digest.to_owned(), Arc::clone(&shown));
    Ok(shown)
}

/// A text that is not kept: a draft.
#[must_use]
pub fn of(text: Text) -> Shown {
    let html = text.units().iter().map(html::inline).collect();
    Shown { text, html }
}

/// The number of a unit as the database holds it.
#[must_use]
pub fn number(unit: UnitId) -> i64 {
    i64::from(unit.0)
}

/// The unit of a number from an address or the database; none for 0 and what no unit can be.
#[must_use]
pub fn unit_of(number: i64) -> Option<UnitId> {
    u32::try_from(number).ok().filter(|id| *id > 0).map(UnitId)
}

/// How people name a passage: "§ 2 Welche Bäume geschützt sind, Absatz 1", or the heading alone. German, as the texts are.
#[must_use]
pub fn name(text: &Text, unit: UnitId) -> String {
    let heading = text.headings_above(unit).last().map(|heading| heading.text.clone()).unwrap_or_default();
    let Some(own) = text.unit(unit) else { return heading };
    if matches!(own.kind, Kind::Heading { .. }) {
        return own.text.clone();
    }
    let above = text.headings_above(unit).last().map(|heading| heading.id);
    let siblings = text.units().iter().filter(|other| !matches!(other.kind, Kind::Heading { .. }));
    let place = siblings.filter(|other| text.headings_above(other.id).last().map(|heading| heading.id) == above).position(|other| other.id == unit);
    let place = place.map_or(1, |place| place + 1);
    if heading.is_empty() { format!("Absatz {place}") } else { format!("{heading}, Absatz {place}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_texts::{Format, Limits, read};

    fn text(markdown: &str) -> Text {
        read(Format::Markdown, markdown.as_bytes(), &Limits::default()).map_or_else(|error| panic!("{error}"), |reading| reading.text)
    }

    #[test]
    fn a_passage_is_named_by_its_heading_and_its_place_below_it() {
        let text = text("Vorweg.\n\n## § 1 Zweck\n\nErstens.\n\nZweitens.\n\n## § 2 Bäume\n\nDrittens.\n");
        let names: Vec<String> = text.units().iter().map(|unit| name(&text, unit.id)).collect();
        assert_eq!(names, ["Absatz 1", "§ 1 Zweck", "§ 1 Zweck, Absatz 1", "§ 1 Zweck, Absatz 2", "§ 2 Bäume", "§ 2 Bäume, Absatz 1"]);
    }

    #[test]
    fn a_text_that_is_kept_is_not_read_again() -> Result<(), anyhow::Error> {
        let body = serde_json::to_string(&text("Ein Absatz für den Speicher."))?;
        let own = digest(&body);
        let first = shown(&own, || Ok::<_, anyhow::Error>(body.clone()))?;
        let second = shown(&own, || Err(anyhow::anyhow!("read again")))?;
        assert!(Arc::ptr_eq(&first, &second) && first.html == ["Ein Absatz für den Speicher."]);
        Ok(())
    }

    #[test]
    fn a_number_that_is_no_unit_is_none() {
        assert_eq!((unit_of(0), unit_of(-1), unit_of(i64::MAX), unit_of(7)), (None, None, None, Some(UnitId(7))));
    }
}
