//! All texts of pages, from the Fluent files of every crate, one catalogue a language.
//!
//! A message that only fills in values is cut into pieces when the program starts; one with cases (plurals) goes through the
//! Fluent runtime. A key that is missing in a language falls back to German; a test finds such keys before a reader does.

use allmende_core::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashMap;

/// The three Fluent files of one crate.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// German.
    pub german: &'static str,
    /// English.
    pub english: &'static str,
    /// Leichte Sprache.
    pub easy: &'static str,
}

/// The texts of the crate that calls it, from its folder `i18n/`.
#[macro_export]
macro_rules! texts {
    () => {
        $crate::texts::Source {
            german: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/i18n/de.ftl")),
            english: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/i18n/en.ftl")),
            easy: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/i18n/leicht.ftl")),
        }
    };
}

/// A value for a message: a number or a text.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// A number; plural forms look at it.
    Number(i64),
    /// A text.
    Text(&'a str),
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

enum Piece {
    Text(Box<str>),
    Variable(Box<str>),
}

enum Message {
    Plain(Box<str>),
    Pieces(Vec<Piece>),
    Fluent,
}

struct Catalogue {
    messages: HashMap<Box<str>, Message>,
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

/// The texts of the whole program.
pub struct Texts {
    catalogues: [Catalogue; 3],
}

/// What is wrong with a text file.
#[derive(Debug, thiserror::Error)]
#[error("texts ({language}): {problem}")]
pub struct TextsError {
    language: &'static str,
    problem: String,
}

impl Texts {
    /// Reads all files. The catalogues live as long as the program.
    ///
    /// # Errors
    /// A file that is not Fluent, or a key that stands in two files.
    pub fn load(sources: &[Source]) -> Result<&'static Self, TextsError> {
        let of = |language: Language, pick: fn(&Source) -> &'static str| Catalogue::load(language, sources.iter().map(pick));
        let catalogues =
            [of(Language::German, |source| source.german)?, of(Language::English, |source| source.english)?, of(Language::Easy, |source| source.easy)?];
        Ok(Box::leak(Box::new(Self { catalogues })))
    }

    /// The texts in one language.
    #[must_use]
    pub fn speak(&'static self, language: Language) -> Speaker {
        Speaker { texts: self, language }
    }

    fn catalogue(&self, language: Language) -> &Catalogue {
        match language {
            Language::German => &self.catalogues[0],
            Language::English => &self.catalogues[1],
            Language::Easy => &self.catalogues[2],
        }
    }
}

impl Catalogue {
    fn load(language: Language, files: impl Iterator<Item = &'static str>) -> Result<Self, TextsError> {
        let problem = |problem: String| TextsError { language: language.key(), problem };
        let locale = if language == Language::English { "en" } else { "de" };
        let locale = locale.parse().map_err(|error| problem(format!("{error}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks that Fluent sets around inserted text are of no use between HTML tags.
        bundle.set_use_isolating(false);
        let mut messages = HashMap::new();
        for file in files {
            for (key, message) in pieces_of(file) {
                if messages.insert(key.clone(), message).is_some() {
                    return Err(problem(format!("the key {key} stands in two files")));
                }
            }
            let resource = FluentResource::try_new(file.to_owned()).map_err(|(_, errors)| problem(format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| problem(format!("{errors:?}")))?;
        }
        Ok(Self { messages, bundle, language })
    }
}

/// Reads the messages of a file by line: a message without cases is one line, `key = text with { $values }`.
/// What continues on the next lines is left to the Fluent runtime.
fn pieces_of(file: &str) -> Vec<(Box<str>, Message)> {
    let mut out: Vec<(Box<str>, Message)> = Vec::new();
    for line in file.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, message)) = out.last_mut() {
                *message = Message::Fluent;
            }
        } else if let Some((key, text)) = line.split_once('=')
            && !line.starts_with('#')
        {
            out.push((key.trim().into(), cut(text.trim())));
        }
    }
    out
}

fn cut(text: &str) -> Message {
    if !text.contains('{') {
        return if text.is_empty() { Message::Fluent } else { Message::Plain(text.into()) };
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else { return Message::Fluent };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.into()));
        }
        let inside = inside.trim();
        if let Some(name) = inside.strip_prefix('$') {
            pieces.push(Piece::Variable(name.into()));
        } else if let Some(literal) = inside.strip_prefix('"').and_then(|inside| inside.strip_suffix('"')) {
            pieces.push(Piece::Text(literal.into()));
        } else {
            return Message::Fluent;
        }
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.into()));
    }
    Message::Pieces(pieces)
}

