//! Plain text, as pasted out of a mail, a word processor or a PDF.
//!
//! What is a paragraph is guessed from the lines: blank lines part blocks; within a block long lines are paragraphs of their
//! own, lines of about one width were broken by a program and belong together, and short ones are lines of one paragraph.

use crate::builder::Builder;
use crate::text::{Kind, Label};

/// A line longer than this is a paragraph that nobody broke.
const UNBROKEN_CHARS_MIN: usize = 140;
/// Broken lines are at least as wide as this.
const WRAPPED_CHARS_MIN: usize = 45;
/// A heading is at most as long as this.
const HEADING_CHARS_MAX: usize = 100;

/// Reads plain text into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}', '\u{85}'], "\n").replace(['\u{c}', '\u{2029}'], "\n\n");
    let mut block: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        if line.trim().is_empty() {
            write(&std::mem::take(&mut block), builder);
        } else {
            block.push(line);
        }
    }
    write(&block, builder);
}

/// What the beginning of a line says of it.
enum Beginning {
    /// A heading of this level.
    Heading(u8),
    /// An item; the bytes of its label.
    Item(Label, usize),
    /// A paragraph with a number of its own, as in a statute: "(2) …".
    Numbered,
}

fn write(block: &[&str], builder: &mut Builder<'_>) {
    if is_table(block) {
        for (index, line) in block.iter().enumerate() {
            builder.open(Kind::Row { head: false, opens: index == 0 });
            for (column, cell) in line.split('\t').enumerate() {
                if column > 0 {
                    builder.next_cell();
                }
                builder.text(cell);
            }
        }
        builder.close();
        return;
    }
    let widest = block.iter().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let is_unbroken = widest > UNBROKEN_CHARS_MIN;
    let mut before = "";
    for (index, line) in block.iter().map(|line| line.trim()).enumerate() {
        match beginning(line) {
            Some(Beginning::Heading(level)) => {
                builder.open(Kind::Heading { level });
                builder.text(line);
                builder.close();
            }
            Some(Beginning::Item(label, bytes)) => {
                builder.open(Kind::Item { depth: 0, label });
                builder.text(&line[bytes..]);
            }
            Some(Beginning::Numbered) => {
                builder.open(Kind::Paragraph);
                builder.text(line);
            }
            None if !builder.is_open() || is_unbroken || index == 0 => {
                builder.open(Kind::Paragraph);
                builder.text(line);
            }
            None => join(before, line, widest, builder),
        }
        before = line;
    }
    builder.close();
}

/// Goes on with a line after another: broken lines become one, others keep their break.
fn join(before: &str, line: &str, widest: usize, builder: &mut Builder<'_>) {
    let first = line.split_whitespace().next().unwrap_or_default();
    let would_not_fit = before.chars().count() + 1 + first.chars().count() > widest;
    let is_wrapped = widest >= WRAPPED_CHARS_MIN && (would_not_fit || before.chars().count() * 10 >= widest * 7);
    if is_wrapped {
        builder.text(" ");
        builder.text(line);
    } else {
        builder.line_break();
        builder.text(line);
    }
}

/// Several lines with the same number of cells, as out of a spreadsheet.
fn is_table(block: &[&str]) -> bool {
    let tabs = |line: &&str| line.trim_end_matches(['\n', ' ']).matches('\t').count();
    block.len() >= 2
        && block.first().is_some_and(|line| tabs(line) > 0 && !line.trim_start_matches('\t').is_empty())
        && block.windows(2).all(|pair| tabs(&pair[0]) == tabs(&pair[1]))
}

fn beginning(line: &str) -> Option<Beginning> {
    if let Some(level) = heading(line) {
        return Some(Beginning::Heading(level));
    }
    if line.starts_with('(') && number(&line[1..]).is_some_and(|rest| rest.starts_with(')')) {
        return Some(Beginning::Numbered);
    }
    for bullet in ["- ", "– ", "• ", "* ", "· ", "▪ ", "● ", "\u{f0b7} "] {
        if line.starts_with(bullet) && line.len() > bullet.len() {
            return Some(Beginning::Item(Label::Bullet, bullet.len()));
        }
    }
    let rest = number(line).or_else(|| line.strip_prefix(|sign: char| sign.is_ascii_lowercase()))?;
    let is_letter = line.starts_with(|sign: char| sign.is_ascii_lowercase());
    let after = rest.strip_prefix(')').or_else(|| if is_letter { None } else { rest.strip_prefix('.') })?;
    let words = after.strip_prefix([' ', '\t'])?.trim_start();
    let is_date = crate::sentences::begins_with_month(words) || words.starts_with(|sign: char| sign.is_ascii_digit());
    let label = &line[..line.len() - after.len()];
    (!words.is_empty() && !is_date).then(|| Beginning::Item(Label::Number(label.to_owned()), line.len() - words.len()))
}

/// What follows a number of up to three digits and perhaps a letter, at the beginning.
fn number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = text.len() - rest.len();
    (1..=3).contains(&digits).then(|| rest.strip_prefix(|sign: char| sign.is_ascii_lowercase()).unwrap_or(rest))
}

/// The level of a line that is a heading of a statute: "§ 4 Ersatzpflanzungen", "Artikel 2", "II. Abschnitt".
fn heading(line: &str) -> Option<u8> {
    if line.chars().count() > HEADING_CHARS_MAX || line.ends_with(['.', ',', ';', ':']) {
        return None;
    }
    let mut words = line.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    let is_number = |word: &str| {
        word.starts_with(|sign: char| sign.is_ascii_digit()) || (!word.is_empty() && word.trim_end_matches('.').chars().all(|sign| "IVXLC".contains(sign)))
    };
    let third = words.next().unwrap_or_default();
    if (first == "§" && second.is_some_and(is_number)) || (first.starts_with('§') && first.len() > '§'.len_utf8() && is_number(first.trim_start_matches('§')))
    {
        let follows = if first == "§" { third } else { second.unwrap_or_default() };
        // "§ 4 Abs. 2 gilt" and "§ 4 regelt" go on with a sentence.
        let goes_on = follows.starts_with(|sign: char| sign.is_lowercase()) || ["Abs.", "Absatz", "Satz", "Nr.", "Nummer"].contains(&follows);
        return (!goes_on).then_some(3);
    }
    let level = |word: &str| match word {
        "Teil" | "Kapitel" => Some(1),
        "Abschnitt" | "Artikel" | "Anlage" => Some(2),
        _ => None,
    };
    let second = second?;
    match (level(first), level(second)) {
        (Some(level), _) if is_number(second) && !third.starts_with(char::is_lowercase) => Some(level),
        (_, Some(level)) if is_number(first) && first.ends_with('.') => Some(level),
        _ => None,
    }
}
