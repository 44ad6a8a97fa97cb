//! The secret addresses of reporters and authors: the number of a row and what proves that this house gave it out. Nothing is kept.

use allmende_core::{Id, Site};
use allmende_platform::seal::Seal;

const REPORT: &str = "moderation-report";
const DECISION: &str = "moderation-decision";

/// Where a reporter sees what became of a report.
pub(crate) fn of_report(seal: &Seal, site: Id<Site>, report: i64) -> String {
    format!("/meldung/stand/{}", secret(seal, REPORT, site, report))
}

/// Where an author reads why something was done with what they wrote.
pub(crate) fn of_decision(seal: &Seal, site: Id<Site>, decision: i64) -> String {
    format!("/meldung/entscheidung/{}", secret(seal, DECISION, site, decision))
}

/// The report that a secret opens.
pub(crate) fn report(seal: &Seal, site: Id<Site>, secret: &str) -> Option<i64> {
    opened(seal, REPORT, site, secret)
}

/// The decision that a secret opens.
pub(crate) fn decision(seal: &Seal, site: Id<Site>, secret: &str) -> Option<i64> {
    opened(seal, DECISION, site, secret)
}

fn secret(seal: &Seal, kind: &str, site: Id<Site>, id: i64) -> String {
    format!("{id}-{}", seal.proof(kind, &format!("{site}\n{id}")))
}

fn opened(seal: &Seal, kind: &str, site: Id<Site>, secret: &str) -> Option<i64> {
    let (id, proof) = secret.split_once('-')?;
    let id: i64 = id.parse().ok()?;
    seal.proves(kind, &format!("{site}\n{id}"), proof).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_its_row_on_its_site_only() {
        let seal = Seal::new([7; 32]);
        let (here, there) = (Id::new(1), Id::new(2));
        let path = of_report(&seal, here, 5);
        let secret = path.trim_start_matches("/meldung/stand/");
        assert_eq!(report(&seal, here, secret), Some(5));
        assert_eq!(report(&seal, there, secret), None);
        assert_eq!(decision(&seal, here, secret), None);
        assert_eq!(report(&seal, here, &secret.replacen('5', "6", 1)), None);
        assert_eq!(report(&seal, here, "5-"), None);
        assert_eq!(report(&seal, here, ""), None);
    }
}
