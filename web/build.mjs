/**
 * Builds dist/: one style sheet, one script, those of the map, the images, each under a name with the hash of its contents, with .br and
 * .gz beside it, and two lists: manifest.json (logical name → path, type, integrity) and licences.json (third-party
 * packages whose text is in dist/).
 *
 * The same sources give the same bytes. Knows nothing of the server; the server reads manifest.json.
 * Usage: `npm ci` in this folder, then `node build.mjs [--out DIR]`.
 * Exit codes: 0 built, 1 the sources are at fault, 2 the packages are not installed or the call is wrong.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const WEB = dirname(fileURLToPath(import.meta.url));
const TYPES = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};
/** Bytes after gzip. The plan of the house grants 30 kB of script; the style sheet keeps to 25 kB. The map has its own page. */
const BUDGET_GZIP = { css: 25_000, js: 30_000 };
const BUDGET_GZIP_OF = { "map.js": 330_000, "map-worker.js": 180_000 };
const MAP_WORKER = "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs";
const KERN_SHEET = join(WEB, "node_modules/@kern-ux/native/dist/kern.css");

class Fault extends Error {}

/** KERN's names are a promise to those who bring a KERN theme: a name that KERN does not know would break it silently. */
function checkKernNames(sheet) {
  const known = new Set(readFileSync(KERN_SHEET, "utf8").match(/--kern-[a-z0-9-]+/g));
  const unknown = [...new Set(sheet.match(/--kern-[a-z0-9-]+/g))].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Fault(`not a token of the installed KERN: ${unknown.join(", ")}`);
}

/** Repeats the chosen high contrast for devices that ask for it: see styles/contrast.css. */
const contrastForDevices = {
  name: "contrast-for-devices",
  setup(build) {
    build.onLoad({ filter: /[\\/]contrast\.css$/ }, ({ path }) => {
      const chosen = readFileSync(path, "utf8");
      const asked = chosen.replace('[data-allm-contrast="high"]', ":root:not([data-allm-contrast])");
      if (asked === chosen) throw new Fault("styles/contrast.css does not contain [data-allm-contrast=\"high\"]");
      return { contents: `${chosen}\n@media (prefers-contrast: more) {\n${asked}\n}\n`, loader: "css" };
    });
  },
};

async function bundle(esbuild, entry) {
  const result = await esbuild.build({
    entryPoints: [join(WEB, entry)],
    absWorkingDir: WEB,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: entry.endsWith(".ts") ? "es2022" : "esnext",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    plugins: [contrastForDevices],
  });
  if (result.warnings.length > 0) {
    throw new Fault((await esbuild.formatMessages(result.warnings, { kind: "warning" })).join("\n"));
  }
  return { contents: Buffer.from(result.outputFiles[0].contents), inputs: Object.keys(result.metafile.inputs) };
}

/** The packages behind the bundled files, each with its licence and the file that holds the licence's text. */
function licencesOf(inputs) {
  const roots = new Set();
  for (const input of inputs) {
    const match = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input.split(sep).join("/"));
    if (match) roots.add(match[1]);
  }
  return [...roots].sort().map((name) => {
    const folder = join(WEB, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
    if (texts.length === 0) throw new Fault(`${name} brings no licence text`);
    return { name, version, licence: license, texts };
  });
}

/** Adds an asset and its compressed forms to the files of the folder; gives what the manifest says of it. */
function add(files, name, contents) {
  const kind = name.slice(name.lastIndexOf(".") + 1);
  const digest = createHash("sha256").update(contents);
  const integrity = `sha384-${createHash("sha384").update(contents).digest("base64")}`;
  const path = `${name.slice(0, -kind.length - 1)}.${digest.digest("hex").slice(0, 12)}.${kind}`;
  const gzip = gzipSync(contents, { level: 9 });
  gzip[9] = 255; // the byte that names the operating system: the same everywhere
  const brotli = brotliCompressSync(contents, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
  });
  files.set(path, Buffer.from(contents)).set(`${path}.gz`, gzip).set(`${path}.br`, brotli);
  const allowed = BUDGET_GZIP_OF[name] ?? BUDGET_GZIP[kind] ?? Infinity;
  if (gzip.length > allowed) {
    throw new Fault(`${name} has ${gzip.length} bytes after gzip, allowed are ${allowed}`);
  }
  console.log(`${path}  ${contents.length} bytes, gzip ${gzip.length}, brotli ${brotli.length}`);
  return { path, type: TYPES[kind], bytes: contents.length, integrity };
}

/**
 * Makes a folder that an earlier build filled hold these files and no others; any other folder with contents stays as it is.
 * A file that is right already is not touched: the program embeds it, and would be built anew.
 */
function fill(out, files) {
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, "manifest.json"))) {
    throw new Fault(`${out} holds something that this program did not build`);
  }
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(out)) if (!files.has(name)) rmSync(join(out, name), { recursive: true });
  for (const [name, contents] of files) {
    const path = join(out, name);
    if (!existsSync(path) || !readFileSync(path).equals(contents)) writeFileSync(path, contents);
  }
}

async function build(out) {
  const esbuild = await import("esbuild").catch(() => null);
  if (!esbuild) {
    console.error("The packages are not installed. Run first: npm ci --prefix web");
    return 2;
  }
  const css = await bundle(esbuild, "styles/allmende.css");
  const js = await bundle(esbuild, "scripts/allmende.ts");
  // Only the page of the map loads these.
  const map = await bundle(esbuild, "scripts/map.ts");
  const mapStyle = await bundle(esbuild, "styles/map.css");
  const worker = await bundle(esbuild, MAP_WORKER);
  checkKernNames(css.contents.toString("utf8"));
  const files = new Map();
  const manifest = {
    "allmende.css": add(files, "allmende.css", css.contents),
    "allmende.js": add(files, "allmende.js", js.contents),
    "map.js": add(files, "map.js", map.contents),
    "map.css": add(files, "map.css", mapStyle.contents),
    "map-worker.js": add(files, "map-worker.js", worker.contents),
  };
  for (const image of readdirSync(join(WEB, "images")).sort()) {
    manifest[image] = add(files, image, readFileSync(join(WEB, "images", image)));
  }
  const licences = licencesOf([...css.inputs, ...js.inputs, ...map.inputs, ...mapStyle.inputs, ...worker.inputs]);
  for (const [name, value] of Object.entries({ "manifest.json": manifest, "licences.json": licences })) {
    files.set(name, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  }
  fill(out, files);
  console.log(`built ${relative(process.cwd(), out) || "."}: ${Object.keys(manifest).length} files, ${licences.length} third-party packages`);
  return 0;
}

function outFrom(args) {
  if (args.length === 0) return join(WEB, "dist");
  if (args.length === 2 && args[0] === "--out") return resolve(args[1]);
  return null;
}

const out = outFrom(process.argv.slice(2));
if (out === null) {
  console.error("usage: node web/build.mjs [--out DIR]");
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await build(out);
  } catch (error) {
    console.error(error instanceof Fault ? `build: ${error.message}` : (error.message ?? error));
    process.exitCode = 1;
  }
}
