// Three changes of a real board, and what `brainboard diff` must say of them by hand: by arithmetic on the two results that shares nothing with the program.
//   node diff.mjs make BOARD OUT            writes manifests of the board as it is, without a model, without a benchmark, and with another ceiling
//   node diff.mjs check CHANGE OLD NEW DIFF  the results before and after and the difference as JSON; prints what is wrong, and a line on what was looked at
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const MODEL = "HMAX", BENCHMARK = "Kriegeskorte2008.monkeyIT-rdm", PARENT = "IT", CEILED = "Kriegeskorte2008.humanIT-rdm", CEILING = 0.5;

function make(board, out) {
  const manifest = read(join(board, "manifest.json")), write = (name, value) => writeFileSync(join(out, name), JSON.stringify(value));
  const models = read(join(board, "models.json")), benchmarks = read(join(board, "benchmarks.json"));
  mkdirSync(out, { recursive: true });
  const put = (name, theirs, ours) => {
    write(`${name}-models.json`, theirs);
    write(`${name}-benchmarks.json`, ours);
    write(`${name}.json`, { ...manifest, benchmarks: [resolve(board, "../shared/vision.json"), `${name}-benchmarks.json`], models: [`${name}-models.json`] });
  };
  const others = (entry) => entry.for_each ? { ...entry, for_each: entry.for_each.filter((row) => row.model !== MODEL) } : entry;
  const without = (list, id) => { if (!list.some((entry) => entry.id === id)) throw new Error(`no ${id}`); return list.filter((entry) => entry.id !== id); };
  put("whole", models, benchmarks);
  put("model", models.map(others), benchmarks);
  const exempt = ({ [BENCHMARK]: _, ...rest }) => rest; // an exemption from a benchmark that is not there would be a mistake
  put("benchmark", models.map((entry) => entry.not_applicable ? { ...entry, not_applicable: exempt(entry.not_applicable) } : entry), without(benchmarks, BENCHMARK));
  put("ceiling", models, benchmarks.map((entry) => entry.id === CEILED ? { ...entry, ceiling: { value: CEILING } } : entry));
}

const problems = [];
const expect = (good, what) => { if (!good) problems.push(what); };
const near = (a, b) => Math.abs(a - b) <= 1e-12;
const cell = (results, model, benchmark) => results.cells.find((it) => it.model === model && it.benchmark === benchmark);
const average = (results, model, node) => results.aggregates.find((it) => it.model === model && it.node === node)?.score;
const sum = (terms, kind) => terms.filter((term) => !kind || term.kind === kind).reduce((total, term) => total + term.delta, 0);
// Competition ranks on the average rounded once, half up, to two decimals.
function ranks(results, node) {
  const shown = results.models.filter((it) => !it.reference).map((it) => [it.id, Math.floor(average(results, it.id, node) * 100 + 0.5 + 1e-9)]);
  return Object.fromEntries(shown.map(([id, value]) => [id, 1 + shown.filter(([, other]) => other > value).length]));
}

// In both: each average and its change; the terms of one kind, which must be all there is.
function checkAverages(old, now, diff, kind, changes) {
  let n = 0;
  for (const { id } of now.models)
    for (const node of ["average_vision", "neural_vision", PARENT, "behavior_vision"]) {
      const was = average(old, id, node), is = average(now, id, node), said = diff.averages.find((it) => it.model === id && it.node === node);
      if (was === undefined || is === undefined) continue;
      const delta = changes(id, node);
      n++;
      expect(near(is - was, delta), `${id} at ${node}: from ${was} to ${is}, by hand ${delta}`);
      if (Math.abs(delta) > 1e-15) {
        expect(said && near(sum(said.terms), delta) && near(sum(said.terms, kind), delta), `${id} at ${node}: ${JSON.stringify(said?.terms)}, by hand ${kind} ${delta}`);
        expect(said && near(said.before, was) && near(said.after, is), `${id} at ${node}: the two averages`);
      } else expect(!said?.terms || said.terms.every((term) => near(term.delta, 0)), `${id} at ${node}: ${JSON.stringify(said?.terms)}, by hand nothing`);
    }
  return n;
}

