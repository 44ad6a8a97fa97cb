//! How one name is written in texts: abbreviated, divided, joined, with an ending.
//!
//! All forms are folded (see [`crate::fold`]). Knows nothing of texts.

use crate::fold::key;
use crate::place::Kind;

/// Words that end the name of a street or square, folded. A compound with one of them names nothing but a street.
pub(crate) const TYPES: [&str; 42] = [
    "strasse",
    "weg",
    "allee",
    "platz",
    "gasse",
    "ring",
    "ufer",
    "steig",
    "pfad",
    "damm",
    "promenade",
    "chaussee",
    "bruecke",
    "stieg",
    "wall",
    "gaesschen",
    "anlage",
    "zeile",
    "graben",
    "markt",
    "tor",
    "hof",
    "berg",
    "garten",
    "gaerten",
    "park",
    "stein",
    "feld",
    "wiese",
    "wiesen",
    "rain",
    "hang",
    "halde",
    "hoehe",
    "bogen",
    "kehre",
    "tal",
    "grund",
    "siedlung",
    "winkel",
    "treppe",
    "stiege",
];
/// How many of [`TYPES`] say "street" wherever they stand at the end of a word, so that they can be left out in lists.
const SURE_TYPES: usize = 16;

/// Words that are a name of their own nowhere: a place of this name needs something beside it that says so.
const COMMON: [&str; 43] = [
    "mitte",
    "nord",
    "sued",
    "ost",
    "west",
    "zentrum",
    "stadtmitte",
    "ortsmitte",
    "altstadt",
    "neustadt",
    "dorf",
    "berg",
    "tal",
    "aue",
    "au",
    "hof",
    "feld",
    "wald",
    "see",
    "bach",
    "insel",
    "siedlung",
    "kolonie",
    "hub",
    "loch",
    "steig",
    "markt",
    "ring",
    "wall",
    "damm",
    "graben",
    "anger",
    "park",
    "garten",
    "zirkel",
    "bahnhof",
    "kirche",
    "friedhof",
    "sportplatz",
    "rathaus",
    "schule",
    "bruehl",
    "grund",
];

/// Small words with which names such as "Am Anger" begin.
pub(crate) const BEGINNINGS: [&str; 20] =
    ["am", "an", "auf", "aus", "bei", "beim", "hinter", "im", "in", "neben", "ob", "ueber", "unter", "unterm", "vor", "vorm", "zu", "zum", "zur", "zwischen"];

/// What a text must have around a name before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    /// The name speaks for itself.
    Sure,
    /// It may be the name of a person.
    Personlike,
    /// It begins with a small word: "Am Anger".
    Phrase,
    /// It may be any word: something must say that a place is meant.
    Weak,
}

/// One way to write a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Folded.
    pub text: String,
    /// Where a blank must have been a hyphen: "Haupt-Straße", not "Haupt Straße".
    pub hyphen_at: Option<usize>,
    /// It is the adjective of a district: "Mühlburger".
    pub is_adjective: bool,
}

/// The type at the end of a folded name, if it has one: position of the type and the type.
pub(crate) fn street_type(folded: &str) -> Option<(usize, &'static str)> {
    sure_type(folded).or_else(|| TYPES[SURE_TYPES..].iter().find_map(|kind| folded.strip_suffix(kind).map(|stem| (stem.len(), *kind))))
}

/// The same for the types that mean a street wherever they stand.
pub(crate) fn sure_type(folded: &str) -> Option<(usize, &'static str)> {
    TYPES[..SURE_TYPES].iter().find_map(|kind| folded.strip_suffix(kind).map(|stem| (stem.len(), *kind)))
}

/// What a name needs.
pub(crate) fn strength(name: &str, kind: Kind) -> Strength {
    let folded = key(name);
    let first = folded.split(' ').next().unwrap_or_default();
    if COMMON.contains(&folded.as_str()) || TYPES.contains(&folded.as_str()) || folded.chars().count() < 4 {
        return Strength::Weak;
    }
    if folded.contains(' ') && BEGINNINGS.contains(&first) {
        return Strength::Phrase;
    }
    let has_type = if folded.contains(' ') { street_type(&folded).is_some() } else { sure_type(&folded).is_some_and(|(stem, _)| stem > 0) };
    match kind {
        _ if has_type || folded.bytes().any(|byte| byte.is_ascii_digit()) => Strength::Sure,
        Kind::District => Strength::Personlike,
        Kind::Street | Kind::Place if folded.contains(' ') => Strength::Personlike,
        Kind::Street => Strength::Weak,
        Kind::Place => Strength::Personlike,
    }
}

