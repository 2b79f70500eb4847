// The same numbers everywhere: scores.json, each table as CSV, JSON, Markdown and LaTeX, the pages, and the text of report.pdf (pdftotext -layout).
// CSV and JSON have them to the last digit; the others rounded, on the line or in the row of their model.
// usage: node pdf.mjs SITE TEXT_OF_REPORT
import {existsSync, readdirSync, readFileSync} from "node:fs";

const [site, text] = process.argv.slice(2);
const read = path => readFileSync(path, "utf8");
const board = JSON.parse(read(`${site}/data/scores.json`)), leaves = new Map();
const lines = read(text).split("\n"), counts = {leaves: 0, tables: 0, numbers: 0}, problems = [];

// As pages show a number: decimals, one from 100 on, five below .001 where there are three; rounded half away from zero on the shortest decimal.
function shown(value, places) {
    const size = Math.abs(value), decimals = places < 3 ? places : size >= 100 ? 1 : size > 0 && size < .001 ? 5 : 3;
    const [digits, exponent = "0"] = String(size).split("e");
    const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
    const fixed = Number(`${scaled}e-${decimals}`).toFixed(decimals);
    return (value < 0 && scaled > 0 ? "−" : "") + fixed;
}
const bare = markup => markup.replace(/<[^>]*>/g, "").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const cells = (row, between) => row.split(between).map(cell => cell.trim().replace(/\s*\\\\$/, "").replace(/\\([_%&#$])/g, "$1").replace(/\\textbf\{(.*)\}/, "$1").replace(/^\$-\$|^\\textminus ?\{?\}?/, "−"));
function rowsOfCsv(file) {
    const rows = read(file).split("\r\n").filter(line => line).map(line => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(m => m[1].replace(/^"|"$/g, "").replace(/""/g, '"')));
    return rows.map(row => row.slice(0, rows[0].length));
}
function wrong(where, what, value) {
    problems.push(`${where}: ${what}: ${value} is not there`);
}

for (const cell of board.cells ?? [])
    if (typeof cell.score === "number") (leaves.get(cell.benchmark) ?? leaves.set(cell.benchmark, []).get(cell.benchmark)).push(cell);
const names = new Map(board.models.map(m => [m.id, m.name ?? m.id]));

// Benchmarks: what scores.json has is in all of them.
for (const [id, scores] of leaves) {
    const base = `${site}/data/tables/${id}`, page = read(`${site}/benchmarks/${id}/index.html`);
    if (!existsSync(`${base}.csv`)) continue;
    const csv = rowsOfCsv(`${base}.csv`), head = csv[0], at = {model: head.indexOf("model"), score: head.indexOf("score")};
    const json = JSON.parse(read(`${base}.json`)), key = json.columns.map(column => column.key);
    const html = page.split("<tr").map(row => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(m => bare(m[1]).replace(/ reference$/, "")));
    const tables = {Markdown: read(`${base}.md`).split("\n").map(row => cells(row, "|")), LaTeX: read(`${base}.tex`).split("\n").map(row => cells(row, /(?<!\\)&/)), page: html};
    counts.leaves++;
    for (const cell of scores) {
        const name = names.get(cell.model), value = shown(cell.score, 3), what = `${name} on ${id}`;
        if (!name) continue;
        counts.numbers++;
        if (Number(csv.find(row => row[at.model] === cell.model)?.[at.score]) !== cell.score) wrong("CSV", what, cell.score);
        if (json.rows.find(row => row[key.indexOf("model")] === cell.model)?.[key.indexOf("score")] !== cell.score) wrong("JSON", what, cell.score);
        for (const [format, rows] of Object.entries(tables)) {
            const at = rows.find(row => row.includes("Score"))?.indexOf("Score");
            if (!rows.some(row => row.includes(name) && row[at] === value)) wrong(format, what, value);
        }
        if (!lines.some(line => line.includes(name) && line.includes(value))) wrong("PDF", what, value);
    }
}

// All tables, leaderboards among them: CSV and JSON are the same, and Markdown and LaTeX are them rounded.
for (const file of readdirSync(`${site}/data/tables`).filter(name => name.endsWith(".json"))) {
    const base = `${site}/data/tables/${file.slice(0, -5)}`, json = JSON.parse(read(`${base}.json`));
    if (!existsSync(`${base}.csv`)) continue;
    const csv = rowsOfCsv(`${base}.csv`), places = leaves.has(json.id) ? 3 : 2;
    const rows = {Markdown: existsSync(`${base}.md`) && read(`${base}.md`).split("\n").map(row => cells(row, "|")),
        LaTeX: existsSync(`${base}.tex`) && read(`${base}.tex`).split("\n").map(row => cells(row, /(?<!\\)&/))};
    counts.tables++;
    json.rows.forEach((row, r) => json.columns.forEach((column, c) => {
        const value = row[c], name = row[json.columns.findIndex(column => column.key === "name")];
        if (typeof value !== "number") return;
        counts.numbers++;
        if (Number(csv[r + 1]?.[csv[0].indexOf(column.key)]) !== value) wrong("CSV", `${name}, ${column.key} of ${json.id}`, value);
        if (column.kind !== "score" || r >= 100) return; // Markdown and LaTeX have the first hundred rows
        for (const [format, all] of Object.entries(rows))
            if (all && name && !all.some(cells => cells.includes(name) && cells.includes(shown(value, places)))) wrong(format, `${name}, ${column.key} of ${json.id}`, shown(value, places));
    }));
}
problems.slice(0, 20).forEach(problem => console.log(problem));
if (counts.leaves < 10 || counts.numbers < 1000) console.log(`only ${JSON.stringify(counts)}`);
console.error(`# ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(", ")}`);
