// The compare page with 5,000 models: from a choice to its chart, and a move of the pointer. usage: compare.mjs BRAINBOARD     exit status 1: too slow
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drawMany } from "../browser/compare.mjs";
import { open } from "../browser/driver.mjs";

const LIMITS = { draw: ["chosen, drawn", 100], move: ["a move of the pointer, within a frame", 16] }; // ms
const work = mkdtempSync(join(tmpdir(), "brainboard-bench-")), browser = await open();
try {
  execFileSync(process.argv[2], ["example", join(work, "example"), "--size", "small", "-q"], { stdio: "pipe" });
  execFileSync(process.argv[2], ["build", join(work, "example/manifest.json"), "--cache", join(work, "cache"), "-o", join(work, "site"), "-q"], { stdio: "pipe" });
  const tab = await browser.tab();
  await tab.view(1440, 900, false);
  const took = await drawMany(tab, pathToFileURL(join(work, "site")).href + "/");
  for (const [key, [what, limit]] of Object.entries(LIMITS)) {
    const good = took[key] <= limit;
    if (!good) process.exitCode = 1;
    console.log(`${`compare, 5,000 models: ${what}`.padEnd(70)} ${took[key].toFixed(2).padStart(9)} ms      at most  ${String(limit).padStart(5)}  ${good ? "met" : "MISSED"}`);
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
