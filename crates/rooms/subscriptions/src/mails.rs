//! The mails that strangers cause: the link that confirms a subscription, and the way back to one's own subscriptions.
//!
//! They hold no word that somebody typed: nobody can send words of their own through this house to others.

use crate::rules::Target;
use crate::store::readers::Reader;
use allmende_core::Language;
use allmende_db::Tx;
use allmende_platform::AppError;
use allmende_platform::mail::{self, Mail};
use allmende_platform::sessions::Token;
use allmende_platform::sites::Settings;
use allmende_platform::texts::Speaker;

/// The addresses of a reader's own pages.
pub(crate) struct Door {
    /// The page with all subscriptions.
    pub manage: String,
    /// What the addresses begin with that work without signing in.
    pub secret: String,
}

/// The addresses of a reader's own pages on this site.
pub(crate) fn door(site: &Settings, reader: &Reader) -> Door {
    let secret = format!("{}/abos/{}", site.base_url, reader.secret);
    let manage = if reader.person.is_some() { format!("{}/konto/abos", site.base_url) } else { secret.clone() };
    Door { manage, secret }
}

/// At most so many characters, with a mark where it was cut.
pub(crate) fn cut(text: &str, chars: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= chars {
        return line;
    }
    let mut out: String = line.chars().take(chars.saturating_sub(1)).collect();
    out.push('…');
    out
}

fn send(tx: &mut Tx<'_>, to: (&str, Language), subject: String, text: String) -> Result<(), AppError> {
    let mail = Mail { to: to.0.to_owned(), subject: cut(&subject, 200), text, html: None, language: to.1 };
    mail::enqueue(tx, &mail).map(|_| ())
}

/// Asks whether somebody really wants a subscription. `title` is that of a public thing, if it is about one.
pub(crate) fn send_confirm(
    tx: &mut Tx<'_>,
    t: Speaker,
    site: &Settings,
    to: &str,
    target: &Target,
    title: Option<&str>,
    token: &Token,
) -> Result<(), AppError> {
    let link = format!("{}/abonnieren/bestaetigen?schluessel={}", site.base_url, token.text());
    let what = match title {
        Some(title) => cut(title, 150),
        None => t.find(&format!("abo-what-{}", target.key())).unwrap_or_default().to_owned(),
    };
    let args = [("site", (&site.name).into()), ("link", (&link).into()), ("what", (&what).into())];
    send(tx, (to, t.language()), t.with("abo-confirm-subject", &args), t.with("abo-confirm-text", &args))
}

/// Shows somebody with subscriptions the way to them.
pub(crate) fn send_manage(tx: &mut Tx<'_>, t: Speaker, site: &Settings, reader: &Reader) -> Result<(), AppError> {
    let link = door(site, reader).manage;
    let args = [("site", (&site.name).into()), ("link", (&link).into())];
    send(tx, (&reader.email, t.language()), t.with("abo-link-subject", &args), t.with("abo-link-text", &args))
}
