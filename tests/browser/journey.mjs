/**
 * Steps of which journeys are made: begin, sign in, fill a form by its labels, press by name, assert what is read.
 *
 * A journey is a program that imports these steps and is run against a server; it does what a reader does and names
 * things as a reader names them. Each step throws with a sentence when it fails, so a journey needs no test framework.
 *
 *     const journey = await begin("http://127.0.0.1:8080");
 *     await journey.open("/rat");
 *     await journey.press("Alle Sitzungen im Kalender");
 *     await journey.expectHeading("Sitzungen im Juni 2026");
 *     await journey.end();
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, signIn } from "./browser.mjs";

const STEP_MS_MAX = 15_000;

/**
 * @param {string} base address of the site
 * @param {{lang?: string, width?: number, script?: boolean, shots?: string}} [options] `script: false` goes without JavaScript
 */
export async function begin(base, { lang = "de", width = 1280, script = true, shots } = {}) {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script, locale: "de-DE" });
  context.setDefaultTimeout(STEP_MS_MAX);
  await context.addCookies([{ name: "lang", value: lang, url: base }]);
  return new Journey(browser, await context.newPage(), base.replace(/\/$/, ""), shots);
}

class Journey {
  constructor(browser, page, base, shots) {
    Object.assign(this, { browser, page, base, shots });
  }

  /** Opens a path and expects a status, 200 unless told otherwise. */
  async open(path, status = 200) {
    const answer = await this.page.goto(this.base + path);
    if (answer?.status() !== status) throw new Error(`${path} answers ${answer?.status()}, expected ${status}`);
  }

  async signIn(account) {
    await signIn(this.page, this.base, account);
  }

  /**
   * Fills in the fields with these labels: text into inputs, the label of the option into selects, true or false into
   * check boxes, true into one of several radio buttons, { files: [paths] } into file fields.
   */
  async fill(values) {
    for (const [label, value] of Object.entries(values)) {
      const field = this.page.getByLabel(label, { exact: true });
      const kind = await field.evaluate((element) => (element.localName === "input" ? element.type : element.localName));
      if (typeof value === "boolean") await field.setChecked(value);
      else if (kind === "file") await field.setInputFiles(value.files);
      else if (kind === "select") await field.selectOption({ label: value });
      else await field.fill(value);
    }
  }

  /** Presses the button, or follows the link, with this name, and waits for the page that comes. */
  async press(name) {
    const target = this.page.getByRole("button", { name, exact: true }).or(this.page.getByRole("link", { name, exact: true }));
    await target.first().click();
    await this.page.waitForLoadState("load");
  }

  /** The same by keyboard alone: Tab until the focus is on it, then Enter. */
  async pressByKeyboard(name) {
    for (let presses = 0; presses < 400; presses += 1) {
      await this.page.keyboard.press("Tab");
      const found = await this.page.evaluate((wanted) => {
        const element = document.activeElement;
        const words = element?.getAttribute("aria-label") ?? element?.textContent ?? "";
        return words.replace(/\s+/g, " ").trim() === wanted;
      }, name);
      if (found) {
        await this.page.keyboard.press("Enter");
        await this.page.waitForLoadState("load");
        return;
      }
    }
    throw new Error(`"${name}" was not reached with the Tab key on ${this.page.url()}`);
  }

  /** The page's h1 is this text. */
  async expectHeading(text) {
    const heading = this.page.getByRole("heading", { level: 1, name: text, exact: true });
    await heading.waitFor().catch(async () => {
      const found = await this.page.locator("h1").allInnerTexts();
      throw new Error(`expected the heading "${text}", found "${found.join(", ")}" on ${this.page.url()}`);
    });
  }

  /** The main part of the page contains this text. */
  async expectText(text) {
    await this.page.getByRole("main").getByText(text).first().waitFor().catch(() => {
      throw new Error(`expected the text "${text}" on ${this.page.url()}`);
    });
  }

  /** A picture of the whole page, if the journey was begun with a folder for pictures. */
  async shot(name) {
    if (!this.shots) return;
    mkdirSync(this.shots, { recursive: true });
    await this.page.screenshot({ path: join(this.shots, `${name}.png`), fullPage: true });
  }

  async end() {
    await this.browser.close();
  }
}
