//! What the town must be: complete, plausible, the same for the same week, and readable on paper.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};

use crate::{DemoError, OrganizationKind, Outcome, PaperKind, Town, check, document, pdf};

const WRITTEN_ON: Date = date(2026, 6, 8);

fn town() -> Result<Town, DemoError> {
    Town::load(WRITTEN_ON)
}

#[test]
fn the_town_has_the_size_that_was_planned() -> Result<(), DemoError> {
    let town = town()?;
    let count = |kind| town.organizations.iter().filter(|organization| organization.kind == kind).count();
    assert_eq!(count(OrganizationKind::Council), 1);
    assert_eq!(count(OrganizationKind::Committee), 4);
    assert_eq!(count(OrganizationKind::Group), 4);
    assert_eq!(count(OrganizationKind::LocalCouncil), 1);
    assert_eq!(town.terms.len(), 2);
    assert!(town.papers.len() >= 150, "{} papers", town.papers.len());
    assert!(town.meetings.len() >= 45, "{} meetings", town.meetings.len());
    assert_eq!(town.threads.len(), 1);
    assert_eq!(town.site.inhabitants, town.districts.iter().map(|district| district.inhabitants).sum::<u32>());
    Ok(())
}

#[test]
fn the_council_has_sixteen_elected_members_and_the_mayor_on_every_meeting_day() -> Result<(), DemoError> {
    let town = town()?;
    for meeting in town.meetings.iter().filter(|meeting| meeting.organization == "gemeinderat") {
        let members = town.members_on("gemeinderat", meeting.start.date());
        let mayors = members.iter().filter(|member| member.role == "Bürgermeisterin").count();
        assert_eq!((members.len(), mayors), (17, 1), "{}", meeting.key);
        assert!(members.iter().all(|member| member.voting));
    }
    Ok(())
}

#[test]
fn memberships_change_over_time() -> Result<(), DemoError> {
    let town = town()?;
    let council = |day| town.members_on("gemeinderat", day).iter().map(|m| m.person.clone()).collect::<BTreeSet<_>>();
    let (before, after, today) = (council(date(2024, 6, 30)), council(date(2024, 7, 1)), council(town.today));
    assert_eq!(before.difference(&after).count(), 4);
    assert_eq!(after.difference(&today).count(), 2);
    Ok(())
}

#[test]
fn every_public_item_of_the_past_has_a_result_and_none_of_the_future() -> Result<(), DemoError> {
    let town = town()?;
    for meeting in &town.meetings {
        for item in meeting.agenda.iter().filter(|item| item.is_public()) {
            assert_eq!(item.outcome.is_some(), town.has_taken_place(meeting), "{} {}", meeting.key, item.number);
        }
    }
    Ok(())
}

#[test]
fn papers_go_through_committees_with_every_kind_of_result() -> Result<(), DemoError> {
    let town = town()?;
    let outcomes: BTreeSet<_> = town.meetings.iter().flat_map(|m| &m.agenda).filter_map(|item| item.outcome).collect();
    for outcome in [
        Outcome::Adopted,
        Outcome::AdoptedAmended,
        Outcome::Rejected,
        Outcome::Postponed,
        Outcome::Referred,
        Outcome::Withdrawn,
        Outcome::Noted,
        Outcome::Elected,
    ] {
        assert!(outcomes.contains(&outcome), "{outcome:?}");
    }
    let kinds: BTreeSet<_> = town.papers.iter().map(|paper| paper.kind).collect();
    assert_eq!(kinds.len(), 6);
    assert!(kinds.contains(&PaperKind::Amendment));
    assert!(town.papers.iter().all(|paper| !town.consultations(&paper.key).is_empty()));
    let way: Vec<_> = town.consultations("schulweg-lindenallee");
    assert_eq!(way.len(), 4);
    assert!(way.windows(2).all(|pair| pair[0].meeting.start <= pair[1].meeting.start));
    Ok(())
}

#[test]
fn exactly_the_planned_items_are_not_public_and_say_why() -> Result<(), DemoError> {
    let town = town()?;
    let items: Vec<_> = town.meetings.iter().flat_map(|m| &m.agenda).filter(|item| !item.is_public()).collect();
    assert_eq!(items.len(), NOT_PUBLIC);
    assert!(items.iter().all(|item| { item.not_public_because.as_deref().is_some_and(|why| why.starts_with("weil ")) }));
    Ok(())
}

