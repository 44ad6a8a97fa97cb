//! A question as a query of the index, and as something that recognises in a text what was asked for.
//!
//! A word is found by its stem, in the stems of a text and, worth less, among the parts of its compounds. A word that no text
//! has is replaced by those that differ by a letter or two. Start at [`plan`].

use crate::analysis::Corpus;
use crate::dates::Day;
use crate::parse::{Part, Property, What};
use crate::schema::Fields;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// What a match is worth, beside how seldom the word is.
mod worth {
    pub(super) const STEM: f32 = 1.0;
    pub(super) const PART: f32 = 0.2;
    pub(super) const TITLE: f32 = 2.5;
    pub(super) const TITLE_PART: f32 = 0.9;
    /// The word as it was typed, however often.
    pub(super) const EXACT: f32 = 2.0;
    pub(super) const EXACT_NUMBER: f32 = 12.0;
}
/// Words that a beginning stands for at the most.
const PREFIX_WORDS_MAX: usize = 200;

/// What recognises one part of a question in a text.
#[derive(Debug, Clone)]
pub(crate) enum Sign {
    /// A word by these stems; exact if written as one of these.
    Stems { stems: Vec<String>, written: Vec<String>, is_typing: bool },
    /// This word as it is.
    Exact(String),
    /// A beginning.
    Prefix(String),
    /// The token of a number.
    Number(String),
    /// A date.
    Date(Day),
}

/// A question that can be asked.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What must be there, each with a query of its own.
    pub wanted: Vec<Box<dyn Query>>,
    /// What must not be there.
    unwanted: Vec<Box<dyn Query>>,
    /// Finds a paper whose number was typed, whatever else.
    number: Option<Box<dyn Query>>,
    /// What to mark in texts.
    pub signs: Vec<Sign>,
    /// The number that was typed, with nothing but letters and figures.
    pub reference: Option<String>,
    /// From and until in milliseconds, of dates asked for as fields.
    pub periods: Vec<(i64, i64)>,
    /// Unknown words and what they were taken for.
    pub corrections: Vec<(String, String)>,
}

/// What a plan is made with.
pub(crate) struct Planner<'a> {
    /// The fields.
    pub fields: &'a Fields,
    /// Stems and compounds.
    pub corpus: &'a Corpus,
    /// What is searched.
    pub searcher: &'a Searcher,
    /// What decides whether a word is known, beside what is searched.
    pub known: &'a Searcher,
}

impl Plan {
    /// Whether words take part, so that one hit may be better than another.
    #[must_use]
    pub(crate) fn has_words(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The query in which at most so many of the wanted parts may be missing.
    #[must_use]
    pub(crate) fn query(&self, missing: usize) -> Box<dyn Query> {
        let base: Box<dyn Query> = match self.wanted.as_slice() {
            [] => Box::new(AllQuery),
            [only] => only.box_clone(),
            several if missing == 0 => Box::new(BooleanQuery::new(several.iter().map(|query| (Occur::Must, query.box_clone())).collect())),
            several => {
                let any = several.iter().map(|query| (Occur::Should, query.box_clone())).collect();
                Box::new(BooleanQuery::with_minimum_required_clauses(any, several.len().saturating_sub(missing).max(1)))
            }
        };
        let base = match &self.number {
            Some(number) => Box::new(BooleanQuery::union(vec![base, number.box_clone()])),
            None => base,
        };
        if self.unwanted.is_empty() {
            return base;
        }
        let unwanted = self.unwanted.iter().map(|query| (Occur::MustNot, query.box_clone()));
        Box::new(BooleanQuery::new(std::iter::once((Occur::Must, base)).chain(unwanted).collect()))
    }
}

impl Planner<'_> {
    /// The plan of a question.
    ///
    /// # Errors
    /// What the index reports.
    pub(crate) fn plan(&self, typed: &str, parts: &[Part]) -> tantivy::Result<Plan> {
        let mut plan =
            Plan { wanted: Vec::new(), unwanted: Vec::new(), number: None, signs: Vec::new(), reference: None, periods: Vec::new(), corrections: Vec::new() };
        for part in parts {
            if let (What::Period(period), false) = (&part.what, part.is_excluded) {
                plan.periods.extend(crate::period::bounds(period));
                continue;
            }
            let query = self.part(&part.what, part.is_excluded, &mut plan)?;
            if part.is_excluded { plan.unwanted.push(query) } else { plan.wanted.push(query) }
        }
        let reference = crate::schema::plain_reference(typed);
        if (3..=40).contains(&reference.len()) && reference.bytes().any(|byte| byte.is_ascii_digit()) && !plan.wanted.is_empty() {
            plan.number = Some(boost(term(self.fields.property, &format!("n=={reference}")), worth::EXACT_NUMBER));
            plan.reference = Some(reference);
        }
        Ok(plan)
    }

