/**
 * Does the work that a form asks of the browser instead of showing a riddle.
 *
 * Markup: `<input type="hidden" name="arbeit" data-work="BITS">` and beside it the field `stempel`. What is sought is a number
 * whose SHA-256 digest, behind the last part of the stamp and a colon, begins with so many zero bits. It is sought in small
 * pieces as soon as somebody turns to the form, so that it is done long before they are; sending waits for it if need be.
 * Without script the field stays empty, and the server asks for more time instead.
 */
export function doWork(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-work]")) {
    const form = field.form;
    const stamp = form?.querySelector<HTMLInputElement>("input[name=stempel]")?.value;
    if (form && stamp) guard(form, field, stamp.slice(stamp.lastIndexOf(".") + 1));
  }
}

/** Milliseconds of one piece: shorter than what a reader notices. */
const PIECE = 8;

function guard(form: HTMLFormElement, field: HTMLInputElement, challenge: string): void {
  const bits = Number(field.dataset["work"]);
  let begun = false;
  let waiting: { submitter: HTMLElement | null } | null = null;
  let number = 0;
  const piece = (): void => {
    const end = performance.now() + PIECE;
    while (performance.now() < end) {
      for (let step = 0; step < 64; step += 1, number += 1) {
        if (head(`${challenge}:${number}`) >>> (32 - bits) === 0) {
          field.value = String(number);
          if (waiting) form.requestSubmit(waiting.submitter);
          return;
        }
      }
    }
    setTimeout(piece);
  };
  const begin = (): void => {
    if (!begun) piece();
    begun = true;
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (field.value !== "") return;
    event.preventDefault();
    waiting = { submitter: event.submitter };
    form.setAttribute("aria-busy", "true");
    begin();
  });
}

const K = constants();

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
function constants(): Uint32Array {
  const roots = new Uint32Array(64);
  for (let prime = 2, count = 0; count < 64; prime += 1) {
    let divisor = 2;
    while (divisor * divisor <= prime && prime % divisor !== 0) divisor += 1;
    if (divisor * divisor > prime) {
      const root = Math.cbrt(prime);
      roots[count] = (root - Math.floor(root)) * 2 ** 32;
      count += 1;
    }
  }
  return roots;
}

const words = new Uint32Array(64);

/** The first 32 bits of the SHA-256 digest of at most 55 ASCII characters: one block (FIPS 180-4). */
export function head(text: string): number {
  words.fill(0);
  for (let at = 0; at < text.length; at += 1) words[at >> 2]! |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  words[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  words[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15]!;
    const late = words[at - 2]!;
    const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const other = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[at] = words[at - 16]! + one + words[at - 7]! + other;
  }
  let a = 0x6a09e667;
  let b = 0xbb67ae85 | 0;
  let c = 0x3c6ef372;
  let d = 0xa54ff53a | 0;
  let e = 0x510e527f;
  let f = 0x9b05688c | 0;
  let g = 0x1f83d9ab;
  let h = 0x5be0cd19;
  for (let at = 0; at < 64; at += 1) {
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at]! + words[at]!) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  return (a + 0x6a09e667) >>> 0;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