/// The texts in one language; what a page speaks with. Free to copy.
#[derive(Clone, Copy)]
pub struct Speaker {
    texts: &'static Texts,
    language: Language,
}

impl Speaker {
    /// The language spoken.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of a key without values. An unknown key comes back as itself, so that a reader can report it.
    #[must_use]
    pub fn get(self, key: &'static str) -> &'static str {
        match self.texts.catalogue(self.language).messages.get(key).or_else(|| self.texts.catalogues[0].messages.get(key)) {
            Some(Message::Plain(text)) => text,
            _ => key,
        }
    }

    /// The text of a key that is only known at run time, if it has one.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        match self.texts.catalogue(self.language).messages.get(key).or_else(|| self.texts.catalogues[0].messages.get(key)) {
            Some(Message::Plain(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a key with values filled in.
    #[must_use]
    pub fn with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let own = self.texts.catalogue(self.language);
        let catalogue = if own.messages.contains_key(key) { own } else { &self.texts.catalogues[0] };
        match catalogue.messages.get(key) {
            Some(Message::Plain(text)) => text.to_string(),
            Some(Message::Pieces(pieces)) => {
                let mut out = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => out.push_str(text),
                        Piece::Variable(name) => match args.iter().find(|(given, _)| *given == &**name) {
                            Some((_, Arg::Text(text))) => out.push_str(text),
                            Some((_, Arg::Number(number))) => push_number(&mut out, *number, catalogue.language),
                            None => {}
                        },
                    }
                }
                out
            }
            Some(Message::Fluent) => formatted(catalogue, key, args),
            None => key.to_owned(),
        }
    }

    /// [`Speaker::with`] for the most frequent case: one number called `$count`.
    #[must_use]
    pub fn count(self, key: &str, count: usize) -> String {
        self.with(key, &[("count", count.into())])
    }

    /// A whole number as this language writes it: 48.000 or 48,000.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        let mut out = String::new();
        push_number(&mut out, number, self.language);
        out
    }
}

fn formatted(catalogue: &Catalogue, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let Some(pattern) = catalogue.bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
    let mut fluent = FluentArgs::with_capacity(args.len() + 1);
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => fluent.set(*name, FluentValue::from(*text)),
            Arg::Number(number) => fluent.set(*name, FluentValue::from(*number)),
        }
    }
    let mut errors = Vec::new();
    catalogue.bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
}

/// Thousands are set apart by a point in German and by a comma in English.
fn push_number(out: &mut String, number: i64, language: Language) {
    let digits = number.unsigned_abs().to_string();
    if number < 0 {
        out.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) && digits.len() > 4 {
            out.push(if language == Language::English { ',' } else { '.' });
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: Source = Source {
        german: "plain = Rat\nhello = Guten Tag, { $name }!\npapers = { $count ->\n    [one] eine Vorlage\n   *[other] { $count } Vorlagen\n }\nonly-german = nur hier\n",
        english: "plain = Council\nhello = Hello { $name }!\npapers = { $count ->\n    [one] one paper\n   *[other] { $count } papers\n }\n",
        easy: "plain = Rat\nhello = Hallo { $name }!\npapers = { $count } Papiere\n",
    };

    #[test]
    fn a_message_speaks_each_language_and_falls_back_to_german() -> Result<(), TextsError> {
        let texts = Texts::load(&[SOURCE])?;
        let (german, english, easy) = (texts.speak(Language::German), texts.speak(Language::English), texts.speak(Language::Easy));
        assert_eq!((german.get("plain"), english.get("plain")), ("Rat", "Council"));
        assert_eq!(german.with("hello", &[("name", "Ida".into())]), "Guten Tag, Ida!");
        assert_eq!((german.count("papers", 1), german.count("papers", 2)), ("eine Vorlage".to_owned(), "2 Vorlagen".to_owned()));
        assert_eq!(easy.count("papers", 12_345), "12.345 Papiere");
        assert_eq!(english.get("only-german"), "nur hier");
        assert_eq!(english.get("unknown"), "unknown");
        Ok(())
    }

    #[test]
    fn a_key_in_two_files_is_refused() {
        assert!(Texts::load(&[SOURCE, SOURCE]).is_err());
    }
}
