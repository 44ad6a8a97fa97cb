//! Sites: one installation serves many, found by host name, each with its own name, colours, texts and clock.
//!
//! Owns the tables `site`, `site_host` and `site_text`. Every request looks its site up, so the settings are kept in memory
//! and read again when they change.

use allmende_core::{Id, Instant, Language, Refusal, Site};
use allmende_db::{Db, DbError, Scope, Tx, sql};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// What a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// A municipality of any size.
    Municipality,
    /// A district of a municipality.
    District,
    /// A network of municipalities.
    Network,
}

impl SiteKind {
    /// The key in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::District => "district",
            Self::Network => "network",
        }
    }

    /// The kind of a key; a municipality for an unknown one.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        match key {
            "district" => Self::District,
            "network" => Self::Network,
            _ => Self::Municipality,
        }
    }
}

/// The settings of a site as pages need them.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The row.
    pub id: Id<Site>,
    /// Short name on the command line, such as `musterau`.
    pub key: String,
    /// What it is.
    pub kind: SiteKind,
    /// The name on every page, such as "Gemeinde Musterau".
    pub name: String,
    /// Where the public finds it, without a slash at the end: `https://musterau.example`. Open interfaces build their ids from it.
    pub base_url: String,
    /// Hue of the accent colour, 0 to 359.
    pub hue: i64,
    /// Chroma of the accent colour in thousandths, 0 to 150.
    pub chroma_thousandths: i64,
    /// The clocks of the place.
    pub zone: TimeZone,
    /// Changes whenever the settings change; part of addresses that may be cached.
    pub changed_at: Instant,
    /// Whether the site has a logo of its own.
    pub has_logo: bool,
    texts: HashMap<(String, Language), String>,
}

impl Settings {
    /// A text that the municipality set, in the language asked for or else in German; empty if it set none.
    #[must_use]
    pub fn text(&self, key: &str, language: Language) -> &str {
        [language, Language::German].into_iter().find_map(|language| self.texts.get(&(key.to_owned(), language))).map_or("", String::as_str)
    }

    /// Whether a text is set in exactly this language.
    #[must_use]
    pub fn has_text(&self, key: &str, language: Language) -> bool {
        self.texts.contains_key(&(key.to_owned(), language))
    }
}

/// A new site.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Short name, 2 to 40 of `a-z`, `0-9` and `-`.
    pub key: String,
    /// What it is.
    pub kind: SiteKind,
    /// The name on every page, 2 to 120 characters.
    pub name: String,
    /// `http://` or `https://`, a host, perhaps a port; no path.
    pub base_url: String,
    /// Hue of the accent colour, 0 to 359.
    pub hue: i64,
    /// Chroma of the accent colour in thousandths, 0 to 150.
    pub chroma_thousandths: i64,
    /// IANA name of the time zone.
    pub time_zone: String,
}

impl NewSite {
    /// # Errors
    /// `site-key`, `site-name`, `site-colour`, `site-time-zone` or `site-address` for a value outside its bounds.
    pub fn check(&self) -> Result<(), Refusal> {
        let key_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(2..=40).contains(&self.key.len()) || !self.key.chars().all(key_letter) {
            return Err(Refusal::of_field("key", "site-key"));
        }
        if !(2..=120).contains(&self.name.chars().count()) {
            return Err(Refusal::of_field("name", "site-name"));
        }
        if !(0..=359).contains(&self.hue) || !(0..=150).contains(&self.chroma_thousandths) {
            return Err(Refusal::of_field("hue", "site-colour"));
        }
        if TimeZone::get(&self.time_zone).is_err() {
            return Err(Refusal::of_field("time_zone", "site-time-zone"));
        }
        host_of(&self.base_url).map(|_| ()).ok_or(Refusal::of_field("base_url", "site-address"))
    }
}

/// The host of a base address, without its port; nothing if it is not of the form `http(s)://host[:port]`.
#[must_use]
pub fn host_of(base_url: &str) -> Option<&str> {
    let rest = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!rest.is_empty() && rest.chars().all(allowed)).then(|| without_port(rest))
}

/// A host name without its port, also for `[::1]:8080`.
#[must_use]
pub fn without_port(host: &str) -> &str {
    if let Some(end) = host.find(']') {
        return &host[..=end];
    }
    host.split(':').next().unwrap_or(host)
}

