//! A row as a line of JSON: a list of its values. Bytes are hexadecimal, numbers that JSON does not know are words.

use allmende_core::hex;
use allmende_db::Cell;
use allmende_db::dump::{ColumnKind, Owned};
use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use std::io::Write as _;

/// Appends a value to a line.
pub(crate) fn encode(out: &mut Vec<u8>, cell: Cell<'_>) -> Result<()> {
    match cell {
        Cell::Null => out.extend_from_slice(b"null"),
        Cell::Int(number) => write!(out, "{number}")?,
        Cell::Real(number) if number.is_finite() => serde_json::to_writer(out, &number)?,
        Cell::Real(number) => serde_json::to_writer(
            out,
            if number.is_nan() {
                "nan"
            } else if number > 0.0 {
                "inf"
            } else {
                "-inf"
            },
        )?,
        Cell::Text(text) => serde_json::to_writer(out, text)?,
        Cell::Bytes(bytes) => write!(out, "\"{}\"", hex(bytes))?,
    }
    Ok(())
}

/// Reads a line.
pub(crate) fn decode(line: &[u8], columns: &[(String, ColumnKind)]) -> Result<Vec<Owned>> {
    let values: Vec<Value> = serde_json::from_slice(line).context("a row is not JSON")?;
    if values.len() != columns.len() {
        bail!("a row has {} values instead of {}", values.len(), columns.len());
    }
    values.into_iter().zip(columns).map(|(value, (name, kind))| value_of(value, *kind).with_context(|| format!("column {name}"))).collect()
}

fn value_of(value: Value, kind: ColumnKind) -> Result<Owned> {
    Ok(match (kind, value) {
        (_, Value::Null) => Owned::Null,
        (ColumnKind::Int, Value::Number(number)) => Owned::Int(number.as_i64().ok_or_else(|| anyhow!("not a whole number"))?),
        (ColumnKind::Real, Value::Number(number)) => Owned::Real(number.as_f64().ok_or_else(|| anyhow!("not a number"))?),
        (ColumnKind::Real, Value::String(word)) => Owned::Real(match word.as_str() {
            "nan" => f64::NAN,
            "inf" => f64::INFINITY,
            "-inf" => f64::NEG_INFINITY,
            _ => bail!("not a number"),
        }),
        (ColumnKind::Text, Value::String(text)) => Owned::Text(text),
        (ColumnKind::Bytes, Value::String(text)) => Owned::Bytes(bytes_of(&text)?),
        _ => bail!("a value of another type"),
    })
}

fn bytes_of(text: &str) -> Result<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        bail!("bytes are not hexadecimal");
    }
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).context("bytes are not hexadecimal")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_as_it_went_in() -> Result<()> {
        let check = |cell: Cell<'_>, kind: ColumnKind, expected: &str| -> Result<()> {
            let mut line = vec![b'['];
            encode(&mut line, cell)?;
            line.push(b']');
            assert_eq!(String::from_utf8_lossy(&line), expected);
            let back = decode(&line, &[("a".to_owned(), kind)])?;
            assert_eq!(format!("{back:?}"), format!("{:?}", [Owned::from(cell)]));
            Ok(())
        };
        check(Cell::Null, ColumnKind::Text, "[null]")?;
        check(Cell::Int(i64::MIN), ColumnKind::Int, "[-9223372036854775808]")?;
        check(Cell::Int(i64::MAX), ColumnKind::Int, "[9223372036854775807]")?;
        check(Cell::Real(1.0), ColumnKind::Real, "[1.0]")?;
        check(Cell::Real(0.1 + 0.2), ColumnKind::Real, "[0.30000000000000004]")?;
        check(Cell::Real(-0.0), ColumnKind::Real, "[-0.0]")?;
        check(Cell::Real(f64::NAN), ColumnKind::Real, "[\"nan\"]")?;
        check(Cell::Real(f64::NEG_INFINITY), ColumnKind::Real, "[\"-inf\"]")?;
        check(Cell::Text("Grüße\n\"\u{1}"), ColumnKind::Text, "[\"Grüße\\n\\\"\\u0001\"]")?;
        check(Cell::Text(""), ColumnKind::Text, "[\"\"]")?;
        check(Cell::Bytes(&[0, 10, 255]), ColumnKind::Bytes, "[\"000aff\"]")?;
        check(Cell::Bytes(&[]), ColumnKind::Bytes, "[\"\"]")
    }

    #[test]
    fn a_value_of_another_type_is_an_error() {
        let check = |line: &str, kind: ColumnKind| assert!(decode(line.as_bytes(), &[("a".to_owned(), kind)]).is_err(), "{line}");
        check("[1.5]", ColumnKind::Int);
        check("[\"1\"]", ColumnKind::Int);
        check("[9223372036854775808]", ColumnKind::Int);
        check("[1]", ColumnKind::Text);
        check("[\"abc\"]", ColumnKind::Bytes);
        check("[1, 2]", ColumnKind::Int);
        check("[]", ColumnKind::Int);
        check("{}", ColumnKind::Int);
    }
}
