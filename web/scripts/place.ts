/**
 * Offers to draw a place on a map beside the field that asks for an address. The map is loaded when somebody asks for it, or when a
 * drawing came back with what was refused.
 *
 * Markup: `templates/beteiligung/place.html`: `<div data-draw="SCRIPT" data-style="STYLES" hidden>` with the hidden field
 * `drawn`, a button `[data-draw-open]` that names the board it opens, and `[data-draw-said]`, a live region. See `draw.ts` for the rest.
 */
type Drawing = Pick<typeof import("./map"), "draw">;

export function offerDrawing(root: ParentNode): void {
  for (const holder of root.querySelectorAll<HTMLElement>("[data-draw]")) {
    const button = holder.querySelector<HTMLButtonElement>("[data-draw-open]");
    const board = holder.querySelector<HTMLElement>(".draw-board");
    const field = holder.querySelector<HTMLInputElement>("input[name=drawn]");
    if (!button || !board || !field || !holder.dataset.draw) continue;
    holder.hidden = false;
    let loaded: Promise<() => void> | null = null;
    const open = async (isAsked: boolean) => {
      board.hidden = false;
      button.setAttribute("aria-expanded", "true");
      try {
        loaded ??= load(holder);
        const show = await loaded;
        show();
        if (isAsked) board.querySelector<HTMLElement>("canvas")?.focus();
      } catch {
        board.hidden = true;
        button.hidden = true;
        const said = holder.querySelector("[data-draw-said]");
        if (said) said.textContent = holder.dataset.saidFails ?? "";
      }
    };
    button.addEventListener("click", () => {
      if (board.hidden) void open(true);
      else {
        board.hidden = true;
        button.setAttribute("aria-expanded", "false");
      }
    });
    if (field.value !== "") void open(false);
  }
}

async function load(holder: HTMLElement): Promise<() => void> {
  const [{ draw }] = await Promise.all([import(new URL(holder.dataset.draw ?? "", location.href).href) as Promise<Drawing>, styles(holder.dataset.style ?? "")]);
  return draw(holder);
}

/** The style sheet of the map must be there before the map is: it says how large things are. */
function styles(href: string): Promise<void> {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new Error(href)));
    document.head.append(link);
  });
}
