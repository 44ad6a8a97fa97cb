//! DOCX and ODT: the one XML file inside that holds the text.
//!
//! Unpacks that file alone, up to a bound, so that a zip bomb costs no more than the bound; never follows a
//! reference, never expands an entity of the file's own. Headers, footers, comments and deleted text are left out.

use crate::normalise::tidy_written;
use crate::{ExtractError, Sink};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Unpacked bytes of the XML file at most.
const XML_BYTES_MAX: u64 = 64 << 20;
/// Unpacked bytes of ODT's table of contents at most; only looked at for encryption.
const MANIFEST_BYTES_MAX: u64 = 1 << 20;

/// What an element means for the text.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Character data inside is text.
    Text,
    /// A block that ends with a paragraph break; inside a table cell with a space.
    Paragraph,
    /// As [`Role::Paragraph`], and character data inside is text.
    TextParagraph,
    Cell,
    Row,
    Space,
    LineBreak,
    /// Nothing inside is shown.
    Hidden,
    Other,
}

/// Reads an Office Open XML text document into the sink, as one page.
///
/// # Errors
/// `Encrypted`, `Broken`, `TooLarge` if the text unpacks to more than 64 MiB of XML.
pub(crate) fn read_docx(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    // With a password the archive itself is wrapped in an older container, whose directory is written in UTF-16.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(name.len()).any(|window| window == name);
        return Err(if is_encrypted { ExtractError::Encrypted } else { ExtractError::Broken });
    }
    let xml = unpack(bytes, "word/document.xml", XML_BYTES_MAX)?;
    read_xml(&xml, docx_role, sink)
}

/// Reads an OpenDocument text into the sink, as one page.
///
/// # Errors
/// As [`read_docx`].
pub(crate) fn read_odt(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let manifest = unpack(bytes, "META-INF/manifest.xml", MANIFEST_BYTES_MAX).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ExtractError::Encrypted);
    }
    let xml = unpack(bytes, "content.xml", XML_BYTES_MAX)?;
    read_xml(&xml, odt_role, sink)
}

fn docx_role(name: &[u8]) -> Role {
    match name {
        b"w:t" => Role::Text,
        b"w:p" => Role::Paragraph,
        b"w:tc" => Role::Cell,
        b"w:tr" => Role::Row,
        b"w:tab" => Role::Space,
        b"w:br" | b"w:cr" => Role::LineBreak,
        // The older picture of a drawing repeats its text.
        b"mc:Fallback" => Role::Hidden,
        _ => Role::Other,
    }
}

fn odt_role(name: &[u8]) -> Role {
    match name {
        b"text:p" | b"text:h" => Role::TextParagraph,
        b"table:table-cell" => Role::Cell,
        b"table:table-row" => Role::Row,
        b"text:tab" | b"text:s" => Role::Space,
        b"text:line-break" => Role::LineBreak,
        b"text:tracked-changes" | b"office:annotation" | b"office:scripts" => Role::Hidden,
        _ => Role::Other,
    }
}

fn unpack(bytes: &[u8], name: &str, bytes_max: u64) -> Result<String, ExtractError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ExtractError::Broken)?;
    let entry = archive.by_name(name).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ExtractError::Encrypted,
        _ => ExtractError::Broken,
    })?;
    let mut xml = Vec::new();
    entry.take(bytes_max + 1).read_to_end(&mut xml).map_err(|_| ExtractError::Broken)?;
    if xml.len() as u64 > bytes_max {
        return Err(ExtractError::TooLarge);
    }
    String::from_utf8(xml).map_err(|_| ExtractError::Broken)
}

fn read_xml(xml: &str, role: fn(&[u8]) -> Role, sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let mut reader = Reader::from_str(xml);
    let mut text = Text::default();
    loop {
        match reader.read_event().map_err(|_| ExtractError::Broken)? {
            Event::Start(element) => text.open(role(element.name().as_ref().as_ref())),
            Event::End(element) => text.close(role(element.name().as_ref().as_ref())),
            Event::Empty(element) => {
                let role = role(element.name().as_ref().as_ref());
                text.open(role);
                text.close(role);
            }
            Event::Text(content) => text.push(&content.xml10_content()),
            Event::CData(content) => text.push(&content.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Ok(Some(sign)) = reference.resolve_char_ref() {
                    text.push(sign.encode_utf8(&mut [0; 4]));
                } else if let Some(known) = resolve_predefined_entity(&reference) {
                    text.push(known);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // One page: such files are paginated only when they are printed. The sink says whether more is wanted.
    let _ = sink.page(&tidy_written(&text.shown));
    Ok(())
}

/// The text as it grows, with how deep the reader stands in elements that matter.
#[derive(Default)]
struct Text {
    shown: String,
    text_depth: usize,
    cell_depth: usize,
    hidden_depth: usize,
}

impl Text {
    fn open(&mut self, role: Role) {
        match role {
            Role::Text | Role::TextParagraph => self.text_depth += 1,
            Role::Cell => self.cell_depth += 1,
            Role::Hidden => self.hidden_depth += 1,
            Role::Space => self.part(" "),
            Role::LineBreak => self.part("\n"),
            Role::Paragraph | Role::Row | Role::Other => {}
        }
    }

    fn close(&mut self, role: Role) {
        match role {
            Role::Text => self.text_depth = self.text_depth.saturating_sub(1),
            Role::TextParagraph => {
                self.text_depth = self.text_depth.saturating_sub(1);
                self.end_paragraph();
            }
            Role::Paragraph => self.end_paragraph(),
            Role::Cell => {
                self.cell_depth = self.cell_depth.saturating_sub(1);
                self.part(" ");
            }
            Role::Row => self.part("\n"),
            Role::Hidden => self.hidden_depth = self.hidden_depth.saturating_sub(1),
            Role::Space | Role::LineBreak | Role::Other => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.part(if self.cell_depth > 0 { " " } else { "\n\n" });
    }

    fn part(&mut self, white_space: &str) {
        if self.hidden_depth == 0 {
            self.shown.push_str(white_space);
        }
    }

    fn push(&mut self, text: &str) {
        if self.text_depth > 0 && self.hidden_depth == 0 {
            // Line feeds in XML are layout of the XML, not of the text.
            self.shown.push_str(&text.replace('\n', " "));
        }
    }
}
