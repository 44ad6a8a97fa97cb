/**
 * Keeps a running import's progress up to date.
 *
 * Markup: `<section id="…" data-refresh="5">` (seconds, at least 2) and in it, if wished,
 * `<button hidden data-refresh-stop>` to stop the updates. The same page is fetched again and the section's contents are
 * exchanged, until the server's section no longer bears data-refresh. Nothing is exchanged while the focus is inside the
 * section or the window is out of sight. Without script the reader reloads the page.
 */
export function refreshRuns(root: ParentNode): void {
  for (const section of root.querySelectorAll<HTMLElement>("[data-refresh][id]")) {
    follow(section, Math.max(2, Number(section.dataset.refresh) || 5) * 1000);
  }
}

function follow(section: HTMLElement, pause_ms: number): void {
  let stopped = false;
  const timer = setInterval(() => {
    if (document.hidden || section.contains(document.activeElement)) return;
    void exchange(section, () => stopped).then((running) => {
      if (!running) clearInterval(timer);
      else offerStop(section, stop);
    });
  }, pause_ms);
  const stop = () => {
    stopped = true;
    clearInterval(timer);
  };
  offerStop(section, stop);
}

function offerStop(section: HTMLElement, stop: () => void): void {
  const button = section.querySelector<HTMLButtonElement>("button[data-refresh-stop]");
  if (!button?.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    stop();
    button.remove();
    section.tabIndex = -1;
    section.focus();
  });
}

/** True while the server says that the run goes on, or does not answer: then the next time may succeed. */
async function exchange(section: HTMLElement, stopped: () => boolean): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return true;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(section.id);
    if (!fresh || stopped()) return false;
    section.replaceChildren(...fresh.childNodes);
    return fresh.hasAttribute("data-refresh");
  } catch {
    return true;
  }
}
