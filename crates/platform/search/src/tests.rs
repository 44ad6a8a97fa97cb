//! What a search finds, on invented texts in memory.

use crate::Index;
use allmende_core::{Id, Instant, Site};
use allmende_platform::search::{Document, Found, Named, Near, Point, Query, Search, Sort, Why};

const TOWN: Id<Site> = Id::new(1);
const OTHER: Id<Site> = Id::new(2);

fn paper(object_id: i64, title: &str, text: &str) -> Document {
    Document {
        kind: "paper",
        object_id,
        path: format!("/rat/vorlagen/{object_id}"),
        title: title.to_owned(),
        reference: Some(format!("2024/{object_id:04}")),
        pages: vec![text.to_owned()],
        type_word: Some("Antrag".to_owned()),
        body: Some("Musterau".to_owned()),
        happened_at: Some(Instant::from_millis(1_700_000_000_000 + object_id * 86_400_000 * 40)),
        ..Document::default()
    }
}

fn town() -> Index {
    let mut documents = vec![
        paper(1, "Neue Straßenbahn in die Oststadt", "Die Bahn hält an jeder Haltestelle. Die Straße wird breiter."),
        paper(2, "Straßenbahnhaltestelle am Markt", "Ein Häuschen mit Sitzbank. Der Haushaltsplan sieht das vor."),
        paper(3, "Haushalt 2025", "Der Haushalt der Stadt. Am 3. Mai 2024 beraten, siehe DS 17/2024."),
        paper(4, "Schulhof der Grundschule", "Die Kinder der Schule wünschen Spielgeräte. Der Hof gehört zur Schule."),
        paper(5, "Radweg am Fluss", "Ein Radweg für alle. Müller und Mueller sind dafür."),
    ];
    documents[0].committees = vec!["Ausschuss für Verkehr".to_owned()];
    documents[1].committees = vec!["Ausschuss für Verkehr".to_owned(), "Gemeinderat".to_owned()];
    documents[3].places = vec!["Oststadt".to_owned()];
    documents[3].points = vec![Point { longitude: 8.0, latitude: 49.5 }, Point { longitude: 8.4, latitude: 49.0 }];
    documents[4].points = vec![Point { longitude: 8.41, latitude: 49.0 }];
    documents[4].pages = vec!["Erste Seite.".to_owned(), "Zweite Seite: ein Radweg für alle. Müller und Mueller sind dafür.".to_owned()];
    documents[4].is_paged = true;
    let mut all: Vec<_> = documents.into_iter().map(|document| (TOWN, document)).collect();
    all.push((OTHER, paper(1, "Radweg der Nachbarn", "Anderswo.")));
    let mut file = paper(9, "anlage.pdf", "Die Gleise der Linie kreuzen den Markt.");
    (file.kind, file.reference, file.path) = ("file", None, "/rat/dateien/9".to_owned());
    file.part_of = Some(Named { title: "Straßenbahnhaltestelle am Markt".to_owned(), path: "/rat/vorlagen/2".to_owned() });
    all.push((TOWN, file));
    Index::in_memory(&all).expect("an index")
}

fn ask(words: &str) -> Query {
    Query { words: words.to_owned(), limit: 10, ..Query::default() }
}

fn ids(found: &Found) -> Vec<i64> {
    found.hits.iter().map(|hit| hit.object_id).collect()
}

fn check(words: &str, expected: &[i64]) {
    let found = town().find(&[TOWN], &ask(words)).expect(words);
    let mut seen = ids(&found);
    let mut expected = expected.to_vec();
    seen.sort_unstable();
    expected.sort_unstable();
    assert_eq!(seen, expected, "{words}");
    assert_eq!(found.total, expected.len() as u64, "{words}");
}

