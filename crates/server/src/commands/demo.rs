//! `allmende demo`: the invented town of Musterau and its district Oberau as a second site, ready to click.
//!
//! Makes a data folder, fills it through the council room's own store, and serves it; nothing of it stays unless a folder
//! was named. With `--today` the clock of the whole program starts at nine on that day. Read in this order: this file,
//! [`documents`] (PDF), [`town`] (rows).

mod decisions;
mod dialogue;
mod documents;
mod gazetteer;
mod ideas;
mod objects;
mod pictures;
mod threads;
mod town;
mod undertakings;
mod weighing;

use super::{open, serve, start_log};
use crate::config::Config;
use allmende_accounts::console::{self, LinkError};
use allmende_core::{Language, Role, Roles};
use allmende_db::{Clock, Db, DbError, Scope};
use allmende_demo::{OrganizationKind, Text, Town};
use allmende_platform::files::Files;
use allmende_platform::passwords::{Cost, Passwords};
use allmende_platform::sessions::Token;
use allmende_platform::sites::{self, NewSite, SiteKind};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ZONE: &str = "Europe/Berlin";
/// Hour of the chosen day at which the demo's clock starts.
const HOUR: i8 = 9;
/// The password where only this machine can ask; the tests in the browser know it too.
const PASSWORD: &str = "musterau-ausprobieren";
/// Characters of a random password: 64 bits.
const PASSWORD_CHARS: usize = 16;

/// Serves an invented town.
#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// Address and port
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The day on which the town lives, instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Keep the town in this folder, which must be empty or missing
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The password of all accounts; without it a known one on this machine, a random one for others
    #[arg(long, value_name = "TEXT")]
    password: Option<String>,
}

