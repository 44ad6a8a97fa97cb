//! A real city's texts: precision and recall on 300 passages read by hand, agreement with another program's list of
//! districts, and the speed of the whole. The texts are read from `../shared`, none of them stands here.

#![cfg(test)]

use allmende_places::{Kind, Place, Recogniser, What};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::Instant;

const STREETS: &str = include_str!("karlsruhe/streets.txt");
const PASSAGES: &str = include_str!("karlsruhe/passages.tsv");
const DISTRICTS: [&str; 28] = [
    "Beiertheim-Bulach",
    "Daxlanden",
    "Durlach",
    "Grötzingen",
    "Grünwettersbach",
    "Grünwinkel",
    "Hagsfeld",
    "Hohenwettersbach",
    "Innenstadt",
    "Innenstadt-Ost",
    "Innenstadt-West",
    "Knielingen",
    "Mühlburg",
    "Neureut",
    "Nordstadt",
    "Nordweststadt",
    "Oberreut",
    "Oststadt",
    "Palmbach",
    "Rintheim",
    "Rüppurr",
    "Stupferich",
    "Südstadt",
    "Südweststadt",
    "Waldstadt",
    "Weiherfeld-Dammerstock",
    "Weststadt",
    "Wolfartsweier",
];

/// The 27 districts (and the name that covers two of them) and the streets that the texts themselves name.
fn city() -> Recogniser {
    let place = |name: &str, kind: Kind| {
        let parts = if kind == Kind::District && !name.starts_with("Innenstadt") { name.split_once('-') } else { None };
        let other_names = parts.map_or_else(Vec::new, |(one, other)| vec![one.to_owned(), other.to_owned()]);
        Place { name: name.to_owned(), kind, district: None, other_names, geometry: None }
    };
    let streets = STREETS.lines().filter(|line| !line.starts_with('#')).map(|name| place(name, Kind::Street));
    Recogniser::new(DISTRICTS.iter().map(|name| place(name, Kind::District)).chain(streets).collect()).unwrap_or_else(|error| panic!("{error}"))
}

