/**
 * The promise of the tokens: whatever hue and chroma a municipality sets, text keeps its contrast.
 *
 * `node tests/browser/contrast.mjs` measures, for 24 hues and 4 chromas, light and dark, normal and high contrast, every
 * pair of colours that stands on each other. Text must reach 6.3:1 (11:1 in high contrast), edges of controls and the
 * focus ring 3:1. Needs web/dist. The last line is "N passed, N failed".
 */
import { serveSamples } from "../../web/samples/serve.mjs";
import { launch } from "./browser.mjs";

const TEXT_MIN = { normal: 6.3, high: 11 };
const EDGE_MIN = 3;
const CHROMAS = [0, 0.03, 0.082, 0.15];
const HUES = Array.from({ length: 24 }, (_, step) => step * 15);

/** [what stands on it, what it stands on]; KERN's names without their common beginning, ours in full. */
const GROUNDS = ["layout-background-default", "layout-background-hued", "--allm-soft", "--allm-mine"];
const TEXT = [
  ...["layout-text-default", "layout-text-muted", "action-default"].flatMap((word) => GROUNDS.map((ground) => [word, ground])),
  ["action-on-default", "action-default"],
  ["layout-text-default", "--allm-struck"],
  ["layout-text-default", "feedback-info-background"],
  ["layout-text-default", "feedback-warning-background"],
  ["feedback-danger", "feedback-danger-background"],
  ["layout-text-muted", "form-input-background"],
  ...["info", "warning", "danger"].flatMap((kind) =>
    GROUNDS.slice(0, 2).map((ground) => [`feedback-${kind}`, ground]),
  ),
];
const EDGES = [
  ...["layout-border", "action-focus-default", "form-input-border", "--allm-mine-line"].flatMap((edge) =>
    GROUNDS.slice(0, 2).map((ground) => [edge, ground]),
  ),
  ["feedback-warning", "feedback-warning-background"],
  ["action-focus-default", "action-on-default"],
];

/** Runs in the page: contrast of each pair for one setting. */
function measure({ pairs, hue, chroma, theme, high }) {
  const root = document.documentElement;
  root.dataset.kernTheme = theme;
  if (high) root.dataset.allmContrast = "high";
  else root.dataset.allmContrast = "normal";
  root.style.setProperty("--allm-hue", String(hue));
  root.style.setProperty("--allm-chroma", String(chroma));
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = (name) => {
    document.body.style.color = `var(${name.startsWith("--") ? name : `--kern-color-${name}`})`;
    canvas.fillStyle = getComputedStyle(document.body).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return pairs.map(([front, back]) => {
    const [lower, higher] = [luminance(front), luminance(back)].sort((a, b) => a - b);
    return (higher + 0.05) / (lower + 0.05);
  });
}

let passed = 0;
const lowest = new Map();
const failures = [];
const { server, base } = await serveSamples();
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${base}/start`);
  const pairs = [...TEXT, ...EDGES];
  for (const theme of ["light", "dark"]) {
    for (const high of [false, true]) {
      for (const chroma of CHROMAS) {
        for (const hue of HUES) {
          const ratios = await page.evaluate(measure, { pairs, hue, chroma, theme, high });
          ratios.forEach((ratio, index) => {
            const text = index < TEXT.length;
            const least = text ? TEXT_MIN[high ? "high" : "normal"] : EDGE_MIN;
            const kind = `${text ? "text" : "edges"}, ${high ? "high" : "normal"} contrast`;
            lowest.set(kind, Math.min(lowest.get(kind) ?? Infinity, ratio));
            if (ratio >= least) passed += 1;
            else failures.push(`${pairs[index].join(" on ")}: ${ratio.toFixed(2)} (${theme}, ${kind}, hue ${hue}, chroma ${chroma})`);
          });
        }
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
for (const failure of failures) console.log(failure);
for (const [kind, ratio] of lowest) console.log(`lowest for ${kind}: ${ratio.toFixed(2)}:1`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
