//! The conditions under which somebody may take part, and their JSON form.
//!
//! ```
//! # use allmende_audience::{Audience, Condition};
//! let audience = Audience::new(vec![Condition::Account, Condition::MinimumAge { years: 14 }])?;
//! assert_eq!(serde_json::to_string(&audience)?, r#"{"all":[{"kind":"account"},{"kind":"minimum_age","years":14}]}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::postal::{CODES_MAX, PostalCode};
use crate::proof::{Ask, Proof};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Values that one attribute may have.
pub const ATTRIBUTE_VALUES_MAX: usize = 100;
/// Characters of an attribute's name or value.
pub const ATTRIBUTE_CHARS_MAX: usize = 200;
/// Years of the lowest and the highest minimum age.
pub const AGE_YEARS: std::ops::RangeInclusive<u8> = 1..=99;

/// One condition. All conditions of an audience must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Everybody, also without an address.
    Open,
    /// An e-mail address to which a mail was sent and answered. An account has one.
    ConfirmedEmail,
    /// An account on this site.
    Account,
    /// Lives in one of these postal codes, by one's own word if nothing else proves it.
    PostalCodes {
        /// At least one, at most [`CODES_MAX`].
        codes: Vec<PostalCode>,
    },
    /// Stands in the census file of the process: name, birth date and postal code.
    Census,
    /// Has a code that came by letter; a code counts once.
    LetterCode,
    /// Has a token of a package that was handed out, such as at a stand; a token counts as often as its package says.
    Token,
    /// The identity provider says that an attribute has one of these values.
    Attribute {
        /// The attribute's name as the site's configuration maps it.
        name: String,
        /// At least one, at most [`ATTRIBUTE_VALUES_MAX`]; compared exactly.
        values: Vec<String>,
    },
    /// Works for the municipality: a role of the house on this site.
    Staff,
    /// Sits in the council or a committee.
    Members,
    /// Has reached this age, by one's own word if neither census nor identity provider proves it.
    MinimumAge {
        /// Full years, within [`AGE_YEARS`].
        years: u8,
    },
}

impl Condition {
    /// The word of its kind in the JSON form, and in keys of texts such as `audience-letter-code` with hyphens.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ConfirmedEmail => "confirmed_email",
            Self::Account => "account",
            Self::PostalCodes { .. } => "postal_codes",
            Self::Census => "census",
            Self::LetterCode => "letter_code",
            Self::Token => "token",
            Self::Attribute { .. } => "attribute",
            Self::Staff => "staff",
            Self::Members => "members",
            Self::MinimumAge { .. } => "minimum_age",
        }
    }

    /// Whether a proof meets it on a day.
    #[must_use]
    pub fn holds(&self, proof: &Proof, today: Date) -> bool {
        match self {
            Self::Open => true,
            Self::ConfirmedEmail => proof.email_confirmed || proof.account,
            Self::Account => proof.account,
            Self::PostalCodes { codes } => proof.postal_code.as_ref().is_some_and(|own| codes.contains(own)),
            Self::Census => proof.in_census,
            Self::LetterCode => proof.letter_code,
            Self::Token => proof.token,
            Self::Attribute { name, values } => proof.attributes.get(name).is_some_and(|own| own.iter().any(|value| values.contains(value))),
            Self::Staff => proof.account && proof.staff,
            Self::Members => proof.account && proof.member,
            Self::MinimumAge { years } => proof.born_on.is_some_and(|born| age_on(born, today) >= i32::from(*years)),
        }
    }

    /// Whether somebody who met this condition once meets the other one too: what was shown is kept as the condition that it met.
    #[must_use]
    pub fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::PostalCodes { codes }, Self::PostalCodes { codes: others }) => codes.iter().all(|code| others.contains(code)),
            (Self::MinimumAge { years }, Self::MinimumAge { years: other }) => years >= other,
            (Self::Attribute { name, values }, Self::Attribute { name: other, values: others }) => {
                name == other && values.iter().all(|value| others.contains(value))
            }
            (own, other) => own == other,
        }
    }

    /// Whether somebody shows it once, on a page of its own, rather than by signing in or by an address.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        matches!(self, Self::PostalCodes { .. } | Self::Census | Self::LetterCode | Self::Token | Self::Attribute { .. } | Self::MinimumAge { .. })
    }

    /// What somebody must be asked for, if the account does not tell it.
    #[must_use]
    pub fn asks(&self) -> &'static [Ask] {
        match self {
            Self::Open => &[],
            Self::ConfirmedEmail => &[Ask::Email],
            Self::Account | Self::Staff | Self::Members => &[Ask::SignIn],
            Self::PostalCodes { .. } => &[Ask::PostalCode],
            Self::Census => &[Ask::Name, Ask::BirthDate, Ask::PostalCode],
            Self::LetterCode => &[Ask::LetterCode],
            Self::Token => &[Ask::Token],
            Self::Attribute { .. } => &[Ask::Provider],
            Self::MinimumAge { .. } => &[Ask::BirthDate],
        }
    }

    fn check(&self) -> Result<(), AudienceError> {
        match self {
            Self::PostalCodes { codes } if codes.is_empty() => Err(AudienceError::NoPostalCode),
            Self::PostalCodes { codes } if codes.len() > CODES_MAX => Err(AudienceError::TooManyPostalCodes),
            Self::Attribute { name, values } => {
                let fits = |text: &String| !text.trim().is_empty() && text.chars().count() <= ATTRIBUTE_CHARS_MAX;
                let count = (1..=ATTRIBUTE_VALUES_MAX).contains(&values.len());
                if fits(name) && count && values.iter().all(fits) { Ok(()) } else { Err(AudienceError::Attribute) }
            }
            Self::MinimumAge { years } if !AGE_YEARS.contains(years) => Err(AudienceError::Age),
            _ => Ok(()),
        }
    }
}

