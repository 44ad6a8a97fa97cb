//! More like this: what shares the most telling words with a thing.
//!
//! The words of a thing are those of its title, its text and the texts of its parts, such as the files of a paper. What is found
//! may be a part as well; then the whole is shown, once.

use crate::analysis::{Analyser, Lines};
use crate::find::{Seeker, plain_hit};
use crate::gate::Gate;
use crate::index::Generation;
use crate::kept::Kept;
use crate::lists::{Line, Token};
use crate::plan::Plan;
use crate::texts::as_text;
use crate::walk::{Leaf, Need, Weighed, Worth};
use allmende_core::{Id, Language, Site};
use allmende_platform::search::{Hit, Query, Sort};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tantivy::DocAddress;

/// Words by which others are found.
const TERMS_MAX: usize = 16;
/// Parts whose texts are read.
const PARTS_MAX: usize = 2;
/// Hits at the most.
const LIMIT_MAX: usize = 50;
/// Letters of the shortest telling word.
const WORD_MIN: usize = 4;
/// How much more a word of the title tells.
const TITLE_WORTH: u32 = 4;

/// What was found already, by site, kind, number and limit: a page is asked for more often than the index changes.
pub(crate) type Similar = Kept<(i64, String, i64, usize), Vec<Hit>, 500>;

/// What is most like a thing; empty if it is not in the index.
pub(crate) fn similar(generation: &Generation, gate: &Gate, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> tantivy::Result<Vec<Hit>> {
    let view = generation.view();
    let seeker = Seeker { generation, view: &view };
    let limit = limit.min(LIMIT_MAX);
    let key = (site.get(), kind.to_owned(), object_id, limit);
    view.similar.of(key, || {
        let _place = gate.enter();
        find(&seeker, site, kind, object_id, limit)
    })
}

fn find(seeker: &Seeker<'_>, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> tantivy::Result<Vec<Hit>> {
    let key = crate::schema::key(site, kind, object_id);
    let Some(itself) = seeker.first(site, Line::Key, &key)? else { return Ok(Vec::new()) };
    let card = seeker.card(itself)?;
    let whole = card.part_of.as_ref().map_or_else(|| card.path.clone(), |(_, path)| path.clone());
    let terms = seeker.telling(site, itself)?;
    if terms.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let kinds = if kind == "file" { vec!["file".to_owned(), "paper".to_owned()] } else { vec![kind.to_owned(), "file".to_owned()] };
    let query = Query { kinds, sort: Sort::Relevance, ..Query::default() };
    let mut plan = Plan::default();
    let lists = terms.into_iter().map(|(token, worth)| Leaf::Lists(vec![Weighed { token, worth: Worth::Often(worth), is_whole: true }]));
    // One of them is enough: the more it has, the better it is.
    let bits = lists.map(|list| plan.sought.leaf(list)).collect();
    plan.sought.wanted.push(Need(bits));
    let gathered = seeker.gather(&[site], &query, &plan, 0, limit * 4 + 10)?;
    let mut shown = HashSet::from([whole, card.path]);
    let mut hits = Vec::new();
    for address in gathered.best {
        if hits.len() >= limit {
            break;
        }
        let mut found = seeker.card(address)?;
        if let (Some((_, path)), true) = (&found.part_of, kind != "file") {
            let whole = seeker.first(site, Line::Property, &format!("l={path}"))?;
            let Some(whole) = whole else { continue };
            found = seeker.card(whole)?;
        }
        let group = found.part_of.as_ref().map_or(&found.path, |(_, path)| path).clone();
        if (kind == "file" || found.kind == kind) && shown.insert(group) {
            hits.push(plain_hit(found));
        }
    }
    Ok(hits)
}

impl Seeker<'_> {
    /// The first of what has a token.
    fn all(&self, site: Id<Site>, line: Line, token: &str, limit: usize) -> tantivy::Result<Vec<DocAddress>> {
        let Some(token) = self.view.lists.find(line, token)? else { return Ok(Vec::new()) };
        let mut plan = Plan::default();
        let bit = plan.sought.leaf(Leaf::Lists(vec![Weighed { token, worth: Worth::Once(1.0), is_whole: true }]));
        plan.sought.wanted.push(Need(vec![bit]));
        Ok(self.gather(&[site], &Query::default(), &plan, 0, limit)?.best)
    }

    fn first(&self, site: Id<Site>, line: Line, token: &str) -> tantivy::Result<Option<DocAddress>> {
        Ok(self.all(site, line, token, 1)?.first().copied())
    }

    /// The words that tell most of a thing, and how much.
    fn telling(&self, site: Id<Site>, itself: DocAddress) -> tantivy::Result<Vec<(Token, f32)>> {
        let mut analyser = Analyser::new(Arc::clone(&self.generation.corpus));
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut count = |text: &str, worth: u32| {
            let mut lines = Lines::default();
            analyser.read(text, Language::German, &mut lines);
            for stem in lines.stems.split(' ').filter(|stem| stem.len() >= WORD_MIN && stem.bytes().all(|byte| byte.is_ascii_lowercase())) {
                *counts.entry(stem.to_owned()).or_default() += worth;
            }
        };
        let card = self.card(itself)?;
        count(&card.title, TITLE_WORTH);
        let mut texts = vec![itself];
        texts.extend(self.all(site, Line::Property, &format!("p={}", card.path), PARTS_MAX)?);
        for address in texts {
            // What it is about is said at its beginning.
            count(as_text(&self.text(address).read(0)), 1);
        }
        let all = self.view.searcher.num_docs() as f32;
        let mut terms = Vec::new();
        for (stem, count) in counts {
            let Some(token) = self.view.lists.find(Line::Stem, &stem)? else { continue };
            let having = token.frequency as f32;
            // A word that only this thing has finds nothing; one that a fifth of all things have tells nothing.
            if having >= 2.0 && (having <= all / 5.0 || all < 50.0) {
                let seldom = (1.0 + all / having).ln();
                terms.push((stem, token, (count as f32).sqrt() * seldom));
            }
        }
        terms.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        terms.truncate(TERMS_MAX);
        let most = terms.first().map_or(1.0, |(_, _, worth)| *worth);
        Ok(terms.into_iter().map(|(_, token, worth)| (token, worth / most)).collect())
    }
}
