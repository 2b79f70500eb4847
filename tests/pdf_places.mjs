// Outline, links, named destinations and contents of a report lead where they say. usage: node pdf_places.mjs REPORT.pdf      (runs qpdf and pdftotext)
import {execFileSync} from "node:child_process";

const [file] = process.argv.slice(2);
const run = (...command) => execFileSync(command[0], command.slice(1), {encoding: "utf8", maxBuffer: 1 << 30});
const json = JSON.parse(run("qpdf", "--json", file)), objects = json.qpdf[1];
const value = thing => typeof thing === "string" && /^\d+ \d+ R$/.test(thing) ? (o => o.value ?? o.stream.dict)(objects[`obj:${thing}`]) : thing;
const number = new Map(json.pages.map((page, i) => [page.object, i + 1]));
const bare = text => text.replace(/\s+/g, ""); // lines end within words that have a hyphen
const texts = run("pdftotext", "-raw", file, "-").split("\f").map(bare);
const place = dest => `${number.get(value(dest)[0])} at ${value(dest)[3]}`;
const problems = [], seen = {outline: 0, links: 0, names: 0, contents: 0};

// The outline: its pages have its titles.
const entries = [];
const walk = (list, level) => list.forEach(entry => {
    entries.push({title: entry.title, page: entry.destpageposfrom1, level, place: place(entry.dest)});
    walk(entry.kids, level + 1);
});
walk(json.outlines, 0);
for (const {title, page} of entries) {
    seen.outline++;
    if (!texts[page - 1]?.includes(bare(title))) problems.push(`outline: "${title}" is not on page ${page}`);
}
const headings = new Map(entries.map(entry => [entry.place, entry.title]));

// Named destinations are pages of the document; those of sections and benchmarks are headings.
const names = new Map(), catalog = value(objects.trailer.value["/Root"]);
const pairs = value(value(value(catalog["/Names"] ?? {})["/Dests"] ?? {})["/Names"]) ?? [];
for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i].replace(/^u:/, "");
    names.set(name, pairs[i + 1]);
    seen.names++;
    if (!number.has(value(pairs[i + 1])[0])) problems.push(`"${name}" leads to no page`);
    if (i && pairs[i - 2] >= pairs[i]) problems.push(`"${name}" is not in its place among the names`);
    if (name.startsWith("bench-") && !headings.has(place(pairs[i + 1]))) problems.push(`"${name}" leads to no heading`);
}
const places = new Set([...names.values()].map(place));

// Links within the document lead to what has a name; those of contents to the heading that they name, whose page they say.
for (const page of json.pages)
    for (const ref of value(value(page.object)["/Annots"]) ?? []) {
        const link = value(ref);
        if (!link["/Dest"]) continue;
        seen.links++;
        if (!places.has(place(link["/Dest"]))) problems.push(`page ${number.get(page.object)}: a link leads to ${place(link["/Dest"])}, where nothing begins`);
    }
const first = texts.findIndex(text => text.includes("Contents"));
if (texts.length > 4) {
    const end = Math.min(...entries.slice(1).map(entry => entry.page)) - 1;
    const list = texts.slice(1, end).join("");
    for (const {title, page} of entries.slice(1)) {
        seen.contents++;
        const short = bare(title).length < 40 ? "" : "[^]{0,60}?…?"; // long ones are cut
        const head = bare(title).slice(0, 39).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        if (!new RegExp(`${head}${short}\\.*${page}(?!\\d)`).test(list)) problems.push(`contents: "${title}" is not said to be on page ${page}`);
    }
    if (first < 1 || first >= end) problems.push("there are no contents");
}
problems.slice(0, 20).forEach(problem => console.log(`${file}: ${problem}`));
console.error(`# ${file.split("/").slice(-2).join("/")}: ${Object.entries(seen).map(([what, n]) => `${n} ${what}`).join(", ")}`);
