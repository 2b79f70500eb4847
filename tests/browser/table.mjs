// The leaderboard: what stands in it, against the rules computed anew from the published numbers.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { PRIVATE } from "./boards.mjs";
import { axeViolations, contrast, look } from "./look.mjs";
import { Scores, rounded } from "./scores.mjs";
import { filesBelow } from "./site.mjs";
import { test } from "./tap.mjs";

// In the page: the rows of its first leaderboard. Numbers as they stand; the model by its address.
function rows() {
  const text = (e) => e ? [...e.childNodes].filter((n) => !n.classList?.contains("tie")).map((n) => n.textContent).join("").trim() : "";
  return [...document.querySelector("table.board tbody").rows].filter((row) => row.checkVisibility() && row.querySelector("th a")).map((row) => ({
    model: /models\/([^/]+)\//.exec(row.querySelector("th a").getAttribute("href"))[1], rank: text(row.querySelector(".rank")).match(/\d+/)?.[0] || "", tied: !!row.querySelector(".rank .tie"),
    own: text(row.querySelector("td.own")), cover: text(row.querySelector("td.cover")),
  }));
}

async function inHtml(tab, site, domain, root) {
  const problems = [], scores = new Scores(site), ranks = scores.competition(root), expect = (model, what, is, should) => { if (is !== should) problems.push(`${model}: ${what} is ${is || "nothing"}, not ${should || "nothing"}`); };
  await tab.scripts(false);
  await tab.go(`${pathToFileURL(site).href}/${domain}/index.html`);
  const table = await tab.run(rows);
  await tab.scripts(true);
  const known = scores.models.filter((m) => (m.visibility || "public") === "public" && scores.aggregate(m.id, root).of).map((m) => m.id);
  for (const id of known) if (!table.some(({ model }) => model === id)) problems.push(`${id} is not in the table`);
  const values = [...ranks.values()];
  for (const { model, rank, tied, own, cover } of table) {
    const { score, scored, of } = scores.aggregate(model, root);
    expect(model, "the rank", rank, ranks.has(model) ? String(ranks.get(model)) : "");
    expect(model, "the mark of a tie", String(tied), String(ranks.has(model) && values.filter((r) => r === ranks.get(model)).length > 1));
    if (score !== null) expect(model, "the average", own, rounded(score).toFixed(2).replace("-", "−"));
    if (scored) expect(model, "the coverage", cover, `${scored} of ${of}`);
  }
  const order = table.map(({ model }) => scores.aggregate(model, root).score).map((score) => score === null ? -Infinity : rounded(score));
  if (order.some((score, i) => i && score > order[i - 1])) problems.push("the rows are not sorted by their average");
  if (table.length < 5) problems.push(`only ${table.length} rows`);
  return problems;
}

// Nothing in the site, in no file, says that the private model exists.
function betrayals(site) {
  return [...filesBelow(site)].flatMap((path) => {
    const text = readFileSync(path, "latin1"), file = relative(site, path);
    return [PRIVATE.id, PRIVATE.name, PRIVATE.submitter, "unheard of"].filter((secret) => text.includes(secret) || file.includes(secret)).map((secret) => `${file} has “${secret}”`);
  });
}

export async function testTable(tab, site) {
  await tab.view(1440, 900, false);
  await test("lists: the table of vision follows the rules", () => inHtml(tab, site, "vision", "average_vision"));
  await test("lists: the table of language follows the rules", () => inHtml(tab, site, "language", "average_language"));
  await test("lists: nothing betrays a private model", () => betrayals(site));
}

// --- with scripts -----------------------------------------------------------------------------------------------------------

