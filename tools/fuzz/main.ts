/** `npm run fuzz -- [NAME …] [--seconds 60] [--seed N]`: see README.md here. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz, takesRightOnes, type Tried } from './fuzz.ts';
import { imports } from './imports.ts';
import { Watch } from './watch.ts';
import { openWorld, type World } from './world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const chosen = imports.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0 || !(seconds > 0) || !Number.isInteger(seed)) {
  console.error(
    `npm run fuzz -- [NAME …] [--seconds 60] [--seed N]\nNames: ${imports.map(({ name }) => name).join(' ')}`,
  );
  process.exit(2);
}

console.log(`seed ${seed}`);
let failed = false;
for (const one of chosen) {
  const world = one.stage === null ? null : await openWorld(true);
  try {
    const tried = await tryIn(world, one);
    console.log(
      `${tried.broken ? '✗' : '✓'} ${one.name.padEnd(24)} ${String(tried.runs).padStart(7)} files in ${tried.seconds.toFixed(0).padStart(4)} s: ${tried.taken} taken, ${tried.refused} refused`,
    );
    if (tried.broken) {
      failed = true;
      const folder = join(tmpdir(), 'invigil-fuzz');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${one.name}-${seed}`);
      writeFileSync(file, tried.broken.file);
      console.log(
        `  ${tried.broken.problem}\n  ${world?.logged() ?? ''}\n  ${tried.broken.file.length} bytes: ${file}`,
      );
    }
  } catch (error) {
    failed = true;
    console.log(`✗ ${one.name}: ${String((error as Error).stack ?? error)}`);
  } finally {
    await world?.close();
  }
}
process.exit(failed ? 1 : 0);

async function tryIn(world: World | null, one: (typeof imports)[number]): Promise<Tried> {
  if (one.stage !== null) await world?.reach(one.stage);
  const target = one.stage === null ? await one.open() : await one.open(world as World);
  const watch = world && one.stage !== null ? new Watch(world.exam.folder, one.at) : null;
  try {
    await takesRightOnes(target);
    return await fuzz(target, { seconds, seed, watch: target.watch ?? watch });
  } finally {
    watch?.close();
    await target.close?.();
  }
}
