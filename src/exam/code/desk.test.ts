import { expect, test } from 'vitest';
import { defaultPolicy } from '../project/policy.ts';
import type { RoomPackage } from '../package/room-package.ts';
import { evolveDesk, unissued, type DeskCodes } from './desk.ts';
import { readRequest } from './permit.ts';
import { encodeRequest } from './request.ts';

const challenge = encodeRequest({ action: 'extra-time', subject: 1, candidate: 7, amount: 20, nonce: 5 });
const name = { challenge, session: 'session-1', room: '01' };
const entry = (kind: string, at: number, more: object = {}) => ({
  kind,
  at,
  data: { ...name, by: 'Li Wei', ...more },
});
const after = (...entries: Parameters<typeof evolveDesk>[1][]): DeskCodes =>
  entries.reduce<DeskCodes>(evolveDesk, new Map());

test('a desk sees a code asked, issued and used, in whatever order the entries arrive', () => {
  const entries = [
    entry('code-asked', 1, { reason: 'power cut' }),
    entry('code-issued', 2, { reason: 'called at 9:40' }),
    entry('code-used', 3),
  ];
  const whole = {
    ...name,
    action: 'extra-time',
    candidate: 7,
    amount: 20,
    asked: { at: 1, by: 'Li Wei', reason: 'power cut' },
    issued: { at: 2, by: 'Li Wei', reason: 'called at 9:40' },
    used: { at: 3, by: 'Li Wei' },
    accepted: null,
  };
  expect([...after(...entries).values()]).toEqual([whole]);
  expect([...after(...entries.toReversed()).values()]).toEqual([whole]);
});

test('used and never issued is found, until it is issued or somebody answers for it', () => {
  const used = after(entry('code-used', 3));
  expect(unissued(used, [name])).toEqual([name]);
  expect(unissued(new Map(), [name])).toEqual([name]);
  expect(unissued(evolveDesk(used, entry('code-issued', 4)), [name])).toEqual([]);
  expect(unissued(evolveDesk(used, entry('code-accepted', 4, { reason: 'by phone' })), [name])).toEqual([]);
});

test('a code of another room or session is another code', () => {
  const issued = after(entry('code-issued', 1));
  expect(unissued(issued, [{ ...name, room: '02' }])).toHaveLength(1);
  expect(unissued(issued, [{ ...name, session: 'session-2' }])).toHaveLength(1);
});

test('entries that say nothing readable change nothing', () => {
  for (const data of [null, {}, { ...name, challenge: 'NONSENSE', by: 'x' }, { ...name, by: 1 }])
    expect(after({ kind: 'code-used', at: 1, data }).size).toBe(0);
});

const content = (codesIssuedBy: 'centre' | 'site' | 'nobody', codeKey: string | null = 'key') =>
  ({
    room: { code: '01', name: 'Room 1' },
    sessions: [
      {
        id: 'session-1',
        name: 'Morning',
        policy: { ...defaultPolicy, codesIssuedBy },
        codeKey,
        candidates: [{ id: 'c7', index: 7, admissionNumber: '1007', name: 'Anna Berg' }],
      },
    ],
  }) as unknown as RoomPackage;

test('a request is read in words, in whatever way it is typed', () => {
  const typed = challenge.toLowerCase().replace('-', ' ');
  const call = { roomCode: '01', sessionId: 'session-1', challenge: typed };
  expect(readRequest(content('centre'), call, 'centre')).toEqual({
    ok: true,
    value: {
      challenge,
      session: 'session-1',
      sessionName: 'Morning',
      room: '01',
      action: 'extra-time',
      amount: 20,
      candidate: { index: 7, admissionNumber: '1007', name: 'Anna Berg' },
      codeKey: 'key',
    },
  });
});

test('who may issue follows the policy; a candidate who is not there is noticed', () => {
  const call = { roomCode: '01', sessionId: 'session-1', challenge };
  const refusal = (of: ReturnType<typeof readRequest>): string | null => (of.ok ? null : of.refusal.type);
  expect(refusal(readRequest(content('site'), call, 'centre'))).toBeNull();
  expect(refusal(readRequest(content('site'), call, 'site'))).toBeNull();
  expect(refusal(readRequest(content('centre'), call, 'site'))).toBe('codes-issued-by-centre');
  expect(refusal(readRequest(content('nobody'), call, 'centre'))).toBe('codes-issued-by-nobody');
  expect(refusal(readRequest(content('centre', null), call, 'centre'))).toBe('codes-not-published');
  const other = encodeRequest({ action: 'extra-time', subject: 1, candidate: 8, amount: 20, nonce: 5 });
  expect(refusal(readRequest(content('centre'), { ...call, challenge: other }, 'centre'))).toBe(
    'no-such-candidate',
  );
});
