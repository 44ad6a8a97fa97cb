//! A value that never appears in a log: secrets, addresses, names.

use std::fmt;

/// Holds a value whose `Debug` and `Display` print a placeholder. Who needs the value asks for it by name.
#[derive(Clone, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Hides a value.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Never hand it to a log.
    #[must_use]
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> serde::Serialize for Redacted<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::Redacted;

    #[test]
    fn no_format_prints_what_is_hidden() {
        let secret = Some(Redacted::new("ida@example.org".to_owned()));
        assert_eq!(format!("{secret:?}"), "Some([redacted])");
        assert_eq!(secret.as_ref().map(ToString::to_string).as_deref(), Some("[redacted]"));
        assert_eq!(secret.as_ref().map(|secret| secret.reveal().as_str()), Some("ida@example.org"));
    }
}
