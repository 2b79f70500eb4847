// The compare pages in use: what assets/compare.js and versus.js show of a choice, against numbers computed anew; files; single points; many points.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as ask from "./look.mjs";
import { serve } from "./site.mjs";
import { test } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url)), require = createRequire(import.meta.url);
const stats = require(join(here, "../../assets/associate.js")), plot = require(join(here, "../../assets/plot.js"));
const BUDGET = 60000; // bytes of all scripts of the page on the wire, compressed

const shownPair = () => ({ title: document.querySelector(".pair-title").textContent, points: document.querySelector(".compare .reader input").max, numbers: Object.fromEntries([...document.querySelectorAll(".numbers dt")].map((dt) => [dt.textContent, dt.nextElementSibling.firstChild.data])), hash: location.hash, x: document.getElementById("compare-x").value, y: document.getElementById("compare-y").value });
// What the page loads, as this test reads it: {models, quantities} with lists of numbers.
function dataOf(site) {
  const file = readdirSync(join(site, "assets")).find((name) => name.startsWith("compare-data-"));
  const data = JSON.parse(readFileSync(join(site, "assets", file), "utf8").replace(/^brainboard\.compare\(/, "").replace(/\);\n$/, ""));
  for (const q of data.quantities) q.values = q.values.split(",").map((part) => (part === "" ? NaN : Number(part)));
  return data;
}
// From scores.json, not from the page's own data: the value of every model on a node.
function scoresOf(site, id) {
  const scores = JSON.parse(readFileSync(join(site, "data/scores.json"), "utf8"));
  return new Map([...scores.cells, ...scores.aggregates].filter((cell) => (cell.benchmark || cell.node) === id && typeof cell.score === "number").map((cell) => [cell.model, cell.score]));
}

async function choose(tab, key, id) {
  await tab.run((key, id) => { const select = document.getElementById(`compare-${key}`); select.value = id; select.dispatchEvent(new Event("change")); }, key, id);
  await tab.until((key, id) => new RegExp(`(#|&)${key}=${id.replace(/[.]/g, "\\.")}(&|$)`).test(decodeURIComponent(location.hash)) && document.querySelector(".compare .cursor") !== null, key, id);
}

async function pairIsRight(tab, site, root) {
  const data = dataOf(site), problems = [], benchmarks = data.quantities.filter((q) => q.of === "benchmark" && q.values.filter((v) => !Number.isNaN(v)).length > 3).slice(0, 4);
  await tab.go(root + "compare/index.html");
  await choose(tab, "x", benchmarks[0].id);
  for (const y of benchmarks.slice(1)) {
    await choose(tab, "y", y.id);
    const a = scoresOf(site, benchmarks[0].id), b = scoresOf(site, y.id), ids = data.models.map((m) => m[0]).filter((id) => a.has(id) && b.has(id));
    const want = stats.associate(ids.map((id) => a.get(id)), ids.map((id) => b.get(id))), got = await tab.run(shownPair);
    if (got.numbers.Models.trim() !== String(want.n)) problems.push(`${y.id}: ${got.numbers.Models} models, not ${want.n}`);
    for (const [name, value] of [["Pearson r", want.r], ["Spearman ρ", want.rho]])
      if (!Number.isNaN(value) && got.numbers[name]?.trim() !== plot.fixed(value, 2)) problems.push(`${y.id}: ${name} is ${got.numbers[name]}, not ${plot.fixed(value, 2)}`);
    if (Number(got.points) + 1 !== want.n) problems.push(`${y.id}: ${Number(got.points) + 1} points for ${want.n} models`);
  }
  return problems;
}

// The address alone shows the same; back takes a step back.
async function addressKeepsIt(tab, root) {
  const before = await tab.run(shownPair), problems = [];
  await tab.go("about:blank");
  await tab.go(root + "compare/index.html" + before.hash);
  await tab.until(() => document.querySelector(".compare .cursor") !== null);
  const after = await tab.run(shownPair);
  if (JSON.stringify(after) !== JSON.stringify(before)) problems.push(`the address shows ${JSON.stringify(after)}, not ${JSON.stringify(before)}`);
  await choose(tab, "y", before.x);
  await tab.run(() => history.back());
  await tab.until((y) => document.getElementById("compare-y").value === y, before.y);
  return problems;
}