/// Full years that somebody has lived on a day; negative for a birth in the future. Who was born on 29 February grows older on
/// 1 March in years without that day (Source: BGB, § 187 (2) and § 188 (2), (3)).
#[must_use]
pub fn age_on(born: Date, today: Date) -> i32 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    i32::from(today.year()) - i32::from(born.year()) - i32::from(!had_birthday)
}

/// Why conditions do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.key())]
pub enum AudienceError {
    /// Open stands beside another condition, or there is no condition at all.
    NotOnlyOpen,
    /// A condition stands there twice; two attributes are two conditions.
    Twice,
    /// A list of postal codes is empty.
    NoPostalCode,
    /// A list of postal codes is longer than [`CODES_MAX`].
    TooManyPostalCodes,
    /// An attribute without name or value, with too many or too long ones.
    Attribute,
    /// An age outside [`AGE_YEARS`].
    Age,
}

impl AudienceError {
    /// The key of the sentence that says what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotOnlyOpen => "audience-not-only-open",
            Self::Twice => "audience-twice",
            Self::NoPostalCode => "audience-no-postal-code",
            Self::TooManyPostalCodes => "audience-too-many-postal-codes",
            Self::Attribute => "audience-attribute-form",
            Self::Age => "audience-age-bounds",
        }
    }
}

/// Who may take part: conditions that all hold. There is always at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Audience(Vec<Condition>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    all: Vec<Condition>,
}

impl Audience {
    /// From conditions, in the order in which pages tell them.
    ///
    /// # Errors
    /// Conditions that do not go together; see [`AudienceError`].
    pub fn new(conditions: Vec<Condition>) -> Result<Self, AudienceError> {
        if conditions.is_empty() || (conditions.len() > 1 && conditions.contains(&Condition::Open)) {
            return Err(AudienceError::NotOnlyOpen);
        }
        for (at, condition) in conditions.iter().enumerate() {
            condition.check()?;
            let same = |other: &Condition| match (condition, other) {
                (Condition::Attribute { name, .. }, Condition::Attribute { name: other, .. }) => name == other,
                _ => condition.kind() == other.kind(),
            };
            if conditions[..at].iter().any(same) {
                return Err(AudienceError::Twice);
            }
        }
        Ok(Self(conditions))
    }

    /// Everybody.
    #[must_use]
    pub fn open() -> Self {
        Self(vec![Condition::Open])
    }

    /// Everybody with an account or a confirmed address.
    #[must_use]
    pub fn confirmed_email() -> Self {
        Self(vec![Condition::ConfirmedEmail])
    }

    /// Whoever has a code from a letter.
    #[must_use]
    pub fn letter_code() -> Self {
        Self(vec![Condition::LetterCode])
    }

    /// Those who work for the municipality: the narrowest, for what cannot be read.
    #[must_use]
    pub fn staff() -> Self {
        Self(vec![Condition::Staff])
    }

