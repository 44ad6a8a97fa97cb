//! XBeteiligung 1.2: the code lists that the weighing of statements needs, and a strict writer of statements with their weighing.
//!
//! Pure: no database, no clock. Element names, their order and which of them must stand follow the type »Stellungnahme« of the
//! standard's namespace `https://www.xleitstelle.de/xbeteiligung/12`. What this writes is a collection of such elements, not a message:
//! * The messages of the standard (`allgemein.stellungnahme.Neuabgegeben.0701` …) hold one statement each, inside an envelope with
//!   sender and receiver of public offices. Whoever sends puts each element into an envelope of their own.
//! * Version 1.2 has the code of the weighing, but no place for its reason: the reason stands beside the statement, in the
//!   collection's own namespace ([`COLLECTION`]).
//! * The steps of formal planning procedures (`verfahrensschritt…`, `verfahrensteilschritt`) are demanded by the standard, but an informal
//!   consultation has none: they are written if they are given and else left out, and such a file does not pass the schema.
//! * Nothing was held against the schema itself: tests check order, codes and that the file is well-formed.
//!
//! A statement is never "partly" followed: it is split, and each point is a statement with a number of its own. Start with [`write`].

pub mod codes;
mod write;

pub use codes::{Kind, Reply, Status, Weighing};
pub use write::{COLLECTION, Collection, Flaw, NAMESPACE, Place, Statement, Step, write};
