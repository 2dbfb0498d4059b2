/** What pages count as, and the sums that follow: whatever happens in whatever order, they are what counting everything anew would give. */
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import type { Decision } from '../../exam/scan/standing.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { decide } from './decide.ts';
import { keepScans } from './keep-scans.ts';
import {
  badReading,
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
  testPrefix,
  type TestEvent,
} from './scans.fixture.ts';
import { settleStrangers } from './settle-strangers.ts';

let here: TestCentre;
let projectId: string;
let event: TestEvent;
beforeEach(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 3 });
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 4, to: 4 });
});
afterEach(() => here.close());

async function classes(): Promise<string[]> {
  const rows = await here.centre.db
    .selectFrom('scan_standing')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan_standing.upload_id')
    .select('class')
    .orderBy('scan_upload.number')
    .orderBy('position')
    .execute();
  return rows.map((row) => row.class);
}

async function idsOf(): Promise<string[]> {
  const rows = await here.centre.db
    .selectFrom('scan_standing')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan_standing.upload_id')
    .select('scan_id')
    .orderBy('scan_upload.number')
    .orderBy('position')
    .execute();
  return rows.map((row) => row.scan_id);
}

const siteSums = () => here.centre.db.selectFrom('event_site').selectAll().orderBy('site_code').execute();

test('a page counts once, also when its archive is read again', async () => {
  const upload = await makeUpload(here.centre, projectId);
  const scans = [
    scanOf(0, readingOf(numbersOf(1)[0])),
    scanOf(1, readingOf(numbersOf(1)[1], { filled: false })),
  ];
  expect(await keepScans(here.centre, upload, scans)).toEqual({ ok: true, value: 2 });
  expect(await keepScans(here.centre, upload, scans)).toEqual({ ok: true, value: 0 });
  expect(await siteSums()).toMatchObject([
    { site_code: 'S1', kits: 3, sides: 12, came: 2, filled: 1, empty: 1, duplicate: 0 },
    { site_code: 'S2', kits: 1, sides: 4, came: 0, filled: 0 },
  ]);
});

test('the same image again changes nothing; another image of the same side makes both duplicates, until a person deletes one', async () => {
  const [number] = numbersOf(1);
  const first = await makeUpload(here.centre, projectId);
  await keepScans(here.centre, first, [scanOf(0, readingOf(number), 'a')]);
  const second = await makeUpload(here.centre, projectId);
  await keepScans(here.centre, second, [
    scanOf(0, readingOf(number), 'a'),
    scanOf(1, readingOf(number), 'b'),
  ]);
  expect(await classes()).toEqual(['duplicate', 'already-uploaded', 'duplicate']);
  expect(await siteSums()).toMatchObject([{ came: 1, filled: 0, duplicate: 2 }, {}]);
  const [a = '', , b = ''] = await idsOf();
  expectOk(await decide(here.centre, projectId, b, { what: 'deleted' }, 'admin'));
  expect(await classes()).toEqual(['filled', 'already-uploaded', 'deleted']);
  expectOk(await decide(here.centre, projectId, b, { what: 'restored' }, 'admin'));
  expect(await classes()).toEqual(['duplicate', 'already-uploaded', 'duplicate']);
  expectOk(await decide(here.centre, projectId, a, { what: 'deleted' }, 'admin'));
  expect(await classes()).toEqual(['deleted', 'already-uploaded', 'filled']);
});

test('a typed number counts, and what the machine read stays', async () => {
  const upload = await makeUpload(here.centre, projectId);
  await keepScans(here.centre, upload, [scanOf(0, readingOf(null)), scanOf(1, badReading)]);
  const [id = '', bad = ''] = await idsOf();
  expectOk(
    await decide(here.centre, projectId, id, { what: 'number', number: numbersOf(4)[2], side: 2 }, 'admin'),
  );
  // What could not be looked at has no number, whatever is typed.
  expectOk(
    await decide(here.centre, projectId, bad, { what: 'number', number: numbersOf(4)[0], side: 1 }, 'admin'),
  );
  expect(await classes()).toEqual(['filled', 'bad-image']);
  const scan = await here.centre.db
    .selectFrom('scan')
    .select('reading_json')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(JSON.parse(scan.reading_json)).toMatchObject({ class: 'unrecognised', sheet: null });
  expect(await siteSums()).toMatchObject([{ came: 0 }, { site_code: 'S2', came: 1, filled: 1 }]);
});

test('pages of sites that the sender does not look after are foreign, and count for nobody', async () => {
  const upload = await makeUpload(here.centre, projectId, { to: 'site', projectId, siteCode: 'S1' });
  await keepScans(here.centre, upload, [
    scanOf(0, readingOf(numbersOf(1)[0])),
    scanOf(1, readingOf(numbersOf(4)[0])),
    scanOf(2, readingOf(numbersOf(1)[1], { side: 2 })),
  ]);
  expect(await classes()).toEqual(['filled', 'foreign', 'foreign']);
  const reasons = await here.centre.db
    .selectFrom('scan_standing')
    .select('foreign_reason')
    .orderBy('position')
    .execute();
  expect(reasons.map((row) => row.foreign_reason)).toEqual([null, 'other-region', 'no-such-side']);
  expect(await siteSums()).toMatchObject([{ came: 1 }, { site_code: 'S2', came: 0, filled: 0 }]);
});

