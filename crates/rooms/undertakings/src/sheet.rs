//! The sheet of an undertaking: what is written on it, in which forms, and what it must say before it is public. Pure.
//!
//! Read in this order: [`Sheet`], [`Part`] (one form for each), [`gaps`].

use crate::geometry::Geometry;
use crate::rules::{LINE_CHARS_MAX, SUMMARY_CHARS_MAX, TEXT_CHARS_MAX, TITLE_CHARS};
use allmende_core::{Language, Refusal};
use allmende_platform::money;
use allmende_platform::web::Fields;
use jiff::civil::Date;

/// Next steps of one undertaking at the most.
pub const STEPS_MAX: usize = 20;
/// Decisions, papers and processes that one undertaking rests on at the most.
pub const REFERENCES_MAX: usize = 20;

/// What is written in words, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The title.
    pub title: String,
    /// Where it stands today, in a sentence or two.
    pub summary: String,
    /// What it is for.
    pub aim: String,
    /// How residents take part, or why they cannot.
    pub part: String,
}

/// One step that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub text: String,
    /// Until when.
    pub due_on: Option<Date>,
    /// Whether it is done.
    pub is_done: bool,
}

/// Everything that people write on a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// In German; complete.
    pub german: Words,
    /// In English; what is empty is shown in German.
    pub english: Words,
    /// In Leichte Sprache; what is empty is shown in German.
    pub easy: Words,
    /// What it is to cost, in cents.
    pub cost_planned_cents: Option<i64>,
    /// What was spent, in cents.
    pub cost_actual_cents: Option<i64>,
    /// What is to be said of the cost, or why it is not known.
    pub cost_note: Option<String>,
    /// Street, address or place in words.
    pub place: Option<String>,
    /// The part of the town.
    pub district: Option<String>,
    /// Where it lies.
    pub geometry: Option<Geometry>,
    /// Row of the department.
    pub department: Option<i64>,
    /// Whom to ask: an office.
    pub contact: Option<String>,
    /// Whether residents can take part.
    pub takes_part: bool,
    /// What comes next, in order.
    pub steps: Vec<Step>,
    /// Nodes of the thread that it rests on, in order.
    pub references: Vec<i64>,
}

impl Sheet {
    /// The words of a language.
    #[must_use]
    pub const fn words(&self, language: Language) -> &Words {
        match language {
            Language::German => &self.german,
            Language::English => &self.english,
            Language::Easy => &self.easy,
        }
    }
}

/// The forms in their order: each asks for one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Title, aim, who answers.
    Aim,
    /// Where it lies.
    Place,
    /// What it costs.
    Cost,
    /// What comes next.
    Steps,
    /// What it rests on.
    Basis,
    /// Whether residents take part.
    TakingPart,
    /// The other languages.
    Languages,
}

impl Part {
    /// All in the order of the forms.
    pub const ALL: [Self; 7] = [Self::Aim, Self::Place, Self::Cost, Self::Steps, Self::Basis, Self::TakingPart, Self::Languages];

    /// The last part of the form's address; it names its texts too.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Aim => "ziel",
            Self::Place => "ort",
            Self::Cost => "kosten",
            Self::Steps => "schritte",
            Self::Basis => "grundlagen",
            Self::TakingPart => "mitmachen",
            Self::Languages => "sprachen",
        }
    }

    /// The form of an address.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    /// The form after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|part| *part != self).nth(1)
    }

    /// Whether the department of an undertaking writes this form too: what it costs and what comes next.
    #[must_use]
    pub const fn is_of_department(self) -> bool {
        matches!(self, Self::Cost | Self::Steps)
    }

    /// Writes what this form sent into a sheet; what it does not ask for stays. The references of [`Part::Basis`] are found by the
    /// caller.
    ///
    /// # Errors
    /// What the form refuses, each with its field; the sheet is half written then.
    pub fn read(self, fields: &Fields, sheet: &mut Sheet) -> Result<(), Vec<Refusal>> {
        let mut refusals = Vec::new();
        match self {
            Self::Aim => read_aim(fields, sheet, &mut refusals),
            Self::Place => read_place(fields, sheet, &mut refusals),
            Self::Cost => read_cost(fields, sheet, &mut refusals),
            Self::Steps => read_steps(fields, sheet, &mut refusals),
            Self::Basis => {}
            Self::TakingPart => read_part(fields, sheet, &mut refusals),
            Self::Languages => read_languages(fields, sheet, &mut refusals),
        }
        if refusals.is_empty() { Ok(()) } else { Err(refusals) }
    }
}

/// A text that may be empty; one that is too long is refused.
fn optional(text: String, field: &'static str, chars_max: usize, refusals: &mut Vec<Refusal>) -> Option<String> {
    if text.chars().count() > chars_max {
        refusals.push(Refusal::of_field(field, "admin-undertaking-text-long"));
    }
    Some(text).filter(|text| !text.is_empty())
}

