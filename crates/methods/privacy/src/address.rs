//! Postal addresses: a street with a house number. A street alone, a road's number and the address of an office are none.

use crate::contact::is_unit;
use crate::tokens::{Class, Tokens, is_capital};
use crate::{Kind, Places};

/// What names of streets end with.
const ENDINGS: [&str; 32] = [
    "straße",
    "strasse",
    "str",
    "weg",
    "platz",
    "allee",
    "gasse",
    "gässchen",
    "ring",
    "damm",
    "ufer",
    "steig",
    "pfad",
    "chaussee",
    "promenade",
    "stieg",
    "graben",
    "winkel",
    "zeile",
    "hof",
    "berg",
    "markt",
    "wall",
    "garten",
    "feld",
    "bogen",
    "kamp",
    "twiete",
    "anger",
    "halde",
    "blick",
    "siedlung",
];
/// Endings that make a street only with »straße« and its like; words of every day end with the others too.
const SURE: usize = 17;
/// Numbered roads and other words that end like a street.
const ROADS: [&str; 24] = [
    "bundesstraße",
    "landesstraße",
    "kreisstraße",
    "staatsstraße",
    "autobahn",
    "gemeindestraße",
    "spielstraße",
    "fahrradstraße",
    "einbahnstraße",
    "wohnstraße",
    "radweg",
    "gehweg",
    "fußweg",
    "schulweg",
    "parkplatz",
    "spielplatz",
    "sportplatz",
    "arbeitsplatz",
    "stellplatz",
    "marktplatz",
    "wanderweg",
    "feldweg",
    "bolzplatz",
    "schwimmring",
];
/// Words that make a name of what stands before them: »Berliner Straße«.
const ALONE: [&str; 10] = ["straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm"];
const BEFORE: [&str; 12] = ["am", "an", "im", "in", "auf", "zum", "zur", "unter", "hinter", "vor", "beim", "ob"];
/// They end like the name of a street and are none.
const ARTICLES: [&str; 9] = ["der", "dieser", "jener", "jeder", "unser", "einer", "keiner", "welcher", "aller"];
const ENGLISH: [&str; 15] =
    ["street", "road", "avenue", "lane", "drive", "square", "court", "close", "crescent", "way", "terrace", "gardens", "place", "boulevard", "st"];
/// Something of everybody stands there.
const PUBLIC: [&str; 62] = [
    "kita",
    "kindergarten",
    "kindertagesstätte",
    "schule",
    "grundschule",
    "realschule",
    "gymnasium",
    "gesamtschule",
    "rathaus",
    "bürgerbüro",
    "bürgeramt",
    "amt",
    "landratsamt",
    "feuerwehr",
    "polizei",
    "bibliothek",
    "bücherei",
    "turnhalle",
    "sporthalle",
    "stadthalle",
    "gemeindehalle",
    "halle",
    "museum",
    "kirche",
    "friedhof",
    "bahnhof",
    "haltestelle",
    "bushaltestelle",
    "spielplatz",
    "sportplatz",
    "parkplatz",
    "schwimmbad",
    "freibad",
    "hallenbad",
    "jugendzentrum",
    "jugendhaus",
    "bürgerhaus",
    "gemeindehaus",
    "krankenhaus",
    "klinik",
    "seniorenheim",
    "pflegeheim",
    "baustelle",
    "laden",
    "supermarkt",
    "bäckerei",
    "apotheke",
    "gaststätte",
    "restaurant",
    "café",
    "verwaltung",
    "stadtverwaltung",
    "höhe",
    "zwischen",
    "kreuzung",
    "volkshochschule",
    "sitzung",
    "ausschuss",
    "library",
    "school",
    "museum",
    "townhall",
];
/// Somebody lives there.
const PRIVATE: [&str; 37] = [
    "wohne",
    "wohnt",
    "wohnen",
    "wohnte",
    "wohnhaft",
    "wohnend",
    "adresse",
    "anschrift",
    "familie",
    "herr",
    "herrn",
    "frau",
    "nachbar",
    "nachbarin",
    "nachbarn",
    "mein",
    "meine",
    "meiner",
    "meinem",
    "meinen",
    "unser",
    "unsere",
    "unserem",
    "zuhause",
    "eltern",
    "mutter",
    "vater",
    "oma",
    "opa",
    "freundin",
    "mieter",
    "mieterin",
    "live",
    "lives",
    "living",
    "my",
    "address",
];

