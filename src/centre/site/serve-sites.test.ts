/** What a site gets over its own connection: what is its own, and nothing of another site, in this project or in another one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { parentRoutes } from '../../courier/https/parent.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import { status } from '../../exam/board/board.fixture.ts';
import { createNodeKeys, type NodeKeys } from '../../trust/keys.ts';
import { makeProject, openTestCentre, type TestCentre, type TestProject } from '../centre.fixture.ts';
import { openThread } from '../support/desk.ts';
import { registerSite } from './register-site.ts';
import { siteRole } from './serve-sites.ts';

let centre: TestCentre;
let exchange: ExchangeServer;
let [first, second]: TestProject[] = [];
let own: ExchangeClient;
const ids = { S1: newId(), S2: newId(), other: newId() };
const desk = { account: 'desk', name: '', role: 'operator', mustChangePassword: false, limit: null } as const;

beforeAll(async () => {
  centre = await openTestCentre('file');
  const here = centre.centre;
  [first, second] = [await makeProject(centre, 'P1'), await makeProject(centre, 'P2')];
  const keys = await Promise.all([createNodeKeys(), createNodeKeys(), createNodeKeys()]);
  await register(first, 'S1', ids.S1, keys[0]);
  await register(first, 'S2', ids.S2, keys[1]);
  // In the other project another site has the same code.
  await register(second, 'S1', ids.other, keys[2]);
  for (const { projectId, sessionId } of [first, second])
    for (const site of ['S1', 'S2']) {
      await here.db
        .insertInto('authorisation')
        .values({
          session_id: sessionId,
          site_code: site,
          project_id: projectId,
          prepared_at: 1,
          locked: 'AA==',
          sealed_secret: 'AA==',
          fetched_at: null,
          released_at: null,
        })
        .execute();
      const call = { stage: 'other', priority: 'normal', phone: '', byTelephone: true } as const;
      const text = `of ${projectId} ${site}`;
      expectOk(await openThread(here, { projectId, siteCode: site }, { ...call, text }, desk));
    }
  const role = await siteRole(here);
  const { node } = here;
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
  own = new ExchangeClient(
    { address: `127.0.0.1:${exchange.port}`, certPem: node.keys.tls.certPem },
    (keys[0] as NodeKeys).tls,
  );
});

afterAll(async () => {
  own.close();
  await exchange.close();
  await centre.close();
});

async function register(project: TestProject, code: string, id: string, keys: NodeKeys): Promise<void> {
  expectOk(
    await registerSite(
      centre.centre,
      project.projectId,
      {
        id,
        code,
        keys: { signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
        tlsFingerprint: keys.tls.fingerprint,
      },
      { serial: `L-${id}`, recipient: keys.sealing.recipient },
    ),
  );
}

const typeOf = (answer: { ok: boolean; refusal?: { type: string } }): string =>
  answer.refusal?.type ?? 'done';

test('the authorisation of a site of the same code in another project is neither given nor marked as fetched', async () => {
  const sessionId = second?.sessionId ?? '';
  const { db } = centre.centre;
  expect(typeOf(await own.get(`/parcels/authorisation.${sessionId}`))).toBe('not-prepared');
  const kept = await db
    .selectFrom('authorisation')
    .select(['fetched_at', 'released_at'])
    .where('session_id', '=', sessionId)
    .execute();
  expect(kept).toEqual([
    { fetched_at: null, released_at: null },
    { fetched_at: null, released_at: null },
  ]);
});

test('the release of a session of another project is not told, at whatever time', async () => {
  // Long after both releases have come.
  centre.pass(24 * 60 * 60 * 1_000);
  expect(typeOf(await own.get(`/release/${second?.sessionId ?? ''}`))).toBe('not-prepared');
  const released = await centre.centre.db
    .selectFrom('authorisation')
    .select('released_at')
    .where('released_at', 'is not', null)
    .execute();
  expect(released).toEqual([]);
});

test('the support desk tells a site its own questions alone, and what it says is said for itself', async () => {
  const answer = expectOk(await own.post<{ postings: unknown[] }>('/support', { after: 0, postings: [] }));
  expect(JSON.stringify(answer.postings)).toContain(`of ${first?.projectId} S1`);
  expect(answer.postings).toHaveLength(1);
});

test('what a site offers and tells is its own, and entries of another site are not taken from it', async () => {
  const role = await siteRole(centre.centre);
  const child = { role: 'site', code: 'S1', id: ids.S1, projectId: first?.projectId ?? '' } as const;
  const parcels = await role.parcelsFor(child);
  expect(parcels.map(({ name }) => name)).toEqual([`authorisation.${first?.sessionId}`]);
  expect([ids.S1, ids.S2, ids.other].map((id) => role.speaksFor(child, id))).toEqual([true, false, false]);
  await role.hello(child, { status: status() } as never, '127.0.0.1');
  await centre.centre.board.tick();
  const heard = await centre.centre.db
    .selectFrom('site')
    .select(['project_id', 'code'])
    .where('status_json', 'is not', null)
    .execute();
  expect(heard).toEqual([{ project_id: first?.projectId, code: 'S1' }]);
});

test('a site reads back its own journal alone, and neither goes on with another one’s upload nor hands it in', async () => {
  for (const id of [ids.S2, ids.other]) {
    const ask = { origin: id, epoch: 'e', afterSeq: 0 };
    expect(typeOf(await own.post('/journal/kept', ask))).toBe('not-allowed');
    const delivery = { kind: 'room-result', name: `${id}-1`, sha256: '0'.repeat(64) };
    expect(typeOf(await own.post('/deliveries', delivery))).toBe('not-allowed');
    expect(typeOf(await own.get(`/uploads/${id}-1`))).toBe('not-allowed');
  }
});

test('who is no site of this centre gets nothing', async () => {
  const stranger = new ExchangeClient(
    { address: `127.0.0.1:${exchange.port}`, certPem: centre.centre.node.keys.tls.certPem },
    (await createNodeKeys()).tls,
  );
  for (const path of [
    `/release/${first?.sessionId}`,
    `/parcels/authorisation.${first?.sessionId}`,
    '/papers/00',
  ])
    expect([path, typeOf(await stranger.get(path))]).toEqual([path, 'not-registered']);
  stranger.close();
});
