//! The stamp of a form: when it was issued, how much work it asks for, and a signature that holds for one form of one site.

use crate::seal::Seal;
use allmende_core::{Id, Instant, Site, hex};
use allmende_db::DbError;
use sha2::{Digest, Sha256};

const KIND: &str = "form-stamp";

/// What a stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When the page was made, by the database's clock.
    pub issued_at: Instant,
    /// How many leading bits of the work's digest are zero.
    pub bits: u32,
    /// What the work is done on: the signature, 32 hexadecimal digits.
    pub challenge: String,
    /// What makes a contribution one: 32 hexadecimal digits.
    pub once: String,
    random: String,
}

impl Stamp {
    /// A new stamp, not signed yet.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn new(issued_at: Instant, bits: u32) -> Result<Self, DbError> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| DbError::Unavailable(error.to_string()))?;
        let random = hex(&random);
        Ok(Self { issued_at, bits, challenge: String::new(), once: once(&random), random })
    }

    /// The text that a form carries: `MILLIS.BITS.RANDOM.SIGNATURE`.
    #[must_use]
    pub fn signed(&self, seal: &Seal, site: Id<Site>, form: &str) -> String {
        let said = format!("{}.{}.{}", self.issued_at.millis(), self.bits, self.random);
        let signature = seal.proof(KIND, &format!("{site}\n{form}\n{said}"));
        format!("{said}.{signature}")
    }

    /// Reads a stamp that was signed here for this form of this site; nothing for any other text.
    #[must_use]
    pub fn read(text: &str, seal: &Seal, site: Id<Site>, form: &str) -> Option<Self> {
        let (said, signature) = text.rsplit_once('.')?;
        if !seal.proves(KIND, &format!("{site}\n{form}\n{said}"), signature) {
            return None;
        }
        let mut parts = said.split('.');
        let issued_at = Instant::from_millis(parts.next()?.parse().ok()?);
        let bits = parts.next()?.parse().ok()?;
        let random = parts.next()?.to_owned();
        Some(Self { issued_at, bits, challenge: signature.to_owned(), once: once(&random), random })
    }
}

/// Never the random part itself: what is kept with a contribution must not make a stamp.
fn once(random: &str) -> String {
    hex(&Sha256::digest(format!("once {random}"))[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_for_its_form_its_site_and_its_key_only() -> Result<(), DbError> {
        let (seal, site, now) = (Seal::new([7; 32]), Id::new(1), Instant::from_millis(5_000));
        let stamp = Stamp::new(now, 16)?;
        let text = stamp.signed(&seal, site, "report");
        let read = |text: &str, seal: &Seal, site: i64, form: &str| Stamp::read(text, seal, Id::new(site), form);
        let found = read(&text, &seal, 1, "report").ok_or(DbError::Conflict)?;
        assert_eq!((found.issued_at, found.bits, &found.once), (now, 16, &stamp.once));
        assert_eq!(found.challenge.len(), 32);
        assert_eq!(read(&text, &seal, 2, "report"), None);
        assert_eq!(read(&text, &seal, 1, "idea"), None);
        assert_eq!(read(&text, &Seal::new([8; 32]), 1, "report"), None);
        for changed in
            [text.replacen("5000", "4000", 1), text.replacen(".16.", ".1.", 1), format!("{text}0"), String::new(), "...".to_owned(), "5000.16.ab.".to_owned()]
        {
            assert_eq!(read(&changed, &seal, 1, "report"), None, "{changed}");
        }
        assert_ne!(Stamp::new(now, 16)?.once, stamp.once);
        assert!(!text.contains(&stamp.once));
        Ok(())
    }
}