/// Adds a site with the host of its address.
///
/// # Errors
/// `DbError::Unique` if the key or the host is taken.
pub fn insert(tx: &mut Tx<'_>, site: &NewSite) -> Result<Id<Site>, DbError> {
    let now = tx.now()?;
    let id = tx.insert(
        sql!(
            "INSERT INTO site (key, kind, name, base_url, hue, chroma_thousandths, time_zone, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id"
        ),
        &[&site.key, &site.kind.key(), &site.name, &site.base_url, &site.hue, &site.chroma_thousandths, &site.time_zone, &now],
    )?;
    if let Some(host) = host_of(&site.base_url) {
        add_host(tx, id, host)?;
    }
    Ok(id)
}

/// Lets a site answer under one more host name.
///
/// # Errors
/// `DbError::Unique` if another site has it.
pub fn add_host(tx: &mut Tx<'_>, site: Id<Site>, host: &str) -> Result<(), DbError> {
    tx.execute(sql!("INSERT INTO site_host (host, site_id) VALUES ($1, $2)"), &[&host, &site])?;
    Ok(())
}

/// The host names of a site, in order.
///
/// # Errors
/// What the database reports.
pub fn list_hosts(tx: &mut Tx<'_>, site: Id<Site>) -> Result<Vec<String>, DbError> {
    tx.list(sql!("SELECT host FROM site_host WHERE site_id = $1 ORDER BY host"), &[&site], |row| row.get(0))
}

/// Lets a site answer no longer under a host name. Another site's host stays.
///
/// # Errors
/// What the database reports.
pub fn remove_host(tx: &mut Tx<'_>, site: Id<Site>, host: &str) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM site_host WHERE host = $1 AND site_id = $2"), &[&host, &site])?;
    touch(tx, site)
}

/// Sets a text of the municipality; an empty one removes it.
///
/// # Errors
/// What the database reports.
pub fn set_text(tx: &mut Tx<'_>, site: Id<Site>, key: &str, language: Language, text: &str) -> Result<(), DbError> {
    if text.is_empty() {
        tx.execute(sql!("DELETE FROM site_text WHERE site_id = $1 AND key = $2 AND language = $3"), &[&site, &key, &language])?;
    } else {
        tx.execute(
            sql!(
                "INSERT INTO site_text (site_id, key, language, text) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (site_id, key, language) DO UPDATE SET text = excluded.text"
            ),
            &[&site, &key, &language, &text],
        )?;
    }
    touch(tx, site)
}

/// Changes name, address and colours of a site.
///
/// # Errors
/// `DbError::Unique` if the host is taken by another site.
pub fn update(tx: &mut Tx<'_>, site: Id<Site>, new: &NewSite) -> Result<(), DbError> {
    tx.execute(
        sql!("UPDATE site SET name = $2, base_url = $3, hue = $4, chroma_thousandths = $5, time_zone = $6, kind = $7 WHERE id = $1"),
        &[&site, &new.name, &new.base_url, &new.hue, &new.chroma_thousandths, &new.time_zone, &new.kind.key()],
    )?;
    if let Some(host) = host_of(&new.base_url)
        && !list_hosts(tx, site)?.iter().any(|own| own == host)
    {
        add_host(tx, site, host)?;
    }
    touch(tx, site)
}

/// Sets or removes the logo. The bytes are a picture that was checked before.
///
/// # Errors
/// What the database reports.
pub fn set_logo(tx: &mut Tx<'_>, site: Id<Site>, logo: Option<(&[u8], &str)>) -> Result<(), DbError> {
    let (bytes, media_type) = (logo.map(|(bytes, _)| bytes), logo.map(|(_, media_type)| media_type));
    tx.execute(sql!("UPDATE site SET logo = $2, logo_type = $3 WHERE id = $1"), &[&site, &bytes, &media_type])?;
    touch(tx, site)
}

