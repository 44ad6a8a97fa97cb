//! What each reader keeps of a file, and what it refuses.

#![cfg(test)]

use allmende_texts::read::LeftOut;
use allmende_texts::write::{Layout, docx, html, markdown, odt};
use allmende_texts::{Format, Kind, Label, Limits, Mark, ReadError, Reading, Style, Text, read};
use std::io::{Cursor, Write};

/// A text as one line per unit: what it is, and its words with marks.
fn outline(text: &Text) -> Vec<String> {
    let line = |unit: &allmende_texts::Unit| {
        let kind = match &unit.kind {
            Kind::Heading { level } => format!("h{level}"),
            Kind::Paragraph => "p".to_owned(),
            Kind::Quote => "q".to_owned(),
            Kind::Item { depth, label: Label::Bullet } => format!("{depth}*"),
            Kind::Item { depth, label: Label::Number(number) } => format!("{depth}{number}"),
            Kind::Item { depth, label: Label::Continued } => format!("{depth}+"),
            Kind::Row { head, opens } => format!("{}{}", if *opens { "T" } else { "t" }, if *head { "h" } else { "r" }),
        };
        let marks = unit.marks.iter().map(|mark| {
            let style = match &mark.style {
                Style::Strong => "b".to_owned(),
                Style::Emphasis => "i".to_owned(),
                Style::Link(address) => address.as_str().to_owned(),
            };
            format!(" [{style} {}]", unit.passage(mark.start, mark.end))
        });
        format!("{kind} {}{}", unit.text.replace('\t', "|").replace('\n', "/"), marks.collect::<String>())
    };
    text.units().iter().map(line).collect()
}