fn read_aim(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    sheet.german.title = fields.line("title");
    if !TITLE_CHARS.contains(&sheet.german.title.chars().count()) {
        refusals.push(Refusal::of_field("title", "admin-undertaking-title-length"));
    }
    sheet.german.summary = optional(fields.text("summary"), "summary", SUMMARY_CHARS_MAX, refusals).unwrap_or_default();
    sheet.german.aim = optional(fields.text("aim"), "aim", TEXT_CHARS_MAX, refusals).unwrap_or_default();
    sheet.contact = optional(fields.line("contact"), "contact", LINE_CHARS_MAX, refusals);
    sheet.department = fields.raw("department").parse().ok().filter(|id| *id > 0);
}

fn read_place(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    sheet.place = optional(fields.line("place"), "place", LINE_CHARS_MAX, refusals);
    sheet.district = optional(fields.line("district"), "district", LINE_CHARS_MAX, refusals);
    sheet.geometry = match fields.text("geometry") {
        text if text.is_empty() => None,
        text => Geometry::parse(&text).map_err(|refusal| refusals.push(refusal)).ok(),
    };
}

fn read_cost(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    let mut cents = |field: &'static str| match fields.line(field) {
        text if text.is_empty() => None,
        text => {
            let cents = money::cents(&text);
            if cents.is_none() {
                refusals.push(Refusal::of_field(field, "admin-undertaking-refused-cost"));
            }
            cents
        }
    };
    (sheet.cost_planned_cents, sheet.cost_actual_cents) = (cents("planned"), cents("actual"));
    sheet.cost_note = optional(fields.text("note"), "note", TEXT_CHARS_MAX, refusals);
}

/// The fields of the steps: `text-0`, `due-0`, `done-0` and so on; a step without words is left out.
fn read_steps(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    sheet.steps.clear();
    for number in 0..STEPS_MAX {
        let (text, due) = (fields.line(&format!("text-{number}")), fields.line(&format!("due-{number}")));
        if text.is_empty() {
            continue;
        }
        let due_on = due.parse::<Date>().ok().filter(|day| (2000..=2199).contains(&day.year()));
        if due_on.is_none() && !due.is_empty() {
            refusals.push(Refusal::new("admin-undertaking-refused-date"));
        }
        sheet.steps.push(Step { text, due_on, is_done: fields.has(&format!("done-{number}")) });
    }
}

fn read_part(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    match fields.raw("takes_part") {
        "yes" => sheet.takes_part = true,
        "no" => sheet.takes_part = false,
        _ => refusals.push(Refusal::of_field("takes_part", "admin-undertaking-part-missing")),
    }
    sheet.german.part = optional(fields.text("part"), "part", TEXT_CHARS_MAX, refusals).unwrap_or_default();
    if sheet.german.part.is_empty() {
        refusals.push(Refusal::of_field("part", "admin-undertaking-part-text"));
    }
}

fn read_languages(fields: &Fields, sheet: &mut Sheet, refusals: &mut Vec<Refusal>) {
    let mut words = |[title, summary, aim, part]: [&'static str; 4]| Words {
        title: optional(fields.line(title), title, *TITLE_CHARS.end(), refusals).unwrap_or_default(),
        summary: optional(fields.text(summary), summary, SUMMARY_CHARS_MAX, refusals).unwrap_or_default(),
        aim: optional(fields.text(aim), aim, TEXT_CHARS_MAX, refusals).unwrap_or_default(),
        part: optional(fields.text(part), part, TEXT_CHARS_MAX, refusals).unwrap_or_default(),
    };
    sheet.english = words(["en-title", "en-summary", "en-aim", "en-part"]);
    sheet.easy = words(["leicht-title", "leicht-summary", "leicht-aim", "leicht-part"]);
}

/// What a sheet must still say before it can be public: the form, and the key of a sentence.
#[must_use]
pub fn gaps(sheet: &Sheet) -> Vec<(Part, &'static str)> {
    let mut gaps = Vec::new();
    if sheet.german.summary.is_empty() {
        gaps.push((Part::Aim, "admin-undertaking-gap-summary"));
    }
    if sheet.german.aim.is_empty() {
        gaps.push((Part::Aim, "admin-undertaking-gap-aim"));
    }
    if sheet.contact.is_none() && sheet.department.is_none() {
        gaps.push((Part::Aim, "admin-undertaking-gap-contact"));
    }
    if sheet.cost_planned_cents.is_none() && sheet.cost_note.is_none() {
        gaps.push((Part::Cost, "admin-undertaking-gap-cost"));
    }
    if sheet.german.part.is_empty() {
        gaps.push((Part::TakingPart, "admin-undertaking-gap-part"));
    }
    gaps
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
