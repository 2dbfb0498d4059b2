/** What a site exchanges with a centre that it reaches, over a real exchange server whose centre can be cut off and can refuse. */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64, utf8 } from '../../base/bytes.ts';
import { systemClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { expectOk, ok, refuse, type Result } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { answer, parentRoutes, sendStream, type ParentRole } from '../../courier/https/parent.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import type { Uplink } from '../../courier/https/uplink.ts';
import type { DayOffers } from '../../exam/paper-day/exchange.ts';
import type { DayEvent, PackageWord } from '../../exam/paper-day/parcels.ts';
import { inspectParcel, makeParcel } from '../../parcel/parcel.ts';
import { issueCertificate } from '../../trust/certificate.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { fetchKeys, keysOf } from './access-key/keys.ts';
import { fetchRelease } from './access-key/release.ts';
import { askForEvents } from './events.ts';
import { packagesOf } from './forms/packages.ts';
import { sendPackages } from './forms/send.ts';
import { takeFile } from './intake/intake.ts';
import { fetchMaterials, materialsHere } from './materials/materials.ts';
import { sayStage } from './monitoring/stages.ts';
import { tellStatus } from './monitoring/tell-status.ts';
import { openTestDay, morning, type TestDay } from './paper-day.fixture.ts';
import { eventViews } from './view.ts';

const event: DayEvent = {
  id: 'event-1',
  code: 'rus',
  name: 'Russian language',
  subjectCode: '01',
  subjectName: 'Русский язык',
  subjectLatin: 'rus',
  date: '2026-06-01',
  stage: '01',
  speaking: false,
};

let here: TestDay;
let server: ExchangeServer | null = null;
let client: ExchangeClient | null = null;

interface FakeCentre {
  offers: DayOffers;
  materials: Buffer;
  key: Buffer;
  words: PackageWord[];
  /** Bytes after which the next download ends. */
  cutAt: number | null;
  readonly ranges: string[];
  readonly delivered: { kind: string; id: string }[];
  readonly opened: unknown[];
  refuses: (id: string) => Result<never> | null;
}
let centre: FakeCentre;

beforeEach(async () => {
  here = await openTestDay(event);
  const materials = readFileSync(await here.materials());
  const key = readFileSync(
    await here.key({ members: [], opens: 'password' }, [here.site.node.keys.sealing.recipient]),
  );
  centre = {
    offers: {
      events: [
        {
          event,
          startAt: morning + 7_200_000,
          releaseAt: morning,
          held: null,
          materials: { id: 'm', revision: 1, size: materials.length, parts: [] },
          keys: [{ id: 'k', number: 1, madeAt: 1 }],
          problem: null,
        },
      ],
    },
    materials,
    key,
    words: [],
    cutAt: null,
    ranges: [],
    delivered: [],
    opened: [],
    refuses: () => null,
  };
  await connect();
});
afterEach(async () => {
  await disconnect();
  await here.close();
});

async function connect(): Promise<void> {
  const { site, centreKeys } = here;
  const uploads = join(here.folder, 'uploads');
  await mkdir(uploads, { recursive: true });
  const role = {
    childWith: () => ({ id: site.node.id, role: 'site' as const, code: '0801' }),
    receive: async (_child: unknown, { kind }: { kind: string }, path: string) => {
      const { manifest } = expectOk(await inspectParcel(path));
      const refused = centre.refuses(manifest.id);
      if (refused) return refused;
      centre.delivered.push({ kind, id: manifest.id });
      return ok({ word: centre.words.find(({ packageId }) => packageId === manifest.id) ?? null });
    },
  } as unknown as ParentRole;
  const generic = parentRoutes({
    keys: centreKeys,
    uploads,
    clock: systemClock,
    journal: {
      heads: () => [],
      hashAt: () => null,
      ofOrigin: () => [],
      accept: () => Promise.reject(new Error('no entries here')),
      append: () => Promise.reject(new Error('no entries here')),
    },
    role,
  });
  server = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: centreKeys.tls,
      routes: (app) => {
        generic(app);
        dayRoutes(app);
      },
      onError: () => undefined,
    }),
  );
  const address = `127.0.0.1:${server.port}`;
  client = new ExchangeClient({ address, certPem: centreKeys.tls.certPem }, site.node.keys.tls);
  const uplink = { state: { online: true }, nudge: () => undefined } as unknown as Uplink;
  site.link = { client, uplink };
  site.node.settings.write('membership', { ...site.membership(), centreAddress: address });
}

async function disconnect(): Promise<void> {
  await here.site.dayCourier.settled();
  here.site.link = null;
  client?.close();
  await server?.close();
}

