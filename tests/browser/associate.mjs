// The statistics of the compare page (assets/associate.js) against scipy's numbers, which the C ones are held against as well.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url)), require = createRequire(import.meta.url);
const js = require(join(here, "../../assets/associate.js"));
const MOST = 1e-9;

const number = (value) => (value === null || value === undefined || value === "nan" ? NaN : value === "inf" ? Infinity : value === "-inf" ? -Infinity : value);
// The difference, relative beyond 1; 0 for NaN and NaN, infinite for a NaN that should be none.
export function difference(got, want) {
  if (Number.isNaN(want) || Number.isNaN(got)) return Number.isNaN(want) && Number.isNaN(got) ? 0 : Infinity;
  return got === want ? 0 : Math.abs(got - want) / Math.max(1, Math.abs(want));
}

// name: in the file; value: of an association. Expected values that the file does not have are not compared.
const VALUES = { n: "n", r: "r", p: "p", low: "low", high: "high", rho: "rho", rho_p: "rhoP", slope: "slope", intercept: "intercept", slope_se: "slopeSe" };

function comparePairs(cases) {
  const problems = [];
  let worst = 0, compared = 0;
  for (const one of cases) {
    const found = js.associate(one.x.map(number), one.y.map(number));
    const check = (name, got, want) => {
      const d = difference(got, want);
      worst = Math.max(worst, d);
      compared++;
      if (!(d <= MOST) || (name === "p" && relative(got, want) > (one.name === "large mean" ? 1e-6 : 1e-8))) problems.push(`${one.name}: ${name} is ${got}, not ${want}`);
    };
    for (const [name, key] of Object.entries(VALUES)) if (name in one) check(name, found[key], number(one[name]));
    if ("band" in one) check("band", js.lineBand(found, [one.band_at])[0], number(one.band));
  }
  return { problems, worst, compared };
}

// p values are small: they are compared relatively as well.
const relative = (got, want) => (want > 1e-290 ? Math.abs(got / want - 1) : 0);

export async function testAssociate() {
  const { cases } = JSON.parse(readFileSync(join(here, "../numeric/association/cases.json"), "utf8"));
  const found = comparePairs(cases.pairs);
  await test(`statistics in the browser equal scipy's: ${found.compared} numbers of ${cases.pairs.length} data sets, the largest difference ${found.worst.toExponential(1)}`,
    () => (found.compared < 200 ? [`only ${found.compared} numbers were compared`] : found.problems));
  await test(`Student's t in the browser equals scipy's (${cases.student.length} p values, ${cases.quantiles.length} quantiles)`, () => [
    ...cases.student.map(({ t, dof, p }) => ({ what: `p of ${t} with ${dof}`, got: js.studentP(t, dof), want: p })).filter(({ got, want }) => !(difference(got, want) <= MOST && relative(got, want) <= 1e-8)),
    ...cases.quantiles.map(({ p, dof, t }) => ({ what: `quantile ${p} with ${dof}`, got: js.studentQuantile(p, dof), want: t })).filter(({ got, want }) => !(difference(got, want) <= MOST)),
  ].map(({ what, got, want }) => `${what} is ${got}, not ${want}`));
}
