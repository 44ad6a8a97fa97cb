//! Organizations, persons, and who belongs to what. See the head of `model` for how to read a line.

use jiff::civil::Date;

use super::{File, Location, entity};
use crate::Shape::{Day, ExternalList, Flag, Integer, Many, One, Reference, References, Text, Texts, Url};
use crate::{Embedded, Kind};

entity! {
    /// A committee, faction, party or office (»Gruppierung«). Source: OParl 1.1, object »Organization«.
    Organization, period start_date to end_date {
        /// The body it belongs to.
        body: Option<String> = "body" Reference(Kind::Body);
        /// The full name.
        name: Option<String> = "name" Text;
        /// Its memberships.
        membership: Vec<String> = "membership" References(Kind::Membership);
        /// The list of its meetings.
        meeting: Option<String> = "meeting" ExternalList(Kind::Meeting);
        /// The list of its consultations (since 1.1).
        consultation: Option<String> = "consultation" ExternalList(Kind::Consultation);
        /// The short name.
        short_name: Option<String> = "shortName" Text;
        /// The positions that it has.
        post: Vec<String> = "post" Texts;
        /// The organization it is part of.
        sub_organization_of: Option<String> = "subOrganizationOf" Reference(Kind::Organization);
        /// The coarse type: the standard proposes »Gremium«, »Partei«, »Fraktion« and others.
        organization_type: Option<String> = "organizationType" Text;
        /// The finer type, such as »Ausschuss«.
        classification: Option<String> = "classification" Text;
        /// The day it came to be.
        start_date: Option<Date> = "startDate" Day;
        /// Its last day.
        end_date: Option<Date> = "endDate" Day;
        /// Its own pages.
        website: Option<String> = "website" Url;
        /// Where it sits.
        location: Option<Embedded<Location>> = "location" One(Kind::Location);
        /// The body behind it, where it stands for another municipality.
        external_body: Option<String> = "externalBody" Reference(Kind::Body);
        /// How many members it has (after 1.1).
        member_count: Option<i64> = "memberCount" Integer;
        /// How many of them may vote (after 1.1).
        voting_member_count: Option<i64> = "votingMemberCount" Integer;
    }
}

entity! {
    /// A human being who is a member of an organization. Source: OParl 1.1, object »Person«.
    Person {
        /// The body it belongs to.
        body: Option<String> = "body" Reference(Kind::Body);
        /// The full name, with academic title.
        name: Option<String> = "name" Text;
        /// The family name.
        family_name: Option<String> = "familyName" Text;
        /// The given name.
        given_name: Option<String> = "givenName" Text;
        /// The form of address, such as »Ratsfrau«.
        form_of_address: Option<String> = "formOfAddress" Text;
        /// What is added to the name, such as »jun.«.
        affix: Option<String> = "affix" Text;
        /// Academic titles.
        title: Vec<String> = "title" Texts;
        /// The gender; the standard proposes `female`, `male`, `none`, `other`.
        gender: Option<String> = "gender" Text;
        /// Telephone numbers.
        phone: Vec<String> = "phone" Texts;
        /// Mail addresses.
        email: Vec<String> = "email" Texts;
        /// The address of the place where the person can be reached.
        location: Option<String> = "location" Reference(Kind::Location);
        /// That place itself (since 1.1).
        location_object: Option<Embedded<Location>> = "locationObject" One(Kind::Location);
        /// Functions beside the memberships, such as »Bürgermeister«.
        status: Vec<String> = "status" Texts;
        /// What the person belongs to or belonged to.
        membership: Vec<Embedded<Membership>> = "membership" Many(Kind::Membership);
        /// A portrait (after 1.1).
        image: Option<Embedded<File>> = "image" One(Kind::File);
        /// A short text about the person's life.
        life: Option<String> = "life" Text;
        /// Where that text comes from.
        life_source: Option<String> = "lifeSource" Text;
    }
}

entity! {
    /// A person's membership in an organization. Source: OParl 1.1, object »Membership«.
    Membership, period start_date to end_date {
        /// Who.
        person: Option<String> = "person" Reference(Kind::Person);
        /// In what.
        organization: Option<String> = "organization" Reference(Kind::Organization);
        /// As what, such as »Vorsitzende«.
        role: Option<String> = "role" Text;
        /// Whether with the right to vote.
        voting_right: Option<bool> = "votingRight" Flag;
        /// The first day.
        start_date: Option<Date> = "startDate" Day;
        /// The last day.
        end_date: Option<Date> = "endDate" Day;
        /// The organization for which the person sits there.
        on_behalf_of: Option<String> = "onBehalfOf" Reference(Kind::Organization);
    }
}
