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

// The error of the mean: what a spread over trials or subjects comes to. Kinds that are no spread of a mean say nothing.
function standardError(c) {
    const kind = c.error_kind ?? '', error = c.error ?? 0;
    if (/_sem?$/.test(kind)) return error;
    if (kind === 'trial_sd') return error / Math.sqrt(c.n);
    if (kind === 'subject_sd') return error / Math.sqrt(benchmark.get(c.benchmark).subjects ?? Infinity);
    return 0;
}
// Three of them, and never less than a few hundredths, because the ceiling has noise of its own.
const slack = c => Math.max(0.05, 3 * standardError(c));

// Where accuracies are compared, what answers at random is at chance, not at zero. Its accuracy distance depends on the observers too (with 8 names, of
// which they know a share p, it is 1/(8p)), so it is left out here.
const metric = c => { const m = benchmark.get(c.benchmark).metric; return typeof m === 'object' ? m.name : m; };
const chance = c => metric(c) !== 'accuracy' ? 0 : /two_choices/.test(c.benchmark) ? 1 / 2 : 1 / 8;
const isShuffled = c => /shuffled/.test(c.model) && metric(c) !== 'accuracy_distance';
const hasOracle = c => benchmark.get(c.benchmark).oracle?.raw !== undefined;
const oracle = c => uncut(c.benchmark, benchmark.get(c.benchmark).oracle.raw, c.ceiling);

console.log(`every board has cells in vision and language|${['vision', 'language'].filter(d => !cells.some(c =>
    (model.get(c.model).domains ?? []).includes(d))).join('; ')}`);
const failed = board.cells.filter(c => c.status === 'failed');
console.log(`at most one cell failed|${failed.length > 1 ? failed.map(c => `${c.model} on ${c.benchmark}: ${c.reason}`).join('; ') : ''}`);
// By chance a correlation of n items, or a kappa, has a standard error of 1/√n, whatever the spread over splits or subjects, who share the items.
const shuffled = cells.filter(isShuffled);
claim('shuffled controls are at chance on every benchmark', shuffled, c => Math.abs(c.raw - chance(c)) > 3 / Math.sqrt(c.n));
const mean = shuffled.reduce((sum, c) => sum + score(c) - chance(c), 0) / shuffled.length;
console.log(`shuffled controls score near zero on average|${Math.abs(mean) < 0.05 ? '' : `they score ${mean}`}`);

// The agreement of two noisy subjects is no bound for what has no noise: that agrees with one of them as the square root of it. Such is the truth.
const pairs = c => benchmark.get(c.benchmark).ceiling?.how === 'subject_pairs' && /^truth-/.test(c.model);
const bound = c => pairs(c) ? 1 / Math.sqrt(c.ceiling) : 1;
claim('no score is over 1 by more than noise', cells, c => score(c) > bound(c) + slack(c));
claim('no model is above the oracle by more than noise', cells.filter(hasOracle), c => score(c) > oracle(c) + slack(c));

// Neuroids are random sums of an area's features, so where the metric fits such sums, nothing predicts them as the area's features do. A comparison of
// geometries fits nothing: that of ten neuroids with thresholds and gains is not that of the features, and another model's can be nearer to it.
// There only the oracle bounds.
const isFitted = c => ['pls', 'ridge', 'ridgecv', 'linear'].includes(metric(c));
const truth = new Map(cells.filter(c => c.model === `truth-${benchmark.get(c.benchmark).region}`).map(c => [c.benchmark, score(c)]));
claim('no model is above the truth by more than noise where a mapping is fitted', cells.filter(c => truth.has(c.benchmark) && isFitted(c)),
    c => score(c) > truth.get(c.benchmark) + slack(c));