    /// The query of one part. Adds its signs unless it must not be there.
    fn part(&self, what: &What, is_excluded: bool, plan: &mut Plan) -> tantivy::Result<Box<dyn Query>> {
        let mut signs = Vec::new();
        let query = match what {
            // »-Bahn« leaves out what speaks of a Bahn, not what speaks of a Straßenbahn.
            What::Word(word) if is_excluded => one_of(self.stems(word).iter().map(|stem| term(self.fields.stem, stem)).collect()),
            What::Word(word) => self.word(word, false, &mut signs, &mut plan.corrections)?,
            What::Joined(words) => {
                let each = words.iter().map(|word| Ok((Occur::Must, self.word(word, true, &mut signs, &mut Vec::new())?)));
                let each: Vec<_> = each.collect::<tantivy::Result<_>>()?;
                let joined = self.word(&words.concat(), true, &mut signs, &mut Vec::new())?;
                Box::new(BooleanQuery::union(vec![Box::new(BooleanQuery::new(each)), joined]))
            }
            What::Phrase(words) => {
                signs.extend(words.iter().cloned().map(Sign::Exact));
                self.phrase(words)
            }
            What::Prefix(beginning) => {
                signs.push(Sign::Prefix(beginning.clone()));
                self.beginning(beginning)?
            }
            What::Number(number, words) => {
                signs.push(Sign::Number(number.clone()));
                let plain = format!("n=={}", crate::schema::plain_reference(&words.join(" ")));
                let numbers = [boost(term(self.fields.stem, number), 2.0), term(self.fields.property, &plain)];
                Box::new(BooleanQuery::union(numbers.into()))
            }
            What::Date(day) => {
                signs.push(Sign::Date(*day));
                term(self.fields.stem, &format!("@{day}"))
            }
            What::Field(property, inside) => self.field(*property, inside, &mut signs),
            What::Period(period) => self.period(period),
        };
        if !is_excluded {
            plan.signs.append(&mut signs);
        }
        Ok(query)
    }

    /// The stems by which a typed word is found.
    fn stems(&self, word: &str) -> Vec<String> {
        let mut stems = vec![self.corpus.stemmer.german(word)];
        let english = self.corpus.stemmer.english(word);
        if !stems.contains(&english) {
            stems.push(english);
        }
        stems
    }

