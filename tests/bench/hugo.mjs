// The site that Hugo is timed on, of the same numbers: node hugo.mjs SCORES.json FOLDER. Hugo is given everything computed, as texts, in the JSON at the head of each
// page, which is what it reads fastest; what is left to it is what a generator of sites does: templates, escaping, links and files.
import {cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const [from, to] = process.argv.slice(2), results = JSON.parse(readFileSync(from)), nodes = results.benchmarks, models = results.models;
const at = new Map(nodes.map((n, i) => [n.id, i])), column = new Map(models.map((m, i) => [m.id, i]));
const children = nodes.map(() => []), leaves = nodes.map(() => 0), depth = nodes.map(() => 0);
nodes.forEach((n, i) => { if (n.parent) { children[at.get(n.parent)].push(i); depth[i] = depth[at.get(n.parent)] + 1; } });
const isLeaf = i => children[i].length === 0;
const cell = nodes.map(() => new Array(models.length)); // of leaves: node × model
for (const c of results.cells) cell[at.get(c.benchmark)][column.get(c.model)] = c;

// Averages in which a missing score counts as zero, from the last node to the first: children stand behind their parents.
const score = nodes.map(() => new Array(models.length).fill(NaN)), scored = nodes.map(() => new Array(models.length).fill(0));
for (let i = nodes.length - 1; i >= 0; i--) {
    leaves[i] = isLeaf(i) ? 1 : children[i].reduce((sum, k) => sum + leaves[k], 0);
    for (let m = 0; m < models.length; m++) {
        if (isLeaf(i)) score[i][m] = cell[i][m]?.status === 'ok' ? cell[i][m].score : NaN;
        else score[i][m] = children[i].reduce((sum, k) => sum + (score[k][m] || 0), 0) / children[i].length;
        scored[i][m] = isLeaf(i) ? +!isNaN(score[i][m]) : children[i].reduce((sum, k) => sum + scored[k][m], 0);
    }
}
const order = nodes.map((_, i) => models.map((_, m) => m).filter(m => !isNaN(score[i][m])).sort((a, b) => score[i][b] - score[i][a]));
const rank = nodes.map((_, i) => { const r = []; order[i].forEach((m, k) => { const up = order[i][k - 1]; r[m] = k && score[i][up].toFixed(2) === score[i][m].toFixed(2) ? r[up] : k + 1; }); return r; });
const median = nodes.map((_, i) => { const s = order[i].map(m => score[i][m]), n = s.length; return (s[(n - 1) >> 1] + s[n >> 1]) / 2; });
const best = nodes.map((_, i) => score[i][order[i][0]]);
const range = nodes.map((_, i) => [score[i][order[i].at(-1)], best[i]]);
const shade = (i, m) => 's' + Math.min(9, Math.floor(10 * (score[i][m] - range[i][0]) / (range[i][1] - range[i][0])));
const three = x => x.toFixed(3), said = {failed: 'failed', missing: 'not run', not_applicable: 'not applicable'};

function row(i, m) {
    const n = nodes[i], c = cell[i][m], length = x => Math.round(200 * x);
    const out = {id: n.id, title: n.title, depth: depth[i], leaf: isLeaf(i), version: n.version || ''};
    if (isNaN(score[i][m])) return {...out, status: said[c.status], reason: c.reason || ''};
    const error = c ? {error: three(c.error), kind: 'SEM over splits', low: length(c.score - c.error), error_length: length(2 * c.error)} : {};
    return {...out, ...error, score: three(score[i][m]), bar: length(score[i][m]), mid: length(median[i]), top: length(best[i]), rank: `${rank[i][m]} of ${order[i].length}`, median: three(median[i]),
        best: three(best[i]), how: c ? `${three(c.raw)} / ${three(c.ceiling)}` : `mean of ${children[i].length}`, n: c ? String(c.n) : `${scored[i][m]}/${leaves[i]}`, layer: c?.layer || ''};
}
function page(path, head) {
    mkdirSync(dirname(join(to, 'content', path)), {recursive: true});
    writeFileSync(join(to, 'content', path), JSON.stringify(head) + '\n');
}
const here = dirname(fileURLToPath(import.meta.url));
mkdirSync(to, {recursive: true});
cpSync(join(here, 'hugo'), to, {recursive: true});
const groups = nodes.map((_, i) => i).filter(i => !isLeaf(i)), inner = groups.filter(i => isLeaf(children[i][0]));
models.forEach((model, m) => page(`models/${model.id}.md`, {title: model.name, id: model.id, family: model.family, submitter: model.submitter, day: model.date,
    attributes: Object.entries(model.attributes).map(([name, value]) => ({name, value: String(value)})), groups: groups.map(i => row(i, m)),
    folds: inner.map(i => ({id: nodes[i].id, title: nodes[i].title, rows: children[i].map(k => row(k, m))}))}));
nodes.forEach((n, i) => page(`benchmarks/${n.id}.md`, {title: n.title, id: n.id, text: n.description || '', leaf: isLeaf(i), models: order[i].map((m, k) => {
    const c = cell[i][m], tie = [k - 1, k + 1].some(other => rank[i][order[i][other]] === rank[i][m]);
    return {id: models[m].id, name: models[m].name, rank: String(rank[i][m]), tie, score: three(score[i][m]), shade: shade(i, m), error: c ? three(c.error) : '', raw: c ? three(c.raw) : '', layer: c?.layer || ''};
}), unscored: isLeaf(i) ? models.map((_, m) => m).filter(m => isNaN(score[i][m])).map(m => ({id: models[m].id, name: models[m].name, status: said[cell[i][m].status], reason: cell[i][m].reason || ''})) : []}));
page('vision.md', {title: 'Vision', layout: 'board', columns: nodes.map(n => ({id: n.id, title: n.title})), rows: order[0].map(m => ({id: models[m].id, name: models[m].name, family: models[m].family,
    rank: String(rank[0][m]), cells: nodes.map((_, i) => isNaN(score[i][m]) ? {t: said[cell[i][m].status], s: 'none'} : {t: score[i][m].toFixed(2), s: shade(i, m)})}))});
