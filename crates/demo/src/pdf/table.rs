//! Tables: widths of columns, rows that stay together, header cells.
//!
//! A table without header row has its header in the first column.

use super::layout::{BODY, LEADING, Layout, MARGIN, Role, Run, TEXT_WIDTH, count};
use crate::Span;

const SIZE: f32 = BODY - 0.5;
const GAP: f32 = 12.0;

/// Sets a table.
pub(super) fn set(layout: &mut Layout, summary: &str, header: &[String], rows: &[Vec<String>]) {
    let columns = header.len().max(rows.first().map_or(0, Vec::len));
    let has_header = !header.is_empty();
    let widths = widths(layout, columns, header, rows);
    let table = layout.element(Role::Table { summary: summary.to_owned() }, None);
    let numeric: Vec<bool> = (0..columns).map(|column| has_header && column > 0 && is_numeric(rows, column)).collect();
    let plan = Plan { numeric: &numeric, table, widths: &widths, is_headed: has_header };
    layout.space(2.0);
    // The header never stands alone at the foot of a page.
    layout.need(3.0 * LEADING + 8.0);
    if has_header {
        plan.row(layout, header, true);
    }
    for row in rows {
        plan.row(layout, row, false);
    }
    layout.space(8.0);
}

struct Plan<'a> {
    table: usize,
    widths: &'a [f32],
    numeric: &'a [bool],
    is_headed: bool,
}

impl Plan<'_> {
    fn row(&self, layout: &mut Layout, cells: &[String], is_header: bool) {
        let mut set = Vec::new();
        for (column, (cell, width)) in cells.iter().zip(self.widths).enumerate() {
            let is_of_row = !self.is_headed && column == 0;
            let is_heading = is_header || is_of_row;
            // A cell without words would vanish from the tags and shift its neighbours.
            let text = if cell.is_empty() { "–" } else { cell };
            let span = Span { text: text.to_owned(), is_bold: is_heading };
            let lines = layout.break_lines(&[span], *width, SIZE);
            let role = if is_heading { Role::HeaderCell { is_of_row } } else { Role::Cell };
            let is_right = self.numeric.get(column).copied().unwrap_or(false);
            set.push((role, lines, is_right));
        }
        let height = count(set.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(1)) * LEADING;
        layout.need(height + 4.0);
        let (top, row) = (layout.y(), layout.element(Role::Row, Some(self.table)));
        let mut x = MARGIN;
        for ((role, lines, is_right), width) in set.into_iter().zip(self.widths) {
            let cell = layout.element(role, Some(row));
            for (index, line) in lines.into_iter().enumerate() {
                let indent = if is_right { (width - line_width(layout, &line)).max(0.0) } else { 0.0 };
                layout.put(cell, line, x + indent, top + SIZE + count(index) * LEADING, SIZE);
            }
            x += width + GAP;
        }
        layout.space_down(height);
        layout.rule(2.0);
    }
}

fn line_width(layout: &mut Layout, runs: &[Run]) -> f32 {
    runs.iter().map(|run| layout.shaper.run_width(run.is_bold, &run.text, SIZE)).sum()
}

/// A column of numbers stands at its right edge, header included.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    rows.iter().filter_map(|row| row.get(column)).all(|cell| cell == "–" || is_number(cell))
}

fn is_number(cell: &str) -> bool {
    let bare = cell.strip_suffix(" Euro").or_else(|| cell.strip_suffix(" %")).unwrap_or(cell);
    !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || ".,–−-+ ".contains(c)) && bare.contains(char::is_numeric)
}

/// Each column gets what its longest cell needs; if that is too much, the wide ones share what the narrow ones leave.
fn widths(layout: &mut Layout, columns: usize, header: &[String], rows: &[Vec<String>]) -> Vec<f32> {
    let mut natural = vec![0.0_f32; columns];
    for (row, is_bold) in std::iter::once((header, true)).chain(rows.iter().map(|row| (row.as_slice(), header.is_empty()))) {
        for (cell, widest) in row.iter().zip(&mut natural) {
            *widest = widest.max(layout.shaper.run_width(is_bold, cell, SIZE) + 1.0);
        }
    }
    let available = TEXT_WIDTH - GAP * count(columns.saturating_sub(1));
    let fair = available / count(columns.max(1));
    let total: f32 = natural.iter().sum();
    if total <= available {
        return natural;
    }
    let narrow: f32 = natural.iter().filter(|width| **width <= fair).sum();
    let wide: f32 = natural.iter().filter(|width| **width > fair).sum();
    natural.iter().map(|width| if *width <= fair { *width } else { (available - narrow) * width / wide }).collect()
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn amounts_shares_and_negative_numbers_are_numbers() {
        for (cell, expected) in
            [("1.200 Euro", true), ("−214.000 Euro", true), ("52 %", true), ("14", true), ("20. April", false), ("von Hand", false), ("–", false), ("", false)]
        {
            assert_eq!(is_number(cell), expected, "{cell}");
        }
    }
}
