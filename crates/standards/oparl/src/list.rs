//! A list as it is served and asked for: filters, pages, links.
//!
//! The order of query parameters is fixed, so that a list page has one address. Knows nothing of where elements come
//! from. Source: OParl 1.1, sections 2.5 »Objektlisten und Paginierung« and 2.5.2 »Filter«.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::time;

/// What a client asks of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Created then or later.
    pub created_since: Option<Timestamp>,
    /// Created then or earlier.
    pub created_until: Option<Timestamp>,
    /// Modified then or later. Only then deleted objects are delivered.
    pub modified_since: Option<Timestamp>,
    /// Modified then or earlier.
    pub modified_until: Option<Timestamp>,
    /// Without embedded objects.
    pub omit_internal: bool,
    /// How many elements a page may have, at least 1. Only a wish.
    pub limit: Option<u32>,
    /// Which page, from 1.
    pub page: Option<u64>,
}

/// A query parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadParameter {
    /// Which.
    pub name: &'static str,
    /// What the client sent.
    pub value: String,
}

impl fmt::Display for BadParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parameter {} cannot be understood: {:?}", self.name, self.value)
    }
}

impl std::error::Error for BadParameter {}

impl ListQuery {
    /// Reads a query as it stands in the address, still percent-encoded, without the question mark. Unknown parameters are
    /// passed over. A plus sign is one, not a space: clients send offsets unencoded.
    ///
    /// # Errors
    /// [`BadParameter`] for a known parameter with a value that cannot be understood.
    pub fn parse(query: &str) -> Result<Self, BadParameter> {
        let mut result = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            match name {
                "created_since" => result.created_since = Some(instant("created_since", &value)?),
                "created_until" => result.created_until = Some(instant("created_until", &value)?),
                "modified_since" => result.modified_since = Some(instant("modified_since", &value)?),
                "modified_until" => result.modified_until = Some(instant("modified_until", &value)?),
                "omit_internal" => result.omit_internal = value == "true" || value == "1",
                "limit" => result.limit = Some(positive("limit", &value)?),
                "page" => result.page = Some(positive("page", &value)?),
                _ => {}
            }
        }
        Ok(result)
    }

    /// The address of a list with this query, its parameters in one fixed order, instants in UTC.
    #[must_use]
    pub fn address(&self, list: &str) -> String {
        self.joined(list, "%2B")
    }

    /// The same with the plus sign of offsets left as it is, for servers that refuse it percent-encoded.
    #[must_use]
    pub fn address_with_raw_plus(&self, list: &str) -> String {
        self.joined(list, "+")
    }

    fn joined(&self, list: &str, plus: &str) -> String {
        let instants = [
            ("created_since", self.created_since),
            ("created_until", self.created_until),
            ("modified_since", self.modified_since),
            ("modified_until", self.modified_until),
        ];
        let mut pairs: Vec<String> = instants
            .into_iter()
            .filter_map(|(name, instant)| Some((name, time::write_instant(instant?, &TimeZone::UTC))))
            .map(|(name, instant)| format!("{name}={}", instant.replace('+', plus)))
            .collect();
        pairs.extend(self.omit_internal.then(|| "omit_internal=true".to_owned()));
        pairs.extend(self.limit.map(|limit| format!("limit={limit}")));
        pairs.extend(self.page.map(|page| format!("page={page}")));
        if pairs.is_empty() {
            return list.to_owned();
        }
        let separator = if list.contains('?') { '&' } else { '?' };
        format!("{list}{separator}{}", pairs.join("&"))
    }
}

fn instant(name: &'static str, value: &str) -> Result<Timestamp, BadParameter> {
    // A web framework may have made the plus sign of an offset a space: the last one is it, behind the time.
    let restored = match value.rsplit_once(' ') {
        Some((before, offset)) if before.contains(':') => format!("{before}+{offset}"),
        _ => value.to_owned(),
    };
    let read = time::read_instant(&restored);
    read.map(|(instant, _)| instant).ok_or_else(|| BadParameter { name, value: value.to_owned() })
}

fn positive<N: std::str::FromStr + PartialOrd + Default>(name: &'static str, value: &str) -> Result<N, BadParameter> {
    let number = value.parse().ok().filter(|number| *number > N::default());
    number.ok_or_else(|| BadParameter { name, value: value.to_owned() })
}

/// Without percent-encoding; what is not properly encoded stays as it is.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hexadecimal = after.get(..2).filter(|_| byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(code) = hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where a page stands in its list. What is not known is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    /// How many elements the list has under its filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_elements: Option<u64>,
    /// How many elements a full page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elements_per_page: Option<u64>,
    /// Which page this is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_page: Option<u64>,
    /// How many pages there are, at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_pages: Option<u64>,
}