// In the page: all of the first leaderboard. → {rows: [{model, rank, was, cells: {key: text}}], sorted: [[key, direction]], status}
function whole() {
  const table = document.querySelector("table.board"), [first, second] = table.tHead.rows, below = [...(second?.cells || [])], keys = [];
  const key = (th) => th.dataset.node || (th.classList.contains("rank") ? "rank" : th.textContent.trim());
  for (const th of first.cells) keys.push(...(th.scope === "colgroup" ? below.splice(0, th.colSpan).map(key) : [key(th)]));
  const rank = (cell) => /(\d+)\s*=?$/.exec([...cell.childNodes].filter((n) => !n.classList?.contains("was")).map((n) => n.textContent).join("").trim())?.[1] || "";
  return {
    rows: [...table.tBodies[0].rows].filter((row) => row.querySelector("th a")).map((row) => ({
      model: /models\/([^/]+)\//.exec(row.querySelector("th a").getAttribute("href"))[1], rank: rank(row.cells[0]), was: row.querySelector(".was")?.textContent.match(/\d+/)?.[0] || "",
      cells: Object.fromEntries([...row.cells].map((cell, i) => [keys[i], cell.textContent.trim()])),
    })),
    sorted: [...table.tHead.querySelectorAll("[aria-sort]")].map((th) => [key(th), th.getAttribute("aria-sort")]),
    status: document.querySelector(".board-frame [role=status]").textContent, keys,
  };
}

// Where a thing is, for the mouse; scrolled into sight first.
async function click(tab, what, ...args) {
  const found = `const e = (${what})(...${JSON.stringify(args)}); if (!e) return null;`, frame = "await new Promise(requestAnimationFrame);"; // the mouse meets what was painted last
  const at = await tab.run(`(async () => { ${found} e.scrollIntoView({block: "center", inline: "center"}); ${frame} ${frame} const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()`);
  if (!at) throw new Error(`nothing to click: ${what} ${args}`);
  await tab.press(...at);
}
const sortButton = (key) => document.querySelector(`.board-frame th[data-node="${key}"] .sort`);
const named = (selector, text) => [...document.querySelectorAll(`.board-frame ${selector}`)].find((e) => e.textContent.trim() === text);
const box = (text) => [...document.querySelectorAll(".board-frame .panel label")].find((e) => (e.querySelector("bdi") || e).textContent.trim() === text)?.querySelector("input");

const same = (is, should, what) => (JSON.stringify(is) === JSON.stringify(should) ? [] : [`${what}: ${JSON.stringify(is).slice(0, 300)}, not ${JSON.stringify(should).slice(0, 300)}`]);
const models = (view) => view.rows.map(({ model }) => model);

// The scene of each test: the page anew, and what the rules say of it.
class Scene {
  constructor(tab, site, domain, root) {
    Object.assign(this, { tab, site, root, scores: new Scores(site), url: `${pathToFileURL(site).href}/${domain}/index.html` });
  }
  async open(hash = "") {
    await this.tab.go("about:blank");
    await this.tab.go(this.url + hash);
    this.before = await this.tab.run(whole);
  }
  see() { return this.tab.run(whole); }
  // After something was done: waits until a view says so.
  until(what, ...args) { return this.tab.until(`(() => { const view = (${whole})(); return (${what})(view, ...${JSON.stringify(args)}) ? view : null; })()`); }
  leaves() { return this.scores.benchmarks.filter((node) => !this.scores.children.get(node.id).length).map((node) => node.id); }
  below(node) { const children = this.scores.children.get(node); return children.length ? children.flatMap((child) => this.below(child.id)) : [node]; }
}

