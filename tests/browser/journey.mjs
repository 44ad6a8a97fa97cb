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
import { axeSource, launch, signIn } from "./browser.mjs";
import { runAxe } from "./checks.mjs";

const STEP_MS_MAX = 15_000;
const TAB_PRESSES_MAX = 400;
/** Radio buttons of one group at the most. */
const CHOICES_MAX = 20;

/** Whether the focus is on something with this name. Runs in the page. */
function focusIsNamed({ name, within }) {
  const element = document.activeElement;
  const words = element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  return Boolean(element?.closest(within)) && words.replace(/\s+/g, " ").trim() === name;
}

/** Whether the focus is on the field with this label, or in the group of radio buttons that has it. Runs in the page. */
function focusIsLabelled(label) {
  const element = document.activeElement;
  const says = (field) => [...(field.labels ?? [])].some((words) => words.textContent.replace(/\s+/g, " ").trim() === label);
  const isRadio = element?.type === "radio";
  const fields = isRadio ? [...document.querySelectorAll("input[type=radio]")].filter((field) => field.form === element.form && field.name === element.name) : [element];
  return fields.some((field) => field && says(field));
}

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

  /**
   * Takes the time that a person takes to write: what is sent faster is refused, without script and account after ten seconds, else
   * after three. Counted from when the page had come: the server counts from when it wrote it.
   */
  async takeTime(seconds) {
    const sinceItCame = () => performance.now() - performance.getEntriesByType("navigation")[0].responseEnd;
    // Asked from here: a page without script has no timers to wait with.
    for (let age = 0; age < seconds * 1_000; ) age = await this.page.evaluate(sinceItCame);
  }

  /**
   * Presses Tab until the focus is on what is wanted.
   * @param {(wanted: string) => boolean} isWanted runs in the page and looks at the focus
   */
  async tabTo(isWanted, wanted) {
    for (let presses = 0; presses < TAB_PRESSES_MAX; presses += 1) {
      await this.page.keyboard.press("Tab");
      if (await this.page.evaluate(isWanted, wanted)) return;
    }
    throw new Error(`"${wanted.name ?? wanted}" was not reached with the Tab key on ${this.page.url()}`);
  }

  /**
   * Presses by keyboard alone: Tab until the focus is on the button or link with this name, then Enter.
   * @param {string} [within] selector of the part of the page that counts, where the name stands twice
   */
  async pressByKeyboard(name, within = "body") {
    await this.tabTo(focusIsNamed, { name, within });
    await Promise.all([this.page.waitForEvent("framenavigated"), this.page.keyboard.press("Enter")]);
    await this.page.waitForLoadState("load");
  }

  /**
   * Fills in the fields with these labels by keyboard alone: text is typed over what stands there, true ticks a box with the
   * space bar, true for a radio button moves to it with the arrow keys.
   */
  async fillByKeyboard(values) {
    for (const [label, value] of Object.entries(values)) {
      await this.tabTo(focusIsLabelled, label);
      if (typeof value === "string") {
        await this.page.keyboard.press("Control+A");
        await this.page.keyboard.type(value);
        continue;
      }
      const chosen = () => this.page.getByLabel(label, { exact: true }).isChecked();
      for (let presses = 0; presses < CHOICES_MAX && (await chosen()) !== value; presses += 1) {
        const kind = await this.page.evaluate(() => document.activeElement.type);
        await this.page.keyboard.press(kind === "radio" ? "ArrowDown" : "Space");
      }
      if ((await chosen()) !== value) throw new Error(`"${label}" cannot be chosen by keyboard on ${this.page.url()}`);
    }
  }

  /** The field with this label holds this value. */
  async expectValue(label, value) {
    const found = await this.page.getByLabel(label, { exact: true }).inputValue();
    if (found !== value) throw new Error(`expected "${value}" in "${label}", found "${found}" on ${this.page.url()}`);
  }

  /** The page's h1 is this text. If not, the error tells what the page has instead and what it refused. */
  async expectHeading(text) {
    const heading = this.page.getByRole("heading", { level: 1, name: text, exact: true });
    await heading.waitFor().catch(async () => {
      const found = await this.page.locator("h1, [role=alert]").allInnerTexts();
      throw new Error(`expected the heading "${text}", found "${found.join(", ")}" on ${this.page.url()}`);
    });
  }

  /** The main part of the page contains this text. */
  async expectText(text) {
    await this.page.getByRole("main").getByText(text).first().waitFor().catch(() => {
      throw new Error(`expected the text "${text}" on ${this.page.url()}`);
    });
  }

  /** The message after an act says this. */
  async expectNotice(text) {
    await this.page.getByRole("status").getByText(text, { exact: true }).waitFor().catch(() => {
      throw new Error(`expected the message "${text}" on ${this.page.url()}`);
    });
  }

  /** axe-core finds nothing on the page, wide and narrow: for pages that the list of all pages cannot reach. */
  async expectAccessible() {
    await this.page.evaluate(axeSource());
    for (const width of [1280, 360]) {
      await this.page.setViewportSize({ width, height: 900 });
      const found = await this.page.evaluate(runAxe);
      if (found.length > 0) throw new Error(`${found.map(({ rule, selector }) => `${rule} at ${selector}`).join(", ")} on ${this.page.url()}, ${width} px wide`);
    }
    await this.page.setViewportSize({ width: 1280, height: 900 });
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
