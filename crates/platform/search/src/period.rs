//! Years, months and days as spans of instants, by the clocks of Germany. Pure.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// First and following millisecond of `2024`, `2024-05` or `2024-05-03`; `None` for anything else.
#[must_use]
pub(crate) fn bounds(period: &str) -> Option<(i64, i64)> {
    let mut parts = period.split('-');
    let year = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let span = match (month, day) {
        (None, _) => 1.year(),
        (Some(_), None) => 1.month(),
        (Some(_), Some(_)) => 1.day(),
    };
    Some((millis(first)?, millis(first.checked_add(span).ok()?)?))
}

fn millis(date: Date) -> Option<i64> {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Some(date.to_zoned(zone).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::bounds;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_period_ends_where_the_next_begins() {
        assert_eq!(bounds("2024").map(|(from, until)| (until - from) / HOUR), Some(366 * 24));
        assert_eq!(bounds("2024-12").map(|(_, until)| until), bounds("2025").map(|(from, _)| from));
        assert_eq!(bounds("2024-03-31").map(|(from, until)| (until - from) / HOUR), Some(23));
        assert_eq!(bounds("2024-13"), None);
        assert_eq!(bounds("x"), None);
    }
}
