//! What a statement gives back: a row of either engine, read by position.

use crate::error::DbError;
use allmende_core::{Id, Instant, Language};
use std::error::Error;
use tokio_postgres::types::{FromSql, Type};

/// One column of one row, borrowed from the engine.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(&'a str),
    /// BYTEA or BLOB.
    Bytes(&'a [u8]),
}

/// A type that can be read from a column. Returns nothing if the column holds something else.
pub trait FromCell: Sized {
    /// What the code expects, for the error message.
    const EXPECTED: &'static str;
    /// Reads the cell.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

macro_rules! from_cell {
    ($type:ty, $expected:literal, $pattern:pat => $value:expr) => {
        impl FromCell for $type {
            const EXPECTED: &'static str = $expected;
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                match cell {
                    $pattern => $value,
                    _ => None,
                }
            }
        }
    };
}
from_cell!(i64, "a number", Cell::Int(number) => Some(number));
from_cell!(f64, "a real number", Cell::Real(number) => Some(number));
from_cell!(String, "a text", Cell::Text(text) => Some(text.to_owned()));
from_cell!(Vec<u8>, "bytes", Cell::Bytes(bytes) => Some(bytes.to_vec()));
from_cell!(Instant, "an instant", Cell::Int(millis) => Some(Self::from_millis(millis)));
from_cell!(Language, "a language", Cell::Text(key) => Self::from_key(key));
from_cell!(bool, "0 or 1", Cell::Int(number @ (0 | 1)) => Some(number == 1));

impl<T: ?Sized> FromCell for Id<T> {
    const EXPECTED: &'static str = "an id";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(Self::new)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// A row of either engine.
pub struct Row<'a>(Source<'a>);

impl<'a> Row<'a> {
    pub(crate) const fn sqlite(row: &'a rusqlite::Row<'a>) -> Self {
        Self(Source::Sqlite(row))
    }

    pub(crate) const fn postgres(row: &'a tokio_postgres::Row) -> Self {
        Self(Source::Postgres(row))
    }

    /// The column at `position`, from 0.
    ///
    /// # Errors
    /// `DbError::Type` if the column holds another type or does not exist.
    pub fn get<T: FromCell>(&self, position: usize) -> Result<T, DbError> {
        T::from_cell(self.cell(position)?).ok_or(DbError::Type { position, expected: T::EXPECTED })
    }

    /// The column at `position` as it is, without copying.
    ///
    /// # Errors
    /// `DbError::Type` if the column does not exist or has a type that no table of ours has.
    pub fn cell(&self, position: usize) -> Result<Cell<'_>, DbError> {
        match self.0 {
            Source::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(position)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(number) => Cell::Int(number),
                    ValueRef::Real(number) => Cell::Real(number),
                    ValueRef::Text(bytes) => Cell::Text(std::str::from_utf8(bytes).map_err(|_| DbError::Type { position, expected: "UTF-8" })?),
                    ValueRef::Blob(bytes) => Cell::Bytes(bytes),
                })
            }
            Source::Postgres(row) => Ok(row.try_get::<_, Option<Cell<'_>>>(position)?.unwrap_or(Cell::Null)),
        }
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(ty, raw).map(|number| Self::Int(i64::from(number))),
            Type::FLOAT8 => f64::from_sql(ty, raw).map(Self::Real),
            Type::BYTEA => Ok(Self::Bytes(raw)),
            _ => <&str>::from_sql(ty, raw).map(Self::Text),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::FLOAT8 | Type::BYTEA | Type::TEXT | Type::VARCHAR)
    }
}
