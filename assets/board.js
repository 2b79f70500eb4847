/*
 * The leaderboard table: sort, search, filter, choose benchmarks, keep the view in the address. The page is complete without it.
 *
 * The table of the page is replaced, on first use, by one made from full-precision values: assets/board-<node>-<digest>.js, which calls
 * brainboard.board(name, data). Pure functions come first; tests run them without a browser. What a number means is decided by the program:
 * averages (src/score/aggregate.c), ranks and rounding (src/base/text.c), columns and shades (src/render/view.c) are the same rules here.
 */
'use strict';

/* --- data: {node, by, policy, parity, palette, nodes, models, attributes, scores, errors, given} ------------------------------------------------------
   nodes: [id, title, parent, flags, shown, min, max], the table's own first, parents before children.
   models: [id, name, submitter, family, flags, attributes], in the order of the page.
   by: the node that the table is ordered and ranked by: 0, or where the table's own has no scores, the first below it that has.
   scores: per model, per leaf in the order of nodes: a number, or what there is instead: 'f'ailed, 'm'issing, 'n'ot applicable, '' nothing. */
const LEAF = 1, ENGINEERING = 2, LOWER = 4, NO_AVERAGE = 8, REFERENCE = 1;
const LEAVES = 8; /* a group of more is closed at first (BB_VIEW_LEAVES) */

/* --- numbers ---------------------------------------------------------------------------------------------------------------------------------- */

/* Rounded once, half away from zero, on the shortest decimal that reads back as the same number; as text. */
function fixed(value, decimals) {
    const text = Math.abs(value).toString();
    if (text.includes('e')) return Math.abs(value) < 1 ? (0).toFixed(decimals) : value.toString();
    const [whole, part = ''] = text.split('.');
    const kept = (whole + part.padEnd(decimals, '0').slice(0, decimals));
    const up = (part[decimals] || '0') >= '5';
    const digits = (BigInt(kept) + (up ? 1n : 0n)).toString().padStart(decimals + 1, '0');
    const sign = value < 0 && /[1-9]/.test(digits) ? '-' : '';
    return sign + digits.slice(0, digits.length - decimals) + (decimals ? '.' + digits.slice(-decimals) : '');
}

/* As the reference does: to three decimals (one from 1 on), and that to two. */
function parityRound(value) {
    return Number(fixed(Number(fixed(value, Math.abs(value) >= 1 ? 1 : 3)), 2));
}

const rounded = (data, value) => data.parity ? parityRound(value) : Number(fixed(value, 2));
const shown = (data, value) => fixed(data.parity ? parityRound(value) : value, 2).replace('-', '−');

/* --- averages and ranks ----------------------------------------------------------------------------------------------------------------------- */

const isLeaf = node => (node[3] & LEAF) !== 0;
const isEngineering = node => (node[3] & ENGINEERING) !== 0;

