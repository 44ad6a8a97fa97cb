/**
 * Lets readers mark words of the opened paragraph: their statement is then about these words alone.
 *
 * Markup: `<form data-statement>` inside `.passage`, whose words stand in `[data-passage]`; hidden fields `start` and `end` take the
 * place in characters (Unicode scalar values, as the server counts), `[data-picked]` shows the words. Without script a statement is
 * about the whole paragraph.
 */
export function pickWords(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-statement]")) {
    const words = form.closest(".passage")?.querySelector<HTMLElement>("[data-passage]");
    const shown = form.querySelector<HTMLElement>("[data-picked]");
    const start = form.querySelector<HTMLInputElement>("input[name=start]");
    const end = form.querySelector<HTMLInputElement>("input[name=end]");
    if (words && shown && start && end) follow(words, shown, start, end);
  }
}

function follow(words: HTMLElement, shown: HTMLElement, start: HTMLInputElement, end: HTMLInputElement): void {
  const { label = "", hint = "" } = shown.dataset;
  shown.textContent = hint;
  shown.hidden = false;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !words.contains(range.commonAncestorContainer)) return;
    const picked = range.toString();
    if (picked.trim() === "") return;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const from = count(before.toString());
    start.value = String(from);
    end.value = String(from + count(picked));
    const quote = document.createElement("q");
    quote.textContent = picked.trim();
    shown.replaceChildren(`${label} `, quote);
  });
}

/** Unicode scalar values, not UTF-16. */
function count(text: string): number {
  return [...text].length;
}
