//! A search as its address: `/suche?q=Radweg&art=vorlage&gremium=Bauausschuss`. Equal searches have equal normalised queries.
//!
//! Pure. What parameters and nouns mean is said in one place, [`allmende_platform::asked`]; order and page of a result list do not
//! belong to what is looked for. A point is kept as coordinates.

use crate::rules;
use allmende_core::Refusal;
use allmende_platform::asked::{self, Asked, RADIUS_M};
use allmende_platform::search::{Point, Query, Sort};
use allmende_platform::web::forms::pairs;
use allmende_platform::web::routes::encode;
use jiff::tz::TimeZone;

/// Characters of a normalised query.
const TEXT_CHARS_MAX: usize = 2_000;

/// The normalised query of a search. Takes the whole address, its query, or words alone.
///
/// # Errors
/// `abo-search-empty` for a search without words and filters, `abo-near` for a point that is none, `abo-target` for one that is too
/// long.
pub fn normalise(text: &str) -> Result<String, Refusal> {
    let query = text.strip_prefix("/suche?").unwrap_or(text);
    let mut asked = if query.contains('=') { Asked::read(query) } else { Asked::read(&format!("q={}", encode(query))) };
    asked.words = asked.words.split_whitespace().collect::<Vec<_>>().join(" ");
    // The order of the facets stays, that of the values of one does not count.
    asked.filters.sort_by_key(|(field, value)| (asked::FILTERS.iter().position(|(_, known)| known == field), value.clone()));
    if !asked.near.is_empty() {
        let near = rules::near(&asked.near, &asked.radius_m.unwrap_or(RADIUS_M).to_string())?;
        (asked.near, asked.radius_m) = (point(near.point), Some(near.radius_m));
    }
    let text = asked.sought();
    match text.len() {
        0 => Err(Refusal::of_field("suche", "abo-search-empty")),
        1..=TEXT_CHARS_MAX => Ok(text),
        _ => Err(Refusal::new("abo-target")),
    }
}

/// The query of a normalised text. `bis` is the last day, on the clocks of the site.
#[must_use]
pub fn query(text: &str, zone: &TimeZone) -> Query {
    let asked = Asked::read(text);
    let point = asked::coordinates(&asked.near);
    Query { sort: Sort::default(), with_facets: false, ..asked.query(zone, point, 0) }
}

/// What a search is called: its words, then the values of its filters.
#[must_use]
pub fn name(text: &str) -> String {
    let pairs = pairs(text.as_bytes());
    let part = |(name, value): &(String, String)| match name.as_str() {
        "umkreis" => format!("{value} m"),
        _ => value.clone(),
    };
    rules::name(&pairs.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// Latitude and longitude with five places.
#[must_use]
pub fn point(point: Point) -> String {
    format!("{:.5},{:.5}", point.latitude, point.longitude)
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_core::Instant;

    #[test]
    fn the_order_of_parameters_and_the_page_of_the_list_do_not_count() {
        let check = |one: &str, other: &str| assert_eq!(normalise(one), normalise(other), "{one} / {other}");
        check("/suche?q=Rad++weg&art=datei&art=paper", "art=vorlage&art=file&art=paper&q=Rad weg&seite=3&sortierung=neu");
        check("q=Kita&gremium=B%C3%BCro+%26+Co", "gremium=Büro %26 Co&q=+Kita+");
        check("Radweg", "q=Radweg");
        check("q=a&naehe=49,8.4", "naehe=49.0,8.40&umkreis=500&q=a");
        assert_eq!(normalise("q=Rad&art=paper&jahr=2026&jahr=x").as_deref(), Ok("q=Rad&art=vorlage&jahr=2026"));
        assert_eq!(normalise("/suche?q=&seite=2"), Err(Refusal::of_field("suche", "abo-search-empty")));
        assert_eq!(normalise("  "), Err(Refusal::of_field("suche", "abo-search-empty")));
        let of = |count: usize| normalise(&format!("q={}", "a".repeat(count)));
        assert_eq!(of(asked::WORDS_CHARS_MAX + 1), of(asked::WORDS_CHARS_MAX), "it is the search that its page shows");
        let long = |count: usize| normalise(&format!("ort={}", ["ä".repeat(160), "ö".repeat(160), "a".repeat(count)].join("&ort=")));
        assert_eq!(long(TEXT_CHARS_MAX - 2 * (4 + 160 * 6 + 1) - 4).map(|text| text.len()), Ok(TEXT_CHARS_MAX));
        assert_eq!(long(TEXT_CHARS_MAX - 2 * (4 + 160 * 6 + 1) - 3), Err(Refusal::new("abo-target")));
    }

    #[test]
    fn a_normalised_search_is_read_as_it_was_meant() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let text = normalise(
            "q=\"sicherer Schulweg\" -Auto&art=vorlage&gremium=Rat&ort=Oberau&status=abgelehnt&jahr=2025&jahr=2026&von=2026-01-01&bis=2027-06-30&naehe=49.0,8.4&umkreis=700",
        );
        let query = query(&text.unwrap_or_default(), &zone);
        assert_eq!(query.words, "\"sicherer Schulweg\" -Auto");
        assert_eq!(
            (query.kinds, query.committees, query.places, query.statuses),
            (vec!["paper".to_owned()], vec!["Rat".to_owned()], vec!["Oberau".to_owned()], vec!["rejected".to_owned()])
        );
        let instant = |text: &str| text.parse::<jiff::Timestamp>().ok().map(Instant::from);
        assert_eq!((query.from, query.until), (instant("2025-12-31T23:00:00Z"), instant("2026-12-31T23:00:00Z")));
        assert_eq!(query.near.map(|near| near.radius_m), Some(700));
    }
}
