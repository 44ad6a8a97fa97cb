//! The mails with news: one per reader and moment over all subscriptions, each thing once, with the reasons why it is told.
//!
//! Writing the mail and marking its news as sent is one transaction, so no node sends twice and none is lost. A mail is never
//! empty: where nothing is public any more, nothing is written. Start at [`send_due`]; [`compose`] is pure.

use crate::mails;
use crate::rules::Frequency;
use crate::store::news::{self as rows, Item, Owed};
use crate::store::readers::{self, Reader};
use crate::{news, pages};
use allmende_core::{Id, Instant, Language};
use allmende_db::{Db, DbError, Tx};
use allmende_platform::AppError;
use allmende_platform::dates::Dates;
use allmende_platform::mail::{self, Cause, Mail};
use allmende_platform::sites::Settings;
use allmende_platform::texts::{Speaker, Texts};
use askama::Template;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Readers that are served in one transaction.
const READERS: i64 = 25;
/// Things in one mail; of more it says how many.
const LINES_MAX: usize = 60;
/// Characters of a title in a subject.
const SUBJECT_TITLE_CHARS: usize = 120;

/// Writes the mails that are due on this site, as long as `go_on` says so. Returns how many.
///
/// # Errors
/// What the database reports.
pub fn send_due(db: &Db, site: &Settings, texts: &'static Texts, go_on: impl Fn() -> bool) -> Result<usize, AppError> {
    let mut written = 0;
    while go_on() {
        let due = db.read_blocking::<_, DbError>(site.id, |tx| rows::list_due(tx, READERS))?;
        if due.is_empty() {
            break;
        }
        let settings = site.clone();
        written += db.write_blocking::<_, AppError>(site.id, move |tx| {
            due.iter().try_fold(0, |written, reader| Ok(written + usize::from(send_to(tx, &settings, texts, *reader)?)))
        })?;
    }
    Ok(written)
}

/// Writes the mail to one reader. False if nothing was to be told.
fn send_to(tx: &mut Tx<'_>, site: &Settings, texts: &'static Texts, reader: Id<Reader>) -> Result<bool, AppError> {
    let Some(reader) = readers::find_open(tx, reader)? else { return Ok(false) };
    let owed = rows::list_owed(tx, reader.id)?;
    rows::mark_sent(tx, reader.id)?;
    let t = texts.speak(reader.language);
    let Some(digest) = compose(t, site, &reader, owed, tx.now()?) else { return Ok(false) };
    let mail = Mail {
        to: reader.email.clone(),
        subject: digest.subject.clone(),
        text: digest.text(),
        html: Some(digest.render().map_err(anyhow::Error::from)?),
        language: reader.language,
    };
    match mail::enqueue_stoppable(tx, &mail, &digest.leave_all) {
        Ok(_) => Ok(true),
        // An account without an address that mails can go to.
        Err(AppError::Refused(_)) => {
            readers::pause(tx, &mail::folded(&reader.email), Cause::Refused)?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// A subscription in the foot of a mail, with the link that ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What it is called, with what it is.
    pub reason: String,
    /// The page that ends it.
    pub url: String,
}

/// One thing with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its title.
    pub title: String,
    /// Its page; empty if it has none.
    pub url: String,
    /// What happened, the newest first, each once.
    pub happened: Vec<String>,
    /// When the newest of it happened.
    pub day: String,
    /// Title and page of what it is a part of.
    pub part_of: Option<(String, String)>,
    /// Results and reasons in words, each once.
    pub words: Vec<String>,
    /// The subscriptions that it is told for.
    pub reasons: Vec<String>,
    at: Instant,
}

/// Things of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its heading.
    pub heading: &'static str,
    /// The newest first.
    pub lines: Vec<Line>,
}

/// A mail with news.
#[derive(Template)]
#[template(path = "abos/digest.html")]
pub struct Digest {
    t: Speaker,
    /// Whether titles are in another language than the mail.
    is_foreign: bool,
    /// The subject.
    pub subject: String,
    /// The groups in their order.
    pub groups: Vec<Group>,
    /// How many things found no place any more, in words.
    pub more: Option<String>,
    /// The subscriptions behind it.
    pub left: Vec<Left>,
    /// The page with all subscriptions.
    pub manage: String,
    /// The page that ends all of them.
    pub leave_all: String,
}

/// The groups in their order: the text of the heading, and the kinds of things.
const GROUPS: [(&str, &[&str]); 6] = [
    ("abo-group-dialogue", &["process", "statement", "idea"]),
    ("abo-group-decisions", &["decision", "agenda_item", "measure"]),
    ("abo-group-undertakings", &["undertaking"]),
    ("abo-group-papers", &["paper", "file"]),
    ("abo-group-meetings", &["meeting"]),
    ("abo-group-others", &[]),
];

fn group_of(kind: &str) -> usize {
    GROUPS.iter().position(|(_, kinds)| kinds.contains(&kind)).unwrap_or(GROUPS.len() - 1)
}

