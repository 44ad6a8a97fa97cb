//! The tree statute of the invented town in two versions, each passage with the place where it must come out.

use super::judge::{none_is_lost, play};
use super::script::Draft;
use allmende_texts::difference::{Became, Counts, Sentence, count};
use allmende_texts::write::html;
use allmende_texts::{Anchor, Change, Format, How, Limits, Spot, Text, Unit, align, carry, difference, read, steps};

fn versions() -> (Text, Text) {
    let text = |file: &str| read(Format::Markdown, file.as_bytes(), &Limits::default()).unwrap().text;
    let old = text(include_str!("fassung-1.md"));
    let new = align(&old, text(include_str!("fassung-2.md")));
    (old, new)
}

fn holding<'t>(text: &'t Text, words: &str) -> &'t Unit {
    text.units().iter().find(|unit| unit.text.contains(words)).unwrap_or_else(|| panic!("»{words}«"))
}

fn anchor(text: &Text, words: &str) -> Anchor {
    let unit = holding(text, words);
    let start = unit.text[..unit.text.find(words).unwrap()].chars().count();
    Anchor::new(text, unit.id, start, start + words.chars().count()).unwrap()
}

/// What becomes of the anchor at `words`: how, and at which words it stands then.
fn check(words: &str, how: How, there: &str) {
    let (old, new) = versions();
    let anchor = anchor(&old, words);
    let carried = carry(&old, &new, std::slice::from_ref(&anchor)).remove(0);
    none_is_lost(&anchor, &carried, &new);
    assert_eq!((carried.how, carried.anchor.words(&new).unwrap_or_default()), (how, there), "{carried:?}");
}

#[test]
fn a_statement_stays_at_its_passage() {
    check("Wasser halten", How::Exact, "Wasser halten");
    check("mehr als 80 Zentimeter", How::Exact, "mehr als 80 Zentimeter");
    check("Mehrstämmige Bäume sind geschützt", How::Exact, "Mehrstämmige Bäume sind geschützt");
    check("vom 1. Oktober bis zum 28. Februar", How::Moved, "vom 1. Oktober bis zum 28. Februar");
    check("Jeder kann einen Baum vorschlagen.", How::Exact, "Jeder kann einen Baum vorschlagen.");
    check("führt ein Verzeichnis", How::Moved, "führt ein Verzeichnis");
    check("fahrlässig gegen § 3", How::Exact, "fahrlässig gegen § 3");
    check("am 1. Januar 2027", How::Moved, "am 1. Januar 2027");
    check("in angemessener Zeit", How::Reworded, "innerhalb von 4 Wochen");
    check("alle privaten Grundstücke", How::Reworded, "alle Grundstücke");
    check("wird ein neuer gepflanzt", How::Reworded, "werden zwei neue gepflanzt");
    check("40 Euro", How::Reworded, "30 Euro");
    check("15 Euro", How::Exact, "15 Euro");
    check("alter Bäume. Jeder kann", How::Divided, "alter Bäume.");
    check("Pappeln und Weiden an den Gräben", How::Gone, "");
    check("Ist Gefahr im Verzug, darf sofort gefällt werden.", How::Gone, "");
}

#[test]
fn what_is_gone_keeps_its_words_and_its_place() {
    let (old, new) = versions();
    let anchors = [anchor(&old, "Weiden an den Gräben"), anchor(&old, "Gefahr im Verzug")];
    let carried = carry(&old, &new, &anchors);
    let in_unit = holding(&new, "Nicht geschützt sind");
    assert_eq!(carried[0].anchor.spot, Spot::Gap { unit: in_unit.id, position: in_unit.chars() });
    assert_eq!((carried[0].anchor.quote.as_str(), carried[0].anchor.after.as_str()), ("Weiden an den Gräben", " der Au bleiben ausgenommen."));
    // What stood before it has moved up since; the next one before that has not.
    assert_eq!(carried[1].anchor.spot, Spot::Between { after: Some(holding(&new, "zwei neue").id) });
    // In a third version the words come back: the statement is at them again.
    let third = align(&new, old.clone());
    let gone: Vec<Anchor> = carried.into_iter().map(|carried| carried.anchor).collect();
    let back = carry(&new, &third, &gone);
    assert_eq!(back.iter().map(|carried| carried.anchor.words(&third)).collect::<Vec<_>>(), [Some("Weiden an den Gräben"), Some("Gefahr im Verzug")]);
}

