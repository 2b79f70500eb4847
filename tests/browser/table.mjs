// The leaderboard: what stands in it, against the rules computed anew from the published numbers.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { PRIVATE } from "./boards.mjs";
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
