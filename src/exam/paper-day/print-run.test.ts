import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import {
  decidePrint,
  evolvePrint,
  newRun,
  nextReserve,
  openJobs,
  usedUp,
  type PrintCommand,
  type PrintRun,
} from './print-run.ts';

const plan = [1, 2, 3, 4, 5].map((n) => ({ kit: String(100_000 + n), reserve: n > 3 }));

function after(run: PrintRun, ...commands: readonly PrintCommand[]): PrintRun {
  return commands.reduce((state, command) => evolvePrint(state, expectOk(decidePrint(state, command))), run);
}

const open: PrintCommand = { do: 'open', grant: 1, kits: 5, token: 'T1' };
const three: PrintCommand = { do: 'send', kits: ['100001', '100002', '100003'], job: 'a', room: '0001' };

test('a kit goes to the printer once; a spoiled one is replaced by one with other numbers and a higher copy', () => {
  const printed = after(newRun(plan), open, three, { do: 'told', job: 'a', says: 'out', words: 'completed' });
  expect(decidePrint(printed, { do: 'send', kits: ['100002'], job: 'b', room: '0001' })).toMatchObject({
    refusal: { type: 'kit-printed-already' },
  });
  expect(decidePrint(printed, { do: 'judge', kit: '100002', verdict: 'spoiled', reason: ' ' })).toMatchObject(
    {
      refusal: { type: 'spoiled-needs-reason' },
    },
  );
  expect(
    decidePrint(printed, { do: 'send', kits: ['100004'], job: 'b', room: '0001', replaces: '100002' }),
  ).toMatchObject({
    refusal: { type: 'kit-not-spoiled' },
  });
  const spoiled = after(printed, { do: 'judge', kit: '100002', verdict: 'spoiled', reason: 'torn' });
  expect(nextReserve(spoiled)).toBe('100004');
  const again = after(spoiled, { do: 'send', kits: ['100004'], job: 'b', room: '0001', replaces: '100002' });
  expect(again.kits.get('100004')).toMatchObject({ fate: 'sending', copy: 2, replaces: '100002' });
  const twice = after(
    again,
    { do: 'told', job: 'b', says: 'out', words: '' },
    { do: 'judge', kit: '100004', verdict: 'spoiled', reason: 'blank' },
    { do: 'send', kits: ['100005'], job: 'c', room: '0001', replaces: '100004' },
  );
  expect(twice.kits.get('100005')).toMatchObject({ copy: 3 });
  expect(nextReserve(twice)).toBeNull();
});

test('a station that was killed asks what came out, and the printer’s word alone settles nothing', () => {
  const killed = after(newRun(plan), open, three);
  expect(openJobs(killed)).toEqual(['a']);
  const unsure = after(killed, { do: 'told', job: 'a', says: 'nothing', words: 'aborted' });
  expect([...unsure.kits.values()].map(({ fate }) => fate)).toEqual([
    'unsure',
    'unsure',
    'unsure',
    'planned',
    'planned',
  ]);
  expect(decidePrint(unsure, { do: 'finish', short: '', wanted: 0 })).toMatchObject({
    refusal: { type: 'kits-without-verdict', kits: ['100001', '100002', '100003'] },
  });
});

test('nothing is printed without a key or beyond it, nor after the end', () => {
  expect(decidePrint(newRun(plan), three)).toMatchObject({ refusal: { type: 'key-not-activated' } });
  const few = after(newRun(plan), { ...open, kits: 2 });
  expect(decidePrint(few, three)).toMatchObject({ refusal: { type: 'kits-beyond-key', allowed: 2 } });
  const done = after(newRun(plan), open, { do: 'finish', short: 'nobody came', wanted: 3 });
  expect(decidePrint(done, three)).toMatchObject({ refusal: { type: 'run-finished' } });
});

