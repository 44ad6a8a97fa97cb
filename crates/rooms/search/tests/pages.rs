//! The search keeps its promises whatever the index answers: addresses that can be shared, hits that lead to their page, filters
//! that can be taken back, and the same hits for programs.

use allmende_core::{Id, Instant, Site};
use allmende_db::{Clock, DbError, Tx, schema};
use allmende_platform::app::Ports;
use allmende_platform::search::{Document, Facet, Found, Hit, Named, Passage, Point, Query, Search, SearchError, Sort, Suggestion, Why};
use allmende_platform::texts::Texts;
use allmende_platform::tiles::Tiles;
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use anyhow::{Context, Result, ensure};
use std::sync::Arc;

/// Answers what the words ask for: `viele` 45 hits, `nichts` none, `falsch` a refusal, `weg` no index, all else one hit that tells
/// what was asked.
struct Told;

fn passage(page: Option<u32>, pieces: &[(&str, bool)]) -> Passage {
    Passage { page, pieces: pieces.iter().map(|(text, is_marked)| ((*text).to_owned(), *is_marked)).collect() }
}

fn hit(sites: &[Id<Site>], query: &Query) -> Hit {
    Hit {
        site: sites[0],
        kind: "file".to_owned(),
        object_id: 7,
        path: "/rat/dateien/7".to_owned(),
        title: passage(None, &[("Plan für den ", false), ("<Radweg>", true)]),
        reference: Some("2026/016".to_owned()),
        type_word: None,
        happened_at: Some(Instant::from_millis(1_780_902_000_000)),
        committees: vec!["Bauausschuss".to_owned(), "Rat".to_owned(), "Ortsrat".to_owned(), "Beirat".to_owned()],
        places: vec!["Oberau".to_owned()],
        points: vec![Point { longitude: 8.4, latitude: 49.0 }],
        distance_m: query.near.map(|near| near.radius_m),
        status: Some("adopted".to_owned()),
        part_of: Some(Named { title: "Radweg".to_owned(), path: "/rat/vorlagen/3-radweg".to_owned() }),
        passages: vec![passage(Some(3), &[("der ", false), ("Radweg", true), (" wird gebaut", false)])],
        why: vec![Why::Title, Why::Word, Why::Word],
    }
}

impl Search for Told {
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError> {
        let facet = |field, values: &[(&str, u64)]| Facet { field, values: values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect() };
        let facets = vec![
            facet("kind", &[("paper", 2), ("file", 1)]),
            facet("committee", &[("Rat & Tat", 3), ("Bauausschuss", 1)]),
            facet("dimension", &[("transparency", 3)]),
        ];
        match query.words.as_str() {
            "falsch" => Err(SearchError::Refused("search-too-long")),
            "weg" => Err(SearchError::Unavailable("disk".to_owned())),
            "nichts" => Ok(Found { did_you_mean: Some("nicht <s>".to_owned()), ..Found::default() }),
            "viele" => {
                Ok(Found { total: 45, hits: vec![hit(sites, query); query.limit.min(45usize.saturating_sub(query.offset))], facets, ..Found::default() })
            }
            _ => {
                let mut one = hit(sites, query);
                one.places = vec![format!("{} sites, {:?}, {:?}, {:?}", sites.len(), query.kinds, query.sort, query.near.map(|near| near.point.latitude))];
                Ok(Found { total: 1, hits: vec![one], facets, ..Found::default() })
            }
        }
    }

    fn suggest(&self, _: &[Id<Site>], typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let title = Suggestion { words: format!("{typed} \"Haus\""), path: Some("/rat/vorlagen/3".to_owned()), kind: Some("paper".to_owned()) };
        Ok(vec![title, Suggestion { words: format!("{typed}weg"), path: None, kind: None }].into_iter().take(limit).collect())
    }

    fn similar(&self, _: Id<Site>, _: &str, _: i64, _: usize) -> Result<Vec<Hit>, SearchError> {
        Ok(Vec::new())
    }

    fn matching(&self, _: Id<Site>, _: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        Ok(vec![Vec::new(); queries.len()])
    }
}

