/**
 * Mails that a journey's own server wrote into its folder: waited for, read as far as words and links need it.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const MAIL_MS_MAX = 150_000;

/** The plain text of a mail file: quoted-printable or base64 undone, as far as links and words need it. */
function plainText(bytes) {
  const part = bytes.split(/\r?\n\r?\n/).slice(1).join("\n\n");
  const encoded = /Content-Transfer-Encoding: base64\s+([A-Za-z0-9+/=\s]+)/i.exec(bytes);
  if (encoded) return Buffer.from(encoded[1], "base64").toString("utf8");
  const joined = part.replace(/=\r?\n/g, "");
  return Buffer.from(joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), "latin1").toString("utf8");
}

/**
 * Waits for the mail to an address that has this in it.
 * @param {string} folder of the mails
 * @param {string} address
 * @param {string} wanted
 */
export async function mailTo(folder, address, wanted) {
  const until = Date.now() + MAIL_MS_MAX;
  while (Date.now() < until) {
    for (const name of (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(".eml"))) {
      const bytes = readFileSync(join(folder, name), "utf8");
      const content = bytes.includes(address) ? plainText(bytes) : "";
      if (content.includes(wanted)) return { bytes, content };
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
  throw new Error(`no mail to ${address} with "${wanted}" came`);
}

/** The path of the first link of this site in a text that has `part` in it. */
export function linkIn(content, part) {
  const link = content.split(/[\s"<>]+/).find((piece) => piece.startsWith("http") && piece.includes(part));
  if (!link) throw new Error(`no link with ${part} in the mail`);
  const url = new URL(link);
  return url.pathname + url.search;
}
