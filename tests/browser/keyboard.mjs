/**
 * Going through a page with the Tab key alone.
 *
 * Looks for: a focus that cannot be seen, a focus that is kept (trap), controls that are never reached, and a skip
 * link that is missing or leads nowhere. Expects a freshly loaded page and leaves it changed.
 */

/** Radio buttons of one group are one stop; date fields take one press per part. */
const PRESSES_IN_ONE_CONTROL_MAX = 9;

function findStops() {
  const candidates = document.querySelectorAll(
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]",
  );
  const groups = new Map();
  window.allmendeStops = [];
  for (const element of candidates) {
    if (element.disabled || element.tabIndex < 0 || element.closest("[inert]")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.localName === "summary" && element !== element.parentElement.querySelector(":scope > summary")) continue;
    if (element.type === "radio") {
      const group = `${element.form?.id ?? ""} ${[...document.forms].indexOf(element.form)} ${element.name}`;
      if (groups.has(group)) {
        groups.get(group).push(element);
        continue;
      }
      groups.set(group, [element]);
      window.allmendeStops.push(groups.get(group));
    } else {
      window.allmendeStops.push([element]);
    }
  }
  return window.allmendeStops.length;
}

function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return { stop: null };
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const width = parseFloat(style.outlineWidth);
  const transparent = /^(transparent|.*[,/] *0\))$/.test(style.outlineColor);
  const shown = style.outlineStyle !== "none" && width > 0 && !transparent;
  const inside =
    box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return {
    stop: window.allmendeStops.findIndex((elements) => elements.includes(element)),
    selector: window.allmendeSelector(element),
    shown,
    inside,
    parts: /^(date|time|datetime-local|month|week)$/.test(element.type ?? "") || /^(audio|video)$/.test(element.localName),
  };
}

/** Lets Tab begin at the top, also where a script has moved the focus, as it does to a list of errors. */
function beginAtTop() {
  const mark = document.createElement("span");
  mark.tabIndex = -1;
  document.body.prepend(mark);
  mark.focus({ preventScroll: true });
  mark.remove();
}

async function trySkipLink(page) {
  await page.evaluate(beginAtTop);
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => {
    const link = document.activeElement;
    if (link?.localName !== "a" || !link.getAttribute("href").startsWith("#")) return null;
    const box = link.getBoundingClientRect();
    return { hash: link.hash, inside: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight };
  });
  if (!target) return [{ rule: "skip-link", selector: "body", message: "the first stop is not a skip link" }];
  if (!target.inside) return [{ rule: "skip-link", selector: `a[href="${target.hash}"]`, message: "not visible when focused" }];
  await page.keyboard.press("Enter");
  const arrived = await page.evaluate((hash) => {
    const goal = document.querySelector(hash);
    return Boolean(goal?.contains(document.activeElement));
  }, target.hash);
  if (arrived) return [];
  return [{ rule: "skip-link", selector: `a[href="${target.hash}"]`, message: "does not move the focus to its target" }];
}

async function walk(page, stops) {
  const findings = [];
  const visited = new Set();
  let last = null;
  let presses = 0;
  for (let step = 0; step < (stops + PRESSES_IN_ONE_CONTROL_MAX) * 2; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(lookAtFocus);
    if (at.stop === null || (at.stop === 0 && last !== null && last !== 0)) return { findings, visited };
    const name = at.stop >= 0 ? at.stop : at.selector;
    presses = name === last ? presses + 1 : 1;
    const held = presses > (at.parts ? PRESSES_IN_ONE_CONTROL_MAX : 1);
    if (held || (presses === 1 && visited.has(name))) {
      findings.push({ rule: "focus-trap", selector: at.selector, message: "the Tab key does not lead out" });
      return { findings, visited };
    }
    if (presses === 1 && !at.shown) {
      findings.push({ rule: "focus-visible", selector: at.selector, message: "no outline when focused" });
    }
    if (presses === 1 && !at.inside) {
      findings.push({ rule: "focus-hidden", selector: at.selector, message: "focused outside the window" });
    }
    visited.add(name);
    last = name;
  }
  return { findings, visited };
}

/** @param {import("playwright-core").Page} page freshly loaded, its address without a fragment, with `installSelectors` in it */
export async function examineKeyboard(page) {
  const address = page.url();
  const findings = await trySkipLink(page);
  // Not a reload: the fragment of the skip link would be the place where Tab starts.
  await page.goto(address);
  const stops = await page.evaluate(findStops);
  await page.evaluate(beginAtTop);
  const { findings: onTheWay, visited } = await walk(page, stops);
  const missed = await page.evaluate(
    (seen) => window.allmendeStops.filter((_, index) => !seen.includes(index)).map(([element]) => window.allmendeSelector(element)),
    [...visited],
  );
  for (const selector of missed) {
    onTheWay.push({ rule: "unreachable", selector, message: "never reached with the Tab key" });
  }
  return [...findings, ...onTheWay];
}
