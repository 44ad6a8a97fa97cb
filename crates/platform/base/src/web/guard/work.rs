//! Work for the browser: a number that gives a digest with so many zero bits at its beginning. Pure.
//!
//! A thousand sends cost a thousand times the work, one send costs a moment while somebody types. `web/scripts/work.ts` does it,
//! [`is_done`] checks it with one digest.

use sha2::{Digest, Sha256};

/// Bits for a client that sent nothing yet: 65,000 digests on average, below a second on an old telephone.
pub const BITS_MIN: u32 = 15;
/// Bits for a client close to its limit.
pub const BITS_MAX: u32 = 20;

/// How much work a client gets that sent `sent` times where `sends_max` are allowed.
#[must_use]
pub fn bits(sent: i64, sends_max: i64) -> u32 {
    let steps = i64::from(BITS_MAX - BITS_MIN);
    let step = (sent.max(0).saturating_mul(steps + 1) / sends_max.max(1)).clamp(0, steps);
    BITS_MIN + u32::try_from(step).unwrap_or_default()
}

/// Whether `number` is the work on a challenge.
#[must_use]
pub fn is_done(challenge: &str, bits: u32, number: &str) -> bool {
    let is_number = (1..=16).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && zero_bits(challenge, number) >= bits
}

/// Does the work: for tests and load generators, which are no browsers.
#[must_use]
pub fn solve(challenge: &str, bits: u32) -> String {
    let mut number = 0_u64;
    while zero_bits(challenge, &number.to_string()) < bits {
        number += 1;
    }
    number.to_string()
}

fn zero_bits(challenge: &str, number: &str) -> u32 {
    let digest = Sha256::digest(format!("{challenge}:{number}"));
    digest.iter().take(4).fold(0_u32, |head, byte| (head << 8) | u32::from(*byte)).leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_found_and_nothing_else_passes() {
        let number = solve("abc", 8);
        assert!(is_done("abc", 8, &number));
        assert!(!is_done("abd", 20, &number));
        for wrong in ["", "x", "-1", " 1", "12345678901234567"] {
            assert!(!is_done("abc", 0, wrong), "{wrong}");
        }
        assert!(is_done("abc", 0, "0"));
    }

    #[test]
    fn work_grows_with_what_a_client_sent() {
        let check = |sent: i64, expected: u32| assert_eq!(bits(sent, 60), expected, "{sent}");
        check(0, BITS_MIN);
        check(9, BITS_MIN);
        check(10, BITS_MIN + 1);
        check(50, BITS_MAX);
        check(60, BITS_MAX);
        check(i64::MAX, BITS_MAX);
        check(-1, BITS_MIN);
        assert_eq!(bits(1, 0), BITS_MAX);
    }
}
