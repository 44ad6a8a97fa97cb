//! One candidate reads one PDF: text on stdout (pages parted by form feeds), microseconds on stderr.
//!
//! usage: measure lopdf|pdf-extract|pdf_oxide|hayro FILE, or measure confined FILES_PER_CHILD THREADS FILE…
//! pdf_oxide only if built with `--features pdf_oxide`.

use allmende_extract::{Extractor, Limits, child_main_if_asked, read_unconfined};
use std::error::Error;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

fn main() -> Result<(), Box<dyn Error>> {
    child_main_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let candidate = arguments.first().ok_or("which candidate?")?;
    if candidate == "confined" {
        return confined(&arguments[1..]);
    }
    let path = arguments.get(1).ok_or("which file?")?;
    let bytes = std::fs::read(path)?;
    let start = std::time::Instant::now();
    let pages = read(candidate, bytes)?;
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

/// Files per second through confined children: `measure confined FILES_PER_CHILD THREADS FILE…`.
fn confined(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [files_per_child, threads, paths @ ..] = arguments else {
        return Err("usage: measure confined FILES_PER_CHILD THREADS FILE…".into());
    };
    let limits = Limits { files_per_child_max: files_per_child.parse()?, ..Limits::default() };
    let extractor = Extractor::new(std::env::current_exe()?, limits);
    let next = AtomicUsize::new(0);
    let failed = AtomicUsize::new(0);
    let start = std::time::Instant::now();
    std::thread::scope(|scope| -> Result<(), std::num::ParseIntError> {
        for _ in 0..threads.parse()? {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = extractor.extract_file(path.as_ref(), "application/pdf");
                    failed.fetch_add(usize::from(outcome.is_err()), Ordering::Relaxed);
                }
            });
        }
        Ok(())
    })?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{:.0} files/s, {failed:?} failed", paths.len() as f64 / seconds);
    Ok(())
}
