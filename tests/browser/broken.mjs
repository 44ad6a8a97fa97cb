/**
 * A small site with one page for each kind of fault, and one without any, for the test of the test.
 *
 * Each fault is the good page with one thing changed, and names the rules that must find it. Knows nothing of how the
 * rules work.
 */
import { createServer } from "node:http";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'";

const STYLE = `
:root { color-scheme: light dark; }
[data-kern-theme="light"] { color-scheme: light; }
[data-kern-theme="dark"] { color-scheme: dark; }
body { background: light-dark(#fff, #111); color: light-dark(#111, #fff); font: 18px/1.6 sans-serif; margin: 1rem; }
a { color: light-dark(#143, #aec); }
input, button { font: inherit; min-height: 48px; max-width: 100%; }
:focus-visible { outline: 4px solid light-dark(#03c, #fc0); }
.skip { position: absolute; top: -6rem; } .skip:focus { top: 0; }
.pale { color: #bbb; background: #fff; } .pale-dark { color: light-dark(#111, #444); }
.wide { width: 900px; } @media (width: 864px) { .wide-864 { width: 900px; } } .bare:focus { outline: none; } .away { position: absolute; left: -9999px; }
.tiny a { display: inline-block; width: 9px; height: 9px; overflow: hidden; font-size: 9px; line-height: 9px; }
@media (max-width: 30rem) { .pale-narrow { color: #bbb; background: #fff; } }
`;

const SCRIPTS = {
  "/console.js": 'console.error("something is wrong");',
  "/throws.js": "null.wrong();",
  "/trap.js": `document.querySelector("#trap").addEventListener("keydown", (event) => {
    if (event.key === "Tab") event.preventDefault();
  });`,
  "/skips.js": `document.querySelector("#over").addEventListener("focus", () => document.querySelector("#after").focus());`,
};

const GOOD = `<!doctype html>
<html lang="{{lang}}"{{theme}}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{{title}}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <a class="skip" href="#inhalt">Zum Inhalt springen</a>
  <header><nav aria-label="Bereiche"><a href="/">Start</a></nav></header>
  <main id="inhalt" tabindex="-1">
    <h1>Überschrift</h1>
    <p>Ein Satz mit einem <a href="/ziel">Verweis auf eine andere Seite</a>.</p>
    <form action="/ziel"><p><label for="name">Name</label> <input id="name" name="name"></p>
      <p><label for="tag">Tag</label> <input id="tag" name="tag" type="date"></p>
      <p><label><input type="radio" name="weg" value="1" checked> Brief</label> <label><input type="radio" name="weg" value="2"> Mail</label></p>
      <p><button>Absenden</button></p></form>
    <!-- here -->
  </main>
</body>
</html>
`;

const put = (html) => (page) => page.replace("<!-- here -->", html);
const swap = (from, to) => (page) => page.replace(from, to);

