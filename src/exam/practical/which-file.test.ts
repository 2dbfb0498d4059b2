import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsPattern, isLegalName, isMarkedOpen, isTemporary, isUsablePattern } from './file-names.ts';
import { filesThatCount } from './which-file.ts';

const expects = (...patterns: string[]) =>
  patterns.map((pattern, n) => ({ response: `R${n}`, pattern, limit: 1_000 }));
const file = (name: string, modifiedAt = 0) => ({ name, size: 1, modifiedAt });
const counting = (patterns: string[], ...files: ReturnType<typeof file>[]): Record<string, string> =>
  Object.fromEntries([...filesThatCount(expects(...patterns), files)].map(([r, { name }]) => [r, name]));

test('a file answers by its name, whatever the case of its letters', () => {
  expect(counting(['sales.xlsx'], file('SALES.XLSX'), file('other.xlsx'))).toEqual({ R0: 'SALES.XLSX' });
});

test('of several files that fit a pattern the one saved last counts', () => {
  expect(counting(['*.docx'], file('b.docx', 2), file('a.docx', 1))).toEqual({ R0: 'b.docx' });
});

test('a file that is expected by name does not answer a pattern, too', () => {
  expect(counting(['*.css', 'style.css'], file('style.css', 9), file('print.css', 1))).toEqual({
    R0: 'print.css',
    R1: 'style.css',
  });
});

test.each([
  '~$sales.xlsx',
  '.~lock.sales.xlsx#',
  'sales.tmp',
  '~WRD0001.tmp',
  'sales.xlsx~',
  'plan.dwl',
  'Thumbs.db',
])('%s is nobody’s answer', (name) => {
  expect(isTemporary(name)).toBe(true);
  expect(counting(['*.xlsx'], file(name, 9))).toEqual({});
});

test.each([
  ['sales.xlsx', '~$sales.xlsx'],
  ['long-report.docx', '~$ng-report.docx'],
  ['report1.docx', '~$eport1.docx'],
  ['sales.ods', '.~lock.sales.ods#'],
  ['house.dwg', 'house.dwl'],
  ['main.py', '.main.py.swp'],
])('%s is open when %s lies beside it', (name, mark) => {
  expect(isMarkedOpen(name, [mark, name])).toBe(true);
  expect(isMarkedOpen(`other-${name}`, [mark])).toBe(false);
});

test('a usable pattern fits only names of files in the folder itself', () => {
  const sign = fc.constantFrom(...'abcX.*?-_/\\:~$ é');
  fc.assert(
    fc.property(
      fc.string({ unit: sign, maxLength: 12 }),
      fc.string({ unit: sign, maxLength: 12 }),
      (pattern, name) => {
        if (!isUsablePattern(pattern)) return;
        expect(pattern).not.toMatch(/[/\\:]/);
        if (isLegalName(name) && fitsPattern(name, pattern)) {
          const ending = pattern.slice(pattern.lastIndexOf('.')).toLowerCase();
          expect(name.toLowerCase().endsWith(ending)).toBe(true);
        }
        if (isLegalName(pattern)) expect(fitsPattern(pattern, pattern)).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('wildcards stand for any characters and for one', () => {
  expect(fitsPattern('a(1).c+.txt', 'a(1).c+.txt')).toBe(true);
  expect(fitsPattern('ab.txt', 'a?.txt')).toBe(true);
  expect(fitsPattern('abc.txt', 'a?.txt')).toBe(false);
  expect(fitsPattern('отчёт.DOCX', '*.docx')).toBe(true);
});
