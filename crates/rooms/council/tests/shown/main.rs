//! The public pages keep their promises in an invented small town, on both engines: what is shown to whom, under which
//! address, with how many statements.

mod documents;
mod invented;

use anyhow::{Context, Result, ensure};
use invented::{Item, Town, consult, file, in_town, item, meeting, organization, origin, paper, person, place};
use std::collections::BTreeSet;

/// One of each: a paper that was recommended and then decided, its meetings, a file, people, a place.
#[derive(Debug, Clone, Copy)]
struct Story {
    paper: i64,
    decided: i64,
    coming: i64,
    council: i64,
    file: i64,
    person: i64,
    place: i64,
}

fn story(town: &Town) -> Result<Story> {
    town.write(|tx| {
        let (council, building) = (organization(tx, "Gemeinderat", "public")?, organization(tx, "Bauausschuss", "public")?);
        let paper = paper(tx, "Radweg an der Straße", "2026/016", Some("2026-02-12"), "public")?;
        let first = meeting(tx, building, "Bauausschuss", -60, "public")?;
        let decided = meeting(tx, council, "Gemeinderat", -30, "public")?;
        let coming = meeting(tx, council, "Gemeinderat", 1, "public")?;
        let one = item(tx, &Item { meeting: first, name: "Radweg", result: Some("einstimmig zugestimmt"), ..Item::default() })?;
        consult(tx, paper, building, first, one, "Vorberatung")?;
        let two = item(tx, &Item { meeting: decided, name: "Radweg", result: Some("15 Ja-Stimmen, 2 Nein-Stimmen, 1 Enthaltung"), ..Item::default() })?;
        consult(tx, paper, council, decided, two, "Entscheidung")?;
        item(tx, &Item { meeting: decided, position: 2, name: "Kauf", is_public: 0, reason: Some("es um Preise geht."), ..Item::default() })?;
        item(tx, &Item { meeting: decided, position: 3, name: "Strenggeheim", is_public: 0, state: "internal", ..Item::default() })?;
        let file = file(tx, "Lageplan", paper, Some("[\"Erste Seite\\n\\nmit Absatz\", \"\"]"), "public")?;
        let person = person(tx, "Erika Lindner", council, None, "public")?;
        let place = place(tx, "Hauptstraße", paper)?;
        Ok(Story { paper, decided, coming, council, file, person, place })
    })
}

fn pages(story: Story) -> Vec<String> {
    vec![
        "/rat".to_owned(),
        "/rat/kalender".to_owned(),
        "/rat/kalender?monat=2026-05".to_owned(),
        "/rat/sitzungen".to_owned(),
        "/rat/sitzungen?ansicht=vergangen".to_owned(),
        "/rat/vorlagen".to_owned(),
        "/rat/gremien".to_owned(),
        "/rat/menschen".to_owned(),
        "/rat/menschen?ansicht=frueher".to_owned(),
        "/rat/wahlperioden".to_owned(),
        "/rat/orte".to_owned(),
        format!("/rat/vorlagen/{}-radweg-an-der-strasse", story.paper),
        format!("/rat/sitzungen/{}-gemeinderat", story.decided),
        format!("/rat/sitzungen/{}-gemeinderat", story.coming),
        format!("/rat/gremien/{}-gemeinderat", story.council),
        format!("/rat/menschen/{}-erika-lindner", story.person),
        format!("/rat/orte/{}-hauptstrasse", story.place),
        format!("/rat/dateien/{}", story.file),
        "/rat/vorlagen?art=Beschlussvorlage&jahr=2026".to_owned(),
    ]
}

#[test]
fn every_page_costs_five_statements_at_most_in_every_language() {
    in_town(|town| {
        let story = story(town)?;
        for path in pages(story) {
            for language in ["de", "en", "leicht"] {
                let separator = if path.contains('?') { '&' } else { '?' };
                let page = town.get(&format!("{path}{separator}lang={language}"))?;
                ensure!(page.status == 200, "{path} ({language}): {}", page.status);
                ensure!((1..=5).contains(&page.statements), "{path}: {} statements", page.statements);
                ensure!(page.html.matches("<h1").count() == 1, "{path}: headings");
                ensure!(!page.html.contains(" style="), "{path}: style");
                ensure!(!page.html.contains(">council-") && !page.html.contains("\"council-"), "{path} ({language}): a key without a text");
                headings_are_in_order(&page.html).with_context(|| path.clone())?;
            }
        }
        Ok(())
    });
}

