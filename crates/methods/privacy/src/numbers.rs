//! Numbers with check digits: bank accounts, tax and insurance numbers.

use crate::tokens::{Class, Tokens};
use crate::{Kind, Places};

/// Lengths of an IBAN by country, where letters and digits follow.
const LENGTHS: [(&str, usize); 24] = [
    ("DE", 22),
    ("AT", 20),
    ("CH", 21),
    ("LI", 21),
    ("LU", 20),
    ("FR", 27),
    ("NL", 18),
    ("BE", 16),
    ("IT", 27),
    ("ES", 24),
    ("PL", 28),
    ("DK", 18),
    ("GB", 22),
    ("IE", 22),
    ("PT", 25),
    ("CZ", 24),
    ("SE", 24),
    ("NO", 15),
    ("FI", 18),
    ("HR", 21),
    ("RO", 24),
    ("HU", 28),
    ("GR", 27),
    ("TR", 26),
];

/// Finds IBANs, in one piece or in groups, whose check digits hold.
pub(crate) fn bank_accounts(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        let country = tokens.letters(at);
        let begins = country.len() == 2 && country.is_ascii() && !tokens.is_glued_left(at) && tokens.digits(at + 1).len() >= 2;
        if begins && let Some(last) = bank_account(tokens, at) {
            places.add(Kind::BankAccount, tokens.bytes(at, last));
        }
    }
}

fn bank_account(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let country = tokens.word(first).to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(key, _)| *key == country).map(|(_, length)| *length);
    let mut compact = String::new();
    let mut at = first;
    while compact.len() < 34 {
        match tokens.class(at)? {
            Class::Letters | Class::Digits => compact.push_str(tokens.word(at)),
            Class::Space | Class::Mark('-') => {}
            Class::Mark(_) => return None,
        }
        let fits = length.map_or((15..=34).contains(&compact.len()), |length| compact.len() == length);
        if fits && !tokens.is_glued_right(at) && is_sound(&compact) {
            return Some(at);
        }
        if !compact.is_ascii() || length.is_some_and(|length| compact.len() > length) {
            return None;
        }
        at += 1;
    }
    None
}

/// Source: ISO 13616, check digits after ISO 7064 mod 97-10.
fn is_sound(iban: &str) -> bool {
    if !iban.is_ascii() || iban.len() < 5 {
        return false;
    }
    let (head, body) = iban.split_at(4);
    let rest = body.chars().chain(head.chars()).try_fold(0_u32, |rest, character| {
        let value = character.to_digit(36)?;
        Some((if value < 10 { rest * 10 } else { rest * 100 } + value) % 97)
    });
    rest == Some(1)
}

/// The digits of a number written in groups with single spaces or slashes: the last token and the digits, at most `max`.
fn grouped(tokens: &Tokens<'_>, first: usize, max: usize) -> Option<(usize, String)> {
    let mut digits = tokens.digits(first).to_owned();
    let mut last = first;
    while matches!(tokens.class(last + 1), Some(Class::Space | Class::Mark('/'))) && !tokens.digits(last + 2).is_empty() {
        if digits.len() + tokens.digits(last + 2).len() > max {
            break;
        }
        digits.push_str(tokens.digits(last + 2));
        last += 2;
    }
    (!digits.is_empty() && !tokens.is_glued_right(last)).then_some((last, digits))
}

fn is_cued(tokens: &Tokens<'_>, at: usize, cues: &[&str]) -> bool {
    tokens.words_before(at, 4).iter().any(|word| cues.iter().any(|cue| word.starts_with(cue)))
}

/// Finds tax identification numbers (eleven digits, check digit) and tax numbers (with a word or in their form).
pub(crate) fn tax(tokens: &Tokens<'_>, places: &mut Places) {
    let mut at = 0;
    while at < tokens.len() {
        let is_inside = tokens.is_glued_left(at) || (at > 0 && matches!(tokens.class(at - 1), Some(Class::Mark('+' | '/' | '.' | ',' | '-'))));
        // No such number begins with a single digit.
        if tokens.digits(at).len() >= 2
            && !is_inside
            && let Some((last, digits)) = grouped(tokens, at, 13)
        {
            let shape: Vec<usize> = (at..=last).step_by(2).map(|part| tokens.digits(part).len()).collect();
            let slashes = (at..last).filter(|part| tokens.is_mark(*part, '/')).count();
            let is_shaped = slashes == 2 && matches!(shape.as_slice(), [2 | 3, 3 | 4, 4 | 5]) && digits.len() >= 10;
            let is_plain = slashes == 0 && digits.len() == 11 && is_tax_identity(&digits) && matches!(shape.as_slice(), [11] | [2, 3, 3, 3]);
            let is_named = (10..=13).contains(&digits.len()) && is_cued(tokens, at, &["steuer", "idnr", "finanzamt", "tax"]);
            if is_shaped || is_plain || is_named {
                places.add(Kind::TaxNumber, tokens.bytes(at, last));
                at = last;
            }
        }
        at += 1;
    }
}

