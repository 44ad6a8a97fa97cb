//! What somebody looks for, read from an address of the search and written back into one: for the search's pages, and for whoever
//! keeps a search, such as a subscription. Pure.
//!
//! `/suche?q=…&art=&gremium=&ort=&jahr=&von=&bis=&status=&umkreis=&naehe=&sortierung=&seite=`. A filter may stand several
//! times: then any of its values may hold. What cannot be understood is left out, so every address shows a page. Start with
//! [`Asked::read`]. The German nouns of values stand in [`crate::nouns`].

use crate::nouns;
use crate::search::{Near, Point, Query, Sort};
use crate::web::forms;
use crate::web::routes::encode;
use allmende_core::Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Characters of the words; what is longer is cut.
pub const WORDS_CHARS_MAX: usize = 400;
/// Characters of one value of a filter; a longer one is left out.
const VALUE_CHARS_MAX: usize = 200;
/// Values of all filters together; further ones are left out.
const VALUES_MAX: usize = 40;
/// Hits left out at the beginning at the most.
pub const OFFSET_MAX: usize = 10_000;
/// The radius if none is named, in metres.
pub const RADIUS_M: u32 = 500;
/// The greatest radius, in metres.
pub const RADIUS_M_MAX: u32 = 50_000;

/// The filters that list values: the parameter of addresses and the facet of the index.
pub const FILTERS: [(&str, &str); 7] =
    [("art", "kind"), ("gemeinde", "body"), ("gremium", "committee"), ("ort", "place"), ("jahr", "year"), ("status", "status"), ("dimension", "dimension")];

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// The words as typed.
    pub words: String,
    /// Facet and value, in the order of the address.
    pub filters: Vec<(&'static str, String)>,
    /// First day, inclusive.
    pub from: Option<Date>,
    /// Last day, inclusive.
    pub until: Option<Date>,
    /// An address or coordinates, as typed.
    pub near: String,
    /// How far around, in metres, 1 to [`RADIUS_M_MAX`].
    pub radius_m: Option<u32>,
    /// The order, if one was chosen.
    pub sort: Option<Sort>,
    /// The page, from 1.
    pub page: usize,
}

