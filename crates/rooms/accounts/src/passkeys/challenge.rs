//! Challenges: what a device is asked to sign. Random, for one purpose on one site, until a moment; under our seal, so that a page
//! can bear one without anything being written. That it counts once is the store's business.

use super::CHALLENGE_SECONDS;
use allmende_core::{Id, Instant, Person, Site, hex};
use allmende_platform::seal::Seal;

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Signing in, whoever it is.
    SignIn,
    /// A new key for this person.
    Add(Id<Person>),
}

impl Purpose {
    fn key(self) -> String {
        match self {
            Self::SignIn => "sign-in".to_owned(),
            Self::Add(person) => format!("add-{person}"),
        }
    }
}

fn proven(site: Id<Site>, purpose: Purpose, chance: &str, until: i64) -> String {
    format!("{site}\n{}\n{chance}\n{until}", purpose.key())
}

/// A new challenge from 16 random bytes.
pub(crate) fn issue(seal: &Seal, site: Id<Site>, purpose: Purpose, now: Instant, chance: [u8; 16]) -> String {
    let chance = hex(&chance);
    let until = now.plus_seconds(CHALLENGE_SECONDS).millis();
    let proof = seal.proof("passkey", &proven(site, purpose, &chance, until));
    format!("{chance}.{until}.{proof}")
}

/// Until when a challenge of ours can be answered; nothing if it is not ours, for something else, or over.
pub(crate) fn holds(seal: &Seal, site: Id<Site>, purpose: Purpose, now: Instant, text: &str) -> Option<Instant> {
    let (chance, rest) = text.split_once('.')?;
    let (until, proof) = rest.split_once('.')?;
    let until: i64 = until.parse().ok()?;
    let is_ours = seal.proves("passkey", &proven(site, purpose, chance, until), proof);
    (is_ours && until > now.millis()).then(|| Instant::from_millis(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_holds_for_its_purpose_on_its_site_for_a_quarter_of_an_hour() {
        let (seal, site, now) = (Seal::new([7; 32]), Id::new(1), Instant::from_millis(1_780_902_000_000));
        let text = issue(&seal, site, Purpose::Add(Id::new(5)), now, [9; 16]);
        let holds =
            |seal: &Seal, site: i64, purpose: Purpose, seconds: i64, text: &str| holds(seal, Id::new(site), purpose, now.plus_seconds(seconds), text).is_some();
        assert!(holds(&seal, 1, Purpose::Add(Id::new(5)), CHALLENGE_SECONDS - 1, &text));
        assert!(!holds(&seal, 1, Purpose::Add(Id::new(5)), CHALLENGE_SECONDS, &text));
        assert!(!holds(&seal, 1, Purpose::Add(Id::new(6)), 0, &text));
        assert!(!holds(&seal, 1, Purpose::SignIn, 0, &text));
        assert!(!holds(&seal, 2, Purpose::Add(Id::new(5)), 0, &text));
        assert!(!holds(&Seal::new([8; 32]), 1, Purpose::Add(Id::new(5)), 0, &text));
        let later = text.replace("1780902900000", "1780902900001");
        assert!(later != text && !holds(&seal, 1, Purpose::Add(Id::new(5)), 0, &later));
        assert!(!holds(&seal, 1, Purpose::SignIn, 0, "") && !holds(&seal, 1, Purpose::SignIn, 0, "a.b.c"));
    }
}
