//! Child processes: each in a process group of its own, none left behind.
//!
//! Owns the list of everything that runs and of the folders that go with it, so that a failure, a panic or Ctrl-C
//! stops all of it. Knows nothing of what the processes do. Start at [`run`] and [`spawn`].

use std::fs::File;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

/// How long a process may take to end in good order before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// How often a condition is looked at again.
const STEP: Duration = Duration::from_millis(50);

struct Registry {
    stopping: bool,
    groups: Vec<(Pid, Signal)>,
    folders: Vec<PathBuf>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry { stopping: false, groups: Vec::new(), folders: Vec::new() });

fn registry() -> std::sync::MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Ctrl-C, SIGTERM and SIGHUP stop all children before this program ends with code 130.
///
/// # Errors
/// When the handler cannot be set.
pub fn stop_everything_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        // Held to the end: a step that wants to start another process waits here and never does.
        let mut all = registry();
        all.stopping = true;
        for (group, signal) in &all.groups {
            killpg(*group, *signal).ok();
        }
        let until = Instant::now() + GRACE;
        while all.groups.iter().any(|(group, _)| is_alive(*group)) && Instant::now() < until {
            std::thread::sleep(STEP);
        }
        for (group, _) in &all.groups {
            killpg(*group, Signal::SIGKILL).ok();
        }
        for folder in &all.folders {
            std::fs::remove_dir_all(folder).ok();
        }
        eprintln!("interrupted: everything that was started has been stopped");
        std::process::exit(130);
    })
    .context("cannot handle signals")
}

fn is_alive(group: Pid) -> bool {
    // A child that ended but was not waited for still counts as a member of its group: collect it first.
    waitpid(Pid::from_raw(-group.as_raw()), Some(WaitPidFlag::WNOHANG)).ok();
    killpg(group, None).is_ok()
}

/// A folder that is removed when this value goes, also on Ctrl-C.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Registers an existing folder.
    pub fn new(folder: PathBuf) -> Self {
        registry().folders.push(folder.clone());
        Self(folder)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
        registry().folders.retain(|folder| *folder != self.0);
    }
}

/// A process that runs beside this one; dropping it stops its whole group.
pub struct Running {
    child: Child,
    signal: Signal,
    name: String,
}

impl Running {
    /// The process id (of the process itself, which is also the id of its group).
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn group(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// # Errors
    /// When it has ended.
    pub fn still_runs(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended early: {status}", self.name),
        }
    }

    /// Waits for the end.
    ///
    /// # Errors
    /// When it ended with another code than 0.
    pub fn wait(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { bail!("{}: {status}", self.name) }
    }

    fn stop(&mut self) {
        let group = self.group();
        killpg(group, self.signal).ok();
        let until = Instant::now() + GRACE;
        while Instant::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) && killpg(group, None).is_err() {
                return;
            }
            std::thread::sleep(STEP);
        }
        killpg(group, Signal::SIGKILL).ok();
        self.child.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        let group = self.group();
        registry().groups.retain(|(other, _)| *other != group);
    }
}

/// Starts a process in its own group, without standard input. `signal` asks it to end.
///
/// # Errors
/// When it cannot be started.
pub fn spawn(command: &mut Command, signal: Signal) -> Result<Running> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut all = registry();
    if all.stopping {
        bail!("interrupted");
    }
    let child = command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| format!("cannot start {name}"))?;
    let running = Running { child, signal, name };
    all.groups.push((running.group(), signal));
    Ok(running)
}

/// Starts a process in the background with all its output in a file.
///
/// # Errors
/// When the file cannot be written or the process not be started.
pub fn spawn_logged(command: &mut Command, signal: Signal, log: &Path) -> Result<Running> {
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdout(file.try_clone()?).stderr(file);
    spawn(command, signal)
}

/// Runs a process to its end, its output on ours.
///
/// # Errors
/// When it cannot be started or ends with another code than 0.
pub fn run(command: &mut Command) -> Result<()> {
    spawn(command, Signal::SIGTERM)?.wait()
}

/// Runs a process to its end and gives its standard output.
///
/// # Errors
/// As [`run`]; the end of its standard error is part of the message.
pub fn output(command: &mut Command) -> Result<String> {
    let mut running = spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()), Signal::SIGTERM)?;
    let (out, error) = (running.child.stdout.take(), running.child.stderr.take());
    // Both at once: a process that fills one pipe while we read the other would wait for ever.
    let error = std::thread::spawn(move || read_all(error));
    let out = read_all(out);
    let error = error.join().unwrap_or_default();
    running.wait().with_context(|| last_lines(&error, 20))?;
    Ok(out)
}

fn read_all(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What was read before a fault is still worth showing.
        pipe.read_to_end(&mut bytes).ok();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asks `condition` again and again until it holds.
///
/// # Errors
/// When the process ended, or after `limit`.
pub fn wait_until(process: &mut Running, limit: Duration, mut condition: impl FnMut() -> bool) -> Result<()> {
    let until = Instant::now() + limit;
    while !condition() {
        process.still_runs()?;
        if Instant::now() > until {
            bail!("{} was not ready after {limit:?}", process.name);
        }
        std::thread::sleep(STEP);
    }
    Ok(())
}

/// The end of a text, for messages.
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// The program's path, searched in the folders of `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The cargo that called us, without the variables it set for this program: some build scripts watch them and would
/// rebuild their crates at every change between a call from here and a call by hand.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::{Scratch, Signal, is_alive, last_lines, output, run, spawn};
    use std::process::Command;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn another_code_than_zero_is_an_error() {
        assert!(run(&mut shell("exit 0")).is_ok());
        assert!(run(&mut shell("exit 1")).is_err());
        let error = output(&mut shell("echo why >&2; exit 3")).unwrap_err();
        assert!(format!("{error:#}").contains("why"));
    }

    #[test]
    fn dropping_a_process_ends_its_children_too() {
        let running = spawn(&mut shell("tail -f /dev/null & wait"), Signal::SIGTERM).unwrap();
        let group = running.group();
        assert!(is_alive(group));
        drop(running);
        assert!(!is_alive(group));
    }

    #[test]
    fn a_scratch_folder_goes_with_its_value() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        drop(Scratch::new(inner.clone()));
        assert!(!inner.exists());
    }

    #[test]
    fn the_last_lines_of_a_short_text_are_all_of_it() {
        assert_eq!(last_lines("a\nb", 3), "a\nb");
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
    }
}
