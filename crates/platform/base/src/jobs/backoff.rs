//! How long a job waits before its next try. Pure: chance comes in as a seed.

/// The waits between the tries of one kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Wait after the first failed try, in seconds.
    pub first_seconds: i64,
    /// Longest wait, in seconds.
    pub longest_seconds: i64,
}

impl Backoff {
    /// For work that asks others: 10 seconds at first, six hours at the most.
    pub const PATIENT: Self = Self { first_seconds: 10, longest_seconds: 6 * 3_600 };
    /// For work that people wait for: 10 seconds at first, five minutes at the most, so that it soon notices when it can go on.
    pub const EAGER: Self = Self { first_seconds: 10, longest_seconds: 300 };

    /// Milliseconds to wait after the failed try number `attempt` (from 1). Each wait is three times the one before, up to the
    /// longest, and moved by up to a fifth either way by `seed`, so that jobs that failed together do not come back together.
    #[must_use]
    pub fn wait_millis(self, attempt: i64, seed: u64) -> i64 {
        let exponent = u32::try_from((attempt - 1).clamp(0, 30)).unwrap_or(30);
        let plain = self.first_seconds.saturating_mul(3_i64.saturating_pow(exponent)).clamp(1, self.longest_seconds.max(1)).saturating_mul(1000);
        let part = i64::try_from(mixed(seed) % 401).unwrap_or(0) - 200;
        plain + plain / 1000 * part
    }
}

/// Spreads the bits of a seed (the finalizer of SplitMix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_three_times_the_one_before_up_to_the_longest() {
        let check = |attempt: i64, plain_seconds: i64| {
            for seed in 0..1_000 {
                let wait = Backoff::PATIENT.wait_millis(attempt, seed);
                assert!((plain_seconds * 800..=plain_seconds * 1200).contains(&wait), "attempt {attempt}, seed {seed}: {wait}");
            }
        };
        check(1, 10);
        check(2, 30);
        check(3, 90);
        check(7, 7_290);
        check(8, 21_600);
        check(9, 21_600);
        check(i64::MAX, 21_600);
        check(0, 10);
        check(-5, 10);
    }

    #[test]
    fn the_same_seed_waits_the_same_and_others_spread() {
        let waits: std::collections::HashSet<_> = (0..100).map(|seed| Backoff::EAGER.wait_millis(9, seed)).collect();
        assert_eq!(Backoff::EAGER.wait_millis(9, 7), Backoff::EAGER.wait_millis(9, 7));
        assert!(waits.len() > 50, "{}", waits.len());
    }

    #[test]
    fn a_wait_is_never_nothing() {
        assert!(Backoff { first_seconds: 0, longest_seconds: 0 }.wait_millis(1, 3) >= 800);
    }
}
