//! Who may take part, judged: conditions against what is known of somebody. Pure.

use allmende_audience::{Audience, Condition, Proof as Known};
use allmende_core::{Actor, Refusal, Role, Roles};
use allmende_platform::claims::Claims;
use jiff::civil::Date;

/// Codes that are printed at once: more make a page that no browser prints well.
pub const CODES_AT_ONCE: std::ops::RangeInclusive<usize> = 1..=2_000;
/// How often one token counts.
pub const TOKEN_USES: std::ops::RangeInclusive<i64> = 1..=1_000;
/// Tries to show something, of one client or account in an hour, and in the name of one person of the census.
pub const SHOWS_AN_HOUR_MAX: i64 = 10;

/// From the database. What cannot be read lets in staff alone: an error never opens a door.
#[must_use]
pub fn parse(json: &str) -> Audience {
    serde_json::from_str(json).unwrap_or_else(|_| Audience::staff())
}

/// For the database.
#[must_use]
pub fn json(audience: &Audience) -> String {
    serde_json::to_string(audience).unwrap_or_default()
}

/// Conditions that somebody met, from the database; what cannot be read met nothing.
#[must_use]
pub fn parse_met(json: &str) -> Vec<Condition> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Conditions that somebody met, for the database.
#[must_use]
pub fn json_met(met: &[Condition]) -> String {
    serde_json::to_string(met).unwrap_or_else(|_| "[]".to_owned())
}

/// The conditions that are shown once, on a page of their own.
pub fn shown(audience: &Audience) -> impl Iterator<Item = &Condition> {
    audience.conditions().iter().filter(|condition| condition.is_shown())
}

/// Whether a guest must give an address.
#[must_use]
pub fn needs_address(audience: &Audience) -> bool {
    audience.conditions().contains(&Condition::ConfirmedEmail)
}

/// The kinds of lists that a process keeps for its audience: `census`, `letter_code`, `token`.
pub fn lists(audience: &Audience) -> impl Iterator<Item = &'static str> {
    audience.conditions().iter().filter(|condition| matches!(condition, Condition::Census | Condition::LetterCode | Condition::Token)).map(Condition::kind)
}

fn is_staff(roles: Roles) -> bool {
    [Role::Editor, Role::Moderator, Role::Department, Role::Clerk, Role::Administrator].into_iter().any(|role| roles.has(role))
}

/// What is known of somebody who wants to take part in one process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    known: Known,
    met: Vec<Condition>,
}

impl Proof {
    /// What the session tells, and whether a guest gave an address, which a mail will confirm before anything is public.
    #[must_use]
    pub fn of(actor: &Actor, has_address: bool) -> Self {
        let roles = actor.signed_in().map(|person| person.roles);
        let known = Known {
            email_confirmed: has_address,
            account: roles.is_some(),
            staff: roles.is_some_and(is_staff),
            member: roles.is_some_and(|roles| roles.has(Role::Member)),
            ..Known::default()
        };
        Self { known, met: Vec::new() }
    }

    /// The same with what was met before.
    #[must_use]
    pub fn with(mut self, met: impl IntoIterator<Item = Condition>) -> Self {
        self.met.extend(met);
        self
    }

    /// The conditions that are not met, in their order. What is shown once counts only as it was met then.
    #[must_use]
    pub fn missing<'a>(&self, audience: &'a Audience) -> Vec<&'a Condition> {
        // Neither birth date nor postal code is kept, so the day changes nothing.
        audience.missing_after(&self.met, &self.known, Date::ZERO)
    }

    /// Whether this is enough.
    ///
    /// # Errors
    /// The refusal of the first condition that is missing, see [`refusal`].
    pub fn admitted(&self, audience: &Audience) -> Result<(), Refusal> {
        self.missing(audience).first().map_or(Ok(()), |condition| Err(refusal(condition)))
    }
}

/// What the site's provider of accounts says of a reader, where conditions ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByProvider {
    /// No condition asks for it.
    NotAsked,
    /// It says what is asked for.
    Confirmed,
    /// It says nothing, because the reader has not come in by it: doing so may help.
    Silent,
    /// It says something else.
    Denied,
    /// The site has no provider that would say it.
    NotOffered,
}

impl ByProvider {
    /// Judges the conditions by what is kept of the reader and by the names of what the site keeps of anybody.
    #[must_use]
    pub fn of(conditions: &[Condition], claims: &Claims, offered: &[String]) -> Self {
        let known = Known { attributes: claims.clone(), ..Known::default() };
        let asked: Vec<(&Condition, &String)> = conditions.iter().filter_map(|condition| Some((condition, claim_of(condition)?))).collect();
        let lacking: Vec<&String> = asked.iter().filter(|(condition, _)| !condition.holds(&known, Date::ZERO)).map(|(_, name)| *name).collect();
        match lacking.as_slice() {
            _ if asked.is_empty() => Self::NotAsked,
            [] => Self::Confirmed,
            names if names.iter().any(|name| !offered.contains(name)) => Self::NotOffered,
            names if names.iter().any(|name| claims.contains_key(*name)) => Self::Denied,
            _ => Self::Silent,
        }
    }

    /// The key of the sentence that says why it is not enough; none where it is, or where coming in by the provider may help.
    #[must_use]
    pub const fn closed(self) -> Option<&'static str> {
        match self {
            Self::Denied => Some("audience-not-confirmed"),
            Self::NotOffered => Some("audience-provider-not-offered"),
            Self::NotAsked | Self::Confirmed | Self::Silent => None,
        }
    }
}

/// The claim that a condition asks for.
const fn claim_of(condition: &Condition) -> Option<&String> {
    if let Condition::Attribute { name, .. } = condition { Some(name) } else { None }
}