    /// The conditions.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.0
    }

    /// The conditions that a proof does not meet on a day, in their order; empty for somebody who may take part.
    #[must_use]
    pub fn missing(&self, proof: &Proof, today: Date) -> Vec<&Condition> {
        self.0.iter().filter(|condition| !condition.holds(proof, today)).collect()
    }

    /// The conditions that neither a proof nor what was met before meets, in their order.
    #[must_use]
    pub fn missing_after(&self, met: &[Condition], proof: &Proof, today: Date) -> Vec<&Condition> {
        self.missing(proof, today).into_iter().filter(|condition| !met.iter().any(|own| own.implies(condition))).collect()
    }

    /// What somebody with nothing yet must be asked for, each once.
    #[must_use]
    pub fn asks(&self) -> Vec<Ask> {
        let mut asks: Vec<Ask> = self.0.iter().flat_map(|condition| condition.asks()).copied().collect();
        asks.sort_unstable();
        asks.dedup();
        asks
    }

    /// Whether somebody can take part without an account.
    #[must_use]
    pub fn lets_guests_in(&self) -> bool {
        !self.asks().contains(&Ask::SignIn)
    }
}

impl TryFrom<Form> for Audience {
    type Error = AudienceError;
    fn try_from(form: Form) -> Result<Self, AudienceError> {
        Self::new(form.all)
    }
}

