/**
 * The one way in which tests open a browser: Debian's Chromium through playwright-core, cut off from every host but
 * this machine.
 *
 * Owns the command line of Chromium and signing in. The packages come from web/node_modules, so `npm ci --prefix web`
 * is all the set-up there is; no browser is ever downloaded.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

export const packages = createRequire(new URL("../../web/package.json", import.meta.url));

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Names other than these do not resolve: a page that calls another host fails instead of reaching it.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
];

/** The program and its package: Chromium without windows, which draws a page for half the processor time. */
const PROGRAM = "chromium-headless-shell";

/** An error whose message is meant for the person at the command line. */
export class SetUpFault extends Error {}

/** The path of `name` on PATH. Throws SetUpFault naming the Debian package when it is missing. */
export function programOnPath(name, debianPackage) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (folder && existsSync(path)) return path;
  }
  throw new SetUpFault(`${name} is not on PATH; on Debian: apt-get install ${debianPackage}`);
}

/** The path of a file inside an installed package. */
export function packageFile(name, file) {
  try {
    return join(dirname(packages.resolve(`${name}/package.json`)), file);
  } catch {
    throw new SetUpFault(`${name} is not installed; run: npm ci --prefix web`);
  }
}

/** The text of axe-core, to be evaluated inside a page. */
export function axeSource() {
  return readFileSync(packageFile("axe-core", "axe.min.js"), "utf8");
}

/** Starts Chromium. The caller closes it. */
export async function launch() {
  packageFile("playwright-core", "package.json");
  const { chromium } = packages("playwright-core");
  return chromium.launch({ executablePath: programOnPath(PROGRAM, PROGRAM), args: ARGUMENTS });
}

/**
 * Signs in on the form at /anmelden and throws if that is where the reader still is: only the place tells, since the
 * page of an account has password fields too.
 * @param {import("playwright-core").Page} page
 * @param {string} base address of the site, without a slash at its end
 * @param {{email: string, password: string}} account
 */
export async function signIn(page, base, account) {
  await page.goto(`${base}/anmelden`);
  const form = page.locator("form:has(input[type=password])");
  await form.locator("input[type=email]").fill(account.email);
  await form.locator("input[type=password]").fill(account.password);
  await Promise.all([
    page.waitForEvent("framenavigated"),
    form.locator("button:not([type=button]), input[type=submit]").first().click(),
  ]);
  await page.waitForLoadState();
  if (new URL(page.url()).pathname === "/anmelden") {
    throw new SetUpFault(`signing in as ${account.email} failed at ${page.url()}`);
  }
}

/** A file as a data URL, the way a control of a form takes it: `data:image/png;base64,…`. */
export function fileOf(url) {
  const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/.exec(url) ?? [];
  if (!mimeType) throw new SetUpFault(`no file: ${url.slice(0, 60)}`);
  return { name: `file.${mimeType.split("/")[1]}`, mimeType, buffer: Buffer.from(data, "base64") };
}
