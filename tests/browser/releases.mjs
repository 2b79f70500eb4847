// Releases: the switcher, the banner of an old one and the way to the same page of another, from files and from a server under a sub-path.
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeListBoard } from "./boards.mjs";
import { inAllViews } from "./pages.mjs";
import { serve } from "./site.mjs";
import { report, test } from "./tap.mjs";
import * as ask from "./look.mjs";

const PREFIX = "/lab/board/", OLD = "2026.10", LATEST = "2026.11", STAYS = "models/vit-1/index.html", GOES = "models/vit-46/index.html";

// Two releases of one board: the second has two models less.
function makeReleases(brainboard, work) {
  const site = join(work, "released-site");
  for (const [name, n] of [[OLD, 48], [LATEST, 46]])
    execFileSync(brainboard, ["build", join(makeListBoard(join(work, `board-${name}`), n), "manifest.json"), "--quiet", "--no-pdf", "--cache", join(work, "cache"), "-o", site, "--release", name],
      { stdio: "pipe" });
  return site;
}

const banner = () => document.getElementById("edition")?.innerText.replace(/\s+/g, " ").trim();
const latestLink = () => document.querySelector(".edition-latest")?.href;
const entries = () => [...document.querySelectorAll("#release li")].map((li) => li.innerText.trim().replace(/\s+/g, " "));
const at = () => location.href;

// The page that a navigation ends at; while it is under way no question is answered.
async function arrives(tab, want) {
  let is;
  for (const end = Date.now() + 8000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      is = await tab.run(at);
      if (is === want && await tab.run(() => document.readyState === "complete")) return [];
    } catch { /* ask again */ }
  }
  return [`at ${is}, not ${want}`];
}

async function fromOldToNew(tab, root) {
  const problems = [], expect = (is, want, what) => { if (is !== want) problems.push(`${what}: ${is}, not ${want}`); };
  await tab.go(`${root}v/${OLD}/${STAYS}`);
  await tab.until(() => document.querySelector(".edition-latest")?.href.includes("/models/"));
  expect(await tab.run(latestLink), `${root}v/${LATEST}/${STAYS}`, "the same page in the latest release");
  expect(await tab.run(() => document.getElementById("edition").className), "edition outdated", "the class of the banner");
  await tab.go(`${root}v/${OLD}/${GOES}`);
  await tab.until(() => document.querySelector(".edition-latest")?.textContent.includes("no such page"));
  expect(await tab.run(latestLink), `${root}v/${LATEST}/index.html`, "a page that the latest release does not have");
  await tab.go(`${root}v/${LATEST}/${STAYS}`);
  expect(await tab.run(() => document.getElementById("edition").className), "edition", "the class of the banner of the latest");
  if (!(await tab.run(banner)).includes("It is the latest")) problems.push(`the banner of the latest: ${await tab.run(banner)}`);
  return problems;
}

async function switches(tab, root) {
  const problems = [];
  const choose = async (from, name, want) => {
    await tab.go(root + from);
    await tab.run((name) => {
      document.querySelector("#release summary").click();
      [...document.querySelectorAll("#release a")].find((a) => a.textContent === name).click();
    }, name);
    problems.push(...(await arrives(tab, root + want)).map((where) => `from ${from} to ${name}: ${where}`));
  };
  await choose(STAYS, OLD, `v/${OLD}/${STAYS}`);
  await choose(`v/${OLD}/${STAYS}`, LATEST, `v/${LATEST}/${STAYS}`);
  await choose(`v/${OLD}/${GOES}`, LATEST, `v/${LATEST}/index.html`);
  await tab.go(root + "index.html");
  const said = JSON.stringify(await tab.run(() => { document.querySelector("#release summary").click(); }) ?? await tab.run(entries));
  if (said !== JSON.stringify(["The board today", `${LATEST} latest · 2026-11-23`, `${OLD} 2026-11-23`, "All releases"])) problems.push(`the switcher says ${said}`);
  await tab.run(() => document.querySelector("#release summary").focus());
  await tab.key("Escape");
  if (await tab.run(() => document.querySelector("#release details").open)) problems.push("Escape does not close the switcher");
  return problems;
}

async function leadsOn(tab, root) {
  await tab.go(`${root}latest/index.html`);
  return arrives(tab, `${root}v/${LATEST}/index.html`);
}

// A release alone, away from its site, is still a board: its pages say which one it is, and no script fails for what is not there.
async function alone(tab, site, work) {
  const copy = join(work, "alone/a/b");
  cpSync(join(site, "v", OLD), join(copy, "v", OLD), { recursive: true });
  cpSync(join(site, "assets"), join(copy, "assets"), { recursive: true });
  await tab.go(pathToFileURL(join(copy, "v", OLD, STAYS)).href);
  const text = await tab.run(banner);
  return text.includes(`This is release ${OLD}`) && text.includes("The latest release") ? [] : [`the banner says ${text}`];
}

export async function testReleases(tab, brainboard, work, axe) {
  const site = makeReleases(brainboard, work), server = await serve({ [PREFIX]: site });
  try {
    for (const [how, root] of [["files", pathToFileURL(site).href + "/"], ["a sub-path", server.origin + PREFIX]]) {
      await tab.scripts(true);
      await test(`releases: an old page leads to the latest (${how})`, () => fromOldToNew(tab, root));
      await test(`releases: the switcher goes to the same page (${how})`, () => switches(tab, root));
      await test(`releases: latest/ leads on (${how})`, () => leadsOn(tab, root));
      await tab.scripts(false);
      await test(`releases: latest/ leads on without scripts (${how})`, () => leadsOn(tab, root));
      await tab.scripts(true);
    }
    await test("releases: a release without its site", () => alone(tab, site, work));
    tab.noise.length = 0;
    for (const page of ["v/index.html", `v/${OLD}/index.html`, `v/${OLD}/${STAYS}`, `v/${OLD}/compare/index.html`, `v/${LATEST}/vision/index.html`])
      report(`releases: ${page}`, [...await inAllViews(tab, pathToFileURL(join(site, page)).href, axe), ...tab.noise]);
    await test("releases: the open switcher", async () => {
      await tab.view(360, 800, true);
      await tab.go(pathToFileURL(join(site, "v", OLD, STAYS)).href);
      await tab.run(() => document.querySelector("#release summary").click());
      await tab.run(axe);
      const wide = await tab.run(() => document.documentElement.scrollWidth);
      return [...await tab.run(ask.axeViolations), ...(wide > 360 ? [`${wide} px wide`] : [])];
    });
  } finally {
    server.close();
  }
}
