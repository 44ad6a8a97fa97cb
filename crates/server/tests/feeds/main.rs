//! Every calendar and every feed of the invented town is what the standards say, also with titles that need care.
//!
//! The checks are our own reading of RFC 5545 and RFC 4287 and know nothing of the libraries that write the feeds; that they find
//! faults is tested too. Start at [`Town::check_all`].

mod atom;
mod calendar;
#[path = "../program/mod.rs"]
mod program;

use anyhow::{Result, ensure};
use program::{Program, ask, command, header};
use std::collections::BTreeSet;
use std::ffi::OsStr;

/// What a title may hold at worst: everything that either format escapes, and more octets than a line may have.
const HARD: &str = "Straße \"A\" & <b>B</b>; C, D \\n E: ÄÖÜ – Ausbau der Überführung zwischen Bahnhofsvorplatz und Güterstraße 😀 ]]> &amp;";
const FORM: &str = "application/x-www-form-urlencoded";

/// One of the sites of the running demo.
struct Town<'p> {
    program: &'p Program,
    host: String,
}

impl Town<'_> {
    fn get(&self, path: &str) -> Result<String> {
        let answer = ask(self.program.address, "GET", path, &[("Host", self.host.as_str())], b"")?;
        ensure!(answer.starts_with("HTTP/1.1 200"), "{path}: {}", answer.chars().take(300).collect::<String>());
        Ok(answer)
    }

    /// The pages below an address to which its page leads, without queries.
    fn below(&self, path: &str) -> Result<BTreeSet<String>> {
        let page = self.get(path)?;
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        Ok(links.filter(|link| link.starts_with(&format!("{path}/")) && !link.contains(['?', '#'])).map(str::to_owned).collect())
    }

    /// The kinds of papers that the list can be narrowed to.
    fn paper_kinds(&self) -> Result<Vec<String>> {
        let page = self.get("/rat/vorlagen")?;
        let select = page.split("<select").find(|part| part.split('>').next().is_some_and(|tag| tag.contains("name=\"art\""))).unwrap_or_default();
        let select = select.split("</select>").next().unwrap_or_default();
        let options = select.split("<option").skip(1).filter_map(|rest| Some(rest.split_once('>')?.1.split('<').next()?.trim().to_owned()));
        Ok(options.skip(1).collect())
    }

    /// Checks all calendars and feeds. Returns how many events and entries they have.
    fn check_all(&self) -> Result<(usize, usize)> {
        let (mut calendars, mut feeds) = (vec!["/rat/kalender.ics".to_owned()], vec!["/rat/vorlagen.atom".to_owned()]);
        let (committees, places, kinds) = (self.below("/rat/gremien")?, self.below("/rat/orte")?, self.paper_kinds()?);
        ensure!(!committees.is_empty() && !places.is_empty() && !kinds.is_empty(), "{committees:?} {places:?} {kinds:?}");
        for committee in &committees {
            calendars.push(format!("{committee}/kalender.ics"));
            feeds.push(format!("{committee}/vorlagen.atom"));
        }
        feeds.extend(places.iter().map(|place| format!("{place}/vorlagen.atom")));
        feeds.extend(kinds.iter().map(|kind| format!("/rat/vorlagen.atom?art={}", encoded(kind))));
        let (mut events, mut entries) = (0, 0);
        for path in calendars {
            let text = self.body(&path, "text/calendar; charset=utf-8")?;
            let faults = calendar::faults(&text);
            ensure!(faults.is_empty(), "{path}: {faults:?}\n{text}");
            events += calendar::events(&text);
        }
        for path in feeds {
            let text = self.body(&path, "application/atom+xml; charset=utf-8")?;
            let faults = atom::faults(&text);
            ensure!(faults.is_empty(), "{path}: {faults:?}\n{text}");
            entries += atom::entries(&text);
        }
        Ok((events, entries))
    }

    fn body(&self, path: &str, media_type: &str) -> Result<String> {
        let answer = self.get(path)?;
        ensure!(header(&answer, "content-type") == media_type, "{path}: {}", header(&answer, "content-type"));
        Ok(answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }

    /// Sends a form and returns the answer, which must be a redirect.
    fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Result<String> {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let headers = [("Host", self.host.as_str()), ("Cookie", cookie), ("Content-Type", FORM), ("Sec-Fetch-Site", "same-origin")];
        let answer = ask(self.program.address, "POST", path, &headers, body.as_bytes())?;
        ensure!(answer.starts_with("HTTP/1.1 303"), "{path}: {answer}");
        Ok(answer)
    }

    /// Makes an object at the desk and publishes it.
    fn publish(&self, sort: &str, cookie: &str, fields: &[(&str, &str)]) -> Result<()> {
        let answer = self.post(&format!("/verwaltung/rat/{sort}/neu"), cookie, fields)?;
        let path = header(&answer, "location").split('?').next().unwrap_or_default();
        self.post(&format!("{path}/stand"), cookie, &[("to", "public")]).map(drop)
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn every_calendar_and_every_feed_of_the_invented_town_is_valid() -> Result<()> {
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--today", "2026-06-08", "--password", "Kirschbaum im Mai"];
    let program = Program::spawn(command(&arguments.map(OsStr::new)))?;
    let town = Town { program: &program, host: program.address.to_string() };
    let district = Town { program: &program, host: format!("oberau.localhost:{}", program.address.port()) };
    for place in [&town, &district] {
        let (events, entries) = place.check_all()?;
        ensure!(events > 5 && entries > 20, "{}: only {events} events and {entries} entries", place.host);
    }
    let answer = town.post("/anmelden", "", &[("email", "ratsbuero@musterau.example"), ("password", "Kirschbaum im Mai")])?;
    let cookie = header(&answer, "set-cookie").split(';').next().unwrap_or_default();
    town.publish("gremien", cookie, &[("name", HARD), ("kind", "Gremium")])?;
    town.publish("orte", cookie, &[("name", HARD), ("locality", HARD), ("room", HARD)])?;
    let fields = [("name", HARD), ("reference", "2026/<&>"), ("kind", "Antrag & Anfrage"), ("dated_on", "2026-06-01"), ("summary", HARD)];
    town.publish("vorlagen", cookie, &fields)?;
    let meeting = [("organization_ids", "1"), ("name", HARD), ("starts_at", "2026-06-09T19:00"), ("meeting_state", "eingeladen")];
    town.publish("sitzungen", cookie, &meeting)?;
    town.check_all()?;
    let feed = town.get("/rat/vorlagen.atom")?;
    ensure!(feed.contains("Güterstraße"), "the hard title is not there");
    Ok(())
}

/// Replaces a part of a valid text; each change must be found.
fn plant(valid: &str, faults: fn(&str) -> Vec<String>, changes: &[(&str, &str)]) -> Result<()> {
    ensure!(faults(valid).is_empty(), "{:?}", faults(valid));
    for (from, to) in changes {
        let changed = valid.replacen(from, to, 1);
        ensure!(changed != valid, "{from} is not there");
        ensure!(!faults(&changed).is_empty(), "not found: {to:?} instead of {from:?}");
    }
    Ok(())
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//B//DE\r\nBEGIN:VEVENT\r\nUID:1@a\r\nDTSTAMP:20260101T000000Z\r\n\
DTSTART:20260609T170000Z\r\nDTEND:20260609T190000Z\r\nSUMMARY:Rat\\, öffentlich\r\nURL:https://a.example/1\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:2@a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260610T170000Z\r\nSUMMARY:Bau\r\n fortgesetzt\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn planted_faults_of_a_calendar_are_found() -> Result<()> {
    let long = format!("SUMMARY:{}", "ä".repeat(34));
    plant(
        CALENDAR,
        calendar::faults,
        &[
            ("VERSION:2.0\r\n", ""),
            ("VERSION:2.0", "VERSION:1.0"),
            ("PRODID:-//A//B//DE\r\n", ""),
            ("\r\nVERSION", "\nVERSION"),
            ("END:VCALENDAR\r\n", "END:VCALENDAR"),
            ("END:VEVENT\r\nEND", "END"),
            ("UID:1@a\r\n", ""),
            ("UID:2@a", "UID:1@a"),
            ("DTSTAMP:20260101T000000Z\r\n", ""),
            ("DTSTART:20260609T170000Z\r\n", ""),
            ("DTSTART:20260609T170000Z", "DTSTART:20260631T170000Z"),
            ("DTSTART:20260609T170000Z", "DTSTART:2026-06-09T17:00:00Z"),
            ("DTEND:20260609T190000Z", "DTEND:20260609T160000Z"),
            ("DTEND:20260609T190000Z", "DTEND:20260609T190000Z\r\nDURATION:PT2H"),
            ("Rat\\,", "Rat,"),
            ("Rat\\,", "Rat\\x"),
            ("SUMMARY:Rat", "SUMMARY:R\u{7}at"),
            ("SUMMARY:Bau", &long),
            ("STATUS:CONFIRMED", "STATUS:FEST"),
            ("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nSTATUS:CONFIRMED"),
            ("STATUS:CONFIRMED", "ORT:Saal"),
            ("https://a.example/1", "https://a.example/ö"),
            ("STATUS:CONFIRMED", "ein Satz"),
        ],
    )?;
    ensure!(!calendar::faults("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nEND:VCALENDAR\r\n").is_empty(), "a calendar without anything in it");
    Ok(())
}

const FEED: &str = "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A &amp; B</title><id>https://a.example/feed</id>\
<updated>2026-06-04T08:00:00Z</updated><author><name>A</name></author><link rel=\"self\" href=\"https://a.example/feed\" type=\"application/atom+xml\"/>\
<entry><title>1</title><id>https://a.example/1</id><updated>2026-06-04T08:00:00+00:00</updated><link rel=\"alternate\" href=\"https://a.example/p/1\"/>\
<summary>Kurz</summary></entry><entry><title>2</title><id>https://a.example/2</id><updated>2026-06-03T08:00:00Z</updated>\
<link href=\"https://a.example/p/2\"/></entry></feed>";

#[test]
fn planted_faults_of_a_feed_are_found() -> Result<()> {
    plant(
        FEED,
        atom::faults,
        &[
            ("http://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom"),
            ("</feed>", ""),
            ("A &amp; B", "A & B"),
            ("A &amp; B", "A &nbsp; B"),
            ("A &amp; B", "A \u{2} B"),
            ("A &amp; B", "A &#2; B"),
            ("A &amp; B", ""),
            ("A &amp; B", "<b>A</b>"),
            ("<id>https://a.example/feed</id>", ""),
            ("<id>https://a.example/feed</id>", "<id>feed</id>"),
            ("<updated>2026-06-04T08:00:00Z</updated>", ""),
            ("<updated>2026-06-04T08:00:00Z</updated>", "<updated>2026-06-04</updated>"),
            ("<updated>2026-06-04T08:00:00Z</updated>", "<updated>2026-06-04 08:00:00Z</updated>"),
            ("<updated>2026-06-04T08:00:00Z</updated>", "<updated>2026-06-01T08:00:00Z</updated>"),
            ("<author><name>A</name></author>", ""),
            ("<author><name>A</name></author>", "<author></author>"),
            ("rel=\"self\"", "rel=\"alternate\""),
            ("<title>1</title>", ""),
            ("<title>1</title>", "<title>1</title><title>1</title>"),
            ("https://a.example/2</id>", "https://a.example/1</id>"),
            ("<link href=\"https://a.example/p/2\"/>", ""),
            ("<link href=\"https://a.example/p/2\"/>", "<link/>"),
            ("<link href=\"https://a.example/p/2\"/>", "<link href=\"https://a.example/p/2\"/><link href=\"https://a.example/p/3\"/>"),
            ("<summary>Kurz</summary>", "<summary>Kurz</summary><summary>Kurz</summary>"),
            ("<summary>Kurz</summary>", "<kurz>Kurz</kurz>"),
            ("application/atom+xml", "atom"),
        ],
    )
}
