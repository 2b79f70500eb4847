// assets/board.js without a browser: what it computes is what the program computed, and its own parts do what they say.
// usage: node board.mjs SITE…; prints "name|problem" a line, nothing after | when it holds.
import {createRequire} from 'node:module';
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import vm from 'node:vm';

const board = createRequire(import.meta.url)(join(dirname(fileURLToPath(import.meta.url)), '../../assets/board.js'));

function say(name, problems) {
    console.log(`${name}|${problems.slice(0, 5).join('; ')}`);
}
function equal(name, got, want) {
    say(name, JSON.stringify(got) === JSON.stringify(want) ? [] : [`${JSON.stringify(got)}, expected ${JSON.stringify(want)}`]);
}

// --- parts ----------------------------------------------------------------------------------------------------------------

equal('board.js: numbers are rounded once, half away from zero, on the shortest decimal',
    [[1.005, 2], [0.125, 2], [-0.125, 2], [-0.004, 2], [0.4446, 2], [1e-9, 2], [99.995, 2], [7, 0], [0.5, 0], [123456.789, 1]].map(a => board.fixed(...a)),
    ['1.01', '0.13', '-0.13', '0.00', '0.44', '0.00', '100.00', '7', '1', '123456.8']);
equal('board.js: parity rounds twice', [0.4446, 0.4444, 1.27, 0.1245].map(board.parityRound), [0.45, 0.44, 1.3, 0.13]);

const found = (query, text) => board.matches(board.parseQuery(query), text);
equal('board.js: words are all wanted, OR is the lowest, NOT is for the next word', [
    found('', 'x'), found('res 50', 'ResNet-50'), found('res 101', 'ResNet-50'), found('vit OR res', 'ResNet-50'), found('res NOT 50', 'ResNet-50'),
    found('NOT vit', 'ResNet-50'), found('vit b OR res AND 50', 'ResNet-50'), found('"net 50"', 'ResNet-50'), found('"t-5"', 'ResNet-50'), found('OR', 'x'),
    found('NOT', 'x'), found('a OR', 'b')], [true, true, false, true, false, true, true, false, true, true, true, false]);

equal('board.js: text of a CSV is no formula', ['=1+1', '-x', '@a', '+1', '\tx', 'a,"b"', 'a\nb', 'plain'].map(board.csvField),
    ["'=1+1", "'-x", "'@a", "'+1", "'\tx", '"a,""b"""', '"a\nb"', 'plain']);
equal('board.js: numbers of a CSV keep their sign and all digits', [-0.1, 1 / 3].map(board.csvField), ['-0.1', '0.3333333333333333']);

// A tree by hand: two groups, one with two benchmarks. Missing values count as the policy says.
const small = policy => ({node: 'top', by: 0, policy, parity: false, palette: false, attributes: {},
    nodes: [['top', 'Top', -1, 0, 1], ['a', 'A', 0, 0, 1], ['a1', 'A1', 1, 1, 1], ['a2', 'A2', 1, 1, 1], ['b', 'B', 0, 1, 1], ['e', 'E', 0, 3, 0]],
    models: [['m0', 'Zero', 'Lab', 'F', 0, {size: 1, kind: 'x'}], ['m1', 'One', '', 'G', 0, {size: 20, kind: 'y'}], ['r', 'Ref', '', '', 1, {}]],
    scores: [[0.2, 0.6, 0.5, 9], [0.4, 'f', 'm', 9], [0.9, 0.9, 0.9, 9]], errors: [[null, null, null, null], [null, null, null, null], [null, null, null, null]]});
const tops = (policy, off = []) => board.aggregate(small(policy), new Set(off)).map(row => row[0].score);
equal('board.js: a missing score is zero', tops('zero'), [0.45, 0.1, 0.9]);
equal('board.js: a missing score is skipped', tops('skip'), [0.45, 0.4, 0.9]);
equal('board.js: a missing score leaves no average', tops('require'), [0.45, null, 0.9]);
equal('board.js: averages over chosen benchmarks', tops('zero', [3, 4]), [0.2, 0.4, 0.9]);
equal('board.js: coverage over chosen benchmarks', board.aggregate(small('zero'), new Set([3])).map(r => [r[0].scored, r[0].of]), [[2, 2], [1, 2], [2, 2]]);
const rank = board.ranks(small('zero'), board.aggregate(small('zero'), new Set()), 0, [0, 1, 2]);
equal('board.js: reference rows have no rank', [0, 1, 2].map(m => rank.get(m) ? rank.get(m).rank : null), [1, 2, null]);

