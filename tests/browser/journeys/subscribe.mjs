/**
 * A resident without an account and without script subscribes to a paper by e-mail, by keyboard alone, confirms from the mail,
 * changes how often, hears that the clerk withdrew the paper, and leaves by the link in that mail.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/subscribe.mjs --accounts tests/browser/accounts.json [--shots DIR]
 *
 * It has a server of its own, because it reads the mails in its folder. Mails with news go out once a minute.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";
import { linkIn, mailTo } from "../mails.mjs";
import { inOwnTown } from "../server.mjs";

const text = { type: "string" };
const { accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk } = JSON.parse(readFileSync(accounts, "utf8"));
const title = `Sternwarte auf dem Hügel ${Date.now()}`;
const address = `ida.${Date.now()}@example.org`;

await inOwnTown(walk);

async function walk({ base, mails }) {
  const mailWith = (wanted) => mailTo(mails, address, wanted);
  const desk = await begin(base, { shots });
  await desk.signIn(clerk);
  await desk.open("/verwaltung/rat/vorlagen/neu");
  await desk.fill({ Titel: title });
  await desk.page.locator("#kind").fill("Antrag");
  await desk.press("Entwurf speichern");
  const paper = new URL(desk.page.url()).pathname;
  await desk.press("Veröffentlichen");
  await desk.open(paper);
  await desk.press("Öffentliche Seite ansehen");
  const page = new URL(desk.page.url()).pathname;

  const journey = await begin(base, { shots, script: false });
  await journey.open(page);
  await journey.pressByKeyboard("Diese Vorlage abonnieren");
  await journey.expectText(title);
  await journey.shot("subscribe-form");
  // By keyboard: into the field for the address, to the choice, to the button.
  await journey.page.locator("#email").focus();
  await journey.page.keyboard.type(address);
  await journey.page.keyboard.press("Tab");
  await journey.page.keyboard.press("ArrowDown");
  await journey.pressByKeyboard("Abonnieren");
  await journey.expectHeading("Fast fertig: Sehen Sie in Ihr Postfach");
  const asked = await mailWith("/abonnieren/bestaetigen");
  await journey.open(linkIn(asked.content, "/abonnieren/bestaetigen"));
  await journey.shot("subscribe-confirm");
  await journey.pressByKeyboard("Ja, abonnieren");
  await journey.expectText("Das Abo ist bestätigt");
  await journey.shot("subscribe-own");
  const own = new URL(journey.page.url()).pathname;
  await journey.page.locator("main select[name=frequency]").selectOption("at_once");
  await journey.pressByKeyboard("Ändern");
  await journey.expectText("Gespeichert.");

  await desk.open(paper);
  await desk.page.locator("#stand-grund").fill("Zum Ausprobieren eingetragen");
  await desk.press("Zurückziehen");
  await desk.end();

  const told = await mailWith("/abmelden");
  for (const header of ["List-Unsubscribe: <", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]) {
    if (!told.bytes.includes(header)) throw new Error(`the mail has no ${header}`);
  }
  if (!told.content.includes("Zurückgezogen")) throw new Error("the mail does not say what happened");
  await journey.open(linkIn(told.content, "abmelden?abo="));
  await journey.shot("subscribe-leave");
  await journey.pressByKeyboard("Dieses Abo beenden");
  await journey.expectHeading("Abgemeldet");
  await journey.open(own, 410);
  await journey.end();
  console.log("subscribe: asked, confirmed, changed, told, left");
}
