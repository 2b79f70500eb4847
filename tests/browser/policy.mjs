// The Content-Security-Policy: under file: and under http in a sub-path the site's own scripts run, and whatever a page was made to contain besides does not.
// A copy of the site has pages with one of each kind of attack. With the policy off all of them strike, or the test would prove nothing.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pagesOf, serve } from "./site.mjs";
import { report, test } from "./tap.mjs";

const PREFIX = "/lab/board/", PAGE = "vision/index.html", ATTACKED = "vision/attacked.html", PROBE = "assets/probe-00000000.js";

// A file of the site itself: 'self' lets it run; what it then tries is an attack again. `probe` ends when all has been tried.
const probe = (other) => `window.own = true;
window.probe = (async () => {
  try { window.strikes.eval = eval("1 + 1") === 2; } catch (error) { window.strikes.eval = false; }
  try { window.strikes.fetch = (await fetch(${JSON.stringify(other + "fetch.json")})).ok; } catch (error) { window.strikes.fetch = false; }
})();
`;

// What stands at the end of the attacked page. Each calls or changes something that struck() then finds.
const attacks = (other) => `<script>window.inlineScript = true</script>
<svg width="1" height="1" onload="window.handler = true"></svg>
<a id="link" href="javascript:void(window.address = true)">x</a>
<p id="attribute" style="color: rgb(1, 2, 3)">x</p>
<style>#sheet { color: rgb(1, 2, 3) }</style><p id="sheet">x</p>
<script src="data:text/javascript,window.dataScript = true"></script>
<script src="${other}script.js"></script>
<img id="picture" src="${other}picture.svg" alt="">
<iframe src="${other}frame.html" title="x"></iframe>
<script src="../${PROBE}"></script>
`;
const KINDS = ["inline script", "event handler", "javascript: address", "style attribute", "style element", "data: script", "foreign script", "foreign picture", "eval", "foreign fetch"];

// In the page. → the kinds of attack that did something, and whether the site's own file ran
async function struck() {
  await window.probe;
  document.getElementById("link").click();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const black = (id) => getComputedStyle(document.getElementById(id)).color === "rgb(1, 2, 3)";
  const did = { "inline script": window.inlineScript, "event handler": window.handler, "javascript: address": window.address, "style attribute": black("attribute"), "style element": black("sheet"),
    "data: script": window.dataScript, "foreign script": window.foreign, "foreign picture": document.getElementById("picture").naturalWidth > 0, eval: window.strikes.eval, "foreign fetch": window.strikes.fetch };
  return { own: window.own === true, kinds: Object.keys(did).filter((kind) => did[kind]) };
}

