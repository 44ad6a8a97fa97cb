//! Names made comparable: however somebody writes their name, the words in it are the same.
//!
//! Case, accents and umlauts do not count (`ü` is `ue`), nor hyphens, apostrophes, commas, doctors' titles or the order of the
//! words. Given names that somebody leaves out do: [`given`] tells them apart, so that a register can accept each of them.

use allmende_core::fold::fold;

/// Characters of a name as it was written, at the most.
pub const NAME_CHARS_MAX: usize = 200;
/// Words of a name.
pub const WORDS_MAX: usize = 12;

/// Registers write them into the name, people leave them out.
const TITLES: [&str; 4] = ["dr", "prof", "doktor", "professor"];

/// The words of a name, folded, without titles, in their order. Empty if there are none, too many, or too many letters.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    if name.chars().count() > NAME_CHARS_MAX {
        return Vec::new();
    }
    let joined: String = name.chars().filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')).collect();
    let folded = fold(&joined);
    let words: Vec<String> = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > WORDS_MAX {
        return Vec::new();
    }
    let without: Vec<String> = words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if without.is_empty() { words } else { without }
}

/// The words of a name in an order that does not depend on how it was written. Empty if [`words`] is.
#[must_use]
pub fn normal(name: &str) -> String {
    joined(words(name))
}

/// All names by which somebody in a register may call themselves: with all given names first, then with each of them alone.
/// Empty if there is no family name.
#[must_use]
pub fn given(family: &str, given: &str) -> Vec<String> {
    let (family, given) = (words(family), words(given));
    if family.is_empty() || family.len() + given.len() > WORDS_MAX {
        return Vec::new();
    }
    let with = |given: &[String]| joined(family.iter().chain(given).cloned().collect());
    let mut names = vec![with(&given)];
    for word in &given {
        let name = with(std::slice::from_ref(word));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn joined(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_name() {
        let check = |one: &str, other: &str| assert_eq!(normal(one), normal(other), "{one} {other}");
        check("Anna-Lena Müller", "MUELLER, Anna Lena");
        check("Dr. Jörg Groß", "gross jo\u{308}rg");
        check("Seán O’Neill", "O'Neill Sean");
        check("Prof. Dr. Ida von der Au", "Au, Ida von der");
        check("İbrahim Çelik", "ibrahim celik");
        check("  Karl   Heinz\tMayer ", "Mayer Karl-Heinz");
        assert_ne!(normal("Anna Müller"), normal("Anna Möller"));
        assert_ne!(normal("Anna Müller"), normal("Anne Müller"));
        assert_eq!(normal("Dr."), "dr");
        assert_eq!((normal(""), normal(" – ")), (String::new(), String::new()));
    }

    #[test]
    fn a_name_has_an_end() {
        assert_eq!(words(&"a".repeat(200)).len(), 1);
        assert_eq!(words(&"a".repeat(201)).len(), 0);
        assert_eq!(words(&"a ".repeat(12)).len(), 12);
        assert_eq!(words(&"a ".repeat(13)).len(), 0);
    }

    #[test]
    fn each_given_name_alone_is_enough() {
        assert_eq!(given("Müller", "Hans Peter"), ["hans mueller peter", "hans mueller", "mueller peter"]);
        assert_eq!(given("Müller", "Anna"), ["anna mueller"]);
        assert_eq!(given("Suharto", ""), ["suharto"]);
        assert_eq!(given("", "Anna"), [""; 0]);
        assert_eq!(given(&"a ".repeat(6), &"b ".repeat(6)).len(), 2);
        assert_eq!(given(&"a ".repeat(6), &"b ".repeat(7)).len(), 0);
    }
}
