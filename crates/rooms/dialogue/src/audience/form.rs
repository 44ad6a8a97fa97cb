//! The conditions of a process in the clerk's form: who somebody is, then what else must hold. Read from it, written into it.

use super::words::sentence;
use allmende_audience::condition::AGE_YEARS;
use allmende_audience::{Audience, AudienceError, Condition, postal};
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Choice, Fields, Form};
use std::collections::BTreeSet;

/// What the form offers.
pub(crate) struct AudienceForm {
    /// Who somebody is.
    pub who: Vec<Choice>,
    /// How people show that they are meant.
    pub proofs: Vec<Choice>,
    /// What the site's provider of accounts says of people; empty if it has none.
    pub claims: Vec<Choice>,
    /// The sentence for what is kept now.
    pub now: String,
}

impl AudienceForm {
    /// The choices, with what is kept now; `claims` are the names of what the site's provider of accounts says.
    pub fn new(t: Speaker, audience: &Audience, claims: &[String]) -> Self {
        let who = [
            ("email", "admin-dialogue-audience-email"),
            ("account", "admin-dialogue-audience-account"),
            ("open", "admin-dialogue-audience-open"),
            ("members", "admin-dialogue-audience-members"),
            ("staff", "admin-dialogue-audience-staff"),
        ];
        let proofs = [
            ("none", "admin-audience-proof-none"),
            ("census", "admin-audience-proof-census"),
            ("letter_code", "admin-audience-proof-letter-code"),
            ("token", "admin-audience-proof-token"),
        ];
        let choices = |all: &[(&str, &'static str)]| all.iter().map(|(value, key)| Choice::new(*value, t.find(key).unwrap_or_default())).collect();
        let kept = first_claim(audience).map(|(name, _)| name);
        let names: BTreeSet<&String> = claims.iter().chain(kept).collect();
        let claims = names.into_iter().map(|name| Choice::new(name, name)).collect();
        Self { who: choices(&who), proofs: choices(&proofs), claims, now: sentence(t, audience) }
    }

    /// A form with what is kept now. It has fields for one claim: see [`Self::read`].
    pub fn fill(mut form: Form, audience: &Audience) -> Form {
        let (mut who, mut proof) = ("open", "none");
        if let Some((name, values)) = first_claim(audience) {
            form = form.with("also", "claim").with("claim_name", name).with("claim_values", values.join("\n"));
        }
        for condition in audience.conditions() {
            match condition {
                Condition::Open | Condition::Attribute { .. } => {}
                Condition::ConfirmedEmail => who = "email",
                Condition::Account => who = "account",
                Condition::Staff => who = "staff",
                Condition::Members => who = "members",
                Condition::Census | Condition::LetterCode | Condition::Token => proof = condition.kind(),
                Condition::PostalCodes { codes } => {
                    let typed = codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ");
                    form = form.with("also", "postal_codes").with("postal_codes", typed);
                }
                Condition::MinimumAge { years } => form = form.with("also", "age").with("years", years.to_string()),
            }
        }
        form.with("audience", who).with("proof", proof)
    }

    /// Reads the conditions that were sent. Claims that the form did not show stay as they were kept.
    ///
    /// # Errors
    /// What is wrong, each beside its field.
    pub fn read(fields: &Fields, before: &Audience) -> Result<Audience, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut conditions = match fields.raw("audience") {
            "open" => Vec::new(),
            "email" => vec![Condition::ConfirmedEmail],
            "account" => vec![Condition::Account],
            "staff" => vec![Condition::Staff],
            "members" => vec![Condition::Members],
            _ => return Err(vec![Refusal::of_field("audience", "admin-dialogue-audience-missing")]),
        };
        let also = |wanted: &str| fields.all("also").any(|value| value == wanted);
        if also("age") {
            match fields.line("years").parse::<u8>().ok().filter(|years| AGE_YEARS.contains(years)) {
                Some(years) => conditions.push(Condition::MinimumAge { years }),
                None => refusals.push(Refusal::of_field("years", AudienceError::Age.key())),
            }
        }
        if also("postal_codes") {
            match postal::list(&fields.text("postal_codes")) {
                Ok(codes) => conditions.push(Condition::PostalCodes { codes }),
                Err(_) => refusals.push(Refusal::of_field("postal_codes", "admin-audience-postal-code")),
            }
        }
        conditions.extend(match fields.raw("proof") {
            "census" => Some(Condition::Census),
            "letter_code" => Some(Condition::LetterCode),
            "token" => Some(Condition::Token),
            _ => None,
        });
        if also("claim") {
            match claim(fields) {
                Ok(claim) => conditions.push(claim),
                Err(refusal) => refusals.push(refusal),
            }
        }
        let claims = before.conditions().iter().filter(|condition| matches!(condition, Condition::Attribute { .. }));
        conditions.extend(claims.skip(usize::from(fields.has("claim_name"))).cloned());
        if conditions.is_empty() {
            conditions.push(Condition::Open);
        }
        match Audience::new(conditions) {
            Ok(audience) if refusals.is_empty() => Ok(audience),
            Ok(_) => Err(refusals),
            Err(error) => {
                let field = match error {
                    AudienceError::NoPostalCode | AudienceError::TooManyPostalCodes => "postal_codes",
                    AudienceError::Age => "years",
                    AudienceError::Attribute => "claim_values",
                    AudienceError::NotOnlyOpen | AudienceError::Twice => "audience",
                };
                refusals.push(Refusal::of_field(field, error.key()));
                Err(refusals)
            }
        }
    }
}

/// The claim that the form shows.
fn first_claim(audience: &Audience) -> Option<(&String, &Vec<String>)> {
    audience.conditions().iter().find_map(|condition| if let Condition::Attribute { name, values } = condition { Some((name, values)) } else { None })
}

/// Reads the claim that was chosen, with its values between commas or in lines.
fn claim(fields: &Fields) -> Result<Condition, Refusal> {
    let (name, typed) = (fields.line("claim_name"), fields.text("claim_values"));
    let values: Vec<String> = typed.split([',', '\n']).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    let claim = Condition::Attribute { name, values };
    match Audience::new(vec![claim.clone()]) {
        Ok(_) => Ok(claim),
        Err(_) => Err(Refusal::of_field("claim_values", "admin-audience-claim-missing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_audience::PostalCode;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn check(pairs: &[(&str, &str)], expected: &[Condition]) {
        match AudienceForm::read(&fields(pairs), &Audience::open()) {
            Ok(audience) => assert_eq!(audience.conditions(), expected, "{pairs:?}"),
            Err(refusals) => panic!("{pairs:?}: {refusals:?}"),
        }
    }

    #[test]
    fn every_choice_of_the_form_is_a_condition() {
        let area = Condition::PostalCodes { codes: PostalCode::new("76131").into_iter().collect() };
        check(&[("audience", "open")], &[Condition::Open]);
        check(&[("audience", "email"), ("proof", "none")], &[Condition::ConfirmedEmail]);
        check(&[("audience", "members")], &[Condition::Members]);
        check(&[("audience", "open"), ("proof", "letter_code")], &[Condition::LetterCode]);
        check(&[("audience", "account"), ("also", "age"), ("years", "16")], &[Condition::Account, Condition::MinimumAge { years: 16 }]);
        check(&[("audience", "open"), ("also", "postal_codes"), ("postal_codes", "76131")], &[area]);
        let level = Condition::Attribute { name: "level".to_owned(), values: vec!["high".to_owned()] };
        let before = Audience::new(vec![level.clone()]).unwrap_or_else(|error| panic!("{error}"));
        let kept = AudienceForm::read(&fields(&[("audience", "open")]), &before).map(|audience| audience.conditions().to_vec());
        assert_eq!(kept, Ok(vec![level]), "the form did not show it");
        check(
            &[("audience", "account"), ("also", "claim"), ("claim_name", "ags"), ("claim_values", "0815, 4711\n12")],
            &[Condition::Account, Condition::Attribute { name: "ags".to_owned(), values: ["0815", "4711", "12"].map(str::to_owned).to_vec() }],
        );
        let gone = AudienceForm::read(&fields(&[("audience", "open"), ("claim_name", "level"), ("claim_values", "high")]), &before);
        assert_eq!(gone.map(|audience| audience.conditions().to_vec()), Ok(vec![Condition::Open]), "not ticked any more");
        // What is not ticked does not count.
        check(&[("audience", "staff"), ("years", "16"), ("postal_codes", "76131")], &[Condition::Staff]);
    }

    #[test]
    fn what_cannot_be_read_is_told_beside_its_field() {
        let refused = |pairs: &[(&str, &str)]| {
            AudienceForm::read(&fields(pairs), &Audience::open()).map_err(|refusals| refusals.iter().map(|one| (one.field, one.key)).collect::<Vec<_>>())
        };
        assert_eq!(refused(&[("audience", "moon")]), Err(vec![(Some("audience"), "admin-dialogue-audience-missing")]));
        for years in ["", "0", "100"] {
            assert_eq!(refused(&[("audience", "open"), ("also", "age"), ("years", years)]), Err(vec![(Some("years"), "audience-age-bounds")]));
        }
        let codes = |typed: &str| refused(&[("audience", "open"), ("also", "postal_codes"), ("postal_codes", typed)]);
        assert_eq!(codes("7613"), Err(vec![(Some("postal_codes"), "admin-audience-postal-code")]));
        assert_eq!(codes(""), Err(vec![(Some("postal_codes"), "audience-no-postal-code")]));
        for (name, values) in [("", "high"), ("level", " , "), ("level", &*"x".repeat(201))] {
            let claim = [("audience", "open"), ("also", "claim"), ("claim_name", name), ("claim_values", values)];
            assert_eq!(refused(&claim), Err(vec![(Some("claim_values"), "admin-audience-claim-missing")]));
        }
    }
}
