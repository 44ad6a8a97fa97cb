//! HTML, whole pages and what is pasted out of a word processor.
//!
//! The tokens of the standard are read one after the other; no tree is built, so that nesting costs nothing and a wrong one
//! does no harm. Only the elements named here mean anything: no attribute but the address of a link is looked at.

use super::LeftOut;
use crate::builder::Builder;
use crate::text::{Kind, Label};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Elements of which nothing is shown.
const HIDDEN: [&[u8]; 22] = [
    b"script",
    b"style",
    b"template",
    b"noscript",
    b"head",
    b"title",
    b"iframe",
    b"object",
    b"embed",
    b"applet",
    b"svg",
    b"math",
    b"canvas",
    b"audio",
    b"video",
    b"select",
    b"textarea",
    b"button",
    b"noframes",
    b"noembed",
    b"xmp",
    b"frameset",
];

/// Where the reader stands.
#[derive(Default)]
struct Place {
    /// The hidden element, and how often it is open within itself.
    hidden: Option<(Vec<u8>, usize)>,
    /// For each list around: the number of the next item, or none for dots.
    lists: Vec<Option<u64>>,
    label: Option<Label>,
    quotes: usize,
    tables: usize,
    opens: bool,
    cells: usize,
    is_head: bool,
}

/// Reads HTML into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    let mut place = Place::default();
    let mut emitter = DefaultEmitter::default();
    // Within a script or style sheet nothing is an element.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => place.start(&tag, builder),
            Token::EndTag(tag) => place.end(&tag.name, builder),
            Token::String(words) if place.hidden.is_none() => place.words(&String::from_utf8_lossy(&words), builder),
            _ => {}
        }
    }
}

impl Place {
    fn start(&mut self, tag: &StartTag<()>, builder: &mut Builder<'_>) {
        let name: &[u8] = &tag.name;
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name && !tag.self_closing {
                *depth += 1;
            }
            return;
        }
        if HIDDEN.contains(&name) {
            if !matches!(name, b"head" | b"title") {
                builder.leave_out(if name == b"svg" { LeftOut::Picture } else { LeftOut::Script });
            }
            if !tag.self_closing && name != b"embed" {
                self.hidden = Some((name.to_vec(), 1));
            }
            return;
        }
        match name {
            [b'h', digit @ b'1'..=b'6'] if self.tables == 0 => {
                builder.plain();
                builder.open(Kind::Heading { level: digit - b'0' });
            }
            b"br" => builder.line_break(),
            b"b" | b"strong" => builder.strong(true),
            b"i" | b"em" => builder.emphasis(true),
            b"a" => {
                let address = tag.attributes.get(b"href".as_slice()).map(|value| String::from_utf8_lossy(value).into_owned());
                builder.link(address.as_deref());
            }
            b"img" => builder.leave_out(LeftOut::Picture),
            b"table" => self.table(builder),
            b"thead" => self.is_head = true,
            b"tbody" | b"tfoot" => self.is_head = false,
            b"tr" if self.tables == 1 => self.row(builder),
            b"td" | b"th" if self.tables == 1 => self.cell(name == b"th", builder),
            _ => self.block(name, tag, builder),
        }
    }

    fn block(&mut self, name: &[u8], tag: &StartTag<()>, builder: &mut Builder<'_>) {
        if !is_block(name) {
            return;
        }
        if self.tables > 0 {
            builder.line_break();
            return;
        }
        builder.plain();
        builder.close();
        match name {
            b"ul" | b"menu" => self.lists.push(None),
            b"ol" => {
                let first = tag.attributes.get(b"start".as_slice()).and_then(|value| String::from_utf8_lossy(value).trim().parse().ok());
                self.lists.push(Some(first.unwrap_or(1)));
            }
            b"li" => {
                let next = self.lists.last_mut().and_then(Option::as_mut);
                self.label = Some(next.map_or(Label::Bullet, |number| {
                    *number = number.saturating_add(1);
                    Label::Number(format!("{}.", number.saturating_sub(1)))
                }));
            }
            b"blockquote" => self.quotes += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8], builder: &mut Builder<'_>) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        match name {
            b"b" | b"strong" => builder.strong(false),
            b"i" | b"em" => builder.emphasis(false),
            b"a" => builder.link(None),
            b"thead" => self.is_head = false,
            b"table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    builder.close();
                }
            }
            b"tr" if self.tables == 1 => builder.close(),
            _ if self.tables > 0 => {}
            [b'h', b'1'..=b'6'] => builder.close(),
            _ if is_block(name) => {
                builder.plain();
                builder.close();
                match name {
                    b"ul" | b"ol" | b"menu" => {
                        self.lists.pop();
                        self.label = None;
                    }
                    b"li" => self.label = None,
                    b"blockquote" => self.quotes = self.quotes.saturating_sub(1),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn table(&mut self, builder: &mut Builder<'_>) {
        self.tables += 1;
        if self.tables == 1 {
            builder.plain();
            builder.close();
            (self.opens, self.is_head, self.cells) = (true, false, 0);
        }
    }

    fn row(&mut self, builder: &mut Builder<'_>) {
        builder.open(Kind::Row { head: self.is_head, opens: std::mem::take(&mut self.opens) });
        self.cells = 0;
    }

    fn cell(&mut self, is_heading: bool, builder: &mut Builder<'_>) {
        if !builder.is_open() {
            self.row(builder);
        }
        builder.plain();
        if self.cells > 0 {
            builder.next_cell();
        }
        self.cells += 1;
        // A row is a heading if all its cells are.
        if let Some(Kind::Row { head, .. }) = builder.kind_mut() {
            *head = (is_heading && (*head || self.cells == 1)) || self.is_head;
        }
    }

    fn words(&mut self, words: &str, builder: &mut Builder<'_>) {
        if !builder.is_open() {
            if words.trim().is_empty() {
                return;
            }
            builder.open(self.kind());
        }
        builder.text(words);
    }

    fn kind(&mut self) -> Kind {
        match self.lists.len() {
            0 if self.quotes > 0 => Kind::Quote,
            // Outside of a row the words between the tags of a table stand before it.
            0 => Kind::Paragraph,
            depth => {
                let depth = u8::try_from(depth - 1).unwrap_or(u8::MAX);
                Kind::Item { depth, label: self.label.replace(Label::Continued).unwrap_or(Label::Continued) }
            }
        }
    }
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"ul"
            | b"ol"
            | b"menu"
            | b"li"
            | b"blockquote"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"nav"
            | b"aside"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"pre"
            | b"address"
            | b"figure"
            | b"figcaption"
            | b"caption"
            | b"hr"
            | b"form"
            | b"fieldset"
            | b"legend"
            | b"details"
            | b"summary"
            | b"body"
            | b"html"
            | b"center"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
    )
}
