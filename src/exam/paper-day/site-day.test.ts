import { expect, test } from 'vitest';
import { mayTell, siteStatuses, type DayStation, type SiteDay } from './site-day.ts';

const station = (more: Partial<DayStation>): DayStation => ({
  id: 'x',
  kind: 'print',
  number: '1',
  room: '0001',
  replacedBy: null,
  readyAt: 1,
  journalAt: null,
  ...more,
});
const day = (more: Partial<SiteDay>): SiteDay => ({
  told: new Set(siteStatuses.slice(0, 3)),
  stations: [],
  packages: [],
  hasKey: true,
  ...more,
});

test('the exams are finished when every print and voice station gave its journal, replaced and reserve ones too', () => {
  const stations = [
    station({ journalAt: 5 }),
    station({ number: '2', replacedBy: '9' }),
    station({ number: '9', room: null }),
    station({ kind: 'voice', number: '4' }),
    station({ kind: 'scan', number: '1' }),
  ];
  expect(mayTell(day({ stations }), 'exams-finished', '')).toEqual({
    ok: false,
    refusal: {
      type: 'status-not-yet',
      status: 'exams-finished',
      gaps: [{ type: 'journals-missing', stations: ['print 2', 'print 9', 'voice 4'] }],
      reasonHelps: true,
    },
  });
  expect(mayTell(day({ stations }), 'exams-finished', 'station 2 burnt down').ok).toBe(true);
});

test('no reason helps over packages that are not confirmed, nor over what comes before', () => {
  const told = new Set(siteStatuses.slice(0, 4));
  const packages = [{ id: 'p1', state: 'received', quality: 'checking', replacedBy: null } as const];
  expect(mayTell(day({ told, packages }), 'forms-sent', 'we have to go')).toMatchObject({
    refusal: { type: 'status-not-yet', reasonHelps: false },
  });
  expect(mayTell(day({ told: new Set() }), 'exam-started', 'because')).toMatchObject({
    refusal: { gaps: [{ type: 'earlier-status-missing', status: 'key-received' }] },
  });
  const replaced = [
    { id: 'p1', state: 'rejected', quality: 'rescan', replacedBy: 'p2' } as const,
    { id: 'p2', state: 'confirmed', quality: 'good', replacedBy: null } as const,
  ];
  const scan = [station({ kind: 'scan', journalAt: 9 })];
  expect(mayTell(day({ told, packages: replaced, stations: scan }), 'forms-sent', '').ok).toBe(true);
  expect(mayTell(day({ told: new Set(siteStatuses) }), 'forms-sent', '')).toMatchObject({
    refusal: { type: 'status-told-already' },
  });
});
