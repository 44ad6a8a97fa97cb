//! Places of statements, through all rooms: typed, drawn, refused, shown on a map with its list, taken along as open data.

use crate::dialogue::{DESK, FORM, PAGE, PHASES, clerk, publish};
use crate::ideas::LIST;
use crate::town::{in_town, with_guard};
use allmende_core::Role;
use allmende_db::DbError;
use allmende_places::{Geometry, Kind, Place, Point};
use allmende_testing::town::{Answer, TestTown};
use anyhow::{Context, Result, ensure};
use serde_json::Value;

const LINE: &str = r#"{"type":"LineString","coordinates":[[7.051,54.381],[7.055,54.383]]}"#;
const AREA: &str = r#"{"type":"Polygon","coordinates":[[[7.05,54.38],[7.06,54.38],[7.06,54.39],[7.05,54.38]]]}"#;

/// A town that knows a district and a street.
async fn know_places(town: &TestTown) -> Result<()> {
    let point = |longitude: f64, latitude: f64| Point { longitude, latitude };
    let ring = vec![point(7.0, 54.3), point(7.1, 54.3), point(7.1, 54.4), point(7.0, 54.4), point(7.0, 54.3)];
    let place =
        |name: &str, kind: Kind, geometry: Geometry| Place { name: name.to_owned(), kind, district: None, other_names: Vec::new(), geometry: Some(geometry) };
    let places = vec![
        place("Oberau", Kind::District, Geometry::Areas(vec![vec![ring]])),
        place("Lindenallee", Kind::Street, Geometry::Lines(vec![vec![point(7.051, 54.381), point(7.055, 54.383)]])),
    ];
    town.db().write::<_, DbError>(town.site.id, move |tx| allmende_places_room::store::replace(tx, &places, "orte").map(|_| ())).await?;
    Ok(())
}

async fn state(town: &TestTown, text: &str, place: &str, drawn: &str) -> Result<Answer> {
    let guard = town.guarded(FORM).await?;
    let fields = with_guard(&guard, &[("unit", "5"), ("text", text), ("place", place), ("drawn", drawn)]);
    town.post(&format!("{PAGE}/stellungnahme"), &fields).as_role(Role::Resident).send().await
}

async fn features(town: &TestTown) -> Result<Vec<Value>> {
    let answer = town.get(&format!("{PAGE}/stellungnahmen.geojson")).send().await?.expect(200)?;
    ensure!(answer.text("access-control-allow-origin") == "*" && answer.text("content-type") == "application/geo+json");
    let body: Value = serde_json::from_str(&answer.body)?;
    Ok(body["features"].as_array().context("features")?.clone())
}

