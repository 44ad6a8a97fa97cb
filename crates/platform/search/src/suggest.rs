//! Suggestions while typing: titles that have what was typed, and words that begin so.
//!
//! The last word is taken as a beginning, those before it as words. Words come from the vocabulary with the letters in which
//! the texts write them; only such as find something on the asked sites are suggested.

use crate::find::Seeker;
use crate::gather::Filters;
use crate::index::Generation;
use crate::lists::Line;
use crate::parse::{Part, What};
use crate::plan::Plan;
use crate::stem::collapse;
use crate::walk::{Leaf, Need, Weighed, Worth, walk};
use crate::words;
use allmende_core::{Id, Site};
use allmende_platform::search::{Query, Suggestion};
use std::ops::ControlFlow;

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
            if self.has_any(sites, &query, &plan)? {
                found.push(Suggestion { words: query.words, path: None, kind: None });
            }
        }
        Ok(found)
    }

    /// Whether a plan finds anything.
    fn has_any(&self, sites: &[Id<Site>], query: &Query, plan: &Plan) -> tantivy::Result<bool> {
        let filters = Filters::new(sites, query, plan, &self.view.seen);
        let mut has_any = false;
        walk(self.view, &plan.sought, 0, |met| {
            has_any = filters.lets_through(&self.view.seen, met.address);
            if has_any { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(has_any)
    }

    fn titles(&self, sites: &[Id<Site>], before: &str, beginning: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
        let lists = &self.view.lists;
        let mut last = crate::typing::beginning(&self.view.searcher, self.generation.fields.title, &collapse(beginning), BEGINNINGS_MAX)?;
        last.push((self.generation.corpus.stemmer.german(beginning), 0));
        let tokens = std::iter::once(last.into_iter().map(|(token, _)| token).collect());
        let before = crate::parse::plain(before).into_iter().filter_map(|what| match what {
            What::Word(word) => Some(vec![self.generation.corpus.stemmer.german(&word)]),
            _ => None,
        });
        let mut plan = Plan::default();
        for tokens in tokens.chain(before) {
            let tokens: Vec<String> = tokens;
            let found = tokens.iter().map(|token| lists.find(Line::Title, token)).collect::<tantivy::Result<Vec<_>>>()?;
            let found = found.into_iter().flatten().map(|token| Weighed { token, worth: Worth::Often(1.0), is_whole: true });
            let bit = plan.sought.leaf(Leaf::Lists(found.collect()));
            plan.sought.wanted.push(Need(vec![bit]));
        }
        let query = Query { limit, ..Query::default() };
        let gathered = self.gather(sites, &query, &plan, 0, limit)?;
        let mut found: Vec<Suggestion> = Vec::new();
        for address in gathered.best {
            let card = self.card(address)?;
            if found.iter().all(|known| known.words != card.title) {
                found.push(Suggestion { words: card.title, path: Some(card.path), kind: Some(card.kind) });
            }
        }
        Ok(found)
    }
}