function childrenOf(data) {
    const children = data.nodes.map(() => []);
    data.nodes.forEach((node, i) => { if (i) children[node[2]].push(i); });
    return children;
}

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
    const children = childrenOf(data);
    const leaf = data.nodes.map((node, i) => isLeaf(node) ? i : -1).filter(i => i >= 0);
    return data.models.map((model, m) => {
        const out = new Array(data.nodes.length);
        leaf.forEach((i, k) => {
            const value = data.scores[m][k], isNumber = typeof value === 'number', counts = !off.has(i) && value !== '' && value !== 'n';
            out[i] = {score: isNumber && !off.has(i) ? value : null, scored: isNumber && counts ? 1 : 0, of: counts ? 1 : 0,
                status: isNumber ? 'o' : value};
        });
        for (let i = data.nodes.length - 1; i >= 0; i--) if (!isLeaf(data.nodes[i])) out[i] = group(data, children[i], out, i, m);
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

/* --- search and filters ----------------------------------------------------------------------------------------------------------------------- */

/* "resnet NOT vone OR \"vit b\"": OR is the lowest; words beside each other, and AND, must all be found. → [[{text, not}, …], …] */
function parseQuery(text) {
    const tokens = text.match(/"[^"]*"?|\S+/g) || [], any = [[]];
    let not = false;
    for (const token of tokens) {
        if (token === 'OR') { if (any[any.length - 1].length) any.push([]); not = false; }
        else if (token === 'NOT') not = true;
        else if (token !== 'AND') {
            const word = token.replace(/^"|"$/g, '').toLowerCase();
            if (word) any[any.length - 1].push({text: word, not});
            not = false;
        }
    }
    return any.filter(all => all.length);
}

function matches(query, text) {
    const low = text.toLowerCase();
    return !query.length || query.some(all => all.every(word => low.includes(word.text) !== word.not));
}

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
    if (view.sort !== null) part.push('sort=' + (typeof view.sort === 'number' ? id(view.sort) : '.' + view.sort));
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

function readView(data, hash) {
    const view = emptyView(), index = new Map(data.nodes.map((node, i) => [node[0], i]));
    const nodes = text => text.split(',').map(decoded).filter(id => index.has(id)).map(id => index.get(id));
    for (const part of hash.replace(/^#/, '').split('&')) {
        const at = part.indexOf('='), key = at < 0 ? part : part.slice(0, at), value = at < 0 ? '' : part.slice(at + 1);
        if (key === 'q') view.q = decoded(value);
        else if (key === 'sort' && value[0] === '.') view.sort = ['name', 'cover'].includes(value.slice(1)) ? value.slice(1) : null;
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
    const order = new Map(models.map((m, k) => [m, k])), key = view.sort === null ? data.by : view.sort;
    if (view.sort === null && !view.off.size) return models;
    const value = m => key === 'cover' ? table[m][0].scored : table[m][key].score;
    const lower = typeof key === 'number' && data.nodes[key][3] & LOWER, direction = (lower ? -1 : 1) * (view.up ? -1 : 1);
    const byName = (a, b) => data.models[a][1].localeCompare(data.models[b][1], 'en', {numeric: true}) * (view.up ? -1 : 1);
    const byValue = (a, b) => {
        const x = value(a), y = value(b);
        if (x === null || y === null) return (x === null) - (y === null);
        return (y - x) * direction;
    };
    return models.slice().sort((a, b) => (key === 'name' ? byName(a, b) : byValue(a, b)) || order.get(a) - order.get(b));
}

function sayHidden(data, result) {
    const n = data.models.length, k = result.seen.length, why = [], {search, filter, reference} = result.hidden;
    const are = (count, one, many) => `${count} ${count === 1 ? one : many}`;
    if (search) why.push(are(search, 'does not match the search', 'do not match the search'));
    if (filter) why.push(are(filter, 'does not pass the filters', 'do not pass the filters'));
    if (reference) why.push(are(reference, 'is a reference row', 'are reference rows'));
    return `Showing ${k === n ? `all ${n}` : `${k} of ${n}`} models${why.length ? ': ' + why.join(', ') : ''}.`;
}

/* --- columns ---------------------------------------------------------------------------------------------------------------------------------- */

/* Nodes that have a column, in the order of the tree: [{node, top}]; see bb_view_columns. */
function columns(data, view) {
    const children = childrenOf(data), out = [];
    const has = new Map();
    const chosen = i => {
        if (!has.has(i)) has.set(i, isLeaf(data.nodes[i]) ? !view.off.has(i) : children[i].some(chosen));
        return has.get(i);
    };
    const add = (i, top) => {
        if (!chosen(i)) return;
        if (isLeaf(data.nodes[i]) || !(data.nodes[i][3] & NO_AVERAGE)) out.push({node: i, top});
        for (const c of children[i]) {
            const open = view.open.get(i);
            if (open === undefined ? data.nodes[c][4] : open) add(c, top);
        }
    };
    children[0].forEach(c => add(c, c));
    return out;
}

/* --- CSV ---------------------------------------------------------------------------------------------------------------------------------------- */

/* RFC 4180; text that a spreadsheet would run as a formula gets a quote before it. */
function csvField(value) {
    if (typeof value === 'number') return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function csv(data, view, table, result) {
    const cols = columns(data, view), now = ranks(data, table, data.by, result.seen);
    const before = ranks(data, aggregate(data, new Set()), data.by, data.models.map((model, m) => m));
    const nodes = [0, ...cols.map(c => c.node)].filter(i => !(data.nodes[i][3] & NO_AVERAGE));
    const lines = [['rank', 'rank_of_all', 'model', 'name', 'submitter', 'scored', 'of', ...nodes.map(i => data.nodes[i][0])]];
    const rank = (of, m) => of.has(m) ? of.get(m).rank : '';
    for (const m of result.seen) {
        const model = data.models[m];
        lines.push([rank(now, m), rank(before, m), model[0], model[1], model[2] || '', table[m][0].scored, table[m][0].of,
            ...nodes.map(i => table[m][i].score === null ? '' : table[m][i].score)]);
    }
    return lines.map(line => line.map(csvField).join(',') + '\r\n').join('');
}

if (typeof module !== 'undefined')
    module.exports = {fixed, parityRound, average, aggregate, ranks, parseQuery, matches, passes, emptyView, readView, writeView, select, sorted, sayHidden,
        columns, csv, csvField};

/* --- the page ----------------------------------------------------------------------------------------------------------------------------------- */

const STATUS = {f: ['failed', '✕', 'failed'], m: ['missing', '–', 'not run'], n: ['na', '', 'n/a'], '': ['none', '', '']};

function make(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {}))
        if (key === 'class') element.className = value;
        else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (value === true) element.setAttribute(key, '');
        else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
    element.append(...content.filter(part => part !== null && part !== undefined));
    return element;
}

const loading = new Map(); /* name → what waits for it */
const loaded = new Map();

/* Called by the data script. */
function receive(name, data) {
    loaded.set(name, data);
    (loading.get(name) || []).forEach(done => done(data));
    loading.delete(name);
}

function load(name, path, done) {
    if (loaded.has(name)) { done(loaded.get(name)); return; }
    if (loading.has(name)) { loading.get(name).push(done); return; }
    loading.set(name, [done]);
    document.head.append(make('script', {src: path}));
}

/* One table of a page. */
class Board {
    constructor(frame) {
        this.frame = frame;
        this.name = frame.dataset.board;
        this.key = frame.dataset.key ? frame.dataset.key + ':' : ''; /* before its part of the address, when a page has several tables */
        this.root = frame.dataset.root;
        this.table = frame.querySelector('table');
        this.tools = frame.querySelector('.tools');
        this.view = null;
        this.rows = new Map();
        this.buildTools();
        this.addButtons();
        window.addEventListener('hashchange', () => this.fromAddress());
        this.fromAddress();
    }

    /* --- the address --- */

    part() {
        const mine = location.hash.replace(/^#/, '').split(';').find(part => this.key ? part.startsWith(this.key) : part && !/^[^=&]*:/.test(part));
        return mine ? mine.slice(this.key.length) : '';
    }

    fromAddress() {
        const part = this.part();
        if (part === this.written || !part && !this.view) return;
        this.use(() => { this.view = readView(this.data, part); this.written = part; this.render(true); });
    }

    toAddress(push) {
        const part = writeView(this.data, this.view);
        if (part === this.written || part === '' && !this.written) { this.written = part; return; }
        this.written = part;
        const others = location.hash.replace(/^#/, '').split(';').filter(p => this.key ? p && !p.startsWith(this.key) : /^[^=&]*:/.test(p));
        const hash = '#' + [...others, part ? this.key + part : ''].filter(Boolean).join(';');
        if (push) location.hash = hash;
        else history.replaceState(null, '', hash);
    }

    /* --- data --- */

    use(then) {
        if (this.data) { then(); return; }
        this.tools.setAttribute('aria-busy', 'true');
        load(this.name, this.frame.dataset.source, data => {
            this.tools.removeAttribute('aria-busy');
            if (!this.data) {
                this.data = data;
                this.view = this.view || emptyView();
                this.first = ranks(data, aggregate(data, new Set()), data.by, data.models.map((model, m) => m));
                this.fillPanels();
            }
            then();
        });
    }

    change(alter, push) {
        this.use(() => { alter(this.view); this.toAddress(push); this.render(push); });
    }

    /* --- controls --- */

    buildTools() {
        const id = this.frame.dataset.board;
        this.search = make('input', {type: 'search', id: `search-${id}`, placeholder: 'resnet OR vit NOT vone', autocomplete: 'off', spellcheck: 'false',
            oninput: () => { clearTimeout(this.typing); this.typing = setTimeout(() => this.change(v => { v.q = this.search.value; }, false), 120); }});
        this.filterPanel = make('div', {class: 'panel'});
        this.columnPanel = make('div', {class: 'panel'});
        this.status = make('p', {class: 'status', role: 'status'});
        this.link = make('button', {type: 'button', onclick: () => this.copyLink()}, 'Copy link');
        const panel = (title, body) => make('details', {ontoggle: e => { if (e.target.open) { this.closeOthers(e.target); this.use(() => {}); } }},
            make('summary', {}, title), body);
        this.tools.append(make('label', {for: `search-${id}`}, 'Search'), this.search, panel('Filter', this.filterPanel),
            panel('Benchmarks', this.columnPanel), make('button', {type: 'button', onclick: () => this.download()}, 'CSV of this view'), this.link,
            make('button', {type: 'button', class: 'reset', onclick: () => this.reset()}, 'Reset'), this.status);
        this.tools.addEventListener('keydown', e => {
            const details = e.key === 'Escape' && e.target.closest('details[open]');
            if (details) { details.open = false; details.querySelector('summary').focus(); }
        });
        document.addEventListener('click', e => { if (!this.tools.contains(e.target)) this.closeOthers(null); });
    }

    closeOthers(but) {
        this.tools.querySelectorAll('details[open]').forEach(d => { if (d !== but) d.open = false; });
    }

    reset() {
        this.change(v => { Object.assign(v, emptyView()); this.written = this.written || 'x'; }, true);
    }

    copyLink() {
        this.use(() => {
            this.toAddress(false);
            const done = ok => { this.link.textContent = ok ? 'Copied' : 'Copy it from the address bar'; setTimeout(() => { this.link.textContent = 'Copy link'; }, 2500); };
            if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(() => done(true), () => done(false));
            else done(false);
        });
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

    fillPanels() {
        this.fillFilters();
        this.fillColumns();
        this.syncControls();
    }

    fillFilters() {
        const data = this.data, panel = this.filterPanel, controls = [];
        const add = (name, title, values) => {
            const numbers = values.filter(v => typeof v === 'number'), texts = [...new Set(values.filter(v => typeof v === 'string'))];
            if (numbers.length > 1 && Math.min(...numbers) < Math.max(...numbers)) controls.push(this.rangeFilter(name, title, numbers));
            else if (texts.length > 1 && texts.length <= 40) controls.push(this.choiceFilter(name, title, texts.sort((a, b) => a.localeCompare(b, 'en', {numeric: true}))));
        };
        add('family', 'Family', data.models.map(m => m[3]));
        add('submitter', 'Submitter', data.models.map(m => m[2]));
        const names = [...new Set(data.models.flatMap(m => Object.keys(m[5])))].sort();
        for (const name of names) add('a.' + name, (data.attributes[name] || {}).title || name, data.models.map(m => m[5][name]));
        if (data.models.some(m => m[4] & REFERENCE)) {
            this.reference = make('input', {type: 'checkbox', onchange: () => this.change(v => { v.reference = this.reference.checked; }, true)});
            controls.unshift(make('label', {class: 'check'}, this.reference, ' Reference rows'));
        }
        panel.replaceChildren(...(controls.length ? controls : [make('p', {}, 'The models have no attributes to filter by.')]));
    }

    rangeFilter(name, title, numbers) {
        const end = (key, text) => make('input', {type: 'number', step: 'any', 'data-filter': name, 'data-end': key, 'aria-label': `${title}: ${text}`,
            placeholder: String(key === 'min' ? Math.min(...numbers) : Math.max(...numbers)), onchange: e => this.change(v => {
                const f = {...v.filter[name], [key]: e.target.value === '' ? undefined : Number(e.target.value)};
                if (f.min === undefined && f.max === undefined) delete v.filter[name];
                else v.filter[name] = f;
            }, true)});
        return make('fieldset', {}, make('legend', {}, title), end('min', 'at least'), ' to ', end('max', 'at most'));
    }

    choiceFilter(name, title, texts) {
        const set = () => this.change(v => {
            const any = [...field.querySelectorAll('input:checked')].map(box => box.value);
            if (any.length) v.filter[name] = {any};
            else delete v.filter[name];
        }, true);
        const field = make('fieldset', {}, make('legend', {}, title), ...texts.map(text =>
            make('label', {class: 'check'}, make('input', {type: 'checkbox', value: text, 'data-filter': name, onchange: set}), ' ', make('bdi', {}, text))));
        return field;
    }

    fillColumns() {
        const data = this.data, children = childrenOf(data);
        this.boxes = new Map();
        const below = i => isLeaf(data.nodes[i]) ? [i] : children[i].flatMap(below);
        const item = i => {
            const box = make('input', {type: 'checkbox', disabled: Boolean(data.given), onchange: () => this.change(v => below(i).forEach(leaf => {
                if (box.checked) v.off.delete(leaf);
                else v.off.add(leaf);
            }), true)});
            this.boxes.set(i, {box, leaves: below(i)});
            return make('li', {}, make('label', {class: 'check'}, box, ' ', make('bdi', {}, data.nodes[i][1])),
                children[i].length ? make('ul', {}, ...children[i].map(item)) : null);
        };
        this.errors = make('input', {type: 'checkbox', onchange: () => this.change(v => { v.errors = this.errors.checked; }, true)});
        this.columnPanel.replaceChildren(make('label', {class: 'check'}, this.errors, ' Show errors (±)'),
            make('p', {class: 'by'}, data.given ? 'Averages cannot be taken over chosen benchmarks, because some scores are not published.' :
                'Averages are taken over the benchmarks that are chosen here, by the rule of the board.'),
            make('ul', {class: 'choose'}, ...children[0].map(item)));
    }

    /* Controls say what the view is. */
    syncControls() {
        const view = this.view;
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

    /* --- the table --- */

    /* Sort buttons on the page's own head, before there are data. */
    addButtons() {
        this.table.querySelectorAll('thead th[data-node]').forEach(th => th.append(this.sortButton(th.dataset.node, th.textContent.trim())));
    }

    /* key: id of a node, ".name" or ".cover" */
    sortButton(key, title) {
        return make('button', {type: 'button', class: 'sort', 'data-key': key, 'aria-label': `Sort by ${title}`, onclick: () => this.sortBy(key)});
    }

    sortBy(key) {
        this.change(v => {
            const at = key[0] === '.' ? key.slice(1) : this.data.nodes.findIndex(node => node[0] === key);
            const was = v.sort === null ? this.data.by : v.sort;
            if (was !== at || v.sort === null && v.up) { v.sort = at; v.up = false; }
            else if (!v.up) { v.sort = at; v.up = true; }
            else { v.sort = null; v.up = false; }
        }, true);
    }

    render() {
        const focus = document.activeElement, key = this.table.contains(focus) ? [focus.className, focus.dataset.key] : null;
        const columnsNow = [writeView(this.data, {...emptyView(), off: this.view.off, open: this.view.open}), this.view.errors].join();
        this.values = aggregate(this.data, this.view.off);
        this.result = select(this.data, this.view, this.values);
        if (columnsNow !== this.builtFor) { this.build(); this.builtFor = columnsNow; }
        this.place();
        this.syncControls();
        this.status.textContent = sayHidden(this.data, this.result) + this.sayChosen();
        if (key) this.table.querySelector(`.${key[0]}[data-key="${CSS.escape(key[1] || '')}"]`)?.focus();
    }

    sayChosen() {
        const n = this.data.nodes.filter(isLeaf).length, off = this.view.off.size;
        return off ? ` Averages and ranks are over ${n - off} of ${n} benchmarks.` : '';
    }

    build() {
        this.columns = columns(this.data, this.view);
        this.ranges = new Map([0, ...this.columns.map(c => c.node)].map(i => [i, this.range(i)]));
        this.table.querySelectorAll('colgroup').forEach(group => group.remove());
        this.table.tHead.replaceChildren(...this.head());
        this.rows = new Map(this.data.models.map((model, m) => [m, this.row(m)]));
    }

    hasOwn() { return this.values.some(row => row[0].score !== null); }

    title(i, button) {
        const node = this.data.nodes[i];
        return [make('a', {href: `${this.root}benchmarks/${node[0]}/index.html`}, node[1]), button];
    }

    openButton(i) {
        if (isLeaf(this.data.nodes[i])) return null;
        const open = this.columns.some(c => this.data.nodes[c.node][2] === i);
        return make('button', {type: 'button', class: 'open', 'data-key': this.data.nodes[i][0], 'aria-expanded': String(open),
            'aria-label': `${this.data.nodes[i][1]}: columns of its parts`, onclick: () => this.change(v => { v.open.set(i, !open); }, true)});
    }

    th(attributes, i, title, rowspan) {
        const id = typeof i === 'number' ? this.data.nodes[i][0] : '.' + i;
        return make('th', {scope: 'col', rowspan, 'data-key': id, ...attributes},
            ...title, this.sortButton(id, typeof i === 'number' ? this.data.nodes[i][1] : i === 'name' ? 'name' : 'number of scores'));
    }

    head() {
        const first = make('tr'), second = make('tr'), cols = this.columns;
        const spans = [];
        cols.forEach((c, k) => { if (k && cols[k - 1].top === c.top) spans[spans.length - 1].push(c.node); else spans.push([c.node]); });
        const single = span => span.length === 1 && span[0] === cols.find(c => c.node === span[0]).top;
        const depth = spans.some(span => !single(span)) ? 2 : 1;
        first.append(make('th', {scope: 'col', rowspan: depth, class: 'rank'}, 'Rank'), this.th({class: 'name'}, 'name', ['Model'], depth));
        if (this.hasOwn()) first.append(this.th({class: 'num own'}, 0, this.title(0), depth));
        first.append(this.th({class: 'num cover'}, 'cover', ['Scored'], depth));
        this.classes = new Map();
        let before = null;
        for (const span of spans) {
            const top = cols.find(c => c.node === span[0]).top, isSingle = single(span);
            const mark = k => (k === 0 && !(isSingle && before === true) ? 'first ' : '') + (isLeaf(this.data.nodes[span[k]]) ? 'leaf' : 'group');
            span.forEach((i, k) => this.classes.set(i, mark(k)));
            before = isSingle;
            if (isSingle) { first.append(this.th({class: 'num ' + mark(0)}, top, this.title(top, this.openButton(top)), depth)); continue; }
            first.append(make('th', {scope: 'colgroup', colspan: span.length, class: 'top first'}, ...this.title(top, this.openButton(top))));
            span.forEach((i, k) => second.append(this.th({class: 'num ' + mark(k)}, i,
                i === top ? [make('a', {href: `${this.root}benchmarks/${this.data.nodes[i][0]}/index.html`}, 'Average')] : this.title(i, this.openButton(i)), null)));
        }
        return depth === 2 ? [first, second] : [first];
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
        return make('td', {class: `num ${kind}${this.shade(i, score)}`}, shown(this.data, score), this.error(m, i));
    }

    error(m, i) {
        if (!this.view.errors || !isLeaf(this.data.nodes[i]) || !this.data.errors) return null;
        const k = this.data.nodes.slice(0, i).filter(isLeaf).length, error = this.data.errors[m][k];
        return error === null ? null : make('span', {class: 'pm'}, ` ±${fixed(error, 2)}`);
    }

    row(m) {
        const model = this.data.models[m], values = this.values[m], isReference = (model[4] & REFERENCE) !== 0, by = model[3] || model[2];
        const row = make('tr', {class: isReference ? 'reference' : null}, make('td', {class: 'rank'}),
            make('th', {scope: 'row', class: 'name'}, make('a', {href: `${this.root}models/${model[0]}/index.html`}, make('bdi', {}, model[1])),
                isReference ? ' ' : null, isReference ? make('span', {class: 'tag'}, 'reference') : null, by ? ' ' : null, by ? make('span', {class: 'by'}, make('bdi', {}, by)) : null));
        if (this.hasOwn()) row.append(this.cell(m, 0, 'own'));
        row.append(make('td', {class: values[0].scored < values[0].of ? 'num cover part' : 'num cover'}, `${values[0].scored} of ${values[0].of}`));
        for (const c of this.columns) row.append(this.cell(m, c.node, this.classes.get(c.node)));
        return row;
    }

    /* The rows that are seen, in order; rank among them, and the rank among all where it is another. */
    place() {
        const now = ranks(this.data, this.values, this.data.by, this.result.seen), body = make('tbody');
        for (const m of this.result.seen) {
            const row = this.rows.get(m), cell = row.firstElementChild, is = now.get(m), was = this.first.get(m);
            cell.replaceChildren(...(is ? [String(is.rank), is.tied ? make('span', {class: 'tie'}, '=') : ''] : [make('span', {class: 'vh'}, 'not ranked')]));
            if (is && was && is.rank !== was.rank) cell.prepend(make('span', {class: 'was', title: `rank among all ${this.data.models.length}`}, `(${was.rank}) `));
            body.append(row);
        }
        if (!this.result.seen.length) body.append(make('tr', {}, make('td', {class: 'nothing', colspan: 99}, 'No model is left. Search for less, or reset.')));
        this.table.tBodies[0].replaceWith(body);
        this.table.querySelectorAll('thead [aria-sort]').forEach(th => th.removeAttribute('aria-sort'));
        const key = this.view.sort === null ? this.data.nodes[this.data.by][0] : typeof this.view.sort === 'number' ? this.data.nodes[this.view.sort][0] : '.' + this.view.sort;
        const th = [...this.table.querySelectorAll('thead th[data-key]')].find(head => head.dataset.key === key);
        const lower = typeof this.view.sort === 'number' && this.data.nodes[this.view.sort][3] & LOWER, name = this.view.sort === 'name';
        if (th) th.setAttribute('aria-sort', this.view.up !== Boolean(lower || name) ? 'ascending' : 'descending');
    }
}

/* Classes of the reference's colours (src/render/palette.h). */
function referenceShade(node, value) {
    if (value === null) return ' bs bs-none';
    const [min, max] = [node[5], node[6]], n = max === min ? 0.5 : Math.min(1, Math.max(0, (value - min) / (max - min)));
    const alpha = max === min ? 1 : 0.1 + 0.9 * n;
    return ` bs b${isEngineering(node) ? 'e' : 's'}${Math.min(100, Math.floor(100 * (0.8 * n * n)))}-${Math.round(100 * alpha)}`;
}

if (typeof document !== 'undefined') {
    window.brainboard = {board: receive};
    document.querySelectorAll('.board-frame').forEach(frame => new Board(frame));
}