async function searches(scene) {
  const problems = [], info = new Map(scene.scores.models.map((m) => [m.id, m]));
  const has = (word) => (id) => [info.get(id).name, info.get(id).id, info.get(id).submitter, info.get(id).family].some((text) => (text || "").toLowerCase().includes(word));
  const [vit, cornet, ada, one, oneil] = ["vit", "cornet", "ada lab", "1", "o’neil"].map(has);
  const cases = [["ViT", vit], ["vit OR cornet", (m) => vit(m) || cornet(m)], ["vit NOT 1", (m) => vit(m) && !one(m)], ["vit AND \"ada lab\"", (m) => vit(m) && ada(m)], ["vit \"ada lab\" OR cornet NOT 1", (m) => (vit(m) && ada(m)) || (cornet(m) && !one(m))],
    ["O’NEIL", oneil], ["(no such) model", () => false]];
  for (const [query, keep] of cases) {
    await scene.open();
    await scene.tab.run(() => document.querySelector(".board-frame input[type=search]").focus());
    await scene.tab.type(query);
    const wanted = models(scene.before).filter(keep), n = scene.before.rows.length;
    const view = await scene.until((v, k) => v.status.includes(k), `${wanted.length} of ${n}`);
    problems.push(...same(models(view), wanted, `search for ${query}`));
    if (!/search/.test(view.status) || !view.status.includes(String(n - wanted.length))) problems.push(`search for ${query}: the status does not say why ${n - wanted.length} are hidden: ${view.status}`);
    const ranks = scene.scores.competition(scene.root), among = new Map(wanted.filter((m) => ranks.has(m)).map((m) => [m, 1 + wanted.filter((o) => ranks.has(o) && ranks.get(o) < ranks.get(m)).length]));
    for (const row of view.rows) {
      problems.push(...same(row.rank, String(among.get(row.model) ?? ""), `rank of ${row.model} in ${query}`));
      if (ranks.has(row.model)) problems.push(...same(row.was || row.rank, String(ranks.get(row.model)), `original rank of ${row.model} in ${query}`));
    }
  }
  return problems;
}

async function filters(scene) {
  await scene.open();
  const info = new Map(scene.scores.models.map((m) => [m.id, m]));
  await click(scene.tab, named, "summary", "Filter");
  await scene.tab.until(() => document.querySelectorAll(".board-frame .panel fieldset").length > 2);
  await click(scene.tab, box, "self-supervised");
  const wanted = models(scene.before).filter((m) => info.get(m).attributes.training === "self-supervised");
  let view = await scene.until((v, n) => v.rows.length === n, wanted.length);
  const problems = same(models(view), wanted, "filter by training");
  if (!/filter/.test(view.status)) problems.push(`the status does not name the filter: ${view.status}`);
  await scene.tab.run(() => document.querySelector('.board-frame input[aria-label="Parameters: at least"]').focus());
  await scene.tab.type("30000000");
  await scene.tab.key("Enter");
  const large = wanted.filter((m) => info.get(m).attributes.parameters >= 3e7);
  view = await scene.until((v, n) => v.rows.length === n, large.length);
  if (!large.length || large.length === wanted.length) problems.push("the filter by size is not tested: it leaves none or all");
  return [...problems, ...same(models(view), large, "filter by training and size")];
}

// Leaves out benchmarks: averages, coverage and ranks must be those of the rest, computed anew.
async function chooses(scene) {
  await scene.open();
  await click(scene.tab, named, "summary", "Benchmarks");
  await scene.tab.until(() => document.querySelectorAll(".board-frame .choose input").length > 5);
  for (const title of ["V1", "sketch", "Rajalingham, Issa et al. 2018"]) await click(scene.tab, box, title);
  const off = new Set([...scene.below("V1"), "Geirhos2021.sketch-ec", "Rajalingham2018-i2n"]), chosen = new Set(scene.leaves().filter((leaf) => !off.has(leaf)));
  const view = await scene.until((v) => !v.keys.includes("V1") && !v.keys.includes("Geirhos2021.sketch-ec") && !v.keys.includes("Rajalingham2018-i2n"));
  const ranks = scene.scores.competition(scene.root, chosen), first = scene.scores.competition(scene.root), problems = [];
  let moved = 0;
  for (const row of view.rows) {
    for (const node of [scene.root, "neural", "IT", "V4", "behavior", "Geirhos2021"]) {
      const { score } = scene.scores.aggregate(row.model, node, chosen);
      if (score !== null) problems.push(...same(row.cells[node], rounded(score).toFixed(2).replace("-", "−"), `${row.model}: average of ${node}`));
    }
    const { scored, of } = scene.scores.aggregate(row.model, scene.root, chosen);
    problems.push(...same(row.cells[".cover"], `${scored} of ${of}`, `${row.model}: coverage`), ...same(row.rank, String(ranks.get(row.model) ?? ""), `${row.model}: rank`));
    if (first.has(row.model)) problems.push(...same(row.was || row.rank, String(first.get(row.model)), `${row.model}: original rank`));
    moved += row.was !== "";
  }
  if (!moved) problems.push("no rank moved: nothing was tested");
  if (view.rows.length !== scene.before.rows.length) problems.push("models are gone");
  return problems;
}

