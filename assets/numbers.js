/* Numbers as text and tables as CSV, for board.js and plot.js. */
'use strict';

const brainboardNumbers = (() => {
    /* Rounded once, half away from zero, on the shortest decimal that reads back as the same number (src/base/text.c); as text. */
    function fixed(value, decimals, minus = '-') {
        const size = Math.abs(value), text = size.toString();
        if (text.includes('e')) return size < 1 ? (0).toFixed(decimals) : value.toString();
        const [whole, part = ''] = text.split('.');
        const kept = whole + part.padEnd(decimals, '0').slice(0, decimals), up = (part[decimals] || '0') >= '5';
        const digits = (BigInt(kept) + (up ? 1n : 0n)).toString().padStart(decimals + 1, '0');
        return (value < 0 && /[1-9]/.test(digits) ? minus : '') + digits.slice(0, digits.length - decimals) + (decimals ? '.' + digits.slice(-decimals) : '');
    }

    /* RFC 4180; text that a spreadsheet would run as a formula gets a quote before it; nothing for NaN. */
    function csvField(value) {
        if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
        const safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
        return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    }
    const csv = rows => rows.map(row => row.map(csvField).join(',') + '\r\n').join('');

    return {fixed, csvField, csv};
})();

if (typeof module !== 'undefined') module.exports = brainboardNumbers;
