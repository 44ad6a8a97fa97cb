//! Meetings and their agenda. See the head of `model` for how to read a line.

use jiff::Timestamp;

use super::{File, Location, entity};
use crate::Shape::{Flag, Instant, Integer, Many, One, Reference, References, Text};
use crate::{Embedded, Kind};

entity! {
    /// A meeting of one or more organizations (»Sitzung«). Source: OParl 1.1, object »Meeting«.
    Meeting, period start to end {
        /// Its name.
        name: Option<String> = "name" Text;
        /// Its state; the standard proposes »terminiert«, »eingeladen«, »durchgeführt«.
        meeting_state: Option<String> = "meetingState" Text;
        /// Whether it was called off.
        cancelled: Option<bool> = "cancelled" Flag;
        /// When it begins or began.
        start: Option<Timestamp> = "start" Instant;
        /// When it ends or ended.
        end: Option<Timestamp> = "end" Instant;
        /// Where.
        location: Option<Embedded<Location>> = "location" One(Kind::Location);
        /// Who meets.
        organization: Vec<String> = "organization" References(Kind::Organization);
        /// Who took part.
        participant: Vec<String> = "participant" References(Kind::Person);
        /// The invitation.
        invitation: Option<Embedded<File>> = "invitation" One(Kind::File);
        /// The minutes with the results only.
        results_protocol: Option<Embedded<File>> = "resultsProtocol" One(Kind::File);
        /// The minutes word by word.
        verbatim_protocol: Option<Embedded<File>> = "verbatimProtocol" One(Kind::File);
        /// Other files.
        auxiliary_file: Vec<Embedded<File>> = "auxiliaryFile" Many(Kind::File);
        /// The agenda, in its order.
        agenda_item: Vec<Embedded<AgendaItem>> = "agendaItem" Many(Kind::AgendaItem);
    }
}

entity! {
    /// An item of a meeting's agenda (»Tagesordnungspunkt«). Source: OParl 1.1, object »AgendaItem«.
    AgendaItem, period start to end {
        /// The meeting.
        meeting: Option<String> = "meeting" Reference(Kind::Meeting);
        /// The number as printed, such as »10.1« or »A«.
        number: Option<String> = "number" Text;
        /// The position in the agenda. Required since 1.1.
        order: Option<i64> = "order" Integer;
        /// The subject.
        name: Option<String> = "name" Text;
        /// Whether it is dealt with in public.
        public: Option<bool> = "public" Flag;
        /// The consultation that it holds.
        consultation: Option<String> = "consultation" Reference(Kind::Consultation);
        /// The outcome in words, such as »Unverändert beschlossen«.
        result: Option<String> = "result" Text;
        /// The text of the decision.
        resolution_text: Option<String> = "resolutionText" Text;
        /// The decision as a file.
        resolution_file: Option<Embedded<File>> = "resolutionFile" One(Kind::File);
        /// Other files.
        auxiliary_file: Vec<Embedded<File>> = "auxiliaryFile" Many(Kind::File);
        /// When its discussion began.
        start: Option<Timestamp> = "start" Instant;
        /// When its discussion ended.
        end: Option<Timestamp> = "end" Instant;
    }
}
