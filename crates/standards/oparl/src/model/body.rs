//! The interface, the municipality behind it, and the terms of its council. See the head of `model` for how to read a line.

use jiff::{Timestamp, civil::Date};

use super::{Location, entity};
use crate::Shape::{Day, ExternalList, Instant, Many, One, Reference, References, Text, Url, Urls};
use crate::{Embedded, Kind};

entity! {
    /// The interface itself, the entry to everything. Source: OParl 1.1, object »System«.
    System {
        /// The version spoken, such as `https://schema.oparl.org/1.1/`. Required.
        oparl_version: Option<String> = "oparlVersion" Url;
        /// The `System` objects of the same server in other versions.
        other_oparl_versions: Vec<String> = "otherOparlVersions" References(Kind::System);
        /// The list of bodies. Required.
        body: Option<String> = "body" ExternalList(Kind::Body);
        /// A name that users recognise.
        name: Option<String> = "name" Text;
        /// Address for questions about the interface.
        contact_email: Option<String> = "contactEmail" Text;
        /// Name of the contact.
        contact_name: Option<String> = "contactName" Text;
        /// The council information system's pages for people.
        website: Option<String> = "website" Url;
        /// The page of the software's maker.
        vendor: Option<String> = "vendor" Url;
        /// The page of the software.
        product: Option<String> = "product" Url;
    }
}

entity! {
    /// A municipality, district or other corporation (»Körperschaft«). Source: OParl 1.1, object »Body«.
    Body {
        /// The interface that serves this body.
        system: Option<String> = "system" Reference(Kind::System);
        /// The short name.
        short_name: Option<String> = "shortName" Text;
        /// The full name. Required.
        name: Option<String> = "name" Text;
        /// The body's own pages.
        website: Option<String> = "website" Url;
        /// Since when the data have been under the licence stated.
        license_valid_since: Option<Timestamp> = "licenseValidSince" Instant;
        /// Since when data have been offered by OParl.
        oparl_since: Option<Timestamp> = "oparlSince" Instant;
        /// The official municipality key (»Amtlicher Gemeindeschlüssel«): eight digits.
        ags: Option<String> = "ags" Text;
        /// The official regional key (»Regionalschlüssel«): twelve digits.
        rgs: Option<String> = "rgs" Text;
        /// Other addresses of the same thing, such as in Wikidata.
        equivalent: Vec<String> = "equivalent" Urls;
        /// Address for questions about the data.
        contact_email: Option<String> = "contactEmail" Text;
        /// Name of the contact.
        contact_name: Option<String> = "contactName" Text;
        /// The list of organizations. Required.
        organization: Option<String> = "organization" ExternalList(Kind::Organization);
        /// The list of persons. Required.
        person: Option<String> = "person" ExternalList(Kind::Person);
        /// The list of meetings. Required.
        meeting: Option<String> = "meeting" ExternalList(Kind::Meeting);
        /// The list of papers. Required.
        paper: Option<String> = "paper" ExternalList(Kind::Paper);
        /// The terms of the council. Required, may be empty.
        legislative_term: Vec<Embedded<LegislativeTerm>> = "legislativeTerm" Many(Kind::LegislativeTerm);
        /// The list of agenda items (since 1.1).
        agenda_item: Option<String> = "agendaItem" ExternalList(Kind::AgendaItem);
        /// The list of consultations (since 1.1).
        consultation: Option<String> = "consultation" ExternalList(Kind::Consultation);
        /// The list of files (since 1.1).
        file: Option<String> = "file" ExternalList(Kind::File);
        /// The list of locations (since 1.1).
        location_list: Option<String> = "locationList" ExternalList(Kind::Location);
        /// The list of terms (since 1.1).
        legislative_term_list: Option<String> = "legislativeTermList" ExternalList(Kind::LegislativeTerm);
        /// The list of memberships (since 1.1).
        membership: Option<String> = "membership" ExternalList(Kind::Membership);
        /// What kind of corporation, such as »Kreisfreie Stadt«.
        classification: Option<String> = "classification" Text;
        /// Where its administration sits.
        location: Option<Embedded<Location>> = "location" One(Kind::Location);
        /// The organization that decides in the end, usually the council (after 1.1).
        main_organization: Option<String> = "mainOrganization" Reference(Kind::Organization);
    }
}

entity! {
    /// A term of the council (»Wahlperiode«). Source: OParl 1.1, object »LegislativeTerm«.
    LegislativeTerm, period start_date to end_date {
        /// The body whose term it is.
        body: Option<String> = "body" Reference(Kind::Body);
        /// Its name.
        name: Option<String> = "name" Text;
        /// The first day.
        start_date: Option<Date> = "startDate" Day;
        /// The last day.
        end_date: Option<Date> = "endDate" Day;
    }
}
