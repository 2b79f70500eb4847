// The site that Hugo is timed on, with the same pages, tables and numbers: node hugo.mjs SCORES.json SITE FOLDER; SITE is what brainboard rendered of the same scores.
// Hugo is given everything computed, as texts, in the JSON at the head of each page; charts are given drawn. What is left to it is what a generator of sites does:
// templates, escaping, links and files. Beside a page of a model or benchmark stand the files that it links to: its data as JSON, its table as CSV, JSON, LaTeX and
// Markdown, its charts as SVG and the numbers of its chart as CSV.
import {cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const [from, site, to] = process.argv.slice(2), results = JSON.parse(readFileSync(from)), nodes = results.benchmarks, models = results.models;
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
// Parts of the rendered pages, as data.
const text = html => html.replace(/<[^>]*>/g, '').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&nbsp;', ' ');
const rendered = (kind, id) => readFileSync(join(site, kind, id, 'index.html'), 'utf8');
const data = (kind, id) => JSON.parse(readFileSync(join(site, 'data', kind, id + '.json')));
const file = path => readFileSync(join(site, path), 'utf8');
// A table as blocks of lines that are given as they are, each with rows of cells behind it.
function paper(path, isRow, cut) {
    const blocks = [{lines: [], rows: []}];
    for (const line of file(path).trimEnd().split('\n')) {
        if (isRow(line)) blocks.at(-1).rows.push(cut(line));
        else if (blocks.at(-1).rows.length) blocks.push({lines: [line], rows: []});
        else blocks.at(-1).lines.push(line);
    }
    return blocks.map(({lines, rows}) => ({head: lines.join('\n'), rows}));
}
function papers(id) {
    const {columns, rows, ...about} = JSON.parse(file(`data/tables/${id}.json`));
    return {about, columns, values: rows, series: file(`benchmarks/${id}/charts/scores.csv`).trimEnd().split('\n').map(line => line.split(',')),
        tex: paper(`data/tables/${id}.tex`, line => line.includes(' & ') && line.endsWith(' \\\\'), line => line.slice(0, -3).split(' & ')),
        md: paper(`data/tables/${id}.md`, line => /^\| /.test(line), line => line.slice(2, -2).split(' | '))};
}
const between = (html, start, end) => html.includes(start) ? html.slice(html.indexOf(start), html.indexOf(end, html.indexOf(start))) : '';
const all = (html, pattern) => [...html.matchAll(pattern)];
const charts = html => all(html, /<figcaption>(.*?)<\/figcaption>\s*(<svg.*?<\/svg>)/gs).map(m => ({title: text(m[1]), svg: m[2]}));
const cells = tr => all(tr, /<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs).map(m => text(m[1]));
const link = tr => tr.match(/(?:benchmarks|models)\/([^/"]*)\/index\.html/)?.[1] || '';
const rows = html => all(html, /<tr\b[^>]*>(.*?)<\/tr>/gs).map(m => m[1]).filter(tr => tr.includes('<td')).map(tr => ({id: link(tr), cells: cells(tr)}));
const facts = html => all(html, /<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs).map(m => ({name: text(m[1]), value: text(m[2])}));
function ofModel(id) {
    const html = rendered('models', id);
    return {charts: charts(html), standing: text(between(html, '<ul class="standings">', '</ul>')).trim(), layers: rows(between(html, '<h2 id="layers">', '</section>')),
        extremes: between(html, '<h2 id="extremes">', '</section>').split('<table').slice(1).map((table, i) => ({title: i ? 'Weakest' : 'Strongest', rows: rows(table)})), data: data('models', id)};
}
function ofBenchmark(id) {
    const html = rendered('benchmarks', id), board = between(html, '<table class="board">', '</table>'), head = between(board, '<thead>', '</thead>');
    return {charts: charts(html), steps: facts(between(html, '<h2 id="score">', '</section>')), spread: text(between(html, '<p class="spread">', '</p>')), relations: rows(between(html, '<h2 id="relations">', '</section>')),
        provenance: facts(between(html, '<h2 id="provenance">', '</section>')), data: data('benchmarks', id), parts: rows(between(html, '<h2 id="parts">', '</section>')), columns: all(head, /<th\b[^>]*>(.*?)<\/th>/gs).map(m => ({id: link(m[1]), title: text(m[1])})),
        board: all(between(board, '<tbody>', '</tbody>'), /<tr\b[^>]*>(.*?)<\/tr>/gs).map(m => ({id: link(m[1]), cells: all(m[1], /<t[hd]\b([^>]*)>(.*?)<\/t[hd]>/gs).map(c => ({c: c[1].match(/class="([^"]*)"/)?.[1] || '', t: text(c[2])}))}))};
}
function page(path, head) {
    mkdirSync(dirname(join(to, 'content', path)), {recursive: true});
    writeFileSync(join(to, 'content', path), JSON.stringify(head) + '\n');
}
const here = dirname(fileURLToPath(import.meta.url));
mkdirSync(to, {recursive: true});
cpSync(join(here, 'hugo'), to, {recursive: true});
const groups = nodes.map((_, i) => i).filter(i => !isLeaf(i)), inner = groups.filter(i => isLeaf(children[i][0]));
models.forEach((model, m) => page(`models/${model.id}.md`, {...ofModel(model.id), outputs: ['HTML', 'JSON', 'PLACE'], title: model.name, id: model.id, family: model.family, submitter: model.submitter, day: model.date,
    attributes: Object.entries(model.attributes).map(([name, value]) => ({name, value: String(value)})), groups: groups.map(i => row(i, m)),
    folds: inner.map(i => ({id: nodes[i].id, title: nodes[i].title, rows: children[i].map(k => row(k, m))}))}));
nodes.forEach((n, i) => page(`benchmarks/${n.id}.md`, {...ofBenchmark(n.id), paper: papers(n.id), outputs: ['HTML', 'JSON', 'VALUES', 'TABLE', 'SERIES', 'LATEX', 'MARKDOWN', ...(isLeaf(i) ? ['RANKING', 'PLACE'] : [])], title: n.title, id: n.id, text: n.description || '', leaf: isLeaf(i), models: !isLeaf(i) ? [] : order[i].map((m, k) => {
    const c = cell[i][m], tie = [k - 1, k + 1].some(other => rank[i][order[i][other]] === rank[i][m]);
    return {id: models[m].id, name: models[m].name, rank: String(rank[i][m]), tie, score: three(score[i][m]), shade: shade(i, m), error: c ? three(c.error) : '', raw: c ? three(c.raw) : '', layer: c?.layer || ''};
}), unscored: isLeaf(i) ? models.map((_, m) => m).filter(m => isNaN(score[i][m])).map(m => ({id: models[m].id, name: models[m].name, status: said[cell[i][m].status], reason: cell[i][m].reason || ''})) : []}));
page('vision.md', {title: 'Vision', layout: 'board', columns: nodes.map(n => ({id: n.id, title: n.title})), rows: order[0].map(m => ({id: models[m].id, name: models[m].name, family: models[m].family,
    rank: String(rank[0][m]), cells: nodes.map((_, i) => isNaN(score[i][m]) ? {t: said[cell[i][m].status], s: 'none'} : {t: score[i][m].toFixed(2), s: shade(i, m)})}))});