/// What to do where a condition is missing.
#[must_use]
pub const fn refusal(condition: &Condition) -> Refusal {
    let key = match condition {
        Condition::Open => "dialogue-not-offered",
        Condition::ConfirmedEmail => return Refusal { key: "dialogue-needs-email", field: Some("email") },
        Condition::Account => "dialogue-needs-account",
        Condition::Staff => "dialogue-needs-staff",
        Condition::Members => "audience-needs-members",
        Condition::PostalCodes { .. } => "audience-needs-postal-code",
        Condition::Census => "audience-needs-census",
        Condition::LetterCode => "audience-needs-letter-code",
        Condition::Token => "audience-needs-token",
        Condition::Attribute { .. } => "audience-needs-attribute",
        Condition::MinimumAge { .. } => "audience-needs-age",
    };
    Refusal { key, field: None }
}

/// Whether a refusal means that something is to be shown on the page for it.
#[must_use]
pub fn is_to_be_shown(refusal: &Refusal) -> bool {
    refusal.key.starts_with("audience-needs-") && refusal.key != "audience-needs-members"
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_core::{Id, SignedIn};

    fn with(role: Role) -> Actor {
        Actor::Person(SignedIn { person: Id::new(1), public_name: "Amsel".to_owned(), roles: Roles::default().with(Role::Resident).with(role) })
    }

    fn key(conditions: &[Condition], proof: &Proof) -> &'static str {
        let audience = Audience::new(conditions.to_vec()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(parse(&json(&audience)), audience);
        proof.admitted(&audience).map_or_else(|refusal| refusal.key, |()| "")
    }

    #[test]
    fn every_condition_must_hold_and_the_first_that_does_not_is_told() {
        let (stranger, guest) = (Proof::of(&Actor::Stranger, false), Proof::of(&Actor::Stranger, true));
        let (resident, clerk, member) = (Proof::of(&with(Role::Resident), false), Proof::of(&with(Role::Clerk), false), Proof::of(&with(Role::Member), false));
        let check = |condition: Condition, proof: &Proof, expected: &str| assert_eq!(key(std::slice::from_ref(&condition), proof), expected, "{condition:?}");
        check(Condition::Open, &stranger, "");
        check(Condition::ConfirmedEmail, &stranger, "dialogue-needs-email");
        check(Condition::ConfirmedEmail, &guest, "");
        check(Condition::ConfirmedEmail, &resident, "");
        check(Condition::Account, &guest, "dialogue-needs-account");
        check(Condition::Account, &resident, "");
        check(Condition::Staff, &resident, "dialogue-needs-staff");
        check(Condition::Staff, &member, "dialogue-needs-staff");
        check(Condition::Staff, &clerk, "");
        check(Condition::Members, &clerk, "audience-needs-members");
        check(Condition::Members, &member, "");
        check(Condition::LetterCode, &resident, "audience-needs-letter-code");
        check(Condition::LetterCode, &resident.clone().with([Condition::LetterCode]), "");
        check(Condition::Token, &guest.clone().with([Condition::LetterCode]), "audience-needs-token");
        let both = [Condition::Account, Condition::Census];
        assert_eq!(key(&both, &guest), "dialogue-needs-account");
        assert_eq!(key(&both, &resident), "audience-needs-census");
        assert_eq!(key(&both, &resident.with([Condition::Census])), "");
    }

    #[test]
    fn what_the_provider_says_is_enough_or_not_or_may_still_come() {
        let claim = |name: &str, value: &str| Condition::Attribute { name: name.to_owned(), values: vec![value.to_owned(), "other".to_owned()] };
        let claims = Claims::from([("ags".to_owned(), ["0815".to_owned(), "4711".to_owned()].into()), ("level".to_owned(), ["low".to_owned()].into())]);
        let offered = ["ags".to_owned(), "level".to_owned(), "age".to_owned()];
        let check = |conditions: &[Condition], expected: ByProvider| assert_eq!(ByProvider::of(conditions, &claims, &offered), expected, "{conditions:?}");
        check(&[Condition::Account], ByProvider::NotAsked);
        check(&[Condition::Account, claim("ags", "4711")], ByProvider::Confirmed);
        check(&[claim("level", "high")], ByProvider::Denied);
        check(&[claim("age", "adult")], ByProvider::Silent);
        check(&[claim("moon", "full")], ByProvider::NotOffered);
        check(&[claim("ags", "4711"), claim("age", "adult")], ByProvider::Silent);
        check(&[claim("age", "adult"), claim("level", "high")], ByProvider::Denied);
        check(&[claim("level", "high"), claim("moon", "full")], ByProvider::NotOffered);
        assert_eq!(ByProvider::of(&[claim("ags", "4711")], &Claims::new(), &[]), ByProvider::NotOffered, "nobody answers for what was said before");
    }

    #[test]
    fn an_audience_that_cannot_be_read_opens_no_door() {
        for json in ["{", "[]", "{\"all\":[]}", "[{\"kind\":\"email\"}]", "{\"all\":[{\"kind\":\"moon\"}]}"] {
            assert_eq!(Proof::of(&with(Role::Resident), true).admitted(&parse(json)).map_err(|refusal| refusal.key), Err("dialogue-needs-staff"), "{json}");
        }
        assert!(parse_met("{").is_empty() && parse_met("[{\"kind\":\"moon\"}]").is_empty());
    }

    #[test]
    fn what_was_met_survives_the_database() {
        let met = vec![Condition::LetterCode, Condition::MinimumAge { years: 14 }];
        assert_eq!(parse_met(&json_met(&met)), met);
        assert_eq!(json_met(&[]), "[]");
    }
}
