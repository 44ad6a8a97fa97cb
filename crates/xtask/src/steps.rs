//! The report of a long run: one line per step, a summary at the end.
//!
//! A failing step does not stop the others; the run as a whole fails. Start at [`Steps::step`].

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::machine::{self, Processors};

enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// All steps so far.
pub struct Steps {
    started: Instant,
    processors: Option<Processors>,
    done: Vec<(String, Duration, Outcome)>,
}

impl Steps {
    /// An empty report; the clock runs from here.
    pub fn new() -> Self {
        Self { started: Instant::now(), processors: Processors::now(), done: Vec::new() }
    }

    /// Runs a step and notes how it went. Gives its value if it passed.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("==> {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let (value, outcome) = match result {
            Ok(value) => (Some(value), Outcome::Passed),
            Err(error) => (None, Outcome::Failed(format!("{error:#}"))),
        };
        println!("{}", line(name, took, &outcome));
        self.done.push((name.to_owned(), took, outcome));
        value
    }

    /// Notes a step that had to fail because of one before it.
    pub fn fail(&mut self, name: &str, why: &str) {
        let outcome = Outcome::Failed(why.to_owned());
        println!("{}", line(name, Duration::ZERO, &outcome));
        self.done.push((name.to_owned(), Duration::ZERO, outcome));
    }

    /// Notes a step that this machine has no data for.
    pub fn skip(&mut self, name: &str, why: &str) {
        let outcome = Outcome::Skipped(why.to_owned());
        println!("{}", line(name, Duration::ZERO, &outcome));
        self.done.push((name.to_owned(), Duration::ZERO, outcome));
    }

    /// Prints the summary.
    ///
    /// # Errors
    /// When any step failed.
    pub fn finish(self) -> Result<()> {
        println!("\nSummary");
        for (name, took, outcome) in &self.done {
            println!("{}", line(name, *took, outcome));
        }
        let failed = self.done.iter().filter(|(_, _, outcome)| matches!(outcome, Outcome::Failed(_))).count();
        let total = self.started.elapsed().as_secs_f64();
        println!("{} steps, {failed} failed, {total:.1} s. {}", self.done.len(), machine::told_since(self.processors));
        if failed > 0 {
            bail!("{failed} of {} steps failed", self.done.len());
        }
        Ok(())
    }
}

fn line(name: &str, took: Duration, outcome: &Outcome) -> String {
    let seconds = took.as_secs_f64();
    match outcome {
        Outcome::Passed => format!("ok      {seconds:8.1} s  {name}"),
        Outcome::Failed(why) => format!("FAILED  {seconds:8.1} s  {name}: {why}"),
        Outcome::Skipped(why) => format!("skipped: {why} ({name})"),
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[test]
    fn one_failed_step_fails_the_run_but_not_the_steps_after_it() {
        let mut steps = Steps::new();
        assert_eq!(steps.step("first", || Ok(1)), Some(1));
        assert_eq!(steps.step::<()>("second", || anyhow::bail!("no")), None);
        assert_eq!(steps.step("third", || Ok(3)), Some(3));
        assert!(steps.finish().is_err());
    }

    #[test]
    fn a_skipped_step_does_not_fail_the_run() {
        let mut steps = Steps::new();
        steps.skip("real data", "../shared is not here");
        assert!(steps.finish().is_ok());
    }
}
