// Every score of scores.json stands in the text of report.pdf, on the line of its model and in the section of its benchmark.
import {readFileSync} from "node:fs";

const [scores, text] = process.argv.slice(2);
const board = JSON.parse(readFileSync(scores, "utf8"));
const lines = readFileSync(text, "utf8").split("\n");

// As pages show a detail: three decimals, one from 100 on, five below .001; rounded half away from zero on the shortest decimal.
function shown(value) {
    const size = Math.abs(value), decimals = size >= 100 ? 1 : size > 0 && size < .001 ? 5 : 3;
    const [digits, exponent = "0"] = String(size).split("e");
    const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
    const fixed = Number(`${scaled}e-${decimals}`).toFixed(decimals);
    return (value < 0 && scaled > 0 ? "−" : "") + fixed;
}

const models = new Map(board.models.map(m => [m.id, m.name ?? m.id]));
let n = 0;
for (const cell of board.cells ?? []) {
    if (cell.score === undefined || cell.score === null) continue;
    const name = models.get(cell.model), value = shown(cell.score);
    if (!name) continue;
    n++;
    if (!lines.some(line => line.includes(name) && line.includes(value))) console.log(`${name} on ${cell.benchmark}: ${value} is not there`);
}
if (n < 20) console.log(`only ${n} scores were looked for`);
