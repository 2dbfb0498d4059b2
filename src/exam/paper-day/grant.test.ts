import { expect, test } from 'vitest';
import { mayUse, newestGrant, takenAway, type Grant } from './grant.ts';

const grant = (more: Partial<Grant> = {}): Grant => ({
  v: 1,
  eventId: 'e',
  siteCode: '801',
  number: 1,
  opens: 'token',
  members: [{ name: 'Ivanova', serial: 'A', recipient: 'age1a' }],
  rooms: [
    { room: '0001', kits: 17 },
    { room: '0002', kits: 12 },
  ],
  stations: [],
  notBefore: 1_000,
  notAfter: 2_000,
  reason: '',
  ...more,
});

test('a reserve key contains all that the earlier ones allowed', () => {
  const more = grant({
    number: 2,
    rooms: [
      { room: '0001', kits: 20 },
      { room: '0002', kits: 12 },
    ],
  });
  expect(takenAway(grant(), more)).toBeNull();
  expect(takenAway(grant(), grant())).toEqual({ what: 'number' });
  expect(takenAway(grant(), grant({ number: 2, rooms: [{ room: '0001', kits: 20 }] }))).toEqual({
    what: '0002',
  });
  expect(takenAway(grant(), grant({ number: 2, members: [] }))).toEqual({ what: 'Ivanova' });
  expect(takenAway(grant(), grant({ number: 2, stations: ['1'] }))).toEqual({ what: 'stations' });
  expect(takenAway(grant(), grant({ number: 2, notAfter: 1_999 }))).toEqual({ what: 'validity' });
  expect(newestGrant([grant(), more, grant()])).toBe(more);
  expect(newestGrant([])).toBeNull();
});

test('a station uses it in its own site and room, in time, and a reserve station for every room', () => {
  const place = { siteCode: '801', room: '0001', station: '3' };
  expect(mayUse(grant(), place, 1_500)).toEqual({ ok: true, value: 17 });
  expect(mayUse(grant(), { ...place, room: null }, 1_500)).toEqual({ ok: true, value: 29 });
  expect(mayUse(grant(), { ...place, siteCode: '802' }, 1_500)).toMatchObject({
    refusal: { type: 'key-of-another-site' },
  });
  expect(mayUse(grant(), { ...place, room: '0009' }, 1_500)).toMatchObject({
    refusal: { type: 'key-not-for-room' },
  });
  expect(mayUse(grant({ stations: ['1'] }), place, 1_500)).toMatchObject({
    refusal: { type: 'key-not-for-station' },
  });
  expect(mayUse(grant(), place, 999)).toMatchObject({ refusal: { type: 'key-too-early' } });
  expect(mayUse(grant(), place, 2_001)).toMatchObject({ refusal: { type: 'key-expired' } });
});
