import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesIn, safeFileName } from './answer-files.ts';

const digest = 'a'.repeat(64);

test('a response names a file only when the reference is one', () => {
  const file = { digest, name: 'plan.ods', mediaType: 'text/plain', size: 3 };
  expect(filesIn({ A: { file }, B: 'text', C: null, D: ['x'], E: { file: 'x' } })).toEqual([
    { response: 'A', file },
  ]);
  expect(filesIn({ A: { file: { ...file, digest: '../../etc/passwd' } } })).toEqual([]);
  expect(filesIn({ A: { file: { ...file, size: 1e12 } } })).toEqual([]);
});

test.each([
  ['plan.ods', 'plan.ods'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\temp\\x.exe', 'C__temp_x.exe'],
  ['CON.txt', 'file_CON.txt'],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  ['a\r\nSet-Cookie: x', 'a__Set-Cookie_ x'],
  ['работа 作文.docx', 'работа 作文.docx'],
  ['...', 'file'],
  ['', 'file'],
])('the name %j is offered as %j', (given, offered) => {
  expect(safeFileName(given)).toBe(offered);
});

test('whatever a file is called, its offered name is no path, fits into a folder and into a header', () => {
  const sign = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 400 }), (given) => {
      const name = safeFileName(given, '1000001_');
      expect(name).not.toMatch(/[/\\\p{Cc}]/u);
      expect(name.startsWith('1000001_')).toBe(true);
      expect([...name].length).toBeLessThanOrEqual(170);
      expect(() => encodeURIComponent(name)).not.toThrow();
    }),
  );
});
