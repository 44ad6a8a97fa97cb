//! What is news. Not every row that an import touches: only what residents would call new.
//!
//! | what | is news when |
//! |---|---|
//! | anything with a node (paper, meeting, agenda item, decision, impulse …) | a public event stands in the thread: published, changed, result, withdrawn … |
//! | a result or a status | its words differ from those told before, however often the event is recorded |
//! | a file, which has no node | it appears for the first time, dated within [`FILE_DAYS`]; without a date, only if what it belongs to had an event lately; its text may come later |
//! | people and organizations without an event | never |
//!
//! So the first import of a council, which records no events, is silent, and so is an import that finds nothing new.
//! Pure: what was read comes as arguments.

use crate::store::thread::EventRow;
use allmende_core::Instant;
use allmende_platform::search::Document;

/// Events older than this are not told any more: the feed was not followed for that long. In days.
pub const EVENT_DAYS: i64 = 7;
/// Files older than this are not new, whenever they come in. In days.
pub const FILE_DAYS: i64 = 30;
/// The happening of a thing that is public for the first time and has no events.
pub const FIRST: &str = "first";
/// The happening of a thing that was taken out of the public eye.
pub const WITHDRAWN: &str = "withdrawn";
/// Events whose words tell more than that they happened: the same words again are no news.
const BY_WORDS: [&str; 2] = ["result", "status"];

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What makes two of them the same.
    pub key: String,
    /// The thing's kind.
    pub kind: String,
    /// The number of its row.
    pub object_id: i64,
    /// What happened: the kind of the event, or [`FIRST`].
    pub happening: String,
    /// The thing's page; empty if it has none.
    pub path: String,
    /// The thing's title; empty for what was withdrawn: it is public no longer.
    pub title: String,
    /// What it is a part of: title and address.
    pub part_of: Option<(String, String)>,
    /// The result, or why, in words.
    pub words: Option<String>,
    /// When it happened.
    pub happened_at: Instant,
    /// Its document among those that were loaded, if it has one.
    pub document: Option<usize>,
}

/// The news of an event. `document` is the thing's, if a source has it; `has_source` tells whether its kind has a source at all.
#[must_use]
pub fn of_event(event: &EventRow, document: Option<(usize, &Document)>, has_source: bool) -> Option<News> {
    let is_withdrawn = event.happening == WITHDRAWN;
    let is_shown = event.is_public && (document.is_some() || !has_source);
    if is_withdrawn == event.is_public || (!is_withdrawn && !is_shown) {
        return None;
    }
    let state = event.state.as_deref().filter(|_| BY_WORDS.contains(&event.happening.as_str()));
    let key = match state {
        Some(words) => format!("{}:{}:{}:{}", event.happening, event.kind, event.object_id, words),
        None => format!("event:{}", event.id),
    };
    let (path, title, part_of) = match document {
        _ if is_withdrawn => (String::new(), String::new(), None),
        Some((_, document)) => (document.path.clone(), document.title.clone(), part_of(document)),
        None => (event.path.clone(), event.title.clone(), None),
    };
    Some(News {
        key,
        kind: event.kind.clone(),
        object_id: event.object_id,
        happening: event.happening.clone(),
        path,
        title,
        part_of,
        words: event.reason.clone().or_else(|| state.map(str::to_owned)),
        happened_at: event.happened_at,
        document: document.filter(|_| !is_withdrawn).map(|(position, _)| position),
    })
}

/// The news that a file is there. `has_lately` tells whether what it belongs to had an event within [`EVENT_DAYS`].
#[must_use]
pub fn of_file(position: usize, document: &Document, has_lately: bool, now: Instant) -> Option<News> {
    let is_new = match document.happened_at {
        Some(at) => at >= now.plus_seconds(-FILE_DAYS * 86_400),
        None => has_lately,
    };
    is_new.then(|| News {
        key: format!("{FIRST}:{}:{}", document.kind, document.object_id),
        kind: document.kind.to_owned(),
        object_id: document.object_id,
        happening: FIRST.to_owned(),
        path: document.path.clone(),
        title: document.title.clone(),
        part_of: part_of(document),
        words: None,
        happened_at: now,
        document: Some(position),
    })
}

