//! How the town keeps up with the calendar: every date of the files moves by the same number of whole weeks.
//!
//! The files are written as if today were Monday, 8 June 2026. Weekdays stay, so a council that meets on Tuesdays
//! still does. Texts name dates by placeholders: `{datum 2026-03-03}` (3. März 2026), `{tag 2026-03-03}` (3. März),
//! `{monat 2026-05}` (Mai 2026), `{quartal 2026-1}` (1. Quartal 2026), `{jahr 2026}`, in English `{date …}`,
//! `{day …}`, `{month …}`, and `{ref key}` for the reference of a paper. Knows nothing of what the texts mean.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday, date};
use toml::Value;

use crate::DemoError;

/// The Monday on which the files believe to be.
const WRITTEN_ON: Date = date(2026, 6, 8);

const MONTHS: [&str; 12] = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

const MONTHS_ENGLISH: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A number of whole weeks, forwards or backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shift {
    weeks: i32,
}

impl Shift {
    /// The shift that brings the files to the week of `today`.
    ///
    /// # Errors
    /// `DemoError::Date` at the ends of the calendar.
    pub(crate) fn to_week_of(today: Date) -> Result<Self, DemoError> {
        let days_since_monday = today.weekday().to_monday_zero_offset();
        let monday = today.checked_sub(i32::from(days_since_monday).days()).map_err(out_of_range)?;
        let days = WRITTEN_ON.until(monday).map_err(out_of_range)?.get_days();
        Ok(Self { weeks: days / 7 })
    }

    /// The Monday of the week of today.
    pub(crate) fn today(self) -> Result<Date, DemoError> {
        let today = self.day(WRITTEN_ON)?;
        debug_assert_eq!(today.weekday(), Weekday::Monday);
        Ok(today)
    }

    /// A day of the files, moved.
    pub(crate) fn day(self, day: Date) -> Result<Date, DemoError> {
        day.checked_add(self.weeks.weeks()).map_err(out_of_range)
    }

    /// Moves every date in a TOML value and fills every placeholder in its texts.
    pub(crate) fn apply(self, value: &mut Value, reference: &dyn Fn(&str) -> Option<String>) -> Result<(), DemoError> {
        match value {
            Value::Datetime(datetime) => {
                if let Some(day) = datetime.date {
                    let day = Date::new(i16::try_from(day.year).unwrap_or(0), narrow(day.month), narrow(day.day));
                    let moved = self.day(day.map_err(out_of_range)?)?;
                    datetime.date = Some(toml_day(moved));
                }
            }
            Value::String(text) => {
                if text.contains('{') {
                    *text = self.fill(text, reference)?;
                }
            }
            Value::Array(values) => {
                for value in values {
                    self.apply(value, reference)?;
                }
            }
            Value::Table(table) => {
                for (_, value) in table.iter_mut() {
                    self.apply(value, reference)?;
                }
            }
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => {}
        }
        Ok(())
    }

    /// Fills the placeholders of a text.
    pub(crate) fn fill(self, text: &str, reference: &dyn Fn(&str) -> Option<String>) -> Result<String, DemoError> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (before, from_brace) = rest.split_at(open);
            filled.push_str(before);
            let inside = &from_brace[1..];
            let close = inside.find('}').ok_or_else(|| bad_placeholder(from_brace))?;
            filled.push_str(&self.placeholder(&inside[..close], reference)?);
            rest = &inside[close + 1..];
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn placeholder(self, inside: &str, reference: &dyn Fn(&str) -> Option<String>) -> Result<String, DemoError> {
        let (name, argument) = inside.split_once(' ').ok_or_else(|| bad_placeholder(inside))?;
        match name {
            "datum" => Ok(german_day(self.written_day(argument)?)),
            "tag" => {
                let day = self.written_day(argument)?;
                Ok(format!("{}. {}", day.day(), month(&MONTHS, day)))
            }
            "date" => Ok(english_day(self.written_day(argument)?)),
            "day" => {
                let day = self.written_day(argument)?;
                Ok(format!("{} {}", day.day(), month(&MONTHS_ENGLISH, day)))
            }
            // A month, a quarter and a year follow the day in their middle, so that most of it stays within.
            "monat" | "month" => {
                let day = self.written_day(&format!("{argument}-15"))?;
                let names = if name == "monat" { &MONTHS } else { &MONTHS_ENGLISH };
                Ok(format!("{} {}", month(names, day), day.year()))
            }
            "quartal" => {
                let (year, quarter) = argument.split_once('-').ok_or_else(|| bad_placeholder(inside))?;
                let quarter: u32 = quarter.parse().map_err(|_| bad_placeholder(inside))?;
                let day = self.written_day(&format!("{year}-{:02}-15", quarter * 3 - 1))?;
                Ok(format!("{}. Quartal {}", (day.month() + 2) / 3, day.year()))
            }
            "jahr" => Ok(self.written_day(&format!("{argument}-07-01"))?.year().to_string()),
            "ref" => reference(argument).ok_or_else(|| bad_placeholder(inside)),
            _ => Err(bad_placeholder(inside)),
        }
    }

