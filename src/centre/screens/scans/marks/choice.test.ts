import { expect, test } from 'vitest';
import { chosen, noChoice, stepOf, type Choice, type Key, type RowShape } from './choice.ts';

const single: RowShape = { columns: 4, several: false };
const key = (name: string, shiftKey = false): Key => ({
  key: name,
  code: /^\d$/.test(name) ? `Digit${name}` : name,
  shiftKey,
});
function typed(keys: readonly Key[], shape: RowShape): Choice {
  return keys.reduce((choice, one) => {
    const step = stepOf(one, choice);
    return step ? chosen(choice, step, shape) : choice;
  }, noChoice);
}

test('one allowed: another digit replaces, with Shift both are answers', () => {
  expect(typed([key('1'), key('3')], single).marked).toEqual([2]);
  expect(typed([key('3'), { key: '!', code: 'Digit1', shiftKey: true }], single).marked).toEqual([0, 2]);
});

test('several allowed: digits choose and take back', () => {
  expect(typed([key('1'), key('3'), key('1')], { ...single, several: true }).marked).toEqual([2]);
});

test('0 says that nothing is marked, which is not the same as not having chosen', () => {
  expect(typed([key('2'), key('0')], single).marked).toEqual([]);
  expect(typed([key('x'), key('7'), key('9')], single).marked).toBeNull();
});

test('arrows and space reach columns beyond the ninth, and stay in the row', () => {
  const wide: RowShape = { columns: 12, several: false };
  expect(typed([key('ArrowLeft'), key(' ')], wide).marked).toEqual([11]);
  expect(typed([key('ArrowRight'), key('ArrowLeft'), key(' ')], wide).marked).toEqual([0]);
  expect(typed([{ key: 'ArrowRight', code: 'Numpad6', shiftKey: false }, key(' ')], wide).marked).toEqual([
    0,
  ]);
});