/// Finds postal addresses.
pub(crate) fn addresses(tokens: &Tokens<'_>, places: &mut Places) {
    for at in 0..tokens.len() {
        if tokens.digits(at).is_empty() || tokens.is_glued_left(at) {
            continue;
        }
        if let Some(first) = street_before(tokens, at)
            && let Some(last) = house_number(tokens, at)
            && is_somebodys(tokens, first, at, last)
        {
            places.add(Kind::PostalAddress, tokens.bytes(first, town_after(tokens, last)));
        } else if let Some(last) = english(tokens, at) {
            places.add(Kind::PostalAddress, tokens.bytes(at, last));
        }
    }
}

/// The last token of a house number: `12`, `12a`, `12 b`, `12-14`, `12/3`.
fn house_number(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let digits = tokens.digits(at);
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if digits.len() > 4 || digits.starts_with('0') || is_year {
        return None;
    }
    let is_letter = |at: usize| {
        let letter = tokens.letters(at);
        letter.len() == 1 && letter.as_bytes().first().is_some_and(|byte| (b'a'..=b'k').contains(&byte.to_ascii_lowercase())) && !tokens.is_glued_right(at)
    };
    let mut last = at;
    if is_letter(at + 1) {
        last = at + 1;
    } else if tokens.is_space(at + 1) && is_letter(at + 2) {
        last = at + 2;
    } else if tokens.class(at + 1) == Some(Class::Letters) {
        return None;
    }
    if matches!(tokens.class(last + 1), Some(Class::Mark('-' | '–' | '/'))) && !tokens.digits(last + 2).is_empty() && tokens.digits(last + 2).len() <= 3 {
        last += 2;
    }
    // »3.« counts something unless the sentence ends; »3,5« and »3:00« are no houses.
    let joins = matches!(tokens.class(last + 1), Some(Class::Mark('.' | ',' | ':'))) && !tokens.digits(last + 2).is_empty();
    let is_ordinal = tokens.is_mark(last + 1, '.') && tokens.is_space(last + 2) && !is_capital(tokens.word(last + 3));
    (!joins && !is_ordinal && !is_unit(tokens, last + 1)).then_some(last)
}

/// The first token of the street's name that stands before a house number.
fn street_before(tokens: &Tokens<'_>, number: usize) -> Option<usize> {
    let mut end = number.checked_sub(1)?;
    if tokens.is_mark(end, ',') || tokens.is_space(end) {
        end = end.checked_sub(1)?;
    }
    if tokens.letters(end).to_lowercase() == "nr" || tokens.is_mark(end, '.') && end > 0 && tokens.letters(end - 1).to_lowercase() == "nr" {
        end = end.checked_sub(if tokens.is_mark(end, '.') { 3 } else { 2 })?;
    }
    if tokens.is_mark(end, '.') {
        end = end.checked_sub(1).filter(|at| tokens.letters(*at).to_lowercase().ends_with("str"))?;
    }
    let last = tokens.letters(end);
    let lower = last.to_lowercase();
    if lower.is_empty() || ROADS.contains(&lower.as_str()) {
        return None;
    }
    let start = chain(tokens, end);
    if let Some(place) = ENDINGS.iter().position(|ending| lower.ends_with(ending) && lower.len() > ending.len() + 2) {
        let is_named = is_capital(last) || start < end;
        return (is_named && (place < SURE || is_private(tokens, start, number))).then_some(start);
    }
    let before = previous_word(tokens, start);
    if ALONE.contains(&lower.as_str()) {
        if start < end {
            return Some(start);
        }
        // »Berliner Straße 5«, »Alter Weg 3«; not »die Straße 5«.
        let (at, word) = before?;
        let is_article = ARTICLES.contains(&word.to_lowercase().as_str());
        let is_name = is_capital(word) && !is_article && (word.ends_with("er") || (word.chars().count() > 3 && !is_opening(tokens, at)));
        return is_name.then_some(at);
    }
    // »Am Winkel 3«, »In den Gärten 7«: only where somebody lives.
    let (at, _) = before.filter(|(_, word)| is_capital(last) && BEFORE.contains(&word.to_lowercase().as_str())).or_else(|| {
        let (article, word) = before?;
        let (preposition, first) = previous_word(tokens, article)?;
        let is_article = matches!(word.to_lowercase().as_str(), "der" | "den" | "dem");
        (is_article && is_capital(last) && BEFORE.contains(&first.to_lowercase().as_str())).then_some((preposition, first))
    })?;
    (is_capital(tokens.word(at)) && is_private(tokens, at, number)).then_some(at)
}

