//! The gazetteer through HTTP and in the database, on both engines: loaded whole or not at all, seen by everybody, kept apart by site.

use allmende_core::Role;
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, DbError, sql};
use allmende_places::read::read;
use allmende_places_room::{recognise, store};
use allmende_platform::app::Ports;
use allmende_platform::texts::Texts;
use allmende_testing::on_both_engines;
use allmende_testing::town::{Ask, Assembly, TestTown};
use anyhow::{Context, Result, ensure};

const FIRST: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Oberau","kind":"district"},"geometry":{"type":"Polygon","coordinates":[[[7.0,54.3],[7.1,54.3],[7.1,54.4],[7.0,54.3]]]}},
{"type":"Feature","properties":{"name":"Rosenweg","kind":"street","district":"Oberau","other_names":["Rosengasse"]},"geometry":{"type":"LineString","coordinates":[[7.05,54.32],[7.06,54.33]]}},
{"type":"Feature","properties":{"name":"Ölberg <b>","kind":"place"},"geometry":{"type":"Point","coordinates":[7.05,54.31]}}]}"#;
const SECOND: &str = "name;kind;lat;lon;district\nRosenweg;street;54,33;7,05;Oberau\nOberau;district;54,35;7,05;\nAmselweg;street;54,34;7,06;Oberau\n";
const BROKEN: &str = "name;kind;lat;lon\nRosenweg;street;54,33;7,05\n;street;54,33;7,05\n";

fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let texts = Texts::load(&[allmende_platform::TEXTS, allmende_places_room::TEXTS])?;
        let assembly = Assembly {
            routes: allmende_places_room::routes,
            texts,
            navigation: Vec::new,
            desk: allmende_places_room::desk,
            front: Vec::new,
            ports: Ports::default,
        };
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

fn upload<'t>(town: &'t TestTown, content: &str) -> Ask<'t> {
    let body = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"orte.csv\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--b--\r\n");
    town.post("/verwaltung/orte/pruefen", &[]).body("multipart/form-data; boundary=b", body.into_bytes()).as_role(Role::Administrator)
}

/// The digest that the preview sends on.
fn digest(page: &str) -> Result<String> {
    let value = page.split("name=\"digest\" value=\"").nth(1).context("no digest")?;
    Ok(value.chars().take(64).collect())
}

async fn load(town: &TestTown, content: &str) -> Result<()> {
    let preview = upload(town, content).send().await?.expect(200)?;
    let answer =
        town.post("/verwaltung/orte", &[("digest", &digest(&preview.body)?), ("name", "orte.csv")]).as_role(Role::Administrator).send().await?.expect(303)?;
    ensure!(answer.location().starts_with("/verwaltung/orte?hinweis=admin-places-"), "{}", answer.location());
    Ok(())
}

async fn put(town: &TestTown, content: &'static str) -> Result<store::Replaced> {
    let places = read(content.as_bytes()).places;
    Ok(town.db().write::<_, DbError>(town.site.id, move |tx| store::replace(tx, &places, "file")).await?)
}

/// Changes of the kind that says: read all texts again.
async fn gazetteer_changes(town: &TestTown) -> Result<i64> {
    let site = town.site.id;
    let count = town.db().read(site, move |tx| {
        tx.find(sql!("SELECT COUNT(*) FROM change WHERE site_id = $1 AND kind = $2 AND object_id = 0"), &[&site, &store::CHANGE], |row| row.get(0))
    });
    let count: Result<Option<i64>, DbError> = count.await;
    count?.context("no count")
}

