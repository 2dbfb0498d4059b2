import { expect, test } from 'vitest';
import type { DayStage, SiteDayReport } from './hand-up.ts';
import { stagesAtCentre, type SeenAtCentre } from './stages-at-centre.ts';

const nothing: SeenAtCentre = { materialsAt: null, keyAt: null, openedAt: null, journals: [], sent: [] };
const report = (of: Partial<SiteDayReport>): SiteDayReport => ({
  v: 1,
  at: 1,
  statuses: [],
  stages: [],
  stations: [],
  ...of,
});
const station = (id: string, kind: 'print' | 'scan') => ({
  id,
  kind,
  number: id,
  room: null,
  replacedBy: null,
  admittedAt: 1,
  journalAt: null,
});
const at = (stages: ReturnType<typeof stagesAtCentre>, stage: DayStage) => {
  const one = stages.find((found) => found.stage === stage);
  return [one?.at, one?.said];
};

test('a site without a console is known by what the centre saw and by what people say', () => {
  const seen: SeenAtCentre = {
    ...nothing,
    materialsAt: 10,
    keyAt: 20,
    journals: [{ stationId: 'a', kind: 'print', at: 30 }],
    sent: [
      { receivedAt: 40, confirmedAt: 50 },
      { receivedAt: 45, confirmedAt: null },
    ],
  };
  const said = new Map<DayStage, number>([
    ['software-installed', 5],
    ['decrypted', 25],
    ['printed', 99],
  ]);
  const stages = stagesAtCentre(null, seen, said);
  expect(at(stages, 'software-installed')).toEqual([5, true]);
  expect(at(stages, 'materials-received')).toEqual([10, false]);
  expect(at(stages, 'key-received')).toEqual([20, false]);
  expect(at(stages, 'decrypted')).toEqual([25, true]);
  // What is proved counts instead of what was said.
  expect(at(stages, 'printed')).toEqual([30, false]);
  expect(at(stages, 'scanned')).toEqual([null, false]);
  expect(at(stages, 'sent')).toEqual([45, false]);
  // One archive is not good yet.
  expect(at(stages, 'confirmed')).toEqual([null, false]);
});

test('a site’s own console knows more: whether all is printed, and whether there is more to send', () => {
  const sent = [{ receivedAt: 40, confirmedAt: 50 }];
  const named = report({ stations: [station('a', 'print'), station('b', 'print')] });
  const one: SeenAtCentre = { ...nothing, sent, journals: [{ stationId: 'a', kind: 'print', at: 30 }] };
  expect(at(stagesAtCentre(named, one, new Map()), 'printed')).toEqual([null, false]);
  const both = { ...one, journals: [...one.journals, { stationId: 'b', kind: 'print' as const, at: 35 }] };
  const stages = stagesAtCentre(named, both, new Map());
  expect(at(stages, 'printed')).toEqual([35, false]);
  expect(at(stages, 'sent')).toEqual([null, false]);
  const told = report({ stages: [{ stage: 'sent', at: 60, said: false }] });
  expect(at(stagesAtCentre(told, nothing, new Map()), 'sent')).toEqual([60, false]);
  const click = report({ stages: [{ stage: 'decrypted', at: 61, said: true }] });
  expect(at(stagesAtCentre(click, nothing, new Map()), 'decrypted')).toEqual([61, true]);
  expect(at(stagesAtCentre(click, { ...nothing, openedAt: 55 }, new Map()), 'decrypted')).toEqual([
    55,
    false,
  ]);
});
