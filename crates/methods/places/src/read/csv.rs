//! CSV (RFC 4180) as spreadsheets write it: any of four separators, a first line with names, decimal points or commas.

use super::columns::{Column, column};
use super::{ROWS_MAX, Reading, Row, Trouble, check_name, kind_of, other_names};
use crate::geometry::{Geometry, Point};
use crate::place::Place;

/// One line as cells, and the line of the file on which it begins.
struct Record {
    line: usize,
    cells: Vec<String>,
}

/// The places of a file.
pub(super) fn rows(text: &str, reading: &mut Reading) -> Vec<Row> {
    let text = hint(text);
    let head = text.0.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let Some(separator) = text.1.or_else(|| separator(head)) else {
        reading.report(1, Trouble::UnknownFormat, head);
        return Vec::new();
    };
    let mut records = records(text.0, separator, text.2, reading).into_iter();
    let Some(head) = records.next() else { return Vec::new() };
    let columns = columns(&head.cells);
    if columns.name.is_none() {
        reading.report(head.line, Trouble::UnknownFormat, &head.cells.join(" "));
        return Vec::new();
    }
    let mut out = Vec::new();
    for record in records {
        if out.len() == ROWS_MAX {
            reading.report(record.line, Trouble::TooManyPlaces, "");
            break;
        }
        let count = record.cells.len();
        let is_padded = count > head.cells.len() && record.cells[head.cells.len()..].iter().all(|cell| cell.trim().is_empty());
        if count != head.cells.len() && !is_padded {
            reading.report(record.line, Trouble::ColumnCount, &format!("{count} / {}", head.cells.len()));
            continue;
        }
        out.extend(row(&record, &columns, separator, reading));
    }
    out
}

/// Some spreadsheets write the separator into a line of its own: `sep=;`. Returns the rest, the separator, lines left out.
fn hint(text: &str) -> (&str, Option<char>, usize) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, None, 0) };
    let mut letters = rest.chars();
    let separator = letters.next().filter(|letter| SEPARATORS.contains(letter));
    match (separator, letters.as_str().split_once('\n')) {
        (Some(separator), Some((_, rest))) => (rest, Some(separator), 1),
        _ => (text, None, 0),
    }
}

const SEPARATORS: [char; 4] = [';', '\t', ',', '|'];

/// The separator that gives the first line the most known columns; a single column of names needs none.
fn separator(head: &str) -> Option<char> {
    let known = |separator: &char| head.split(*separator).filter(|cell| column(cell).is_some()).count();
    let best = SEPARATORS.into_iter().rev().max_by_key(known)?;
    (known(&best) > 0).then_some(best)
}

/// Where each column stands.
#[derive(Default)]
struct Columns {
    name: Option<usize>,
    kind: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    district: Option<usize>,
    other_names: Vec<usize>,
}

fn columns(head: &[String]) -> Columns {
    let mut ranked: Vec<(Column, usize, usize)> =
        head.iter().enumerate().filter_map(|(at, cell)| column(cell).map(|(column, rank)| (column, rank, at))).collect();
    ranked.sort_by_key(|(_, rank, at)| (*rank, *at));
    let first = |wanted: Column| ranked.iter().find(|(column, _, _)| *column == wanted).map(|(_, _, at)| *at);
    Columns {
        name: first(Column::Name),
        kind: first(Column::Kind),
        latitude: first(Column::Latitude),
        longitude: first(Column::Longitude),
        district: first(Column::District),
        other_names: ranked.iter().filter(|(column, _, _)| *column == Column::OtherNames).map(|(_, _, at)| *at).collect(),
    }
}

/// Splits the text into records. A quoted cell may hold separators and line ends.
fn records(text: &str, separator: char, lines_before: usize, reading: &mut Reading) -> Vec<Record> {
    let mut out = Vec::new();
    let (mut line, mut cells, mut cell, mut begins) = (1 + lines_before, Vec::new(), String::new(), 1 + lines_before);
    let mut quoted_since: Option<usize> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if quoted_since.is_some() => {
                if letters.peek() == Some(&'"') {
                    letters.next();
                    cell.push('"');
                } else {
                    quoted_since = None;
                }
            }
            _ if quoted_since.is_some() => cell.push(letter),
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted_since = Some(line);
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                line += usize::from(letter == '\r');
                cells.push(std::mem::take(&mut cell));
                push(&mut out, begins, std::mem::take(&mut cells));
                begins = line;
            }
            _ if letter == separator => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if let Some(line) = quoted_since {
        reading.report(line, Trouble::OpenQuote, &cell);
    }
    cells.push(cell);
    push(&mut out, begins, cells);
    out
}

/// Lines without anything in them are no records.
fn push(out: &mut Vec<Record>, line: usize, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.trim().is_empty()) {
        out.push(Record { line, cells });
    }
}

fn row(record: &Record, columns: &Columns, separator: char, reading: &mut Reading) -> Option<Row> {
    let line = record.line;
    let cell = |at: Option<usize>| at.and_then(|at| record.cells.get(at)).map_or("", |cell| cell.trim());
    let name = check_name(cell(columns.name), line, reading);
    let geometry = point(cell(columns.latitude), cell(columns.longitude), line, reading);
    let name = name?;
    let geometry = geometry.ok()?;
    if geometry.is_none() {
        reading.report(line, Trouble::NoGeometry, &name);
    }
    let split: &[char] = if separator == ',' || separator == '|' { &['|', ';'] } else { &['|', ','] };
    let others = columns.other_names.iter().flat_map(|at| cell(Some(*at)).split(split));
    let other_names = other_names(others, &name, line, reading);
    let kind = kind_of(cell(columns.kind), &name, geometry.as_ref(), line, reading);
    let district = Some(cell(columns.district)).filter(|district| !district.is_empty()).and_then(|district| check_name(district, line, reading));
    Some(Row { line, place: Place { name, kind, district, other_names, geometry } })
}

/// The point of two cells; nothing if both are empty, an error that was reported already otherwise.
fn point(latitude: &str, longitude: &str, line: usize, reading: &mut Reading) -> Result<Option<Geometry>, ()> {
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    if latitude.is_empty() || longitude.is_empty() {
        reading.report(line, Trouble::HalfAPoint, "");
        return Err(());
    }
    let mut numbers = [0.0; 2];
    for (slot, text) in numbers.iter_mut().zip([latitude, longitude]) {
        match number(text) {
            Some(number) => *slot = number,
            None => {
                reading.report(line, Trouble::NotANumber, text);
                return Err(());
            }
        }
    }
    let [latitude, longitude] = numbers;
    match Point::new(longitude, latitude) {
        Some(point) => Ok(Some(Geometry::Points(vec![point]))),
        None => {
            // Degrees the wrong way round fit when turned; metres fit neither way.
            let trouble = if Point::new(latitude, longitude).is_some() { Trouble::Swapped } else { Trouble::Metres };
            reading.report(line, trouble, &format!("{latitude} {longitude}"));
            Err(())
        }
    }
}

/// A number with a decimal point or comma, perhaps with a degree sign behind.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°').trim();
    let is_plain = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+'));
    text.replace(',', ".").parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}
