//! Signing in with a passkey: a key pair that a device keeps, bound to the host of the site (WebAuthn).
//!
//! A page bears a challenge under our seal; a small script asks the device to answer it and sends an ordinary form. What comes is
//! checked by [`ceremony`], whose pieces are [`challenge`] and [`key`]; each challenge counts once and for a quarter of an hour. Of
//! the device nothing is asked: no attestation is wanted, so none is read. Knows nothing of passwords and providers. Start with
//! [`pages`]. Source: Web Authentication Level 3, 7.1 and 7.2; RFC 9052 and 9053 for keys.

pub(crate) mod ceremony;
pub(crate) mod challenge;
pub(crate) mod key;
pub(crate) mod pages;

use allmende_core::{Id, Person};
use allmende_platform::seal::Seal;
use allmende_platform::sites::{Settings, host_of};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::net::IpAddr;

/// A challenge can be answered for a quarter of an hour.
pub(crate) const CHALLENGE_SECONDS: i64 = 900;
/// Passkeys of one person on one site.
pub(crate) const KEYS_MAX: usize = 20;
/// Bytes of a credential's id (the standard's own limit).
pub(crate) const CREDENTIAL_BYTES_MAX: usize = 1_023;
/// Bytes of any other part of an answer.
pub(crate) const PART_BYTES_MAX: usize = 8 * 1024;

/// The site as devices know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    /// Its host.
    pub id: String,
    /// Scheme, host and port, as browsers write them.
    pub origin: String,
}

impl Party {
    /// Nothing for a site without a name: devices keep no keys for bare addresses.
    pub(crate) fn of(site: &Settings) -> Option<Self> {
        let host = host_of(&site.base_url)?.to_ascii_lowercase();
        let is_bare = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
        (!is_bare).then(|| Self { id: host, origin: site.base_url.to_ascii_lowercase() })
    }
}

/// What stands for a person on their devices: the same for all keys, and nothing that tells who it is.
pub(crate) fn handle(seal: &Seal, person: Id<Person>) -> String {
    encoded(&seal.lasting("passkey-person", &person.to_string()))
}

/// Base64 without padding, as scripts and forms exchange bytes.
pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
