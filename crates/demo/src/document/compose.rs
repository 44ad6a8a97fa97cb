//! The wording of papers, invitations and minutes, from the data of the town.

use super::{Block, Document, Span, blocks};
use crate::model::{AgendaItem, Consultation, Meeting, Paper, Town, Votes};
use crate::shift::{german_day, german_time, german_weekday};

/// A paper as it was sent to the members of the council.
#[must_use]
pub fn paper(town: &Town, paper: &Paper) -> Document {
    let mut content = vec![facts("Angaben zur Vorlage", paper_facts(town, paper))];
    content.push(Block::Paragraph(vec![Span::bold("Kurz gesagt: "), Span::plain(&paper.summary)]));
    content.extend(blocks(&paper.body));
    let way = town.consultations(&paper.key);
    if !way.is_empty() {
        content.push(heading("Beratungsfolge"));
        content.push(Block::Table {
            summary: "Der Weg durch die Gremien".to_owned(),
            header: ["Gremium", "Sitzung am", "Aufgabe"].map(str::to_owned).to_vec(),
            rows: way.iter().map(|station| way_row(town, station)).collect(),
        });
    }
    document(town, paper.kind.label(), &paper.title, Some(paper.reference.clone()), paper.date, content)
}

/// The invitation to a meeting with its agenda.
#[must_use]
pub fn invitation(town: &Town, meeting: &Meeting) -> Document {
    let mut content = vec![facts("Wann und wo", meeting_facts(meeting)), heading("Tagesordnung")];
    for (part, is_public) in [("Öffentlicher Teil", true), ("Nicht öffentlicher Teil", false)] {
        let items: Vec<_> = meeting.agenda.iter().filter(|item| item.is_public() == is_public).collect();
        if !items.is_empty() {
            content.push(Block::Heading { level: 3, text: part.to_owned() });
            content.push(Block::Table {
                summary: format!("Tagesordnung, {part}"),
                header: ["Punkt", "Worum es geht", "Vorlage"].map(str::to_owned).to_vec(),
                rows: items.into_iter().map(|item| agenda_row(town, item)).collect(),
            });
        }
    }
    let public = "Öffentliche Punkte kann jede und jeder im Saal verfolgen. Der Saal ist mit dem Rollstuhl erreichbar.";
    content.push(Block::Paragraph(vec![Span::plain(public)]));
    let title = format!("Einladung: {}", meeting_title(town, meeting));
    document(town, "Einladung und Tagesordnung", &title, None, meeting.invited_on, content)
}

/// The minutes of a meeting; none before it has taken place. Of non-public items only what may be known is said.
#[must_use]
pub fn minutes(town: &Town, meeting: &Meeting) -> Option<Document> {
    if !town.has_taken_place(meeting) {
        return None;
    }
    let mut rows = meeting_facts(meeting);
    rows.push(row("Anwesend", &names(town, &meeting.present)));
    rows.push(row("Entschuldigt", &names(town, &meeting.excused)));
    if let Some(guests) = meeting.guests {
        rows.push(row("Gäste", &guests.to_string()));
    }
    rows.push(match meeting.minutes_approved_on {
        Some(day) => row("Niederschrift", &format!("genehmigt am {}", german_day(day))),
        None => row("Niederschrift", "Entwurf, noch nicht genehmigt"),
    });
    let mut content = vec![facts("Angaben zur Sitzung", rows)];
    content.push(Block::Paragraph(vec![Span::bold("Kurz gesagt: "), Span::plain(&meeting.summary)]));
    for item in &meeting.agenda {
        minutes_of_item(town, item, &mut content);
    }
    let title = format!("Niederschrift: {}", meeting_title(town, meeting));
    Some(document(town, "Niederschrift", &title, None, meeting.start.date(), content))
}

fn minutes_of_item(town: &Town, item: &AgendaItem, content: &mut Vec<Block>) {
    content.push(heading(&format!("Punkt {}: {}", item.number, item.title)));
    if let Some(reason) = &item.not_public_because {
        content.push(Block::Paragraph(vec![Span::plain(format!("Nicht öffentlich, {reason}"))]));
    }
    for paper in item.paper.iter().chain(&item.more_papers) {
        if let Some(paper) = town.paper(paper) {
            let line = format!("{} {}", paper.kind.label(), paper.reference);
            content.push(Block::Paragraph(vec![Span::plain(line)]));
        }
    }
    if let Some(summary) = &item.summary {
        content.push(Block::Paragraph(vec![Span::plain(summary)]));
    }
    if let Some(resolution) = &item.resolution {
        content.push(Block::Paragraph(vec![Span::bold("Beschluss: "), Span::plain(resolution)]));
    }
    if !item.biased.is_empty() {
        let line = format!("Wegen eigener Betroffenheit nicht mitgewirkt: {}", names(town, &item.biased));
        content.push(Block::Paragraph(vec![Span::plain(line)]));
    }
    if let Some(outcome) = item.outcome {
        let mut result = outcome.label().to_owned();
        if let Some(votes) = item.votes {
            result.push_str(&format!(" ({})", votes_in_words(votes)));
        }
        if let Some(note) = &item.note {
            result.push_str(&format!(". {note}"));
        }
        content.push(Block::Paragraph(vec![Span::bold("Ergebnis: "), Span::plain(result)]));
    }
}

