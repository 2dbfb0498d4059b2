import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { importRoster } from '../roster/import-roster.ts';
import { makeEvent, numbersOf, registerKits, testPrefix } from '../scans/scans.fixture.ts';
import { lookUpNumber } from './look-up-number.ts';

let place: TestCentre;
let projectId = '';
beforeAll(async () => {
  place = await openTestCentre('file');
  ({ projectId } = await makeProject(place));
  const roster = [
    'session,site code,region,room code,admission number,name',
    '1,S1,North,S1-R1,1001,Ann',
    '1,S2,South,S2-R1,1003,Bob',
  ];
  expectOk(
    await importRoster(place.centre, projectId, await place.file('r.csv', `${roster.join('\n')}\n`), 'admin'),
  );
  const event = await makeEvent(place.centre, projectId);
  await registerKits(place.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  await registerKits(place.centre, event, { site: 'S2', room: 'S2-R1', from: 3, to: 3 });
});
afterAll(() => place.close());

const find = (typed: string, region: string | null = null) =>
  lookUpNumber(place.centre, projectId, typed, region === null ? null : { to: 'regions', regions: [region] });

test('a number tells whose sheet it is, however it was typed', async () => {
  const number = numbersOf(2)[2];
  const found = {
    number,
    siteCode: 'S1',
    roomCode: 'S1-R1',
    kit: '100002',
    kind: 'answers-2',
    sides: 2,
    states: ['missing', 'missing'],
  };
  expect(expectOk(await find(number))).toMatchObject(found);
  expect(
    expectOk(await find(`${number.slice(0, 4)} ${number.slice(4, 8)}-${number.slice(8)} `)),
  ).toMatchObject(found);
});

test('what is wrong with a number is told', async () => {
  const number = numbersOf(1)[0];
  expect(await find('20O4')).toMatchObject({ refusal: { type: 'sheet-number-not-digits' } });
  expect(await find(number.slice(1))).toMatchObject({
    refusal: { type: 'sheet-number-wrong-length', length: 16, lengths: [17] },
  });
  const wrong = number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
  expect(await find(wrong)).toMatchObject({ refusal: { type: 'sheet-number-wrong-check-digit' } });
  expect(await find(ownNumber(testPrefix, 999))).toMatchObject({
    refusal: { type: 'sheet-not-in-register' },
  });
});

test('of another region a number tells nothing but that', async () => {
  expect(await find(numbersOf(3)[0], 'North')).toEqual({
    ok: false,
    refusal: { type: 'sheet-of-other-region', number: numbersOf(3)[0] },
  });
  expect((await find(numbersOf(3)[0], 'South')).ok).toBe(true);
});
