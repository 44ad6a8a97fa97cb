//! What a server got wrong: every kind of defect with its stable key, counted, with a few examples.
//!
//! Most defects are found by this crate. Those of the last group show only to whoever talks to the server; they stand
//! here so that one report holds all. Start with [`Findings::note`].

use std::collections::BTreeMap;

use crate::Kind;

macro_rules! defects {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A kind of mistake in what a server answers. Its key is stable: reports and translations refer to it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Defect {
            $($(#[$doc])* $name,)*
        }

        impl Defect {
            /// All defects, in the order in which a report lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable key in kebab case.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The defect of this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }
        }
    };
}

defects! {
    /// The answer begins with a byte order mark.
    ByteOrderMark = "byte-order-mark",
    /// The answer is not UTF-8; its odd bytes were read as Latin-1.
    NotUtf8 = "not-utf-8",
    /// Control characters stand unescaped in JSON texts.
    ControlCharacter = "control-character",
    /// The answer, or an item of a list, is `null`.
    NullBody = "null-body",
    /// A list is a bare array, without page information.
    BareArray = "bare-array",
    /// A single object stands where a list belongs.
    SingleObjectForList = "single-object-for-list",
    /// A list page has no `links`.
    MissingLinks = "missing-links",
    /// A list page has no `data`.
    MissingData = "missing-data",
    /// An empty list is answered as an error (code 802).
    EmptyListAsError = "empty-list-as-error",
    /// An object stands twice on a list page.
    DuplicateInList = "duplicate-in-list",
    /// A deleted object stands in a list that was not asked for changes.
    DeletedInUnfilteredList = "deleted-in-unfiltered-list",
    /// The object found under an address has another id.
    IdDiffersFromAddress = "id-differs-from-address",
    /// Something that is no object stands where an object belongs.
    NotAnObject = "not-an-object",
    /// An object has no id.
    MissingId = "missing-id",
    /// An object does not say its type.
    MissingType = "missing-type",
    /// An object says a type that OParl does not know.
    UnknownType = "unknown-type",
    /// An object of another type than expected.
    UnexpectedType = "unexpected-type",
    /// An object without `created`.
    MissingCreated = "missing-created",
    /// An object without `modified`.
    MissingModified = "missing-modified",
    /// An agenda item without `order`.
    MissingOrder = "missing-order",
    /// An agenda item without `number`.
    MissingNumber = "missing-number",
    /// Another property that the standard requires is missing.
    MissingRequired = "missing-required",
    /// An agenda item with an empty `number`.
    EmptyNumber = "empty-number",
    /// A text is empty, blank or »N/A«.
    BlankText = "blank-text",
    /// A property is `null`.
    NullValue = "null-value",
    /// A text is escaped as for HTML.
    HtmlEscaped = "html-escaped",
    /// A name has more than [`crate::NAME_CHARS_MAX`] characters.
    OverLongName = "over-long-name",
    /// A property's name is spelled otherwise, such as `start_date`.
    WrongCase = "wrong-case",
    /// A property that OParl does not know, without a vendor's prefix.
    UnknownProperty = "unknown-property",
    /// A municipality key of seven digits: the leading zero is missing.
    AgsSevenDigits = "ags-seven-digits",
    /// An address that is none.
    BadUrl = "bad-url",
    /// An address with a double slash in its path.
    DoubleSlash = "double-slash",
    /// The same host by http and by https.
    MixedSchemes = "mixed-schemes",
    /// An object stands where only its address belongs.
    ObjectForUrl = "object-for-url",
    /// Only an address stands where the object belongs.
    UrlForObject = "url-for-object",
    /// An object stands where an array belongs.
    ObjectForArray = "object-for-array",
    /// An object stands where a text belongs.
    ObjectForText = "object-for-text",
    /// An array stands where an object belongs.
    ArrayForObject = "array-for-object",
    /// An array stands where a single text, address or number belongs.
    ArrayForText = "array-for-text",
    /// A text stands where an array belongs.
    TextForArray = "text-for-array",
    /// A number or truth value stands where a text belongs.
    NumberForText = "number-for-text",
    /// A text stands where a number belongs.
    TextForNumber = "text-for-number",
    /// A text or number stands where a truth value belongs.
    TextForFlag = "text-for-flag",
    /// A value of which nothing could be kept.
    Unreadable = "unreadable",
    /// A day or instant that cannot be understood.
    BadDate = "bad-date",
    /// A day in another spelling than `yyyy-mm-dd`.
    DateFormat = "date-format",
    /// An instant in another spelling than `yyyy-mm-ddThh:mm:ss+hh:mm`.
    DateTimeFormat = "date-time-format",
    /// An instant without time zone; German time was assumed.
    DateTimeWithoutZone = "date-time-without-zone",
    /// Something ends before it starts.
    EndBeforeStart = "end-before-start",
    /// A deleted object is embedded in another.
    DeletedEmbedded = "deleted-embedded",
    /// Objects stand in one another too deep; only the address was kept.
    NestedTooDeep = "nested-too-deep",

    /// An object that others refer to cannot be retrieved. (Noted by whoever talks to the server, as all that follow.)
    NotRetrievable = "not-retrievable",
    /// A list cannot be retrieved.
    ListNotRetrievable = "list-not-retrievable",
    /// The server failed (HTTP 5xx) and answered when asked again.
    ServerError = "server-error",
    /// An answer ended before its end.
    CutOff = "cut-off",
    /// An answer took several seconds.
    SlowAnswer = "slow-answer",
    /// JSON is sent under another media type.
    WrongContentType = "wrong-content-type",
    /// An object exists but stands in no list.
    NotInLists = "not-in-lists",
    /// A list's `totalElements` is not the number of its elements.
    TotalDiffers = "total-differs",
    /// A list's pages lead back to a page already read, or never end.
    EndlessList = "endless-list",
    /// `modified_since` has no effect.
    FilterIgnored = "filter-ignored",
    /// A percent-encoded query is refused.
    EncodedQueryRefused = "encoded-query-refused",
    /// A part was changed, but not the `modified` of the object that embeds it.
    ParentNotModified = "parent-not-modified",
    /// A file is found only without the second of two equal extensions (`.pdf.pdf`).
    DoubledExtension = "doubled-extension",
    /// An object of another server; it is not followed.
    ForeignReference = "foreign-reference",
    /// An answer leads to an address that must not be asked, such as a private one.
    ForbiddenAddress = "forbidden-address",
    /// An answer is larger than what is read.
    TooLarge = "too-large",
    /// An answer that is no OParl JSON, also when asked again.
    UnreadableAnswer = "unreadable-answer",
    /// `limit` makes the server fail.
    LimitRefused = "limit-refused",
    /// `modified_since` makes the server fail.
    FilterRefused = "filter-refused",
    /// An object that could not be stored.
    NotStored = "not-stored",
    /// So many objects vanished at once that none was withdrawn.
    VanishedMany = "vanished-many",
}

/// One defect found in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub defect: Defect,
    /// The type of the object in which it was found, if known.
    pub kind: Option<Kind>,
    /// The object's id, or the address asked; may be empty. At most [`Findings::CHARS_MAX`] characters.
    pub object: String,
    /// The property, as the standard spells it; empty if it concerns the whole object.
    pub property: &'static str,
    /// What stood there. At most [`Findings::CHARS_MAX`] characters.
    pub detail: String,
}