test('forms that come into the register later are no longer foreign', async () => {
  const upload = await makeUpload(here.centre, projectId);
  await keepScans(here.centre, upload, [
    scanOf(0, readingOf(numbersOf(9)[0])),
    scanOf(1, readingOf(ownNumber('999999', 1))),
    scanOf(2, {
      ...readingOf(null),
      codes: [{ format: 'Code128', text: '2003119241300', region: { x: 0, y: 0, width: 1, height: 1 } }],
      problem: { type: 'page-without-sheet-code' },
    }),
  ]);
  expect(await classes()).toEqual(['foreign', 'foreign', 'unrecognised']);
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 9, to: 9 });
  expect(await settleStrangers(here.centre, projectId)).toBe(1);
  expect(await classes()).toEqual(['filled', 'foreign', 'unrecognised']);
  await here.centre.db
    .updateTable('event')
    .set({ rules_json: JSON.stringify([{ length: 13, check: 'none' }]) })
    .execute();
  expect(await settleStrangers(here.centre, projectId)).toBe(1);
  expect(await classes()).toEqual(['filled', 'foreign', 'foreign']);
});

/** From nothing but the standings and the register. */
async function countedAnew() {
  const { db } = here.centre;
  const standings = await db.selectFrom('scan_standing').selectAll().execute();
  const sheets = await db.selectFrom('sheet').selectAll().orderBy('number').execute();
  const live = standings.filter(({ own_class }) => own_class === 'filled' || own_class === 'empty');
  const group = Map.groupBy(live, ({ number, side }) => `${number} ${side}`);
  const state = (number: string, side: number): string => {
    const pages = group.get(`${number} ${side}`) ?? [];
    return pages.length === 0 ? 'missing' : pages.length > 1 ? 'duplicate' : (pages[0]?.own_class ?? '');
  };
  for (const one of standings) {
    const mates = group.get(`${one.number} ${one.side}`) ?? [];
    const stands = one.own_class === 'filled' || one.own_class === 'empty';
    expect(one.class).toBe(stands && mates.length > 1 ? 'duplicate' : one.own_class);
  }
  for (const one of sheets) {
    expect(one.side_1).toBe(state(one.number, 1));
    if (one.sides === 2) expect(one.side_2).toBe(state(one.number, 2));
  }
  for (const site of await siteSums()) {
    const own = sheets.filter(({ site_code }) => site_code === site.site_code);
    const sides = own.flatMap((one) => (one.side_2 === null ? [one.side_1] : [one.side_1, one.side_2]));
    const pages = (wanted: string) =>
      standings.filter((one) => one.site_code === site.site_code && one.class === wanted).length;
    expect(site).toMatchObject({
      sides: sides.length,
      came: sides.filter((one) => one !== 'missing').length,
      filled: pages('filled'),
      empty: pages('empty'),
      duplicate: pages('duplicate'),
    });
  }
  for (const upload of await db.selectFrom('scan_upload').selectAll().execute()) {
    const n = (wanted: string) =>
      standings.filter((one) => one.upload_id === upload.id && one.class === wanted).length;
    expect(upload).toMatchObject({
      filled: n('filled'),
      empty: n('empty'),
      duplicate: n('duplicate'),
      unrecognised: n('unrecognised'),
      foreign_pages: n('foreign'),
      bad_image: n('bad-image'),
      already_uploaded: n('already-uploaded'),
      deleted: n('deleted'),
    });
  }
}

const number = fc
  .integer({ min: 1, max: 5 })
  .chain((kit) =>
    fc.nat(2).map((i) => (kit === 5 ? ownNumber(testPrefix, 900 + i) : (numbersOf(kit)[i] as string))),
  );
const side = fc.constantFrom(1 as const, 2 as const);
const page = fc.record({
  number: fc.option(number, { freq: 6 }),
  side,
  filled: fc.boolean(),
  image: fc.integer({ min: 1, max: 30 }),
});
const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.record({ what: fc.constant('number' as const), number, side }),
  fc.constant({ what: 'deleted' as const }),
  fc.constant({ what: 'restored' as const }),
);
const step = fc.oneof(
  fc.record({ pages: fc.array(page, { minLength: 1, maxLength: 5 }) }),
  fc.record({ about: fc.nat(60), decision }),
);

test('after any uploads and decisions, every sum is what counting anew gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      for (const one of steps) {
        if ('pages' in one) {
          const upload = await makeUpload(here.centre, projectId);
          const scans = one.pages.map((each, i) =>
            scanOf(i, readingOf(each.number, each), `image ${each.image}`),
          );
          expectOk(await keepScans(here.centre, upload, scans));
        } else {
          const ids = await idsOf();
          const id = ids[one.about % Math.max(1, ids.length)];
          if (id !== undefined) expectOk(await decide(here.centre, projectId, id, one.decision, 'admin'));
        }
      }
      await countedAnew();
    }),
    // Runs go on in the same centre: what came before is still there.
    { numRuns: 12 },
  );
});
