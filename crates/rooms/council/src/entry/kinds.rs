//! What can be entered: each kind of object with its address at the desk, its words and the fields of its form. Pure.

use allmende_core::Language;
use allmende_oparl::Kind;

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line.
    Line,
    /// Several lines.
    Long,
    /// A day.
    Day,
    /// A day and a time on the clocks of the place.
    Moment,
    /// A whole number from 0 to 1000.
    Number,
    /// One of these.
    One(Source),
    /// Any of these.
    Many(Source),
}

/// Where choices come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Rows of a kind.
    Rows(Kind),
    /// Fixed values, each with the key of its text.
    Fixed(&'static [(&'static str, &'static str)]),
}

/// One field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// Key of its hint; empty for none.
    pub hint: &'static str,
    /// How it is filled in.
    pub widget: Widget,
    /// Whether it may stay empty.
    pub optional: bool,
}

const fn must(name: &'static str, label: &'static str, widget: Widget) -> Field {
    Field { name, label, hint: "", widget, optional: false }
}

const fn may(name: &'static str, label: &'static str, widget: Widget) -> Field {
    Field { name, label, hint: "", widget, optional: true }
}

const fn hint(field: Field, hint: &'static str) -> Field {
    Field { hint, ..field }
}

const YES_NO: Source = Source::Fixed(&[("", "admin-council-unknown"), ("1", "admin-council-yes"), ("0", "admin-council-no")]);
const OPENNESS: Source = Source::Fixed(&[
    ("public", "admin-council-openness-public"),
    ("announced", "admin-council-openness-announced"),
    ("closed", "admin-council-openness-closed"),
]);
const MEETING_STATES: Source = Source::Fixed(&[
    ("terminiert", "admin-council-meeting-planned"),
    ("eingeladen", "admin-council-meeting-invited"),
    ("durchgeführt", "admin-council-meeting-held"),
]);
const ORGANIZATION_TYPES: Source = Source::Fixed(&[
    ("Gremium", "admin-council-type-committee"),
    ("Fraktion", "admin-council-type-group"),
    ("Verwaltungsbereich", "admin-council-type-office"),
    ("Sonstiges", "admin-council-type-other"),
]);
const BODY: Field = may("body_id", "admin-council-field-body", Widget::One(Source::Rows(Kind::Body)));
const PLACE: Field = may("location_id", "admin-council-field-place", Widget::One(Source::Rows(Kind::Location)));

/// A field that says the same as another one, in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// Its name in the form.
    pub field: &'static str,
    /// The German field whose variant it is.
    pub of: &'static str,
    /// Its language.
    pub language: Language,
}

/// All variants; a kind has those that stand among its fields.
pub const VARIANTS: &[Variant] = &[
    Variant { field: "name_leicht", of: "name", language: Language::Easy },
    Variant { field: "summary_leicht", of: "summary", language: Language::Easy },
    Variant { field: "resolution_text_leicht", of: "resolution_text", language: Language::Easy },
    Variant { field: "name_en", of: "name", language: Language::English },
    Variant { field: "summary_en", of: "summary", language: Language::English },
    Variant { field: "resolution_text_en", of: "resolution_text", language: Language::English },
];

/// A kind of object that can be entered.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// What OParl calls it.
    pub kind: Kind,
    /// Its address below the desk.
    pub path: &'static str,
    /// Key of the word for many.
    pub many: &'static str,
    /// Key of the heading above the form of a new one.
    pub new: &'static str,
    /// Key of the heading above the form of a known one.
    pub one: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// All kinds in the order of the desk. Agenda items are reached through their meeting, files through what they belong to.
