/**
 * Other ways in. An administrator connects a provider of accounts and asks for the opinion of those of whom it says that they live
 * here; a resident comes by it, chooses a name, shows by it that they are meant, signs out here and there and comes back; then
 * sets up a passkey on a device that Chromium plays, comes in with it, and takes it away again.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/sign_in.mjs [--shots DIR]
 *
 * The provider is npm's oidc-provider with its own pages. The site is asked as localhost, because devices keep no keys for
 * bare addresses.
 */
import { parseArgs } from "node:util";
import { CLIENT, provideAccounts } from "../accounts_elsewhere.mjs";
import { begin } from "../journey.mjs";
import { serveNew } from "../server.mjs";

const text = { type: "string" };
const { shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { base, link, stop } = await serveNew("Gemeinde Mühlau", { host: "localhost", env: { ALLMENDE_SIGN_IN_ALLOW_PRIVATE: "1" } });
const elsewhere = await provideAccounts(base);
const button = "Mit Bürgerkonto anmelden";

try {
  await administrator();
  await resident();
} finally {
  await elsewhere.stop();
  await stop();
}

async function administrator() {
  const journey = await begin(base, { shots, script: false });
  await journey.open(link.slice(base.length));
  await journey.fill({ "E-Mail-Adresse": "leitung@muehlau.example", Name: "Jette Brandt", "Neues Passwort": "vier Birken am Muehlbach" });
  await journey.press("Speichern und anmelden");
  await journey.open("/verwaltung/seite");
  await journey.press("Anmelden mit anderem Konto");
  const entered = { "Kennung dieser Seite dort (Client-ID)": CLIENT.id, "Geheimnis (Client-Secret) freiwillig": CLIENT.secret, "Aufschrift des Knopfes": button };
  await journey.fill({ ...entered, "Adresse des Dienstes (Issuer)": `${elsewhere.issuer}/other` });
  await journey.press("Prüfen und speichern");
  await journey.expectText("Unter dieser Adresse antwortet kein Dienst");
  await journey.shot("sign-in-settings-refused");
  await journey.fill({ ...entered, "Adresse des Dienstes (Issuer)": elsewhere.issuer, "Was wir uns merken (Claims) freiwillig": "residence" });
  await journey.press("Prüfen und speichern");
  await journey.expectNotice("Gespeichert.");
  await journey.shot("sign-in-settings");
  await askResidents(journey);
  await journey.end();
}

/** A consultation for those of whom the provider says that they live in Mühlau. */
async function askResidents(journey) {
  await journey.open("/verwaltung/beteiligung/neu/consultation");
  await journey.fill({
    Titel: "Wie soll der Steg heißen?",
    "Kurz gesagt": "Sie lesen den Vorschlag und schreiben dazu.",
    "Was ist offen?": "Der Name.",
    "Wer entscheidet?": "der Gemeinderat",
  });
  await journey.press("Speichern und weiter");
  await journey.page.locator("#pasted").fill("# Vorschlag\n\nDer Steg heißt Birkensteg.\n");
  await journey.press("Text lesen lassen");
  await journey.press("So übernehmen und weiter");
  const today = await journey.page.locator("#from1").inputValue();
  await journey.page.locator("#from1").fill(new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10));
  await journey.fill({ "Was der Dienst zum Anmelden bestätigt": true, "Mit welchem Inhalt? freiwillig": "Mühlau, Birkenau" });
  await journey.shot("sign-in-claims-when");
  await journey.press("Speichern und weiter");
  await journey.press("Veröffentlichen");
  await journey.expectHeading("Wie soll der Steg heißen?");
}

/** The provider's own pages, as its package brings them. */
async function passProvider(page) {
  await page.fill("input[name=login]", "ida");
  await page.fill("input[name=password]", "beliebig");
  await page.click("button[type=submit]");
  await page.getByRole("button", { name: "Continue" }).click();
}

async function resident() {
  const journey = await begin(base, { shots });
  const { page } = journey;
  await journey.open("/konto");
  await journey.expectHeading("Anmelden");
  await journey.shot("sign-in-ways");
  await journey.pressByKeyboard(button, "main");
  await passProvider(page);
  await journey.expectHeading("Willkommen");
  await journey.expectText("ida@buerger.example");
  await journey.shot("sign-in-arrival");
  await journey.fillByKeyboard({ "Öffentlicher Name": "Apfelbaum am Bach" });
  await journey.pressByKeyboard("Konto anlegen", "main");
  await journey.expectHeading("Mein Konto");
  await journey.expectValue("Name", "Apfelbaum am Bach");
  await signOutTwice(journey);
  await journey.open("/konto");
  await journey.press(button);
  await passProvider(page);
  await journey.expectHeading("Mein Konto");
  await journey.expectValue("Name", "Apfelbaum am Bach");
  await takePart(journey);
  await replay(journey);
  await passkey(journey);
  await journey.end();
  console.log("sign in: by an account elsewhere and back, by a passkey, both taken away again");
}

