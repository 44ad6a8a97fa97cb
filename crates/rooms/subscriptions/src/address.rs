//! A search as its address: `/suche?q=Radweg&art=paper&gremium=Bauausschuss`. Equal searches have equal normalised queries.
//!
//! Pure. The names of the parameters stand in [`LISTS`] and below; order and page of a result list do not belong to what is looked for.

use crate::rules;
use allmende_core::{Instant, Refusal};
use allmende_platform::search::{Point, Query};
use allmende_platform::web::forms::pairs;
use allmende_platform::web::routes::encode;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A filter with several values: its parameter, and where its values stand in a query.
type List = (&'static str, fn(&mut Query) -> &mut Vec<String>);

/// The filters in the order of the normalised query.
const LISTS: [List; 6] = [
    ("art", |query| &mut query.kinds),
    ("koerperschaft", |query| &mut query.bodies),
    ("gremium", |query| &mut query.committees),
    ("ort", |query| &mut query.places),
    ("dimension", |query| &mut query.dimensions),
    ("status", |query| &mut query.statuses),
];

/// Characters of a search's words.
const WORDS_CHARS_MAX: usize = 300;
/// Values of one filter.
const VALUES_MAX: usize = 30;
/// Characters of a normalised query.
const TEXT_CHARS_MAX: usize = 2_000;

/// The normalised query of a search. Takes the whole address, its query, or words alone.
///
/// # Errors
/// `abo-search-empty` for a search without words and filters, `abo-target` for one that is too long.
pub fn normalise(text: &str) -> Result<String, Refusal> {
    let query = text.strip_prefix("/suche?").unwrap_or(text);
    let pairs = if query.contains('=') { pairs(query.as_bytes()) } else { vec![("q".to_owned(), query.to_owned())] };
    let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
    let mut out: Vec<String> = Vec::new();
    let words = value("q").split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > WORDS_CHARS_MAX {
        return Err(Refusal::new("abo-target"));
    }
    if !words.is_empty() {
        out.push(format!("q={}", encode(&words)));
    }
    for (name, _) in LISTS {
        let mut values: Vec<&str> = pairs.iter().filter(|(own, value)| own == name && !value.trim().is_empty()).map(|(_, value)| value.trim()).collect();
        values.sort_unstable();
        values.dedup();
        out.extend(values.into_iter().take(VALUES_MAX).map(|value| format!("{name}={}", encode(value))));
    }
    for name in ["von", "bis"] {
        if let Ok(day) = value(name).parse::<Date>() {
            out.push(format!("{name}={day}"));
        }
    }
    if !value("naehe").is_empty() {
        let near = rules::near(value("naehe"), Some(value("umkreis")).filter(|radius| !radius.is_empty()).unwrap_or("500"))?;
        out.push(format!("naehe={}&umkreis={}", point(near.point), near.radius_m));
    }
    let text = out.join("&");
    match text.len() {
        0 => Err(Refusal::of_field("suche", "abo-search-empty")),
        1..=TEXT_CHARS_MAX => Ok(text),
        _ => Err(Refusal::new("abo-target")),
    }
}

/// The query of a normalised text. `bis` is the last day, on the clocks of the site.
#[must_use]
pub fn query(text: &str, zone: &TimeZone) -> Query {
    let mut query = Query::default();
    let mut near = ("", "500");
    let pairs = pairs(text.as_bytes());
    for (name, value) in &pairs {
        match name.as_str() {
            "q" => query.words.clone_from(value),
            "von" => query.from = start_of(value.parse().ok(), zone),
            "bis" => query.until = start_of(value.parse::<Date>().ok().and_then(|day| day.tomorrow().ok()), zone),
            "naehe" => near.0 = value,
            "umkreis" => near.1 = value,
            name => {
                if let Some((_, list)) = LISTS.iter().find(|(own, _)| *own == name) {
                    list(&mut query).push(value.clone());
                }
            }
        }
    }
    query.near = rules::near(near.0, near.1).ok();
    query
}

fn start_of(day: Option<Date>, zone: &TimeZone) -> Option<Instant> {
    Some(Instant::from(day?.to_zoned(zone.clone()).ok()?.timestamp()))
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

    #[test]
    fn the_order_of_parameters_and_the_page_of_the_list_do_not_count() {
        let check = |one: &str, other: &str| assert_eq!(normalise(one), normalise(other), "{one} / {other}");
        check("/suche?q=Rad++weg&art=file&art=paper", "art=paper&art=file&art=paper&q=Rad weg&seite=3&sort=neu");
        check("q=Kita&gremium=B%C3%BCro+%26+Co", "gremium=Büro %26 Co&q=+Kita+");
        check("Radweg", "q=Radweg");
        check("q=a&naehe=49,8.4", "naehe=49.0,8.40&umkreis=500&q=a");
        assert_eq!(normalise("/suche?q=&seite=2"), Err(Refusal::of_field("suche", "abo-search-empty")));
        assert_eq!(normalise("  "), Err(Refusal::of_field("suche", "abo-search-empty")));
        assert!(normalise(&"a".repeat(300)).is_ok() && normalise(&"a".repeat(301)).is_err());
    }

    #[test]
    fn a_normalised_search_is_read_as_it_was_meant() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let text = normalise("q=\"sicherer Schulweg\" -Auto&art=paper&gremium=Rat&ort=Oberau&status=open&von=2026-01-01&bis=2026-12-31&naehe=49.0,8.4&umkreis=700");
        let query = query(&text.unwrap_or_default(), &zone);
        assert_eq!(query.words, "\"sicherer Schulweg\" -Auto");
        assert_eq!((query.kinds, query.committees, query.places, query.statuses), (vec!["paper".to_owned()], vec!["Rat".to_owned()], vec!["Oberau".to_owned()], vec!["open".to_owned()]));
        let instant = |text: &str| text.parse::<jiff::Timestamp>().ok().map(Instant::from);
        assert_eq!((query.from, query.until), (instant("2025-12-31T23:00:00Z"), instant("2026-12-31T23:00:00Z")));
        assert_eq!(query.near.map(|near| near.radius_m), Some(700));
    }
}
