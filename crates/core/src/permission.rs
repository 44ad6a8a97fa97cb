//! What a role may do: one table for the whole product, deny by default.
//!
//! The table is printed as `permissions.txt` by a test; a reviewer reads that file first.

use crate::actor::{Actor, Role};

/// Something that a route or a rule can allow or refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Change one's own password, see one's own sessions.
    KeepOwnAccount,
    /// Come to the desk of the administration at all.
    EnterDesk,
    /// See drafts and withdrawn items of the council room.
    ReadDrafts,
    /// See items that are not public.
    ReadNonPublic,
    /// Enter and correct meetings, agendas, papers, people.
    EditCouncil,
    /// Publish and withdraw what was entered.
    PublishCouncil,
    /// Report what became of a decision, and write notes of the house on it.
    ReportDecisions,
    /// Say what counts as a decision, correct one, and hand it to a department.
    CorrectDecisions,
    /// Explain a decision in plain words.
    ExplainDecisions,
    /// Look at reports and what waits, hide, release and restore what people contribute, decide objections.
    Moderate,
    /// Set up departments and who belongs to them.
    ManageDepartments,
    /// Enter, publish and withdraw undertakings.
    ManageUndertakings,
    /// Tell where an undertaking of one's own department stands, and answer requests on it.
    ReportUndertakings,
    /// Set up processes of taking part, publish them, move a deadline, publish a next version.
    RunProcesses,
    /// Enter what came by letter, telephone, postcard, at the counter or an event, and confirm what a colleague entered.
    EnterStatements,
    /// Weigh statements: bundle, split, propose answers, approve those of a colleague.
    WeighStatements,
    /// Start an import and read its report.
    RunImport,
    /// Invite people and set their roles.
    ManagePeople,
    /// Change the site's name, colours, texts and limits.
    ManageSite,
    /// See jobs, mail queue and the state of the installation.
    SeeOperations,
}

impl Act {
    /// All acts in the order of the permission matrix.
    pub const ALL: [Self; 20] = [
        Self::KeepOwnAccount,
        Self::EnterDesk,
        Self::ReadDrafts,
        Self::ReadNonPublic,
        Self::EditCouncil,
        Self::PublishCouncil,
        Self::ReportDecisions,
        Self::CorrectDecisions,
        Self::ExplainDecisions,
        Self::Moderate,
        Self::ManageDepartments,
        Self::ManageUndertakings,
        Self::ReportUndertakings,
        Self::RunProcesses,
        Self::EnterStatements,
        Self::WeighStatements,
        Self::RunImport,
        Self::ManagePeople,
        Self::ManageSite,
        Self::SeeOperations,
    ];
}

/// Whether one role alone allows an act.
#[must_use]
pub const fn role_may(role: Role, act: Act) -> bool {
    match act {
        Act::KeepOwnAccount => true,
        Act::EnterDesk => matches!(role, Role::Editor | Role::Moderator | Role::Department | Role::Clerk | Role::Administrator),
        Act::EnterStatements => matches!(role, Role::Editor | Role::Department | Role::Clerk | Role::Administrator),
        Act::ReportDecisions | Act::ReportUndertakings | Act::WeighStatements => matches!(role, Role::Department | Role::Clerk | Role::Administrator),
        Act::Moderate => matches!(role, Role::Moderator | Role::Clerk | Role::Administrator),
        Act::ReadDrafts | Act::ExplainDecisions => matches!(role, Role::Editor | Role::Clerk | Role::Administrator),
        Act::ReadNonPublic | Act::EditCouncil | Act::PublishCouncil | Act::CorrectDecisions | Act::ManageUndertakings | Act::RunProcesses => {
            matches!(role, Role::Clerk | Role::Administrator)
        }
        Act::ManageDepartments | Act::RunImport | Act::ManagePeople | Act::ManageSite | Act::SeeOperations => {
            matches!(role, Role::Administrator)
        }
    }
}

/// Whether the actor may do it here. A stranger may nothing of this list; the program itself may all of it.
#[must_use]
pub fn may(actor: &Actor, act: Act) -> bool {
    match actor {
        Actor::Stranger => false,
        Actor::System => true,
        Actor::Person(person) => act == Act::KeepOwnAccount || person.roles.iter().any(|role| role_may(role, act)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Id, Roles, SignedIn};

    fn person(roles: &[Role]) -> Actor {
        Actor::Person(SignedIn { person: Id::new(1), public_name: "Ida".to_owned(), roles: roles.iter().copied().collect::<Roles>() })
    }

    #[test]
    fn a_stranger_may_nothing_and_a_clerk_may_not_manage_people() {
        assert!(Act::ALL.into_iter().all(|act| !may(&Actor::Stranger, act)));
        assert!(may(&person(&[Role::Clerk]), Act::PublishCouncil));
        assert!(!may(&person(&[Role::Clerk]), Act::ManagePeople));
        assert!(!may(&person(&[Role::Resident, Role::Editor]), Act::PublishCouncil));
        assert!(may(&person(&[]), Act::KeepOwnAccount));
    }
}
