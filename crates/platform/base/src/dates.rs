//! Dates in words: "3. März 2026", "Dienstag, 9. Juni, 19 Uhr", "noch 12 Tage". Never a relative date alone.
//!
//! Names of days and months and the order of the parts are texts; this module only fills them in, fast enough for long lists.

use crate::texts::Speaker;
use allmende_core::Instant;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] =
    ["month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11", "month-12"];
const WEEKDAYS: [&str; 7] = ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

/// Writes dates for one reader: in the reader's language, on the clocks of the site.
#[derive(Clone)]
pub struct Dates {
    t: Speaker,
    zone: TimeZone,
    now: Instant,
}

impl Dates {
    /// A writer for pages of a site whose clocks show `zone`; `now` is the database's time.
    #[must_use]
    pub const fn new(t: Speaker, zone: TimeZone, now: Instant) -> Self {
        Self { t, zone, now }
    }

    /// Today on the clocks of the site.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.at(&self.zone).date()
    }

    /// The database's time when the page was made.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The moment on the clocks of the site.
    #[must_use]
    pub fn local(&self, at: Instant) -> Zoned {
        at.at(&self.zone)
    }

    /// "3. März 2026"
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        let key = "date-day-month-year";
        fill(self.t.get(key), |part| match part {
            'd' => date.day().to_string(),
            'm' => self.month(date).to_owned(),
            _ => date.year().to_string(),
        })
    }

    /// "3. März", with the year only if it is not this year.
    #[must_use]
    pub fn day_short(&self, date: Date) -> String {
        if date.year() != self.today().year() {
            return self.day(date);
        }
        fill(self.t.get("date-day-month"), |part| if part == 'd' { date.day().to_string() } else { self.month(date).to_owned() })
    }

    /// "Dienstag, 3. März 2026"
    #[must_use]
    pub fn weekday_day(&self, date: Date) -> String {
        format!("{}, {}", self.weekday(date), self.day(date))
    }

    /// "März"
    #[must_use]
    pub fn month(&self, date: Date) -> &'static str {
        let number = usize::try_from(date.month() - 1).unwrap_or(0);
        self.t.get(MONTHS[number % 12])
    }

    /// "Dienstag"
    #[must_use]
    pub fn weekday(&self, date: Date) -> &'static str {
        let number = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.t.get(WEEKDAYS[number % 7])
    }

    /// "19 Uhr" or "18.30 Uhr"
    #[must_use]
    pub fn time(&self, at: Instant) -> String {
        let local = self.local(at);
        let key = if local.minute() == 0 { "time-hour" } else { "time-hour-minute" };
        fill(self.t.get(key), |part| match part {
            'h' => local.hour().to_string(),
            'p' => ((local.hour() + 11) % 12 + 1).to_string(),
            'a' => self.t.get(if local.hour() < 12 { "time-am" } else { "time-pm" }).to_owned(),
            _ => format!("{:02}", local.minute()),
        })
    }

    /// "Dienstag, 9. Juni, 19 Uhr"
    #[must_use]
    pub fn moment(&self, at: Instant) -> String {
        let date = self.local(at).date();
        format!("{}, {}, {}", self.weekday(date), self.day_short(date), self.time(at))
    }

    /// The value of a `datetime` attribute: `2026-06-09T19:00`.
    #[must_use]
    pub fn machine(&self, at: Instant) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// Whole days from today to `date`; negative for days past.
    #[must_use]
    pub fn days_until(&self, date: Date) -> i64 {
        (date - self.today()).get_days().into()
    }

    /// A day to come with how far it is: "morgen, 9. Juni 2026", "18. Juni 2026, noch 10 Tage". Beyond 60 days and for days
    /// past the day alone.
    #[must_use]
    pub fn near(&self, date: Date) -> String {
        let (day, days) = (self.day(date), self.days_until(date));
        let key = match days {
            0 => "date-near-today",
            1 => "date-near-tomorrow",
            2..=60 => "date-near-days",
            _ => return day,
        };
        self.t.with(key, &[("day", (&day).into()), ("count", days.into())])
    }

    /// The last day of something: "noch heute, bis 8. Juni 2026", "bis morgen, 9. Juni 2026", "noch 12 Tage, bis 20. Juni 2026".
    /// For days past the day alone.
    #[must_use]
    pub fn until(&self, date: Date) -> String {
        let (day, days) = (self.day(date), self.days_until(date));
        let key = match days {
            0 => "date-until-today",
            1 => "date-until-tomorrow",
            2.. => "date-until-days",
            _ => "date-until",
        };
        self.t.with(key, &[("day", (&day).into()), ("count", days.into())])
    }

    /// Whole days from today to the day of `at` on the clocks of the site.
    #[must_use]
    pub fn days_until_instant(&self, at: Instant) -> i64 {
        self.days_until(self.local(at).date())
    }
}

/// Fills `%d`-like parts of a pattern.
fn fill(pattern: &str, part: impl Fn(char) -> String) -> String {
    let mut out = String::with_capacity(pattern.len() + 12);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => out.push_str(&letters.next().map(&part).unwrap_or_default()),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Texts, TextsError};
    use allmende_core::Language;

    #[test]
    fn dates_are_written_as_residents_say_them() -> Result<(), TextsError> {
        let texts = Texts::load(&[crate::texts!()])?;
        let now = Instant::from_millis(1_780_905_600_000); // 2026-06-08T08:00:00Z
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let evening = now.plus_seconds(86_400 + 9 * 3600 + 30 * 60);
        let german = Dates::new(texts.speak(Language::German), zone.clone(), now);
        assert_eq!(german.moment(evening), "Dienstag, 9.\u{a0}Juni, 19.30\u{a0}Uhr");
        assert_eq!(german.day(Date::constant(2026, 3, 3)), "3.\u{a0}März 2026");
        assert_eq!(german.day_short(Date::constant(2025, 3, 3)), "3.\u{a0}März 2025");
        assert_eq!((german.days_until_instant(evening), german.days_until(Date::constant(2026, 6, 1))), (1, -7));
        for (date, near, until) in [
            (Date::constant(2026, 6, 7), "7.\u{a0}Juni 2026", "bis 7.\u{a0}Juni 2026"),
            (Date::constant(2026, 6, 8), "heute, 8.\u{a0}Juni 2026", "noch heute, bis 8.\u{a0}Juni 2026"),
            (Date::constant(2026, 6, 9), "morgen, 9.\u{a0}Juni 2026", "bis morgen, 9.\u{a0}Juni 2026"),
            (Date::constant(2026, 6, 20), "20.\u{a0}Juni 2026, noch 12\u{a0}Tage", "noch 12\u{a0}Tage, bis 20.\u{a0}Juni 2026"),
            (Date::constant(2026, 8, 7), "7.\u{a0}August 2026, noch 60\u{a0}Tage", "noch 60\u{a0}Tage, bis 7.\u{a0}August 2026"),
            (Date::constant(2026, 8, 8), "8.\u{a0}August 2026", "noch 61\u{a0}Tage, bis 8.\u{a0}August 2026"),
        ] {
            assert_eq!((german.near(date).as_str(), german.until(date).as_str()), (near, until));
        }
        let english = Dates::new(texts.speak(Language::English), zone, now);
        assert_eq!(english.moment(evening), "Tuesday, 9\u{a0}June, 7:30\u{a0}pm");
        Ok(())
    }
}
