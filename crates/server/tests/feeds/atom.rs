//! A strict check of Atom feeds, written from RFC 4287 and XML 1.0, not from what our library writes.
//!
//! Start at [`faults`].

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
const ONCE: [&str; 3] = ["id", "title", "updated"];
const FEED_AT_MOST_ONCE: [&str; 5] = ["generator", "icon", "logo", "rights", "subtitle"];
const ENTRY_AT_MOST_ONCE: [&str; 5] = ["content", "published", "rights", "source", "summary"];
const OFTEN: [&str; 4] = ["author", "contributor", "category", "link"];
const TEXTS: [&str; 4] = ["title", "subtitle", "summary", "rights"];

#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn text_of(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.trim())
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How many entries a feed has.
pub fn entries(text: &str) -> usize {
    text.matches("<entry>").count()
}

/// All that is wrong with a feed.
pub fn faults(text: &str) -> Vec<String> {
    let feed = match parse(text) {
        Ok(feed) => feed,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    if feed.name != "feed" || feed.attribute("xmlns") != Some(NAMESPACE) {
        return vec![format!("the root is {} in {:?}", feed.name, feed.attribute("xmlns"))];
    }
    check_children(&feed, &FEED_AT_MOST_ONCE, true, &mut faults);
    let has_author = feed.all("author").next().is_some();
    let selves: Vec<_> = feed.all("link").filter(|link| link.attribute("rel") == Some("self")).collect();
    if selves.len() != 1 {
        faults.push(format!("{} links to itself", selves.len()));
    }
    let mut ids = HashSet::from([feed.text_of("id").to_owned()]);
    for entry in feed.all("entry") {
        check_children(entry, &ENTRY_AT_MOST_ONCE, false, &mut faults);
        if !has_author && entry.all("author").next().is_none() {
            faults.push("an entry without author in a feed without author".to_owned());
        }
        if !ids.insert(entry.text_of("id").to_owned()) {
            faults.push(format!("two with the id {}", entry.text_of("id")));
        }
        let has_page = entry.all("link").any(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
        if entry.all("content").next().is_none() && !has_page {
            faults.push(format!("{} has neither content nor a page", entry.text_of("id")));
        }
        if entry.text_of("updated") > feed.text_of("updated") {
            faults.push(format!("{} is newer than its feed", entry.text_of("id")));
        }
    }
    faults
}

fn check_children(element: &Element, at_most_once: &[&str], is_feed: bool, faults: &mut Vec<String>) {
    let name = &element.name;
    for wanted in ONCE.iter().filter(|wanted| element.all(wanted).count() != 1) {
        faults.push(format!("{name}: {} times {wanted}", element.all(wanted).count()));
    }
    for once in at_most_once.iter().filter(|once| element.all(once).count() > 1) {
        faults.push(format!("{name}: {} times {once}", element.all(once).count()));
    }
    let mut alternates = HashSet::new();
    for child in &element.children {
        let kind = child.name.as_str();
        let belongs = ONCE.contains(&kind) || at_most_once.contains(&kind) || OFTEN.contains(&kind) || (is_feed && kind == "entry");
        if !belongs {
            faults.push(format!("{kind} does not belong into {name}"));
        }
        match kind {
            "id" if !is_iri(child.text.trim()) => faults.push(format!("{name}: no IRI as id: {:?}", child.text)),
            "updated" | "published" if !is_moment(child.text.trim()) => faults.push(format!("{name}: no moment of RFC 3339: {:?}", child.text)),
            "link" => check_link(child, &mut alternates, faults),
            "author" | "contributor" if !is_person(child) => faults.push(format!("{name}: a person needs one name")),
            _ if TEXTS.contains(&kind) => check_text(child, faults),
            _ => {}
        }
    }
    if element.text_of("title").is_empty() {
        faults.push(format!("{name}: an empty title"));
    }
}

fn is_person(person: &Element) -> bool {
    person.all("name").count() == 1 && !person.text_of("name").is_empty() && person.all("uri").count() <= 1 && person.all("email").count() <= 1
}

fn check_link<'a>(link: &'a Element, alternates: &mut HashSet<(Option<&'a str>, Option<&'a str>)>, faults: &mut Vec<String>) {
    if !link.attribute("href").is_some_and(is_iri) {
        faults.push(format!("no IRI in a link: {:?}", link.attribute("href")));
    }
    let is_type = |text: &str| text.split_once('/').is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty() && !text.contains(' '));
    if link.attribute("type").is_some_and(|kind| !is_type(kind)) {
        faults.push(format!("no media type: {:?}", link.attribute("type")));
    }
    let is_alternate = link.attribute("rel").is_none_or(|rel| rel == "alternate");
    if is_alternate && !alternates.insert((link.attribute("type"), link.attribute("hreflang"))) {
        faults.push("two alternate links of one type and language".to_owned());
    }
}

fn check_text(text: &Element, faults: &mut Vec<String>) {
    match text.attribute("type").unwrap_or("text") {
        "text" | "html" if text.children.is_empty() => {}
        "xhtml" if text.children.len() == 1 => {}
        other => faults.push(format!("{} is no text of type {other}", text.name)),
    }
}

/// An absolute IRI without what no address may contain.
fn is_iri(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.chars().next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_scheme && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`".contains(letter))
}

/// RFC 3339 as Atom wants it: a large T, a large Z or an offset.
fn is_moment(text: &str) -> bool {
    let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let rest = shape.strip_prefix("0000-00-00T00:00:00").unwrap_or("?");
    let rest = rest.strip_prefix('.').map_or(rest, |fraction| fraction.trim_start_matches('0'));
    matches!(rest, "Z" | "+00:00" | "-00:00") && text.parse::<jiff::Timestamp>().is_ok()
}

fn parse(text: &str) -> Result<Element, String> {
    let is_allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r') || (letter >= ' ' && !matches!(letter, '\u{FFFE}' | '\u{FFFF}'));
    if let Some(letter) = text.chars().find(|letter| !is_allowed(*letter)) {
        return Err(format!("{letter:?} must not stand in XML"));
    }
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| format!("no well-formed XML: {error}"))?;
        let Some(here) = open.last_mut() else { return Err("it ends before it begins".to_owned()) };
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => here.children.push(element(&start)?),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Err("it ends before it begins".to_owned()),
                }
            }
            Event::Text(content) => here.text.push_str(&content.xml10_content()),
            Event::CData(content) => here.text.push_str(&content.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(letter)) if is_allowed(letter) => here.text.push(letter),
                Ok(None) => here.text.push_str(resolve_predefined_entity(&reference).ok_or("an unknown entity")?),
                _ => return Err("a reference to no character of XML".to_owned()),
            },
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    match (open.len(), open.pop()) {
        (1, Some(mut document)) if document.children.len() == 1 && document.text.trim().is_empty() => document.children.pop().ok_or_else(String::new),
        _ => Err("not one element that ends".to_owned()),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("an attribute: {error}"))?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| format!("an attribute: {error}"))?;
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().0.to_owned(), attributes, ..Element::default() })
}
