//! A question as a query of the index, and as something that recognises in a text what was asked for.
//!
//! A word is found by its stem, in the stems of a text and, worth less, among the parts of its compounds. A word that no text
//! has is replaced by those that differ by a letter or two. Start at [`plan`].

use crate::analysis::Corpus;
use crate::dates::Day;
use crate::index::View;
use crate::lists::{Line, Lists};
use crate::parse::{Part, Property, What};
use crate::schema::Fields;
use crate::walk::{Bits, Leaf, Need, Sought, Weighed, Worth};
use tantivy::Term;
use tantivy::query::PhraseQuery;

/// What a match is worth, beside how seldom the word is.
mod worth {
    pub(super) const STEM: f32 = 1.0;
    pub(super) const PART: f32 = 0.2;
    pub(super) const TITLE: f32 = 2.5;
    pub(super) const TITLE_PART: f32 = 0.9;
    /// The word as it was typed, however often.
    pub(super) const EXACT: f32 = 2.0;
    /// A number of a paper that was typed alone.
    pub(super) const EXACT_NUMBER: f32 = 200.0;
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
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// What is sought in the lists.
    pub sought: Sought,
    /// What to mark in texts.
    pub signs: Vec<Sign>,
    /// Whether nothing but one word is asked for.
    pub is_one_word: bool,
    /// The number that was typed, with nothing but letters and figures.
    pub reference: Option<String>,
    /// From and until in milliseconds, of dates asked for as fields.
    pub periods: Vec<(i64, i64)>,
    /// The same, of dates that must not be.
    pub periods_left_out: Vec<(i64, i64)>,
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
    pub view: &'a View,
    /// What decides whether a word is known, beside what is searched.
    pub known: &'a View,
}

