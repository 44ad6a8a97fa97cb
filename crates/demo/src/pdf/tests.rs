//! Rules of the rendered documents, held against the bytes.

use jiff::civil::date;

use super::layout::{Layout, Piece, Role};
use super::render;
use crate::{Block, Document, Span};

fn sample(paragraphs: usize) -> Document {
    let mut blocks = vec![
        Block::Heading { level: 2, text: "Größe und Straße".to_owned() },
        Block::List { first: Some(1), items: vec![vec![Span::plain("Tempo 30")], vec![Span::plain("Zebrastreifen")]] },
        Block::Table {
            summary: "Kosten".to_owned(),
            header: vec!["Was".to_owned(), "Betrag".to_owned()],
            rows: vec![vec!["Donaudampfschifffahrtsgesellschaft".repeat(5), "1.200 Euro".to_owned()]],
        },
    ];
    let words = vec![Span::plain("Ein Satz mit "), Span::bold("fetten"), Span::plain(" Wörtern. ".repeat(40))];
    blocks.extend((0..paragraphs).map(|_| Block::Paragraph(words.clone())));
    Document {
        title: "Prüfblatt".to_owned(),
        kind: "Beschlussvorlage".to_owned(),
        reference: Some("2026/001".to_owned()),
        date: date(2026, 6, 8),
        town: "Gemeinde Musterau".to_owned(),
        foot: "Musterau ist erfunden.".to_owned(),
        blocks,
    }
}

fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type/Page/").count() + text.matches("/Type/Page\n").count()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(render(&sample(3)), render(&sample(3)));
    assert_ne!(render(&sample(3)), render(&sample(4)));
}

#[test]
fn long_documents_run_over_several_pages_and_stay_small() -> Result<(), crate::DemoError> {
    let (short, long) = (render(&sample(1))?, render(&sample(30))?);
    assert_eq!(pages(&short), 1);
    assert!(pages(&long) > 2);
    assert!(short.len() < 40_000 && long.len() < 40_000, "{} {}", short.len(), long.len());
    Ok(())
}

#[test]
fn an_empty_document_is_still_a_document() -> Result<(), crate::DemoError> {
    let empty = Document { blocks: Vec::new(), ..sample(0) };
    assert_eq!(pages(&render(&empty)?), 1);
    Ok(())
}

#[test]
fn an_empty_cell_keeps_its_place_among_the_tags() -> Result<(), crate::DemoError> {
    let table =
        Block::Table { summary: "Termine".to_owned(), header: vec![String::new(), "Tag".to_owned()], rows: vec![vec!["Beginn".to_owned(), String::new()]] };
    let layout = Layout::of(&Document { blocks: vec![table], ..sample(0) })?;
    let cells = layout.elements.iter().enumerate();
    let cells = cells.filter(|(_, cell)| matches!(cell.role, Role::Cell | Role::HeaderCell { .. }));
    for (index, _) in cells {
        let is_of_cell = |piece: &Piece| matches!(piece, Piece::Line { element, .. } if *element == index);
        assert!(layout.pages.iter().flatten().any(is_of_cell), "cell {index} is empty");
    }
    Ok(())
}
