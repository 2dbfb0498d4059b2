/** What a site gets of a paper exam's day over its own connection: its own, from any byte on, and nothing early. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { parentRoutes } from '../../courier/https/parent.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import { dayOffersSchema, dayReleaseSchema } from '../../exam/paper-day/exchange.ts';
import { verifyParcel } from '../../parcel/parcel.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { openTestCentre, pin, type TestCentre } from '../centre.fixture.ts';
import { siteRole } from '../site/serve-sites.ts';
import { makeGrants } from './grants/grants.ts';
import { makeDay, type TestDay } from './paper-day.fixture.ts';

let here: TestCentre;
let day: TestDay;
let exchange: ExchangeServer;
let own: ExchangeClient;
let stranger: ExchangeClient;

beforeAll(async () => {
  here = await openTestCentre('file');
  const { centre } = here;
  day = await makeDay(here);
  const { projectId, eventId } = day;
  const { node } = centre;
  await centre.db
    .updateTable('site')
    .set({ tls_fingerprint: day.sites.S1.tls.fingerprint })
    .where('code', '=', 'S1')
    .execute();
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  const all = { projectId, eventId, siteCodes: null, validity: null, stations: [] };
  expectOk(await makeGrants(centre, all, pin, 'ann'));
  const role = await siteRole(centre);
  const generic = parentRoutes({
    keys: node.keys,
    uploads: node.uploads,
    clock: node.clock,
    journal: node.journal,
    role,
  });
  exchange = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: node.keys.tls,
      routes: (app) => {
        generic(app);
        role.routes(app);
      },
      onError: (error) => {
        throw error;
      },
    }),
  );
  const parent = { address: `127.0.0.1:${exchange.port}`, certPem: node.keys.tls.certPem };
  own = new ExchangeClient(parent, day.sites.S1.tls);
  stranger = new ExchangeClient(parent, (await createNodeKeys()).tls);
});

afterAll(async () => {
  own.close();
  stranger.close();
  await exchange.close();
  await here.close();
});

const typeOf = (answer: Result<unknown>): string => (answer.ok ? 'done' : answer.refusal.type);

test('a site fetches its materials, goes on where it was cut off, and gets its key ahead and the release at its time', async () => {
  const { eventId } = day;
  const { centre } = here;
  const offers = dayOffersSchema.parse(expectOk(await own.get('/paper-day/events')));
  expect(offers.events).toHaveLength(1);
  const [offer] = offers.events;
  expect(offer).toMatchObject({ event: { id: eventId }, materials: { revision: 1 }, keys: [{ number: 1 }] });
  const file = join(here.folder, 'fetched.parcel');
  expectOk(await own.download(`/paper-day/materials/${eventId}/1`, file));
  const whole = await readFile(file);
  expect(whole.length).toBe(offer?.materials?.size);
  const trust = { roots: [centre.node.keys.signing.publicKey], at: null };
  expectOk(await verifyParcel(file, trust));
  // Cut off in the middle.
  const other = join(here.folder, 'cut-off.parcel');
  await writeFile(other, whole.subarray(0, 5_000));
  expectOk(await own.download(`/paper-day/materials/${eventId}/1`, other));
  expect(Buffer.compare(await readFile(other), whole)).toBe(0);
  const key = join(here.folder, 'key.parcel');
  expectOk(await own.download(`/paper-day/keys/${eventId}/1`, key));
  expectOk(await verifyParcel(key, trust));
  expect(typeOf(await own.get(`/paper-day/release/${eventId}`))).toBe('too-early');
  here.pass(24 * 3_600_000);
  dayReleaseSchema.parse(expectOk(await own.get(`/paper-day/release/${eventId}`)));
  const told = { eventId, number: 1, station: '3', tokenSerial: 'T-1', at: 9 };
  expectOk(await own.post('/paper-day/opened', told));
  const fetched = await centre.db
    .selectFrom('day_fetch')
    .select(['what', 'way', 'address'])
    .orderBy('at')
    .execute();
  expect(fetched.map(({ what }) => what).toSorted()).toEqual(
    expect.arrayContaining(['access-key', 'materials', 'release']),
  );
  expect(fetched.every(({ way, address }) => way === 'online' && address !== null)).toBe(true);
});

test('what is not there, is of another event, or is asked for by a stranger is not given', async () => {
  const { eventId } = day;
  for (const path of [`materials/${eventId}/2`, `materials/${eventId}/x`, `keys/${eventId}/0`])
    expect([path, typeOf(await own.get(`/paper-day/${path}`))]).toEqual([path, 'no-such-parcel']);
  expect(typeOf(await own.get(`/paper-day/materials/other/1`))).toBe('materials-not-prepared');
  expect(typeOf(await own.get(`/paper-day/keys/${eventId}/7`))).toBe('no-access-key');
  expect(typeOf(await own.get('/paper-day/release/other'))).toBe('no-such-event');
  expect(typeOf(await own.post('/paper-day/opened', { eventId, number: 'one' }))).toBe('bad-request');
  for (const path of ['events', `materials/${eventId}/1`, `keys/${eventId}/1`, `release/${eventId}`])
    expect([path, typeOf(await stranger.get(`/paper-day/${path}`))]).toEqual([path, 'not-registered']);
});