/// The logo and its media type.
///
/// # Errors
/// What the database reports.
pub fn find_logo(tx: &mut Tx<'_>, site: Id<Site>) -> Result<Option<(Vec<u8>, String)>, DbError> {
    tx.find(sql!("SELECT logo, logo_type FROM site WHERE id = $1 AND logo IS NOT NULL"), &[&site], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn touch(tx: &mut Tx<'_>, site: Id<Site>) -> Result<(), DbError> {
    let now = tx.now()?;
    tx.execute(sql!("UPDATE site SET changed_at = $2 WHERE id = $1"), &[&site, &now])?;
    Ok(())
}

/// All sites with their texts.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Settings>, DbError> {
    let mut sites = tx.list(
        sql!("SELECT id, key, kind, name, base_url, hue, chroma_thousandths, time_zone, changed_at, CAST(CASE WHEN logo IS NULL THEN 0 ELSE 1 END AS BIGINT) FROM site ORDER BY id"),
        &[],
        |row| {
            Ok(Settings {
                id: row.get(0)?,
                key: row.get(1)?,
                kind: SiteKind::from_key(&row.get::<String>(2)?),
                name: row.get(3)?,
                base_url: row.get(4)?,
                hue: row.get(5)?,
                chroma_thousandths: row.get(6)?,
                zone: TimeZone::get(&row.get::<String>(7)?).unwrap_or(TimeZone::UTC),
                changed_at: row.get(8)?,
                has_logo: row.get(9)?,
                texts: HashMap::new(),
            })
        },
    )?;
    let texts = tx.list(sql!("SELECT site_id, key, language, text FROM site_text"), &[], |row| {
        Ok((row.get::<Id<Site>>(0)?, (row.get::<String>(1)?, row.get::<Language>(2)?), row.get::<String>(3)?))
    })?;
    for (site, key, text) in texts {
        if let Some(settings) = sites.iter_mut().find(|settings| settings.id == site) {
            settings.texts.insert(key, text);
        }
    }
    Ok(sites)
}

#[derive(Default)]
struct Known {
    sites: Vec<Arc<Settings>>,
    hosts: HashMap<String, usize>,
}

/// The sites of the installation, in memory.
#[derive(Default)]
pub struct Sites {
    known: RwLock<Arc<Known>>,
}

impl Sites {
    /// Reads all sites again: at the start, after a change, and every few seconds for changes made by other nodes.
    ///
    /// # Errors
    /// What the database reports; the sites known so far stay.
    pub async fn refresh(&self, db: &Db) -> Result<(), DbError> {
        let known = db.read(Scope::Installation, load).await?;
        if let Ok(mut slot) = self.known.write() {
            *slot = Arc::new(known);
        }
        Ok(())
    }

    /// The site that answers under a host name (without port). An installation with one site answers under any name, so that
    /// a newcomer can look at it before the name is set up.
    #[must_use]
    pub fn by_host(&self, host: &str) -> Option<Arc<Settings>> {
        let known = self.known();
        match known.hosts.get(&host.to_ascii_lowercase()) {
            Some(position) => known.sites.get(*position).cloned(),
            None if known.sites.len() == 1 => known.sites.first().cloned(),
            None => None,
        }
    }

    /// All sites in the order in which they were made.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Settings>> {
        self.known().sites.clone()
    }

    fn known(&self) -> Arc<Known> {
        self.known.read().map(|known| Arc::clone(&known)).unwrap_or_default()
    }
}

fn load(tx: &mut Tx<'_>) -> Result<Known, DbError> {
    let sites: Vec<_> = list(tx)?.into_iter().map(Arc::new).collect();
    let hosts = tx.list(sql!("SELECT host, site_id FROM site_host"), &[], |row| Ok((row.get::<String>(0)?, row.get::<Id<Site>>(1)?)))?;
    let position = |site: Id<Site>| sites.iter().position(|settings| settings.id == site);
    let hosts = hosts.into_iter().filter_map(|(host, site)| Some((host, position(site)?))).collect();
    Ok(Known { sites, hosts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_address_is_scheme_host_and_port_only() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(host_of(address), expected, "{address}");
        check("https://musterau.example", Some("musterau.example"));
        check("http://127.0.0.1:8080", Some("127.0.0.1"));
        check("http://[::1]:8080", Some("[::1]"));
        check("https://musterau.example/rat", None);
        check("https://a@b.example", None);
        check("musterau.example", None);
        check("https://", None);
    }
}
