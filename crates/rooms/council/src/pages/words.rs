//! Council matters in residents' words: dates, states, votes, files, each as a piece of HTML whose parts are escaped.
//!
//! Knows the texts of this room and nothing of the database. Start with [`Words`].

use super::markup::Markup;
use crate::names::{Article, Group, paper_kind};
use crate::rules::{Outcome, Part, Station, Votes, standing};
use crate::store::Named;
use crate::store::files::FileRow;
use crate::store::nodes;
use crate::store::papers::{PaperRow, StationRow};
use allmende_core::{Instant, Language};
use allmende_platform::Ctx;
use allmende_platform::dates::Dates;
use allmende_platform::texts::{Arg, Speaker};
use jiff::civil::Date;

/// A result longer than this (characters) stands below its heading and not in the state.
const STATE_CHARS_MAX: usize = 60;
/// One mark per vote up to so many.
const TALLY_MARKS_MAX: i64 = 60;

/// How something stands: a shape, a word, and perhaps the official wording.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `done`, `busy`, `open`, `late` or `no`.
    pub shape: &'static str,
    /// The word with its date.
    pub text: Markup,
}

/// A counted vote as it is drawn and told.
#[derive(Debug, Clone)]
pub struct Tally {
    /// "15 Ja, 2 Nein, 1 Enthaltung"
    pub text: String,
    /// Width of the drawing; 0 if there are too many votes to draw.
    pub width: i64,
    /// Where the votes for it end.
    pub yes: i64,
    /// Where the votes against it end.
    pub no: i64,
    /// Where the abstentions end.
    pub all: i64,
}

/// A paper in a list.
#[derive(Debug, Clone)]
pub struct PaperItem {
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it is: "Vorlage 2026/016", with the official word.
    pub kind: Markup,
    /// Its day and its next step.
    pub note: Markup,
    /// How it stands.
    pub state: State,
}

/// One station of a way.
#[derive(Debug, Clone)]
pub struct StationItem {
    /// `back`, `now`, `ahead` or nothing.
    pub class: &'static str,
    /// The committee.
    pub name: Markup,
    /// Its day.
    pub day: Markup,
    /// What came out or is expected.
    pub text: Markup,
    /// The official words beside it.
    pub official: String,
}

/// Speaks of council matters to one reader.
#[derive(Clone)]
pub struct Words {
    /// The texts.
    pub t: Speaker,
    /// The dates.
    pub dates: Dates,
    /// An attribute for German text on a page in another language.
    pub german: Markup,
}

impl Words {
    /// For a request; `now` is the database's time.
    #[must_use]
    pub fn new(ctx: &Ctx, now: Instant) -> Self {
        let german = if ctx.language() == Language::English { " lang=\"de\"" } else { "" };
        Self { t: ctx.t, dates: Dates::new(ctx.t, ctx.site.zone.clone(), now), german: Markup::html(german.to_owned()) }
    }

