//! What a device and its browser answer to a challenge, and whether it holds. Pure: key, counter and challenge come as arguments.

use super::key::PublicKey;
use super::{CREDENTIAL_BYTES_MAX, PART_BYTES_MAX, Party, encoded};
use crate::oidc::signature::decoded;
use ring::digest::{SHA256, digest};
use serde::Deserialize;

/// Somebody was there.
const PRESENT: u8 = 0x01;
/// A new key is in the data.
const HAS_KEY: u8 = 0x40;
/// More is in the data behind the key.
const HAS_MORE: u8 = 0x80;

/// Why an answer does not hold; for the log and the tests, people read one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    Unreadable,
    Kind,
    Challenge,
    Origin,
    Party,
    Absent,
    Key,
    Signature,
    Counter,
}

/// What the browser says it was asked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// What the browser heard: which act, our challenge, on our pages.
fn check_said(client: &[u8], kind: &str, challenge: &str, party: &Party) -> Result<(), Flaw> {
    let said: Said = serde_json::from_slice(client).map_err(|_| Flaw::Unreadable)?;
    if said.r#type != kind {
        return Err(Flaw::Kind);
    }
    if said.challenge != encoded(challenge.as_bytes()) {
        return Err(Flaw::Challenge);
    }
    if said.origin != party.origin || said.cross_origin {
        return Err(Flaw::Origin);
    }
    Ok(())
}

/// What the device says: for which site, with whom, which count.
struct Data<'d> {
    flags: u8,
    counter: i64,
    rest: &'d [u8],
}

impl<'d> Data<'d> {
    fn read(bytes: &'d [u8], party: &Party) -> Result<Self, Flaw> {
        let (head, rest) = bytes.split_at_checked(37).ok_or(Flaw::Unreadable)?;
        let (site, tail) = head.split_at(32);
        if site != digest(&SHA256, party.id.as_bytes()).as_ref() {
            return Err(Flaw::Party);
        }
        let (flags, counter) = (tail[0], tail[1..].iter().fold(0, |all, byte| all << 8 | i64::from(*byte)));
        if flags & PRESENT == 0 { Err(Flaw::Absent) } else { Ok(Self { flags, counter, rest }) }
    }
}

/// A key that a device has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewKey {
    pub credential: Vec<u8>,
    /// As the device wrote it.
    pub public_key: Vec<u8>,
    pub counter: i64,
}

/// The parts of an answer as a form sends them, base64 undone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub credential: Vec<u8>,
    pub client: Vec<u8>,
    pub data: Vec<u8>,
    pub signature: Vec<u8>,
}

impl Answer {
    /// From the texts of a form's fields; parts that are too long or no base64 are left empty, and no answer holds with them.
    pub(crate) fn read(credential: &str, client: &str, data: &str, signature: &str) -> Self {
        let part = |text: &str| if text.len() > PART_BYTES_MAX { Vec::new() } else { decoded(text).unwrap_or_default() };
        Self { credential: part(credential), client: part(client), data: part(data), signature: part(signature) }
    }
}

/// The new key in the answer to a challenge for one.
///
/// # Errors
/// All but `Signature` and `Counter`.
pub(crate) fn new_key(answer: &Answer, challenge: &str, party: &Party) -> Result<NewKey, Flaw> {
    check_said(&answer.client, "webauthn.create", challenge, party)?;
    let data = Data::read(&answer.data, party)?;
    if data.flags & HAS_KEY == 0 {
        return Err(Flaw::Key);
    }
    // The kind of device comes first; we do not ask for it and do not keep it.
    let (head, rest) = data.rest.split_at_checked(18).ok_or(Flaw::Unreadable)?;
    let length = usize::from(head[16]) << 8 | usize::from(head[17]);
    let (credential, rest) = rest.split_at_checked(length).ok_or(Flaw::Unreadable)?;
    if credential.is_empty() || length > CREDENTIAL_BYTES_MAX || credential != answer.credential {
        return Err(Flaw::Key);
    }
    let (_, used) = PublicKey::read(rest).ok_or(Flaw::Key)?;
    if used < rest.len() && data.flags & HAS_MORE == 0 {
        return Err(Flaw::Unreadable);
    }
    Ok(NewKey { credential: credential.to_vec(), public_key: rest[..used].to_vec(), counter: data.counter })
}

/// The device's new count, if the answer to a challenge for signing in is the key's.
///
/// # Errors
/// All but `Key`; `Counter` if the device has counted no further: somebody may have a copy of the key.
pub(crate) fn signed_in(answer: &Answer, challenge: &str, party: &Party, public_key: &[u8], counter: i64) -> Result<i64, Flaw> {
    check_said(&answer.client, "webauthn.get", challenge, party)?;
    let data = Data::read(&answer.data, party)?;
    let (key, _) = PublicKey::read(public_key).ok_or(Flaw::Unreadable)?;
    let signed = [answer.data.as_slice(), digest(&SHA256, &answer.client).as_ref()].concat();
    if !key.verifies(&signed, &answer.signature) {
        return Err(Flaw::Signature);
    }
    if counts_on(counter, data.counter) { Ok(data.counter) } else { Err(Flaw::Counter) }
}

