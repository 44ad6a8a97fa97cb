//! What is allowed with accounts: e-mail addresses, names, passwords, ways on after signing in, and the limits of trying.
//!
//! Pure: time, counts and thresholds come as arguments.

use allmende_core::fold::fold;
use allmende_core::{Refusal, Role, Roles};

/// Tries to sign in to one account within [`WINDOW_SECONDS`].
pub const ACCOUNT_TRIES_MAX: i64 = 10;
/// Tries of one client, whatever the account, within [`WINDOW_SECONDS`].
pub const CLIENT_TRIES_MAX: i64 = 30;
/// The window in which tries are counted.
pub const WINDOW_SECONDS: i64 = 60;
/// Mails with a link of one kind to one address within [`MAIL_WINDOW_SECONDS`].
pub const RESET_MAILS_MAX: i64 = 5;
/// Registrations of one client within an hour, which the guard of the form counts: a hall full of people can share one address.
pub const REGISTRATIONS_MAX: i64 = 60;
/// The window in which mails are counted.
pub const MAIL_WINDOW_SECONDS: i64 = 3_600;
/// How long an invitation and the first administrator's link hold: seven days.
pub const INVITATION_SECONDS: i64 = 7 * 86_400;
/// How long a link for a new password or for signing in holds: one hour.
pub const RESET_SECONDS: i64 = 3_600;
/// How long a registration waits for its confirmation: one day.
pub const REGISTRATION_SECONDS: i64 = 86_400;
/// Who has no password deletes the account within so long after signing in: fifteen minutes.
pub const FRESH_SECONDS: i64 = 900;
/// Bytes of a logo.
pub const LOGO_BYTES_MAX: usize = 512 * 1024;

/// Passwords that everybody tries first, of those that are long enough.
const COMMON: &[&str] = &[
    "0123456789",
    "0987654321",
    "1111111111",
    "1122334455",
    "1234512345",
    "12345678910",
    "1234567890",
    "1234567891",
    "123456789a",
    "1357924680",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "9876543210",
    "abcdefghij",
    "administrator",
    "asdfghjkl1",
    "asdfghjkl123",
    "baseball123",
    "bitte-aendern",
    "changeme123",
    "football123",
    "gemeinde123",
    "hallo12345",
    "hallohallo",
    "iloveyou123",
    "ichliebedich",
    "kennwort123",
    "letmein123",
    "passwort01",
    "passwort1!",
    "passwort12",
    "passwort123",
    "passwort1234",
    "passwort12345",
    "passwortpasswort",
    "password01",
    "password1!",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "passwordpassword",
    "princess123",
    "qwerasdfzxcv",
    "qwertyuiop",
    "qwerty12345",
    "qwertzuiop",
    "qwertz12345",
    "qwertz1234",
    "rathaus123",
    "rathaus2026",
    "schatz1234",
    "sommer2025",
    "sommer2026",
    "testtest12",
    "unknown123",
    "welcome123",
    "willkommen",
    "willkommen1",
    "willkommen123",
    "winter2025",
    "winter2026",
];

/// An e-mail address of at most 254 characters with a host that has a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// `email-form` for anything that cannot be an address.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let refused = || Refusal { key: "email-form", field: Some("email") };
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or_else(refused)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')');
        let whole_labels = host.contains('.') && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        let host_letters = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
        let fits = (1..=64).contains(&local.len()) && text.len() <= 254 && !local.contains('@');
        if fits && whole_labels && host_letters && text.chars().all(plain) { Ok(Self(text.to_owned())) } else { Err(refused()) }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How addresses are compared: in small letters.
    #[must_use]
    pub fn folded(&self) -> String {
        allmende_platform::mail::folded(&self.0)
    }
}

/// The name others see, 2 to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicName(String);

