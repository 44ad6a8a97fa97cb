/**
 * How a run is told: one line per finding, and at the end "N passed, N failed", counted in checks.
 */
import { SetUpFault } from "./browser.mjs";

/**
 * Prints a result of `runPages`.
 * @returns {number} the exit code: 0 without findings, 1 with
 */
export function printResult({ passed, failed, findings }) {
  for (const { page, lang, state, width, rule, selector, message } of findings) {
    console.log(`${page} [${lang}, ${state}, ${width}] ${rule} | ${selector} | ${message.replace(/\s+/g, " ").trim()}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Runs a program that gives its exit code; a fault of the call or the set-up is told in one sentence and is 2. */
export async function runProgram(program) {
  try {
    process.exitCode = await program();
  } catch (error) {
    console.error(error instanceof SetUpFault ? error.message : error);
    process.exitCode = 2;
  }
}