function dayRoutes(app: Hono): void {
  app.get('/paper-day/events', (c) => answer(c, ok(centre.offers)));
  app.get('/paper-day/materials/:event/:revision', (c) => {
    centre.ranges.push(c.req.header('range') ?? '');
    return sendStream(c, {
      size: centre.materials.length,
      from: async (start) => Readable.from(pieces(centre.materials.subarray(start))),
    });
  });
  app.get('/paper-day/keys/:event/:number', (c) => c.body(new Uint8Array(centre.key)));
  app.get('/paper-day/release/:event', (c) => answer(c, ok({ secret: toBase64(here.releaseSecret) })));
  app.get('/paper-day/words/:event', async (c) =>
    centre.words.length === 0
      ? answer(c, refuse({ type: 'no-packages-yet' }))
      : c.body(new Uint8Array(readFileSync(await here.words(centre.words))), 200),
  );
  app.post('/paper-day/opened', async (c) => {
    centre.opened.push(await c.req.json());
    return answer(c, ok());
  });
}

async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
  const cut = centre.cutAt;
  centre.cutAt = null;
  yield content.subarray(0, cut ?? content.length);
  if (cut === null) return;
  // What was given out is on its way.
  await pause(100);
  throw new Error('cut off');
}

const word = (packageId: string, more: Partial<PackageWord> = {}): PackageWord => ({
  packageId,
  state: 'received',
  quality: 'checking',
  rescan: [],
  reason: '',
  at: 1,
  ...more,
});

