import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareProtocol,
  missingOfRoom,
  protocolBodySchema,
  protocolDueAt,
  protocolProblems,
  receivedOf,
  type ProtocolBody,
  type RoomKit,
  type RoomRegister,
} from './protocol.ts';
import { sideStates, type KeptSideState } from './completeness.ts';

/** Registration form, answer form 1, answer form 2 of two sides. */
function kit(
  number: number,
  ...states: [KeptSideState, KeptSideState, KeptSideState, KeptSideState]
): RoomKit {
  const [form, first, front, back] = states;
  return {
    kit: String(number),
    sheets: [
      { kind: 'registration', number: `${number}1`, sides: [form] },
      { kind: 'answers-1', number: `${number}2`, sides: [first] },
      { kind: 'answers-2', number: `${number}3`, sides: [front, back] },
    ],
  };
}
const whole = (number: number): RoomKit => kit(number, 'filled', 'filled', 'filled', 'empty');
const nothing = (number: number): RoomKit => kit(number, 'missing', 'missing', 'missing', 'missing');

const body: ProtocolBody = {
  conductedBy: 'Ann',
  startedAt: '09:00',
  endedAt: '12:00',
  kitsReceived: 4,
  kitsUsed: 2,
  absent: 1,
  notFinished: 0,
  spoiledKits: ['4'],
  registrationForms: 2,
  answerForms: 4,
  additionalSheets: 0,
  remarks: '',
  signedBy: 'Ann',
};
const agreed: RoomRegister = { kits: [whole(1), whole(2), nothing(3), nothing(4)], loose: [] };

test('a protocol that agrees with what came has no difference, and nothing is missing', () => {
  expect(protocolProblems(body, agreed)).toEqual([]);
  expect(compareProtocol(body, agreed)).toEqual([]);
  expect(missingOfRoom(body, agreed)).toEqual({ sheets: [], kits: null });
});

test('a sheet that did not come is named with its kit, number and side', () => {
  const register = {
    kits: [whole(1), kit(2, 'filled', 'missing', 'filled', 'missing'), ...agreed.kits.slice(2)],
    loose: [],
  };
  expect(compareProtocol(body, register)).toEqual([
    { what: 'answers', declared: 4, received: 3, kits: ['2'] },
  ]);
  expect(missingOfRoom(body, register).sheets).toEqual([
    { kit: '2', kind: 'answers-1', number: '22', sides: [1] },
    { kit: '2', kind: 'answers-2', number: '23', sides: [2] },
  ]);
});

test('of a used kit of which nothing came only a choice can be named', () => {
  const register = { kits: [whole(1), nothing(2), nothing(3), nothing(4)], loose: [] };
  expect(compareProtocol(body, register).map(({ what, kits }) => [what, kits])).toEqual([
    ['kits-used', ['2', '3']],
    ['absent', ['2', '3']],
    ['registration', []],
    ['answers', []],
  ]);
  expect(missingOfRoom(body, register).kits).toEqual({ count: 1, among: ['2', '3'] });
  expect(missingOfRoom(null, register).kits).toBeNull();
});

test('reserve kits lie beside those of the absent without a difference, and spoiled kits that came have one', () => {
  const reserve = { ...body, absent: 0 };
  expect(compareProtocol(reserve, agreed)).toEqual([]);
  const spoiledCame = { kits: [whole(1), nothing(2), nothing(3), whole(4)], loose: [] };
  expect(compareProtocol(body, spoiledCame).find(({ what }) => what === 'spoiled-came')).toEqual({
    what: 'spoiled-came',
    declared: 0,
    received: 1,
    kits: ['4'],
  });
});

test('additional sheets count wherever they lie', () => {
  const loose = [{ kind: 'additional' as const, number: '9', sides: ['filled' as const] }];
  expect(receivedOf({ ...agreed, loose }).additionalSheets).toBe(1);
  expect(compareProtocol(body, { ...agreed, loose })).toMatchObject([{ what: 'additional', received: 1 }]);
});

test.each([
  [{ endedAt: '08:59' }, 'protocol-ends-before-start'],
  [{ kitsUsed: 4 }, 'protocol-more-than-received'],
  [{ notFinished: 3 }, 'protocol-not-finished-above-used'],
  [{ spoiledKits: ['4', '4'], kitsUsed: 0 }, 'protocol-kit-twice'],
  [{ spoiledKits: ['99'] }, 'protocol-kit-not-of-room'],
])('what contradicts itself or the register is refused: %j', (change, type) => {
  expect(protocolProblems({ ...body, ...change }, agreed).map((one) => one.type)).toEqual([type]);
});

test('it is due hours after the end of the exam’s day, by the clock of the computer', () => {
  const due = new Date(protocolDueAt('2026-12-31', 24));
  expect([due.getFullYear(), due.getMonth(), due.getDate(), due.getHours()]).toEqual([2027, 0, 2, 0]);
});

const state = fc.constantFrom(...sideStates);
const registers = fc
  .array(fc.tuple(state, state, state, state), { maxLength: 8 })
  .map((kits): RoomRegister => ({ kits: kits.map((states, i) => kit(i + 1, ...states)), loose: [] }));

test('whoever declares exactly what came differs in nothing, and what is declared elsewise is named', () => {
  fc.assert(
    fc.property(registers, fc.integer({ min: 1, max: 9 }), (register, more) => {
      const is = receivedOf(register);
      const declared: ProtocolBody = protocolBodySchema.parse({
        ...body,
        kitsReceived: is.kits,
        kitsUsed: is.kitsCame,
        absent: is.kitsNothing,
        spoiledKits: [],
        registrationForms: is.registrationForms,
        answerForms: is.answerForms,
        additionalSheets: is.additionalSheets,
      });
      expect(protocolProblems(declared, register)).toEqual([]);
      expect(compareProtocol(declared, register)).toEqual([]);
      for (const [field, what] of [
        ['registrationForms', 'registration'],
        ['answerForms', 'answers'],
        ['additionalSheets', 'additional'],
      ] as const)
        expect(compareProtocol({ ...declared, [field]: declared[field] + more }, register)).toMatchObject([
          { what, declared: declared[field] + more, received: declared[field] },
        ]);
      // Every missing side of a kit of which something came is on the list, and of the others none.
      const { sheets } = missingOfRoom(declared, register);
      const listed = new Set(sheets.map(({ kit: of }) => of));
      for (const of of register.kits) {
        const states = of.sheets.flatMap(({ sides }) => sides);
        const some = states.some((one) => one !== 'missing' && one !== 'not-expected');
        expect(listed.has(of.kit)).toBe(some && states.includes('missing'));
      }
    }),
  );
});
