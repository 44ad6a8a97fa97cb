/** How a run is told: one line per finding, and at the end "N passed, N failed", counted in checks. */

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