// What the program drew and what the script draws of the same pair: the same title, numbers and ticks.
async function drawsTheSame(tab, root) {
  const facts = () => ({ numbers: Object.fromEntries([...document.querySelectorAll(".numbers dt")].map((dt) => [dt.textContent, dt.nextElementSibling.textContent])), title: document.querySelector(".pair-title").textContent,
    ticks: [...document.querySelectorAll(".compare svg text.c-muted")].map((t) => t.textContent) });
  await tab.go("about:blank");
  await tab.go(root + "compare/index.html");
  const program = await tab.run(facts), place = await tab.run(() => ({ x: document.querySelector(".compare").dataset.x, y: document.querySelector(".compare").dataset.y }));
  await tab.go("about:blank");
  await tab.go(`${root}compare/index.html#x=${place.x}&y=${place.y}`);
  await tab.until(() => document.querySelector(".compare .cursor") !== null);
  const script = await tab.run(facts), sorted = (o) => JSON.stringify({ ...o, ticks: [...o.ticks].sort() });
  return sorted(program) === sorted(script) ? [] : [`the program: ${sorted(program)}`, `the script: ${sorted(script)}`];
}

// Keys move from point to point, and say name and numbers.
async function pointsAreRead(tab) {
  const problems = [], said = [];
  await tab.run(() => document.getElementById("compare-point").focus());
  for (let i = 0; i < 3; i++) {
    await tab.key("ArrowRight");
    said.push(await tab.run(() => [document.querySelector(".reader output").textContent, document.getElementById("compare-point").getAttribute("aria-valuetext"), document.querySelector(".reader output a")?.getAttribute("href")]));
  }
  if (new Set(said.map(String)).size !== 3) problems.push(`three steps say ${JSON.stringify(said)}`);
  for (const [text, value, href] of said) if (!/\d/.test(text) || text !== value || !/models\/.*\/index\.html$/.test(href)) problems.push(`a point says "${text}", to others "${value}", and leads to ${href}`);
  const at = await tab.run(() => { const c = document.querySelector(".cursor").getBoundingClientRect(); document.querySelector(".reader output").textContent = ""; return [c.x + c.width / 2, c.y + c.height / 2]; });
  await tab.cdp("Input.dispatchMouseEvent", { type: "mouseMoved", x: at[0] + 2, y: at[1] + 2 });
  if (!(await tab.run(() => document.querySelector(".reader output").textContent))) problems.push("the pointer near a point says nothing");
  return problems;
}

