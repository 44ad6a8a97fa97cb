//! Papers and where they are discussed. See the head of `model` for how to read a line.

use jiff::civil::Date;

use super::{File, Location, entity};
use crate::Shape::{Day, Flag, Many, One, Reference, References, Text};
use crate::{Embedded, Kind};

entity! {
    /// A printed matter of the council (»Drucksache«, »Vorlage«). Source: OParl 1.1, object »Paper«.
    Paper {
        /// The body it belongs to.
        body: Option<String> = "body" Reference(Kind::Body);
        /// The title.
        name: Option<String> = "name" Text;
        /// The number by which the council knows it (»Drucksachennummer«).
        reference: Option<String> = "reference" Text;
        /// The day from which deadlines are counted.
        date: Option<Date> = "date" Day;
        /// What kind of paper, such as »Anfrage«.
        paper_type: Option<String> = "paperType" Text;
        /// Papers that have to do with it.
        related_paper: Vec<String> = "relatedPaper" References(Kind::Paper);
        /// Papers above it.
        superordinated_paper: Vec<String> = "superordinatedPaper" References(Kind::Paper);
        /// Papers below it.
        subordinated_paper: Vec<String> = "subordinatedPaper" References(Kind::Paper);
        /// The paper itself.
        main_file: Option<Embedded<File>> = "mainFile" One(Kind::File);
        /// Its annexes.
        auxiliary_file: Vec<Embedded<File>> = "auxiliaryFile" Many(Kind::File);
        /// The places it is about.
        location: Vec<Embedded<Location>> = "location" Many(Kind::Location);
        /// The persons who brought it in.
        originator_person: Vec<String> = "originatorPerson" References(Kind::Person);
        /// The offices in charge.
        under_direction_of: Vec<String> = "underDirectionOf" References(Kind::Organization);
        /// The organizations that brought it in.
        originator_organization: Vec<String> = "originatorOrganization" References(Kind::Organization);
        /// Its way through the committees (»Beratungsfolge«).
        consultation: Vec<Embedded<Consultation>> = "consultation" Many(Kind::Consultation);
    }
}

entity! {
    /// The discussion of a paper in a meeting (»Beratung«). Source: OParl 1.1, object »Consultation«.
    Consultation {
        /// The paper.
        paper: Option<String> = "paper" Reference(Kind::Paper);
        /// The agenda item in which it happens.
        agenda_item: Option<String> = "agendaItem" Reference(Kind::AgendaItem);
        /// The meeting in which it happens.
        meeting: Option<String> = "meeting" Reference(Kind::Meeting);
        /// Who discusses.
        organization: Vec<String> = "organization" References(Kind::Organization);
        /// Whether a binding decision is taken there (»federführend«).
        authoritative: Option<bool> = "authoritative" Flag;
        /// What for, such as »Entscheidung« or »Anhörung«.
        role: Option<String> = "role" Text;
    }
}