/// A file of the recorded city, unpacked; nothing where `../shared` is not here.
fn shared(name: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.to_owned();
    let path = [root.parent()?.join("shared"), root.parent()?.parent()?.join("shared")]
        .into_iter()
        .map(|shared| shared.join("data/oparl/karlsruhe").join(name))
        .find(|path| path.exists());
    let Some(path) = path else {
        println!("skipped: ../shared is not here");
        return None;
    };
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(zstd::decode_all(file).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The texts by the number of their file, with the papers they belong to.
fn texts() -> Option<Vec<(String, String, String)>> {
    let bytes = shared("texts-2021-2026.ndjson.zst")?;
    let read = |value: Value| {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        (text("id").rsplit('/').next().unwrap_or_default().to_owned(), text("owner"), text("text"))
    };
    Some(values(&bytes).into_iter().map(read).collect())
}

/// The values of a file of lines.
fn values(bytes: &[u8]) -> Vec<Value> {
    serde_json::Deserializer::from_slice(bytes).into_iter().map(Result::unwrap).collect()
}

fn names(city: &Recogniser, text: &str) -> BTreeSet<String> {
    let name = |what: What| match what {
        What::Place { place, .. } => Some(city.places()[place].name.clone()),
        What::Point(_) => None,
    };
    city.find(text).into_iter().filter_map(|mention| name(mention.what)).collect()
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn take(&mut self, found: &BTreeSet<String>, expected: &BTreeSet<String>) {
        self.right += found.intersection(expected).count();
        self.wrong += found.difference(expected).count();
        self.missed += expected.difference(found).count();
    }

    fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    fn line(&self) -> String {
        let (precision, recall) = (self.precision() * 100.0, self.recall() * 100.0);
        format!("precision {precision:.1} %, recall {recall:.1} % ({} right, {} wrong, {} missed)", self.right, self.wrong, self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[test]
fn three_hundred_passages_read_by_hand() {
    let Some(texts) = texts() else { return };
    let city = city();
    let texts: HashMap<String, String> = texts.into_iter().map(|(file, _, text)| (file, text)).collect();
    let known: BTreeSet<String> = city.places().iter().map(|place| place.name.clone()).collect();
    let (mut by_kind, mut all, mut in_gazetteer, mut without_square, mut count) =
        (BTreeMap::<&str, Score>::new(), Score::default(), Score::default(), Score::default(), 0);
    for line in PASSAGES.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, start, length, drawn, expected] = cells[..] else { panic!("{line}") };
        let start: usize = start.parse().unwrap();
        let passage = &texts[file][start..start + length.parse::<usize>().unwrap()];
        let found = names(&city, passage);
        let expected: BTreeSet<String> = expected.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let kept: BTreeSet<String> = expected.intersection(&known).cloned().collect();
        by_kind.entry(drawn).or_default().take(&found, &expected);
        all.take(&found, &expected);
        in_gazetteer.take(&found, &kept);
        // The square before the town hall stands in the head of every record: it shall not make the figures.
        let other = |names: &BTreeSet<String>| names.iter().filter(|name| *name != "Marktplatz").cloned().collect();
        without_square.take(&other(&found), &other(&kept));
        if found != kept {
            println!(
                "file {file} at {start}: wrong {:?}, missed {:?}",
                found.difference(&expected).collect::<Vec<_>>(),
                kept.difference(&found).collect::<Vec<_>>()
            );
        }
        count += 1;
    }
    assert_eq!(count, 300);
    for (drawn, score) in &by_kind {
        println!("drawn by {drawn}: {}", score.line());
    }
    println!("all that a reader finds: {}", all.line());
    println!("of what the gazetteer holds: {}", in_gazetteer.line());
    println!("of that without the square of the town hall: {}", without_square.line());
    assert!(without_square.precision() >= 0.97, "{}", without_square.line());
    assert!(without_square.recall() >= 0.95, "{}", without_square.line());
}

#[test]
fn districts_of_papers_beside_another_programs_list() {
    let (Some(texts), Some(list), Some(papers)) = (texts(), shared("paper-stadtteile.json.zst"), shared("papers.base-2026-07-18.ndjson.zst")) else { return };
    let city = city();
    let list: Value = serde_json::from_slice(&list).unwrap();
    let bytes: usize = texts.iter().map(|(_, _, text)| text.len()).sum();
    let started = Instant::now();
    let mentions: usize = texts.iter().map(|(_, _, text)| city.find(text).len()).sum();
    let seconds = started.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(bytes).unwrap()) / 1e6;
    println!("{megabytes:.0} MB of texts, {mentions} mentions in {seconds:.2} s: {:.0} MB/s", megabytes / seconds);
    println!("{} places, automaton {} kB", city.places().len(), city.memory_bytes() / 1024);
    let mut found = HashMap::<String, BTreeSet<String>>::new();
    let districts = |text: &str| names(&city, text).into_iter().filter(|name| DISTRICTS.contains(&name.as_str())).collect::<BTreeSet<_>>();
    for (_, owner, text) in &texts {
        found.entry(owner.rsplit('/').next().unwrap_or_default().to_owned()).or_default().extend(districts(text));
    }
    // Only papers with a text: the list was made from more texts than the record holds.
    for paper in values(&papers) {
        let id = paper["id"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        if let Some(own) = found.get_mut(id) {
            own.extend(districts(paper["name"].as_str().unwrap_or_default()));
        }
    }
    let (mut all, mut without_joint, mut primary, mut disagreements) = (Score::default(), Score::default(), Score::default(), Vec::new());
    for (paper, own) in &found {
        let theirs =
            |key: &str| list["papers"][paper][key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<_>>();
        let (first, mut both) = (theirs("primary"), theirs("mentioned"));
        both.extend(first.iter().cloned());
        all.take(own, &both);
        primary.take(own, &first);
        // Where the texts say "Wettersbach" the list says both villages that bear the name.
        let other = |names: &BTreeSet<String>| names.iter().filter(|name| !["Grünwettersbach", "Palmbach"].contains(&name.as_str())).cloned().collect();
        without_joint.take(&other(own), &other(&both));
        if *own != both {
            disagreements.push((paper, own.difference(&both).cloned().collect::<Vec<_>>(), both.difference(own).cloned().collect::<Vec<_>>()));
        }
    }
    println!("{} papers with texts; beside all districts of the list: {}", found.len(), all.line());
    println!("without the two villages of Wettersbach: {}", without_joint.line());
    println!("beside its primary districts: {}", primary.line());
    disagreements.sort();
    println!("{} papers disagree; some of them:", disagreements.len());
    for (paper, only_ours, only_theirs) in disagreements.iter().step_by(disagreements.len() / 60 + 1) {
        println!("paper {paper}: only here {only_ours:?}, only there {only_theirs:?}");
    }
    assert!(all.precision() >= 0.8 && all.recall() >= 0.6, "{}", all.line());
}
