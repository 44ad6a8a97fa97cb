//! Links in what people write. Pure.
//!
//! Spam lives on links. A new account cannot publish one until something of theirs was accepted: its contribution waits for a look.

/// Last labels of names that are taken for links without `www.` or `http`.
const NAMES: [&str; 40] = [
    "de", "com", "org", "net", "info", "io", "eu", "shop", "xyz", "top", "ru", "cn", "biz", "online", "site", "club", "live", "me", "tv", "app", "dev", "link",
    "click", "at", "ch", "fr", "uk", "nl", "pl", "store", "blog", "news", "space", "vip", "casino", "bet", "loan", "ly", "gl", "cc",
];

/// How dots are hidden.
const HIDDEN_DOTS: [&str; 6] = ["[.]", "(.)", "[dot]", "(dot)", "[punkt]", "(punkt)"];

/// Whether a text leads to other pages: an address with or without its scheme, a Markdown link, or one that hides its dots. Mail
/// addresses are none.
#[must_use]
pub fn has_links(text: &str) -> bool {
    let lower = text.to_lowercase();
    if ["://", "www.", "](", "<a ", "href=", "[url", "hxxp"].iter().any(|sign| lower.contains(sign)) {
        return true;
    }
    let plain = HIDDEN_DOTS.iter().fold(lower, |text, hidden| text.replace(&format!(" {hidden} "), ".").replace(hidden, "."));
    plain
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '»' | '«' | '„' | '“' | ',' | ';' | '!' | '<' | '>'))
        .any(is_address)
}

/// Whether a contribution waits because of its links.
#[must_use]
pub fn links_wait(text: &str, has_accepted: bool) -> bool {
    !has_accepted && has_links(text)
}

fn is_address(word: &str) -> bool {
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches('.');
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    let label = name.rsplit('.').next().unwrap_or_default();
    let is_label =
        label.chars().count() >= 2 && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-') && label.chars().any(char::is_alphabetic);
    !host.contains('@') && is_label && NAMES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_in_every_dress_and_a_sentence_is_none() {
        let check = |text: &str, expected: bool| assert_eq!(has_links(text), expected, "{text}");
        for link in [
            "https://example.org",
            "siehe www.example.test",
            "Example.COM/kaufen",
            "billig (example.shop)",
            "[hier](/x)",
            "<a href=x>",
            "example [dot] com",
            "example (punkt) de",
            "HXXP://x",
            "auf example.de.",
            "ein.laden.example.ru",
            "[url=x]",
        ] {
            check(link, true);
        }
        check("example[dot]com", true);
        for plain in [
            "Die Hauptstraße ist zu laut.",
            "z.B. am Markt",
            "ida@example.org",
            "Am 3.4.2026 um 18.30 Uhr",
            "Das Ende.Der Anfang",
            "1.250.000 Euro",
            "§ 3 Abs. 2",
            "u.a.de",
            "",
            ".",
            "...",
        ] {
            check(plain, false);
        }
    }

    #[test]
    fn links_wait_until_something_was_accepted() {
        assert!(links_wait("www.example.org", false));
        assert!(!links_wait("www.example.org", true));
        assert!(!links_wait("ohne", false));
    }
}
