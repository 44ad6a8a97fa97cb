//! Undertakings in the words of residents: days, states, titles and texts in the reader's language or in German.

use crate::rules::State;
use crate::sheet::Words as Written;
use crate::store::lists::Listed;
use crate::store::moderated::REQUEST;
use allmende_core::{Act, Instant, Language, may};
use allmende_platform::Ctx;
use allmende_platform::dates::Dates;
use allmende_platform::moderated::{desk_path, report_path};
use allmende_platform::texts::Speaker;
use jiff::civil::Date;

/// Where something stands: a shape and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The class of the shape.
    pub shape: &'static str,
    /// The words.
    pub text: String,
}

/// A text with the attribute of its language, where that is not the page's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The text.
    pub text: String,
    /// ` lang="de"` or nothing: markup of the program itself.
    pub lang: &'static str,
}

/// Writes for one reader.
#[derive(Clone)]
pub struct Words {
    /// The texts.
    pub t: Speaker,
    /// The days.
    pub dates: Dates,
    /// The attribute of German texts on a page of another language.
    pub german: &'static str,
    is_moderator: bool,
}

impl Words {
    /// For the reader of a request; `now` is the database's time.
    #[must_use]
    pub fn new(ctx: &Ctx, now: Instant) -> Self {
        let german = if ctx.language() == Language::German { "" } else { " lang=\"de\"" };
        Self { t: ctx.t, dates: Dates::new(ctx.t, ctx.site.zone.clone(), now), german, is_moderator: may(&ctx.actor, Act::Moderate) }
    }

    /// The quiet link beside a request: anybody reports it there; who moderates decides there.
    #[must_use]
    pub fn care(&self, request: i64) -> (String, &'static str) {
        if self.is_moderator {
            (desk_path(REQUEST, request), self.t.get("undertaking-request-moderate"))
        } else {
            (report_path(REQUEST, request), self.t.get("undertaking-request-report"))
        }
    }

    /// `<time datetime="2026-03-03">3. März 2026</time>`: markup of the program itself.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        format!("<time datetime=\"{day}\">{}</time>", self.dates.day(day))
    }

    /// The day of a moment, as markup.
    #[must_use]
    pub fn day_of(&self, at: Instant) -> String {
        self.day(self.dates.local(at).date())
    }

    /// The day of a moment as plain words.
    #[must_use]
    pub fn plain_day_of(&self, at: Instant) -> String {
        self.dates.day(self.dates.local(at).date())
    }

    /// Where an undertaking stands.
    #[must_use]
    pub fn state(&self, state: State) -> Standing {
        Standing { shape: state.shape(), text: self.state_word(state).to_owned() }
    }

    /// The word of a state.
    #[must_use]
    pub fn state_word(&self, state: State) -> &'static str {
        self.t.find(&format!("state-undertaking-{}", state.key())).unwrap_or(state.key())
    }

    /// A text in the reader's language, or in German.
    #[must_use]
    pub fn pick(&self, own: &str, german: &str) -> Told {
        if own.trim().is_empty() || self.t.language() == Language::German {
            Told { text: german.to_owned(), lang: self.german }
        } else {
            Told { text: own.to_owned(), lang: "" }
        }
    }

    /// One of the texts of a sheet.
    #[must_use]
    pub fn of(&self, own: &Written, german: &Written, which: fn(&Written) -> &String) -> Told {
        self.pick(which(own), which(german))
    }

    /// "12 Tage später als geplant"
    #[must_use]
    pub fn late(&self, day: Date) -> String {
        self.t.with("undertaking-late", &[("count", (-self.dates.days_until(day)).into())])
    }
}

/// An undertaking as it stands in a list.
pub struct Item {
    /// Its place in the list, from 1.
    pub number: usize,
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: Told,
    /// Where it stands today.
    pub summary: Told,
    /// The place in words.
    pub place: String,
    /// The department.
    pub department: String,
    /// Whether residents can take part, in words.
    pub part: &'static str,
    /// Where it stands.
    pub state: Standing,
    /// Its pin as `longitude,latitude`; empty without one.
    pub point: String,
}

impl Item {
    /// A row of a list.
    #[must_use]
    pub fn new(words: &Words, number: usize, row: &Listed) -> Self {
        let place: Vec<&str> = [row.place.as_deref(), row.district.as_deref()].into_iter().flatten().collect();
        Self {
            number,
            path: row.path(),
            title: words.pick(row.title.as_deref().unwrap_or_default(), &row.german_title),
            summary: words.pick(row.summary.as_deref().unwrap_or_default(), &row.german_summary),
            place: place.join(", "),
            department: row.department.clone().unwrap_or_default(),
            part: if row.takes_part && row.state.is_pending() { words.t.get("undertaking-part-possible") } else { "" },
            state: words.state(row.state),
            point: row.pin.map(|(longitude, latitude)| format!("{longitude},{latitude}")).unwrap_or_default(),
        }
    }
}