/** path → { change, rules, and what else the server does differently } */
export const FAULTS = {
  "/h1-fehlt": { change: swap(/<h1>.*<\/h1>/, "<p>Überschrift</p>"), rules: ["one-h1"] },
  "/h1-zweimal": { change: put("<h1>Noch eine</h1>"), rules: ["one-h1"] },
  "/ebene": { change: put("<h3>Zu tief</h3>"), rules: ["heading-level"] },
  "/ebene-leer": { change: put("<h2></h2>"), rules: ["heading-empty"] },
  "/main-fehlt": { change: (page) => page.replace("<main", "<div").replace("</main>", "</div>"), rules: ["one-main"] },
  "/main-zweimal": { change: put("</main><main><p>Noch einer</p>"), rules: ["one-main"] },
  "/feld": { change: put('<input name="x">'), rules: ["label", "axe label"] },
  "/feld-platzhalter": { change: put('<input name="x" placeholder="Ort">'), rules: ["label"] },
  "/knopf": { change: put('<button type="button"></button>'), rules: ["label", "axe button-name"] },
  "/sprache": { change: swap('lang="de"', 'lang="en"'), rules: ["lang"] },
  "/thema": { change: swap(/ data-kern-theme="dark"/, ""), rules: ["theme"] },
  "/kontrast-wahl": { change: (page) => page, states: [{ name: "contrast", contrast: "high" }], rules: ["contrast"] },
  "/titel-fehlt": { change: swap(/<title>.*<\/title>/, "<title></title>"), rules: ["title"] },
  "/titel-doppelt": { title: "Die gute Seite", rules: ["title"] },
  "/anker": { change: put('<p><a href="#nirgends">Weiter unten</a></p>'), rules: ["fragment"] },
  "/anker-leer": { change: put('<p><a href="#">Nach oben</a></p>'), rules: ["fragment"] },
  "/schluessel": { change: put("<p>council-meeting-title</p>"), rules: ["untranslated"] },
  "/schluessel-wert": { change: put("<p>Noch { $days } Tage</p>"), rules: ["untranslated"] },
  "/schluessel-merkmal": { change: put('<p><a href="/ziel" aria-label="nav-next-page">Weiter</a></p>'), rules: ["untranslated"] },
  "/breit": { change: put('<p class="wide">Breit</p>'), rules: ["overflow"] },
  "/breit-864": { change: put('<p class="wide-864">Breit</p>'), rules: ["overflow"], widths: ["864"] },
  "/konsole": { change: put('<script src="/console.js"></script>'), rules: ["console"] },
  "/ausnahme": { change: put('<script src="/throws.js"></script>'), rules: ["console"] },
  "/skript": { change: put("<script>document.title = document.title;</script>"), rules: ["csp"] },
  "/stil": { change: put('<p style="color: red">Rot</p>'), rules: ["csp"] },
  "/regel-fehlt": { policy: null, rules: ["csp"] },
  "/regel-weit": { policy: `${POLICY}; script-src-elem 'self' 'unsafe-inline'`, rules: ["csp"] },
  "/fremd": {
    change: put('<img src="http://elsewhere.example/bild.png" alt="">'),
    policy: `${POLICY.replace("img-src", "img-src http:")}`,
    rules: ["other-host"],
  },
  "/bild-fehlt": { change: put('<img src="/fehlt.png" alt="">'), rules: ["resource"] },
  "/verweis": { change: put('<p><a href="/gibt-es-nicht">Mehr davon</a></p>'), rules: ["link"] },
  "/verweis-fehler": { change: put('<p><a href="/kaputt">Mehr davon</a></p>'), rules: ["link"] },
  "/status": { status: 500, rules: ["status"] },
  "/abbruch": { hangUp: true, rules: ["visit"] },
  "/html": { change: put("<p><div>Nicht in einem Absatz</div></p>"), rules: ["html error"] },
  "/html-warnung": { change: put("<section><p>Ohne Überschrift</p></section>"), rules: ["html warning"] },
  "/axe": { change: put('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'), rules: ["axe image-alt"] },
  "/axe-kontrast": { change: put('<p class="pale">Blass</p>'), rules: ["axe color-contrast"], states: ["default", "dark"] },
  "/axe-dunkel": { change: put('<p class="pale-dark">Im Dunkeln blass</p>'), rules: ["axe color-contrast"], states: ["dark"] },
  "/axe-schmal": { change: put('<p class="pale-narrow">Schmal blass</p>'), rules: ["axe color-contrast"], widths: ["360"] },
  "/axe-ziel": {
    change: put('<p class="tiny"><a href="/">a</a><a href="/ziel">b</a><a href="/ziel?2">c</a></p>'),
    rules: ["axe target-size"],
  },
  "/axe-gut": { change: (page) => page.replace("</main>", "</main><p>Neben allen Bereichen</p>"), rules: ["axe region"] },
  "/axe-tab": { change: put('<p><a href="/ziel" tabindex="3">Zuerst</a></p>'), rules: ["axe tabindex"] },
  "/ring": { change: put('<p><a class="bare" href="/ziel?ring">Ohne Ring</a></p>'), rules: ["focus-visible"] },
  "/ring-fort": { change: put('<p><a class="away" href="/ziel?fort">Weit weg</a></p>'), rules: ["focus-hidden"] },
  "/falle": {
    change: put('<p><a id="trap" href="/ziel?falle">Falle</a> <a href="/ziel?danach">Danach</a></p><script src="/trap.js"></script>'),
    rules: ["focus-trap", "unreachable"],
  },
  "/uebersprungen": {
    change: put(
      '<p><a id="over" href="/ziel?1">Eins</a> <button type="button" disabled>Zwei</button> <a id="after" href="/ziel?2">Drei</a></p><script src="/skips.js"></script>',
    ),
    rules: ["unreachable"],
  },
  "/sprung-fehlt": { change: swap(/<a class="skip".*<\/a>/, ""), rules: ["skip-link"] },
  "/sprung-unsichtbar": { change: swap('class="skip"', 'class="away"'), rules: ["skip-link"] },
  "/sprung-leer": { change: swap('id="inhalt" tabindex="-1"', 'id="inhalt"'), rules: ["skip-link"] },
  "/klick": {
    change: put('<form method="post" action="/klick"><button id="leer">Leer absenden</button></form>'),
    afterPost: put("<h3>Zu tief</h3>"),
    only: { name: "refused", click: "#leer", status: 422 },
    rules: ["heading-level"],
    states: ["refused"],
  },
};

