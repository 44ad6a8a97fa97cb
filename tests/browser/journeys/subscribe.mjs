/**
 * A resident without an account and without script subscribes to a paper by e-mail, by keyboard alone, confirms from the mail,
 * changes how often, hears that the clerk withdrew the paper, and leaves by the link in that mail.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/subscribe.mjs --accounts tests/browser/accounts.json [--shots DIR]
 *
 * It has a server of its own, because it reads the mails in its folder. Mails with news go out once a minute.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";
import { serveTown } from "../server.mjs";

const text = { type: "string" };
const { accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk } = JSON.parse(readFileSync(accounts, "utf8"));
const MAIL_MS_MAX = 150_000;
const title = `Sternwarte auf dem Hügel ${Date.now()}`;
const address = `ida.${Date.now()}@example.org`;
const { base, mails, stop } = await serveTown();

/** The plain text of a mail file: quoted-printable or base64 undone, as far as links and words need it. */
function plainText(bytes) {
  const part = bytes.split(/\r?\n\r?\n/).slice(1).join("\n\n");
  const encoded = /Content-Transfer-Encoding: base64\s+([A-Za-z0-9+/=\s]+)/i.exec(bytes);
  if (encoded) return Buffer.from(encoded[1], "base64").toString("utf8");
  const joined = part.replace(/=\r?\n/g, "");
  return Buffer.from(joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), "latin1").toString("utf8");
}

/** Waits for the mail to our address that has this in it. */
async function mailWith(wanted) {
  const until = Date.now() + MAIL_MS_MAX;
  while (Date.now() < until) {
    for (const name of (existsSync(mails) ? readdirSync(mails) : []).filter((name) => name.endsWith(".eml"))) {
      const bytes = readFileSync(join(mails, name), "utf8");
      const content = bytes.includes(address) ? plainText(bytes) : "";
      if (content.includes(wanted)) return { bytes, content };
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
  throw new Error(`no mail to ${address} with "${wanted}" came`);
}

/** The path of the first link of this site in a text that has `part` in it. */
function linkIn(content, part) {
  const link = content.split(/[\s"<>]+/).find((piece) => piece.startsWith("http") && piece.includes(part));
  if (!link) throw new Error(`no link with ${part} in the mail`);
  const url = new URL(link);
  return url.pathname + url.search;
}

try {
  await walk();
} finally {
  await stop();
}

async function walk() {
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
  await journey.expectHeading("Sehen Sie in Ihr Postfach");
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
