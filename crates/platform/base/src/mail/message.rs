//! A stored mail as the bytes that travel: headers, plain text, HTML beside it.

use super::{Sender, Stored};
use crate::sites::host_of;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use std::error::Error;
use std::time::{Duration, SystemTime};

/// Tells other programs that no person wrote this, so that absence notes are not sent back (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Where one press stops mails of this kind (RFC 2369, RFC 8058).
#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // As it is: an address must be neither folded nor encoded. It is ASCII and far shorter than a line may be.
        let value = format!("<{}>", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), value.clone(), value)
    }
}

/// Says that the address of [`ListUnsubscribe`] takes a `POST` without asking back (RFC 8058).
#[derive(Debug, Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Builds the message. Date and Message-ID come from the row: sent twice it is still one mail.
pub(super) fn build(mail: &Stored, sender: &Sender, from: &str) -> Result<Message, String> {
    let from: lettre::Address = from.parse().map_err(|_| "the address to write from is not set or not an address: see `mail.from`".to_owned())?;
    let to: lettre::Address = mail.recipient.parse().map_err(|_| "the recipient is not an address".to_owned())?;
    let host = host_of(&sender.base_url).unwrap_or("localhost");
    let written = SystemTime::UNIX_EPOCH + Duration::from_millis(mail.created_at.millis().unsigned_abs());
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(sender.name.clone()), from))
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(written)
        .message_id(Some(format!("<mail-{}.{}@{host}>", mail.id, mail.created_at.millis())))
        .header(AutoSubmitted);
    if let Some(url) = &mail.unsubscribe_url {
        builder = builder.header(ListUnsubscribe(url.clone())).header(ListUnsubscribePost);
    }
    let plain = SinglePart::plain(mail.text.clone());
    let built = match &mail.html {
        None => builder.singlepart(plain),
        Some(html) => builder.multipart(MultiPart::alternative().singlepart(plain).singlepart(SinglePart::html(html.clone()))),
    };
    built.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_core::{Id, Instant};

    fn mail(html: Option<&str>) -> Stored {
        Stored {
            id: Id::new(7),
            recipient: "ida@example.org".to_owned(),
            subject: "Grüße aus dem Rat".to_owned(),
            text: "Guten Tag".to_owned(),
            html: html.map(str::to_owned),
            created_at: Instant::from_millis(1_780_000_000_000),
            unsubscribe_url: None,
        }
    }

    fn sender() -> Sender {
        Sender { key: "m".to_owned(), name: "Gemeinde Mühlau".to_owned(), base_url: "https://muehlau.example:8443".to_owned() }
    }

    #[test]
    fn a_mail_sent_twice_is_the_same_mail() -> Result<(), String> {
        let text = |mail: &Stored| Ok::<_, String>(String::from_utf8_lossy(&build(mail, &sender(), "rat@muehlau.example")?.formatted()).into_owned());
        let first = text(&mail(None))?;
        assert_eq!(first, text(&mail(None))?);
        assert!(first.contains("Message-ID: <mail-7.1780000000000@muehlau.example>"), "{first}");
        assert!(first.contains("Date: Thu, 28 May 2026 20:26:40 +0000"), "{first}");
        assert!(first.contains("Auto-Submitted: auto-generated"));
        assert!(text(&mail(Some("<p>Guten Tag</p>")))?.contains("multipart/alternative"));
        Ok(())
    }

    #[test]
    fn a_mail_of_a_kind_that_can_be_stopped_says_where() -> Result<(), String> {
        let url = format!("https://muehlau.example/abos/{}/abmelden", "0123456789abcdef".repeat(4));
        let stoppable = Stored { unsubscribe_url: Some(url.clone()), ..mail(None) };
        let text = String::from_utf8_lossy(&build(&stoppable, &sender(), "rat@muehlau.example")?.formatted()).into_owned();
        assert!(text.contains(&format!("List-Unsubscribe: <{url}>\r\n")), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
        let plain = String::from_utf8_lossy(&build(&mail(None), &sender(), "rat@muehlau.example")?.formatted()).into_owned();
        assert!(!plain.contains("List-Unsubscribe"));
        Ok(())
    }

    #[test]
    fn without_a_sender_nothing_is_built() {
        assert!(build(&mail(None), &sender(), "").is_err());
    }
}