fn headings_are_in_order(html: &str) -> Result<()> {
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).context("no main")?;
    let mut last = 0;
    for part in main.split("<h").skip(1) {
        let Some(level) = part.chars().next().and_then(|digit| digit.to_digit(10)) else { continue };
        ensure!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    Ok(())
}

#[test]
fn every_text_stands_in_all_three_languages() {
    let keys = |text: &str| -> BTreeSet<String> {
        let key = |line: &str| line.split_once(" =").filter(|_| !line.starts_with([' ', '#'])).map(|(key, _)| key.to_owned());
        text.lines().filter_map(key).collect()
    };
    let texts = allmende_council::TEXTS;
    assert_eq!(keys(texts.german), keys(texts.english));
    // The desk of the administration speaks German and English only.
    let public: BTreeSet<String> = keys(texts.german).into_iter().filter(|key| !key.starts_with("admin-")).collect();
    assert_eq!(public, keys(texts.easy));
}

#[test]
fn a_paper_says_where_it_stands_in_residents_words() {
    in_town(|town| {
        let story = story(town)?;
        let list = town.get("/rat/vorlagen")?.html;
        ensure!(list.contains("Vorlage 2026/016 <span class=\"official\">Beschlussvorlage</span>"), "kind");
        ensure!(list.contains("<p class=\"state done\"><span>beschlossen am <time datetime=\"2026-05-09\">9.\u{a0}Mai 2026</time></span></p>"), "state");
        let page = town.get(&format!("/rat/vorlagen/{}-radweg-an-der-strasse", story.paper))?.html;
        ensure!(
            page.contains("<strong>Stand heute:</strong> Beschlossen am <time datetime=\"2026-05-09\">9.\u{a0}Mai 2026</time> im Gemeinderat."),
            "sentence"
        );
        ensure!(page.contains("empfohlen") && page.contains("15 Ja, 2 Nein, 1 Enthaltung"), "way");
        ensure!(page.contains("Die Verwaltung schlägt etwas vor"), "explanation");
        ensure!(page.contains(&format!("/rat/dateien/{}", story.file)), "file");
        Ok(())
    });
}

#[test]
fn a_paper_without_a_meeting_names_the_gap() {
    in_town(|town| {
        let id = town.write(|tx| paper(tx, "Bank", "2026/1", Some("2026-06-01"), "public"))?;
        ensure!(town.get("/rat/vorlagen")?.html.contains("noch kein Termin"));
        ensure!(town.get(&format!("/rat/vorlagen/{id}-bank"))?.html.contains("class=\"gap\""));
        Ok(())
    });
}

#[test]
fn a_meeting_tells_results_and_why_an_item_is_not_public() {
    in_town(|town| {
        let story = story(town)?;
        let page = town.get(&format!("/rat/sitzungen/{}-gemeinderat", story.decided))?.html;
        ensure!(page.contains("Gemeinderat am 9.\u{a0}Mai 2026</h1>"), "heading");
        ensure!(page.contains("Nicht öffentlich. Grund: es um Preise geht."), "reason");
        ensure!(page.contains("<path class=\"yes\" d=\"M0 6H150\"/><path class=\"nay\" d=\"M150 6H170\"/><path class=\"abst\" d=\"M170 6H180\"/>"), "tally");
        ensure!(!page.contains("Strenggeheim"), "an internal item left the house");
        ensure!(page.contains(&format!("/rat/sitzungen/{}-gemeinderat\">", story.coming)), "next meeting");
        let entry = town.get(&format!("/rat/sitzungen/{}-gemeinderat.ics", story.decided))?;
        ensure!(entry.status == 200 && entry.html.contains("DTSTART:20260509T170000Z\r\n"), "{}", entry.html);
        Ok(())
    });
}

