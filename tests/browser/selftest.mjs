/**
 * The test of the test of all pages: `node tests/browser/selftest.mjs`.
 *
 * Serves the pages of broken.mjs on loopback and requires that every fault is found by the rule that is meant to find
 * it, in the state and at the width where it shows, that a good page has no finding, and that the command line tells
 * the three outcomes apart. The last line is "N passed, N failed"; exit code 1 when anything failed.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACCOUNT, FAULTS, serveBroken } from "./broken.mjs";
import { planVisits, runPages } from "./runner.mjs";

let passed = 0;
let failed = 0;
function check(rule, holds, detail = "") {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`${rule}: ${detail}`);
  }
}

/** The faults, and before them the good pages, in all languages and signed in. */
function entries() {
  const good = [{ path: "/", langs: ["de", "en", "leicht"] }, { path: "/ziel" }, { path: "/geheim", as: "clerk" }];
  const faults = Object.entries(FAULTS).map(([path, { only, states }]) => {
    const asked = (states ?? []).filter((state) => typeof state === "object");
    return { path, ...(only ? { states: [only] } : asked.length > 0 ? { states: asked } : {}) };
  });
  return [...good, ...faults];
}

function checkFindings(findings) {
  const at = (path) => findings.filter(({ page }) => page === path);
  for (const path of ["/", "/ziel", "/geheim"]) {
    check(`a good page has no finding, ${path}`, at(path).length === 0, JSON.stringify(at(path)[0]));
  }
  for (const [path, { rules, states, widths }] of Object.entries(FAULTS)) {
    for (const rule of rules) {
      const found = at(path).filter((finding) => finding.rule === rule);
      check(`${path} is found by ${rule}`, found.length > 0, `found instead: ${at(path).map((other) => other.rule)}`);
      for (const state of (states ?? []).filter((name) => typeof name === "string")) {
        check(`${path} is found in the state ${state}`, found.some((finding) => finding.state === state));
      }
      for (const width of widths ?? []) {
        check(`${path} is found at ${width}`, found.every((finding) => finding.width === width));
      }
      check(`${path}: the finding names its place`, found.every(({ selector, message }) => selector && message));
    }
  }
  const dark = at("/axe-dunkel").filter(({ rule }) => rule === "axe color-contrast");
  check("what is pale in the dark is not pale in the light", dark.every(({ state }) => state === "dark"));
}

function checkPlan() {
  const names = (states) => planVisits([{ path: "/", ...(states ? { states } : {}) }]).map(({ state }) => state.name);
  check("every page is seen light and dark", names().join() === "default,dark", names().join());
  const listed = names([{ name: "empty", query: "q=x" }, { name: "night", theme: "dark" }]);
  check("listed states stay, missing ones are added", listed.join() === "default,empty,night", listed.join());
  const keyboard = planVisits([{ path: "/", langs: ["de", "en"] }]).filter((visit) => visit.keyboard);
  check("each page is gone through by keyboard once", keyboard.length === 1 && keyboard[0].lang === "de");
  const painted = planVisits([{ path: "/", langs: ["de", "en"], states: [{ name: "high", contrast: "high" }, { name: "empty", query: "q=x" }] }]);
  const langs = (wanted) => painted.filter(({ state }) => state.name === wanted).map(({ lang }) => lang).join();
  check("what only paints is seen in one language, all else in each", langs("high") === "de" && langs("empty") === "de,en" && langs("dark") === "de,en");
}

function runCommand(args) {
  const script = fileURLToPath(new URL("pages.mjs", import.meta.url));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args]);
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    child.on("close", (code) => resolve({ code, lastLine: output.trimEnd().split("\n").at(-1), output }));
  });
}

/** How many checks a run counted, passed or failed. */
function counted({ lastLine }) {
  return lastLine.match(/\d+/g).reduce((sum, number) => sum + Number(number), 0);
}

async function checkCommand(base, folder) {
  const file = (name, value) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const list = file("pages.json", [{ path: "/" }, { path: "/geheim", as: "clerk" }, { path: "/ebene" }]);
  const accounts = file("accounts.json", { clerk: ACCOUNT });
  const wrong = file("wrong.json", { clerk: { ...ACCOUNT, password: "falsch" } });
  const good = await runCommand(["--base", base, "--list", list, "--accounts", accounts, "--only", "^/(geheim)?$"]);
  check("without findings the exit code is 0", good.code === 0 && /^[1-9]\d* passed, 0 failed$/.test(good.lastLine), good.output);
  const bad = await runCommand(["--base", base, "--list", list, "--only", "ebene"]);
  check("with findings the exit code is 1", bad.code === 1 && /^[1-9]\d* passed, [1-9]\d* failed$/.test(bad.lastLine), bad.output);
  check("a finding is one line", /^\/ebene \[de, default, 1280\] heading-level \| \S.* \| h3 follows h1$/m.test(bad.output), bad.output);
  const refused = await runCommand(["--base", base, "--list", list, "--accounts", wrong, "--only", "geheim"]);
  check("a sign-in that fails is a mistake", refused.code === 2 && /^signing in as/m.test(refused.output), refused.output);
  const rooms = join(folder, "rooms");
  mkdirSync(rooms);
  writeFileSync(join(rooms, "start.json"), JSON.stringify([{ path: "/" }]));
  writeFileSync(join(rooms, "council.json"), JSON.stringify([{ path: "/ebene" }]));
  const together = await runCommand(["--base", base, "--list", rooms]);
  check("the lists of a folder are walked together", together.code === 1 && /^\/ebene /m.test(together.output), together.output);
  check("the first list of a folder is not the only one", counted(together) > counted(bad), `${together.lastLine}, alone ${bad.lastLine}`);
  const none = await runCommand(["--base", base, "--list", list, "--only", "nothing-like-it"]);
  check("a run without pages is a mistake", none.code === 2);
  check("a call without a list is a mistake", (await runCommand(["--base", base])).code === 2);
}

const { server, base } = await serveBroken();
const folder = mkdtempSync(join(tmpdir(), "allmende-selftest-"));
try {
  checkPlan();
  const { findings } = await runPages({ base, entries: entries(), accounts: { clerk: ACCOUNT } });
  checkFindings(findings);
  await checkCommand(base, folder);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
