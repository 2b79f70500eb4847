/*
 * The leaderboard table: sort, search, filter, choose benchmarks, keep the view in the address. The page is complete without it.
 *
 * On first use it loads full-precision values: assets/board-<node>-<digest>.js, which calls brainboard.board(name, data). Pure functions come first;
 * tests run them without a browser. What a number means is decided by the program: averages and ranks (src/score/aggregate.c), rounding
 * (src/base/text.c), columns and shades (src/render/view.c) are the same rules here.
 */
'use strict';

/* --- data ---------------------------------------------------------------------------------------------------------------------------------------
   The file has {node, policy, parity, palette, nodes, models, attributes, scores, errors, kinds, words, given}:
   nodes: [id, title, parent, flags], the table's own first, parents before children; in the reference's colours also min, max, grey.
   models: [id, name, submitter, family, flags, attributes].
   scores: per model, per leaf in the order of nodes: a number, or what there is instead: 'f'ailed, 'm'issing, 'n'ot applicable, '' nothing.
   errors: the same, null where none may be shown. kinds: per leaf what they are, or a list per model; words: what a kind is called.
   given: of groups that count unpublished scores, by number: per model [score, scored, of].
   A table takes its part (partOf), which also has leaf (number of a node among leaves), sides (what has ranks and a coverage: [{node, by}], by being the
   node that orders and ranks) and shown (nodes that have columns at first). A table of domains side by side has several sides (joined). */
const LEAF = 1, ENGINEERING = 2, LOWER = 4, NO_AVERAGE = 8, REFERENCE = 1;

/* The data of the table of node `id`. models: ids in the order of the page; shown: ids of the heads that it has. */
function partOf(all, id, by, models, shown) {
    const from = all.nodes.findIndex(node => node[0] === id), below = new Set([from]);
    all.nodes.forEach((node, i) => { if (i > from && below.has(node[2])) below.add(i); });
    const place = new Map([...below].sort((a, b) => a - b).map((i, k) => [i, k]));
    const nodes = [...place.keys()].map((i, k) => { const node = all.nodes[i].slice(); node[2] = k ? place.get(node[2]) : -1; return node; });
    const leaves = all.nodes.map((node, i) => i).filter(i => isLeaf(all.nodes[i]));
    const kept = leaves.map((i, k) => place.has(i) ? k : -1).filter(k => k >= 0), row = new Map(all.models.map((model, m) => [model[0], m]));
    const rows = models.map(model => row.get(model)), take = (table, none) => rows.map(m => kept.map(k => m === undefined ? none : table[m][k]));
    const data = {...all, node: id, nodes, models: rows.map(m => all.models[m]), scores: take(all.scores, ''), errors: take(all.errors, null),
        kinds: kept.map(k => Array.isArray(all.kinds[k]) ? rows.map(m => m === undefined ? null : all.kinds[k][m]) : all.kinds[k])};
    data.given = undefined;
    for (const [i, list] of Object.entries(all.given || {}))
        if (place.has(Number(i))) (data.given = data.given || {})[place.get(Number(i))] = rows.map(m => m === undefined ? [null, 0, 0] : list[m]);
    return prepared(data, by, shown);
}

/* Parts of several boards as one, below a node of their own that has no average. Each has the models of the page, undefined where it does not know one. */
function joined(id, parts, shown) {
    const nodes = [[id, '', -1, NO_AVERAGE]], given = {}, sides = [];
    for (const part of parts) {
        const at = nodes.length;
        nodes.push(...part.nodes.map((node, i) => [node[0], node[1], i ? node[2] + at : 0, ...node.slice(3)]));
        for (const [i, list] of Object.entries(part.given || {})) given[Number(i) + at] = list;
        sides.push({node: at, by: part.sides[0].by + at});
    }
    const models = parts[0].models.map((model, m) => parts.map(part => part.models[m]).find(Boolean)), all = key => parts.map(part => part[key]);
    const data = {...parts[0], node: id, nodes, models, scores: models.map((model, m) => parts.flatMap(part => part.scores[m])),
        errors: models.map((model, m) => parts.flatMap(part => part.errors[m])), kinds: all('kinds').flat(), words: Object.assign({}, ...all('words')),
        attributes: Object.assign({}, ...all('attributes')), given: Object.keys(given).length ? given : undefined};
    return {...prepared(data, id, shown), sides};
}

/* Adds what is asked often. A node is shown when a column of its own or one below it is. */
function prepared(data, by, shown) {
    let leaves = 0;
    data.leaf = data.nodes.map(node => isLeaf(node) ? leaves++ : -1);
    data.sides = [{node: 0, by: Math.max(0, data.nodes.findIndex(node => node[0] === by))}];
    data.children = data.nodes.map(() => []);
    data.nodes.forEach((node, i) => { if (i) data.children[node[2]].push(i); });
    data.shown = data.nodes.map(node => shown.includes(node[0]));
    for (let i = data.nodes.length - 1; i > 0; i--) if (data.shown[i]) data.shown[data.nodes[i][2]] = true;
    return data;
}

/* --- numbers ---------------------------------------------------------------------------------------------------------------------------------- */

const {fixed, csvField, csv: csvOf} = typeof brainboardNumbers === 'undefined' ? require('./numbers.js') : brainboardNumbers;

/* As the reference does (src/score/parity.h): of 15 digits to three decimals (one from 1 on), and that to two. */
function parityRound(value) {
    const numeric = Number(value.toPrecision(15));
    return Number(fixed(Number(fixed(numeric, numeric >= 1 ? 1 : 3)), 2));
}

const rounded = (data, value) => data.parity ? parityRound(value) : Number(fixed(value, 2));
const shown = (data, value) => fixed(data.parity ? parityRound(value) : value, 2).replace('-', '−');

/* --- averages and ranks ----------------------------------------------------------------------------------------------------------------------- */

