//! Instants and days: many spellings are understood, one is written.
//!
//! OParl wants `yyyy-mm-ddThh:mm:ss+hh:mm` and `yyyy-mm-dd`, nothing else. What is read besides is named by a [`Defect`].

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::Defect;

/// The time zone in which German servers mean instants that name none.
#[must_use]
pub fn berlin() -> TimeZone {
    // The zone is compiled in; without it Central European standard time is the nearest.
    static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Berlin").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(1))));
    BERLIN.clone()
}

/// Reads an instant. The defect says what is wrong with the spelling, if anything. None if it cannot be understood.
///
/// Understood besides the standard's spelling: `Z`, fractions of a second, a space instead of `T`, missing seconds, no
/// offset and a day alone (both in German time; a time that the clock skips or repeats is the earlier offset's).
#[must_use]
pub fn read_instant(text: &str) -> Option<(Timestamp, Option<Defect>)> {
    if let Some(instant) = strict_instant(text.as_bytes()) {
        return Some((instant, None));
    }
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return in_range(instant).then_some((whole_seconds(instant), Some(Defect::DateTimeFormat)));
    }
    let (local, defect) = match local_time(text) {
        Some(local) => (local, Defect::DateTimeWithoutZone),
        None => (read_day(text)?.0.to_datetime(Time::midnight()), Defect::DateTimeFormat),
    };
    let instant = berlin().to_ambiguous_timestamp(local).compatible().ok()?;
    in_range(instant).then_some((whole_seconds(instant), Some(defect)))
}

/// Reads a day. Understood besides the standard's spelling: `d.m.yyyy`, `yyyymmdd`, and instants, of which the day as
/// written counts, or in German time if they are written in UTC (`Z`).
#[must_use]
pub fn read_day(text: &str) -> Option<(Date, Option<Defect>)> {
    if let Some(day) = strict_day(text.as_bytes()) {
        return Some((day, None));
    }
    let text = text.trim();
    let day = if text.ends_with(['Z', 'z']) {
        text.parse::<Timestamp>().ok()?.to_zoned(berlin()).date()
    } else if let Some((day, rest)) = text.split_at_checked(10).filter(|(_, rest)| rest.starts_with(['T', 't', ' '])) {
        // What follows must be a time, lest any text that begins with a date pass for one.
        rest.get(1..3).filter(|hour| hour.bytes().all(|byte| byte.is_ascii_digit()))?;
        strict_day(day.as_bytes())?
    } else {
        german_day(text).or_else(|| compact_day(text)).or_else(|| strict_day(text.as_bytes()))?
    };
    (day.year() >= YEAR_MIN).then_some((day, Some(Defect::DateFormat)))
}

/// The instant as OParl writes it, in this zone, without fractions: `2026-03-01T18:00:00+01:00`.
#[must_use]
pub fn write_instant(instant: Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(instant);
    // Before 1893 clocks were minutes and seconds apart; the standard's spelling has no room for seconds.
    let offset = if offset.seconds() % 60 == 0 { offset } else { Offset::UTC };
    let local = offset.to_datetime(instant);
    let minutes = offset.seconds() / 60;
    format!(
        "{}T{:02}:{:02}:{:02}{}{:02}:{:02}",
        write_day(local.date()),
        local.hour(),
        local.minute(),
        local.second(),
        if minutes < 0 { '-' } else { '+' },
        minutes.abs() / 60,
        minutes.abs() % 60,
    )
}

/// The day as OParl writes it: `2026-03-01`.
#[must_use]
pub fn write_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// Year 1 is what some servers send for »unknown«; nothing in a council's record is that old.
const YEAR_MIN: i16 = 1000;

/// From one to the other, whatever zone the instant is written in.
fn in_range(instant: Timestamp) -> bool {
    static RANGE: LazyLock<Option<(Timestamp, Timestamp)>> = LazyLock::new(|| {
        let first = Offset::UTC.to_timestamp(jiff::civil::date(YEAR_MIN, 1, 2).at(0, 0, 0, 0)).ok()?;
        let last = Offset::UTC.to_timestamp(jiff::civil::date(9999, 12, 29).at(0, 0, 0, 0)).ok()?;
        Some((first, last))
    });
    RANGE.is_some_and(|(first, last)| (first..=last).contains(&instant))
}

fn local_time(text: &str) -> Option<DateTime> {
    // A day alone would pass for its midnight; it is another defect.
    text.contains(':').then(|| text.parse().ok()).flatten()
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0_i16, |sum, digit| digit.is_ascii_digit().then(|| sum.checked_mul(10)?.checked_add(i16::from(digit - b'0')))?)
}

fn two(digits: &[u8]) -> Option<i8> {
    i8::try_from(number(digits)?).ok()
}

fn strict_day(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else {
        return None;
    };
    let day = Date::new(number(&[y1, y2, y3, y4])?, two(&[m1, m2])?, two(&[d1, d2])?).ok()?;
    (day.year() >= YEAR_MIN).then_some(day)
}

