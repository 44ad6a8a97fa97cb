//! Writes a collection of statements. Strict: what the standard demands and cannot be left empty is refused, not mended.

use crate::codes::{Kind, Reply, Status, Weighing};
use jiff::civil::Date;

/// The namespace of XBeteiligung 1.2.
pub const NAMESPACE: &str = "https://www.xleitstelle.de/xbeteiligung/12";
/// The namespace of the collection around the statements: this program's own.
pub const COLLECTION: &str = "urn:allmende:abwaegung:1";

/// A step of a formal planning procedure with its part, by their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Code of `verfahrensschrittKommunal`.
    pub step: String,
    /// Code of `verfahrensteilschritt`.
    pub part: String,
}

/// The passage that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name, as in "§ 2 Absatz 1".
    pub name: String,
    /// Its first character within the passage and the one after the last.
    pub range: Option<(u64, u64)>,
}

/// A statement, or one point of a statement that was split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its number, once in the collection; a point of a split statement has a number of its own.
    pub id: String,
    /// Where it stands.
    pub status: Status,
    /// A title.
    pub title: Option<String>,
    /// What it says.
    pub text: String,
    /// Which round it was made in, from 1.
    pub round: u32,
    /// When it was made.
    pub day: Option<Date>,
    /// Whether its author is named.
    pub kind: Option<Kind>,
    /// How its author is answered.
    pub reply: Option<Reply>,
    /// The passage.
    pub place: Option<Place>,
    /// What the weighing proposes.
    pub weighing: Option<Weighing>,
    /// Why: stands beside the statement, outside of the standard.
    pub reason: Option<String>,
}

/// Statements on one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The plan's number (`planID`).
    pub plan: String,
    /// The number of the participation (`beteiligungsID`).
    pub participation: String,
    /// The step of a formal procedure.
    pub step: Option<Step>,
    /// The statements.
    pub statements: Vec<Statement>,
}

/// What the standard does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A number that is empty, has white space at its edges, line breaks or two blanks in a row: it must be an `xs:token`.
    #[error("{0:?} is no token")]
    Token(String),
    /// The same number twice.
    #[error("the statement {0:?} stands twice")]
    Twice(String),
    /// A round is counted from 1.
    #[error("the statement {0:?} has the round 0")]
    Round(String),
    /// A weighing without a reason: nobody is answered so.
    #[error("the weighing of {0:?} has no reason")]
    Reason(String),
}

/// The collection as XML.
///
/// # Errors
/// What the standard does not allow.
pub fn write(collection: &Collection) -> Result<String, Flaw> {
    let (plan, participation) = (token(&collection.plan)?, token(&collection.participation)?);
    let mut seen = std::collections::HashSet::new();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<abwaegung xmlns=\"{COLLECTION}\" xmlns:xb=\"{NAMESPACE}\" version=\"1.2\">\n"));
    for statement in &collection.statements {
        if !seen.insert(statement.id.as_str()) {
            return Err(Flaw::Twice(statement.id.clone()));
        }
        if statement.round == 0 {
            return Err(Flaw::Round(statement.id.clone()));
        }
        let reason = statement.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if statement.weighing.is_some() && reason.is_none() {
            return Err(Flaw::Reason(statement.id.clone()));
        }
        out.push_str("<eintrag>\n<xb:stellungnahme>\n");
        element(&mut out, "stellungnahmeID", token(&statement.id)?);
        element(&mut out, "planID", plan);
        element(&mut out, "beteiligungsID", participation);
        inside(&mut out, statement, collection.step.as_ref());
        out.push_str("</xb:stellungnahme>\n");
        if let Some(reason) = reason {
            out.push_str("<begruendung>");
            escape(reason, &mut out);
            out.push_str("</begruendung>\n");
        }
        out.push_str("</eintrag>\n");
    }
    out.push_str("</abwaegung>\n");
    Ok(out)
}

/// What follows the numbers, in the order of the type »Stellungnahme«.
fn inside(out: &mut String, statement: &Statement, step: Option<&Step>) {
    code(out, "status", "statusderstellungnahme", &statement.status.code().to_string());
    if let Some(title) = &statement.title {
        element(out, "titel", title);
    }
    element(out, "beschreibung", &statement.text);
    element(out, "durchgang", &statement.round.to_string());
    if let Some(day) = statement.day {
        element(out, "datum", &day.to_string());
    }
    if let Some(kind) = statement.kind {
        code(out, "artDerStellungnahme", "artderstellungnahme", &kind.code().to_string());
    }
    if let Some(reply) = statement.reply {
        code(out, "artDerRueckmeldung", "artderrueckmeldung", &reply.code().to_string());
    }
    if let Some(step) = step {
        code(out, "verfahrensschrittKommunal", "verfahrensschrittkommunal", &step.step);
        code(out, "verfahrensteilschritt", "verfahrensteilschritt", &step.part);
    }
    if let Some(place) = &statement.place {
        out.push_str("<xb:zuordnung>\n");
        element(out, "absatz", &place.name);
        if let Some((from, to)) = place.range {
            element(out, "vonCharNr", &from.to_string());
            element(out, "bisCharNr", &to.to_string());
        }
        out.push_str("</xb:zuordnung>\n");
    }
    if let Some(weighing) = statement.weighing {
        code(out, "abwaegungsvorschlag", "abwaegungsvorschlag", &weighing.code().to_string());
    }
}

