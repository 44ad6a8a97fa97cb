/**
 * Asks before a changed form is left.
 *
 * Markup: `<form data-guard>`. The browser asks in its own words. Sending the form never asks, and neither does a form
 * whose fields were put back to what they were.
 */
export function guardForms(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-guard]")) {
    const before = contents(form);
    let sent = false;
    form.addEventListener("submit", () => {
      sent = true;
    });
    addEventListener("beforeunload", (event) => {
      if (!sent && contents(form) !== before) event.preventDefault();
    });
    // A page taken back from the browser's memory may be edited again.
    addEventListener("pageshow", () => {
      sent = false;
    });
  }
}

function contents(form: HTMLFormElement): string {
  const parts: string[] = [];
  for (const [name, value] of new FormData(form)) {
    parts.push(name, typeof value === "string" ? value : `${value.name} ${value.size}`);
  }
  return JSON.stringify(parts);
}
