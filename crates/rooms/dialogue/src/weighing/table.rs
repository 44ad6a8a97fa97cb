//! The weighing table: its rows in words, and as CSV, text for word processors, and XBeteiligung.
//!
//! Made of [`PublicRow`] alone, which holds no name: what leaves here is about wishes and answers, never about people.

use super::store::table::PublicRow;
use crate::place::Place;
use crate::rules::Channel;
use crate::texts::{self, Shown};
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_texts::write::Layout;
use allmende_texts::{Kind, Text};
use allmende_xbeteiligung as xb;
use allmende_xbeteiligung::Weighing as Code;

/// What a table is made from besides its rows.
pub struct Source<'a> {
    /// The texts of the reader.
    pub t: Speaker,
    /// The days of the reader.
    pub dates: &'a Dates,
    /// The row of the process.
    pub process: i64,
    /// Its title.
    pub title: &'a str,
    /// The newest version of the text.
    pub shown: Option<&'a Shown>,
}

/// Keys of the columns, in order.
const COLUMNS: [&str; 7] = [
    "weighing-column-number",
    "weighing-column-channel",
    "weighing-column-passage",
    "weighing-column-text",
    "weighing-column-point",
    "weighing-column-proposal",
    "weighing-column-reason",
];

impl Source<'_> {
    /// The heads of the columns.
    #[must_use]
    pub fn head(&self) -> Vec<&'static str> {
        COLUMNS.iter().filter_map(|key| self.t.find(key)).collect()
    }

    /// The passage of a row in words, with the words it is about where they are less.
    #[must_use]
    pub fn passage(&self, row: &PublicRow) -> String {
        match self.shown.zip(texts::unit_of(row.unit)) {
            Some((shown, unit)) if shown.text.unit(unit).is_some() => texts::name(&shown.text, unit),
            _ => row.anchor.as_ref().map_or_else(|| self.t.get("dialogue-whole").to_owned(), |anchor| format!("„{}“", crate::store::short(&anchor.quote))),
        }
    }

    /// The proposal of a row in the words of the standard's codes; empty without one.
    #[must_use]
    pub fn proposal(&self, row: &PublicRow) -> String {
        row.code.and_then(|code| self.t.find(&format!("weighing-told-{code}"))).unwrap_or_default().to_owned()
    }

    fn channel(&self, row: &PublicRow) -> &'static str {
        self.t.find(&format!("dialogue-channel-{}", row.channel.key())).unwrap_or_default()
    }

    /// The cells of a row, in the order of [`Self::head`].
    #[must_use]
    pub fn cells(&self, row: &PublicRow) -> Vec<String> {
        let number = if row.points > 1 { format!("{}.{}", row.number, row.position) } else { row.number.to_string() };
        let way = self.channel(row);
        let channel = format!("{way}, {}", self.dates.day(self.dates.local(row.submitted_at).date()));
        let mut text = row.text.trim().to_owned();
        if let Some(suggestion) = &row.suggestion {
            text.push_str(&format!("\n{}: {}", self.t.get("dialogue-suggestion"), suggestion.trim()));
        }
        if let Some(place) = &row.place {
            text.push_str(&format!("\n{}: {}", self.t.get("dialogue-place"), place.words(self.t)));
        }
        // A statement that is one point is not said twice, and one of several points is told in full beside its first.
        let (text, point) =
            if row.points > 1 { (if row.position == 1 { text } else { String::new() }, row.point.trim().to_owned()) } else { (text, String::new()) };
        let mut reason = row.reason.trim().to_owned();
        if let Some(calculation) = row.calculation.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            reason.push_str(&format!("\n{calculation}"));
        }
        if let Some(department) = &row.department
            && row.code.is_some()
        {
            reason.push_str(&format!("\n({department})"));
        }
        vec![number, channel, self.passage(row), text, point, self.proposal(row), reason]
    }
}

