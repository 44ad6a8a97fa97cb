/**
 * Stored script: puts every payload into every text field it is told of, opens the pages that show them, and fails on any script
 * that runs, or on anything that the content security policy had to stop.
 *
 *     node tests/browser/stored_script.mjs --base http://127.0.0.1:PORT --list tests/browser/stored_script.json [--accounts FILE]
 *     node tests/browser/stored_script.mjs --selftest
 *
 * An entry of the list:
 *   {name, as?, form, fields, choose?, also?, files?, submit?, again?, rounds?, arrives?, show: [{as?, path, follow?}]}
 * `form` is the page with the form, `fields` are names of its text fields that take payloads, `choose` selectors to tick, `also`
 * name → value of further fields, `files` name → data URL of a file to choose, `submit` the selector of its button, `again` that of a button on the page that asks back,
 * `rounds` how many sendings at most, where a person may not send more, `arrives` what the address begins with when it was
 * taken, `show` the pages to open afterwards: `path` (`@` is where the form led to) and `follow`, a selector of links to open from
 * there. Payloads are put into a field together as far as it holds them, so that one sending carries many.
 *
 * A policy that stops a script is a second wall, not the first: a stopped script is a fault of the page as well.
 * The self-test serves a page that shows what it is sent and requires that this program notices. Exit codes: 0 nothing ran, 1 something
 * did, 2 the call or the set-up is wrong.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { fileOf, launch, signIn } from "./browser.mjs";

const PAYLOADS = JSON.parse(readFileSync(new URL("payloads.json", import.meta.url), "utf8"));
/** Links that are followed from a page: lists begin with what was sent last or what is most urgent. */
const LINKS_MAX = 3;
/** A form of the public asks for a moment between page and sending. */
const MOMENT_MS = 3_200;
/** Pages that ask back before something is taken: similar ideas, personal data. */
const QUESTIONS_MAX = 3;

/**
 * Until what comes late has come: pictures that fail, elements that take the focus, animations that begin. A lazy picture is one
 * of ours, and comes when somebody scrolls to it.
 */
async function settled(page) {
  await page.waitForFunction(() => document.readyState === "complete" && [...document.images].every((image) => image.loading === "lazy" || image.complete));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Payloads joined to texts of at most `length` characters; one that is longer is left out. */
function texts(length) {
  const out = [];
  for (const payload of PAYLOADS.filter((text) => text.length <= length)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + payload.length + 1 <= length) out[out.length - 1] = `${last} ${payload}`;
    else out.push(payload);
  }
  return out;
}

/** Watches all pages of a context: dialogs, blocked scripts, requests to other hosts. */
async function watch(context, base, found) {
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.log(`xss-policy ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("page", (page) => {
    page.on("dialog", (dialog) => {
      if (dialog.type() !== "beforeunload") found.add(`${page.url()}: a script ran (${dialog.message()})`);
      void dialog.accept();
    });
    page.on("console", (message) => {
      const text = message.text();
      if (text.startsWith("xss-policy")) found.add(`${page.url()}: ${text}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(base) && !url.startsWith("data:")) found.add(`${page.url()}: asks ${url}`);
    });
  });
}

/** Fills a form with the texts of one round and sends it. Returns whether there are more rounds. */
async function send(page, base, entry, round) {
  await page.goto(base + entry.form);
  let more = false;
  for (const name of entry.fields) {
    const field = page.locator(`main [name="${name}"]`).first();
    const length = await field.evaluate((control) => (control.maxLength > 0 ? control.maxLength : 2_000));
    const own = texts(length);
    more ||= round + 1 < own.length;
    // Set as a program would: a browser's own checks of a field protect nobody.
    await field.evaluate((control, text) => (control.value = text), own[round % own.length]);
  }
  for (const [name, value] of Object.entries(entry.also ?? {})) await page.locator(`main [name="${name}"]`).first().fill(value);
  for (const [name, url] of Object.entries(entry.files ?? {})) await page.locator(`main [name="${name}"]`).first().setInputFiles(fileOf(url));
  for (const selector of entry.choose ?? []) await page.locator(selector).first().check();
  if ((await page.locator("main input[name=stempel]").count()) > 0) await page.waitForFunction((moment) => performance.now() > moment, MOMENT_MS);
  const press = async (selector) => {
    await Promise.all([page.waitForEvent("framenavigated"), page.locator(selector).first().click()]);
    await page.waitForLoadState();
  };
  await press(entry.submit ?? "main form button");
  for (let asked = 0; entry.again && asked < QUESTIONS_MAX && (await page.locator(entry.again).count()) > 0; asked += 1) await press(entry.again);
  const { pathname } = new URL(page.url());
  if (entry.arrives && !pathname.startsWith(entry.arrives)) throw new Error(`${entry.name}: not taken, ends on ${page.url()}`);
  return more && round + 1 < (entry.rounds ?? Infinity);
}

