//! Every statement of the product, written once and known to one registry.
//!
//! [`sql!`](crate::sql) makes a statement where it is used and enters it here; a test prepares all of them on both migrated
//! engines. Statements are texts of the program, never put together at run time.

use crate::EngineKind;
use crate::dialect;
use std::sync::OnceLock;

/// A statement with `$1` placeholders, in the common language of both engines.
#[derive(Debug)]
pub struct Statement {
    source: &'static str,
    file: &'static str,
    line: u32,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

/// All statements that are linked into this program, in no order.
#[linkme::distributed_slice]
pub static STATEMENTS: [&'static Statement];

impl Statement {
    /// Used by [`sql!`](crate::sql).
    #[doc(hidden)]
    #[must_use]
    pub const fn new(source: &'static str, file: &'static str, line: u32) -> Self {
        Self { source, file, line, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// The text as it stands in the code.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// File and line where it stands.
    #[must_use]
    pub const fn place(&self) -> (&'static str, u32) {
        (self.file, self.line)
    }

    /// Whether it surely changes nothing.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        self.source.trim_start().starts_with("SELECT")
    }

    /// The text for one engine.
    #[must_use]
    pub fn text(&self, engine: EngineKind) -> &str {
        let cache = match engine {
            EngineKind::Sqlite => &self.sqlite,
            EngineKind::Postgres => &self.postgres,
        };
        cache.get_or_init(|| dialect::statement(self.source, engine))
    }
}

/// A statement where it is used: `tx.execute(sql!("DELETE FROM job WHERE id = $1"), &[&id])`.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        #[$crate::linkme::distributed_slice($crate::statement::STATEMENTS)]
        #[linkme(crate = $crate::linkme)]
        #[allow(unsafe_code, reason = "linkme collects the statics in a section of their own")]
        static ENTRY: &$crate::Statement = &STATEMENT;
        static STATEMENT: $crate::Statement = $crate::Statement::new($text, file!(), line!());
        &STATEMENT
    }};
}
