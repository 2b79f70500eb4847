// Files by the rules of their formats: HTML and CSS by the Nu checker of the W3C, SVG and XML by libxml2.
import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { filesBelow } from "./site.mjs";
import { test } from "./tap.mjs";

const run = (command, args) => new Promise((resolve, reject) =>
  execFile(command, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => (error && typeof error.code !== "number" ? reject(error) : resolve({ stdout, stderr }))));

const named = (site, ...ends) => [...filesBelow(site)].filter((path) => ends.some((end) => path.endsWith(end)));

// The checker takes no file: to be of the page's own origin, though browsers do where it matters here, and data in a <script> (JSON-LD) for a script; that
// the policy lets everything load and says nothing on the console is proved in a browser.
const isMistaken = (m) => /^Resource violates Content Security Policy/.test(m.message) ||
  (/^Inline script violates Content Security Policy/.test(m.message) && m.extract.includes('<script type="application/ld+json">'));

async function askNu(jar, files) {
  const { stdout, stderr } = await run("java", ["-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", "--also-check-css", ...files]);
  try {
    return JSON.parse(stdout).messages;
  } catch {
    throw new Error(`the Nu checker gives no JSON: ${(stderr || stdout).slice(0, 300)}`);
  }
}

// sites: [{name, site}]; one Java process for all.
export async function testValidity(sites, tools) {
  const jar = join(tools, "node_modules/vnu-jar/build/dist/vnu.jar"), files = new Map(sites.map(({ site }) => [site, named(site, ".html", ".css")]));
  let messages, broken;
  try {
    messages = await askNu(jar, [...files.values()].flat());
  } catch (error) {
    broken = error.message;
  }
  for (const { name, site } of sites) {
    await test(`${name}: valid HTML and CSS, by the Nu checker (${files.get(site).length} files)`, () => broken ? [broken] : messages
      .filter((m) => m.url?.startsWith(`file:${site}/`) && !isMistaken(m))
      .map((m) => `${relative(site, m.url.slice(5))}:${m.lastLine ?? 0}: ${m.message} ${(m.extract || "").replace(/\s+/g, " ").slice(0, 90)}`));
    const drawn = named(site, ".svg", ".xml");
    if (drawn.length) await test(`${name}: well-formed SVG and XML (${drawn.length} files)`, async () => (await run("xmllint", ["--noout", "--nonet", ...drawn])).stderr.split("\n").filter(Boolean));
  }
}
