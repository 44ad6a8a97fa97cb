/**
 * A server of a journey's own: for what can happen to an installation only once, its first hour, and for journeys that read mails.
 *
 * Makes a data folder with `allmende init` (or the invented town), serves it on a free port of loopback, and takes both away again. The program is
 * named by the environment variable ALLMENDE_PROGRAM, which `cargo xtask test` sets.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SetUpFault } from "./browser.mjs";

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** The server says on its own when it listens: nobody waits for a time. */
async function untilListening(child, listening) {
  const lines = createInterface({ input: child.stdout });
  const heard = [];
  for await (const line of lines) {
    heard.push(line);
    if (line.includes(listening)) break;
  }
  // Nobody reads on; a full pipe must not stop the server.
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`the server ended: ${heard.join("\n")}`);
  const answer = await fetch(`${listening.slice(listening.indexOf("http"))}/readyz`);
  if (!answer.ok) throw new Error(`the server is not ready: ${await answer.text()}`);
}

/**
 * @param {string} name of the municipality
 * @param {{host?: string, env?: Record<string, string>}} [options] the host under which it is asked, and further variables for the program
 * @returns {Promise<{base: string, link: string, stop: () => Promise<void>}>} its address, the first administrator's link, and its end
 */
export async function serveNew(name, { host = "127.0.0.1", env = {} } = {}) {
  const program = namedProgram();
  const folder = mkdtempSync(join(tmpdir(), "journey-"));
  const data = join(folder, "data");
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const base = `http://${host}:${port}`;
  const told = execFileSync(program, ["init", "--data", data, "--name", name, "--base-url", base], { encoding: "utf8" });
  const link = told.match(/^http:\S+schluessel=\S+$/m)?.[0];
  if (!link) throw new Error(`init tells no link: ${told}`);
  const child = spawn(program, ["serve", "--data", data, "--listen", address], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, ...env } });
  return { base, link, stop: await started(child, `answers at http://${address}`, folder) };
}

/**
 * Walks a journey in an invented town of its own.
 * @param {(town: {base: string, mails: string}) => Promise<void>} walk gets its address and the folder of its mails
 */
export async function inOwnTown(walk) {
  const folder = mkdtempSync(join(tmpdir(), "journey-"));
  const data = join(folder, "data");
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(namedProgram(), ["demo", "--data", data, "--listen", address], { stdio: ["ignore", "pipe", "ignore"] });
  const stop = await started(child, `answers at http://${address}`, folder);
  try {
    await walk({ base: `http://${address}`, mails: join(data, "mails") });
  } finally {
    await stop();
  }
}

function namedProgram() {
  const program = process.env.ALLMENDE_PROGRAM;
  if (!program) throw new SetUpFault("ALLMENDE_PROGRAM names the program to run, such as target/debug/allmende");
  return program;
}

/** Waits until a server listens; gives what ends it and takes its folder away. */
async function started(child, listening, folder) {
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilListening(child, listening);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