fn strict_instant(text: &[u8]) -> Option<Timestamp> {
    let (day, rest) = text.split_at_checked(10)?;
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2, sign @ (b'+' | b'-'), oh1, oh2, b':', om1, om2] = *rest else {
        return None;
    };
    let time = Time::new(two(&[h1, h2])?, two(&[m1, m2])?, two(&[s1, s2])?, 0).ok()?;
    let (hours, minutes) = (i32::from(two(&[oh1, oh2])?), i32::from(two(&[om1, om2])?));
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    let offset = Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()?;
    let instant = offset.to_timestamp(strict_day(day)?.to_datetime(time)).ok()?;
    in_range(instant).then_some(instant)
}

fn german_day(text: &str) -> Option<Date> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && year.len() == 4 && (1..=2).contains(&day.len()) && (1..=2).contains(&month.len());
    fits.then(|| Date::new(number(year.as_bytes())?, two(month.as_bytes())?, two(day.as_bytes())?).ok())?
}

fn compact_day(text: &str) -> Option<Date> {
    let digits = text.as_bytes();
    (digits.len() == 8).then(|| Date::new(number(&digits[..4])?, two(&digits[4..6])?, two(&digits[6..])?).ok())?
}

/// Without fractions of a second, for which the standard's spelling has no room: what is read equals what is written.
fn whole_seconds(instant: Timestamp) -> Timestamp {
    let fraction = i64::from(instant.subsec_nanosecond()).rem_euclid(1_000_000_000);
    instant.checked_sub(SignedDuration::from_nanos(fraction)).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, written: &str, defect: Option<Defect>) {
        let (instant, found) = read_instant(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((write_instant(instant, &berlin()).as_str(), found), (written, defect), "{text}");
    }

    #[test]
    fn instants_are_understood_in_the_spellings_of_real_servers() {
        check("2026-03-01T18:00:00+01:00", "2026-03-01T18:00:00+01:00", None);
        check("2026-07-01T18:00:00+01:00", "2026-07-01T19:00:00+02:00", None);
        check("2026-03-01T17:00:00-00:30", "2026-03-01T18:30:00+01:00", None);
        check("2026-03-01T17:00:00Z", "2026-03-01T18:00:00+01:00", Some(Defect::DateTimeFormat));
        check("2026-03-01T18:00:00.999+01:00", "2026-03-01T18:00:00+01:00", Some(Defect::DateTimeFormat));
        check("2026-03-01 18:00:00+01:00", "2026-03-01T18:00:00+01:00", Some(Defect::DateTimeFormat));
        check("2026-03-01T18:00:00+0100", "2026-03-01T18:00:00+01:00", Some(Defect::DateTimeFormat));
        check("2026-03-01T18:00:00", "2026-03-01T18:00:00+01:00", Some(Defect::DateTimeWithoutZone));
        check("2026-07-01 18:00:00", "2026-07-01T18:00:00+02:00", Some(Defect::DateTimeWithoutZone));
        check("2026-07-01T18:00", "2026-07-01T18:00:00+02:00", Some(Defect::DateTimeWithoutZone));
        check("2026-07-01", "2026-07-01T00:00:00+02:00", Some(Defect::DateTimeFormat));
        check("1.7.2026", "2026-07-01T00:00:00+02:00", Some(Defect::DateTimeFormat));
        check("1880-01-01T00:00:00+00:00", "1880-01-01T00:00:00+00:00", None);
        for text in ["", "x", "2026-13-01T00:00:00+01:00", "2026-02-30", "0001-01-01T00:00:00Z", "2026-03-01Tü8:00"] {
            assert_eq!(read_instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clock_skips_moves_on_and_one_that_it_repeats_is_the_first() {
        check("2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00", Some(Defect::DateTimeWithoutZone));
        check("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00", Some(Defect::DateTimeWithoutZone));
    }

    #[test]
    fn days_are_understood_in_the_spellings_of_real_servers() {
        for (text, written, defect) in [
            ("2024-02-29", "2024-02-29", None),
            (" 2024-02-29", "2024-02-29", Some(Defect::DateFormat)),
            ("29.2.2024", "2024-02-29", Some(Defect::DateFormat)),
            ("20240229", "2024-02-29", Some(Defect::DateFormat)),
            ("2024-02-29T00:00:00+01:00", "2024-02-29", Some(Defect::DateFormat)),
            ("2024-02-29 00:00:00", "2024-02-29", Some(Defect::DateFormat)),
            ("2024-02-28T23:00:00Z", "2024-02-29", Some(Defect::DateFormat)),
        ] {
            let (day, found) = read_day(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((write_day(day).as_str(), found), (written, defect), "{text}");
        }
        for text in ["", "2023-02-29", "0000-00-00", "0001-01-01", "0999-12-31", "1.2.26", "2024-02-29 folgt", "heute"] {
            assert_eq!(read_day(text), None, "{text}");
        }
        assert!(read_day("1000-01-01").is_some());
    }
}
