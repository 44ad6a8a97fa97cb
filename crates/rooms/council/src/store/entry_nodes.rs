//! The thread's rows of what was entered by hand: public objects have a public node, all others none that strangers see.

use crate::entry::rules::State;
use crate::store::nodes::{self, Node};
use allmende_core::Id;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread;

/// What the thread hears of an object.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// As the thread shows it.
    pub node: Node<'a>,
    /// One or two sentences.
    pub summary: Option<&'a str>,
    /// Where the object stands.
    pub state: State,
}

/// Writes the node of a public object, or takes away that of one that is not public any more. Returns the public node.
///
/// # Errors
/// What the database reports.
pub fn tell(tx: &mut Tx<'_>, told: &Told<'_>) -> Result<Option<Id<thread::Node>>, DbError> {
    if told.state != State::Public {
        nodes::withdraw(tx, told.node.kind, told.node.object_id)?;
        return Ok(None);
    }
    let (id, _) = nodes::keep(tx, &told.node)?;
    let site = tx.site()?;
    tx.execute(sql!("UPDATE node SET summary = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &told.summary])?;
    Ok(Some(Id::new(id)))
}