#[test]
fn what_somebody_draws_is_said_in_words_shown_on_a_map_and_taken_along() {
    in_town(async |town| {
        know_places(&town).await?;
        publish(&town, "email", "after").await?;
        let form = town.get(&format!("{PAGE}?absatz=5")).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(form.body.contains("name=\"drawn\"") && form.body.contains("data-draw-kind=\"area\""), "the form takes a drawing");
        ensure!(form.body.contains("type=\"application/geo+json\""), "the page names the open data");
        for (text, place, drawn) in [
            ("Hier fehlen Bäume.", "", LINE),
            ("Hier ist es heiß.", "An der Schule", AREA),
            ("Eine Bank fehlt.", "54.382, 7.052", ""),
            ("An der Straße.", "Lindenallee 3", ""),
            ("Irgendwo.", "hinter dem Haus", ""),
            ("Ohne Ort.", "", ""),
        ] {
            state(&town, text, place, drawn).await?.expect(303)?;
        }
        let page = town.get("/beteiligung/1/stellungnahmen/1").send().await?.expect(200)?;
        ensure!(page.body.contains("Linie bei Lindenallee, Oberau") && page.body.contains("data-shape=\"{"), "{}", page.body);
        ensure!(page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        let list = town.get(&format!("{PAGE}/stellungnahmen")).send().await?.expect(200)?;
        for words in ["An der Schule (Fläche bei", "Punkt bei Lindenallee, Oberau", "Lindenallee 3", "hinter dem Haus"] {
            ensure!(list.body.contains(words), "{words}");
        }
        let map = town.get(&format!("{PAGE}/stellungnahmen?ansicht=karte")).send().await?.expect(200)?;
        ensure!(map.body.matches("data-points=\"7.0").count() == 4 && map.body.contains("hinter dem Haus") && !map.body.contains("Ohne Ort."), "{}", map.body);
        ensure!(map.statements().is_some_and(|count| count <= 5), "{:?}", map.statements());
        let features = features(&town).await?;
        let kinds: Vec<&str> = features.iter().filter_map(|feature| feature["geometry"]["type"].as_str()).collect();
        ensure!(kinds == ["LineString", "Polygon", "Point", "Point"], "{kinds:?}");
        ensure!(
            features[0]["geometry"] == serde_json::from_str::<Value>(LINE)? && features[0]["properties"]["place"] == "Lindenallee, Oberau",
            "{}",
            features[0]
        );
        let table = town.get(&format!("{PAGE}/stellungnahmen.csv")).send().await?.expect(200)?;
        ensure!(table.body.contains("54.382000,7.052000") && table.body.contains("LineString"), "{}", table.body);
        Ok(())
    });
}

/// Whether a page has a map and a policy that lets it run: both or neither.
async fn map_runs(town: &TestTown, path: &str, role: Role, expected: bool) -> Result<()> {
    let answer = town.get(path).as_role(role).send().await?.expect(200)?;
    let policy = answer.text("content-security-policy");
    ensure!(policy.contains("worker-src 'self'") == expected && answer.body.contains("data-worker=") == expected, "{path}: {policy}");
    Ok(())
}

#[test]
fn each_page_with_a_map_lets_its_map_run_and_no_other() {
    in_town(async |town| {
        publish(&town, "email", "after").await?;
        state(&town, "Eine Bank fehlt.", "54.382, 7.052", "").await?.expect(303)?;
        for (path, role, expected) in [
            (format!("{PAGE}?absatz=5"), Role::Resident, true),
            (PAGE.to_owned(), Role::Resident, false),
            (format!("{PAGE}/stellungnahmen?ansicht=karte"), Role::Resident, true),
            (format!("{PAGE}/stellungnahmen"), Role::Resident, false),
            ("/beteiligung/1/stellungnahmen/1".to_owned(), Role::Resident, true),
            (format!("{DESK}/papier"), Role::Clerk, true),
        ] {
            map_runs(&town, &path, role, expected).await?;
        }
        let refused = state(&town, "Hier fehlen Bäume.", "", "<svg>").await?.expect(422)?;
        ensure!(refused.text("content-security-policy").contains("worker-src 'self'"), "the form that comes back has its map too");
        Ok(())
    });
}

#[test]
fn a_drawing_that_is_refused_changes_nothing_and_comes_back() {
    in_town(async |town| {
        know_places(&town).await?;
        publish(&town, "email", "after").await?;
        for (place, drawn, words) in [
            ("", r#"{"type":"LineString","coordinates":[[7.05,54.38]]}"#, "Eine Linie braucht zwei"),
            ("", r#"{"type":"Polygon","coordinates":[[[7,54],[7.1,54.1],[7.1,54],[7,54.1],[7,54]]]}"#, "Der Rand der Fläche kreuzt sich."),
            ("", r#"{"type":"Point","coordinates":[13.4,52.5]}"#, "liegt nicht in der Gemeinde"),
            ("52.5, 13.4", "", "liegt nicht in der Gemeinde"),
            ("", "<svg>", "Die Zeichnung ist nicht lesbar."),
        ] {
            let refused = state(&town, "Hier fehlen Bäume.", place, drawn).await?.expect(422)?;
            ensure!(refused.body.contains(words) && refused.body.contains("Hier fehlen Bäume."), "{words}: {}", refused.body);
            ensure!(drawn.starts_with('<') || refused.body.contains(&drawn.replace('"', "&#34;")), "the drawing is kept: {}", refused.body);
        }
        let easy = town.post(&format!("{PAGE}/stellungnahme"), &[("unit", "5"), ("drawn", "?")]).as_role(Role::Resident).header("accept-language", "en");
        ensure!(easy.send().await?.expect(422)?.body.contains("The drawing cannot be read."), "in the reader's language");
        let list = town.get("/beteiligung/1/stellungnahmen.json").send().await?.expect(200)?;
        ensure!(list.body.contains("\"statements\":[]"), "{}", list.body);
        Ok(())
    });
}

#[test]
fn a_clerk_decides_whether_places_are_marked() {
    in_town(async |town| {
        know_places(&town).await?;
        clerk(
            &town,
            "/verwaltung/beteiligung/neu/consultation",
            &[
                ("title", "Welche Bäume sollen geschützt sein?"),
                ("lead", "Sie lesen die Baumsatzung und schreiben dazu."),
                ("open", "Alles."),
                ("decides", "der Gemeinderat"),
            ],
        )
        .await?
        .expect(303)?;
        let form = town.get(&format!("{DESK}/wann")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(
            form.body.contains("name=\"places1\" value=\"1\" checked") && !form.body.contains("name=\"places2\""),
            "offered where people write: {}",
            form.body
        );
        let when = [&PHASES[..], &[("audience", "email"), ("moderation", "after")]].concat();
        clerk(&town, &format!("{DESK}/wann"), &when).await?.expect(303)?;
        let form = town.get(&format!("{DESK}/wann")).as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(form.body.contains("name=\"places1\"") && !form.body.contains("name=\"places1\" value=\"1\" checked"), "{}", form.body);
        let part = "--B\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n# Satzung\n\nBäume.\r\n--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--B--\r\n";
        town.post(&format!("{DESK}/text"), &[]).body("multipart/form-data; boundary=B", part.into()).as_role(Role::Clerk).send().await?.expect(303)?;
        clerk(&town, &format!("{DESK}/vorschau"), &[]).await?.expect(303)?;
        let page = town.get(&format!("{PAGE}?absatz=0")).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(page.body.contains("name=\"text\"") && !page.body.contains("name=\"drawn\""), "no field where no place is taken");
        let guard = town.guarded(FORM).await?;
        let fields = with_guard(&guard, &[("unit", "0"), ("text", "Hier fehlen Bäume."), ("drawn", LINE)]);
        let refused = town.post(&format!("{PAGE}/stellungnahme"), &fields).as_role(Role::Resident).send().await?.expect(422)?;
        ensure!(refused.body.contains("Senden Sie Ihren Text ohne Ort."), "{}", refused.body);
        Ok(())
    });
}

#[test]
fn what_came_on_paper_bears_a_place_too() {
    in_town(async |town| {
        know_places(&town).await?;
        publish(&town, "account", "after").await?;
        let paper = |drawn: &'static str| {
            [
                ("channel", "letter"),
                ("received_on", "2026-06-08"),
                ("unit", "5"),
                ("name", "Obstwiesenverein"),
                ("text", "Birnbäume fehlen."),
                ("once", "a"),
                ("drawn", drawn),
            ]
        };
        let refused = clerk(&town, &format!("{DESK}/papier"), &paper("{}")).await?.expect(422)?;
        ensure!(refused.body.contains("Die Zeichnung ist nicht lesbar."), "{}", refused.body);
        clerk(&town, &format!("{DESK}/papier"), &paper(LINE)).await?.expect(303)?;
        town.post("/verwaltung/beteiligung/stellungnahmen/1", &[("act", "confirm")]).as_role(Role::Editor).send().await?.expect(303)?;
        ensure!(features(&town).await?.len() == 1, "a line");
        Ok(())
    });
}

#[test]
fn an_idea_takes_a_point_and_nothing_else() {
    in_town(async |town| {
        know_places(&town).await?;
        crate::ideas::publish(&town, "ideas", "after").await?;
        let propose = async |title: &str, drawn: &str| {
            let guard = town.guarded("dialogue-idea").await?;
            let fields = with_guard(&guard, &[("title", title), ("text", "Im Sommer fehlt hier Schatten."), ("seen", "1"), ("drawn", drawn)]);
            town.post(&format!("{LIST}/neu"), &fields).as_role(Role::Resident).send().await
        };
        let refused = propose("Bäume an der Straße", LINE).await?.expect(422)?;
        ensure!(refused.body.contains("Hier passt nur ein Punkt."), "{}", refused.body);
        propose("Bäume an der Straße", r#"{"type":"Point","coordinates":[7.052,54.382]}"#).await?.expect(303)?;
        let idea = town.get(&format!("{LIST}/1")).send().await?.expect(200)?;
        ensure!(idea.body.contains("Lindenallee, Oberau"), "{}", idea.body);
        for (path, has_map) in [(LIST.to_owned(), false), (format!("{LIST}?ansicht=karte"), true), (format!("{LIST}/neu"), true)] {
            map_runs(&town, &path, Role::Resident, has_map).await?;
        }
        let open = town.get(&format!("{LIST}.geojson")).send().await?.expect(200)?;
        ensure!(open.body.contains("[7.052,54.382]"), "{}", open.body);
        Ok(())
    });
}
