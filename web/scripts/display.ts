/**
 * Light, dark and contrast without loading the page anew.
 *
 * Markup: `<form method="post" data-display>` whose buttons bear name="theme" (value light, dark or auto) or
 * name="contrast" (value high, normal or auto) and aria-pressed. The same form is sent to the server as without script, so the
 * choice lasts; the page changes when the server has accepted it. When the request fails, the form is sent plainly.
 */
const ATTRIBUTE_OF: Record<string, string> = { theme: "data-kern-theme", contrast: "data-allm-contrast" };

export function switchDisplay(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-display]")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement) || !(button.name in ATTRIBUTE_OF)) return;
      event.preventDefault();
      void send(form, button);
    });
  }
}

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) {
    if (typeof value === "string") fields.append(name, value);
  }
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok) throw new Error(String(answer.status));
    show(form, button);
  } catch {
    const choice = document.createElement("input");
    choice.type = "hidden";
    choice.name = button.name;
    choice.value = button.value;
    form.append(choice);
    form.submit();
  }
}

function show(form: HTMLFormElement, button: HTMLButtonElement): void {
  const attribute = ATTRIBUTE_OF[button.name];
  if (!attribute) return;
  if (button.value === "auto") document.documentElement.removeAttribute(attribute);
  else document.documentElement.setAttribute(attribute, button.value);
  for (const other of form.querySelectorAll<HTMLButtonElement>(`button[name="${button.name}"]`)) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}