impl Pagination {
    /// For numbered pages. `per_page` of 0 is taken for 1.
    #[must_use]
    pub fn numbered(total: u64, per_page: u64, page: u64) -> Self {
        let per_page = per_page.max(1);
        Self { total_elements: Some(total), elements_per_page: Some(per_page), current_page: Some(page), total_pages: Some(total.div_ceil(per_page).max(1)) }
    }
}

/// The addresses of a list's other pages. `next` must be there on all but the last page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ListLinks {
    /// The first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// This page.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub this: Option<String>,
    /// The page after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The same list for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<String>,
}

impl ListLinks {
    /// Links of numbered pages; they keep the filters of the query. `pages` is the number of pages, at least 1.
    #[must_use]
    pub fn numbered(list: &str, query: &ListQuery, pages: u64) -> Self {
        let page = query.page.unwrap_or(1);
        let pages = pages.max(1);
        let link = |page| Some(ListQuery { page: Some(page), ..query.clone() }.address(list));
        Self {
            first: link(1),
            prev: if page > 1 { link((page - 1).min(pages)) } else { None },
            this: link(page),
            next: if page < pages { link(page + 1) } else { None },
            last: link(pages),
            web: None,
        }
    }
}

/// A list page to be written. The elements are [`crate::Encoded`] objects or anything else that serializes.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingPage<'a, T> {
    /// The elements of this page.
    pub data: &'a [T],
    /// Where it stands.
    pub pagination: Pagination,
    /// Where to go on.
    pub links: ListLinks,
}

impl<T: Serialize> Serialize for OutgoingPage<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("ListPage", 3)?;
        page.serialize_field("data", self.data)?;
        page.serialize_field("pagination", &self.pagination)?;
        page.serialize_field("links", &self.links)?;
        page.end()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_one_address_however_it_was_asked() {
        let list = "https://rat.example/papers";
        let same = "https://rat.example/papers?created_until=2026-01-01T00:00:00%2B00:00\
                    &modified_since=2020-01-01T00:00:00%2B00:00&omit_internal=true&limit=50&page=3";
        for query in [
            "page=3&limit=50&omit_internal=true&modified_since=2020-01-01T01:00:00%2B01:00&created_until=2026-01-01T00:00:00Z",
            "modified_since=2020-01-01T01:00:00+01:00&x=1&created_until=2026-01-01&limit=50&page=3&omit_internal=1",
            "modified_since=2020-01-01T01:00:00%2001:00&limit=50&page=3&omit_internal=1&created_until=2026-01-01T00:00:00%2B00:00",
        ] {
            // A day alone is midnight in Germany.
            let expected = if query.contains("2026-01-01&") { same.replace("2026-01-01T00", "2025-12-31T23") } else { same.to_owned() };
            assert_eq!(ListQuery::parse(query).unwrap().address(list), expected, "{query}");
        }
        let again = ListQuery::parse(same.split_once('?').unwrap().1).unwrap();
        assert_eq!(again.address(list), same);
        assert_eq!(ListQuery::default().address(list), list);
        assert_eq!(ListQuery { page: Some(2), ..Default::default() }.address("https://a/?b=1"), "https://a/?b=1&page=2");
    }

    #[test]
    fn the_plus_sign_of_an_offset_can_stay_as_it_is() {
        let query = ListQuery::parse("modified_since=2020-01-01T00:00:00%2B00:00").unwrap();
        assert_eq!(query.address_with_raw_plus("https://a/b"), "https://a/b?modified_since=2020-01-01T00:00:00+00:00");
    }

    #[test]
    fn nonsense_is_refused_by_the_name_of_its_parameter() {
        for (query, name) in [
            ("limit=0", "limit"),
            ("limit=-1", "limit"),
            ("limit=4294967296", "limit"),
            ("page=x", "page"),
            ("created_since=gestern", "created_since"),
            ("modified_until=%FF%zz%", "modified_until"),
        ] {
            assert_eq!(ListQuery::parse(query).map_err(|bad| bad.name), Err(name), "{query}");
        }
        assert_eq!(ListQuery::parse("limit=1&page=1&&=&%").unwrap().limit, Some(1));
    }

    #[test]
    fn next_is_there_on_all_pages_but_the_last() {
        for (total, page, pages, next) in [(0, 1, 1, false), (100, 1, 1, false), (101, 1, 2, true), (101, 2, 2, false)] {
            let pagination = Pagination::numbered(total, 100, page);
            assert_eq!(pagination.total_pages, Some(pages));
            let links = ListLinks::numbered("https://a/b", &ListQuery { page: Some(page), ..Default::default() }, pages);
            assert_eq!(links.next.is_some(), next);
            assert_eq!(links.prev.is_some(), page > 1);
        }
        let beyond = ListLinks::numbered("https://a/b", &ListQuery { page: Some(9), ..Default::default() }, 2);
        assert_eq!((beyond.prev.as_deref(), beyond.next), (Some("https://a/b?page=2"), None));
    }
}