const isLeaf = node => (node[3] & LEAF) !== 0;
const isEngineering = node => (node[3] & ENGINEERING) !== 0;

/* The group's score from its children, by the board's policy; children: {score, scored, of} of those that stand below it. */
function average(policy, parts) {
    const counted = parts.filter(part => part.of > 0), scored = counted.filter(part => part.score !== null);
    if (!scored.length) return null;
    const sum = scored.reduce((total, part) => total + part.score, 0);
    if (policy === 'zero') return sum / counted.length;
    if (policy === 'skip') return sum / scored.length;
    return scored.length === counted.length ? sum / counted.length : null;
}

/* For every model and node: {score, scored, of, status}. off: set of node numbers of leaves that are left out. */
function aggregate(data, off) {
    const leaf = data.nodes.map((node, i) => i).filter(i => data.leaf[i] >= 0);
    return data.models.map((model, m) => {
        const out = new Array(data.nodes.length);
        leaf.forEach((i, k) => {
            const value = data.scores[m][k], isNumber = typeof value === 'number', counts = !off.has(i) && value !== '' && value !== 'n';
            out[i] = {score: isNumber && !off.has(i) ? value : null, scored: isNumber && counts ? 1 : 0, of: counts ? 1 : 0,
                status: isNumber ? 'o' : value};
        });
        for (let i = data.nodes.length - 1; i >= 0; i--) if (!isLeaf(data.nodes[i])) out[i] = group(data, data.children[i], out, i, m);
        return out;
    });
}

function group(data, children, out, i, m) {
    const node = data.nodes[i], given = data.given && data.given[i];
    const parts = children.filter(c => isEngineering(node) || !isEngineering(data.nodes[c])).map(c => out[c]);
    const sum = key => parts.reduce((total, part) => total + part[key], 0);
    let score = node[3] & NO_AVERAGE ? null : average(data.policy, parts), scored = sum('scored'), of = sum('of');
    if (given) [score, scored, of] = given[m];
    const all = children.map(c => out[c].status);
    return {score, scored, of, status: score !== null ? 'o' : ['f', 'm', 'n'].find(s => all.includes(s)) || ''};
}

