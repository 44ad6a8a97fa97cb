/**
 * Follows every link of the site once per run, as the reader who saw it first.
 *
 * A link is good when it answers below 400; its body is not read. Links to other hosts are not followed.
 */
const AT_ONCE = 4;
const ANSWER_MS_MAX = 20_000;

export class LinkChecker {
  constructor() {
    this.seen = new Map(); // reader and address → { where, address, cookie }
  }

  /** @param {object} where the visit that shows these links */
  add(where, addresses, cookies) {
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const status = (where.state?.query && where.state.status) || where.entry.status;
    const failing = status >= 400 ? new URL(where.entry.path, "http://any").pathname : null;
    for (const address of addresses) {
      // A page that is meant to fail links to itself in the other languages.
      if (new URL(address).pathname === failing) continue;
      const key = `${where.entry.as ?? ""} ${address}`;
      if (!this.seen.has(key)) this.seen.set(key, { where, address, cookie });
    }
  }

  /** @returns {Promise<{where: object, finding: object|null}[]>} one result per link */
  async finish() {
    const queue = [...this.seen.values()];
    const results = [];
    const work = async () => {
      for (let link = queue.shift(); link; link = queue.shift()) {
        const fault = await faultOf(link);
        const finding = fault && { rule: "link", selector: `a[href="${pathOf(link.address)}"]`, message: fault };
        results.push({ where: link.where, finding });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return results;
  }
}

function pathOf(address) {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

async function faultOf({ address, cookie }) {
  try {
    const answer = await fetch(address, { headers: { cookie }, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    await answer.body?.cancel();
    return answer.status < 400 ? null : `answers ${answer.status}`;
  } catch (error) {
    return `does not answer: ${error.cause?.code ?? error.message}`;
  }
}