/// Devices that do not count say zero for ever; the others must have counted on.
const fn counts_on(kept: i64, said: i64) -> bool {
    (kept == 0 && said == 0) || said > kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{Ed25519KeyPair, KeyPair as _};

    const CHALLENGE: &str = "aa.1780902900000.bb";

    fn party() -> Party {
        Party { id: "musterau.example".to_owned(), origin: "https://musterau.example".to_owned() }
    }

    fn pair() -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[1; 32]).unwrap()
    }

    fn key() -> Vec<u8> {
        [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32][..], pair().public_key().as_ref()].concat()
    }

    fn client(kind: &str, challenge: &str, origin: &str, more: &str) -> Vec<u8> {
        format!(r#"{{"type":"{kind}","challenge":"{}","origin":"{origin}"{more}}}"#, encoded(challenge.as_bytes())).into_bytes()
    }

    fn data(site: &str, flags: u8, counter: u8, rest: &[u8]) -> Vec<u8> {
        [digest(&SHA256, site.as_bytes()).as_ref(), &[flags, 0, 0, 0, counter], rest].concat()
    }

    fn added() -> Answer {
        let rest = [&[0; 16][..], &[0, 3], b"abc", &key()].concat();
        Answer {
            credential: b"abc".to_vec(),
            client: client("webauthn.create", CHALLENGE, "https://musterau.example", ""),
            data: data("musterau.example", PRESENT | HAS_KEY, 0, &rest),
            signature: Vec::new(),
        }
    }

    fn answer(client: Vec<u8>, data: Vec<u8>) -> Answer {
        let signature = pair().sign(&[data.as_slice(), digest(&SHA256, &client).as_ref()].concat()).as_ref().to_vec();
        Answer { credential: b"abc".to_vec(), client, data, signature }
    }

    #[test]
    fn a_new_key_is_taken_as_the_device_wrote_it() {
        let taken = new_key(&added(), CHALLENGE, &party());
        assert_eq!(taken, Ok(NewKey { credential: b"abc".to_vec(), public_key: key(), counter: 0 }));
    }

    #[test]
    fn a_new_key_for_another_page_site_or_challenge_is_refused() {
        let check = |answer: Answer, flaw: Flaw| assert_eq!(new_key(&answer, CHALLENGE, &party()), Err(flaw));
        let said = |client: Vec<u8>| Answer { client, ..added() };
        check(said(client("webauthn.get", CHALLENGE, "https://musterau.example", "")), Flaw::Kind);
        check(said(client("webauthn.create", "aa.1.cc", "https://musterau.example", "")), Flaw::Challenge);
        check(said(client("webauthn.create", CHALLENGE, "https://evil.example", "")), Flaw::Origin);
        check(said(client("webauthn.create", CHALLENGE, "http://musterau.example", "")), Flaw::Origin);
        check(said(client("webauthn.create", CHALLENGE, "https://musterau.example", ",\"crossOrigin\":true")), Flaw::Origin);
        check(said(b"{}".to_vec()), Flaw::Unreadable);
        let rest = [&[0; 16][..], &[0, 3], b"abc", &key()].concat();
        let told = |data: Vec<u8>| Answer { data, ..added() };
        check(told(data("evil.example", PRESENT | HAS_KEY, 0, &rest)), Flaw::Party);
        check(told(data("musterau.example", HAS_KEY, 0, &rest)), Flaw::Absent);
        check(told(data("musterau.example", PRESENT, 0, &rest)), Flaw::Key);
        check(told(data("musterau.example", PRESENT | HAS_KEY, 0, &rest[..40])), Flaw::Key);
        check(told(data("musterau.example", PRESENT | HAS_KEY, 0, &[rest.as_slice(), &[0]].concat())), Flaw::Unreadable);
        check(told(vec![0; 36]), Flaw::Unreadable);
        check(Answer { credential: b"abd".to_vec(), ..added() }, Flaw::Key);
    }

    #[test]
    fn signing_in_takes_the_key_s_own_signature_and_a_count_that_went_on() {
        let own = || client("webauthn.get", CHALLENGE, "https://musterau.example", "");
        let check = |answer: &Answer, counter: i64, expected: Result<i64, Flaw>| assert_eq!(signed_in(answer, CHALLENGE, &party(), &key(), counter), expected);
        let good = answer(own(), data("musterau.example", PRESENT, 6, &[]));
        check(&good, 5, Ok(6));
        check(&good, 6, Err(Flaw::Counter));
        check(&good, 7, Err(Flaw::Counter));
        check(&answer(own(), data("musterau.example", PRESENT, 0, &[])), 0, Ok(0));
        check(&answer(own(), data("musterau.example", PRESENT, 0, &[])), 1, Err(Flaw::Counter));
        check(&Answer { signature: vec![0; 64], ..good.clone() }, 5, Err(Flaw::Signature));
        check(&Answer { data: data("musterau.example", PRESENT, 7, &[]), ..good.clone() }, 5, Err(Flaw::Signature));
        check(&Answer { client: client("webauthn.get", CHALLENGE, "https://musterau.example", ",\"a\":1"), ..good }, 5, Err(Flaw::Signature));
        check(&answer(own(), data("evil.example", PRESENT, 6, &[])), 5, Err(Flaw::Party));
        check(&answer(own(), data("musterau.example", 0, 6, &[])), 5, Err(Flaw::Absent));
        check(&answer(client("webauthn.create", CHALLENGE, "https://musterau.example", ""), data("musterau.example", PRESENT, 6, &[])), 5, Err(Flaw::Kind));
        check(&answer(client("webauthn.get", "x", "https://musterau.example", ""), data("musterau.example", PRESENT, 6, &[])), 5, Err(Flaw::Challenge));
    }

    #[test]
    fn parts_that_are_too_long_are_left_out() {
        let long = "A".repeat(PART_BYTES_MAX + 1);
        let read = Answer::read("YWJj", &long, "!", "YWJj");
        assert_eq!((read.credential.as_slice(), read.client.len(), read.data.len()), (&b"abc"[..], 0, 0));
        assert!(!Answer::read("", &long[1..], "", "").client.is_empty());
    }
}
