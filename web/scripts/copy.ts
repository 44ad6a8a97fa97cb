/**
 * Copying an address with one press.
 *
 * Markup: `<button hidden data-copy="#id" data-copied="Adresse kopiert">` and, anywhere behind it, an element with
 * role="status" in the same parent. The button is hidden until this module shows it, since without script it could
 * do nothing. Copies the text of the element `#id`; where the browser refuses, the text is selected instead.
 */
export function offerCopying(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const source = document.querySelector<HTMLElement>(button.dataset.copy ?? "");
    if (!source) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(button, source));
  }
}

async function copy(button: HTMLButtonElement, source: HTMLElement): Promise<void> {
  const status = button.parentElement?.querySelector<HTMLElement>("[role=status]");
  try {
    await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
    if (status) status.textContent = button.dataset.copied ?? "";
  } catch {
    getSelection()?.selectAllChildren(source);
  }
}
