/** `npm run build:distribution`: fills a folder with installers, manuals and tools, for the centre to give out. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.ts';
import { roles, systems } from '../../src/exam/distribution/listed.ts';
import { makeDistribution } from './distribution.ts';

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist', 'distribution') },
    role: { type: 'string', multiple: true },
    system: { type: 'string', multiple: true },
    'no-fetch': { type: 'boolean', default: false },
    level: { type: 'string', default: '6' },
  },
});
const chosen = <T extends string>(from: readonly T[], given: readonly string[] | undefined): readonly T[] => {
  const unknown = given?.find((one) => !(from as readonly string[]).includes(one));
  if (unknown !== undefined) {
    console.error(`${unknown}: not one of ${from.join(', ')}`);
    process.exit(1);
  }
  return given ? from.filter((one) => given.includes(one)) : from;
};

if (!/^[1-9]$/.test(values.level)) {
  console.error('--level: 1 to 9');
  process.exit(1);
}
if (!build()) process.exit(1);
const made = await makeDistribution({
  root,
  out: resolve(values.out),
  roles: chosen(roles, values.role),
  systems: chosen(systems, values.system),
  fetch: !values['no-fetch'],
  level: Number(values.level),
  tell: (line) => console.log(line),
});
if (!made.ok) {
  console.error(`${resolve(values.out)} holds something else: choose an empty or new folder with --out.`);
  process.exit(1);
}
for (const { system, why } of made.value.without) console.warn(`Left out: ${system}. ${why}`);
console.log(`${made.value.files.length} files in ${resolve(values.out)}`);
