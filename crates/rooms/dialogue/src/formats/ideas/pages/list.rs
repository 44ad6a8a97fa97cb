//! `/beteiligung/{slug}/ideen`: the ideas of a collection, in three orders, narrowed by category, answer and place; with a map beside
//! the list where a script can draw one. Four statements, five where the order by chance begins anew.

use super::picture::Figure;
use super::stands;
use crate::formats::ideas::rules::{self, Answer, Settings, Sort};
use crate::formats::ideas::store::lists::{self, Asked, Cursor, Listed};
use crate::formats::sender::{Open, number};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, id_of, parameter};
use crate::rules::Act;
use crate::store::phases::{self, Part, Phase};
use crate::store::processes::{self, Process};
use allmende_core::{Act as Permission, Instant, may};
use allmende_db::Tx;
use allmende_platform::asked::coordinates;
use allmende_platform::search::Point;
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Choice, MapParts, Original, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;
use std::collections::HashMap;

/// Ideas on one page.
const ROWS: usize = 30;
/// Metres around an address that can be asked for.
const RADII: [u32; 4] = [250, 500, 1_000, 3_000];

/// An idea in a list.
pub(crate) struct Item {
    pub path: String,
    pub title: String,
    pub text: String,
    pub kind: String,
    pub day: String,
    pub supports: String,
    pub supports_word: &'static str,
    pub comments: String,
    pub comments_word: &'static str,
    pub state: Shape,
    pub points: String,
    pub is_with_council: bool,
    pub picture: Option<Figure>,
}

