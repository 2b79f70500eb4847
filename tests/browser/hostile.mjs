// Hostile texts in every field: what is no text is refused with a sentence, everything else is shown and changes nothing but the words. Each board of
// a hostile text has a twin of harmless letters; parsed by the browser, with the Content-Security-Policy off, both have the same elements and attributes.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ADDRESSES, REFUSED, VALID } from "./hostile/payloads.mjs";
import { countMembers, fieldTables } from "./hostile/fields.mjs";
import { FILES, makeBoard, writeAt } from "./hostile/board.mjs";
import { look } from "./look.mjs";
import { parseCsv, runs } from "./csv.mjs";
import { share } from "./pages.mjs";
import { filesBelow, pagesOf } from "./site.mjs";
import { report, test } from "./tap.mjs";

// The same lines, blank ones and all, in harmless letters; a text that may be an identifier (and so an anchor) has a twin that may be one.
const harmless = (text) => text.replace(/\r\n?/g, "\n").replace(/[^\n]+/g, /^[A-Za-z0-9][A-Za-z0-9._=+-]{0,127}$/.test(text) ? "harmless" : "harm less");

const build = (brainboard, folder) => new Promise((resolve) => {
  const child = spawn(brainboard, ["build", join(folder, "board/manifest.json"), "--quiet", "-j", "1", "--cache", join(folder, "cache"), "-o", join(folder, "site")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => { said += data; });
  child.on("close", (status) => resolve({ status, said }));
});

// --- what stands in a page ------------------------------------------------------------------------------------------------

// In the page: its nodes as lines, without any text. What is in a .prose is one line, because Markdown makes elements of a text, as it should: such a line
// may differ from the twin's when it has nothing but what Markdown may make ("prose fine").
function structure(root, base, html) {
  const page = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  const lines = [], bad = [];
  const MARKDOWN = ["p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "a", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6"];
  const address = (e, name) => {
    const value = e.getAttribute(name);
    let url;
    try { url = new URL(value, base); } catch { bad.push(`<${e.localName} ${name}> is no address: ${value.slice(0, 60)}`); return; }
    if (!url.href.startsWith(root) && !["https:", "http:", "mailto:"].includes(url.protocol) && !(url.protocol === "data:" && e.localName === "link")) bad.push(`<${e.localName} ${name}="${value.slice(0, 60)}">`);
  };
  const check = (e) => {
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "style" || a.name === "srcdoc") bad.push(`<${e.localName} ${a.name}>`);
      if (["href", "src", "action", "formaction", "xlink:href", "poster", "data", "background"].includes(a.name)) address(e, a.name);
    }
  };
  const walk = (node, depth) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) continue;
      if (child.nodeType !== 1) { lines.push(`${" ".repeat(depth)}#${child.nodeType}`); continue; }
      check(child);
      lines.push(`${" ".repeat(depth)}${child.localName} ${[...child.attributes].map((a) => a.name).sort().join(" ")}`);
      if (child.matches(".prose")) {
        const inside = [...child.querySelectorAll("*")], fine = inside.every((e) => MARKDOWN.includes(e.localName) && [...e.attributes].every((a) => a.name === "href"));
        inside.forEach(check);
        lines.push(`prose ${fine ? "fine" : "more"}: ${inside.map((e) => `${e.localName} ${[...e.attributes].map((a) => a.name)}`)}`);
      }
      else if (child.localName !== "noscript") walk(child.localName === "template" ? child.content : child, depth + 1);
    }
  };
  walk(page, 0);
  const islands = [...page.querySelectorAll("script:not([src])")].map((e) => [e.type, e.textContent]);
  return { lines, bad, islands, canary: window.canary };
}

// The form of a JSON value: its keys and kinds, in order. Hostile keys are counted, not compared.
function form(value) {
  if (Array.isArray(value)) return value.map(form);
  if (value && typeof value === "object") return Object.entries(value).map(([key, v]) => [/^[A-Za-z0-9@_-]{1,40}$/.test(key) && !/^harm/.test(key) ? key : "?", form(v)]).map(([k, v]) => [k === "__proto__" || k === "constructor" ? "?" : k, v]);
  return value === null ? "null" : typeof value;
}