#[test]
fn the_start_page_tells_of_the_week_and_of_decisions_or_says_nothing() {
    in_town(|town| {
        ensure!(town.get("/anfang")?.html.is_empty(), "an empty town says nothing");
        let story = story(town)?;
        let page = town.get("/anfang")?;
        ensure!(page.statements <= 4, "{} statements", page.statements);
        ensure!(page.html.contains("Diese Woche im Rat") && page.html.contains(&format!("/rat/sitzungen/{}-gemeinderat", story.coming)), "week");
        ensure!(page.html.contains("Was gerade beschlossen wurde") && page.html.contains("radweg-an-der-strasse"), "decisions");
        Ok(())
    });
}

#[test]
fn only_what_is_public_is_shown() {
    in_town(|town| {
        for (state, expected) in [("public", 200), ("draft", 404), ("internal", 404), ("placeholder", 404), ("withdrawn", 410)] {
            let ids = town.write(move |tx| {
                let committee = organization(tx, "Rat", state)?;
                let paper = paper(tx, "Bank", "1", Some("2026-06-01"), state)?;
                let ids = (
                    paper,
                    committee,
                    meeting(tx, committee, "Rat", 3, state)?,
                    person(tx, "Bank", committee, None, state)?,
                    file(tx, "Bank", paper, None, state)?,
                );
                Ok(ids)
            })?;
            for path in [
                format!("/rat/vorlagen/{}-bank", ids.0),
                format!("/rat/gremien/{}-rat", ids.1),
                format!("/rat/sitzungen/{}-rat", ids.2),
                format!("/rat/menschen/{}-bank", ids.3),
                format!("/rat/dateien/{}", ids.4),
            ] {
                let status = town.get(&path)?.status;
                ensure!(status == expected, "{path} ({state}): {status}");
            }
        }
        let list = town.get("/rat/vorlagen")?.html;
        ensure!(list.matches("-bank\"").count() == 1, "the list shows only the public one");
        Ok(())
    });
}

#[test]
fn the_paper_of_another_site_does_not_exist_here() {
    in_town(|town| {
        let id = town.write_for(town.neighbour, |tx| paper(tx, "Bank", "1", Some("2026-06-01"), "public"))?;
        ensure!(town.get(&format!("/rat/vorlagen/{id}-bank"))?.status == 404);
        ensure!(!town.get("/rat/vorlagen")?.html.contains("Bank"));
        Ok(())
    });
}

#[test]
fn a_wrong_word_in_an_address_leads_to_the_right_one() {
    in_town(|town| {
        let story = story(town)?;
        let right = format!("/rat/vorlagen/{}-radweg-an-der-strasse", story.paper);
        for wrong in [format!("/rat/vorlagen/{}", story.paper), format!("/rat/vorlagen/{}-radweg", story.paper)] {
            let page = town.get(&wrong)?;
            ensure!((page.status, page.location.as_str()) == (301, right.as_str()), "{wrong}: {} {}", page.status, page.location);
        }
        let page = town.get(&format!("/rat/vorlagen/{}?lang=en", story.paper))?;
        ensure!(page.location == format!("{right}?lang=en"));
        ensure!(town.get("/rat/vorlagen/radweg")?.status == 404 && town.get("/rat/vorlagen/0-radweg")?.status == 404);
        Ok(())
    });
}

#[test]
fn an_old_id_leads_to_its_page() {
    in_town(|town| {
        let story = story(town)?;
        town.write(move |tx| {
            let gone = paper(tx, "Weg", "9", None, "withdrawn")?;
            let on_agenda = item(tx, &Item { meeting: story.decided, position: 7, ..Item::default() })?;
            origin(tx, "https://rat.example/p/1", "paper", story.paper)?;
            origin(tx, "https://rat.example/p/2", "paper", gone)?;
            origin(tx, "https://rat.example/a/7", "agenda_item", on_agenda)
        })?;
        let check = |id: &str, status: u16, location: &str| {
            let page = town.get(&format!("/rat/alt?id={id}"))?;
            ensure!((page.status, page.location.as_str()) == (status, location), "{id}: {} {}", page.status, page.location);
            Ok(())
        };
        check("https://rat.example/p/1", 301, &format!("/rat/vorlagen/{}-radweg-an-der-strasse", story.paper))?;
        check("https%3A%2F%2Frat.example%2Fa%2F7", 301, &format!("/rat/sitzungen/{}-gemeinderat#top-7", story.decided))?;
        check("https://rat.example/p/2", 410, "")?;
        check("https://rat.example/p/3", 404, "")?;
        check("", 404, "")
    });
}

