// Other ways to meet a page: printed, by keyboard, with reduced motion, in forced colours.
import { execFileSync } from "node:child_process";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { choosePages, pagesOf } from "./site.mjs";
import { test } from "./tap.mjs";
import { contrast } from "./look.mjs";
import { share } from "./pages.mjs";

// --- print ----------------------------------------------------------------------------------------------------------------

// Words of a PDF with their boxes, by page. → [{width, height, words: [{text, right, bottom}]}]
function readPdf(file) {
  const html = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  const text = (s) => s.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", "\"").replaceAll("&amp;", "&");
  return html.split(/<page /).slice(1).map((page) => ({
    width: Number(/width="([\d.]+)"/.exec(page)[1]), height: Number(/height="([\d.]+)"/.exec(page)[1]),
    words: [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([\s\S]*?)<\/word>/g)]
      .map(([, left, top, right, bottom, word]) => ({ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), text: text(word) })),
  }));
}

// In the page: the texts of the tables that paper must have too.
function tableTexts() {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".vh");
  return [...document.querySelectorAll("main table :is(th, td)")].filter(seen).map((e) => {
    const copy = e.cloneNode(true);
    for (const hidden of copy.querySelectorAll(".vh, button, [hidden]")) hidden.replaceWith(...(hidden.matches("button") ? hidden.childNodes : []));
    return copy.textContent.replace(/\s+/g, " ").trim();
  }).filter(Boolean);
}

async function printed(tab, url, file) {
  const problems = [];
  await tab.go(url);
  await tab.media({}, "print");
  const texts = await tab.run(tableTexts);
  await tab.media({});
  writeFileSync(file, await tab.pdf());
  const pages = readPdf(file);
  for (const [i, page] of pages.entries())
    for (const word of page.words)
      if (word.right > page.width + 1 || word.left < -1 || word.bottom > page.height + 1 || word.top < -1) problems.push(`"${word.text.slice(0, 30)}" lies outside page ${i + 1} of the paper`);
  // A text may be broken into lines, between which other cells' words stand, and near words may stick together: each word is looked for, of one that is
  // broken itself the beginning.
  const ink = pages.map((page) => page.words.map((w) => w.text).join(" ")).join(" "), count = (word) => ink.split(word).length - 1;
  for (const text of new Set(texts)) for (const word of text.replace(/(\d)=/g, "$1 =").replace(/([✕–])/g, "$1 ").split(" ")) if (!count(word) && !count(word.slice(0, 3))) problems.push(`not on paper: "${word}" of "${text.slice(0, 60)}"`);
  const wanted = new Map();
  for (const text of texts) if (/^−?\d*\.\d+$/.test(text)) wanted.set(text, (wanted.get(text) || 0) + 1);
  for (const [text, n] of wanted) if (count(text) < n) problems.push(`${text} stands ${n} times in the tables and ${count(text)} times on paper`);
  return problems;
}

// --- motion, colours, keyboard --------------------------------------------------------------------------------------------

function moving() {
  const slow = (times) => times.split(",").some((t) => parseFloat(t) * (/ms$/.test(t.trim()) ? 1 : 1000) > 1);
  return [...document.querySelectorAll("*")].flatMap((e) => {
    const s = getComputedStyle(e), found = [];
    if (slow(s.transitionDuration) || (s.animationName !== "none" && slow(s.animationDuration)) || s.scrollBehavior === "smooth") found.push(`<${e.localName} class="${e.getAttribute("class") || ""}"> moves in spite of prefers-reduced-motion`);
    return found;
  });
}

// In forced colours what differs only by colour must differ by text too; marks keep an edge or a text.
function forced() {
  if (!matchMedia("(forced-colors: active)").matches) return ["forced colours are not emulated"];
  return [...document.querySelectorAll("main :is(td, th, li, p, a, button, svg text)")].filter((e) => e.checkVisibility() && getComputedStyle(e).color === getComputedStyle(e).backgroundColor)
    .map((e) => `<${e.localName} class="${e.getAttribute("class") || ""}"> is not seen in forced colours`);
}

// In the page, after a press of Tab: where the focus is, and what is wrong with how it shows.
function focused() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), box = e.getClientRects()[0] || e.getBoundingClientRect(), name = `<${e.localName} class="${e.getAttribute("class") || ""}"> ${e.textContent.trim().slice(0, 20)}`, problems = [];
  if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 1) problems.push(`the focus on ${name} does not show`);
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) problems.push(`the focus on ${name} is out of sight`);
  const at = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1));
  const inChart = e.closest("svg") !== null && at?.closest("svg") === e.closest("svg"); // points may lie on each other; the ring is wider than both
  if (at && !inChart && !e.contains(at) && !at.contains(e) && box.width > 2) problems.push(`the focus on ${name} is covered by <${at.localName} class="${at.getAttribute("class") || ""}">`);
  e.dataset.stop = (Number(e.dataset.stop) || 0) + 1;
  return { problems, again: e.dataset.stop > 1, index: e.tabIndex };
}

const STOPS = 60; // of the tabulator, per page
async function byKeyboard(tab, url) {
  const problems = [];
  await tab.go(url);
  for (let i = 0; i < STOPS; i++) {
    await tab.key("Tab");
    const now = await tab.run(focused);
    if (!now || now.again) return i || await tab.run(() => !document.querySelector("a[href], button, input, select, summary")) ? problems : ["nothing takes the focus"];
    if (now.index > 0) problems.push("tabindex above 0");
    problems.push(...now.problems);
    if (i === 0) {
      const skip = await tab.run(() => document.activeElement.getAttribute("href"));
      if (!skip?.startsWith("#")) problems.push("the first stop is no link to the content");
    }
  }
  return problems;
}

export async function testPaper(tabs, name, site, work) {
  const pages = choosePages(site, pagesOf(site), 1), root = pathToFileURL(site).href + "/";
  const all = async (what, view, each) => {
    await test(`${name}: ${what} (${pages.length} pages)`, async () => {
      const problems = [];
      await share(tabs, pages, async (tab, page) => {
        await tab.view(...view);
        problems.push(...(await each(tab, page)).map((problem) => `${page}: ${problem}`));
      });
      return problems;
    });
  };
  await all("on paper nothing is cut", [1000, 800, false], (tab, page) => printed(tab, root + page, join(work, `${name}-${page.replaceAll("/", "_")}.pdf`)));
  await all("by keyboard the focus is seen", [1000, 700, false], (tab, page) => byKeyboard(tab, root + page));
  await all("nothing moves for those who do not want it", [1000, 800, false], async (tab, page) => {
    await tab.media({ "prefers-reduced-motion": "reduce" });
    await tab.go(root + page);
    return tab.run(moving);
  });
  await all("everything is seen in forced colours", [1000, 800, false], async (tab, page) => {
    await tab.media({ "forced-colors": "active" });
    await tab.go(root + page);
    const problems = [...await tab.run(forced), ...await tab.run(contrast)];
    await tab.media({});
    return problems;
  });
}
