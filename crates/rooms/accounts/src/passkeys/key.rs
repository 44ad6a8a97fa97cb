//! Public keys as devices write them (COSE, in CBOR): read, and asked whether a signature is theirs. Pure.
//!
//! Three kinds: ECDSA on P-256 with SHA-256 (every device can), Ed25519, and RSA with SHA-256 (some computers). Anything
//! else, and anything that is not written in the one form that keys have, is no key.

use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};

/// The algorithms by their COSE numbers, the best first.
pub(crate) const ALGORITHMS: [i64; 3] = [-8, -7, -257];

/// Entries of a key; more than any kind has.
const ENTRIES_MAX: u64 = 8;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    P256 { x: Vec<u8>, y: Vec<u8> },
    Ed25519(Vec<u8>),
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl PublicKey {
    /// Reads a key at the beginning of `bytes` and says how many bytes it takes.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut reader = Reader(bytes);
        let mut numbers: Vec<(i64, i64)> = Vec::new();
        let mut texts: Vec<(i64, Vec<u8>)> = Vec::new();
        let (major, entries) = reader.head()?;
        if major != 5 || entries > ENTRIES_MAX {
            return None;
        }
        for _ in 0..entries {
            let label = reader.number()?;
            match reader.value()? {
                Value::Number(number) => numbers.push((label, number)),
                Value::Bytes(text) => texts.push((label, text)),
            }
        }
        let number = |label: i64| numbers.iter().find(|(own, _)| *own == label).map(|(_, number)| *number);
        let text =
            |label: i64, bytes: usize| texts.iter().find(|(own, text)| *own == label && (bytes == 0 || text.len() == bytes)).map(|(_, text)| text.clone());
        // Labels 1 and 3 are kind and algorithm; -1 the curve, or the modulus of RSA.
        let key = match (number(1)?, number(3)?) {
            (2, -7) if number(-1) == Some(1) => Self::P256 { x: text(-2, 32)?, y: text(-3, 32)? },
            (1, -8) if number(-1) == Some(6) => Self::Ed25519(text(-2, 32)?),
            (3, -257) => Self::Rsa { n: text(-1, 0)?, e: text(-2, 0)? },
            _ => return None,
        };
        Some((key, bytes.len() - reader.0.len()))
    }

    /// Whether the key's other half signed this.
    pub(crate) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::P256 { x, y } => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, [&[4], x.as_slice(), y.as_slice()].concat()).verify(signed, signature),
            Self::Ed25519(x) => UnparsedPublicKey::new(&ED25519, x).verify(signed, signature),
            Self::Rsa { n, e } => RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature),
        };
        verified.is_ok()
    }
}

enum Value {
    Number(i64),
    Bytes(Vec<u8>),
}

/// The little of CBOR that keys are written in (RFC 8949): whole numbers and byte strings of known length.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The major type of the next item, and its argument.
    fn head(&mut self) -> Option<(u8, u64)> {
        let first = *self.take(1)?.first()?;
        let (major, short) = (first >> 5, first & 31);
        let bytes = match short {
            0..=23 => return Some((major, u64::from(short))),
            24 => 1,
            25 => 2,
            26 => 4,
            _ => return None,
        };
        Some((major, self.take(bytes)?.iter().fold(0, |all, byte| all << 8 | u64::from(*byte))))
    }

    fn number(&mut self) -> Option<i64> {
        match self.value()? {
            Value::Number(number) => Some(number),
            Value::Bytes(_) => None,
        }
    }

    fn value(&mut self) -> Option<Value> {
        let (major, argument) = self.head()?;
        match major {
            0 => i64::try_from(argument).ok().map(Value::Number),
            1 => i64::try_from(argument).ok().map(|number| Value::Number(-1 - number)),
            2 => self.take(usize::try_from(argument).ok()?).map(|bytes| Value::Bytes(bytes.to_vec())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{Ed25519KeyPair, KeyPair as _};

    fn p256() -> Vec<u8> {
        [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], &[7; 32], &[0x22, 0x58, 32], &[8; 32]].concat()
    }

    #[test]
    fn a_key_is_read_with_its_length_whatever_follows() {
        let expected = PublicKey::P256 { x: vec![7; 32], y: vec![8; 32] };
        assert_eq!(PublicKey::read(&p256()), Some((expected.clone(), 77)));
        assert_eq!(PublicKey::read(&[p256(), vec![0xa0]].concat()), Some((expected, 77)));
    }

    #[test]
    fn what_is_cut_or_of_another_kind_is_no_key() {
        for length in 0..77 {
            assert_eq!(PublicKey::read(&p256()[..length]), None, "{length}");
        }
        let changed = |at: usize, byte: u8| {
            let mut bytes = p256();
            bytes[at] = byte;
            PublicKey::read(&bytes)
        };
        assert!(changed(2, 1).is_none(), "another kind");
        assert!(changed(4, 0x27).is_none(), "another algorithm");
        assert!(changed(6, 2).is_none(), "another curve");
        assert!(changed(9, 31).is_none(), "too short a coordinate");
        assert!(changed(0, 0xbf).is_none(), "no known length");
        assert!(changed(0, 0xb9).is_none(), "too many entries");
    }

    #[test]
    fn a_signature_counts_for_its_key_and_its_text_only() {
        let pair = |seed: u8| Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let key = |pair: &Ed25519KeyPair| [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32][..], pair.public_key().as_ref()].concat();
        let (own, other) = (pair(1), pair(2));
        let signature = own.sign(b"text");
        let read = |pair: &Ed25519KeyPair| PublicKey::read(&key(pair)).unwrap().0;
        assert!(read(&own).verifies(b"text", signature.as_ref()));
        assert!(!read(&own).verifies(b"texts", signature.as_ref()) && !read(&other).verifies(b"text", signature.as_ref()));
        let curve = &ring::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
        let chance = SystemRandom::new();
        let document = ring::signature::EcdsaKeyPair::generate_pkcs8(curve, &chance).unwrap();
        let pair = ring::signature::EcdsaKeyPair::from_pkcs8(curve, document.as_ref(), &chance).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        let key = PublicKey::P256 { x: x.to_vec(), y: y.to_vec() };
        let signature = pair.sign(&chance, b"text").unwrap();
        assert!(key.verifies(b"text", signature.as_ref()) && !key.verifies(b"text", &signature.as_ref()[1..]));
    }
}