/// The first token of words tied by hyphens: »Otto-Hahn-Straße«.
fn chain(tokens: &Tokens<'_>, end: usize) -> usize {
    let mut start = end;
    while start >= 2 && tokens.is_mark(start - 1, '-') && !tokens.letters(start - 2).is_empty() {
        start -= 2;
    }
    start
}

fn previous_word<'t>(tokens: &Tokens<'t>, at: usize) -> Option<(usize, &'t str)> {
    let before = at.checked_sub(2).filter(|before| tokens.is_space(before + 1))?;
    Some((before, tokens.letters(before))).filter(|(_, word)| !word.is_empty())
}

/// Whether a word opens a sentence: then its capital says nothing.
fn is_opening(tokens: &Tokens<'_>, at: usize) -> bool {
    at == 0 || (at >= 2 && matches!(tokens.class(at - 2), Some(Class::Mark('.' | '!' | '?' | ':')))) || tokens.is_mark(at - 1, '\n')
}

fn is_private(tokens: &Tokens<'_>, first: usize, number: usize) -> bool {
    let near = tokens.words_before(first, 8).into_iter().chain(tokens.words_after(number + 1, 5)).any(|word| PRIVATE.contains(&word.as_str()));
    near || is_postal_code(tokens, tokens.skip_space(number + 1)) || (tokens.is_mark(number + 1, ',') && is_postal_code(tokens, tokens.skip_space(number + 2)))
}

fn is_postal_code(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.digits(at).len() == 5 && is_capital(tokens.letters(tokens.skip_space(at + 1)))
}

/// Whether the address is a person's, as far as the sentence tells.
fn is_somebodys(tokens: &Tokens<'_>, first: usize, number: usize, last: usize) -> bool {
    if is_private(tokens, first, last) {
        return true;
    }
    let around = tokens.words_before(first, 6).into_iter().chain(tokens.words_after(number + 1, 3));
    let is_public = around
        .into_iter()
        .any(|word| PUBLIC.contains(&word.as_str()) || ["schule", "amt", "halle", "haus", "stelle"].iter().any(|end| word.ends_with(end) && word.len() > 8));
    // »auf der Hauptstraße 2 Bänke«: the number counts what follows.
    let next = tokens.skip_space(last + 1);
    let counts = next == last + 2 && is_capital(tokens.letters(next)) && last == number;
    !is_public && !counts
}

/// With postal code and town, if they follow.
fn town_after(tokens: &Tokens<'_>, last: usize) -> usize {
    let code = tokens.skip_space(last + 1 + usize::from(tokens.is_mark(last + 1, ',')));
    if is_postal_code(tokens, code) { tokens.skip_space(code + 1) } else { last }
}

/// The last token of `12 Main Street`.
fn english(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.digits(at).len() > 4 || tokens.digits(at).starts_with('0') {
        return None;
    }
    let mut next = at + 1 + usize::from(tokens.letters(at + 1).len() == 1);
    for position in 0..4 {
        if !tokens.is_space(next) || !is_capital(tokens.letters(next + 1)) {
            return None;
        }
        next += 1;
        if position > 0 && ENGLISH.contains(&tokens.word(next).to_lowercase().as_str()) {
            let is_public = tokens.words_before(at, 4).iter().any(|word| PUBLIC.contains(&word.as_str()));
            return (!is_public).then_some(next);
        }
        next += 1;
    }
    None
}
