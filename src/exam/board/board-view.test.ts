import { expect, test } from 'vitest';
import { boardSite, minute, session, startAt } from './board.fixture.ts';
import { boardFold, isSilent, stateOf, worthSampling, type BoardMessage } from './board-view.ts';
import { everySite, findSites, inOrder } from './find-sites.ts';
import { totalsOf } from './site-facts.ts';

const whole: BoardMessage = {
  at: 1,
  sessionId: 's1',
  whole: true,
  sites: ['A1', 'A2', 'B1'].map((code) => boardSite(code)),
  contacts: [],
  samples: [{ at: 0, signedIn: 1, inExam: 0, handedIn: 0 }],
};
const nothing: BoardMessage = { ...whole, at: 2, whole: false, sites: [], samples: [] };
const alarm = { kind: 'silent' as const, since: 1, about: [], acknowledged: null };

test('a viewer folds changes into what he has seen; what did not change keeps its identity', () => {
  const fold = boardFold();
  const first = fold(whole);
  const changed = boardSite('A2', { name: 'New' });
  const second = fold({ ...nothing, sites: [changed], contacts: [['B1', 77]] });
  expect(second.sites.map(({ name, lastContact }) => [name, lastContact])).toEqual([
    ['School A1', startAt],
    ['New', startAt],
    ['School B1', 77],
  ]);
  expect(second.sites[0]).toBe(first.sites[0]);
  expect(fold(nothing).sites).toBe(second.sites);
  const sample = { at: 60_000, signedIn: 2, inExam: 0, handedIn: 0 };
  expect(fold({ ...nothing, samples: [sample] }).samples).toHaveLength(2);
  // Of a site that is not on the board nothing is made up.
  expect(fold({ ...nothing, sites: [boardSite('Z')], contacts: [['Y', 1]] }).sites).toHaveLength(3);
  expect(fold({ ...whole, sites: [] }).sites).toEqual([]);
});

test('what is wrong goes before how far a site has come', () => {
  const said = { by: 'ann', at: 1, note: 'called' };
  expect(stateOf(boardSite('A', { alarms: [alarm] }))).toBe('alarm');
  expect(stateOf(boardSite('A', { alarms: [{ ...alarm, acknowledged: said }, alarm] }))).toBe('alarm');
  expect(stateOf(boardSite('A', { alarms: [{ ...alarm, acknowledged: said }] }))).toBe('acknowledged');
  expect(stateOf(boardSite('A'))).toBe('preparing');
  expect(stateOf(boardSite('A', { verifiedAt: 1 }))).toBe('ready');
});

test('sites are found by text, region, stage, alarm and silence, all together', () => {
  const sites = [
    boardSite('7701', { alarms: [alarm] }),
    boardSite('7702', { lastContact: startAt - 2 * minute }),
    boardSite('7801', { name: 'Lyceum' }),
  ];
  const found = (filter: Partial<typeof everySite>): string[] =>
    findSites(sites, { ...everySite, ...filter }, startAt).map(({ code }) => code);
  expect(found({})).toHaveLength(3);
  expect(found({ text: ' lyc ' })).toEqual(['7801']);
  expect(found({ text: '70' })).toEqual(['7701', '7702']);
  expect(found({ prefix: '77', alarmOnly: true })).toEqual(['7701']);
  expect(found({ prefix: '01' })).toEqual([]);
  expect(found({ silentOnly: true })).toEqual(['7702']);
  expect(found({ stage: 'started' })).toEqual([]);
  expect(found({ stage: 'checked' })).toHaveLength(3);
});

test('sites are ordered by what is asked, and by code where that is the same', () => {
  const sites = [
    boardSite('B', { alarms: [alarm] }),
    boardSite('C'),
    boardSite('A', { counts: { ...boardSite('A').counts, violations: 3 } }),
  ];
  const order = (by: Parameters<typeof inOrder>[1]['by'], descending = false): string =>
    inOrder(sites, { by, descending })
      .map(({ code }) => code)
      .join('');
  expect(order('code')).toBe('ABC');
  expect(order('code', true)).toBe('CBA');
  expect(order('state')).toBe('BAC');
  expect(order('violations', true)).toBe('ABC');
});

test('a site that never registered is not called silent', () => {
  expect(isSilent({ registeredAt: null, lastContact: null }, startAt)).toBe(false);
  expect(isSilent({ registeredAt: 1, lastContact: null }, startAt)).toBe(true);
});

test('a minute is counted on the day of the session and while somebody is at work, and not for ever', () => {
  const idle = totalsOf([boardSite('A')]);
  const work = { ...idle, rooms: { ...idle.rooms, started: 2, ended: 1 } };
  expect(worthSampling(session, idle, startAt)).toBe(true);
  expect(worthSampling(session, idle, startAt - 1_440 * minute)).toBe(false);
  expect(worthSampling(session, work, startAt + 1_440 * minute)).toBe(true);
  const over = { ...idle, rooms: { ...idle.rooms, started: 2, ended: 2 } };
  expect(worthSampling(session, over, startAt)).toBe(false);
  expect(worthSampling(session, totalsOf([]), startAt)).toBe(false);
});
