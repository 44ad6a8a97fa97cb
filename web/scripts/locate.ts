/**
 * The reader's own place, only when asked for.
 *
 * Markup: `<button type="button" hidden data-locate="ID" data-locate-fails="…">` and an element with role="status" in the same
 * parent. A press asks the device; its coordinates, to about ten metres, are written into the field ID and the form is sent. They go
 * nowhere else.
 */
const WAIT_MS_MAX = 10_000;

export function offerLocating(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-locate]")) {
    const field = document.getElementById(button.dataset.locate ?? "");
    if (!("geolocation" in navigator) || !(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    const status = button.parentElement?.querySelector<HTMLElement>("[role=status]");
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${coords.latitude.toFixed(4)}, ${coords.longitude.toFixed(4)}`;
          field.form?.requestSubmit();
        },
        () => {
          if (status) status.textContent = button.dataset.locateFails ?? "";
        },
        { timeout: WAIT_MS_MAX, maximumAge: 60_000 },
      );
    });
  }
}