// --- a site and its twin --------------------------------------------------------------------------------------------------

// Ids that the program makes of names differ between twins: files are compared under the number of their model.
function numbered(site) {
  const models = JSON.parse(readFileSync(join(site, "data/scores.json"), "utf8")).models.filter((m) => m.visibility !== "private").map((m) => m.id);
  const made = models.filter((id) => !/^0m\d$/.test(id)).sort();
  return (path) => made.reduce((p, id, k) => p.replaceAll(new RegExp(`(^|/)${id.replace(/[.+]/g, "\\$&")}(?=$|[/.])`, "g"), `$1#${k}`), path).replace(/-[0-9a-f]{8}(?=\.[a-z]+$)/, "");
}
const byNumber = (site) => { const number = numbered(site); return new Map([...filesBelow(site)].map((path) => relative(site, path)).map((path) => [number(path), path])); };

function firstDifference(a, b) {
  const i = a.findIndex((line, k) => line !== b[k] && !(line.startsWith("prose fine") && b[k]?.startsWith("prose")));
  if (i < 0 && a.length === b.length) return null;
  const at = i < 0 ? a.length : i;
  return `differs from its twin at node ${at}: <${(a[at] || "nothing").trim()}> for <${(b[at] || "nothing").trim()}>`;
}

// Files that are no pages: JSON parses to the same form, tables have the same rows and cells, lines are as many.
function compareFile(name, mine, theirs) {
  const a = readFileSync(mine, "utf8"), b = readFileSync(theirs, "utf8");
  if (name.endsWith(".json")) return JSON.stringify(form(JSON.parse(a))) === JSON.stringify(form(JSON.parse(b))) ? [] : [`${name}: its JSON has another form than its twin's`];
  if (name.endsWith(".csv")) {
    const rows = parseCsv(a), others = parseCsv(b), problems = [];
    if (JSON.stringify(rows.map((r) => r.length)) !== JSON.stringify(others.map((r) => r.length))) problems.push(`${name}: rows or cells differ from its twin's`);
    for (const cell of rows.flat()) if (runs(cell)) problems.push(`${name}: a spreadsheet may run ${JSON.stringify(cell.slice(0, 40))}`);
    return problems;
  }
  if (/\.(cff|txt|xml|svg)$|^_headers$|^\.nojekyll$/.test(name)) {
    const lines = (text) => text.split(/\r\n?|\n/).length;
    return lines(a) === lines(b) ? [] : [`${name}: ${lines(a)} lines, its twin has ${lines(b)}`];
  }
  return [];
}

// In the page: has the leaderboard made anew by its script, with all of its panels.
async function useBoard() {
  const patience = (done) => new Promise((resolve, reject) => {
    const end = Date.now() + 5000, look = () => { if (done()) resolve(); else if (Date.now() > end) reject(new Error("the table is not made anew")); else setTimeout(look, 10); };
    look();
  });
  for (const frame of document.querySelectorAll(".board-frame")) {
    frame.querySelector(".sort").click();
    await patience(() => frame.querySelector("th.name[aria-sort]"));
  }
}

// Of each kind of page one is opened, with its scripts and style; the others are only parsed.
const OPENED = /^(index|vision\/index|about\/index|models\/0m1\/index|benchmarks\/choices\/index)\.html$/;
async function readPage(tab, site, page) {
  const root = pathToFileURL(site).href + "/";
  if (!OPENED.test(page)) return { ...await tab.run(structure, root, root + page, readFileSync(join(site, page), "utf8")), dialogs: [], sight: [] };
  tab.dialogs.length = 0;
  await tab.go(root + page);
  if (page === "vision/index.html") await tab.run(useBoard);
  const said = await tab.run(structure, root, root + page), sight = await tab.run(look);
  return { ...said, sight, dialogs: [...tab.dialogs] };
}

