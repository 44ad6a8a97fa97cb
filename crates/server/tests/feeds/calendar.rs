//! A strict check of calendars, written from RFC 5545 (with the properties of RFC 7986), not from what our library writes.
//!
//! Start at [`faults`].

use std::collections::{HashMap, HashSet};

/// Octets of a line without its end. Source: RFC 5545, 3.1.
const LINE_OCTETS_MAX: usize = 75;
const CALENDAR_ONCE: [&str; 2] = ["PRODID", "VERSION"];
const CALENDAR_AT_MOST_ONCE: [&str; 7] = ["CALSCALE", "METHOD", "UID", "LAST-MODIFIED", "URL", "REFRESH-INTERVAL", "SOURCE"];
/// May stand once for each language.
const CALENDAR_OTHERS: [&str; 5] = ["NAME", "DESCRIPTION", "CATEGORIES", "COLOR", "IMAGE"];
const EVENT_ONCE: [&str; 3] = ["UID", "DTSTAMP", "DTSTART"];
const EVENT_AT_MOST_ONCE: [&str; 16] = [
    "CLASS",
    "CREATED",
    "DESCRIPTION",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "ORGANIZER",
    "PRIORITY",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "URL",
    "RECURRENCE-ID",
    "DTEND",
    "DURATION",
];
const EVENT_OTHERS: [&str; 4] = ["CATEGORIES", "COMMENT", "CONTACT", "ATTACH"];
/// Values in which commas, semicolons and backslashes are escaped. Source: RFC 5545, 3.3.11.
const TEXTS: [&str; 8] = ["SUMMARY", "LOCATION", "DESCRIPTION", "COMMENT", "NAME", "X-WR-CALNAME", "UID", "PRODID"];

struct Line {
    name: String,
    value: String,
}

/// A component with its own lines and those inside it.
struct Component {
    name: String,
    lines: Vec<Line>,
    parts: Vec<Component>,
}

impl Component {
    fn count(&self, name: &str) -> usize {
        self.lines.iter().filter(|line| line.name == name).count()
    }

    fn value(&self, name: &str) -> &str {
        self.lines.iter().find(|line| line.name == name).map_or("", |line| &line.value)
    }
}

/// How many events a calendar has.
pub fn events(text: &str) -> usize {
    text.matches("BEGIN:VEVENT\r\n").count()
}

/// All that is wrong with a calendar.
pub fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = unfold(text, &mut faults);
    let mut open: Vec<Component> = Vec::new();
    let mut whole: Vec<Component> = Vec::new();
    for line in &lines {
        let Some(line) = content_line(line, &mut faults) else { continue };
        match line.name.as_str() {
            "BEGIN" => open.push(Component { name: line.value, lines: Vec::new(), parts: Vec::new() }),
            "END" => match open.pop() {
                Some(done) if done.name == line.value => match open.last_mut() {
                    Some(parent) => parent.parts.push(done),
                    None => whole.push(done),
                },
                other => faults.push(format!("END:{} ends {:?}", line.value, other.map(|component| component.name))),
            },
            _ => match open.last_mut() {
                Some(component) => component.lines.push(line),
                None => faults.push(format!("{} stands outside of everything", line.name)),
            },
        }
    }
    if !open.is_empty() {
        faults.push("a component does not end".to_owned());
    }
    match whole.as_slice() {
        [calendar] if calendar.name == "VCALENDAR" => check_calendar(calendar, &mut faults),
        _ => faults.push(format!("{} objects instead of one calendar", whole.len())),
    }
    faults
}

fn unfold(text: &str, faults: &mut Vec<String>) -> Vec<String> {
    let Some(body) = text.strip_suffix("\r\n") else {
        faults.push("it does not end with CRLF".to_owned());
        return Vec::new();
    };
    let mut lines: Vec<String> = Vec::new();
    for line in body.split("\r\n") {
        if line.len() > LINE_OCTETS_MAX {
            faults.push(format!("{} octets in a line: {line}", line.len()));
        }
        if line.chars().any(|letter| letter.is_control() && letter != '\t') {
            faults.push(format!("a control character: {line:?}"));
        }
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `NAME;PARAMETER=value;PARAMETER="value":value`
fn content_line(line: &str, faults: &mut Vec<String>) -> Option<Line> {
    let mut is_quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == ':' && !is_quoted
    });
    let Some((colon, _)) = colon else {
        faults.push(format!("no content line: {line:?}"));
        return None;
    };
    let mut parts = line[..colon].split(';');
    let name = parts.next().unwrap_or_default();
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if !is_name(name) || parts.any(|parameter| !parameter.split_once('=').is_some_and(|(key, _)| is_name(key))) {
        faults.push(format!("no content line: {line:?}"));
    }
    Some(Line { name: name.to_ascii_uppercase(), value: line[colon + 1..].to_owned() })
}

