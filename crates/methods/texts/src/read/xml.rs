//! What DOCX and ODT have in common as XML: names without prefix, attributes, character data.

use super::ReadError;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

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
        let attribute = self.0.attributes().with_checks(false).flatten().find(|attribute| local(attribute.key.as_ref().as_ref()) == name.as_bytes())?;
        let raw = String::from_utf8_lossy(attribute.value.as_ref().as_ref()).into_owned();
        Some(quick_xml::escape::unescape(&raw).map(std::borrow::Cow::into_owned).unwrap_or(raw))
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
                sink.start(&name(element.name().as_ref().as_ref()), &Attributes(&element));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                sink.end(&name(element.name().as_ref().as_ref()));
            }
            Event::Empty(element) => {
                let name = name(element.name().as_ref().as_ref());
                sink.start(&name, &Attributes(&element));
                sink.end(&name);
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

fn name(qualified: &[u8]) -> String {
    String::from_utf8_lossy(local(qualified)).into_owned()
}

fn local(qualified: &[u8]) -> &[u8] {
    qualified.iter().position(|byte| *byte == b':').map_or(qualified, |colon| &qualified[colon + 1..])
}
