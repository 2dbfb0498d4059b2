/** `npm test`: the checks beside the build, then every test; ends with the runner's own summary. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileCache } from './compiled.ts';

const root = join(import.meta.dirname, '..');

/** Ends this program when one of them failed, after all have ended. @param steps scripts with what they are told */
async function run(...steps: readonly (readonly [string, ...string[]])[]): Promise<void> {
  const ended = await Promise.all(
    steps.map(async ([script, ...parameters]) => {
      const child = spawn(process.execPath, [join(root, script), ...parameters], {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, ...compileCache },
      });
      const [status] = (await once(child, 'exit')) as [number | null];
      return status ?? 1;
    }),
  );
  const failed = ended.find((status) => status !== 0);
  if (failed !== undefined) process.exit(failed);
}

await run(['tools/check.ts'], ['tools/build.ts']);
await run(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
