/** As backends of several makers list their options; each in its own way. */
import { expect, test } from 'vitest';
import type { ScanRequest } from '../port.ts';
import { abilitiesOf, readOptions, scanParameters } from './options.ts';

const request: ScanRequest = { dpi: 200, source: 'feeder', duplex: true, format: 'jpeg' };

/** Made by `scanimage -A`: four blanks, the option, what may be given, what is set. */
const listed = (...lines: readonly string[]) => readOptions(lines.map((line) => `    ${line}\n`).join(''));

test('a scanner whose sources name both sides', () => {
  const options = listed(
    '--source ADF Front|ADF Back|ADF Duplex [ADF Front]',
    '--mode Lineart|Halftone|Gray|Color [Lineart]',
    '--resolution 50..600dpi (in steps of 1) [600]',
    '--page-width 0..221.121mm (in steps of 0.0211639) [215.872]',
    '--page-height 0..876.695mm (in steps of 0.0211639) [279.364]',
    '-x 0..215.872mm (in steps of 0.0211639) [215.872]',
    '-y 0..279.364mm (in steps of 0.0211639) [279.364]',
    '--swdeskew[=(yes|no)] [no]',
  );
  expect(abilitiesOf(options)).toEqual({
    sources: ['feeder'],
    duplex: true,
    dpi: { from: 50, to: 600 },
    grey: true,
  });
  expect(scanParameters(options, request)).toEqual([
    '--source=ADF Duplex',
    '--mode=Gray',
    '--resolution=200',
    '--page-width=210',
    '--page-height=297',
    '-x',
    '210',
    '-y',
    '279.364',
  ]);
  expect(scanParameters(options, { ...request, duplex: false })).toContain('--source=ADF Front');
});

test('a scanner whose sources say how sheets lie, and whose grey has another name', () => {
  const options = listed(
    '--mode Black & White|True Gray|24bit Color [24bit Color]',
    '--resolution 100|150|200|300|400|600dpi [200]',
    '--source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [Automatic Document Feeder(left aligned)]',
  );
  expect(abilitiesOf(options)).toEqual({
    sources: ['feeder', 'flatbed'],
    duplex: true,
    dpi: [100, 150, 200, 300, 400, 600],
    grey: true,
  });
  const of = (more: Partial<ScanRequest>) => scanParameters(options, { ...request, ...more }).slice(0, 2);
  expect(of({})).toEqual(['--source=Automatic Document Feeder(left aligned,Duplex)', '--mode=True Gray']);
  expect(of({ duplex: false })[0]).toBe('--source=Automatic Document Feeder(left aligned)');
  expect(of({ source: 'flatbed', duplex: false })[0]).toBe('--source=FlatBed');
});

test('a scanner with a switch of its own for both sides, which comes with the feeder', () => {
  const before = listed(
    '--source Flatbed|Automatic Document Feeder [Flatbed]',
    '--adf-mode Simplex|Duplex [inactive]',
  );
  expect(abilitiesOf(before)).toMatchObject({ sources: ['feeder', 'flatbed'], duplex: true, dpi: null });
  const chosen = listed(
    '--source Flatbed|Automatic Document Feeder [Automatic Document Feeder]',
    '--adf-mode Simplex|Duplex [Simplex]',
  );
  expect(scanParameters(chosen, request)).toEqual([
    '--source=Automatic Document Feeder',
    '--adf-mode=Duplex',
  ]);
  expect(scanParameters(chosen, { ...request, duplex: false })).toContain('--adf-mode=Simplex');
});

test('a plain flatbed names no source', () => {
  const options = listed(
    '--mode Lineart|Gray|Color [Color]',
    '--resolution 75|150|300dpi [75]',
    '-x 0..216.7mm [216.7]',
  );
  expect(abilitiesOf(options)).toMatchObject({ sources: ['flatbed'], duplex: false, dpi: [75, 150, 300] });
  expect(scanParameters(options, { ...request, source: 'flatbed', duplex: false })).toEqual([
    '--mode=Gray',
    '--resolution=200',
    '-x',
    '210',
  ]);
});
