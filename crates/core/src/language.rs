//! The three languages of every page. Leichte Sprache is a language of content, not a leaflet.

/// A language in which pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// German, the language every text exists in.
    #[default]
    German,
    /// English.
    English,
    /// Leichte Sprache: German by the rules of Annex 2 of BITV 2.0.
    Easy,
}

impl Language {
    /// All languages in the order of the language switch.
    pub const ALL: [Self; 3] = [Self::German, Self::English, Self::Easy];

    /// The short key in addresses, cookies and file names: `de`, `en`, `leicht`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Easy => "leicht",
        }
    }

    /// The language of a key, or nothing for an unknown one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.key() == key)
    }

    /// The value of the `lang` attribute: BCP 47; `de-simple` is the registered variant for simplified German.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Easy => "de-simple",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
            Self::Easy => "Leichte Sprache",
        }
    }
}