impl Demo {
    pub(super) fn run(self) -> Result<()> {
        let zone = TimeZone::get(ZONE)?;
        let shift = self.today.map(|today| shift_to(today, &zone)).transpose()?;
        let now = Timestamp::now() + jiff::SignedDuration::from_millis(shift.unwrap_or(0));
        let (folder, _temporary) = match self.data {
            Some(folder) => (empty_folder(folder)?, None),
            None => {
                let temporary = tempfile::Builder::new().prefix("allmende-demo-").tempdir()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let mut config = Config::load(&folder)?;
        start_log(&config);
        let listener = TcpListener::bind(&self.listen).with_context(|| format!("cannot listen on {}", self.listen))?;
        let address = listener.local_addr()?;
        config.listen = address.to_string();
        // Nobody gets mail from an invented town: it lies in the folder `mails`.
        if config.mail.host.is_empty() && config.mail.sink.is_empty() {
            config.mail.sink = "mails".to_owned();
            config.mail.from = "rathaus@musterau.example".to_owned();
        }
        let db = open(&config, &folder, shift.map_or(Clock::Database, Clock::Shifted))?;
        let now = now.to_zoned(zone);
        let (password, hash) = password(self.password, address.ip().is_loopback())?;
        fill(&db, &folder, address, &now, &hash)?;
        let accounts = Town::load(now.date())?.site.accounts;
        decisions::add_people(&db, &accounts)?;
        println!("Sign in with the password {password} as:");
        for account in accounts {
            println!("  {:32} {}", account.email, account.note.de);
        }
        weighing::write(&db, &Town::load(now.date())?, now.time_zone())?;
        serve::run_on(&config, &folder, db, listener)
    }
}

/// Milliseconds from now to nine on a day.
fn shift_to(today: Date, zone: &TimeZone) -> Result<i64> {
    let start = today.at(HOUR, 0, 0, 0).to_zoned(zone.clone())?.timestamp();
    Ok(start.as_millisecond() - Timestamp::now().as_millisecond())
}

fn empty_folder(folder: PathBuf) -> Result<PathBuf> {
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    if std::fs::read_dir(&folder)?.next().is_some() {
        bail!("{} is not empty: the demo wants a folder of its own", folder.display());
    }
    Ok(folder)
}

/// Makes both sites with everything in them and says where they are. People of every role can sign in with the password of this hash.
fn fill(db: &Db, folder: &Path, address: SocketAddr, now: &Zoned, hash: &str) -> Result<()> {
    let town = Arc::new(Town::load(now.date()).context("the invented town")?);
    let documents = Arc::new(documents::render_all(&town, now.date(), folder)?);
    let district = Arc::new(district_of(&town));
    let host = if address.ip().is_unspecified() { format!("127.0.0.1:{}", address.port()) } else { address.to_string() };
    let homes = [
        (Arc::clone(&town), SiteKind::Municipality, format!("http://{host}"), vec!["127.0.0.1", "localhost", "[::1]", "musterau.localhost"]),
        (district, SiteKind::District, format!("http://oberau.localhost:{}", address.port()), Vec::new()),
    ];
    for (town, kind, base_url, hosts) in homes {
        let (site, shown) = (Arc::clone(&town), base_url.clone());
        let id = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| {
            let id = sites::insert(tx, &new_site(&site, kind, &base_url))?;
            for host in hosts.iter().filter(|host| sites::host_of(&base_url) != Some(**host)) {
                sites::add_host(tx, id, host)?;
            }
            for (key, text) in site_texts(&site) {
                for (language, text) in [(Language::German, &text.de), (Language::English, &text.en), (Language::Easy, &text.leicht)] {
                    sites::set_text(tx, id, key, language, text)?;
                }
            }
            Ok(id)
        })?;
        println!("{}: {shown}", town.site.name.de);
        let (hash, people) = (hash.to_owned(), town.site.accounts.clone());
        db.write_blocking::<_, LinkError>(id, move |tx| {
            people.iter().try_for_each(|person| console::account_with_password(tx, &person.email, &person.name, &hash, roles_of(person.role)))
        })?;
        let (documents, begun, own) = (Arc::clone(&documents), now.clone(), Arc::clone(&town));
        let written = db.write_blocking::<_, DbError>(id, move |tx| {
            gazetteer::write(tx, &own)?;
            town::write(tx, &own, &documents, &begun)
        })?;
        decisions::write(db, id, &town, &written.items, now.time_zone())?;
        dialogue::write(db, id, &town, now.time_zone())?;
        if kind == SiteKind::Municipality {
            ideas::write(db, id, &town, now.time_zone(), (&crate::keys::load_or_make(folder)?, &Files::of(folder)))?;
        }
        let (zone, own) = (now.time_zone().clone(), Arc::clone(&town));
        let nodes = db.write_blocking::<_, DbError>(id, move |tx| {
            let mut nodes = written.nodes.clone();
            nodes.decisions = decisions::nodes(tx, &written.items)?;
            Ok(nodes)
        })?;
        let undertakings = undertakings::write(db, id, &town, &nodes, &zone)?;
        db.write_blocking::<_, DbError>(id, move |tx| {
            let nodes = threads::Nodes { undertakings: undertakings.clone(), ..nodes.clone() };
            threads::write(tx, &own, &nodes, &zone)
        })?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "hue and chroma are small")]
fn new_site(town: &Town, kind: SiteKind, base_url: &str) -> NewSite {
    let site = &town.site;
    NewSite {
        key: site.key.clone(),
        kind,
        name: site.name.de.clone(),
        base_url: base_url.to_owned(),
        hue: (site.hue.round() as i64).clamp(0, 359),
        chroma_thousandths: ((site.chroma * 1000.0).round() as i64).clamp(0, 150),
        time_zone: ZONE.to_owned(),
    }
}

/// The password of all accounts and its hash.
fn password(given: Option<String>, is_here: bool) -> Result<(String, String)> {
    let password = match given {
        Some(password) => password,
        None if is_here => PASSWORD.to_owned(),
        None => Token::random()?.text().chars().take(PASSWORD_CHARS).collect(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let hash = runtime.block_on(Passwords::new(Cost::OWASP).hash(password.clone()))?;
    Ok((password, hash))
}

/// Everybody takes part as a resident too.
fn roles_of(role: allmende_demo::Role) -> Roles {
    use allmende_demo::Role as Demo;
    let role = match role {
        Demo::Resident => Role::Resident,
        Demo::Member => Role::Member,
        Demo::Editor => Role::Editor,
        Demo::Moderator => Role::Moderator,
        Demo::Department => Role::Department,
        Demo::Clerk => Role::Clerk,
        Demo::Administrator => Role::Administrator,
        Demo::Coordinator => Role::Coordinator,
    };
    Roles::default().with(Role::Resident).with(role)
}

/// The texts that a municipality sets itself.
fn site_texts(town: &Town) -> [(&'static str, Text); 4] {
    let site = &town.site;
    let place = format!("{}\n{} {}", site.street_address, site.postal_code, site.locality);
    let lines = |text: fn(&Text) -> &String| format!("{}\n{}\n{place}\n{}\n{}", text(&site.offline), text(&site.room), text(&site.opening_hours), site.phone);
    let imprint = |text: fn(&Text) -> &String| {
        let lines =
            [text(&site.name).as_str(), &site.street_address, &format!("{} {}", site.postal_code, site.locality), &site.phone, &site.email].join("  \n");
        format!("{}\n\n{lines}\n", text(&site.notice))
    };
    let each = |make: &dyn Fn(fn(&Text) -> &String) -> String| Text { de: make(|text| &text.de), en: make(|text| &text.en), leicht: make(|text| &text.leicht) };
    let question = Text {
        de: format!("Was bewegt {}?", site.locality),
        en: format!("What moves {}?", site.locality),
        leicht: format!("Was ist los in {}?", site.locality),
    };
    [("question", question), ("promise", site.welcome.clone()), ("town-hall", each(&lines)), ("imprint", each(&imprint))]
}

/// Oberau as a site of its own: the local council, its meetings, and the papers that concern it.
fn district_of(town: &Town) -> Town {
    let mut district = town.clone();
    district.site.key = "oberau".to_owned();
    district.site.hue = 24.0;
    let name = |language: &str| language.replace("{}", "Oberau");
    district.site.name = Text { de: name("Ortsteil {}"), en: name("District of {}"), leicht: name("Orts-Teil {}") };
    let is_local = |key: &str| town.organization(key).is_some_and(|organization| organization.kind == OrganizationKind::LocalCouncil);
    district.meetings.retain(|meeting| is_local(&meeting.organization));
    district.organizations.retain(|organization| matches!(organization.kind, OrganizationKind::LocalCouncil | OrganizationKind::Administration));
    district.memberships.retain(|membership| is_local(&membership.organization));
    let members = district.memberships.iter().map(|membership| membership.person.clone()).collect::<std::collections::HashSet<_>>();
    district.persons.retain(|person| members.contains(&person.key));
    let items = district.meetings.iter().flat_map(|meeting| &meeting.agenda);
    let dealt = items.flat_map(|item| item.paper.iter().chain(&item.more_papers)).cloned().collect::<std::collections::HashSet<_>>();
    district.papers.retain(|paper| dealt.contains(&paper.key) || paper.district.as_deref() == Some("oberau"));
    district.districts.retain(|part| part.key == "oberau");
    district.threads.clear();
    district.undertakings.clear();
    district.processes.clear();
    let kept: std::collections::HashSet<_> = district.meetings.iter().map(|meeting| meeting.key.clone()).collect();
    district.decisions.retain(|decision| kept.contains(&decision.meeting));
    district
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_starts_at_nine_on_the_chosen_day() -> Result<()> {
        let zone = TimeZone::get(ZONE)?;
        let shift = shift_to(Date::constant(2026, 6, 10), &zone)?;
        let then = Timestamp::from_millisecond(Timestamp::now().as_millisecond() + shift)?.to_zoned(zone);
        assert_eq!((then.date(), then.hour()), (Date::constant(2026, 6, 10), HOUR));
        Ok(())
    }

    #[test]
    fn the_district_holds_only_what_concerns_it() -> Result<()> {
        let town = Town::load(Date::constant(2026, 6, 8))?;
        let district = district_of(&town);
        assert!(!district.meetings.is_empty() && district.meetings.len() < town.meetings.len());
        assert!(!district.papers.is_empty() && district.papers.len() < town.papers.len());
        Ok(())
    }
}
