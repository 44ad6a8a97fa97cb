/**
 * A resident types, chooses a suggestion by keyboard, narrows the hits, and opens a file at its page; then the same without script.
 *
 *     node tests/browser/journeys/search.mjs --base http://127.0.0.1:8080 [--shots DIR]
 */
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;

/** Narrows to files and opens the first passage that names a page. */
async function openAtPage(journey) {
  const { page } = journey;
  await page.locator(".facets").getByRole("link", { name: "Datei", exact: true }).click();
  await page.waitForURL(/art=datei/);
  await journey.expectText("Art: Datei");
  const passage = page.locator(".hits .found a").first();
  const number = /Seite (\d+)/.exec(await passage.innerText())?.[1];
  if (!number) throw new Error(`no passage names its page on ${page.url()}`);
  await passage.click();
  await page.waitForURL(new RegExp(`seite=${number}#seite-${number}$`));
  await page.locator(`#seite-${number}`).waitFor();
}

const journey = await begin(base, { shots });
await journey.open("/");
const field = journey.page.getByRole("combobox");
await field.pressSequentially("Schulw", { delay: 20 });
const options = journey.page.getByRole("option");
await options.first().waitFor();
const words = await options.evaluateAll((list) => list.findIndex((option) => !option.dataset.path));
if (words < 0) throw new Error("no words are suggested for Schulw");
await journey.page.keyboard.press("Escape");
if (await options.first().isVisible()) throw new Error("Escape leaves the suggestions open");
await journey.page.keyboard.press("ArrowDown");
await options.first().waitFor();
for (let presses = 0; presses <= words; presses += 1) await journey.page.keyboard.press("ArrowDown");
const chosen = journey.page.locator('[role="option"][aria-selected="true"]');
if ((await field.getAttribute("aria-activedescendant")) !== (await chosen.getAttribute("id"))) throw new Error("the chosen option is not announced");
await journey.shot("search-suggestions");
await journey.page.keyboard.press("Enter");
await journey.page.waitForURL(/\/suche\?q=/);
await journey.expectHeading("Suche");
await journey.shot("search-found");
await openAtPage(journey);
await journey.page.goBack();
await journey.press("Art: Datei aufheben");
if (/art=/.test(journey.page.url())) throw new Error("the filter was not taken back");
await journey.press("Auf der Karte zeigen");
await journey.expectHeading("Karte");
await journey.shot("search-map");
await journey.end();

const plain = await begin(base, { script: false, shots });
await plain.open("/");
await plain.fill({ "Was interessiert Sie?": "Schulweg" });
await plain.press("Suchen");
await plain.expectHeading("Suche");
await openAtPage(plain);
await plain.end();
console.log("search: typed, chosen by keyboard, narrowed, opened at its page, with and without script");
