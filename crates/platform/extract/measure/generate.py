#!/usr/bin/env python3
"""Makes the PDFs of the comparison with the producers that are installed, and the source text beside each.

usage: generate.py SHARED TEXTS.ndjson OUT

SHARED is the folder with the replay server, TEXTS the Karlsruhe texts. Needs LibreOffice, Chromium, Ghostscript,
poppler-utils and ImageMagick; a producer that is missing is named and left out. Deterministic but for the dates
that producers write.
"""
import html, json, os, random, re, subprocess, sys, tempfile

shared, texts_path, out = sys.argv[1:4]
os.makedirs(out, exist_ok=True)
random.seed(2)


def replay_pdf():
    """The replay server's own PDF writer, taken from its source without starting the server."""
    source = open(f"{shared}/checks/oparl_replay_server.py").read()
    names = {}
    exec(source[source.index("def pdf(text)"):source.index("class Store")], names)
    return names["pdf"]


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, timeout=180).returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False


def put(name, data):
    with open(f"{out}/{name}", "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def keep(name, made, text=None):
    if not made or not os.path.exists(f"{out}/{name}.pdf"):
        print("not made:", name)
    elif text is not None:
        put(f"{name}.txt", text)


def words_of(text):
    return re.sub(r"\s+", " ", text).strip()


all_texts = [json.loads(line)["text"] for line in open(texts_path)]
middle = [t for t in all_texts if 1500 < len(t) < 8000]
pdf = replay_pdf()
for i, text in enumerate(random.sample(all_texts, 300)):
    put(f"replay-{i:03}.pdf", pdf(text))

# Prose in whole paragraphs, with what German text and typesetting bring.
SPECIAL = ("Fünf Übergrößen: Straße, Maß, ÄÖÜ, „Anführung“ – Gedankenstrich, 5 €, § 33 Abs. 4, 12 m², Auflage, "
           "Schifffahrt, offiziell, flach, Stofffetzen, Haupt- und Nebenamt, Donaudampfschifffahrtsgesellschaft, "
           "Bebauungsplanänderungsverfahren, Grundstücksverkehrsgenehmigungszuständigkeitsübertragung.")
paragraphs = [SPECIAL]
for text in random.sample(middle, 12):
    text = re.sub(r"-\s*\n\s*(?=[a-zäöü])", "", text)
    paragraphs += [p for p in (words_of(p) for p in re.split(r"\n\s*\n", text)) if len(p) > 80]
prose = "\n\n".join(paragraphs)
rows = [[f"{i}", random.choice(["Ortschaftsrat Wettersbach", "Gemeinderat", "Ausschuss für Öffentliche Einrichtungen"]),
         f"{i % 28 + 1:02}.{i % 12 + 1:02}.2026", random.choice(["Beschlussvorlage zur Änderung der Gebührenordnung",
         "Anfrage: Straßenbäume", "Bericht"]), f"{i * 1234.5:.2f} €".replace(".", ",")] for i in range(1, 61)]
table = "\n".join(" ".join(row) for row in rows)

STYLE = {"prose": "", "justified": "text-align:justify;hyphens:auto", "columns": "column-count:2;text-align:justify;hyphens:auto"}
def page(style, body, font="DejaVu Serif"):
    return f'<html lang="de"><meta charset="utf-8"><style>body{{font:10pt "{font}"}}main{{{style}}}td{{border:1px solid;padding:2pt}}</style><main>{body}</main></html>'

body_prose = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
body_table = "<table>" + "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in r) + "</tr>" for r in rows) + "</table>"
pages = {name: (page(style, body_prose), prose) for name, style in STYLE.items()}
pages["table"] = (page("", body_table), table)
pages["sans"] = (page("", body_prose, "DejaVu Sans"), prose)

with tempfile.TemporaryDirectory() as work:
    for name, (markup, text) in pages.items():
        source = f"{work}/{name}.html"
        open(source, "w").write(markup)
        keep(f"chromium-{name}", run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                                     f"--print-to-pdf={out}/chromium-{name}.pdf", source), text)

    def flat_odt(body, columns, hyphenate):
        return f'''<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="3mm"/><style:text-properties style:font-name="DejaVu Serif" fo:font-family="DejaVu Serif" fo:font-size="10pt" fo:language="de" fo:country="DE" fo:hyphenate="{str(hyphenate).lower()}" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/></office:styles><office:automatic-styles><style:style style:name="S" style:family="section"><style:section-properties><style:columns fo:column-count="{columns}" fo:column-gap="8mm"/></style:section-properties></style:style></office:automatic-styles><office:body><office:text><text:section text:style-name="S" text:name="s">{body}</text:section></office:text></office:body></office:document>'''

    p = "".join(f"<text:p>{html.escape(x)}</text:p>" for x in paragraphs)
    t = "<table:table><table:table-column table:number-columns-repeated=\"5\"/>" + "".join("<table:table-row>" + "".join(f"<table:table-cell><text:p>{html.escape(c)}</text:p></table:table-cell>" for c in r) + "</table:table-row>" for r in rows) + "</table:table>"
    office = {"prose": (flat_odt(p, 1, False), prose), "justified": (flat_odt(p, 1, True), prose),
              "columns": (flat_odt(p, 2, True), prose), "table": (flat_odt(t, 1, False), table)}
    def convert(source, target, options=""):
        made = run("libreoffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", f"pdf:writer_pdf_Export{options}", "--outdir", work, source)
        produced = os.path.splitext(source)[0] + ".pdf"
        if made and os.path.exists(produced):
            os.replace(produced, f"{out}/{target}.pdf")
        return made
    for name, (markup, text) in office.items():
        open(f"{work}/{name}.fodt", "w").write(markup)
        keep(f"libreoffice-{name}", convert(f"{work}/{name}.fodt", f"libreoffice-{name}"), text)
    keep("libreoffice-pdfa", convert(f"{work}/prose.fodt", "libreoffice-pdfa", ':{"SelectPdfVersion":{"type":"long","value":"2"}}'), prose)
    secret = '"EncryptFile":{"type":"boolean","value":"true"}'
    keep("encrypted-user-aes", convert(f"{work}/table.fodt", "encrypted-user-aes", ':{%s,"DocumentOpenPassword":{"type":"string","value":"geheim"}}' % secret))
    secret = '"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"geheim"}'
    keep("encrypted-owner-aes", convert(f"{work}/table.fodt", "encrypted-owner-aes", ':{%s}' % secret), table)

    for name in ["columns", "justified", "table"]:
        for origin in ["libreoffice", "chromium"]:
            source = f"{out}/{origin}-{name}.pdf"
            text = office[name][1] if origin == "libreoffice" else pages[name][1]
            keep(f"ghostscript-{origin}-{name}", run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-o{out}/ghostscript-{origin}-{name}.pdf", source), text)
            keep(f"cairo-{origin}-{name}", run("pdftocairo", "-pdf", source, f"{out}/cairo-{origin}-{name}.pdf"), text)
    base = f"{out}/libreoffice-prose.pdf"
    keep("ps2pdf-chromium-prose", run("pdftops", f"{out}/chromium-prose.pdf", f"{work}/a.ps") and run("ps2pdf", f"{work}/a.ps", f"{out}/ps2pdf-chromium-prose.pdf"), prose)
    lock = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dEncryptionR=3", "-dKeyLength=128"]
    keep("encrypted-user-rc4", run(*lock, "-sOwnerPassword=amt", "-sUserPassword=geheim", f"-o{out}/encrypted-user-rc4.pdf", base))
    keep("encrypted-owner-rc4", run(*lock, "-sOwnerPassword=amt", f"-o{out}/encrypted-owner-rc4.pdf", base), prose)

    ps = ["%!PS", "/Helvetica findfont dup length dict begin {def} forall /Encoding ISOLatin1Encoding def currentdict end /H exch definefont pop", "/H findfont 11 scalefont setfont"]
    lines = [SPECIAL[i:i + 80] for i in range(0, len(SPECIAL), 80)]
    for i, line in enumerate(lines):
        ps.append(f"50 {780 - 14 * i} moveto (" + line.encode("latin1", "replace").decode("latin1").replace("(", "\\(").replace(")", "\\)") + ") show")
    open(f"{work}/plain.ps", "wb").write("\n".join(ps + ["showpage"]).encode("latin1"))
    keep("ps2pdf-plain", run("ps2pdf", f"{work}/plain.ps", f"{out}/ps2pdf-plain.pdf"))

    run("pdftoppm", "-r", "100", "-l", "2", "-png", base, f"{work}/scan")
    scans = sorted(f"{work}/{f}" for f in os.listdir(work) if f.startswith("scan"))
    run("convert", *scans, f"{out}/scan-imagemagick.pdf")
    keep("scan-imagemagick", bool(scans))

# Invisible text, as text recognition writes it over a picture.
plain = pdf("Unsichtbarer Text einer Texterkennung\nBekanntmachung der Stadt")
put("ocr-layer.pdf", plain.replace(b"BT /F1", b"BT 3 Tr /F1").replace(b"/Length ", b"/Length 9"))
put("ocr-layer.txt", "Unsichtbarer Text einer Texterkennung Bekanntmachung der Stadt")

whole = open(f"{out}/libreoffice-prose.pdf", "rb").read() if os.path.exists(f"{out}/libreoffice-prose.pdf") else plain
put("broken-half.pdf", whole[:len(whole) // 2])
put("broken-no-xref.pdf", plain[:plain.index(b"xref\n0")])
put("broken-noise.pdf", whole[:200] + bytes(random.randrange(256) for _ in range(5000)))
put("broken-header-only.pdf", b"%PDF-1.7\n")
put("broken-html.pdf", b"<html><body>404 nicht gefunden</body></html>")
put("pages-10000.pdf", pdf("\n".join(f"Zeile {i} der langen Vorlage mit Stra\xdfe" for i in range(600_000))))