test('a spoiled kit that was replaced stays spoiled, and fewer good ones than the room was to have need a reason', () => {
  const run = after(
    newRun(plan),
    open,
    three,
    { do: 'told', job: 'a', says: 'out', words: '' },
    { do: 'judge', kit: '100001', verdict: 'good', reason: '' },
    { do: 'judge', kit: '100002', verdict: 'spoiled', reason: 'torn' },
    { do: 'judge', kit: '100003', verdict: 'spoiled', reason: 'torn' },
    { do: 'send', kits: ['100004'], job: 'b', room: '0001', replaces: '100002' },
    { do: 'told', job: 'b', says: 'out', words: '' },
    { do: 'judge', kit: '100004', verdict: 'good', reason: '' },
  );
  expect(decidePrint(run, { do: 'judge', kit: '100002', verdict: 'good', reason: '' })).toMatchObject({
    refusal: { type: 'kit-replaced-already', by: '100004' },
  });
  expect(decidePrint(run, { do: 'finish', short: ' ', wanted: 3 })).toMatchObject({
    refusal: { type: 'shortfall-needs-reason', good: 2, wanted: 3 },
  });
  expect(decidePrint(run, { do: 'finish', short: 'one absent', wanted: 3 }).ok).toBe(true);
  expect(nextReserve(newRun(plan), 'end')).toBe('100005');
});

test('an additional sheet goes out once, and only with a key', () => {
  const send: PrintCommand = { do: 'additional', sheets: ['7001', '7002'], job: 'z', room: '0001' };
  expect(decidePrint(newRun(plan, ['7001', '7002']), send)).toMatchObject({
    refusal: { type: 'key-not-activated' },
  });
  const run = after(newRun(plan, ['7001', '7002', '7003']), open, send);
  expect([...run.additional]).toEqual([
    ['7001', '0001'],
    ['7002', '0001'],
    ['7003', null],
  ]);
  expect(decidePrint(run, { ...send, sheets: ['7003', '7002'] })).toMatchObject({
    refusal: { type: 'sheet-printed-already', number: '7002' },
  });
  expect(decidePrint(run, { ...send, sheets: ['7009'] })).toMatchObject({
    refusal: { type: 'sheet-unknown' },
  });
});

const kit = fc.constantFrom(...plan.map((one) => one.kit));
const command: fc.Arbitrary<PrintCommand> = fc.oneof(
  fc.constant(open),
  fc.record({
    do: fc.constant('send' as const),
    kits: fc.uniqueArray(kit, { minLength: 1, maxLength: 3 }),
    job: fc.constantFrom('a', 'b', 'c'),
    room: fc.constant('0001'),
  }),
  fc.record({
    do: fc.constant('told' as const),
    job: fc.constantFrom('a', 'b', 'c'),
    says: fc.constantFrom('out' as const, 'unsure' as const, 'nothing' as const),
    words: fc.constant(''),
  }),
  fc.record({
    do: fc.constant('judge' as const),
    kit,
    verdict: fc.constantFrom('good' as const, 'spoiled' as const),
    reason: fc.constant('torn'),
  }),
  fc.constant({ do: 'finish' as const, short: '', wanted: 0 }),
);

test('whatever is asked: no kit is sent twice, never more than the key allows, and the end names every kit once', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const sent: string[] = [];
      let run = newRun(plan);
      for (const one of commands) {
        const draft = decidePrint(run, one);
        if (!draft.ok) continue;
        if (one.do === 'send') sent.push(...one.kits);
        run = evolvePrint(run, draft.value);
        expect(new Set(sent).size).toBe(sent.length);
        expect(usedUp(run)).toBeLessThanOrEqual(run.allowed ?? 0);
        if (draft.value.kind === 'print-finished') {
          const { good, spoiled, unused } = draft.value.data as Record<string, string[]>;
          expect([...(good ?? []), ...(spoiled ?? []), ...(unused ?? [])].toSorted()).toEqual(
            plan.map((each) => each.kit),
          );
        }
      }
    }),
  );
});
