/** Events, and the register of their forms: made, imported, looked at, printed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { usualComposition } from '../../exam/form/composition.ts';
import { ownTemplates } from '../../exam/form/own-templates.ts';
import { numberProblem, ownNumber, ownNumbers } from '../../exam/form/sheet-number.ts';
import type { Limit } from '../../node/users/limit.ts';
import { pageTexts } from '../../node/printed-sheet/printed-sheet.fixture.ts';
import { makeProject, openTestCentre, rosterText, type TestCentre } from '../centre.fixture.ts';
import { importRoster } from '../roster/import-roster.ts';
import { Turns } from '../work/turns.ts';
import { keepScans } from '../scans/keep-scans.ts';
import { makeUpload, readingOf, scanOf } from '../scans/scans.fixture.ts';
import type { EventInput, PlanRow } from './contract.ts';
import { eventOf } from './event-row.ts';
import { eventViews, removeEvent, saveEvent } from './events.ts';
import { registerCsv } from './export-register.ts';
import { RegisterGrowth } from './growth.ts';
import { importRegister, readImport, ruleOf } from './import-register.ts';
import { makePlan, planView } from './plan.ts';
import { printForms } from './print-forms.ts';
import { registerRooms, registerSites } from './register-view.ts';
import { saveTemplates } from './templates.ts';

let place: TestCentre;
beforeAll(async () => {
  place = await openTestCentre('file');
});
afterAll(() => place.close());

let projects = 0;
async function newProject(): Promise<string> {
  projects++;
  const { projectId } = await makeProject(place, `P${projects}`);
  const roster = [
    'session,site code,site name,region,room code,admission number,name',
    ...Array.from({ length: 5 }, (_, i) => `1,S1,School one,North,S1-R1,10${i}1,Ann`),
    '1,S1,School one,North,S1-R2,2001,Bob',
    '1,S2,School two,South,S2-R1,3001,Cem',
  ];
  expectOk(
    await importRoster(place.centre, projectId, await place.file('r.csv', `${roster.join('\n')}\n`), 'admin'),
  );
  return projectId;
}

const input = (code = 'rus-1'): EventInput => ({
  code,
  name: 'Russian language',
  subject: { code: '01', name: 'Russian language', latin: 'rus' },
  date: '2026-06-01',
  stage: '01',
  composition: usualComposition,
  protocolDueH: 24,
});

async function newEvent(projectId: string, code = 'rus-1') {
  const { eventId } = expectOk(await saveEvent(place.centre, projectId, null, input(code), 'admin'));
  return { eventId, projectId, row: () => eventRow(projectId, eventId) };
}
type Event = Awaited<ReturnType<typeof newEvent>>;

const eventRow = async (projectId: string, eventId: string) =>
  expectOk(await eventOf(place.centre.db, projectId, eventId));

const planRow = (siteCode: string, roomCode: string, kits: number, additional = 0): PlanRow => ({
  siteCode,
  roomCode,
  kits,
  additional,
  siteName: '',
  region: '',
});

async function grow(event: Event, rows: PlanRow[], sites = false): Promise<void> {
  const row = await event.row();
  const plan = expectOk(await makePlan(place.centre, row, { from: 'rows', rows }, null));
  expectOk(await place.centre.growth.begin(row, plan, sites, 'admin'));
  expectOk(await place.centre.growth.finished(event.eventId));
}

const sheetsOf = (eventId: string) =>
  place.centre.db.selectFrom('sheet').selectAll().where('event_id', '=', eventId).orderBy('number').execute();
const viewOf = async ({ projectId, eventId }: Event, limit: Limit | null = null) =>
  (await eventViews(place.centre, projectId, limit)).find(({ id }) => id === eventId);

test('a code is taken once in a project, and a prefix is never given again, also after its event was removed', async () => {
  const projectId = await newProject();
  const event = await newEvent(projectId);
  expect(await saveEvent(place.centre, projectId, null, input(), 'admin')).toMatchObject({
    refusal: { type: 'event-code-taken' },
  });
  const { number_prefix: prefix } = await event.row();
  expect(prefix).toMatch(/^[1-9][0-9]{5}$/);
  expectOk(await removeEvent(place.centre, projectId, event.eventId, 'admin'));
  const given = await place.centre.db
    .selectFrom('given_prefix')
    .select('prefix')
    .where('event_id', '=', event.eventId)
    .execute();
  expect(given).toEqual([{ prefix }]);
  expect((await newEvent(projectId)).eventId).not.toBe(event.eventId);
});

test('the roster says how many kits a room needs; a second time only what is missing is made', async () => {
  const projectId = await newProject();
  const event = await newEvent(projectId);
  const source = {
    from: 'roster',
    sessionNumber: 1,
    reserve: { unit: 'percent', amount: 10 },
    additional: 2,
  } as const;
  const plan = expectOk(await makePlan(place.centre, await event.row(), source, null));
  expect(planView(await event.row(), plan)).toMatchObject({
    rows: [planRow('S1', 'S1-R1', 6, 2), planRow('S1', 'S1-R2', 2, 2), planRow('S2', 'S2-R1', 2, 2)],
    sites: 2,
    rooms: 3,
    kits: 10,
    additional: 6,
    sheets: 46,
    pages: 56,
    wrong: 0,
  });
  expectOk(await place.centre.growth.begin(await event.row(), plan, false, 'admin'));
  expectOk(await place.centre.growth.finished(event.eventId));
  expect(await makePlan(place.centre, await event.row(), source, null)).toMatchObject({
    refusal: { type: 'plan-nothing-missing' },
  });
  const more = expectOk(
    await makePlan(
      place.centre,
      await event.row(),
      { ...source, reserve: { unit: 'kits', amount: 2 } },
      null,
    ),
  );
  expect(more.rows).toEqual([
    planRow('S1', 'S1-R1', 1),
    planRow('S1', 'S1-R2', 1),
    planRow('S2', 'S2-R1', 1),
  ]);
  expect(await viewOf(event)).toMatchObject({ sites: 2, kits: 10, sides: 40, came: 0, grown: true });
  expect(await viewOf(event, { to: 'regions', regions: ['South'] })).toMatchObject({ sites: 1, kits: 2 });
});

test('numbers follow each other room by room, and go on where more kits are made', async () => {
  const event = await newEvent(await newProject());
  await grow(event, [planRow('S1', 'S1-R1', 2, 1), planRow('S2', 'S2-R1', 1)]);
  await grow(event, [planRow('S1', 'S1-R1', 1)]);
  const { number_prefix } = await event.row();
  const sheets = await sheetsOf(event.eventId);
  expect(sheets.map(({ number }) => number)).toEqual(
    Array.from({ length: 17 }, (_, i) => ownNumber(number_prefix, i + 1)),
  );
  expect(sheets.map(({ kit }) => kit)).toEqual([
    ...Array(4).fill('100001'),
    ...Array(4).fill('100002'),
    null,
    ...Array(4).fill('100003'),
    ...Array(4).fill('100004'),
  ]);
  expect(sheets.slice(0, 4).map((one) => [one.kind, one.place, one.sides, one.side_1, one.side_2])).toEqual([
    ['registration', 1, 1, 'missing', null],
    ['answers-1', 2, 1, 'missing', null],
    ['answers-2', 3, 2, 'missing', 'missing'],
    ['control', 4, 1, 'not-expected', null],
  ]);
  const { projectId, eventId } = event;
  expect(await registerRooms(place.centre, { projectId, eventId, siteCode: 'S1' })).toEqual([
    { roomCode: 'S1-R1', kits: 3, firstKit: '100001', lastKit: '100004', additional: 1 },
  ]);
  const wish = { projectId, eventId, search: 'school TWO', offset: 0, limit: 10 };
  expect(await registerSites(place.centre, wish, null)).toMatchObject({
    total: 1,
    rows: [{ code: 'S2', name: 'School two', kits: 1 }],
  });
});

test('a register whose centre is stopped in the middle goes on, and nothing is made twice', async () => {
  const event = await newEvent(await newProject());
  const row = await event.row();
  const rows = Array.from({ length: 300 }, (_, i) => planRow('S1', `R${i}`, 3));
  const plan = expectOk(await makePlan(place.centre, row, { from: 'rows', rows }, null));
  const { growth } = place.centre;
  expectOk(await growth.begin(row, plan, false, 'admin'));
  while ((await sheetsOf(event.eventId)).length === 0) await nextTurn();
  await growth.stop();
  const before = (await sheetsOf(event.eventId)).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(rows.length * 12);
  expect(await viewOf(event)).toMatchObject({ growth: { running: false, problem: null } });
  // Another one may not begin beside it, and what the forms are like may not change.
  expect(await growth.begin(row, plan, false, 'admin')).toMatchObject({
    refusal: { type: 'register-growing' },
  });
  expect(
    await saveEvent(
      place.centre,
      event.projectId,
      event.eventId,
      { ...input(), composition: [{ kind: 'answers-1', count: 1 }] },
      'admin',
    ),
  ).toMatchObject({ refusal: { type: 'event-composition-fixed' } });
  // Two processes of the centre that both go on.
  const again = [new RegisterGrowth(() => place.centre), new RegisterGrowth(() => place.centre)];
  for (const one of again) await one.resume();
  await Promise.all(again.map((one) => one.finished(event.eventId)));
  const sheets = await sheetsOf(event.eventId);
  expect(sheets).toHaveLength(rows.length * 12);
  expect(new Set(sheets.map(({ kit }) => kit)).size).toBe(900);
  expect(await viewOf(event)).toMatchObject({ kits: 900, growth: null });
});

test('sites that no roster names come only when somebody says so, and stay when a roster is imported', async () => {
  const projectId = await newProject();
  const event = await newEvent(projectId);
  const row = await event.row();
  const file = await place.file(
    'plan.csv',
    'Код ППЭ;Наименование ППЭ;Регион;Аудитория;Комплекты;ДБО\n0801;Школа 1;Элиста;0001;2;5\n0801;;;0002;x;\n',
  );
  const source = { from: 'file', uploadId: '0123456789abcdef' } as const;
  const wrong = expectOk(await makePlan(place.centre, row, source, file));
  expect(wrong.errors).toMatchObject([{ line: 3, value: 'x', reason: { type: 'plan-no-count' } }]);
  expect(await place.centre.growth.begin(row, wrong, true, 'admin')).toMatchObject({
    refusal: { type: 'register-plan-wrong', count: 1 },
  });
  const right = { ...wrong, errors: [] };
  expect(await place.centre.growth.begin(row, right, false, 'admin')).toMatchObject({
    refusal: { type: 'register-sites-unknown', count: 1, sites: ['0801'] },
  });
  expectOk(await place.centre.growth.begin(row, right, true, 'admin'));
  expectOk(await place.centre.growth.finished(event.eventId));
  expectOk(
    await importRoster(
      place.centre,
      projectId,
      await place.file('r.csv', rosterText(['1,S3,S3-R1,1,Ann'])),
      'admin',
    ),
  );
  const sites = await place.centre.db
    .selectFrom('site')
    .select(['code', 'name', 'region'])
    .where('project_id', '=', projectId)
    .orderBy('code')
    .execute();
  expect(sites).toEqual([
    { code: '0801', name: 'Школа 1', region: 'Элиста' },
    { code: 'S3', name: 'S3', region: null },
  ]);
});

const head = 'site code,room code,kit,sheet number,kind,sides';

test('an imported register says every wrong row with its line, and imports none of it', async () => {
  const event = await newEvent(await newProject());
  await grow(event, [planRow('S1', 'S1-R1', 1)]);
  const known = (await sheetsOf(event.eventId))[0]?.number ?? '';
  const right = Array.from(
    { length: 8 },
    (_, i) => `S1,S1-R1,K${i},${ownNumber('304117', i + 1)},answers-1,1`,
  );
  const swapped = ownNumber('304117', 99).replace(/.$/, (last) => String((Number(last) + 1) % 10));
  const rows = [
    ...right,
    `S9,S1-R1,K20,${ownNumber('304117', 20)},answers-1,1`,
    `S1,S1-R1,K21,${ownNumber('304117', 1)},answers-1,1`,
    `S1,S1-R1,K22,3041,answers-1,1`,
    `S1,S1-R1,K23,${swapped},answers-1,1`,
    `S1,S1-R1,K24,${known},answers-1,1`,
    `S1,S1-R1,K25,${ownNumber('304117', 25)},poem,1`,
    `S1,S1-R2,K0,${ownNumber('304117', 26)},answers-1,1`,
    `S1,S1-R1,100001,${ownNumber('304117', 27)},answers-1,1`,
  ];
  const file = await place.file('register.csv', `${[head, ...rows].join('\n')}\n`);
  const view = expectOk(
    await readImport(place.centre, await event.row(), file, { rule: null, addSites: false }),
  );
  expect(view.rule).toEqual(ownNumbers);
  expect(view.errors.map(({ line, reason }) => [line, reason.type])).toEqual([
    [10, 'register-site-unknown'],
    [11, 'register-number-twice'],
    [12, 'register-number-wrong-length'],
    [13, 'register-number-wrong-check-digit'],
    [14, 'register-number-known'],
    [15, 'register-kind-unknown'],
    [16, 'register-kit-in-two-places'],
    [17, 'register-kit-known'],
  ]);
  const wish = { rule: ownNumbers, addSites: false };
  expect(await importRegister(place.centre, await event.row(), file, wish, 'admin')).toMatchObject({
    refusal: { type: 'register-has-wrong-rows', count: 8 },
  });
  expect(await sheetsOf(event.eventId)).toHaveLength(4);
});

test('a rule is told from all numbers, also where a few are wrong', async () => {
  const numbers = (count: number, make: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => ({ number: make(i) }));
  const told = (all: { number: string }[]) => ruleOf(all, new Turns());
  expect(await told(numbers(50, (i) => String(2_003_119_241_300 + i)))).toEqual({
    length: 13,
    check: 'none',
  });
  expect(
    await told([
      ...numbers(50, (i) => ownNumber('304117', i + 1)),
      { number: '30411700000000000' },
      { number: '1' },
    ]),
  ).toEqual(ownNumbers);
  expect(await told(numbers(3, () => 'x'))).toBeNull();
});

test('pages that came before their forms were in the register count once it is imported', async () => {
  const projectId = await newProject();
  const event = await newEvent(projectId);
  const upload = await makeUpload(place.centre, projectId);
  const number = '2003119241300';
  const codes = [{ format: 'Code128', text: number, region: { x: 0, y: 0, width: 1, height: 1 } }];
  expectOk(
    await keepScans(place.centre, upload, [scanOf(0, { ...readingOf(null), class: 'unrecognised', codes })]),
  );
  const rows = Array.from(
    { length: 1_200 },
    (_, i) => `S2,S2-R1,K${i},${Number(number) + i},бланк ответов № 1,1`,
  );
  const file = await place.file('register.csv', `${[head, ...rows].join('\n')}\n`);
  const view = expectOk(
    await readImport(place.centre, await event.row(), file, { rule: null, addSites: false }),
  );
  expect(view).toMatchObject({ rule: { length: 13, check: 'none' }, kits: 1_200, wrong: 0 });
  const wish = { rule: { length: 13, check: 'none' } as const, addSites: false };
  expectOk(await importRegister(place.centre, await event.row(), file, wish, 'admin'));
  expect(await viewOf(event)).toMatchObject({ kits: 1_200, sides: 1_200, came: 1, rules: [wish.rule] });
  expect(await removeEvent(place.centre, projectId, event.eventId, 'admin')).toMatchObject({
    refusal: { type: 'event-has-pages' },
  });
  // The printer that made them has their drawing, and not this centre.
  expect(
    await printForms(
      place.centre,
      await event.row(),
      { siteCode: 'S2', roomCode: null, language: 'en' },
      'admin',
    ),
  ).toMatchObject({ refusal: { type: 'forms-printed-elsewhere' } });
});

test('what was exported can be imported elsewhere', async () => {
  const event = await newEvent(await newProject());
  await grow(event, [planRow('S1', 'S1-R1', 3, 2), planRow('S2', 'S2-R1', 1)]);
  const parts: Uint8Array[] = [];
  for await (const part of registerCsv(place.centre, await event.row(), { language: 'ru', limit: null }))
    parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  expect(text.split('\r\n')).toHaveLength(1 + 18 + 1);
  const other = await newEvent(await newProject());
  const file = await place.file('register.csv', text);
  const wish = { rule: ownNumbers, addSites: false };
  expectOk(await importRegister(place.centre, await other.row(), file, wish, 'admin'));
  const told = async ({ eventId }: Event) =>
    (await sheetsOf(eventId)).map(({ number, kit, kind, place: at, site_code, room_code, sides }) => [
      number,
      kit,
      kind,
      at,
      site_code,
      room_code,
      sides,
    ]);
  expect(await told(other)).toEqual(await told(event));
  const limited: Uint8Array[] = [];
  const south: Limit = { to: 'regions', regions: ['South'] };
  const limitedWish = { language: 'en', limit: south } as const;
  for await (const part of registerCsv(place.centre, await event.row(), limitedWish)) limited.push(part);
  expect(Buffer.concat(limited).toString('utf8')).not.toContain('School one');
  // Kits that are made later are not those that came.
  await grow(other, [planRow('S1', 'S1-R1', 1)]);
  expect((await sheetsOf(other.eventId)).filter(({ kit }) => kit === '100005')).toHaveLength(4);
});

test('a room’s forms are printed as one file, a site’s as one for each room', async () => {
  const event = await newEvent(await newProject());
  await grow(event, [planRow('S1', 'S1-R1', 2, 1), planRow('S1', 'R/2', 1)]);
  const print = async (roomCode: string | null) =>
    printForms(place.centre, await event.row(), { siteCode: 'S1', roomCode, language: 'en' }, 'admin');
  const room = expectOk(await print('S1-R1'));
  expect(room.fileName).toBe('rus-1_S1_S1-R1.pdf');
  if (!('content' in room)) throw new Error('more than one file');
  const pages = await pageTexts(room.content);
  expect(pages).toHaveLength(2 * 5 + 1);
  const numbers = pages.map((page) => /[0-9]{17}(?=·[12])/.exec(page)?.[0] ?? '');
  expect(numbers.every((number) => numberProblem(number, ownNumbers) === null)).toBe(true);
  expect(expectOk(await print(null))).toMatchObject({ fileName: 'rus-1_S1.zip' });
  expect(expectOk(await print('R/2'))).toMatchObject({ fileName: 'rus-1_S1_R-2.pdf' });
  expect(await print('R3')).toMatchObject({ refusal: { type: 'register-nothing-here' } });
});

test('forms of an event’s own are looked at before they are taken', async () => {
  const event = await newEvent(await newProject());
  const save = async (templates: unknown) =>
    saveTemplates(
      place.centre,
      event.projectId,
      event.eventId,
      await place.file('forms.json', typeof templates === 'string' ? templates : JSON.stringify(templates)),
      'admin',
    );
  expect(await save('{')).toMatchObject({ refusal: { type: 'templates-not-json' } });
  expect(await save([{ kind: 'poem' }])).toMatchObject({ refusal: { type: 'templates-unreadable' } });
  expect(await save(ownTemplates.slice(1))).toMatchObject({
    refusal: { type: 'template-kinds-missing', kinds: ['registration'] },
  });
  const withArea = (x: number, y: number) =>
    ownTemplates.map((one) =>
      one.kind === 'additional'
        ? {
            kind: one.kind,
            sides: [
              {
                heading: { en: '', zh: '', ru: '' },
                hints: [],
                fields: [
                  { type: 'printed', name: 'room', label: null, at: { x: 30, y: 50, width: 20, height: 8 } },
                  {
                    type: 'area',
                    name: 'answer',
                    label: null,
                    at: { x, y, width: 40, height: 20 },
                    lines: 0,
                  },
                ],
              },
            ],
          }
        : one,
    );
  expect(await save(withArea(100, 10))).toMatchObject({
    refusal: { type: 'template-overlaps', kind: 'additional', field: 'answer' },
  });
  expect(await save(withArea(40, 45))).toMatchObject({
    refusal: { type: 'template-overlaps', kind: 'additional' },
  });
  expect(await save(withArea(180, 100))).toMatchObject({
    refusal: { type: 'template-beside-page', kind: 'additional', side: 1, field: 'answer' },
  });
  expectOk(await save(withArea(60, 100)));
  expect(await viewOf(event)).toMatchObject({ ownTemplates: true });
  await grow(event, [planRow('S1', 'S1-R1', 1)]);
  const oneSide = ownTemplates.map((one) =>
    one.kind === 'answers-2' ? { ...one, sides: one.sides.slice(0, 1) } : one,
  );
  expect(await save(oneSide)).toMatchObject({
    refusal: { type: 'template-sides-fixed', kind: 'answers-2' },
  });
});
