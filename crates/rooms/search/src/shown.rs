//! Hits, filters and pages of hits in residents' words. Pure: knows the texts and no request.

use crate::words;
use allmende_core::{Id, Instant, Site};
use allmende_platform::asked::{Asked, FILTERS};
use allmende_platform::dates::Dates;
use allmende_platform::search::{Facet, Hit, Passage, Sort, Why};
use allmende_platform::sites::Settings;
use allmende_platform::texts::Speaker;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Values of a filter before the rest is folded.
const VALUES_OPEN_MAX: usize = 8;
/// Committees named with a hit.
const COMMITTEES_MAX: usize = 3;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was asked for.
    pub is_marked: bool,
}

/// A passage as the page shows it: where it leads, and its pieces, true where one is marked.
#[derive(Debug, Clone)]
pub struct PassageItem {
    /// "Seite 3" and its address, if it has pages.
    pub page: Option<(String, String)>,
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

/// A hit as the page shows it.
#[derive(Debug, Clone)]
pub struct HitItem {
    /// Its place in the list, from 1.
    pub number: usize,
    /// Its address.
    pub path: String,
    /// Its title; never empty.
    pub title: Vec<Piece>,
    /// What it is in residents' words, with its number.
    pub kind: String,
    /// What the council calls it, where that is another word.
    pub official: Option<String>,
    /// Its day: for machines and for people.
    pub day: Option<(String, String)>,
    /// Its committees.
    pub committees: String,
    /// What it is a part of: address and title.
    pub part_of: Option<(String, String)>,
    /// Where it stands: shape and word.
    pub status: Option<(&'static str, String)>,
    /// How far it lies from the point asked for.
    pub distance: Option<String>,
    /// The best passages.
    pub passages: Vec<PassageItem>,
    /// Why it was found.
    pub why: String,
    /// Whose it is, on the page of a network.
    pub site: Option<String>,
    /// Its points for the map: `longitude,latitude` with spaces between.
    pub points: String,
}

/// A value that hits can be narrowed by.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// How many hits have it.
    pub count: String,
    /// The address with it, or without it if it is chosen.
    pub path: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// A filter with its values.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its heading.
    pub heading: &'static str,
    /// The first values.
    pub choices: Vec<Choice>,
    /// The rest, folded.
    pub more: Vec<Choice>,
}

/// An order of the hits.
#[derive(Debug, Clone)]
pub struct Order {
    /// What it is called.
    pub label: &'static str,
    /// The address with it.
    pub path: String,
    /// Whether it is the present one.
    pub is_chosen: bool,
}

/// How far around a point.
#[derive(Debug, Clone)]
pub struct Radius {
    /// In metres.
    pub metres: u32,
    /// In words.
    pub label: String,
    /// Whether it is the present one.
    pub is_chosen: bool,
}

/// Speaks of hits to one reader.
#[derive(Clone)]
pub struct Words {
    /// The texts.
    pub t: Speaker,
    dates: Dates,
}

impl Words {
    /// In a language, on the clocks of a site.
    #[must_use]
    pub fn new(t: Speaker, zone: TimeZone) -> Self {
        // Days of hits are named in full: what day it is today does not matter.
        Self { t, dates: Dates::new(t, zone, Instant::from_millis(0)) }
    }

    /// A value of a filter in words.
    #[must_use]
    pub fn value(&self, field: &str, value: &str) -> String {
        words::text_key(field, value).map_or(value, |key| self.t.get(key)).to_owned()
    }

    /// The day of a moment: for machines and for people.
    #[must_use]
    pub fn day(&self, at: Instant) -> (String, String) {
        let date = self.dates.local(at).date();
        (date.to_string(), self.dates.day(date))
    }

