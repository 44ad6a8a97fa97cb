//! Rules that hold for any file and any two versions.

#![cfg(test)]

use allmende_texts::write::{Layout, docx, html, markdown, odt};
use allmende_texts::{Anchor, Format, Kind, Label, Limits, Mark, Style, Text, align, carry, difference, read, steps};
use proptest::prelude::*;

const FORMATS: [Format; 5] = [Format::Markdown, Format::Html, Format::Docx, Format::Odt, Format::Plain];

/// Pieces that mean something to one of the readers or writers.
fn files() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "<script>",
        "</script>",
        "<p>",
        "<b>",
        "</b>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<a href=\"javascript:x\">",
        "</a>",
        "<h1>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&#60;",
        "&#x3c;script&#x3e;",
        "# ",
        "* ",
        "1. ",
        "> ",
        "|",
        "---",
        "\n",
        "\n\n",
        "**",
        "_",
        "[a](https://b.example/\"onx=)",
        "`",
        "\\",
        "\t",
        " ",
        "Baum",
        "ä",
        "\u{308}",
        "\u{a0}",
        "\u{202e}",
        "\u{0}",
        "\u{7}",
        "\u{fffe}",
        "🌳",
        "§ 5 Abs. 2",
        "z. B.",
        ".",
        "3.",
        "onerror=",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=x>",
        "<style>",
        "</style>",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..60).prop_map(|pieces| pieces.concat())
}

/// HTML in which nothing can run: only known elements, no attribute but harmless ones, no bare sign.
fn assert_safe(page: &str) {
    const ELEMENTS: [&str; 24] = [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "mark",
        "a",
        "br",
        "span",
        "ins",
    ];
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{page}");
        let end = rest[at..].find('>').unwrap_or_else(|| panic!("{page}")) + at;
        let tag = rest[at + 1..end].trim_start_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name), "{name}: {page}");
        for attribute in attributes.split("\" ").filter(|attribute| !attribute.is_empty()) {
            let (key, value) = attribute.split_once("=\"").unwrap_or_else(|| panic!("{attribute}: {page}"));
            assert!(["id", "href", "rel", "scope", "class", "value"].contains(&key), "{attribute}: {page}");
            assert!(key != "href" || ["https:", "http:", "mailto:", "tel:"].iter().any(|kind| value.to_lowercase().starts_with(kind)), "{attribute}: {page}");
        }
        rest = &rest[end + 1..];
    }
    assert!(!rest.contains('>'), "{page}");
    let is_entity = |after: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| after.starts_with(known));
    assert!(page.match_indices('&').all(|(at, _)| is_entity(&page[at + 1..])), "{page}");
}

/// Any text, by its structure.
fn texts() -> impl Strategy<Value = Text> {
    let kind = prop_oneof![
        1 => (1..=6_u8).prop_map(|level| Kind::Heading { level }),
        4 => Just(Kind::Paragraph),
        1 => Just(Kind::Quote),
        1 => (0..=8_u8, prop_oneof![Just(Label::Bullet), Just(Label::Continued), "[0-9]{1,3}[.)]|[a-z]\\)|<b>".prop_map(Label::Number)]).prop_map(|(depth, label)| Kind::Item { depth, label }),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(head, opens)| Kind::Row { head, opens }),
    ];
    let style = prop_oneof![Just(Style::Strong), Just(Style::Emphasis), Just(Style::Link(allmende_texts::Address::new("https://a.example/?b&c").unwrap()))];
    let marks = prop::collection::vec((0..20_usize, 1..10_usize, style), 0..4);
    let unit = (kind, "[a-c<>&\"'*_\\[\\]|#.äß 1-3\n-]{1,40}", marks).prop_filter_map("no words", |(kind, text, marks)| {
        let chars = text.chars().count();
        let mut marks: Vec<Mark> = marks
            .into_iter()
            .map(|(start, length, style)| Mark { start, end: (start + length).min(chars), style })
            .filter(|mark| mark.start < mark.end)
            .collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        (!text.trim().is_empty()).then_some((kind, text, marks))
    });
    prop::collection::vec(unit, 1..12).prop_map(|units| Text::numbered(units).unwrap())
}

/// Two versions of few different words, so that they are alike again and again.
fn versions() -> impl Strategy<Value = (Text, Text)> {
    let sentence = prop::collection::vec(prop::sample::select(vec!["die", "Gemeinde", "schützt", "Bäume", "Hecken", "und", "Wege", "nicht", "immer"]), 1..7)
        .prop_map(|words| format!("{}.", words.join(" ")));
    let unit = prop::collection::vec(sentence, 1..5).prop_map(|sentences| (Kind::Paragraph, sentences.join(" "), Vec::new()));
    let text = prop::collection::vec(unit, 1..9).prop_map(|units| Text::numbered(units).unwrap());
    (text.clone(), text)
}

