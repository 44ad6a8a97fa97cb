/**
 * A department signs in by keyboard and without JavaScript, reports that a decision is in progress with a next step, and a
 * resident sees it on the page of the paper.
 *
 *     node tests/browser/journeys/decision.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { department } = JSON.parse(readFileSync(accounts, "utf8"));

const step = `Die Strecke wird vermessen (${Date.now()}).`;
const journey = await begin(base, { shots, script: false });
await journey.signIn(department);
await journey.open("/verwaltung/beschluesse");
await journey.expectHeading("Beschlüsse umsetzen");
await journey.shot("decision-inbox");

// The last one of the list is one that nobody reported on yet.
const links = journey.page.locator("ol.rows h2 a");
await links.last().focus();
await journey.page.keyboard.press("Enter");
await journey.page.waitForURL(/\/verwaltung\/beschluesse\/\d+$/);
await journey.expectText("Alles in dieser Meldung ist öffentlich.");
const desk = new URL(journey.page.url()).pathname;

// Without a status the form is refused, and nothing is lost.
const page = journey.page;
await page.getByLabel("Nächster Schritt").focus();
await page.keyboard.type(step);
await page.getByRole("button", { name: "Öffentlich melden" }).focus();
await page.keyboard.press("Enter");

await page.getByLabel("in Arbeit", { exact: true }).focus();
await page.keyboard.press("Space");
if ((await page.getByLabel("Nächster Schritt").inputValue()) !== step) await journey.fill({ "Nächster Schritt freiwillig": step });
await page.getByRole("button", { name: "Öffentlich melden" }).focus();
await page.keyboard.press("Enter");
await journey.expectText("Gemeldet. Die Meldung ist öffentlich.");
await journey.shot("decision-reported");

await page.getByRole("link", { name: "Öffentliche Seite ansehen" }).focus();
await page.keyboard.press("Enter");
await page.waitForURL(/\/beschluesse\/\d+-/);
const address = new URL(page.url()).pathname;

const resident = await begin(base, { shots, script: false });
await resident.open(address);
await resident.expectText(step);
await resident.expectText("in Arbeit");
await resident.shot("decision-public");
const paper = resident.page.locator("#vorlagen + ul a, section[aria-labelledby=vorlagen] a").first();
await paper.focus();
await resident.page.keyboard.press("Enter");
await resident.page.waitForURL(/\/rat\/vorlagen\//);
await resident.expectText("Was daraus wurde");
await resident.expectText("in Arbeit");
await resident.shot("decision-paper");

await journey.open(desk);
await resident.end();
await journey.end();
console.log("A department reported what became of a decision, and a resident saw it on the paper.");
