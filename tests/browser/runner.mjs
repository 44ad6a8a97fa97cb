/**
 * Visits every page in every language and state, and gathers what the checks find.
 *
 * Owns the order of work and the counting; knows nothing of the command line. Read `visit` first. One visit is one
 * page in one language and one state. Every page is visited at least light, where axe-core looks at 1280 px, and dark,
 * where it looks at 360 px. No page may be wider than its window: at 320 px on every visit, and once per page at all
 * widths where the layout changes.
 */
import { axeSource, fileOf, launch, signIn } from "./browser.mjs";
import { collectLinks, examineStructure, examineWidth, installSelectors, runAxe } from "./checks.mjs";
import { examineKeyboard } from "./keyboard.mjs";
import { LinkChecker } from "./links.mjs";
import { validate } from "./validator.mjs";

/** The value of the lang attribute for each language of the site; Leichte Sprache has the registered variant "simple". */
const LANG_ATTRIBUTE = { de: "de", en: "en", leicht: "de-simple" };
const HEIGHT = 900;
/** Where the layout changes (36, 48, 54, 62 and 68 rem), and the widest window: there a page is most likely too wide. */
const BREAKPOINTS = [1600, 1088, 992, 864, 768, 576];
const NAVIGATION_MS_MAX = 20_000;

/**
 * @typedef {object} PageEntry
 * @property {string} path
 * @property {string[]} [langs] default ["de"]
 * @property {string|null} [as] name of an account, or null for a stranger
 * @property {State[]} [states] default light and dark
 * @property {number} [status] expected HTTP status, default 200
 *
 * @typedef {object} State
 * @property {string} name
 * @property {"light"|"dark"} [theme] cookie `theme`
 * @property {"high"} [contrast] cookie `contrast`
 * @property {boolean} [forced] forced colours of the device
 * @property {string} [query] appended to the address, without a question mark
 * @property {Record<string, string>} [fill] selector → value, filled in before the click
 * @property {Record<string, string>} [files] selector → data URL of a file, chosen before the click
 * @property {string|string[]} [click] selectors, clicked one after the other, that lead to the state, for example the button
 *   of an empty form; each leads to another page
 * @property {string} [press] selector, pressed first, that opens something on the page itself
 * @property {string} [shows] selector of what is then there
 * @property {number} [status] status after the click, or of this query
 *
 * @typedef {{page: string, lang: string, state: string, width: string, rule: string, selector: string, message: string}} Finding
 */

/** Whether a state shows the page as it is, in other colours. */
function isPaintOnly({ theme, contrast, forced, query, click, press }) {
  return Boolean(theme || contrast || forced) && !query && !click && !press;
}

/**
 * The visits that a list of pages asks for: each language in each state, light and dark among them even where nobody listed them.
 */
export function planVisits(entries, only) {
  const visits = [];
  for (const entry of entries.filter(({ path }) => !only || only.test(path))) {
    const states = [...(entry.states ?? [{ name: "default" }])];
    const plain = (state) => !state.query && !state.click && !state.press && !state.contrast && !state.forced;
    if (!states.some((state) => plain(state) && state.theme === "dark")) states.push({ name: "dark", theme: "dark" });
    if (!states.some((state) => plain(state) && state.theme !== "dark")) states.unshift({ name: "default" });
    // High contrast and forced colours paint the same boxes in every language: the first one shows them.
    const isOfFirst = (state) => (state.contrast || state.forced) && isPaintOnly(state);
    (entry.langs ?? ["de"]).forEach((lang, index) => {
      const shown = states.filter((state) => index === 0 || !isOfFirst(state));
      shown.forEach((state) => visits.push({ entry, lang, state, keyboard: index === 0 && plain(state) && state.theme !== "dark" }));
    });
  }
  return visits;
}

function addressOf(base, { entry, lang, state }) {
  const url = new URL(entry.path, `${base}/`);
  for (const [name, value] of new URLSearchParams(state.query ?? "")) url.searchParams.append(name, value);
  url.searchParams.set("lang", lang);
  return url.href;
}

/**
 * Widths at which axe-core looks. Light is seen wide and dark narrow, so that a page in a language costs two runs;
 * a state with contents of its own is seen at both.
 */
function widthsOf({ state }) {
  if (state.click || state.press || state.query) return [1280, 360];
  return state.theme === "dark" || state.contrast || state.forced ? [360] : [1280];
}

