//! A unit as runs: words that are marked alike.

use crate::address::Address;
use crate::text::{Style, Unit};
use std::ops::Range;

/// Words that are marked alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub text: &'a str,
    pub link: Option<&'a Address>,
    pub is_strong: bool,
    pub is_emphasis: bool,
    /// Whether it lies in one of the ranges that were asked for.
    pub is_picked: bool,
}

/// The cells of a unit (one, if it is no row) as runs, with ranges of characters picked out.
pub(super) fn cells<'a>(unit: &'a Unit, picked: &[Range<usize>]) -> Vec<Vec<Run<'a>>> {
    let mut cuts: Vec<usize> =
        unit.marks.iter().flat_map(|mark| [mark.start, mark.end]).chain(picked.iter().flat_map(|range| [range.start, range.end])).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut cuts = cuts.into_iter().peekable();
    let mut cells = vec![Vec::new()];
    let (mut from, mut at) = (0, 0);
    for (position, (byte, sign)) in unit.text.char_indices().enumerate() {
        let is_cut = cuts.next_if(|cut| *cut <= position).is_some();
        if is_cut || sign == '\t' {
            push(&mut cells, unit, &unit.text[from..byte], at, picked);
            (from, at) = (byte, position);
        }
        if sign == '\t' {
            cells.push(Vec::new());
            (from, at) = (byte + 1, position + 1);
        }
    }
    push(&mut cells, unit, &unit.text[from..], at, picked);
    cells
}

fn push<'a>(cells: &mut [Vec<Run<'a>>], unit: &'a Unit, text: &'a str, at: usize, picked: &[Range<usize>]) {
    if text.is_empty() {
        return;
    }
    let mut run = Run { text, link: None, is_strong: false, is_emphasis: false, is_picked: picked.iter().any(|range| range.contains(&at)) };
    for mark in unit.marks.iter().filter(|mark| mark.start <= at && at < mark.end) {
        match &mark.style {
            Style::Link(address) => run.link = Some(address),
            Style::Strong => run.is_strong = true,
            Style::Emphasis => run.is_emphasis = true,
        }
    }
    if let Some(cell) = cells.last_mut() {
        cell.push(run);
    }
}
