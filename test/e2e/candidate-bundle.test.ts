/** What a candidate's browser is given: everything to show a paper, nothing that could judge or open one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { build, type Rollup } from 'vite';
import { needScreens } from './candidate-page.ts';

const root = join(import.meta.dirname, '..', '..');
const built = join(root, 'dist', 'seat');
let modules: string[] = [];

beforeAll(async () => {
  needScreens();
  const output = (await build({
    configFile: join(root, 'src', 'ui', 'vite.seat.ts'),
    logLevel: 'error',
    build: { write: false },
  })) as Rollup.RollupOutput;
  modules = output.output.flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []));
});

test('the bundle is made of the screen and of nothing from behind it', () => {
  const own = modules
    .map((path) => path.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, ''))
    .filter((path) => path.startsWith('src/'));
  expect(own.length).toBeGreaterThan(20);
  // The microphone is the same on every screen that records.
  const allowed = /^src\/(seat\/screens|ui\/sound|base|exam)\//;
  expect(own.filter((path) => !allowed.test(path))).toEqual([]);
  expect(own.filter((path) => /^src\/exam\/(scoring|gate|code)\//.test(path))).toEqual([]);
  const foreign = modules.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  expect(
    [...new Set(foreign)].filter((name) => /antd|ant-design|echarts|zod|age-|noble|jose/.test(name)),
  ).toEqual([]);
});

test('no scoring, no key and no way to make one is in it', () => {
  const script = readdirSync(join(built, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(built, 'assets', name), 'utf8'))
    .join('\n');
  const words = [
    'qti-response-processing',
    'qti-correct-response',
    'qti-outcome-processing',
    'AGE-SECRET-KEY',
    'PRIVATE KEY',
    'generateKey',
    'scrypt',
  ];
  expect(words.filter((word) => script.includes(word))).toEqual([]);
  // The content security policy forbids them; they would fail in the browser only.
  expect(/\bnew Function\(|\beval\(/.exec(script)).toBeNull();
});

test('the first view weighs less than 300 KB on the wire, by far', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map((found) => found[1] ?? '');
  expect(files.length).toBeGreaterThanOrEqual(2);
  const size = (ending: string): number =>
    ['index.html', ...files].reduce(
      (sum, file) => sum + readFileSync(join(built, `${file}${ending}`)).length,
      0,
    );
  expect(size('.br')).toBeLessThan(150_000);
  expect(size('.gz')).toBeLessThan(150_000);
});
