//! The thread's rows of what was entered by hand: public objects have a public node, all others none that strangers see.

use crate::entry::rules::State;
use allmende_core::Id;
use allmende_db::{DbError, Tx};
use allmende_platform::thread::{self, NodeData};

/// Writes the node of a public object, or takes away that of one that is not public any more. Returns the public node.
///
/// # Errors
/// What the database reports.
pub fn tell(tx: &mut Tx<'_>, node: &NodeData<'_>, state: State) -> Result<Option<Id<thread::Node>>, DbError> {
    if state == State::Public {
        return thread::keep(tx, node).map(|(id, _)| Some(id));
    }
    thread::withdraw(tx, node.kind, node.object_id)?;
    Ok(None)
}