fn check_lines(component: &Component, once: &[&str], at_most_once: &[&str], others: &[&str], faults: &mut Vec<String>) {
    for name in once.iter().filter(|name| component.count(name) != 1) {
        faults.push(format!("{}: {} times {name}", component.name, component.count(name)));
    }
    for name in at_most_once.iter().filter(|name| component.count(name) > 1) {
        faults.push(format!("{}: {} times {name}", component.name, component.count(name)));
    }
    for line in &component.lines {
        let name = line.name.as_str();
        if !(once.contains(&name) || at_most_once.contains(&name) || others.contains(&name) || name.starts_with("X-")) {
            faults.push(format!("{}: {name} does not belong here", component.name));
        }
        if TEXTS.contains(&name) && !is_text(&line.value) {
            faults.push(format!("{}: {name} is not escaped: {}", component.name, line.value));
        }
        if name == "URL" && !is_uri(&line.value) {
            faults.push(format!("{}: no URI: {}", component.name, line.value));
        }
    }
}

fn check_calendar(calendar: &Component, faults: &mut Vec<String>) {
    check_lines(calendar, &CALENDAR_ONCE, &CALENDAR_AT_MOST_ONCE, &CALENDAR_OTHERS, faults);
    if calendar.value("VERSION") != "2.0" {
        faults.push("VERSION is not 2.0".to_owned());
    }
    // icalbody = calprops component, component = 1*(…): a calendar without anything in it is none.
    if calendar.parts.is_empty() {
        faults.push("a calendar without a component".to_owned());
    }
    let mut known = HashMap::new();
    for part in &calendar.parts {
        match part.name.as_str() {
            "VEVENT" => {
                check_event(part, faults);
                *known.entry(part.value("UID")).or_insert(0) += 1;
            }
            "VTIMEZONE" => check_zone(part, faults),
            other => faults.push(format!("{other} is not expected")),
        }
    }
    faults.extend(known.iter().filter(|(_, count)| **count > 1).map(|(uid, count)| format!("{count} events with the UID {uid}")));
}

fn check_event(event: &Component, faults: &mut Vec<String>) {
    check_lines(event, &EVENT_ONCE, &EVENT_AT_MOST_ONCE, &EVENT_OTHERS, faults);
    for name in ["DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED", "CREATED"] {
        if event.count(name) > 0 && !is_utc(event.value(name)) {
            faults.push(format!("{name} is no moment in UTC: {}", event.value(name)));
        }
    }
    if event.count("DTEND") > 0 && event.count("DURATION") > 0 {
        faults.push("DTEND and DURATION together".to_owned());
    }
    if event.count("DTEND") > 0 && event.value("DTEND") <= event.value("DTSTART") {
        faults.push(format!("it ends before it begins: {} {}", event.value("DTSTART"), event.value("DTEND")));
    }
    if event.count("STATUS") > 0 && !["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(&event.value("STATUS")) {
        faults.push(format!("STATUS:{}", event.value("STATUS")));
    }
    if event.value("UID").is_empty() || event.value("SUMMARY").trim().is_empty() {
        faults.push("an event without UID or SUMMARY".to_owned());
    }
}

fn check_zone(zone: &Component, faults: &mut Vec<String>) {
    if zone.count("TZID") != 1 || zone.parts.is_empty() {
        faults.push("a time zone needs one TZID and a rule".to_owned());
    }
    let rules: HashSet<&str> = HashSet::from(["STANDARD", "DAYLIGHT"]);
    for part in &zone.parts {
        let is_whole = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"].iter().all(|name| part.count(name) == 1);
        if !rules.contains(part.name.as_str()) || !is_whole {
            faults.push(format!("{} of a time zone is not whole", part.name));
        }
    }
}

fn is_text(value: &str) -> bool {
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let is_escaped = letter == '\\' && matches!(letters.next(), Some('\\' | ';' | ',' | 'n' | 'N'));
        if matches!(letter, '\\' | ',' | ';') && !is_escaped {
            return false;
        }
    }
    true
}

/// `20260609T170000Z`, and a day that exists.
fn is_utc(value: &str) -> bool {
    value.len() == 16 && jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", value).is_ok()
}

fn is_uri(value: &str) -> bool {
    let unreserved = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(letter);
    (value.starts_with("http://") || value.starts_with("https://")) && value.chars().all(unreserved)
}