/// Follows `rel="next"` and collects what begins with `prefix`.
fn walk(town: &Town, first: &str, prefix: &str) -> Result<Vec<String>> {
    let (mut path, mut found) = (first.to_owned(), Vec::new());
    for _ in 0..20 {
        let page = town.get(&path)?;
        ensure!(page.status == 200 && page.statements <= 5, "{path}: {} with {} statements", page.status, page.statements);
        found.extend(page.html.split(&format!("href=\"{prefix}")).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        let Some(next) = page.html.split("\" rel=\"next\"").next().filter(|before| before.len() < page.html.len()) else { return Ok(found) };
        path = next.rsplit("href=\"").next().context("no address")?.replace("&amp;", "&").replace("&#38;", "&");
    }
    anyhow::bail!("the list does not end")
}

#[test]
fn pages_of_papers_leave_none_out_and_repeat_none() {
    in_town(|town| {
        town.write(|tx| {
            for number in 0..70 {
                let day = match number {
                    0..=39 => Some("2026-05-05"),
                    40..=59 => Some("2025-12-31"),
                    _ => None,
                };
                paper(tx, "Bank", &format!("{number}"), day, "public")?;
            }
            Ok(())
        })?;
        for (first, expected) in
            [("/rat/vorlagen", 70), ("/rat/vorlagen?jahr=2026", 40), ("/rat/vorlagen?art=Beschlussvorlage", 70), ("/rat/vorlagen?art=Antrag", 0)]
        {
            let found: Vec<String> = walk(town, first, "/rat/vorlagen/")?;
            let distinct: BTreeSet<&String> = found.iter().collect();
            ensure!((found.len(), distinct.len()) == (expected, expected), "{first}: {} with {} distinct", found.len(), distinct.len());
        }
        Ok(())
    });
}

#[test]
fn pages_of_meetings_and_people_leave_none_out() {
    in_town(|town| {
        town.write(|tx| {
            let committee = organization(tx, "Rat", "public")?;
            for number in 0..41 {
                meeting(tx, committee, "Rat", number / 2, "public")?;
                meeting(tx, committee, "Rat", -1 - number / 2, "public")?;
            }
            for number in 0..101 {
                person(tx, &format!("Mensch {:03}", number / 2), committee, None, "public")?;
            }
            Ok(())
        })?;
        for (first, prefix, expected) in
            [("/rat/sitzungen", "/rat/sitzungen/", 41), ("/rat/sitzungen?ansicht=vergangen", "/rat/sitzungen/", 41), ("/rat/menschen", "/rat/menschen/", 101)]
        {
            let found = walk(town, first, prefix)?;
            let distinct: BTreeSet<&String> = found.iter().collect();
            ensure!((found.len(), distinct.len()) == (expected, expected), "{first}: {} with {} distinct", found.len(), distinct.len());
        }
        Ok(())
    });
}

#[test]
fn words_asked_of_the_list_lead_to_the_search() {
    in_town(|town| {
        for (asked, led) in [("radweg", "radweg"), ("stra%C3%9Fe+neu", "stra%C3%9Fe%20neu"), ("%22%3E%3Cscript%3E", "%22%3E%3Cscript%3E")] {
            let page = town.get(&format!("/rat/vorlagen?q={asked}&jahr=2026"))?;
            ensure!((page.status, page.location.as_str()) == (308, format!("/suche?q={led}&art=vorlage").as_str()), "{}", page.location);
        }
        ensure!(town.get("/rat/vorlagen?q=")?.status == 200);
        Ok(())
    });
}

#[test]
fn a_hostile_title_stays_a_text() {
    in_town(|town| {
        let hostile = "<script>alert(1)</script>\"><img src=x onerror='a'>";
        let (paper, meeting) = town.write(move |tx| {
            let committee = organization(tx, hostile, "public")?;
            let paper = paper(tx, hostile, hostile, Some("2026-06-01"), "public")?;
            let meeting = meeting(tx, committee, "Rat", -3, "public")?;
            let item = item(tx, &Item { meeting, name: hostile, result: Some(hostile), reason: Some(hostile), is_public: 0, ..Item::default() })?;
            consult(tx, paper, committee, meeting, item, hostile)?;
            file(tx, hostile, paper, None, "public")?;
            person(tx, hostile, committee, None, "public")?;
            place(tx, hostile, paper)?;
            Ok((paper, meeting))
        })?;
        let slug = allmende_core::fold::slug(hostile);
        let paths = [
            "/rat".to_owned(),
            "/rat/vorlagen".to_owned(),
            format!("/rat/vorlagen/{paper}-{slug}"),
            format!("/rat/sitzungen/{meeting}-rat"),
            "/rat/sitzungen".to_owned(),
            "/rat/gremien".to_owned(),
            "/rat/menschen".to_owned(),
            "/rat/orte".to_owned(),
            "/rat/kalender".to_owned(),
            "/rat/vorlagen?art=%22%3E%3Cscript%3Ealert(1)".to_owned(),
            "/rat/vorlagen?art=%00&ab=%00&ort=9223372036854775807".to_owned(),
        ];
        for path in paths {
            let page = town.get(&path)?;
            ensure!(page.status == 200, "{path}: {}", page.status);
            ensure!(!page.html.contains("<script>alert") && !page.html.contains("<img src=x"), "{path}");
        }
        Ok(())
    });
}

/// An agenda of so many items, each with a paper that has four stations.
fn long_agenda(town: &Town, items: i64) -> Result<i64> {
    town.write(move |tx| {
        let committee = organization(tx, "Ausschuss für Umwelt und Gesundheit", "public")?;
        let main = meeting(tx, committee, "Rat", -1, "public")?;
        let others =
            [meeting(tx, committee, "Rat", -90, "public")?, meeting(tx, committee, "Rat", -60, "public")?, meeting(tx, committee, "Rat", -30, "public")?];
        for position in 1..=items {
            let name = format!("Sanierung des Daches der Turnhalle in der Lindenallee, Bauabschnitt {position}");
            let paper = paper(tx, &name, &format!("2026/{position:04}"), Some("2026-06-01"), "public")?;
            for (meeting, result) in [(main, "einstimmig beschlossen"), (others[0], "vorberaten"), (others[1], "vertagt"), (others[2], "vorberaten")] {
                let id = item(tx, &Item { meeting, position, name: &name, result: Some(result), ..Item::default() })?;
                consult(tx, paper, committee, meeting, id, "Entscheidung")?;
            }
        }
        Ok(main)
    })
}

#[test]
fn a_long_agenda_stays_small_and_is_paged_beyond_its_limit() {
    in_town(|town| {
        let sixty = long_agenda(town, 60)?;
        let page = town.get(&format!("/rat/sitzungen/{sixty}-rat"))?;
        ensure!(page.html.len() < 60_000, "{} bytes", page.html.len());
        ensure!(page.statements <= 5 && page.html.contains("id=\"top-60\"") && !page.html.contains("?ab=61"));
        let more = long_agenda(town, 61)?;
        let page = town.get(&format!("/rat/sitzungen/{more}-rat"))?;
        ensure!(page.html.contains("?ab=61") && !page.html.contains("id=\"top-61\""));
        ensure!(town.get(&format!("/rat/sitzungen/{more}-rat?ab=61"))?.html.contains("id=\"top-61\""));
        Ok(())
    });
}

#[test]
fn a_file_shows_its_text_page_by_page_or_says_why_not() {
    in_town(|town| {
        let story = story(town)?;
        let page = town.get(&format!("/rat/dateien/{}", story.file))?.html;
        ensure!(page.contains("Seite 1 von 2</h2><p>Erste Seite</p><p>mit Absatz</p>"), "text");
        ensure!(page.contains("https://rat.example/1.pdf") && page.contains("PDF, 240\u{a0}kB"), "original");
        let empty = town.write(move |tx| file(tx, "Plan", story.paper, None, "public"))?;
        ensure!(town.get(&format!("/rat/dateien/{empty}"))?.html.contains("class=\"gap\""), "gap");
        Ok(())
    });
}