impl Planner<'_> {
    /// The plan of a question.
    ///
    /// # Errors
    /// What the index reports.
    pub(crate) fn plan(&self, typed: &str, parts: &[Part]) -> tantivy::Result<Plan> {
        let mut plan = Plan { is_one_word: matches!(parts, [Part { what: What::Word(_), is_excluded: false }]), ..Plan::default() };
        for part in parts {
            if let What::Period(period) = &part.what {
                let periods = if part.is_excluded { &mut plan.periods_left_out } else { &mut plan.periods };
                periods.extend(crate::period::bounds(period));
                continue;
            }
            let need = self.part(&part.what, part.is_excluded, &mut plan)?;
            if part.is_excluded { plan.sought.unwanted.push(need) } else { plan.sought.wanted.push(need) }
        }
        let reference = crate::schema::plain_reference(typed);
        if (3..=40).contains(&reference.len()) && reference.bytes().any(|byte| byte.is_ascii_digit()) && !plan.sought.wanted.is_empty() {
            let number = self.list(Line::Property, &format!("n=={reference}"), Worth::Once(worth::EXACT_NUMBER))?;
            plan.sought.enough = Some(Need(vec![plan.sought.leaf(Leaf::Lists(number.into_iter().collect()))]));
            plan.reference = Some(reference);
        }
        Ok(plan)
    }

    /// What one part needs. Adds its signs unless it must not be there.
    fn part(&self, what: &What, is_excluded: bool, plan: &mut Plan) -> tantivy::Result<Need> {
        let mut signs = Vec::new();
        let Plan { sought, corrections, .. } = plan;
        let need = match what {
            // »-Bahn« leaves out what speaks of a Bahn, not what speaks of a Straßenbahn.
            What::Word(word) if is_excluded => {
                let lists = self.each(&self.stems(word), &[(Line::Stem, worth::STEM)])?;
                one(sought, lists)
            }
            What::Word(word) => Need(vec![self.word(word, false, sought, &mut signs, corrections)?]),
            What::Joined(words) => {
                let mut each = 0;
                for word in words {
                    each |= self.word(word, true, sought, &mut signs, &mut Vec::new())?;
                }
                Need(vec![each, self.word(&words.concat(), true, sought, &mut signs, &mut Vec::new())?])
            }
            What::Phrase(words) => {
                signs.extend(words.iter().cloned().map(Sign::Exact));
                Need(vec![self.phrase(words, sought)?])
            }
            What::Prefix(beginning) => {
                signs.push(Sign::Prefix(beginning.clone()));
                let words = crate::typing::beginning(&self.view.searcher, self.fields.word, beginning, PREFIX_WORDS_MAX)?;
                let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
                one(sought, self.each(&words, &[(Line::Word, 1.0)])?)
            }
            What::Number(number, words) => {
                signs.push(Sign::Number(number.clone()));
                let plain = format!("n=={}", crate::schema::plain_reference(&words.join(" ")));
                let mut lists = self.each(std::slice::from_ref(number), &[(Line::Stem, 2.0)])?;
                lists.extend(self.each(&[plain], &[(Line::Property, 1.0)])?);
                one(sought, lists)
            }
            What::Date(day) => {
                signs.push(Sign::Date(*day));
                one(sought, self.each(&[format!("@{day}")], &[(Line::Stem, 1.0)])?)
            }
            What::Field(property, inside) => self.field(*property, inside, sought, &mut signs)?,
            // Bounds of time are no part of the words.
            What::Period(_) => Need(vec![0]),
        };
        if !is_excluded {
            plan.signs.append(&mut signs);
        }
        Ok(need)
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

    /// A list, if anything is on it.
    fn list(&self, line: Line, token: &str, worth: Worth) -> tantivy::Result<Option<Weighed>> {
        let is_whole = matches!(line, Line::Word | Line::Stem | Line::Title);
        Ok(self.view.lists.find(line, token)?.map(|token| Weighed { token, worth, is_whole }))
    }

    /// The lists of all tokens in all of some fields.
    fn each(&self, tokens: &[String], lines: &[(Line, f32)]) -> tantivy::Result<Vec<Weighed>> {
        let mut lists = Vec::new();
        for token in tokens {
            for (line, worth) in lines {
                lists.extend(self.list(*line, token, Worth::Often(*worth))?);
            }
        }
        Ok(lists)
    }

    /// Adds a word and gives its bit. A word that nothing has, but something else that looks much like it, is taken for that.
    fn word(&self, word: &str, is_literal: bool, sought: &mut Sought, signs: &mut Vec<Sign>, corrections: &mut Vec<(String, String)>) -> tantivy::Result<Bits> {
        let (mut stems, mut lists) = (Vec::new(), Vec::new());
        for stem in self.stems(word) {
            let found = self.stem(&stem)?;
            if !found.is_empty() || self.is_known(&stem)? {
                stems.push(stem);
                lists.extend(found);
            }
        }
        let mut written = vec![word.to_owned()];
        let is_typing = stems.is_empty() && !is_literal;
        if is_typing {
            let near = crate::typing::near(&self.known.searcher, self.fields.word, word)?;
            if let Some(best) = near.first() {
                corrections.push((word.to_owned(), best.clone()));
            }
            stems = near.iter().map(|word| self.corpus.stemmer.german(word)).collect();
            stems.sort_unstable();
            stems.dedup();
            for stem in &stems {
                lists.extend(self.stem(stem)?);
            }
            written = near;
        }
        // A word is on its own list only where its stem is on the others, so this finds nothing new.
        if let (Some(word), false) = (written.first(), lists.is_empty()) {
            lists.extend(self.list(Line::Word, word, Worth::Once(worth::EXACT))?);
        }
        signs.push(Sign::Stems { stems, written, is_typing });
        Ok(sought.leaf(Leaf::Lists(lists)))
    }

    fn stem(&self, stem: &str) -> tantivy::Result<Vec<Weighed>> {
        let lines = [(Line::Stem, worth::STEM), (Line::Part, worth::PART), (Line::Title, worth::TITLE), (Line::TitlePart, worth::TITLE_PART)];
        self.each(&[stem.to_owned()], &lines)
    }

    /// Whether a stem is known beside what is searched.
    fn is_known(&self, stem: &str) -> tantivy::Result<bool> {
        let has = |lists: &Lists, line| Ok::<_, tantivy::TantivyError>(lists.find(line, stem)?.is_some());
        Ok(!std::ptr::eq(self.known, self.view) && (has(&self.known.lists, Line::Stem)? || has(&self.known.lists, Line::Part)?))
    }

    fn phrase(&self, words: &[String], sought: &mut Sought) -> tantivy::Result<Bits> {
        if let [word] = words {
            let lists = self.each(std::slice::from_ref(word), &[(Line::Word, 1.0)])?;
            return Ok(sought.leaf(Leaf::Lists(lists)));
        }
        let terms = words.iter().map(|word| Term::from_field_text(self.fields.word, word)).collect();
        Ok(sought.leaf(Leaf::Phrase(PhraseQuery::new(terms))))
    }

    fn field(&self, property: Property, inside: &[What], sought: &mut Sought, signs: &mut Vec<Sign>) -> tantivy::Result<Need> {
        let mut all = 0;
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
            let lists = match property {
                Property::Title => self.each(&tokens, &[(Line::Title, 2.0), (Line::TitlePart, 1.0)])?,
                Property::Token(letter) => {
                    let tokens: Vec<String> = tokens.iter().map(|token| format!("{letter}={token}")).collect();
                    self.each(&tokens, &[(Line::Property, 1.0)])?
                }
            };
            all |= sought.leaf(Leaf::Lists(lists));
            if property == Property::Title {
                signs.extend(sign);
            }
        }
        // A field with nothing in it that could be looked for finds nothing.
        Ok(Need(if all == 0 { Vec::new() } else { vec![all] }))
    }
}

/// What one leaf needs.
fn one(sought: &mut Sought, lists: Vec<Weighed>) -> Need {
    Need(vec![sought.leaf(Leaf::Lists(lists))])
}