impl From<Audience> for Form {
    fn from(audience: Audience) -> Self {
        Self { all: audience.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::{BTreeMap, BTreeSet};

    fn codes(text: &str) -> Condition {
        Condition::PostalCodes { codes: crate::postal::list(text).unwrap() }
    }

    fn attribute(name: &str, values: &[&str]) -> Condition {
        Condition::Attribute { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn conditions_that_do_not_go_together_are_refused() {
        let check = |conditions: Vec<Condition>, expected: Option<AudienceError>| assert_eq!(Audience::new(conditions).err(), expected);
        check(vec![], Some(AudienceError::NotOnlyOpen));
        check(vec![Condition::Open], None);
        check(vec![Condition::Open, Condition::Account], Some(AudienceError::NotOnlyOpen));
        check(vec![Condition::Account, Condition::Account], Some(AudienceError::Twice));
        check(vec![codes("12345"), codes("12346")], Some(AudienceError::Twice));
        check(vec![attribute("a", &["1"]), attribute("b", &["1"])], None);
        check(vec![attribute("a", &["1"]), attribute("a", &["2"])], Some(AudienceError::Twice));
        check(vec![codes("")], Some(AudienceError::NoPostalCode));
        let many = |count: u32| codes(&(0..count).map(|number| format!("{:05} ", 10_000 + number)).collect::<String>());
        check(vec![many(500)], None);
        check(vec![many(501)], Some(AudienceError::TooManyPostalCodes));
        check(vec![attribute(" ", &["1"])], Some(AudienceError::Attribute));
        check(vec![attribute("a", &[])], Some(AudienceError::Attribute));
        check(vec![attribute("a", &[&"x".repeat(200)])], None);
        check(vec![attribute("a", &[&"x".repeat(201)])], Some(AudienceError::Attribute));
        for (years, expected) in [(0, Some(AudienceError::Age)), (1, None), (99, None), (100, Some(AudienceError::Age))] {
            check(vec![Condition::MinimumAge { years }], expected);
        }
    }

    #[test]
    fn the_json_form_is_read_back_and_a_wrong_one_is_refused() {
        let all = vec![
            Condition::ConfirmedEmail,
            Condition::Account,
            codes("76131 76133"),
            Condition::Census,
            Condition::LetterCode,
            Condition::Token,
            attribute("level", &["substantial", "high"]),
            Condition::Staff,
            Condition::Members,
            Condition::MinimumAge { years: 16 },
        ];
        let audience = Audience::new(all).unwrap();
        let text = serde_json::to_string(&audience).unwrap();
        assert!(text.contains(r#"{"kind":"postal_codes","codes":["76131","76133"]}"#), "{text}");
        assert_eq!(serde_json::from_str::<Audience>(&text).unwrap(), audience);
        assert_eq!(serde_json::to_string(&Audience::open()).unwrap(), r#"{"all":[{"kind":"open"}]}"#);
        for wrong in [r#"{"all":[]}"#, r#"{"all":[{"kind":"everyone"}]}"#, r#"{"any":[]}"#, r#"{"all":[{"kind":"postal_codes","codes":["1"]}]}"#] {
            assert!(serde_json::from_str::<Audience>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_conditions_must_hold_and_those_that_do_not_are_named() {
        let today = date(2026, 11, 22);
        let audience = Audience::new(vec![Condition::Account, codes("76131"), Condition::MinimumAge { years: 16 }]).unwrap();
        let missing = |proof: &Proof| audience.missing(proof, today).iter().map(|condition| condition.kind()).collect::<Vec<_>>();
        assert_eq!(missing(&Proof::default()), ["account", "postal_codes", "minimum_age"]);
        let mut proof = Proof { account: true, postal_code: PostalCode::new("76131").ok(), born_on: Some(date(2010, 11, 22)), ..Proof::default() };
        assert_eq!(missing(&proof), [""; 0]);
        proof.born_on = Some(date(2010, 11, 23));
        proof.postal_code = PostalCode::new("76133").ok();
        assert_eq!(missing(&proof), ["postal_codes", "minimum_age"]);
        assert_eq!(audience.asks(), [Ask::SignIn, Ask::PostalCode, Ask::BirthDate]);
        assert!(!audience.lets_guests_in() && Audience::open().lets_guests_in() && Audience::open().asks().is_empty());
    }

    #[test]
    fn what_was_met_once_holds_for_the_same_condition_and_a_milder_one() {
        let check = |met: &Condition, asked: &Condition, expected: bool| assert_eq!(met.implies(asked), expected, "{met:?} {asked:?}");
        check(&codes("76131"), &codes("76131 76133"), true);
        check(&codes("76131 76133"), &codes("76131"), false);
        check(&Condition::MinimumAge { years: 16 }, &Condition::MinimumAge { years: 16 }, true);
        check(&Condition::MinimumAge { years: 16 }, &Condition::MinimumAge { years: 14 }, true);
        check(&Condition::MinimumAge { years: 16 }, &Condition::MinimumAge { years: 17 }, false);
        check(&attribute("level", &["high"]), &attribute("level", &["high", "substantial"]), true);
        check(&attribute("level", &["high"]), &attribute("other", &["high"]), false);
        check(&Condition::LetterCode, &Condition::LetterCode, true);
        check(&Condition::LetterCode, &Condition::Token, false);
        let audience = Audience::new(vec![Condition::Account, Condition::LetterCode]).unwrap();
        let account = Proof { account: true, ..Proof::default() };
        let missing = |met: &[Condition], proof: &Proof| audience.missing_after(met, proof, date(2026, 11, 22)).len();
        assert_eq!((missing(&[], &account), missing(&[Condition::LetterCode], &account), missing(&[Condition::LetterCode], &Proof::default())), (1, 0, 1));
    }

    #[test]
    fn each_condition_has_its_own_proof() {
        let values = |value: &str| BTreeMap::from([("level".to_owned(), BTreeSet::from([value.to_owned()]))]);
        let check = |condition: Condition, proof: Proof| {
            let today = date(2026, 11, 22);
            assert!(condition.holds(&proof, today), "{condition:?}");
            assert!(condition == Condition::Open || !condition.holds(&Proof::default(), today), "{condition:?}");
        };
        check(Condition::Open, Proof::default());
        check(Condition::ConfirmedEmail, Proof { email_confirmed: true, ..Proof::default() });
        check(Condition::ConfirmedEmail, Proof { account: true, ..Proof::default() });
        check(Condition::Census, Proof { in_census: true, ..Proof::default() });
        check(Condition::LetterCode, Proof { letter_code: true, ..Proof::default() });
        check(Condition::Token, Proof { token: true, ..Proof::default() });
        check(attribute("level", &["high"]), Proof { attributes: values("high"), ..Proof::default() });
        check(Condition::Staff, Proof { account: true, staff: true, ..Proof::default() });
        check(Condition::Members, Proof { account: true, member: true, ..Proof::default() });
        assert!(!attribute("level", &["high"]).holds(&Proof { attributes: values("High"), ..Proof::default() }, date(2026, 11, 22)));
    }

    #[test]
    fn one_grows_older_on_ones_birthday_and_on_the_first_of_march_after_a_leap_day() {
        let check = |born: Date, today: Date, years: i32| assert_eq!(age_on(born, today), years, "{born} {today}");
        check(date(2008, 2, 29), date(2026, 2, 28), 17);
        check(date(2008, 2, 29), date(2026, 3, 1), 18);
        check(date(2008, 2, 29), date(2028, 2, 29), 20);
        check(date(2010, 12, 31), date(2026, 12, 30), 15);
        check(date(2010, 12, 31), date(2026, 12, 31), 16);
        check(date(2027, 1, 1), date(2026, 12, 31), -1);
    }
}
