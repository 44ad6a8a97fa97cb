//! What a transaction on PostgreSQL needs of its connection: prepared statements, the server's time, and whether all of it worked.
//!
//! A statement that was sent and not waited for may fail when its closure is over: [`Session::culprit`] tells which closure of the group
//! that was. Knows neither threads nor groups. Start at [`Session::query`].

use crate::EngineKind;
use crate::error::DbError;
use crate::statement::Statement;
use crate::value::{Encoded, Value};
use crate::wire::{Asked, Wire};
use allmende_core::Instant;
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Config, Error, Row, SimpleQueryMessage};

/// One connection with its prepared statements. The key is the statement's address: statements are statics.
pub(crate) struct Session {
    config: Config,
    wire: Wire,
    prepared: HashMap<usize, tokio_postgres::Statement>,
    /// The server's time at the start of the transaction.
    now: Option<Instant>,
    /// A statement of this transaction failed: the server keeps nothing of it, whatever the closure made of the error.
    is_broken: bool,
    /// The closure that runs did more than read.
    has_written: bool,
    /// The place of the closure that runs within its group, and of the one whose statement failed.
    place: usize,
    culprit: Option<usize>,
}

impl Session {
    pub(crate) fn connect(config: &Config) -> Result<Self, DbError> {
        Ok(Self {
            wire: Wire::connect(config)?,
            config: config.clone(),
            prepared: HashMap::new(),
            now: None,
            is_broken: false,
            has_written: false,
            place: 0,
            culprit: None,
        })
    }

    pub(crate) fn connect_again(&mut self) -> Result<(), DbError> {
        self.wire = Wire::connect(&self.config)?;
        self.prepared.clear();
        Ok(())
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.wire.is_closed()
    }

    pub(crate) fn still_stands(&mut self) -> bool {
        let Ok(client) = self.wire.client() else { return false };
        let asked = async move { Ok(tokio::time::timeout(Duration::from_secs(10), client.check_connection()).await) };
        matches!(self.wire.wait(asked), Ok(Ok(Ok(()))))
    }

    /// Waits until everything that was committed before is on the server's disk.
    pub(crate) fn flush(&mut self) -> Result<(), DbError> {
        self.batch("SELECT pg_logical_emit_message(true, 'allmende', '')")
    }

    /// Begins a transaction, on a new connection if the old one was lost: nothing happened on it yet.
    pub(crate) fn begin(&mut self, text: &str) -> Result<(), DbError> {
        self.wire.forget();
        (self.is_broken, self.culprit) = (false, None);
        let told = match self.rows_of(text) {
            Err(_) if self.is_closed() => {
                self.connect_again()?;
                self.rows_of(text)?
            }
            told => told?,
        };
        let millis = told.first().and_then(|row| row.first()?.as_deref()?.parse().ok());
        self.now = millis.map(Instant::from_millis);
        Ok(())
    }

    /// Ends the transaction. A commit says so if a statement failed for whose answer nobody waited: the server kept nothing then.
    pub(crate) fn end(&mut self, is_kept: bool) -> Result<(), DbError> {
        self.batch(if is_kept { "COMMIT" } else { "ROLLBACK" })?;
        if is_kept { self.settle() } else { Ok(()) }
    }

    /// A closure begins, at this place of its group.
    pub(crate) fn begin_closure(&mut self, place: usize) {
        self.wire.outdate();
        (self.place, self.has_written) = (place, false);
    }

    pub(crate) const fn is_broken(&self) -> bool {
        self.is_broken
    }

    pub(crate) const fn has_written(&self) -> bool {
        self.has_written
    }

    /// The place of the closure whose statement failed without being waited for.
    pub(crate) const fn culprit(&self) -> Option<usize> {
        self.culprit
    }

    fn failed(&mut self, (place, error): (usize, Error)) -> DbError {
        (self.is_broken, self.culprit) = (true, Some(place));
        error.into()
    }

    fn settle(&mut self) -> Result<(), DbError> {
        self.wire.settle().map_err(|failed| self.failed(failed))
    }

