import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carry, readCarried, readFileOf, type Carried } from './installer-file.ts';

let folder = '';
let installer = '';
const program = Buffer.from('the executable');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-installer-file-'));
  installer = join(folder, 'setup');
  mkdirSync(join(folder, 'seat', 'runtime', 'linux'), { recursive: true });
  writeFileSync(join(folder, 'seat', 'runtime', 'linux', 'node'), 'a runtime '.repeat(1_000));
  writeFileSync(join(folder, 'seat', 'empty'), '');
  writeFileSync(installer, program);
  await carry(installer, join(folder, 'seat'), { version: '1.2.3', system: 'linux' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function carriedBy(
  path: string,
): Promise<{ carried: Carried | null; contents: (string | undefined)[] }> {
  const file = await open(path);
  try {
    const carried = await readCarried(file);
    const contents: (string | undefined)[] = [];
    for (const one of carried?.files ?? []) contents.push((await readFileOf(file, one))?.toString());
    return { carried, contents };
  } finally {
    await file.close();
  }
}

test('what was put behind an executable comes out again, and the executable stays as it was', async () => {
  const { carried, contents } = await carriedBy(installer);
  expect(carried).toMatchObject({ version: '1.2.3', system: 'linux' });
  expect(new Map(carried?.files.map(({ path, executable }) => [path, executable]))).toEqual(
    new Map([
      ['empty', false],
      ['runtime/linux/node', true],
    ]),
  );
  expect(new Set(contents)).toEqual(new Set(['', 'a runtime '.repeat(1_000)]));
  expect(readFileSync(installer).subarray(0, program.length)).toEqual(program);
});

test('a copy that was cut short carries nothing', async () => {
  const cut = join(folder, 'cut');
  for (const left of [0, 10, program.length, readFileSync(installer).length - 1]) {
    writeFileSync(cut, readFileSync(installer));
    truncateSync(cut, left);
    expect((await carriedBy(cut)).carried).toBeNull();
  }
});

test('a file in which a byte was changed does not come out', async () => {
  const changed = join(folder, 'changed');
  const bytes = readFileSync(installer);
  const file = (await carriedBy(installer)).carried?.files.find(({ size }) => size > 0) ?? expect.fail();
  const at = file.at + file.stored - 2;
  bytes.writeUInt8((bytes.readUInt8(at) + 1) % 256, at);
  writeFileSync(changed, bytes);
  expect((await carriedBy(changed)).contents).toContain(undefined);
});
