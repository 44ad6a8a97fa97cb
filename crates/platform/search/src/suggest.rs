//! Suggestions while typing: titles that have what was typed, and words that begin so.
//!
//! The last word is taken as a beginning, those before it as words. Words come from the vocabulary with the letters in which
//! the texts write them; only such as find something on the asked sites are suggested.

use crate::find::Seeker;
use crate::index::Generation;
use crate::parse::{Part, What};
use crate::stem::collapse;
use crate::words;
use allmende_core::{Id, Site};
use allmende_platform::search::{Query, Suggestion};
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Suggestions at the most.
const LIMIT_MAX: usize = 20;
/// Words of a title that may begin with what was typed.
const BEGINNINGS_MAX: usize = 60;
/// Words that are tried for one that finds something.
const TRIED_MAX: usize = 24;

/// Words and titles for what was typed. Titles make up at most half, as long as there are words.
pub(crate) fn suggest(generation: &Generation, sites: &[Id<Site>], typed: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
    let limit = limit.min(LIMIT_MAX);
    let typed = typed.trim_start();
    let (before, last) = typed.rsplit_once(char::is_whitespace).unwrap_or(("", typed));
    let beginning = words::fold(last);
    if limit == 0 || typed.chars().count() > crate::parse::CHARS_MAX || beginning.is_empty() || !beginning.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(Vec::new());
    }
    let view = generation.view();
    let seeker = Seeker { generation, view: &view };
    let mut words = seeker.words(sites, before, &beginning, limit)?;
    let mut titles = seeker.titles(sites, before, &beginning, limit)?;
    let half = limit / 2;
    titles.truncate(half.max(limit.saturating_sub(words.len())));
    words.truncate(limit - titles.len());
    words.append(&mut titles);
    Ok(words)
}

impl Seeker<'_> {
    fn words(&self, sites: &[Id<Site>], before: &str, beginning: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
        let mut found = Vec::new();
        for written in self.generation.corpus.vocabulary.beginning(beginning, TRIED_MAX) {
            if found.len() >= limit {
                break;
            }
            let words = [before.trim(), written].join(" ").trim_start().to_owned();
            let query = Query { words, ..Query::default() };
            let mut parts = crate::parse::plain(before);
            parts.push(What::Word(words::fold(written)));
            let parts: Vec<Part> = parts.into_iter().map(|what| Part { what, is_excluded: false }).collect();
            let plan = self.plan("", &parts)?;
            if self.gather(sites, &query, &plan, 0, 0)?.total > 0 {
                found.push(Suggestion { words: query.words, path: None, kind: None });
            }
        }
        Ok(found)
    }

    fn titles(&self, sites: &[Id<Site>], before: &str, beginning: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
        let (fields, searcher) = (&self.generation.fields, &self.view.searcher);
        let title = |token: &str| -> Box<dyn tantivy::query::Query> {
            Box::new(TermQuery::new(Term::from_field_text(fields.title, token), IndexRecordOption::WithFreqs))
        };
        let mut last = crate::typing::beginning(searcher, fields.title, &collapse(beginning), BEGINNINGS_MAX)?;
        last.push((self.generation.corpus.stemmer.german(beginning), 0));
        let mut all: Vec<(Occur, Box<dyn tantivy::query::Query>)> =
            vec![(Occur::Must, Box::new(BooleanQuery::union(last.iter().map(|(token, _)| title(token)).collect())))];
        for what in crate::parse::plain(before) {
            if let What::Word(word) = what {
                all.push((Occur::Must, title(&self.generation.corpus.stemmer.german(&word))));
            }
        }
        let query = Query { limit, ..Query::default() };
        let gathered = self.gather_query(sites, &query, &BooleanQuery::new(all), &[], true, limit)?;
        let mut found: Vec<Suggestion> = Vec::new();
        for address in gathered.best {
            let (card, _) = self.stored(address)?;
            if found.iter().all(|known| known.words != card.title) {
                found.push(Suggestion { words: card.title, path: Some(card.path), kind: Some(card.kind) });
            }
        }
        Ok(found)
    }
}
