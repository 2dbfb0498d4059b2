/** `npm run check`: types, lint, format, and that imports go one way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkDirections } from './check-directions.ts';

const root = join(import.meta.dirname, '..');
let failed = false;

/**
 * One processor is enough for each: on several they divide the files, and each part learns the types of all libraries for itself, which costs
 * twice as much altogether. Tidying up their memory less often saves a fifth.
 */
const thrifty = { GOMAXPROCS: '1', GOGC: '400' };

async function run(script: string, ...parameters: string[]): Promise<{ passed: boolean; said: string }> {
  const child = spawn(process.execPath, [join(root, script), ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...thrifty },
  });
  const [said, complained, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { passed: status === 0, said: said + complained };
}

const checks = {
  types: run('node_modules/typescript/bin/tsc', '--noEmit', '--singleThreaded'),
  lint: run('node_modules/oxlint/bin/oxlint', '--type-aware', 'src', 'test', 'tools', 'bench', 'formats'),
  format: run('node_modules/oxfmt/bin/oxfmt', '--check'),
};
for (const [title, check] of Object.entries(checks)) {
  const { passed, said } = await check;
  console.log(`${passed ? '✓' : '✗'} ${title}`);
  if (passed) continue;
  console.log(said);
  failed = true;
}
const problems = checkDirections(join(root, 'src'));
console.log(`${problems.length === 0 ? '✓' : '✗'} directions`);
for (const problem of problems) console.log(`  ${problem}`);
process.exit(failed || problems.length > 0 ? 1 : 0);