    /// "350 m", "1,2 km"
    #[must_use]
    pub fn length(&self, metres: u32) -> String {
        if metres < 1_000 {
            return self.t.with("search-metres", &[("count", i64::from(metres).into())]);
        }
        let (whole, tenths) = (metres.saturating_add(50) / 1_000, metres.saturating_add(50) % 1_000 / 100);
        let point = if self.t.language() == allmende_core::Language::English { '.' } else { ',' };
        let count = if tenths == 0 { whole.to_string() } else { format!("{whole}{point}{tenths}") };
        self.t.with("search-kilometres", &[("count", count.as_str().into())])
    }

    /// How far away something is, to ten metres: a place is no more exact.
    fn distance(&self, metres: u32) -> String {
        let metres = if metres < 1_000 { metres.div_ceil(10) * 10 } else { metres };
        self.t.with("search-away", &[("length", self.length(metres).as_str().into())])
    }

    fn why(&self, hit: &Hit) -> String {
        let mut words: Vec<&str> = Vec::new();
        for why in &hit.why {
            let word = self.t.get(match why {
                Why::Reference => "search-why-reference",
                Why::Title => "search-why-title",
                Why::Word => "search-why-word",
                Why::Form => "search-why-form",
                Why::Typing => "search-why-typing",
                Why::Near => "search-why-near",
            });
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// A hit, `number` in the list. `sites` are all sites; `here` is that of the page.
    #[must_use]
    pub fn hit(&self, hit: &Hit, number: usize, here: Id<Site>, sites: &[Arc<Settings>]) -> HitItem {
        let whose = sites.iter().find(|site| site.id == hit.site && hit.site != here);
        let base = whose.map_or("", |site| site.base_url.as_str());
        let plain = self.value("kind", &hit.kind);
        let kind = hit.reference.as_ref().map_or_else(|| plain.clone(), |reference| format!("{plain} {reference}"));
        let is_empty = hit.title.pieces.iter().all(|(text, _)| text.trim().is_empty());
        HitItem {
            number,
            title: if is_empty { vec![Piece { text: self.t.get("search-untitled").to_owned(), is_marked: false }] } else { pieces(&hit.title) },
            official: hit.type_word.clone().filter(|word| *word != plain),
            kind,
            day: hit.happened_at.map(|at| self.day(at)),
            committees: self.committees(&hit.committees),
            part_of: hit.part_of.as_ref().filter(|part| !part.title.is_empty()).map(|part| (format!("{base}{}", part.path), part.title.clone())),
            status: hit.status.as_ref().map(|status| (words::shape(status), self.value("status", status))),
            distance: hit.distance_m.map(|metres| self.distance(metres)),
            passages: hit.passages.iter().map(|passage| self.passage(passage, base, &hit.path)).collect(),
            why: self.why(hit),
            site: whose.map(|site| site.name.clone()),
            points: hit.points.iter().map(|point| format!("{},{}", point.longitude, point.latitude)).collect::<Vec<_>>().join(" "),
            path: format!("{base}{}", hit.path),
        }
    }

    fn committees(&self, names: &[String]) -> String {
        let mut shown = names.iter().take(COMMITTEES_MAX).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > COMMITTEES_MAX {
            shown = self.t.with("search-and-more", &[("names", shown.as_str().into()), ("count", (names.len() - COMMITTEES_MAX).into())]);
        }
        shown
    }

    fn passage(&self, passage: &Passage, base: &str, path: &str) -> PassageItem {
        let page =
            passage.page.map(|page| (self.t.with("search-page", &[("number", i64::from(page).into())]), format!("{base}{path}?seite={page}#seite-{page}")));
        PassageItem { page, pieces: pieces(passage) }
    }

    /// The filters that hits can be narrowed by. One that would change nothing is left out.
    #[must_use]
    pub fn groups(&self, facets: &[Facet], asked: &Asked, path: &str) -> Vec<Group> {
        let mut groups = Vec::new();
        for (_, field) in FILTERS {
            let Some(facet) = facets.iter().find(|facet| facet.field == field) else { continue };
            let is_chosen = asked.filters.iter().any(|(chosen, _)| *chosen == field);
            if facet.values.len() < 2 && !is_chosen {
                continue;
            }
            let mut choices: Vec<Choice> = facet.values.iter().map(|(value, count)| self.choice(field, value, *count, asked, path)).collect();
            if field == "year" {
                choices.sort_by(|one, other| other.label.cmp(&one.label));
            }
            let more = choices.split_off(choices.len().min(VALUES_OPEN_MAX));
            groups.push(Group { heading: self.t.get(heading(field)), choices, more });
        }
        groups
    }

    fn choice(&self, field: &'static str, value: &str, count: u64, asked: &Asked, path: &str) -> Choice {
        let is_chosen = asked.has(field, value);
        let other = if is_chosen { asked.without(field, value) } else { asked.with(field, value) };
        let count = self.t.number(i64::try_from(count).unwrap_or(i64::MAX));
        Choice { label: self.value(field, value), count, path: other.address(path), is_chosen }
    }

    /// What narrows the hits now: each in words, with the address without it.
    #[must_use]
    pub fn chosen(&self, asked: &Asked, path: &str) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for (field, value) in &asked.filters {
            let label = self.t.with("search-chosen", &[("name", self.t.get(heading(field)).into()), ("value", self.value(field, value).as_str().into())]);
            out.push((label, asked.without(field, value).address(path)));
        }
        let day = |date: jiff::civil::Date| self.dates.day(date);
        if let Some(from) = asked.from {
            out.push((self.t.with("search-chosen-from", &[("day", day(from).as_str().into())]), asked.changed(|asked| asked.from = None).address(path)));
        }
        if let Some(until) = asked.until {
            out.push((self.t.with("search-chosen-until", &[("day", day(until).as_str().into())]), asked.changed(|asked| asked.until = None).address(path)));
        }
        if !asked.near.is_empty() {
            let radius = self.length(asked.radius_m.unwrap_or(allmende_platform::asked::RADIUS_M));
            let label = self.t.with("search-chosen-near", &[("radius", radius.as_str().into()), ("place", asked.near.as_str().into())]);
            let without = asked.changed(|asked| {
                asked.near.clear();
                asked.radius_m = None;
            });
            out.push((label, without.address(path)));
        }
        out
    }

    /// The orders that can be chosen.
    #[must_use]
    pub fn orders(&self, asked: &Asked, has_point: bool, path: &str) -> Vec<Order> {
        let now = asked.sort(has_point);
        let mut orders = vec![(Sort::Relevance, "search-sort-relevance"), (Sort::Newest, "search-sort-newest")];
        if has_point {
            orders.push((Sort::Nearest, "search-sort-nearest"));
        }
        let order = |(sort, key)| Order { label: self.t.get(key), path: asked.changed(|asked| asked.sort = Some(sort)).address(path), is_chosen: sort == now };
        orders.into_iter().map(order).collect()
    }

    /// The radii that can be chosen; another one that the address names is one of them.
    #[must_use]
    pub fn radii(&self, radius_m: u32) -> Vec<Radius> {
        let mut known = vec![200, 500, 1_000, 2_000, 5_000];
        if !known.contains(&radius_m) {
            known.push(radius_m);
            known.sort_unstable();
        }
        known.into_iter().map(|metres| Radius { metres, label: self.length(metres), is_chosen: metres == radius_m }).collect()
    }
}

fn pieces(passage: &Passage) -> Vec<Piece> {
    passage.pieces.iter().map(|(text, is_marked)| Piece { text: text.clone(), is_marked: *is_marked }).collect()
}

fn heading(field: &str) -> &'static str {
    match field {
        "kind" => "search-facet-kind",
        "body" => "search-facet-body",
        "committee" => "search-facet-committee",
        "place" => "search-facet-place",
        "year" => "search-facet-year",
        "status" => "search-facet-status",
        _ => "search-facet-dimension",
    }
}
