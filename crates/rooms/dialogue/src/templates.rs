//! The shipped templates: what a process of each kind begins with. A clerk changes everything of it in the forms.
//!
//! Words come from the texts of this room; a template only says which formats and phases there are, and how long they usually are.

use crate::rules::{Acts, Audience, Period};
use crate::store::phases::{NewPhase, Part};
use crate::store::processes::Ways;
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A phase of a template.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// Key of its title.
    pub title: &'static str,
    /// Key of what happens in it.
    pub note: &'static str,
    /// Days from the beginning of the process to its own.
    pub after_days: i32,
    /// How long it usually is.
    pub days: i32,
    /// What can be done.
    pub acts: &'static str,
}

/// A kind of process to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its key; its name and help are `admin-dialogue-template-KEY` and the same with `-help`.
    pub key: &'static str,
    /// Its format.
    pub format: &'static str,
    /// Key of the title of its part.
    pub part: &'static str,
    /// What its format begins with, as JSON.
    pub settings: &'static str,
    /// Its phases.
    pub stages: &'static [Stage],
    /// Days within which an answer is promised.
    pub answer_days: Option<i64>,
}

/// All templates, in the order of the page.
pub const ALL: [Template; 4] = [
    Template {
        key: "consultation",
        format: "consultation",
        part: "dialogue-part-consultation",
        settings: "{}",
        stages: &[
            Stage { title: "dialogue-stage-state", note: "dialogue-stage-state-note", after_days: 0, days: 28, acts: "state support annotate" },
            Stage { title: "dialogue-stage-weigh", note: "dialogue-stage-weigh-note", after_days: 28, days: 28, acts: "answer" },
        ],
        answer_days: Some(42),
    },
    Template {
        key: "ideas",
        format: "ideas",
        part: "dialogue-part-ideas",
        settings: "{}",
        stages: &[
            Stage { title: "dialogue-stage-propose", note: "dialogue-stage-propose-note", after_days: 0, days: 42, acts: "propose comment support annotate" },
            Stage { title: "dialogue-stage-answer", note: "dialogue-stage-answer-note", after_days: 42, days: 28, acts: "answer" },
        ],
        answer_days: Some(56),
    },
    Template {
        key: "discussion",
        format: "discussion",
        part: "dialogue-part-discussion",
        settings: "{}",
        stages: &[
            Stage { title: "dialogue-stage-talk", note: "dialogue-stage-talk-note", after_days: 0, days: 28, acts: "comment support" },
            Stage { title: "dialogue-stage-answer", note: "dialogue-stage-answer-note", after_days: 28, days: 14, acts: "answer" },
        ],
        answer_days: None,
    },
    Template {
        key: "monthly-topic",
        format: "ideas",
        part: "dialogue-part-monthly",
        settings: "{\"to_council\":3}",
        stages: &[
            Stage { title: "dialogue-stage-propose", note: "dialogue-stage-monthly-note", after_days: 0, days: 21, acts: "propose comment support" },
            Stage { title: "dialogue-stage-council", note: "dialogue-stage-council-note", after_days: 21, days: 30, acts: "answer" },
        ],
        answer_days: Some(60),
    },
];

/// The template of a key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}

impl Template {
    /// Who may take part at first: everybody with an account or a confirmed address; public at once.
    #[must_use]
    pub fn ways(&self) -> Ways {
        Ways { audience: Audience::confirmed_email(), is_moderated_before: false, answer_days: self.answer_days }
    }

    /// Its part, as it is written first.
    #[must_use]
    pub fn part(&self, t: Speaker) -> Part {
        let title = t.find(self.part).unwrap_or(self.part).to_owned();
        Part { id: 0, position: 1, format: self.format.to_owned(), title, intro: String::new(), settings: self.settings.to_owned() }
    }

    /// Its phases for a process that begins on a day.
    #[must_use]
    pub fn phases(&self, t: Speaker, part: i64, begins_on: Date, zone: &TimeZone) -> Vec<NewPhase> {
        let word = |key: &'static str| t.find(key).unwrap_or(key).to_owned();
        let stage = |stage: &Stage| {
            let first = begins_on.saturating_add(stage.after_days.days());
            let period =
                Period { starts_at: start_of(first, zone), ends_at: start_of(first.saturating_add(stage.days.days()), zone), acts: Acts::parse(stage.acts) };
            NewPhase { part: Some(part), title: word(stage.title), note: word(stage.note), period }
        };
        self.stages.iter().map(stage).collect()
    }
}

/// The first moment of a day on the clocks of a site.
#[must_use]
pub fn start_of(day: Date, zone: &TimeZone) -> Instant {
    day.to_zoned(zone.clone()).map_or(Instant::from_millis(0), |day| day.timestamp().into())
}

/// The last day of a period that ends before this moment.
#[must_use]
pub fn last_day(ends_at: Instant, zone: &TimeZone) -> Date {
    Instant::from_millis(ends_at.millis() - 1).at(zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_ends_with_the_last_moment_of_its_last_day() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let day = Date::constant(2026, 6, 20);
        let ends = start_of(day.saturating_add(1.day()), &zone);
        assert_eq!(last_day(ends, &zone), day);
        assert_eq!(last_day(Instant::from_millis(ends.millis() + 1), &zone), Date::constant(2026, 6, 21));
    }

    #[test]
    fn every_template_can_be_found_and_lets_residents_do_something() {
        for template in &ALL {
            assert!(find(template.key).is_some_and(|found| found.key == template.key));
            assert!(template.stages.iter().any(|stage| Acts::parse(stage.acts).are_for_residents()), "{}", template.key);
            assert!(template.stages.iter().all(|stage| Acts::parse(stage.acts).text().split(' ').count() == stage.acts.split(' ').count()));
        }
        assert!(find("vote").is_none());
    }
}
