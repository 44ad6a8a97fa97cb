/**
 * HTML validity: the Nu Html Checker over everything that the pages sent.
 *
 * Errors and warnings are findings. Owns the list of messages that do not count, each with its reason.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { packageFile, programOnPath } from "./browser.mjs";

/** Messages that do not count: { message: RegExp, reason: string }. */
const ALLOWED = [];

function runChecker(folder) {
  // It works on one document after the other: as many of it run as there are processors.
  const command = ["-Xmx512m", "-XX:+UseSerialGC", "-jar", packageFile("vnu-jar", "build/dist/vnu.jar"), "--stdout", "--format", "json", folder];
  return new Promise((resolve, reject) => {
    execFile(programOnPath("java", "default-jre-headless"), command, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // Findings make the checker exit with 1; only an answer that is not its report is a fault.
      try {
        resolve(JSON.parse(stdout).messages);
      } catch {
        reject(new Error(`the HTML checker gave no report: ${stderr || error?.message}`));
      }
    });
  });
}

/**
 * @param {string[]} documents HTML as the server sent it
 * @returns {Promise<{rule: string, selector: string, message: string}[][]>} findings per document, in the same order
 */
export async function validate(documents) {
  const findings = documents.map(() => []);
  if (documents.length === 0) return findings;
  const folder = mkdtempSync(join(tmpdir(), "allmende-html-"));
  try {
    const parts = Array.from({ length: Math.min(availableParallelism(), documents.length) }, (_, part) => join(folder, `${part}`));
    parts.forEach((part) => mkdirSync(part));
    documents.forEach((text, index) => writeFileSync(join(parts[index % parts.length], `${index}.html`), text));
    for (const message of (await Promise.all(parts.map(runChecker))).flat()) {
      if (message.type === "info" && message.subType !== "warning") continue;
      if (ALLOWED.some((allowed) => allowed.message.test(message.message))) continue;
      const index = Number.parseInt(basename(message.url ?? "0"), 10);
      findings[index].push({
        rule: `html ${message.subType ?? message.type}`,
        selector: `line ${message.lastLine ?? 1}`,
        message: `${message.message} ${(message.extract ?? "").replace(/\s+/g, " ").trim()}`.trim(),
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}