/// One in each council meeting, some in the main committee.
const NOT_PUBLIC: usize = 32;

#[test]
fn texts_in_other_languages_exist_where_they_matter_most() -> Result<(), DemoError> {
    let town = town()?;
    let papers = |language: &str| town.papers.iter().filter(|p| p.translations.contains_key(language)).count();
    assert!(papers("en") >= 15 && papers("leicht") >= 10, "{} {}", papers("en"), papers("leicht"));
    for meeting in town.meetings.iter().filter(|meeting| meeting.start.date() >= town.today) {
        assert_eq!(meeting.translations.len(), 2, "{}", meeting.key);
    }
    Ok(())
}

#[test]
fn no_text_is_used_twice() -> Result<(), DemoError> {
    let town = town()?;
    let titles: BTreeSet<_> = town.papers.iter().map(|paper| &paper.title).collect();
    let summaries: BTreeSet<_> = town.papers.iter().map(|paper| &paper.summary).collect();
    let bodies: BTreeSet<_> = town.papers.iter().map(|paper| &paper.body).collect();
    assert_eq!([titles.len(), summaries.len(), bodies.len()], [town.papers.len(); 3]);
    Ok(())
}

#[test]
fn the_same_week_gives_the_same_town_and_weekdays_stay() -> Result<(), DemoError> {
    let (monday, sunday) = (Town::load(date(2027, 3, 1))?, Town::load(date(2027, 3, 7))?);
    assert_eq!(monday, sunday);
    assert_eq!(monday.today, date(2027, 3, 1));
    let council = monday.meetings.iter().filter(|meeting| meeting.organization == "gemeinderat");
    assert!(council.clone().count() > 20);
    for meeting in council {
        assert_eq!(meeting.start.date().weekday(), Weekday::Tuesday);
    }
    Ok(())
}

#[test]
fn the_town_holds_together_in_every_week_of_two_years() -> Result<(), DemoError> {
    for week in (0..104).step_by(13) {
        let today = WRITTEN_ON.checked_add(jiff::Span::new().weeks(week)).map_err(|e| DemoError::Date(e.to_string()))?;
        let town = Town::load(today)?;
        assert!(town.papers.iter().all(|paper| !paper.body.contains('{') && !paper.summary.contains('{')));
    }
    Ok(())
}

#[test]
fn references_count_the_papers_of_a_year_without_gaps() -> Result<(), DemoError> {
    for today in [WRITTEN_ON, date(2026, 11, 21), date(2030, 1, 3)] {
        let town = Town::load(today)?;
        let mut expected = (0, 0);
        for paper in &town.papers {
            let year = paper.date.year();
            expected = if expected.0 == year { (year, expected.1 + 1) } else { (year, 1) };
            assert_eq!(paper.reference, format!("{year}/{:03}", expected.1));
        }
    }
    Ok(())
}

#[test]
fn a_broken_reference_names_file_and_key() -> Result<(), DemoError> {
    let mut town = town()?;
    let Some(paper) = town.papers.first_mut() else {
        return Err(DemoError::Missing("papers".to_owned()));
    };
    paper.place = Some("nirgends".to_owned());
    let expected = DemoError::Unknown { file: format!("papers/…/{}.md", paper.key), kind: "place", key: "nirgends".to_owned() };
    assert_eq!(check::town(&town), Err(expected));
    Ok(())
}

#[test]
fn votes_that_do_not_add_up_are_refused() -> Result<(), DemoError> {
    for (more_yes, is_fine) in [(0, true), (1, false)] {
        let mut town = town()?;
        let items = town.meetings.iter_mut().flat_map(|meeting| &mut meeting.agenda);
        if let Some(votes) = items.filter_map(|item| item.votes.as_mut()).next() {
            votes.yes += more_yes;
        }
        assert_eq!(check::town(&town).is_ok(), is_fine, "{more_yes} too many");
    }
    Ok(())
}

