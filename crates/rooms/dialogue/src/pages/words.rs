//! Processes and statements in the words of residents: days left, states, answers.

use crate::care;
use crate::rules::{Channel, Standing, State as Stands, standing};
use crate::store::lists::Answer;
use crate::store::processes::Process;
use crate::templates::last_day;
use allmende_core::{Act, Instant, Language, may};
use allmende_platform::Ctx;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Where something stands: a shape and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The class of the shape.
    pub shape: &'static str,
    /// The words.
    pub text: String,
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
    zone: TimeZone,
}

impl Words {
    /// For the reader of a request; `now` is the database's time.
    #[must_use]
    pub fn new(ctx: &Ctx, now: Instant) -> Self {
        let german = if ctx.language() == Language::German { "" } else { " lang=\"de\"" };
        Self {
            t: ctx.t,
            dates: Dates::new(ctx.t, ctx.site.zone.clone(), now),
            german,
            is_moderator: may(&ctx.actor, Act::Moderate),
            zone: ctx.site.zone.clone(),
        }
    }

    /// The quiet link beside a contribution.
    #[must_use]
    pub fn care(&self, kind: &str, id: i64) -> care::Link {
        care::Link::new(self.t, self.is_moderator, kind, id)
    }

    /// `<time datetime="2026-03-03">3. März 2026</time>`: markup of the program itself.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        format!("<time datetime=\"{day}\">{}</time>", self.dates.day(day))
    }

    /// The day of a moment.
    #[must_use]
    pub fn date(&self, at: Instant) -> Date {
        self.dates.local(at).date()
    }

    /// The day of a moment, as markup.
    #[must_use]
    pub fn day_of(&self, at: Instant) -> String {
        self.day(self.date(at))
    }

    /// The last day of what ends before a moment.
    #[must_use]
    pub fn last_day(&self, ends_at: Instant) -> Date {
        last_day(ends_at, &self.zone)
    }

    /// "noch 12 Tage, bis 20. Juni 2026", "ab 3. Juli 2026, bis 1. August 2026", "beendet am 20. Mai 2026"
    #[must_use]
    pub fn when(&self, process: &Process) -> String {
        let (Some(begins), Some(ends)) = (process.begins_at, process.ends_at) else { return self.t.get("dialogue-when-none").to_owned() };
        let (first, last) = (self.dates.local(begins).date(), self.last_day(ends));
        match self.standing(process) {
            Standing::Soon => self.t.with("dialogue-when-soon", &[("first", (&self.dates.near(first)).into()), ("last", (&self.dates.day(last)).into())]),
            Standing::Running => self.dates.until(last),
            Standing::Ended => self.t.with("dialogue-when-ended", &[("day", (&self.dates.day(last)).into())]),
        }
    }

    /// Where a process stands now.
    #[must_use]
    pub fn standing(&self, process: &Process) -> Standing {
        standing(process.begins_at, process.ends_at, self.dates.now())
    }

    /// Where a process stands, as shape and word.
    #[must_use]
    pub fn state(&self, process: &Process) -> State {
        let (shape, key) = match self.standing(process) {
            Standing::Soon => ("open", "dialogue-soon"),
            Standing::Running => ("busy", "dialogue-running"),
            Standing::Ended if process.statements > process.answered => ("open", "dialogue-weighed"),
            Standing::Ended => ("done", "dialogue-ended"),
        };
        State { shape, text: self.t.get(key).to_owned() }
    }

    /// "65 Stellungnahmen, 64 beantwortet"; only what there is.
    #[must_use]
    pub fn so_far(&self, process: &Process) -> String {
        let t = self.t;
        let mut parts = Vec::new();
        if process.statements > 0 {
            parts.push(t.with("dialogue-statements", &[("count", process.statements.into())]));
            if process.answered > 0 {
                parts.push(t.with("dialogue-answered", &[("count", process.answered.into())]));
            }
        }
        if process.ideas > 0 {
            parts.push(t.with("dialogue-ideas", &[("count", process.ideas.into())]));
        }
        if process.comments > 0 {
            parts.push(t.with("dialogue-comments", &[("count", process.comments.into())]));
        }
        if parts.is_empty() { t.get("dialogue-nothing-yet").to_owned() } else { parts.join(", ") }
    }

    /// What one does in a process: the word of its template.
    #[must_use]
    pub fn kind(&self, template: &str) -> &'static str {
        self.t.find(&format!("dialogue-kind-{template}")).unwrap_or(self.t.get("dialogue-kind-consultation"))
    }

    /// How a statement came in; nothing for what was sent here.
    #[must_use]
    pub fn channel(&self, channel: Channel) -> &'static str {
        if channel == Channel::Web { "" } else { self.t.find(&format!("dialogue-channel-{}", channel.key())).unwrap_or_default() }
    }

    /// The answer to a point.
    #[must_use]
    pub fn answer(&self, answer: &Answer) -> State {
        self.code(answer.code)
    }

    /// A code of XBeteiligung 1.2 as shape and words.
    #[must_use]
    pub fn code(&self, code: i64) -> State {
        self::code(self.t, code)
    }

    /// "noch keine Antwort, erwartet bis 3. Juli 2026"; later than promised it says so.
    #[must_use]
    pub fn waits(&self, answer_by: Option<Date>) -> State {
        waits(self.t, &self.dates, answer_by)
    }

    /// Where one's own contribution stands, if not in public.
    #[must_use]
    pub fn stands(&self, state: Stands) -> State {
        stands(self.t, state)
    }
}

/// A code of XBeteiligung 1.2 as shape and words, above its reason.
fn code(t: Speaker, code: i64) -> State {
    State { shape: shape(code), text: t.find(&format!("dialogue-code-{code}")).unwrap_or_default().to_owned() }
}

/// A code of XBeteiligung 1.2 where its reason does not follow at once.
pub(crate) fn code_alone(t: Speaker, code: i64) -> State {
    State { shape: shape(code), text: t.find(&format!("weighing-word-{code}")).unwrap_or_default().to_owned() }
}

fn shape(code: i64) -> &'static str {
    match code {
        1000 | 2000 => "done",
        3000 => "no",
        4000 => "busy",
        _ => "open",
    }
}

/// What is said instead of an answer.
pub(crate) fn waits(t: Speaker, dates: &Dates, answer_by: Option<Date>) -> State {
    match answer_by {
        None => State { shape: "open", text: t.get("dialogue-no-answer").to_owned() },
        Some(day) if day < dates.today() => {
            let text = t.with("dialogue-answer-late", &[("count", (-dates.days_until(day)).into()), ("day", (&dates.day(day)).into())]);
            State { shape: "late", text }
        }
        Some(day) => State { shape: "open", text: t.with("dialogue-answer-by", &[("day", (&dates.day(day)).into())]) },
    }
}

/// Where a contribution stands before the public.
pub(crate) fn stands(t: Speaker, state: Stands) -> State {
    let shape = match state {
        Stands::Public => "done",
        Stands::Unconfirmed | Stands::Waiting => "open",
        Stands::Hidden | Stands::Withdrawn => "no",
    };
    State { shape, text: t.find(&format!("dialogue-state-{}", state.key())).unwrap_or_default().to_owned() }
}
