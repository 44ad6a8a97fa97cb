//! `cargo xtask`: everything a developer types, from an empty machine to a release.
//!
//! Owns the order of the steps and the processes they start. Knows nothing of what the program does: it builds it,
//! starts it and asks it over HTTP like anybody else. Start at [`command`]; each subcommand is one module.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program speaks on its standard output")]

mod bench;
mod build;
mod demo;
mod http;
mod machine;
mod postgres;
mod process;
mod python;
mod release;
mod repo;
mod setup;
mod steps;
mod suite;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;

use crate::repo::Repo;

const HELP: &str = "\
cargo xtask COMMAND

  setup              install what build and tests need, or say what is missing
  build [--debug]    the program with its assets
  demo [--listen A]  the invented town, ready to click
  test [--quick] [FILTER]
                     everything; --quick leaves out the browser; FILTER: only tests whose name contains it
  bench [NAME]       measure: facade, council, crash, cities
  tidy               what a machine can check of the house style
  release            program, checksums and list of dependencies in target/release-files/
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    let mut options = Options(rest.to_vec());
    let repo = Repo::find()?;
    process::stop_everything_on_interrupt()?;
    match name.as_str() {
        "setup" => {
            options.end()?;
            setup::run(&repo, setup::Purpose::Test)
        }
        "build" => {
            let profile = build::Profile::debug_if(options.flag("--debug"));
            options.end()?;
            setup::run(&repo, setup::Purpose::Build)?;
            build::run(&repo, profile).map(|_| ())
        }
        "demo" => {
            let listen = options.value("--listen")?;
            options.end()?;
            setup::run(&repo, setup::Purpose::Build)?;
            demo::run(&repo, listen.as_deref())
        }
        "test" => {
            let quick = options.flag("--quick");
            let filter = options.word();
            options.end()?;
            suite::run(&repo, &suite::Selection { quick, filter })
        }
        "bench" => {
            let only = options.word();
            options.end()?;
            bench::run(&repo, only.as_deref())
        }
        "tidy" => {
            options.end()?;
            tidy::run(&repo)
        }
        "release" => {
            options.end()?;
            setup::run(&repo, setup::Purpose::Build)?;
            release::run(&repo)
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => anyhow::bail!("unknown command `{other}`; `cargo xtask help` lists them"),
    }
}

/// What stands after the command and was not read yet.
struct Options(Vec<String>);

impl Options {
    fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|argument| argument != name);
        self.0.len() < before
    }

    fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|argument| argument == name) else {
            return Ok(None);
        };
        anyhow::ensure!(at + 1 < self.0.len(), "{name} needs a value");
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// The first argument that is not an option.
    fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|argument| !argument.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    fn end(&self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(rest) => anyhow::bail!("unknown argument `{rest}`; `cargo xtask help` lists them"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn options(words: &[&str]) -> Options {
        Options(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn options_are_read_in_any_order_and_nothing_unknown_passes() {
        let mut given = options(&["council", "--quick", "--listen", "127.0.0.1:1"]);
        assert!(given.flag("--quick"));
        assert!(!given.flag("--quick"));
        assert_eq!(given.value("--listen").unwrap().as_deref(), Some("127.0.0.1:1"));
        assert_eq!(given.word().as_deref(), Some("council"));
        assert!(given.end().is_ok());
        assert!(options(&["--fast"]).end().is_err());
        assert!(options(&["--listen"]).value("--listen").is_err());
    }
}
