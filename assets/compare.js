/*
 * The compare page: any two quantities against each other, drawn in the browser, with the choice in the address. The page is complete without it.
 *
 * On first use it loads full-precision values: assets/compare-data-<digest>.js, which calls brainboard.compare(data) with {models, quantities, attributes,
 * kinds, roles}:
 *   models: [id, name, family, {text attribute: value}]
 *   quantities: {id, title, label, of: "group" | "benchmark" | "attribute", format, domain, depth, log, lower, cost, engineering, values, kind, errors}; values
 *     and errors are texts with a number per model between commas, nothing for none; kind: what the errors are
 *   attributes: {name: title}; kinds: [[kind of error, in words]]; roles: [[class of a mark, its colour on paper, in the dark]]
 * How two quantities go together is said by the rules of src/render/compare_view.c.
 */
'use strict';

const brainboardCompare = (() => {
    const stats = typeof brainboardAssociate === 'undefined' ? require('./associate.js') : brainboardAssociate;
    const plot = typeof brainboardPlot === 'undefined' ? require('./plot.js') : brainboardPlot;
    const FEW = 10, BAND_STEPS = 40;
    const numbers = text => text.split(',').map(part => part === '' ? NaN : Number(part));

    /* --- what a pair is: pure functions ------------------------------------------------------------------------------------------------------------ */

    /* Reads the texts of numbers, once. */
    function prepared(data) {
        for (const quantity of data.quantities) {
            quantity.values = numbers(quantity.values);
            quantity.errors = quantity.errors ? numbers(quantity.errors) : null;
        }
        data.find = new Map(data.quantities.map((quantity, i) => [quantity.id, i]));
        return data;
    }

    const canLog = quantity => quantity.values.every(value => Number.isNaN(value) || value > 0);
    const axis = (quantity, log) => log ? quantity.values.map(Math.log10) : quantity.values;

    /* A choice that holds: {x, y, logX, logY, by} with numbers of quantities. text: the end of an address, "x=V1&y=IT&log=x&by=family". first: the page's. */
    function readChoice(data, text, first) {
        const given = new Map(text.replace(/^#/, '').split('&').map(part => part.split('=')).filter(pair => pair.length === 2).map(([key, value]) => [key, decoded(value)]));
        const find = (key, other) => data.find.has(given.get(key)) ? data.find.get(given.get(key)) : data.find.get(other);
        const out = {x: find('x', first.x), y: find('y', first.y), by: groupings(data).some(g => g.id === given.get('by')) ? given.get('by') : 'family'};
        const log = given.has('log') ? given.get('log').split('') : null, q = data.quantities;
        out.logX = (log ? log.includes('x') : Boolean(q[out.x].log)) && canLog(q[out.x]);
        out.logY = (log ? log.includes('y') : Boolean(q[out.y].log)) && canLog(q[out.y]);
        return out;
    }
    const decoded = text => { try { return decodeURIComponent(text); } catch { return ''; } };

    function writeChoice(data, choice) {
        const q = data.quantities, part = [`x=${encodeURIComponent(q[choice.x].id)}`, `y=${encodeURIComponent(q[choice.y].id)}`];
        if (choice.logX !== Boolean(q[choice.x].log) || choice.logY !== Boolean(q[choice.y].log)) part.push('log=' + (choice.logX ? 'x' : '') + (choice.logY ? 'y' : '') + (choice.logX || choice.logY ? '' : '-'));
        if (choice.by !== 'family') part.push('by=' + encodeURIComponent(choice.by));
        return part.join('&');
    }

    /* By what points can be told apart: the family, every text attribute that several models share, nothing. */
    function groupings(data) {
        const names = new Set(data.models.flatMap(model => Object.keys(model[3])));
        return [{id: 'family', title: 'family'}, ...[...names].sort().map(name => ({id: 'a.' + name, title: data.attributes[name] || name})), {id: 'none', title: 'nothing'}];
    }
    const groupOf = (model, by) => by === 'family' ? model[2] : by === 'none' ? null : model[3][by.slice(2)] || null;

    /* Groups of at least two of the models that are drawn, the largest first, ties in the order of the models: {names, of: per model, a number}. */
    function groups(data, models, by) {
        const count = new Map();
        for (const m of models) { const name = groupOf(data.models[m], by); if (name) count.set(name, (count.get(name) || 0) + 1); }
        const first = new Map();
        data.models.forEach((model, m) => { const name = groupOf(model, by); if (name && !first.has(name)) first.set(name, m); });
        const names = [...count.keys()].filter(name => count.get(name) >= 2).sort((a, b) => count.get(b) - count.get(a) || first.get(a) - first.get(b));
        const place = new Map(names.map((name, k) => [name, k]));
        return {names, of: data.models.map(model => { const name = groupOf(model, by); return place.has(name) ? place.get(name) : names.length; })};
    }

    /* Over families: each is one item, the mean of its models that have both; a model without one is its own. */
    function overFamilies(data, u, v) {
        const sums = new Map();
        data.models.forEach((model, m) => {
            if (Number.isNaN(u[m]) || Number.isNaN(v[m])) return;
            const key = model[2] === null ? m : model[2], sum = sums.get(key) || [0, 0, 0];
            sums.set(key, [sum[0] + u[m], sum[1] + v[m], sum[2] + 1]);
        });
        const all = [...sums.values()];
        return stats.associate(all.map(s => s[0] / s[2]), all.map(s => s[1] / s[2]));
    }

    const title = (x, y) => `${y.domain && y.domain === x.domain ? y.title : y.label} against ${x.label}`;
    const shown = value => Number.isNaN(value) ? '' : plot.fixed(value, 2);
    const detail = value => { const size = Math.abs(value); return Number.isNaN(value) ? '' : plot.fixed(value, size >= 100 ? 1 : size > 0 && size < .001 ? 5 : 3); };
    const pText = p => Number.isNaN(p) ? '' : p < .001 ? '< 0.001' : plot.fixed(p, 3);
    const finding = found => Number.isNaN(found.r) ? `n = ${found.n}: too few, or all the same` : `Pearson r = ${shown(found.r)} (95 % interval ${shown(found.low)} to ${shown(found.high)}), n = ${found.n}`;
    const warning = n => n >= FEW ? '' : n === 0 ? 'No model has both values.' : n === 1 ? 'Only one model has both values: this says nothing.' : `Only ${n} models have both values: this says little.`;

    /* Everything that is shown of a choice. */
    function pairOf(data, choice) {
        const x = data.quantities[choice.x], y = data.quantities[choice.y], u = axis(x, choice.logX), v = axis(y, choice.logY), found = stats.associate(u, v);
        const models = data.models.map((model, m) => m).filter(m => !Number.isNaN(u[m]) && !Number.isNaN(v[m])), told = groups(data, models, choice.by);
        return {x, y, found, families: overFamilies(data, u, v), models, told, title: title(x, y), fit: lineOf(found, models.map(m => u[m]), choice)};
    }

    function lineOf(found, u, choice) {
        const lo = u.reduce((a, b) => Math.min(a, b), Infinity), hi = u.reduce((a, b) => Math.max(a, b), -Infinity), fit = {slope: found.slope, intercept: found.intercept, at: [], low: [], high: []};
        if (Number.isNaN(found.slope) || Number.isNaN(found.residualSd) || !(lo < hi)) return fit;
        const at = Array.from({length: BAND_STEPS + 1}, (_, k) => lo + (hi - lo) * k / BAND_STEPS), half = stats.lineBand(found, at);
        const out = (value, log) => log ? 10 ** value : value;
        at.forEach((value, k) => {
            const middle = found.intercept + found.slope * value;
            fit.at.push(out(value, choice.logX));
            fit.low.push(out(middle - half[k], choice.logY));
            fit.high.push(out(middle + half[k], choice.logY));
        });
        return fit;
    }

    /* [[name, value, note]], as the page has them. */
    function numbersOf(pair, choice) {
        const {found, families} = pair, out = [['Models', String(found.n), 'with both values']];
        const add = (name, value, note) => { if (value) out.push([name, value, note]); };
        add('Pearson r', shown(found.r), `95 % interval ${shown(found.low)} to ${shown(found.high)}`);
        add('p of r', pText(found.p), '');
        add('R²', shown(found.r * found.r), 'variance explained by the line');
        add('Spearman ρ', shown(found.rho), pText(found.rhoP) && `p ${found.rhoP < .001 ? '' : '= '}${pText(found.rhoP)}`);
        if (families.n && families.n < found.n) add('r over families', shown(families.r), `n = ${families.n}, each family one point`);
        if (!Number.isNaN(found.slope)) add('Line', `${choice.logY ? 'log₁₀ y' : 'y'} = ${detail(found.intercept)} ${found.slope < 0 ? '−' : '+'} ${detail(Math.abs(found.slope))} · ${choice.logX ? 'log₁₀ x' : 'x'}`, '');
        return out;
    }

    const csvOf = (data, pair) => plot.csv([['model', 'name', 'family', pair.x.id, pair.y.id], ...pair.models.map(m => [data.models[m][0], data.models[m][1], data.models[m][2] || '', pair.x.values[m], pair.y.values[m]])]);

    /* --- the page ------------------------------------------------------------------------------------------------------------------------------------ */

    /* Data in a script of its own, loaded when it is first used. {use(source, then, failed), receive(given)}; receive is what the script calls. */
    function lazy(keep) {
        let waiting = [], there = false;
        return {
            receive(given) {
                keep(given);
                there = true;
                waiting.forEach(then => then());
                waiting = [];
            },
            use(source, then, failed) {
                if (there) { then(); return; }
                waiting.push(then);
                if (waiting.length === 1) document.head.append(make('script', {src: source, onerror: () => { waiting = []; failed(); }}));
            }
        };
    }
    let data = null;
    const {receive, use} = lazy(given => { data = prepared(given); });

    /* An element; "onclick" … become listeners, nothing is read as markup. */
    function make(name, attributes, ...content) {
        const out = document.createElement(name);
        for (const [key, value] of Object.entries(attributes || {}))
            if (key.startsWith('on')) out.addEventListener(key.slice(2), value);
            else if (value === true) out.setAttribute(key, '');
            else if (value !== false) out.setAttribute(key, value);
        out.append(...content);
        return out;
    }

    class Compare {
        constructor(place) {
            this.place = place;
            this.figure = place.querySelector('figure');
            this.first = {x: place.dataset.x, y: place.dataset.y};
            this.buildTools(place.querySelector('.chooser'));
            this.buildReader();
            window.addEventListener('hashchange', () => this.fromAddress());
            this.fromAddress();
        }

        use(then) {
            use(this.place.dataset.source, () => { this.fillTools(); then(); }, () => { this.say('The values could not be loaded: the file with them is missing beside this page.'); });
        }
        say(text) { this.status.textContent = text; }

        fromAddress() {
            if (!/(^#|&)[xy]=/.test(location.hash) || location.hash === this.written) return;
            this.use(() => { this.choice = readChoice(data, location.hash, this.first); this.render(); });
            if (this.shownBefore) this.place.scrollIntoView({block: 'start'});
            this.shownBefore = true;
        }

        /* alter: changes the choice. A step that "back" takes back. */
        change(alter) {
            this.use(() => {
                this.choice = this.choice || readChoice(data, location.hash, this.first);
                const before = {...this.choice}, q = data.quantities;
                alter(this.choice);
                if (this.choice.x !== before.x) this.choice.logX = Boolean(q[this.choice.x].log);
                if (this.choice.y !== before.y) this.choice.logY = Boolean(q[this.choice.y].log);
                this.written = '#' + writeChoice(data, this.choice);
                history.pushState(null, '', this.written);
                this.shownBefore = true;
                this.render();
            });
        }

        /* --- controls --- */

        buildTools(tools) {
            const across = tools.querySelector('select'), up = across.cloneNode(true);
            const pick = (select, id) => { select.value = id; };
            up.id = 'compare-y';
            pick(across, this.first.x);
            pick(up, this.first.y);
            this.selects = {x: across, y: up};
            for (const key of ['x', 'y']) this.selects[key].addEventListener('change', () => this.change(choice => { choice[key] = data.find.get(this.selects[key].value); }));
            const check = key => make('input', {type: 'checkbox', id: `compare-log-${key}`, onchange: e => this.change(choice => { choice[key === 'x' ? 'logX' : 'logY'] = e.target.checked; })});
            this.logs = {x: check('x'), y: check('y')};
            this.by = make('select', {id: 'compare-by', onfocus: () => this.use(() => {}), onchange: () => this.change(choice => { choice.by = this.by.value; })}, make('option', {value: 'family'}, 'family'));
            this.status = make('p', {role: 'status'});
            this.link = make('button', {type: 'button', onclick: () => this.copyLink()}, 'Copy link');
            const field = (label, control) => make('span', {class: 'field'}, make('label', {for: control.id}, label), control);
            const flag = key => make('label', {class: 'check', for: `compare-log-${key}`}, this.logs[key], ' log');
            across.parentElement.append(flag('x'));
            tools.append(make('button', {type: 'button', class: 'swap', 'aria-label': 'Exchange across and up', onclick: () => this.swap()}, '⇄'), make('span', {class: 'field'}, make('label', {for: 'compare-y'}, 'Up'), up, flag('y')),
                field('Colour by', this.by), make('span', {class: 'field files'}, ...['SVG', 'PNG', 'CSV'].map(kind => make('button', {type: 'button', onclick: () => this.save(kind)}, kind)), this.link), this.status);
            tools.classList.add('live');
        }

        swap() {
            this.change(choice => {
                [choice.x, choice.y] = [choice.y, choice.x];
            });
        }

        fillTools() {
            if (this.filled) return;
            this.filled = true;
            this.by.replaceChildren(...groupings(data).map(g => make('option', {value: g.id}, g.title)));
        }

        syncTools() {
            const {choice} = this;
            for (const key of ['x', 'y']) {
                this.selects[key].value = data.quantities[choice[key]].id;
                this.logs[key].checked = key === 'x' ? choice.logX : choice.logY;
                this.logs[key].disabled = !canLog(data.quantities[choice[key]]);
            }
            this.by.value = choice.by;
        }

        copyLink() {
            const done = ok => { this.link.textContent = ok ? 'Copied' : 'Copy the address'; setTimeout(() => { this.link.textContent = 'Copy link'; }, 2500); };
            if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(() => done(true), () => done(false)); else done(false);
        }

        save(kind) {
            this.use(() => {
                if (!this.pair) { this.choice = this.choice || readChoice(data, location.hash, this.first); this.render(); }
                const name = `${this.pair.y.id}-${this.pair.x.id}`.replace(/[^A-Za-z0-9._-]+/g, '-'), svg = this.figure.querySelector('svg');
                if (kind === 'SVG') plot.save(new Blob([plot.standalone(svg, data.roles, true)], {type: 'image/svg+xml'}), name + '.svg');
                else if (kind === 'CSV') plot.save(new Blob([csvOf(data, this.pair)], {type: 'text/csv;charset=utf-8'}), name + '.csv');
                else plot.png(svg, data.roles, 3, blob => { if (blob) plot.save(blob, name + '.png'); else this.say('This browser cannot make a PNG of it.'); });
            });
        }

        /* --- the chart --- */

        render() {
            const {choice} = this, pair = this.pair = pairOf(data, choice), warn = warning(pair.found.n);
            this.syncTools();
            const drawing = plot.scatter({title: pair.title, desc: `${pair.y.label} against ${pair.x.label}, ${pair.found.n} points. ${finding(pair.found)}.`,
                x: {label: pair.x.label, log: choice.logX, format: pair.x.format}, y: {label: pair.y.label, log: choice.logY, format: pair.y.format},
                points: pair.models.map(m => ({m, name: data.models[m][1], x: pair.x.values[m], y: pair.y.values[m], family: pair.told.of[m]})),
                families: pair.told.names, fit: pair.fit, front: pair.x.cost && pair.y.of !== 'attribute' ? (pair.y.lower ? -1 : 1) : 0, width: 560, height: 400});
            this.figure.querySelector('svg').replaceWith(drawing.svg);
            this.figure.querySelector('.pair-title').replaceChildren(make('bdi', {}, pair.title));
            this.place.querySelector('.numbers').replaceChildren(...numbersOf(pair, choice).flatMap(([name, value, note]) => [make('dt', {}, name), make('dd', {}, value, ...(note ? [' ', make('span', {class: 'by'}, note)] : []))]));
            this.warn(warn);
            this.say(`${pair.title}: ${finding(pair.found)}. ${warn}`);
            this.read(drawing);
            this.fillValues();
        }

        warn(text) {
            let note = this.place.querySelector('.few-models');
            if (!note) this.place.querySelector('.numbers').after(note = make('p', {class: 'note few-models'}));
            note.textContent = text;
            note.hidden = !text;
        }

        /* The values as a table, made when it is opened. */
        fillValues() {
            if (!this.values) {
                this.values = make('details', {class: 'fold pair-values', id: 'pair-values', ontoggle: () => this.fillTable()}, make('summary', {}, ''), make('div', {class: 'scroll', role: 'region', 'aria-label': 'The values of the pair', tabindex: '0'}));
                this.place.append(this.values);
                this.figure.querySelector('.pair-data').href = '#pair-values';
                this.figure.querySelector('.pair-data').addEventListener('click', e => { e.preventDefault(); this.values.open = true; this.values.querySelector('summary').focus(); });
            }
            this.values.querySelector('summary').textContent = `The values of ${this.pair.found.n} models`;
            this.tableOf = null;
            this.fillTable();
        }

        fillTable() {
            if (!this.values.open || this.tableOf === this.pair) return;
            this.tableOf = this.pair;
            const {x, y, models} = this.pair, number = (q, value) => q.of === 'attribute' ? detail(value) : shown(value);
            const rows = [...models].sort((a, b) => y.values[b] - y.values[a] || a - b).map(m => make('tr', {}, make('th', {scope: 'row', class: 'name'}, this.linkTo(m), ...(data.models[m][2] ? [' ', make('span', {class: 'by'}, make('bdi', {}, data.models[m][2]))] : [])),
                make('td', {class: 'num'}, number(x, x.values[m])), make('td', {class: 'num'}, number(y, y.values[m]))));
            const head = make('tr', {}, make('th', {scope: 'col', class: 'name'}, 'Model'), ...[x, y].map(q => make('th', {scope: 'col', class: 'num'}, make('bdi', {}, q.label))));
            this.values.querySelector('.scroll').replaceChildren(make('table', {class: 'board'}, make('thead', {}, head), make('tbody', {}, ...rows)));
        }

        linkTo(m) { return make('a', {href: `${this.place.dataset.root}models/${data.models[m][0]}/index.html`}, make('bdi', {}, data.models[m][1])); }

        /* --- reading single points: by pointer, touch and keys --- */

        buildReader() {
            this.slider = make('input', {type: 'range', id: 'compare-point', min: '0', max: '0', value: '0', oninput: () => this.whenDrawn(() => this.pick(Number(this.slider.value)))});
            this.readout = make('output', {for: 'compare-point'}, '');
            const reader = make('div', {class: 'reader'}, make('label', {for: 'compare-point'}, 'Point by point'), this.slider, this.readout);
            this.figure.append(reader);
            this.slider.addEventListener('focus', () => this.whenDrawn(() => {}));
        }

        whenDrawn(then) {
            if (this.points) { then(); return; }
            this.use(() => { if (!this.points) { this.choice = this.choice || readChoice(data, location.hash, this.first); this.render(); } then(); });
        }

        /* Points from left to right; keys of the slider go from one to the next. */
        read(drawing) {
            const svg = drawing.svg;
            this.points = drawing.drawn.slice().sort((a, b) => a.x - b.x || a.y - b.y);
            this.slider.max = String(Math.max(0, this.points.length - 1));
            this.slider.value = '0';
            this.slider.removeAttribute('aria-valuetext');
            this.readout.textContent = '';
            this.cursor = plot.element('circle', {class: 'c-marked cursor', fill: 'none', stroke: 'currentColor', 'stroke-width': 2, r: drawing.r + 4, cx: -99, cy: -99});
            svg.append(this.cursor);
            const near = event => {
                const box = svg.getBoundingClientRect(), k = Number(svg.getAttribute('width')) / box.width, x = (event.clientX - box.left) * k, y = (event.clientY - box.top) * k;
                let best = -1, least = (24 * k) ** 2;
                this.points.forEach((p, i) => { const d = (p.x - x) ** 2 + (p.y - y) ** 2; if (d < least) { least = d; best = i; } });
                return best;
            };
            svg.addEventListener('pointermove', event => { if (event.pointerType === 'touch') return; const i = near(event); svg.classList.toggle('pointing', i >= 0); if (i >= 0) this.pick(i); });
            svg.addEventListener('click', event => {
                const i = near(event);
                if (i < 0) return;
                this.pick(i);
                if (event.pointerType !== 'touch') this.readout.querySelector('a').click(); /* a touch first shows; its link is below the chart */
            });
        }

        pick(i) {
            const p = this.points[i];
            if (!p) return;
            const {x, y} = this.pair, group = this.pair.told.names[p.point.family];
            const words = `${x.title} ${detail(p.point.x)}, ${y.title} ${detail(p.point.y)}${group ? ` (${group})` : ''}`;
            this.cursor.setAttribute('cx', p.x);
            this.cursor.setAttribute('cy', p.y);
            this.slider.value = String(i);
            this.slider.setAttribute('aria-valuetext', `${p.point.name}: ${words}`);
            this.readout.replaceChildren(this.linkTo(p.point.m), ': ' + words);
        }
    }

    function start() {
        for (const place of document.querySelectorAll('.compare')) new Compare(place);
    }

    return {start, receive, use, lazy, numbers, make, prepared, readChoice, writeChoice, groupings, groups, overFamilies, pairOf, numbersOf, finding, warning, csvOf, canLog, shown, detail, data: () => data};
})();

if (typeof module !== 'undefined') module.exports = brainboardCompare;
if (typeof document !== 'undefined') {
    window.brainboard = Object.assign(window.brainboard || {}, {compare: brainboardCompare.receive});
    brainboardCompare.start();
}
