//! Markdown that its reader understands the same way.
//!
//! Markdown knows only numbers as labels: other ones ("a)", "(2)") stand in the text of a dotted item.

use super::groups;
use super::runs::{Run, cells};
use crate::text::{Kind, Label, Text, Unit};

/// The text as Markdown.
#[must_use]
pub fn markdown(text: &Text) -> String {
    let mut out = String::new();
    // How many lists are open: an item may be at most one deeper than the one before.
    let mut lists = 0;
    for group in groups(text.units()) {
        let Some(first) = group.first() else { continue };
        match &first.kind {
            Kind::Item { depth, label } if lists > 0 || *label != Label::Continued => {
                let depth = usize::from(*depth).min(if *label == Label::Continued { lists - 1 } else { lists });
                lists = depth + 1;
                item(first, depth, label, &mut out);
            }
            Kind::Row { .. } => {
                lists = 0;
                table(group, &mut out);
            }
            kind => {
                lists = 0;
                let lead = match kind {
                    Kind::Heading { level } => format!("{} ", "#".repeat(usize::from(*level))),
                    Kind::Quote => "> ".to_owned(),
                    _ => String::new(),
                };
                let line_break = match kind {
                    Kind::Heading { .. } => "<br>",
                    Kind::Quote => "\\\n> ",
                    _ => "\\\n",
                };
                out.push_str(&lead);
                out.push_str(&inline(first, line_break));
                out.push('\n');
            }
        }
        out.push('\n');
    }
    // A blank line at the end says nothing.
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

fn item(unit: &Unit, depth: usize, label: &Label, out: &mut String) {
    let indent = "    ".repeat(depth);
    let line_break = format!("\\\n{indent}    ");
    let words = inline(unit, &line_break);
    match label {
        Label::Number(number) => {
            let digits = number.strip_suffix('.').filter(|digits| (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
            match digits {
                Some(digits) => out.push_str(&format!("{indent}{:<4}{words}\n", format!("{digits}. "))),
                None => out.push_str(&format!("{indent}-   {} {words}\n", escaped(number, &mut String::new(), ""))),
            }
        }
        Label::Bullet => out.push_str(&format!("{indent}-   {words}\n")),
        Label::Continued => out.push_str(&format!("{indent}    {words}\n")),
    }
}

fn table(rows: &[Unit], out: &mut String) {
    let columns = rows.iter().map(|row| row.cells().count()).max().unwrap_or(1);
    let line = |row: Option<&Unit>, out: &mut String| {
        let cells = row.map(|row| cells(row, &[])).unwrap_or_default();
        out.push('|');
        for column in 0..columns {
            out.push(' ');
            if let Some(cell) = cells.get(column) {
                out.push_str(&spans(cell, "<br>"));
            }
            out.push_str(" |");
        }
        out.push('\n');
    };
    let has_head = matches!(rows.first().map(|row| &row.kind), Some(Kind::Row { head: true, .. }));
    line(if has_head { rows.first() } else { None }, out);
    out.push('|');
    out.push_str(&" --- |".repeat(columns));
    out.push('\n');
    for row in rows.iter().skip(usize::from(has_head)) {
        line(Some(row), out);
    }
}

fn inline(unit: &Unit, line_break: &str) -> String {
    cells(unit, &[]).iter().map(|cell| spans(cell, line_break)).collect::<Vec<_>>().join(" ")
}

/// Runs with their marks. A mark is written only where Markdown is sure to read it as one: between letters or digits.
fn spans(runs: &[Run<'_>], line_break: &str) -> String {
    let (mut out, mut line) = (String::new(), String::new());
    for run in runs {
        let words = escaped(run.text, &mut line, line_break);
        let edges = (run.text.chars().next(), run.text.chars().next_back());
        let is_sure = matches!(edges, (Some(first), Some(last)) if first.is_alphanumeric() && last.is_alphanumeric()) && !out.ends_with(['*', ']']);
        let stars = match (run.is_strong && is_sure, run.is_emphasis && is_sure) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        match run.link {
            Some(address) => out.push_str(&format!("[{stars}{words}{stars}](<{}>)", address.as_str())),
            None => out.push_str(&format!("{stars}{words}{stars}")),
        }
    }
    out
}

/// Words in which no sign means anything but itself. `line` holds the words that stand before them on their line: runs meet anywhere.
fn escaped(text: &str, line: &mut String, line_break: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        if sign == '\n' {
            out.push_str(line_break);
            line.clear();
            continue;
        }
        let before = line.trim_start();
        let means = match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$' => true,
            '+' | '-' | '=' => before.is_empty(),
            '.' | ')' => !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(sign);
        line.push(sign);
    }
    out
}
