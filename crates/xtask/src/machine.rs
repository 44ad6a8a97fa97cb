//! What the machine's host took away while something was measured: on a shared host a time says little without it.
//!
//! Start at [`Processors::now`].

/// Processor time of this machine so far, in the kernel's ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processors {
    all: u64,
    stolen: u64,
}

impl Processors {
    /// Reads the clock of the processors; nothing where the kernel has none.
    pub fn now() -> Option<Self> {
        Self::read(&std::fs::read_to_string("/proc/stat").ok()?)
    }

    /// The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal. What follows is part of the first two.
    pub fn read(text: &str) -> Option<Self> {
        let ticks: Vec<u64> = text.lines().next()?.strip_prefix("cpu ")?.split_whitespace().take(8).map_while(|word| word.parse().ok()).collect();
        Some(Self { all: ticks.iter().sum(), stolen: *ticks.get(7)? })
    }

    /// Percent of the time since `before` that the host gave to others.
    pub fn stolen_since(self, before: Self) -> f64 {
        let all = self.all.saturating_sub(before.all).max(1);
        self.stolen.saturating_sub(before.stolen) as f64 * 100.0 / all as f64
    }
}

/// "The host gave 3 % of the processors to others meanwhile."
pub fn told_since(before: Option<Processors>) -> String {
    match before.zip(Processors::now()) {
        Some((before, now)) => format!("The host gave {:.0} % of the processors to others meanwhile.", now.stolen_since(before)),
        None => "Whether the host gave processors to others meanwhile is not known.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Processors;

    #[test]
    fn what_was_stolen_is_a_share_of_all_time() {
        let before = Processors::read("cpu  100 0 50 800 10 0 0 40 7 0\ncpu0 1 1\n").unwrap();
        let now = Processors::read("cpu  150 0 60 810 10 0 0 70 9 0\n").unwrap();
        assert_eq!(now.stolen_since(before), 30.0);
        assert_eq!(now.stolen_since(now), 0.0);
        for wrong in ["", "intr 5", "cpu  1 2 3"] {
            assert_eq!(Processors::read(wrong), None, "{wrong}");
        }
    }
}
