// The fields of manifests, models, benchmarks and tables, read from the tables in src/catalog/, so that a new field is hostile too from its first day.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// → {table: [{key, kind}]}; a table is named as in the source ("bb_model_fields").
export function fieldTables(source) {
  const tables = {};
  for (const file of readdirSync(source).filter((name) => name.endsWith(".c")).sort())
    for (const [, name, body] of readFileSync(join(source, file), "utf8").matchAll(/const struct bb_field (\w+)\[\] = \{([\s\S]*?)\};/g))
      tables[name] = [...(tables[name] || []), ...[...body.matchAll(/BB_MEMBER\([^,]+,\s*"(\w+)",\s*BB_FIELD_(\w+)/g)].map(([, key, kind]) => ({ key, kind }))];
  return tables;
}

// How many fields the source declares, counted in another way.
export const countMembers = (source) => readdirSync(source).filter((name) => name.endsWith(".c"))
  .reduce((n, name) => n + (readFileSync(join(source, name), "utf8").match(/\{BB_MEMBER\(/g) || []).length, 0);