/// Puts a mail together from what is owed; none if nothing of it is public any more.
#[must_use]
pub fn compose(t: Speaker, site: &Settings, reader: &Reader, owed: Vec<Owed>, now: Instant) -> Option<Digest> {
    let dates = Dates::new(t, site.zone.clone(), now);
    let door = mails::door(site, reader);
    let mut things: Vec<((String, i64), Line)> = Vec::new();
    let mut left: Vec<Left> = Vec::new();
    let mut left_ids = BTreeSet::new();
    for owed in owed {
        let Some(title) = title_of(t, &owed.item) else { continue };
        let reason = pages::reason(t, &owed.target, &owed.name);
        if left_ids.insert(owed.subscription.get()) {
            left.push(Left { reason: reason.clone(), url: format!("{}/abmelden?abo={}", door.secret, owed.subscription) });
        }
        let thing = (owed.item.kind.clone(), owed.item.object_id);
        let position = things.iter().position(|(own, _)| *own == thing).unwrap_or_else(|| {
            things.push((thing, line(&dates, site, &owed.item, title)));
            things.len() - 1
        });
        let Some((_, line)) = things.get_mut(position) else { continue };
        add(&mut line.happened, happening(t, &owed.item));
        owed.item.words.iter().for_each(|words| add(&mut line.words, words.clone()));
        add(&mut line.reasons, reason);
    }
    let count = things.len();
    let first = things.first().map(|(_, line)| line.title.clone())?;
    let mut groups: Vec<Group> = GROUPS.iter().map(|(key, _)| Group { heading: t.find(key).unwrap_or(key), lines: Vec::new() }).collect();
    for ((kind, _), line) in things.into_iter().take(LINES_MAX) {
        if let Some(group) = groups.get_mut(group_of(&kind)) {
            group.lines.push(line);
        }
    }
    groups.retain(|group| !group.lines.is_empty());
    Some(Digest {
        t,
        is_foreign: reader.language == Language::English,
        subject: subject(t, site, count, &first),
        groups,
        more: (count > LINES_MAX).then(|| t.count("abo-mail-more", count - LINES_MAX)),
        left,
        manage: door.manage,
        leave_all: format!("{}/abmelden", door.secret),
    })
}

fn add(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

fn subject(t: Speaker, site: &Settings, count: usize, first: &str) -> String {
    let title = mails::cut(first, SUBJECT_TITLE_CHARS);
    let text = match count {
        1 => t.with("abo-mail-subject-one", &[("title", title.as_str().into())]),
        _ => t.with("abo-mail-subject", &[("count", count.into()), ("site", (&site.name).into())]),
    };
    mails::cut(&text, 200)
}

fn line(dates: &Dates, site: &Settings, item: &Item, title: String) -> Line {
    let url = |path: &str| if path.is_empty() { String::new() } else { format!("{}{path}", site.base_url) };
    Line {
        title,
        url: url(&item.path),
        happened: Vec::new(),
        day: dates.day(dates.local(item.happened_at).date()),
        part_of: item.part_of.as_ref().map(|(title, path)| (title.clone(), url(path))),
        words: Vec::new(),
        reasons: Vec::new(),
        at: item.happened_at,
    }
}

/// The title that may be shown; none for what is public no longer, unless that is the news.
pub(crate) fn title_of(t: Speaker, item: &Item) -> Option<String> {
    match (item.title.is_empty(), item.happening.as_str()) {
        (false, _) => Some(item.title.clone()),
        (true, news::WITHDRAWN) => Some(t.find(&format!("abo-thing-{}", item.kind)).unwrap_or_else(|| t.get("abo-thing-other")).to_owned()),
        (true, _) => None,
    }
}

/// What happened, in words: this room's, else those of the room that told it, in which they stand within a line.
pub(crate) fn happening(t: Speaker, item: &Item) -> String {
    if let Some(text) = t.find(&format!("abo-happened-{}", item.happening)) {
        return text.to_owned();
    }
    let text = t.find(&format!("event-{}", item.happening)).unwrap_or_else(|| t.get("abo-happened-other"));
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Digest {
    /// When the newest thing of the mail happened.
    #[must_use]
    pub fn newest(&self) -> Option<Instant> {
        self.groups.iter().flat_map(|group| &group.lines).map(|line| line.at).max()
    }

    /// The mail as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let t = self.t;
        let mut out = format!("{}\n", t.get("abo-mail-lead"));
        for group in &self.groups {
            let _ = write!(out, "\n\n{}\n{}\n", group.heading, "-".repeat(group.heading.chars().count()));
            for line in &group.lines {
                let _ = write!(out, "\n* {}\n  {}, {}\n", line.title, line.happened.join(", "), line.day);
                if let Some((title, _)) = &line.part_of {
                    let _ = writeln!(out, "  {} {title}", t.get("abo-mail-part-of"));
                }
                for words in &line.words {
                    let _ = writeln!(out, "  {}", words.replace('\n', "\n  "));
                }
                if !line.url.is_empty() {
                    let _ = writeln!(out, "  {}", line.url);
                }
                let _ = writeln!(out, "  {} {}", t.get("abo-mail-why"), line.reasons.join("; "));
            }
        }
        if let Some(more) = &self.more {
            let _ = write!(out, "\n{more}\n");
        }
        let _ = write!(out, "\n\n{}\n{}\n\n{}\n", t.get("abo-mail-manage"), self.manage, t.get("abo-mail-leave"));
        for left in &self.left {
            let _ = write!(out, "* {}\n  {}\n", left.reason, left.url);
        }
        let _ = write!(out, "\n{}\n{}\n", t.get("abo-mail-leave-all"), self.leave_all);
        out
    }
}

/// How often, in words for lists.
pub(crate) fn frequency(t: Speaker, frequency: Frequency) -> &'static str {
    t.find(&format!("abo-frequency-{}", frequency.key())).unwrap_or_default()
}
