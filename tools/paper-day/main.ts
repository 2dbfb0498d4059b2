/**
 * `npm run demo:paper`: a whole exam on paper on this machine, from sealed question papers to confirmed answers and empty books, on real processes
 * with real PDF and scans of what was printed. Ends with exit code 1 when anything is not as it must be.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasRenderer } from './answered-sheets.ts';
import { password, startCast, stationNames } from './cast.ts';
import { playPaperDay } from './day.ts';
import { shortcomings } from './summary.ts';

const { values } = parseArgs({
  options: {
    offline: { type: 'boolean', default: false },
    stay: { type: 'boolean', default: false },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(
    'npm run demo:paper -- [--offline] [--stay] [--data DIR] [--json]\n' +
      '  --offline   no network between centre and site: everything by stick and telephone\n' +
      '  --stay      leave all running at the end, to look at the consoles; Ctrl-C ends it\n' +
      '  --data DIR  a new folder for what the day leaves (one that is removed at the end)\n' +
      '  --json      the last line is the summary',
  );
  process.exit(0);
}
if (!hasRenderer()) {
  console.error('pdftoppm renders what was printed: install poppler-utils (Debian) and try again.');
  process.exit(2);
}
const began = Date.now();
const say = (text: string): void => console.error(`${Math.round((Date.now() - began) / 1000)} s  ${text}`);
const folder =
  values.data === undefined ? mkdtempSync(join(tmpdir(), 'invigil-paper-')) : resolve(values.data);
mkdirSync(folder, { recursive: true });
const ended = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve());

let code = 1;
say('Starting a centre, a site and four stations …');
const cast = await startCast(folder, { dataStays: values.stay });
try {
  const summary = await playPaperDay(cast, { online: !values.offline, say });
  const wrong = shortcomings(summary);
  for (const one of wrong) say(`NOT AS IT MUST BE: ${one}`);
  if (values.json) console.log(JSON.stringify(summary));
  else say(`${summary.packages.length} packages, books without a difference, ${summary.seconds} s`);
  code = wrong.length === 0 ? 0 : 1;
  if (values.stay) {
    say(`\nCentre  ${cast.address('centre')}  account admin, password ${password}`);
    say(`Site    ${cast.address('site')}  account admin, password ${password}`);
    for (const name of stationNames) say(`${name.padEnd(7)} ${cast.address(name)}`);
    say('Ctrl-C ends all of it.');
    await ended.promise;
  }
} catch (error) {
  console.error(error);
} finally {
  await cast.close();
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
