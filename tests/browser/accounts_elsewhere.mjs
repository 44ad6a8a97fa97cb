/**
 * A provider of accounts for journeys: npm's oidc-provider on a free port of loopback, with its own pages for signing in.
 *
 * It lets anybody in under any name; the address is made from the name and counts as confirmed, and everybody lives in Mühlau. Its
 * keys are the package's own for trying out, and nothing of it outlives the journey.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { packageFile } from "./browser.mjs";

export const CLIENT = { id: "musterau", secret: "ein Geheimnis: nur fuer die Probe" };

/**
 * @param {string} base address of the site that sends people here
 * @returns {Promise<{issuer: string, stop: () => Promise<void>}>} what the administrator enters, and its end
 */
export async function provideAccounts(base) {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  listener.on("request", (await provider(issuer, base)).callback());
  const stop = async () => {
    listener.close();
    listener.closeAllConnections();
    await once(listener, "close");
  };
  return { issuer, stop };
}

async function provider(issuer, base) {
  // Its advice for installations that last is of no use here.
  const { warn, info } = console;
  Object.assign(console, { warn: () => {}, info: () => {} });
  try {
    const { Provider } = await import(pathToFileURL(packageFile("oidc-provider", "lib/index.js")));
    return new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${base}/anmelden/extern/zurueck`],
          post_logout_redirect_uris: [`${base}/`],
        },
      ],
      claims: { openid: ["sub", "residence"], email: ["email", "email_verified"], profile: ["name"] },
      cookies: { keys: ["a key for signing cookies of one journey"] },
      pkce: { required: () => true },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, name: id, email: `${id}@buerger.example`, email_verified: true, residence: "Mühlau" }),
      }),
    });
  } finally {
    Object.assign(console, { warn, info });
  }
}
