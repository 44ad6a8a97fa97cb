//! The thread's nodes of imported objects, and what is told of them.

use super::{Whole, Writer};
use crate::store::import_memory::Entry;
use crate::store::{kind_key, nodes};
use allmende_core::{Actor, Id, Instant};
use allmende_db::DbError;
use allmende_oparl::{Kind, Object};
use allmende_platform::thread::{self, NodeData, Step};

impl Writer<'_, '_> {
    /// Keeps the thread's node of an object that has one. Returns a meeting's page, for its agenda.
    pub(super) fn node(&mut self, object: &Object, id: i64, position: i64, whole: Option<&Whole<'_>>, entry: Option<Entry>) -> Result<Option<String>, DbError> {
        let kind = object.kind();
        let (title, path, happened_at, state) = match object {
            Object::Paper(paper) => {
                let title = paper.name.as_deref().or(paper.reference.as_deref()).unwrap_or_default();
                (title, nodes::paper_path(id, title), paper.date.and_then(midnight), None)
            }
            Object::Meeting(meeting) => {
                let title = meeting.name.as_deref().unwrap_or_default();
                (title, nodes::meeting_path(id, title), meeting.start.map(|start| start.as_millisecond()), meeting.meeting_state.as_deref())
            }
            Object::Organization(organization) => {
                let title = organization.name.as_deref().unwrap_or_default();
                (title, nodes::organization_path(id, title), None, None)
            }
            Object::AgendaItem(item) if has_decision(object) => {
                let meeting_path = match whole.and_then(|whole| whole.path) {
                    Some(path) => path.to_owned(),
                    None => self.path_of_meeting(item.meeting.as_deref(), whole)?,
                };
                let position = item.order.unwrap_or(position);
                let start = item.start.map(|start| start.as_millisecond()).or(whole.and_then(|whole| whole.starts_at));
                (item.name.as_deref().unwrap_or_default(), nodes::agenda_item_path(&meeting_path, position), start, item.result.as_deref())
            }
            // A decision that the server took back is no longer one.
            Object::AgendaItem(_) if entry.is_some() => return self.withdraw_node(kind, id).map(|()| None),
            _ => return Ok(None),
        };
        let is_known = entry.is_some_and(|entry| entry.embedded.is_some() || entry.alone.is_some());
        let before = if is_known && kind == Kind::Meeting { thread::find_path(self.tx, kind_key(kind), id)? } else { None };
        let happened_at = happened_at.map(Instant::from_millis);
        let node = NodeData { kind: kind_key(kind), object_id: id, title, summary: None, path: &path, happened_at, state };
        let (node_id, is_new) = if entry.is_some() { thread::keep(self.tx, &node)? } else { (thread::insert(self.tx, &node)?, true) };
        if before.is_some_and(|before| before != path) {
            nodes::move_agenda(self.tx, id, &path)?;
        }
        if self.plan.tells {
            let told = match (kind, is_new) {
                (Kind::AgendaItem, _) => Some("result"),
                (Kind::Paper | Kind::Meeting, true) => Some("published"),
                (Kind::Paper | Kind::Meeting, false) => Some("changed"),
                _ => None,
            };
            if let Some(told) = told {
                self.tell(node_id, told)?;
            }
        }
        Ok((kind == Kind::Meeting).then_some(path))
    }

    fn path_of_meeting(&mut self, url: Option<&str>, whole: Option<&Whole<'_>>) -> Result<String, DbError> {
        let id = whole.filter(|whole| whole.kind == Kind::Meeting).map(|whole| whole.id).or_else(|| url.and_then(|url| self.lookup(url)).map(|entry| entry.id));
        match id {
            Some(id) => Ok(thread::find_path(self.tx, kind_key(Kind::Meeting), id)?.unwrap_or_else(|| nodes::meeting_path(id, ""))),
            None => Ok("/rat/sitzungen".to_owned()),
        }
    }

    pub(super) fn withdraw_node(&mut self, kind: Kind, id: i64) -> Result<(), DbError> {
        if !has_thread(kind) {
            return Ok(());
        }
        if let Some(node) = thread::withdraw(self.tx, kind_key(kind), id)?
            && self.plan.tells
        {
            self.tell(node, "withdrawn")?;
        }
        Ok(())
    }

    fn tell(&mut self, node: Id<thread::Node>, kind: &str) -> Result<(), DbError> {
        thread::record(self.tx, node, &Actor::System, &Step { kind, reason: None, detail: None, is_public: true })
    }
}

const fn has_thread(kind: Kind) -> bool {
    matches!(kind, Kind::Paper | Kind::Meeting | Kind::AgendaItem | Kind::Organization)
}

fn has_decision(object: &Object) -> bool {
    matches!(object, Object::AgendaItem(item) if item.result.is_some() || item.resolution_text.is_some())
}

fn midnight(day: jiff::civil::Date) -> Option<i64> {
    day.to_zoned(allmende_oparl::time::berlin()).ok().map(|start| start.timestamp().as_millisecond())
}
