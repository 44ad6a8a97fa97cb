//! The Markdown of the papers as blocks: headings, paragraphs, lists, tables and bold words.
//!
//! Whatever else Markdown can do is set as plain text, so that nothing is lost.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Block, Span};

/// The blocks of a Markdown text, in order.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        builder.take(event);
    }
    builder.blocks
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    bold_depth: u32,
    list: Option<(Option<u64>, Vec<Vec<Span>>)>,
    rows: Vec<Vec<String>>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.bold_depth += 1,
            Event::End(TagEnd::Strong) => self.bold_depth = self.bold_depth.saturating_sub(1),
            Event::Start(Tag::List(first)) => self.list = Some((first, Vec::new())),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.rows.push(Vec::new()),
            Event::Text(text) | Event::Code(text) => self.push_text(&text),
            Event::SoftBreak | Event::HardBreak => self.push_text(" "),
            Event::End(end) => self.close(end),
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        let is_bold = self.bold_depth > 0;
        match self.spans.last_mut() {
            Some(last) if last.is_bold == is_bold => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), is_bold }),
        }
    }

    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(level) => {
                let text = self.take_plain();
                self.blocks.push(Block::Heading { level: depth(level), text });
            }
            TagEnd::Paragraph if self.list.is_none() => {
                let spans = std::mem::take(&mut self.spans);
                self.blocks.push(Block::Paragraph(spans));
            }
            TagEnd::Item => {
                let spans = std::mem::take(&mut self.spans);
                if let Some((_, items)) = &mut self.list {
                    items.push(spans);
                }
            }
            TagEnd::List(_) => {
                if let Some((first, items)) = self.list.take() {
                    self.blocks.push(Block::List { first, items });
                }
            }
            TagEnd::TableCell => {
                let cell = self.take_plain();
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.close_table(),
            _ => {}
        }
    }

    fn close_table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            let header = rows.remove(0);
            let summary = format!("Tabelle mit {} Zeilen: {}", rows.len(), header.join(", "));
            self.blocks.push(Block::Table { summary, header, rows });
        }
    }

    fn take_plain(&mut self) -> String {
        std::mem::take(&mut self.spans).into_iter().map(|span| span.text).collect()
    }
}

/// Level 1 belongs to the title of the document.
fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_block_is_kept_in_order() {
        let found = blocks("## Kosten\n\nRund **900 Euro**\nim Jahr.\n\n1. Erstens\n2. Zweitens\n\n| A | B |\n|---|---|\n| 1 | 2 |\n");
        let expected = vec![
            Block::Heading { level: 2, text: "Kosten".to_owned() },
            Block::Paragraph(vec![Span::plain("Rund "), Span::bold("900 Euro"), Span::plain(" im Jahr.")]),
            Block::List { first: Some(1), items: vec![vec![Span::plain("Erstens")], vec![Span::plain("Zweitens")]] },
            Block::Table {
                summary: "Tabelle mit 1 Zeilen: A, B".to_owned(),
                header: vec!["A".to_owned(), "B".to_owned()],
                rows: vec![vec!["1".to_owned(), "2".to_owned()]],
            },
        ];
        assert_eq!(found, expected);
    }
}
