/**
 * What the scripts add, and that everything goes on without them: `node tests/browser/comfort.mjs`.
 *
 * Works on the samples, one rule after the other, each on a fresh page. Needs web/dist. The last line is
 * "N passed, N failed".
 */
import assert from "node:assert/strict";
import { begin } from "./journey.mjs";
import { serveSamples } from "../../web/samples/serve.mjs";

const RULES = {
  async "the address is copied, and the page says so"({ page, open }) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("/document");
    await page.getByRole("button", { name: "Adresse kopieren" }).click();
    await page.getByRole("status").getByText("Adresse kopiert").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "https://musterau.example/rat/vorlagen/2026-011");
  },

  async "dark is switched without loading the page anew, and lasts"({ page, open }) {
    await open("/start");
    await page.evaluate(() => (window.same = true));
    await page.getByRole("button", { name: "Dunkel" }).click();
    await page.locator('html[data-kern-theme="dark"]').waitFor();
    assert.equal(await page.evaluate(() => window.same), true);
    assert.equal(await page.getByRole("button", { name: "Dunkel" }).getAttribute("aria-pressed"), "true");
    assert.equal(await page.getByRole("button", { name: "Hell" }).getAttribute("aria-pressed"), "false");
    await open("/lists");
    await page.locator('html[data-kern-theme="dark"]').waitFor();
    await page.getByRole("button", { name: "Wie das Gerät", exact: true }).click();
    await page.locator("html:not([data-kern-theme])").waitFor();
  },

  async "when the server refuses the choice, the form is sent plainly"({ page, open }) {
    await open("/start");
    await page.route("**/darstellung", (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.fulfill({ status: 500 }),
    );
    await page.evaluate(() => (window.same = true));
    await page.getByRole("button", { name: "Hoher Kontrast" }).click();
    await page.locator('html[data-allm-contrast="high"]').waitFor();
    assert.equal(await page.evaluate(() => window.same), undefined);
  },

  async "a changed form is not left without a question, an unchanged one is"({ page, open }) {
    const asked = [];
    page.on("dialog", (dialog) => asked.push(dialog.type()) && dialog.accept());
    await open("/forms");
    await page.getByLabel("Titel").pressSequentially("Ein neuer Weg");
    await page.getByLabel("Titel").fill("");
    await open("/lists");
    assert.deepEqual(asked, []);
    await open("/forms");
    await page.getByLabel("Titel").pressSequentially("Ein neuer Weg");
    await open("/lists");
    assert.deepEqual(asked, ["beforeunload"]);
  },

  async "a changed form that is sent is not asked about"({ page, open }) {
    const asked = [];
    page.on("dialog", (dialog) => asked.push(dialog.type()) && dialog.accept());
    await open("/forms");
    await page.getByLabel("Titel").pressSequentially("Ein neuer Weg");
    await page.getByLabel("In einem Satz").fill("Der Weg wird gebaut.");
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Entwurf speichern" }).click()]);
    assert.deepEqual(asked, []);
  },

  async "a long list is narrowed, keeps what was chosen and comes back whole"({ page, open }) {
    await open("/forms");
    const options = () => page.getByLabel("Zuerst beraten im").locator("option").allTextContents();
    await page.getByLabel("Liste eingrenzen").fill("BEIRAT");
    assert.deepEqual(await options(), ["Bauausschuss", "Ortsbeirat Oberau"]);
    await page.getByText("2 von 5 Gremien").waitFor();
    await page.getByLabel("Liste eingrenzen").press("Enter");
    assert.equal(new URL(page.url()).pathname, "/forms");
    await page.getByLabel("Liste eingrenzen").fill("");
    assert.equal((await options()).length, 5);
  },

  async "the focus goes to the list of errors"({ page, open }) {
    await open("/errors");
    await page.locator(".errors:focus").waitFor();
    await page.getByRole("link", { name: "Schreiben Sie einen Titel" }).click();
    await page.locator("#titel:focus").waitFor();
  },

  async "progress is fetched until the run has ended, but not under the reader's focus"({ page, open }) {
    await page.clock.install();
    await open("/desk");
    const answers = [];
    const running = await page.content();
    await page.route("**/desk", (route) => {
      answers.push(route.request().resourceType());
      const ended = answers.length > 1;
      const body = running.replace("5.210 von", `${answers.length}.000 von`);
      return route.fulfill({ body: ended ? body.replace(/ data-refresh="5"/, "") : body, contentType: "text/html" });
    });
    await page.getByRole("button", { name: "Nicht mehr von selbst aktualisieren" }).focus();
    await page.clock.runFor(20_000);
    assert.equal(answers.length, 0);
    await page.evaluate(() => document.activeElement.blur());
    await page.clock.runFor(5_000);
    await page.getByText("1.000 von").waitFor();
    await page.clock.runFor(5_000);
    await page.getByText("2.000 von").waitFor();
    await page.clock.runFor(30_000);
    assert.deepEqual(answers, ["fetch", "fetch"]);
  },

  async "progress is not fetched any more when the reader says so"({ page, open }) {
    await page.clock.install();
    await open("/desk");
    const answers = [];
    page.on("request", (request) => request.resourceType() === "fetch" && answers.push(request.url()));
    await page.getByRole("button", { name: "Nicht mehr von selbst aktualisieren" }).click();
    await page.evaluate(() => document.activeElement.blur());
    await page.clock.runFor(30_000);
    assert.deepEqual(answers, []);
  },
};

const RULES_WITHOUT_SCRIPT = {
  async "without script the display is chosen by a form, and nothing is shown that cannot work"({ page, open }) {
    await open("/document");
    await page.getByRole("button", { name: "Dunkel" }).click();
    await page.locator('html[data-kern-theme="dark"]').waitFor();
    assert.equal(await page.getByRole("button", { name: "Adresse kopieren" }).count(), 0);
    await open("/desk");
    assert.equal(await page.getByRole("button", { name: "Nicht mehr von selbst aktualisieren" }).count(), 0);
  },
};

let passed = 0;
let failed = 0;
const { server, base } = await serveSamples();
for (const [rules, script] of [[RULES, true], [RULES_WITHOUT_SCRIPT, false]]) {
  for (const [rule, holds] of Object.entries(rules)) {
    const journey = await begin(base, { script });
    try {
      await holds({ page: journey.page, open: (path) => journey.open(path) });
      passed += 1;
    } catch (error) {
      failed += 1;
      console.log(`${rule}: ${error.message}`);
    } finally {
      await journey.end();
    }
  }
}
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
