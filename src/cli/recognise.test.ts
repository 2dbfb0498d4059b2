/** `invigil recognise` as a script calls it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpegOf } from '../../tools/scans/file.ts';
import { makeScan } from '../../tools/scans/scan.ts';
import { ownNumber } from '../exam/form/sheet-number.ts';

const number = ownNumber('204117', 35);
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-recognise-'));
  const code = { number, side: 1 as const, more: { kit: '100001', kind: 'answers-2' as const, copy: 1 } };
  const scan = await makeScan({ code, seed: 1, ink: 'much', degradation: { turned: 180 } });
  const jpeg = await jpegOf(scan.raster, 60);
  mkdirSync(join(folder, 'room'));
  writeFileSync(join(folder, 'room', '1.jpg'), jpeg);
  writeFileSync(join(folder, 'room', 'Thumbs.db'), 'x');
  writeFileSync(join(folder, 'room', '2.pdf'), '%PDF-1.7');
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  await writer.add('1.jpg', new Uint8ArrayReader(jpeg), { password: 'secret' });
  writeFileSync(join(folder, 'locked.zip'), await writer.close());
});
afterAll(() => rmSync(folder, { recursive: true }));

function recognise(words: readonly string[], env: Record<string, string> = {}) {
  const main = join(import.meta.dirname, 'main.ts');
  const ran = spawnSync(process.execPath, [main, 'recognise', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: ran.status, lines: ran.stdout.trim().split('\n'), error: ran.stderr };
}

test('a folder: a line for each page, one with the totals, and a failure when a page is not recognised', () => {
  const { code, lines } = recognise(['room', '--json']);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      file: '1.jpg',
      page: 1,
      widthPx: 1654,
      heightPx: 2339,
      dpi: 200,
      rotation: 180,
      sheet: { number, side: 1, more: { kit: '100001' } },
      class: 'recognised-filled',
      problem: null,
    },
    { file: '2.pdf', page: 2, class: 'bad-image', problem: { type: 'image-other-format', format: 'PDF' } },
    { total: 2, 'recognised-filled': 1, 'bad-image': 1 },
  ]);
  expect(code).toBe(1);
});

test('an archive with a password, which need not stand in the list of processes', () => {
  const { code, lines } = recognise(['locked.zip', '--json'], { INVIGIL_ARCHIVE_PASSWORD: 'secret' });
  expect(code).toBe(0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ file: '1.jpg', sheet: { number } });
  const without = recognise(['locked.zip', '--json']);
  expect(without.code).toBe(1);
  expect(JSON.parse(without.lines[0] ?? '')).toEqual({
    ok: false,
    refusal: { type: 'archive-password-missing' },
  });
  expect(without.error).toContain('Type the password.');
});
