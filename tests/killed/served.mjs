// What a visitor of a site may meet at this moment: every page that can be reached, and whether all that it refers to is there. Prints what is not, a line each.
// usage: node served.mjs SITE
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const site = process.argv[2], seen = new Set(["index.html"]), todo = ["index.html"];
const isFile = (path) => existsSync(path) && statSync(path).isFile();
if (!isFile(join(site, "index.html"))) console.log("index.html is gone");
while (todo.length) {
  const page = todo.pop();
  if (!isFile(join(site, page))) continue; // said where it was referred to
  const html = readFileSync(join(site, page), "utf8"), release = page.match(/^v\/([^/]+)\/.*\//)?.[1] ?? page.match(/^v\/([^/]+)\/index\.html$/)?.[1];
  if (!html.trimEnd().endsWith("</html>")) console.log(`${page} is cut off`);
  if (!/<span class="release"/.test(html)) console.log(`${page} does not say which release it is`);
  if (release && !html.includes(`This is release ${release}`)) console.log(`${page} does not say that it is of the release ${release}`);
  for (const [, url] of html.matchAll(/\s(?:href|src)="([^"#?]+)[^"]*"/g)) {
    if (/^[a-z]+:/.test(url)) continue;
    const path = normalize(join(dirname(page), decodeURIComponent(url.replaceAll("&amp;", "&"))));
    if (path.startsWith("..") || !isFile(join(site, path))) console.log(`${page} refers to ${url}, which is not there`);
    if (path.endsWith(".html") && !seen.has(path)) { seen.add(path); todo.push(path); }
  }
}
for (const { name } of isFile(join(site, "versions.json")) ? JSON.parse(readFileSync(join(site, "versions.json"), "utf8")) : [])
  if (!isFile(join(site, "v", name, "index.html"))) console.log(`versions.json names ${name}, which is not there`);
if (seen.size < 20) console.log(`only ${seen.size} pages can be reached`);