/** Everything that a page does behind its own back: errors, refused contents, calls to other hosts. */
function listen(page, base, heard) {
  const host = new URL(base).host;
  const add = (rule, message, selector = "html") => heard.push({ rule, selector, message });
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    if (/Content Security Policy/i.test(message.text())) add("csp", message.text());
    // A resource that failed is heard of as a response below, with its address.
    else if (!/^Failed to load resource/.test(message.text())) add("console", message.text());
  });
  page.on("pageerror", (error) => add("console", error.message));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== host) add("other-host", request.url());
  });
  page.on("response", (response) => {
    const own = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (!own && response.status() >= 400) add("resource", `${response.status()} ${response.url()}`);
  });
}

/** The policy that every page bears: nothing by default, nothing inline. */
function examinePolicy(response) {
  const policy = response.headers()["content-security-policy"] ?? "";
  if (!/(^|;)\s*default-src 'none'/.test(policy)) return [{ rule: "csp", selector: "html", message: "no policy with default-src 'none'" }];
  if (/'unsafe-(inline|eval)'|\*/.test(policy)) return [{ rule: "csp", selector: "html", message: `too wide: ${policy}` }];
  return [];
}

/** One tab, used for one visit after the other: opening a new one costs more than a visit's checks. */
class Tab {
  constructor(browser) {
    this.browser = browser;
  }

  async prepare(state, cookies, base) {
    this.page ??= await this.open();
    this.page.removeAllListeners();
    this.page.on("dialog", (dialog) => dialog.accept());
    const choices = [["theme", state.theme], ["contrast", state.contrast]].filter(([, value]) => value);
    await this.page.context().clearCookies();
    await this.page.context().addCookies([...cookies, ...choices.map(([name, value]) => ({ name, value, url: base }))]);
    await this.page.setViewportSize({ width: 1280, height: HEIGHT });
    await this.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce", forcedColors: state.forced ? "active" : "none" });
    return this.page;
  }

  /** Every document gets the checks as it begins: sending them to it afterwards takes longer than a page takes to load. */
  async open() {
    const context = await this.browser.newContext({ locale: "de-DE" });
    context.setDefaultTimeout(NAVIGATION_MS_MAX);
    await context.addInitScript(axeSource());
    await context.addInitScript(installSelectors);
    return context.newPage();
  }

  /** Gives up a tab that may be stuck; the next visit opens a fresh one. */
  async close() {
    await this.page?.context().close();
    this.page = undefined;
  }
}

class Run {
  constructor({ base, browser, accounts, shots }) {
    Object.assign(this, { base: base.replace(/\/$/, ""), browser, accounts, shots });
    this.findings = [];
    this.passed = 0;
    this.failed = 0;
    this.documents = new Map(); // text → where it was first seen
    this.titles = new Map(); // language and title → path
    this.links = new LinkChecker();
    this.signedIn = new Map(); // account name → promise of its cookies
  }

  /** Counts one check at one place and keeps its findings. */
  record(where, width, findings) {
    if (findings.length === 0) this.passed += 1;
    else this.failed += 1;
    const { entry, lang, state } = where;
    this.findings.push(...findings.map((finding) => ({ page: entry.path, lang, state: state.name, width, ...finding })));
  }

  cookiesOf(account) {
    if (!account) return Promise.resolve([]);
    if (!this.signedIn.has(account)) this.signedIn.set(account, this.signInOnce(account));
    return this.signedIn.get(account);
  }

  async signInOnce(account) {
    if (!this.accounts?.[account]) throw new Error(`no account "${account}" in the file of accounts`);
    const context = await this.browser.newContext({ locale: "de-DE" });
    try {
      await signIn(await context.newPage(), this.base, this.accounts[account]);
      return await context.cookies();
    } finally {
      await context.close();
    }
  }

  async visit(where, tab) {
    const cookies = await this.cookiesOf(where.entry.as);
    try {
      await this.examine(await tab.prepare(where.state, cookies, this.base), where);
    } catch (error) {
      await tab.close();
      this.record(where, "-", [{ rule: "visit", selector: "html", message: String(error.message).split("\n")[0] }]);
    }
  }

