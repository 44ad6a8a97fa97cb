//! What a statement is given: the six kinds of values both engines know.

use crate::error::DbError;
use allmende_core::{Id, Instant, Language};
use bytes::{Bytes, BytesMut};
use std::error::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// A bound parameter, borrowed from the caller.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
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
    /// A list of numbers for `ANY_OF($n)`.
    Ints(&'a [i64]),
}

/// Something that can be bound to a statement.
pub trait Param {
    /// The value as the engines know it.
    fn value(&self) -> Value<'_>;
}

impl Param for i64 {
    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}
impl Param for f64 {
    fn value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}
impl Param for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Param for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Param for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Param for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Param for [i64] {
    fn value(&self) -> Value<'_> {
        Value::Ints(self)
    }
}
impl Param for Vec<i64> {
    fn value(&self) -> Value<'_> {
        Value::Ints(self)
    }
}
impl<T: ?Sized> Param for Id<T> {
    fn value(&self) -> Value<'_> {
        Value::Int(self.get())
    }
}
impl Param for Instant {
    fn value(&self) -> Value<'_> {
        Value::Int(self.millis())
    }
}
impl Param for Language {
    fn value(&self) -> Value<'_> {
        Value::Text(self.key())
    }
}
impl<T: Param + ?Sized> Param for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}
impl<T: Param> Param for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Ints(numbers) => ToSqlOutput::Owned(json_list(numbers).into()),
        })
    }
}

/// SQLite has no arrays; `json_each` reads this list.
fn json_list(numbers: &[i64]) -> String {
    let mut text = String::with_capacity(2 + numbers.len() * 8);
    text.push('[');
    for (position, number) in numbers.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        text.push_str(&number.to_string());
    }
    text.push(']');
    text
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(ty, out),
            Self::Real(number) => number.to_sql_checked(ty, out),
            Self::Text(text) => text.to_sql_checked(ty, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(ty, out),
            Self::Ints(numbers) => numbers.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value as a PostgreSQL server reads it, which outlives the caller; none for NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded(Option<Bytes>);

impl Value<'_> {
    pub(crate) fn encoded(&self, kind: &Type) -> Result<Encoded, DbError> {
        let mut out = BytesMut::new();
        let is_null = self.to_sql(kind, &mut out).map_err(|error| DbError::Other(error.to_string()))?;
        Ok(Encoded(matches!(is_null, IsNull::No).then(|| out.freeze())))
    }
}

impl ToSql for Encoded {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let Some(bytes) = &self.0 else { return Ok(IsNull::Yes) };
        out.extend_from_slice(bytes);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