impl Asked {
    /// Reads the query of an address.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in forms::pairs(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() || value.contains('\0') {
                continue;
            }
            match name.as_str() {
                "q" => asked.words = value.chars().take(WORDS_CHARS_MAX).collect(),
                "von" => asked.from = value.parse().ok().or(asked.from),
                "bis" => asked.until = value.parse().ok().or(asked.until),
                "naehe" if value.chars().count() <= VALUE_CHARS_MAX => value.clone_into(&mut asked.near),
                "umkreis" => asked.radius_m = value.parse().ok().filter(|radius| (1..=RADIUS_M_MAX).contains(radius)).or(asked.radius_m),
                "sortierung" => asked.sort = sort_of(value).or(asked.sort),
                "seite" => asked.page = value.parse().ok().filter(|page| (1..=OFFSET_MAX).contains(page)).unwrap_or(1),
                name => asked.add(name, value),
            }
        }
        // Equal questions are equal, whatever the order of their address; a radius around nowhere is none.
        asked.radius_m = asked.radius_m.filter(|_| !asked.near.is_empty());
        asked.filters.sort_by_key(|(field, _)| FILTERS.iter().position(|(_, known)| known == field));
        asked
    }

    fn add(&mut self, name: &str, value: &str) {
        let Some((_, field)) = FILTERS.iter().find(|(parameter, _)| *parameter == name) else { return };
        let value = nouns::key(field, value).to_owned();
        let fits = value.chars().count() <= VALUE_CHARS_MAX && self.filters.len() < VALUES_MAX && (*field != "year" || year(&value).is_some());
        if fits && !self.has(field, &value) {
            self.filters.push((field, value));
        }
    }

    /// Whether a filter has this value.
    #[must_use]
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.filters.iter().any(|(known, chosen)| *known == field && chosen == value)
    }

    /// Whether anything was asked for at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.narrows()
    }

    /// Whether something narrows the hits beside the words.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.filters.is_empty() || self.from.is_some() || self.until.is_some() || !self.near.is_empty()
    }

    /// The order of the hits: the chosen one, else the nearest first around a point and the best first for words, else the newest.
    #[must_use]
    pub fn sort(&self, has_point: bool) -> Sort {
        match self.sort {
            Some(Sort::Nearest) if !has_point => Sort::Relevance,
            Some(sort) => sort,
            None if !self.words.is_empty() => Sort::Relevance,
            None if has_point => Sort::Nearest,
            None => Sort::Newest,
        }
    }

    /// As a question to the index. `point` is where [`Asked::near`] lies, days begin on the clocks of `zone`.
    #[must_use]
    pub fn query(&self, zone: &TimeZone, point: Option<Point>, hits: usize) -> Query {
        let of = |field: &str| self.filters.iter().filter(|(known, _)| *known == field).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        let years: Vec<i16> = of("year").iter().filter_map(|value| year(value)).collect();
        let first = self.from.into_iter().chain(years.iter().min().and_then(|year| Date::new(*year, 1, 1).ok())).max();
        let last = self.until.into_iter().chain(years.iter().max().and_then(|year| Date::new(*year, 12, 31).ok())).min();
        Query {
            words: self.words.clone(),
            kinds: of("kind"),
            bodies: of("body"),
            committees: of("committee"),
            places: of("place"),
            dimensions: of("dimension"),
            statuses: of("status"),
            from: first.and_then(|day| start_of(day, zone)),
            until: last.and_then(|day| day.tomorrow().ok()).and_then(|day| start_of(day, zone)),
            near: point.map(|point| Near { point, radius_m: self.radius_m.unwrap_or(RADIUS_M) }),
            sort: self.sort(point.is_some()),
            offset: self.page.saturating_sub(1).saturating_mul(hits).min(OFFSET_MAX),
            limit: hits,
            with_facets: true,
        }
    }

    /// Name and value of everything asked for but the page, in one order: equal questions have equal addresses.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.words.is_empty() {
            pairs.push(("q", self.words.clone()));
        }
        for (name, field) in FILTERS {
            let chosen = self.filters.iter().filter(|(known, _)| *known == field);
            pairs.extend(chosen.map(|(_, value)| (name, nouns::noun(field, value).to_owned())));
        }
        pairs.extend(self.from.map(|day| ("von", day.to_string())));
        pairs.extend(self.until.map(|day| ("bis", day.to_string())));
        if !self.near.is_empty() {
            pairs.push(("naehe", self.near.clone()));
            pairs.extend(self.radius_m.map(|radius| ("umkreis", radius.to_string())));
        }
        pairs.extend(self.sort.map(|sort| ("sortierung", sort_word(sort).to_owned())));
        pairs
    }

    /// The address of this question below a path.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut pairs = self.pairs();
        if self.page > 1 {
            pairs.push(("seite", self.page.to_string()));
        }
        let query = written(&pairs);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// What is looked for, as the query of an address; neither order nor page belong to it.
    #[must_use]
    pub fn sought(&self) -> String {
        written(&Self { sort: None, ..self.clone() }.pairs())
    }

    /// The same question from its first page on, changed.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut asked = Self { page: 1, ..self.clone() };
        change(&mut asked);
        asked
    }

    /// With one more value of a filter.
    #[must_use]
    pub fn with(&self, field: &'static str, value: &str) -> Self {
        self.changed(|asked| asked.filters.push((field, value.to_owned())))
    }

    /// Without a value of a filter.
    #[must_use]
    pub fn without(&self, field: &str, value: &str) -> Self {
        self.changed(|asked| asked.filters.retain(|(known, chosen)| *known != field || chosen != value))
    }
}

/// The two numbers that a text is, which may be coordinates: latitude and longitude.
#[must_use]
pub fn degrees(text: &str) -> Option<(f64, f64)> {
    let parts: Vec<&str> = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    let [latitude, longitude] = parts.as_slice() else { return None };
    let pair = (latitude.parse::<f64>().ok()?, longitude.parse::<f64>().ok()?);
    (pair.0.is_finite() && pair.1.is_finite()).then_some(pair)
}

/// The coordinates that a text is: latitude and longitude in degrees, as maps show them.
#[must_use]
pub fn coordinates(text: &str) -> Option<Point> {
    let (latitude, longitude) = degrees(text)?;
    ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some(Point { longitude, latitude })
}

