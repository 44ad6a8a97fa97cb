/**
 * A resident makes an account with a made-up name, without a password, by keyboard alone and without script: registers, opens the
 * link in the mail, sees the own page, signs out, comes back by a link, and deletes the account.
 *
 *     ALLMENDE_PROGRAM=target/debug/allmende node tests/browser/journeys/resident.mjs [--shots DIR]
 *
 * It has a server of its own, because it reads the mails in its folder.
 */
import { parseArgs } from "node:util";
import { begin } from "../journey.mjs";
import { linkIn, mailTo } from "../mails.mjs";
import { inOwnTown } from "../server.mjs";

const text = { type: "string" };
const { shots } = parseArgs({ options: { base: text, accounts: text, shots: text } }).values;
const name = "Apfelbaum am Bach";
const address = `apfel.${Date.now()}@example.org`;

await inOwnTown(walk);

async function walk({ base, mails }) {
  const journey = await begin(base, { shots, script: false });
  await journey.open("/konto");
  await journey.expectHeading("Anmelden");
  await journey.shot("resident-sign-in");
  await journey.pressByKeyboard("Konto anlegen und mitmachen", "main");
  await journey.fillByKeyboard({ "Öffentlicher Name": name, "E-Mail-Adresse": address });
  await journey.shot("resident-register");
  await journey.takeTime(10);
  await journey.pressByKeyboard("Link schicken");
  await journey.expectHeading("Noch ein Schritt: Ihr Postfach");
  const asked = await mailTo(mails, address, "/registrieren/bestaetigen");
  await journey.open(linkIn(asked.content, "/registrieren/bestaetigen"));
  await journey.shot("resident-confirm");
  await journey.pressByKeyboard("Konto anlegen");
  await journey.expectHeading("Mein Konto");
  await journey.expectText("Was ich beigetragen habe");
  await journey.shot("resident-account");
  await journey.pressByKeyboard("Was darin steht, und herunterladen");
  await journey.expectHeading("Meine Daten");
  await journey.shot("resident-data");
  await journey.open("/konto");
  await journey.pressByKeyboard("Abmelden", "main");

  await journey.open("/konto/loeschen");
  await journey.fillByKeyboard({ "E-Mail-Adresse": address });
  await journey.pressByKeyboard("Link per E-Mail schicken");
  await journey.expectHeading("Sehen Sie in Ihr Postfach");
  const again = await mailTo(mails, address, "/anmelden/link");
  await journey.open(linkIn(again.content, "/anmelden/link"));
  await journey.pressByKeyboard("Anmelden", "main");
  await journey.expectHeading("Konto löschen");
  await journey.shot("resident-farewell");
  await journey.fillByKeyboard({ "Ja, ich will mein Konto löschen": true });
  await journey.pressByKeyboard("Konto endgültig löschen");
  await journey.expectNotice("Ihr Konto ist gelöscht.");
  await mailTo(mails, address, "ist gelöscht, wie Sie es wollten");
  await journey.open("/konto");
  await journey.expectHeading("Anmelden");
  await journey.end();
  console.log("resident: registered, confirmed, came back by a link, left");
}