// A view with a bit of everything, made by hand; → its address
async function makeView(scene) {
  await scene.open();
  await click(scene.tab, sortButton, "V4");
  await scene.until((v) => v.sorted.some(([key]) => key === "V4"));
  await click(scene.tab, named, "summary", "Benchmarks");
  await scene.tab.until(() => document.querySelectorAll(".board-frame .choose input").length > 5);
  await click(scene.tab, box, "V1");
  await scene.until((v) => !v.keys.includes("V1"));
  await scene.tab.run(() => document.querySelector(".board-frame input[type=search]").focus());
  await scene.tab.type("vit OR \"bo & co\"");
  await scene.until((v) => /search/.test(v.status));
  return scene.tab.run(() => location.href);
}

async function showsErrors(scene) {
  await scene.open();
  await click(scene.tab, named, "summary", "Benchmarks");
  await scene.tab.until(() => document.querySelectorAll(".board-frame .choose input").length > 5);
  await click(scene.tab, box, "Show errors (±)");
  const view = await scene.until((v) => JSON.stringify(v.rows).includes("±")), problems = [];
  for (const { model, cells } of view.rows) for (const leaf of view.keys.filter((key) => scene.leaves().includes(key))) {
    const cell = scene.scores.cell.get(`${model} ${leaf}`);
    if (cell?.status === "ok") problems.push(...same(cells[leaf].replace(/\s+/g, " "), `${rounded(cell.score).toFixed(2)} ±${rounded(cell.error).toFixed(2)}`, `${model} on ${leaf}`));
  }
  return problems;
}

// In use, with a panel open, a table is as accessible and keeps to the page as one that was only loaded.
async function inUse(scene, axe, panel) {
  const problems = [];
  await makeView(scene);
  await scene.tab.run(axe);
  await scene.tab.run((title) => [...document.querySelectorAll(".board-frame details")].forEach((d) => { d.open = d.querySelector("summary").textContent.trim() === title; }), panel);
  for (const [width, height] of [[1440, 900], [360, 800]]) for (const dark of [false, true]) {
    await scene.tab.view(width, height, dark);
    await scene.tab.run(() => { for (const e of [...document.querySelectorAll(".scroll"), window]) e.scrollTo(0, 0); }); // no target is half under the sticky head
    for (const question of [look, contrast, axeViolations]) problems.push(...(await scene.tab.run(question)).map((problem) => `${width} px, ${dark ? "dark" : "light"}: ${problem}`));
  }
  await scene.tab.view(1440, 900, false);
  return problems;
}

// As somebody with a mouse does it; leaderboard.mjs has the rest.
export async function testBoard(tab, site, axe) {
  const scene = new Scene(tab, site, "vision", "average_vision");
  await tab.view(1440, 900, false);
  tab.noise.length = 0;
  await test("lists: searches with AND, OR and NOT, and keeps the original ranks", () => searches(scene));
  await test("lists: filters by attributes", () => filters(scene));
  await test("lists: averages over chosen benchmarks are those of the full-precision values", () => chooses(scene));
  await test("lists: shows errors", () => showsErrors(scene));
  for (const panel of ["Filter", "Benchmarks"]) await test(`lists: in use, with ${panel} open`, () => inUse(scene, axe, panel));
  await test("lists: nothing on the console meanwhile", () => tab.noise);
}