/* Competition ranks (1, 2, 2, 4) of the given models on a node: a Map from model to {rank, tied}. Reference rows have none. */
function ranks(data, table, node, models) {
    const sign = data.nodes[node][3] & LOWER ? -1 : 1, out = new Map();
    const ranked = models.filter(m => !(data.models[m][4] & REFERENCE) && table[m][node].score !== null)
        .map(m => [m, sign * rounded(data, table[m][node].score)]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    let first = 0;
    ranked.forEach(([m, value], k) => {
        if (k && value !== ranked[k - 1][1]) first = k;
        const tied = k > first || (k + 1 < ranked.length && ranked[k + 1][1] === value);
        out.set(m, {rank: first + 1, tied});
    });
    if (!data.parity) return out;
    const failed = models.filter(m => !(data.models[m][4] & REFERENCE) && table[m][node].score === null && table[m][node].status === 'f');
    failed.forEach(m => out.set(m, {rank: ranked.length + 1, tied: failed.length > 1}));
    return out;
}

/* Of each side, among the given models (all). */
function ranksOfSides(data, table, models = data.models.map((model, m) => m)) {
    return data.sides.map(({by}) => ranks(data, table, by, models));
}

/* --- search and filters ----------------------------------------------------------------------------------------------------------------------- */

const {parseQuery, matches} = typeof brainboardQuery === 'undefined' ? require('./query.js') : brainboardQuery;

const collator = new Intl.Collator('en', {numeric: true});
const searched = model => [model[1], model[0], model[2], model[3]].filter(Boolean).join('\n');

/* filter: {name: {min, max} or {any: [texts]}}. Names: "family", "submitter" or an attribute. */
function passes(model, filter) {
    return Object.entries(filter).every(([name, wanted]) => {
        const value = name === 'family' ? model[3] : name === 'submitter' ? model[2] : model[5][name.replace(/^a\./, '')];
        if (wanted.any) return wanted.any.includes(value === undefined || value === null ? '' : String(value));
        if (typeof value !== 'number') return false;
        return (wanted.min === undefined || value >= wanted.min) && (wanted.max === undefined || value <= wanted.max);
    });
}

/* --- the view, and the address that keeps it ----------------------------------------------------------------------------------------------------- */

const emptyView = () => ({q: '', sort: null, up: false, off: new Set(), open: new Map(), filter: {}, errors: false, reference: true});

/* As "q=resnet&sort=IT&dir=up&off=a,b&open=V1&close=IT&f.family=A|B&f.a.size=1..2". Ids have no comma, | or &. */
function writeView(data, view) {
    const part = [], id = i => encodeURIComponent(data.nodes[i][0]);
    if (view.q) part.push('q=' + encodeURIComponent(view.q));
    if (view.sort !== null) part.push('sort=' + (typeof view.sort === 'number' ? id(view.sort) : '.' + encodeURIComponent(view.sort)));
    if (view.up) part.push('dir=up');
    if (view.off.size) part.push('off=' + [...view.off].sort((a, b) => a - b).map(id).join(','));
    for (const [key, state] of [['open', true], ['close', false]]) {
        const list = [...view.open].filter(([, open]) => open === state).map(([i]) => i).sort((a, b) => a - b);
        if (list.length) part.push(key + '=' + list.map(id).join(','));
    }
    for (const name of Object.keys(view.filter).sort()) {
        const f = view.filter[name], end = value => value === undefined ? '' : String(value);
        part.push('f.' + encodeURIComponent(name) + '=' + (f.any ? '=' + f.any.map(encodeURIComponent).join('|') : end(f.min) + '..' + end(f.max)));
    }
    if (view.errors) part.push('errors');
    if (!view.reference) part.push('noref');
    return part.join('&');
}

const decoded = text => { try { return decodeURIComponent(text); } catch { return ''; } };

/* The node whose coverage the key is: "cover", or of one side of several "cover.<id>"; −1: it is none. */
function coverNode(data, key) {
    const side = data.sides.find(({node}) => key === (node ? 'cover.' + data.nodes[node][0] : 'cover'));
    return side ? side.node : -1;
}

/* What the rows are in the order of when nothing else is chosen. */
const orderOf = (data, view) => view.sort === null ? data.sides[0].by : view.sort;

function readView(data, hash) {
    const view = emptyView(), index = new Map(data.nodes.map((node, i) => [node[0], i]));
    const nodes = text => text.split(',').map(decoded).filter(id => index.has(id)).map(id => index.get(id));
    for (const part of hash.replace(/^#/, '').split('&')) {
        const at = part.indexOf('='), key = at < 0 ? part : part.slice(0, at), value = at < 0 ? '' : part.slice(at + 1);
        if (key === 'q') view.q = decoded(value);
        else if (key === 'sort' && value[0] === '.') view.sort = value === '.name' || coverNode(data, decoded(value.slice(1))) >= 0 ? decoded(value.slice(1)) : null;
        else if (key === 'sort') view.sort = nodes(value).length ? nodes(value)[0] : null;
        else if (key === 'dir') view.up = value === 'up';
        else if (key === 'off') nodes(value).filter(i => isLeaf(data.nodes[i])).forEach(i => view.off.add(i));
        else if (key === 'open' || key === 'close') nodes(value).forEach(i => view.open.set(i, key === 'open'));
        else if (key === 'errors') view.errors = true;
        else if (key === 'noref') view.reference = false;
        else if (key.startsWith('f.')) readFilter(view, decoded(key.slice(2)), value);
    }
    return view;
}

function readFilter(view, name, value) {
    if (value[0] === '=') { view.filter[name] = {any: value.slice(1).split('|').map(decoded)}; return; }
    const [min, max] = value.split('..').map(end => end === '' || isNaN(Number(end)) ? undefined : Number(end));
    if (min !== undefined || max !== undefined) view.filter[name] = {min, max};
}

/* Which models are seen, in which order, and why the others are not. */
function select(data, view, table) {
    const query = parseQuery(view.q), hidden = {search: 0, filter: 0, reference: 0}, seen = [];
    data.models.forEach((model, m) => {
        if (!view.reference && model[4] & REFERENCE) hidden.reference++;
        else if (!matches(query, searched(model))) hidden.search++;
        else if (!passes(model, view.filter)) hidden.filter++;
        else seen.push(m);
    });
    return {seen: sorted(data, view, table, seen), hidden};
}

/* Missing values stand last whatever the direction; equal ones in the order of the page. Without a choice: by the table's own average. */
function sorted(data, view, table, models) {
    const order = new Map(models.map((m, k) => [m, k])), key = orderOf(data, view), cover = coverNode(data, key);
    if (view.sort === null && !view.off.size) return models;
    const value = m => cover >= 0 ? table[m][cover].scored : table[m][key].score;
    const lower = typeof key === 'number' && data.nodes[key][3] & LOWER, direction = (lower ? -1 : 1) * (view.up ? -1 : 1);
    const byName = (a, b) => collator.compare(data.models[a][1], data.models[b][1]) * (view.up ? -1 : 1);
    const byValue = (a, b) => {
        const x = value(a), y = value(b);
        if (x === null || y === null) return (x === null) - (y === null);
        return (y - x) * direction;
    };
    return models.slice().sort((a, b) => (key === 'name' ? byName(a, b) : byValue(a, b)) || order.get(a) - order.get(b));
}

/* What the models are in the order of, in words. */
function sayOrder(data, view) {
    if (view.sort === 'name') return view.up ? 'from the last name to the first' : 'by name';
    if (typeof view.sort === 'string') return view.up ? 'fewest scores first' : 'most scores first';
    if (data.sides.length > 1 && view.sort === null && !view.off.size) return 'those in every domain first';
    const i = orderOf(data, view), title = data.nodes[i][1], side = data.sides.find(({node}) => node === i);
    return (i ? `by ${side && side.title ? `${title} of ${side.title}` : title}, ` : '') + (view.up ? 'worst first' : 'best first');
}

function say(data, view, result) {
    const n = data.models.length, k = result.seen.length, why = [], {search, filter, reference} = result.hidden;
    const are = (count, one, many) => why.push(`${count} ${count === 1 ? one : many}`);
    if (search) are(search, 'does not match the search', 'do not match the search');
    if (filter) are(filter, 'does not pass the filters', 'do not pass the filters');
    if (reference) are(reference, 'is a reference row', 'are reference rows');
    const leaves = data.nodes.filter(isLeaf).length, off = view.off.size, kinds = view.errors ? kindsShown(data, view, result.seen) : [];
    return `Showing ${k === n ? `all ${n}` : `${k} of ${n}`} models, ${sayOrder(data, view)}.${why.length ? ` Hidden: ${why.join(', ')}.` : ''}` +
        (off ? ` Averages and ranks are over ${leaves - off} of ${leaves} benchmarks.` : '') +
        (!view.errors ? '' : kinds.length ? ` ± is ${kinds.join(' or ')}.` : ' No error is known here.');
}

/* In words, what the errors of the columns are. */
function kindsShown(data, view, models) {
    const seen = new Set();
    for (const {node} of columns(data, view)) for (const m of models) { const kind = kindOf(data, m, node); if (kind) seen.add(data.words[kind] || kind); }
    return [...seen];
}

/* --- columns ---------------------------------------------------------------------------------------------------------------------------------- */

/* Nodes that have a column, in the order of the tree: [{node, top}]. At first those of the page (bb_view_columns); then groups are opened and closed. */
function columns(data, view) {
    const out = [], has = new Map();
    const chosen = i => {
        if (!has.has(i)) has.set(i, isLeaf(data.nodes[i]) ? !view.off.has(i) : data.children[i].some(chosen));
        return has.get(i);
    };
    const isShown = (i, parent) => view.open.has(parent) ? view.open.get(parent) : data.shown[i];
    const add = (i, top) => {
        if (!chosen(i)) return;
        if (isLeaf(data.nodes[i]) || !(data.nodes[i][3] & NO_AVERAGE)) out.push({node: i, top});
        data.children[i].filter(c => isShown(c, i)).forEach(c => add(c, top));
    };
    data.children[0].filter(c => isShown(c, 0)).forEach(c => add(c, c));
    return out;
}

/* All chosen children of the group have columns, of their own or below. */
function isOpen(data, view, cols, i) {
    const below = (c, at) => { for (; at > 0; at = data.nodes[at][2]) if (at === c) return true; return false; };
    const isLeft = c => isLeaf(data.nodes[c]) && view.off.has(c);
    return data.children[i].every(c => isLeft(c) || cols.some(column => below(c, column.node)));
}

/* What the error of a score is: its kind, or null. */
function kindOf(data, m, i) {
    const k = data.leaf[i];
    if (k < 0 || data.errors[m][k] === null) return null;
    return Array.isArray(data.kinds[k]) ? data.kinds[k][m] : data.kinds[k];
}

/* --- CSV ---------------------------------------------------------------------------------------------------------------------------------------- */

/* What is shown, with all digits; errors when they are shown, each with its kind. */
function csv(data, view, table, result) {
    const cols = columns(data, view), now = ranksOfSides(data, table, result.seen), before = ranksOfSides(data, aggregate(data, new Set()));
    const nodes = [0, ...cols.map(c => c.node)].filter(i => !(data.nodes[i][3] & NO_AVERAGE)), withError = i => view.errors && isLeaf(data.nodes[i]);
    const head = nodes.flatMap(i => { const id = data.nodes[i][0]; return withError(i) ? [id, id + ' error', id + ' error_kind'] : [id]; });
    const ofSides = (...names) => data.sides.flatMap(({node}) => names.map(name => node ? `${data.nodes[node][0]} ${name}` : name));
    const lines = [[...ofSides('rank', 'rank_of_all'), 'model', 'name', 'submitter', ...ofSides('scored', 'of'), ...head]];
    const rank = (of, m) => of.has(m) ? of.get(m).rank : '', number = value => value === null ? '' : value;
    for (const m of result.seen) {
        const model = data.models[m], cells = nodes.flatMap(i => {
            const kind = withError(i) ? kindOf(data, m, i) : null, score = number(table[m][i].score);
            return !withError(i) ? [score] : kind ? [score, data.errors[m][data.leaf[i]], kind] : [score, '', ''];
        });
        lines.push([...data.sides.flatMap((side, s) => [rank(now[s], m), rank(before[s], m)]), model[0], model[1], model[2] || '',
            ...data.sides.flatMap(({node}) => [table[m][node].scored, table[m][node].of]), ...cells]);
    }
    return csvOf(lines);
}

if (typeof module !== 'undefined')
    module.exports = {fixed, parityRound, average, aggregate, ranks, ranksOfSides, parseQuery, matches, passes, emptyView, readView, writeView, select, sorted, say,
        columns, isOpen, kindOf, csv, csvField, partOf, joined, prepared, referenceShade};

/* --- the page ----------------------------------------------------------------------------------------------------------------------------------- */

const STATUS = {f: ['failed', '✕', 'failed'], m: ['missing', '–', 'not run'], n: ['na', '', 'n/a'], '': ['none', '', '']};
const MOST_CHOICES = 300; /* of a filter; more are for the search */

/* An element; "onclick" … become listeners, true an attribute without a value; nothing is read as markup. */
function make(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {}))
        if (key === 'class') { if (value) element.className = value; }
        else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (value === true) element.setAttribute(key, '');
        else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
    for (const part of content) if (part !== null && part !== undefined) element.append(part);
    return element;
}