// Twins are the same for many texts; each is read once.
class Twins {
  constructor(work, brainboard, tables) { Object.assign(this, { work, brainboard, tables, made: new Map() }); }
  get(text) {
    if (!this.made.has(text)) this.made.set(text, this.make(text));
    return this.made.get(text);
  }
  async make(text) {
    const folder = join(this.work, `twin-${this.made.size}`);
    makeBoard(join(folder, "board"), this.tables, text);
    const { status, said } = await build(this.brainboard, folder);
    if (status) throw new Error(`the twin does not build: ${said.slice(0, 300)}`);
    return { site: join(folder, "site"), files: byNumber(join(folder, "site")), pages: new Map() };
  }
  async page(tab, twin, name) {
    if (!twin.pages.has(name)) twin.pages.set(name, readPage(tab, twin.site, twin.files.get(name)));
    return twin.pages.get(name);
  }
}

async function oneText(tab, name, text, address, twins, folder) {
  const problems = [], twin = await twins.get(harmless(text));
  makeBoard(join(folder, "board"), twins.tables, text, address);
  const before = [...filesBelow(folder)].length, { status, said } = await build(twins.brainboard, folder);
  if (status) return [`the board does not build (${status}): ${said.slice(0, 300)}`];
  const site = join(folder, "site"), files = byNumber(site);
  const strange = [...filesBelow(folder)].map((path) => relative(folder, path)).filter((path) => !/^(board|cache|site)\//.test(path) && path !== "site.brainboard-new");
  if (strange.length || [...filesBelow(join(folder, "board"))].length !== before) problems.push(`files outside the site: ${strange}`);
  const mine = [...files.keys()].sort(), theirs = [...twin.files.keys()].sort();
  if (mine.join() !== theirs.join()) problems.push(`other files than its twin: ${mine.filter((f) => !theirs.includes(f))} / ${theirs.filter((f) => !mine.includes(f))}`);
  for (const [file, path] of files) {
    const other = twin.files.get(file);
    if (!other) continue;
    if (!file.endsWith(".html")) { problems.push(...compareFile(file, join(site, path), join(twin.site, other))); continue; }
    const a = await readPage(tab, site, path), b = await twins.page(tab, twin, file);
    const difference = firstDifference(a.lines, b.lines);
    if (difference) problems.push(`${file} ${difference}`);
    problems.push(...a.bad.map((bad) => `${file}: ${bad}`), ...a.dialogs.map((d) => `${file}: a script ran: alert(${d})`), ...(a.canary ? [`${file}: a script ran`] : []));
    a.islands.forEach(([type, json], k) => { if (/json/.test(type) && JSON.stringify(form(JSON.parse(json))) !== JSON.stringify(form(JSON.parse(b.islands[k]?.[1] || "null")))) problems.push(`${file}: its island of JSON has another form than its twin's`); });
    problems.push(...a.sight.map((problem) => `${file}, 360 px: ${problem.slice(0, 160)}`));
  }
  await tab.go(`${pathToFileURL(site).href}/models/0m1/index.html`);
  const shown = await tab.run(() => document.querySelector("h1").textContent.replace(/\s+/g, " ")), wanted = text.replace(/\s+/g, " ");
  if (!shown.includes(wanted)) problems.push(`the name is not shown as it is: ${JSON.stringify(shown.slice(0, 60))} for ${JSON.stringify(wanted.slice(0, 60))}`);
  return problems;
}

// --- what is refused ------------------------------------------------------------------------------------------------------

const SENTENCE = /^\S.*:\d+:\d+: error: .{10,}/m;

// Runs check and build on a manifest; both must say where it is wrong, with status 3, and leave nothing.
function refusal(brainboard, folder, bytes, where) {
  const manifest = join(folder, "board/manifest.json"), problems = [];
  writeAt(manifest, bytes);
  const { status, signal, stderr } = spawnSync(brainboard, ["build", manifest, "--quiet", "--cache", join(folder, "cache"), "-o", join(folder, "site")], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 3) problems.push(`${where}: status ${signal || status} for 3: ${stderr.slice(0, 160)}`);
  if (!SENTENCE.test(stderr)) problems.push(`${where}: no file:line:column and sentence: ${stderr.slice(0, 160)}`);
  if (stderr.split("\n").some((line) => line.length > 2000)) problems.push(`${where}: the message is a wall of text`);
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(stderr)) problems.push(`${where}: the message has control characters`);
  if (existsSync(join(folder, "site"))) { problems.push(`${where}: there is a site`); rmSync(join(folder, "site"), { recursive: true }); }
  return { problems, stderr };
}

