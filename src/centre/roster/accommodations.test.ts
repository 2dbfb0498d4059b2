import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { noAccommodations } from '../../exam/accommodation/accommodations.ts';
import { zipOf } from '../../exam/paper/package.fixture.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { candidateRows } from './candidates.ts';
import { importRoster, previewRoster } from './import-roster.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await openTestCentre('file');
});
afterAll(() => centre.close());

const table = `session,site code,room code,admission number,name,extra time percent,text size,other accommodations
1,S1,R1,1001,Ахметова,25,200,
1,S1,R1,1002,王小明,,,sign interpreter
1,S1,R1,1003,Öztürk,,,`;
const pnp = (inner: string): string =>
  `<access-for-all-pnp xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imsafa3p0pnp_v1p0">${inner}</access-for-all-pnp>`;
const zip = (files: Record<string, string>) => zipOf({ 'roster.csv': table, ...files });

test('columns and PNP files are kept together, and the report names what people see to', async () => {
  const { projectId } = await makeProject(centre, 'P1');
  const file = await centre.file(
    'roster.zip',
    await zip({ 'pnp/1002.xml': pnp('<high-contrast/><braille/>'), '1003.xml': pnp('<alternative-text/>') }),
  );
  const preview = expectOk(await importRoster(centre.centre, projectId, file, 'admin'));
  expect(preview).toMatchObject({ accommodated: 2, pnps: 2, wrong: 0, byPeopleInAll: 2 });
  expect(preview.byPeople).toEqual([
    { admissionNumber: '1002', need: 'sign interpreter' },
    { admissionNumber: '1002', need: 'braille' },
  ]);
  const kept = await candidateRows(centre.centre, { projectId, search: '', offset: 0, limit: 10 }, null);
  expect(kept.rows.map((row) => row.accommodations)).toEqual([
    { ...noAccommodations, timePercent: 25, textPercent: 200 },
    {
      ...noAccommodations,
      colours: { text: '#000000', background: '#ffffff' },
      others: ['sign interpreter', 'braille'],
    },
    null,
  ]);
});

test('a PNP that cannot be read keeps the whole roster out, with its file and its line', async () => {
  const { projectId } = await makeProject(centre, 'P2');
  const file = await centre.file(
    'roster.zip',
    await zip({
      '1001.xml': pnp('<magnification><all-content zoom-amount="3"/></magnification>'),
      '1002.xml': pnp('<additional-testing-time/>'),
      '9.xml': pnp(''),
      '1003.jpg': 'no picture',
    }),
  );
  const preview = expectOk(await previewRoster(centre.centre, projectId, file));
  expect(preview.errors.map(({ line, value, reason }) => [line, value, reason.type])).toEqual([
    [0, '1002.xml', 'pnp-time-without-amount'],
    [0, '9.xml', 'pnp-of-nobody'],
    [2, '1001', 'accommodation-contradicts'],
    [0, '1003.jpg', 'photo-not-a-picture'],
  ]);
  expect(await importRoster(centre.centre, projectId, file, 'admin')).toMatchObject({
    ok: false,
    refusal: { type: 'roster-has-wrong-rows', count: 4 },
  });
});
