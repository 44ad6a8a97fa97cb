/**
 * After a refused form: the focus goes to the list of errors, so that it is read first.
 *
 * Markup: `<div class="errors" tabindex="-1">` with links to the fields. Without script the list is still the first
 * thing in the main part, and its links work.
 */
export function leadToErrors(root: ParentNode): void {
  root.querySelector<HTMLElement>(".errors[tabindex]")?.focus();
}
