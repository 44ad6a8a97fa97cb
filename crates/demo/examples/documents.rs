//! Writes every paper, invitation and minutes of the town as PDF into a folder, so that a person can look at them.
//!
//! `cargo run -p allmende-demo --example documents -- FOLDER [YYYY-MM-DD]`

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use allmende_demo::{Town, document, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a folder is needed")?);
    let today = arguments.next().unwrap_or_else(|| "2026-06-08".to_owned()).parse()?;
    let town = Town::load(today)?;
    fs::create_dir_all(&folder)?;
    for paper in &town.papers {
        fs::write(folder.join(format!("{}.pdf", paper.key)), pdf::render(&document::paper(&town, paper))?)?;
    }
    for meeting in &town.meetings {
        let invitation = pdf::render(&document::invitation(&town, meeting))?;
        fs::write(folder.join(format!("{}-einladung.pdf", meeting.key)), invitation)?;
        if let Some(minutes) = document::minutes(&town, meeting) {
            fs::write(folder.join(format!("{}-niederschrift.pdf", meeting.key)), pdf::render(&minutes)?)?;
        }
    }
    Ok(())
}
