//! Safe HTML: nothing but the elements written here, every word and address escaped.

use super::runs::{Run, cells};
use super::{escape, groups};
use crate::difference::Piece;
use crate::text::{Kind, Label, Text, Unit};
use std::ops::Range;

/// The whole text. A heading of level 1 becomes `h{1 + lower}`, at most `h6`; each unit bears its id as `u{id}`.
#[must_use]
pub fn document(text: &Text, lower: u8) -> String {
    let mut out = String::new();
    let mut lists = Lists::default();
    for group in groups(text.units()) {
        let Some(first) = group.first() else { continue };
        match &first.kind {
            Kind::Item { depth, label } => lists.item(*depth, label, first, &mut out),
            Kind::Row { .. } => {
                lists.close_to(0, &mut out);
                table(group, &mut out);
            }
            _ => {
                lists.close_to(0, &mut out);
                block(first, lower, &mut out);
            }
        }
    }
    lists.close_to(0, &mut out);
    out
}

/// One unit as an element of its own: a heading, a paragraph, a quote, a list of one item, a table of one row.
#[must_use]
pub fn unit(unit: &Unit, lower: u8) -> String {
    let mut out = String::new();
    match &unit.kind {
        Kind::Item { label, .. } => {
            let mut lists = Lists::default();
            lists.item(0, label, unit, &mut out);
            lists.close_to(0, &mut out);
        }
        Kind::Row { .. } => table(std::slice::from_ref(unit), &mut out),
        _ => block(unit, lower, &mut out),
    }
    out
}

/// The words of a unit with their marks, without an element around them; cells of a row are parted by a space.
#[must_use]
pub fn inline(unit: &Unit) -> String {
    inline_with(unit, &[])
}

/// As [`inline`], with ranges of characters in `<mark>`, as those that statements are about.
#[must_use]
pub fn inline_with(unit: &Unit, picked: &[Range<usize>]) -> String {
    let mut out = String::new();
    for (index, cell) in cells(unit, picked).iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        runs(cell, &mut out);
    }
    out
}

/// The pieces of a sentence, changed ones in an element: `ins` for the new sentence, `del` for the old one.
#[must_use]
pub fn pieces(pieces: &[Piece], is_new: bool) -> String {
    let name = if is_new { "ins" } else { "del" };
    let mut out = String::new();
    for piece in pieces {
        if piece.is_changed {
            out.push_str(&format!("<{name}>"));
        }
        words(&piece.text, &mut out);
        if piece.is_changed {
            out.push_str(&format!("</{name}>"));
        }
    }
    out
}

fn block(unit: &Unit, lower: u8, out: &mut String) {
    let id = unit.id.0;
    let (open, close) = match unit.kind {
        Kind::Heading { level } => {
            let level = level.saturating_add(lower).clamp(1, 6);
            (format!("<h{level} id=\"u{id}\">"), format!("</h{level}>"))
        }
        Kind::Quote => (format!("<blockquote id=\"u{id}\"><p>"), "</p></blockquote>".to_owned()),
        _ => (format!("<p id=\"u{id}\">"), "</p>".to_owned()),
    };
    out.push_str(&open);
    out.push_str(&inline(unit));
    out.push_str(&close);
    out.push('\n');
}

fn table(rows: &[Unit], out: &mut String) {
    out.push_str("<table>\n");
    let heads = rows.iter().take_while(|row| matches!(row.kind, Kind::Row { head: true, .. })).count();
    for (part, rows, cell) in [("thead", &rows[..heads], "th"), ("tbody", &rows[heads..], "td")] {
        if rows.is_empty() {
            continue;
        }
        out.push_str(&format!("<{part}>\n"));
        for row in rows {
            out.push_str(&format!("<tr id=\"u{}\">", row.id.0));
            for content in cells(row, &[]) {
                let open = if cell == "th" { "<th scope=\"col\">" } else { "<td>" };
                out.push_str(open);
                runs(&content, out);
                out.push_str(&format!("</{cell}>"));
            }
            out.push_str("</tr>\n");
        }
        out.push_str(&format!("</{part}>\n"));
    }
    out.push_str("</table>\n");
}

