//! Grows a text out of what a reader finds: white space put in order, marks joined, limits held.
//!
//! Every reader writes through [`Builder`], so what a text may hold is decided here once. It never fails midway: what goes
//! beyond a limit is remembered and told by [`Builder::finish`].

use crate::address::Address;
use crate::read::{LeftOut, Limits, ReadError, Reading};
use crate::text::{DEPTH_MAX, Kind, LEVEL_MAX, Label, Mark, Style, Text};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A text as it grows.
pub(crate) struct Builder<'l> {
    limits: &'l Limits,
    units: Vec<(Kind, String, Vec<Mark>)>,
    open: Option<Draft>,
    chars: usize,
    left_out: BTreeMap<LeftOut, usize>,
    exceeded: Option<ReadError>,
    /// The first row of a table had no words.
    owes_opening: bool,
    /// Styles that are on, with how often they were switched on.
    strong: usize,
    emphasis: usize,
    link: Option<Address>,
}

/// The unit that is being written.
struct Draft {
    kind: Kind,
    text: String,
    chars: usize,
    /// White space was met that has not been written, because nothing followed it yet.
    owes_space: bool,
    marks: Vec<Mark>,
}

impl<'l> Builder<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            units: Vec::new(),
            open: None,
            chars: 0,
            left_out: BTreeMap::new(),
            exceeded: None,
            owes_opening: false,
            strong: 0,
            emphasis: 0,
            link: None,
        }
    }

    /// Ends the unit before and begins another.
    pub(crate) fn open(&mut self, kind: Kind) {
        self.close();
        let kind = match kind {
            Kind::Heading { level } => Kind::Heading { level: level.clamp(1, LEVEL_MAX) },
            Kind::Item { depth, label } => Kind::Item { depth: depth.min(DEPTH_MAX), label: fitting(label) },
            other => other,
        };
        self.open = Some(Draft { kind, text: String::new(), chars: 0, owes_space: false, marks: Vec::new() });
    }

    /// Whether a unit is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What the open unit is, as long as it is not known for sure.
    pub(crate) fn kind_mut(&mut self) -> Option<&mut Kind> {
        self.open.as_mut().map(|draft| &mut draft.kind)
    }

    /// Words; runs of white space become one space. Opens a paragraph where none is open.
    pub(crate) fn text(&mut self, text: &str) {
        if self.exceeded.is_some() || (self.open.is_none() && text.trim().is_empty()) {
            return;
        }
        let draft = self.open.get_or_insert_with(|| Draft { kind: Kind::Paragraph, text: String::new(), chars: 0, owes_space: false, marks: Vec::new() });
        for sign in text.nfc() {
            if sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r' || (sign.is_whitespace() && sign != '\u{a0}' && sign != '\u{202f}') {
                draft.owes_space = true;
            } else if !is_hidden(sign) {
                let owed = draft.owes_space && !draft.text.is_empty() && !draft.text.ends_with(['\n', '\t']);
                draft.owes_space = false;
                if owed {
                    draft.text.push(' ');
                    draft.chars += 1;
                }
                let at = draft.chars;
                draft.text.push(sign);
                draft.chars += 1;
                let styles = [self.link.clone().map(Style::Link), (self.strong > 0).then_some(Style::Strong), (self.emphasis > 0).then_some(Style::Emphasis)];
                for style in styles.into_iter().flatten() {
                    extend(&mut draft.marks, at, usize::from(owed), style);
                }
            }
        }
        if draft.chars > self.limits.unit_chars_max {
            self.exceeded = Some(ReadError::UnitTooLong { chars_max: self.limits.unit_chars_max });
        }
    }

    /// A line break within the unit.
    pub(crate) fn line_break(&mut self) {
        if let Some(draft) = &mut self.open
            && !draft.text.is_empty()
            && !draft.text.ends_with(['\n', '\t'])
        {
            draft.text.push('\n');
            draft.chars += 1;
            draft.owes_space = false;
        }
    }

    /// The next cell of a row.
    pub(crate) fn next_cell(&mut self) {
        if let Some(draft) = &mut self.open {
            while draft.text.ends_with('\n') {
                draft.text.pop();
                draft.chars -= 1;
            }
            draft.text.push('\t');
            draft.chars += 1;
            draft.owes_space = false;
        }
    }

    pub(crate) fn strong(&mut self, is_on: bool) {
        self.strong = if is_on { self.strong + 1 } else { self.strong.saturating_sub(1) };
    }

    pub(crate) fn emphasis(&mut self, is_on: bool) {
        self.emphasis = if is_on { self.emphasis + 1 } else { self.emphasis.saturating_sub(1) };
    }

    /// Begins or ends a link. An address that is not safe leaves the words plain.
    pub(crate) fn link(&mut self, address: Option<&str>) {
        self.link = address.and_then(Address::new);
        if address.is_some_and(|address| !address.starts_with('#')) && self.link.is_none() {
            self.leave_out(LeftOut::Link);
        }
    }

    /// All styles off, as at the end of a unit in files that nest wrongly.
    pub(crate) fn plain(&mut self) {
        (self.strong, self.emphasis, self.link) = (0, 0, None);
    }

    /// Counts what the text does not keep.
    pub(crate) fn leave_out(&mut self, what: LeftOut) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Ends the unit; one without words is dropped.
    pub(crate) fn close(&mut self) {
        let Some(mut draft) = self.open.take() else { return };
        while draft.text.ends_with(['\n', ' ']) {
            draft.text.pop();
            draft.chars -= 1;
        }
        // A table whose first row is empty begins with the next one.
        if let Kind::Row { opens, .. } = &mut draft.kind {
            *opens |= self.owes_opening;
            self.owes_opening = *opens;
        }
        if draft.text.trim().is_empty() {
            return;
        }
        self.owes_opening = false;
        for mark in &mut draft.marks {
            mark.end = mark.end.min(draft.chars);
        }
        draft.marks.retain(|mark| mark.start < mark.end);
        draft.marks.sort_by_key(|mark| (mark.start, mark.end));
        self.chars += draft.chars;
        if self.units.len() >= self.limits.units_max {
            self.exceeded.get_or_insert(ReadError::TooManyUnits { units_max: self.limits.units_max });
        } else if self.chars > self.limits.chars_max {
            self.exceeded.get_or_insert(ReadError::TooLong { chars_max: self.limits.chars_max });
        } else {
            self.units.push((draft.kind, draft.text, draft.marks));
        }
    }

    /// The text, and what was left out of it.
    ///
    /// # Errors
    /// The first limit that was exceeded; `Empty` without any words.
    pub(crate) fn finish(mut self) -> Result<Reading, ReadError> {
        self.close();
        if let Some(error) = self.exceeded {
            return Err(error);
        }
        if self.units.is_empty() {
            return Err(ReadError::Empty);
        }
        let text = Text::numbered(self.units).map_err(|_| ReadError::Broken)?;
        Ok(Reading { text, left_out: self.left_out })
    }
}

/// A label as it can be kept: short and without control characters.
fn fitting(label: Label) -> Label {
    let Label::Number(number) = label else { return label };
    let number: String = number.chars().filter(|sign| !sign.is_control() && !is_hidden(*sign)).collect();
    let number = number.trim();
    if number.is_empty() || number.chars().count() > 16 { Label::Bullet } else { Label::Number(number.to_owned()) }
}

/// Lengthens the last mark of a style or begins one. A space just written, if any, between two marks of one style joins them.
fn extend(marks: &mut Vec<Mark>, at: usize, space: usize, style: Style) {
    match marks.iter_mut().rev().find(|mark| mark.style == style) {
        Some(mark) if mark.end + space >= at => mark.end = at + 1,
        _ => marks.push(Mark { start: at, end: at + 1, style }),
    }
}

/// Characters that nobody sees: control, soft hyphen, zero width, direction marks, byte order mark, noncharacters of XML.
pub(crate) fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}