    fn is_known(&self, stem: &str) -> tantivy::Result<bool> {
        for (field, searcher) in [(self.fields.stem, self.known), (self.fields.part, self.known), (self.fields.stem, self.searcher)] {
            if searcher.doc_freq(&Term::from_field_text(field, stem))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn word(&self, word: &str, is_literal: bool, signs: &mut Vec<Sign>, corrections: &mut Vec<(String, String)>) -> tantivy::Result<Box<dyn Query>> {
        let mut stems = Vec::new();
        for stem in self.stems(word) {
            if self.is_known(&stem)? {
                stems.push(stem);
            }
        }
        let mut written = vec![word.to_owned()];
        let is_typing = stems.is_empty() && !is_literal;
        if is_typing {
            let near = crate::typing::near(self.known, self.fields.word, word)?;
            if let Some(best) = near.first() {
                corrections.push((word.to_owned(), best.clone()));
            }
            stems = near.iter().map(|word| self.corpus.stemmer.german(word)).collect();
            stems.sort_unstable();
            stems.dedup();
            written = near;
        }
        let queries: Vec<Box<dyn Query>> = stems.iter().map(|stem| self.stem(stem)).collect();
        let exact = written.iter().take(1).filter(|_| !queries.is_empty());
        let exact =
            exact.map(|word| -> (Occur, Box<dyn Query>) { (Occur::Should, Box::new(ConstScoreQuery::new(term(self.fields.word, word), worth::EXACT))) });
        let exact: Vec<_> = exact.collect();
        signs.push(Sign::Stems { stems, written, is_typing });
        let found = one_of(queries);
        if exact.is_empty() {
            return Ok(found);
        }
        Ok(Box::new(BooleanQuery::new(std::iter::once((Occur::Must, found)).chain(exact).collect())))
    }

    fn stem(&self, stem: &str) -> Box<dyn Query> {
        let fields = self.fields;
        let weighed = [(fields.stem, worth::STEM), (fields.part, worth::PART), (fields.title, worth::TITLE), (fields.title_part, worth::TITLE_PART)];
        let present = weighed.into_iter().filter(|(field, _)| self.searcher.doc_freq(&Term::from_field_text(*field, stem)).is_ok_and(|count| count > 0));
        one_of(present.map(|(field, worth)| boost(term(field, stem), worth)).collect())
    }

    fn phrase(&self, words: &[String]) -> Box<dyn Query> {
        let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(self.fields.word, word)).collect();
        if terms.len() == 1 { term(self.fields.word, &words[0]) } else { Box::new(PhraseQuery::new(terms)) }
    }

    fn beginning(&self, beginning: &str) -> tantivy::Result<Box<dyn Query>> {
        let words = crate::typing::beginning(self.searcher, self.fields.word, beginning, PREFIX_WORDS_MAX)?;
        Ok(one_of(words.iter().map(|(word, _)| term(self.fields.word, word)).collect()))
    }

    fn field(&self, property: Property, inside: &[What], signs: &mut Vec<Sign>) -> Box<dyn Query> {
        let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for what in inside {
            let (tokens, sign) = match what {
                What::Word(word) => {
                    let stems = self.stems(word);
                    (stems.clone(), Some(Sign::Stems { stems, written: vec![word.clone()], is_typing: false }))
                }
                What::Joined(words) => (self.stems(&words.concat()), None),
                What::Number(number, _) => (vec![number.clone()], Some(Sign::Number(number.clone()))),
                What::Date(day) => (vec![format!("@{day}")], None),
                _ => continue,
            };
            let queries = tokens.iter().flat_map(|token| match property {
                Property::Title => vec![boost(term(self.fields.title, token), 2.0), term(self.fields.title_part, token)],
                Property::Token(letter) => vec![term(self.fields.property, &format!("{letter}={token}"))],
            });
            all.push((Occur::Must, one_of(queries.collect())));
            if property == Property::Title {
                signs.extend(sign);
            }
        }
        if all.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::new(all)) }
    }

    /// What happened in a period; only to leave it out.
    fn period(&self, period: &str) -> Box<dyn Query> {
        let Some((from, until)) = crate::period::bounds(period) else { return Box::new(EmptyQuery) };
        let bound = |millis| Term::from_field_i64(self.fields.happened, millis);
        Box::new(tantivy::query::RangeQuery::new(std::ops::Bound::Included(bound(from)), std::ops::Bound::Excluded(bound(until))))
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn boost(query: Box<dyn Query>, worth: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, worth))
}

fn one_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}
