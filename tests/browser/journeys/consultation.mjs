/**
 * The clerk publishes a consultation within twelve clicks, one form per step; a resident without JavaScript reads a passage, writes, and
 * gets a number; the clerk publishes the second version, and the statement is still there.
 *
 *     node tests/browser/journeys/consultation.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const CLICKS_MAX = 12;
const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk, resident } = JSON.parse(readFileSync(accounts, "utf8"));

const title = `Wie soll die Marktordnung aussehen? ${Date.now()}`;
const first = "# § 1 Markttag\n\nMarkt ist am Freitag von 8 bis 13 Uhr.\n\nVerkauft wird, was in der Gegend wächst.\n";
const second = first.replace("8 bis 13 Uhr", "14 bis 19 Uhr");

const journey = await begin(base, { shots });
let clicks = 0;
const click = async (name) => {
  clicks += 1;
  await journey.press(name);
};
await journey.open("/anmelden");
await journey.fill({ "E-Mail-Adresse": clerk.email, Passwort: clerk.password });
await journey.page.getByRole("main").getByRole("button", { name: "Anmelden", exact: true }).click();
await journey.page.waitForLoadState("load");
clicks += 1;
await journey.open("/verwaltung");
await click("Beteiligung");
await journey.shot("consultation-1-begin");
await click("Text gemeinsam prüfen");
await journey.fill({
  Titel: title,
  "Kurz gesagt": "Sie lesen die neue Marktordnung und schreiben zu jedem Absatz, was Sie ändern würden.",
  "Was ist offen?": "Der Tag, die Zeiten und was verkauft wird.",
  "Wer entscheidet?": "der Gemeinderat",
});
await journey.shot("consultation-2-about");
await click("Speichern und weiter");
await journey.page.locator("#pasted").fill(first);
await click("Text lesen lassen");
await journey.expectText("So wurde Fassung 1 verstanden");
await journey.shot("consultation-3-text");
await click("So übernehmen und weiter");
const today = await journey.page.locator("#from1").inputValue();
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
await journey.page.locator("#from1").fill(yesterday);
await journey.shot("consultation-4-when");
await click("Speichern und weiter");
await journey.shot("consultation-5-preview");
await click("Veröffentlichen");
await journey.expectHeading(title);
await journey.shot("consultation-6-public");
if (clicks > CLICKS_MAX) throw new Error(`${clicks} clicks from sign-in to the published consultation, at most ${CLICKS_MAX}`);
const address = new URL(journey.page.url()).pathname;

const plain = await begin(base, { script: false, shots });
await plain.signIn(resident);
await plain.open(address);
await plain.page.locator("#u2").getByRole("link").click();
await plain.page.waitForLoadState("load");
await plain.page.locator("#text").last().fill("Am Nachmittag könnten auch die kommen, die arbeiten.");
await plain.shot("consultation-7-write");
await plain.takeTime(3);
await plain.press("Stellungnahme abgeben");
await plain.expectHeading("Ihre Stellungnahme ist da");
await plain.expectText("-0001");
await plain.shot("consultation-8-receipt");
await plain.press("Zurück zum Absatz");
await plain.expectText("Am Nachmittag könnten auch die kommen, die arbeiten.");

await journey.open(address);
await journey.press("Verfahren bearbeiten");
await journey.press("Nächste Fassung");
await journey.page.locator("#pasted").fill(second);
await journey.press("Text lesen lassen");
await journey.press("Diese Fassung veröffentlichen");
await plain.open(`${address}/aenderungen`);
await plain.expectText("Markt ist am Freitag von");
await plain.shot("consultation-9-changes");
await plain.open(`${address}?absatz=2`);
await plain.expectText("Am Nachmittag könnten auch die kommen, die arbeiten.");
await plain.end();
await journey.end();
