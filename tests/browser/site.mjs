// A built site as files: its pages, a server that has it under a sub-path, and which of its pages are worth the slow tests.
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync, existsSync } from "node:fs";
import { extname, join, relative } from "node:path";

export function* filesBelow(dir) {
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

// Relative paths of the pages, those near the front first.
export function pagesOf(site) {
  const depth = (path) => path.split("/").length;
  return [...filesBelow(site)].filter((path) => path.endsWith(".html")).map((path) => relative(site, path)).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json",
  ".csv": "text/csv", ".txt": "text/plain", ".xml": "application/xml" };

// Serves folders under sub-paths, as a lab's web server would: {"/lab/board/": folder}, with headers for every file. → {origin, close}
export async function serve(folders, headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const prefix = Object.keys(folders).find((p) => path.startsWith(p));
    let file = prefix && join(folders[prefix], path.slice(prefix.length));
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file || !existsSync(file)) {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not here");
      return;
    }
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] || "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

// What a page is made of: its elements with their classes. Pages of one kind differ in little else than numbers and names.
function ingredients(html) {
  const found = new Set();
  for (const [, tag, attributes] of html.matchAll(/<([a-z][a-z0-9-]*)\b([^>]*)>/gi))
    for (const name of /\bclass="([^"]*)"/.exec(attributes)?.[1].split(/\s+/) || [""]) found.add(`${tag}.${name}`);
  return found;
}

// For each kind of page (its place in the site) the fewest pages that together have everything that pages of this kind are made of.
export function choosePages(site, pages, most) {
  const kinds = new Map(), chosen = [];
  for (const page of pages) {
    const kind = page.replace(/^(models|benchmarks)\/[^/]+\//, "$1/*/");
    kinds.set(kind, [...(kinds.get(kind) || []), { page, has: ingredients(readFileSync(join(site, page), "utf8")) }]);
  }
  for (const list of kinds.values()) {
    const missing = new Set(list.flatMap(({ has }) => [...has]));
    for (let k = 0; missing.size && k < most; k++) {
      const news = ({ has }) => [...has].filter((x) => missing.has(x)).length;
      const best = list.reduce((a, b) => (news(b) > news(a) ? b : a));
      if (!news(best)) break;
      chosen.push(best.page);
      for (const x of best.has) missing.delete(x);
    }
  }
  return chosen;
}
