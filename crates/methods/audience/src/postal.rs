//! German postal codes: five digits, and lists of them as a clerk types them.

use serde::{Deserialize, Serialize};

/// Postal codes of one list.
pub const CODES_MAX: usize = 500;

/// A German postal code: five digits, of which the first two are not both zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostalCode(String);

/// What was written is no German postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a postal code of five digits")]
pub struct NoPostalCode;

impl PostalCode {
    /// From what somebody wrote: white space around it and the letters `D-` before it do not count.
    ///
    /// # Errors
    /// `NoPostalCode` for anything else than five digits, or digits that begin with `00`.
    pub fn new(text: &str) -> Result<Self, NoPostalCode> {
        let text = text.trim();
        let digits = text.strip_prefix("D-").or_else(|| text.strip_prefix("d-")).unwrap_or(text);
        let fits = digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with("00");
        if fits { Ok(Self(digits.to_owned())) } else { Err(NoPostalCode) }
    }

    /// The five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PostalCode {
    type Error = NoPostalCode;
    fn try_from(text: String) -> Result<Self, NoPostalCode> {
        Self::new(&text)
    }
}

impl From<PostalCode> for String {
    fn from(code: PostalCode) -> Self {
        code.0
    }
}

/// The postal codes of a list with commas, semicolons or white space between them, in order, each once.
///
/// # Errors
/// The first piece that is no postal code.
pub fn list(text: &str) -> Result<Vec<PostalCode>, String> {
    let pieces = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';')).filter(|piece| !piece.is_empty());
    let mut codes = pieces.map(|piece| PostalCode::new(piece).map_err(|_| piece.to_owned())).collect::<Result<Vec<_>, _>>()?;
    codes.sort();
    codes.dedup();
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_has_five_digits_and_is_in_germany() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(PostalCode::new(text).ok().as_ref().map(PostalCode::as_str), expected, "{text}");
        check("12345", Some("12345"));
        check(" D-01067 ", Some("01067"));
        check("01001", Some("01001"));
        check("00999", None);
        check("1234", None);
        check("123456", None);
        check("１２３４５", None);
        check("A-1010", None);
    }

    #[test]
    fn a_list_is_read_as_people_write_it_and_names_what_it_cannot_read() {
        let codes = |text: &str| list(text).map(|codes| codes.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(codes("76131, 76133;76131\n76135"), Ok(vec!["76131".to_owned(), "76133".to_owned(), "76135".to_owned()]));
        assert_eq!(codes(""), Ok(vec![]));
        assert_eq!(codes("76131, 7613"), Err("7613".to_owned()));
    }
}
