// A board of many models and benchmarks, as scores.json on stdout: node board.mjs [MODELS [LEAVES]]. The same bytes every time.
const [models, leaves] = [Number(process.argv[2] || 1000), Number(process.argv[3] || 150)];

// mulberry32: small, and the same everywhere
let state = 20261125;
function random() {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const PER_GROUP = 10, PER_AREA = 5, benchmarks = [{id: 'average_vision', domain: 'vision', title: 'Average'}], leaf = [];
for (let l = 0; l < leaves; l++) {
    const group = Math.floor(l / PER_GROUP), area = Math.floor(group / PER_AREA);
    if (l % (PER_GROUP * PER_AREA) === 0) benchmarks.push({id: `area${area}`, parent: 'average_vision', title: `Area ${area}`});
    if (l % PER_GROUP === 0) benchmarks.push({id: `group${group}`, parent: `area${area}`, title: `Group ${group}`});
    leaf.push(`benchmark${l}`);
    benchmarks.push({id: `benchmark${l}`, parent: `group${group}`, version: 1, title: `Benchmark ${l}`, description: 'What it measures, in a sentence.', metric: 'published', normalise: 'ratio',
        present: true, digests: {data: 'sha256:' + String(l).padStart(64, '0'), definition: 'sha256:' + String(l).padStart(64, '1'), metric: 'published/1'},
        ceiling: {value: 0.6 + 0.3 * random(), error: 0.01, how: 'stated'}});
}
const out = {schema: 'brainboard/scores/1', generator: 'a generator', title: 'A large board', release: '1', date: '2026-11-25', description: 'Numbers at random.', options: {},
    models: [], benchmarks, cells: []};
for (let m = 0; m < models; m++) {
    const id = `model${String(m).padStart(4, '0')}`, quality = random();
    out.models.push({id, name: `Model ${m}`, family: `Family ${m % 37}`, submitter: `Lab ${m % 11}`, domains: ['vision'], date: '2026-01-01',
        attributes: {parameters: Math.round(1e6 * Math.exp(6 * random())), imagenet_top1: 0.4 + 0.5 * quality}});
    leaf.forEach((benchmark, l) => {
        const luck = random();
        if (luck < 0.03) { out.cells.push({model: id, benchmark, status: 'failed', kind: 'input', reason: 'the file is empty'}); return; }
        if (luck < 0.05) { out.cells.push({model: id, benchmark, status: 'missing'}); return; }
        if (luck < 0.06) { out.cells.push({model: id, benchmark, status: 'not_applicable', reason: 'no responses from this model'}); return; }
        const ceiling = benchmarks.find(b => b.id === benchmark).ceiling.value, raw = ceiling * Math.min(1, Math.max(0, 0.6 * quality + 0.4 * random()));
        out.cells.push({model: id, benchmark, status: 'ok', raw, ceiling, score: raw / ceiling, raw_error: 0.01 * random(), error: 0.02 * random(), error_kind: 'split_sem', n: 3200, layer: `layer${l % 7}`});
    });
}
process.stdout.write(JSON.stringify(out));
