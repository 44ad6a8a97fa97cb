/**
 * A clerk enters and publishes an undertaking form by form; a resident asks to take part, by keyboard and without JavaScript; the
 * clerk answers, and everybody reads the answer.
 *
 *     node tests/browser/journeys/undertaking.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk, resident } = JSON.parse(readFileSync(accounts, "utf8"));
const title = `Bänke am Anger ${Date.now()}`;
const answer = "Ja. Wir treffen uns am Anger und suchen die Plätze gemeinsam aus.";

async function enter(journey) {
  await journey.open("/verwaltung/vorhaben");
  await journey.press("Vorhaben anlegen");
  await journey.fill({ Titel: title, "Stand heute in einem Satz": "Die Bänke sind bestellt.", Ziel: "Wer zu Fuß geht, soll sich ausruhen können." });
  await journey.fill({ "Zuständiges Amt": "Bauamt" });
  await journey.shot("undertaking-aim");
  await journey.press("Speichern und weiter");
  await journey.expectHeading("Ort");
  await journey.fill({ "Straße, Adresse oder Ort freiwillig": "Rosenweg" });
  await journey.press("Speichern und weiter");
  await journey.expectHeading("Kosten");
  await journey.fill({ "Geplante Kosten in Euro freiwillig": "4.800" });
  await journey.press("Speichern und weiter");
  await journey.expectHeading("Nächste Schritte");
  await journey.press("Speichern und weiter");
  await journey.press("Speichern und weiter");
  await journey.expectHeading("Mitmachen");
  await journey.fill({ Nein: true, "Wie, oder warum nicht?": "Die Plätze stehen schon fest." });
  await journey.press("Speichern und weiter");
  await journey.press("Speichern und weiter");
  await journey.expectHeading(title);
  await journey.shot("undertaking-overview");
  const desk = new URL(journey.page.url()).pathname;
  await journey.press("Vorschau");
  await journey.expectText("So sieht der Bogen aus");
  await journey.open(desk);
  await journey.press("Veröffentlichen");
  await journey.expectNotice("Das Vorhaben ist veröffentlicht.");
  await journey.press("Öffentliche Seite ansehen");
  await journey.expectText("4800");
  return { desk, page: new URL(journey.page.url()).pathname };
}

async function ask(journey, page) {
  await journey.open(page);
  await journey.expectText("Mitmachen ist nicht vorgesehen");
  await journey.fillByKeyboard({ "Warum möchten Sie mitmachen?": "Ich weiß, wo es im Sommer Schatten gibt." });
  await journey.takeTime(3);
  await journey.pressByKeyboard("Anfrage senden");
  await journey.expectNotice("Ihre Anfrage zählt. Die Antwort bekommen Sie per E-Mail, und sie steht dann hier.");
  await journey.expectText("Ich weiß, wo es im Sommer Schatten gibt.");
  await journey.shot("undertaking-asked");
}

const staff = await begin(base, { shots });
const asker = await begin(base, { script: false, shots, width: 360 });
const stranger = await begin(base, { shots });
try {
  await staff.signIn(clerk);
  const { desk, page } = await enter(staff);
  await asker.signIn(resident);
  await ask(asker, page);
  await staff.open("/verwaltung/vorhaben");
  await staff.expectText(title);
  await staff.open(desk);
  await staff.fill({ Ja: true });
  await staff.page.locator("#antwort-text").fill(answer);
  await staff.shot("undertaking-answer");
  await staff.press("Öffentlich antworten");
  await staff.expectNotice("Die Antwort ist öffentlich. Alle, die gefragt haben, bekommen eine E-Mail.");
  await stranger.open(page);
  await stranger.expectText("Sie können mitmachen");
  await stranger.expectText(answer);
  await stranger.shot("undertaking-answered");
} finally {
  await stranger.end();
  await asker.end();
  await staff.end();
}
console.log("undertaking: entered, published, asked about, answered in public");
