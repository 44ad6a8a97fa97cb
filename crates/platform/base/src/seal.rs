//! Keyed digests: what must be recognised without being known, such as a client's address or somebody in a census.
//!
//! The key lies in the data folder. A digest for limits holds for one day: on the next day the same address has another. A digest
//! that is kept stands for its value as long as the key.

use allmende_core::{Instant, hex};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::net::IpAddr;

const DAY_MILLIS: i64 = 86_400_000;

/// A secret key of 256 bits.
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    /// From a key that was read.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// A new random key.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn random() -> std::io::Result<Self> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self(key))
    }

    /// From 64 hexadecimal digits, as the key file holds them.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim().as_bytes();
        let mut key = [0; 32];
        if text.len() != 64 {
            return None;
        }
        for (byte, digits) in key.iter_mut().zip(text.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(key))
    }

    /// As 64 hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// 32 bytes that stand for `value` as long as the key does: for what is kept to be compared, such as the codes of letters.
    /// `purpose` separates uses: one value has another digest for each, and no byte 0 may be in it.
    #[must_use]
    pub fn lasting(&self, purpose: &str, value: &str) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return Vec::new() };
        mac.update(b"lasting\0");
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// `kind:` and 32 hexadecimal digits that stand for `value` on this day.
    #[must_use]
    pub fn daily(&self, kind: &str, value: &str, now: Instant) -> String {
        format!("{kind}:{}", self.hash(&format!("{kind}\n{}\n{value}", now.millis().div_euclid(DAY_MILLIS))))
    }

    /// 32 hexadecimal digits that only this key makes of `value`, for as long as the key holds: what proves that a text came from
    /// here, such as the stamp of a form or a secret address. `kind` keeps uses apart.
    #[must_use]
    pub fn proof(&self, kind: &str, value: &str) -> String {
        // No day is a word: what is written here is never a daily digest.
        self.hash(&format!("{kind}\nproof\n{value}"))
    }

    /// Whether a text from outside is the [`Seal::proof`] of `value`; takes the same time wherever they differ.
    #[must_use]
    pub fn proves(&self, kind: &str, value: &str, proof: &str) -> bool {
        let own = self.proof(kind, value);
        own.len() == proof.len() && own.bytes().zip(proof.bytes()).fold(0, |unlike, (one, other)| unlike | (one ^ other)) == 0
    }

    fn hash(&self, text: &str) -> String {
        // A key of 32 bytes is always taken; without one nothing would ever match.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes()[..16])
    }
}

/// What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, which one household has.
#[must_use]
pub fn household(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_depends_on_key_kind_value_and_day_and_hides_the_value() {
        let (seal, noon) = (Seal::new([7; 32]), Instant::from_millis(12 * 3_600_000));
        let digest = seal.daily("client", "203.0.113.9", noon);
        assert_eq!(digest, seal.daily("client", "203.0.113.9", noon.plus_seconds(3600)));
        assert_ne!(digest, seal.daily("client", "203.0.113.9", noon.plus_seconds(86_400)));
        assert_ne!(digest, seal.daily("client", "203.0.113.8", noon));
        assert_ne!(digest, Seal::new([8; 32]).daily("client", "203.0.113.9", noon));
        assert_eq!(digest.len(), "client:".len() + 32);
        assert!(!digest.contains("203"));
    }

    #[test]
    fn a_lasting_digest_depends_on_key_purpose_and_value_only() {
        let seal = Seal::new([7; 32]);
        let digest = seal.lasting("census:1", "anna|1990-01-01|76131");
        assert_eq!(digest, seal.lasting("census:1", "anna|1990-01-01|76131"));
        assert_eq!(digest.len(), 32);
        assert_ne!(digest, seal.lasting("census:2", "anna|1990-01-01|76131"));
        assert_ne!(digest, seal.lasting("census:1", "anna|1990-01-01|76133"));
        assert_ne!(digest, Seal::new([8; 32]).lasting("census:1", "anna|1990-01-01|76131"));
    }

    #[test]
    fn a_proof_holds_for_its_value_and_nothing_else() {
        let seal = Seal::new([7; 32]);
        let proof = seal.proof("stamp", "a");
        assert_eq!(proof.len(), 32);
        assert!(seal.proves("stamp", "a", &proof));
        assert!(!seal.proves("stamp", "b", &proof) && !seal.proves("link", "a", &proof) && !Seal::new([8; 32]).proves("stamp", "a", &proof));
        assert!(!seal.proves("stamp", "a", "") && !seal.proves("stamp", "a", &proof[..31]) && !seal.proves("stamp", "a", &proof.to_uppercase()));
    }

    #[test]
    fn a_key_survives_its_file() {
        let seal = Seal::new([0xa5; 32]);
        assert!(Seal::from_hex(&format!("{}\n", seal.hex())).is_some_and(|read| read.hex() == seal.hex()));
        assert!(Seal::from_hex("a5").is_none() && Seal::from_hex(&"x".repeat(64)).is_none());
    }

    #[test]
    fn one_household_is_one_client() -> Result<(), std::net::AddrParseError> {
        assert_eq!(household("2001:db8:1:2:3::4".parse()?), household("2001:db8:1:2:ffff::".parse()?));
        assert_ne!(household("2001:db8:1:2::".parse()?), household("2001:db8:1:3::".parse()?));
        assert_eq!(household("::ffff:203.0.113.9".parse()?), "203.0.113.9");
        Ok(())
    }
}