#[test]
fn a_file_is_previewed_loaded_and_seen() {
    in_town(async |town| {
        let empty = town.get("/orte").send().await?.expect(200)?;
        ensure!(empty.body.contains("Noch keine Straßen"), "{}", empty.body);
        ensure!(town.get("/verwaltung/orte").as_role(Role::Administrator).send().await?.expect(200)?.body.contains("Noch ist kein Verzeichnis geladen"));
        let preview = upload(&town, FIRST).send().await?.expect(200)?;
        ensure!(
            preview.body.contains("3 Orte, 0 Fehler") && preview.body.contains("Rosenweg") && preview.body.contains("Ölberg &#60;b&#62;"),
            "{}",
            preview.body
        );
        ensure!(town.get("/orte").send().await?.body.contains("Noch keine Straßen"), "a preview changes nothing");
        load(&town, FIRST).await?;
        let index = town.get("/orte").send().await?.expect(200)?;
        ensure!(index.body.contains("Oberau") && index.body.contains("Rosenweg") && !index.body.contains("<b>"), "{}", index.body);
        ensure!(index.statements().is_some_and(|count| count <= 5), "{:?}", index.statements());
        let path =
            index.body.split("href=\"").find_map(|rest| rest.split('"').next().filter(|path| path.ends_with("-rosenweg"))).context("no link")?.to_owned();
        let street = town.get(&path).send().await?.expect(200)?;
        for part in ["<svg", "/suche?ort=Rosenweg", "/suche?naehe=54.32", "umkreis=500", "/abonnieren?ort=", "Rosengasse", "-oberau\""] {
            ensure!(street.body.contains(part), "{part}: {}", street.body);
        }
        ensure!(street.statements().is_some_and(|count| count <= 5), "{:?}", street.statements());
        let id = path.trim_start_matches("/orte/").split('-').next().context("no id")?.to_owned();
        ensure!(town.get(&format!("/orte/{id}?lang=en")).send().await?.expect(301)?.location() == format!("{path}?lang=en"));
        ensure!(town.get("/orte/999999").send().await?.status == 404 && town.get("/orte/rosenweg").send().await?.status == 404);
        Ok(())
    });
}

#[test]
fn a_file_with_an_error_changes_nothing() {
    in_town(async |town| {
        load(&town, FIRST).await?;
        let refused = upload(&town, BROKEN).send().await?.expect(422)?;
        ensure!(refused.body.contains("Der Name fehlt.") && refused.body.contains(">3<") && !refused.body.contains("name=\"digest\""), "{}", refused.body);
        ensure!(upload(&town, "").send().await?.expect(422)?.body.contains("Wählen Sie eine Datei."));
        let forged = town.post("/verwaltung/orte", &[("digest", &"a".repeat(64)), ("name", "x")]).as_role(Role::Administrator).send().await?;
        ensure!(forged.status == 422);
        let short = town.post("/verwaltung/orte", &[("digest", "../../secret"), ("name", "x")]).as_role(Role::Administrator).send().await?;
        ensure!(short.status == 422);
        ensure!(town.get("/orte").send().await?.body.contains("Rosenweg") && gazetteer_changes(&town).await? == 1);
        Ok(())
    });
}

#[test]
fn only_those_who_set_up_the_site_load_and_each_site_has_its_own() {
    in_town(async |town| {
        for role in [Role::Clerk, Role::Editor, Role::Resident] {
            ensure!(town.get("/verwaltung/orte").as_role(role).send().await?.status == 403);
            ensure!(upload(&town, FIRST).as_role(role).send().await?.status == 403);
        }
        ensure!(town.get("/verwaltung/orte").send().await?.status == 303);
        load(&town, FIRST).await?;
        ensure!(town.get("/orte").on_neighbour().send().await?.body.contains("Noch keine Straßen"));
        let own = town.db().read(town.site.id, store::list_all).await?;
        for row in &own {
            ensure!(town.get(&store::path(row.id, &row.place.name)).on_neighbour().send().await?.status == 404);
        }
        ensure!(town.db().read(town.neighbour.id, recognise::recogniser).await?.places().is_empty());
        Ok(())
    });
}

