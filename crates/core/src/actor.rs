//! Who asks: a stranger, a signed-in person with roles, or the program itself.

use crate::ident::Id;

/// Marker of a person with an account.
#[derive(Debug)]
pub enum Person {}

/// What somebody is on one site. A person can hold several; there is no order among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Takes part; every account has this role.
    Resident,
    /// Sits in the council or a committee.
    Member,
    /// Writes and translates pages.
    Editor,
    /// Moderates what residents write.
    Moderator,
    /// Owes answers for a department.
    Department,
    /// Runs meetings, papers and processes.
    Clerk,
    /// Sets up the site, its people and its sources.
    Administrator,
    /// Coordinates a network of sites.
    Coordinator,
}

impl Role {
    /// All roles in the order of the permission matrix.
    pub const ALL: [Self; 8] =
        [Self::Resident, Self::Member, Self::Editor, Self::Moderator, Self::Department, Self::Clerk, Self::Administrator, Self::Coordinator];

    /// The key under which the database and the texts know the role.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Member => "member",
            Self::Editor => "editor",
            Self::Moderator => "moderator",
            Self::Department => "department",
            Self::Clerk => "clerk",
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
        }
    }

    /// The role of a key, or nothing for an unknown one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u16);

impl Roles {
    /// The set with `role` added.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u16)
    }

    /// Whether `role` is in the set.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// The roles in the set, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

/// Somebody with an account and a session on this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub person: Id<Person>,
    /// The name shown to others, never the e-mail address.
    pub public_name: String,
    /// The roles on this site.
    pub roles: Roles,
}

/// Who asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody we know.
    Stranger,
    /// A person with a session.
    Person(SignedIn),
    /// The program itself: imports, jobs, the command line.
    System,
}

impl Actor {
    /// The signed-in person, if there is one.
    #[must_use]
    pub const fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Person(person) => Some(person),
            Self::Stranger | Self::System => None,
        }
    }

    /// The account's id, if there is one.
    #[must_use]
    pub fn person(&self) -> Option<Id<Person>> {
        self.signed_in().map(|person| person.person)
    }
}
