//! `allmende doctor`: examines a data folder. Exit code 1 if something must be done.

use super::DataFolder;
use crate::config::Config;
use crate::doctor::{self, Level};
use crate::rooms;
use allmende_search_index::request_rebuild;
use anyhow::{Context, Result, bail};

/// Examines a data folder.
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    folder: DataFolder,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
    /// Send a test mail and show the dialogue with the mail server
    #[arg(long, value_name = "TO")]
    send_test_mail: Option<String>,
    /// Build the search index anew; a running server does it while it answers from the old one
    #[arg(long)]
    reindex: bool,
}

impl Doctor {
    pub(super) fn run(self) -> Result<()> {
        if let Some(to) = &self.send_test_mail {
            let config = Config::load(&self.folder.data)?;
            return doctor::post::send_test_mail(&config, to, |line| println!("{line}"));
        }
        if self.reindex {
            let folder = self.folder.data.join(rooms::SEARCH_FOLDER);
            request_rebuild(&folder).with_context(|| folder.display().to_string())?;
            println!("The search index will be built anew: now if a server runs on this folder, else at its next start.");
            println!("Searches are answered from the present index until the new one is there. Each node has an index of its own.");
            return Ok(());
        }
        let variables: Vec<_> = std::env::vars().collect();
        let findings = doctor::examine(&self.folder.data, &variables);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&findings)?);
        } else {
            for finding in &findings {
                let mark = match finding.level {
                    Level::Ok => "ok     ",
                    Level::Warning => "warning",
                    Level::Error => "error  ",
                };
                println!("{mark} {}: {}", finding.check, finding.text);
                if !finding.advice.is_empty() {
                    println!("        {}", finding.advice);
                }
            }
        }
        match findings.iter().filter(|finding| finding.level == Level::Error).count() {
            0 => Ok(()),
            errors => bail!("{errors} errors found"),
        }
    }
}
