//! The same documents in SQLite FTS5 and in PostgreSQL's full text, asked as their manuals recommend: all words, the title
//! weighted above the text, and any of the words where nothing has all.

use crate::corpus::Corpus;
use crate::relevance::Question;
use anyhow::{Context, Result};

const SEEN: i64 = 10;

fn words(question: &Question, between: &str, quote: &str) -> String {
    let words = question.words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("{quote}{word}{quote}")).collect::<Vec<_>>().join(between)
}

/// Addresses for each question.
pub fn sqlite(corpus: &Corpus, questions: &[&Question]) -> Result<Vec<Vec<String>>> {
    let mut db = rusqlite::Connection::open_in_memory()?;
    db.execute_batch("CREATE VIRTUAL TABLE thing USING fts5(path UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')")?;
    let filling = db.transaction()?;
    for (_, document) in corpus.documents() {
        let path = document.part_of.as_ref().map_or(&document.path, |whole| &whole.path);
        let whole = document.part_of.as_ref().map_or("", |whole| whole.title.as_str());
        let body = format!("{whole} {} {}", document.reference.as_deref().unwrap_or_default(), document.pages.join(" "));
        filling.execute("INSERT INTO thing (path, title, body) VALUES (?1, ?2, ?3)", (path, &document.title, body))?;
    }
    filling.commit()?;
    let mut ask = db.prepare("SELECT path FROM thing WHERE thing MATCH ?1 ORDER BY bm25(thing, 0.0, 10.0, 1.0) LIMIT ?2")?;
    let mut lists = Vec::new();
    for question in questions {
        let mut found: Vec<String> = Vec::new();
        for between in [" AND ", " OR "] {
            if found.is_empty() {
                found = ask.query_map((words(question, between, "\""), SEEN), |row| row.get(0))?.collect::<Result<_, _>>()?;
            }
        }
        lists.push(found);
    }
    Ok(lists)
}

/// Addresses for each question.
pub fn postgres(corpus: &Corpus, questions: &[&Question]) -> Result<Vec<Vec<String>>> {
    let address = std::env::var("ALLMENDE_TEST_POSTGRES").context("ALLMENDE_TEST_POSTGRES is not set")?;
    let mut db = postgres::Client::connect(&address, postgres::NoTls)?;
    db.batch_execute("CREATE TEMPORARY TABLE thing (path TEXT, words TSVECTOR)")?;
    let mut filling = db.transaction()?;
    let insert = filling.prepare("INSERT INTO thing SELECT $1, setweight(to_tsvector('german', $2), 'A') || setweight(to_tsvector('german', $3), 'D')")?;
    for (_, document) in corpus.documents() {
        let path = document.part_of.as_ref().map_or(&document.path, |whole| &whole.path);
        let whole = document.part_of.as_ref().map_or("", |whole| whole.title.as_str());
        // A text vector holds a megabyte at the most.
        let body = format!("{whole} {} {}", document.reference.as_deref().unwrap_or_default(), document.pages.join(" ")).replace('\0', " ");
        let end = (0..=body.len().min(500_000)).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
        filling.execute(&insert, &[path, &document.title, &&body[..end]])?;
    }
    filling.batch_execute("CREATE INDEX thing_words ON thing USING gin (words)")?;
    filling.commit()?;
    let mut lists = Vec::new();
    for question in questions {
        let mut found: Vec<String> = Vec::new();
        for between in [" ", " or "] {
            if found.is_empty() {
                let rows = db.query(
                    "SELECT path FROM thing, websearch_to_tsquery('german', $1) asked WHERE words @@ asked ORDER BY ts_rank_cd(words, asked, 1) DESC LIMIT $2",
                    &[&words(question, between, ""), &SEEN],
                )?;
                found = rows.iter().map(|row| row.get(0)).collect();
            }
        }
        lists.push(found);
    }
    Ok(lists)
}
