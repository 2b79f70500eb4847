/*
 * Models against each other: two to six that a reader chooses, the first against each of the others, with the choice in the address. Values and helpers are
 * those of assets/compare.js; what a tie is and which rows are shown is said by src/render/compare_view.c. Where models have scores of several layers,
 * those are in assets/layer-data-<digest>.js, which calls brainboard.layers(data) (src/render/page_versus_layers.h).
 */
'use strict';

const brainboardVersus = (() => {
    const compare = typeof brainboardCompare === 'undefined' ? require('./compare.js') : brainboardCompare;
    const plot = typeof brainboardPlot === 'undefined' ? require('./plot.js') : brainboardPlot;
    const MOST = 6, ROWS_MOST = 60, {detail} = compare;

    /* --- pure functions ---------------------------------------------------------------------------------------------------------------------------- */

    const seOf = (quantity, m) => quantity.se && quantity.errors ? quantity.errors[m] : NaN;

    /* The first model against the second on a benchmark or group: {both, difference, se, ahead}; ahead 1: the first, −1: the second, 0: a tie. */
    function duel(quantity, first, second) {
        const a = quantity.values[first], b = quantity.values[second], both = !Number.isNaN(a) && !Number.isNaN(b);
        if (!both) return {both, difference: NaN, se: NaN, ahead: 0};
        const difference = a - b, se = Math.hypot(seOf(quantity, first), seOf(quantity, second));
        const tied = plot.fixed(a, 2) === plot.fixed(b, 2) || (!Number.isNaN(se) && Math.abs(difference) <= 2 * se);
        return {both, difference, se, ahead: tied ? 0 : (difference > 0) === !quantity.lower ? 1 : -1};
    }

    /* Of a domain, {wins, losses, ties} over all its benchmarks. */
    function count(data, domain, first, second) {
        const out = {wins: 0, losses: 0, ties: 0};
        for (const quantity of data.quantities) {
            if (quantity.of !== 'benchmark' || quantity.domain !== domain) continue;
            const found = duel(quantity, first, second);
            if (found.both) out[found.ahead > 0 ? 'wins' : found.ahead < 0 ? 'losses' : 'ties']++;
        }
        return out;
    }

    /* Benchmarks and groups of a domain down to a depth at which they are not too many. */
    function rowsOf(data, domain) {
        const all = data.quantities.filter(q => q.of !== 'attribute' && q.domain === domain);
        for (let depth = 6; ; depth--) {
            const rows = all.filter(q => q.depth <= depth);
            if (rows.length <= ROWS_MOST || !depth) return rows;
        }
    }

    const domains = data => [...new Set(data.quantities.filter(q => q.domain).map(q => q.domain))];

    /* "#m=a,b" → numbers of models, each once. */
    function readModels(data, hash) {
        const found = /(?:^#|&)m=([^&]*)/.exec(hash), place = new Map(data.models.map((model, m) => [model[0], m]));
        const ids = found ? found[1].split(',').map(id => { try { return decodeURIComponent(id); } catch { return ''; } }) : [];
        return [...new Set(ids.filter(id => place.has(id)).map(id => place.get(id)))].slice(0, MOST);
    }
    const writeModels = (data, models) => models.length ? 'm=' + models.map(m => encodeURIComponent(data.models[m][0])).join(',') : '';

    const signed = (value, se) => Number.isNaN(value) ? '' : (value > 0 ? '+' : '') + detail(value) + (Number.isNaN(se) ? '' : ` ± ${detail(se)}`);
    const scored = (quantity, m) => { const value = quantity.values[m], se = seOf(quantity, m); return Number.isNaN(value) ? '' : detail(value) + (Number.isNaN(se) ? '' : ` ± ${detail(se)}`); };

    function sentence(data, domain, first, second) {
        const {wins, losses, ties} = count(data, domain, first, second), all = wins + losses + ties;
        if (!all) return `${data.models[first][1]} and ${data.models[second][1]} have no benchmark in common.`;
        return `${data.models[first][1]} against ${data.models[second][1]}: ahead on ${wins}, behind on ${losses}, and tied on ${ties} of the ${all} benchmarks that both have a score on.`;
    }

    function csvOf(data, models) {
        const names = models.map(m => data.models[m][0]), head = ['benchmark', 'title', ...names.flatMap(id => [id, id + ' error', ]), ...names.slice(1).flatMap(id => [`${names[0]} - ${id}`, `${names[0]} - ${id} se`])];
        const rows = data.quantities.filter(q => q.of !== 'attribute').map(q => [q.id, q.label, ...models.flatMap(m => [q.values[m], q.errors ? q.errors[m] : NaN]),
            ...models.slice(1).flatMap(m => { const found = duel(q, models[0], m); return [found.difference, found.se]; })]);
        return plot.csv([head, ...rows]);
    }

    /* --- the chart (src/chart/versus.c) -------------------------------------------------------------------------------------------------------------- */

    function draw(data, rows, models, title) {
        const ROW = 18, INDENT = 10, width = 560, names = models.map(m => data.models[m][1]);
        const legendRoom = names.length > 1 ? plot.legend(null, names, width) + 2 : 18, bottom = legendRoom + ROW * Math.max(1, rows.length) + 2, height = bottom + 36;
        const values = [0];
        for (const q of rows) for (const m of models) { const se = seOf(q, m); values.push(q.values[m], q.values[m] - se, q.values[m] + se); }
        const widest = Math.min(.45 * width, rows.reduce((most, q) => Math.max(most, INDENT * q.depth + plot.textWidth(q.title) * (q.of === 'group' ? 1.1 : 1)), 0));
        const frame = {left: Math.max(10, widest + 12), top: legendRoom, right: width - 6, bottom};
        const scale = plot.scaleOf(plot.nice(plot.domainOf(values, false), 5), false, frame.left + 5, frame.right - 6), best = models.map(() => 0);
        for (const q of rows) { const top = Math.max(...models.map(m => q.values[m]).filter(v => !Number.isNaN(v)), -Infinity); models.forEach((m, s) => { if (q.values[m] === top) best[s]++; }); }
        const svg = plot.root(width, height, title, `${rows.length} rows. ` + names.map((name, s) => `${name} has the largest value in ${best[s]}.`).join(' '));
        plot.legend(svg, names, width);
        plot.axisBottom(svg, frame, scale, plot.ticksOf(scale, 5, 'number'), 'Score', width);
        rows.forEach((q, i) => drawRow(svg, data, q, models, scale, frame, frame.top + ROW * (i + .5)));
        return svg;
    }

    /* --- layers (src/chart/depth.c) ------------------------------------------------------------------------------------------------------------------ */

    /* What a model has on benchmark k of the data: {m, name, layers: [name], scores: [number], chosen}; null: nothing. */
    function layersOf(data, layers, m, k) {
        const mine = Object.hasOwn(layers.models, data.models[m][0]) ? layers.models[data.models[m][0]] : null, found = mine && mine[1][k];
        return found ? {m, name: data.models[m][1], layers: found[2] || mine[0], scores: compare.numbers(found[0]), chosen: found[1]} : null;
    }

    function drawDepth(models, title) {
        const DOTS = 60, width = 400, names = models.map(model => model.name), room = plot.legend(null, names, width), height = 220 + room;
        const said = model => {
            const best = model.scores.reduce((most, score, i) => Number.isNaN(score) || (most >= 0 && model.scores[most] >= score) ? most : i, -1);
            return `${model.name}: ${model.layers.length} layers` + (best >= 0 ? `, best ${model.layers[best]} with ${plot.fixed(model.scores[best], 3)}` : '') + (model.chosen >= 0 ? `, chosen ${model.layers[model.chosen]}` : '') + '.';
        };
        const svg = plot.root(width, height, title, `${models.length} models, layers in the order of depth. ` + models.map(said).join(' '));
        const frame = {top: 24 + room, right: width - 6, bottom: height - 20}, y = plot.scaleOf(plot.nice(plot.domainOf([0, ...models.flatMap(model => model.scores)], false), 4), false, frame.bottom, frame.top), ticks = plot.ticksOf(y, 4, 'number');
        frame.left = plot.ticksWidth(ticks) + 8;
        plot.legend(svg, names, width);
        plot.axisLeft(svg, frame, y, ticks, 'Score', width);
        svg.append(plot.line('axis', 1, [[frame.left, y.at(0)], [frame.right, y.at(0)]]), plot.text('muted', frame.left, frame.bottom + 16, 'start', 'first layer'), plot.text('muted', frame.right, frame.bottom + 16, 'end', 'last layer'));
        const from = frame.left + 8, to = frame.right - 8, all = [], labels = [];
        models.forEach((model, s) => {
            const at = model.scores.map((score, i) => [from + (model.scores.length > 1 ? i / (model.scores.length - 1) : 1) * (to - from), y.at(score)]);
            svg.append(plot.line(s + 1, 1.5, at));
            at.forEach((point, i) => {
                if (Number.isNaN(point[1])) return;
                all.push(point);
                const isChosen = i === model.chosen, group = plot.element('g');
                if (isChosen) labels.push({x: point[0], y: point[1], text: plot.fitText(model.layers[i], width * .4)});
                if (!isChosen && at.length > DOTS) return;
                group.append(plot.element('title', {}, `${model.name}, ${model.layers[i]}: ${plot.fixed(model.scores[i], 3)}${isChosen ? ', chosen' : ''}`), plot.shapes(s + 1, s, [point], isChosen ? 4.4 : 2.4));
                svg.append(group);
            });
        });
        plot.placeNames(labels, all, 4.4, frame);
        for (const label of labels) if (label.placed) svg.append(...plot.halo('ink', label.atX, label.atY, label.anchor, label.text));
        return svg;
    }

    function drawRow(svg, data, q, models, scale, frame, y) {
        const from = 10 * q.depth, isGroup = q.of === 'group', known = models.map(m => q.values[m]).filter(v => !Number.isNaN(v)), row = plot.element('g');
        row.append(plot.element('title', {}, `${q.title}: ` + models.map(m => `${data.models[m][1]} ${scored(q, m) || 'no score'}`).join(', ')),
            plot.text('ink', from + 2, y + 4, 'start', plot.fitText(q.title, (frame.left - 8 - from) / (isGroup ? 1.16 : 1)), isGroup));
        if (known.length > 1) row.append(plot.line('axis', 1, [[scale.at(Math.min(...known)), y], [scale.at(Math.max(...known)), y]]));
        models.forEach((m, s) => {
            const value = q.values[m], se = seOf(q, m);
            if (Number.isNaN(value)) return;
            if (!Number.isNaN(se)) {
                const low = scale.at(value - se), high = scale.at(value + se);
                row.append(plot.line(s + 1, 1, [[low, y - 2], [low, y + 2], [NaN, NaN], [low, y], [high, y], [NaN, NaN], [high, y - 2], [high, y + 2]]));
            }
            row.append(plot.shapes(s + 1, s, [[scale.at(value), y]], isGroup ? 4.4 : 3.6));
        });
        svg.append(row);
    }

    /* --- the page ------------------------------------------------------------------------------------------------------------------------------------ */

    const {make} = compare;
    let layers = null;
    const layerData = compare.lazy(given => { layers = given; });

    class Versus {
        constructor(place) {
            this.place = place;
            this.fixed = [...document.querySelectorAll('.duel')];
            this.made = make('div', {});
            this.models = [];
            this.buildTools(place.querySelector('.chooser'));
            place.append(this.made);
            window.addEventListener('hashchange', () => this.fromAddress());
            this.fromAddress();
        }

        /* then(layers), the scores of layers or null, when it is known. */
        useLayers(then) {
            if (!this.place.dataset.layers) then(null);
            else layerData.use(this.place.dataset.layers, () => then(layers), () => then(null));
        }

        use(then) {
            compare.use(this.place.dataset.source, () => { this.fill(); then(compare.data()); }, () => { this.status.textContent = 'The values could not be loaded: the file with them is missing beside this page.'; });
        }

        fromAddress() {
            if (location.hash === (this.written || '') || (!/(^#|&)m=/.test(location.hash) && !this.models.length)) return;
            this.use(data => { this.models = readModels(data, location.hash); this.written = location.hash; this.render(data); });
        }

        change(alter) {
            this.use(data => {
                alter(data);
                const part = writeModels(data, this.models);
                this.written = part ? '#' + part : '';
                history.pushState(null, '', part ? '#' + part : location.pathname + location.search);
                this.render(data);
            });
        }

        buildTools(tools) {
            this.list = make('datalist', {id: 'versus-names'});
            this.input = make('input', {type: 'search', id: 'versus-add', list: 'versus-names', autocomplete: 'off', spellcheck: 'false', placeholder: 'a name', onfocus: () => this.use(() => {}), onchange: () => this.add(),
                onkeydown: e => { if (e.key === 'Enter') this.add(); }});
            this.chips = make('span', {class: 'chips'});
            this.status = make('p', {role: 'status', class: 'said'});
            this.csv = make('button', {type: 'button', disabled: true, onclick: () => this.use(data => plot.save(new Blob([csvOf(data, this.models)], {type: 'text/csv;charset=utf-8'}), 'models.csv'))}, 'CSV');
            tools.append(make('label', {for: 'versus-add'}, 'Add a model'), this.input, this.list, this.chips, this.csv, this.status);
            tools.classList.add('live');
        }

        fill() {
            if (this.filled) return;
            this.filled = true;
            this.list.append(...compare.data().models.map(model => make('option', {value: model[1]})));
        }

        /* The model that is named, by name or identifier, in whatever case. */
        add() {
            const name = this.input.value.trim().toLowerCase();
            if (!name) return;
            this.use(data => {
                const m = data.models.findIndex(model => model[1].toLowerCase() === name || model[0].toLowerCase() === name);
                if (m < 0) { this.status.textContent = `No model is called “${this.input.value.trim()}”.`; return; }
                this.input.value = '';
                if (this.models.includes(m)) return;
                if (this.models.length === MOST) { this.status.textContent = `More than ${MOST} models cannot be told apart: take one away first.`; return; }
                this.change(() => { this.models = [...this.models, m]; });
            });
        }

        render(data) {
            const {models} = this, enough = models.length >= 2;
            this.chips.replaceChildren(...models.map(m => make('button', {type: 'button', class: 'chip', 'aria-label': `Take away ${data.models[m][1]}`, onclick: () => { this.change(() => { this.models = this.models.filter(other => other !== m); }); this.input.focus(); }},
                make('bdi', {}, data.models[m][1]), make('span', {'aria-hidden': 'true'}, ' ×'))));
            this.csv.disabled = !enough;
            for (const section of this.fixed) section.hidden = enough;
            this.made.replaceChildren(...(enough ? domains(data).flatMap(domain => this.section(data, domain)) : []));
            if (enough) this.useLayers(found => { if (found && this.models === models) for (const section of this.made.querySelectorAll('.duel')) section.append(...this.layerByLayer(data, found, section.dataset.domain)); });
            this.status.textContent = models.length === 0 ? '' : enough ? `Comparing ${models.map(m => data.models[m][1]).join(', ')}.` : 'Add another one.';
        }

        section(data, domain) {
            const {models} = this, rows = rowsOf(data, domain).filter(q => models.some(m => !Number.isNaN(q.values[m]))), id = `versus-${domain}`;
            if (models.filter(m => rows.some(q => !Number.isNaN(q.values[m]))).length < 2) return [];
            const name = domain[0].toUpperCase() + domain.slice(1), title = `${name}: ${models.map(m => data.models[m][1]).join(', ')}`, root = this.place.dataset.root;
            const link = m => make('a', {href: `${root}models/${data.models[m][0]}/index.html`}, make('bdi', {}, data.models[m][1]));
            const heads = [...models.map(m => make('th', {scope: 'col', class: 'num'}, link(m))), ...models.slice(1).map((m, k) => make('th', {scope: 'col', class: 'num'}, models.length === 2 ? 'Difference' : `First − ${k + 2}.`)), ...(models.length === 2 ? [make('th', {scope: 'col'}, 'Ahead')] : [])];
            const line = q => make('tr', {class: q.of === 'group' ? 'group' : 'leaf'}, make('th', {scope: 'row', class: `name d${Math.min(5, q.depth)}`}, make('a', {href: `${root}benchmarks/${q.id}/index.html`}, make('bdi', {}, q.title))),
                ...models.map(m => make('td', {class: 'num'}, scored(q, m))), ...models.slice(1).map(m => { const found = duel(q, models[0], m); return make('td', {class: 'num'}, signed(found.difference, found.se)); }),
                ...(models.length === 2 ? [make('td', {class: 'kind'}, this.word(q))] : []));
            const table = make('table', {class: 'detail duel-table'}, make('caption', {id: id + '-t'}, make('span', {}, 'Scores, and the first minus the others')), make('thead', {}, make('tr', {}, make('th', {scope: 'col', class: 'name'}, 'Benchmark'), ...heads)), make('tbody', {}, ...rows.map(line)));
            return [make('section', {class: 'duel', 'aria-labelledby': id, 'data-domain': domain}, make('h2', {id}, name), ...models.slice(1).map(m => make('p', {class: 'facts-line'}, sentence(data, domain, models[0], m))),
                make('div', {class: 'pair'}, make('figure', {class: 'figure'}, make('figcaption', {}, 'Scores on each benchmark ', make('span', {class: 'figure-note'}, 'Whiskers: standard errors, where a score has one. Averages in bold.')), draw(data, rows, models, title)),
                    make('div', {class: 'scroll', role: 'region', 'aria-labelledby': id + '-t', tabindex: '0'}, table)))];
        }

        /* A figure for each benchmark of the domain on which two of the models have scores of layers, with its numbers folded below. */
        layerByLayer(data, layers, domain) {
            const figures = layers.benchmarks.flatMap((id, k) => {
                const q = data.quantities[data.find.get(id)], found = q && q.domain === domain ? this.models.map(m => layersOf(data, layers, m, k)).filter(Boolean) : [];
                if (found.length < 2) return [];
                const title = `Layers of ${found.map(model => model.name).join(', ')} on ${q.label}`, rows = found.flatMap(model => model.layers.map((layer, i) => make('tr', {}, make('th', {scope: 'row'}, make('bdi', {}, model.name)), make('td', {}, make('bdi', {}, layer)),
                    make('td', {class: 'num'}, detail(model.scores[i])), make('td', {}, i === model.chosen ? 'chosen' : ''))));
                const head = make('tr', {}, ...['Model', 'Layer', 'Score', 'Choice'].map(name => make('th', {scope: 'col', ...(name === 'Score' ? {class: 'num'} : {})}, name)));
                return [make('figure', {class: 'figure'}, make('figcaption', {}, make('a', {href: `${this.place.dataset.root}benchmarks/${id}/index.html`}, make('bdi', {}, q.title))), drawDepth(found, title),
                    make('details', {class: 'fold'}, make('summary', {}, 'Numbers', make('span', {class: 'vh'}, ` of ${title}`)), make('div', {class: 'scroll long', role: 'region', 'aria-label': `Numbers of ${title}`, tabindex: '0'}, make('table', {class: 'detail'}, make('thead', {}, head), make('tbody', {}, ...rows)))))];
            });
            return figures.length ? [make('h3', {}, 'Layer by layer'), make('p', {class: 'note'}, 'From the first layer of each model to its last: models have layers of their own, and share only the order. The larger mark is the layer that was chosen.'), make('div', {class: 'charts'}, ...figures)] : [];
        }

        word(q) {
            const found = duel(q, this.models[0], this.models[1]);
            return !found.both || q.of === 'group' ? '' : found.ahead > 0 ? 'first' : found.ahead < 0 ? 'second' : 'tie';
        }
    }

    return {Versus, receiveLayers: layerData.receive, layersOf, duel, count, rowsOf, domains, readModels, writeModels, csvOf, sentence};
})();

if (typeof module !== 'undefined') module.exports = brainboardVersus;
if (typeof document !== 'undefined') {
    window.brainboard = Object.assign(window.brainboard || {}, {layers: brainboardVersus.receiveLayers});
    for (const place of document.querySelectorAll('.versus')) new brainboardVersus.Versus(place);
}
