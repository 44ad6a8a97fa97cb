//! What can go wrong between a closure and a durable commit.

/// A database error. The cause goes to the operator's log, never to a page.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A UNIQUE constraint said no: somebody else was first.
    #[error("already there: {0}")]
    Unique(String),
    /// A CHECK, NOT NULL or FOREIGN KEY constraint said no.
    #[error("constraint: {0}")]
    Constraint(String),
    /// Two transactions met; trying again may help.
    #[error("conflict between transactions")]
    Conflict,
    /// The disk is full or read-only: reading goes on, writing does not.
    #[error("the disk is full or read-only")]
    Full,
    /// No connection, or a broken one.
    #[error("database not available: {0}")]
    Unavailable(String),
    /// A column held another type than the code expects.
    #[error("column {position}: expected {expected}")]
    Type {
        /// Position in the row, from 0.
        position: usize,
        /// What the code asked for.
        expected: &'static str,
    },
    /// The closure was asked for a site but runs for the whole installation.
    #[error("no site in this transaction")]
    NoSite,
    /// This engine cannot do it.
    #[error("not supported: {0}")]
    Unsupported(&'static str),
    /// The closure panicked; its work was rolled back.
    #[error("the closure panicked")]
    Panicked,
    /// A migration is missing, changed or newer than this program.
    #[error("migration: {0}")]
    Migration(String),
    /// Anything else the engine reported.
    #[error("database: {0}")]
    Other(String),
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match &error {
            rusqlite::Error::SqliteFailure(cause, _) => match cause.code {
                Code::ConstraintViolation if matches!(cause.extended_code, 2067 | 1555 | 2579) => Self::Unique(text),
                Code::ConstraintViolation => Self::Constraint(text),
                Code::DiskFull | Code::ReadOnly | Code::SystemIoFailure => Self::Full,
                Code::DatabaseBusy | Code::DatabaseLocked => Self::Conflict,
                Code::CannotOpen => Self::Unavailable(text),
                _ => Self::Other(text),
            },
            _ => Self::Other(text),
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let text = match error.as_db_error() {
            Some(cause) => format!("{}: {}", cause.code().code(), cause.message()),
            None => error.to_string(),
        };
        match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Self::Unique(text),
            Some(code) if code.code().starts_with("23") => Self::Constraint(text),
            Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED => Self::Conflict,
            Some(code) if code.code().starts_with("53") => Self::Full,
            Some(code) if code.code().starts_with("57P") || code.code().starts_with("08") => Self::Unavailable(text),
            None if error.is_closed() => Self::Unavailable(text),
            _ => Self::Other(text),
        }
    }
}

impl DbError {
    /// The same error for one more asker: a failed group commit concerns all of them.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::Conflict => Self::Conflict,
            Self::Unavailable(text) => Self::Unavailable(text.clone()),
            other => Self::Other(other.to_string()),
        }
    }
}
