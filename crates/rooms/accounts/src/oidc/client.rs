//! What we ask the provider, through the outbound client and its rules: its description and keys, the code for a token, and what
//! it tells of somebody.
//!
//! Synchronous: a handler runs it beside the database, never inside a closure. Redirects are not followed, because a provider
//! has none here. What was learnt is handed back to be kept. Start with [`answer`].

use super::provider::{Description, description_url};
use super::signature::{Key, keys, verify};
use super::token::{self, Expected, Named};
use super::{ANSWER_BYTES_MAX, Fault, KEYS_AGAIN_SECONDS, KNOWN_SECONDS};
use crate::store::providers::Provider;
use allmende_core::Instant;
use allmende_outbound::{Client, Policy, Request, Response};
use allmende_platform::web::routes::encode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;

/// What a provider says of itself, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub description: String,
    pub key_set: String,
}

/// How we ask one provider.
pub(crate) struct Asking {
    client: Client,
    allow_private: bool,
}

impl Asking {
    /// `allow_private`: the own network may be asked, also without TLS.
    pub(crate) fn new(allow_private: bool) -> Self {
        let policy = Policy {
            allow_private,
            max_body_bytes: ANSWER_BYTES_MAX,
            max_redirects: 0,
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(15),
            ..Policy::default()
        };
        Self { client: Client::new(policy), allow_private }
    }

    /// Asks for description and keys.
    ///
    /// # Errors
    /// `Away`, `Description`, `Issuer`.
    pub(crate) fn know(&self, issuer: &str) -> Result<Known, Fault> {
        let description = self.text(&description_url(issuer))?;
        let described = Description::read(&description, issuer, self.allow_private)?;
        let key_set = self.text(&described.jwks_uri)?;
        if keys(&key_set)?.is_empty() {
            return Err(Fault::Description("no keys"));
        }
        Ok(Known { description, key_set })
    }

    fn text(&self, url: &str) -> Result<String, Fault> {
        let answer = self.client.get(&Request { accept: Some("application/json"), ..Request::new(url) }).map_err(|error| Fault::Away(error.to_string()))?;
        text_of(answer)
    }
}

fn text_of(answer: Response) -> Result<String, Fault> {
    if answer.status != 200 {
        return Err(Fault::Away(format!("status {}", answer.status)));
    }
    String::from_utf8(answer.body).map_err(|_| Fault::Unreadable("not text"))
}

/// Everything that is needed to understand what somebody brings back.
pub(crate) struct Answer {
    pub provider: Provider,
    pub secret: String,
    pub code: String,
    pub redirect_uri: String,
    pub verifier: String,
    pub nonce: String,
    pub now: Instant,
    pub allow_private: bool,
    /// The claims that the site keeps.
    pub claims: Vec<String>,
}

/// Whom the provider names, and what it said of itself if it was asked again.
pub(crate) struct Answered {
    pub named: Result<Named, Fault>,
    pub fetched: Option<Known>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
    access_token: Option<String>,
}

/// Exchanges a code and checks the token that comes for it.
pub(crate) fn answer(asked: &Answer) -> Answered {
    let asking = Asking::new(asked.allow_private);
    let mut fetched = None;
    let named = understand(asked, &asking, &mut fetched);
    Answered { named, fetched }
}

