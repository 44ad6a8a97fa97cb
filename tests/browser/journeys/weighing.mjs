/**
 * A clerk weighs by keyboard alone and without JavaScript: what came in since is taken up, answered, approved by a second person,
 * published, and stands beside the statement.
 *
 *     node tests/browser/journeys/weighing.mjs --base http://127.0.0.1:8080 --accounts tests/browser/accounts.json [--shots DIR]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";

const text = { type: "string" };
const { base, accounts, shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const { clerk, department } = JSON.parse(readFileSync(accounts, "utf8"));
const desk = "/verwaltung/beteiligung/1/abwaegung";
const reason = "Hecken brauchen eigene Maße. Der Gemeinderat spricht im Herbst darüber.";

const journey = await begin(base, { script: false, shots });
await journey.signIn(clerk);
await journey.open("/verwaltung/beteiligung/1");
await journey.pressByKeyboard("Abwägung", "main");
await journey.expectHeading("Abwägung");
await journey.pressByKeyboard("Neue aufnehmen", "main");
await journey.expectNotice("Aufgenommen.");
await journey.open(`${desk}?stand=open`);
await journey.shot("weighing-1-open");
await journey.page.keyboard.press("Tab");
await journey.pressByKeyboard("Bitte auch Hecken aufnehmen, die älter als 20 Jahre sind.", "main");
await journey.expectText("Heckenfreundin");
await journey.fillByKeyboard({ "nicht gefolgt": true, Grund: reason });
await journey.shot("weighing-2-answer");
await journey.pressByKeyboard("Vorschlagen und hier bleiben", "main");
await journey.expectNotice("Vorgeschlagen. Jetzt gibt eine zweite Person frei.");
await journey.expectText("Freigeben muss sie eine zweite Person.");
const bundle = new URL(journey.page.url()).pathname;

const second = await begin(base, { script: false, shots });
await second.signIn(department);
await second.open(bundle);
await second.pressByKeyboard("Freigeben", "main");
await second.expectNotice("Freigegeben.");
await second.shot("weighing-3-approved");
await second.end();

await journey.open(desk);
await journey.pressByKeyboard("Freigegebene Antworten veröffentlichen", "main");
await journey.open("/beteiligung/1/stellungnahmen/65");
await journey.expectText(reason);
await journey.shot("weighing-4-public");
await journey.end();
