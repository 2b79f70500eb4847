// What must hold on any board of simulated data, whatever the world: prints "name|problem; problem" a line, nothing after | when it holds.
// These are the only claims about scores that are tested: which model wins is a finding, not a requirement.
import {readFileSync} from 'node:fs';

const board = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const model = new Map(board.models.map(m => [m.id, m]));
const benchmark = new Map(board.benchmarks.map(b => [b.id, b]));
const cells = board.cells.filter(c => c.status === 'ok');
const shown = c => `${c.model} on ${c.benchmark}: ${c.raw} raw, score ${c.score} ± ${c.error ?? '?'}, ceiling ${c.ceiling ?? '?'}`;

function claim(name, cases, isWrong) {
    const wrong = cases.filter(isWrong);
    const problem = cases.length === 0 ? 'no case of it' : wrong.map(shown).join('; ');
    console.log(`${name}|${problem}`);
}

// The score by the benchmark's rule before it is cut to [0, 1], so that nothing hides in the cut.
function uncut(id, raw, ceiling) {
    const rule = benchmark.get(id).normalise ?? 'none', c = ceiling ?? 1;
    switch (typeof rule === 'object' ? 'chance' : rule) {
        case 'ratio': return raw / c;
        case 'ratio_squared': return Math.sign(raw) * (raw / c) ** 2;
        case 'explained_variance': return Math.sign(raw) * raw ** 2 / c;
        case 'ratio_sqrt': return raw / Math.sqrt(c);
        case 'chance': return (raw - rule.chance) / (c - rule.chance);
        default: return raw;
    }
}
const score = c => uncut(c.benchmark, c.raw, c.ceiling);

// Noise: three of the errors that the metric itself gives, and never less than a few hundredths, because the ceiling has noise of its own.
const slack = c => Math.max(0.05, 3 * (c.error ?? 0));
// What answers at random is not at zero where accuracies are compared: with 8 names, and observers that know p of them, its accuracy distance is 1/(8p).
const metric = c => { const m = benchmark.get(c.benchmark).metric; return typeof m === 'object' ? m.name : m; };
const isShuffled = c => /shuffled/.test(c.model) && metric(c) !== 'accuracy_distance';
const hasOracle = c => benchmark.get(c.benchmark).oracle?.raw !== undefined;
const oracle = c => uncut(c.benchmark, benchmark.get(c.benchmark).oracle.raw, c.ceiling);

console.log(`every board has cells in vision and language|${['vision', 'language'].filter(d => !cells.some(c =>
    (model.get(c.model).domains ?? []).includes(d))).join('; ')}`);
const failed = board.cells.filter(c => c.status === 'failed');
console.log(`at most one cell failed|${failed.length > 1 ? failed.map(c => `${c.model} on ${c.benchmark}: ${c.reason}`).join('; ') : ''}`);
claim('shuffled controls score near zero', cells.filter(isShuffled), c => Math.abs(score(c)) > slack(c));
claim('no score is over 1 by more than noise', cells, c => score(c) > 1 + slack(c));
claim('no model is above the oracle by more than noise', cells.filter(hasOracle), c => score(c) > oracle(c) + slack(c));
