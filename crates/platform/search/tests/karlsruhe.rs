//! Sixty questions with known answers, and words inside compounds, on the texts of a real city beside the repository.

#[allow(dead_code, reason = "the measuring program uses more of it")]
#[path = "../examples/search_bench/corpus.rs"]
mod corpus;

use allmende_platform::search::{Query, Search};
use allmende_search_index::{Index, folded_words};
use corpus::{Corpus, SITE};

const QUESTIONS: &str = include_str!("../relevance.tsv");

#[test]
fn known_papers_are_among_the_first_three_and_compounds_are_found() {
    let Some(corpus) = Corpus::find() else {
        println!("skipped: ../shared is not here");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::build(&folder.path().join("index"), &|| corpus.documents()).expect("an index");
    let questions: Vec<(&str, &str)> = QUESTIONS.lines().filter_map(|line| line.split_once('\t')).collect();
    let missed: Vec<&str> = questions.iter().filter(|(words, answers)| !is_among_first(&corpus, &index, words, answers)).map(|(words, _)| *words).collect();
    assert_eq!(questions.len(), 60);
    assert!(missed.len() * 10 <= questions.len(), "not among the first three: {missed:?}");
    for (word, piece) in [("Haushalt", "haushalt"), ("Straßenbahn", "strassenbahn"), ("Hochwasser", "hochwasser"), ("Radweg", "radweg")] {
        let having = corpus.texts().expect("texts").filter(|text| folded_words(&text.text).iter().any(|own| own.contains(piece))).count();
        let query = Query { words: word.to_owned(), kinds: vec!["file".to_owned()], ..Query::default() };
        let found = usize::try_from(index.find(&[SITE], &query).expect(word).total).unwrap_or(0);
        assert!(found * 100 >= having * 97, "{word}: {found} of {having}");
    }
}

fn is_among_first(corpus: &Corpus, index: &Index, words: &str, answers: &str) -> bool {
    let found = index.find(&[SITE], &Query { words: words.to_owned(), limit: 3, ..Query::default() }).expect(words);
    let mut paths = found.hits.into_iter().map(|hit| hit.part_of.map_or(hit.path, |whole| whole.path));
    paths.any(|path| corpus.reference_of(&path).is_some_and(|reference| answers.split(',').any(|answer| answer == reference)))
}
