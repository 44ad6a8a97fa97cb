//! Trying again, politely.
//!
//! Owns the schedule of attempts ([`Backoff`], pure) and the loop that keeps it ([`retry`]). The clock and the
//! pause between attempts come from the caller through [`Pause`], so that tests need not wait and a worker that is
//! told to stop need not either.

use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::error::FetchError;
use crate::response::{Download, Response, RetryAfter};

/// How often and after which waits a request is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Attempts in all, the first included; 0 counts as 1.
    pub attempts_max: u32,
    /// Wait before the second attempt, before jitter; doubled for each further one.
    pub first_wait: Duration,
    /// Longest wait of our own choosing.
    pub wait_max: Duration,
    /// Longest wait on the server's word (`Retry-After`); a longer wish is cut to this.
    pub retry_after_max: Duration,
    /// Spreads the waits of different callers; the same seed gives the same waits.
    pub seed: u64,
}

impl Backoff {
    /// Four attempts over about four seconds, up to a minute if the server asks for it.
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        Self { attempts_max: 4, first_wait: Duration::from_millis(500), wait_max: Duration::from_secs(30), retry_after_max: Duration::from_secs(60), seed }
    }

    /// The wait after the failed attempt number `attempt` (from 1), or `None` if it was the last one. Between
    /// half and the whole of the doubled wait, and never less than the server asked for within its bound.
    #[must_use]
    pub fn wait_after(&self, attempt: u32, asked_for: Option<Duration>) -> Option<Duration> {
        if attempt >= self.attempts_max {
            return None;
        }
        let doubled = 2_u32.checked_pow(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let whole = self.first_wait.saturating_mul(doubled).min(self.wait_max);
        let share = 0.5 + 0.5 * fraction(self.seed, attempt);
        let asked_for = asked_for.unwrap_or_default().min(self.retry_after_max);
        Some(whole.mul_f64(share).max(asked_for))
    }
}

