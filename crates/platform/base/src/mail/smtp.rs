//! The way to a mail server, and what its answers mean.

use allmende_core::Redacted;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use std::time::Duration;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Not at all: for a server on the same machine.
    None,
    /// Begins plain and must become encrypted; usually port 587.
    Starttls,
    /// Encrypted from the start; usually port 465.
    Tls,
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct Smtp {
    /// Its name; TLS checks it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// User and password, if it asks for them.
    pub credentials: Option<(String, Redacted<String>)>,
    /// Longest wait for each answer.
    pub timeout: Duration,
}

/// Why a mail was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection.
    #[error("{0}")]
    Unreachable(String),
    /// The server or our own settings say: not now.
    #[error("{0}")]
    Later(String),
    /// The server will never take this mail.
    #[error("{0}")]
    Never(String),
}

impl Smtp {
    /// A transport that keeps two connections for a minute; none is made yet.
    ///
    /// # Errors
    /// `Failure::Later` for a name that TLS cannot check.
    pub fn transport(&self) -> Result<SmtpTransport, Failure> {
        let parameters = || TlsParameters::new(self.host.clone()).map_err(|error| Failure::Later(error.to_string()));
        let tls = match self.encryption {
            Encryption::None => Tls::None,
            Encryption::Starttls => Tls::Required(parameters()?),
            Encryption::Tls => Tls::Wrapper(parameters()?),
        };
        let pool = PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(60));
        let builder = SmtpTransport::builder_dangerous(&self.host).port(self.port).tls(tls).timeout(Some(self.timeout)).pool_config(pool);
        Ok(match &self.credentials {
            Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.reveal().clone())).build(),
            None => builder.build(),
        })
    }
}

pub(super) fn send(transport: &SmtpTransport, message: &Message) -> Result<(), Failure> {
    transport.send(message).map(|_| ()).map_err(|error| {
        let text = plain(&error);
        match error.status().map(u16::from) {
            Some(code) if is_about_this_mail(code) => Failure::Never(text),
            Some(_) => Failure::Later(text),
            // What we ourselves could not do, such as a way to sign in that both sides know: a change of the settings helps.
            None if error.is_client() => Failure::Later(text),
            None => Failure::Unreachable(text),
        }
    })
}

/// Answers that begin with 5 refuse for good; some of them mean us and not the mail, and then another try after a change of
/// the settings helps: no service (521), sign in first or wrongly (530, 534, 535, 538).
const fn is_about_this_mail(code: u16) -> bool {
    code >= 500 && code < 600 && !matches!(code, 500..=504 | 521 | 530 | 534 | 535 | 538)
}

/// The error with its causes in one line.
fn plain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::is_about_this_mail;

    #[test]
    fn only_a_refusal_of_the_mail_itself_is_final() {
        let check = |code: u16, is_final: bool| assert_eq!(is_about_this_mail(code), is_final, "{code}");
        check(421, false);
        check(450, false);
        check(499, false);
        check(504, false);
        check(530, false);
        check(535, false);
        check(550, true);
        check(552, true);
        check(554, true);
        check(600, false);
    }
}
