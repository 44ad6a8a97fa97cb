//! Asking for single objects by their addresses: what others refer to and no list held.

use super::{Answer, Halt, Item, Parcel, Reader, strip_nul};
use crate::import::fetch::Miss;
use crate::import::tree::{digest_of_json, grow};
use crate::store::import::OpenReference;
use allmende_oparl::{Defect, address, read_answer};
use allmende_platform::clock;
use serde_json::Value;
use std::time::Duration;

impl Reader<'_> {
    /// Asks for objects by their addresses and delivers the answers.
    ///
    /// # Errors
    /// [`Halt`].
    pub fn references(&mut self, references: Vec<OpenReference>) -> Result<(), Halt> {
        const GROUP: usize = 50;
        let mut answers = Vec::with_capacity(GROUP);
        let mut own = Duration::ZERO;
        for reference in references {
            let answer = self.reference(&reference, &mut own)?;
            answers.push((reference, answer));
            if answers.len() == GROUP {
                self.deliver(Parcel::Answers(std::mem::take(&mut answers)), std::mem::take(&mut own))?;
            }
        }
        self.deliver(Parcel::Answers(answers), own)
    }

    fn reference(&mut self, reference: &OpenReference, own: &mut Duration) -> Result<Answer, Halt> {
        let (url, kind) = (&reference.url, reference.entry.kind);
        // What has a mark in its address was embedded and has no address of its own.
        if url.contains('#') {
            return Ok(Answer::Missing);
        }
        let value = match self.fetcher.object(url, kind, &mut self.findings) {
            Ok(value) => value,
            Err(Miss::Stopped) => return Err(Halt::Stopped),
            Err(Miss::Failed(why)) => {
                self.is_alive(&why)?;
                self.note(Defect::NotRetrievable, kind, url, || why);
                return Ok(Answer::Failed);
            }
            Err(miss) => {
                self.note(Defect::NotRetrievable, kind, url, || format!("{miss:?}"));
                return Ok(Answer::Missing);
            }
        };
        let started = clock::ticks();
        let answer = self.answer(value, reference);
        *own += started.elapsed();
        Ok(answer)
    }

    fn answer(&mut self, mut value: Value, reference: &OpenReference) -> Answer {
        strip_nul(&mut value);
        let digest = digest_of_json(&value);
        if reference.entry.alone == Some(digest) {
            return Answer::Found(Item::Same(reference.entry));
        }
        let Some(mut object) = read_answer(&value, &reference.url, reference.entry.kind, &mut self.findings) else { return Answer::Missing };
        let value = match value {
            Value::Array(mut items) if !items.is_empty() => items.swap_remove(0),
            other => other,
        };
        if object.kind() != reference.entry.kind {
            return Answer::Missing;
        }
        if reference.entry.alone.is_none() {
            self.note(Defect::NotInLists, reference.entry.kind, &reference.url, String::new);
        }
        // Others refer to it by the address asked.
        let own_id = std::mem::replace(&mut object.common_mut().id, reference.url.clone());
        let is_other = own_id != reference.url && !address::same_resource(&own_id, &reference.url);
        if is_other && self.known.read().is_ok_and(|known| known.get(&own_id).is_some()) {
            return Answer::Missing;
        }
        Answer::Found(Item::Branch(Box::new(grow(object, value, digest))))
    }
}
