//! The provider's client secret at rest: sealed with a key that is derived from the one in the data folder.
//!
//! Who has the database alone cannot read it. The site's number is sealed along, so
//! that the secret of one site opens on no other.

use super::Fault;
use allmende_core::{Id, Site};
use allmende_db::DbError;
use allmende_platform::chance;
use allmende_platform::seal::Seal;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

fn key(seal: &Seal) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, &seal.lasting("sign-in-secret", "")).ok().map(LessSafeKey::new)
}

/// The secret as it is kept: a random nonce, and what only the key opens.
///
/// # Errors
/// `DbError::Unavailable` if the system gives no randomness.
pub(crate) fn close(seal: &Seal, site: Id<Site>, secret: &str) -> Result<Vec<u8>, DbError> {
    let unavailable = || DbError::Unavailable("sealing".to_owned());
    let (key, nonce) = (key(seal).ok_or_else(unavailable)?, chance::bytes::<NONCE_LEN>()?);
    let mut sealed = secret.as_bytes().to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(site.get().to_be_bytes()), &mut sealed).map_err(|_| unavailable())?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The secret.
///
/// # Errors
/// `Secret` for what was sealed with another key, on another site, or was changed.
pub(crate) fn open(seal: &Seal, site: Id<Site>, kept: &[u8]) -> Result<String, Fault> {
    let (nonce, sealed) = kept.split_at_checked(NONCE_LEN).ok_or(Fault::Secret)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Fault::Secret)?;
    let mut sealed = sealed.to_vec();
    let key = key(seal).ok_or(Fault::Secret)?;
    let opened = key.open_in_place(nonce, Aad::from(site.get().to_be_bytes()), &mut sealed).map_err(|_| Fault::Secret)?;
    String::from_utf8(opened.to_vec()).map_err(|_| Fault::Secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_on_its_site_and_unchanged_only() -> Result<(), DbError> {
        let (seal, site) = (Seal::new([7; 32]), Id::new(1));
        let kept = close(&seal, site, "geheim-geheim")?;
        assert_eq!(open(&seal, site, &kept).as_deref(), Ok("geheim-geheim"));
        assert_ne!(kept, close(&seal, site, "geheim-geheim")?);
        assert!(!kept.windows(6).any(|part| part == b"geheim"));
        assert_eq!(open(&Seal::new([8; 32]), site, &kept), Err(Fault::Secret));
        assert_eq!(open(&seal, Id::new(2), &kept), Err(Fault::Secret));
        assert_eq!(open(&seal, site, &kept[..11]), Err(Fault::Secret));
        let mut changed = kept;
        changed[14] ^= 1;
        assert_eq!(open(&seal, site, &changed), Err(Fault::Secret));
        Ok(())
    }
}
