//! OParl 1.0 and 1.1: the types, tolerant decoding, strict encoding and checking.
//!
//! The crate turns what a council information system answers into typed objects, whatever is wrong with it, and says what
//! was wrong; and it turns typed objects into answers that keep every MUST and SHOULD of OParl 1.1. It does no input or
//! output, asks no clock and knows neither database nor web server. The standard: <https://oparl.org/spezifikation/>.
//!
//! Where to start, and what is in which file:
//!
//! | file | holds |
//! |---|---|
//! | `kind` | [`Kind`], the twelve types with their addresses and required properties |
//! | `shape` | [`Shape`], what kind of value a property holds; the tables that reading, writing and checking share |
//! | `object` | [`Common`], [`Embedded`], [`Entity`], [`Object`]: what all types have in common |
//! | `model/` | one struct per type, each property declared once |
//! | `finding` | [`Defect`], [`Finding`], [`Findings`]: what a server got wrong, counted, with examples |
//! | `read/` | [`read()`], [`read_answer`], [`read_items`]: one JSON value into one object; `values` reads one property |
//! | `page` | [`read_list`], [`parse`], [`ErrorObject`]: an answer's bytes into JSON, broken answers repaired or refused |
//! | `time` | instants and days: many spellings in, one out |
//! | `text` | blank text, HTML escaping |
//! | `address` | web addresses: what is one, which are the same, which mistakes servers make in them |
//! | `write` | [`Encoding`], [`Encoded`]: one object into JSON, streamed |
//! | `list` | [`OutgoingPage`], [`ListQuery`], [`ListLinks`], [`Pagination`]: a list page with its links |
//! | `check` | [`check()`], [`check_page`]: the rules of the standard as a table |
//!
//! ```
//! use allmende_oparl::{Encoding, Findings, Kind, Object, check, read, time};
//!
//! let answer = serde_json::json!({"id": "https://rat.example/paper/1", "name": "Radweg", "date": "1.2.2026"});
//! let mut findings = Findings::default();
//! let Some(Object::Paper(paper)) = read(&answer, Kind::Paper, &mut findings) else { panic!("a paper") };
//! assert_eq!(paper.name.as_deref(), Some("Radweg"));
//! let keys: Vec<_> = findings.iter().map(|(defect, _)| defect.key()).collect();
//! assert_eq!(keys, ["missing-type", "missing-created", "missing-modified", "date-format"]);
//!
//! let encoding = Encoding::strict(time::berlin());
//! assert!(check(&Object::Paper(paper).to_json(&encoding)).is_empty());
//! ```

pub mod address;
mod check;
mod finding;
mod kind;
mod list;
mod model;
mod object;
mod page;
mod read;
mod shape;
pub mod text;
pub mod time;
mod write;

pub use check::{Rule, Severity, Violation, check, check_page};
pub use finding::{Defect, Finding, Findings, Tally};
pub use kind::Kind;
pub use list::{BadParameter, ListLinks, ListQuery, OutgoingPage, Pagination};
pub use model::{AgendaItem, Body, Consultation, File, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person, System};
pub use object::{Common, Embedded, Entity, Object};
pub use page::{ErrorObject, ListPage, NESTING_MAX, ReadError, Repair, parse, read_list};
pub use read::{NAME_CHARS_MAX, read, read_answer, read_items};
pub use shape::{Property, Shape};
pub use write::{Encoded, Encoding};

/// The version address that a `System` of OParl 1.1 states as its `oparlVersion`.
pub const VERSION_1_1: &str = "https://schema.oparl.org/1.1/";
