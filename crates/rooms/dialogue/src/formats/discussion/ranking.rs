//! The order "ausgewogen": it alternates the sides and does not reward the loudest. Pure.
//!
//! What begins a thread is worth one more than the number of *people* who answered in it, its author aside: each person counts once,
//! however often they write. Of one author's threads the best keeps its worth, the next has half of it, the third a quarter: who
//! writes ten times does not stand at the top ten times. Then the sides take turns (for, against, neither), the side with the best
//! thread begins, and as long as another side has a thread left no side has two in a row. Equal worth: the earlier one first.
//!
//! The order holds within one page of threads (the newest [`super::store::THREADS`]), so that its cost has a bound.

use super::rules::Stance;
use std::collections::HashMap;
use std::hash::Hash;

/// What begins a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread<P> {
    /// Its row: smaller is earlier.
    pub id: i64,
    /// Who began it.
    pub author: P,
    /// The side it takes.
    pub stance: Option<Stance>,
    /// Who wrote in it; each person counts once, the author does not.
    pub voices: Vec<P>,
}

/// The rows of the threads in balanced order.
#[must_use]
pub fn balanced<P: Eq + Hash + Clone + Ord>(threads: &[Thread<P>]) -> Vec<i64> {
    let mut sides = sides(&weighed(threads));
    let mut out = Vec::with_capacity(threads.len());
    let mut last = None;
    while out.len() < threads.len() {
        let fronts = (0..sides.len()).filter_map(|side| sides[side].last().map(|front| (side, *front)));
        let next = fronts.max_by(|(side, one), (other_side, other)| {
            // A side that has just spoken waits while another has something to say.
            (Some(*side) != last).cmp(&(Some(*other_side) != last)).then(order(one, other)).then(other_side.cmp(side))
        });
        let Some((side, (id, _))) = next else { break };
        sides[side].pop();
        // Where neither side speaks for or against, there is nothing to alternate.
        last = Some(side);
        out.push(id);
    }
    out
}

type Weighed = (i64, f64);

/// Greater is better: by worth, then the earlier one.
fn order(one: &Weighed, other: &Weighed) -> std::cmp::Ordering {
    one.1.total_cmp(&other.1).then(other.0.cmp(&one.0))
}

/// The threads with their worth and their side.
fn weighed<P: Eq + Hash + Clone + Ord>(threads: &[Thread<P>]) -> Vec<(Option<Stance>, Weighed)> {
    let mut plain: Vec<(&Thread<P>, u32)> = threads
        .iter()
        .map(|thread| {
            let mut voices: Vec<&P> = thread.voices.iter().filter(|voice| **voice != thread.author).collect();
            voices.sort();
            voices.dedup();
            (thread, 1 + u32::try_from(voices.len()).unwrap_or(u32::MAX - 1))
        })
        .collect();
    plain.sort_by(|(one, worth), (other, other_worth)| other_worth.cmp(worth).then(one.id.cmp(&other.id)));
    let mut written: HashMap<&P, i32> = HashMap::new();
    plain
        .into_iter()
        .map(|(thread, worth)| {
            let before = written.entry(&thread.author).or_insert(0);
            let weight = f64::from(worth) / 2_f64.powi((*before).min(30));
            *before += 1;
            (thread.stance, (thread.id, weight))
        })
        .collect()
}

/// The sides, each with its best at the end.
fn sides(weighed: &[(Option<Stance>, Weighed)]) -> [Vec<Weighed>; 3] {
    [Some(Stance::For), Some(Stance::Against), None].map(|side| {
        let mut own: Vec<Weighed> = weighed.iter().filter(|(stance, _)| *stance == side).map(|(_, weighed)| *weighed).collect();
        own.sort_by(order);
        own
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(id: i64, author: &'static str, stance: Option<Stance>, voices: &[&'static str]) -> Thread<&'static str> {
        Thread { id, author, stance, voices: voices.to_vec() }
    }

    const FOR: Option<Stance> = Some(Stance::For);
    const AGAINST: Option<Stance> = Some(Stance::Against);

    #[test]
    fn the_sides_take_turns_as_long_as_both_have_something_to_say() {
        let all = [
            thread(1, "a", FOR, &["x", "y", "z"]),
            thread(2, "b", FOR, &["x", "y"]),
            thread(3, "c", FOR, &["x"]),
            thread(4, "d", AGAINST, &[]),
            thread(5, "e", AGAINST, &["x"]),
        ];
        assert_eq!(balanced(&all), [1, 5, 2, 4, 3]);
    }

    #[test]
    fn a_person_counts_once_however_often_they_answer() {
        let loud = thread(1, "a", FOR, &["b", "b", "b", "b", "b", "a", "a"]);
        let heard = thread(2, "c", FOR, &["d", "e"]);
        assert_eq!(balanced(&[loud, heard]), [2, 1]);
    }

    #[test]
    fn who_writes_ten_times_does_not_stand_at_the_top_ten_times() {
        let mut all: Vec<_> = (1..=10).map(|id| thread(id, "loud", FOR, &["x"])).collect();
        all.push(thread(11, "quiet", FOR, &[]));
        let order = balanced(&all);
        assert_eq!(order[0], 1);
        // Half of two is one: equal worth, and the earlier one first; a quarter is less.
        assert_eq!(order.iter().position(|id| *id == 11), Some(2));
    }

    #[test]
    fn without_sides_it_is_by_worth_and_then_the_earlier_one() {
        let all = [thread(3, "a", None, &[]), thread(1, "b", None, &[]), thread(2, "c", None, &["x"])];
        assert_eq!(balanced(&all), [2, 1, 3]);
        assert!(balanced::<&str>(&[]).is_empty());
    }

    #[test]
    fn every_thread_stands_there_exactly_once() {
        let stances = [FOR, AGAINST, None];
        let all: Vec<_> = (0..99_usize).map(|n| thread(i64::try_from(n).unwrap_or(0), ["a", "b", "c", "d"][n * n % 4], stances[n * 7 % 3], &["x"])).collect();
        let mut order = balanced(&all);
        assert_eq!(order.len(), 99);
        order.sort_unstable();
        order.dedup();
        assert_eq!(order.len(), 99);
    }
}
