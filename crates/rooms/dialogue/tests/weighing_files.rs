//! The weighing table as ODT and DOCX is opened by LibreOffice, with all its rows.

use allmende_core::Instant;
use allmende_core::Language;
use allmende_dialogue::rules::Channel;
use allmende_dialogue::weighing::rules::Stage;
use allmende_dialogue::weighing::store::table::PublicRow;
use allmende_dialogue::weighing::table::{Source, document};
use allmende_platform::dates::Dates;
use allmende_platform::texts::Texts;
use allmende_texts::write;
use anyhow::{Context, Result, ensure};

fn row(number: i64) -> PublicRow {
    PublicRow {
        number,
        receipt: format!("1-{number:04}"),
        position: 1,
        points: 1,
        channel: Channel::Letter,
        submitted_at: Instant::from_millis(1_780_902_000_000),
        version: 1,
        unit: 0,
        anchor: None,
        text: format!("Zeile eins von {number}\tmit Tabulator\nund Zeile zwei & <mehr>"),
        suggestion: None,
        place: None,
        point: String::new(),
        stage: Some(Stage::Published),
        code: Some(3000),
        reason: format!("Grund {number}"),
        calculation: Some("900 Bäume mehr".to_owned()),
        department: Some("Umweltamt".to_owned()),
        published_at: None,
    }
}

#[test]
fn a_word_processor_opens_the_table_with_all_its_rows() -> Result<()> {
    let t = Texts::load(&[allmende_platform::TEXTS, allmende_dialogue::TEXTS])?.speak(Language::German);
    let dates = Dates::new(t, jiff::tz::TimeZone::UTC, Instant::from_millis(1_780_902_000_000));
    let rows: Vec<PublicRow> = (1..=500).map(row).collect();
    let source = Source { t, dates: &dates, process: 1, title: "Welche Bäume sollen geschützt sein?", shown: None };
    let (text, layout) = document(&source, &rows, false)?;
    let folder = tempfile::tempdir()?;
    for (name, bytes) in [("a.odt", write::odt(&text, &layout)?), ("b.docx", write::docx(&text, &layout)?)] {
        std::fs::write(folder.path().join(name), bytes)?;
        let home = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let done = std::process::Command::new("soffice")
            .args([&home, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
            .arg(folder.path())
            .arg(folder.path().join(name))
            .output()
            .context("LibreOffice, which `cargo xtask test` installs")?;
        let out = std::fs::read_to_string(folder.path().join(name).with_extension("txt")).with_context(|| format!("{done:?}"))?;
        for number in [1, 250, 500] {
            ensure!(out.contains(&format!("Zeile eins von {number} mit Tabulator")) && out.contains(&format!("Grund {number}")), "{name} lacks row {number}");
        }
        ensure!(out.contains("Der Stellungnahme wird nicht gefolgt.") && out.contains("Abwägungstabelle: Welche Bäume"), "{name}");
    }
    Ok(())
}
