//! Feeds, calendars and interfaces are linked where people look for them, and every link leads somewhere.

use crate::decisions::decided;
use crate::entry::{id_of, make, publish};
use crate::town::in_town;
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};

/// The visible links of a page to something of a media type.
fn links(body: &str, media_type: &str) -> Vec<String> {
    let end = format!("\" type=\"{media_type}\">");
    let before = body.split("<a href=\"").skip(1).filter_map(|rest| rest.split_once(&end));
    before.map(|(path, _)| path).filter(|path| !path.contains('"')).map(|path| path.replace("&#38;", "&")).collect()
}

async fn offers(town: &TestTown, page: &str, media_type: &str, expected: &str) -> Result<()> {
    let body = town.get(page).send().await?.expect(200)?.body;
    let links = links(&body, media_type);
    ensure!(links == [expected], "{page}: {links:?} instead of {expected}");
    let head = format!("<link rel=\"alternate\" type=\"{media_type}\"");
    ensure!(body.matches(&head).count() == 1, "{page} does not tell programs");
    let feed = town.get(expected).send().await?.expect(200)?;
    ensure!(feed.text("content-type").starts_with(media_type), "{expected}: {}", feed.text("content-type"));
    Ok(())
}

#[test]
fn feeds_and_calendars_stand_on_the_pages_they_belong_to() {
    in_town(async |town| {
        let decided = decided(&town, "beschlossen").await?;
        let place = make(&town, "orte", &[("name", "Alter Hafen")]).await?;
        publish(&town, &place).await?;
        let (atom, calendar) = ("application/atom+xml", "text/calendar");
        let place = town.get(&format!("/rat/orte/{}", id_of(&place))).send().await?.expect(301)?.location().to_owned();
        let paper = town.get(&format!("/rat/vorlagen/{}", id_of(&decided.paper))).send().await?.expect(301)?.location().to_owned();
        for (page, media_type, expected) in [
            ("/rat/kalender", calendar, "/rat/kalender.ics"),
            ("/rat/sitzungen", calendar, "/rat/kalender.ics"),
            ("/rat/sitzungen?gremium=1", calendar, "/rat/gremien/1/kalender.ics"),
            ("/rat/gremien/1-gemeinderat", calendar, "/rat/gremien/1-gemeinderat/kalender.ics"),
            ("/rat/gremien/1-gemeinderat", atom, "/rat/gremien/1-gemeinderat/vorlagen.atom"),
            (&place, atom, &format!("{place}/vorlagen.atom")),
            ("/rat/vorlagen", atom, "/rat/vorlagen.atom"),
            ("/rat/vorlagen?art=Antrag", atom, "/rat/vorlagen.atom?art=Antrag"),
            ("/rat/vorlagen?gremium=1", atom, "/rat/gremien/1/vorlagen.atom"),
            (&paper, atom, "/rat/vorlagen.atom?art=Antrag"),
        ] {
            offers(&town, page, media_type, expected).await?;
        }
        Ok(())
    });
}

#[test]
fn the_list_of_interfaces_leads_to_each_of_them() {
    in_town(async |town| {
        for language in ["de", "en", "leicht"] {
            let page = town.get(&format!("/schnittstellen?lang={language}")).send().await?.expect(200)?;
            let main = page.body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).context("no main part")?;
            let paths: Vec<&str> = main.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            for path in &paths {
                let status = town.get(path).send().await?.status;
                // This town has no index: the search says so, but the address is right.
                ensure!(status == 200 || (status == 503 && path.starts_with("/suche")), "{path} answers {status}");
            }
            for expected in
                ["/oparl/v1.1/system", "/suche.json?q=Radweg", "/suche.atom?q=Radweg", "/opensearch.xml", "/beschluesse.csv", "/orte.geojson", "/abonnieren"]
            {
                ensure!(paths.contains(&expected), "{language}: {expected} is missing in {paths:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn a_link_leads_to_the_places_from_everywhere() {
    in_town(async |town| {
        for page in ["/", "/suche", "/rat"] {
            let body = town.get(page).send().await?.expect(200)?.body;
            ensure!(body.contains("<a href=\"/orte\""), "{page}");
        }
        town.get("/orte").send().await?.expect(200)?;
        Ok(())
    });
}