fn written(pairs: &[(&str, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn year(value: &str) -> Option<i16> {
    value.parse().ok().filter(|year| (1800..=2200).contains(year))
}

fn start_of(day: Date, zone: &TimeZone) -> Option<Instant> {
    Some(Instant::from_millis(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

fn sort_of(word: &str) -> Option<Sort> {
    [Sort::Relevance, Sort::Newest, Sort::Nearest].into_iter().find(|sort| sort_word(*sort) == word)
}

/// The word of an order in addresses.
#[must_use]
pub const fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "passend",
        Sort::Newest => "neu",
        Sort::Nearest => "nah",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, address: &str) {
        let asked = Asked::read(query);
        assert_eq!(asked.address("/suche"), address, "{query}");
        assert_eq!(Asked::read(address.strip_prefix("/suche").unwrap_or_default().trim_start_matches('?')), asked, "{query}");
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        check("", "/suche");
        check("q=Rad+weg%20neu&art=vorlage&art=datei&seite=2", "/suche?q=Rad%20weg%20neu&art=vorlage&art=datei&seite=2");
        check("art=paper&art=vorlage", "/suche?art=vorlage");
        check("ort=S%C3%BCdstadt&gremium=Rat+%26+Tat", "/suche?gremium=Rat%20%26%20Tat&ort=S%C3%BCdstadt");
        check("von=2026-02-30&bis=2026-02-28", "/suche?bis=2026-02-28");
        check("jahr=2026&jahr=1799&jahr=x", "/suche?jahr=2026");
        check("naehe=49.0,8.4&umkreis=50000", "/suche?naehe=49.0%2C8.4&umkreis=50000");
        check("naehe=49.0,8.4&umkreis=50001", "/suche?naehe=49.0%2C8.4");
        check("umkreis=500", "/suche");
        check("sortierung=neu&seite=0", "/suche?sortierung=neu");
        check("q=%zz%4", "/suche?q=%25zz%254");
        check("q=a%00b&unbekannt=1", "/suche");
    }

    #[test]
    fn neither_order_nor_page_belong_to_what_is_looked_for() {
        assert_eq!(Asked::read("seite=3&sortierung=neu&art=paper&q=Rad+weg").sought(), "q=Rad%20weg&art=vorlage");
        assert_eq!(Asked::read("seite=3").sought(), "");
    }

    #[test]
    fn what_is_too_long_or_too_much_is_left_out() {
        assert_eq!(Asked::read(&format!("q={}", "x".repeat(401))).words.len(), 400);
        assert_eq!(Asked::read(&format!("ort={}", "x".repeat(200))).filters.len(), 1);
        assert_eq!(Asked::read(&format!("ort={}", "x".repeat(201))).filters.len(), 0);
        let many = |count: usize| (0..count).map(|number| format!("ort={number}")).collect::<Vec<_>>().join("&");
        assert_eq!(Asked::read(&many(40)).filters.len(), 40);
        assert_eq!(Asked::read(&many(41)).filters.len(), 40);
        assert_eq!(Asked::read("seite=10000").page, 10_000);
        assert_eq!(Asked::read("seite=10001").page, 1);
    }

    #[test]
    fn days_and_years_narrow_together_on_the_clocks_of_the_site() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let check = |query: &str, from: Option<&str>, until: Option<&str>| {
            let query = Asked::read(query).query(&zone, None, 20);
            let shown = |at: Option<Instant>| at.map(|at| at.timestamp().to_string());
            assert_eq!((shown(query.from).as_deref(), shown(query.until).as_deref()), (from, until));
        };
        check("", None, None);
        check("von=2026-06-01&bis=2026-06-01", Some("2026-05-31T22:00:00Z"), Some("2026-06-01T22:00:00Z"));
        check("jahr=2026", Some("2025-12-31T23:00:00Z"), Some("2026-12-31T23:00:00Z"));
        check("jahr=2026&von=2026-06-01&bis=2027-01-01", Some("2026-05-31T22:00:00Z"), Some("2026-12-31T23:00:00Z"));
        check("jahr=2024&jahr=2026", Some("2023-12-31T23:00:00Z"), Some("2026-12-31T23:00:00Z"));
    }

    #[test]
    fn the_order_follows_what_was_asked() {
        let sort = |query: &str, has_point: bool| Asked::read(query).sort(has_point);
        assert_eq!(sort("q=rad", true), Sort::Relevance);
        assert_eq!(sort("naehe=49,8", true), Sort::Nearest);
        assert_eq!(sort("art=vorlage", false), Sort::Newest);
        assert_eq!(sort("sortierung=nah", false), Sort::Relevance);
        assert_eq!(sort("sortierung=nah", true), Sort::Nearest);
        assert_eq!(sort("q=rad&sortierung=neu", true), Sort::Newest);
    }

    #[test]
    fn coordinates_are_two_numbers_of_degrees() {
        let check = |text: &str, expected: Option<(f64, f64)>| assert_eq!(coordinates(text).map(|point| (point.latitude, point.longitude)), expected, "{text}");
        check("49.0094, 8.4044", Some((49.0094, 8.4044)));
        check("49.0094;8.4044", Some((49.0094, 8.4044)));
        check("-90 180", Some((-90.0, 180.0)));
        check("90.1 8", None);
        check("49 180.1", None);
        check("Hauptstraße 5", None);
        check("49", None);
        check("1 2 3", None);
        check("NaN 8", None);
    }

    #[test]
    fn an_offset_ends_at_its_limit() {
        let offset = |page: &str| Asked::read(&format!("seite={page}")).query(&TimeZone::UTC, None, 20).offset;
        assert_eq!((offset("1"), offset("2"), offset("501"), offset("502")), (0, 20, 10_000, 10_000));
    }
}