function checkRanks(old, now, diff) {
  const before = ranks(old, "average_vision"), after = ranks(now, "average_vision");
  let moved = 0;
  for (const id of Object.keys(after)) {
    const said = diff.averages.find((it) => it.model === id && it.node === "average_vision");
    if (!(id in before) || before[id] === after[id]) continue;
    moved++;
    const parts = said?.rank;
    expect(parts && parts.before === before[id] && parts.after === after[id], `${id}: rank ${JSON.stringify(parts)}, by hand ${before[id]} to ${after[id]}`);
    expect(parts && (parts.own ?? 0) + (parts.entered ?? 0) + (parts.left ?? 0) + (parts.moved ?? 0) === after[id] - before[id], `${id}: the parts of its rank ${JSON.stringify(parts)}`);
  }
  return moved;
}

const checks = {
  model(old, now, diff) { // those behind it move up by one, and nothing else happens
    const n = checkAverages(old, now, diff, "none", () => 0), moved = checkRanks(old, now, diff);
    expect(JSON.stringify(diff.models_removed) === JSON.stringify([MODEL]) && diff.models_added.length === 0, `models removed: ${JSON.stringify(diff.models_removed)}`);
    expect(diff.cells.length === 0 && diff.benchmarks.length === 0, "scores or benchmarks changed");
    expect(moved > 0, "nobody moved up");
    for (const it of diff.averages.filter((it) => it.node === "average_vision")) expect(it.rank.left === it.rank.after - it.rank.before, `${it.model}: ${JSON.stringify(it.rank)}`);
    return `${n} averages unchanged, ${moved} models moved up because ${MODEL} left`;
  },
  benchmark(old, now, diff) { // the mean of the children of its parent takes one more, and so on upwards: one child each
    const one = (id) => cell(now, id, BENCHMARK); // not applicable: it does not count
    const of = (id) => one(id).status === "not_applicable" ? 0 : (average(old, id, PARENT) + one(id).score) / 2 - average(old, id, PARENT);
    const share = { [PARENT]: 1, neural_vision: 1, average_vision: 1 / 2, behavior_vision: 0 };
    const n = checkAverages(old, now, diff, "added", (id, node) => share[node] * of(id)), moved = checkRanks(old, now, diff);
    expect(diff.benchmarks.length === 1 && diff.benchmarks[0].benchmark === BENCHMARK && diff.benchmarks[0].change === "added", `benchmarks: ${JSON.stringify(diff.benchmarks)}`);
    expect(diff.cells.length === 0, "scores of benchmarks that are in both changed");
    return `${n} averages by hand, ${moved} ranks`;
  },
  ceiling(old, now, diff) { // score = raw / ceiling, clipped where it is
    const was = old.benchmarks.find((it) => it.id === CEILED).ceiling.value;
    const clip = (x) => Math.min(1, Math.max(0, x));
    const of = (id) => { const raw = cell(old, id, CEILED).raw; return clip(raw / CEILING) - clip(raw / was); };
    const share = { [PARENT]: 1, neural_vision: 1, average_vision: 1 / 2, behavior_vision: 0 };
    const siblings = (id) => cell(old, id, BENCHMARK).status === "not_applicable" ? 1 : 2;
    const n = checkAverages(old, now, diff, "revised", (id, node) => share[node] * of(id) / siblings(id)), moved = checkRanks(old, now, diff);
    expect(diff.benchmarks.length === 1 && diff.benchmarks[0].benchmark === CEILED, `benchmarks: ${JSON.stringify(diff.benchmarks)}`);
    expect(diff.cells.length > 0 && diff.cells.every((it) => it.benchmark === CEILED), "scores of other benchmarks changed");
    return `${n} averages by hand, ${diff.cells.length} scores, ${moved} ranks`;
  },
};

const [what, ...args] = process.argv.slice(2);
if (what === "make") make(...args);
else {
  const said = checks[args[0]](...args.slice(1).map(read));
  console.log(problems.length ? problems.slice(0, 8).join("\n") : `# ${args[0]}: ${said}`);
  process.exitCode = problems.length ? 1 : 0;
}
