//! What a town consists of: its site, people, committees, papers, meetings and the thread of one matter.
//!
//! Plain data with public fields; every reference is the `key` of another record, and `Town::load` has checked that it
//! exists. Keys are stable names from the files, not for display. All dates have already been moved to the current
//! week. Start at `Town`.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::Deserialize;

pub use crate::model::kinds::{DecisionStatus, Department, LinkKind, NodeKind, OrganizationKind, Outcome, PaperKind, Role, Stage};

mod kinds;
mod matters;
mod processes;
mod queries;
mod undertakings;

pub use matters::{Decision, DecisionReport, Explained, Observation, Thread, ThreadLink, ThreadNode};
pub use processes::{Process, ProcessAnswer, ProcessPhase, ProcessStatement, ProcessVersion};
pub use queries::Consultation;
pub use undertakings::{Undertaking, UndertakingAnswer, UndertakingRequest, UndertakingState, UndertakingStep, UndertakingWords};

/// The whole town, in the order in which a database can be filled: each list only refers to those above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    /// The Monday of the week in which the town stands; what lies before it has happened.
    pub today: Date,
    /// Name, texts and colours of the site, and its demo accounts.
    pub site: Site,
    /// Legislative terms, oldest first.
    pub terms: Vec<Term>,
    /// Parts of the town.
    pub districts: Vec<District>,
    /// Places and streets with coordinates.
    pub places: Vec<Place>,
    /// Everyone who is or was a member of something.
    pub persons: Vec<Person>,
    /// Council, committees, groups, local council, administration.
    pub organizations: Vec<Organization>,
    /// Who was a member of what, when and as what.
    pub memberships: Vec<Membership>,
    /// Papers in order of date, then key.
    pub papers: Vec<Paper>,
    /// Meetings in order of start, then key.
    pub meetings: Vec<Meeting>,
    /// What became of decisions.
    pub decisions: Vec<Decision>,
    /// Processes in which residents took part.
    pub processes: Vec<Process>,
    /// Matters that can be followed from impulse to effect.
    pub threads: Vec<Thread>,
    /// What the town intends to do.
    pub undertakings: Vec<Undertaking>,
}

/// One text in the three languages of the site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
    /// Leichte Sprache.
    pub leicht: String,
}

/// The municipality's own texts, colours and accounts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Stable key of the site.
    pub key: String,
    /// For instance "Gemeinde Musterau".
    pub name: Text,
    /// The line below the name.
    pub claim: Text,
    /// The sentence that says that the town does not exist.
    pub notice: Text,
    /// What the start page says first.
    pub welcome: Text,
    /// Hue of the accent colour in degrees, 0 to 360.
    pub hue: f64,
    /// Chroma of the accent colour, 0 to 0.15.
    pub chroma: f64,
    /// Number of inhabitants.
    pub inhabitants: u32,
    /// Street and house number of the town hall.
    pub street_address: String,
    /// Room in the town hall that serves residents.
    pub room: Text,
    /// Invented postal code.
    pub postal_code: String,
    /// Name of the place for addresses.
    pub locality: String,
    /// When the town hall is open.
    pub opening_hours: Text,
    /// Fictitious telephone number, reserved for films and examples.
    pub phone: String,
    /// Address below `.example`.
    pub email: String,
    /// How things are done without internet.
    pub offline: Text,
    /// Latitude of the middle, WGS 84 degrees.
    pub latitude: f64,
    /// Longitude of the middle, WGS 84 degrees.
    pub longitude: f64,
    /// Closed ring of (longitude, latitude) around the town, WGS 84 degrees, counter-clockwise, first = last.
    pub boundary: Vec<(f64, f64)>,
    /// People one can sign in as.
    pub accounts: Vec<Account>,
}

/// Somebody one can sign in as in the demo.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Stable key.
    pub key: String,
    /// Public name.
    pub name: String,
    /// Sign-in name, an address below `.example`.
    pub email: String,
    /// What this account may do.
    pub role: Role,
    /// The council member behind the account.
    pub person: Option<String>,
    /// The office the account belongs to.
    pub department: Option<Department>,
    /// One sentence on what can be tried with this account.
    pub note: Text,
}

/// A legislative term (Wahlperiode).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stable key.
    pub key: String,
    /// For instance "Wahlperiode 2024 bis 2029".
    pub name: String,
    /// First day.
    #[serde(deserialize_with = "crate::load::day")]
    pub start: Date,
    /// Last day, inclusive.
    #[serde(deserialize_with = "crate::load::day")]
    pub end: Date,
}

/// A part of the town (Ortsteil).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Stable key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Number of inhabitants.
    pub inhabitants: u32,
    /// One or two sentences.
    pub description: String,
    /// Latitude of the middle, WGS 84 degrees.
    pub latitude: f64,
    /// Longitude of the middle, WGS 84 degrees.
    pub longitude: f64,
}

/// A street or place of the town.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Stable key.
    pub key: String,
    /// Name, for instance "Freibad am Mühlbach".
    pub name: String,
    /// Key of the district.
    pub district: String,
    /// Street with house number where there is one.
    pub street: Option<String>,
    /// Latitude, WGS 84 degrees.
    pub latitude: f64,
    /// Longitude, WGS 84 degrees.
    pub longitude: f64,
}

