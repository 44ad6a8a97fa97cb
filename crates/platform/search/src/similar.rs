//! More like this: what shares the most telling words with a thing.
//!
//! The words of a thing are those of its title, its text and the texts of its parts, such as the files of a paper. What is found
//! may be a part as well; then the whole is shown, once.

use crate::analysis::{Analyser, Lines};
use crate::find::{Seeker, plain_hit};
use crate::index::Generation;
use allmende_core::{Id, Language, Site};
use allmende_platform::search::{Hit, Query, Sort};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Term};

/// Words by which others are found.
const TERMS_MAX: usize = 16;
/// Parts whose texts are read.
const PARTS_MAX: usize = 3;
/// Bytes of text that are read.
const TEXT_BYTES_MAX: usize = 60_000;
/// Hits at the most.
const LIMIT_MAX: usize = 50;
/// Letters of the shortest telling word.
const WORD_MIN: usize = 4;
/// How much more a word of the title tells.
const TITLE_WORTH: u32 = 4;

/// What is most like a thing; empty if it is not in the index.
pub(crate) fn similar(generation: &Generation, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> tantivy::Result<Vec<Hit>> {
    let view = generation.view();
    let seeker = Seeker { generation, view: &view };
    let limit = limit.min(LIMIT_MAX);
    let Some(itself) = seeker.first(site, generation.fields.key_of(site, kind, object_id))? else { return Ok(Vec::new()) };
    let (card, _) = seeker.stored(itself)?;
    let whole = card.part_of.as_ref().map_or_else(|| card.path.clone(), |(_, path)| path.clone());
    let terms = seeker.telling(site, itself)?;
    if terms.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let kinds = if kind == "file" { vec!["file".to_owned(), "paper".to_owned()] } else { vec![kind.to_owned(), "file".to_owned()] };
    let query = Query { kinds, sort: Sort::Relevance, ..Query::default() };
    let clauses = terms.into_iter().map(|(term, worth)| -> (Occur, Box<dyn tantivy::query::Query>) {
        let found = TermQuery::new(Term::from_field_text(generation.fields.stem, &term), IndexRecordOption::WithFreqs);
        (Occur::Should, Box::new(BoostQuery::new(Box::new(found), worth)))
    });
    let gathered = seeker.gather_query(&[site], &query, &BooleanQuery::new(clauses.collect()), &[], true, limit * 4 + 10)?;
    let mut shown = HashSet::from([whole, card.path]);
    let mut hits = Vec::new();
    for address in gathered.best {
        if hits.len() >= limit {
            break;
        }
        let (mut found, _) = seeker.stored(address)?;
        if let (Some((_, path)), true) = (&found.part_of, kind != "file") {
            let whole = seeker.first(site, seeker.path_term('l', path))?;
            let Some(whole) = whole else { continue };
            found = seeker.stored(whole)?.0;
        }
        let group = found.part_of.as_ref().map_or(&found.path, |(_, path)| path).clone();
        if (kind == "file" || found.kind == kind) && shown.insert(group) {
            hits.push(plain_hit(found));
        }
    }
    Ok(hits)
}

impl Seeker<'_> {
    /// A property that holds an address.
    fn path_term(&self, letter: char, path: &str) -> Term {
        Term::from_field_text(self.generation.fields.property, &format!("{letter}={path}"))
    }

    fn all(&self, site: Id<Site>, term: Term, limit: usize) -> tantivy::Result<Vec<DocAddress>> {
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Ok(self.gather_query(&[site], &Query::default(), &query, &[], false, limit)?.best)
    }

    fn first(&self, site: Id<Site>, term: Term) -> tantivy::Result<Option<DocAddress>> {
        Ok(self.all(site, term, 1)?.first().copied())
    }

    /// The words that tell most of a thing, and how much.
    fn telling(&self, site: Id<Site>, itself: DocAddress) -> tantivy::Result<Vec<(String, f32)>> {
        let mut analyser = Analyser::new(Arc::clone(&self.generation.corpus));
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut count = |text: &str, worth: u32| {
            let mut lines = Lines::default();
            analyser.read(text, Language::German, &mut lines);
            for stem in lines.stems.split(' ').filter(|stem| stem.len() >= WORD_MIN && stem.bytes().all(|byte| byte.is_ascii_lowercase())) {
                *counts.entry(stem.to_owned()).or_default() += worth;
            }
        };
        let (card, document) = self.stored(itself)?;
        count(&card.title, TITLE_WORTH);
        let mut texts = vec![document];
        for part in self.all(site, self.path_term('p', &card.path), PARTS_MAX)? {
            texts.push(self.stored(part)?.1);
        }
        for document in &texts {
            let text = document.get_first(self.generation.fields.text).and_then(|value| value.as_str()).unwrap_or_default();
            let end = (0..=text.len().min(TEXT_BYTES_MAX)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            count(&text[..end], 1);
        }
        let all = self.view.searcher.num_docs() as f32;
        let mut terms = Vec::new();
        for (stem, count) in counts {
            let having = self.view.searcher.doc_freq(&Term::from_field_text(self.generation.fields.stem, &stem))? as f32;
            // A word that only this thing has finds nothing; one that a fifth of all things have tells nothing.
            if having >= 2.0 && (having <= all / 5.0 || all < 50.0) {
                let seldom = (1.0 + all / having).ln();
                terms.push((stem, (count as f32).sqrt() * seldom));
            }
        }
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        terms.truncate(TERMS_MAX);
        let most = terms.first().map_or(1.0, |(_, worth)| *worth);
        Ok(terms.into_iter().map(|(stem, worth)| (stem, worth / most)).collect())
    }
}