const view = {...board.emptyView(), q: 'a&b=c #;', sort: 2, up: true, off: new Set([3]), open: new Map([[1, false]]),
    filter: {'a.size': {min: 2, max: undefined}, family: {any: ['F', 'a|b']}}, errors: true, reference: false};
const read = board.readView(small('zero'), '#' + board.writeView(small('zero'), view));
equal('board.js: the address keeps the view', [read, [...read.off], [...read.open]], [view, [3], [[1, false]]]);
equal('board.js: an address of nonsense is the page as it is', board.readView(small('zero'), '#q=%E0%A4%A&sort=nowhere&off=x&f.a=..&=&&dir'), {...board.emptyView(), q: ''});
const result = board.select(small('zero'), view, board.aggregate(small('zero'), view.off));
equal('board.js: why rows are hidden', board.sayHidden(small('zero'), result), 'Showing 0 of 3 models: 2 do not match the search, 1 is a reference row.');
const order = sort => board.select(small('zero'), {...board.emptyView(), ...sort}, board.aggregate(small('zero'), new Set())).seen;
equal('board.js: missing values stand last whatever the direction', [order({sort: 4}), order({sort: 4, up: true}), order({sort: 'name'})],
    [[2, 0, 1], [0, 2, 1], [1, 2, 0]]);

// --- the program's own numbers --------------------------------------------------------------------------------------------

for (const site of process.argv.slice(2)) {
    const scores = JSON.parse(readFileSync(join(site, 'data/scores.json'), 'utf8')), policy = (scores.options || {}).missing || 'zero';
    const cells = scores.cells.filter(c => c.status === 'ok').map(c => [`${c.model}\n${c.benchmark}`, c]);
    const aggregate = new Map([...cells, ...scores.aggregates.map(a => [`${a.model}\n${a.node}`, a])]), given = new Map(scores.ranks.map(r => [`${r.model}\n${r.node}`, r.rank]));
    const wrong = [];
    let n = 0;
    for (const file of readdirSync(join(site, 'assets')).filter(name => /^board-.*-[0-9a-f]{8}\.js$/.test(name))) {
        vm.runInNewContext(readFileSync(join(site, 'assets', file), 'utf8'), {brainboard: {board: (name, data) => {
            const table = board.aggregate(data, new Set()), rank = board.ranks(data, table, data.by, data.models.map((model, m) => m));
            data.models.forEach((model, m) => data.nodes.forEach((node, i) => {
                const a = aggregate.get(`${model[0]}\n${node[0]}`) || {score: null}, got = table[m][i].score, want = a.score === undefined ? null : a.score;
                n++;
                if (got !== want) wrong.push(`${name}: ${model[0]} on ${node[0]} is ${got}, not ${want}`);
                if (want !== null && !(node[3] & 1) && (table[m][i].scored !== a.scored || table[m][i].of !== a.of))
                    wrong.push(`${name}: ${model[0]} on ${node[0]} has ${table[m][i].scored} of ${table[m][i].of}, not ${a.scored} of ${a.of}`);
            }));
            if (!(data.nodes[data.by][3] & 1)) data.models.forEach((model, m) => {
                const want = given.get(`${model[0]}\n${data.nodes[data.by][0]}`), got = rank.get(m);
                if ((got ? got.rank : undefined) !== want) wrong.push(`${name}: ${model[0]} has rank ${got && got.rank}, not ${want}`);
            });
        }}});
    }
    say(`board.js: averages, coverage and ranks are the program's, to the last bit, missing = ${policy}`, n ? wrong : ['no numbers']);
}
