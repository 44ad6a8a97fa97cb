//! Conditions in words: one sentence for pages, one line for each condition where they are listed.

use allmende_audience::{Audience, Condition};
use allmende_platform::texts::Speaker;

/// Postal codes that a sentence names; further ones are counted.
const NAMED_MAX: usize = 6;

/// One condition as a part of the sentence: "hier ein Konto hat".
#[must_use]
pub fn clause(t: Speaker, condition: &Condition) -> String {
    match condition {
        Condition::PostalCodes { codes } => {
            let named = codes.iter().take(NAMED_MAX).map(|code| code.as_str()).collect::<Vec<_>>().join(", ");
            let more = codes.len().saturating_sub(NAMED_MAX);
            let key = match (codes.len(), more) {
                (1, _) => "audience-postal-codes-one",
                (_, 0) => "audience-postal-codes",
                _ => "audience-postal-codes-more",
            };
            t.with(key, &[("codes", (&named).into()), ("more", more.into())])
        }
        Condition::MinimumAge { years } => t.with("audience-minimum-age", &[("years", i64::from(*years).into())]),
        other => t.find(&format!("audience-{}", other.kind().replace('_', "-"))).unwrap_or_default().to_owned(),
    }
}

/// "Mitmachen kann, wer hier ein Konto hat und einen Code aus einem Brief hat."
#[must_use]
pub fn sentence(t: Speaker, audience: &Audience) -> String {
    let mut clauses: Vec<String> = audience.conditions().iter().map(|condition| clause(t, condition)).collect();
    if audience.conditions() == [Condition::Open] {
        return t.get("audience-everybody").to_owned();
    }
    let last = clauses.pop().unwrap_or_default();
    let first = clauses.into_iter().reduce(|first, next| t.with("audience-comma", &[("first", (&first).into()), ("next", (&next).into())]));
    let all = match first {
        Some(first) => t.with("audience-and", &[("first", (&first).into()), ("last", (&last).into())]),
        None => last,
    };
    t.with("audience-sentence", &[("conditions", (&all).into())])
}