    /// A text with pieces filled in.
    #[must_use]
    pub fn fill(&self, key: &str, parts: &[(&str, &Markup)]) -> Markup {
        let args: Vec<(&str, Arg<'_>)> = parts.iter().map(|(name, markup)| (*name, Arg::Text(markup.as_str()))).collect();
        Markup::html(self.t.with(key, &args))
    }

    /// A German text from outside, marked as German where the page is in another language.
    #[must_use]
    pub fn in_german(&self, text: &str) -> Markup {
        if self.german.is_empty() { Markup::text(text) } else { Markup::html(format!("<span{}>{}</span>", self.german, Markup::text(text))) }
    }

    /// `<time>` with "3. März 2026" for `2026-03-03`; the text itself if it is no day.
    #[must_use]
    pub fn day(&self, text: &str) -> Markup {
        text.parse::<Date>().map_or_else(|_| Markup::text(text), |date| self.date(date))
    }

    /// `<time>` with "3. März 2026".
    #[must_use]
    pub fn date(&self, date: Date) -> Markup {
        Markup::html(format!("<time datetime=\"{date}\">{}</time>", self.dates.day(date)))
    }

    /// `<time>` with the day of a moment on the clocks of the site.
    #[must_use]
    pub fn date_of(&self, at: Instant) -> Markup {
        self.date(self.dates.local(at).date())
    }

    /// Whether the clocks of the site show midnight: the sign of council systems for "no time given".
    #[must_use]
    pub fn has_time(&self, at: Instant) -> bool {
        let local = self.dates.local(at);
        local.hour() != 0 || local.minute() != 0
    }

    /// `<time>` with "Dienstag, 9. Juni 2026, 19 Uhr".
    #[must_use]
    pub fn moment(&self, at: Instant) -> Markup {
        let date = self.dates.local(at).date();
        if !self.has_time(at) {
            return Markup::html(format!("<time datetime=\"{date}\">{}</time>", self.dates.weekday_day(date)));
        }
        Markup::html(format!("<time datetime=\"{}\">{}, {}</time>", self.dates.machine(at), self.dates.weekday_day(date), self.dates.time(at)))
    }

    /// `<time>` with "Dienstag, 9. Juni, 19 Uhr": the year only if it is another one.
    #[must_use]
    pub fn moment_short(&self, at: Instant) -> Markup {
        if self.has_time(at) {
            return Markup::html(format!("<time datetime=\"{}\">{}</time>", self.dates.machine(at), self.dates.moment(at)));
        }
        let date = self.dates.local(at).date();
        Markup::html(format!("<time datetime=\"{date}\">{}, {}</time>", self.dates.weekday(date), self.dates.day_short(date)))
    }

    /// "im Gemeinderat", "in der Bezirksvertretung" or the name alone.
    #[must_use]
    pub fn place_of(&self, committee: &str) -> Markup {
        let key = match Article::of(committee) {
            Article::Masculine => "council-in-der",
            Article::Feminine => "council-in-die",
            Article::Unknown => "council-in-name",
        };
        self.fill(key, &[("name", &Markup::text(committee))])
    }

    /// The committees of a station, or the name of its meeting.
    #[must_use]
    pub fn committee(&self, station: &StationRow) -> String {
        if station.organizations.is_empty() {
            let name = station.meeting.as_ref().map(|meeting| meeting.name.trim()).unwrap_or_default();
            return if name.is_empty() { self.t.get("council-committee-unknown").to_owned() } else { name.to_owned() };
        }
        joined(self.t, station.organizations.iter().map(|organization| organization.name.as_str()))
    }

    /// The stations as the rules see them.
    #[must_use]
    pub fn stations(&self, rows: &[StationRow]) -> Vec<Station> {
        rows.iter().map(StationRow::as_station).collect()
    }

    /// How a paper stands, and the sentence about its next station if there is one.
    #[must_use]
    pub fn standing(&self, rows: &[StationRow]) -> (State, Markup) {
        let stations = self.stations(rows);
        let found = standing(&stations, self.dates.now());
        let day = |position: usize| stations[position].at.map(|at| self.date_of(at)).unwrap_or_default();
        let next = found.next.map(|position| {
            let committee = Markup::text(&self.committee(&rows[position]));
            (committee, day(position))
        });
        let line = next.as_ref().map(|(committee, date)| self.fill("council-next", &[("where", committee), ("date", date)])).unwrap_or_default();
        let result = found.result.and_then(|position| Some((position, stations[position].outcome.as_ref()?)));
        let state = match (result, &next, found.last) {
            (Some((position, outcome)), None, _) => self.state(outcome, &day(position)),
            (Some((position, outcome)), Some(_), _) if outcome.is_decision() => self.state(outcome, &day(position)),
            (_, Some((committee, date)), _) => State { shape: "busy", text: self.fill("council-state-coming", &[("where", committee), ("date", date)]) },
            (None, None, Some(last)) => State { shape: "open", text: self.fill("council-state-held", &[("date", &day(last))]) },
            (None, None, None) => State { shape: "open", text: Markup::text(self.t.get("council-state-none")) },
        };
        (state, line)
    }

    /// "beschlossen am 3. März 2026"
    fn state(&self, outcome: &Outcome, date: &Markup) -> State {
        let key = match outcome {
            Outcome::Adopted => "council-state-adopted",
            Outcome::AdoptedChanged => "council-state-adopted-changed",
            Outcome::Rejected => "council-state-rejected",
            Outcome::Postponed => "council-state-postponed",
            Outcome::Noted => "council-state-noted",
            Outcome::Referred => "council-state-referred",
            Outcome::TakenOff => "council-state-taken-off",
            Outcome::Recommended => "council-state-recommended",
            Outcome::Other(_) => "council-state-other",
        };
        State { shape: outcome.shape(), text: self.fill(key, &[("date", date), ("text", &self.outcome_word(outcome))]) }
    }

    /// "beschlossen", without a date.
    #[must_use]
    pub fn outcome_word(&self, outcome: &Outcome) -> Markup {
        let key = match outcome {
            Outcome::Adopted => "council-outcome-adopted",
            Outcome::AdoptedChanged => "council-outcome-adopted-changed",
            Outcome::Rejected => "council-outcome-rejected",
            Outcome::Postponed => "council-outcome-postponed",
            Outcome::Noted => "council-outcome-noted",
            Outcome::Referred => "council-outcome-referred",
            Outcome::TakenOff => "council-outcome-taken-off",
            Outcome::Recommended => "council-outcome-recommended",
            Outcome::Other(text) if text.chars().count() <= STATE_CHARS_MAX => return self.in_german(text),
            Outcome::Other(_) => "council-outcome-verbatim",
        };
        Markup::text(self.t.get(key))
    }

    /// The vote in words and as a drawing.
    #[must_use]
    pub fn tally(&self, votes: Votes) -> Tally {
        let count = |key: &str, number: i64| self.t.with(key, &[("count", number.into())]);
        let mut text = count("council-votes-yes", votes.yes);
        if votes.no == 0 && votes.abstained == 0 {
            text.push_str(", ");
            text.push_str(self.t.get("council-votes-unanimous"));
        } else {
            text.push_str(", ");
            text.push_str(&count("council-votes-no", votes.no));
        }
        if votes.abstained > 0 {
            text.push_str(", ");
            text.push_str(&count(if votes.abstained == 1 { "council-votes-abstained-one" } else { "council-votes-abstained" }, votes.abstained));
        }
        let all = votes.all() * 10;
        let width = if votes.all() <= TALLY_MARKS_MAX { all.max(180) } else { 0 };
        Tally { text, width, yes: votes.yes * 10, no: (votes.yes + votes.no) * 10, all }
    }

    /// A station as it stands in a way. `is_linked` leads into the meeting.
    #[must_use]
    pub fn station(&self, row: &StationRow, is_linked: bool, is_last_held: bool) -> StationItem {
        let outcome = row.outcome();
        let is_ahead = row.starts_at.is_none_or(|at| at > self.dates.now());
        let committee = self.committee(row);
        let name = match &row.meeting {
            Some(meeting) if is_linked => Markup::link(&agenda_path(meeting, row.position), &breakable(&committee)),
            _ => Markup::text(&breakable(&committee)),
        };
        let part = Part::read(row.role.as_deref().unwrap_or_default(), row.authoritative);
        let mut text = match (&outcome, is_ahead) {
            _ if row.cancelled => Markup::text(self.t.get("council-cancelled")),
            (Some(outcome), _) => self.outcome_word(outcome),
            (None, true) => Markup::text(self.t.get(part_key(part, true))),
            (None, false) => Markup::text(self.t.get(if is_last_held { "council-result-missing" } else { part_key(part, false) })),
        };
        let votes = Votes::of(row.votes.0, row.votes.1, row.votes.2).or_else(|| row.result.as_deref().and_then(Votes::read));
        if let Some(votes) = votes {
            text.join(", ", &Markup::text(&self.tally(votes).text));
        }
        let class = match outcome {
            _ if row.cancelled => "back",
            Some(outcome) if outcome.sends_back() => "back",
            Some(_) => "",
            None if is_ahead => "ahead",
            None if is_last_held => "now",
            None => "",
        };
        let day = row.starts_at.map_or_else(|| Markup::text(self.t.get("council-day-unknown")), |at| self.date_of(at));
        let official = [row.role.as_deref(), row.result.as_deref()];
        let official = official.into_iter().flatten().map(str::trim).filter(|word| !word.is_empty() && word.chars().count() <= STATE_CHARS_MAX);
        StationItem { class, name, day, text, official: official.collect::<Vec<_>>().join(", ") }
    }

    /// A paper as it stands in a list; `stations` are its own.
    #[must_use]
    pub fn paper(&self, row: &PaperRow, stations: &[StationRow]) -> PaperItem {
        let (state, next) = self.standing(stations);
        let mut note = row.dated_on.as_deref().map(|day| self.fill("council-of-day", &[("date", &self.day(day))])).unwrap_or_default();
        note.join(" ", &next);
        let title = self.title(row);
        PaperItem { path: paper_path(row), title, kind: self.kind_line(row), note, state }
    }

    /// The papers of a list with the stations of all of them.
    #[must_use]
    pub fn papers(&self, rows: &[PaperRow], stations: &[StationRow]) -> Vec<PaperItem> {
        rows.iter().map(|row| self.paper(row, stations_of(stations, row.id))).collect()
    }

    /// The title of a paper.
    #[must_use]
    pub fn title(&self, row: &PaperRow) -> String {
        let name = row.name.as_deref().or(row.reference.as_deref()).map(str::trim).filter(|name| !name.is_empty());
        name.unwrap_or(self.t.get("council-untitled")).to_owned()
    }

    /// "Vorlage 2026/016" with the official word beside it.
    #[must_use]
    pub fn kind_line(&self, row: &PaperRow) -> Markup {
        let kind = row.kind.as_deref().unwrap_or_default().trim();
        let plain = self.t.get(kind_word(kind));
        let mut out = Markup::text(plain);
        out.join(" ", &Markup::text(row.reference.as_deref().unwrap_or_default()));
        if !kind.is_empty() && kind != plain {
            out.join(" ", &Markup::html(format!("<span class=\"official\"{}>{}</span>", self.german, Markup::text(kind))));
        }
        out
    }

    /// What a kind of paper means, if that is known.
    #[must_use]
    pub fn kind_help(&self, kind: &str) -> Option<&'static str> {
        self.t.find(&format!("council-kind-{}-help", paper_kind(kind)?))
    }

