/**
 * The test of all pages, from the command line.
 *
 *     node tests/browser/pages.mjs --base http://127.0.0.1:PORT --list tests/browser/pages
 *         [--accounts accounts.json] [--only REGEX] [--shots DIR] [--workers N]
 *
 * The list is a JSON file with entries as described in runner.mjs, or a folder with one such file per room, which are
 * walked together. accounts.json maps the names used there in "as" to { "email", "password" }. Prints one line per
 * finding; the last line is "N passed, N failed", counted in checks.
 * Exit codes: 0 nothing found, 1 findings, 2 the call or the set-up is wrong.
 */
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SetUpFault } from "./browser.mjs";
import { printResult, runProgram } from "./report.mjs";
import { planVisits, runPages } from "./runner.mjs";

const USAGE = "usage: pages.mjs --base URL --list FILE|FOLDER [--accounts FILE] [--only REGEX] [--shots DIR] [--workers N]";

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new SetUpFault(`${path}: ${error.message}`);
  }
}

/** The entries of one file, or of all files of a folder in the order of their names. */
function readEntries(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return readJson(path);
  const files = readdirSync(path).filter((name) => name.endsWith(".json")).sort();
  return files.flatMap((name) => readJson(join(path, name)));
}

function readOptions() {
  const text = { type: "string" };
  const options = { base: text, list: text, accounts: text, only: text, shots: text, workers: text };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new SetUpFault(`${error.message}\n${USAGE}`);
  }
  if (!values.base || !values.list) throw new SetUpFault(USAGE);
  const workers = Number(values.workers ?? 2);
  if (!Number.isInteger(workers) || workers < 1) throw new SetUpFault("--workers takes a whole number from 1");
  const entries = readEntries(values.list);
  const only = values.only ? new RegExp(values.only) : undefined;
  if (planVisits(entries, only).length === 0) throw new SetUpFault("no page is to be visited");
  if (values.shots) mkdirSync(values.shots, { recursive: true });
  return { base: values.base, entries, only, accounts: values.accounts && readJson(values.accounts), shots: values.shots, workers };
}

await runProgram(async () => printResult(await runPages(readOptions())));
