//! What the readers make of files: PDFs of real producers below `files/`, and documents built here.
//!
//! `columns.pdf` is Chromium's (two columns, ligatures, a table), the others are Ghostscript's: `password.pdf` asks for
//! a password, `owner-password.pdf` only forbids changes, `picture.pdf` holds a picture alone.

#![allow(clippy::unwrap_used)]

use allmende_extract::{ExtractError, Extracted, Limits, read_unconfined};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

fn read(bytes: &[u8], media_type: &str) -> Result<Extracted, ExtractError> {
    read_unconfined(bytes.to_vec(), media_type, &Limits::default())
}

fn key(outcome: Result<Extracted, ExtractError>) -> &'static str {
    outcome.map_or_else(|error| error.key(), |_| "text")
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A PDF whose pages paint the given content streams in Helvetica, Windows-1252.
fn pdf(pages: &[&[u8]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut bytes = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Count {}/Kids[{kids}]>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n",
        pages.len()
    )
    .into_bytes();
    for (page, content) in pages.iter().enumerate() {
        let object = 4 + 2 * page;
        let head = format!(
            "{object} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]\
             /Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>endobj\n\
             {} 0 obj<</Length {}>>stream\n",
            object + 1,
            object + 1,
            content.len()
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\nendstream endobj\n");
    }
    // Without a table of objects: readers find them by searching, as they must in many real files.
    bytes.extend_from_slice(b"trailer<</Root 1 0 R>>\n%%EOF");
    bytes
}

fn one_page(content: &[u8]) -> String {
    let text = read(&pdf(&[content]), "application/pdf").unwrap();
    assert_eq!(text.pages.len(), 1);
    text.pages.concat()
}

#[test]
fn columns_are_read_one_after_the_other_and_rows_across() {
    let text = read(include_bytes!("files/columns.pdf"), "application/pdf").unwrap();
    assert_eq!(
        text.pages.concat(),
        "Die Schifffahrt auf dem\nRhein ist offiziell\neröffnet; flache\nStofffetzen wehen.\n\n\
         Zweiter Absatz der\nlinken und der rechten\nSpalte, lang genug für\nbeide.\n\n\
         Ende der Spalten.\nTOP Gremium\n4.2 Gemeinderat Groß-Umstadt"
    );
}

#[test]
fn a_password_is_told_apart_from_a_mere_prohibition() {
    assert_eq!(key(read(include_bytes!("files/password.pdf"), "application/pdf")), "extract-encrypted");
    let text = read(include_bytes!("files/owner-password.pdf"), "application/pdf").unwrap();
    assert_eq!(text.pages, ["Beschlussvorlage für den Gemeinderat\nDie Straße wird saniert."]);
}

#[test]
fn a_picture_has_no_text() {
    assert_eq!(key(read(include_bytes!("files/picture.pdf"), "application/pdf")), "extract-no-text");
}

#[test]
fn what_is_damaged_beyond_reading_is_broken() {
    let whole = include_bytes!("files/columns.pdf");
    for bytes in [&whole[..200], b"%PDF-1.7\n", b"<html>404</html>", b"%PDF-1.4 trailer<</Root 1 0 R>>"] {
        assert_eq!(key(read(bytes, "application/pdf")), "extract-broken");
    }
}

#[test]
fn no_cut_and_no_flipped_byte_ends_the_reader() {
    let whole = include_bytes!("files/owner-password.pdf");
    for at in (0..whole.len()).step_by(41) {
        let _ = read(&whole[..at], "application/pdf");
        let mut flipped = whole.to_vec();
        flipped[at] ^= 0x20;
        let _ = read(&flipped, "application/pdf");
    }
}

#[test]
fn pages_keep_their_numbers_even_without_text() {
    let text = read(&pdf(&[b"BT /F1 9 Tf (eins) Tj ET", b"", b"BT /F1 9 Tf (drei) Tj ET"]), "application/pdf");
    assert_eq!(text.unwrap().pages, ["eins", "", "drei"]);
}

#[test]
fn recognised_text_behind_a_picture_is_read() {
    assert_eq!(one_page(b"BT 3 Tr /F1 9 Tf (Erkannt) Tj ET"), "Erkannt");
}

#[test]
fn text_painted_twice_for_a_bold_look_is_read_once() {
    assert_eq!(one_page(b"BT /F1 9 Tf 50 700 Td (Fett) Tj 0.3 0 Td (Fett) Tj ET"), "Fett");
    assert_eq!(one_page(b"BT 2 Tr /F1 9 Tf 50 700 Td (Fett) Tj ET"), "Fett");
    assert_eq!(one_page(b"BT /F1 9 Tf 50 700 Td (da) Tj 40 0 Td (da) Tj ET"), "da da");
}

#[test]
fn the_text_that_the_producer_means_beats_the_glyphs() {
    let content = b"BT /F1 9 Tf 50 700 Td (Au) Tj /Span<</ActualText(fl)>>BDC (*) Tj EMC (age) Tj ET";
    assert_eq!(one_page(content), "Auflage");
}

#[test]
fn a_document_of_ten_thousand_pages_is_read_and_bounded() {
    let pages = vec![&b"BT /F1 9 Tf (Seite) Tj ET"[..]; 10_000];
    let bytes = pdf(&pages);
    let text = read(&bytes, "application/pdf").unwrap();
    assert_eq!((text.pages.len(), text.truncated), (10_000, false));
    let limits = Limits { pages_max: 9_999, ..Limits::default() };
    let text = read_unconfined(bytes, "application/pdf", &limits).unwrap();
    assert_eq!((text.pages.len(), text.truncated), (9_999, true));
}

#[test]
fn docx_keeps_paragraphs_and_rows() {
    let xml = "<w:document><w:body>\n<w:p><w:r><w:t>Antrag &amp; Be</w:t><w:t>gr&#252;ndung</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>TOP</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4.2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:delText>weg</w:delText><w:t>da</w:t><w:br/><w:t>bei</w:t></w:r></w:p></w:body></w:document>";
    let text = read(&archive(&[("word/document.xml", xml)]), DOCX).unwrap();
    assert_eq!(text.pages, ["Antrag & Begründung\n\nTOP 4.2\nda\nbei"]);
}

#[test]
fn odt_leaves_out_deleted_text_and_notes_to_self() {
    let xml = "<office:text><text:tracked-changes><text:p>weg</text:p></text:tracked-changes>\
        <text:h>Antrag</text:h><text:p>Der<text:s/>Rat<office:annotation><text:p>weg</text:p></office:annotation> m\u{f6}ge</text:p></office:text>";
    let text = read(&archive(&[("content.xml", xml)]), ODT).unwrap();
    assert_eq!(text.pages, ["Antrag\n\nDer Rat möge"]);
}

#[test]
fn encrypted_office_files_are_told_apart_from_broken_ones() {
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let files = [("META-INF/manifest.xml", manifest), ("content.xml", "?")];
    assert_eq!(key(read(&archive(&files), ODT)), "extract-encrypted");
    let mut wrapped = b"\xd0\xcf\x11\xe0".to_vec();
    wrapped.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(key(read(&wrapped, DOCX)), "extract-encrypted");
    assert_eq!(key(read(b"\xd0\xcf\x11\xe0 an older format", DOCX)), "extract-broken");
    assert_eq!(key(read(&archive(&[("other.xml", "")]), DOCX)), "extract-broken");
}

#[test]
fn a_zip_bomb_costs_no_more_than_the_bound() {
    let bomb = archive(&[("word/document.xml", &" ".repeat((64 << 20) + 1))]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(key(read(&bomb, DOCX)), "extract-too-large");
    let full = archive(&[("word/document.xml", &" ".repeat(64 << 20))]);
    assert_eq!(key(read(&full, DOCX)), "extract-no-text");
}

#[test]
fn entities_of_the_file_itself_are_not_expanded() {
    let xml = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
        <w:p><w:t>x&b;&c;y</w:t></w:p>";
    assert_eq!(read(&archive(&[("word/document.xml", xml)]), DOCX).unwrap().pages, ["xy"]);
}
