//! How fast questions, suggestions and saved questions are answered.

use crate::corpus::{Corpus, SITE};
use crate::recall::{Dice, drawn_words};
use allmende_platform::search::{Document, Query, Search};
use allmende_search_index::Index;
use anyhow::Result;
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const THREADS: usize = 32;
const RUN: Duration = Duration::from_secs(8);
const WORDS: usize = 1_500;
const QUESTIONS_OF_A_TEXT: usize = 6;
const SAVED: usize = 10_000;
const BATCH: usize = 400;
const TYPED: usize = 2_000;
const POPULAR: usize = 5_000;

/// Measures all three.
pub fn run(corpus: &Corpus, index: &Index) -> Result<()> {
    let words = drawn_words(corpus, WORDS)?;
    let asked = asked(corpus, &words)?;
    let mut dice = Dice::new(7);
    let unrelated: Vec<String> = (0..asked.len()).map(|_| question(&words, &mut dice)).collect();
    let popular = popular(&asked, &mut dice);
    println!("| answers | each second | p50 | p99 | slowest |\n|---|---|---|---|---|");
    for (name, questions, threads, facets) in [
        ("words of one text, one after the other, with facets", &asked, 1, true),
        ("words of one text, 32 at once, with facets", &asked, THREADS, true),
        ("words of one text, 32 at once, without facets", &asked, THREADS, false),
        ("unrelated words, one after the other, with facets", &unrelated, 1, true),
        ("unrelated words, 32 at once, with facets", &unrelated, THREADS, true),
        ("words of one text, asked as often as people ask, 32 at once, with facets", &popular, THREADS, true),
    ] {
        let times = mixed(index, questions, threads, facets)?;
        show(name, &times, RUN);
    }
    let begun = Instant::now();
    let times = typed(index, &words)?;
    show("suggestions while typing, one after the other", &times, begun.elapsed());
    saved(corpus, index, &words)
}

/// Questions of one to four words that stand in one text, as somebody asks who looks for it; mixed, hardly one twice.
fn asked(corpus: &Corpus, words: &[String]) -> Result<Vec<String>> {
    let known: HashSet<&str> = words.iter().map(String::as_str).collect();
    let mut dice = Dice::new(3);
    let mut questions = Vec::new();
    for text in corpus.texts()? {
        let own: BTreeSet<&str> = text.text.split(|letter: char| !letter.is_alphabetic()).filter(|word| known.contains(word)).collect();
        let own: Vec<&str> = own.into_iter().collect();
        for _ in 0..QUESTIONS_OF_A_TEXT.min(own.len()) {
            let number = 1 + dice.below(4);
            questions.push((0..number).map(|_| own[dice.below(own.len())]).collect::<Vec<_>>().join(" "));
        }
    }
    for at in (1..questions.len()).rev() {
        questions.swap(at, dice.below(at + 1));
    }
    Ok(questions)
}

/// Five thousand of the questions, each as often as Zipf's law has it: the second half as often as the first, the third a third.
fn popular(asked: &[String], dice: &mut Dice) -> Vec<String> {
    let known = &asked[..asked.len().min(POPULAR)];
    let mut sum = 0.0;
    let ends: Vec<f64> = (1..=known.len())
        .map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        })
        .collect();
    let mut draw = || {
        let at = dice.below(1 << 30) as f64 / f64::from(1 << 30) * sum;
        known[ends.partition_point(|end| *end <= at).min(known.len() - 1)].clone()
    };
    (0..asked.len()).map(|_| draw()).collect()
}

fn show(name: &str, times: &[Duration], run: Duration) {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |share: f64| sorted.get(((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    println!("| {name} | {:.0} | {:.2} ms | {:.2} ms | {:.1} ms |", times.len() as f64 / run.as_secs_f64(), at(0.5), at(0.99), at(1.0));
}

/// A question of one to four words, hardly ever the same twice.
fn question(words: &[String], dice: &mut Dice) -> String {
    let number = 1 + dice.below(4);
    (0..number).map(|_| words[dice.below(words.len())].as_str()).collect::<Vec<_>>().join(" ")
}

fn mixed(index: &Index, questions: &[String], threads: usize, with_facets: bool) -> Result<Vec<Duration>> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let next = &next;
        let running: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(move || -> Result<Vec<Duration>> {
                    let (mut times, begun) = (Vec::new(), Instant::now());
                    while begun.elapsed() < RUN {
                        let words = questions[next.fetch_add(1, Ordering::Relaxed) % questions.len()].clone();
                        let query = Query { words, limit: 10, with_facets, ..Query::default() };
                        let asked = Instant::now();
                        index.find(&[SITE], &query)?;
                        times.push(asked.elapsed());
                    }
                    Ok(times)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in running {
            all.extend(thread.join().map_err(|_| anyhow::anyhow!("a thread ended early"))??);
        }
        Ok(all)
    })
}

fn typed(index: &Index, words: &[String]) -> Result<Vec<Duration>> {
    let mut dice = Dice::new(5);
    let mut times = Vec::new();
    for _ in 0..TYPED {
        let question = question(words, &mut dice);
        let letters = 1 + dice.below(question.chars().count());
        let beginning: String = question.chars().take(letters).collect();
        let asked = Instant::now();
        index.suggest(&[SITE], &beginning, 8)?;
        times.push(asked.elapsed());
    }
    Ok(times)
}

fn saved(corpus: &Corpus, index: &Index, words: &[String]) -> Result<()> {
    let batch: Vec<Document> = corpus.texts()?.step_by(39).take(BATCH).map(|text| corpus.file(text)).collect();
    let mut dice = Dice::new(9);
    let queries: Vec<Query> = (0..SAVED).map(|_| Query { words: question(words, &mut dice), ..Query::default() }).collect();
    let begun = Instant::now();
    let matched = index.matching(SITE, &batch, &queries)?;
    let seconds = begun.elapsed().as_secs_f64();
    let pairs: usize = matched.iter().map(Vec::len).sum();
    println!("\n| saved questions | documents | pairs | time |\n|---|---|---|---|\n| {SAVED} | {} | {pairs} | {seconds:.2} s |\n", batch.len());
    Ok(())
}
