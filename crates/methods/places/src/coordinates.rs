//! Coordinates as people write them: "49,00937° N, 8,40444° O", "49°00'33.7\"N 8°24'16.0\"E", "49.00937, 8.40444".
//!
//! Two bare numbers count only where the town lies (see [`Near`]): others are amounts of money or measurements.

use crate::geometry::Point;
use std::ops::Range;

/// Where bare numbers are taken for coordinates: west, south, east, north, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near(pub [f64; 4]);

impl Near {
    /// Europe, for a site that knows none of its places' coordinates.
    pub const EUROPE: Self = Self([-25.0, 34.0, 45.0, 72.0]);

    /// Half a degree around a box.
    #[must_use]
    pub fn around([west, south, east, north]: [f64; 4]) -> Self {
        Self([west - 0.5, south - 0.5, east + 0.5, north + 0.5])
    }

    /// Whether a point lies in the box.
    #[must_use]
    pub fn holds(self, point: Point) -> bool {
        let [west, south, east, north] = self.0;
        (west..=east).contains(&point.longitude) && (south..=north).contains(&point.latitude)
    }
}

/// All coordinates in a text, in order, with their byte ranges.
#[must_use]
pub fn find(text: &str, near: Near) -> Vec<(Range<usize>, Point)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let digits = digits(bytes, at);
        // The first look: only a point, a comma or a degree sign behind at most three digits can begin a coordinate.
        if digits <= 3
            && matches!(bytes.get(at + digits), Some(b'.' | b',' | 0xC2 | b' '))
            && let Some((start, end, point)) = pair(text, at, near)
        {
            out.push((start..end, point));
            at = end;
        } else {
            at += digits;
            // The rest of a number is no number of its own.
            while bytes.get(at).is_some_and(|byte| matches!(byte, b'.' | b',')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                at += 1 + self::digits(bytes, at + 1);
            }
        }
    }
    out
}

/// One number with what says which way it points.
struct Angle {
    degrees: f64,
    end: usize,
    hemisphere: Option<u8>,
    has_sign: bool,
}

fn pair(text: &str, at: usize, near: Near) -> Option<(usize, usize, Point)> {
    let bytes = text.as_bytes();
    if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() && leading(bytes, at).is_none() || matches!(bytes[at - 1], b'.' | b',')) {
        return None;
    }
    let (start, before) = leading(bytes, at).map_or((at, None), |(start, letter)| (start, Some(letter)));
    let first = angle(bytes, at, before)?;
    let mut next = first.end;
    let gap = bytes[next..].iter().take(6).take_while(|byte| matches!(byte, b' ' | b',' | b';' | b'/' | b'|' | b'\n')).count();
    next += gap;
    let letter =
        bytes.get(next).copied().filter(|byte| is_hemisphere(*byte)).filter(|_| bytes.get(next + 1).is_some_and(|byte| *byte == b' ' || byte.is_ascii_digit()));
    let from = if letter.is_some() { next + 1 + usize::from(bytes.get(next + 1) == Some(&b' ')) } else { next };
    if gap == 0 && letter.is_none() || !bytes.get(from).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let second = angle(bytes, from, letter)?;
    let point = together(&first, &second, near)?;
    Some((start, second.end, point))
}

/// A letter for north or east before a number: "N 49° …".
fn leading(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let at = if at > 0 && bytes[at - 1] == b' ' { at - 1 } else { at };
    let letter = *bytes.get(at.checked_sub(1)?)?;
    let is_alone = at < 2 || !bytes[at - 2].is_ascii_alphanumeric() && bytes[at - 2] < 0x80;
    (is_hemisphere(letter) && is_alone).then_some((at - 1, letter))
}

fn together(first: &Angle, second: &Angle, near: Near) -> Option<Point> {
    let is_east = |angle: &Angle| angle.hemisphere.is_some_and(|letter| matches!(letter, b'E' | b'O' | b'W'));
    let is_north = |angle: &Angle| angle.hemisphere.is_some_and(|letter| matches!(letter, b'N' | b'S'));
    let signed = |angle: &Angle| if angle.hemisphere.is_some_and(|letter| matches!(letter, b'S' | b'W')) { -angle.degrees } else { angle.degrees };
    let (one, other) = (signed(first), signed(second));
    if is_north(first) && is_east(second) {
        return Point::new(other, one);
    }
    if is_east(first) && is_north(second) {
        return Point::new(one, other);
    }
    if first.hemisphere.is_some() || second.hemisphere.is_some() || first.has_sign != second.has_sign {
        return None;
    }
    // Without letters: north comes first, unless only the other way round lies where the town is.
    [Point::new(other, one), Point::new(one, other)].into_iter().flatten().find(|point| near.holds(*point))
}

