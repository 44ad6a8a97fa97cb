//! What the council tells the search: only what its pages show to strangers, with all that a reader filters by, in a bounded
//! number of statements; and every writer notes what changed.

use crate::invented::{Item, Town, consult, file, in_town, item, meeting, organization, paper, person, place};
use allmende_council::entry::rules::State;
use allmende_council::store::entry::{self, Stand};
use allmende_council::store::{import_links, noted};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{Common, File, Kind, Person};
use allmende_platform::search::Document;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;

fn load(town: &Town, kind: &'static str) -> Result<Vec<Document>> {
    let source = allmende_council::sources().into_iter().find(|source| source.kind == kind).context("no such source")?;
    town.write(move |tx| {
        let mut ids = Vec::new();
        loop {
            let more = (source.list_after)(tx, ids.last().copied().unwrap_or(0), 2)?;
            if more.is_empty() {
                break;
            }
            ids.extend(more);
        }
        // Whatever is asked for: nothing comes that the list does not name.
        let all: Vec<i64> = (0..200).collect();
        let documents = (source.load)(tx, &all)?;
        assert_eq!(documents.iter().map(|document| document.object_id).collect::<Vec<_>>(), ids, "{}", source.kind);
        Ok(documents)
    })
}

/// Paths of everything that can be found.
fn paths(town: &Town) -> Result<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    for source in allmende_council::sources() {
        paths.extend(load(town, source.kind)?.into_iter().map(|document| document.path));
    }
    Ok(paths)
}

#[test]
fn a_paper_is_told_with_all_that_readers_filter_by() {
    in_town(|town| {
        town.write(|tx| {
            let (council, building) = (organization(tx, "Gemeinderat", "public")?, organization(tx, "Bauausschuss", "public")?);
            let paper = paper(tx, "Radweg an der Straße", "2026/016", Some("2026-02-12"), "public")?;
            let first = meeting(tx, building, "Bauausschuss", -60, "public")?;
            let decided = meeting(tx, council, "Gemeinderat", -30, "public")?;
            let one = item(tx, &Item { meeting: first, result: Some("einstimmig zugestimmt"), ..Item::default() })?;
            consult(tx, paper, building, first, one, "Vorberatung")?;
            let two = item(tx, &Item { meeting: decided, position: 61, name: "Der Radweg", result: Some("abgelehnt"), ..Item::default() })?;
            consult(tx, paper, council, decided, two, "Entscheidung")?;
            let place = place(tx, "Hauptstraße", paper)?;
            let site = tx.site()?;
            tx.execute(
                sql!("UPDATE council_location SET sub_locality = 'Oberau', geojson = $3 WHERE site_id = $1 AND id = $2"),
                &[&site, &place, &"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[8.4,49.0]}}"],
            )?;
            file(tx, "Lageplan", paper, Some("[\"Seite eins\",\"Seite zwei\"]"), "public")?;
            person(tx, "Erika Lindner", council, None, "public")?;
            person(tx, "Hans Vorbei", council, Some("2020-01-01"), "public")
        })?;
        let papers = load(town, "paper")?;
        let found = papers.first().context("no paper")?;
        ensure!(found.title == "Radweg an der Straße" && found.reference.as_deref() == Some("2026/016"));
        ensure!(found.type_word.as_deref() == Some("Beschlussvorlage") && found.dimension == Some("transparency"));
        ensure!(found.committees == ["Bauausschuss", "Gemeinderat"] && found.status.as_deref() == Some("rejected"), "{found:?}");
        ensure!(found.places == ["Hauptstraße", "Oberau"] && found.points.len() == 1);
        let files = load(town, "file")?;
        let lageplan = files.first().context("no file")?;
        ensure!(lageplan.pages == ["Seite eins", "Seite zwei"] && lageplan.is_paged && lageplan.committees == found.committees);
        ensure!(lageplan.part_of.as_ref().is_some_and(|part_of| part_of.path == found.path) && lageplan.happened_at == found.happened_at);
        let items = load(town, "agenda_item")?;
        let decision = items.iter().find(|item| item.title == "Der Radweg").context("no item")?;
        ensure!(decision.status.as_deref() == Some("rejected") && decision.path.ends_with("?ab=61#top-61") && decision.committees == ["Gemeinderat"]);
        let meetings = load(town, "meeting")?;
        ensure!(meetings.iter().any(|meeting| meeting.pages == ["Der Radweg"]), "{meetings:?}");
        let people = load(town, "person")?;
        ensure!(people[0].committees == ["Gemeinderat"] && people[0].pages == ["Gemeinderat: Mitglied"]);
        ensure!(people[1].committees.is_empty() && people[1].pages == ["Gemeinderat: Mitglied"], "a seat given up is told, but is no filter");
        Ok(())
    });
}

