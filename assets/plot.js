/*
 * Charts drawn in the browser for what a reader chooses. They look like those of the program: scales, ticks, the places of names and the classes of marks
 * are the rules of src/chart (scale.c, scatter.c, labels.c, svg.c), colours come from the page's style sheet. Nothing is read as markup.
 */
'use strict';

const brainboardPlot = (() => {
    const numbers = typeof brainboardNumbers === 'undefined' ? require('./numbers.js') : brainboardNumbers;
    const SVG = 'http://www.w3.org/2000/svg', TEXT = 11, SERIES = 8, MINUS = '−', NAMED = 300;

    /* --- numbers (src/base/text.c, src/chart/scale.c) --- */

    const {csv, csvField} = numbers, fixed = (value, decimals) => numbers.fixed(value, decimals, MINUS);
    const grouped = whole => whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
    const superscript = n => (n < 0 ? '⁻' : '') + [...String(Math.abs(n))].map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join('');
    function exponentOf(value) {
        const exponent = Math.floor(Math.log10(value));
        return value >= 10 ** (exponent + 1) ? exponent + 1 : value < 10 ** exponent ? exponent - 1 : exponent;
    }
    function scientific(value, decimals) {
        if (value === 0) return '0';
        let exponent = exponentOf(Math.abs(value)), mantissa = Math.abs(value) / 10 ** exponent;
        if (Number(fixed(mantissa, decimals)) >= 10) { mantissa /= 10; exponent++; }
        const sign = value < 0 ? MINUS : '';
        return Number(fixed(mantissa, decimals)) === 1 && !decimals ? `${sign}10${superscript(exponent)}` : `${sign}${fixed(mantissa, decimals)}×10${superscript(exponent)}`;
    }
    function plain(value, decimals) {
        const text = fixed(Math.abs(value), decimals);
        return (value < 0 && Number(text) ? MINUS : '') + (decimals ? text : grouped(text));
    }
    function counted(value) {
        const size = Math.abs(value), unit = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']].find(u => size >= u[0]);
        if (size >= 1e15) return scientific(value, 0);
        const text = unit ? Number((size / unit[0]).toFixed(3)) + unit[1] : String(size);
        return (value < 0 ? MINUS : '') + text;
    }

    /* --- ticks: multiples of 1, 2 or 5 times a power of ten; decades of a log scale --- */

    const times = (step, n) => step.exponent >= 0 ? n * step.factor * 10 ** step.exponent : n * step.factor / 10 ** -step.exponent;
    const firstMultiple = (step, lo) => Math.ceil(lo / times(step, 1) - 1e-9), lastMultiple = (step, hi) => Math.floor(hi / times(step, 1) + 1e-9);
    function chooseStep(lo, hi, wanted, isWhole) {
        const around = exponentOf((hi - lo) / wanted);
        let best = {factor: 1, exponent: 0}, least = Infinity;
        for (let exponent = around + 1; exponent >= around - 1; exponent--)
            for (const factor of [5, 2, 1]) {
                const step = {factor, exponent};
                if (isWhole && exponent < 0) continue;
                const count = lastMultiple(step, hi) - firstMultiple(step, lo) + 1, distance = Math.abs(count - wanted) + (count < 2 ? 10 : 0);
                if (distance < least) { least = distance; best = step; }
            }
        return best;
    }
    function linearTicks(lo, hi, wanted, format) {
        const step = chooseStep(lo, hi, wanted, format !== 'number'), first = firstMultiple(step, lo), last = lastMultiple(step, hi), out = [];
        const largest = Math.max(Math.abs(times(step, first)), Math.abs(times(step, last))), decimals = Math.max(0, -step.exponent);
        if (!(last >= first) || last - first >= 200) return out;
        const label = value => format === 'count' ? counted(value) : format === 'year' ? fixed(value, 0) : value === 0 ? '0' : largest < 1e6 && decimals <= 5 ? plain(value, decimals)
            : scientific(value, Math.max(0, Math.min(9, exponentOf(Math.abs(value)) - step.exponent)));
        for (let i = first; i <= last; i++) out.push({value: times(step, i) + 0, label: label(times(step, i) + 0)});
        return out;
    }
    function logTicks(lo, hi, wanted, format) {
        const first = exponentOf(lo), last = exponentOf(hi), every = Math.ceil((last - first + 1) / wanted), between = Math.log10(hi / lo) * 3 <= wanted + 1, out = [];
        const label = (value, exponent) => format === 'count' && exponent >= 0 ? counted(value) : exponent >= -4 && exponent <= 4 ? plain(value, Math.max(0, -exponent)) : scientific(value, 0);
        for (let exponent = first; exponent <= last; exponent++)
            for (let factor = 1; factor <= 9; factor++) {
                const value = times({factor, exponent}, 1), isDecade = factor === 1 && (exponent % every + every) % every === 0;
                if (value < lo * (1 - 1e-9) || value > hi * (1 + 1e-9) || (!isDecade && every > 1)) continue;
                out.push({value, label: isDecade || (between && (factor === 2 || factor === 5)) ? label(value, exponent) : ''});
            }
        return out;
    }
    const ticksOf = (scale, wanted, format) => scale.log && Math.log10(scale.hi / scale.lo) > 0.5 ? logTicks(scale.lo, scale.hi, wanted, format) : linearTicks(scale.lo, scale.hi, wanted, format);

    /* --- scales --- */

    /* [lo, hi] of the values, made wide enough. */
    function domainOf(values, log) {
        let lo = Infinity, hi = -Infinity;
        for (const value of values) if (Number.isFinite(value) && (!log || value > 0)) { lo = Math.min(lo, value); hi = Math.max(hi, value); }
        if (lo > hi) return log ? [1, 10] : [0, 1];
        if (log) return hi / lo > 1 + 1e-9 ? [lo, hi] : [lo / 2, hi * 2];
        const size = Math.max(Math.abs(lo), Math.abs(hi));
        if (hi - lo > size * 1e-9) return [lo, hi];
        return [lo / 2 + hi / 2 - (size ? size / 10 : 0.5), lo / 2 + hi / 2 + (size ? size / 10 : 0.5)];
    }
    /* Widened to whole steps, but not for less than three tenths of a step. */
    function nice([lo, hi], wanted) {
        let wide = [lo, hi];
        for (let round = 0; round < 3; round++) {
            const step = chooseStep(wide[0], wide[1], wanted, false), size = times(step, 1), first = Math.ceil(lo / size - 1e-9), last = Math.floor(hi / size + 1e-9);
            wide = [first - lo / size > 0.3 ? times(step, first - 1) + 0 : lo, hi / size - last > 0.3 ? times(step, last + 1) + 0 : hi];
        }
        return wide;
    }
    function scaleOf([lo, hi], log, from, to) {
        const on = log ? Math.log10 : value => value, a = on(lo), b = on(hi);
        return {lo, hi, log, from, to, at: value => Number.isNaN(value) || (log && value <= 0) ? NaN : from + (on(value) - a) / (b - a) * (to - from),
            value: at => { const axis = a + (at - from) / (to - from) * (b - a); return log ? 10 ** axis : axis; }};
    }

    /* --- text --- */

    let pen = null;
    function textWidth(text) {
        if (typeof document === 'undefined') return text.length * 6;
        if (!pen) { pen = document.createElement('canvas').getContext('2d'); pen.font = `${TEXT}px ${getComputedStyle(document.documentElement).getPropertyValue('--font-table') || 'sans-serif'}`; }
        return pen.measureText(text).width * 1.03;
    }
    function fitText(text, width) {
        if (textWidth(text) <= width) return text;
        const points = [...text];
        let n = points.length;
        while (n > 0 && textWidth(points.slice(0, n).join('') + '…') > width) n--;
        return points.slice(0, n).join('') + '…';
    }

    /* --- marks --- */

    const r2 = value => String(Math.round(value * 100) / 100);
    function element(name, attributes, ...content) {
        const out = document.createElementNS(SVG, name);
        for (const [key, value] of Object.entries(attributes || {})) out.setAttribute(key, value);
        out.append(...content);
        return out;
    }
    const OUTLINES = [null, [[-.89, -.89], [.89, -.89], [.89, .89], [-.89, .89]], [[0, -1.3], [1.15, .75], [-1.15, .75]], [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
        [[-.62, -1.13], [0, -.5], [.62, -1.13], [1.13, -.62], [.5, 0], [1.13, .62], [.62, 1.13], [0, .5], [-.62, 1.13], [-1.13, .62], [-.5, 0], [-1.13, -.62]],
        [[-.4, -1.25], [.4, -1.25], [.4, -.4], [1.25, -.4], [1.25, .4], [.4, .4], [.4, 1.25], [-.4, 1.25], [-.4, .4], [-1.25, .4], [-1.25, -.4], [-.4, -.4]],
        [[0, 1.3], [-1.15, -.75], [1.15, -.75]], [[0, -1.5], [.38, -.52], [1.43, -.46], [.61, .2], [.88, 1.21], [0, .64], [-.88, 1.21], [-.61, .2], [-1.43, -.46], [-.38, -.52]]];
    /* An outline of size r from its first corner on, relative: thousands of points share the text. */
    function steps(shape, r) {
        const corners = OUTLINES[shape].map(([x, y]) => [Math.round(100 * r * x) / 100, Math.round(100 * r * y) / 100]);
        return {from: corners[0], text: corners.slice(1).map(([x, y], i) => `l${r2(x - corners[i][0])} ${r2(y - corners[i][1])}`).join('') + 'z'};
    }
    function shapesData(shape, points, r) {
        if (!OUTLINES[shape]) return points.map(([x, y]) => `M${r2(x)} ${r2(y)}h0`).join('');
        const {from, text: rest} = steps(shape, r);
        return points.map(([x, y]) => `M${r2(x + from[0])} ${r2(y + from[1])}${rest}`).join('');
    }
    /* Points of one look are one path. role: of the class c-…; a circle is a line without length that has round ends. */
    const shapes = (role, shape, points, r) => element('path', {class: `c-${role}`, ...(OUTLINES[shape] ? {} : {stroke: 'currentColor', 'stroke-linecap': 'round', 'stroke-width': r2(2 * r)}),
        d: shapesData(shape, points, r)});
    /* Points that are NaN are gaps. */
    function line(role, width, points, dashed) {
        let letter = 'M', d = '';
        for (const [x, y] of points) {
            if (Number.isNaN(x) || Number.isNaN(y)) { letter = 'M'; continue; }
            d += `${letter}${r2(x)} ${r2(y)}`;
            letter = 'L';
        }
        return element('path', {class: `c-${role}`, fill: 'none', stroke: 'currentColor', ...(width === 1 ? {} : {'stroke-width': width}), ...(dashed ? {'stroke-dasharray': '3 2'} : {}), d});
    }
    const area = (role, points) => element('path', {class: `c-${role}`, d: points.map(([x, y], i) => `${i ? 'L' : 'M'}${r2(x)} ${r2(y)}`).join('') + 'Z'});
    const text = (role, x, y, anchor, words, bold) => element('text', {class: `c-${role}`, x: r2(x), y: r2(y), ...(anchor === 'start' ? {} : {'text-anchor': anchor}), ...(bold ? {'font-weight': 600} : {})}, words);
    /* With an edge in the colour of the paper. */
    const halo = (role, x, y, anchor, words) => [element('g', {class: 'c-paper', stroke: 'currentColor', 'stroke-width': 3, 'stroke-linejoin': 'round', 'aria-hidden': 'true'}, text('paper', x, y, anchor, words)),
        text(role, x, y, anchor, words)];

    let made = 0;
    /* A figure's root with its title and what it shows in words. */
    function root(width, height, title, desc) {
        const id = `plot-${++made}`;
        return element('svg', {class: 'chart', viewBox: `0 0 ${r2(width)} ${r2(height)}`, width: r2(width), height: r2(height), fill: 'currentColor', role: 'img', 'aria-labelledby': `${id}-t`, 'aria-describedby': `${id}-d`},
            element('title', {id: `${id}-t`}, title), element('desc', {id: `${id}-d`}, desc));
    }

    /* --- axes (src/chart/axis.c) --- */

    const within = (x, words, from, to) => { const half = textWidth(words) / 2; return Math.max(from + half, Math.min(to - half, x)); };
    function axisBottom(svg, frame, scale, ticks, title, width) {
        const labelled = ticks.filter(tick => tick.label);
        svg.append(line('rule', 1, labelled.flatMap(({value}) => [[scale.at(value), frame.top], [scale.at(value), frame.bottom], [NaN, NaN]])), line('axis', 1, [[frame.left, frame.bottom], [frame.right, frame.bottom]]),
            line('axis', 1, ticks.flatMap(({value, label}) => [[scale.at(value), frame.bottom], [scale.at(value), frame.bottom + (label ? 4 : 2)], [NaN, NaN]])));
        let free = 0;
        for (const {value, label} of labelled) {
            const half = textWidth(label) / 2, x = Math.max(half, Math.min(width - half, scale.at(value)));
            if (x - half < free) continue;
            free = x + half + 6;
            svg.append(text('muted', x, frame.bottom + 14, 'middle', label));
        }
        if (title) { const fitted = fitText(title, width - 8); svg.append(text('muted', within((frame.left + frame.right) / 2, fitted, 2, width - 2), frame.bottom + 29, 'middle', fitted)); }
    }
    function axisLeft(svg, frame, scale, ticks, title, width) {
        svg.append(line('rule', 1, ticks.filter(tick => tick.label).flatMap(({value}) => [[frame.left, scale.at(value)], [frame.right, scale.at(value)], [NaN, NaN]])));
        for (const {value, label} of ticks) if (label) svg.append(text('muted', frame.left - 5, scale.at(value) + 0.36 * TEXT, 'end', label));
        if (title) svg.append(text('muted', 2, frame.top - 7, 'start', fitText(title, width - 4)));
    }
    const ticksWidth = ticks => ticks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 0);

    /* Names of series in rows, with their shapes; returns the room that they take. svg null: only that. */
    function legend(svg, names, width) {
        let x = 2, y = 10;
        if (names.length < 2) return 0;
        names.forEach((full, i) => {
            const name = fitText(full, width - 24), takes = 14 + textWidth(name);
            if (x > 2 && x + takes > width - 2) { x = 2; y += 15; }
            if (svg) svg.append(shapes(i + 1, i, [[x + 5, y - 4]], 3.2), text('ink', x + 13, y, 'start', name));
            x += takes + 12;
        });
        return y + 6;
    }

    /* --- names beside points (src/chart/labels.c) --- */

    const PLACES = [[1, 0, 'start'], [-1, 0, 'end'], [0, -1, 'middle'], [0, 1, 'middle'], [.7, -1, 'start'], [.7, 1, 'start'], [-.7, -1, 'end'], [-.7, 1, 'end']];
    function placeNames(labels, points, r, frame) {
        const up = .76 * TEXT, down = .24 * TEXT, taken = [];
        for (const label of labels) {
            const width = textWidth(label.text);
            for (const [dx, dy, anchor] of PLACES) {
                const x = label.x + dx * (r + 3), edge = label.y + dy * (r + 2), y = dy === 0 ? edge + (up - down) / 2 : dy < 0 ? edge - down : edge + up;
                const box = {x: x - (anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width), y: y - up, w: width, h: up + down};
                const inside = box.x >= frame.left && box.x + box.w <= frame.right && box.y >= frame.top && box.y + box.h <= frame.bottom;
                const hit = o => box.x < o.x + o.w + 2 && o.x < box.x + box.w + 2 && box.y < o.y + o.h + 1 && o.y < box.y + box.h + 1;
                if (!inside || taken.some(hit) || points.some(([px, py]) => px > box.x - r && px < box.x + box.w + r && py > box.y - r && py < box.y + box.h + r)) continue;
                taken.push(box);
                Object.assign(label, {placed: true, atX: x, atY: y, anchor});
                break;
            }
        }
    }

    /* --- scatter (src/chart/scatter.c) --- */

    /* it: {title, desc, x, y: {label, log, format}, points: [{name, x, y, family}], families: [names], fit: {slope, intercept, at, low, high}, front, width, height}.
       front: 1, −1: a step line of the points that no other further to the left is above, or below; 0: none.
       family: a number ≥ families.length is none of them. → {svg, drawn: [{point, x, y}]}, the places of the points in the chart. */
    function scatter(it) {
        const usable = (axis, value) => Number.isFinite(value) && (!axis.log || value > 0);
        const drawn = it.points.filter(p => usable(it.x, p.x) && usable(it.y, p.y)).map(point => ({point})), n = drawn.length;
        const hasOthers = it.families.length > 0 && (it.families.length > SERIES || drawn.some(d => d.point.family >= it.families.length));
        const named = Math.min(it.families.length, SERIES - (hasOthers ? 1 : 0)), look = d => Math.min(d.point.family, named);
        const names = [...it.families.slice(0, named), ...(hasOthers ? ['others'] : [])], room = legend(null, names, it.width), height = it.height + room;
        const svg = root(it.width, height, it.title, it.desc), frame = {top: 24 + room, right: it.width - 8, bottom: height - 36};
        const domain = (axis, key) => { const d = domainOf(drawn.map(({point}) => point[key]), axis.log); return axis.log ? d : nice(d, 5); };
        const y = scaleOf(domain(it.y, 'y'), it.y.log, frame.bottom - 5, frame.top + 5), yTicks = ticksOf(y, 5, it.y.format);
        frame.left = ticksWidth(yTicks) + 8;
        const x = scaleOf(domain(it.x, 'x'), it.x.log, frame.left + 6, frame.right - 6), xTicks = ticksOf(x, 5, it.x.format);
        const r = n > 1000 ? 1.25 : n > NAMED ? 2 : n > 60 ? 2.6 : 3.2;
        for (const d of drawn) { d.x = x.at(d.point.x); d.y = y.at(d.point.y); }
        legend(svg, names, it.width);
        drawBand(svg, it.fit, x, y, frame);
        axisLeft(svg, frame, y, yTicks, it.y.label, it.width);
        axisBottom(svg, frame, x, xTicks, it.x.label, it.width);
        const fitted = at => { const out = it.fit.intercept + it.fit.slope * (it.x.log ? Math.log10(at) : at); return it.y.log ? 10 ** out : out; };
        if (!Number.isNaN(it.fit.slope)) svg.append(line('axis', 1.5, Array.from({length: 65}, (_, i) => {
            const px = frame.left + (frame.right - frame.left) * i / 64, py = y.at(fitted(x.value(px)));
            return py >= frame.top && py <= frame.bottom ? [px, py] : [NaN, NaN];
        })));
        const front = it.front ? frontOf(drawn, it.front) : [];
        if (front.length) svg.append(line('axis', 1, [[frame.right, front[0].y], ...front.flatMap((d, k) => k + 1 < front.length ? [[d.x, d.y], [d.x, front[k + 1].y]] : [[d.x, d.y]])]));
        for (let k = 0; k <= named; k++) {
            const mine = drawn.filter(d => look(d) === k);
            if (mine.length) svg.append(shapes(k + 1, k, mine.map(d => [d.x, d.y]), r));
        }
        nameExtremes(svg, drawn, front, d => y.at(fitted(d.point.x)), r, frame, it.width);
        if (!n) svg.append(text('muted', (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, 'middle', 'no model has both values'));
        return {svg, drawn, r};
    }

    function drawBand(svg, fit, x, y, frame) {
        const side = values => fit.at.map((at, i) => [x.at(at), Math.max(frame.top, Math.min(frame.bottom - 0, Number.isNaN(y.at(values[i])) ? frame.bottom : y.at(values[i])))]).filter(p => p[0] >= frame.left - .01 && p[0] <= frame.right + .01);
        if (!fit.at.length) return;
        const high = side(fit.high), low = side(fit.low);
        if (high.length >= 2) svg.append(area('band', [...high, ...low.reverse()]));
    }

    /* The points that no other further to the left beats, from the right to the left. */
    function frontOf(drawn, better) {
        const out = [], sorted = [...drawn].sort((a, b) => a.point.x - b.point.x || better * (b.point.y - a.point.y));
        for (const d of sorted) if (!out.length || better * (d.point.y - out[0].point.y) > 0) out.unshift(d);
        return out;
    }

    /* The front, the highest and lowest in y and x, and the furthest from the line. */
    function nameExtremes(svg, drawn, front, line, r, frame, width) {
        const away = d => line(d) - d.y, measures = [d => -d.y, d => d.x, away, d => -away(d), d => d.y, d => -d.x], chosen = [...front];
        for (const measure of measures) {
            let best = null;
            for (const d of drawn) if (!chosen.includes(d) && !Number.isNaN(measure(d)) && (!best || measure(d) > measure(best))) best = d;
            if (best) chosen.push(best);
        }
        const labels = chosen.map(d => ({x: d.x, y: d.y, text: fitText(d.point.name, width * .4)}));
        placeNames(labels, drawn.map(d => [d.x, d.y]), r, frame);
        for (const label of labels) if (label.placed) svg.append(...halo('ink', label.atX, label.atY, label.anchor, label.text));
    }

    /* --- files --- */

    /* The chart as a file of its own, in the colours of roles: [[class, light, dark], …]. dark: with those for dark screens as well. */
    function standalone(svg, roles, dark) {
        const copy = svg.cloneNode(true), rules = k => roles.map(role => `.c-${role[0]}{color:${role[k]}}`).join('');
        copy.querySelectorAll('.cursor').forEach(e => e.remove());
        copy.setAttribute('xmlns', SVG);
        const style = element('style', {}, 'svg{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}' + rules(1) +
            (dark ? `@media screen and (prefers-color-scheme:dark){${rules(2)}}` : ''));
        copy.querySelector('desc').after(style, element('rect', {class: 'c-paper', width: '100%', height: '100%'}));
        return new XMLSerializer().serializeToString(copy) + '\n';
    }

    /* A PNG of it, `scale` times as large: done(blob or null). The picture is a data: address, which the page's policy allows. */
    function png(svg, roles, scale, done) {
        const image = new Image(), width = Number(svg.getAttribute('width')), height = Number(svg.getAttribute('height'));
        image.onload = () => {
            const canvas = document.createElement('canvas');
            canvas.width = width * scale;
            canvas.height = height * scale;
            canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
            canvas.toBlob(done, 'image/png');
        };
        image.onerror = () => done(null);
        image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(standalone(svg, roles, false));
    }

    function save(blob, name) {
        const url = URL.createObjectURL(blob), a = document.createElement('a');
        a.href = url;
        a.download = name;
        document.body.append(a);
        a.click();
        a.remove();
        setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    return {fixed, ticksOf, domainOf, nice, scaleOf, textWidth, fitText, element, shapes, line, area, text, root, axisBottom, axisLeft, ticksWidth, legend, placeNames, halo, scatter, standalone, png, save, csv, csvField};
})();

if (typeof module !== 'undefined') module.exports = brainboardPlot;
