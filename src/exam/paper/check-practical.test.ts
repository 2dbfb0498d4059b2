import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { practicalTask, taskFileLimit } from '../practical/practical-task.ts';
import { checkPractical } from './check-practical.ts';
import { importPaper } from './import-paper.ts';
import { item, manifest, zipOf } from './package.fixture.ts';

const declared = '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="file"/>';
const asks = (name: string, more = ''): string =>
  `<qti-upload-interaction response-identifier="RESPONSE" data-invigil-file="${name}" ${more}/>`;

async function imported(body: string, files: Record<string, string | Uint8Array> = {}, before = declared) {
  const zip = await zipOf({
    'imsmanifest.xml': manifest('items/a.xml'),
    'items/a.xml': item('a', body, before, ''),
    ...files,
  });
  return expectOk(await importPaper(zip));
}

async function refusedFor(...given: Parameters<typeof imported>): Promise<unknown[]> {
  const { report } = await imported(...given);
  expect(report.items[0]?.verdict).toBe('refused');
  return (
    report.items[0]?.reasons.map(({ type }) => type).filter((type) => type.startsWith('practical')) ?? []
  );
}

test('the sample task keeps the names of its files, says what it expects, and the report names both', async () => {
  const zip = readFileSync(join(import.meta.dirname, '../../../samples/practical.zip'));
  const { paper, files, report } = expectOk(await importPaper(new Uint8Array(zip)));
  const [table, page] = paper.items.map((one) => practicalTask(one));
  expect(table?.expected).toEqual([{ response: 'TOTALS', pattern: 'totals.csv', limit: 1024 ** 2 }]);
  expect(page?.given.map(({ name }) => name)).toEqual(['index.html', 'style.css']);
  expect(page?.expected.map(({ pattern }) => pattern)).toEqual(['index.html', '*.css']);
  const sales = table?.given[0];
  expect(sales?.name).toBe('sales.csv');
  expect(new TextDecoder().decode(files.get(sales?.path ?? ''))).toContain('2026-01-08,chair');
  expect(report.items[0]?.reasons).toContainEqual({
    type: 'practical-task',
    files: 'sales.csv (1 KB)',
    expected: 'totals.csv (≤ 1 MB)',
  });
});

test('a link of another question gives no file, and one that leads outside gives none in a task', async () => {
  const plain = await imported('<p><a href="../task/x.csv">x</a></p>', { 'task/x.csv': 'x' });
  expect(plain.files.size).toBe(0);
  const outside = await imported(`<p><a href="https://example.org/x.csv">x</a></p>${asks('x.csv')}`);
  expect(outside.report.items[0]?.reasons.map(({ type }) => type)).toContain('link-removed');
  expect(practicalTask(outside.paper.items[0] ?? expect.fail())?.given).toEqual([]);
});

test('a link cannot lead out of the package, and its file is laid out by its own name alone', async () => {
  const { paper } = await imported(`<p><a href="../../../etc/deep/x.csv">x</a></p>${asks('y.csv')}`, {
    'etc/deep/x.csv': 'x',
  });
  expect(practicalTask(paper.items[0] ?? expect.fail())?.given[0]?.name).toBe('x.csv');
});

test.each(['setup.exe', 'run.BAT', 'macro.ps1', 'link.lnk'])('the program %s is refused', async (name) => {
  const body = `<p><a href="${name}">x</a></p>${asks('a.csv')}`;
  expect(await refusedFor(body, { [`items/${name}`]: 'MZ' })).toEqual(['practical-file-executable']);
});

test.each(['con.txt', 'a;b|c.txt', '~$plan.docx', 'plan.tmp', 'nul'])(
  'the name %s is refused',
  async (name) => {
    const body = `<p><a href="${name}">x</a></p>${asks('a.csv')}`;
    expect(await refusedFor(body, { [`items/${name}`]: 'x' })).toEqual(['practical-file-name']);
  },
);

test('two files of one name and one file expected twice are refused', async () => {
  expect(
    await refusedFor(`<p><a href="Plan.csv">1</a><a href="../b/plan.CSV">2</a></p>${asks('a.csv')}`, {
      'items/Plan.csv': '1',
      'b/plan.CSV': '2',
    }),
  ).toEqual(['practical-file-twice']);
  expect(await refusedFor(asks('a.csv') + asks('A.CSV'))).toEqual(['practical-expected-twice']);
});

test('a task file beyond the limit is refused', async () => {
  const { paper } = await imported(`<p><a href="large.csv">x</a></p>${asks('a.csv')}`, {
    'items/large.csv': 'x',
  });
  const { body, responses } = paper.items[0] ?? expect.fail();
  expect(checkPractical(body, responses, () => taskFileLimit).refused).toEqual([]);
  expect(checkPractical(body, responses, () => taskFileLimit + 1).refused).toEqual([
    { type: 'practical-file-too-large', name: 'large.csv', limit: 100 },
  ]);
});

test.each([
  '',
  '*',
  '../a.csv',
  'a/b.csv',
  'C:\\a.csv',
  'noending',
  '*.*',
  'x.exe',
  'x.tmp',
  'con.csv',
  '***.csv',
])('the expected name %j is refused', async (name) => {
  expect(await refusedFor(asks(name))).toEqual(['practical-expected-name']);
});

test.each(['0', '201', '1.5', '-1', 'many'])('the size limit %s is refused', async (limit) => {
  expect(await refusedFor(asks('a.csv', `data-invigil-max-mb="${limit}"`))).toEqual(['practical-size-limit']);
});

test('the response of a task is one file', async () => {
  const before = '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="file"/>';
  expect(await refusedFor(asks('a.csv'), {}, before)).toEqual(['practical-response-not-file']);
});
