//! The limits of reading: one table, passed from the parent to the child on its command line.
//!
//! Knows no process and no file. The child receives only what it enforces itself.

use std::time::Duration;

/// What one file may cost. Every bound is inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes; larger ones are refused before a child sees them.
    pub file_bytes_max: u64,
    /// Text in bytes of UTF-8 over all pages; the rest is cut off and the result marked truncated.
    pub text_bytes_max: usize,
    /// Pages that are read; the rest is cut off and the result marked truncated.
    pub pages_max: u32,
    /// Memory that the child may allocate, in bytes, the file itself included.
    pub memory_bytes_max: u64,
    /// Processor time in whole seconds that every file is granted; the child is ended at twice this at the latest.
    pub cpu_seconds_max: u64,
    /// Time from the moment a child has taken the file to its last page.
    pub wall_time_max: Duration,
    /// Files that one child reads before it is replaced; 1 starts a child for every file.
    pub files_per_child_max: u32,
}

impl Default for Limits {
    /// Generous for council papers: 64 MiB files, 8 MiB of text, 20,000 pages, 512 MiB, 30 s of processor, 60 s of
    /// waiting, 50 files a child.
    fn default() -> Self {
        Self {
            file_bytes_max: 64 << 20,
            text_bytes_max: 8 << 20,
            pages_max: 20_000,
            memory_bytes_max: 512 << 20,
            cpu_seconds_max: 30,
            wall_time_max: Duration::from_secs(60),
            files_per_child_max: 50,
        }
    }
}

/// The part of [`Limits`] that the child enforces on itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChildLimits {
    pub file_bytes_max: u64,
    pub text_bytes_max: usize,
    pub pages_max: u32,
    pub memory_bytes_max: u64,
    pub cpu_seconds_max: u64,
}

impl From<&Limits> for ChildLimits {
    fn from(limits: &Limits) -> Self {
        Self {
            file_bytes_max: limits.file_bytes_max,
            text_bytes_max: limits.text_bytes_max,
            pages_max: limits.pages_max,
            memory_bytes_max: limits.memory_bytes_max,
            cpu_seconds_max: limits.cpu_seconds_max,
        }
    }
}

impl ChildLimits {
    /// As one command-line argument: five numbers parted by commas.
    pub fn to_argument(self) -> String {
        format!("{},{},{},{},{}", self.file_bytes_max, self.text_bytes_max, self.pages_max, self.memory_bytes_max, self.cpu_seconds_max)
    }

    /// Reads what [`Self::to_argument`] wrote; anything else is none.
    pub fn from_argument(argument: &str) -> Option<Self> {
        let mut parts = argument.split(',');
        let limits = Self {
            file_bytes_max: parts.next()?.parse().ok()?,
            text_bytes_max: parts.next()?.parse().ok()?,
            pages_max: parts.next()?.parse().ok()?,
            memory_bytes_max: parts.next()?.parse().ok()?,
            cpu_seconds_max: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_survive_the_command_line() {
        let limits = ChildLimits::from(&Limits::default());
        assert_eq!(ChildLimits::from_argument(&limits.to_argument()), Some(limits));
    }

    #[test]
    fn anything_else_is_no_limits() {
        for argument in ["", "1,2,3,4", "1,2,3,4,5,6", "1,2,3,4,-5", "a,b,c,d,e"] {
            assert_eq!(ChildLimits::from_argument(argument), None, "{argument}");
        }
    }
}