#[test]
fn units_keep_their_ids_and_name_their_origins() {
    let (old, new) = versions();
    for words in ["Wasser halten", "auch für die der Gemeinde", "4 Wochen", "1. Oktober", "zwei neue", "30 Euro", "§ 4 Was es kostet"] {
        let unit = holding(&new, words);
        assert!(old.unit(unit.id).is_some() && unit.came_from.is_empty(), "{unit:?}");
    }
    let split = holding(&old, "führt ein Verzeichnis");
    let parts = [holding(&new, "führt ein Verzeichnis"), holding(&new, "Jeder kann")];
    assert!(parts.iter().all(|part| part.id == split.id || part.came_from == [split.id]), "{parts:?}");
    assert_eq!(parts.iter().filter(|part| part.id == split.id).count(), 1);
    let merged = holding(&new, "in Kraft");
    let origins = [holding(&old, "in Kraft").id, holding(&old, "fahrlässig").id];
    assert!(origins.contains(&merged.id) && merged.came_from.iter().all(|origin| origins.contains(origin)) && merged.came_from.len() == 1, "{merged:?}");
    let changes: Vec<(Change, bool)> =
        steps(&old, &new).into_iter().filter(|step| step.change != Change::Same || step.is_moved).map(|step| (step.change, step.is_moved)).collect();
    let expected = [
        (Change::Changed, false),
        (Change::Changed, false),
        (Change::Changed, false),
        (Change::Split, false),
        (Change::Changed, true),
        (Change::Changed, false),
        (Change::Changed, false),
        (Change::Deleted, false),
        (Change::Changed, false),
        (Change::Merged, false),
    ];
    let mut found = changes;
    found.sort();
    let mut wanted = expected.to_vec();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[test]
fn the_difference_is_told_sentence_by_sentence() {
    let (old, new) = versions();
    let differences = difference(&old, &new);
    let told: Vec<String> = differences
        .iter()
        .flat_map(|difference| &difference.sentences)
        .filter(|step| step.became != Became::Same)
        .map(|step| {
            let side = |sentence: &Option<Sentence>, is_new| {
                sentence.as_ref().map(|sentence| format!("{} {}", sentence.number, html::pieces(&sentence.pieces, is_new))).unwrap_or_default()
            };
            format!("{} > {}", side(&step.old, false), side(&step.new, true))
        })
        .collect();
    let expected = [
        "1 (2) Sie gilt für alle <del>privaten</del> Grundstücke innerhalb der Ortslage. > 1 (2) Sie gilt für alle Grundstücke innerhalb der Ortslage<ins>, auch für die der Gemeinde</ins>.",
        " > 2 <ins>Obstbäume sind geschützt, wenn sie höher als 6 Meter sind.</ins>",
        "2 <del>Pappeln und Weiden an den Gräben der Au bleiben ausgenommen.</del> > ",
        "2 Jeder kann einen Baum vorschlagen. > 1 <ins>(4)</ins> Jeder kann einen Baum vorschlagen.",
        "1 (<del>3</del>) Gefällt werden darf nur vom 1. Oktober bis zum 28. Februar. > 1 (<ins>1</ins>) Gefällt werden darf nur vom 1. Oktober bis zum 28. Februar.",
        "1 (<del>1</del>) Wer einen geschützten Baum fällen will, stellt vorher einen Antrag. > 1 (<ins>2</ins>) Wer einen geschützten Baum fällen will, stellt vorher einen Antrag.",
        "2 Die Gemeinde antwortet <del>in angemessener Zeit</del>. > 2 Die Gemeinde antwortet <ins>innerhalb von 4 Wochen</ins>.",
        "1 (<del>2</del>) Für jeden gefällten Baum <del>wird ein neuer</del> gepflanzt. > 1 (<ins>3</ins>) Für jeden gefällten Baum <ins>werden zwei neue</ins> gepflanzt.",
        "1 <del>(4) Ist Gefahr im Verzug, darf sofort gefällt werden.</del> > ",
        "2 <del>Die Gemeinde ist am selben Tag zu unterrichten.</del> > ",
        "2 <del>40</del> Euro > 2 <ins>30</ins> Euro",
    ];
    let (mut found, mut wanted) = (told, expected.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    assert_eq!(count(&differences), Counts { same: 21, changed: 7, inserted: 1, deleted: 3 });
}

#[test]
fn scripted_edits_of_the_invented_statute() {
    let (old, _) = versions();
    let whole = Draft::of(&old, 0..old.units().len());
    let draft = Draft(whole.0.into_iter().filter(|(kind, _)| *kind == allmende_texts::Kind::Paragraph).collect());
    let score = play(&[draft], 120, 7);
    println!("{} anchors, none lost, {} on the right passage: {:.1} %", score.anchors, score.right, score.percent());
    if std::env::var_os("SHOW_WRONG").is_some() {
        score.wrong.iter().for_each(|wrong| println!("wrong: {wrong}"));
    }
    assert!(score.percent() >= 95.0, "{:.1} %", score.percent());
}
