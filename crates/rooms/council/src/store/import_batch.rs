//! Rows that nothing in the same transaction has to wait for, written eight at a time.
//!
//! An import writes two or three rows beside each object's own. A statement costs more than a row, above all on PostgreSQL,
//! where each is a way to the server and back. Whoever reads or changes origins must [`Batch::flush`] first.

use allmende_db::{DbError, Param, Statement, Tx, Value, sql};

/// Rows of one statement.
const ROWS: usize = 8;

/// One value of a waiting row.
#[derive(Debug, Clone)]
pub enum Owned {
    /// A number or nothing.
    Int(Option<i64>),
    /// A text or nothing.
    Text(Option<String>),
    /// Bytes or nothing.
    Bytes(Option<Vec<u8>>),
}

impl Param for Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Int(number) => number.map_or(Value::Null, Value::Int),
            Self::Text(text) => text.as_deref().map_or(Value::Null, Value::Text),
            Self::Bytes(bytes) => bytes.as_deref().map_or(Value::Null, Value::Bytes),
        }
    }
}

/// Waiting rows of one table: `width` values each, after those that all rows share.
#[derive(Debug)]
struct Waiting {
    shared: Vec<i64>,
    width: usize,
    values: Vec<Owned>,
    many: &'static Statement,
    one: &'static Statement,
}

impl Waiting {
    fn push(&mut self, tx: &mut Tx<'_>, row: Vec<Owned>) -> Result<(), DbError> {
        self.values.extend(row);
        if self.values.len() == self.width * ROWS {
            let values = std::mem::take(&mut self.values);
            self.run(tx, self.many, &values)?;
        }
        Ok(())
    }

    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let values = std::mem::take(&mut self.values);
        values.chunks(self.width).try_for_each(|row| self.run(tx, self.one, row))
    }

    fn run(&self, tx: &mut Tx<'_>, statement: &'static Statement, values: &[Owned]) -> Result<(), DbError> {
        let shared = self.shared.iter().map(|value| value as &dyn Param);
        let params: Vec<&dyn Param> = shared.chain(values.iter().map(|value| value as &dyn Param)).collect();
        tx.execute(statement, &params).map(drop)
    }
}

/// The rows of one transaction that wait.
#[derive(Debug)]
pub struct Batch {
    origins: Waiting,
    uses: Waiting,
}

impl Batch {
    /// Nothing waits yet.
    #[must_use]
    pub fn new(site_id: i64, source_id: i64) -> Self {
        let origins = Waiting {
            shared: vec![site_id, source_id],
            width: 7,
            values: Vec::new(),
            one: sql!(
                "INSERT INTO council_origin (site_id, source_id, url, kind, object_id, parent_url, digest, digest_alone, raw) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            many: sql!(
                "INSERT INTO council_origin (site_id, source_id, url, kind, object_id, parent_url, digest, digest_alone, raw) VALUES \
                 ($1, $2, $3, $4, $5, $6, $7, $8, $9), ($1, $2, $10, $11, $12, $13, $14, $15, $16), \
                 ($1, $2, $17, $18, $19, $20, $21, $22, $23), ($1, $2, $24, $25, $26, $27, $28, $29, $30), \
                 ($1, $2, $31, $32, $33, $34, $35, $36, $37), ($1, $2, $38, $39, $40, $41, $42, $43, $44), \
                 ($1, $2, $45, $46, $47, $48, $49, $50, $51), ($1, $2, $52, $53, $54, $55, $56, $57, $58)"
            ),
        };
        let uses = Waiting {
            shared: vec![site_id],
            width: 6,
            values: Vec::new(),
            one: sql!(
                "INSERT INTO council_file_use (site_id, file_id, role, position, paper_id, meeting_id, agenda_item_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)"
            ),
            many: sql!(
                "INSERT INTO council_file_use (site_id, file_id, role, position, paper_id, meeting_id, agenda_item_id) VALUES \
                 ($1, $2, $3, $4, $5, $6, $7), ($1, $8, $9, $10, $11, $12, $13), ($1, $14, $15, $16, $17, $18, $19), \
                 ($1, $20, $21, $22, $23, $24, $25), ($1, $26, $27, $28, $29, $30, $31), ($1, $32, $33, $34, $35, $36, $37), \
                 ($1, $38, $39, $40, $41, $42, $43), ($1, $44, $45, $46, $47, $48, $49)"
            ),
        };
        Self { origins, uses }
    }

    /// The origin of a row: url, kind, object_id, parent_url, digest, digest_alone, raw.
    ///
    /// # Errors
    /// What the database reports, of this row or one that waited.
    pub fn origin(&mut self, tx: &mut Tx<'_>, row: [Owned; 7]) -> Result<(), DbError> {
        self.origins.push(tx, row.into())
    }

    /// A file's use: file, role, position, and the paper, meeting or agenda item that has it.
    ///
    /// # Errors
    /// What the database reports, of this row or one that waited.
    pub fn file_use(&mut self, tx: &mut Tx<'_>, row: [Owned; 6]) -> Result<(), DbError> {
        self.uses.push(tx, row.into())
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// What the database reports.
    pub fn flush(&mut self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        self.origins.flush(tx)?;
        self.uses.flush(tx)
    }
}