/** A scan station that this site has certified, as far as packages tell. */
async function packageFile(id: string): Promise<string> {
  const { node } = here.site;
  const keys = await (stationKeys ??= createNodeKeys('station'));
  const name = { role: 'station' as const, code: 'scan-1', id: 'scan-1' };
  node.db
    .prepare(
      `INSERT OR IGNORE INTO paper_station (id, kind, number, room, readiness, taken_at, admitted_at, region) VALUES ('scan-1', 'scan', '1', NULL, ?, 1, 1, '')`,
    )
    .run(
      JSON.stringify({
        v: 1,
        stationId: 'scan-1',
        kind: 'scan',
        siteCode: '0801',
        room: null,
        number: '1',
        program: '1',
        signingKey: keys.signing.publicKey,
        sealingKey: keys.sealing.recipient,
        checks: [],
        at: 1,
      }),
    );
  const chain = [
    issueCertificate(
      { name, signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
      { name: { role: 'site', code: '0801', id: node.id }, key: node.keys.signing },
      { notBefore: 0, notAfter: 4_000_000_000_000 },
    ),
    ...(here.site.membership()?.chain ?? []),
  ];
  const file = join(here.folder, newId());
  expectOk(
    await makeParcel(
      file,
      {
        kind: 'answer-sheets',
        id,
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        session: event.id,
        mode: 'formal',
        createdAt: 1,
        about: {
          event,
          station: { id: 'scan-1', number: '1' },
          room: '0001',
          part: 1,
          parts: 1,
          pages: 1,
          replaces: null,
        },
      },
      [{ name: 'page-1', content: utf8(id), recipients: [here.centreKeys.sealing.recipient] }],
      { name, key: keys.signing, chain },
    ),
  );
  return file;
}
let stationKeys: ReturnType<typeof createNodeKeys> | null = null;

test('materials that are cut off go on where they were; key and release come, and the console says what is newer', async () => {
  expectOk(await askForEvents(here.site));
  expect(eventViews(here.site)).toMatchObject([
    { newer: { materials: true, key: true }, releaseAt: morning },
  ]);
  centre.cutAt = 1_000;
  expect(await fetchMaterials(here.site, event.id)).toMatchObject({
    refusal: { type: 'parent-unreachable' },
  });
  const two = await Promise.all([fetchMaterials(here.site, event.id), fetchMaterials(here.site, event.id)]);
  expect(two[1]).toMatchObject({ refusal: { type: 'materials-under-way' } });
  expectOk(two[0]);
  expect(centre.ranges).toEqual(['', 'bytes=1000-']);
  expect(materialsHere(here.site, event.id)).toMatchObject({ bytes: centre.materials.length });
  const staging = () => join(here.site.node.staging, newId());
  expectOk(await fetchKeys(here.site, event.id, staging));
  expectOk(await fetchRelease(here.site, event.id));
  expect(keysOf(here.site, event.id)).toMatchObject([{ number: 1, openedAt: morning }]);
  expect(eventViews(here.site)).toMatchObject([{ newer: { materials: false, key: false } }]);
  // What the centre gives out is not what it said: nothing of it stays, and the next try begins anew.
  centre.offers = {
    events: centre.offers.events.map((one) => ({
      ...one,
      materials: one.materials && { ...one.materials, revision: 2 },
    })),
  };
  expectOk(await askForEvents(here.site));
  centre.materials = Buffer.from(centre.materials.map((byte, i) => (i === 700 ? byte ^ 1 : byte)));
  expect(await fetchMaterials(here.site, event.id)).toMatchObject({ refusal: { type: 'altered' } });
  expect(materialsHere(here.site, event.id)?.about.revision).toBe(1);
});

test('packages that somebody wants sent go up after the site was killed and the centre was away; one that is refused keeps no other out', async () => {
  expectOk(await askForEvents(here.site));
  for (const id of ['p1', 'p2', 'p3']) expectOk(await takeFile(here.site, await packageFile(id)));
  await disconnect();
  expect(await sendPackages(here.site, event.id, 'head')).toMatchObject({ ok: false });
  await connect();
  await disconnectLineOnly();
  expectOk(await sendPackages(here.site, event.id, 'head'));
  await here.site.dayCourier.settled();
  expect(packagesOf(here.site, event.id).map(({ state, waits }) => [state, waits])).toEqual([
    ['sending', true],
    ['sending', true],
    ['sending', true],
  ]);
  await disconnect();
  await here.again();
  await connect();
  centre.words = [word('p3', { state: 'confirmed', at: 5 })];
  centre.refuses = (id) => (id === 'p2' ? refuse({ type: 'bad-signature' }) : null);
  here.site.dayCourier.contact();
  await here.site.dayCourier.settled();
  expect(centre.delivered.map(({ id }) => id)).toEqual(['p1', 'p3']);
  const [p1, p2, p3] = packagesOf(here.site, event.id);
  expect(p1).toMatchObject({ state: 'received', quality: 'checking', sentWay: 'online' });
  expect(here.site.dayCourier.refused(p2?.digest ?? '')).toEqual({ type: 'bad-signature' });
  expect(p3).toMatchObject({ state: 'confirmed', saidAt: 5 });
  // A refusal is not asked for again every three seconds.
  here.site.dayCourier.contact();
  await here.site.dayCourier.settled();
  expect(centre.delivered).toHaveLength(2);
  centre.refuses = () => null;
  here.site.dayCourier.go();
  await here.site.dayCourier.settled();
  expect(centre.delivered.map(({ id }) => id)).toEqual(['p1', 'p3', 'p2']);
  expect(here.site.dayCourier.refused(p2?.digest ?? '')).toBeNull();
});

/** The centre goes away while the site does not know it yet. */
async function disconnectLineOnly(): Promise<void> {
  await server?.close();
}

test('words come by themselves as long as something is open, a status goes up once, and so does what a journal said of keys', async () => {
  expectOk(await askForEvents(here.site));
  expectOk(await takeFile(here.site, await packageFile('p1')));
  expectOk(await sendPackages(here.site, event.id, 'head'));
  await here.site.dayCourier.settled();
  centre.words = [word('p1', { state: 'confirmed', quality: 'good', at: 2 })];
  here.site.dayCourier.contact();
  await here.site.dayCourier.settled();
  expect(packagesOf(here.site, event.id)).toMatchObject([{ state: 'received' }]);
  here.pass(30_000);
  here.site.dayCourier.contact();
  await here.site.dayCourier.settled();
  expect(packagesOf(here.site, event.id)).toMatchObject([{ state: 'confirmed', quality: 'good' }]);

  here.site.node.db
    .prepare('INSERT INTO paper_key_use (event_id, number, station, token, at) VALUES (?, 1, ?, NULL, 7)')
    .run(event.id, '1');
  for (let i = 0; i < 2; i++) {
    here.site.dayCourier.go();
    await here.site.dayCourier.settled();
  }
  expect(centre.opened).toEqual([{ eventId: event.id, number: 1, station: '1', tokenSerial: null, at: 7 }]);
  const days = () => centre.delivered.filter(({ kind }) => kind === 'site-day').length;
  // Readiness is checked, and perhaps taken back, before any status is told.
  for (const done of [true, false]) {
    expectOk(await sayStage(here.site, { eventId: event.id, stage: 'checked-by-member', done, by: 'head' }));
    await here.site.dayCourier.settled();
  }
  expect(days()).toBe(2);
  expectOk(
    await tellStatus(here.site, { eventId: event.id, status: 'readiness-confirmed', reason: '', by: 'head' }),
  );
  await here.site.dayCourier.settled();
  here.site.dayCourier.go();
  await here.site.dayCourier.settled();
  expect(days()).toBe(3);
});

test('a centre of before, which knows no exams on paper, is left in peace, and nothing is lost', async () => {
  await disconnect();
  const uplink = { state: { online: true }, nudge: () => undefined } as unknown as Uplink;
  const fake = { get: () => Promise.resolve(refuse({ type: 'parent-failed', status: 404 })) };
  here.site.link = { client: fake as unknown as ExchangeClient, uplink };
  here.site.dayCourier.contact();
  await here.site.dayCourier.settled();
  expect(eventViews(here.site)).toEqual([]);
  await writeFile(join(here.folder, 'm.parcel'), centre.materials);
  expectOk(await takeFile(here.site, join(here.folder, 'm.parcel')));
  await here.site.dayCourier.settled();
  expect(eventViews(here.site)).toHaveLength(1);
});