fn resolve(_: &mut Tx<'_>, address: &str) -> Result<Option<Point>, DbError> {
    Ok((address == "Lindenallee 3").then_some(Point { longitude: 8.4, latitude: 49.5 }))
}

fn ports() -> Ports {
    Ports { search: Arc::new(Told), resolve_place: resolve, ..Ports::default() }
}

fn ports_with_tiles() -> Ports {
    let tiles = Tiles::new("https://tiles.example/{z}/{x}/{y}.png", "© Amt & Söhne").ok().map(Arc::new);
    Ports { tiles, boundaries_path: "/orte.geojson", ..ports() }
}

fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    in_town_with(ports, test);
}

fn in_town_with(ports: fn() -> Ports, test: impl AsyncFn(TestTown) -> Result<()>) {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let texts = Texts::load(&[allmende_platform::TEXTS, allmende_search::TEXTS])?;
        let assembly = Assembly { routes: allmende_search::routes, texts, navigation: Vec::new, desk: Vec::new, front: Vec::new, ports };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

async fn page(town: &TestTown, path: &str, status: u16) -> Result<String> {
    Ok(town.get(path).send().await?.expect(status)?.body)
}

async fn json(town: &TestTown, path: &str, status: u16) -> Result<serde_json::Value> {
    let answer = town.get(path).send().await?.expect(status)?;
    ensure!(answer.headers.get("access-control-allow-origin").is_some_and(|value| value == "*"), "{path} is open to all");
    Ok(serde_json::from_str(&answer.body)?)
}

#[test]
fn what_narrows_the_hits_stands_closed_before_them() {
    in_town(async |town| {
        for path in ["/suche?q=radweg", "/suche/karte?q=radweg"] {
            let html = page(&town, path, 200).await?;
            let place = |what: &str| html.find(what).filter(|_| html.matches(what).count() == 1);
            let (filters, hits) = (place("<details class=\"facets-all\"><summary>"), place("<ol class=\"rows results hits"));
            ensure!(filters.is_some() && hits.is_some() && filters < hits, "{path}: {filters:?}, {hits:?}");
        }
        Ok(())
    });
}

#[test]
fn a_map_calls_another_server_only_if_the_operator_names_it() {
    in_town(async |town| {
        let answer = town.get("/suche/karte?q=radweg").send().await?.expect(200)?;
        ensure!(!answer.text("content-security-policy").contains("http") && !answer.body.contains("data-tiles"), "{}", answer.body);
        Ok(())
    });
    in_town_with(ports_with_tiles, async |town| {
        let answer = town.get("/suche/karte?q=radweg").send().await?.expect(200)?;
        ensure!(
            answer.body.contains("data-tiles=\"https://tiles.example/{z}/{x}/{y}.png\"") && answer.body.contains("Karte: © Amt &#38; Söhne"),
            "{}",
            answer.body
        );
        let policy = answer.text("content-security-policy");
        ensure!(policy.matches("https://tiles.example").count() == 2 && policy.contains("connect-src 'self' https://tiles.example"), "{policy}");
        let list = town.get("/suche?q=radweg").send().await?.expect(200)?;
        ensure!(!list.text("content-security-policy").contains("http"), "only the page of the map");
        Ok(())
    });
}

#[test]
fn a_hit_leads_to_its_page_and_says_why() {
    in_town(async |town| {
        let html = page(&town, "/suche?q=radweg", 200).await?;
        ensure!(html.contains("Plan für den <mark>&#60;Radweg&#62;</mark>"), "what was found is marked and nothing else is markup: {html}");
        ensure!(html.contains("href=\"/rat/dateien/7?seite=3#seite-3\">Seite 3</a>"));
        ensure!(html.contains("Gehört zu: <a href=\"/rat/vorlagen/3-radweg\">Radweg</a>") && html.contains("Datei 2026/016"));
        ensure!(html.contains("im Titel, im Text") && !html.contains("im Text, im Text"));
        ensure!(html.contains("Bauausschuss, Rat, Ortsrat und 1 weitere") && html.contains("8.\u{a0}Juni 2026") && html.contains(">beschlossen<"));
        ensure!(html.contains("noindex"), "search engines read the things, not the lists of hits");
        ensure!(!page(&town, "/suche", 200).await?.contains("noindex"));
        Ok(())
    });
}

#[test]
fn filters_are_links_that_can_be_taken_back() {
    in_town(async |town| {
        let html = page(&town, "/suche?q=radweg&art=vorlage&von=2026-01-01", 200).await?;
        ensure!(html.contains("href=\"/suche?q=radweg&#38;art=vorlage&#38;art=datei&#38;von=2026-01-01\""), "a further value: {html}");
        ensure!(html.contains("gremium=Rat%20%26%20Tat"));
        ensure!(html.contains("href=\"/suche?q=radweg&#38;von=2026-01-01\""), "without the kind");
        ensure!(html.contains("href=\"/suche?q=radweg&#38;art=vorlage\">ab 1.\u{a0}Januar 2026"), "without the day");
        ensure!(html.contains("<input type=\"hidden\" name=\"art\" value=\"vorlage\">"), "a new word keeps the filters");
        ensure!(!html.contains("Transparenz"), "a filter that changes nothing is left out");
        Ok(())
    });
}

#[test]
fn pages_follow_one_another_and_end() {
    in_town(async |town| {
        let first = page(&town, "/suche?q=viele", 200).await?;
        ensure!(first.contains("45 Treffer") && first.contains("rel=\"next\"") && !first.contains("rel=\"prev\"") && first.contains("Seite 1 von 3"));
        let last = page(&town, "/suche?q=viele&seite=3", 200).await?;
        ensure!(last.contains("start=\"41\"") && !last.contains("rel=\"next\"") && last.contains("href=\"/suche?q=viele&#38;seite=2\" rel=\"prev\""));
        ensure!(page(&town, "/suche?q=viele&seite=4", 200).await?.contains("Dazu ist nichts zu finden."));
        Ok(())
    });
}

#[test]
fn who_finds_nothing_or_asks_too_much_is_told_what_to_do() {
    in_town(async |town| {
        let none = page(&town, "/suche?q=nichts&art=vorlage", 200).await?;
        ensure!(
            none.contains("nicht &#60;s&#62;")
                && none.contains("Ohne Eingrenzung suchen")
                && none.contains("href=\"/suche?q=nicht%20%3Cs%3E&#38;art=vorlage\"")
        );
        ensure!(page(&town, "/suche?q=falsch", 422).await?.contains("höchstens 400 Zeichen"));
        ensure!(page(&town, "/suche?q=weg", 503).await?.contains("Versuchen Sie es in einer Minute noch einmal"));
        ensure!(page(&town, "/suche?q=x&naehe=Nirgendsweg", 200).await?.contains("Diese Adresse kennt die Suche nicht"));
        for address in ["/suche?q=%22%3E%3Cscript%3E", "/suche?art=%3Cscript%3E", "/suche?naehe=%3Cscript%3E&ort=%22%3E%3Cscript%3E"] {
            ensure!(!page(&town, address, 200).await?.contains("<script>"), "{address}");
        }
        Ok(())
    });
}

#[test]
fn near_is_an_address_or_coordinates() {
    in_town(async |town| {
        for (near, latitude) in [("49.0,8.4", "Some(49.0)"), ("Lindenallee%203", "Some(49.5)")] {
            let found = json(&town, &format!("/suche.json?naehe={near}&umkreis=200"), 200).await?;
            let told = found["hits"][0]["places"][0].as_str().context("nothing told")?;
            ensure!(told.contains(latitude) && told.contains(&format!("{:?}", Sort::Nearest)), "{told}");
            ensure!(found["hits"][0]["distance_m"] == 200);
        }
        ensure!(json(&town, "/suche.json?naehe=Nirgendsweg", 422).await?["key"] == "search-place-unknown");
        Ok(())
    });
}

#[test]
fn the_same_hits_answer_as_json() {
    in_town(async |town| {
        let found = json(&town, "/suche.json?q=radweg&art=datei&facetten=1", 200).await?;
        ensure!(found["total"] == 1 && found["hits"][0]["art"] == "datei" && found["hits"][0]["url"] == "http://musterau.example/rat/dateien/7");
        ensure!(found["hits"][0]["passages"][0]["url"] == "http://musterau.example/rat/dateien/7?seite=3#seite-3");
        ensure!(found["hits"][0]["marks"] == serde_json::json!([[13, 8]]) && found["hits"][0]["status"] == "beschlossen");
        ensure!(found["facets"]["art"][0] == serde_json::json!({"value": "vorlage", "count": 2}) && found["next"].is_null());
        ensure!(found["hits"][0]["places"][0].as_str().is_some_and(|told| told.contains("[\"file\"]")), "German nouns become the index's kinds");
        let many = json(&town, "/suche.json?q=viele&anzahl=30", 200).await?;
        ensure!(many["hits"].as_array().is_some_and(|hits| hits.len() == 30) && many["next"] == "http://musterau.example/suche.json?q=viele&seite=2&anzahl=30");
        ensure!(json(&town, "/suche.json?q=viele&anzahl=30&seite=2", 200).await?["next"].is_null());
        ensure!(json(&town, "/suche.json?q=falsch", 422).await?["key"] == "search-too-long");
        ensure!(json(&town, "/suche.json?q=weg", 503).await?["status"] == 503);
        Ok(())
    });
}

#[test]
fn feeds_and_descriptions_are_offered() {
    in_town(async |town| {
        let atom = page(&town, "/suche.atom?q=radweg", 200).await?;
        ensure!(atom.contains("<entry>") && atom.contains("http://musterau.example/rat/dateien/7") && atom.contains("Plan für den &lt;Radweg&gt;"), "{atom}");
        let description = page(&town, "/opensearch.xml", 200).await?;
        ensure!(description.contains("http://musterau.example/suche?q={searchTerms}") && description.contains("<ShortName>Gemeinde Mustera</ShortName>"));
        ensure!(page(&town, "/suche", 200).await?.contains("href=\"/opensearch.xml\""));
        let words = page(&town, "/suche/vorschlaege.json?q=rad", 200).await?;
        ensure!(words.contains("\"radweg\"") && words.contains("\"kind\":\"Vorlage\""));
        ensure!(page(&town, "/suche/vorschlaege.json?form=liste&q=rad", 200).await? == "[\"rad\",[\"rad \\\"Haus\\\"\",\"radweg\"]]");
        ensure!(page(&town, "/suche/vorschlaege.json", 200).await?.contains("[]"));
        Ok(())
    });
}

#[test]
fn only_the_map_may_start_a_worker() {
    in_town(async |town| {
        let policy = async |path: &str| {
            let answer = town.get(path).send().await?.expect(200)?;
            Ok::<_, anyhow::Error>(answer.headers.get("content-security-policy").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned())
        };
        let (list, map) = (policy("/suche?q=radweg").await?, policy("/suche/karte?q=radweg").await?);
        ensure!(map.contains("worker-src 'self'") && !list.contains("worker-src") && !map.contains("unsafe") && !map.contains("http"));
        let html = page(&town, "/suche/karte?q=radweg", 200).await?;
        ensure!(
            html.contains("data-points=\"8.4,49\"") && html.contains("/assets/map.") && !page(&town, "/suche?q=radweg", 200).await?.contains("/assets/map.")
        );
        Ok(())
    });
}

#[test]
fn a_search_asks_no_database() {
    in_town(async |town| {
        for path in ["/suche", "/suche?q=radweg", "/suche/karte?q=radweg", "/suche.json?q=radweg", "/suche/vorschlaege.json?q=rad", "/suche/hilfe"] {
            let answer = town.get(path).send().await?.expect(200)?;
            let timing = answer.headers.get("server-timing").and_then(|value| value.to_str().ok()).unwrap_or_default();
            ensure!(timing.contains("statements=0"), "{path}: {timing}");
        }
        Ok(())
    });
}