// Bytes that are no text, in every value of the manifest, one at a time.
function notTexts(brainboard, folder, manifest) {
  const problems = [], json = JSON.stringify(manifest, null, 1), MARK = "WHATEVERISHOSTILE", total = json.split(`"${MARK}"`).length - 1;
  const pieces = json.split(`"${MARK}"`), names = Object.keys(REFUSED);
  for (let i = 0; i < total; i++) {
    const name = names[i % names.length];
    const bytes = Buffer.concat([Buffer.from(pieces.slice(0, i + 1).join(`"${MARK}"`) + "\""), REFUSED[name], Buffer.from("\"" + pieces.slice(i + 1).join(`"${MARK}"`))]);
    const line = pieces.slice(0, i + 1).join(`"${MARK}"`).split("\n").length;
    const { problems: found, stderr } = refusal(brainboard, folder, bytes, `${name} in line ${line}`);
    problems.push(...found);
    if (!stderr.includes(`manifest.json:${line}:`)) problems.push(`${name} in line ${line}: the message names another: ${stderr.slice(0, 160)}`);
  }
  return { problems, total };
}

// Each kind that is no free text, in each field of that kind, with each payload: all of them are told at once.
function wrongKinds(brainboard, folder, tables, text) {
  const wrong = ["ID", "URL", "DATE", "COLOUR", "NUMBER", "NUMBERS", "INTEGER", "BOOL", "CHOICE"];
  const fields = (name) => tables[name].filter(({ kind }) => wrong.includes(kind)).map(({ key }) => key);
  const filled = (name, more) => ({ ...Object.fromEntries(fields(name).map((key) => [key, text])), ...more });
  const manifest = {
    ...filled("bb_board_fields", { title: "x", options: filled("option_fields"), attribute_info: { x: filled("info_fields") } }),
    benchmarks: [{ ...filled("bb_node_fields"), domain: "vision", ceiling: { value: text, error: text, lower: text }, metric: "published" }],
    models: [{ ...filled("bb_model_fields"), outputs: { x: { ...filled("bb_source_fields"), file: "x.csv", sha256: text, sha1: text } } }],
  };
  const json = JSON.stringify(manifest, null, 1), { problems, stderr } = refusal(brainboard, folder, json, "in every typed field");
  const told = new Set([...stderr.matchAll(/manifest\.json:(\d+):\d+: error: /g)].map(([, line]) => Number(line)));
  json.split("\n").forEach((line, i) => { if (line.includes(JSON.stringify(text)) && !told.has(i + 1)) problems.push(`not refused: ${line.trim().slice(0, 80)}`); });
  return problems;
}

// Names of files: none may lead out of the folder of the project, or be taken for one that is there.
const OUTSIDE = ["../../x", "/etc/passwd", "a/../../x", "..", "../secret.csv", "./../x", "file:///etc/passwd", "-o", "nowhere/*/x"];
const PLAIN = /^(-|file:|nowhere)/; // outside of nothing: names like others, where the file need not be there
function outside(brainboard, folder, path) {
  const node = { id: "a", domain: "vision" }, problems = [];
  const at = {
    "bb_board_fields.logo": { logo: path },
    "bb_node_fields.samples": { benchmarks: [{ ...node, metric: "published", samples: [path] }] },
    "bb_board.benchmarks": { benchmarks: [path] },
    "bb_board.models": { models: [path] },
    "bb_node_fields.domain": { benchmarks: [{ ...node, domain: path }] },
    "bb_node_fields.parent": { benchmarks: [{ id: "a", parent: path }] },
  };
  for (const [field, more] of Object.entries(at)) {
    if (PLAIN.test(path) && /logo|samples/.test(field)) continue;
    problems.push(...refusal(brainboard, folder, JSON.stringify({ title: "x", benchmarks: [node], ...more }, null, 1), `${field} ${JSON.stringify(path)}`).problems);
  }
  return problems;
}

