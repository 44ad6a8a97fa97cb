/**
 * A resident proposes an idea without JavaScript and sees similar ones first; a council member supports it; the clerk answers; the
 * resident reads the answer.
 *
 *     node tests/browser/journeys/ideas.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk, resident, member } = JSON.parse(readFileSync(accounts, "utf8"));

const title = `Bänke am Marktplatz mit Rückenlehne ${Date.now() % 100000}`;
const journey = await begin(base, { shots, script: false });
await journey.signIn(resident);
await journey.open("/beteiligung");
await journey.page.getByRole("link", { name: "Was fehlt in Musterau?" }).first().click();
await journey.expectHeading("Was fehlt in Musterau?");
await journey.press("Ideen");
await journey.shot("ideas-1-list");
await journey.press("Eigene Idee vorschlagen");
await journey.page.locator("#title").fill(title);
await journey.page.locator("#text").fill("Wer schlecht zu Fuß ist, braucht eine Lehne, um wieder aufzustehen.");
await journey.press("Weiter");
await journey.expectHeading("Ist Ihre Idee schon dabei?");
await journey.expectText("Mehr Bänke am Marktplatz");
await journey.shot("ideas-2-similar");
await journey.takeTime(3);
await journey.press("Meine Idee trotzdem senden");
await journey.expectText("Ihre Idee ist öffentlich.");
await journey.shot("ideas-3-receipt");
await journey.page.locator("main .onward a").first().click();
await journey.expectHeading(title);
const address = new URL(journey.page.url()).pathname;

const other = await begin(base, { shots, script: false });
await other.signIn(member);
await other.open(address);
await other.press("Ich stimme zu");
await other.expectText("1 Person stimmt zu");
await other.expectText("Ihre Zustimmung zählt.");
await other.end();

const desk = await begin(base, { shots, script: false });
await desk.signIn(clerk);
await desk.open(address);
await desk.press("Diese Idee bearbeiten");
await desk.page.getByLabel("wird umgesetzt", { exact: true }).check();
await desk.page.getByLabel("Begründung für alle").fill("Der Bauhof stellt zwei Bänke mit Lehne auf, noch in diesem Jahr.");
await desk.press("Öffentlich antworten");
await desk.expectText("Die Antwort ist öffentlich.");
await desk.shot("ideas-4-desk");
await desk.end();

await journey.open(address);
await journey.expectText("wird umgesetzt");
await journey.expectText("Der Bauhof stellt zwei Bänke mit Lehne auf");
await journey.shot("ideas-5-answered");
await journey.end();
console.log("An idea was proposed beside similar ones, supported by another, and answered.");
