//! What a provider says of itself, as far as we need it, and what an administrator may write about one. Pure.
//!
//! Source: OpenID Connect Discovery 1.0; RP-Initiated Logout 1.0.

use super::Fault;
use allmende_core::Refusal;
use allmende_platform::web::routes::encode;
use serde::Deserialize;

/// What stands behind an issuer's address for programs to read.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";
/// Characters of an issuer's address and of a client id.
pub(crate) const LINE_CHARS_MAX: usize = 250;
/// Characters on the button.
pub(crate) const BUTTON_CHARS_MAX: usize = 60;

/// The addresses of a provider.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Description {
    issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    pub end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

impl Description {
    /// Reads what a provider says of itself.
    ///
    /// # Errors
    /// `Description` for a text that is none, `Issuer` if it speaks of another issuer than the one that was asked.
    pub(crate) fn read(text: &str, issuer: &str, allow_plain: bool) -> Result<Self, Fault> {
        let described: Self = serde_json::from_str(text).map_err(|_| Fault::Description("not readable"))?;
        if described.issuer != issuer {
            return Err(Fault::Issuer);
        }
        let all = [Some(&described.authorization_endpoint), Some(&described.token_endpoint), Some(&described.jwks_uri)];
        let further = [described.userinfo_endpoint.as_ref(), described.end_session_endpoint.as_ref()];
        if all.into_iter().chain(further).flatten().all(|address| is_address(address, allow_plain)) {
            Ok(described)
        } else {
            Err(Fault::Description("addresses"))
        }
    }

    /// Whether the client shows its secret in the form instead of the header.
    pub(crate) fn wants_secret_in_form(&self) -> bool {
        let methods = &self.token_endpoint_auth_methods_supported;
        let knows = |method: &str| methods.iter().any(|own| own == method);
        !methods.is_empty() && !knows("client_secret_basic") && knows("client_secret_post")
    }

    /// Where the browser goes with these parameters.
    pub(crate) fn authorization_url(&self, parameters: &[(&str, &str)]) -> String {
        with_parameters(&self.authorization_endpoint, parameters)
    }

    /// Where somebody signs out of the provider too, if it offers that.
    pub(crate) fn sign_out_url(&self, client_id: &str, back: &str) -> Option<String> {
        self.end_session_endpoint.as_deref().map(|address| with_parameters(address, &[("client_id", client_id), ("post_logout_redirect_uri", back)]))
    }
}

/// Where the description of an issuer stands.
pub(crate) fn description_url(issuer: &str) -> String {
    format!("{}{WELL_KNOWN}", issuer.trim_end_matches('/'))
}

fn is_address(text: &str, allow_plain: bool) -> bool {
    (text.starts_with("https://") || (allow_plain && text.starts_with("http://")))
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '#')
}

fn with_parameters(address: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = address.to_owned();
    for (name, value) in parameters {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        // A slash may stand in a query, but not every server reads it there.
        out.push_str(&encode(value).replace('/', "%2F"));
    }
    out
}

/// Checks what an administrator writes about a provider.
///
/// # Errors
/// `admin-extern-issuer-form`, `admin-extern-client-form`, `admin-extern-button-form`.
pub(crate) fn check(issuer: &str, client_id: &str, button: &str, allow_plain: bool) -> Result<(), Refusal> {
    let within = |text: &str, max: usize| (1..=max).contains(&text.chars().count());
    if !within(issuer, LINE_CHARS_MAX) || !is_address(issuer, allow_plain) || issuer.contains('?') {
        return Err(Refusal::of_field("issuer", "admin-extern-issuer-form"));
    }
    if !within(client_id, LINE_CHARS_MAX) {
        return Err(Refusal::of_field("client_id", "admin-extern-client-form"));
    }
    if !within(button, BUTTON_CHARS_MAX) {
        return Err(Refusal::of_field("button", "admin-extern-button-form"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"{"issuer":"https://id.example/realms/rathaus","authorization_endpoint":"https://id.example/auth?kc=1",
        "token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/keys","end_session_endpoint":"https://id.example/out"}"#;
    const ISSUER: &str = "https://id.example/realms/rathaus";

    #[test]
    fn a_description_speaks_of_the_issuer_that_was_asked_and_of_safe_addresses() {
        assert!(Description::read(SAID, ISSUER, false).is_ok());
        assert_eq!(Description::read(SAID, "https://id.example/realms/rathaus/", false).err(), Some(Fault::Issuer));
        let plain = SAID.replace("https://id.example/token", "http://id.example/token");
        assert_eq!(Description::read(&plain, ISSUER, false).err(), Some(Fault::Description("addresses")));
        assert!(Description::read(&plain, ISSUER, true).is_ok());
        let script = SAID.replace("https://id.example/out", "javascript:alert(1)");
        assert_eq!(Description::read(&script, ISSUER, true).err(), Some(Fault::Description("addresses")));
        assert_eq!(Description::read("{}", ISSUER, true).err(), Some(Fault::Description("not readable")));
    }

    #[test]
    fn parameters_follow_those_that_an_address_has() {
        let described = Description::read(SAID, ISSUER, false).unwrap();
        assert_eq!(described.authorization_url(&[("state", "a b"), ("x", "/&")]), "https://id.example/auth?kc=1&state=a%20b&x=%2F%26");
        let out = described.sign_out_url("musterau", "https://musterau.example/").unwrap();
        assert_eq!(out, "https://id.example/out?client_id=musterau&post_logout_redirect_uri=https%3A%2F%2Fmusterau.example%2F");
    }

    #[test]
    fn the_secret_goes_into_the_form_only_where_nothing_else_is_taken() {
        let said = |methods: &str| SAID.replacen('{', &format!("{{\"token_endpoint_auth_methods_supported\":{methods},"), 1);
        let in_form = |methods: &str| Description::read(&said(methods), ISSUER, false).unwrap().wants_secret_in_form();
        assert!(in_form("[\"client_secret_post\"]"));
        assert!(!in_form("[\"client_secret_post\",\"client_secret_basic\"]") && !in_form("[]"));
    }

    #[test]
    fn a_provider_has_an_address_a_client_and_a_button() {
        let key = |issuer: &str, client: &str, button: &str| check(issuer, client, button, false).err().map(|refusal| refusal.key);
        assert_eq!(key(ISSUER, "musterau", "Mit BundID"), None);
        assert_eq!(key("http://id.example", "musterau", "Mit BundID"), Some("admin-extern-issuer-form"));
        assert_eq!(key("https://id.example/?a=1", "musterau", "x"), Some("admin-extern-issuer-form"));
        assert_eq!(key("", "musterau", "x"), Some("admin-extern-issuer-form"));
        assert_eq!(key(ISSUER, "", "x"), Some("admin-extern-client-form"));
        assert_eq!(key(ISSUER, &"c".repeat(250), &"x".repeat(60)), None);
        assert_eq!(key(ISSUER, &"c".repeat(251), "x"), Some("admin-extern-client-form"));
        assert_eq!(key(ISSUER, "c", &"x".repeat(61)), Some("admin-extern-button-form"));
        assert!(check("http://127.0.0.1:8080", "c", "x", true).is_ok());
    }
}
