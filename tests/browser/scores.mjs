// The rules of a board, once more and independently of the program: averages, coverage, ranks, from the full-precision values of data/scores.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";

// Half away from zero to two decimals, on the shortest decimal that is the number: no product of doubles decides.
export function rounded(value) {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(Math.abs(value) < 1e-6 ? "0" : String(value));
  const cents = BigInt(whole + (fraction || "").padEnd(2, "0").slice(0, 2)) + ((fraction || "")[2] >= "5" ? 1n : 0n);
  return Number(`${sign}${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`);
}

export class Scores {
  constructor(site) {
    Object.assign(this, JSON.parse(readFileSync(join(site, "data/scores.json"), "utf8")));
    this.node = new Map(this.benchmarks.map((node) => [node.id, node]));
    this.children = new Map(this.benchmarks.map((node) => [node.id, this.benchmarks.filter((child) => child.parent === node.id)]));
    this.cell = new Map(this.cells.map((cell) => [`${cell.model} ${cell.benchmark}`, cell]));
  }
  // → {score: number or null, scored, of} of a model at a node; chosen: only these benchmarks count (a set; undefined: all).
  aggregate(model, node, chosen) {
    const children = this.children.get(node);
    if (!children.length) {
      const cell = this.cell.get(`${model} ${node}`), counts = cell && cell.status !== "not_applicable" && (!chosen || chosen.has(node));
      return { score: counts && cell.status === "ok" ? cell.score : null, scored: counts && cell.status === "ok" ? 1 : 0, of: counts ? 1 : 0 };
    }
    const parts = children.filter((child) => this.node.get(node).engineering || !child.engineering).map((child) => this.aggregate(model, child.id, chosen)).filter((part) => part.of);
    const known = parts.filter((part) => part.score !== null), sum = known.reduce((total, part) => total + part.score, 0), missing = this.options?.missing || "zero";
    const divisor = missing === "zero" ? parts.length : known.length, whole = missing !== "require" || known.length === parts.length;
    return { score: known.length && whole && this.node.get(node).aggregate !== "none" ? sum / divisor : null, scored: parts.reduce((n, p) => n + p.scored, 0), of: parts.reduce((n, p) => n + p.of, 0) };
  }
  // Competition ranks on rounded scores. → Map model → rank; reference rows and unlisted models have none.
  competition(node, chosen) {
    const scored = this.models.filter((m) => !m.reference && (m.visibility || "public") === "public").map((m) => ({ id: m.id, score: this.aggregate(m.id, node, chosen).score })).filter(({ score }) => score !== null)
      .map(({ id, score }) => ({ id, value: rounded(score) }));
    return new Map(scored.map(({ id, value }) => [id, 1 + scored.filter((other) => other.value > value).length]));
  }
}
