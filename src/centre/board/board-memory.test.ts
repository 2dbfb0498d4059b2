import { expect, test } from 'vitest';
import { boardFold } from '../../exam/board/board-view.ts';
import { minute, room, session, startAt, status } from '../../exam/board/board.fixture.ts';
import { BoardMemory, type BoardProject } from './board-memory.ts';

const codes = ['S1', 'S2', 'S3'];

function project(more: Partial<BoardProject> = {}): BoardProject {
  return {
    id: 'p',
    sessions: [{ ...session, expected: new Map(codes.map((code) => [code, new Map([[`${code}-R1`, 30]])])) }],
    newest: { number: 1, at: 0 },
    sites: codes.map((code) => ({
      code,
      name: code,
      region: null,
      registeredAt: 1,
      lastContact: startAt,
      status: status({ rooms: [room(`${code}-R1`)] }),
    })),
    ...more,
  };
}

function begin(): BoardMemory {
  const memory = new BoardMemory();
  memory.setProject(project());
  return memory;
}
const working = (code: string, inExam: number) =>
  status({ rooms: [room(`${code}-R1`, { stages: { startedAt: startAt }, counts: { inExam } })] });

test('a viewer hears everything once and then what is new to him; another one is at his own place', () => {
  const memory = begin();
  const first = memory.message('p', 's1', null, startAt);
  expect(first.message).toMatchObject({ whole: true });
  expect(first.message.sites.map(({ code }) => code)).toEqual(codes);
  memory.heard('p', 'S2', working('S2', 5), startAt + 1);
  const second = memory.message('p', 's1', first.version, startAt + 1);
  expect(second.message).toMatchObject({ whole: false, contacts: [] });
  expect(second.message.sites.map(({ code, counts }) => [code, counts.inExam])).toEqual([['S2', 5]]);
  expect(memory.message('p', 's1', second.version, startAt + 2).message).toMatchObject({
    sites: [],
    contacts: [],
  });
  expect(memory.message('p', 's1', first.version, startAt + 2).message.sites).toHaveLength(1);
});

test('a hello that says nothing new costs the moment of the contact alone', () => {
  const memory = begin();
  const { version } = memory.message('p', 's1', null, startAt);
  memory.heard('p', 'S1', status({ rooms: [room('S1-R1')] }), startAt + 5);
  expect(memory.message('p', 's1', version, startAt + 5).message).toMatchObject({
    sites: [],
    contacts: [['S1', startAt + 5]],
  });
});

test('whatever a viewer has missed in between, he sees what the memory holds', () => {
  const memory = begin();
  const fold = boardFold();
  let seen: number | null = null;
  let view = fold(memory.message('p', 's1', null, startAt).message);
  for (let i = 0; i < 300; i++) {
    const code = codes[(i * 7) % 3] ?? '';
    memory.heard('p', code, working(code, (i * 13) % 30), startAt + i * 1_000);
    if (i % 5 === 0) {
      const next = memory.message('p', 's1', seen, startAt + i * 1_000);
      seen = next.version;
      view = fold(next.message);
      expect(view.sites).toEqual(memory.lines('p', 's1', startAt + i * 1_000));
    }
  }
});

test('an alarm comes with time alone, and goes with the next hello', () => {
  const memory = begin();
  const first = memory.message('p', 's1', null, startAt);
  const silent = memory.message('p', 's1', first.version, startAt + 2 * minute);
  expect(silent.message.sites.map(({ alarms }) => alarms.map(({ kind }) => kind))).toEqual(
    codes.map(() => ['silent']),
  );
  for (const code of codes) memory.heard('p', code, working(code, 1), startAt + 2 * minute + 1);
  const back = memory.message('p', 's1', silent.version, startAt + 2 * minute + 1);
  expect(back.message.sites.flatMap(({ alarms }) => alarms)).toEqual([]);
});

test('an acknowledgement and a code that nobody issued change the site they are about, no other', () => {
  const memory = begin();
  const first = memory.message('p', 's1', null, startAt);
  memory.setCodes(new Map([['s1', new Map([['S2', [{ name: 'S2-R1 1234', usedAt: 5 }]]])]]));
  const used = memory.message('p', 's1', first.version, startAt + 1);
  expect(used.message.sites.map(({ code }) => code)).toEqual(['S2']);
  const given = {
    kind: 'code-not-issued' as const,
    since: 5,
    about: ['S2-R1 1234'],
    at: 6,
    by: 'ann',
    note: 'x',
  };
  memory.setAcknowledgements('s1', new Map([['S2', [given]]]));
  const seen = memory.message('p', 's1', used.version, startAt + 2);
  expect(seen.message.sites).toMatchObject([{ code: 'S2', alarms: [{ acknowledged: { by: 'ann' } }] }]);
});

test('a new roster makes the board anew for everybody; a site without candidates in the session is not on it', () => {
  const memory = begin();
  const { version } = memory.message('p', 's1', null, startAt);
  const [one] = project().sessions;
  if (!one) throw new Error('no session');
  memory.addSamples('s1', [{ at: 0, signedIn: 1, inExam: 0, handedIn: 0 }]);
  const sessions = [{ ...one, expected: new Map([['S3', new Map([['S3-R1', 12]])]]) }];
  memory.setProject(project({ sessions }));
  const { message } = memory.message('p', 's1', version, startAt);
  expect(message).toMatchObject({ whole: true, sites: [{ code: 'S3', counts: { expected: 12 } }] });
  expect(message.samples).toHaveLength(1);
});

test('of a project or session that is not there nothing is told, and a stranger’s hello changes nothing', () => {
  const memory = begin();
  expect(memory.message('none', 's1', null, 1).message).toMatchObject({ sessionId: null, sites: [] });
  expect(memory.message('p', 'none', null, 1).message.sites).toEqual([]);
  expect(memory.heard('p', 'S9', status(), 1)).toBe(false);
  expect(memory.heard('none', 'S1', status(), 1)).toBe(false);
  expect(memory.line('p', 's1', 'S9', 1)).toBeNull();
});

test('the session that somebody means is the one that is on', () => {
  const memory = new BoardMemory();
  const [one] = project().sessions;
  if (!one) throw new Error('no session');
  memory.setProject(project({ sessions: [one, { ...one, id: 's2', startAt: startAt + 240 * minute }] }));
  expect(memory.sessionOfNow('p', startAt + 200 * minute)).toBe('s2');
  memory.heard('p', 'S1', working('S1', 3), startAt);
  expect(memory.sessionOfNow('p', startAt + 200 * minute)).toBe('s1');
});