fn reading(format: Format, bytes: &[u8]) -> Reading {
    read(format, bytes, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn check(format: Format, file: &str, expected: &[&str]) {
    assert_eq!(outline(&reading(format, file.as_bytes()).text), expected, "{file}");
}

#[test]
fn signs_at_the_beginning_of_a_line_stay_words_wherever_marks_begin() {
    let strong = |start: usize| vec![Mark { start, end: start + 1, style: Style::Strong }];
    for (kind, words, start) in
        [(Kind::Paragraph, "Wege\n - Bäume", 6), (Kind::Paragraph, "12. Juni", 2), (Kind::Quote, "Wege\n= Bäume", 5), (Kind::Quote, "Wege\n 3) Bäume", 7)]
    {
        let text = Text::numbered(vec![(kind, words.to_owned(), strong(start))]).expect("a sound text");
        let found = reading(Format::Markdown, markdown(&text).as_bytes()).text;
        let plain: Vec<String> = found.units().iter().map(|unit| unit.text.replace("\n ", "\n")).collect();
        assert_eq!(plain, [words.replace("\n ", "\n")], "{}", markdown(&text));
    }
}

#[test]
fn markdown_keeps_its_structure() {
    let file = "# Satzung\n\nDie **Gemeinde** schützt *alte* [Bäume](https://musterau.example/b).\nImmer.\n\n1. eins\n2. zwei\n   - innen\n\n   weiter\n\n> Zitat\n\n| Art | Höhe |\n|---|---|\n| Birne | **6** m |\n\n[böse](javascript:alert(1)) <script>x</script>\n";
    let found = reading(Format::Markdown, file.as_bytes());
    let expected = [
        "h1 Satzung",
        "p Die Gemeinde schützt alte Bäume. Immer. [b Gemeinde] [i alte] [https://musterau.example/b Bäume]",
        "01. eins",
        "02. zwei",
        "1* innen",
        "0+ weiter",
        "q Zitat",
        "Th Art|Höhe",
        "tr Birne|6 m [b 6]",
        "p böse x",
    ];
    assert_eq!(outline(&found.text), expected);
    assert_eq!((found.left_out[&LeftOut::Link], found.left_out[&LeftOut::Markup]), (1, 2));
}

#[test]
fn html_keeps_words_and_drops_what_runs() {
    check(
        Format::Html,
        "<!doctype html><head><title>T</title><style>p{}</style></head><body><h2 onclick=x>Über<p>Ein <b>fetter</b> <a href='https://a.example'>Link</a> &amp; mehr<script>alert(1)</script><ul><li>eins<li><p>zwei<p>noch</ul><ol start=3><li>drei<ul><li>tief</ul></ol><blockquote>Zitat</blockquote><table><tr><th>A<th>B<tr><td>1<td>2<br>zwei</table>Ende<p>&lt;img src=x onerror=alert(1)&gt;",
        &[
            "h2 Über",
            "p Ein fetter Link & mehr [b fetter] [https://a.example Link]",
            "0* eins",
            "0* zwei",
            "0+ noch",
            "03. drei",
            "1* tief",
            "q Zitat",
            "Th A|B",
            "tr 1|2/zwei",
            "p Ende",
            "p <img src=x onerror=alert(1)>",
        ],
    );
    check(Format::Html, "<p>a</p><iframe srcdoc='<p>x</p>'></iframe><svg><text>y</text></svg><p>b", &["p a", "p b"]);
}

#[test]
fn pasted_text_finds_its_paragraphs() {
    let wrapped =
        "Die Gemeinde schützt Bäume, weil sie Schatten geben, Wasser\nhalten und Tieren ein Zuhause sind. Das gilt in der ganzen\nOrtslage.\n\nZweiter Absatz.";
    check(
        Format::Plain,
        wrapped,
        &[
            "p Die Gemeinde schützt Bäume, weil sie Schatten geben, Wasser halten und Tieren ein Zuhause sind. Das gilt in der ganzen Ortslage.",
            "p Zweiter Absatz.",
        ],
    );
    check(
        Format::Plain,
        "§ 2 Schutz\r\n(1) Geschützt ist jeder Baum.\r\n(2) Nicht geschützt sind:\r\n1. Obstbäume\r\n2. Hecken\r\n- jung\r\n3. Mai 2026 ist Schluss.",
        &["h3 § 2 Schutz", "p (1) Geschützt ist jeder Baum.", "p (2) Nicht geschützt sind:", "01. Obstbäume", "02. Hecken", "0* jung/3. Mai 2026 ist Schluss."],
    );
    check(Format::Plain, "Rathaus\nMarktplatz 1\nMusterau", &["p Rathaus/Marktplatz 1/Musterau"]);
    check(Format::Plain, "Art\tHöhe\nBirne\t6 m", &["Tr Art|Höhe", "tr Birne|6 m"]);
    check(Format::Plain, "Nach § 4 Abs. 2 gilt das.\n§ 4 regelt mehr als man meint", &["p Nach § 4 Abs. 2 gilt das./§ 4 regelt mehr als man meint"]);
}

#[test]
fn old_encodings_are_read_and_pictures_are_not() {
    let words = |bytes: &[u8]| read(Format::Plain, bytes, &Limits::default()).map(|found| found.text.units()[0].text.clone());
    assert_eq!(words(b"\xef\xbb\xbfB\xc3\xa4ume"), Ok("Bäume".to_owned()));
    assert_eq!(words(b"B\xe4ume \x84gro\xdf\x93 5 \x80"), Ok("Bäume „groß“ 5 €".to_owned()));
    assert_eq!(words(b"\xff\xfeB\0\xe4\0"), Ok("Bä".to_owned()));
    assert_eq!(words(b"\x89PNG\r\n\0\0"), Err(ReadError::NotText));
    assert_eq!(words(b" \n "), Err(ReadError::Empty));
}

/// A packed file of the given parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift1"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num></w:numbering>"#;
    let links = r#"<Relationships><Relationship Id="rId9" Target="https://musterau.example"/></Relationships>"#;
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", &document), ("word/styles.xml", styles), ("word/numbering.xml", numbering), ("word/_rels/document.xml.rels", links)])
}

#[test]
fn docx_keeps_headings_numbers_links_and_tables() {
    let numbered = |level: u8, words: &str| {
        format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#)
    };
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="Eigene"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Zw</w:t></w:r><w:r><w:t xml:space="preserve">eck </w:t></w:r></w:p>"#.to_owned(),
        r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Die </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Gemeinde</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve"> &amp; </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>mehr</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:ins><w:r><w:t>!</w:t></w:r></w:ins></w:p>"#.to_owned(),
        numbered(1, "eins"),
        numbered(1, "zwei"),
        numbered(0, "neu"),
        numbered(1, "wieder"),
        r#"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#.to_owned(),
        r#"<w:p><w:r><w:drawing><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:drawing><w:t>Ende</w:t><w:footnoteReference w:id="2"/></w:r></w:p>"#.to_owned(),
    ];
    let found = reading(Format::Docx, &word(&body.concat()));
    let expected = [
        "h1 § 1 Zweck [b Zw]",
        "p Die Gemeinde & mehr! [b Die Gemeinde] [https://musterau.example mehr]",
        "1a) eins",
        "1b) zwei",
        "0§ 2 neu",
        "1a) wieder",
        "Th A|",
        "tr 1/2|3",
        "p Ende",
    ];
    assert_eq!(outline(&found.text), expected);
    assert_eq!(found.left_out.into_iter().collect::<Vec<_>>(), [(LeftOut::Picture, 1), (LeftOut::Note, 1), (LeftOut::Deletion, 1)]);
}

