//! A search as its address: `/suche?q=Radweg&art=vorlage&gremium=Bauausschuss`. Equal searches have equal normalised queries.
//!
//! Pure. The names of the parameters stand in [`LISTS`] and below, the nouns of values in [`NOUNS`]: both as the pages of the search
//! write them. Order and page of a result list do not belong to what is looked for.

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
    ("gemeinde", |query| &mut query.bodies),
    ("gremium", |query| &mut query.committees),
    ("ort", |query| &mut query.places),
    ("status", |query| &mut query.statuses),
    ("dimension", |query| &mut query.dimensions),
];

/// Values that have a noun in addresses: the filter, the value of the query, the noun. The value itself is understood too.
const NOUNS: [(&str, &str, &str); 17] = [
    ("art", "paper", "vorlage"),
    ("art", "file", "datei"),
    ("art", "meeting", "sitzung"),
    ("art", "agenda_item", "tagesordnungspunkt"),
    ("art", "decision", "beschluss"),
    ("art", "organization", "gremium"),
    ("art", "person", "mensch"),
    ("status", "adopted", "beschlossen"),
    ("status", "adopted-changed", "geaendert-beschlossen"),
    ("status", "rejected", "abgelehnt"),
    ("status", "noted", "zur-kenntnis"),
    ("status", "postponed", "vertagt"),
    ("status", "under-discussion", "in-beratung"),
    ("status", "cancelled", "faellt-aus"),
    ("dimension", "transparency", "transparenz"),
    ("dimension", "participation", "beteiligung"),
    ("dimension", "cooperation", "kooperation"),
];

fn noun<'v>(filter: &str, value: &'v str) -> &'v str {
    NOUNS.iter().find(|(own, key, _)| *own == filter && *key == value).map_or(value, |(.., noun)| *noun)
}

fn key<'v>(filter: &str, value: &'v str) -> &'v str {
    NOUNS.iter().find(|(own, _, noun)| *own == filter && *noun == value).map_or(value, |(_, key, _)| *key)
}

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
        out.extend(values(&pairs, name).into_iter().map(|value| format!("{name}={}", encode(noun(name, value)))));
    }
    out.extend(values(&pairs, "jahr").into_iter().filter(|value| year(value).is_some()).map(|value| format!("jahr={value}")));
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

/// The values of a filter, each once, in order.
fn values<'p>(pairs: &'p [(String, String)], name: &str) -> Vec<&'p str> {
    let given = pairs.iter().filter(|(own, value)| own == name && !value.trim().is_empty());
    let mut values: Vec<&str> = given.map(|(_, value)| key(name, value.trim())).collect();
    values.sort_unstable();
    values.dedup();
    values.truncate(VALUES_MAX);
    values
}

fn year(value: &str) -> Option<i16> {
    value.parse().ok().filter(|year| (1800..=2200).contains(year))
}

/// The query of a normalised text. `bis` is the last day, on the clocks of the site.
#[must_use]
pub fn query(text: &str, zone: &TimeZone) -> Query {
    let mut query = Query::default();
    let mut near = ("", "500");
    let (mut first, mut last): (Vec<Date>, Vec<Date>) = (Vec::new(), Vec::new());
    let pairs = pairs(text.as_bytes());
    for (name, value) in &pairs {
        match name.as_str() {
            "q" => query.words.clone_from(value),
            "von" => first.extend(value.parse::<Date>()),
            "bis" => last.extend(value.parse::<Date>()),
            "naehe" => near.0 = value,
            "umkreis" => near.1 = value,
            name => {
                if let Some((_, list)) = LISTS.iter().find(|(own, _)| *own == name) {
                    list(&mut query).push(key(name, value).to_owned());
                }
            }
        }
    }
    // Several years are the time from the first to the last; together with days the narrower bounds hold.
    let years: Vec<i16> = values(&pairs, "jahr").into_iter().filter_map(year).collect();
    first.extend(years.iter().min().and_then(|year| Date::new(*year, 1, 1).ok()));
    last.extend(years.iter().max().and_then(|year| Date::new(*year, 12, 31).ok()));
    query.from = start_of(first.into_iter().max(), zone);
    query.until = start_of(last.into_iter().min().and_then(|day| day.tomorrow().ok()), zone);
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
        check("/suche?q=Rad++weg&art=datei&art=paper", "art=vorlage&art=file&art=paper&q=Rad weg&seite=3&sortierung=neu");
        check("q=Kita&gremium=B%C3%BCro+%26+Co", "gremium=Büro %26 Co&q=+Kita+");
        check("Radweg", "q=Radweg");
        check("q=a&naehe=49,8.4", "naehe=49.0,8.40&umkreis=500&q=a");
        assert_eq!(normalise("q=Rad&art=paper&jahr=2026&jahr=x").as_deref(), Ok("q=Rad&art=vorlage&jahr=2026"));
        assert_eq!(normalise("/suche?q=&seite=2"), Err(Refusal::of_field("suche", "abo-search-empty")));
        assert_eq!(normalise("  "), Err(Refusal::of_field("suche", "abo-search-empty")));
        assert!(normalise(&"a".repeat(300)).is_ok() && normalise(&"a".repeat(301)).is_err());
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
