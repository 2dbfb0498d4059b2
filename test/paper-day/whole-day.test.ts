/** The whole day of an exam on paper without a network, from sealed question papers to even books: what `npm run demo:paper -- --offline` plays. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hasRenderer } from '../../tools/paper-day/answered-sheets.ts';
import { startCast, type Cast } from '../../tools/paper-day/cast.ts';
import { playPaperDay } from '../../tools/paper-day/day.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-paper-day-'));
let cast: Cast | null = null;

afterEach(async () => {
  await cast?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasRenderer())(
  'two rooms by stick and telephone: a station dies, kits are spoiled, a sheet is forgotten, one is scanned again, and the books are even (needs pdftoppm)',
  async () => {
    cast = await startCast(folder, { hosted: true });
    const said: string[] = [];
    const summary = await playPaperDay(cast, { online: false, say: (text) => said.push(text) });
    expect(summary.differences).toEqual([]);
    expect(summary).toMatchObject({
      statuses: ['readiness-confirmed', 'key-received', 'exam-started', 'exams-finished', 'forms-sent'],
      journals: ['print 1', 'print 2', 'print 3', 'scan 1'],
      books: {
        printed: 12,
        good: 9,
        spoiled: 3,
        used: 8,
        declaredKits: 8,
        scanned: 33,
        confirmed: 33,
        differences: 0,
      },
    });
    expect(summary.packages.filter(({ replaced }) => !replaced)).toEqual([
      { room: '0001', part: '1/1', pages: 16, state: 'confirmed', quality: 'good', replaced: false },
      { room: '0002', part: '1/1', pages: 17, state: 'confirmed', quality: 'good', replaced: false },
    ]);
    expect(said.join('\n')).toContain('opens nothing (too-early)');
    expect(said.join('\n')).toContain('is not closed (scan-room-not-whole)');
    // Nothing of a question paper lies where a stick or a station's disk could lose it.
    const plain = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('printed'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).subarray(0, 5).toString('latin1') === '%PDF-');
    expect(plain.filter((file) => !/END_PRINT_.*\.pdf$/.test(file))).toEqual([]);
  },
);
