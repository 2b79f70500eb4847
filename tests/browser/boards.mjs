// A board made of score lists alone: a tree with narrow and wide groups, ties, gaps, what is not applicable, attributes, and models of every visibility.
// The numbers come from a generator of its own, so they are the same everywhere.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csv } from "./csv.mjs";

export const PRIVATE = { id: "secret-net-7", name: "Unannounced Secret Net", submitter: "Nobody Must Know Lab" };

// node: [id, title, children or undefined, more]
const VISION = ["average_vision", "Average", [
  ["neural", "Neural", [
    ["V1", "V1", [["FreemanZiemba2013.V1-pls", "Freeman, Ziemba et al. 2013"], ["Marques2020.V1-tuning", "Marques et al. 2020"], ["Cadena2017-mask", "Cadena et al. 2017"]]],
    ["V4", "V4", [["MajajHong2015.V4-pls", "Majaj, Hong et al. 2015"], ["SanghaviJozwik2020.V4-pls", "Sanghavi, Jozwik et al. 2020"]]],
    ["IT", "IT", Array.from({ length: 11 }, (_, i) => [`IT-recording-${i + 1}`, `IT recording ${i + 1}`])]]],
  ["behavior", "Behavior", [
    ["Rajalingham2018-i2n", "Rajalingham, Issa et al. 2018"],
    ["Geirhos2021", "Geirhos et al. 2021", [["Geirhos2021.sketch-ec", "sketch"], ["Geirhos2021.stylized-ec", "stylized"], ["Geirhos2021.edge-ec", "edge"]]]]],
  ["engineering", "Engineering", [["ImageNet-top1", "ImageNet top-1"]], { engineering: true }]]];
const LANGUAGE = ["average_language", "Average", [
  ["reading", "Reading", [["Futrell2018-pearsonr", "Futrell et al. 2018"], ["Surprise2020", "Surprise 2020"]]],
  ["grammar", "Grammar", [["SyntaxGym", "SyntaxGym"], ["BLiMP", "BLiMP"]]]]];

function nodesOf([id, title, children, more], parent, domain) {
  const node = { id, title, parent, domain: parent ? undefined : domain, ...(children ? {} : { metric: "published" }), ...more };
  return [node, ...(children || []).flatMap((child) => nodesOf(child, id, domain))];
}

const FAMILIES = ["ResNet", "ViT", "CORnet", "VOne", "EfficientNet"], PEOPLE = ["Ada Lab", "Bo & Co", "Çelik Lab", "Dr. O’Neil"], TRAINING = ["supervised", "self-supervised", "contrastive, image and text"];

// n models: the first `n - 6` of vision, the others of language, four of both.
export function makeListBoard(folder, n = 48) {
  let state = 12345;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const models = [], rows = [], benchmarks = [...nodesOf(VISION, undefined, "vision"), ...nodesOf(LANGUAGE, undefined, "language")];
  const leaves = (root) => nodesOf(root, undefined, "").filter((node) => node.metric).map((node) => node.id);
  for (let i = 0; i < n; i++) {
    const family = FAMILIES[i % FAMILIES.length], domains = i < 4 ? ["vision", "language"] : i < n - 6 ? ["vision"] : ["language"], level = random();
    models.push({ id: `${family.toLowerCase()}-${i}`, name: `${family} ${i}`, family, submitter: PEOPLE[i % PEOPLE.length], domains, date: `2026-0${1 + (i % 9)}-11`,
      attributes: { training: TRAINING[i % TRAINING.length], parameters: Math.round(1e6 * (1 + 90 * random())), ...(i % 5 ? { top1: Math.round(1000 * random()) / 1000 } : {}) },
      ...(i % 11 === 3 ? { not_applicable: { "Geirhos2021.edge-ec": "the picture is too small" } } : {}), ...(i === 5 ? { reference: true } : {}), ...(i === 6 ? { visibility: "unlisted" } : {}) });
    for (const leaf of [...(domains.includes("vision") ? leaves(VISION) : []), ...(domains.includes("language") ? leaves(LANGUAGE) : [])]) {
      if ((i % 11 === 3 && leaf === "Geirhos2021.edge-ec") || random() < .12) continue; // a gap
      const score = Math.min(1, Math.max(0, .75 * level + .3 * (random() - .3)));
      rows.push([models[i].id, leaf, i >= 20 && i < 24 ? .5 : score, .01 + .01 * random()]); // four that tie
    }
  }
  models.push({ ...PRIVATE, domains: ["vision"], visibility: "private", attributes: { training: "unheard of" } });
  for (const leaf of leaves(VISION)) rows.push([PRIVATE.id, leaf, .97, .01]); // would be the first
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({
    title: "Scores from lists", release: "2026.11", date: "2026-11-23", description: "Published scores, **made up** for tests.", license: "CC0-1.0", contact: "board@example.org",
    citation: "@misc{board, title={Scores from lists}}", attribute_info: { parameters: { title: "Parameters", scale: "log", better: "neither" }, top1: { title: "ImageNet top-1", better: "higher" } },
    benchmarks, models, scores: [{ file: "list.csv", rule: "ceiling_normalised", citation: "A list for tests" }],
  }, null, 1));
  writeFileSync(join(folder, "list.csv"), csv([["model", "benchmark", "score", "error", "error_kind"], ...rows.map((row) => [...row, "split_sem"])]));
  return folder;
}