/// Writes rows: what is the same in all of them is looked up once.
pub(crate) struct Rows<'w> {
    words: &'w Words,
    supports: [&'static str; 2],
    comments: [&'static str; 2],
    process: i64,
}

impl<'w> Rows<'w> {
    pub fn new(words: &'w Words, process: i64) -> Self {
        let t = words.t;
        Self { words, supports: [t.get("idea-support-one"), t.get("idea-supports")], comments: [t.get("idea-comment-one"), t.get("idea-comments")], process }
    }

    pub fn item(&self, listed: Listed) -> Item {
        let plural = |[one, many]: [&'static str; 2], count: i64| if count == 1 { one } else { many };
        let place = listed.place.unwrap_or_default();
        let path = format!("/beteiligung/{}/ideen/{}", self.process, listed.number);
        let kind = [listed.category.unwrap_or_default(), place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Item {
            picture: listed.picture.as_ref().map(|picture| Figure::new(&path, picture)),
            path,
            text: cut(&listed.text),
            kind,
            day: self.words.day_of(listed.submitted_at),
            supports: self.words.t.number(listed.supports),
            supports_word: plural(self.supports, listed.supports),
            comments: self.words.t.number(listed.comments),
            comments_word: plural(self.comments, listed.comments),
            state: stands(self.words, listed.answer, listed.answer_by),
            points: listed.point.map(|point| format!("{:.6},{:.6}", point.longitude, point.latitude)).unwrap_or_default(),
            is_with_council: listed.to_council_at.is_some(),
            title: listed.title,
        }
    }
}

/// The beginning of a text: whole words, at most 200 characters.
fn cut(text: &str) -> String {
    if text.chars().count() <= 200 {
        return text.to_owned();
    }
    let end = text.char_indices().nth(200).map_or(text.len(), |(at, _)| at);
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", &text[..end])
}

struct Entry {
    choice: Choice,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "beteiligung/ideen.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    heading: String,
    intro: String,
    own: String,
    part: Option<i64>,
    sorts: Vec<Entry>,
    categories: Vec<Entry>,
    answers: Vec<Entry>,
    near: String,
    radii: Vec<Entry>,
    near_unknown: bool,
    is_narrowed: bool,
    map: Option<MapParts>,
    /// Where the map's circle is, and its radius in metres; nothing without.
    centre: String,
    radius: u32,
    other_view: String,
    items: Vec<Item>,
    first: Option<String>,
    next: Option<String>,
    open: Open,
    council: Option<String>,
    desk_path: Option<String>,
}

/// What the address asks for, before a place is looked up.
#[derive(Debug, Clone)]
struct Wanted {
    part: Option<i64>,
    sort: Sort,
    category: Option<String>,
    answer: Option<String>,
    near: Option<String>,
    radius: u32,
    is_map: bool,
    from: Option<Cursor>,
}

impl Wanted {
    fn read(query: &HashMap<String, String>) -> Self {
        let answer = parameter(query, "antwort").filter(|key| *key == "open" || Answer::of(key).is_some());
        let radius = parameter(query, "umkreis").and_then(|metres| metres.parse().ok()).filter(|metres| RADII.contains(metres));
        Self {
            part: number(query, "teil"),
            sort: parameter(query, "sortiert").map(Sort::of).unwrap_or_default(),
            category: parameter(query, "thema").map(str::to_owned),
            answer: answer.map(str::to_owned),
            near: parameter(query, "naehe").map(str::to_owned),
            radius: radius.unwrap_or(500),
            is_map: parameter(query, "ansicht") == Some("karte"),
            from: parameter(query, "ab").and_then(cursor),
        }
    }

    fn is_narrowed(&self) -> bool {
        self.category.is_some() || self.answer.is_some() || self.near.is_some()
    }

    /// The query of this list, from another row on.
    fn query(&self, from: Option<&str>) -> String {
        let mut parts = vec![format!("sortiert={}", self.sort.key())];
        parts.extend(self.part.map(|part| format!("teil={part}")));
        parts.extend(self.category.as_ref().map(|category| format!("thema={}", encode(category))));
        parts.extend(self.answer.as_ref().map(|answer| format!("antwort={answer}")));
        parts.extend(self.near.as_ref().map(|near| format!("naehe={}&umkreis={}", encode(near), self.radius)));
        parts.extend(self.is_map.then(|| "ansicht=karte".to_owned()));
        parts.extend(from.map(|from| format!("ab={from}")));
        parts.join("&")
    }
}

/// `17_4`, and `17_4_w` where the circle began anew.
fn cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.split('_');
    let (key, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Cursor { key, id, is_wrapped: parts.next() == Some("w") })
}

fn cursor_text(cursor: Cursor) -> String {
    format!("{}_{}{}", cursor.key, cursor.id, if cursor.is_wrapped { "_w" } else { "" })
}

/// The list.
///
/// # Errors
/// 404 for what is no collection of a public process.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let wanted = Wanted::read(&query);
    let (asked_for, zone, resolve) = (wanted.clone(), ctx.site.zone.clone(), app.parts.ports.resolve_place);
    let read = move |tx: &mut Tx<'_>| {
        frame::foresee(tx, id, |tx| drop(phases::list_parts(tx, id)));
        let process = frame::public(processes::find(tx, id)?)?;
        let phases = phases::list(tx, id)?;
        let part = super::part_of(tx, id, asked_for.part)?;
        let now = tx.now()?;
        let point = match &asked_for.near {
            Some(near) => match coordinates(near) {
                Some(point) => Some(point),
                None => resolve(tx, near)?,
            },
            None => None,
        };
        let asked = Asked {
            part: part.id,
            sort: asked_for.sort,
            beginning: rules::beginning(now.at(&zone).date()),
            category: asked_for.category.clone(),
            answer: asked_for.answer.clone(),
            near: point.map(|point| (point, f64::from(asked_for.radius))),
        };
        let rows = lists::list(tx, &asked, asked_for.from, i64::try_from(ROWS).unwrap_or(0) + 1)?;
        Ok(Read { process, phases, part, asked, rows, now, point })
    };
    app.page_together(&ctx, &(id, &wanted), false, read, |read| list_page(&app, &ctx, &wanted, read).map(Original::from)).await
}

/// What the list is made from.
#[derive(Clone)]
struct Read {
    process: Process,
    phases: Vec<Phase>,
    part: Part,
    asked: Asked,
    rows: Vec<Listed>,
    now: Instant,
    point: Option<Point>,
}

