/**
 * What must hold on every page, looked at from inside the page.
 *
 * The functions below run in the browser (they are sent there as text), so each stands alone. Each gives a list of
 * findings { rule, selector, message }. Accessibility rules that axe-core already knows are not repeated, except
 * where this house is stricter: exactly one h1, no skipped level, no control that has only a placeholder.
 */

/** Names elements the way a developer finds them again. Installed in each document before the other functions run. */
export function installSelectors() {
  window.allmendeSelector = (element) => {
    const parts = [];
    for (let at = element; at && at !== document.documentElement && parts.length < 4; at = at.parentElement) {
      if (at.id) {
        parts.unshift(`#${CSS.escape(at.id)}`);
        break;
      }
      const classes = [...at.classList].map((name) => `.${CSS.escape(name)}`).join("");
      const alike = at.parentElement ? [...at.parentElement.children].filter((other) => other.tagName === at.tagName) : [];
      const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : "";
      parts.unshift(`${at.localName}${classes}${place}`);
    }
    return parts.join(" > ") || element.localName;
  };
}

/** Headings, landmarks, labels, language, ids that links lead to, and texts that nobody translated. */
export function examineStructure({ lang, theme, contrast }) {
  const found = [];
  const add = (rule, element, message) =>
    found.push({ rule, selector: element ? window.allmendeSelector(element) : "html", message });
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });

  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen);
  const first = headings.filter((heading) => heading.localName === "h1");
  if (first.length !== 1) add("one-h1", first[1] ?? null, `${first.length} h1 on the page`);
  let level = 0;
  for (const heading of headings) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) add("heading-level", heading, `h${own} follows ${level ? `h${level}` : "nothing"}`);
    if (!heading.textContent.trim()) add("heading-empty", heading, "a heading without words");
    level = own;
  }
  const mains = [...document.querySelectorAll("main, [role=main]")].filter(seen);
  if (mains.length !== 1) add("one-main", mains[1] ?? null, `${mains.length} main landmarks`);

  const labelled = (control) =>
    [...(control.labels ?? [])].some((label) => label.textContent.trim()) ||
    control.getAttribute("aria-label")?.trim() ||
    (control.getAttribute("aria-labelledby") ?? "")
      .split(/\s+/)
      .some((id) => id && document.getElementById(id)?.textContent.trim());
  for (const control of document.querySelectorAll("input:not([type=hidden]), select, textarea, progress, meter")) {
    const ownWords = control.matches("[type=submit], [type=reset], [type=button]") && control.value;
    if (seen(control) && !ownWords && !labelled(control)) add("label", control, "a control without a label");
  }
  for (const button of document.querySelectorAll("button")) {
    if (seen(button) && !button.textContent.trim() && !labelled(button)) add("label", button, "a button without words");
  }

  const root = document.documentElement;
  if (root.lang !== lang) add("lang", null, `lang is "${root.lang}", expected "${lang}"`);
  if (theme && root.dataset.kernTheme !== theme) add("theme", null, `data-kern-theme is not "${theme}"`);
  if (contrast && root.dataset.allmContrast !== contrast) add("contrast", null, `data-allm-contrast is not "${contrast}"`);
  if (!document.title.trim()) add("title", null, "no title");

  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (id && !document.getElementById(id)) add("fragment", link, `no element has the id ${id}`);
    if (!id) add("fragment", link, "a link to nowhere (#)");
  }

  // A key of a message file looks like words-with-hyphens; so do file names and code, which say so in their markup.
  const key = /^\s*(\{?\s*\$?[a-z][a-z0-9]*([-_.][a-z0-9]+)+\s*\}?|\{\s*\$?[A-Za-z][\w-]*\s*\}|\?{3,})\s*$/;
  const exempt = "code, kbd, samp, pre, script, style, textarea, [translate=no], .document";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.nodeValue;
    const odd = key.test(words) || /\{\s*\$[\w-]+\s*\}/.test(words);
    if (odd && !node.parentElement.closest(exempt)) add("untranslated", node.parentElement, words.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
    for (const name of ["aria-label", "alt", "title", "placeholder"]) {
      const words = element.getAttribute(name);
      if (words && key.test(words) && !element.closest(exempt)) add("untranslated", element, `${name}: ${words}`);
    }
  }
  if (key.test(document.title)) add("untranslated", null, `title: ${document.title}`);
  return found;
}

/** Whether the page is wider than the window; names the outermost elements that stick out. */
export function examineWidth() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => {
    for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element),
  );
  const deepest = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return [
    {
      rule: "overflow",
      selector: deepest.slice(0, 3).map(window.allmendeSelector).join(", ") || "body",
      message: `${root.scrollWidth} px wide in a window of ${root.clientWidth} px`,
    },
  ];
}

/** Addresses of this site that the page links to, without their fragments. */
export function collectLinks() {
  const links = new Set();
  for (const link of document.querySelectorAll("a[href], area[href]")) {
    const url = new URL(link.href, location.href);
    url.hash = "";
    if (url.origin === location.origin) links.add(url.href);
  }
  return [...links];
}

/** axe-core with everything that is not AAA; gives its violations as findings. */
export async function runAxe() {
  const result = await window.axe.run(document, {
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
    runOnly: {
      type: "tag",
      values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"],
    },
  });
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => ({
      rule: `axe ${id}`,
      selector: node.target.join(" "),
      message: `${help}${node.any[0] ? ` (${node.any[0].message.replace(/\s+/g, " ")})` : ""}`,
    })),
  );
}