async function filesAreGood(browser, tab, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await browser.downloadsTo(folder);
  const problems = [], wanted = { SVG: ".svg", PNG: ".png", CSV: ".csv" };
  for (const [kind, end] of Object.entries(wanted)) {
    await tab.run((kind) => [...document.querySelectorAll(".compare button")].find((b) => b.textContent === kind).click(), kind);
    // The browser makes the file before it has its bytes.
    for (let i = 0; i < 300 && !readdirSync(folder).some((name) => name.endsWith(end) && statSync(join(folder, name)).size); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    const name = readdirSync(folder).find((n) => n.endsWith(end)), bytes = name ? readFileSync(join(folder, name)) : Buffer.alloc(0);
    if (!bytes.length) { problems.push(`no ${kind} file`); continue; }
    if (kind === "PNG" && !(bytes.subarray(1, 4).toString() === "PNG" && bytes.readUInt32BE(16) === 1680 && bytes.length > 10000)) problems.push(`the PNG has ${bytes.length} bytes, ${bytes.readUInt32BE(16)} px`);
    if (kind === "SVG" && !/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/.test(bytes.toString())) problems.push("the SVG is none");
    if (kind === "CSV" && !/^model,name,family,/.test(bytes.toString())) problems.push("the CSV has no head");
  }
  return problems;
}

async function modelsAreRight(tab, site, root, axe) {
  const data = dataOf(site), problems = [], group = data.quantities.find((q) => q.of === "group"), models = data.models.map((m, i) => i).filter((i) => !Number.isNaN(group.values[i])).slice(0, 2);
  await tab.go("about:blank");
  await tab.go(`${root}compare/models/index.html#m=${models.map((m) => encodeURIComponent(data.models[m][0])).join(",")}`);
  await tab.until(() => document.querySelector(".versus .duel") !== null);
  const rows = await tab.run(() => [...document.querySelectorAll(".versus .duel-table tbody tr")].map((tr) => [/benchmarks\/([^/]+)\//.exec(tr.querySelector("a").getAttribute("href"))[1], ...[...tr.cells].slice(1).map((td) => td.textContent)]));
  if (!rows.length) problems.push("no rows");
  for (const [id, a, b, difference] of rows) {
    const of = scoresOf(site, id), [x, y] = models.map((m) => of.get(data.models[m][0])), value = (text) => Number(text.split(" ")[0].replace("−", "-"));
    if (x !== undefined && Math.abs(value(a) - x) > 0.0006) problems.push(`${id}: ${a} for ${x}`);
    if (x !== undefined && y !== undefined && Math.abs(value(difference) - (x - y)) > 0.0006) problems.push(`${id}: difference ${difference} for ${x - y}`);
    if ((x === undefined) !== (a === "") || (y === undefined) !== (b === "")) problems.push(`${id}: "${a}", "${b}" for ${x}, ${y}`);
  }
  await tab.run(axe);
  return [...problems, ...await tab.run(ask.axeViolations), ...await tab.run(ask.look)];
}

// Two models that have layers on one benchmark: every layer with the score of scores.json, and the chosen one.
async function layersAreRight(tab, site, root, axe) {
  const {cells} = JSON.parse(readFileSync(join(site, "data/scores.json"), "utf8")), listed = new Set(dataOf(site).models.map((m) => m[0])), problems = [];
  const layered = cells.filter((cell) => listed.has(cell.model) && cell.layers && Object.keys(cell.layers).length > 1), first = layered.find((cell) => layered.some((other) => other !== cell && other.benchmark === cell.benchmark));
  if (!first) return ["no two models have layers on a benchmark"];
  const two = layered.filter((cell) => cell.benchmark === first.benchmark).slice(0, 2);
  await tab.go("about:blank");
  await tab.go(`${root}compare/models/index.html#m=${two.map((cell) => encodeURIComponent(cell.model)).join(",")}`);
  await tab.until(() => document.querySelector(".versus .charts .figure details") !== null);
  const figures = await tab.run(() => [...document.querySelectorAll(".versus .charts .figure")].map((figure) => ({ id: /benchmarks\/([^/]+)\//.exec(figure.querySelector("figcaption a").getAttribute("href"))[1], rows: [...figure.querySelectorAll("tbody tr")].map((tr) => [...tr.cells].map((td) => td.textContent)), titles: figure.querySelectorAll("svg g title").length })));
  for (const { id, rows, titles } of figures) {
    const mine = two.map((cell) => cells.find((other) => other.model === cell.model && other.benchmark === id)), want = mine.flatMap((cell) => Object.entries(cell.layers).map(([layer, score]) => [layer, score, layer === cell.layer ? "chosen" : ""]));
    if (rows.length !== want.length || titles !== want.length) problems.push(`${id}: ${rows.length} rows and ${titles} marks for ${want.length} layers`);
    rows.forEach(([, layer, score, chosen], i) => { if (layer !== want[i]?.[0] || Math.abs(Number(score.replace("−", "-")) - want[i][1]) > 0.0006 || chosen !== want[i][2]) problems.push(`${id}: ${layer} ${score} ${chosen} for ${want[i]}`); });
  }
  if (!figures.length) problems.push("no figures");
  await tab.run(axe);
  return [...problems, ...await tab.run(ask.axeViolations), ...await tab.run(ask.look)];
}

// 5,000 models: data of the same form, made here, in place of what the page loads. → what is drawn, and in how many ms
export async function drawMany(tab, root) {
  await tab.go("about:blank");
  await tab.go(root + "compare/index.html");
  return tab.run(() => {
    const n = 5000, rest = (i, k) => (Math.sin(i * 12.9898 + k * 78.233) * 43758.5453) % 1, column = (k) => Array.from({ length: n }, (_, i) => Math.abs(rest(i, k)) * .5 + i / n).join(",");
    window.brainboard.compare({ models: Array.from({ length: n }, (_, i) => [`m${i}`, `Model ${i}`, `family ${i % 12}`, {}]), attributes: {}, kinds: [], roles: [],
      quantities: [0, 1, 2].map((k) => ({ id: `q${k}`, title: `Q${k}`, label: `Q${k}`, of: "benchmark", format: "number", domain: "vision", depth: 0, values: column(k) })) });
    const times = [], draw = (hash) => { const at = performance.now(); history.replaceState(null, "", hash); window.dispatchEvent(new HashChangeEvent("hashchange")); document.querySelector(".compare svg").getBoundingClientRect(); times.push(performance.now() - at); };
    for (let i = 0; i < 5; i++) draw(i % 2 ? "#x=q0&y=q1" : "#x=q1&y=q2");
    const svg = document.querySelector(".compare svg"), box = svg.getBoundingClientRect(), at = performance.now();
    for (let i = 0; i < 50; i++) svg.dispatchEvent(new PointerEvent("pointermove", { clientX: box.x + 100 + 5 * i, clientY: box.y + 250 - 2 * i, pointerType: "mouse" }));
    return { draw: times.slice(1).sort((a, b) => a - b)[2], move: (performance.now() - at) / 50, elements: svg.querySelectorAll("*").length, bytes: svg.outerHTML.length, points: Number(document.getElementById("compare-point").max) + 1 };
  });
}

function wire(site) {
  const page = readFileSync(join(site, "compare/index.html"), "utf8"), scripts = [...page.matchAll(/<script src="\.\.\/([^"]+)"/g)].map(([, path]) => path);
  return { scripts: scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(site, path))).length, 0), page: gzipSync(page).length, data: readdirSync(join(site, "assets")).filter((name) => name.startsWith("compare-data-")).reduce((sum, name) => sum + statSync(join(site, "assets", name)).size, 0) };
}

// site: an absolute path of a board with something to compare.
export async function testCompare(browser, tab, site, work, axe) {
  if (!existsSync(join(site, "compare/index.html"))) { await test("compare: there is a page", () => ["there is none"]); return; }
  const root = pathToFileURL(site).href + "/", size = wire(site);
  tab.noise.length = 0;
  await tab.view(1440, 900, false);
  await test("compare: any pair has the numbers of scores.json", () => pairIsRight(tab, site, root));
  await test("compare: the address keeps the choice, and back takes it back", () => addressKeepsIt(tab, root));
  await test("compare: the script says and draws what the program does", () => drawsTheSame(tab, root));
  await test("compare: keys and pointer read single points", () => pointsAreRead(tab));
  await test("compare: axe and layout of a chosen pair, also on a phone", async () => {
    await tab.run(axe);
    const problems = [...await tab.run(ask.axeViolations), ...await tab.run(ask.look)];
    await tab.view(360, 800, true);
    problems.push(...await tab.run(ask.axeViolations), ...await tab.run(ask.look), ...await tab.run(ask.contrast));
    await tab.view(1440, 900, false);
    return problems;
  });
  await test("compare: SVG, PNG and CSV from a file", () => filesAreGood(browser, tab, join(work, "compare-files")));
  await test("compare: SVG, PNG and CSV from a server", async () => {
    const server = await serve({ "/lab/": site });
    try {
      await tab.go(`${server.origin}/lab/compare/index.html`);
      return await filesAreGood(browser, tab, join(work, "compare-served"));
    } finally {
      server.close();
    }
  });
  await test("compare: models against each other have the scores of scores.json", () => modelsAreRight(tab, site, root, axe));
  await test("compare: models against each other have the layers of scores.json", () => layersAreRight(tab, site, root, axe));
  await test(`compare: scripts of ${size.scripts} bytes on the wire`, () => (size.scripts <= BUDGET ? [] : [`more than ${BUDGET}`]));
  const many = await drawMany(tab, root);
  await test(`compare: 5,000 models are drawn (${many.elements} elements, ${many.bytes} bytes)`, () => (many.points === 5000 ? [] : [`${many.points} points`]));
  await test("compare: nothing on the console", () => tab.noise.slice());
}