async function show(page, base, sent, { path, follow }) {
  await page.goto(path === "@" ? sent : base + path);
  await settled(page);
  if (!follow) return;
  const links = await page.locator(follow).evaluateAll((all) => all.map((link) => link.href));
  for (const link of new Set(links.slice(0, LINKS_MAX))) {
    await page.goto(link);
    await settled(page);
  }
}

/** Runs all entries; returns what ran and how often something was sent. */
async function run(base, entries, accounts) {
  const browser = await launch();
  const found = new Set();
  const contexts = new Map();
  const pageOf = async (as) => {
    if (!contexts.has(as)) {
      const context = await browser.newContext({ locale: "de-DE" });
      await watch(context, base, found);
      const page = await context.newPage();
      if (as) await signIn(page, base, accounts[as]);
      contexts.set(as, page);
    }
    return contexts.get(as);
  };
  let sendings = 0;
  try {
    for (const entry of entries) {
      const page = await pageOf(entry.as ?? null);
      for (let round = 0, more = true; more; round += 1) {
        more = await send(page, base, entry, round);
        sendings += 1;
        await settled(page);
        const sent = page.url();
        for (const shown of entry.show) await show(await pageOf(shown.as ?? entry.as ?? null), base, sent, shown);
      }
    }
  } finally {
    await browser.close();
  }
  return { found: [...found], sendings };
}

/** A page with every fault: shows what it is sent as HTML, in an attribute and in a link. */
async function serveFaulty(policy) {
  let stored = "";
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const piece of request) body += piece;
      stored = new URLSearchParams(body).get("words") ?? "";
      response.writeHead(303, { location: "/" }).end();
      return;
    }
    const headers = { "content-type": "text/html; charset=utf-8", ...(policy ? { "content-security-policy": policy } : {}) };
    const form = '<form method="post" action="/"><textarea name="words" maxlength="90"></textarea><button>ok</button></form>';
    const shown = request.url === "/form" ? form : `<div>${stored}</div><p title="${stored}"></p>`;
    response.writeHead(200, headers).end(`<!doctype html><title>x</title><main>${shown}</main>`);
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  return { base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

async function selftest() {
  const entry = { name: "faulty", form: "/form", fields: ["words"], show: [{ path: "/" }] };
  const outcomes = [];
  for (const policy of [null, "default-src 'none'; style-src 'self'; form-action 'self'"]) {
    const server = await serveFaulty(policy);
    const { found } = await run(server.base, [entry], {});
    server.stop();
    outcomes.push(found.some((line) => line.includes(policy ? "xss-policy" : "a script ran")));
  }
  console.log(`a script that runs is noticed: ${outcomes[0]}; one that the policy stops: ${outcomes[1]}`);
  return outcomes.every(Boolean) ? 0 : 1;
}

async function main() {
  const text = { type: "string" };
  const { values } = parseArgs({ options: { base: text, list: text, accounts: text, selftest: { type: "boolean" } } });
  if (values.selftest) return selftest();
  if (!values.base || !values.list) {
    console.error("usage: node tests/browser/stored_script.mjs --base URL --list FILE [--accounts FILE] | --selftest");
    return 2;
  }
  const read = (file) => JSON.parse(readFileSync(file, "utf8"));
  const accounts = read(values.accounts ?? new URL("accounts.json", import.meta.url));
  const { found, sendings } = await run(values.base.replace(/\/$/, ""), read(values.list), accounts);
  for (const line of found) console.log(line);
  console.log(`${PAYLOADS.length} payloads, ${sendings} sendings, ${found.length} executions or stops`);
  return found.length === 0 ? 0 : 1;
}

process.exitCode = await main();
