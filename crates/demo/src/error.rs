//! What can be wrong with the files of the town, said so that the author of a file finds the place.

/// Why the town could not be loaded or a document could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// A file is missing from the folder.
    #[error("{0}: missing")]
    Missing(String),
    /// A file is not the TOML that is expected there.
    #[error("{file}: {message}")]
    Syntax {
        /// Path below `demo/musterau`.
        file: String,
        /// What the parser said, with line and column.
        message: String,
    },
    /// A file names a key that nothing in the town bears.
    #[error("{file}: there is no {kind} »{key}«")]
    Unknown {
        /// Path below `demo/musterau`.
        file: String,
        /// What was looked for, for instance "person".
        kind: &'static str,
        /// The key that was not found.
        key: String,
    },
    /// A rule about the content is broken.
    #[error("{file}: {message}")]
    Rule {
        /// Path below `demo/musterau`.
        file: String,
        /// What is wrong and where.
        message: String,
    },
    /// A date cannot be moved to the week of today.
    #[error("date out of range: {0}")]
    Date(String),
    /// A placeholder in a text is not understood; with the path of the file where it is known.
    #[error("placeholder not understood: {0}")]
    Placeholder(String),
    /// The PDF could not be made.
    #[error("PDF: {0}")]
    Pdf(String),
}
