import { expect, test } from 'vitest';
import type { SiteDayReport } from './hand-up.ts';
import { mergeDays } from './merge-days.ts';

type Station = SiteDayReport['stations'][number];
const station = (id: string, more: Partial<Station> = {}): Station => ({
  id,
  kind: 'print',
  number: id,
  room: null,
  replacedBy: null,
  admittedAt: 5,
  journalAt: null,
  ...more,
});
const told = (status: SiteDayReport['statuses'][number]['status'], toldAt: number) => ({
  eventId: 'e',
  status,
  reason: '',
  gaps: [],
  toldAt,
  by: `at ${toldAt}`,
});
const report = (at: number, more: Partial<SiteDayReport>): SiteDayReport => ({
  v: 1,
  at,
  statuses: [],
  stages: [],
  stations: [],
  ...more,
});

test('what two consoles of a site tell is one day: each status as it was told first, each station once', () => {
  const main = report(10, {
    statuses: [told('readiness-confirmed', 1), told('key-received', 3)],
    stations: [station('p1', { journalAt: 8, room: '0001' }), station('p2', { replacedBy: 'p3' })],
  });
  const reserve = report(20, {
    statuses: [told('key-received', 4), told('readiness-confirmed', 2), told('exam-started', 6)],
    stations: [station('p1', { admittedAt: 9 }), station('p3', { journalAt: 12 })],
  });
  for (const both of [
    [main, reserve],
    [reserve, main],
  ]) {
    const merged = mergeDays(both);
    expect(merged.at).toBe(20);
    expect(merged.statuses.map(({ status, toldAt }) => [status, toldAt])).toEqual([
      ['readiness-confirmed', 1],
      ['key-received', 3],
      ['exam-started', 6],
    ]);
    expect(Object.fromEntries(merged.stations.map((one) => [one.id, one]))).toMatchObject({
      p1: { room: '0001', admittedAt: 5, journalAt: 8 },
      p2: { replacedBy: 'p3', journalAt: null },
      p3: { journalAt: 12 },
    });
  }
});

test('printed is what every station of both consoles has ended, not of one', () => {
  const stage = { stage: 'printed', at: 8, said: false } as const;
  const main = report(10, { stages: [stage], stations: [station('p1', { journalAt: 8 })] });
  const open = report(11, { stations: [station('p2')] });
  const printed = (reports: SiteDayReport[]) =>
    mergeDays(reports).stages.find((one) => one.stage === 'printed');
  expect(printed([main, open])).toEqual({ stage: 'printed', at: null, said: false });
  const ended = report(12, { stations: [station('p2', { journalAt: 12 })] });
  expect(printed([main, ended])).toEqual({ stage: 'printed', at: 12, said: false });
  expect(
    printed([
      main,
      report(12, { stages: [{ stage: 'printed', at: 9, said: true }], stations: [station('p2')] }),
    ]),
  ).toEqual({
    stage: 'printed',
    at: 9,
    said: true,
  });
});
