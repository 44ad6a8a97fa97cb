//! Markdown: CommonMark with tables.

use super::LeftOut;
use crate::builder::Builder;
use crate::text::{Kind, Label};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Where the reader stands.
#[derive(Default)]
struct Place {
    /// For each list around: the number of the next item, or none for dots.
    lists: Vec<Option<u64>>,
    /// The label of an item that has no words yet; afterwards its paragraphs go on with it.
    label: Option<Label>,
    quotes: usize,
    is_head: bool,
    opens: bool,
    cells: usize,
}

/// Reads Markdown into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    let mut place = Place::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => place.start(tag, builder),
            Event::End(tag) => place.end(tag, builder),
            Event::Text(words) | Event::Code(words) => place.words(&words, builder),
            Event::InlineMath(words) | Event::DisplayMath(words) => place.words(&words, builder),
            Event::SoftBreak => builder.text(" "),
            Event::HardBreak => builder.line_break(),
            Event::Html(markup) | Event::InlineHtml(markup) => {
                if markup.trim().starts_with("<br") {
                    builder.line_break();
                } else if !markup.trim().is_empty() {
                    builder.leave_out(LeftOut::Markup);
                }
            }
            Event::Rule => builder.close(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

impl Place {
    fn start(&mut self, tag: Tag<'_>, builder: &mut Builder<'_>) {
        match tag {
            Tag::Paragraph => builder.open(self.kind()),
            Tag::Heading { level, .. } => builder.open(Kind::Heading { level: level as u8 }),
            Tag::BlockQuote(_) => {
                builder.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => builder.open(self.kind()),
            Tag::List(first) => {
                builder.close();
                self.lists.push(first);
            }
            Tag::Item => {
                let next = self.lists.last_mut().and_then(Option::as_mut);
                self.label = Some(next.map_or(Label::Bullet, |number| {
                    *number += 1;
                    Label::Number(format!("{}.", *number - 1))
                }));
            }
            Tag::Table(_) => self.opens = true,
            Tag::TableHead => {
                self.is_head = true;
                self.row(builder);
            }
            Tag::TableRow => self.row(builder),
            Tag::TableCell => {
                if self.cells > 0 {
                    builder.next_cell();
                }
                self.cells += 1;
            }
            Tag::Emphasis => builder.emphasis(true),
            Tag::Strong => builder.strong(true),
            Tag::Link { dest_url, .. } => builder.link(Some(&dest_url)),
            Tag::Image { .. } => builder.leave_out(LeftOut::Picture),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, builder: &mut Builder<'_>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableRow => builder.close(),
            TagEnd::TableHead => {
                builder.close();
                self.is_head = false;
            }
            TagEnd::BlockQuote(_) => {
                builder.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                builder.close();
                self.label = None;
            }
            TagEnd::List(_) => {
                builder.close();
                self.lists.pop();
            }
            TagEnd::Emphasis => builder.emphasis(false),
            TagEnd::Strong => builder.strong(false),
            TagEnd::Link => builder.link(None),
            _ => {}
        }
    }

    /// Words stand in a block; those of a tight item have none of their own.
    fn words(&mut self, words: &str, builder: &mut Builder<'_>) {
        if !builder.is_open() {
            builder.open(self.kind());
        }
        // Within a code block a line feed is meant.
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                builder.line_break();
            }
            builder.text(line);
        }
    }

    fn row(&mut self, builder: &mut Builder<'_>) {
        builder.open(Kind::Row { head: self.is_head, opens: std::mem::take(&mut self.opens) });
        self.cells = 0;
    }

    fn kind(&mut self) -> Kind {
        match self.lists.len() {
            0 if self.quotes > 0 => Kind::Quote,
            0 => Kind::Paragraph,
            depth => {
                let depth = u8::try_from(depth - 1).unwrap_or(u8::MAX);
                Kind::Item { depth, label: self.label.replace(Label::Continued).unwrap_or(Label::Continued) }
            }
        }
    }
}