/// Source: check digit of the German tax identification number, ISO 7064 mod 11,10; one digit stands two or three times.
fn is_tax_identity(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let [body @ .., check] = values.as_slice() else { return false };
    let often = (0..10).filter(|digit| body.iter().filter(|own| *own == digit).count() > 1).count();
    let product = body.iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    body.len() == 10 && body.first() != Some(&0) && often == 1 && (11 - product) % 10 == *check
}

/// Finds numbers of the pension insurance (`65 170839 J 003`) and of the health insurance (`A123456780`).
pub(crate) fn insurance(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        if tokens.is_glued_left(at) {
            continue;
        }
        let letter = tokens.letters(at);
        if letter.len() == 1 && letter.is_ascii() && tokens.digits(at + 1).len() == 9 && !tokens.is_glued_right(at + 1) {
            let is_named = is_cued(tokens, at, &["versicher", "kranken", "insurance"]);
            if is_named || (letter.chars().all(char::is_uppercase) && is_health(letter, tokens.digits(at + 1))) {
                places.add(Kind::InsuranceNumber, tokens.bytes(at, at + 1));
            }
        }
        if !tokens.digits(at).is_empty()
            && let Some(last) = pension(tokens, at)
        {
            places.add(Kind::InsuranceNumber, tokens.bytes(at, last));
        }
    }
}

/// Source: Krankenversichertennummer, a letter as two digits, weights 1 and 2, sum of digits modulo 10.
fn is_health(letter: &str, digits: &str) -> bool {
    let place = letter.bytes().next().map_or(0, |byte| u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let values: Vec<u32> = [place / 10, place % 10].into_iter().chain(digits.chars().filter_map(|digit| digit.to_digit(10))).collect();
    let [body @ .., check] = values.as_slice() else { return false };
    weighted(body, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) == *check
}

/// The sum of the digits of each product, modulo ten.
fn weighted(values: &[u32], weights: &[u32]) -> u32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).map(|product| product / 10 + product % 10).sum::<u32>() % 10
}

/// The last token of a pension insurance number that begins here. Source: § 1 VKVV; two digits of the area, the date of birth,
/// the first letter of the name, two digits and the check digit.
fn pension(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let mut digits = String::new();
    let mut at = first;
    while digits.len() < 8 {
        digits.push_str(tokens.digits(at));
        let next = tokens.skip_space(at + 1);
        if digits.len() > 8 || (tokens.digits(next).is_empty() && digits.len() < 8) {
            return None;
        }
        at = next;
    }
    let letter = tokens.letters(at);
    let last = tokens.skip_space(at + 1);
    let serial = tokens.digits(last);
    if letter.len() != 1 || !letter.is_ascii() || serial.len() != 3 || tokens.is_glued_right(last) {
        return None;
    }
    let place = letter.bytes().next().map_or(0, |byte| u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let number = |text: &str| text.chars().filter_map(|digit| digit.to_digit(10)).collect::<Vec<_>>();
    let values: Vec<u32> = number(&digits).into_iter().chain([place / 10, place % 10]).chain(number(serial)).collect();
    let [body @ .., check] = values.as_slice() else { return None };
    let is_sound = weighted(body, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) == *check;
    (is_sound || is_cued(tokens, first, &["versicher", "rente", "sozial", "insurance", "pension"])).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_hold_or_not() {
        let check = |sound: bool, text: &str| assert!(sound, "{text}");
        check(is_sound("DE89370400440532013000"), "the example of the standard");
        check(!is_sound("DE89370400440532013001"), "one digit off");
        check(is_sound("GB29NWBK60161331926819"), "letters inside");
        check(is_tax_identity("86095742719"), "example of the tax office");
        check(!is_tax_identity("86095742718"), "one digit off");
        check(is_health("A", "123456780"), "example of the insurers");
        check(!is_health("A", "123456781"), "one digit off");
        check(pension(&Tokens::read("65 170839 J 003"), 0).is_some(), "example of the insurers");
        check(pension(&Tokens::read("65 170839 J 004"), 0).is_none(), "one digit off");
    }
}