/// All ways to write a name, without endings of cases.
pub(crate) fn forms(name: &str, kind: Kind) -> Vec<Form> {
    let folded = key(name);
    let mut forms = vec![plain(folded.clone())];
    if let Some((at, kind)) = sure_type(&folded)
        && at > 0
    {
        forms.extend(split_forms(&folded[..at], kind));
    }
    if let Some(rest) = folded.strip_prefix("strasse ") {
        forms.push(plain(format!("str. {rest}")));
        forms.push(plain(format!("str.{rest}")));
    }
    if kind == Kind::District && !folded.contains(' ') && folded.len() >= 5 {
        forms.extend(adjectives(&folded).into_iter().map(|text| Form { text, hyphen_at: None, is_adjective: true }));
    }
    forms.sort_by(|one, other| one.text.cmp(&other.text).then(one.hyphen_at.cmp(&other.hyphen_at)));
    forms.dedup_by(|later, earlier| later.text == earlier.text);
    forms.retain(|form| !form.text.is_empty());
    forms
}

const fn plain(text: String) -> Form {
    Form { text, hyphen_at: None, is_adjective: false }
}

/// A stem and its type: joined, apart, abbreviated.
fn split_forms(stem: &str, kind: &str) -> Vec<Form> {
    let is_apart = stem.ends_with(' ');
    let stem = stem.trim_end();
    // Two words that were one in the name: the text must say with a hyphen that they belong together.
    let hyphen_at = if is_apart { None } else { Some(stem.len()) };
    let short: &[&str] = match kind {
        "strasse" => &["strasse", "str"],
        "platz" => &["platz", "pl."],
        other => &[other],
    };
    let mut forms = Vec::with_capacity(4);
    for kind in short {
        forms.push(plain(format!("{stem}{kind}")));
        forms.push(Form { text: format!("{stem} {kind}"), hyphen_at, is_adjective: false });
    }
    forms
}

/// "Mühlburger", "Knielinger", "Grünwinkler".
fn adjectives(folded: &str) -> Vec<String> {
    let mut out = vec![format!("{folded}er")];
    if let Some(stem) = folded.strip_suffix("en") {
        out.push(format!("{stem}er"));
    }
    if let Some(stem) = folded.strip_suffix("el") {
        out.push(format!("{stem}ler"));
    }
    if let Some(stem) = folded.strip_suffix("er") {
        out.push(format!("{stem}rer"));
    }
    out
}

/// Endings of cases after a name: the longest first.
pub(crate) fn endings(form: &Form) -> &'static [&'static str] {
    if form.is_adjective {
        &["innen", "in", "n", "s", ""]
    } else if form.text.ends_with("strasse") || form.text.ends_with("allee") || form.text.ends_with("gasse") {
        &["n", ""]
    } else if form.text.ends_with("str") {
        &[""]
    } else if form.text.ends_with("platz") || form.text.ends_with("weg") || form.text.ends_with("damm") {
        &["es", "s", "e", ""]
    } else {
        &["s", ""]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, kind: Kind) -> Vec<String> {
        forms(name, kind).into_iter().map(|form| form.text).collect()
    }

    #[test]
    fn a_street_is_written_in_many_ways() {
        for text in ["kaiserstrasse", "kaiser strasse", "kaiserstr", "kaiser str"] {
            assert!(texts("Kaiserstraße", Kind::Street).contains(&text.to_owned()), "{text}");
        }
        assert!(texts("Straße des 17. Juni", Kind::Street).contains(&"str. des 17. juni".to_owned()));
        assert!(texts("Durlacher Allee", Kind::Street).contains(&"durlacherallee".to_owned()));
        assert_eq!(texts("Mühlburg", Kind::District), ["muehlburg", "muehlburger"]);
        assert!(texts("Knielingen", Kind::District).contains(&"knielinger".to_owned()));
        assert!(texts("Grünwinkel", Kind::District).contains(&"gruenwinkler".to_owned()));
    }

    #[test]
    fn a_split_compound_needs_its_hyphen_and_two_words_do_not() {
        let hyphen = |name: &str, text: &str| forms(name, Kind::Street).into_iter().find(|form| form.text == text).and_then(|form| form.hyphen_at);
        assert_eq!(hyphen("Hofweg", "hof weg"), Some(3));
        assert_eq!(hyphen("Durlacher Allee", "durlacher allee"), None);
    }

    #[test]
    fn a_name_is_as_strong_as_it_is_unmistakable() {
        let check = |name: &str, kind: Kind, expected: Strength| assert_eq!(strength(name, kind), expected, "{name}");
        check("Kaiserstraße", Kind::Street, Strength::Sure);
        check("Durlacher Tor", Kind::Street, Strength::Sure);
        check("Straße des 17. Juni", Kind::Street, Strength::Sure);
        check("Am Anger", Kind::Street, Strength::Phrase);
        check("Hollmann", Kind::Street, Strength::Weak);
        check("Anger", Kind::Street, Strength::Weak);
        check("Allee", Kind::Street, Strength::Weak);
        check("Mühlburg", Kind::District, Strength::Personlike);
        check("Aue", Kind::District, Strength::Weak);
        check("Tal", Kind::District, Strength::Weak);
    }
}
