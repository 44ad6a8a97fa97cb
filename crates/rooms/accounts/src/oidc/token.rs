//! What an identity token must say so that we believe it: who speaks, for whom, in answer to what, until when.
//!
//! Pure; the moment comes as an argument. Source: OpenID Connect Core 1.0, 3.1.3.7 and 2.

use super::{Fault, SKEW_SECONDS};
use allmende_core::Instant;
use allmende_platform::claims::{CHARS_MAX, Claims, VALUES_MAX};
use serde_json::{Map, Value};

/// Characters of a subject (the standard's own limit).
const SUBJECT_CHARS_MAX: usize = 255;
/// Characters of what is shown of an identity.
const LABEL_CHARS_MAX: usize = 120;

/// What we expect of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'e> {
    pub issuer: &'e str,
    pub client_id: &'e str,
    pub nonce: &'e str,
    pub now: Instant,
}

/// Whom a provider names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Who it is there; stays the same and says nothing.
    pub subject: String,
    /// How its owner recognises it: address, user name or name; empty if the provider tells nothing.
    pub label: String,
    /// The address, if the provider has confirmed it; else empty.
    pub email: String,
    /// What it says of them, as far as the site keeps it.
    pub claims: Claims,
}

/// Whom a verified token names, if it is what we expect.
///
/// # Errors
/// `Issuer`, `Audience`, `Expired`, `Nonce`, `Unreadable`.
pub(crate) fn check(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<Named, Fault> {
    if text(claims, "iss") != expected.issuer {
        return Err(Fault::Issuer);
    }
    check_audience(claims, expected.client_id)?;
    check_times(claims, expected.now)?;
    // Compared like secrets, although it is none any more: the errand is used up.
    if text(claims, "nonce") != expected.nonce {
        return Err(Fault::Nonce);
    }
    let subject = text(claims, "sub");
    if subject.is_empty() || subject.chars().count() > SUBJECT_CHARS_MAX {
        return Err(Fault::Unreadable("subject"));
    }
    Ok(Named { subject: subject.to_owned(), ..about(claims) })
}

/// What claims tell about somebody besides the subject.
pub(crate) fn about(claims: &Map<String, Value>) -> Named {
    let label = ["email", "preferred_username", "name"].into_iter().map(|name| text(claims, name)).find(|text| !text.is_empty()).unwrap_or_default();
    let is_confirmed = matches!(claims.get("email_verified"), Some(Value::Bool(true))) || text(claims, "email_verified") == "true";
    Named {
        subject: String::new(),
        label: label.chars().filter(|letter| !letter.is_control()).take(LABEL_CHARS_MAX).collect(),
        email: if is_confirmed { text(claims, "email").to_owned() } else { String::new() },
        claims: Claims::new(),
    }
}

/// The values of claims by their names; of a list each, of an object none. A name with dots is looked for as it is and then as a way
/// through objects, as Keycloak has it: `realm_access.roles`.
pub(crate) fn wanted(claims: &Map<String, Value>, names: &[String]) -> Claims {
    let found = |name: &String| claims.get(name).or_else(|| walk(claims, name)).map(|value| (name.clone(), texts(value).take(VALUES_MAX).collect()));
    names.iter().filter_map(found).collect()
}

fn walk<'c>(claims: &'c Map<String, Value>, name: &str) -> Option<&'c Value> {
    let (first, rest) = name.split_once('.')?;
    let inner = claims.get(first)?.as_object()?;
    inner.get(rest).or_else(|| walk(inner, rest))
}

fn texts(value: &Value) -> impl Iterator<Item = String> {
    let all = if let Value::Array(all) = value { all.as_slice() } else { std::slice::from_ref(value) };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    };
    all.iter().filter_map(text).filter(|text| !text.is_empty() && text.chars().count() <= CHARS_MAX)
}

fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> &'c str {
    claims.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn check_audience(claims: &Map<String, Value>, client_id: &str) -> Result<(), Fault> {
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let party = claims.get("azp").map(|party| party.as_str().unwrap_or_default());
    let is_for_us = audience.contains(&client_id) && party.is_none_or(|party| party == client_id);
    // A token for several must say who asked for it.
    if is_for_us && (audience.len() == 1 || party.is_some()) { Ok(()) } else { Err(Fault::Audience) }
}

