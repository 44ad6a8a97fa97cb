//! Questions with known answers, asked of the index and of two peers over the same documents.

use crate::corpus::{Corpus, SITE};
use crate::peers;
use allmende_platform::search::{Query, Search};
use allmende_search_index::Index;
use anyhow::Result;
use std::fmt::Write as _;

/// Questions and the numbers of the papers that answer them, made by hand from titles and texts: those that the order of hits was
/// tuned with, and fresh ones, written by somebody who did not know the program and measured as they came.
const SETS: [(&str, &str); 2] = [("tuned with", include_str!("../../relevance.tsv")), ("fresh", include_str!("../../relevance-fresh.tsv"))];
const FIRST: usize = 3;
const SEEN: usize = 10;

/// A question and its answers.
pub struct Question {
    /// The words.
    pub words: &'static str,
    /// Numbers of papers.
    pub answers: Vec<&'static str>,
}

/// The questions of a set.
fn questions(set: &'static str) -> Vec<Question> {
    let lines = set.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(words, answers)| Question { words, answers: answers.split(',').map(str::trim).collect() }).collect()
}

/// The place of the first answer among addresses, from 1.
fn place(corpus: &Corpus, question: &Question, paths: &[String]) -> Option<usize> {
    let is_answer = |path: &String| corpus.reference_of(path).is_some_and(|reference| question.answers.contains(&reference));
    paths.iter().position(is_answer).map(|at| at + 1)
}

/// Compares them.
pub fn run(corpus: &Corpus, index: &Index) -> Result<()> {
    let sets = SETS.map(|(name, set)| (name, questions(set)));
    let all: Vec<&Question> = sets.iter().flat_map(|(_, questions)| questions).collect();
    let peers = [("SQLite FTS5", peers::sqlite(corpus, &all)), ("PostgreSQL full text (german)", peers::postgres(corpus, &all))];
    let mut begun = 0;
    for (name, questions) in &sets {
        let lists = peers.iter().map(|(peer, answers)| (*peer, answers.as_ref().map(|lists| &lists[begun..begun + questions.len()])));
        compare(corpus, index, name, questions, lists.collect())?;
        begun += questions.len();
    }
    Ok(())
}

/// What each peer found for each question, or why it could not be asked.
type Answers<'a> = Vec<(&'a str, std::result::Result<&'a [Vec<String>], &'a anyhow::Error>)>;

fn compare(corpus: &Corpus, index: &Index, set: &str, questions: &[Question], peers: Answers<'_>) -> Result<()> {
    let mut own = Vec::new();
    for question in questions {
        let found = index.find(&[SITE], &Query { words: question.words.to_owned(), limit: SEEN, ..Query::default() })?;
        let paths: Vec<String> = found.hits.into_iter().map(|hit| hit.part_of.map_or(hit.path, |whole| whole.path)).collect();
        own.push(place(corpus, question, &paths));
    }
    println!("| relevance, {} questions, {set} | in the first {FIRST} | first | in the first {SEEN} |\n|---|---|---|---|", questions.len());
    show("this index", &own);
    let mut columns = vec![own];
    for (name, peer) in peers {
        match peer {
            Ok(lists) => {
                let places: Vec<_> = questions.iter().zip(lists).map(|(question, paths)| place(corpus, question, paths)).collect();
                show(name, &places);
                columns.push(places);
            }
            Err(error) => println!("| {name} | not measured: {error} | | |"),
        }
    }
    println!();
    if let Some(folder) = std::env::var_os("ALLMENDE_BENCH_NOTES") {
        let mut notes = String::new();
        for (at, question) in questions.iter().enumerate() {
            writeln!(notes, "{:?} {} {:?}", columns.iter().map(|places| places[at]).collect::<Vec<_>>(), question.words, question.answers)?;
        }
        std::fs::write(std::path::Path::new(&folder).join(format!("relevance-{}.txt", set.replace(' ', "-"))), notes)?;
    }
    Ok(())
}

fn show(name: &str, places: &[Option<usize>]) {
    let within = |bound: usize| places.iter().filter(|place| place.is_some_and(|place| place <= bound)).count();
    println!("| {name} | {} | {} | {} |", within(FIRST), within(1), within(SEEN));
}
