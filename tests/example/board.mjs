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

// A tree by hand: two groups, one with two benchmarks, and an engineering benchmark apart. Missing values count as the policy says.
const file = policy => ({node: 'top', policy, parity: false, palette: false, attributes: {},
    nodes: [['top', 'Top', -1, 0], ['a', 'A', 0, 0], ['a1', 'A1', 1, 1], ['a2', 'A2', 1, 1], ['b', 'B', 0, 1], ['e', 'E', 0, 3]],
    models: [['m0', 'Zero', 'Lab', 'F', 0, {size: 1, kind: 'x'}], ['m1', 'One', '', 'G', 0, {size: 20, kind: 'y'}], ['r', 'Ref', '', '', 1, {}]],
    scores: [[0.2, 0.6, 0.5, 9], [0.4, 'f', 'm', 9], [0.9, 0.9, 0.9, 9]], errors: [[0.01, 0.02, null, null], [null, null, null, null], [0.03, null, null, null]],
    kinds: [['split_sem', null, 'mad'], 'subject_sd', null, null], words: {split_sem: 'SEM over splits', subject_sd: 'SD over subjects'}});
const small = policy => board.partOf(file(policy), 'top', 'top', ['m0', 'm1', 'r'], ['top', 'a', 'b']);
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
equal('board.js: why rows are hidden, and the order of the others', board.say(small('zero'), {...view, errors: false}, result),
    'Showing 0 of 3 models, by A1, worst first. Hidden: 2 do not match the search, 1 is a reference row. Averages and ranks are over 3 of 4 benchmarks.');
const plain = {...board.emptyView(), errors: true, open: new Map([[1, true]])};
equal('board.js: errors say what they are', board.say(small('zero'), plain, {seen: [0, 1, 2], hidden: {}}),
    'Showing all 3 models, best first. ± is SEM over splits or mad or SD over subjects.');
const order = sort => board.select(small('zero'), {...board.emptyView(), ...sort}, board.aggregate(small('zero'), new Set())).seen;
equal('board.js: missing values stand last whatever the direction', [order({sort: 4}), order({sort: 4, up: true}), order({sort: 'name'})],
    [[2, 0, 1], [0, 2, 1], [1, 2, 0]]);

// Columns: at first those of the page; groups open and close; a group without chosen benchmarks has none.
const cols = (open, off = []) => board.columns(small('zero'), {...board.emptyView(), open: new Map(open), off: new Set(off)}).map(c => small('zero').nodes[c.node][0]);
equal('board.js: columns open and close', [cols([]), cols([[1, true]]), cols([[1, true]], [2]), cols([], [2, 3]), cols([[0, true]])],
    [['a', 'b'], ['a', 'a1', 'a2', 'b'], ['a', 'a2', 'b'], ['b'], ['a', 'b', 'e']]);
const isOpen = (open, off = []) => { const v = {...board.emptyView(), open: new Map(open), off: new Set(off)}, d = small('zero'); return board.isOpen(d, v, board.columns(d, v), 1); };
equal('board.js: a group is open when all its chosen benchmarks have columns', [isOpen([]), isOpen([[1, true]]), isOpen([[1, true]], [2])], [false, true, true]);

// The part of a group: its own numbers, and another order of models.
const a = board.partOf(file('zero'), 'a', 'a', ['r', 'm0'], ['a', 'a1']);
equal('board.js: a group takes its part', [a.nodes.map(n => [n[0], n[2]]), a.models.map(m => m[0]), a.scores, a.errors, a.sides, a.leaf, a.shown, board.kindOf(a, 0, 1), board.kindOf(a, 1, 2)],
    [[['a', -1], ['a1', 0], ['a2', 0]], ['r', 'm0'], [[0.9, 0.9], [0.2, 0.6]], [[0.03, null], [0.01, 0.02]], [{node: 0, by: 0}], [-1, 0, 1], [true, true, false], 'mad', 'subject_sd']);
const withheld = board.partOf({...file('zero'), given: {0: [[0.1, 1, 2], [0.2, 1, 2], [0.3, 1, 2]], 1: [[0.4, 1, 2], [0.5, 1, 2], [0.6, 1, 2]]}}, 'a', 'a', ['r', 'm0'], ['a']);
equal('board.js: averages over unpublished scores are given', [withheld.given, board.aggregate(withheld, new Set()).map(row => row[0].score)], [{0: [[0.6, 1, 2], [0.4, 1, 2]]}, [0.6, 0.4]]);

// Two boards side by side: each keeps its rules, ranks and coverage; who is in one of them only has nothing in the other.
const words = file('zero');
words.nodes = [['w', 'W', -1, 0], ['w1', 'W1', 0, 1]];
Object.assign(words, {models: [['m1', 'One', '', 'G', 0, {}], ['w0', 'Words', '', '', 0, {}]], scores: [[0.3], [0.7]], errors: [[0.02], [null]], kinds: ['mad'], words: {mad: 'MAD'}});
const all = ['m1', 'm0', 'r', 'w0'], heads = ['top', 'a', 'b', 'w'];
const side = board.joined('both', [board.partOf(file('zero'), 'top', 'top', all, heads), board.partOf(words, 'w', 'w', all, heads)], heads), values = board.aggregate(side, new Set());
equal('board.js: boards side by side keep their averages and have none together', values.map(row => [row[0].score, row[1].score, row[7].score]),
    [[null, 0.1, 0.3], [null, 0.45, null], [null, 0.9, null], [null, null, 0.7]]);
