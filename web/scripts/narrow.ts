/**
 * Narrows a long select list while one types.
 *
 * Markup: `<select id="…" data-narrow="Liste eingrenzen" data-narrowed="{shown} von {all} Einträgen">`. The field is
 * put before the select's own field. Options are taken out and put back instead of hidden, because some browsers show hidden
 * options; the chosen option always stays.
 */
export function narrowLists(root: ParentNode): void {
  for (const select of root.querySelectorAll<HTMLSelectElement>("select[data-narrow]")) {
    addField(select);
  }
}

function addField(select: HTMLSelectElement): void {
  const all = [...select.options];
  const label = document.createElement("label");
  const input = document.createElement("input");
  const status = document.createElement("p");
  input.id = `${select.id}-narrow`;
  input.type = "search";
  input.autocomplete = "off";
  label.htmlFor = input.id;
  label.textContent = select.dataset.narrow ?? "";
  status.className = "hint";
  status.setAttribute("role", "status");
  const field = document.createElement("div");
  field.className = "field narrow";
  field.append(label, input, status);
  (select.closest(".field") ?? select).before(field);

  input.addEventListener("input", () => {
    const wanted = fold(input.value);
    const shown = all.filter((option) => option.selected || fold(option.text).includes(wanted));
    select.replaceChildren(...shown);
    const words = select.dataset.narrowed ?? "";
    status.textContent = words.replace("{shown}", String(shown.length)).replace("{all}", String(all.length));
  });
  // Enter would send the form, though the reader is still looking.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function fold(text: string): string {
  return text.trim().toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
}