#[test]
fn a_word_is_found_in_every_form_and_in_compounds() {
    check("Straßenbahn", &[1, 2, 9]);
    check("STRASSENBAHNEN", &[1, 2, 9]);
    check("Haushalt", &[2, 3]);
    check("schule", &[4]);
    check("Mueller", &[5]);
    check("Haus", &[]);
    check("radwege fluss", &[5]);
}

#[test]
fn whole_words_come_before_parts() {
    let found = town().find(&[TOWN], &ask("Haushalt")).expect("found");
    assert_eq!(ids(&found), [3, 2]);
    assert!(found.hits[0].why.contains(&Why::Title) && found.hits[1].why == [Why::Form], "{:?} {:?}", found.hits[0].why, found.hits[1].why);
}

#[test]
fn phrases_exclusions_beginnings_and_fields() {
    check("\"Haushalt der Stadt\"", &[3]);
    check("\"Stadt der Haushalt\"", &[]);
    check("Haushalt -Haushaltsplan", &[3]);
    check("Straßenbahn -Bahn", &[2, 9]);
    check("Straßen*", &[1, 2]);
    check("titel:Haushalt", &[3]);
    check("gremium:Verkehr", &[1, 2]);
    check("gremium:\"Ausschuss für Verkehr\" -gremium:Gemeinderat", &[1]);
    check("ort:Oststadt", &[4]);
    check("art:Antrag Radweg", &[5]);
    check("nummer:2024/3", &[3]);
}

#[test]
fn numbers_and_dates_are_found_in_every_form() {
    check("2024/0003", &[3]);
    check("2024 0003", &[3]);
    check("DS 17/2024", &[3]);
    check("03.05.2024", &[3]);
    check("2024-05-03", &[3]);
    check("Mai 2024", &[3]);
    let found = town().find(&[TOWN], &ask("2024/3")).expect("found");
    assert_eq!(found.hits[0].why[0], Why::Reference);
}

#[test]
fn typing_errors_are_forgiven_only_in_unknown_words() {
    let found = town().find(&[TOWN], &ask("Hausahlt")).expect("found");
    assert_eq!((ids(&found)[0], found.did_you_mean.as_deref()), (3, Some("haushalt")));
    assert!(found.hits[0].why.contains(&Why::Typing), "{:?}", found.hits[0].why);
    let found = town().find(&[TOWN], &ask("Haushalt")).expect("found");
    assert_eq!(found.did_you_mean, None);
    check("xqzwv", &[]);
}

#[test]
fn where_nothing_has_all_words_most_of_them_do() {
    let found = town().find(&[TOWN], &ask("Radweg Fluss Gletscherspalte")).expect("found");
    assert_eq!((ids(&found), found.words_left_out), (vec![5], 1));
    let found = town().find(&[TOWN], &ask("Radweg Fluss")).expect("found");
    assert_eq!(found.words_left_out, 0);
    let found = town().find(&[TOWN], &ask("Gletscherspalte")).expect("found");
    assert_eq!((found.total, found.words_left_out), (0, 0));
}

#[test]
fn facets_count_what_the_other_filters_let_through() {
    let index = town();
    let query = Query { with_facets: true, ..ask("") };
    let values = |found: &Found, field: &str| found.facets.iter().find(|facet| facet.field == field).map(|facet| facet.values.clone()).unwrap_or_default();
    let found = index.find(&[TOWN], &query).expect("found");
    assert_eq!(found.total, 6);
    assert_eq!(values(&found, "kind"), [("paper".to_owned(), 5), ("file".to_owned(), 1)]);
    assert_eq!(values(&found, "committee"), [("Ausschuss für Verkehr".to_owned(), 2), ("Gemeinderat".to_owned(), 1)]);
    assert_eq!(values(&found, "year").iter().map(|(_, count)| count).sum::<u64>(), 6);
    let found = index.find(&[TOWN], &Query { kinds: vec!["file".to_owned()], ..query.clone() }).expect("found");
    assert_eq!(found.total, 1);
    assert_eq!(values(&found, "kind").len(), 2);
    assert_eq!(values(&found, "committee"), []);
    let found = index.find(&[TOWN], &Query { kinds: vec!["nothing".to_owned()], ..query }).expect("found");
    assert_eq!(found.total, 0);
}