equal('board.js: boards side by side rank each for itself', board.ranksOfSides(side, values).map(rank => all.map((id, m) => rank.get(m)?.rank ?? null)), [[2, 1, null, null], [2, null, null, 1]]);
const sidesView = board.readView(side, '#sort=.cover.w&close=w'), coverOrder = board.select(side, sidesView, values).seen;
equal('board.js: boards side by side in the address', [board.writeView(side, sidesView), coverOrder, board.readView(side, '#sort=.cover.a').sort], ['sort=.cover.w&close=w', [0, 3, 1, 2], null]);
equal('board.js: boards side by side as CSV', board.csv(side, board.emptyView(), values, {seen: [0, 3]}).split('\r\n').slice(0, 3),
    ['top rank,top rank_of_all,w rank,w rank_of_all,model,name,submitter,top scored,top of,w scored,w of,top,a,b,w', '1,2,2,2,m1,One,,1,3,1,1,0.1,0.2,,0.3', ',,1,1,w0,Words,,0,0,1,1,,,,0.7']);

const table = board.aggregate(small('zero'), new Set());
equal('board.js: CSV of what is shown, with all digits and the kinds of errors',
    board.csv(small('zero'), plain, table, board.select(small('zero'), plain, table)).split('\r\n'),
    ['rank,rank_of_all,model,name,submitter,scored,of,top,a,a1,a1 error,a1 error_kind,a2,a2 error,a2 error_kind,b,b error,b error_kind',
        '1,1,m0,Zero,Lab,3,3,0.45,0.4,0.2,0.01,split_sem,0.6,0.02,subject_sd,0.5,,', '2,2,m1,One,,1,3,0.1,0.2,0.4,,,,,,,,', ',,r,Ref,,3,3,0.9,0.9,0.9,0.03,mad,0.9,,,0.9,,', '']);

// Colours of the reference: values of its own script (color-utils.js), by its formula.
equal('board.js: classes of the reference colours', [[0.5, 0, 1, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0.3, 0.3, 0.3, 0], [2, 0, 1, 0]].map(([v, ...range]) => board.referenceShade(['', '', 0, 1, ...range], v)),
    [' bs bs20-55', ' bs bs80-100', ' bs be0-10', ' bs bs20-100', ' bs bs80-100']);

// --- the program's own numbers --------------------------------------------------------------------------------------------

for (const site of process.argv.slice(2)) {
    const scores = JSON.parse(readFileSync(join(site, 'data/scores.json'), 'utf8')), policy = (scores.options || {}).missing || 'zero';
    const cells = scores.cells.filter(c => c.status === 'ok').map(c => [`${c.model}\n${c.benchmark}`, c]);
    const aggregate = new Map([...cells, ...scores.aggregates.map(a => [`${a.model}\n${a.node}`, a])]), given = new Map(scores.ranks.map(r => [`${r.model}\n${r.node}`, r.rank]));
    const wrong = [];
    let n = 0;
    for (const file of readdirSync(join(site, 'assets')).filter(name => /^board-.*-[0-9a-f]{8}\.js$/.test(name))) {
            vm.runInNewContext(readFileSync(join(site, 'assets', file), 'utf8'), {brainboard: {board: (name, all) => {
            // every group of the file as a table of its own, ordered by itself
            for (const [id] of all.nodes.filter(node => !(node[3] & 1))) {
                const data = board.partOf(all, id, id, all.models.map(model => model[0]), []);
                const table = board.aggregate(data, new Set()), rank = board.ranks(data, table, 0, data.models.map((model, m) => m));
                data.models.forEach((model, m) => {
                    data.nodes.forEach((node, i) => {
                        const a = aggregate.get(`${model[0]}\n${node[0]}`) || {score: null}, got = table[m][i].score, want = a.score === undefined ? null : a.score;
                        n++;
                        if (got !== want) wrong.push(`${id}: ${model[0]} on ${node[0]} is ${got}, not ${want}`);
                        if (want !== null && !(node[3] & 1) && (table[m][i].scored !== a.scored || table[m][i].of !== a.of))
                            wrong.push(`${id}: ${model[0]} on ${node[0]} has ${table[m][i].scored} of ${table[m][i].of}, not ${a.scored} of ${a.of}`);
                    });
                    const want = given.get(`${model[0]}\n${id}`), got = rank.get(m);
                    if ((got ? got.rank : undefined) !== want) wrong.push(`${id}: ${model[0]} has rank ${got && got.rank}, not ${want}`);
                });
            }
        }}});
    }
    say(`board.js: averages, coverage and ranks are the program's, to the last bit, missing = ${policy}${scores.parity ? ', rounded twice' : ''}`, n ? wrong : ['no numbers']);
}
