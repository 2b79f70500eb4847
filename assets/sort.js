/*
 * Tables of class "sortable" can be sorted by any column: first the largest (text: from a), then the other way round, then as the page has it. Cells without
 * a value stand last. Leaderboards have a script of their own (board.js).
 */
'use strict';

/* What a cell is sorted by: a number, text, or null. "4=" is 4, "12 of 14" is 12. */
function sortValue(text) {
    const plain = text.trim().replace(/^−/, '-');
    if (plain === '') return null;
    const number = plain.match(/^-?\d[\d,]*(\.\d+)?(?=$|=$| of \d+$| ?%$|°$)/);
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

if (typeof document !== 'undefined') document.querySelectorAll('table.sortable').forEach(makeSortable);