// Another origin, which remembers what it was asked for.
async function stranger() {
  const asked = [], files = { "/script.js": ["text/javascript", "window.foreign = true"], "/fetch.json": ["application/json", "{}"], "/frame.html": ["text/html", "<p>x"],
    "/picture.svg": ["image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'] };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] || ["text/plain", ""];
    asked.push(request.url);
    response.writeHead(files[request.url] ? 200 : 404, { "content-type": type, "access-control-allow-origin": "*" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { asked, url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

// The site with an attacked page beside the leaderboard's.
function attackedCopy(site, copy, other) {
  cpSync(site, copy, { recursive: true });
  const html = readFileSync(join(site, PAGE), "utf8"), end = html.lastIndexOf("</body>");
  if (end < 0) throw new Error(`${PAGE} has no </body>`);
  writeFileSync(join(copy, ATTACKED), html.slice(0, end) + attacks(other) + html.slice(end));
  writeFileSync(join(copy, PROBE), "window.strikes = {};\n" + probe(other));
}

// The headers that the site's own _headers gives to every file.
function headersOf(site) {
  const lines = readFileSync(join(site, "_headers"), "utf8").split("\n"), from = lines.indexOf("/*") + 1, headers = {};
  for (let i = from; from && lines[i]?.startsWith("  "); i++) { const [, name, value] = /^ {2}([^:]+): (.*)$/.exec(lines[i]); headers[name.toLowerCase()] = value; }
  return headers;
}

async function open(tab, url) {
  await tab.go("about:blank");
  tab.noise.length = tab.requests.length = 0;
  await tab.go(url);
}

// board.js makes controls; sorting then loads its values from a script of the site.
async function ownScriptsRun(tab, root) {
  await open(tab, root + PAGE);
  await tab.until(() => document.querySelector(".board-frame .sort"));
  const before = tab.requests.length, sorted = () => document.querySelector(".board-frame th:has(.sort)").getAttribute("aria-sort") || "none";
  const direction = await tab.run(sorted);
  await tab.run(() => document.querySelector(".board-frame th .sort").click());
  await tab.until(`(${sorted})() !== ${JSON.stringify(direction)}`);
  const loaded = tab.requests.slice(before);
  return [...tab.noise, ...(loaded.some((url) => /\/assets\/board-.+\.js$/.test(url) && url.startsWith(root)) ? [] : [`sorting loads no values from the site: ${loaded}`])];
}

async function attacksDoNothing(tab, root, other) {
  other.asked.length = 0;
  await open(tab, root + ATTACKED);
  const { own, kinds } = await tab.run(struck);
  const refused = tab.noise.filter((text) => /Content Security Policy/i.test(text)).length;
  return [...kinds.map((kind) => `${kind}: it does something`), ...other.asked.map((path) => `another origin is asked for ${path}`), ...(own ? [] : ["the site's own script does not run"]),
    ...(refused >= KINDS.length ? [] : [`the browser tells of ${refused} refusals, for ${KINDS.length} attacks`])];
}

async function attacksAreReal(tab, root, other) {
  other.asked.length = 0;
  await tab.cdp("Page.setBypassCSP", { enabled: true });
  try {
    await open(tab, root + ATTACKED);
    const { kinds } = await tab.run(struck);
    return [...KINDS.filter((kind) => !kinds.includes(kind)).map((kind) => `${kind}: it does nothing even without the policy`),
      ...["/frame.html", "/script.js"].filter((path) => !other.asked.includes(path)).map((path) => `without the policy ${path} is not asked for`)];
  } finally {
    await tab.cdp("Page.setBypassCSP", { enabled: false });
  }
}

// Pages that have scripts say so, and no others; where there are none even a script of the site does not run.
async function onlyWhereNeeded(tab, copy, root) {
  const problems = [], without = [];
  for (const page of pagesOf(copy).filter((path) => path !== ATTACKED)) {
    const html = readFileSync(join(copy, page), "utf8"), has = /<script\b[^>]*\bsrc=/.test(html), allows = /content="[^"]*script-src 'self'[^"]*"/.test(html);
    if (has !== allows) problems.push(`${page}: it has ${has ? "" : "no "}scripts, and its policy ${allows ? "allows" : "forbids"} them`);
    if (!has) without.push(page);
  }
  if (!without.length) return [...problems, "every page has scripts"];
  const page = without[0], depth = page.split("/").length - 1, html = readFileSync(join(copy, page), "utf8"), end = html.lastIndexOf("</body>");
  writeFileSync(join(copy, page), `${html.slice(0, end)}<script src="${"../".repeat(depth)}${PROBE}"></script>${html.slice(end)}`);
  await open(tab, root + page);
  if (await tab.run(() => window.own === true)) problems.push(`${page}: a script runs, though its policy has none`);
  return problems;
}

export async function testPolicy(tab, site, work) {
  const other = await stranger(), copy = join(work, "attacked-site");
  attackedCopy(site, copy, other.url);
  const headers = headersOf(site), server = await serve({ [PREFIX]: copy }, headers);
  try {
    report("policy: _headers has one, and forbids frames", /default-src 'none'/.test(headers["content-security-policy"] || "") && /frame-ancestors 'none'/.test(headers["content-security-policy"]) &&
      headers["x-content-type-options"] === "nosniff" ? [] : [JSON.stringify(headers)]);
    await tab.view(1440, 900, false);
    for (const [where, root] of [["file:", pathToFileURL(copy).href + "/"], ["http in a sub-path", server.origin + PREFIX]]) {
      await test(`policy, ${where}: the site's own scripts run`, () => ownScriptsRun(tab, root));
      await test(`policy, ${where}: without it ${KINDS.length} attacks strike`, () => attacksAreReal(tab, root, other));
      await test(`policy, ${where}: with it none does, and no request leaves`, () => attacksDoNothing(tab, root, other));
    }
    await test("policy: scripts only on pages that have some", () => onlyWhereNeeded(tab, copy, pathToFileURL(copy).href + "/"));
  } finally {
    server.close();
    other.close();
  }
}