    /// The title of a file.
    #[must_use]
    pub fn file_title(&self, file: &FileRow) -> String {
        let name = file.name.as_deref().or(file.file_name.as_deref()).map(str::trim).filter(|name| !name.is_empty());
        name.unwrap_or(self.t.get("council-file")).to_owned()
    }

    /// "PDF, 12 Seiten, 240 kB"
    #[must_use]
    pub fn file_note(&self, file: &FileRow) -> String {
        let mut parts = Vec::new();
        if let Some(format) = file.mime_type.as_deref().and_then(|media_type| media_type.rsplit(['/', '.']).next()) {
            parts.push(format.chars().take(12).collect::<String>().to_uppercase());
        }
        match file.page_count {
            Some(1) => parts.push(self.t.get("council-file-page").to_owned()),
            Some(count) if count > 1 => parts.push(self.t.with("council-file-pages", &[("count", count.into())])),
            _ => {}
        }
        parts.extend(file.size_bytes.map(|bytes| size(self.t, bytes)));
        parts.join(", ")
    }

    /// Heading of a group of organizations.
    #[must_use]
    pub fn group(&self, group: Group) -> &'static str {
        self.t.get(match group {
            Group::Council => "council-group-council",
            Group::Committee => "council-group-committee",
            Group::Faction => "council-group-faction",
            Group::Other => "council-group-other",
        })
    }
}