/// A value of a code list; the inner element bears no namespace, as the standard's lists have it.
fn code(out: &mut String, name: &str, list: &str, value: &str) {
    out.push_str(&format!("<xb:{name} listURI=\"urn:xoev-de:xleitstelle:codeliste:{list}\" listVersionID=\"1.0\"><code xmlns=\"\">"));
    escape(value, out);
    out.push_str(&format!("</code></xb:{name}>\n"));
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<xb:{name}>"));
    escape(text, out);
    out.push_str(&format!("</xb:{name}>\n"));
}

fn token(text: &str) -> Result<&str, Flaw> {
    let is_token = !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r', '\t']) && !text.contains("  ");
    if is_token { Ok(text) } else { Err(Flaw::Token(text.to_owned())) }
}

/// Character data; what XML cannot hold is dropped.
fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if sign.is_control() && sign != '\n' && sign != '\t' => {}
            _ => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::events::Event;

    fn statement(id: &str) -> Statement {
        Statement {
            id: id.to_owned(),
            status: Status::Done,
            title: None,
            text: "Bäume & Hecken <sofort>\nschützen\u{1}".to_owned(),
            round: 1,
            day: Some(jiff::civil::date(2026, 4, 22)),
            kind: Some(Kind::Named),
            reply: Some(Reply::Mail),
            place: Some(Place { name: "§ 2, Absatz 1".to_owned(), range: Some((0, 14)) }),
            weighing: Some(Weighing::Followed),
            reason: Some("Satz 2 ist neu.".to_owned()),
        }
    }

    fn collection(statements: Vec<Statement>) -> Collection {
        Collection { plan: "7".to_owned(), participation: "7-1".to_owned(), step: None, statements }
    }

    /// The elements in their order; fails if anything is not closed.
    fn elements(xml: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let (mut out, mut depth) = (Vec::new(), 0);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => {
                    depth += 1;
                    out.push(start.local_name().as_ref().to_owned());
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        out
    }

    #[test]
    fn elements_stand_in_the_order_of_the_standard() {
        let xml = write(&collection(vec![statement("7-0014.1")])).expect("a statement");
        let order = elements(&xml).into_iter().filter(|name| name != "code").collect::<Vec<_>>();
        assert_eq!(
            order,
            [
                "abwaegung",
                "eintrag",
                "stellungnahme",
                "stellungnahmeID",
                "planID",
                "beteiligungsID",
                "status",
                "beschreibung",
                "durchgang",
                "datum",
                "artDerStellungnahme",
                "artDerRueckmeldung",
                "zuordnung",
                "absatz",
                "vonCharNr",
                "bisCharNr",
                "abwaegungsvorschlag",
                "begruendung"
            ]
        );
        assert!(xml.contains("Bäume &amp; Hecken &lt;sofort&gt;\nschützen</xb:beschreibung>"), "{xml}");
        assert!(xml.contains("codeliste:abwaegungsvorschlag\" listVersionID=\"1.0\"><code xmlns=\"\">1000</code>"), "{xml}");
        assert!(xml.contains("<begruendung>Satz 2 ist neu.</begruendung>"));
    }

    #[test]
    fn what_the_standard_demands_is_not_mended() {
        let refused = |change: fn(&mut Statement)| {
            let mut own = statement("7-0014");
            change(&mut own);
            write(&collection(vec![own])).expect_err("a flaw")
        };
        assert_eq!(refused(|own| own.id = " 7".to_owned()), Flaw::Token(" 7".to_owned()));
        assert_eq!(refused(|own| own.id = String::new()), Flaw::Token(String::new()));
        assert_eq!(refused(|own| own.round = 0), Flaw::Round("7-0014".to_owned()));
        assert_eq!(refused(|own| own.reason = Some(" ".to_owned())), Flaw::Reason("7-0014".to_owned()));
        assert_eq!(write(&collection(vec![statement("1"), statement("1")])), Err(Flaw::Twice("1".to_owned())));
        assert!(write(&collection(Vec::new())).is_ok());
    }

    #[test]
    fn the_steps_of_a_formal_procedure_stand_before_the_passage() {
        let mut own = collection(vec![statement("1")]);
        own.step = Some(Step { step: "6000".to_owned(), part: "1000".to_owned() });
        let names = elements(&write(&own).expect("a statement"));
        let at = |name: &str| names.iter().position(|own| own == name);
        assert!(at("artDerRueckmeldung") < at("verfahrensschrittKommunal") && at("verfahrensteilschritt") < at("zuordnung"));
    }
}
