//! Money: euros as people write them, read into cents and written for a reader. Pure.

use crate::texts::Speaker;
use allmende_core::Language;

/// The highest cost: ten billion euros.
pub const COST_CENTS_MAX: i64 = 1_000_000_000_000;

/// Euros as people write them (`48.000`, `48000,50`, `1 200 €`) in cents, 0 to [`COST_CENTS_MAX`].
#[must_use]
pub fn cents(text: &str) -> Option<i64> {
    let bare: String = text.replace("Euro", "").replace('€', "").chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = bare.rsplit_once(',').unwrap_or((&bare, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut is_grouped = false;
    for group in groups {
        is_grouped = true;
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if first.is_empty() || (is_grouped && first.len() > 3) || !is_number(&digits) || !is_number(part) || part.len() > 2 || digits.len() > 12 {
        return None;
    }
    let cents = digits.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?;
    (0..=COST_CENTS_MAX).contains(&cents).then_some(cents)
}

/// "48.000 Euro", "48.000,50 Euro"
#[must_use]
pub fn euros(t: Speaker, cents: i64) -> String {
    let (whole, part) = (cents / 100, cents % 100);
    let number = t.number(whole);
    let point = if t.language() == Language::English { '.' } else { ',' };
    let number = if part == 0 { number } else { format!("{number}{point}{part:02}") };
    format!("{number}\u{a0}Euro")
}

/// Cents as a form shows them: `48000,50`; empty for none.
#[must_use]
pub fn field(cents: Option<i64>) -> String {
    cents.map(|cents| format!("{},{:02}", cents / 100, cents % 100)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_shows_is_read_as_the_same_amount() {
        for cents_in in [0, 1, 99, 100, 4_800_050, COST_CENTS_MAX] {
            assert_eq!(cents(&field(Some(cents_in))), Some(cents_in));
        }
        assert_eq!((field(None).as_str(), cents("48.000"), cents("10.000.000.000,01")), ("", Some(4_800_000), None));
    }
}
