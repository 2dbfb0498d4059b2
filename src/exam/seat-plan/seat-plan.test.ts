import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { plannedFor, readSeatPlan, serpentine } from './seat-plan.ts';

test.each([
  ['en', ['Number', 'IP address', 'Computer', 'Note']],
  ['zh', ['机位号', 'IP地址', '计算机名', '备注']],
  ['ru', ['№', 'IP-адрес', 'Компьютер', 'Примечание']],
])('a plan is read by its headings: %s', (_language, head) => {
  expect(
    expectOk(readSeatPlan([head, ['1', '192.168.0.15', 'PC15', ''], [], ['002', '', 'PC16', 'door']])),
  ).toEqual([
    { number: 1, address: '192.168.0.15', computer: 'PC15', note: '' },
    { number: 2, address: '', computer: 'PC16', note: 'door' },
  ]);
});

test('wrong rows are named by line, and nothing is taken', () => {
  const rows = [
    ['Number', 'Computer'],
    ['1', 'PC1'],
    ['0', 'PC2'],
    ['3', ''],
    ['1', 'PC4'],
    ['5', 'pc1'],
    ['six', 'PC6'],
  ];
  expect(readSeatPlan(rows)).toEqual({
    ok: false,
    refusal: { type: 'seat-plan-wrong', count: 5, lines: [3, 4, 5, 6, 7] },
  });
  expect(readSeatPlan([['Room', 'Colour']])).toEqual({
    ok: false,
    refusal: { type: 'seat-plan-columns', found: ['Room', 'Colour'] },
  });
});

test('a machine is found by its name, else by its address', () => {
  const plan = [
    { number: 1, address: '10.0.0.1', computer: 'PC1', note: '' },
    { number: 2, address: '10.0.0.2', computer: '', note: '' },
  ];
  expect(plannedFor(plan, { computer: 'pc1', address: '10.0.0.9:5000' })?.number).toBe(1);
  expect(plannedFor(plan, { computer: 'other', address: '::ffff:10.0.0.2:5000' })?.number).toBe(2);
  expect(plannedFor(plan, { computer: 'other', address: '10.0.0.1' })).toBeNull();
});

test('rows in serpentines', () => {
  expect(serpentine([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 2, 3, 6, 5, 4, 7]);
});
