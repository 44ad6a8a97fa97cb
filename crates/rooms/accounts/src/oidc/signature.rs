//! Signed tokens: the compact form of JWS, checked with the public keys of a provider.
//!
//! Only signatures with a private key count: `none` and shared secrets (`HS…`) are refused whatever else is right, and the kind
//! of a key must fit the algorithm that the token names. Pure. Source: RFC 7515, 7517, 7518, 8037.

use super::{Fault, KEYS_MAX, TOKEN_BYTES_MAX};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A public key as a provider publishes it; keys of other kinds are passed over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: String,
    n: String,
    e: String,
    x: String,
    y: String,
}

/// The keys in a key set; what is no key is passed over, and more than [`KEYS_MAX`] are not looked at.
///
/// # Errors
/// `Description` for a text that is no key set.
pub(crate) fn keys(text: &str) -> Result<Vec<Key>, Fault> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<Value>,
    }
    let set: Set = serde_json::from_str(text).map_err(|_| Fault::Description("no key set"))?;
    Ok(set.keys.into_iter().take(KEYS_MAX).filter_map(|key| serde_json::from_value(key).ok()).collect())
}

/// Base64 without padding, as in tokens and addresses.
pub(crate) fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// What a token says, if one of the keys signed it.
///
/// # Errors
/// `Unreadable`, `Algorithm`, `UnknownKey` if no key has the name that the token gives, `Signature`.
pub(crate) fn verify(token: &str, keys: &[Key]) -> Result<Map<String, Value>, Fault> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Fault::Unreadable("too long"));
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Fault::Unreadable("not three parts"))?;
    let (header, payload) = signed.split_once('.').ok_or(Fault::Unreadable("not three parts"))?;
    let header: Header = decoded(header).and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(Fault::Unreadable("header"))?;
    let algorithm = Algorithm::of(&header.alg).ok_or(Fault::Algorithm)?;
    if header.crit.is_some() {
        return Err(Fault::Unreadable("unknown extension"));
    }
    let signature = decoded(signature).ok_or(Fault::Unreadable("signature"))?;
    let named = |key: &&Key| header.kid.is_none() || key.kid == header.kid;
    let fitting: Vec<&Key> = keys.iter().filter(named).filter(|key| algorithm.fits(key, &header.alg)).collect();
    if fitting.is_empty() {
        return Err(Fault::UnknownKey);
    }
    if !fitting.iter().any(|key| algorithm.verifies(key, signed.as_bytes(), &signature)) {
        return Err(Fault::Signature);
    }
    decoded(payload).and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(Fault::Unreadable("payload"))
}

