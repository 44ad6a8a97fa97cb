//! One candidate reads one PDF: text on stdout (pages parted by form feeds), microseconds on stderr.
//!
//! usage: measure lopdf|pdf-extract|pdf_oxide|hayro FILE

use allmende_extract::{Limits, read_unconfined};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let candidate = std::env::args().nth(1).ok_or("which candidate?")?;
    let path = std::env::args().nth(2).ok_or("which file?")?;
    let bytes = std::fs::read(path)?;
    let start = std::time::Instant::now();
    let pages = read(&candidate, bytes)?;
    eprintln!("{}", start.elapsed().as_micros());
    std::io::stdout().write_all(pages.join("\n\u{c}").as_bytes())?;
    Ok(())
}

fn read(candidate: &str, bytes: Vec<u8>) -> Result<Vec<String>, Box<dyn Error>> {
    match candidate {
        "lopdf" => {
            let document = lopdf::Document::load_mem(&bytes)?;
            let numbers: Vec<u32> = document.get_pages().into_keys().collect();
            numbers.iter().map(|number| Ok(document.extract_text(&[*number])?)).collect()
        }
        "pdf-extract" => Ok(pdf_extract::extract_text_from_mem_by_pages(&bytes)?),
        #[cfg(feature = "pdf_oxide")]
        "pdf_oxide" => {
            let document = pdf_oxide::document::PdfDocument::from_bytes(bytes)?;
            (0..document.page_count()?).map(|page| Ok(document.extract_text(page)?)).collect()
        }
        "hayro" => Ok(read_unconfined(bytes, "application/pdf", &Limits::default())?.pages),
        _ => Err("unknown candidate".into()),
    }
}
