/**
 * The clerk enters a meeting with two items and a paper with its PDF, publishes it, sees it as the public does, and withdraws it.
 *
 *     node tests/browser/journeys/clerk.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk } = JSON.parse(readFileSync(accounts, "utf8"));

/** The smallest PDF with one line of text. */
function plan() {
  const text = "BT /F1 24 Tf 72 700 Td (Lageplan Radweg) Tj ET";
  const parts = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const places = parts.map((part, index) => {
    const place = out.length;
    out += `${index + 1} 0 obj\n${part}\nendobj\n`;
    return place;
  });
  const table = out.length;
  out += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  const file = join(mkdtempSync(join(tmpdir(), "journey-")), "Lageplan Radweg.pdf");
  writeFileSync(file, out, "latin1");
  return file;
}

const title = `Radweg zum Bahnhof ${Date.now()}`;
const meeting = `Sondersitzung ${Date.now()}`;
const journey = await begin(base, { shots });
await journey.signIn(clerk);

await journey.open("/verwaltung/rat/vorlagen/neu");
await journey.shot("clerk-paper-new");
await journey.fill({ Titel: title, "Art freiwillig": "Antrag" }).catch(() => journey.fill({ Titel: title, Art: "Antrag" }));
await journey.press("Entwurf speichern");
await journey.expectText("Entwurf");
const paper = new URL(journey.page.url()).pathname;
await journey.fill({ Datei: { files: [plan()] } });
await journey.press("Hochladen");
await journey.expectText("Lageplan-Radweg.pdf");
await journey.shot("clerk-paper");

await journey.open("/verwaltung/rat/sitzungen/neu");
await journey.fill({ Gemeinderat: true, Titel: meeting, Beginn: "2027-01-12T19:00" });
await journey.press("Entwurf speichern");
const desk = new URL(journey.page.url()).pathname;
for (const [number, words] of [["1", "Fragen der Einwohner"], ["2", title]]) {
  await journey.open(desk);
  await journey.press("Punkt anlegen");
  await journey.page.locator("#number").fill(number);
  await journey.page.locator("#name").fill(words);
  if (number === "2") await journey.page.locator("#paper_id").selectOption(paper.split("/").pop());
  await journey.press("Entwurf speichern");
}
await journey.open(desk);
await journey.shot("clerk-meeting");
await journey.press("Veröffentlichen");
await journey.open(paper);
await journey.press("Veröffentlichen");
await journey.press("Öffentliche Seite ansehen");
await journey.expectHeading(title);
await journey.expectText("Gemeinderat");
const address = new URL(journey.page.url()).pathname;
const stranger = await begin(base, { shots });
await stranger.open(address);
await stranger.expectHeading(title);
await journey.open(paper);
await journey.page.locator("#stand-grund").fill("Zum Ausprobieren eingetragen");
await journey.press("Zurückziehen");
await stranger.open(address, 410);
await stranger.end();
await journey.end();
console.log("clerk: entered, published, read, withdrawn");