  async examine(page, where) {
    const { state, entry } = where;
    const heard = [];
    listen(page, this.base, heard);
    const response = await this.arrive(page, where);
    const expected = state.status ?? entry.status ?? 200;
    const status = response.status();
    this.record(where, "-", status === expected ? [] : [{ rule: "status", selector: "html", message: `${status}, expected ${expected}` }]);
    this.record(where, "-", examinePolicy(response));
    // What only paints changes two attributes of the document, which the structure's check looks at.
    if (!isPaintOnly(state)) this.keep(where, await response.text());

    const expectations = { lang: LANG_ATTRIBUTE[where.lang] ?? where.lang, theme: state.theme, contrast: state.contrast };
    this.record(where, "1280", await page.evaluate(examineStructure, expectations));
    this.keepTitle(where, await page.title());
    const widths = widthsOf(where);
    for (const width of this.shots ? [1280, 360] : widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      if (widths.includes(width)) this.record(where, String(width), await page.evaluate(runAxe));
      await this.shoot(page, where, width);
    }
    for (const width of where.keyboard ? [...BREAKPOINTS, 320] : [320]) {
      await page.setViewportSize({ width, height: HEIGHT });
      this.record(where, String(width), await page.evaluate(examineWidth));
    }
    if (!state.click) this.links.add(where, await page.evaluate(collectLinks), await page.context().cookies());
    this.record(where, "-", heard.splice(0));
    if (where.keyboard) {
      await page.setViewportSize({ width: 1280, height: HEIGHT });
      await page.goto(addressOf(this.base, where));
      this.record(where, "1280", await examineKeyboard(page));
    }
  }

  /** Opens the page and leads it into its state; gives the response of the document that is then shown. */
  async arrive(page, where) {
    const { state } = where;
    let shown = await page.goto(addressOf(this.base, where));
    if (!shown) throw new Error("no answer");
    for (const [selector, value] of Object.entries(state.fill ?? {})) await page.locator(selector).fill(value);
    for (const [selector, url] of Object.entries(state.files ?? {})) await page.locator(selector).setInputFiles(fileOf(url));
    if (state.press) {
      await page.locator(state.press).first().click();
      await page.locator(state.shows).first().waitFor();
    }
    if (state.click) {
      const answers = [];
      page.on("response", (response) => {
        const navigation = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
        if (navigation && (response.status() < 300 || response.status() >= 400)) answers.push(response);
      });
      for (const selector of [state.click].flat()) {
        await Promise.all([page.waitForEvent("framenavigated"), page.locator(selector).first().click()]);
        await page.waitForLoadState("load");
      }
      shown = answers.at(-1) ?? shown;
    }
    return shown;
  }

  keep(where, text) {
    if (!this.documents.has(text)) this.documents.set(text, where);
  }

  keepTitle(where, title) {
    if (where.state.click || where.state.query || where.entry.status >= 400) return;
    const key = `${where.lang} ${where.entry.as ?? ""} ${title}`;
    const { pathname } = new URL(where.entry.path, this.base); // pages of one list may share their title
    const path = this.titles.get(key) ?? pathname;
    this.titles.set(key, path);
    const same = path !== pathname;
    this.record(where, "-", same ? [{ rule: "title", selector: "title", message: `"${title}" is also the title of ${path}` }] : []);
  }

  async shoot(page, { entry, lang, state }, width) {
    if (!this.shots) return;
    const name = `${entry.path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "start"}-${lang}-${state.name}-${width}.png`;
    await page.screenshot({ path: `${this.shots}/${name}`, fullPage: true });
  }

  async validateAll() {
    const places = [...this.documents.values()];
    const results = await validate([...this.documents.keys()]);
    results.forEach((findings, index) => this.record(places[index], "-", findings));
  }
}

/**
 * Runs all checks.
 * @param {{base: string, entries: PageEntry[], only?: RegExp, accounts?: object, shots?: string, workers?: number}} options
 * @returns {Promise<{passed: number, failed: number, findings: Finding[]}>}
 */
export async function runPages({ base, entries, only, accounts, shots, workers = 2 }) {
  const browser = await launch();
  try {
    const run = new Run({ base, browser, accounts, shots });
    const queue = planVisits(entries, only);
    const work = async () => {
      const tab = new Tab(browser);
      for (let next = queue.shift(); next; next = queue.shift()) await run.visit(next, tab);
      await tab.close();
    };
    await Promise.all(Array.from({ length: workers }, work));
    for (const { where, finding } of await run.links.finish()) run.record(where, "-", finding ? [finding] : []);
    await run.validateAll();
    const order = ({ page, lang, state, width, rule }) => `${page} ${lang} ${state} ${width} ${rule}`;
    run.findings.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return { passed: run.passed, failed: run.failed, findings: run.findings };
  } finally {
    await browser.close();
  }
}
