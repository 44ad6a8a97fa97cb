/**
 * Serves the samples on loopback, each put into shell.html, with the policy, cookies and forms of the real server.
 *
 * Usage: `node web/samples/serve.mjs [PORT]` after `node web/build.mjs`; the tests import `serveSamples`.
 * Knows no other language than German; that is the business of the real pages.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const SAMPLES = dirname(fileURLToPath(import.meta.url));
const DIST = join(SAMPLES, "../dist");
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The addresses of all samples; index.html is "/", problem.html answers 404. */
export function samplePaths() {
  return readdirSync(SAMPLES)
    .filter((file) => file.endsWith(".html") && file !== "shell.html")
    .map((file) => (file === "index.html" ? "/" : `/${file.slice(0, -5)}`))
    .sort();
}

function readCookies(request) {
  const pairs = (request.headers.cookie ?? "").split(/;\s*/).map((pair) => pair.split("="));
  return Object.fromEntries(pairs);
}

function page(path, cookies, manifest) {
  const file = join(SAMPLES, path === "/" ? "index.html" : `${path.slice(1)}.html`);
  const [, title, main] = /^<title>(.*)<\/title>\n([\s\S]*)$/.exec(readFileSync(file, "utf8"));
  const theme = ["light", "dark"].includes(cookies.theme) ? cookies.theme : null;
  const high = cookies.contrast === "high";
  const values = {
    title,
    main,
    display: `${theme ? ` data-kern-theme="${theme}"` : ""}${high ? ' data-allm-contrast="high"' : ""}`,
    light: theme === "light",
    dark: theme === "dark",
    auto: theme === null,
    high,
    normal: !high,
  };
  for (const [name, { path: hashed }] of Object.entries(manifest)) values[name] = `/assets/${hashed}`;
  return readFileSync(join(SAMPLES, "shell.html"), "utf8")
    .replace(/\{\{([\w.]+)\}\}/g, (_, name) => String(values[name]))
    .replaceAll(`<a href="${path}">`, `<a href="${path}" aria-current="page">`);
}

async function readForm(request) {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
}

async function answer(request, response, manifest) {
  const { pathname } = new URL(request.url, "http://samples");
  const headers = { "content-security-policy": POLICY, "cache-control": "no-store" };
  if (request.method === "POST") {
    const form = await readForm(request);
    const choices = ["theme", "contrast"].filter((name) => form.has(name));
    headers["set-cookie"] = choices.map((name) => `${name}=${form.get(name)}; Path=/; SameSite=Lax`);
    const goal = pathname === "/anmelden" ? "/desk" : (request.headers.referer ?? "/");
    response.writeHead(303, { ...headers, location: goal }).end();
    return;
  }
  const asset = Object.values(manifest).find(({ path }) => pathname === `/assets/${path}`);
  if (asset) {
    response.writeHead(200, { ...headers, "content-type": asset.type }).end(readFileSync(join(DIST, asset.path)));
    return;
  }
  const known = samplePaths().includes(pathname);
  const shown = known ? pathname : "/problem";
  const status = shown === "/problem" && !known ? 404 : 200;
  response.writeHead(status, { ...headers, "content-type": "text/html; charset=utf-8" });
  response.end(page(shown, readCookies(request), manifest));
}

/** Listens on loopback; port 0 takes any free one. The caller closes the server. */
export async function serveSamples(port = 0) {
  if (!existsSync(join(DIST, "manifest.json"))) throw new Error("dist/ is missing; run first: node web/build.mjs");
  const manifest = JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8"));
  const server = createServer((request, response) => {
    answer(request, response, manifest).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${server.address().port}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { base } = await serveSamples(Number(process.argv[2] ?? 0));
  console.log(base);
}