/** Good pages: "/" and "/ziel" for everyone, "/geheim" for those who signed in, "/anmelden" to do so. */
const GOOD_PATHS = { "/": "Die gute Seite", "/ziel": "Das Ziel", "/geheim": "Nur für Angemeldete", "/anmelden": "Anmelden" };
const SIGN_IN = put(`<form method="post" action="/anmelden"><p><label for="email">E-Mail</label> <input id="email" name="email" type="email" autocomplete="username"></p>
  <p><label for="password">Passwort</label> <input id="password" name="password" type="password" autocomplete="current-password"></p><p><button>Anmelden</button></p></form>`);
/** Whoever signs in lands on a page with a password field, as on the page of an account. */
const OWN_ACCOUNT = put(`<form method="post" action="/geheim"><p><label for="password">Neues Passwort</label>
  <input id="password" name="password" type="password" autocomplete="new-password"></p><p><button>Ändern</button></p></form>`);
export const ACCOUNT = { email: "clerk@musterau.example", password: "richtig" };

function render(path, url, cookie) {
  const fault = FAULTS[path] ?? {};
  const lang = { leicht: "de-simple", en: "en" }[url.searchParams.get("lang")] ?? "de";
  const theme = /\btheme=(light|dark)/.exec(cookie)?.[1];
  const page = GOOD.replace("{{lang}}", lang)
    .replace("{{theme}}", theme ? ` data-kern-theme="${theme}"` : "")
    .replace("{{title}}", fault.title ?? GOOD_PATHS[path] ?? `Seite ${path.slice(1)} in Musterau`);
  if (path === "/anmelden") return SIGN_IN(page);
  if (path === "/geheim") return OWN_ACCOUNT(page);
  return fault.change ? fault.change(page) : page;
}

function answerPost(path, body, response, url) {
  if (path === "/anmelden") {
    const right = new URLSearchParams(body).get("password") === ACCOUNT.password;
    const cookie = right ? { "set-cookie": "session=1; Path=/" } : {};
    response.writeHead(303, { location: right ? "/geheim" : "/anmelden", ...cookie }).end();
    return;
  }
  const fault = FAULTS[path];
  response.writeHead(422, { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY });
  response.end(fault.afterPost(render(path, url, "").replace("</form>", "</form><!-- here -->")));
}

function answer(request, response, body) {
  const url = new URL(request.url, "http://broken");
  const path = url.pathname;
  const fault = FAULTS[path];
  if (request.method === "POST") return answerPost(path, body, response, url);
  if (fault?.hangUp) return request.socket.destroy();
  if (path === "/style.css") return response.writeHead(200, { "content-type": "text/css" }).end(STYLE);
  if (SCRIPTS[path]) return response.writeHead(200, { "content-type": "text/javascript" }).end(SCRIPTS[path]);
  if (path === "/kaputt") return response.writeHead(500).end();
  const cookie = request.headers.cookie ?? "";
  const hidden = path === "/geheim" && !cookie.includes("session=1");
  if (hidden || (!fault && !GOOD_PATHS[path])) return response.writeHead(404).end();
  const policy = fault?.policy === undefined ? POLICY : fault.policy;
  response.writeHead(fault?.status ?? 200, {
    "content-type": "text/html; charset=utf-8",
    ...(policy ? { "content-security-policy": policy } : {}),
  });
  return response.end(render(path, url, cookie));
}

/** Listens on a free port of loopback; the caller closes the server. */
export async function serveBroken() {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    answer(request, response, body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${server.address().port}` };
}
