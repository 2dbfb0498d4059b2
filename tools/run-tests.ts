/** `npm test`: the checks, the build, then every test; ends with the runner's own summary. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compileCache } from './compiled.ts';

const root = join(import.meta.dirname, '..');

function run(...command: string[]): void {
  const [script, ...parameters] = command;
  const done = spawnSync(process.execPath, [join(root, script as string), ...parameters], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...compileCache },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

run('tools/check.ts');
run('tools/build.ts');
run('node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2));