const loading = new Map(); /* name → what waits for it */
const loaded = new Map();

/* Called by the data script. */
function receive(name, data) {
    loaded.set(name, data);
    (loading.get(name) || []).forEach(wait => wait.done(data));
    loading.delete(name);
}

function load(name, path, done, failed) {
    if (loaded.has(name)) { done(loaded.get(name)); return; }
    if (loading.has(name)) { loading.get(name).push({done, failed}); return; }
    loading.set(name, [{done, failed}]);
    document.head.append(make('script', {src: path, onerror: () => {
        loading.get(name).forEach(wait => wait.failed());
        loading.delete(name);
    }}));
}

/* One table of a page. */
class Board {
    constructor(frame) {
        this.frame = frame;
        this.id = frame.dataset.board;
        this.key = frame.dataset.key ? frame.dataset.key + ':' : ''; /* before its part of the address, when a page has several tables */
        this.root = frame.dataset.root;
        this.table = frame.querySelector('table');
        /* what its values come from: one board, or of domains side by side each has its own, which the head names */
        const heads = [...this.table.querySelectorAll('thead th[data-of]')];
        this.sources = (heads.length ? heads : [frame]).map(({dataset}) => ({id: dataset.group || this.id, by: dataset.by, of: dataset.of, path: dataset.source}));
        this.domains = heads.map(th => { const a = th.querySelector('a'); return {title: a.textContent, path: a.getAttribute('href')}; });
        this.tools = frame.querySelector('.tools');
        this.view = null;
        this.buildTools();
        this.table.querySelectorAll('thead th').forEach(th => this.addButtons(th));
        this.table.addEventListener('click', e => this.clickHead(e));
        window.addEventListener('hashchange', () => this.fromAddress());
        this.fromAddress();
    }

    /* --- the address --- */

