//! What DOCX and ODT have in common as XML: names without prefix, attributes, character data.

use super::ReadError;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Elements within elements at most; no word processor comes near.
const DEPTH_MAX: usize = 1_000;

/// What a reader of one kind of file makes of its elements.
pub(super) trait Sink {
    /// An element begins. `name` is without its prefix.
    fn start(&mut self, name: &str, attributes: &Attributes<'_>);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Character data.
    fn text(&mut self, text: &str);
}

/// The attributes of an element, by name without prefix.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, entities resolved; of two with one name in different spaces the first.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let attribute = self.0.attributes().with_checks(false).flatten().find(|attribute| local(attribute.key.0) == name)?;
        Some(unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    }
}

/// Sends a document through a sink. No entity of the file's own is ever expanded.
///
/// # Errors
/// `Broken` for what is no XML or nested too deeply.
pub(super) fn walk(xml: &str, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| ReadError::Broken)? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(ReadError::Broken);
                }
                sink.start(local(element.name().0), &Attributes(&element));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                sink.end(local(element.name().0));
            }
            Event::Empty(element) => {
                let name = element.name();
                sink.start(local(name.0), &Attributes(&element));
                sink.end(local(name.0));
            }
            Event::Text(content) => sink.text(&content.xml10_content()),
            Event::CData(content) => sink.text(&content.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Ok(Some(sign)) = reference.resolve_char_ref() {
                    sink.text(sign.encode_utf8(&mut [0; 4]));
                } else if let Some(known) = resolve_predefined_entity(&reference) {
                    sink.text(known);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A name without its prefix.
fn local(qualified: &str) -> &str {
    qualified.split_once(':').map_or(qualified, |(_, name)| name)
}