#[test]
fn a_meeting_deals_with_papers_older_than_itself() -> Result<(), DemoError> {
    let mut town = town()?;
    let meeting = town.meeting("2026-03-03-gemeinderat").map(|meeting| meeting.start.date());
    let Some(day) = meeting else {
        return Err(DemoError::Missing("meeting".to_owned()));
    };
    for (days_before, is_fine) in [(1, true), (0, false)] {
        for paper in town.papers.iter_mut().filter(|paper| paper.key == "feuerwehr-jahr-2025") {
            let span = jiff::Span::new().days(days_before);
            paper.date = day.checked_sub(span).map_err(|e| DemoError::Date(e.to_string()))?;
        }
        assert_eq!(check::town(&town).is_ok(), is_fine, "{days_before} days before");
    }
    Ok(())
}

#[test]
fn a_summary_may_have_two_hundred_characters_and_no_more() -> Result<(), DemoError> {
    let mut town = town()?;
    for (length, is_fine) in [(0, false), (1, true), (200, true), (201, false)] {
        if let Some(paper) = town.papers.first_mut() {
            paper.summary = "ä".repeat(length);
        }
        assert_eq!(check::town(&town).is_ok(), is_fine, "{length}");
    }
    Ok(())
}

#[test]
fn every_document_renders_small() -> Result<(), DemoError> {
    let town = town()?;
    for paper in &town.papers {
        let bytes = pdf::render(&document::paper(&town, paper))?;
        assert!(bytes.len() < 40_000, "{}: {} bytes", paper.key, bytes.len());
    }
    for meeting in &town.meetings {
        let invitation = pdf::render(&document::invitation(&town, meeting))?;
        assert!(invitation.len() < 40_000, "{}: {} bytes", meeting.key, invitation.len());
        let minutes = document::minutes(&town, meeting);
        assert_eq!(minutes.is_some(), town.has_taken_place(meeting));
        if let Some(minutes) = minutes {
            let bytes = pdf::render(&minutes)?;
            assert!(bytes.len() < 40_000, "{}: {} bytes", meeting.key, bytes.len());
        }
    }
    Ok(())
}

#[test]
fn a_meeting_that_was_called_off_has_no_results_and_no_minutes() -> Result<(), DemoError> {
    let town = town()?;
    let cancelled: Vec<_> = town.meetings.iter().filter(|m| m.is_cancelled).collect();
    assert_eq!(cancelled.len(), 1);
    for meeting in cancelled {
        assert!(meeting.agenda.iter().all(|item| item.outcome.is_none()));
        assert!(meeting.present.is_empty() && document::minutes(&town, meeting).is_none());
    }
    Ok(())
}

#[test]
fn the_thread_ties_the_impulse_to_the_effect() -> Result<(), DemoError> {
    let town = town()?;
    let thread = town.threads.first().ok_or_else(|| DemoError::Missing("threads".to_owned()))?;
    let mut reached = BTreeSet::from(["impuls"]);
    for _ in 0..thread.nodes.len() {
        for link in &thread.links {
            let (from, to) = (link.from.as_str(), link.to.as_str());
            if reached.contains(from) || reached.contains(to) {
                reached.extend([from, to]);
            }
        }
    }
    assert_eq!(reached.len(), thread.nodes.len());
    for node in thread.nodes.iter().filter(|node| node.item.is_some()) {
        let meeting = node.meeting.as_deref().and_then(|key| town.meeting(key));
        let item = meeting.and_then(|m| m.agenda.iter().find(|item| Some(&item.number) == node.item.as_ref()));
        let is_about = |key: &str| key == "schulweg-lindenallee" || key == "poller-schule";
        assert!(item.and_then(|item| item.paper.as_deref()).is_some_and(is_about), "{}", node.key);
    }
    Ok(())
}

#[test]
fn minutes_say_of_a_non_public_item_only_what_may_be_known() -> Result<(), DemoError> {
    let town = town()?;
    let minutes = town.meeting("2026-03-03-gemeinderat").and_then(|meeting| document::minutes(&town, meeting));
    let text = format!("{:?}", minutes.map(|minutes| minutes.blocks));
    assert!(text.contains("Kauf eines Grundstücks"));
    assert!(text.contains("weil es um Preise und einen privaten Verkäufer geht."));
    assert!(text.contains("Ergebnis bekannt gegeben. Bekannt gegeben am 21. April 2026."));
    Ok(())
}
