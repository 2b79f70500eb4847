// Every page of a site in headless Chromium: three widths, light and dark. usage: pages.mjs SITE [PICTURES]     prints TAP
// Looks at what a reader would trip over: errors on the console, requests to elsewhere, a page that scrolls sideways, links and anchors that lead
// nowhere, ids used twice, text without enough contrast.
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { open } from "./driver.mjs";

const site = resolve(process.argv[2]);
const pictures = process.argv[3];
const VIEWS = [[360, 800], [768, 1024], [1440, 900]];
let n = 0, bad = 0;

function report(name, problems) {
  n++;
  if (problems.length) bad++;
  console.log(`${problems.length ? "not ok" : "ok"} ${n} - browser: ${name}`);
  for (const problem of problems.slice(0, 12)) console.log(`    ${problem}`);
}

function* pagesBelow(dir) {
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* pagesBelow(path);
    else if (name.endsWith(".html")) yield path;
  }
}

// Runs in the page: what can be seen of it.
const LOOK = `
  const problems = [], root = document.documentElement;
  if (root.scrollWidth > innerWidth + 1) {
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"))[0];
    problems.push("the page scrolls sideways: " + root.scrollWidth + " px wide" + (wide ? ", first <" + wide.tagName + " class=" + wide.className + ">" : ""));
  }
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) problems.push("id twice: " + e.id); ids.add(e.id); }
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
  if (!root.lang) problems.push("no lang");
  for (const img of document.images) if (!img.complete || !img.naturalWidth) problems.push("a picture does not load: " + img.src);
  return problems;`;

// WCAG contrast of each text against what lies behind it.
const CONTRAST = `
  const problems = new Set();
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 }; };
  const over = (a, b) => ({ r: a.r * a.a + b.r * (1 - a.a), g: a.g * a.a + b.g * (1 - a.a), b: a.b * a.a + b.b * (1 - a.a), a: 1 });
  const lin = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const lum = (c) => 0.2126 * lin(c.r) + 0.7152 * lin(c.g) + 0.0722 * lin(c.b);
  const behind = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > 0) layers.push(c); if (c.a === 1) break; }
    let c = { r: 255, g: 255, b: 255, a: 1 };
    if (!layers.length || layers[layers.length - 1].a < 1) c = matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18, a: 1 } : c;
    for (const l of layers.reverse()) c = over(l, c);
    return c;
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let count = 0; walk.nextNode() && count < 4000; count++) {
    const e = walk.currentNode.parentElement, s = getComputedStyle(e);
    if (!walk.currentNode.data.trim() || s.visibility === "hidden" || !e.getClientRects().length || e.closest(".sr-only, .visually-hidden, .skip")) continue;
    const b = behind(e), f = over(parse(s.color), b), l1 = lum(f), l2 = lum(b);
    const ratio = (Math.max(l1, l2) + 0.05) / (Math.min(l1, l2) + 0.05), large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) problems.add("contrast " + ratio.toFixed(2) + " of <" + e.tagName + " class=" + e.className + "> " + walk.currentNode.data.trim().slice(0, 30));
  }
  return [...problems];`;

const LINKS = `return [...document.querySelectorAll("a[href], link[href], script[src], img[src]")].map((e) => e.href || e.src);`;
const ANCHORS = `return [...document.querySelectorAll("[id]")].map((e) => e.id);`;

// One page of each kind is enough for the slow questions; links and console are asked of all, up to a bound.
function choose(pages) {
  const seen = new Map(), kind = (p) => relative(site, p).replace(/[^/]+(?=\/index\.html$)/, "*");
  for (const page of pages) seen.set(kind(page), [...(seen.get(kind(page)) || []), page]);
  return [...seen.values()].map((list) => list.slice(0, 4)).flat();
}

const browser = await open();
try {
  const depth = (p) => p.split("/").length, all = [...pagesBelow(site)].sort((a, b) => depth(a) - depth(b)), pages = all.slice(0, 150), anchors = new Map(), wanted = [], dead = [], noise = [];
  await browser.log("browser");
  await browser.log("performance");
  for (const page of pages) {
    await browser.go(pathToFileURL(page).href);
    anchors.set(page, new Set(await browser.run(ANCHORS)));
    for (const href of await browser.run(LINKS)) wanted.push([page, href]);
    for (const entry of await browser.log("browser")) noise.push(`${relative(site, page)}: ${entry.message}`);
  }
  for (const [page, href] of wanted) {
    const url = new URL(href);
    if (url.protocol !== "file:") continue;
    const target = fileURLToPath(new URL(url.pathname, "file:"));
    const fragment = decodeURIComponent(url.hash.slice(1));
    if (!existsSync(target) || statSync(target).isDirectory()) dead.push(`${relative(site, page)} links to ${relative(site, target)}`);
    else if (fragment && anchors.has(target) && !anchors.get(target).has(fragment)) dead.push(`${relative(site, page)}: no anchor ${href}`);
  }
  const elsewhere = (await browser.log("performance")).map((e) => JSON.parse(e.message).message)
    .filter((m) => m.method === "Network.requestWillBeSent" && !/^(file|data|about|chrome[a-z-]*):/.test(m.params.request.url))
    .map((m) => m.params.request.url);
  report(`no message on the console (${pages.length} pages)`, noise);
  report("no request leaves the site", elsewhere);
  report(`every link and anchor leads somewhere (${wanted.length} links)`, [...new Set(dead)]);
  if (pictures) mkdirSync(pictures, { recursive: true });
  for (const page of choose(pages)) {
    const name = relative(site, page), problems = [];
    for (const [width, height] of VIEWS)
      for (const dark of [false, true]) {
        await browser.view(width, height, dark);
        await browser.go(pathToFileURL(page).href);
        const where = `${width} px, ${dark ? "dark" : "light"}: `;
        for (const problem of await browser.run(LOOK)) problems.push(where + problem);
        if (width !== 768) for (const problem of await browser.run(CONTRAST)) problems.push(where + problem);
        if (pictures) await browser.picture(join(pictures, `${name.replaceAll("/", "_")}-${width}-${dark ? "dark" : "light"}.png`));
      }
    report(name, problems);
  }
} finally {
  await browser.close();
}
console.log(`1..${n}`);
process.exit(bad ? 1 : 0);