/// "15 Ja, 2 Nein, 1 Enthaltung" or "17 Ja, einstimmig".
fn votes_in_words(votes: Votes) -> String {
    if votes.no == 0 && votes.abstentions == 0 {
        return format!("{} Ja, einstimmig", votes.yes);
    }
    let abstentions = if votes.abstentions == 1 { "Enthaltung" } else { "Enthaltungen" };
    format!("{} Ja, {} Nein, {} {abstentions}", votes.yes, votes.no, votes.abstentions)
}

fn paper_facts(town: &Town, paper: &Paper) -> Vec<Vec<String>> {
    let organizations = paper.from_organizations.iter().filter_map(|key| town.organization(key));
    let mut from: Vec<_> = organizations.map(|organization| organization.name.de.clone()).collect();
    from.extend(paper.from_persons.iter().filter_map(|key| town.person(key)).map(|person| person.full_name()));
    let mut rows = vec![
        row("Drucksache", &paper.reference),
        row("Datum", &german_day(paper.date)),
        row("Von", &from.join(", ")),
        row("Zuständig", paper.department.label()),
    ];
    if let Some(place) = paper.place.as_deref().and_then(|key| town.place(key)) {
        rows.push(row("Ort", place.street.as_deref().unwrap_or(&place.name)));
    }
    let others = paper.superordinate.iter().chain(&paper.related).filter_map(|key| town.paper(key));
    let others: Vec<_> = others.map(|other| format!("{} ({})", other.title, other.reference)).collect();
    if !others.is_empty() {
        rows.push(row("Gehört zu", &others.join("; ")));
    }
    rows
}

fn meeting_facts(meeting: &Meeting) -> Vec<Vec<String>> {
    let day = meeting.start.date();
    vec![
        row("Tag", &format!("{}, {}", german_weekday(day), german_day(day))),
        row("Uhrzeit", &format!("{} bis {}", german_time(meeting.start), german_time(meeting.end))),
        row("Ort", &meeting.location),
    ]
}

fn meeting_title(town: &Town, meeting: &Meeting) -> String {
    let name = town.organization(&meeting.organization).map(|found| found.name.de.as_str()).unwrap_or_default();
    format!("{name}, Sitzung {}/{}", meeting.number, meeting.start.year())
}

/// The way as it was planned when the paper was sent: what came out stands in the minutes.
fn way_row(town: &Town, station: &Consultation<'_>) -> Vec<String> {
    let organization = town.organization(&station.meeting.organization);
    vec![
        organization.map(|found| found.name.de.clone()).unwrap_or_default(),
        german_day(station.meeting.start.date()),
        station.item.stage.map(|stage| stage.label()).unwrap_or_default().to_owned(),
    ]
}

fn agenda_row(town: &Town, item: &AgendaItem) -> Vec<String> {
    let papers = item.paper.iter().chain(&item.more_papers);
    let references: Vec<_> = papers.filter_map(|key| town.paper(key)).map(|paper| paper.reference.as_str()).collect();
    let title = match &item.not_public_because {
        Some(reason) => format!("{} (nicht öffentlich, {})", item.title, reason.trim_end_matches('.')),
        None => item.title.clone(),
    };
    vec![item.number.clone(), title, references.join(", ")]
}

fn names(town: &Town, keys: &[String]) -> String {
    if keys.is_empty() {
        return "niemand".to_owned();
    }
    let names: Vec<_> = keys.iter().filter_map(|key| town.person(key)).map(|person| person.full_name()).collect();
    names.join(", ")
}

fn facts(summary: &str, rows: Vec<Vec<String>>) -> Block {
    Block::Table { summary: summary.to_owned(), header: Vec::new(), rows }
}

fn row(name: &str, value: &str) -> Vec<String> {
    vec![name.to_owned(), value.to_owned()]
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 2, text: text.to_owned() }
}

fn document(town: &Town, kind: &str, title: &str, reference: Option<String>, date: jiff::civil::Date, blocks: Vec<Block>) -> Document {
    Document { title: title.to_owned(), kind: kind.to_owned(), reference, date, town: town.site.name.de.clone(), foot: town.site.notice.de.clone(), blocks }
}
