/** `npm run bench -- NAME --json`: one measurement; progress on stderr, the last line on stdout is JSON. */
import { run as answers } from './answers.ts';
import { run as board } from './board.ts';
import { run as candidateScreen } from './candidate-screen.ts';
import { run as candidates } from './candidates.ts';
import { run as completeness } from './completeness.ts';
import { run as due } from './due.ts';
import { run as grid } from './grid.ts';
import { run as monitor } from './monitor.ts';
import { run as printKits } from './print-kits.ts';
import { run as publish } from './publish.ts';
import { run as recognise } from './recognise.ts';
import { run as restart } from './restart.ts';
import { run as restore } from './restore.ts';
import { run as scanStation } from './scan-station.ts';
import { run as seal } from './seal.ts';
import { run as start } from './start.ts';

const benches: Readonly<Record<string, () => Promise<object>>> = {
  answers,
  board,
  'candidate-screen': candidateScreen,
  candidates,
  completeness,
  due,
  grid,
  monitor,
  'print-kits': printKits,
  publish,
  recognise,
  restart,
  restore,
  'scan-station': scanStation,
  seal,
  start,
};

const name = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? '';
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- NAME --json, where NAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
console.log(JSON.stringify(await bench()));
