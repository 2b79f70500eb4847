// Every kind of page: from file: and from a server under a sub-path, at three widths, in light and dark, with and without scripts.
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { choosePages, pagesOf, serve } from "./site.mjs";
import { report } from "./tap.mjs";
import * as ask from "./look.mjs";

export const VIEWS = [[360, 800], [768, 1024], [1440, 900]].flatMap(([width, height]) => [false, true].map((dark) => ({ width, height, dark, name: `${width} px, ${dark ? "dark" : "light"}` })));
const MOST_PAGES = 150; /* visited; the others are of the same kinds */

// Each tab takes the next of the items until none is left.
export async function share(tabs, items, work) {
  const queue = [...items];
  await Promise.all(tabs.map(async (tab) => { for (let item; (item = queue.shift()) !== undefined;) await work(tab, item); }));
}

const elsewhere = (tab, allowed) => tab.requests.filter((url) => !/^(data|about|blob):/.test(url) && !url.startsWith(allowed));

// All pages once: noise, requests, links and anchors.
async function visitAll(tabs, name, site, pages) {
  const anchors = new Map(), wanted = [], dead = [], noise = [], outside = [], root = pathToFileURL(site).href + "/";
  await share(tabs, pages, async (tab, page) => {
    tab.noise.length = tab.requests.length = 0;
    await tab.go(root + page);
    anchors.set(page, new Set(await tab.run(ask.anchors)));
    for (const href of await tab.run(ask.links)) wanted.push([page, href]);
    noise.push(...tab.noise.map((text) => `${page}: ${text}`));
    outside.push(...elsewhere(tab, root).map((url) => `${page} asks for ${url}`));
  });
  for (const [page, href] of wanted) {
    const url = new URL(href);
    if (url.protocol !== "file:") continue;
    const target = fileURLToPath(new URL(url.pathname, "file:")), inSite = relative(site, target), fragment = decodeURIComponent(url.hash.slice(1));
    if (inSite.startsWith("..")) dead.push(`${page} links to ${href}, which is not in the site`);
    else if (!existsSync(target) || statSync(target).isDirectory()) dead.push(`${page} links to ${inSite}, which is not there`);
    else if (fragment && anchors.has(inSite) && !anchors.get(inSite).has(fragment) && !fragment.includes("=")) dead.push(`${page}: no anchor ${inSite}#${fragment}`);
  }
  report(`${name}: no message on the console (${pages.length} pages)`, noise);
  report(`${name}: no request leaves the site`, outside);
  report(`${name}: every link and anchor leads somewhere (${wanted.length} links)`, dead);
}

// One page in all views; problems are told with the view.
export async function inAllViews(tab, url, withAxe, pictures) {
  const where = new Map();
  await tab.go(url);
  if (withAxe) await tab.run(withAxe);
  for (const view of VIEWS) {
    await tab.view(view.width, view.height, view.dark);
    const found = [...await tab.run(ask.look), ...await tab.run(ask.contrast), ...(withAxe ? await tab.run(ask.axeViolations) : [])];
    for (const problem of found) where.set(problem, [...(where.get(problem) || []), view.name]);
    if (pictures) await tab.picture(`${pictures}-${view.width}-${view.dark ? "dark" : "light"}.png`);
  }
  return [...where].map(([problem, views]) => `${views.length === VIEWS.length ? "in all views" : views.join("; ")}: ${problem}`);
}

async function withoutScripts(tab, url) {
  await tab.go(url);
  const full = await tab.run(ask.content);
  await tab.scripts(false);
  await tab.go(url);
  const bare = new Set(await tab.run(ask.content)), dead = await tab.run(ask.deadControls);
  await tab.scripts(true);
  return [...dead, ...full.filter((text) => !bare.has(text)).map((text) => `only with scripts: ${text.slice(0, 90)}`)];
}

// site: an absolute path. pictures: a folder for screenshots, or undefined.
export async function testPages(tabs, name, site, axe, pictures) {
  const all = pagesOf(site), chosen = choosePages(site, all, 4), root = pathToFileURL(site).href + "/";
  await visitAll(tabs, name, site, all.slice(0, MOST_PAGES));
  if (pictures) mkdirSync(pictures, { recursive: true });
  const found = new Map();
  await share(tabs, chosen, async (tab, page) => {
    tab.noise.length = 0;
    const problems = await inAllViews(tab, root + page, axe, pictures && join(pictures, `${name}_${page.replaceAll("/", "_")}`));
    problems.push(...await withoutScripts(tab, root + page), ...tab.noise);
    found.set(page, problems);
  });
  for (const page of chosen) report(`${name}: ${page}`, found.get(page));

  const prefix = "/lab/board/", server = await serve({ [prefix]: site });
  const served = [];
  try {
    await share(tabs, chosen, async (tab, page) => {
      tab.noise.length = tab.requests.length = 0;
      const url = `${server.origin}${prefix}${page}`;
      served.push(...(await inAllViews(tab, url)).map((problem) => `${page}: ${problem}`), ...tab.noise.map((text) => `${page}: ${text}`));
      served.push(...elsewhere(tab, server.origin + prefix).map((address) => `${page} asks for ${address}`));
    });
  } finally {
    server.close();
  }
  report(`${name}: served under a sub-path (${chosen.length} pages)`, served);
  return chosen;
}

export const axeSource = (folder) => readFileSync(join(folder, "node_modules/axe-core/axe.min.js"), "utf8") + "\n;undefined";
