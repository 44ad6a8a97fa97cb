/**
 * The page of those who wait: after the time that it names it is asked for again, or the form in it is sent again.
 *
 * Who presses the button or the link is sooner. Without script that is the way.
 */
export function goOnAfterWaiting(root: ParentNode): void {
  for (const waiting of root.querySelectorAll<HTMLFormElement | HTMLAnchorElement>("[data-again]")) {
    const seconds = Number(waiting.dataset["again"]);
    if (!Number.isFinite(seconds) || seconds < 1) continue;
    setTimeout(() => {
      if (waiting instanceof HTMLFormElement) waiting.requestSubmit();
      else waiting.click();
    }, seconds * 1000);
  }
}
