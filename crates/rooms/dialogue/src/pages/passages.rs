//! A text as its passages, each with its statements in the margin: the view that the public page, old versions and the desk's preview share.

use super::words::{State, Words};
use crate::care;
use crate::place::Place;
use crate::rules::State as Stands;
use crate::store::lists::{Answer, Listed};
use crate::store::versions::{Count, Version};
use crate::store::{STATEMENT, statement_path};
use crate::texts::{self, Shown};
use allmende_texts::{Kind, Label};
use std::collections::HashMap;

/// Dots in the margin at the most.
const DOTS_MAX: i64 = 24;

/// A statement as it stands on a page.
pub struct Item {
    /// Its row.
    pub id: i64,
    /// Its number.
    pub number: i64,
    /// Its page.
    pub path: String,
    /// Who says it.
    pub author: String,
    /// When, as markup.
    pub day: String,
    /// How it came in, unless it was sent here.
    pub channel: &'static str,
    /// The passage in words, where the page does not show it.
    pub passage: Option<String>,
    /// The words it is about, if they are less than the passage.
    pub quote: Option<String>,
    /// The words it was about, if they are gone.
    pub gone: Option<String>,
    /// What it says.
    pub text: String,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// Its place.
    pub place: Option<PlaceItem>,
    /// "31 Menschen stimmen zu"
    pub supports: Option<String>,
    /// Whether the reader supports it.
    pub is_supported: bool,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Where it stands, if not simply in public.
    pub state: Option<State>,
    /// Its answers.
    pub answers: Vec<AnswerItem>,
    /// What is said instead of an answer.
    pub waits: State,
    /// Where it is reported; nothing for one's own and for what is not public.
    pub care: Option<care::Link>,
    /// Why it cannot be read: the house has hidden it, or its author took it back.
    pub hidden: Option<String>,
    /// Whether an answer is still to come, as far as its state says.
    pub is_owed: bool,
    /// Whether its author may ask to take it back.
    pub can_withdraw: bool,
}

/// A place as it stands on a page.
pub struct PlaceItem {
    /// What it is, in words.
    pub words: String,
    /// Its pin as the script of the map reads it; empty where the site knows only the words.
    pub points: String,
    /// It as GeoJSON; empty likewise.
    pub shape: String,
}

impl PlaceItem {
    fn new(words: &Words, place: &Place) -> Self {
        let shape = place.drawn.as_ref().map(|drawn| drawn.json().to_string()).unwrap_or_default();
        Self { words: place.words(words.t), points: place.points(), shape }
    }
}

/// An answer as it stands on a page.
pub struct AnswerItem {
    /// The code in words.
    pub state: State,
    /// The point, where a statement has several.
    pub point: Option<String>,
    /// Why.
    pub reason: String,
    /// How it was reckoned.
    pub calculation: Option<String>,
    /// Who answered when.
    pub by: String,
}

impl Item {
    /// A statement for one reader. `text` is the version at hand: it names the passage if `names_passage`.
    #[must_use]
    pub fn new(words: &Words, process: i64, mut listed: Listed, text: Option<&Shown>, names_passage: bool) -> Self {
        let t = words.t;
        if matches!(listed.state, Stands::Hidden | Stands::Withdrawn) && !listed.is_own {
            listed.silence();
        }
        let unit = texts::unit_of(listed.unit);
        // Words were picked out of a passage if anything stood around them then.
        let is_part = listed.anchor.as_ref().is_some_and(|anchor| !anchor.before.is_empty() || !anchor.after.is_empty());
        let is_gone = listed.how == "gone";
        let quote = listed.anchor.as_ref().map(|anchor| anchor.quote.clone());
        let several = listed.answers.len() > 1;
        let passage = names_passage.then(|| match text.zip(unit) {
            Some((shown, unit)) => texts::name(&shown.text, unit),
            None => t.get("dialogue-whole").to_owned(),
        });
        Self {
            path: statement_path(process, listed.number),
            day: words.day_of(listed.submitted_at),
            channel: words.channel(listed.channel),
            passage,
            gone: quote.clone().filter(|_| is_gone),
            quote: quote.filter(|_| !is_gone && is_part),
            place: listed.place.as_deref().and_then(Place::parse).map(|place| PlaceItem::new(words, &place)),
            supports: (listed.supports > 0).then(|| t.with("dialogue-supports", &[("count", listed.supports.into())])),
            is_supported: listed.is_supported,
            is_own: listed.is_own,
            state: (listed.state != Stands::Public).then(|| words.stands(listed.state)),
            waits: words.waits(listed.answer_by),
            care: (listed.state == Stands::Public && !listed.is_own).then(|| words.care(STATEMENT, listed.id)),
            hidden: match listed.state {
                Stands::Hidden => Some(t.with("dialogue-hidden-why", &[("reason", listed.reason.as_deref().unwrap_or_default().into())])),
                Stands::Withdrawn => Some(t.get("dialogue-withdrawn").to_owned()),
                Stands::Unconfirmed | Stands::Waiting | Stands::Public => None,
            },
            is_owed: listed.answers.is_empty() && listed.state.may_be_withdrawn(),
            can_withdraw: listed.is_own && listed.answers.is_empty() && listed.state.may_be_withdrawn(),
            answers: listed.answers.iter().map(|answer| answer_item(words, answer, several)).collect(),
            id: listed.id,
            number: listed.number,
            author: listed.author,
            text: listed.text,
            suggestion: listed.suggestion,
        }
    }
}

