//! Markers for typed ids, one for each kind of OParl object: an `Id<Paper>` is the number of a row in `council_paper`.

macro_rules! markers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])* #[derive(Debug)] pub enum $name {})+
    };
}

markers! {
    /// A municipality or other corporation (OParl: Body).
    Body,
    /// A legislative term (OParl: LegislativeTerm).
    Term,
    /// A council, committee, parliamentary group or department (OParl: Organization).
    Organization,
    /// A person with a mandate (OParl: Person); has nothing to do with an account.
    CouncilPerson,
    /// A person in an organization for a time (OParl: Membership).
    Membership,
    /// A meeting (OParl: Meeting).
    Meeting,
    /// An item on an agenda (OParl: AgendaItem).
    AgendaItem,
    /// A paper (OParl: Paper).
    Paper,
    /// One station of a paper's way through the committees (OParl: Consultation).
    Consultation,
    /// A document (OParl: File).
    File,
    /// A place (OParl: Location).
    Location,
    /// An OParl server from which a site imports.
    Source,
    /// One run of an import.
    Run,
}