/// The lists that are open, the outermost first: whether each is one of dots.
#[derive(Default)]
struct Lists(Vec<bool>);

impl Lists {
    fn item(&mut self, depth: u8, label: &Label, unit: &Unit, out: &mut String) {
        let depth = usize::from(depth) + 1;
        let is_bullet = matches!(label, Label::Bullet);
        if matches!(label, Label::Continued) && self.0.len() >= depth {
            self.close_to(depth, out);
            out.push_str(&format!("<p id=\"u{}\">{}</p>\n", unit.id.0, inline(unit)));
            return;
        }
        if self.0.len() >= depth {
            self.close_to(depth, out);
            if self.0[depth - 1] == is_bullet {
                out.push_str("</li>\n");
            } else {
                self.close_to(depth - 1, out);
            }
        }
        while self.0.len() < depth {
            let is_own = self.0.len() + 1 == depth;
            out.push_str(if is_bullet { "<ul>\n" } else { "<ol>\n" });
            self.0.push(is_bullet);
            if !is_own {
                out.push_str("<li>\n");
            }
        }
        self.begin(label, unit, out);
    }

    /// An item: a plain number is the list's own, any other label stands in the text.
    fn begin(&self, label: &Label, unit: &Unit, out: &mut String) {
        let id = unit.id.0;
        match label {
            Label::Number(number) => match number.strip_suffix('.').and_then(|digits| digits.parse::<u32>().ok()).filter(|value| *value < 100_000) {
                Some(value) => out.push_str(&format!("<li id=\"u{id}\" value=\"{value}\">")),
                None => {
                    out.push_str(&format!("<li id=\"u{id}\" class=\"labelled\"><span class=\"item-label\">"));
                    escape(number, out);
                    out.push_str("</span> ");
                }
            },
            Label::Bullet | Label::Continued => out.push_str(&format!("<li id=\"u{id}\">")),
        }
        out.push_str(&inline(unit));
        out.push('\n');
    }

    fn close_to(&mut self, depth: usize, out: &mut String) {
        while self.0.len() > depth {
            let is_bullet = self.0.pop().unwrap_or(true);
            out.push_str(if is_bullet { "</li>\n</ul>\n" } else { "</li>\n</ol>\n" });
        }
    }
}

/// Runs as nested elements; one that goes on over several runs is written once.
fn runs(runs: &[Run<'_>], out: &mut String) {
    let mut open: Vec<(&str, Option<&str>)> = Vec::new();
    for run in runs {
        let link = run.link.map(|address| ("a", Some(address.as_str())));
        let wanted: Vec<(&str, Option<&str>)> =
            [link, run.is_picked.then_some(("mark", None)), run.is_strong.then_some(("strong", None)), run.is_emphasis.then_some(("em", None))]
                .into_iter()
                .flatten()
                .collect();
        let kept = open.iter().zip(&wanted).take_while(|(have, want)| have == want).count();
        close(&mut open, kept, out);
        for tag in &wanted[kept..] {
            match tag {
                (_, Some(address)) => {
                    out.push_str("<a href=\"");
                    escape(address, out);
                    out.push_str("\" rel=\"nofollow noopener ugc\">");
                }
                (name, None) => out.push_str(&format!("<{name}>")),
            }
            open.push(*tag);
        }
        words(run.text, out);
    }
    close(&mut open, 0, out);
}

fn close(open: &mut Vec<(&str, Option<&str>)>, kept: usize, out: &mut String) {
    while open.len() > kept {
        if let Some((name, _)) = open.pop() {
            out.push_str(&format!("</{name}>"));
        }
    }
}

fn words(text: &str, out: &mut String) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<br>");
        }
        escape(line, out);
    }
}