/// The table as CSV: for programs, so with the receipt number, the code and the whole text in every line.
#[must_use]
pub fn csv(source: &Source<'_>, rows: &[PublicRow]) -> String {
    let mut out = String::new();
    line(
        &mut out,
        &[
            "number",
            "receipt",
            "point",
            "channel",
            "submitted_on",
            "version",
            "passage",
            "statement",
            "suggestion",
            "place",
            "geometry",
            "point_text",
            "code",
            "proposal",
            "reason",
            "calculation",
            "department",
            "answered_on",
        ],
    );
    for row in rows {
        let day = |at| source.dates.local(at).date().to_string();
        line(
            &mut out,
            &[
                &row.number.to_string(),
                &row.receipt,
                &row.position.to_string(),
                Channel::key(row.channel),
                &day(row.submitted_at),
                &row.version.to_string(),
                &source.passage(row),
                &row.text,
                row.suggestion.as_deref().unwrap_or_default(),
                &row.place.as_ref().map(Place::plain).unwrap_or_default(),
                &row.place.as_ref().and_then(|place| place.drawn.as_ref()).map(|drawn| drawn.json().to_string()).unwrap_or_default(),
                &row.point,
                &row.code.map(|code| code.to_string()).unwrap_or_default(),
                row.code.and_then(Code::of).map_or("", Code::name),
                &row.reason,
                row.calculation.as_deref().unwrap_or_default(),
                row.department.as_deref().unwrap_or_default(),
                &row.published_at.map(day).unwrap_or_default(),
            ],
        );
    }
    out
}

/// One line by RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe there.
fn line(out: &mut String, cells: &[&str]) {
    for (position, cell) in cells.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        if is_formula || cell.contains([',', '"', '\n', '\r']) {
            out.push_str(&format!("\"{}{}\"", if is_formula { "'" } else { "" }, cell.replace('"', "\"\"")));
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// What can stand in a cell of a text's row: no tab, which parts cells, and no other control character.
fn cell(text: &str) -> String {
    let text: String = text.chars().map(|sign| if sign == '\t' { ' ' } else { sign }).filter(|sign| !sign.is_control() || *sign == '\n').collect();
    text.trim().to_owned()
}

/// The table as a text for the writers of DOCX and ODT, with the layout for it.
///
/// # Errors
/// Words that are no text: none come from here.
pub fn document(source: &Source<'_>, rows: &[PublicRow], is_draft: bool) -> anyhow::Result<(Text, Layout)> {
    let t = source.t;
    let heading = t.with("weighing-table-title", &[("title", source.title.into())]);
    let heading = cell(&heading).replace('\n', " ");
    let day = source.dates.day(source.dates.today());
    let key = if is_draft { "weighing-table-draft" } else { "weighing-table-public" };
    let mut units = vec![
        (Kind::Heading { level: 1 }, heading.clone(), Vec::new()),
        (Kind::Paragraph, t.with(key, &[("day", (&day).into()), ("count", rows.len().into())]), Vec::new()),
        (Kind::Row { head: true, opens: true }, source.head().join("\t"), Vec::new()),
    ];
    for row in rows {
        let cells: Vec<String> = source.cells(row).iter().map(|text| cell(text)).collect();
        units.push((Kind::Row { head: false, opens: false }, cells.join("\t"), Vec::new()));
    }
    let layout = Layout { title: heading, language: t.language().tag().to_owned(), is_landscape: true, column_shares: vec![4, 8, 10, 22, 18, 12, 26] };
    Ok((Text::numbered(units)?, layout))
}

/// The statements with their weighing in the words of XBeteiligung 1.2: each point is a statement of its own.
///
/// # Errors
/// What the standard does not allow.
pub fn xbeteiligung(source: &Source<'_>, rows: &[PublicRow]) -> Result<String, xb::Flaw> {
    let statements = rows.iter().map(|row| {
        let range = row.anchor.as_ref().and_then(|anchor| match anchor.spot {
            allmende_texts::Spot::Passage { start, end, .. } => Some((u64::try_from(start).ok()?, u64::try_from(end).ok()?)),
            _ => None,
        });
        xb::Statement {
            id: if row.points > 1 { format!("{}.{}", row.receipt, row.position) } else { row.receipt.clone() },
            status: match (row.code, row.published_at) {
                (Some(_), Some(_)) => xb::Status::Done,
                (Some(_), None) => xb::Status::InProgress,
                (None, _) => xb::Status::New,
            },
            title: None,
            text: row.point.trim().to_owned(),
            round: u32::try_from(row.version).unwrap_or(1).max(1),
            day: Some(source.dates.local(row.submitted_at).date()),
            kind: None,
            reply: None,
            place: (row.unit > 0).then(|| xb::Place { name: source.passage(row), range }),
            weighing: row.code.and_then(Code::of),
            reason: Some(row.reason.clone()).filter(|reason| !reason.trim().is_empty()),
        }
    });
    let plan = source.process.to_string();
    xb::write(&xb::Collection { participation: format!("{plan}-beteiligung"), plan, step: None, statements: statements.collect() })
}