/// How often a defect was found, where, and the first examples.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// How often by type and property.
    pub places: BTreeMap<(Option<Kind>, &'static str), u64>,
    /// The first, at most [`Findings::EXAMPLES_MAX`].
    pub examples: Vec<Finding>,
}

/// All defects of a run, counted. Bounded in memory however much is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings(BTreeMap<Defect, Tally>);

impl Findings {
    /// So many examples are kept per defect.
    pub const EXAMPLES_MAX: usize = 5;
    /// So many characters (Unicode scalar values) of an id or a detail are kept.
    pub const CHARS_MAX: usize = 300;

    /// Counts a defect; keeps it as an example if there are not enough yet. `detail` is asked only then.
    pub fn note(&mut self, defect: Defect, kind: Option<Kind>, object: &str, property: &'static str, detail: impl FnOnce() -> String) {
        let tally = self.0.entry(defect).or_default();
        tally.count += 1;
        *tally.places.entry((kind, property)).or_default() += 1;
        if tally.examples.len() < Self::EXAMPLES_MAX {
            let detail = shortened(&detail());
            tally.examples.push(Finding { defect, kind, object: shortened(object), property, detail });
        }
    }

    /// How often a defect was found.
    #[must_use]
    pub fn count(&self, defect: Defect) -> u64 {
        self.0.get(&defect).map_or(0, |tally| tally.count)
    }

    /// How often a defect was found in this property of this type.
    #[must_use]
    pub fn count_in(&self, defect: Defect, kind: Kind, property: &str) -> u64 {
        let tally = self.0.get(&defect);
        tally.and_then(|tally| tally.places.iter().find(|((k, p), _)| *k == Some(kind) && *p == property)).map_or(0, |(_, count)| *count)
    }

    /// The defects found, in the order of [`Defect::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Defect, &Tally)> {
        self.0.iter().map(|(defect, tally)| (*defect, tally))
    }

    /// How many findings in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().map(|tally| tally.count).sum()
    }

    /// Whether nothing was wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what another worker found.
    pub fn merge(&mut self, other: Self) {
        for (defect, theirs) in other.0 {
            let ours = self.0.entry(defect).or_default();
            ours.count += theirs.count;
            for (place, count) in theirs.places {
                *ours.places.entry(place).or_default() += count;
            }
            let room = Self::EXAMPLES_MAX.saturating_sub(ours.examples.len());
            ours.examples.extend(theirs.examples.into_iter().take(room));
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(Findings::CHARS_MAX) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kebab_case_and_lead_back() {
        for &defect in Defect::ALL {
            let key = defect.key();
            assert_eq!(Defect::from_key(key), Some(defect));
            assert!(key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{key}");
        }
        assert_eq!(Defect::from_key("no-such-defect"), None);
    }

    #[test]
    fn five_examples_are_kept_and_all_are_counted() {
        let mut findings = Findings::default();
        for n in 0..7 {
            findings.note(Defect::BadUrl, Some(Kind::File), &n.to_string(), "web", || "x".repeat(n * 100));
        }
        let (_, tally) = findings.iter().next().unwrap();
        assert_eq!((tally.count, tally.examples.len()), (7, 5));
        assert_eq!(tally.examples[3].detail.len(), 300);
        assert_eq!(tally.examples[4].detail.len(), 300, "cut at the limit");
        let mut sum = Findings::default();
        sum.note(Defect::BadUrl, None, "", "", String::new);
        sum.merge(findings);
        assert_eq!((sum.count(Defect::BadUrl), sum.total()), (8, 8));
        assert_eq!(sum.count_in(Defect::BadUrl, Kind::File, "web"), 7);
    }
}
