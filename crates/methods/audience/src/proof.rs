//! What is known of somebody who wants to take part, and what they may be asked for.

use crate::postal::PostalCode;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of somebody. Whoever fills it in has checked it: the digests of census, codes and tokens against what is kept,
/// the roles against the session, the attributes against the identity provider's signature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// A mail to the address was answered.
    pub email_confirmed: bool,
    /// Signed in on this site.
    pub account: bool,
    /// Has a role of the house.
    pub staff: bool,
    /// Sits in the council or a committee.
    pub member: bool,
    /// Name, birth date and postal code stand in the census.
    pub in_census: bool,
    /// Gave a code that came by letter and was not used.
    pub letter_code: bool,
    /// Gave a token with uses left.
    pub token: bool,
    /// The postal code, as proven or as told.
    pub postal_code: Option<PostalCode>,
    /// The day of birth, as proven or as told.
    pub born_on: Option<Date>,
    /// What the identity provider said: the values of each attribute by its name in the site's configuration.
    pub attributes: BTreeMap<String, BTreeSet<String>>,
}

/// What somebody must give or do to be let in, in the order in which a form asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Sign in with an account.
    SignIn,
    /// Sign in through the identity provider.
    Provider,
    /// An e-mail address, to be confirmed.
    Email,
    /// The name as it stands in the register.
    Name,
    /// The postal code.
    PostalCode,
    /// The day of birth.
    BirthDate,
    /// The code from the letter.
    LetterCode,
    /// A token.
    Token,
}