#[test]
fn sites_are_kept_apart_and_a_network_sees_several() {
    let index = town();
    assert_eq!(index.find(&[OTHER], &ask("Radweg")).expect("found").total, 1);
    assert_eq!(index.find(&[TOWN, OTHER], &ask("Radweg")).expect("found").total, 2);
    assert_eq!(index.find(&[], &ask("Radweg")).expect("found").total, 0);
}

#[test]
fn near_takes_any_of_several_points() {
    let index = town();
    let near = |radius_m| Query { near: Some(Near { point: Point { longitude: 8.4, latitude: 49.0 }, radius_m }), sort: Sort::Nearest, ..ask("") };
    let found = index.find(&[TOWN], &near(1_000)).expect("found");
    assert_eq!(ids(&found), [4, 5]);
    assert_eq!(found.hits[0].distance_m, Some(0));
    assert_eq!(found.hits[1].distance_m.map(|metres| metres / 10), Some(73));
    assert_eq!(ids(&index.find(&[TOWN], &near(700)).expect("found")), [4]);
}

#[test]
fn dates_filter_and_sort() {
    let index = town();
    let found = index.find(&[TOWN], &Query { sort: Sort::Newest, ..ask("") }).expect("found");
    assert_eq!(ids(&found), [9, 5, 4, 3, 2, 1]);
    let at = found.hits[2].happened_at;
    let from = |from, until| ids(&index.find(&[TOWN], &Query { from, until, sort: Sort::Newest, ..ask("") }).expect("found"));
    assert_eq!(from(at, None), [9, 5, 4]);
    assert_eq!(from(None, at), [3, 2, 1]);
    check("datum:2023", &[1]);
    check("datum:2022", &[]);
    check("datum:2024-04", &[4]);
}

#[test]
fn a_passage_has_marks_and_the_page() {
    let found = town().find(&[TOWN], &ask("Radweg")).expect("found");
    let hit = found.hits.iter().find(|hit| hit.object_id == 5).expect("the paper");
    assert_eq!(hit.title.pieces, [("Radweg".to_owned(), true), (" am Fluss".to_owned(), false)]);
    assert_eq!(hit.passages.len(), 1);
    assert_eq!(hit.passages[0].page, Some(2));
    assert!(hit.passages[0].pieces.contains(&("Radweg".to_owned(), true)), "{:?}", hit.passages);
    let found = town().find(&[TOWN], &ask("Haushalt")).expect("found");
    assert!(found.hits[1].passages[0].pieces.contains(&("Haushaltsplan".to_owned(), true)), "{:?}", found.hits[1].passages);
}

#[test]
fn offset_and_limit_cut_one_order() {
    let index = town();
    let all = ids(&index.find(&[TOWN], &ask("")).expect("found"));
    for offset in 0..all.len() {
        let some = index.find(&[TOWN], &Query { offset, limit: 2, ..ask("") }).expect("found");
        assert_eq!(ids(&some), all[offset..(offset + 2).min(all.len())]);
    }
    assert!(index.find(&[TOWN], &Query { limit: 0, ..ask("") }).expect("found").hits.is_empty());
}

#[test]
fn suggestions_are_words_as_written_and_titles() {
    let index = town();
    let suggest = |typed: &str| index.suggest(&[TOWN], typed, 8).expect("suggestions");
    let words: Vec<String> = suggest("straßenb").into_iter().map(|one| one.words).collect();
    assert!(words.contains(&"Straßenbahn".to_owned()) && words.contains(&"Neue Straßenbahn in die Oststadt".to_owned()), "{words:?}");
    assert!(suggest("Neue Stra").iter().any(|one| one.path.as_deref() == Some("/rat/vorlagen/1")));
    assert!(suggest("Nachb").is_empty(), "what only another site has is not suggested");
    assert!(suggest("").is_empty() && suggest("???").is_empty() && suggest(&"a".repeat(600)).is_empty());
}

