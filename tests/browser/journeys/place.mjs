/**
 * A resident draws a line by keyboard alone: the map is opened, the arrow keys move it below the crosshair, Enter sets points, Backspace
 * takes one back; then the statement is sent and found with its line in words, on the map and as open data. Without JavaScript an address
 * in the field does it.
 *
 *     node tests/browser/journeys/place.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { resident } = JSON.parse(readFileSync(accounts, "utf8"));
const path = "/beteiligung/1-welche-baeume-sollen-geschuetzt-sein";
const said = `Entlang dieser Linie fehlen Bäume. ${Date.now()}`;

const journey = await begin(base, { shots });
const { page } = journey;
const keys = async (...all) => {
  for (const key of all) await page.keyboard.press(key);
};
const expectSaid = (words) =>
  page
    .locator("[data-draw-said]")
    .getByText(words)
    .waitFor()
    .catch(async () => {
      throw new Error(`expected to hear "${words}", heard "${await page.locator("[data-draw-said]").innerText()}"`);
    });
const focusOn = (selector) => journey.tabTo((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

await journey.signIn(resident);
await journey.open(`${path}?absatz=5`);
await page.locator("form[data-statement] textarea").first().focus();
await page.keyboard.type(said);
await focusOn("[data-draw-open]");
await keys("Enter");
await page.locator(".draw-board canvas").waitFor();
await page.waitForFunction(() => document.activeElement?.localName === "canvas");
// Back to the kinds before the map, and into the map again.
await keys("Shift+Tab", "Shift+Tab", "Enter");
if ((await page.locator('[data-draw-kind="line"]').getAttribute("aria-pressed")) !== "true") throw new Error("the line was not chosen by keyboard");
await focusOn(".draw-board canvas");
await keys("Enter", "ArrowRight", "ArrowRight");
await expectSaid("Fadenkreuz bei");
await keys("Enter", "ArrowUp", "Enter");
await expectSaid("Punkte bisher: 3.");
await keys("Backspace");
await expectSaid("Punkte: 2.");
await journey.shot("place-1-drawn");
await focusOn("[data-draw-done]");
await keys("Enter");
await expectSaid("Eingezeichnet: eine Linie, Punkte: 2.");
await journey.takeTime(3);
await journey.pressByKeyboard("Stellungnahme abgeben");
await journey.expectHeading("Ihre Stellungnahme ist da");

await journey.open(`${path}/stellungnahmen?ansicht=karte`);
await journey.expectText(said);
await page.locator(".map-view canvas").waitFor();
await journey.shot("place-2-map");
const open = await (await page.request.get(`${base}${path}/stellungnahmen.geojson`)).json();
const own = open.features.find(({ properties }) => properties.text === said);
if (own?.geometry.type !== "LineString" || own.geometry.coordinates.length !== 2) throw new Error(`no line in the open data: ${JSON.stringify(own)}`);
await journey.open(new URL(own.properties.web).pathname);
await journey.expectText("Linie bei");
await page.locator(".map-view canvas").waitFor();
await journey.shot("place-3-statement");
await journey.end();

const plain = await begin(base, { script: false, shots });
await plain.signIn(resident);
await plain.open(`${path}?absatz=0`);
await plain.page.locator("form[data-statement] textarea").first().fill(`Mehr Schatten. ${said}`);
await plain.page.locator("#place").fill("Lindenallee 3");
await plain.shot("place-4-plain");
await plain.takeTime(3);
await plain.press("Stellungnahme abgeben");
await plain.open(`${path}/stellungnahmen?absatz=0&ansicht=karte`);
await plain.expectText("Lindenallee 3");
await plain.end();