#[test]
fn what_pages_hide_cannot_be_found() {
    in_town(|town| {
        town.write(|tx| {
            let council = organization(tx, "Gemeinderat", "internal")?;
            for state in ["draft", "internal", "withdrawn", "placeholder"] {
                let paper = paper(tx, "Geheim", "2026/000", None, state)?;
                file(tx, "Anlage einer geheimen Vorlage", paper, Some("[\"geheim\"]"), "public")?;
                meeting(tx, council, "Geheime Sitzung", 1, state)?;
                person(tx, "Niemand", council, None, state)?;
                organization(tx, "Geheimer Rat", state)?;
            }
            let open = meeting(tx, council, "Offene Sitzung", -1, "public")?;
            let hidden = item(tx, &Item { meeting: open, name: "Grundstück", result: Some("beschlossen"), is_public: 0, ..Item::default() })?;
            let site = tx.site()?;
            let open_paper = paper(tx, "Offen", "2026/001", None, "public")?;
            file(tx, "Entwurf einer Anlage", open_paper, Some("[\"geheim\"]"), "draft")?;
            let loose = file(tx, "Anlage eines nichtöffentlichen Punktes", open_paper, Some("[\"geheim\"]"), "public")?;
            tx.execute(sql!("UPDATE council_file_use SET paper_id = NULL, agenda_item_id = $3 WHERE site_id = $1 AND file_id = $2"), &[&site, &loose, &hidden])
        })?;
        town.write_for(town.neighbour, |tx| paper(tx, "Beim Nachbarn", "2026/002", None, "public"))?;
        let papers = load(town, "paper")?;
        ensure!(papers.len() == 1 && papers[0].title == "Offen");
        ensure!(load(town, "file")?.is_empty() && load(town, "agenda_item")?.is_empty());
        ensure!(load(town, "organization")?.is_empty() && load(town, "person")?.is_empty());
        let meetings = load(town, "meeting")?;
        ensure!(meetings.len() == 1 && meetings[0].committees.is_empty(), "a committee that is not public is not named");
        ensure!(paths(town)?.len() == 2);
        Ok(())
    });
}

/// What was noted by an act.
fn noted_by(town: &Town, act: impl FnMut(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static) -> Result<BTreeSet<(String, i64)>> {
    // Read from the table: the feed waits for transactions of other tests on the same server.
    let newest = town.write(|tx| Ok(tx.find(sql!("SELECT COALESCE(MAX(id), 0) FROM change"), &[], |row| row.get::<i64>(0))?.unwrap_or(0)))?;
    town.write(act)?;
    let noted = town.write(move |tx| tx.list(sql!("SELECT kind, object_id FROM change WHERE id > $1"), &[&newest], |row| Ok((row.get(0)?, row.get(1)?))))?;
    Ok(noted.into_iter().collect())
}

#[test]
fn every_writer_of_files_and_people_notes_them() {
    in_town(|town| {
        let stand = Stand { id: None, state: State::Public, created_at: 0, modified_at: 0 };
        let of = |things: &[(&str, i64)]| things.iter().map(|(kind, id)| ((*kind).to_owned(), *id)).collect::<BTreeSet<_>>();
        let kept = noted_by(town, move |tx| entry::file(tx, &stand, &File { common: Common::default(), ..File::default() }, "00").map(drop))?;
        ensure!(kept == of(&[("file", 1)]), "{kept:?}");
        ensure!(noted_by(town, |tx| entry::file_text(tx, 1, &["Text".to_owned()]))? == of(&[("file", 1)]));
        ensure!(noted_by(town, |tx| entry::rename_file(tx, 1, Some("Neu"), None, 1))? == of(&[("file", 1)]));
        let person =
            noted_by(town, move |tx| entry::person(tx, &stand, &Person { name: Some("Ida".to_owned()), ..Person::default() }, &Default::default()).map(drop))?;
        ensure!(person == of(&[("person", 1)]), "{person:?}");
        Ok(())
    });
}

#[test]
fn what_is_derived_from_a_row_is_noted_with_it() {
    in_town(|town| {
        let (paper_id, meeting_id, item_id, file_id) = town.write(|tx| {
            let council = organization(tx, "Gemeinderat", "public")?;
            let paper = paper(tx, "Radweg", "2026/016", None, "public")?;
            let meeting = meeting(tx, council, "Gemeinderat", -1, "public")?;
            let item = item(tx, &Item { meeting, result: Some("beschlossen"), ..Item::default() })?;
            consult(tx, paper, council, meeting, item, "Entscheidung")?;
            let file = file(tx, "Lageplan", paper, None, "public")?;
            import_links::add_file(tx, Kind::AgendaItem, item, "auxiliary", 1, file)?;
            Ok((paper, meeting, item, file))
        })?;
        let of = |things: &[(&str, i64)]| things.iter().map(|(kind, id)| ((*kind).to_owned(), *id)).collect::<BTreeSet<_>>();
        let by_item = noted_by(town, move |tx| noted::note(tx, &[(Kind::AgendaItem, item_id)]))?;
        ensure!(by_item == of(&[("paper", paper_id), ("meeting", meeting_id), ("file", file_id)]), "{by_item:?}");
        let by_meeting = noted_by(town, move |tx| noted::note(tx, &[(Kind::Meeting, meeting_id)]))?;
        ensure!(by_meeting == of(&[("paper", paper_id), ("agenda_item", item_id), ("file", file_id)]), "{by_meeting:?}");
        let by_paper = noted_by(town, move |tx| noted::note(tx, &[(Kind::Paper, paper_id)]))?;
        ensure!(by_paper == of(&[("file", file_id)]), "{by_paper:?}");
        ensure!(noted_by(town, |tx| noted::note(tx, &[(Kind::Location, 1)]))?.is_empty());
        // More than one statement takes, and a rest.
        let many: Vec<(Kind, i64)> = (1..=19).map(|id| (Kind::File, id)).collect();
        ensure!(noted_by(town, move |tx| noted::note(tx, &many))?.len() == 19);
        Ok(())
    });
}
