import { expect, test } from 'vitest';
import { incidents, type ListedSitting } from './incidents.ts';

const sitting = (index: number, more: Partial<ListedSitting>): ListedSitting => ({
  index,
  admissionNumber: `100${index}`,
  name: `Candidate ${index}`,
  state: 'in-exam',
  violations: [],
  extraTimes: [],
  resumes: [],
  closeReason: null,
  ...more,
});

const sittings = [
  sitting(1, {
    extraTimes: [
      { at: 1, minutes: 5, byCode: false },
      { at: 2, minutes: 20, byCode: true },
    ],
    resumes: [{ at: 3, reason: 'broken screen', creditMs: 95_000 }],
  }),
  sitting(2, { violations: [{ id: 'v', code: 'A101', description: 'phone', at: 4 }] }),
  sitting(3, { state: 'absent', closeReason: 'did not come' }),
];

test('one row per incident', () => {
  expect(incidents('extraTime', sittings)).toMatchObject([
    { index: 1, at: 1, what: 5, byCode: false },
    { index: 1, at: 2, what: 20, byCode: true },
  ]);
  expect(incidents('resumed', sittings)).toMatchObject([{ at: 3, what: 2, detail: 'broken screen' }]);
  expect(incidents('violations', sittings)).toMatchObject([{ index: 2, what: 'A101', detail: 'phone' }]);
  expect(incidents('absent', sittings)).toMatchObject([{ index: 3, at: null, detail: 'did not come' }]);
});