impl PublicName {
    /// # Errors
    /// `person-name-length` outside 2..=80 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let seen: String = text.chars().filter(|letter| !is_unseen(*letter)).collect();
        let text = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        if (2..=80).contains(&text.chars().count()) { Ok(Self(text)) } else { Err(Refusal { key: "person-name-length", field: Some("name") }) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that may be used: 10 to 200 characters, not the person's own name or address, not one that everybody tries first.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// # Errors
    /// `password-length`, `password-own` or `password-common`.
    pub fn new(text: &str, email: &str, name: &str) -> Result<Self, Refusal> {
        let refuse = |refusal: Refusal| Err(Refusal { field: Some("password"), ..refusal });
        if !(10..=200).contains(&text.chars().count()) {
            return refuse(Refusal::new("password-length"));
        }
        let small = text.trim().to_lowercase();
        let local = email.split('@').next().unwrap_or_default();
        if [email, local, name].into_iter().any(|own| !own.is_empty() && small == own.trim().to_lowercase()) {
            return refuse(Refusal::new("password-own"));
        }
        let mut letters = small.chars();
        let first = letters.next();
        if COMMON.contains(&small.as_str()) || letters.all(|letter| Some(letter) == first) {
            return refuse(Refusal::new("password-common"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The password, to be hashed.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

/// Marks that nobody sees, with which a name could look like another or turn the text around it.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// How the owner of a passkey calls it, 1 to 60 characters; for the owner's eyes only.
///
/// # Errors
/// `passkey-name-length`.
pub fn key_name(text: &str) -> Result<String, Refusal> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if (1..=60).contains(&name.chars().count()) { Ok(name) } else { Err(Refusal::of_field("name", "passkey-name-length")) }
}

/// Words that only the house bears in its name, folded.
const HOUSE_WORDS: &[&str] = &[
    "admin",
    "administration",
    "administrator",
    "administratorin",
    "buergermeister",
    "buergermeisterin",
    "gemeindeverwaltung",
    "kreisverwaltung",
    "landrat",
    "landraetin",
    "moderation",
    "oberbuergermeister",
    "oberbuergermeisterin",
    "ortsvorsteher",
    "ortsvorsteherin",
    "rathaus",
    "stadtverwaltung",
    "verwaltung",
];

/// What residents may call themselves: anything, also something made up, but nobody passes for the town hall.
///
/// # Errors
/// `person-name-house` for a name with one of the house's words, or with the site's own name in it.
pub fn keep_house_names(name: &PublicName, site_name: &str) -> Result<(), Refusal> {
    let folded = fold(name.as_str());
    let has_house_word = folded.split(|letter: char| !letter.is_alphanumeric()).any(|word| HOUSE_WORDS.contains(&word));
    if has_house_word || folded.contains(&fold(site_name)) {
        return Err(Refusal { key: "person-name-house", field: Some("name") });
    }
    Ok(())
}

/// Where to go after signing in, if it is an address of this site. A browser reads `//host` and `/\host` as other sites.
#[must_use]
pub fn onward(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('/')?;
    let leads_away = rest.starts_with('/') || path.chars().any(|c| c == '\\' || c.is_control());
    (!leads_away && path.len() <= 1_000).then_some(path)
}

/// What roles an administrator may leave a site with.
///
/// # Errors
/// `admin-last` if nobody would be left who can administer the site.
pub fn keep_an_administrator(others: i64, before: Roles, after: Roles) -> Result<(), Refusal> {
    if before.has(Role::Administrator) && !after.has(Role::Administrator) && others == 0 {
        return Err(Refusal::new("admin-last"));
    }
    Ok(())
}

/// The media type of a picture, by its first bytes: PNG, JPEG or WebP.
///
/// # Errors
/// `admin-logo-size` above [`LOGO_BYTES_MAX`], `admin-logo-svg` for SVG, `admin-logo-kind` for everything else.
pub fn logo_kind(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let refuse = |refusal: Refusal| Err(Refusal { field: Some("logo"), ..refusal });
    if bytes.len() > LOGO_BYTES_MAX {
        return refuse(Refusal::new("admin-logo-size"));
    }
    let head = &bytes[..bytes.len().min(1_024)];
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok("image/png")
    } else if head.starts_with(b"\xff\xd8\xff") {
        Ok("image/jpeg")
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Ok("image/webp")
    } else if String::from_utf8_lossy(head).to_lowercase().contains("<svg") {
        refuse(Refusal::new("admin-logo-svg"))
    } else {
        refuse(Refusal::new("admin-logo-kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host_with_a_dot() {
        let check = |text: &str, fits: bool| assert_eq!(Email::new(text).is_ok(), fits, "{text}");
        check("ida@musterau.example", true);
        check("  Ida.Beck+rat@post.musterau.example ", true);
        check("ida@müsterau.example", true);
        check("ida@musterau", false);
        check("ida", false);
        check("@musterau.example", false);
        check("ida@@musterau.example", false);
        check("ida@.example", false);
        check("ida@musterau.example, other@x.example", false);
        check("ida@musterau.example\nBcc: x@y.example", false);
        check(&format!("{}@musterau.example", "a".repeat(64)), true);
        check(&format!("{}@musterau.example", "a".repeat(65)), false);
    }

    #[test]
    fn a_name_has_two_to_eighty_characters() {
        let check = |length: usize, fits: bool| assert_eq!(PublicName::new(&"ä".repeat(length)).is_ok(), fits, "{length}");
        check(1, false);
        check(2, true);
        check(80, true);
        check(81, false);
        assert_eq!(PublicName::new(" I\u{200b}da \u{202e} Beck\u{feff}").unwrap().as_str(), "Ida Beck");
        assert!(PublicName::new("\u{200b}\u{200b}I").is_err());
    }

    #[test]
    fn a_passkey_s_name_has_one_to_sixty_characters() {
        let check = |length: usize, fits: bool| assert_eq!(key_name(&"ä".repeat(length)).is_ok(), fits, "{length}");
        check(0, false);
        check(1, true);
        check(60, true);
        check(61, false);
        assert_eq!(key_name("  Mein \u{a0} Telefon\n"), Ok("Mein Telefon".to_owned()));
    }

    #[test]
    fn nobody_passes_for_the_town_hall() {
        let check = |name: &str, allowed: bool| {
            let name = PublicName::new(name).unwrap();
            assert_eq!(keep_house_names(&name, "Gemeinde Musterau").is_ok(), allowed, "{}", name.as_str());
        };
        check("Ida Beck", true);
        check("Apfelbaum 7", true);
        check("Rathausplatz-Anwohner", true);
        check("Ida aus Musterau", true);
        check("Rathaus", false);
        check("Die Bürgermeisterin", false);
        check("BUERGERMEISTER", false);
        check("Team Moderation", false);
        check("Ihre gemeinde  musterau", false);
    }

    #[test]
    fn a_password_is_long_enough_and_not_what_others_guess() {
        let check = |text: &str, expected: Option<&str>| {
            let refusal = Password::new(text, "ida.beck-weber@musterau.example", "Ida Beck-Weber").err().map(|refusal| refusal.key);
            assert_eq!(refusal, expected, "{text}");
        };
        check("123456789", Some("password-length"));
        check("Apfelbaum9", None);
        check(&"ab".repeat(100), None);
        check(&format!("{}c", "ab".repeat(100)), Some("password-length"));
        check("IDA.BECK-WEBER@musterau.example", Some("password-own"));
        check("Ida.Beck-Weber", Some("password-own"));
        check("ida beck-weber", Some("password-own"));
        check("Passwort123", Some("password-common"));
        check("aaaaaaaaaaaa", Some("password-common"));
    }

    #[test]
    fn the_way_on_stays_on_this_site() {
        let check = |path: &str, stays: bool| assert_eq!(onward(path).is_some(), stays, "{path}");
        check("/rat/vorlagen?jahr=2026#a", true);
        check("/", true);
        check("//evil.example", false);
        check("/\\evil.example", false);
        check("/a\\b", false);
        check("/\t/evil.example", false);
        check("https://evil.example", false);
        check("javascript:alert(1)", false);
        check("", false);
    }

    #[test]
    fn the_last_administrator_stays_one() {
        let (with, without) = (Roles::default().with(Role::Administrator), Roles::default().with(Role::Clerk));
        assert!(keep_an_administrator(0, with, without).is_err());
        assert!(keep_an_administrator(1, with, without).is_ok());
        assert!(keep_an_administrator(0, with, with.with(Role::Clerk)).is_ok());
        assert!(keep_an_administrator(0, without, without).is_ok());
    }

    #[test]
    fn a_logo_is_what_its_bytes_say() {
        let check = |bytes: &[u8], expected: Result<&str, &str>| assert_eq!(logo_kind(bytes).map_err(|refusal| refusal.key), expected);
        check(b"\x89PNG\r\n\x1a\n....", Ok("image/png"));
        check(b"\xff\xd8\xff\xe0", Ok("image/jpeg"));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Ok("image/webp"));
        check(b"<?xml version=\"1.0\"?><svg onload=\"x\">", Err("admin-logo-svg"));
        check(b"GIF89a", Err("admin-logo-kind"));
        check(b"", Err("admin-logo-kind"));
        let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
        large.resize(LOGO_BYTES_MAX, 0);
        check(&large, Ok("image/png"));
        large.push(0);
        check(&large, Err("admin-logo-size"));
    }
}