fn list_page(app: &App, ctx: &Ctx, wanted: &Wanted, read: Read) -> Result<Response, AppError> {
    let Read { process, phases, part, asked, mut rows, now, point } = read;
    let (t, words) = (ctx.t, Words::new(ctx, now));
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let own = format!("{}/ideen", process.path());
    let next = rows.last().filter(|_| has_more).map(|row| format!("{own}?{}", wanted.query(Some(&cursor_text(lists::cursor(&asked, row))))));
    let settings = Settings::parse(&part.settings);
    let open = Open::of(ctx, &process, &phases, part.id, Act::Propose, now, &format!("{own}/neu"));
    let shell =
        frame::shell(app, ctx, &process, format!("{}: {}", part.title, process.title)).crumb(process.title.clone(), process.path()).here(part.title.clone());
    let other_view = Wanted { is_map: !wanted.is_map, ..wanted.clone() }.query(None);
    let writer = Rows::new(&words, process.id);
    let items = rows.into_iter().map(|row| writer.item(row)).collect();
    let view = ListPage {
        map: wanted.is_map.then(|| MapParts::new(app, &shell)),
        centre: point.map(|point| format!("{},{}", point.longitude, point.latitude)).unwrap_or_default(),
        radius: point.map_or(0, |_| wanted.radius),
        shell,
        other_view: format!("{own}?{other_view}"),
        frame: Frame::new(&words, &process, &phases, &[], Here::Ideas),
        sorts: sorts(&words, wanted),
        categories: settings.categories.iter().map(|own| Entry { choice: Choice::new(own, own), is_chosen: wanted.category.as_ref() == Some(own) }).collect(),
        answers: answers(&words, wanted),
        radii: RADII
            .into_iter()
            .map(|metres| Entry { choice: Choice::new(metres.to_string(), radius(&words, metres)), is_chosen: metres == wanted.radius })
            .collect(),
        near_unknown: wanted.near.is_some() && point.is_none(),
        near: wanted.near.clone().unwrap_or_default(),
        is_narrowed: wanted.is_narrowed(),
        first: wanted.from.is_some().then(|| format!("{own}?{}", wanted.query(None))),
        next,
        items,
        council: council(&words, &settings),
        desk_path: may(&ctx.actor, Permission::EnterStatements).then(|| format!("/verwaltung/beteiligung/{}/ideen", process.id)),
        heading: part.title,
        intro: part.intro,
        part: wanted.part,
        own,
        open,
        words,
        t,
    };
    MapParts::admit(view.map.as_ref(), page(&view)?)
}

fn sorts(words: &Words, wanted: &Wanted) -> Vec<Entry> {
    let t = words.t;
    let label = |sort: Sort| match sort {
        Sort::Chance => t.get("idea-sort-chance"),
        Sort::Newest => t.get("idea-sort-newest"),
        Sort::Supported => t.get("idea-sort-supported"),
    };
    Sort::ALL.into_iter().map(|sort| Entry { choice: Choice::new(sort.key(), label(sort)), is_chosen: sort == wanted.sort }).collect()
}

fn answers(words: &Words, wanted: &Wanted) -> Vec<Entry> {
    let open = Entry { choice: Choice::new("open", words.t.get("idea-answer-open")), is_chosen: wanted.answer.as_deref() == Some("open") };
    let all = Answer::ALL.into_iter().map(|answer| Entry {
        choice: Choice::new(answer.key(), super::answer_word(words, answer)),
        is_chosen: wanted.answer.as_deref() == Some(answer.key()),
    });
    std::iter::once(open).chain(all).collect()
}

fn radius(words: &Words, metres: u32) -> String {
    if metres < 1_000 {
        words.t.with("idea-radius-metres", &[("count", i64::from(metres).into())])
    } else {
        words.t.with("idea-radius-kilometres", &[("count", i64::from(metres / 1_000).into())])
    }
}

/// "Die 3 Ideen mit den meisten Stimmen gehen in den Rat."
fn council(words: &Words, settings: &Settings) -> Option<String> {
    let count = settings.council_count();
    (count > 0).then(|| words.t.with("idea-council-lead", &[("count", count.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_ended() {
        for own in [Cursor { key: 17, id: 4, is_wrapped: false }, Cursor { key: 0, id: 9, is_wrapped: true }] {
            assert_eq!(cursor(&cursor_text(own)), Some(own));
        }
        for wrong in ["", "17", "a_1", "1_b"] {
            assert_eq!(cursor(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_says_what_is_asked_for() {
        let query = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<HashMap<_, _>>();
        let wanted = Wanted::read(&query(&[("sortiert", "zustimmung"), ("thema", "Bus & Bahn"), ("antwort", "done"), ("umkreis", "7"), ("teil", "3")]));
        assert_eq!(wanted.query(Some("1_2")), "sortiert=zustimmung&teil=3&thema=Bus%20%26%20Bahn&antwort=done&ab=1_2");
        assert!(wanted.is_narrowed() && wanted.radius == 500);
        assert!(!Wanted::read(&query(&[("antwort", "?"), ("sortiert", "?")])).is_narrowed());
        assert_eq!(coordinates("54.38, 7.05").map(|point| point.latitude), Some(54.38));
        assert_eq!((coordinates("91,7"), coordinates("Am Markt 1")), (None, None));
    }

    #[test]
    fn a_beginning_ends_with_a_whole_word() {
        assert_eq!(cut("kurz"), "kurz");
        assert!(cut(&"Wörter ".repeat(60)).ends_with("Wörter …"));
    }
}
