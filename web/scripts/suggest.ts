/**
 * Suggestions while one types into a search field: a combobox with a list (ARIA 1.2).
 *
 * Markup: `<input type="search" data-suggest="ADDRESS" data-suggest-label="Vorschläge" data-suggest-none="…"
 * data-suggest-one="…" data-suggest-some="{count} Vorschläge …">` in a form. ADDRESS answers `?q=` with
 * `{"suggestions": [{"words", "path", "kind"}]}`. Arrow keys move, Enter chooses, Escape closes, Tab leaves. Choosing words sends the
 * form; choosing a title leads to its page. Without script, or without an answer, it is a plain field.
 */
const PAUSE_MS = 120;
const LETTERS_MIN = 2;

interface Suggestion {
  words: string;
  path: string | null;
  kind: string | null;
}

export function suggestWords(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-suggest]")) new Combobox(input);
}

class Combobox {
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("p");
  private options: HTMLLIElement[] = [];
  private active = -1;
  private timer = 0;
  private asked = 0;

  constructor(private readonly input: HTMLInputElement) {
    this.list.id = `${input.id}-vorschlaege`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestLabel ?? "");
    this.list.hidden = true;
    this.status.className = "hidden";
    this.status.setAttribute("role", "status");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]] as const) {
      input.setAttribute(name, value);
    }
    input.after(this.list, this.status);
    input.parentElement?.classList.add("suggesting");
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The field keeps the focus: a press on the list must not take it away before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      if (option) this.choose(option);
    });
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async ask(): Promise<void> {
    const typed = this.input.value.trim();
    const number = ++this.asked;
    if (typed.length < LETTERS_MIN) return this.close();
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] };
      // A later question was quicker, or the reader has left.
      if (number === this.asked && document.activeElement === this.input) this.show(suggestions);
    } catch {
      this.close();
    }
  }

  private show(suggestions: Suggestion[]): void {
    this.options = suggestions.map((suggestion, index) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = suggestion.words;
      option.dataset.words = suggestion.words;
      if (suggestion.path) option.dataset.path = suggestion.path;
      if (suggestion.kind) {
        const kind = document.createElement("span");
        kind.className = "small";
        kind.textContent = ` ${suggestion.kind}`;
        option.append(kind);
      }
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.move(-1);
    this.open(this.options.length > 0);
    const { suggestNone, suggestOne, suggestSome } = this.input.dataset;
    const words = [suggestNone, suggestOne][this.options.length] ?? suggestSome ?? "";
    this.status.textContent = words.replace("{count}", String(this.options.length));
  }

  private open(is: boolean): void {
    this.list.hidden = !is;
    this.input.setAttribute("aria-expanded", String(is));
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.open(false);
    this.move(-1);
    this.status.textContent = "";
  }

  private move(to: number): void {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = to;
    const option = this.options[to];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const count = this.options.length;
    if (event.key === "ArrowDown" && this.list.hidden) {
      event.preventDefault();
      void this.ask();
    } else if (this.list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // One place more than options: the field itself, where nothing is chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      const option = this.options[this.active];
      if (option) this.choose(option);
    }
  }

  private choose(option: HTMLLIElement): void {
    this.close();
    if (option.dataset.path) {
      location.href = option.dataset.path;
      return;
    }
    this.input.value = option.dataset.words ?? "";
    this.input.form?.requestSubmit();
  }
}
