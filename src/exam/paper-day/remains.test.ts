import { expect, test } from 'vitest';
import { keptBack, mayRemove, type Remains } from './remains.ts';

const good = { state: 'confirmed', quality: 'good' } as const;
const whole: Remains = { items: 3, packages: [{ id: 'a', word: good }], open: [], journalMade: true };
const nobody = { reason: '', member: false };

test('what lies at a station goes without a word only when the centre has everything, whole and good', () => {
  expect(mayRemove(whole, nobody)).toEqual({ ok: true, value: '' });
  for (const [less, type] of [
    [{ packages: [{ id: 'a', word: null }] }, 'remains-not-confirmed'],
    [
      { packages: [...whole.packages, { id: 'b', word: { ...good, state: 'rejected' } }] },
      'remains-not-confirmed',
    ],
    // It may still ask for sheets again.
    [{ packages: [{ id: 'a', word: { ...good, quality: 'checking' } }] }, 'remains-not-confirmed'],
    [{ packages: [{ id: 'a', word: { ...good, quality: 'rescan' } }] }, 'remains-not-confirmed'],
    [{ packages: [] }, 'remains-not-packed'],
    [{ open: ['0001'] }, 'remains-work-open'],
    [{ journalMade: false }, 'remains-without-journal'],
  ] as const) {
    const remains: Remains = { ...whole, ...less };
    expect(mayRemove(remains, nobody)).toMatchObject({ refusal: { type } });
    expect(mayRemove(remains, { reason: '  ', member: true })).toMatchObject({ refusal: { type } });
    expect(mayRemove(remains, { reason: 'flood', member: false })).toMatchObject({
      refusal: { type: 'remains-need-a-member' },
    });
    expect(mayRemove(remains, { reason: ' flood ', member: true })).toEqual({ ok: true, value: 'flood' });
  }
});

test('a station that was never used has nothing that is missing but its journal', () => {
  const unused: Remains = { items: 0, packages: [], open: [], journalMade: false };
  expect(keptBack(unused)).toEqual([{ type: 'remains-without-journal' }]);
});
