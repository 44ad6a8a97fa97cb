//! What every send asks: is this somebody who may take part, and whose contribution is it? Asked in the closure that writes.

use super::rules::{self, Proof, shown};
use super::store::{self, Pass, Writer};
use crate::store::participants::{self, Known, Participant};
use crate::store::processes::Process;
use allmende_core::{Actor, Id, Refusal};
use allmende_db::Tx;
use allmende_platform::web::routes::encode;
use allmende_platform::{AppError, Ctx, mail};

/// Somebody at the door of a process: what is known of them, and the passes that they can use.
pub struct Entry {
    /// What is known, for [`crate::rules::may_take_part`].
    pub proof: Proof,
    passes: Vec<Pass>,
    email: Option<String>,
}

/// Whose contribution it is.
pub struct Author {
    /// The name that the public reads.
    pub name: String,
    /// Who it is in this process; nobody for a guest without address where that is allowed.
    pub participant: Option<Id<Participant>>,
    /// Whom to write to.
    pub known: Option<Known>,
}

/// Whether a pass can be used by who asks: it belongs to nobody yet, or to the same one.
fn is_own(writer: &Writer, actor: &Actor) -> bool {
    writer.person == actor.person()
}

impl Entry {
    /// Reads what is known of the reader; `email` is the address that a guest gave. One statement where something is shown once, else none.
    ///
    /// # Errors
    /// `audience-other-address` if a guest wrote with the same pass under another address.
    pub fn read(tx: &mut Tx<'_>, ctx: &Ctx, process: &Process, email: Option<&str>) -> Result<Self, AppError> {
        let has_address = email.is_some() || ctx.actor.person().is_some();
        let (proof, email) = (Proof::of(&ctx.actor, has_address), email.map(str::to_owned));
        if shown(&process.audience).next().is_none() {
            return Ok(Self { proof, passes: Vec::new(), email });
        }
        let digest = ctx.guest.as_ref().map(|guest| guest.digest(process.id));
        let mut passes = store::list_passes(tx, process.id, ctx.actor.person(), digest.as_deref())?;
        passes.retain(|pass| pass.writer.as_ref().is_none_or(|writer| is_own(writer, &ctx.actor)));
        let written = passes.iter().filter_map(|pass| pass.writer.as_ref()?.email.as_deref()).next();
        if written.zip(email.as_deref()).is_some_and(|(written, given)| written != mail::folded(given)) {
            return Err(AppError::Refused(Refusal::of_field("email", "audience-other-address")));
        }
        let met = passes.iter().flat_map(|pass| pass.met.clone()).collect::<Vec<_>>();
        Ok(Self { proof: proof.with(met), passes, email })
    }

    /// Who sends, written if they take part for the first time; the passes are theirs from now on.
    ///
    /// # Errors
    /// `audience-other-address` if the address takes part already, without this pass.
    pub fn author(&self, tx: &mut Tx<'_>, ctx: &Ctx, process: &Process, name: &str) -> Result<Author, AppError> {
        let author = match ctx.actor.signed_in() {
            Some(person) => {
                let known = participants::of_account(tx, process.id, person.person, &person.public_name)?;
                Author { name: person.public_name.clone(), participant: Some(known.id), known: Some(known) }
            }
            None => self.guest(tx, ctx, process, name)?,
        };
        if let Some(participant) = author.participant {
            for pass in self.passes.iter().filter(|pass| pass.writer.is_none()) {
                store::bind(tx, pass.id, participant)?;
            }
        }
        Ok(author)
    }

    fn guest(&self, tx: &mut Tx<'_>, ctx: &Ctx, process: &Process, name: &str) -> Result<Author, AppError> {
        let writer = self.passes.iter().find_map(|pass| pass.writer.as_ref());
        let (participant, known) = match (&self.email, writer) {
            (Some(email), Some(Writer { participant, email: None, .. })) => {
                if !participants::give_address(tx, process.id, *participant, email, ctx.language())? {
                    return Err(AppError::Refused(Refusal::of_field("email", "audience-other-address")));
                }
                let known = Known { id: *participant, email: email.clone(), language: ctx.language() };
                (Some(*participant), Some(known))
            }
            (Some(email), _) => {
                let known = participants::of_guest(tx, process.id, email, name, ctx.language())?;
                (Some(known.id), Some(known))
            }
            (None, Some(writer)) => (Some(writer.participant), None),
            (None, None) if self.passes.is_empty() => (None, None),
            (None, None) => (Some(participants::of_nobody(tx, process.id, name, ctx.language())?), None),
        };
        Ok(Author { name: name.to_owned(), participant, known })
    }
}

/// What a page supposes before anything is sent: that an address will be given, and that who has the mark of this process in the cookie has
/// shown what it asks for. Only [`Entry::read`] knows.
#[must_use]
pub fn supposed(ctx: &Ctx, process: &Process) -> Proof {
    let proof = Proof::of(&ctx.actor, true);
    if ctx.guest.as_ref().is_some_and(|guest| guest.has(process.id)) { proof.with(shown(&process.audience).cloned()) } else { proof }
}

/// Where a reader shows what a refusal asks for; `back` is where they come from.
#[must_use]
pub fn way_in(process: &Process, refusal: &Refusal, back: &str) -> Option<String> {
    rules::is_to_be_shown(refusal).then(|| format!("{}/mitmachen?weiter={}", process.path(), encode(back)))
}