    part() {
        const mine = location.hash.replace(/^#/, '').split(';').find(part => this.key ? part.startsWith(this.key) : /^(q|sort|dir|off|open|close|f\.[^=&]*)=|^(errors|noref)\b/.test(part));
        return mine ? mine.slice(this.key.length) : '';
    }

    fromAddress() {
        const part = this.part();
        if (part === (this.written || '')) return;
        this.use(() => { this.view = readView(this.data, part); this.written = part; this.render(); });
    }

    /* push: a step that "back" takes back; typing is none. */
    toAddress(push) {
        const part = writeView(this.data, this.view);
        if (part === (this.written || '')) return;
        this.written = part;
        const others = location.hash.replace(/^#/, '').split(';').filter(p => this.key ? p && !p.startsWith(this.key) : /^[^=&]*:/.test(p));
        const hash = [...others, part ? this.key + part : ''].filter(Boolean).join(';');
        const url = hash ? '#' + hash : location.pathname + location.search;
        history[push ? 'pushState' : 'replaceState'](null, '', url);
    }

    /* --- data --- */

    use(then) {
        if (this.data) { then(); return; }
        this.tools.setAttribute('aria-busy', 'true');
        const got = new Map();
        this.sources.forEach((source, s) => load(source.of, source.path, all => {
            got.set(s, all);
            if (got.size < this.sources.length) return;
            this.tools.removeAttribute('aria-busy');
            if (!this.data) this.take(this.sources.map((each, i) => got.get(i)));
            then();
        }, () => { this.status.textContent = 'The values could not be loaded: the file with them is missing beside this page.'; }));
    }

    take(all) {
        const rows = [...this.table.tBodies[0].rows], heads = [...this.table.querySelectorAll('thead th[data-node], thead th[data-group]')];
        const models = rows.map(row => /models\/([^/]+)\//.exec(row.querySelector('th a').getAttribute('href'))[1]);
        const shown = heads.map(th => th.dataset.node || th.dataset.group), parts = this.sources.map(({id, by}, s) => partOf(all[s], id, by, models, shown));
        const data = this.data = this.domains.length ? joined(this.id, parts, shown) : parts[0];
        this.domains.forEach(({title}, s) => { data.sides[s].title = title; });
        this.view = this.view || emptyView();
        this.first = ranksOfSides(data, aggregate(data, new Set()));
        this.rows = rows; /* as they are, until other columns are asked for */
        this.built = this.columnsKey(emptyView());
        this.saidRank = data.models.map((model, m) => this.first.map(first => this.rankKey(first.get(m), first.get(m))));
        this.fillFilters();
        this.fillColumns();
    }

    change(alter, push) {
        this.use(() => { alter(this.view); this.toAddress(push); this.render(); });
    }

    /* --- controls --- */

    buildTools() {
        this.search = make('input', {type: 'search', id: `search-${this.id}`, placeholder: 'resnet OR vit NOT vone', autocomplete: 'off', spellcheck: 'false',
            oninput: () => { clearTimeout(this.typing); this.typing = setTimeout(() => this.change(v => { v.q = this.search.value; }, false), 120); }});
        this.filterPanel = make('div', {class: 'panel'});
        this.columnPanel = make('div', {class: 'panel'});
        this.status = this.table.querySelector('.status'); /* the first sentence of the caption */
        this.atFirst = this.status.textContent;
        this.link = make('button', {type: 'button', onclick: () => this.copyLink()}, 'Copy link');
        this.resetButton = make('button', {type: 'button', class: 'reset', disabled: true, onclick: () => this.change(v => Object.assign(v, emptyView()), true)}, 'Reset');
        const panel = (title, body) => make('details', {ontoggle: e => { if (e.target.open) { this.closeOthers(e.target); this.use(() => this.syncControls()); } }},
            make('summary', {}, title), body);
        this.tools.append(make('label', {for: `search-${this.id}`}, 'Search'), this.search, panel('Filter', this.filterPanel),
            panel('Benchmarks', this.columnPanel), make('button', {type: 'button', onclick: () => this.download()}, 'CSV of this view'), this.link,
            this.resetButton);
        this.tools.classList.add('live');
        this.tools.addEventListener('keydown', e => {
            const details = e.key === 'Escape' && e.target.closest('details[open]');
            if (details) { details.open = false; details.querySelector('summary').focus(); }
        });
        document.addEventListener('click', e => { if (!this.tools.contains(e.target)) this.closeOthers(null); });
    }

    closeOthers(but) {
        this.tools.querySelectorAll('details[open]').forEach(d => { if (d !== but) d.open = false; });
    }

    copyLink() {
        const done = ok => {
            this.link.textContent = ok ? 'Copied' : 'Copy the address';
            setTimeout(() => { this.link.textContent = 'Copy link'; }, 2500);
        };
        if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(() => done(true), () => done(false));
        else done(false);
    }

    download() {
        this.use(() => {
            const table = aggregate(this.data, this.view.off), text = csv(this.data, this.view, table, select(this.data, this.view, table));
            const url = URL.createObjectURL(new Blob([text], {type: 'text/csv;charset=utf-8'}));
            const a = make('a', {href: url, download: `${this.data.node}.csv`});
            document.body.append(a);
            a.click();
            a.remove();
            setTimeout(() => URL.revokeObjectURL(url), 10000);
        });
    }

    fillFilters() {
        const data = this.data, controls = [];
        const add = (name, title, values) => {
            const numbers = values.filter(v => typeof v === 'number'), texts = new Map();
            values.forEach(v => { if (typeof v === 'string') texts.set(v, (texts.get(v) || 0) + 1); });
            if (numbers.length > 1 && Math.min(...numbers) < Math.max(...numbers)) controls.push(this.rangeFilter(name, title, numbers));
            else if (texts.size > 1 && texts.size <= MOST_CHOICES) controls.push(this.choiceFilter(name, title, texts));
        };
        add('family', 'Family', data.models.map(m => m[3]));
        add('submitter', 'Submitter', data.models.map(m => m[2]));
        const names = [...new Set(data.models.flatMap(m => Object.keys(m[5])))].sort();
        for (const name of names) {
            const {title = name, unit} = data.attributes[name] || {};
            add('a.' + name, unit ? `${title} (${unit})` : title, data.models.map(m => m[5][name]));
        }
        if (data.models.some(m => m[4] & REFERENCE)) {
            this.reference = make('input', {type: 'checkbox', onchange: () => this.change(v => { v.reference = this.reference.checked; }, true)});
            controls.unshift(make('p', {}, make('label', {class: 'check'}, this.reference, ' Reference rows')));
        }
        this.filterPanel.replaceChildren(...(controls.length ? controls : [make('p', {}, 'The models have nothing to filter by.')]));
    }

    rangeFilter(name, title, numbers) {
        const end = (key, text, value) => make('input', {type: 'number', step: 'any', 'data-filter': name, 'data-end': key, 'aria-label': `${title}: ${text}`,
            placeholder: String(value), onchange: e => this.change(v => {
                const f = {...v.filter[name], [key]: e.target.value === '' ? undefined : Number(e.target.value)};
                if (f.min === undefined && f.max === undefined) delete v.filter[name];
                else v.filter[name] = f;
            }, true)});
        return make('fieldset', {}, make('legend', {}, make('bdi', {}, title)), end('min', 'at least', Math.min(...numbers)), ' to ', end('max', 'at most', Math.max(...numbers)));
    }

    choiceFilter(name, title, texts) {
        const set = () => this.change(v => {
            const any = [...field.querySelectorAll('input:checked')].map(box => box.value);
            if (any.length) v.filter[name] = {any};
            else delete v.filter[name];
        }, true);
        const choice = text => make('label', {class: 'check'}, make('input', {type: 'checkbox', value: text, 'data-filter': name, onchange: set}), ' ',
            make('bdi', {}, text), make('span', {class: 'by'}, ` ${texts.get(text)}`));
        const list = make('div', {class: texts.size > 24 ? 'choices many' : 'choices'}, ...[...texts.keys()].sort(collator.compare).map(choice));
        const field = make('fieldset', {}, make('legend', {}, make('bdi', {}, title)), list);
        return field;
    }

    fillColumns() {
        const data = this.data;
        this.boxes = new Map();
        const titles = new Map(data.sides.map(({node, title}) => [node, title])), below = i => isLeaf(data.nodes[i]) ? [i] : data.children[i].flatMap(below);
        const item = i => {
            const leaves = below(i), box = make('input', {type: 'checkbox', disabled: Boolean(data.given), onchange: () => this.change(v => leaves.forEach(leaf => {
                if (box.checked) v.off.delete(leaf);
                else v.off.add(leaf);
            }), true)});
            this.boxes.set(i, {box, leaves});
            return make('li', {}, make('label', {class: 'check'}, box, ' ', make('bdi', {}, titles.get(i) || data.nodes[i][1])),
                data.children[i].length ? make('ul', {}, ...data.children[i].map(item)) : null);
        };
        this.errors = make('input', {type: 'checkbox', onchange: () => this.change(v => { v.errors = this.errors.checked; }, true)});
        this.columnPanel.replaceChildren(make('p', {}, make('label', {class: 'check'}, this.errors, ' Show errors (±)')),
            make('p', {class: 'by'}, data.given ? 'Averages cannot be taken over chosen benchmarks, because some scores are not published.' :
                'Averages and ranks are taken over the benchmarks that are chosen here, by the rule of the board.'),
            make('ul', {class: 'choose'}, ...data.children[0].map(item)));
    }

    /* Controls say what the view is. */
    syncControls() {
        const view = this.view;
        this.resetButton.disabled = writeView(this.data, view) === '';
        if (document.activeElement !== this.search) this.search.value = view.q;
        if (this.reference) this.reference.checked = view.reference;
        this.errors.checked = view.errors;
        for (const {box, leaves} of this.boxes.values()) {
            const on = leaves.filter(leaf => !view.off.has(leaf)).length;
            box.checked = on > 0;
            box.indeterminate = on > 0 && on < leaves.length;
        }
        this.filterPanel.querySelectorAll('[data-filter]').forEach(input => {
            const f = view.filter[input.dataset.filter];
            if (input.dataset.end) input.value = f && f[input.dataset.end] !== undefined ? f[input.dataset.end] : '';
            else input.checked = Boolean(f && f.any && f.any.includes(input.value));
        });
    }

    /* --- the head: th[data-node] can be sorted by ("IT", ".name", ".cover"), th[data-open] be opened or closed --- */

    addButtons(th) {
        const title = th.textContent.trim(), {node, group, open} = th.dataset;
        if (node || open) th.abbr = title; /* so that the buttons' names are not read with every cell */
        if (open) th.append(make('button', {type: 'button', class: 'open', 'aria-expanded': open,
            'aria-label': `${title}: columns of its parts`, onclick: () => this.openGroup(node || group)}));
        if (node) th.append(make('button', {type: 'button', class: 'sort', 'aria-label': `Sort by ${title}`, onclick: () => this.sortBy(node)}));
    }

    /* The whole cell sorts for a mouse. */
    clickHead(e) {
        const th = e.target.closest('thead th[data-node]');
        if (th && !e.target.closest('a, button')) this.sortBy(th.dataset.node);
    }

    numberOf(id) { return this.data.nodes.findIndex(node => node[0] === id); }

    openGroup(id) {
        this.change(v => { const i = this.numberOf(id); v.open.set(i, !isOpen(this.data, v, columns(this.data, v), i)); }, true);
    }

    /* Best first, then the other way round, then as the page has it. */
    sortBy(key) {
        this.change(v => {
            const at = key[0] === '.' ? key.slice(1) : this.numberOf(key), was = orderOf(this.data, v), isAsIs = v.sort === null && this.domains.length > 0;
            if (was !== at || isAsIs) { v.sort = at; v.up = false; }
            else if (!v.up) { v.sort = at; v.up = true; }
            else { v.sort = null; v.up = false; }
            if (v.sort === this.data.sides[0].by && !v.up && !this.domains.length) v.sort = null;
        }, true);
    }

    /* --- the table --- */

    columnsKey(view) { return [writeView(this.data, {...emptyView(), off: view.off, open: view.open}), view.errors].join(); }

    render() {
        const focus = document.activeElement, th = this.table.contains(focus) ? focus.closest('th') : null;
        this.values = aggregate(this.data, this.view.off);
        this.result = select(this.data, this.view, this.values);
        if (this.columnsKey(this.view) !== this.built) this.build();
        this.place();
        this.syncControls();
        this.status.textContent = writeView(this.data, this.view) ? say(this.data, this.view, this.result) : this.atFirst;
        if (th && !focus.isConnected) this.focusAgain(focus.className, th.dataset.node || th.dataset.group);
    }

    focusAgain(kind, id) {
        for (const th of this.table.querySelectorAll('thead th')) if ((th.dataset.node || th.dataset.group) === id) th.querySelector('.' + kind)?.focus();
    }

    build() {
        this.built = this.columnsKey(this.view);
        this.columns = columns(this.data, this.view);
        this.hasOwn = this.values.some(row => row[0].score !== null);
        this.ranges = new Map([0, ...this.columns.map(c => c.node)].map(i => [i, this.range(i)]));
        this.table.querySelectorAll('colgroup').forEach(group => group.remove());
        this.table.tHead.replaceChildren(...(this.domains.length ? this.headOfDomains() : this.head()));
        this.rows = this.data.models.map((model, m) => this.row(m));
        this.saidRank = [];
    }

    linkTo(i, title) {
        return make('a', {href: `${this.root}benchmarks/${this.data.nodes[i][0]}/index.html`}, title || this.data.nodes[i][1]);
    }

    /* i: a node, 'name' or 'cover' */
    th(i, attributes, ...title) {
        const node = typeof i === 'number' ? this.data.nodes[i][0] : '.' + i;
        const th = make('th', {scope: 'col', 'data-node': node, ...attributes}, ...title);
        this.addButtons(th);
        return th;
    }

    opens(i) { return isLeaf(this.data.nodes[i]) ? null : String(isOpen(this.data, this.view, this.columns, i)); }

    /* Columns in a row that stand under the same top heading. */
    spans() {
        const spans = [];
        this.columns.forEach((c, k) => { if (k && this.columns[k - 1].top === c.top) spans[spans.length - 1].push(c.node); else spans.push([c.node]); });
        return spans;
    }

    head() {
        const first = make('tr'), second = make('tr'), top = new Map(this.columns.map(c => [c.node, c.top]));
        const spans = this.spans(), isSingle = span => span.length === 1 && top.get(span[0]) === span[0], rowspan = spans.every(isSingle) ? 1 : 2;
        first.append(make('th', {scope: 'col', rowspan, class: 'rank'}, 'Rank'), this.th('name', {class: 'name', rowspan}, 'Model'));
        if (this.hasOwn) first.append(this.th(0, {class: 'num own', rowspan}, this.linkTo(0)));
        first.append(this.th('cover', {class: 'num cover', rowspan}, 'Scored'));
        this.classes = new Map();
        spans.forEach((span, s) => {
            const group = top.get(span[0]), joins = isSingle(span) && s > 0 && isSingle(spans[s - 1]);
            span.forEach((i, k) => {
                const isFirst = k === 0 && !joins;
                this.classes.set(i, isLeaf(this.data.nodes[i]) ? (isFirst ? 'first' : 'leaf') : (isFirst ? 'first group' : 'group'));
            });
            if (isSingle(span)) {
                first.append(this.th(group, {class: 'num ' + this.classes.get(group), rowspan, 'data-open': this.opens(group)}, this.linkTo(group)));
                return;
            }
            const head = make('th', {scope: 'colgroup', colspan: span.length, class: 'top first', 'data-group': this.data.nodes[group][0], 'data-open': this.opens(group)},
                this.linkTo(group));
            this.addButtons(head);
            first.append(head);
            second.append(...span.map(i => this.th(i, {class: 'num ' + this.classes.get(i), 'data-open': i === group ? null : this.opens(i)},
                this.linkTo(i, i === group ? 'Average' : null))));
        });
        return rowspan === 2 ? [first, second] : [first];
    }

    /* Of domains side by side: each has its ranks, its columns and its coverage, and stands there even without columns. */
    headOfDomains() {
        const first = make('tr', {}, this.th('name', {class: 'name', rowspan: 2}, 'Model')), second = make('tr');
        this.classes = new Map();
        this.data.sides.forEach(({node, by}, s) => {
            const {title, path} = this.domains[s], id = this.data.nodes[node][0], span = this.columns.filter(c => c.top === node).map(c => c.node);
            const head = make('th', {scope: 'colgroup', colspan: span.length + 2, class: 'top first', 'data-group': id, 'data-open': this.opens(node)}, make('a', {href: path}, title));
            this.addButtons(head);
            first.append(head);
            second.append(make('th', {scope: 'col', class: 'rank first', 'data-n': this.data.nodes[by][0], 'data-v': 'rank'}, 'Rank'));
            for (const i of span) {
                this.classes.set(i, i === node ? 'own' : isLeaf(this.data.nodes[i]) ? 'leaf' : 'group');
                second.append(this.th(i, {class: 'num ' + this.classes.get(i), 'data-open': i === node ? null : this.opens(i)}, this.linkTo(i, i === node ? 'Average' : null)));
            }
            second.append(this.th('cover.' + id, {class: 'num cover'}, 'Scored'));
        });
        return [first, second];
    }

    range(i) {
        const values = this.values.map(row => row[i].score).filter(v => v !== null);
        return [Math.min(...values), Math.max(...values)];
    }

    shade(i, value) {
        const node = this.data.nodes[i];
        if (this.data.palette) return referenceShade(node, value);
        const [low, high] = this.ranges.get(i);
        if (value === null || !(high > low)) return '';
        let part = (value - low) / (high - low);
        if (node[3] & LOWER) part = 1 - part;
        return ' s' + Math.min(9, Math.floor(part * 10));
    }

    cell(m, i, kind) {
        const {score, status} = this.values[m][i];
        if (score === null) {
            const [name, mark, text] = STATUS[status];
            return make('td', {class: `st ${name} ${kind}${this.data.palette ? this.shade(i, null) : ''}`}, mark ? make('span', {class: 'mark', 'aria-hidden': 'true'}, mark) : null, text);
        }
        const td = document.createElement('td');
        td.className = `num ${kind}${this.shade(i, score)}`;
        td.textContent = shown(this.data, score);
        if (this.view.errors) this.addError(td, m, i);
        return td;
    }

    /* Never without saying what it is. */
    addError(td, m, i) {
        const kind = kindOf(this.data, m, i);
        if (kind) td.append(make('span', {class: 'pm', title: this.data.words[kind] || kind}, ` ±${fixed(this.data.errors[m][this.data.leaf[i]], 2)}`));
    }

    row(m) {
        const model = this.data.models[m], isReference = (model[4] & REFERENCE) !== 0, by = model[2] || model[3];
        const row = make('tr', {class: isReference ? 'reference' : null},
            make('th', {scope: 'row', class: 'name'}, make('a', {href: `${this.root}models/${model[0]}/index.html`}, make('bdi', {}, model[1])),
                isReference ? ' ' : null, isReference ? make('span', {class: 'tag'}, 'reference') : null, by ? ' ' : null, by ? make('span', {class: 'by'}, make('bdi', {}, by)) : null));
        const add = list => row.append(...list.map(c => this.cell(m, c.node, this.classes.get(c.node))));
        if (!this.domains.length) {
            row.prepend(make('td', {class: 'rank'}));
            if (this.hasOwn) row.append(this.cell(m, 0, 'own'));
            row.append(this.cover(m, 0));
            add(this.columns);
        } else for (const {node} of this.data.sides) {
            row.append(make('td', {class: 'rank first'}));
            add(this.columns.filter(c => c.top === node));
            row.append(this.cover(m, node));
        }
        return row;
    }

    cover(m, i) {
        const {scored, of} = this.values[m][i];
        return make('td', {class: scored < of ? 'num cover part' : 'num cover'}, of ? `${scored} of ${of}` : '');
    }

    /* The rows that are seen, in order; rank among them, and beside it the rank that the page gives where it is another. */
    place() {
        const now = ranksOfSides(this.data, this.values, this.result.seen), body = make('tbody');
        for (const m of this.result.seen) {
            now.forEach((of, s) => this.sayRank(m, s, of.get(m), this.first[s].get(m)));
            body.append(this.rows[m]);
        }
        if (!this.result.seen.length) body.append(make('tr', {}, make('td', {class: 'nothing', colspan: 99}, 'No model is left. Search for less, or reset.')));
        this.table.tBodies[0].replaceWith(body);
        this.markSorted();
    }

    rankKey(is, was) { return is ? `${is.rank}${is.tied ? '=' : ''}${was && was.rank !== is.rank ? `(${was.rank})` : ''}` : ''; }

    /* On side s. In a table of one, where everybody could have a rank, who has none is told. */
    sayRank(m, s, is, was) {
        const key = this.rankKey(is, was), said = this.saidRank[m] || (this.saidRank[m] = []), cell = this.rows[m].querySelectorAll('.rank')[s];
        if (key === said[s]) return;
        said[s] = key;
        const none = this.domains.length ? [] : [make('span', {class: 'vh'}, 'not ranked')];
        cell.replaceChildren(...(is ? [String(is.rank), ...(is.tied ? [make('span', {class: 'tie'}, '=')] : [])] : none));
        if (is && was && is.rank !== was.rank)
            cell.prepend(make('span', {class: 'was', title: `rank ${was.rank} on the page as it is, among all ${this.data.models.length} models`}, `(${was.rank}) `));
    }

    markSorted() {
        const {sort, up} = this.view, i = orderOf(this.data, this.view), isAsIs = this.domains.length && sort === null && !this.view.off.size;
        const key = isAsIs ? null : typeof i === 'number' ? this.data.nodes[i][0] : '.' + i, isLowFirst = i === 'name' || typeof i === 'number' && (this.data.nodes[i][3] & LOWER) !== 0;
        for (const th of this.table.querySelectorAll('thead th')) {
            if (th.dataset.node === key) th.setAttribute('aria-sort', up !== isLowFirst ? 'ascending' : 'descending');
            else th.removeAttribute('aria-sort');
        }
    }
}

/* Classes of the reference's colours, in the order of its arithmetic (src/render/palette.c). */
function referenceShade(node, value) {
    if (value === null) return ' bs bs-none';
    const [min, max, grey] = node.slice(4), cut = x => Math.min(1, Math.max(0, x)), flat = max === min, slope = -0.9 / (min - max);
    const n = flat ? 0.5 : cut((value - min) / (max - min)), alpha = flat ? 1 : cut(slope * value + (0.1 - slope * min));
    return ` bs b${grey ? 'e' : 's'}${Math.floor(100 * cut(0.8 * (n * n)))}-${Math.round(100 * Number(alpha.toFixed(2)))}`;
}

if (typeof document !== 'undefined') {
    window.brainboard = {board: receive};
    document.querySelectorAll('.board-frame').forEach(frame => new Board(frame));
}
