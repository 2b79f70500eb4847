// flaws.mjs WITHOUT WITH: what `--flaws` adds shows as what it is, and changes no other cell. Prints what is wrong.
import {readFileSync} from 'node:fs';

const [without, with_] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path, 'utf8')));
const of = (board, model) => board.cells.filter(c => c.model === model);
const count = (cells, status) => cells.filter(c => c.status === status).length;
const say = (wrong, what) => { if (wrong) console.log(what); };

say(count(of(with_, 'damaged'), 'failed') === 0, 'the model with a damaged file has no failed cell');
say(count(of(with_, 'damaged'), 'ok') === 0, 'the model with a damaged file has no score from its other files');
say(count(of(with_, 'incomplete'), 'missing') === 0, 'the incomplete model has no missing cell');
say(count(of(with_, 'incomplete'), 'ok') === 0, 'the incomplete model has no score');
const lost = with_.benchmarks.find(b => b.id === 'lost-recording');
say(!lost || with_.cells.some(c => c.benchmark === lost.id && c.status === 'ok'), 'the lost recording has scores, or is not listed');
const key = c => `${c.model} ${c.benchmark}`;
const after = new Map(with_.cells.map(c => [key(c), JSON.stringify(c)]));
for (const c of without.cells) say(after.get(key(c)) !== JSON.stringify(c), `the cell ${key(c)} has changed`);