    /// After a failure the server refuses whatever comes next: the first one is what counts.
    fn told<T>(&mut self, answer: Result<T, Error>) -> Result<T, DbError> {
        answer.or_else(|error| {
            self.is_broken = true;
            self.settle()?;
            Err(error.into())
        })
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<tokio_postgres::Statement, DbError> {
        let key = key_of(statement);
        if let Some(prepared) = self.prepared.get(&key) {
            return Ok(prepared.clone());
        }
        let client = self.wire.client()?;
        let prepared = self.wire.wait(client.prepare(statement.text(EngineKind::Postgres)));
        let prepared = self.told(prepared)?;
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }

    pub(crate) fn query(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<Vec<Row>, DbError> {
        let prepared = self.prepare(statement)?;
        if !statement.only_reads() {
            self.writes();
        } else if self.wire.is_any_foreseen() {
            let asked = Asked { statement: key_of(statement), values: encoded(&prepared, values)? };
            if let Some(rows) = self.wire.take(&asked).map_err(|failed| self.failed(failed))? {
                return Ok(rows);
            }
        }
        let client = self.wire.client()?;
        let rows = self.wire.wait(client.query(&prepared, &bound(values)));
        self.told(rows)
    }

    pub(crate) fn execute(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<u64, DbError> {
        let prepared = self.prepare(statement)?;
        self.writes();
        let client = self.wire.client()?;
        let changed = self.wire.wait(client.execute(&prepared, &bound(values)));
        self.told(changed)
    }

    /// Sends a statement that reads; who asks the same before anything is written gets its rows.
    pub(crate) fn foresee(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<(), DbError> {
        if !statement.only_reads() {
            return Err(DbError::Unsupported("writing ahead"));
        }
        let prepared = self.prepare(statement)?;
        let asked = Asked { statement: key_of(statement), values: encoded(&prepared, values)? };
        self.wire.send(prepared, asked.values.clone(), Some(asked), self.place)
    }

    /// Sends a statement that writes, with whatever comes next; its failure is a failure of what comes next.
    pub(crate) fn post(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<(), DbError> {
        let prepared = self.prepare(statement)?;
        self.writes();
        let values = encoded(&prepared, values)?;
        self.wire.send(prepared, values, None, self.place)
    }

    fn writes(&mut self) {
        self.has_written = true;
        self.wire.outdate();
    }

    /// The server's time at the start of the transaction.
    pub(crate) fn now(&self) -> Result<Instant, DbError> {
        self.now.ok_or_else(|| DbError::Unavailable("the server tells no time".to_owned()))
    }

    /// Rows one after the other, never all at once.
    pub(crate) fn each<E: From<DbError>>(&mut self, text: &str, mut visit: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        let client = self.wire.client()?;
        let rows = self.wire.wait(client.query_raw(text, std::iter::empty::<&(dyn ToSql + Sync)>()));
        let mut rows = pin!(self.told(rows)?);
        loop {
            let next = self.wire.wait(poll_fn(|cx| futures_core::Stream::poll_next(rows.as_mut(), cx).map(Option::transpose)));
            match self.told(next)? {
                Some(row) => visit(&row)?,
                None => return Ok(()),
            }
        }
    }

    /// Takes rows in by `text`, a COPY … FROM STDIN (FORMAT binary); `next` hands them to what writes one. Returns how many there were.
    pub(crate) fn copy<E: From<DbError>>(&mut self, text: &str, types: &[Type], mut next: impl FnMut(Put<'_>) -> Result<bool, E>) -> Result<u64, E> {
        self.writes();
        let client = self.wire.client()?;
        let sink = self.wire.wait(client.copy_in(text));
        let mut writer = pin!(BinaryCopyInWriter::new(self.told(sink)?, types));
        while next(&mut |values| {
            let put = self.wire.wait(writer.as_mut().write(&bound(values)));
            self.told(put)
        })? {}
        let count = self.wire.wait(writer.as_mut().finish());
        Ok(self.told(count)?)
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), DbError> {
        self.writes();
        let client = self.wire.client()?;
        Ok(self.wire.wait(client.batch_execute(text))?)
    }

    pub(crate) fn columns(&mut self, statement: &'static Statement) -> Result<Vec<String>, DbError> {
        Ok(self.prepare(statement)?.columns().iter().map(|column| column.name().to_owned()).collect())
    }

    pub(crate) fn rows_of(&mut self, text: &str) -> Result<Vec<Vec<Option<String>>>, DbError> {
        let client = self.wire.client()?;
        let messages = self.wire.wait(client.simple_query(text))?;
        Ok(messages
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|position| row.get(position).map(str::to_owned)).collect()),
                _ => None,
            })
            .collect())
    }
}

/// Writes one row.
pub(crate) type Put<'p> = &'p mut dyn FnMut(&[Value<'_>]) -> Result<(), DbError>;

fn key_of(statement: &'static Statement) -> usize {
    std::ptr::from_ref(statement).addr()
}

fn bound<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn encoded(prepared: &tokio_postgres::Statement, values: &[Value<'_>]) -> Result<Vec<Encoded>, DbError> {
    prepared.params().iter().zip(values).map(|(kind, value)| value.encoded(kind)).collect()
}
