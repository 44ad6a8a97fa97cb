/**
 * A guest without account and without script makes a statement, confirms it by the link in the mail, finds it beside the text, and takes
 * it back by the same link; the number stays and says so.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/guest.mjs [--shots DIR]
 *
 * It has a server of its own, because it reads the mails in its folder.
 */
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";
import { linkIn, mailTo } from "../mails.mjs";
import { inOwnTown } from "../server.mjs";

const text = { type: "string" };
const { shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const page = "/beteiligung/1-welche-baeume-sollen-geschuetzt-sein";
const address = `gast.${Date.now()}@example.org`;
const words = "Die Satzung sollte auch auf Englisch zu lesen sein.";

await inOwnTown(walk);

async function walk({ base, mails }) {
  const journey = await begin(base, { shots, script: false });
  await journey.open(page);
  await journey.page.getByRole("link", { name: /Die erste schreiben/ }).first().click();
  await journey.page.waitForLoadState("load");
  const passage = new URL(journey.page.url()).search;
  await journey.page.locator("#text").last().fill(words);
  await journey.page.locator("#name").fill("Gast vom Bach");
  await journey.page.locator("#email").fill(address);
  await journey.takeTime(10);
  await journey.press("Stellungnahme abgeben");
  await journey.expectHeading("Ihre Stellungnahme ist da");
  await journey.expectText("noch nicht bestätigt");
  const asked = await mailTo(mails, address, "/beteiligung/bestaetigen");
  const link = linkIn(asked.content, "/beteiligung/bestaetigen");
  await journey.open(link);
  await journey.expectHeading("Beitrag bestätigen");
  await journey.expectText("Eingangsnummer");
  await journey.shot("guest-1-confirm");
  await journey.pressByKeyboard("Ja, das ist meiner", "main");
  await journey.expectNotice("Bestätigt. Ihr Beitrag zählt jetzt.");
  await journey.expectText(words);
  await journey.shot("guest-2-public");

  await journey.open(link);
  await journey.expectHeading("Ihr Beitrag");
  await journey.shot("guest-3-own");
  await journey.pressByKeyboard("Beitrag zurückziehen", "main");
  await journey.expectNotice("Ihr Beitrag ist zurückgezogen.");
  await journey.shot("guest-4-taken-back");
  const number = Number(/Eingangsnummer \d+-(\d+)/.exec(await journey.page.locator("main").innerText())?.[1]);
  await journey.open(`/beteiligung/1/stellungnahmen/${number}`, 410);
  await journey.expectText("Diese Stellungnahme wurde zurückgezogen.");
  await journey.shot("guest-5-number");
  await journey.open(page + passage);
  if ((await journey.page.locator("main").innerText()).includes(words)) throw new Error("what was taken back can still be read");
  await journey.end();
  console.log("guest: stated, confirmed by the link, taken back by the same link");
}
