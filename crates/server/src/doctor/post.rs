//! The mail server: does it answer, and what does it say to a test mail.

use super::Finding;
use crate::config::Config;
use allmende_platform::mail::{Encryption, Smtp, check_address};
use anyhow::{Context, Result, bail};
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use std::fmt::Display;

/// Whether the mail server answers. Sends nothing.
#[must_use]
pub fn examine(config: &Config) -> Vec<Finding> {
    let Some(smtp) = config.mail.smtp().filter(|_| config.mail.sink.is_empty()) else { return Vec::new() };
    match talk(&smtp, None, &mut |_| {}) {
        Ok(()) => vec![Finding::ok("mail-server", format!("{}:{} answers", smtp.host, smtp.port))],
        Err(error) => vec![Finding::error("mail-server", format!("{error:#}"), "`allmende doctor --send-test-mail TO` shows the dialogue.")],
    }
}

/// Sends a test mail and tells each step.
///
/// # Errors
/// If mail is not set up or the server refuses.
pub fn send_test_mail(config: &Config, to: &str, mut tell: impl FnMut(&str)) -> Result<()> {
    if check_address(to).is_err() {
        bail!("{to} is no mail address");
    }
    let smtp = config.mail.smtp().context("`mail.host` is not set")?;
    let envelope = Envelope::new(Some(config.mail.from.parse().context("`mail.from`")?), vec![to.parse()?])?;
    let message = lettre::Message::builder()
        .from(config.mail.from.parse()?)
        .to(to.parse()?)
        .subject("Allmende: Test")
        .body("Diese E-Mail prüft den Versand. / This mail tests sending.\n".to_owned())?;
    talk(&smtp, Some((&envelope, &message.formatted())), &mut tell)
}

/// Connects, encrypts, signs in, and hands over a message if there is one. Never tells the password.
fn talk(smtp: &Smtp, mail: Option<(&Envelope, &[u8])>, tell: &mut dyn FnMut(&str)) -> Result<()> {
    let name = ClientId::default();
    let tls = || TlsParameters::new(smtp.host.clone()).context("the name of the server");
    let wrapper = if smtp.encryption == Encryption::Tls { Some(tls()?) } else { None };
    tell(&format!("connecting to {}:{}", smtp.host, smtp.port));
    let address = (smtp.host.as_str(), smtp.port);
    let mut connection = SmtpConnection::connect(address, Some(smtp.timeout), &name, wrapper.as_ref(), None)
        .with_context(|| format!("{}:{} does not answer", smtp.host, smtp.port))?;
    tell(&format!("< {}", line(connection.server_info())));
    if smtp.encryption == Encryption::Starttls {
        tell("> STARTTLS");
        connection.starttls(&tls()?, &name).context("the connection cannot be encrypted")?;
        tell("< encrypted");
    }
    if let Some((user, password)) = &smtp.credentials {
        tell(&format!("> AUTH {user}"));
        let credentials = Credentials::new(user.clone(), password.reveal().clone());
        let response = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).context("the server refuses user or password")?;
        tell(&format!("< {}", response.message().collect::<Vec<_>>().join(" ")));
    }
    if let Some((envelope, message)) = mail {
        tell(&format!("> MAIL, RCPT, DATA ({} bytes)", message.len()));
        let response = connection.send(envelope, message).context("the server refuses the mail")?;
        tell(&format!("< {}", response.message().collect::<Vec<_>>().join(" ")));
    }
    let _ = connection.quit();
    tell("> QUIT");
    Ok(())
}

fn line(text: &impl Display) -> String {
    text.to_string().replace(['\r', '\n'], " ")
}