pub const SORTS: &[Sort] = &[
    Sort {
        kind: Kind::Meeting,
        path: "sitzungen",
        many: "admin-council-meetings",
        new: "admin-council-meeting-new",
        one: "admin-council-meeting",
        fields: &[
            must("organization_ids", "admin-council-field-meets", Widget::Many(Source::Rows(Kind::Organization))),
            must("name", "admin-council-field-title", Widget::Line),
            may("number", "admin-council-field-number", Widget::Line),
            must("starts_at", "admin-council-field-begins", Widget::Moment),
            may("ends_at", "admin-council-field-ends", Widget::Moment),
            PLACE,
            must("meeting_state", "admin-council-field-progress", Widget::One(MEETING_STATES)),
            may("cancelled", "admin-council-field-cancelled", Widget::One(YES_NO)),
            hint(may("summary", "admin-council-field-summary", Widget::Long), "admin-council-field-summary-hint"),
            may("summary_leicht", "admin-council-field-summary-leicht", Widget::Long),
            may("summary_en", "admin-council-field-summary-en", Widget::Long),
            may("participant_ids", "admin-council-field-present", Widget::Many(Source::Rows(Kind::Person))),
            may("guest_count", "admin-council-field-guests", Widget::Number),
            BODY,
        ],
    },
    Sort {
        kind: Kind::Paper,
        path: "vorlagen",
        many: "admin-council-papers",
        new: "admin-council-paper-new",
        one: "admin-council-paper",
        fields: &[
            must("name", "admin-council-field-title", Widget::Line),
            hint(may("reference", "admin-council-field-reference", Widget::Line), "admin-council-field-reference-hint"),
            hint(may("kind", "admin-council-field-paper-kind", Widget::Line), "admin-council-field-paper-kind-hint"),
            may("dated_on", "admin-council-field-day", Widget::Day),
            hint(may("summary", "admin-council-field-summary", Widget::Long), "admin-council-field-summary-hint"),
            may("name_leicht", "admin-council-field-title-leicht", Widget::Line),
            may("summary_leicht", "admin-council-field-summary-leicht", Widget::Long),
            may("name_en", "admin-council-field-title-en", Widget::Line),
            may("summary_en", "admin-council-field-summary-en", Widget::Long),
            may("organization_ids", "admin-council-field-from-organizations", Widget::Many(Source::Rows(Kind::Organization))),
            may("person_ids", "admin-council-field-from-people", Widget::Many(Source::Rows(Kind::Person))),
            may("direction_ids", "admin-council-field-direction", Widget::Many(Source::Rows(Kind::Organization))),
            may("location_ids", "admin-council-field-places", Widget::Many(Source::Rows(Kind::Location))),
            may("superordinate_ids", "admin-council-field-superordinate", Widget::Many(Source::Rows(Kind::Paper))),
            may("related_ids", "admin-council-field-related", Widget::Many(Source::Rows(Kind::Paper))),
            BODY,
        ],
    },
    Sort {
        kind: Kind::Organization,
        path: "gremien",
        many: "admin-council-organizations",
        new: "admin-council-organization-new",
        one: "admin-council-organization",
        fields: &[
            must("name", "admin-council-field-name", Widget::Line),
            may("name_leicht", "admin-council-field-name-leicht", Widget::Line),
            may("name_en", "admin-council-field-name-en", Widget::Line),
            may("short_name", "admin-council-field-short-name", Widget::Line),
            must("kind", "admin-council-field-type", Widget::One(ORGANIZATION_TYPES)),
            may("classification", "admin-council-field-classification", Widget::Line),
            may("parent_id", "admin-council-field-parent", Widget::One(Source::Rows(Kind::Organization))),
            may("starts_on", "admin-council-field-since", Widget::Day),
            may("ends_on", "admin-council-field-until", Widget::Day),
            PLACE,
            BODY,
        ],
    },
    Sort {
        kind: Kind::Person,
        path: "personen",
        many: "admin-council-people",
        new: "admin-council-person-new",
        one: "admin-council-person",
        fields: &[
            must("given_name", "admin-council-field-given-name", Widget::Line),
            must("family_name", "admin-council-field-family-name", Widget::Line),
            may("title", "admin-council-field-academic-title", Widget::Line),
            may("form_of_address", "admin-council-field-form-of-address", Widget::Line),
            may("life", "admin-council-field-life", Widget::Long),
            BODY,
        ],
    },
    Sort {
        kind: Kind::Membership,
        path: "mitgliedschaften",
        many: "admin-council-memberships",
        new: "admin-council-membership-new",
        one: "admin-council-membership",
        fields: &[
            must("person_id", "admin-council-field-person", Widget::One(Source::Rows(Kind::Person))),
            must("organization_id", "admin-council-field-organization", Widget::One(Source::Rows(Kind::Organization))),
            must("role", "admin-council-field-role", Widget::Line),
            may("voting_right", "admin-council-field-votes", Widget::One(YES_NO)),
            may("on_behalf_of_id", "admin-council-field-on-behalf-of", Widget::One(Source::Rows(Kind::Organization))),
            may("starts_on", "admin-council-field-since", Widget::Day),
            may("ends_on", "admin-council-field-until", Widget::Day),
        ],
    },
    Sort {
        kind: Kind::LegislativeTerm,
        path: "wahlperioden",
        many: "admin-council-terms",
        new: "admin-council-term-new",
        one: "admin-council-term",
        fields: &[
            must("name", "admin-council-field-name", Widget::Line),
            must("starts_on", "admin-council-field-since", Widget::Day),
            may("ends_on", "admin-council-field-until", Widget::Day),
            BODY,
        ],
    },
    Sort {
        kind: Kind::Location,
        path: "orte",
        many: "admin-council-places",
        new: "admin-council-place-new",
        one: "admin-council-place",
        fields: &[
            must("name", "admin-council-field-name", Widget::Line),
            may("street_address", "admin-council-field-street", Widget::Line),
            may("room", "admin-council-field-room", Widget::Line),
            may("postal_code", "admin-council-field-postal-code", Widget::Line),
            may("locality", "admin-council-field-locality", Widget::Line),
            may("sub_locality", "admin-council-field-district", Widget::Line),
        ],
    },
    Sort {
        kind: Kind::Body,
        path: "koerperschaften",
        many: "admin-council-bodies",
        new: "admin-council-body-new",
        one: "admin-council-body",
        fields: &[
            must("name", "admin-council-field-name", Widget::Line),
            may("short_name", "admin-council-field-short-name", Widget::Line),
            may("classification", "admin-council-field-classification", Widget::Line),
            may("website", "admin-council-field-website", Widget::Line),
            may("contact_name", "admin-council-field-contact", Widget::Line),
            may("contact_email", "admin-council-field-email", Widget::Line),
            PLACE,
        ],
    },
    Sort {
        kind: Kind::AgendaItem,
        path: "punkte",
        many: "admin-council-items",
        new: "admin-council-item-new",
        one: "admin-council-item",
        fields: &[
            hint(may("number", "admin-council-field-number", Widget::Line), "admin-council-field-item-number-hint"),
            must("name", "admin-council-field-title", Widget::Line),
            must("openness", "admin-council-field-openness", Widget::One(OPENNESS)),
            hint(may("reason_non_public", "admin-council-field-reason-closed", Widget::Line), "admin-council-field-reason-closed-hint"),
            hint(may("summary", "admin-council-field-summary", Widget::Long), "admin-council-field-summary-hint"),
            may("name_leicht", "admin-council-field-title-leicht", Widget::Line),
            may("summary_leicht", "admin-council-field-summary-leicht", Widget::Long),
            may("name_en", "admin-council-field-title-en", Widget::Line),
            may("summary_en", "admin-council-field-summary-en", Widget::Long),
            may("paper_id", "admin-council-field-paper", Widget::One(Source::Rows(Kind::Paper))),
            may("role", "admin-council-field-stage", Widget::Line),
            may("authoritative", "admin-council-field-decides", Widget::One(YES_NO)),
            may("result", "admin-council-field-result", Widget::Line),
            may("resolution_text", "admin-council-field-resolution", Widget::Long),
            may("resolution_text_leicht", "admin-council-field-resolution-leicht", Widget::Long),
            may("resolution_text_en", "admin-council-field-resolution-en", Widget::Long),
            may("votes_yes", "admin-council-field-yes", Widget::Number),
            may("votes_no", "admin-council-field-no", Widget::Number),
            may("votes_abstained", "admin-council-field-abstained", Widget::Number),
        ],
    },
    Sort {
        kind: Kind::File,
        path: "dateien",
        many: "admin-council-files",
        new: "admin-council-file-new",
        one: "admin-council-file",
        fields: &[must("name", "admin-council-field-title", Widget::Line), may("dated_on", "admin-council-field-day", Widget::Day)],
    },
];

impl Sort {
    /// The kind with this address.
    #[must_use]
    pub fn at(path: &str) -> Option<&'static Self> {
        SORTS.iter().find(|sort| sort.path == path)
    }

    /// The kind that OParl calls so.
    #[must_use]
    pub fn of(kind: Kind) -> Option<&'static Self> {
        SORTS.iter().find(|sort| sort.kind == kind)
    }

    /// Whether the desk shows a list of it.
    #[must_use]
    pub fn has_list(&self) -> bool {
        !matches!(self.kind, Kind::AgendaItem | Kind::File)
    }

    /// Where one of it stands at the desk.
    #[must_use]
    pub fn path_of(&self, id: i64) -> String {
        format!("/verwaltung/rat/{}/{id}", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_kind_has_its_own_address_and_each_field_its_own_name() {
        let paths = SORTS.iter().map(|sort| sort.path).collect::<HashSet<_>>();
        assert_eq!(paths.len(), SORTS.len());
        for sort in SORTS {
            let names = sort.fields.iter().map(|field| field.name).collect::<HashSet<_>>();
            assert_eq!(names.len(), sort.fields.len(), "{}", sort.path);
            assert!(Sort::at(sort.path).is_some_and(|found| found.kind == sort.kind));
        }
    }
}
