//! DOCX: headings, paragraphs, items, quotes and tables whose heads repeat on every page.

use super::package::pack;
use super::runs::{Run, cells};
use super::{Layout, WriteError, escape, groups};
use crate::text::{Kind, Label, Text, Unit};

/// A4 and its margins in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_134;

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    "</Types>"
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    "</Relationships>"
);

const MAIN: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The text as an Office Open XML document.
///
/// # Errors
/// Beyond what the format can hold.
pub fn docx(text: &Text, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let mut document = Document { layout, body: String::new(), links: Vec::new() };
    for group in groups(text.units()) {
        match group.first() {
            Some(Unit { kind: Kind::Row { .. }, .. }) => document.table(group),
            Some(unit) => document.block(unit),
            None => {}
        }
    }
    let (width, height) = document.page();
    let orientation = if layout.is_landscape { r#" w:orient="landscape""# } else { "" };
    let page = format!(
        r#"<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{orientation}/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>"#
    );
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let main = format!(r#"{head}<w:document {MAIN} xmlns:r="{REL}"><w:body>{}{page}</w:body></w:document>"#, document.body);
    let mut relations = format!(
        r#"{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdStyles" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="rIdNumbering" Type="{REL}/numbering" Target="numbering.xml"/>"#
    );
    for (index, address) in document.links.iter().enumerate() {
        relations.push_str(&format!(r#"<Relationship Id="rIdLink{index}" Type="{REL}/hyperlink" Target=""#));
        escape(address, &mut relations);
        relations.push_str(r#"" TargetMode="External"/>"#);
    }
    relations.push_str("</Relationships>");
    pack(
        &[
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", &main),
            ("word/_rels/document.xml.rels", &relations),
            ("word/styles.xml", &styles(layout)),
            ("word/numbering.xml", &numbering()),
            ("docProps/core.xml", &properties(layout)),
        ],
        false,
    )
}

struct Document<'a> {
    layout: &'a Layout,
    body: String,
    links: Vec<&'a str>,
}

impl<'a> Document<'a> {
    fn page(&self) -> (u32, u32) {
        if self.layout.is_landscape { (PAGE.1, PAGE.0) } else { PAGE }
    }

    fn block(&mut self, unit: &'a Unit) {
        let (properties, label) = match &unit.kind {
            Kind::Heading { level } => (format!(r#"<w:pStyle w:val="Heading{level}"/>"#), None),
            Kind::Quote => (r#"<w:pStyle w:val="Quote"/>"#.to_owned(), None),
            Kind::Item { depth, label } => {
                let indent = 360 * (u32::from(*depth) + 1);
                match label {
                    Label::Bullet => (format!(r#"<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>"#), None),
                    Label::Number(number) => (format!(r#"<w:ind w:left="{indent}" w:hanging="360"/>"#), Some(number.as_str())),
                    Label::Continued => (format!(r#"<w:ind w:left="{indent}"/>"#), None),
                }
            }
            Kind::Paragraph | Kind::Row { .. } => (String::new(), None),
        };
        self.body.push_str(&format!("<w:p><w:pPr>{properties}</w:pPr>"));
        if let Some(label) = label {
            self.body.push_str(r#"<w:r><w:t xml:space="preserve">"#);
            escape(label, &mut self.body);
            self.body.push_str("</w:t><w:tab/></w:r>");
        }
        for cell in cells(unit, &[]) {
            self.runs(&cell);
        }
        self.body.push_str("</w:p>");
    }

    fn table(&mut self, rows: &'a [Unit]) {
        let columns = rows.iter().map(|row| row.cells().count()).max().unwrap_or(1);
        let widths = self.layout.widths(columns, self.page().0 - 2 * MARGIN);
        self.body
            .push_str(r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
        for width in &widths {
            self.body.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
        }
        self.body.push_str("</w:tblGrid>");
        let heads = rows.iter().take_while(|row| matches!(row.kind, Kind::Row { head: true, .. })).count();
        for (index, row) in rows.iter().enumerate() {
            self.body.push_str(if index < heads { "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
            let content = cells(row, &[]);
            for (column, width) in widths.iter().enumerate() {
                self.body.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>"#));
                self.body.push_str(if index < heads { r#"<w:pStyle w:val="TableHead"/></w:pPr>"# } else { r#"<w:pStyle w:val="TableText"/></w:pPr>"# });
                if let Some(cell) = content.get(column) {
                    self.runs(cell);
                }
                self.body.push_str("</w:p></w:tc>");
            }
            self.body.push_str("</w:tr>");
        }
        // A table at the end of a page needs a paragraph behind it.
        self.body.push_str("</w:tbl><w:p/>");
    }

    fn runs(&mut self, runs: &[Run<'a>]) {
        for run in runs {
            if let Some(address) = run.link {
                self.body.push_str(&format!(r#"<w:hyperlink r:id="rIdLink{}">"#, self.links.len()));
                self.links.push(address.as_str());
            }
            self.body.push_str("<w:r>");
            let look = match (run.is_strong, run.is_emphasis) {
                (true, true) => "<w:b/><w:i/>",
                (true, false) => "<w:b/>",
                (false, true) => "<w:i/>",
                (false, false) => "",
            };
            let style = if run.link.is_some() { r#"<w:rStyle w:val="Hyperlink"/>"# } else { "" };
            if !(look.is_empty() && style.is_empty()) {
                self.body.push_str(&format!("<w:rPr>{style}{look}</w:rPr>"));
            }
            for (index, line) in run.text.split('\n').enumerate() {
                if index > 0 {
                    self.body.push_str("<w:br/>");
                }
                self.body.push_str(r#"<w:t xml:space="preserve">"#);
                escape(line, &mut self.body);
                self.body.push_str("</w:t>");
            }
            self.body.push_str(if run.link.is_some() { "</w:r></w:hyperlink>" } else { "</w:r>" });
        }
    }
}

fn styles(layout: &Layout) -> String {
    let mut language = String::new();
    escape(&layout.language, &mut language);
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="21"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#
    );
    for level in 1..=6_u32 {
        let size = 34 - 2 * level;
        out.push_str(&format!(
            r#"<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>"#,
            level - 1
        ));
    }
    out.push_str(concat!(
        r#"<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="567" w:right="567"/></w:pPr></w:style>"#,
        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>"#,
        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHead"><w:name w:val="Table Head"/><w:basedOn w:val="TableText"/><w:rPr><w:b/></w:rPr></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>"#,
        r#"<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>"#,
        r#"<w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:left w:val="single" w:sz="4" w:space="0" w:color="808080"/>"#,
        r#"<w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:right w:val="single" w:sz="4" w:space="0" w:color="808080"/>"#,
        r#"<w:insideH w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="808080"/>"#,
        r#"</w:tblBorders><w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#
    ));
    out
}

fn numbering() -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering {MAIN}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>"#
    );
    for level in 0..9_u32 {
        let indent = 360 * (level + 1);
        out.push_str(&format!(
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>"#
        ));
    }
    out.push_str(r#"</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
    out
}

fn properties(layout: &Layout) -> String {
    let mut out = concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>"#
    )
    .to_owned();
    escape(&layout.title, &mut out);
    out.push_str("</dc:title><dc:language>");
    escape(&layout.language, &mut out);
    out.push_str("</dc:language></cp:coreProperties>");
    out
}
