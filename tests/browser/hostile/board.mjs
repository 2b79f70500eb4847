// A small board in which every text that somebody may write is a given one: manifest, models, benchmarks, score lists, attribute and choice tables.
// Its form does not depend on the text, so the board of another text differs from it in nothing else.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { csv } from "../csv.mjs";

// Values that are no free texts, or that the board needs for its form. A field of JSON must be here: nobody can guess what goes into it.
// Each gets {text, other, third, address} and may leave the field out with undefined.
const PLACED = {
  bb_board_fields: {
    logo: () => undefined, // a file: see FILES
    options: () => ({ missing: "zero" }),
    attribute_info: ({ text, other, info }) => ({ [text]: info(text), [other]: { ...info(other), unit: undefined }, size: { ...info(text), scale: "log" } }),
  },
  bb_node_fields: {
    parent: () => undefined, // by the form below, as are those that follow
    domain: () => undefined,
    samples: () => undefined, // files
    time_bins_ms: () => [[70, 170]],
    data: () => undefined,
    metric: () => undefined,
    ceiling: () => undefined,
    normalise: () => undefined,
    clip: () => undefined,
    known_ceiling: () => ({ value: 0.8, error: 0.01 }),
    stimulus_data: ({ text, address }) => [{ set: text, file: text, url: address }],
  },
  bb_model_fields: {
    domains: ({ text }) => ["vision", text],
    layers: ({ text, other }) => ({ [text]: other, [other]: [text, other] }),
    attributes: ({ text, other }) => ({ [text]: other, [other]: text, size: 12 }),
    not_applicable: ({ text }) => ({ "listed-na": text }),
    outputs: () => undefined,
  },
  bb_source_fields: {
    file: () => undefined, // files, and what only such files have
    gram: () => undefined,
    stimulus_set: () => undefined,
    columns: () => undefined,
    where: () => undefined,
    sha256: () => undefined,
    sha1: () => undefined,
  },
  more_fields: {
    rename: ({ text }) => ({ model: { [text]: "0m1" } }),
  },
};

// Kinds that are no texts get nothing here; that texts in their place are refused is another test.
const BY_KIND = { TEXT: (say) => say.text, TEXTS: (say) => [say.text, say.other], URL: (say) => say.address, DATE: () => "2026-11-23" };
const PASSIVE = ["ID", "NUMBER", "NUMBERS", "INTEGER", "BOOL", "CHOICE", "COLOUR"];

// All fields of a table that hold texts, filled.
function fill(tables, name, say) {
  const filled = {};
  for (const { key, kind } of tables[name]) {
    const make = PLACED[name]?.[key] || BY_KIND[kind];
    if (make) filled[key] = make(say);
    else if (!PASSIVE.includes(kind)) throw new Error(`${name}: nobody has said what a hostile "${key}" (${kind}) is; add it to PLACED in board.mjs`);
  }
  return filled;
}

export function makeBoard(folder, tables, text, address = "https://example.org/x") {
  const other = `${text} 2`, third = `${text} 3`;
  const info = (t) => fill(tables, "info_fields", { text: t });
  const say = { text, other, third, address, info }, source = fill(tables, "bb_source_fields", say);
  const choices = { ...source, columns: { stimulus_id: "stimulus", choice: text, condition: other, truth: third, subject: { column: "subject" } } };
  const node = (id, parent, more) => ({ ...fill(tables, "bb_node_fields", say), id, parent, domain: parent ? undefined : "vision", ...more });
  const model = (id, file, name, more) => ({ ...fill(tables, "bb_model_fields", say), id, name, outputs: file && { [text]: { ...choices, file } }, ...more });
  const manifest = {
    ...fill(tables, "bb_board_fields", say),
    benchmarks: [
      node("average_vision", undefined, { title: text }),
      node("group", "average_vision", {}),
      node("choices", "group", { data: { ...choices, file: "people.csv" }, metric: { name: "accuracy" }, normalise: "none" }),
      node("agreement", "group", { title: other, data: { ...choices, file: "people.csv" }, metric: { name: "error_consistency" }, ceiling: { name: "subject_pairs" }, normalise: "ratio" }),
      node("listed", "average_vision", { metric: "published", stimuli: other, normalise: undefined, ceiling: undefined }),
      node("listed-na", "average_vision", { metric: "published", stimuli: third }),
      node("listed-engineering", "average_vision", { metric: "published", engineering: true }),
    ],
    models: [ // ids that stand before those that the program makes of names
      model("0m1", "good.csv", text, {}),
      model("0m2", "fair.csv", other, { not_applicable: undefined, reference: true }),
      model("0m3", "broken.csv", third, { not_applicable: undefined }),
      model("0m4", undefined, `${text} 4`, { not_applicable: undefined, visibility: "unlisted" }),
    ],
    scores: [{ ...source, ...fill(tables, "more_fields", say), file: "list.csv" }],
    attributes: [{ file: "attributes.csv", license: text }],
  };
  const stimuli = ["a", "b", "c", text, other, third], head = ["stimulus", text, other, third, "subject"];
  const answers = (subject, right) => stimuli.map((s, i) => [s, [text, other, third][(i + (right.includes(i) ? 0 : 1)) % 3], i % 2 ? text : other, [text, other, third][i % 3], subject]);
  const files = {
    "people.csv": csv([head, ...answers(text, [0, 1, 2, 4]), ...answers(other, [0, 2, 3, 4]), ...answers(third, [1, 2, 3, 5])]),
    "good.csv": csv([head, ...answers(text, [0, 1, 2, 3, 4])]),
    "fair.csv": csv([head, ...answers(text, [0, 2, 4])]),
    "broken.csv": csv([[...head.slice(0, 1), other, third, "subject"], ["a", text, other, third]]), // no column has the choice: a failed cell that quotes the names
    "list.csv": csv([["model", "benchmark", "raw", "score", "error", "error_kind", "layer", "source", "normalise", "date"],
      [text, "listed", .5, .5, .01, text, text, text, text, "2026-01-01"], ["0m2", "listed", .4, .4, .02, other, other, other, other, text],
      [`${text} only listed`, "listed", .3, .3, "", "", text, text, "", ""], ["0m2", "listed-na", .2, .2, "", text, "", "", "", ""], ["0m1", "listed-engineering", .2, .2, "", text, "", "", "", ""],
      ["0m1", text, .2, .2, "", text, "", "", "", ""]]),
    "attributes.csv": csv([["model", `${text} 5`, `${text} 6`, "size"], ["0m1", text, 1, 5], ["0m2", other, 2, ""], ["0m3", third, 3, 7], [`${text} nobody`, text, 4, 8]]),
  };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest, null, 1));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { manifest, files };
}

// Fields that name files, and what must be said of a file that lies outside.
export const FILES = ["bb_board_fields.logo", "bb_node_fields.samples", "bb_source_fields.file", "bb_source_fields.gram"];
export const writeAt = (path, content) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, content); };
