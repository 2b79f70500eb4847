// Signatures of three models, as numpy and scipy had them when the reference was studied: each number of i2n_reference.json to 1e-9, but the count of missing
// cells, which no result tells.
// usage: node i2n.mjs i2n_reference.json trials.csv scores.json     prints what differs, and the largest difference of the rest
import { readFileSync } from "node:fs";

const [reference, trials, scores] = process.argv.slice(2);
const want = JSON.parse(readFileSync(reference)), got = JSON.parse(readFileSync(scores));
const rows = readFileSync(trials, "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
let worst = 0, n = 0, wrong = 0;

function compare(what, mine, theirs) {
  const difference = Math.abs(mine - theirs);
  n++;
  if (difference <= 1e-9) worst = Math.max(worst, difference);
  else console.log(`    ${what} is ${mine}, expected ${theirs}`), wrong++;
}

/* Two numbers by their mean and standard deviation. */
function compareSplits(what, mean, sd, [a, b]) {
  const sign = Math.sign(a - b);
  compare(`${what}, the first half`, mean + sign * sd, a);
  compare(`${what}, the second`, mean - sign * sd, b);
}

compare("the number of trials", rows.length, want.trials);
compare("the number of right answers", rows.filter(([, truth, , choice]) => truth === choice).length, want.human_n_correct);
for (const [metric, of] of Object.entries(want).filter(([, value]) => value.ceiling)) {
  const { ceiling } = got.benchmarks.find(({ id }) => id === metric);
  compare(`the ceiling of ${metric}`, ceiling.value, of.ceiling);
  compare(`the error of the ceiling of ${metric}`, ceiling.error, of.ceiling_error);
  compareSplits(`the ceiling of ${metric}`, ceiling.value, ceiling.error, of.ceiling_splits_skipna);
  for (const [model, its] of Object.entries(of).filter(([, value]) => value.splits)) {
      const cell = got.cells.find((one) => one.benchmark === metric && one.model === model);
      compare(`${model} on ${metric}`, cell.raw, its.score);
      compare(`the error of ${model} on ${metric}`, cell.raw_error, its.error);
      compareSplits(`${model} on ${metric}`, cell.raw, cell.raw_error, its.splits);
  }
}
console.log(`${wrong} of ${n} numbers differ; largest difference of the others ${worst.toExponential(1)}`);
process.exit(wrong || n < 66 ? 1 : 0);
