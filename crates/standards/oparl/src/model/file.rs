//! Files and places. See the head of `model` for how to read a line.

use jiff::civil::Date;
use serde_json::Value;

use super::entity;
use crate::Kind;
use crate::Shape::{Day, Integer, Json, Reference, References, Text, Url};

entity! {
    /// A file with its metadata. Source: OParl 1.1, object »File«.
    File {
        /// A title for people.
        name: Option<String> = "name" Text;
        /// The name under which it is saved.
        file_name: Option<String> = "fileName" Text;
        /// The media type.
        mime_type: Option<String> = "mimeType" Text;
        /// The day from which deadlines are counted.
        date: Option<Date> = "date" Day;
        /// The size in bytes.
        size: Option<i64> = "size" Integer;
        /// SHA-1 in hexadecimal (deprecated).
        sha1_checksum: Option<String> = "sha1Checksum" Text;
        /// SHA-512 in hexadecimal (since 1.1).
        sha512_checksum: Option<String> = "sha512Checksum" Text;
        /// The whole text.
        text: Option<String> = "text" Text;
        /// Where it can be seen. Required.
        access_url: Option<String> = "accessUrl" Url;
        /// Where it can be downloaded.
        download_url: Option<String> = "downloadUrl" Url;
        /// Where an outside service shows it, such as a video.
        external_service_url: Option<String> = "externalServiceUrl" Url;
        /// The file from which this one was made.
        master_file: Option<String> = "masterFile" Reference(Kind::File);
        /// Files that were made from this one.
        derivative_file: Vec<String> = "derivativeFile" References(Kind::File);
        /// The file's own licence.
        file_license: Option<String> = "fileLicense" Url;
        /// Meetings that have it.
        meeting: Vec<String> = "meeting" References(Kind::Meeting);
        /// Agenda items that have it.
        agenda_item: Vec<String> = "agendaItem" References(Kind::AgendaItem);
        /// The person whom it shows (after 1.1).
        person: Option<String> = "person" Reference(Kind::Person);
        /// Papers that have it.
        paper: Vec<String> = "paper" References(Kind::Paper);
    }
}

entity! {
    /// A place, as text, as geometry or both. Source: OParl 1.1, object »Location«.
    Location {
        /// The place in words.
        description: Option<String> = "description" Text;
        /// The place as GeoJSON (WGS 84, longitude first).
        geojson: Option<Value> = "geojson" Json;
        /// Street and number.
        street_address: Option<String> = "streetAddress" Text;
        /// The room.
        room: Option<String> = "room" Text;
        /// The postal code.
        postal_code: Option<String> = "postalCode" Text;
        /// The part of the town.
        sub_locality: Option<String> = "subLocality" Text;
        /// The town.
        locality: Option<String> = "locality" Text;
        /// Bodies at this place.
        bodies: Vec<String> = "bodies" References(Kind::Body);
        /// Organizations at this place.
        organizations: Vec<String> = "organizations" References(Kind::Organization);
        /// Persons at this place.
        persons: Vec<String> = "persons" References(Kind::Person);
        /// Meetings at this place.
        meetings: Vec<String> = "meetings" References(Kind::Meeting);
        /// Papers about this place.
        papers: Vec<String> = "papers" References(Kind::Paper);
    }
}