fn answer_item(words: &Words, answer: &Answer, several: bool) -> AnswerItem {
    let t = words.t;
    let day = answer.published_at.map(|at| words.dates.day(words.dates.local(at).date())).unwrap_or_default();
    let who = answer.department.clone().unwrap_or_else(|| t.get("dialogue-town-hall").to_owned());
    AnswerItem {
        state: words.answer(answer),
        point: several.then(|| answer.point.clone()),
        reason: answer.reason.clone(),
        calculation: answer.calculation.clone().filter(|text| !text.trim().is_empty()),
        by: t.with("dialogue-answered-by", &[("who", (&who).into()), ("day", (&day).into())]),
    }
}

/// One passage of a text.
pub struct Passage {
    /// Its unit.
    pub unit: i64,
    /// 3 or 4 for a heading of that level; 0 for everything else.
    pub heading: u8,
    /// What stands before it: "a)", "•".
    pub label: String,
    /// Its words as HTML, escaped by the writer of texts.
    pub html: String,
    /// "3 Stellungnahmen"; empty if there are none.
    pub count: String,
    /// Where the dots end; 0 for none.
    pub dots: i64,
    /// "23 aus Fassung 1, 1 neu"
    pub since: String,
    /// Whether it is the one that is opened.
    pub is_picked: bool,
}

/// The passages of a version. `counts` are of the statements that stand in it, `picked` the one that is opened.
#[must_use]
pub fn passages(words: &Words, shown: &Shown, counts: &[Count], versions: &[Version], version: i64, picked: Option<i64>) -> Vec<Passage> {
    let mut by_unit: HashMap<i64, Vec<Count>> = HashMap::new();
    for count in counts {
        by_unit.entry(count.unit).or_default().push(*count);
    }
    let outermost = shown.text.units().iter().filter_map(|unit| level(&unit.kind)).min().unwrap_or(1);
    let mut has_heading = false;
    let mut out = Vec::new();
    for (unit, html) in shown.text.units().iter().zip(&shown.html) {
        let number = texts::number(unit.id);
        let own = by_unit.remove(&number).unwrap_or_default();
        let heading = match level(&unit.kind) {
            None => 0,
            Some(level) if level > outermost && has_heading => 4,
            Some(_) => 3,
        };
        has_heading |= heading == 3;
        let (count, dots, since) = margin(words, &own, versions, version);
        out.push(Passage { unit: number, heading, label: label(&unit.kind), html: html.clone(), count, dots, since, is_picked: picked == Some(number) });
    }
    out
}

/// The statements to the text as a whole, as a passage of its own at the end.
#[must_use]
pub fn whole(words: &Words, counts: &[Count], versions: &[Version], version: i64, picked: Option<i64>) -> Passage {
    let own: Vec<Count> = counts.iter().filter(|count| count.unit == 0).copied().collect();
    let (count, dots, since) = margin(words, &own, versions, version);
    Passage { unit: 0, heading: 0, label: String::new(), html: String::new(), count, dots, since, is_picked: picked == Some(0) }
}

fn margin(words: &Words, counts: &[Count], versions: &[Version], version: i64) -> (String, i64, String) {
    let t = words.t;
    let all: i64 = counts.iter().map(|count| count.statements).sum();
    if all <= 0 {
        return (String::new(), 0, String::new());
    }
    let new: i64 = counts.iter().filter(|count| count.version == version).map(|count| count.statements).sum();
    let mut since = Vec::new();
    if new < all {
        let mut older: Vec<(i64, i64)> =
            counts.iter().filter(|count| count.version != version).map(|count| (number_of(versions, count.version), count.statements)).collect();
        older.sort_unstable();
        since.extend(older.iter().map(|(number, count)| t.with("dialogue-from-version", &[("count", (*count).into()), ("number", (*number).into())])));
        if new > 0 {
            since.push(t.with("dialogue-from-here", &[("count", new.into())]));
        }
    }
    (t.with("dialogue-statements", &[("count", all.into())]), (all.min(DOTS_MAX) - 1) * 8 + 1, since.join(", "))
}

fn number_of(versions: &[Version], id: i64) -> i64 {
    versions.iter().find(|version| version.id == id).map_or(0, |version| version.number)
}

const fn level(kind: &Kind) -> Option<u8> {
    match kind {
        Kind::Heading { level } => Some(*level),
        _ => None,
    }
}

fn label(kind: &Kind) -> String {
    match kind {
        Kind::Item { label: Label::Bullet, .. } => "•".to_owned(),
        Kind::Item { label: Label::Number(number), .. } => number.clone(),
        _ => String::new(),
    }
}