// Bytes that are no text in a table: the list is refused with a sentence, in whichever cell they are.
function notTables(brainboard, folder, tables) {
  const problems = [], { files } = makeBoard(join(folder, "board"), tables, "WHATEVERISHOSTILE");
  let total = 0;
  for (const name of ["list.csv", "attributes.csv"])
    for (const kind of ["NUL, raw", "invalid UTF-8", "overlong UTF-8", "surrogate as UTF-8", "UTF-8 that ends"]) {
      const pieces = files[name].split("WHATEVERISHOSTILE");
      for (let i = 0; i + 1 < pieces.length; i += 3, total++) {
        makeBoard(join(folder, "board"), tables, "WHATEVERISHOSTILE");
        writeAt(join(folder, "board", name), Buffer.concat([Buffer.from(pieces.slice(0, i + 1).join("x")), REFUSED[kind], Buffer.from(pieces.slice(i + 1).join("x"))]));
        problems.push(...refusal(brainboard, folder, readFileSync(join(folder, "board/manifest.json")), `${kind} in ${name}, place ${i}`).problems);
      }
    }
  return { problems, total };
}

// --- all of it ------------------------------------------------------------------------------------------------------------

export async function testHostile(tabs, brainboard, source, work) {
  const tables = fieldTables(source), texts = Object.entries(VALID), folder = join(work, "refused");
  await test("hostile: every field of the source is known here", () => {
    const known = Object.values(tables).flat().length;
    return [...(known === countMembers(source) ? [] : [`the source has ${countMembers(source)} fields, ${known} were read`]), ...FILES.filter((f) => !tables[f.split(".")[0]]?.some(({ key }) => key === f.split(".")[1])).map((f) => `there is no ${f} any more`)];
  });
  const { manifest } = makeBoard(join(folder, "board"), tables, "WHATEVERISHOSTILE");
  const bytes = notTexts(brainboard, folder, manifest);
  report(`hostile: bytes that are no text are refused in each of ${bytes.total} values of a manifest`, bytes.problems);
  const cells = notTables(brainboard, folder, tables);
  report(`hostile: bytes that are no text are refused in each of ${cells.total} cells of tables`, cells.problems);
  report("hostile: what is no identifier, address, date, colour, number or choice is refused", texts.filter(([name]) => name !== "constructor").flatMap(([name, text]) => wrongKinds(brainboard, folder, tables, text).map((p) => `${name}: ${p}`)));
  report("hostile: no name of a file leads out of the project", OUTSIDE.flatMap((path) => outside(brainboard, folder, path)));

  const twins = new Twins(work, brainboard, tables), found = new Map();
  for (const tab of tabs) { await tab.cdp("Page.setBypassCSP", { enabled: true }); await tab.view(360, 800, false); }
  await share(tabs, texts.map(([name, text], i) => ({ name, text, i })), async (tab, { name, text, i }) => {
    const place = join(work, `text-${i}`);
    let problems;
    try { problems = await oneText(tab, name, text, ADDRESSES[i % ADDRESSES.length], twins, place); } catch (error) { problems = [error.stack]; }
    found.set(name, problems);
    if (!problems.length) rmSync(place, { recursive: true, force: true });
  });
  for (const tab of tabs) await tab.cdp("Page.setBypassCSP", { enabled: false });
  for (const [name] of texts) report(`hostile: ${name}`, found.get(name));
}
