//! The closed lists of words that the files may use, each with the German word shown to residents.

use serde::Deserialize;

/// Declares an enum whose variants are written in the files in kebab case and shown with a German label.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// The German word.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

kinds! {
    /// What an organization is.
    OrganizationKind {
        /// The council itself; there is exactly one.
        Council => "Gemeinderat",
        /// A committee of the council.
        Committee => "Ausschuss",
        /// A parliamentary group.
        Group => "Fraktion",
        /// The elected body of a district.
        LocalCouncil => "Ortsbeirat",
        /// The administration.
        Administration => "Verwaltung",
    }
}

kinds! {
    /// What kind of paper.
    PaperKind {
        /// Proposal of the administration that needs a decision.
        Proposal => "Beschlussvorlage",
        /// Motion of a group, a member or the local council.
        Motion => "Antrag",
        /// Written question.
        Question => "Anfrage",
        /// Information for the council; nothing to decide.
        Notice => "Mitteilung",
        /// Report on something that is under way or done.
        Report => "Bericht",
        /// Motion to change another paper.
        Amendment => "Änderungsantrag",
    }
}

kinds! {
    /// How far a decision is carried out.
    DecisionStatus {
        /// To be done, not begun.
        Open => "noch nicht begonnen",
        /// Begun.
        InProgress => "in Arbeit",
        /// Done in part.
        Partly => "teilweise umgesetzt",
        /// Done.
        Done => "umgesetzt",
        /// It cannot be done.
        NotFeasible => "nicht umsetzbar",
        /// Another decision took its place.
        Superseded => "durch anderen Beschluss ersetzt",
        /// There is nothing to do.
        NoAction => "nichts umzusetzen",
    }
}

kinds! {
    /// The office in charge.
    Department {
        /// Central office, also clerk to the council.
        MainOffice => "Hauptamt",
        /// Buildings, roads, planning.
        BuildingOffice => "Bauamt",
        /// Budget and taxes.
        Treasury => "Kämmerei",
        /// Trees, water, climate.
        EnvironmentOffice => "Umweltamt",
        /// Public order, traffic, fire brigade.
        PublicOrderOffice => "Ordnungsamt",
        /// Schools, day care, social affairs.
        SocialOffice => "Amt für Schule und Soziales",
        /// The mayor's own office.
        MayorOffice => "Büro der Bürgermeisterin",
    }
}

kinds! {
    /// What an organization does with a paper on its agenda.
    Stage {
        /// Prepares and recommends.
        Preliminary => "Vorberatung",
        /// Is heard, for instance the local council.
        Hearing => "Anhörung",
        /// Decides.
        Decision => "Entscheidung",
        /// Takes notice.
        Notice => "Kenntnisnahme",
    }
}

kinds! {
    /// What came out of an agenda item.
    Outcome {
        /// Decided as proposed.
        Adopted => "beschlossen",
        /// Decided with a change.
        AdoptedAmended => "beschlossen, mit Änderung",
        /// Voted down.
        Rejected => "abgelehnt",
        /// Put off to a later meeting.
        Postponed => "vertagt",
        /// Taken notice of.
        Noted => "zur Kenntnis genommen",
        /// Recommended to the council.
        Recommended => "empfohlen",
        /// Recommended to the council with a change.
        RecommendedAmended => "empfohlen, mit Änderung",
        /// The council is advised against it.
        NotRecommended => "nicht empfohlen",
        /// Sent to a committee.
        Referred => "überwiesen",
        /// Taken back by those who brought it in.
        Withdrawn => "zurückgezogen",
        /// Somebody was elected.
        Elected => "gewählt",
        /// Questions were answered.
        Answered => "beantwortet",
        /// Non-public; the result was made known afterwards.
        Announced => "Ergebnis bekannt gegeben",
        /// Non-public; dealt with, the result stays inside.
        DealtWith => "behandelt",
        /// The minutes were approved.
        Approved => "genehmigt",
    }
}

kinds! {
    /// What an account may do on the site.
    Role {
        /// Anyone who lives there.
        Resident => "Einwohnerin oder Einwohner",
        /// Member of the council.
        Member => "Ratsmitglied",
        /// Writes news and pages.
        Editor => "Redaktion",
        /// Moderates contributions.
        Moderator => "Moderation",
        /// Owes answers for an office.
        Department => "Fachamt",
        /// Keeps meetings and papers.
        Clerk => "Ratsbüro",
        /// Runs the installation.
        Administrator => "Verwaltung der Seite",
        /// Coordinates a network of municipalities.
        Coordinator => "Netzwerk",
    }
}

kinds! {
    /// What a node of a thread is (plan of the house, section 2).
    NodeKind {
        /// A topic that residents put forward.
        Impulse => "Impuls",
        /// An undertaking of the municipality.
        Undertaking => "Vorhaben",
        /// A participation process.
        Process => "Dialog",
        /// What somebody said in a process.
        Contribution => "Beitrag",
        /// What the administration answered.
        Answer => "Antwort",
        /// A paper of the council.
        Paper => "Vorlage",
        /// An item of an agenda.
        AgendaItem => "Tagesordnungspunkt",
        /// What the council decided.
        Decision => "Beschluss",
        /// A part of the implementation.
        Measure => "Maßnahme",
        /// What is to be reached.
        Indicator => "Kennzahl",
        /// A series of measurements.
        ObservationSeries => "Messreihe",
        /// A meeting.
        Meeting => "Sitzung",
    }
}

kinds! {
    /// How two nodes belong together (plan of the house, section 2).
    LinkKind {
        /// `from` answers `to`.
        Answers => "antwortet auf",
        /// `from` leads to `to`.
        LeadsTo => "führt zu",
        /// `from` is discussed in `to`.
        DiscussedIn => "besprochen in",
        /// `from` is considered in `to`.
        ConsideredIn => "berücksichtigt in",
        /// `from` is decided by `to`.
        DecidedBy => "entschieden durch",
        /// `from` changes the text of `to`.
        ChangesTextOf => "ändert den Text von",
        /// `from` implements `to`.
        Implements => "setzt um",
        /// `from` is measured by `to`.
        MeasuredBy => "gemessen durch",
        /// `from` says the same as `to`.
        Duplicates => "wie",
        /// The two have to do with each other.
        Related => "gehört zu",
    }
}