fn understand(asked: &Answer, asking: &Asking, fetched: &mut Option<Known>) -> Result<Named, Fault> {
    let provider = &asked.provider;
    let mut known = match provider.known(asked.now, KNOWN_SECONDS) {
        Some(known) => known,
        None => fetched.insert(asking.know(&provider.issuer)?).clone(),
    };
    let described = Description::read(&known.description, &provider.issuer, asked.allow_private)?;
    let tokens = exchange(asked, asking, &described)?;
    let id_token = tokens.id_token.ok_or(Fault::Unreadable("no token"))?;
    let claims = match verify(&id_token, &read_keys(&known)?) {
        // The provider may have changed its keys since we asked; who sends nonsense must not make us ask at every try.
        Err(Fault::UnknownKey) if fetched.is_none() && provider.known(asked.now, KEYS_AGAIN_SECONDS).is_none() => {
            known = fetched.insert(asking.know(&provider.issuer)?).clone();
            verify(&id_token, &read_keys(&known)?)?
        }
        other => other?,
    };
    let expected = Expected { issuer: &provider.issuer, client_id: &provider.client_id, nonce: &asked.nonce, now: asked.now };
    let named = Named { claims: token::wanted(&claims, &asked.claims), ..token::check(&claims, &expected)? };
    if !named.email.is_empty() && named.claims.len() == asked.claims.len() {
        return Ok(named);
    }
    let told = tokens.access_token.and_then(|access| told(asking, &described, &access, &named.subject));
    Ok(match told {
        Some(told) => completed(named, &told, &asked.claims),
        None => named,
    })
}

/// What the token leaves out, as the provider tells it beyond; where both speak, the token counts.
fn completed(mut named: Named, told: &Map<String, Value>, names: &[String]) -> Named {
    for (name, values) in token::wanted(told, names) {
        named.claims.entry(name).or_insert(values);
    }
    if named.email.is_empty() {
        let about = token::about(told);
        named.email = about.email;
        named.label = if about.label.is_empty() { named.label } else { about.label };
    }
    named
}

fn read_keys(known: &Known) -> Result<Vec<Key>, Fault> {
    keys(&known.key_set)
}

/// Sends the code once, with the client's secret and the half of the secret that only we know.
fn exchange(asked: &Answer, asking: &Asking, described: &Description) -> Result<Tokens, Fault> {
    let (id, secret) = (asked.provider.client_id.as_str(), asked.secret.as_str());
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", asked.code.as_str()),
        ("redirect_uri", asked.redirect_uri.as_str()),
        ("code_verifier", asked.verifier.as_str()),
    ];
    let form = |text: &str| encode(text).replace('/', "%2F");
    let header = format!("Basic {}", STANDARD.encode(format!("{}:{}", form(id), form(secret))));
    let mut request = Request { accept: Some("application/json"), ..Request::new(&described.token_endpoint) };
    if secret.is_empty() {
        fields.push(("client_id", id));
    } else if described.wants_secret_in_form() {
        fields.extend([("client_id", id), ("client_secret", secret)]);
    } else {
        request.authorization = Some(&header);
    }
    let answer = asking.client.post_form(&request, &fields).map_err(|error| Fault::Away(error.to_string()))?;
    if answer.status >= 500 {
        return Err(Fault::Away(format!("status {}", answer.status)));
    }
    if answer.status != 200 {
        let said: Map<String, Value> = serde_json::from_slice(&answer.body).unwrap_or_default();
        return Err(Fault::Refused(error_code(said.get("error").and_then(Value::as_str).unwrap_or_default())));
    }
    serde_json::from_slice(&answer.body).map_err(|_| Fault::Unreadable("no tokens"))
}

/// An error's name as the standard writes them; anything else is not repeated, not even in the log.
pub(crate) fn error_code(text: &str) -> String {
    let is_plain = !text.is_empty() && text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_plain { text.to_owned() } else { "an error".to_owned() }
}

/// What the provider tells of somebody beyond the token. It is comfort: whatever fails here leaves it out.
fn told(asking: &Asking, described: &Description, access: &str, subject: &str) -> Option<Map<String, Value>> {
    let bearer = format!("Bearer {access}");
    let request = Request { accept: Some("application/json"), authorization: Some(&bearer), ..Request::new(described.userinfo_endpoint.as_deref()?) };
    let answer = asking.client.get(&request).ok()?;
    let claims: Map<String, Value> = serde_json::from_slice(&answer.body).ok()?;
    // An answer about somebody else could be slipped in (OpenID Connect Core 1.0, 5.3.4).
    (answer.status == 200 && claims.get("sub").and_then(Value::as_str) == Some(subject)).then_some(claims)
}