#[test]
fn packed_files_that_could_do_harm_are_refused() {
    let refused = |format: Format, bytes: &[u8], limits: &Limits| read(format, bytes, limits).map(|found| outline(&found.text));
    let plain = Limits::default();
    let body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>";
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    assert_eq!(refused(Format::Docx, &packed(&[("word/document.xml", &document), ("word/vbaProject.bin", "x")]), &plain), Err(ReadError::Macros));
    assert_eq!(refused(Format::Docx, &packed(&[("word/document.xml", &document), ("[Content_Types].xml", "macroEnabled")]), &plain), Err(ReadError::Macros));
    assert_eq!(refused(Format::Odt, &packed(&[("content.xml", "<a/>"), ("Basic/Standard/M.xml", "x")]), &plain), Err(ReadError::Macros));
    assert_eq!(
        refused(Format::Odt, &packed(&[("content.xml", "<a/>"), ("META-INF/manifest.xml", "<x><encryption-data/></x>")]), &plain),
        Err(ReadError::Encrypted)
    );
    assert_eq!(refused(Format::Docx, b"PK nothing", &plain), Err(ReadError::Broken));
    assert_eq!(refused(Format::Docx, &packed(&[("other", "x")]), &plain), Err(ReadError::Broken));
    let bomb = packed(&[("word/document.xml", &" ".repeat(2_000_000))]);
    assert!(bomb.len() < 10_000);
    assert_eq!(refused(Format::Docx, &bomb, &Limits { part_bytes_max: 1_999_999, ..plain.clone() }), Err(ReadError::TooLarge { bytes_max: 1_999_999 }));
    assert_eq!(refused(Format::Docx, &bomb, &Limits { part_bytes_max: 2_000_000, ..plain.clone() }), Err(ReadError::Empty));
    let many: Vec<(String, &str)> = (0..11).map(|index| (format!("{index}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, content)| (name.as_str(), *content)).chain([("word/document.xml", document.as_str())]).collect();
    assert!(refused(Format::Docx, &packed(&many), &Limits { entries_max: 11, ..plain.clone() }).is_err());
    assert!(refused(Format::Docx, &packed(&many), &Limits { entries_max: 12, ..plain.clone() }).is_ok());
    let deep = format!("<w:document>{}<w:p><w:r><w:t>a</w:t></w:r></w:p>{}</w:document>", "<x>".repeat(2_000), "</x>".repeat(2_000));
    assert_eq!(refused(Format::Docx, &packed(&[("word/document.xml", &deep)]), &plain), Err(ReadError::Broken));
    let entities = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><w:document><w:p><w:r><w:t>a&c;</w:t></w:r></w:p></w:document>"#;
    assert_eq!(refused(Format::Docx, &packed(&[("word/document.xml", entities)]), &plain), Ok(vec!["p a".to_owned()]));
}

#[test]
fn limits_hold_on_both_sides() {
    let check = |limits: Limits, file: &str, expected: Result<usize, ReadError>| {
        assert_eq!(read(Format::Plain, file.as_bytes(), &limits).map(|found| found.text.units().len()), expected, "{limits:?}");
    };
    let limits = Limits::default();
    let file = "aaaa\n\nbbbb";
    check(Limits { bytes_max: 10, ..limits.clone() }, file, Ok(2));
    check(Limits { bytes_max: 9, ..limits.clone() }, file, Err(ReadError::TooLarge { bytes_max: 9 }));
    check(Limits { units_max: 2, ..limits.clone() }, file, Ok(2));
    check(Limits { units_max: 1, ..limits.clone() }, file, Err(ReadError::TooManyUnits { units_max: 1 }));
    check(Limits { chars_max: 8, ..limits.clone() }, file, Ok(2));
    check(Limits { chars_max: 7, ..limits.clone() }, file, Err(ReadError::TooLong { chars_max: 7 }));
    check(Limits { unit_chars_max: 4, ..limits.clone() }, file, Ok(2));
    check(Limits { unit_chars_max: 3, ..limits }, file, Err(ReadError::UnitTooLong { chars_max: 3 }));
}

/// A text with everything in it.
fn everything() -> Text {
    let file = "# Abwägung\n\nEs gab **12** Stellungnahmen, [alle](https://musterau.example/?a=1&b=2) *öffentlich* & <fein>.\n\n- eins\n    - innen\n- zwei\n\n> Zitat\n\n## Tabelle\n\n| Nr. | Stellungnahme | Antwort |\n|---|---|---|\n| 1 | Mehr **Bäume**,<br>bitte. | gefolgt |\n| 2 | | nicht gefolgt |\n\nEnde.\n";
    reading(Format::Markdown, file.as_bytes()).text
}

#[test]
fn what_is_written_reads_the_same() {
    let text = everything();
    let layout = Layout { title: "Abwägung & mehr".to_owned(), language: "de-DE".to_owned(), is_landscape: true, column_shares: vec![1, 6, 4] };
    assert_eq!(outline(&reading(Format::Markdown, markdown(&text).as_bytes()).text), outline(&text));
    assert_eq!(outline(&reading(Format::Html, html::document(&text, 0).as_bytes()).text), outline(&text));
    assert_eq!(outline(&reading(Format::Docx, &docx(&text, &layout).unwrap()).text), outline(&text));
    assert_eq!(outline(&reading(Format::Odt, &odt(&text, &layout).unwrap()).text), outline(&text));
    let stored = serde_json::to_string(&text).unwrap();
    assert_eq!(serde_json::from_str::<Text>(&stored).unwrap(), text);
}

#[test]
fn a_stored_text_that_was_tampered_with_is_refused() {
    let stored = serde_json::to_string(&everything()).unwrap();
    for (good, bad) in [
        ("https://musterau", "javascript:musterau"),
        ("\"id\":2", "\"id\":1"),
        ("\"level\":1", "\"level\":7"),
        ("\"format\":1", "\"format\":2"),
        ("\"start\":7", "\"start\":700"),
    ] {
        assert!(stored.contains(good), "{good}");
        assert!(serde_json::from_str::<Text>(&stored.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn a_word_processor_opens_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let layout = Layout { title: "Abwägung".to_owned(), language: "de-DE".to_owned(), is_landscape: true, column_shares: vec![1, 6, 4] };
    let text = everything();
    for (name, bytes) in [("a.docx", docx(&text, &layout).unwrap()), ("b.odt", odt(&text, &layout).unwrap())] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    // The other form in, and out again: what it writes must read the same, which is also a check of the readers on a real writer.
    for (from, to, format) in
        [("a.docx", "odt", Format::Odt), ("b.odt", "docx", Format::Docx), ("a.docx", "pdf", Format::Plain), ("b.odt", "pdf", Format::Plain)]
    {
        let out = folder.path().join(format!("{to}-of-{from}"));
        let home = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let done = std::process::Command::new("soffice")
            .args([&home, "--headless", "--convert-to", to, "--outdir"])
            .arg(&out)
            .arg(folder.path().join(from))
            .output()
            .expect("LibreOffice, which `cargo xtask test` installs");
        assert!(done.status.success(), "{done:?}");
        let written =
            std::fs::read(out.join(std::path::Path::new(from).with_extension(to))).unwrap_or_else(|error| panic!("{from} to {to}: {error}, {done:?}"));
        if to == "pdf" {
            assert!(written.starts_with(b"%PDF"));
        } else {
            assert_eq!(outline(&reading(format, &written).text), outline(&text), "{from} to {to}");
        }
    }
}