impl News {
    /// As it is told now. What is kept since `known` has that moment, and is held against subscriptions again only while it is
    /// not older than `since`.
    #[must_use]
    pub fn told_since(&self, known: Option<Instant>, since: Instant) -> Option<Self> {
        match known {
            None => Some(self.clone()),
            Some(at) => (at >= since).then(|| Self { happened_at: at, ..self.clone() }),
        }
    }
}

fn part_of(document: &Document) -> Option<(String, String)> {
    document.part_of.as_ref().map(|whole| (whole.title.clone(), whole.path.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(happening: &str, is_public: bool, state: Option<&str>) -> EventRow {
        EventRow {
            id: 9,
            node: 3,
            kind: "agenda_item".to_owned(),
            object_id: 5,
            happening: happening.to_owned(),
            happened_at: Instant::from_millis(1_000),
            reason: None,
            title: "Radweg".to_owned(),
            path: "/p".to_owned(),
            state: state.map(str::to_owned),
            is_public,
        }
    }

    fn document() -> Document {
        Document { kind: "agenda_item", object_id: 5, title: "Radweg am Bach".to_owned(), path: "/q".to_owned(), ..Document::default() }
    }

    #[test]
    fn an_event_of_a_public_thing_is_news_and_says_what_the_document_says() {
        let news = of_event(&event("published", true, Some("offen")), Some((2, &document())), true);
        assert!(news.is_some_and(|news| news.key == "event:9" && news.title == "Radweg am Bach" && news.document == Some(2) && news.words.is_none()));
        let bare = of_event(&event("published", true, None), None, false);
        assert!(bare.is_some_and(|news| news.title == "Radweg" && news.document.is_none()));
    }

    #[test]
    fn what_strangers_cannot_see_is_no_news() {
        assert_eq!(of_event(&event("published", false, None), None, true), None);
        assert_eq!(of_event(&event("changed", true, None), None, true), None, "its source has no public document");
        assert_eq!(of_event(&event("withdrawn", true, None), Some((0, &document())), true), None, "public again");
    }

    #[test]
    fn what_was_withdrawn_is_told_without_its_title() {
        let news = of_event(&event("withdrawn", false, None), None, true);
        assert!(news.is_some_and(|news| news.title.is_empty() && news.path.is_empty() && news.key == "event:9"));
    }

    #[test]
    fn the_same_result_again_is_the_same_news() {
        let of = |state| of_event(&event("result", true, Some(state)), Some((0, &document())), true).map(|news| news.key);
        assert_eq!(of("angenommen").as_deref(), Some("result:agenda_item:5:angenommen"));
        assert_ne!(of("angenommen"), of("abgelehnt"));
    }

    #[test]
    fn a_file_is_new_by_its_date() {
        let now = Instant::from_millis(100 * 86_400_000);
        let check = |age_seconds: Option<i64>, has_lately: bool, is_news: bool| {
            let document = Document { kind: "file", happened_at: age_seconds.map(|age| now.plus_seconds(-age)), ..document() };
            assert_eq!(of_file(0, &document, has_lately, now).is_some(), is_news, "{age_seconds:?} {has_lately}");
        };
        check(Some(0), false, true);
        check(Some(FILE_DAYS * 86_400), false, true);
        check(Some(FILE_DAYS * 86_400 + 1), true, false);
        check(None, true, true);
        check(None, false, false);
    }

    #[test]
    fn a_file_that_is_kept_keeps_its_moment_and_counts_as_long_as_it_is_news() {
        let now = Instant::from_millis(100 * 86_400_000);
        let since = now.plus_seconds(-EVENT_DAYS * 86_400);
        let check = |known: Option<Instant>, told: Option<Instant>| {
            let news = of_file(0, &Document { kind: "file", happened_at: Some(now), ..document() }, false, now);
            assert_eq!(news.and_then(|news| news.told_since(known, since)).map(|news| news.happened_at), told, "{known:?}");
        };
        check(None, Some(now));
        check(Some(since), Some(since));
        check(Some(since.plus_seconds(-1)), None);
    }
}
