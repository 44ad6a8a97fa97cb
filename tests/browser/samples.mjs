/**
 * The test of all pages, held against the samples of web/samples: `node tests/browser/samples.mjs [--shots DIR]`.
 *
 * The samples are the style guide; what is not in order there cannot be in order anywhere. Needs web/dist.
 * Exit codes as in pages.mjs.
 */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { samplePaths, serveSamples } from "../../web/samples/serve.mjs";
import { printResult, runProgram } from "./report.mjs";
import { runPages } from "./runner.mjs";

const STATES = [
  { name: "default" },
  { name: "dark", theme: "dark" },
  { name: "contrast", contrast: "high" },
  { name: "dark-contrast", theme: "dark", contrast: "high" },
  { name: "forced", forced: true },
];

await runProgram(async () => {
  const { values } = parseArgs({ options: { shots: { type: "string" }, only: { type: "string" } } });
  if (values.shots) mkdirSync(values.shots, { recursive: true });
  const { server, base } = await serveSamples();
  try {
    const entries = samplePaths().map((path) => ({ path, states: STATES }));
    entries.push({ path: "/nicht-da", status: 404 });
    const only = values.only && new RegExp(values.only);
    return printResult(await runPages({ base, entries, only, shots: values.shots }));
  } finally {
    server.close();
  }
});