/// How a token may be signed.
#[derive(Clone, Copy)]
enum Algorithm {
    Rsa(&'static RsaParameters),
    Curve { name: &'static str, algorithm: &'static dyn VerificationAlgorithm },
    Edwards,
}

impl Algorithm {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rsa(&RSA_PKCS1_2048_8192_SHA256),
            "RS384" => Self::Rsa(&RSA_PKCS1_2048_8192_SHA384),
            "RS512" => Self::Rsa(&RSA_PKCS1_2048_8192_SHA512),
            "PS256" => Self::Rsa(&RSA_PSS_2048_8192_SHA256),
            "ES256" => Self::Curve { name: "P-256", algorithm: &ECDSA_P256_SHA256_FIXED },
            "ES384" => Self::Curve { name: "P-384", algorithm: &ECDSA_P384_SHA384_FIXED },
            "EdDSA" | "Ed25519" => Self::Edwards,
            _ => return None,
        })
    }

    fn fits(self, key: &Key, name: &str) -> bool {
        let is_kind = match self {
            Self::Rsa(_) => key.kty == "RSA",
            Self::Curve { name, .. } => key.kty == "EC" && key.crv == name,
            Self::Edwards => key.kty == "OKP" && key.crv == "Ed25519",
        };
        is_kind && key.usage.as_deref().is_none_or(|usage| usage == "sig") && key.alg.as_deref().is_none_or(|alg| alg == name)
    }

    fn verifies(self, key: &Key, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::Rsa(parameters) => {
                let (Some(n), Some(e)) = (decoded(&key.n), decoded(&key.e)) else { return false };
                RsaPublicKeyComponents { n, e }.verify(parameters, signed, signature)
            }
            Self::Curve { algorithm, .. } => {
                let (Some(x), Some(y)) = (decoded(&key.x), decoded(&key.y)) else { return false };
                UnparsedPublicKey::new(algorithm, [&[4], x.as_slice(), y.as_slice()].concat()).verify(signed, signature)
            }
            Self::Edwards => {
                let Some(x) = decoded(&key.x) else { return false };
                UnparsedPublicKey::new(&ED25519, x).verify(signed, signature)
            }
        };
        verified.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A key that was made for this test and thrown away, and what it signed: `{"alg":"RS256","kid":"r"}` and `{"sub":"7"}`.
    const MODULUS: &str = concat!(
        "vZ4Y5WA0YrkNw-3VWadBcbq-9o3ivh1q65v7OxNBoPyCBUcKV96k0LC3HwphqYYIMhTd7GJNaLT6-dNnJnqV2VGvo22Fe5bSUt4n_Mc02Hs3nR_hkPhMup-h",
        "lZPZ7-7WZ93Fx1FYA12TjVUuPibsgdQoaLsWrW0VnLy8XXWm0ICK74IP73QRFGbWYiu5pkcS6ZZHPaLSxpQpl7jjM05VlNDgYxDS5QXZZDUcwv_y2buTLvPD",
        "vG3Cqr7jblnRu3QNV_lkMIu8q1dw5P0DJBIWTglz_exaWYMdsP3l857aHh9p4RHR4_6USEqvp2UFH4LQUbRZM-3I9eiiDyDo0Fk_UQ",
    );
    const SIGNATURE: &str = concat!(
        "Vo0oMYEykfO7j_qZQADej6EcqBKiVGkMvhK6noWARNROuEzr5lkqEDbL8PWJv_m3flcPf5wsxl0HDnOoTd3iIA3TEkyDSbl-gEjsK62jPcY4SSwpJ1AV247o",
        "Kq5XvPxn4K3CEB6SWGlgWYmFteLaN64WFkw3YddzAFCloYbhNqpZ_SrlMoNXML8ictftG0ZEjXw_pzOqXDLwbGVWKYYYYVjV2-IXF_eLly8CZ-QYJhtaAJPC",
        "43k1s-1b_wegVOEIT-It6PB4yrtOKM2hyA2pW98o9QGU9pT-Hjw3dgB949S03s3aI6wtZFLRKk2W3s6fI635fAVgFdprXmq6jA10kQ",
    );
    const SIGNED: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiI3In0";

    fn set(change: &Value) -> Vec<Key> {
        let mut key = json!({ "kty": "RSA", "kid": "r", "n": MODULUS, "e": "AQAB" });
        if let (Some(key), Some(change)) = (key.as_object_mut(), change.as_object()) {
            key.extend(change.clone());
        }
        keys(&json!({ "keys": [{ "kty": "oct", "k": "c2VjcmV0" }, 7, key] }).to_string()).unwrap()
    }

    fn outcome(token: &str, change: Value) -> Result<Map<String, Value>, Fault> {
        verify(token, &set(&change))
    }

    fn token() -> String {
        format!("{SIGNED}.{SIGNATURE}")
    }

    #[test]
    fn a_token_counts_with_the_signature_of_its_key() {
        assert_eq!(outcome(&token(), json!({})).unwrap()["sub"], "7");
        assert!(outcome(&token(), json!({ "use": "sig", "alg": "RS256" })).is_ok());
        assert_eq!(outcome(&token(), json!({ "kid": "other" })), Err(Fault::UnknownKey));
        assert_eq!(outcome(&token(), json!({ "use": "enc" })), Err(Fault::UnknownKey));
        assert_eq!(outcome(&token(), json!({ "alg": "PS256" })), Err(Fault::UnknownKey));
        assert_eq!(outcome(&token(), json!({ "kty": "EC", "crv": "P-256" })), Err(Fault::UnknownKey));
        assert_eq!(outcome(&token(), json!({ "n": MODULUS.replace('A', "B") })), Err(Fault::Signature));
    }

    #[test]
    fn a_token_that_was_changed_is_refused() {
        let payload = |said: &str| format!("{}.{}.{SIGNATURE}", SIGNED.split('.').next().unwrap(), URL_SAFE_NO_PAD.encode(said));
        assert_eq!(outcome(&payload("{\"sub\":\"8\"}"), json!({})), Err(Fault::Signature));
        assert!(matches!(outcome(SIGNED, json!({})), Err(Fault::Unreadable(_))));
        assert!(matches!(outcome("", json!({})), Err(Fault::Unreadable(_))));
        assert!(matches!(outcome(&format!("{}=", token()), json!({})), Err(Fault::Unreadable(_))));
        assert!(matches!(outcome(&"a".repeat(TOKEN_BYTES_MAX + 1), json!({})), Err(Fault::Unreadable("too long"))));
    }

    #[test]
    fn only_signatures_with_a_private_key_count() {
        let under = |header: Value| format!("{}.{}.{SIGNATURE}", URL_SAFE_NO_PAD.encode(header.to_string()), SIGNED.split('.').nth(1).unwrap());
        for alg in ["none", "None", "", "HS256", "RS1", "dir"] {
            assert_eq!(outcome(&under(json!({ "alg": alg, "kid": "r" })), json!({})), Err(Fault::Algorithm), "{alg}");
        }
        assert!(matches!(outcome(&under(json!({ "kid": "r" })), json!({})), Err(Fault::Unreadable(_))));
        assert!(matches!(outcome(&under(json!({ "alg": "RS256", "kid": "r", "crit": ["b64"] })), json!({})), Err(Fault::Unreadable(_))));
    }

    #[test]
    fn a_key_set_has_a_limit_and_must_be_one() {
        let many = json!({ "keys": vec![json!({ "kty": "RSA" }); KEYS_MAX + 1] });
        assert_eq!(keys(&many.to_string()).unwrap().len(), KEYS_MAX);
        assert!(keys("{}").is_err() && keys("[]").is_err() && keys("").is_err());
    }
}
