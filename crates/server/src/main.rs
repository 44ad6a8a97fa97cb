//! The program `allmende`: reads the command line and hands over to the commands.

use allmende::commands;
use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A child that reads a file from outside is this program too, and shuts itself in before anything else happens.
    allmende_extract::child_main_if_asked();
    commands::run(commands::Arguments::parse())
}