    fn written_day(self, text: &str) -> Result<Date, DemoError> {
        self.day(text.parse().map_err(|_| bad_placeholder(text))?)
    }
}

/// "3. März 2026".
pub(crate) fn german_day(day: Date) -> String {
    format!("{}. {} {}", day.day(), month(&MONTHS, day), day.year())
}

/// "Dienstag".
pub(crate) fn german_weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

/// "19 Uhr" or "18.30 Uhr".
pub(crate) fn german_time(at: DateTime) -> String {
    match at.minute() {
        0 => format!("{} Uhr", at.hour()),
        minute => format!("{}.{minute:02} Uhr", at.hour()),
    }
}

fn english_day(day: Date) -> String {
    format!("{} {} {}", day.day(), month(&MONTHS_ENGLISH, day), day.year())
}

fn month(names: &[&'static str; 12], day: Date) -> &'static str {
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    names.get(index).copied().unwrap_or_default()
}

fn narrow(part: u8) -> i8 {
    i8::try_from(part).unwrap_or(0)
}

fn toml_day(day: Date) -> toml::value::Date {
    toml::value::Date { year: u16::try_from(day.year()).unwrap_or(0), month: day.month().unsigned_abs(), day: day.day().unsigned_abs() }
}

fn out_of_range(error: jiff::Error) -> DemoError {
    DemoError::Date(error.to_string())
}

fn bad_placeholder(text: &str) -> DemoError {
    DemoError::Placeholder(text.chars().take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(today: Date, text: &str) -> Result<String, DemoError> {
        Shift::to_week_of(today)?.fill(text, &|key| (key == "freibad").then(|| "2026/016".to_owned()))
    }

    #[test]
    fn every_day_of_a_week_gives_the_same_shift() {
        for day in 8..=14 {
            assert_eq!(Shift::to_week_of(date(2026, 6, day)), Ok(Shift { weeks: 0 }));
        }
        assert_eq!(Shift::to_week_of(date(2026, 6, 7)), Ok(Shift { weeks: -1 }));
        assert_eq!(Shift::to_week_of(date(2026, 6, 15)), Ok(Shift { weeks: 1 }));
    }

    #[test]
    fn a_placeholder_follows_the_calendar() {
        let text = "{datum 2026-03-03}, {tag 2026-03-03}, {monat 2026-05}, {quartal 2026-1}, {jahr 2026}, {date 2026-03-03}, {ref freibad}";
        let here = "3. März 2026, 3. März, Mai 2026, 1. Quartal 2026, 2026, 3 March 2026, 2026/016";
        assert_eq!(fill(date(2026, 6, 8), text).as_deref(), Ok(here));
        let later = "1. September 2026, 1. September, November 2026, 3. Quartal 2026, 2026, 1 September 2026, 2026/016";
        assert_eq!(fill(date(2026, 12, 7), text).as_deref(), Ok(later));
    }

    #[test]
    fn a_placeholder_nobody_knows_is_an_error() {
        for text in ["{datum 2026-13-01}", "{wann 2026-01-01}", "{ref nirgends}", "{datum 2026-01-01", "{jahr}"] {
            assert!(matches!(fill(date(2026, 6, 8), text), Err(DemoError::Placeholder(_))), "{text}");
        }
    }

    #[test]
    fn times_are_written_as_residents_say_them() {
        assert_eq!(german_time(date(2026, 3, 3).at(19, 0, 0, 0)), "19 Uhr");
        assert_eq!(german_time(date(2026, 3, 3).at(9, 5, 0, 0)), "9.05 Uhr");
    }
}