#[test]
fn a_place_keeps_its_address_and_one_that_left_is_gone() {
    in_town(async |town| {
        ensure!(put(&town, FIRST).await? == store::Replaced { new: 3, ..store::Replaced::default() });
        let before = town.db().read(town.site.id, store::list_all).await?;
        let first = town.db().read(town.site.id, recognise::recogniser).await?;
        ensure!(put(&town, FIRST).await? == store::Replaced { same: 3, ..store::Replaced::default() } && gazetteer_changes(&town).await? == 1);
        let again = town.db().read(town.site.id, recognise::recogniser).await?;
        ensure!(std::sync::Arc::ptr_eq(&first, &again), "what did not change is not made again");
        ensure!(put(&town, SECOND).await? == store::Replaced { new: 1, changed: 2, gone: 1, same: 0 } && gazetteer_changes(&town).await? == 2);
        let after = town.db().read(town.site.id, store::list_all).await?;
        let id = |rows: &[store::PlaceRow], name: &str| rows.iter().find(|row| row.place.name == name).map(|row| row.id);
        ensure!(id(&before, "Rosenweg") == id(&after, "Rosenweg") && id(&before, "Oberau") == id(&after, "Oberau"));
        let gone = id(&before, "Ölberg <b>").context("no row")?;
        ensure!(town.get(&store::path(gone, "Ölberg <b>")).send().await?.status == 410);
        let fresh = town.db().read(town.site.id, recognise::recogniser).await?;
        ensure!(fresh.places().len() == 3 && !fresh.find("im Amselweg 3").is_empty() && first.find("im Amselweg 3").is_empty());
        let found = town.db().read(town.site.id, |tx| recognise::resolve(tx, "rosnweg 3")).await?;
        ensure!(found.first().is_some_and(|(row, candidate)| *row == id(&after, "Rosenweg") && candidate.house_number.as_deref() == Some("3")), "{found:?}");
        Ok(())
    });
}

#[test]
fn the_gazetteer_is_open_data_that_can_be_loaded_again() {
    in_town(async |town| {
        put(&town, FIRST).await?;
        let geojson = town.get("/orte.geojson").send().await?.expect(200)?;
        ensure!(geojson.text("access-control-allow-origin") == "*" && geojson.body.contains("\"web\":\"http://musterau.example/orte/"), "{}", geojson.body);
        ensure!(read(geojson.body.as_bytes()).places == read(FIRST.as_bytes()).places);
        let csv = town.get("/orte.csv").send().await?.expect(200)?;
        ensure!(read(csv.body.as_bytes()).places.len() == 3 && csv.text("content-type").starts_with("text/csv"));
        let tag = csv.text("etag").to_owned();
        ensure!(town.get("/orte.csv").header("if-none-match", &tag).send().await?.status == 304);
        put(&town, SECOND).await?;
        ensure!(town.get("/orte.csv").header("if-none-match", &tag).send().await?.status == 200);
        ensure!(town.get("/orte.csv").on_neighbour().send().await?.expect(200)?.body.lines().count() == 1);
        Ok(())
    });
}

#[test]
fn a_large_list_is_reached_by_letter_and_page() {
    in_town(async |town| {
        let table = (0..450).fold("name;kind;lat;lon;district\nOberau;district;54,35;7,05;\n".to_owned(), |text, row| {
            let letter = if row < 430 { 'A' } else { 'Ö' };
            text + &format!("{letter}-Weg {row:03};street;54,33;7,05;Oberau\n")
        });
        let places = read(table.as_bytes()).places;
        town.db().write::<_, DbError>(town.site.id, move |tx| store::replace(tx, &places, "file")).await?;
        let index = town.get("/orte").send().await?.expect(200)?;
        ensure!(index.body.contains("Wählen Sie den Anfangsbuchstaben.") && !index.body.contains("-Weg 000"), "{}", index.body);
        let mut path = "/orte?buchstabe=a".to_owned();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let page = town.get(&path).send().await?.expect(200)?;
            seen.extend(page.body.split("A-Weg ").skip(1).map(|rest| rest[..3].to_owned()));
            let links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next()).map(|link| link.replace("&#38;", "&"));
            match links.filter(|link| link.contains("nach=")).find_map(|link| link.strip_suffix("#strassen").map(str::to_owned)) {
                Some(next) => path = next,
                None => break,
            }
        }
        ensure!(seen == (0..430).map(|row| format!("{row:03}")).collect::<Vec<_>>(), "{} {:?}", seen.len(), seen.last());
        ensure!(town.get("/orte?buchstabe=O").send().await?.body.contains("Ö-Weg 449"));
        ensure!(town.get("/orte?buchstabe=Z").send().await?.body.contains("Unter diesem Buchstaben steht nichts."));
        ensure!(town.get("/orte?buchstabe=%00&nach=%00.x").send().await?.status == 200);
        let oberau = town.db().read(town.site.id, store::list_districts).await?;
        let district = town.get(&store::path(oberau[0].id, "Oberau")).send().await?.expect(200)?;
        ensure!(district.body.contains("A-Weg 000") && district.body.contains("nach=") && !district.body.contains("naehe="), "{}", district.body);
        Ok(())
    });
}
