/** `npm run check`: types, lint, format, and that imports go one way. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkDirections } from './check-directions.ts';

const root = join(import.meta.dirname, '..');
let failed = false;

function run(title: string, script: string, ...parameters: string[]): void {
  const done = spawnSync(process.execPath, [join(root, script), ...parameters], {
    cwd: root,
    encoding: 'utf8',
  });
  console.log(`${done.status === 0 ? '✓' : '✗'} ${title}`);
  if (done.status === 0) return;
  console.log(done.stdout + done.stderr);
  failed = true;
}

run('types', 'node_modules/typescript/bin/tsc', '--noEmit');
run('lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', 'src', 'test', 'tools', 'bench', 'formats');
run('format', 'node_modules/oxfmt/bin/oxfmt', '--check');
const problems = checkDirections(join(root, 'src'));
console.log(`${problems.length === 0 ? '✓' : '✗'} directions`);
for (const problem of problems) console.log(`  ${problem}`);
process.exit(failed || problems.length > 0 ? 1 : 0);
