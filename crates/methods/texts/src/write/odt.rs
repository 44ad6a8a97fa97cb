//! ODT: headings, paragraphs, items, quotes and tables whose heads repeat on every page.

use super::package::pack;
use super::runs::{Run, cells};
use super::{Layout, WriteError, escape, groups};
use crate::text::{Kind, Label, Text, Unit};

const KIND: &str = "application/vnd.oasis.opendocument.text";

const SPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" "#,
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3""#
);

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>"#,
    r#"<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
);

/// The text as an OpenDocument text.
///
/// # Errors
/// Beyond what the format can hold.
pub fn odt(text: &Text, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let mut body = String::new();
    let mut styles = automatic_styles();
    for (index, group) in groups(text.units()).enumerate() {
        match group.first() {
            Some(Unit { kind: Kind::Row { .. }, .. }) => table(group, index, layout, &mut styles, &mut body),
            Some(unit) => block(unit, &mut body),
            None => {}
        }
    }
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let content = format!(
        "{head}<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut meta = format!("{head}<office:document-meta {SPACES}><office:meta><dc:title>");
    escape(&layout.title, &mut meta);
    meta.push_str("</dc:title><dc:language>");
    escape(&layout.language, &mut meta);
    meta.push_str("</dc:language></office:meta></office:document-meta>");
    pack(
        &[("mimetype", KIND), ("META-INF/manifest.xml", MANIFEST), ("content.xml", &content), ("styles.xml", &shared_styles(layout)), ("meta.xml", &meta)],
        true,
    )
}

fn block(unit: &Unit, out: &mut String) {
    let (open, close) = match &unit.kind {
        Kind::Heading { level } => (format!(r#"<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">"#), "</text:h>".to_owned()),
        Kind::Quote => (r#"<text:p text:style-name="Quotations">"#.to_owned(), "</text:p>".to_owned()),
        Kind::Item { depth, label: Label::Bullet } => {
            let depth = usize::from(*depth) + 1;
            let lists = r#"<text:list text:style-name="Dots"><text:list-item>"#.repeat(depth);
            (format!(r#"{lists}<text:p text:style-name="Standard">"#), format!("</text:p>{}", "</text:list-item></text:list>".repeat(depth)))
        }
        Kind::Item { depth, label } => {
            let name = if matches!(label, Label::Continued) { "Continued" } else { "Item" };
            (format!(r#"<text:p text:style-name="{name}{depth}">"#), "</text:p>".to_owned())
        }
        Kind::Paragraph | Kind::Row { .. } => (r#"<text:p text:style-name="Standard">"#.to_owned(), "</text:p>".to_owned()),
    };
    out.push_str(&open);
    if let Kind::Item { label: Label::Number(number), .. } = &unit.kind {
        escape(number, out);
        out.push_str("<text:tab/>");
    }
    for cell in cells(unit, &[]) {
        runs(&cell, out);
    }
    out.push_str(&close);
}

fn table(rows: &[Unit], index: usize, layout: &Layout, styles: &mut String, out: &mut String) {
    let columns = rows.iter().map(|row| row.cells().count()).max().unwrap_or(1);
    let name = format!("Table{}", index + 1);
    out.push_str(&format!(r#"<table:table table:name="{name}" table:style-name="Table">"#));
    for (column, width) in layout.widths(columns, 10_000).iter().enumerate() {
        styles.push_str(&format!(
            r#"<style:style style:name="{name}.{column}" style:family="table-column"><style:table-column-properties style:rel-column-width="{width}*"/></style:style>"#
        ));
        out.push_str(&format!(r#"<table:table-column table:style-name="{name}.{column}"/>"#));
    }
    let heads = rows.iter().take_while(|row| matches!(row.kind, Kind::Row { head: true, .. })).count();
    for (rows, style, is_head) in [(&rows[..heads], "TableHead", true), (&rows[heads..], "TableText", false)] {
        if is_head && !rows.is_empty() {
            out.push_str("<table:table-header-rows>");
        }
        for row in rows {
            out.push_str("<table:table-row>");
            let content = cells(row, &[]);
            for column in 0..columns {
                out.push_str(&format!(r#"<table:table-cell table:style-name="Cell" office:value-type="string"><text:p text:style-name="{style}">"#));
                if let Some(cell) = content.get(column) {
                    runs(cell, out);
                }
                out.push_str("</text:p></table:table-cell>");
            }
            out.push_str("</table:table-row>");
        }
        if is_head && !rows.is_empty() {
            out.push_str("</table:table-header-rows>");
        }
    }
    out.push_str("</table:table>");
}

fn runs(runs: &[Run<'_>], out: &mut String) {
    for run in runs {
        if let Some(address) = run.link {
            out.push_str(r#"<text:a xlink:type="simple" xlink:href=""#);
            escape(address.as_str(), out);
            out.push_str("\">");
        }
        let style = match (run.is_strong, run.is_emphasis) {
            (true, true) => Some("StrongEmphasis"),
            (true, false) => Some("Strong"),
            (false, true) => Some("Emphasis"),
            (false, false) => None,
        };
        if let Some(style) = style {
            out.push_str(&format!(r#"<text:span text:style-name="{style}">"#));
        }
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                out.push_str("<text:line-break/>");
            }
            spaced(line, out);
        }
        if style.is_some() {
            out.push_str("</text:span>");
        }
        if run.link.is_some() {
            out.push_str("</text:a>");
        }
    }
}

/// OpenDocument takes white space at the edge of a run for layout unless it is an element.
fn spaced(line: &str, out: &mut String) {
    let inner = line.trim_matches(' ');
    if inner.is_empty() {
        out.push_str(&"<text:s/>".repeat(line.len()));
        return;
    }
    let before = line.len() - line.trim_start_matches(' ').len();
    let after = line.len() - line.trim_end_matches(' ').len();
    out.push_str(&"<text:s/>".repeat(before));
    escape(inner, out);
    out.push_str(&"<text:s/>".repeat(after));
}

fn automatic_styles() -> String {
    let mut out = concat!(
        r#"<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>"#,
        r#"<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>"#,
        r#"<style:style style:name="StrongEmphasis" style:family="text"><style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>"#,
        r#"<style:style style:name="Table" style:family="table"><style:table-properties style:rel-width="100%" table:align="margins" fo:margin-bottom="0.3cm"/></style:style>"#,
        r##"<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm" fo:border="0.5pt solid #808080"/></style:style>"##,
    )
    .to_owned();
    for depth in 0..=8_u32 {
        let indent = 6 * (depth + 1);
        out.push_str(&format!(
            r#"<style:style style:name="Item{depth}" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="{indent}mm" fo:text-indent="-6mm"><style:tab-stops><style:tab-stop style:position="0mm"/></style:tab-stops></style:paragraph-properties></style:style><style:style style:name="Continued{depth}" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="{indent}mm"/></style:style>"#
        ));
    }
    out.push_str(r#"<text:list-style style:name="Dots">"#);
    for level in 1..=9_u32 {
        let indent = 6 * level;
        out.push_str(&format!(
            r#"<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="{indent}mm" fo:text-indent="-6mm" fo:margin-left="{indent}mm"/></style:list-level-properties></text:list-level-style-bullet>"#
        ));
    }
    out.push_str("</text:list-style>");
    out
}

fn shared_styles(layout: &Layout) -> String {
    let (language, country) = layout.language.split_once('-').unwrap_or((&layout.language, "none"));
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-styles {SPACES}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial" fo:font-size="10.5pt" fo:language=""#
    );
    escape(language, &mut out);
    out.push_str(r#"" fo:country=""#);
    escape(country, &mut out);
    out.push_str(concat!(
        r#""/></style:default-style><style:style style:name="Standard" style:family="paragraph" style:class="text"><style:paragraph-properties fo:margin-bottom="2mm"/></style:style>"#,
        r#"<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="10mm" fo:margin-right="10mm"/></style:style>"#,
        r#"<style:style style:name="TableText" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>"#,
        r#"<style:style style:name="TableHead" style:family="paragraph" style:parent-style-name="TableText"><style:text-properties fo:font-weight="bold"/></style:style>"#,
    ));
    for level in 1..=6_u32 {
        let size = 17 - level;
        out.push_str(&format!(
            r#"<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="{level}"><style:paragraph-properties fo:margin-top="4mm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" fo:font-size="{size}pt"/></style:style>"#
        ));
    }
    let (width, height, orientation) = if layout.is_landscape { (297, 210, "landscape") } else { (210, 297, "portrait") };
    out.push_str(&format!(
        r#"</office:styles><office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{width}mm" fo:page-height="{height}mm" style:print-orientation="{orientation}" fo:margin="20mm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"/></office:master-styles></office:document-styles>"#
    ));
    out
}