/// A person in public office. All names are invented.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Stable key.
    pub key: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// "Frau" or "Herr"; missing where neither fits.
    pub form_of_address: Option<String>,
    /// Academic title.
    pub title: Option<String>,
    /// Profession, as told by the person.
    pub profession: Option<String>,
    /// Key of the district the person lives in.
    pub district: Option<String>,
}

/// The council, a committee, a group, a local council or the administration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Stable key.
    pub key: String,
    /// Name in the languages of the site.
    pub name: Text,
    /// Short form, for instance "BA".
    pub short_name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// One or two sentences on what it does.
    pub description: Text,
    /// Where it usually meets.
    pub location: Option<String>,
    /// First day.
    #[serde(deserialize_with = "crate::load::day")]
    pub start: Date,
    /// Last day, inclusive; missing while it exists.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub end: Option<Date>,
}

/// A person's time in an organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Key of the person.
    pub person: String,
    /// Key of the organization.
    pub organization: String,
    /// For instance "Mitglied", "Vorsitz", "Sachkundige Einwohnerin".
    pub role: String,
    /// Whether the member votes.
    pub voting: bool,
    /// First day.
    #[serde(deserialize_with = "crate::load::day")]
    pub start: Date,
    /// Last day, inclusive; missing while it lasts.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub end: Option<Date>,
    /// Key of the group that sent the person.
    pub on_behalf_of: Option<String>,
}

/// A paper (Drucksache).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Stable key, the name of its file.
    pub key: String,
    /// Year and number within the year, for instance "2026/017".
    pub reference: String,
    /// Title in German.
    pub title: String,
    /// What kind of paper.
    pub kind: PaperKind,
    /// Day of the paper.
    pub date: Date,
    /// "Kurz gesagt": one or two sentences, at most 200 characters.
    pub summary: String,
    /// The text in Markdown (headings from level 2, paragraphs, lists, tables).
    pub body: String,
    /// Keys of the organizations (groups, local council, administration) it comes from.
    pub from_organizations: Vec<String>,
    /// Keys of the persons it comes from.
    pub from_persons: Vec<String>,
    /// Key of the committee in charge.
    pub committee: Option<String>,
    /// The office that answers questions.
    pub department: Department,
    /// Key of the district concerned.
    pub district: Option<String>,
    /// Key of the place concerned.
    pub place: Option<String>,
    /// Key of the paper this one belongs to.
    pub superordinate: Option<String>,
    /// Keys of papers on the same matter.
    pub related: Vec<String>,
    /// Title and summary in other languages, by "en" and "leicht".
    pub translations: BTreeMap<String, Translation>,
}

/// Title and summary in another language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// Title.
    pub title: String,
    /// Summary, at most 200 characters.
    pub summary: String,
}

/// A meeting with its agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Stable key, the name of its file.
    pub key: String,
    /// How many meetings of this organization in this year up to here, from 1.
    pub number: u32,
    /// Key of the organization.
    pub organization: String,
    /// Begin, local time.
    pub start: DateTime,
    /// End, local time; the planned end where it is still to come.
    pub end: DateTime,
    /// Where, in words.
    pub location: String,
    /// Key of the place.
    pub place: Option<String>,
    /// Whether it was called off; then it has no results.
    pub is_cancelled: bool,
    /// "Kurz gesagt", at most 200 characters; for meetings to come what it is about.
    pub summary: String,
    /// Summary in other languages, by "en" and "leicht".
    pub translations: BTreeMap<String, String>,
    /// Keys of the voting members present; empty before the meeting.
    pub present: Vec<String>,
    /// Keys of the members who sent their apologies.
    pub excused: Vec<String>,
    /// Number of guests.
    pub guests: Option<u32>,
    /// Day of the invitation.
    pub invited_on: Date,
    /// Day on which the minutes were approved; missing while they are a draft or not yet written.
    pub minutes_approved_on: Option<Date>,
    /// The agenda in order; non-public items last.
    pub agenda: Vec<AgendaItem>,
}

/// An item of the agenda (Tagesordnungspunkt).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Number as printed, unique within the meeting.
    pub number: String,
    /// Title; of a non-public item it is worded so that it may be shown.
    pub title: String,
    /// One or two sentences on what it is about, for the reader.
    #[serde(default)]
    pub summary: Option<String>,
    /// Why the item is not public; missing on public items.
    #[serde(default)]
    pub not_public_because: Option<String>,
    /// Key of the paper.
    #[serde(default)]
    pub paper: Option<String>,
    /// Keys of further papers, for instance amendments.
    #[serde(default)]
    pub more_papers: Vec<String>,
    /// What the committee does with the paper.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// What came out.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// What to know about the outcome, for instance a reason or a new date.
    #[serde(default)]
    pub note: Option<String>,
    /// Text of the resolution.
    #[serde(default)]
    pub resolution: Option<String>,
    /// How the votes fell.
    #[serde(default)]
    pub votes: Option<Votes>,
    /// Keys of members who took no part because they are concerned themselves.
    #[serde(default)]
    pub biased: Vec<String>,
}

/// Votes counted by show of hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Abstentions.
    #[serde(default)]
    pub abstentions: u32,
}
