/*
 * Tables of class "sortable" can be sorted by any column: first the largest (text: from a), then the other way round, then as the page has it. Cells without
 * a value stand last. Where the page has an element of class "find", their rows can be searched by the words in them; the address keeps it.
 * Leaderboards have a script of their own (board.js).
 */
'use strict';

/* What a cell is sorted by: a number, text, or null. "4=" is 4, "12 of 14" is 12. */
function sortValue(text) {
    const plain = text.trim().replace(/^−/, '-');
    if (plain === '') return null;
    const number = plain.match(/^-?\d[\d,]*(\.\d+)?(?=$|=$|(?: of |\/)\d+$| ?%$|°$)/);
    return number ? Number(number[0].replace(/,/g, '')) : plain;
}

function sortCompare(a, b, up) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === 'number' && typeof b === 'number') return up ? a - b : b - a;
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a.localeCompare(b, 'en', {numeric: true}) * (up ? -1 : 1);
}

if (typeof module !== 'undefined') module.exports = {sortValue, sortCompare};

/* The column of each head cell, for heads of several rows. */
function headColumns(table) {
    const taken = [], column = new Map();
    [...table.tHead.rows].forEach((row, r) => {
        let c = 0;
        for (const th of row.cells) {
            while (taken[r] && taken[r][c]) c++;
            column.set(th, c);
            for (let i = 0; i < th.rowSpan; i++) for (let k = 0; k < th.colSpan; k++) (taken[r + i] = taken[r + i] || [])[c + k] = true;
            c += th.colSpan;
        }
    });
    return column;
}

function makeSortable(table) {
    const columns = headColumns(table), body = table.tBodies[0], rows = [...body.rows];
    let sorted = null, up = false;
    const place = (th, column) => {
        if (sorted !== th) { sorted = th; up = false; }
        else if (!up) up = true;
        else sorted = null;
        const value = row => { const cell = row.cells[column]; return cell && !cell.classList.contains('st') ? sortValue(cell.textContent) : null; };
        const order = sorted ? rows.map(row => [row, value(row)]).sort((a, b) => sortCompare(a[1], b[1], up)).map(pair => pair[0]) : rows;
        body.append(...order);
        for (const other of columns.keys()) other.removeAttribute('aria-sort');
        const isText = order.length && typeof value(order[0]) === 'string';
        if (sorted) th.setAttribute('aria-sort', up !== Boolean(isText) ? 'ascending' : 'descending');
    };
    for (const [th, column] of columns) {
        if (th.getAttribute('scope') !== 'col' || th.colSpan !== 1) continue;
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'sort';
        button.setAttribute('aria-label', `Sort by ${th.textContent.trim()}`);
        button.addEventListener('click', () => place(th, column));
        th.append(button);
    }
}

/* One search for all tables of the page. */
function makeSearchable(place, tables) {
    const rows = tables.flatMap(table => [...table.tBodies[0].rows]), words = row => [...row.querySelectorAll('th, td:not(.num):not(.rank):not(.st)')];
    const text = rows.map(row => words(row).map(cell => cell.textContent).join('\n'));
    const input = document.createElement('input'), label = document.createElement('label'), status = document.createElement('p');
    Object.assign(input, {type: 'search', id: 'find', placeholder: 'resnet OR vit NOT vone', autocomplete: 'off', spellcheck: false});
    Object.assign(label, {htmlFor: 'find', textContent: 'Search'});
    status.setAttribute('role', 'status');
    place.append(label, input, status);
    place.classList.add('live');
    const show = () => {
        const query = brainboardQuery.parseQuery(input.value);
        rows.forEach((row, i) => { row.hidden = !brainboardQuery.matches(query, text[i]); });
        const n = rows.filter(row => !row.hidden).length;
        status.textContent = query.length ? `Showing ${n} of ${rows.length}${n < rows.length ? '; the others do not match the search' : ''}.` : '';
    };
    const read = () => {
        const found = /^#q=(.*)$/.exec(location.hash);
        try { input.value = found ? decodeURIComponent(found[1]) : ''; } catch { input.value = ''; }
        show();
    };
    input.addEventListener('input', () => {
        history.replaceState(null, '', input.value ? '#q=' + encodeURIComponent(input.value) : location.pathname + location.search);
        show();
    });
    window.addEventListener('hashchange', read);
    if (/^#q=/.test(location.hash)) read();
}

if (typeof document !== 'undefined') {
    const tables = [...document.querySelectorAll('table.sortable')], place = document.querySelector('.find');
    tables.forEach(makeSortable);
    if (place) makeSearchable(place, tables);
}
