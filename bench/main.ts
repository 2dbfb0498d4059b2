/** `npm run bench -- NAME --json`: one measurement; progress on stderr, the last line on stdout is JSON. */
import { run as candidateScreen } from './candidate-screen.ts';
import { run as seal } from './seal.ts';

const benches: Readonly<Record<string, () => Promise<object>>> = {
  'candidate-screen': candidateScreen,
  seal,
};

const name = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? '';
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- NAME --json, where NAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
console.log(JSON.stringify(await bench()));