/** Here, and at the provider, which asks whether that is meant. */
async function signOutTwice(journey) {
  await journey.pressByKeyboard("Abmelden", "main");
  await journey.expectHeading("Sie sind hier abgemeldet");
  await journey.shot("sign-in-leave");
  await journey.pressByKeyboard("Auch dort abmelden", "main");
  await journey.page.getByRole("button", { name: "Yes, sign me out" }).click();
  await journey.page.waitForURL(`${journey.base}/`);
}

/** A stranger is led to the provider; who has come by it shows with one button that they are meant, and writes. */
async function takePart(journey) {
  const stranger = await begin(base, { shots });
  await stranger.open("/beteiligung");
  await stranger.press("Wie soll der Steg heißen?");
  const path = new URL(stranger.page.url()).pathname;
  await stranger.press("Zeigen, dass ich mitmachen kann");
  await stranger.expectText("Melden Sie sich mit dem Dienst an, der das bestätigt.");
  await stranger.expectAccessible();
  await stranger.shot("sign-in-claims-stranger");
  await stranger.end();
  await journey.open(path);
  await journey.pressByKeyboard("Zeigen, dass ich mitmachen kann", "main");
  await journey.expectText("bestätigt alles, was hier gefragt ist");
  await journey.expectAccessible();
  await journey.shot("sign-in-claims");
  await journey.pressByKeyboard("Weiter", "main");
  await journey.expectHeading("Wie soll der Steg heißen?");
  await journey.open(`${path}?absatz=0`);
  await journey.page.locator("#text").last().fill("Er soll Birkensteg heißen.");
  await journey.takeTime(3);
  await journey.press("Stellungnahme abgeben");
  await journey.expectHeading("Ihre Stellungnahme ist da");
  await journey.open("/konto");
}

/** The provider's answer, sent once more from the same browser. */
async function replay(journey) {
  const seen = [];
  journey.page.on("request", (request) => seen.push(request.url()));
  await journey.pressByKeyboard("Abmelden", "main");
  await journey.open("/anmelden");
  await journey.press(button);
  await journey.expectHeading("Mein Konto");
  const back = seen.find((url) => url.startsWith(`${journey.base}/anmelden/extern/zurueck?`));
  if (!back) throw new Error("nobody came back from the provider");
  await journey.open(back.slice(journey.base.length), 410);
  await journey.expectHeading("Die Anmeldung hat nicht geklappt");
  await journey.shot("sign-in-replayed");
}

async function passkey(journey) {
  const device = await journey.page.context().newCDPSession(journey.page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await journey.open("/konto");
  await journey.press("Ansehen und ändern");
  await journey.expectHeading("Wie ich mich anmelde");
  await journey.fillByKeyboard({ "Name für den neuen Passkey": "Mein Telefon" });
  await journey.pressByKeyboard("Passkey einrichten", "main");
  await journey.expectNotice("Der Passkey ist eingerichtet.");
  await journey.expectText("Mein Telefon");
  await journey.shot("sign-in-passkeys");
  const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId });
  if (credentials.length !== 1 || !credentials[0].isResidentCredential) throw new Error("the device keeps no key");
  await journey.open("/konto");
  await journey.pressByKeyboard("Abmelden", "main");
  await journey.open("/anmelden?weiter=/konto/zugang");
  await journey.pressByKeyboard("Mit Passkey anmelden", "main");
  await journey.expectHeading("Wie ich mich anmelde");
  await journey.expectText("zuletzt benutzt");
  // A device that says no leaves the reader where they are, with a word about it.
  await journey.open("/konto");
  await journey.pressByKeyboard("Abmelden", "main");
  await journey.open("/anmelden?weiter=/konto/zugang");
  await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await device.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credentials[0].credentialId });
  await journey.page.getByRole("button", { name: "Mit Passkey anmelden" }).click();
  await journey.page.getByRole("status").getByText("Das Gerät hat nicht zugestimmt").waitFor();
  await journey.shot("sign-in-passkey-failed");
  await device.send("WebAuthn.addCredential", { authenticatorId, credential: credentials[0] });
  await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await journey.page.getByRole("button", { name: "Mit Passkey anmelden" }).click();
  await journey.page.waitForLoadState("load");
  await journey.page.getByText("vielleicht kopiert").first().waitFor();
  await journey.shot("sign-in-passkey-copied");
  await journey.press(button);
  await journey.open("/konto/zugang");
  await journey.page.getByRole("button", { name: "Mein Telefon entfernen" }).click();
  await journey.expectNotice("Entfernt. Alle anderen Geräte sind abgemeldet.");
  await journey.page.getByRole("button", { name: "ida@buerger.example entfernen" }).click();
  await journey.expectNotice("Entfernt. Alle anderen Geräte sind abgemeldet.");
}
