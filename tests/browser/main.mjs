// The site in a browser. usage: main.mjs BRAINBOARD TOOLS WORK [PICTURES]     prints TAP
// BRAINBOARD: the program; TOOLS: where `npm ci` has put axe-core and the Nu checker; WORK: an empty folder; PICTURES: a folder for screenshots.
import { execFileSync } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { open } from "./driver.mjs";
import { axeSource, testPages } from "./pages.mjs";
import { testAssociate } from "./associate.mjs";
import { testCompare } from "./compare.mjs";
import { testHostile } from "./hostile.mjs";
import { makeListBoard } from "./boards.mjs";
import { testLeaderboard } from "./leaderboard.mjs";
import { testBoard, testTable } from "./table.mjs";
import { testPaper } from "./paper.mjs";
import { testPolicy } from "./policy.mjs";
import { plan, test } from "./tap.mjs";
import { testValidity } from "./valid.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [brainboard, tools, work, pictures] = process.argv.slice(2).map((path) => resolve(path));

// Boards whose pages are looked at: a simulated project, the golden case with every kind of failure, and score lists with a wide and deep tree.
function example() {
  execFileSync(brainboard, ["example", join(work, "example"), "--size", "small"], { stdio: "pipe" });
  return join(work, "example");
}
// A release before it, with two models less, whose scores fell to others: so every page has a history.
function earlierRelease(options) {
  const folder = makeListBoard(join(work, "earlier"), 46);
  execFileSync(brainboard, ["build", join(folder, "manifest.json"), "--quiet", "--cache", join(work, "cache"), "-o", join(work, "earlier-site"), "--release", "2026.10", ...options], { stdio: "pipe" });
}
const BOARDS = [
  { name: "example", project: example },
  { name: "failures", project: () => join(here, "../golden/build-models-that-fail") },
  { name: "lists", project: () => makeListBoard(join(work, "lists")), options: ["--history", join(work, "history")], before: earlierRelease },
];

const sites = [];
for (const { name, project, options = [], before } of BOARDS)
  await test(`${name}: builds`, () => {
    const site = join(work, name + "-site");
    before?.(options);
    execFileSync(brainboard, ["build", join(project(), "manifest.json"), "--quiet", "--cache", join(work, "cache"), "-o", site, ...options], { stdio: "pipe" });
    sites.push({ name, site });
  });

await testAssociate();
const checked = testValidity(sites, tools);
const browser = await open();
try {
  const tabs = [await browser.tab(), await browser.tab()], axe = axeSource(tools);
  await testHostile(tabs, brainboard, join(here, "../../src/catalog"), join(work, "hostile"));
  await testTable(tabs[0], join(work, "lists-site"));
  await testBoard(tabs[0], join(work, "lists-site"), axe);
  await testLeaderboard(browser, tabs[0], sites, join(work, "lists-site"), work);
  await testPolicy(tabs[0], join(work, "lists-site"), work);
  await testCompare(browser, tabs[0], join(work, "example-site"), work, axe);
  for (const { name, site } of sites) {
    await testPages(tabs, name, site, axe, pictures && join(pictures, name));
    await testPaper(tabs, name, site, work);
  }
} finally {
  await browser.close();
}
await checked;
process.exit(plan());
