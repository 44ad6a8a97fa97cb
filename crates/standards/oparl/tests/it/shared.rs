//! The data folder beside the repository, which holds recorded answers and the standard's schema.

use std::path::PathBuf;
use std::process::Command;

/// The path below the data folder, or None with a line on the output if the folder is not here.
pub fn path(below: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    if !folder.exists() {
        println!("skipped: ../shared is not here");
        return None;
    }
    Some(folder.join(below))
}

/// What a command prints.
pub fn output(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}");
    output.stdout
}