/// The stations of one paper among those of many, which are sorted by paper.
#[must_use]
pub fn stations_of(stations: &[StationRow], paper: i64) -> &[StationRow] {
    let start = stations.partition_point(|station| station.paper < paper);
    let length = stations[start..].partition_point(|station| station.paper == paper);
    &stations[start..start + length]
}

/// The page of a paper.
#[must_use]
pub fn paper_path(row: &PaperRow) -> String {
    nodes::paper_path(row.id, row.name.as_deref().or(row.reference.as_deref()).unwrap_or_default())
}

/// An agenda item on its meeting's page, or the page itself.
#[must_use]
pub fn agenda_path(meeting: &Named, position: Option<i64>) -> String {
    let path = nodes::meeting_path(meeting.id, &meeting.name);
    position.map_or_else(|| path.clone(), |position| nodes::agenda_item_path(&path, position))
}

/// "A", "A und B", "A, B und C"
#[must_use]
pub fn joined<'a>(t: Speaker, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {} {last}", rest.join(", "), t.get("council-and")),
        _ => names.join(""),
    }
}

/// A long committee's name with soft hyphens where a narrow column may break it.
#[must_use]
pub fn breakable(name: &str) -> String {
    let mut out = name.to_owned();
    for ending in ["ausschuss", "versammlung", "vertretung", "kommission"] {
        if let Some(at) = out.find(ending).filter(|at| out[..*at].ends_with(char::is_alphabetic)) {
            out.insert(at, '\u{ad}');
        }
    }
    out
}

/// "240 kB", "1,2 MB": decimal units, as file managers for residents show them.
fn size(t: Speaker, bytes: i64) -> String {
    if bytes < 1_000_000 {
        return format!("{}\u{a0}kB", t.number((bytes.max(1) + 999) / 1000));
    }
    let tenths = (bytes + 50_000) / 100_000;
    let point = if t.language() == Language::English { '.' } else { ',' };
    format!("{}{point}{}\u{a0}MB", tenths / 10, tenths % 10)
}

fn part_key(part: Option<Part>, is_ahead: bool) -> &'static str {
    match (part, is_ahead) {
        (Some(Part::Decides), true) => "council-part-decides-ahead",
        (Some(Part::Prepares), true) => "council-part-prepares-ahead",
        (Some(Part::Heard), true) => "council-part-heard-ahead",
        (Some(Part::Told), true) => "council-part-told-ahead",
        (Some(Part::Consults) | None, true) => "council-part-consults-ahead",
        (Some(Part::Told), false) => "council-part-told",
        (Some(Part::Heard), false) => "council-part-heard",
        (_, false) => "council-part-consults",
    }
}

fn kind_word(kind: &str) -> &'static str {
    match paper_kind(kind) {
        Some("motion") => "council-kind-motion",
        Some("amendment") => "council-kind-amendment",
        Some("inquiry") => "council-kind-inquiry",
        Some("information") => "council-kind-information",
        _ => "council-kind-paper",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_breaks_before_its_last_word() {
        assert_eq!(breakable("Planungsausschuss"), "Planungs\u{ad}ausschuss");
        assert_eq!(breakable("Ausschuss für Kultur"), "Ausschuss für Kultur");
    }
}