fn check_times(claims: &Map<String, Value>, now: Instant) -> Result<(), Fault> {
    // A time that is there but cannot be read is not the same as none.
    let seconds = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(value) => value.as_f64().filter(|seconds| seconds.is_finite()).map(Some).ok_or(Fault::Unreadable("time")),
    };
    let (now, skew) = (now.millis() as f64 / 1_000.0, SKEW_SECONDS as f64);
    let (ends, issued) = (seconds("exp")?.ok_or(Fault::Unreadable("no end"))?, seconds("iat")?.ok_or(Fault::Unreadable("no beginning"))?);
    let begins = seconds("nbf")?.unwrap_or(issued);
    if ends + skew <= now || issued - skew > now || begins - skew > now { Err(Fault::Expired) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_780_902_000;

    fn outcome(change: Value) -> Result<Named, Fault> {
        let mut claims = json!({ "iss": "https://id.example", "aud": "musterau", "sub": "7", "nonce": "n", "iat": NOW, "exp": NOW + 300 });
        if let (Some(claims), Some(change)) = (claims.as_object_mut(), change.as_object()) {
            for (name, value) in change {
                if value.is_null() {
                    claims.remove(name)
                } else {
                    claims.insert(name.clone(), value.clone())
                };
            }
        }
        let expected = Expected { issuer: "https://id.example", client_id: "musterau", nonce: "n", now: Instant::from_millis(NOW * 1_000) };
        check(claims.as_object().unwrap(), &expected)
    }

    fn refused(change: Value, fault: Fault) {
        assert_eq!(outcome(change.clone()), Err(fault), "{change}");
    }

    #[test]
    fn a_token_counts_from_its_issuer_only() {
        assert!(outcome(json!({})).is_ok());
        refused(json!({ "iss": "https://id.example/" }), Fault::Issuer);
        refused(json!({ "iss": "https://evil.example" }), Fault::Issuer);
        refused(json!({ "iss": null }), Fault::Issuer);
    }

    #[test]
    fn a_token_counts_for_us_only() {
        assert!(outcome(json!({ "aud": ["musterau"] })).is_ok());
        assert!(outcome(json!({ "aud": ["other", "musterau"], "azp": "musterau" })).is_ok());
        refused(json!({ "aud": "other" }), Fault::Audience);
        refused(json!({ "aud": null }), Fault::Audience);
        refused(json!({ "aud": ["other", "musterau"] }), Fault::Audience);
        refused(json!({ "azp": "other" }), Fault::Audience);
        refused(json!({ "azp": 7 }), Fault::Audience);
    }

    #[test]
    fn a_token_ends_and_begins_with_a_minute_between_two_clocks() {
        assert!(outcome(json!({ "exp": NOW - SKEW_SECONDS + 1 })).is_ok());
        refused(json!({ "exp": NOW - SKEW_SECONDS }), Fault::Expired);
        assert!(outcome(json!({ "iat": NOW + SKEW_SECONDS })).is_ok());
        refused(json!({ "iat": NOW + SKEW_SECONDS + 1 }), Fault::Expired);
        refused(json!({ "nbf": NOW + SKEW_SECONDS + 1 }), Fault::Expired);
        refused(json!({ "exp": null }), Fault::Unreadable("no end"));
        refused(json!({ "iat": null }), Fault::Unreadable("no beginning"));
        refused(json!({ "exp": "9999999999" }), Fault::Unreadable("time"));
        refused(json!({ "nbf": "0" }), Fault::Unreadable("time"));
    }

    #[test]
    fn a_token_answers_one_errand() {
        refused(json!({ "nonce": "m" }), Fault::Nonce);
        refused(json!({ "nonce": null }), Fault::Nonce);
    }

    #[test]
    fn a_subject_has_one_to_255_characters() {
        assert!(outcome(json!({ "sub": "x".repeat(255) })).is_ok());
        refused(json!({ "sub": "x".repeat(256) }), Fault::Unreadable("subject"));
        refused(json!({ "sub": "" }), Fault::Unreadable("subject"));
        refused(json!({ "sub": 7 }), Fault::Unreadable("subject"));
    }

    #[test]
    fn an_address_counts_if_the_provider_has_confirmed_it() {
        let named = |change: Value| outcome(change).unwrap();
        assert_eq!(named(json!({ "email": "ida@x.example", "email_verified": true })).email, "ida@x.example");
        assert_eq!(named(json!({ "email": "ida@x.example", "email_verified": "true" })).email, "ida@x.example");
        assert_eq!(named(json!({ "email": "ida@x.example", "email_verified": false })).email, "");
        assert_eq!(named(json!({ "email": "ida@x.example" })), Named { subject: "7".to_owned(), label: "ida@x.example".to_owned(), ..Named::default() });
        assert_eq!(named(json!({ "preferred_username": "ida", "name": "Ida Beck" })).label, "ida");
        assert_eq!(named(json!({})).label, "");
    }

    #[test]
    fn of_claims_only_those_are_taken_that_were_named() {
        let said = json!({
            "ags": "08212000", "level": 2, "is_resident": true, "groups": ["rat", 7, {}, ""], "realm_access": { "roles": ["bürger"], "a.b": "c" },
            "https://id.example/plz": "76131", "address": { "locality": "Musterau" }, "long": "x".repeat(201), "nothing": null,
        });
        let names =
            ["ags", "level", "is_resident", "groups", "realm_access.roles", "realm_access.a.b", "https://id.example/plz", "address", "long", "nothing", "away"];
        let taken = wanted(said.as_object().unwrap(), &names.map(str::to_owned));
        let values = |name: &str| taken.get(name).map(|values| values.iter().map(String::as_str).collect::<Vec<_>>().join(" ")).unwrap_or_default();
        assert_eq!(names.map(values), ["08212000", "2", "true", "7 rat", "bürger", "c", "76131", "", "", "", ""]);
        assert!(wanted(said.as_object().unwrap(), &[]).is_empty());
    }
}