#[test]
fn similar_shares_words_and_is_not_itself() {
    let index = town();
    let similar = index.similar(TOWN, "paper", 1, 5).expect("similar");
    assert!(similar.iter().all(|hit| hit.object_id != 1 && hit.kind == "paper"), "{similar:?}");
    assert!(index.similar(TOWN, "paper", 99, 5).expect("similar").is_empty());
}

#[test]
fn a_batch_matches_as_a_search_finds() {
    let index = town();
    let documents = [paper(20, "Haushaltsplan 2026", "Text."), paper(21, "Radwege", "Der Haushalt."), paper(22, "Anderes", "Hausahlt.")];
    let queries = [ask("Haushalt"), ask("Radweg"), ask("Haushalt"), ask("Radweg Haushalt"), ask(&"x".repeat(600)), ask("Haushalt -Haushaltsplan"), ask("")];
    let matched = index.matching(TOWN, &documents, &queries).expect("matches");
    assert_eq!(matched, [vec![0, 1], vec![1], vec![0, 1], vec![1], vec![], vec![1], vec![0, 1, 2]]);
}

#[test]
fn malformed_questions_never_fail() {
    let index = town();
    for words in ["\"", "-", "*", ":", "titel:", "\"\"", "-\"\"", "a* -b* \"c", "art::x", "AND OR NOT", "\u{0}", "a\u{301}", "🦀", "datum:9999-99-99"] {
        index.find(&[TOWN], &Query { with_facets: true, ..ask(words) }).expect(words);
        index.suggest(&[TOWN], words, 5).expect(words);
    }
    assert!(index.find(&[TOWN], &ask(&"ä".repeat(501))).is_err());
}

#[test]
fn nothing_is_matched_before_a_vocabulary_is_learnt() {
    let document = paper(1, "Neue Straßenbahn", "Die Bahn kommt.");
    let ask = || [ask("Bahn")];
    assert!(Index::unbuilt().expect("an index").matching(TOWN, std::slice::from_ref(&document), &ask()).is_err());
    assert_eq!(town().matching(TOWN, std::slice::from_ref(&document), &ask()).expect("matched"), [vec![0]]);
}

#[test]
fn the_whole_word_comes_before_the_compound() {
    let mut documents = vec![(TOWN, paper(1, "Grundschule und Hauptschule", "Die Grundschule, die Hauptschule, die Realschule."))];
    documents.push((TOWN, paper(2, "Bericht", &format!("{} Eine Schule wird genannt.", "Vieles andere steht hier. ".repeat(200)))));
    let index = Index::in_memory(&documents).expect("an index");
    assert_eq!(ids(&index.find(&[TOWN], &ask("Schule")).expect("found")), [2, 1]);
}

#[test]
fn a_passage_is_found_far_behind_with_its_page() {
    let mut long = paper(1, "Haushaltsplan", "");
    long.pages = (1..=400).map(|page| format!("Seite {page} spricht von vielem. {}", "Zahlen und Worte stehen hier. ".repeat(60))).collect();
    long.pages[387].push_str(" Das Freibad bekommt eine Rutsche.");
    long.is_paged = true;
    let index = Index::in_memory(&[(TOWN, long)]).expect("an index");
    let found = index.find(&[TOWN], &ask("Freibad Rutsche")).expect("found");
    let passage = &found.hits[0].passages[0];
    assert_eq!(passage.page, Some(388));
    let marked: Vec<&str> = passage.pieces.iter().filter(|(_, is_marked)| *is_marked).map(|(text, _)| text.as_str()).collect();
    assert_eq!(marked, ["Freibad", "Rutsche"]);
}
