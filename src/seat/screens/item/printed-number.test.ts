import { expect, test } from 'vitest';
import { container, float, integer } from '../../../exam/expression/value.ts';
import { formatted, printed } from './printed-number.ts';

test.each([
  ['%d', 42, '42'],
  ['%i', -7.9, '-7'],
  ['%5d', 42, '   42'],
  ['%-5d|', 42, '42   |'],
  ['%05d', -42, '-0042'],
  ['%+d', 42, '+42'],
  ['%.2f', 2.71459, '2.71'],
  ['%.0f', 2, '2'],
  ['%f', 0.5, '0.500000'],
  ['%.2e', 12345, '1.23e+04'],
  ['%E', 0.00012, '1.200000E-04'],
  ['%g', 0.0001, '0.0001'],
  ['%g', 1234567, '1.23457e+06'],
  ['%.3g', 2.5, '2.5'],
  ['%.3r', 2.5, '2.50'],
  ['%x', 255, 'ff'],
  ['%X', 255, 'FF'],
  ['%o', 8, '10'],
  ['about %.1f%% of it', 12.34, 'about 12.3% of it'],
  ['no format', 5, '5'],
])('%s writes %d as %s', (format, number, text) => {
  expect(formatted(number, format)).toBe(text);
});

test('containers are joined, with a delimiter of their own, or give one of their values', () => {
  const list = container('ordered', 'integer', [3, 10]);
  expect(printed(list, {})).toBe('3; 10');
  expect(printed(list, { delimiter: ' | ', base: '2' })).toBe('11 | 1010');
  expect(printed(list, { index: '2' })).toBe('10');
});

test('a record prints its fields, or one of them', () => {
  const record = {
    cardinality: 'record',
    baseType: null,
    content: { x: integer(1), y: float(2.5) },
  } as const;
  expect(printed(record, {})).toBe('x=1; y=2.5');
  expect(printed(record, { field: 'y', format: '%.2f' })).toBe('2.50');
  expect(printed({ ...record, content: null }, {})).toBe('');
});
