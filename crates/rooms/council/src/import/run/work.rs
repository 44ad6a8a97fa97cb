//! What one delivery of the reading thread has to write: a page of a list, or answers to questions for single objects.
//!
//! Knows how to write itself in pieces and what is kept of it beside the objects; when and in which transaction is decided in
//! [`super`]. Start with [`Work::write`].

use super::super::Mode;
use super::super::lists::{Answer, Item, Page, Parcel};
use crate::store::import as rows;
use crate::store::import::{ListState, OpenReference, RunRow};
use crate::store::import_memory::{Outcome, Plan};
use crate::store::import_writer::Writer;
use allmende_db::{DbError, Tx};
use allmende_oparl::Kind;

/// What one delivery has to write.
pub(super) enum Work {
    Page(Box<Page>),
    Answers(Vec<(OpenReference, Answer)>),
}

impl Work {
    pub(super) fn of(parcel: Parcel) -> Self {
        match parcel {
            Parcel::Page(page) => Self::Page(page),
            Parcel::Answers(answers) => Self::Answers(answers),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Page(page) => page.items.len(),
            Self::Answers(answers) => answers.len(),
        }
    }

    pub(super) fn name(&self, index: usize) -> (Option<Kind>, String) {
        let item = match self {
            Self::Page(page) => page.items.get(index),
            Self::Answers(answers) => match answers.get(index) {
                Some((_, Answer::Found(item))) => Some(item),
                Some((reference, _)) => return (Some(reference.entry.kind), reference.url.clone()),
                None => None,
            },
        };
        match item {
            Some(Item::Branch(branch)) => (Some(branch.object.kind()), branch.url.clone()),
            _ => (None, String::new()),
        }
    }

    pub(super) fn write(&self, writer: &mut Writer<'_, '_>, range: std::ops::Range<usize>, mode: Mode) -> Result<(), DbError> {
        let one = |writer: &mut Writer<'_, '_>, item: &Item| match item {
            Item::Same(entry) => {
                writer.pass_over(*entry);
                Ok(())
            }
            Item::Branch(branch) => writer.write(branch),
        };
        match self {
            Self::Page(page) => {
                writer.within(page.list.body.as_deref());
                page.items[range].iter().try_for_each(|item| one(writer, item))
            }
            Self::Answers(answers) => answers[range].iter().try_for_each(|(reference, answer)| match answer {
                Answer::Found(item) => one(writer, item),
                Answer::Missing if mode == Mode::Reconcile && reference.entry.alone.is_some() => writer.withdraw_missing(&reference.url, reference.entry),
                Answer::Missing | Answer::Failed => Ok(()),
            }),
        }
    }

    /// Marks what was seen in a reconciliation, and what was asked.
    pub(super) fn mark(&self, tx: &mut Tx<'_>, plan: &Plan, row: &RunRow, outcome: &Outcome, range: std::ops::Range<usize>) -> Result<(), DbError> {
        if row.mode == Mode::Reconcile {
            for (kind, ids) in &outcome.seen {
                rows::mark_seen(tx, plan.run_id, *kind, ids)?;
            }
        }
        if let Self::Answers(answers) = self {
            for (reference, answer) in &answers[range] {
                rows::mark_asked(tx, row, &reference.url, matches!(answer, Answer::Missing))?;
            }
        }
        Ok(())
    }

    pub(super) fn list_url(&self) -> Option<&str> {
        match self {
            Self::Page(page) => Some(&page.list.url),
            Self::Answers(_) => None,
        }
    }

    /// Whether nothing on this page changed: a run that is interrupted may as well read it again.
    pub(super) fn is_idle(&self, outcome: &Outcome) -> bool {
        let is_same = |state: &ListState| state.newest == state.watermark;
        outcome.fresh.is_empty() && matches!(self, Self::Page(page) if page.state.as_ref().is_none_or(is_same))
    }

    /// Keeps how far the list was read, if there is anything to keep.
    pub(super) fn keep_state(&self, tx: &mut Tx<'_>, plan: &Plan, must: bool) -> Result<(), DbError> {
        let Self::Page(page) = self else { return Ok(()) };
        match &page.state {
            Some(state) if must => rows::keep_page(tx, plan.source_id, &page.list.url, page.list.kind, state),
            _ => Ok(()),
        }
    }
}
