//! Tables as CSV by RFC 4180: commas, quotes where needed, UTF-8, lines that end with CRLF.

use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A table that is being written.
#[derive(Debug, Clone, Default)]
pub struct Table(String);

impl Table {
    /// A table with this first line.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        let mut table = Self::default();
        table.row(head);
        table
    }

    /// Adds a line. A cell that a spreadsheet would take for a formula begins with an apostrophe there.
    pub fn row(&mut self, cells: &[&str]) {
        for (position, cell) in cells.iter().enumerate() {
            if position > 0 {
                self.0.push(',');
            }
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            if is_formula || cell.contains([',', '"', '\n', '\r']) {
                self.0.push('"');
                if is_formula {
                    self.0.push('\'');
                }
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push_str("\r\n");
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The answer of an open interface.
    #[must_use]
    pub fn answer(self) -> Response {
        let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8; header=present"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")];
        (headers, self.0).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        let mut table = Table::new(&["a", "b"]);
        table.row(&["x, \"y\"", "Zeile 1\nZeile 2"]);
        table.row(&["-5", "=1+1"]);
        assert_eq!(table.text(), "a,b\r\n\"x, \"\"y\"\"\",\"Zeile 1\nZeile 2\"\r\n-5,\"'=1+1\"\r\n");
    }
}
