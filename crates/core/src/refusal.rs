//! A refusal: the expected answer to input that a rule does not allow.

/// Why an act was not done, as the key of a translated sentence that says what to do instead.
///
/// A refusal is an expected answer, not an exception: nothing was changed, nothing is logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {key}")]
pub struct Refusal {
    /// Key of the sentence in the `.ftl` files.
    pub key: &'static str,
    /// The form field it belongs to, if it belongs to one.
    pub field: Option<&'static str>,
}

impl Refusal {
    /// A refusal of the whole act.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, field: None }
    }

    /// A refusal of what stands in one form field.
    #[must_use]
    pub const fn of_field(field: &'static str, key: &'static str) -> Self {
        Self { key, field: Some(field) }
    }
}