/// Degrees, perhaps with minutes and seconds or a fraction, perhaps with a letter behind.
fn angle(bytes: &[u8], at: usize, before: Option<u8>) -> Option<Angle> {
    let (whole, mut end, places) = decimal(bytes, at)?;
    let has_sign = bytes[end..].starts_with("°".as_bytes());
    let mut degrees = whole;
    let mut parts = 1;
    if has_sign {
        end += "°".len();
        for (divisor, marks) in [(60.0, MINUTES), (3600.0, SECONDS)] {
            let from = blank(bytes, end);
            if places > 0 {
                break;
            }
            let Some((number, after, _)) = decimal(bytes, from) else { break };
            let Some(mark) = marks.iter().find(|mark| bytes[blank(bytes, after)..].starts_with(mark.as_bytes())) else { break };
            if number >= 60.0 {
                return None;
            }
            degrees += number / divisor;
            end = blank(bytes, after) + mark.len();
            parts += 1;
        }
    }
    let letter = bytes.get(blank(bytes, end)).copied().filter(|byte| is_hemisphere(*byte));
    let is_alone = bytes.get(blank(bytes, end) + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80);
    let behind = letter.filter(|_| is_alone && before.is_none());
    if behind.is_some() {
        end = blank(bytes, end) + 1;
    }
    let hemisphere = before.or(behind);
    let is_precise = places >= 4 || (has_sign && (parts > 1 || places >= 2));
    (is_precise && degrees <= 180.0).then_some(Angle { degrees, end, hemisphere, has_sign })
}

const MINUTES: &[&str] = &["'", "′", "’", "´"];
const SECONDS: &[&str] = &["\"", "″", "”", "“", "''", "′′", "’’"];

const fn is_hemisphere(byte: u8) -> bool {
    matches!(byte, b'N' | b'S' | b'E' | b'O' | b'W')
}

fn blank(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) == Some(&b' ') { at + 1 } else { at }
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// A number of at most three digits with an optional fraction: its value, where it ends, digits of its fraction.
fn decimal(bytes: &[u8], at: usize) -> Option<(f64, usize, usize)> {
    let whole = digits(bytes, at);
    if whole == 0 || whole > 3 {
        return None;
    }
    let mut text = std::str::from_utf8(&bytes[at..at + whole]).ok()?.to_owned();
    let mut end = at + whole;
    let mut places = 0;
    if matches!(bytes.get(end), Some(b'.' | b',')) {
        places = digits(bytes, end + 1);
        if places > 0 {
            text.push('.');
            text.push_str(std::str::from_utf8(&bytes[end + 1..end + 1 + places.min(15)]).ok()?);
            end += 1 + places;
        }
    }
    Some((text.parse().ok()?, end, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(f64, f64)>) {
        let found = find(text, Near::around([8.2, 48.9, 8.6, 49.1]));
        let close = |one: f64, other: f64| (one - other).abs() < 1e-5;
        match (found.first(), expected) {
            (None, None) => {}
            (Some((_, point)), Some((latitude, longitude))) => {
                assert!(close(point.latitude, latitude) && close(point.longitude, longitude), "{text}: {point:?}");
            }
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        let place = Some((49.00937, 8.40444));
        check("bei 49.00937, 8.40444 im Park", place);
        check("49,00937; 8,40444", place);
        check("49,00937 8,40444", place);
        check("49,00937° N, 8,40444° O", place);
        check("N 49.00937° E 8.40444°", place);
        check("N49.00937 E8.40444", place);
        check("8.40444, 49.00937", place);
        check("(8.40444 E/49.00937 N)", place);
        check("49°00'33.732\"N 8°24'15.984\"E", place);
        check("49° 00′ 33,732″ N, 8° 24′ 15,984″ O", place);
        check("33.8568 S, 151.2153 E", Some((-33.8568, 151.2153)));
    }

    #[test]
    fn other_numbers_are_no_coordinates() {
        for text in [
            "12,3456 und 45,6789",
            "1.234,56 Euro, 8,4044",
            "52.5200, 13.4050",
            "49.009, 8.404",
            "20° bis 25°",
            "20 °C, 25 °C",
            "49°61'00\"N 8°24'16\"E",
            "2024/0123, 49.00937",
            "49.00937",
            "149.00937.8.40444",
            "",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn the_range_covers_both_numbers() {
        let text = "Punkt (49,00937° N, 8,40444° O), Bank";
        let found = find(text, Near::EUROPE);
        assert_eq!(found.iter().map(|(range, _)| &text[range.clone()]).collect::<Vec<_>>(), ["49,00937° N, 8,40444° O"]);
    }
}
