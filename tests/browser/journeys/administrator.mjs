/**
 * The administrator's first hour, by keyboard alone and without JavaScript: the link from the console, a password, the settings of
 * the site, an invitation for the clerk on paper, because there is no mail server yet. Then the clerk comes in with it.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/administrator.mjs [--shots DIR]
 */
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";
import { serveNew } from "../server.mjs";

const text = { type: "string" };
const { shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;

/** What `code` on a page says: the link to hand over. */
async function shownLink(journey) {
  const link = (await journey.page.getByRole("main").locator("code").first().innerText()).trim();
  if (!link.startsWith(`${journey.base}/willkommen?`)) throw new Error(`no link to hand over: ${link}`);
  return link.slice(journey.base.length);
}

async function firstAdministrator(journey, link) {
  await journey.open(link.slice(journey.base.length));
  await journey.expectHeading("Das erste Konto");
  // Who forgets something is told what, and keeps what was typed.
  await journey.fillByKeyboard({ "E-Mail-Adresse": "leitung@muehlau.example", Name: "Jette Brandt", "Neues Passwort": "kurz" });
  await journey.pressByKeyboard("Speichern und anmelden");
  await journey.expectText("Wählen Sie ein Passwort mit 10 bis 200 Zeichen");
  await journey.expectValue("Name", "Jette Brandt");
  await journey.fillByKeyboard({ "Neues Passwort": "vier Birken am Muehlbach" });
  await journey.pressByKeyboard("Speichern und anmelden");
  await journey.expectHeading("Verwaltung");
  await journey.shot("administrator-desk");
  await journey.open(link.slice(journey.base.length), 410);
  await journey.expectHeading("Dieser Link gilt nicht mehr");
}

async function settings(journey) {
  await journey.open("/verwaltung");
  await journey.pressByKeyboard("Diese Seite");
  await journey.expectHeading("Diese Seite");
  await journey.fillByKeyboard({ "Name der Seite": "Gemeinde Mühlau am See", "Farbton, 0 bis 359": "215" });
  await journey.pressByKeyboard("Farbe ansehen");
  await journey.expectValue("Name der Seite", "Gemeinde Mühlau am See");
  await journey.pressByKeyboard("Speichern");
  await journey.expectText("Gespeichert.");
  await journey.expectValue("Name der Seite", "Gemeinde Mühlau am See");
  await journey.shot("administrator-site");
  await journey.pressByKeyboard("Texte der Seite");
  await journey.fillByKeyboard({ "Frage auf der Startseite freiwillig": "Was bewegt Mühlau?" });
  await journey.pressByKeyboard("Speichern");
  await journey.open("/");
  await journey.expectHeading("Was bewegt Mühlau?");
}

async function invite(journey) {
  await journey.open("/verwaltung/menschen");
  await journey.fillByKeyboard({ "E-Mail-Adresse": "sitzungsdienst@muehlau.example", Sitzungsdienst: true, "als Link zum Ausdrucken": true });
  await journey.pressByKeyboard("Einladen");
  await journey.expectHeading("Link zum Übergeben");
  await journey.shot("administrator-link");
  return shownLink(journey);
}

async function clerk(journey, link) {
  await journey.open(link);
  await journey.expectHeading("Willkommen");
  await journey.fillByKeyboard({ Name: "Ove Petersen", "Neues Passwort": "lauter leise Sitzungen" });
  await journey.pressByKeyboard("Speichern und anmelden");
  await journey.expectHeading("Verwaltung");
  await journey.pressByKeyboard("Abmelden");
  await journey.expectNotice("Sie sind abgemeldet.");
  await journey.pressByKeyboard("Anmelden");
  await journey.fillByKeyboard({ "E-Mail-Adresse": "sitzungsdienst@muehlau.example", Passwort: "lauter leise Sitzungen" });
  await journey.pressByKeyboard("Anmelden", "main");
  await journey.expectHeading("Verwaltung");
  await journey.pressByKeyboard("Rat", "main");
  await journey.expectHeading("Rat");
  await journey.shot("clerk-desk");
  // What the clerk may not do is not offered, and not done either.
  await journey.open("/verwaltung/menschen", 403);
  await journey.open("/verwaltung/seite", 403);
}

const server = await serveNew("Gemeinde Mühlau");
try {
  const administrator = await begin(server.base, { script: false, shots });
  const newcomer = await begin(server.base, { script: false, shots, width: 360 });
  try {
    await firstAdministrator(administrator, server.link);
    await settings(administrator);
    await clerk(newcomer, await invite(administrator));
    await administrator.open("/verwaltung/menschen");
    await administrator.expectText("Ove Petersen");
  } finally {
    await newcomer.end();
    await administrator.end();
  }
} finally {
  await server.stop();
}
console.log("administrator: came in, set up the site, invited the clerk, who signed in");
