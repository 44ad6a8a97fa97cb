//! The question before something is published: is that personal data, and shall everybody read it?
//!
//! What [`allmende_privacy`] finds is a reason to ask, never one to refuse. The page shows what was found and two ways on: change the
//! words, or send them as they are. The second button bears a digest of exactly what was shown, so that other data written into the
//! same form is asked about again. Nothing is kept of it, and it works without script.

use allmende_core::hex;
use allmende_platform::sessions::digest_of;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, Form};

/// The field of the button that sends it as it is.
pub const FIELD: &str = "so";
/// Things that are shown; who writes more of them sees that it is many.
const SHOWN_MAX: usize = 10;
/// Digits of the digest that stand in the button.
const KEY_BYTES: usize = 8;

/// Personal data that was found, and the answer that its author may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is, in words, and the words themselves.
    pub items: Vec<(&'static str, String)>,
    /// What the button says to send it as it is.
    pub key: String,
}

impl Question {
    /// What is to be asked about these words; nothing if they tell nothing about a person.
    #[must_use]
    pub fn about(t: Speaker, words: &[&str]) -> Option<Self> {
        // Browsers end lines with two signs; what is kept ends them with one.
        let texts: Vec<String> = words.iter().map(|text| text.replace("\r\n", "\n")).collect();
        let found: Vec<(&'static str, String)> = texts
            .iter()
            .flat_map(|text| allmende_privacy::find(text).into_iter().map(move |finding| (finding, text)))
            .filter_map(|(finding, text)| Some((finding.kind.key(), text.get(finding.bytes)?.split_whitespace().collect::<Vec<_>>().join(" "))))
            .collect();
        if found.is_empty() {
            return None;
        }
        let said: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
        let key = hex(&digest_of(&said.join("\n"))[..KEY_BYTES]);
        let label = |kind: &str| t.find(&format!("contribution-found-{kind}")).unwrap_or_default();
        Some(Self { items: found.into_iter().take(SHOWN_MAX).map(|(kind, words)| (label(kind), words)).collect(), key })
    }

    /// What is asked about the words of a form that is shown again; nothing on a form that is shown first.
    #[must_use]
    pub fn of_form(form: Option<&Form>, fields: &[&str]) -> Option<Self> {
        let form = form?;
        let words: Vec<&str> = fields.iter().map(|name| form.value(name)).collect();
        Self::about(form.speaker(), &words).filter(|question| question.key != form.value(FIELD))
    }

    /// What is still to be asked about words that were sent.
    #[must_use]
    pub fn open(t: Speaker, words: &[&str], fields: &Fields) -> Option<Self> {
        Self::about(t, words).filter(|question| question.key != fields.raw(FIELD))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_core::Language;
    use allmende_platform::texts::{Texts, TextsError};

    fn speaker() -> Result<Speaker, TextsError> {
        Ok(Texts::load(&[allmende_platform::TEXTS, crate::TEXTS, crate::formats::TEXTS])?.speak(Language::German))
    }

    fn answered(key: &str) -> Fields {
        Fields::new(vec![(FIELD.to_owned(), key.to_owned())])
    }

    #[test]
    fn words_without_personal_data_are_not_asked_about() -> Result<(), TextsError> {
        assert_eq!(Question::about(speaker()?, &["Mehr Bänke am Marktplatz.", "Im Schatten der Linden."]), None);
        Ok(())
    }

    #[test]
    fn every_kind_has_a_word() -> Result<(), TextsError> {
        let t = speaker()?;
        for kind in allmende_privacy::Kind::ALL {
            assert!(t.find(&format!("contribution-found-{}", kind.key())).is_some(), "{}", kind.key());
        }
        Ok(())
    }

    #[test]
    fn the_answer_holds_for_what_was_shown_and_for_nothing_else() -> Result<(), TextsError> {
        let t = speaker()?;
        let words = ["Rufen Sie mich an.", "Meine Adresse ist ida.muster@example.org."];
        let question = Question::about(t, &words).unwrap_or_else(|| panic!("nothing found"));
        assert_eq!(question.items, [("E-Mail-Adresse", "ida.muster@example.org".to_owned())]);
        assert_eq!(Question::open(t, &words, &answered("")), Some(question.clone()));
        assert_eq!(Question::open(t, &words, &answered(&question.key)), None);
        let more = [words[0], "Meine Adresse ist ida.muster@example.org, nicht udo.muster@example.org."];
        assert!(Question::open(t, &more, &answered(&question.key)).is_some_and(|question| question.items.len() == 2));
        Ok(())
    }
}