/// A number from 0 (inclusive) to 1 (exclusive) that looks random. Source: SplitMix64 by Steele, Lea and Flood.
fn fraction(seed: u64, attempt: u32) -> f64 {
    let mut bits = seed.wrapping_add(u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    // 53 bits are what an f64 holds exactly.
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// An answer that may ask to be asked again.
pub trait Answered {
    /// The HTTP status.
    fn status(&self) -> u16;
    /// The server's wish.
    fn retry_after(&self) -> Option<RetryAfter>;
}

impl Answered for Response {
    fn status(&self) -> u16 {
        self.status
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        self.headers.retry_after
    }
}

impl Answered for Download {
    fn status(&self) -> u16 {
        self.status
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        self.headers.retry_after
    }
}

/// The clock and the pause between attempts.
pub trait Pause {
    /// Now, for `Retry-After` dates.
    fn now(&self) -> Timestamp;
    /// Waits. Returns false if the worker shall stop: then no further attempt is made.
    fn wait(&mut self, duration: Duration) -> bool;
}

/// Sleeps on the calling thread and never stops early.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sleep;

impl Pause for Sleep {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&mut self, duration: Duration) -> bool {
        thread::sleep(duration);
        true
    }
}

/// Calls `attempt` with the number of the attempt (from 1) until it brings an answer worth keeping or the
/// schedule is at its end. Repeated are transient errors, 5xx and 429; other answers and errors are final.
///
/// # Errors
/// The error of the last attempt. A last answer of 5xx or 429 is returned as an answer.
pub fn retry<T: Answered>(backoff: &Backoff, pause: &mut dyn Pause, mut attempt: impl FnMut(u32) -> Result<T, FetchError>) -> Result<T, FetchError> {
    let mut number = 1;
    loop {
        let result = attempt(number);
        let asked_for = match &result {
            Ok(answer) if matches!(answer.status(), 429 | 500..=599) => answer.retry_after().map(|after| after.wait_from(pause.now())),
            Err(error) if error.is_transient() => None,
            _ => return result,
        };
        match backoff.wait_after(number, asked_for) {
            Some(wait) if pause.wait(wait) => number += 1,
            _ => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Phase;
    use crate::response::Headers;

    fn backoff() -> Backoff {
        Backoff {
            attempts_max: 5,
            first_wait: Duration::from_millis(100),
            wait_max: Duration::from_millis(350),
            retry_after_max: Duration::from_secs(10),
            seed: 7,
        }
    }

    #[test]
    fn waits_double_up_to_their_bound_and_spread_over_the_upper_half() {
        for (attempt, whole_ms) in [(1, 100), (2, 200), (3, 350), (4, 350)] {
            for seed in 0..200 {
                let wait = Backoff { seed, ..backoff() }.wait_after(attempt, None).unwrap();
                let whole = Duration::from_millis(whole_ms);
                assert!(wait >= whole / 2 && wait <= whole, "{attempt} {seed} {wait:?}");
            }
        }
        assert_eq!(backoff().wait_after(5, None), None);
        assert_eq!(Backoff { attempts_max: 0, ..backoff() }.wait_after(1, None), None);
        assert_eq!(backoff().wait_after(3, None), backoff().wait_after(3, None));
        assert_ne!(backoff().wait_after(3, None), Backoff { seed: 8, ..backoff() }.wait_after(3, None));
        let endless = Backoff { attempts_max: u32::MAX, ..backoff() };
        assert!(endless.wait_after(1_000_000, None).unwrap() <= endless.wait_max);
    }

    #[test]
    fn the_servers_wish_is_honoured_up_to_its_bound() {
        let wait = |seconds| backoff().wait_after(1, Some(Duration::from_secs(seconds))).unwrap();
        assert!(wait(0) < Duration::from_millis(101));
        assert_eq!(wait(9), Duration::from_secs(9));
        assert_eq!(wait(10), Duration::from_secs(10));
        assert_eq!(wait(11), Duration::from_secs(10));
        assert_eq!(wait(u64::MAX), Duration::from_secs(10));
    }

    struct Waits(Vec<Duration>, usize);

    impl Pause for Waits {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        fn wait(&mut self, duration: Duration) -> bool {
            self.0.push(duration);
            self.0.len() <= self.1
        }
    }

    fn answer(status: u16, retry_after: Option<RetryAfter>) -> Result<Response, FetchError> {
        Ok(Response { status, headers: Headers { retry_after, ..Headers::default() }, body: Vec::new(), final_url: String::new(), elapsed: Duration::ZERO })
    }

    fn attempts(outcome: impl Fn(u32) -> Result<Response, FetchError>) -> u32 {
        let mut made = 0;
        let _ = retry(&backoff(), &mut Waits(Vec::new(), usize::MAX), |number| {
            made = number;
            outcome(number)
        });
        made
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for status in [429, 500, 502, 503, 599] {
            assert_eq!(attempts(|_| answer(status, None)), 5, "{status}");
        }
        for status in [200, 204, 304, 400, 404, 408, 410, 428, 430, 499, 600] {
            assert_eq!(attempts(|_| answer(status, None)), 1, "{status}");
        }
        for error in [FetchError::CutOff, FetchError::Timeout(Phase::Total), FetchError::Connect(String::new())] {
            assert_eq!(attempts(|_| Err(error.clone())), 5, "{error}");
        }
        for error in [FetchError::Downgrade, FetchError::TooLarge(1), FetchError::Tls(String::new())] {
            assert_eq!(attempts(|_| Err(error.clone())), 1, "{error}");
        }
        assert_eq!(attempts(|number| if number < 3 { Err(FetchError::CutOff) } else { answer(200, None) }), 3);
    }

    #[test]
    fn a_worker_that_is_told_to_stop_makes_no_further_attempt() {
        let mut pause = Waits(Vec::new(), 1);
        let mut made = 0;
        let result = retry(&backoff(), &mut pause, |number| {
            made = number;
            answer(503, Some(RetryAfter::In(Duration::from_secs(3))))
        });
        assert_eq!((made, result.map(|answer| answer.status).ok()), (2, Some(503)));
        assert_eq!(pause.0, [Duration::from_secs(3); 2]);
    }
}