fn words(text: &Text) -> Vec<String> {
    text.units().iter().map(|unit| unit.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

proptest! {
    #[test]
    fn no_file_is_too_strange_and_no_page_runs_anything(file in files(), format in prop::sample::select(FORMATS.to_vec())) {
        if let Ok(found) = read(format, file.as_bytes(), &Limits::default()) {
            assert_safe(&html::document(&found.text, 1));
            for unit in found.text.units() {
                assert_safe(&html::unit(unit, 0));
                assert_safe(&html::inline_with(unit, &[0..2, 3..9]));
            }
            let stored = serde_json::to_string(&found.text).unwrap();
            prop_assert_eq!(serde_json::from_str::<Text>(&stored).unwrap(), found.text);
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::sample::select(FORMATS.to_vec())) {
        let _ = read(format, &bytes, &Limits::default());
    }

    #[test]
    fn no_document_in_a_package_is_too_strange(body in files(), is_word in any::<bool>()) {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let (name, open, close) = if is_word { ("word/document.xml", "<w:document><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:document>") } else { ("content.xml", "<a><text:p>", "</text:p></a>") };
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(format!("{open}{body}{close}").as_bytes()).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        if let Ok(found) = read(if is_word { Format::Docx } else { Format::Odt }, &bytes, &Limits::default()) {
            assert_safe(&html::document(&found.text, 1));
        }
    }

    #[test]
    fn whatever_a_text_holds_its_page_runs_nothing(text in texts()) {
        assert_safe(&html::document(&text, 1));
    }

    #[test]
    fn every_file_written_has_all_words(text in texts()) {
        let layout = Layout { title: "a<b".to_owned(), language: "de-DE".to_owned(), is_landscape: false, column_shares: vec![] };
        let has_all = |format: Format, bytes: &[u8]| {
            let found = read(format, bytes, &Limits::default()).unwrap().text;
            let (found, wanted) = (words(&found).join(" "), words(&text).join(" "));
            let signs = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
            // Labels that a form does not know stand in the text, so that there may be more.
            let mut all = signs(&found).chars().collect::<Vec<_>>().into_iter();
            signs(&wanted).chars().all(|sign| all.any(|other| other == sign))
        };
        prop_assert!(has_all(Format::Docx, &docx(&text, &layout).unwrap()));
        prop_assert!(has_all(Format::Odt, &odt(&text, &layout).unwrap()));
        prop_assert!(has_all(Format::Html, html::document(&text, 0).as_bytes()));
        prop_assert!(has_all(Format::Markdown, markdown(&text).as_bytes()), "{}", markdown(&text));
    }

    #[test]
    fn ids_are_unique_and_every_unit_stands_in_one_step((old, new) in versions()) {
        let aligned = align(&old, new.clone());
        prop_assert_eq!(words(&aligned), words(&new));
        prop_assert!(Text::new(aligned.units().to_vec(), aligned.next_id()).is_ok());
        let steps = steps(&old, &aligned);
        let (mut before, mut after): (Vec<_>, Vec<_>) = (steps.iter().flat_map(|step| step.old.clone()).collect(), steps.iter().flat_map(|step| step.new.clone()).collect());
        before.sort_unstable();
        after.sort_unstable();
        let ids = |text: &Text| { let mut ids: Vec<_> = text.units().iter().map(|unit| unit.id).collect(); ids.sort_unstable(); ids };
        prop_assert_eq!((before, after), (ids(&old), ids(&aligned)));
    }

    #[test]
    fn the_difference_holds_every_sentence_of_both_versions((old, new) in versions()) {
        let new = align(&old, new);
        let differences = difference(&old, &new);
        let side = |is_new: bool| {
            let mut all: Vec<(u32, usize, String)> = differences.iter().flat_map(|difference| &difference.sentences)
                .filter_map(|step| if is_new { step.new.as_ref() } else { step.old.as_ref() })
                .map(|sentence| (sentence.unit.0, sentence.number, sentence.pieces.iter().map(|piece| piece.text.as_str()).collect())).collect();
            all.sort();
            all
        };
        let wanted = |text: &Text| {
            let mut all: Vec<(u32, usize, String)> = text.units().iter().flat_map(|unit| allmende_texts::sentences::sentences(&unit.text).into_iter().enumerate()
                .map(|(index, range)| (unit.id.0, index + 1, unit.passage(range.start, range.end).to_owned()))).collect();
            all.sort();
            all
        };
        prop_assert_eq!(side(false), wanted(&old));
        prop_assert_eq!(side(true), wanted(&new));
    }

    #[test]
    fn anchors_are_never_lost_over_three_versions((old, new) in versions(), (third, _) in versions(), picks in prop::collection::vec((0..8_usize, 0..60_usize, 1..40_usize), 1..8)) {
        let new = align(&old, new);
        let third = align(&new, third);
        let anchors: Vec<Anchor> = picks.into_iter().filter_map(|(unit, start, length)| Anchor::new(&old, old.units().get(unit)?.id, start, (start + length).min(old.units()[unit].chars())).ok()).collect();
        let once = carry(&old, &new, &anchors);
        let twice = carry(&new, &third, &once.iter().map(|carried| carried.anchor.clone()).collect::<Vec<_>>());
        prop_assert_eq!(twice.len(), anchors.len());
        for (anchor, carried) in anchors.iter().zip(&twice) {
            prop_assert_eq!(&anchor.quote, &carried.anchor.quote);
            if let allmende_texts::Spot::Passage { unit, start, end } = carried.anchor.spot {
                prop_assert!(start < end && end <= third.unit(unit).unwrap().chars());
            }
        }
        // To the same text nothing moves.
        let itself = align(&old, old.clone());
        prop_assert!(carry(&old, &itself, &anchors).iter().zip(&anchors).all(|(carried, anchor)| carried.anchor == *anchor && carried.how == allmende_texts::How::Exact));
    }
}
