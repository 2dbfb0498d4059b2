/** A site brings a program from its centre over its own link, goes on where it was cut off, and keeps nothing that is not what the list names. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk, type Result } from '../../src/base/result.ts';
import { newId } from '../../src/base/ids.ts';
import { openTestCentre, makeProject, type TestCentre } from '../../src/centre/centre.fixture.ts';
import { registerSite } from '../../src/centre/site/register-site.ts';
import { siteRole } from '../../src/centre/site/serve-sites.ts';
import { ExchangeClient } from '../../src/courier/https/client.ts';
import { startExchangeServer, type ExchangeServer } from '../../src/courier/https/server.ts';
import type { DistributedFile } from '../../src/exam/distribution/distributed.ts';
import { Downloads } from '../../src/site/distribution/downloads.ts';
import { keepNewest, toReplace } from '../../src/site/distribution/newest-programs.ts';
import { trialSite, type TrialSite } from '../../src/site/site.fixture.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { createNodeKeys } from '../../src/trust/keys.ts';

const content = Buffer.alloc(3_000_000, 'a program that takes a while ');
const name = 'invigil-site-9.0.0-linux-x64.tar.gz';
const listed = {
  name,
  kind: 'program',
  role: 'site',
  system: 'linux-x64',
  language: null,
  version: '9.0.0',
  size: content.length,
  sha256: sha256Hex(content),
  commit: null,
  altered: false,
};

let centre: TestCentre;
let exchange: ExchangeServer;
let client: ExchangeClient;
let trial: TrialSite;
let downloads: Downloads;
let folder = '';
/** Of this computer, in place of one that was not paired. */
let stranger: ExchangeClient;

beforeAll(async () => {
  centre = await openTestCentre('file');
  const { projectId } = await makeProject(centre);
  const [keys, others] = [await createNodeKeys(), await createNodeKeys()];
  const { centre: it } = centre;
  expectOk(
    await registerSite(
      it,
      projectId,
      {
        id: newId(),
        code: 'S1',
        keys: { signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
        tlsFingerprint: keys.tls.fingerprint,
      },
      { serial: 'L1', recipient: keys.sealing.recipient },
    ),
  );
  const role = await siteRole(it);
  exchange = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: it.node.keys.tls,
      routes: (app: Hono) => role.routes(app),
      onError: (error) => {
        throw error;
      },
    }),
  );
  const parent = { address: `127.0.0.1:${exchange.port}`, certPem: it.node.keys.tls.certPem };
  client = new ExchangeClient(parent, keys.tls);
  stranger = new ExchangeClient(parent, others.tls);
  folder = mkdtempSync(join(tmpdir(), 'invigil-distribution-'));
});
afterAll(async () => {
  client?.close();
  stranger?.close();
  await exchange?.close();
  await centre?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  writeFileSync(join(folder, 'distribution.json'), JSON.stringify({ v: 1, files: [listed], without: [] }));
  writeFileSync(join(folder, name), content);
  expectOk(await centre.centre.distribution.choose(folder, 'admin'));
  trial = await trialSite('mock');
  trial.site.link = { client } as NonNullable<typeof trial.site.link>;
  downloads = new Downloads(trial.site);
  return () => trial.close();
});

const here = (): string => join(trial.data, 'distribution');

async function fetchIt(): Promise<Awaited<ReturnType<Downloads['view']>>> {
  const ended = Promise.withResolvers<void>();
  const stop = downloads.changed.subscribe(() => {
    void downloads.view().then(({ fetching }) => fetching ?? ended.resolve());
  });
  expectOk(await downloads.begin(name));
  await ended.promise;
  stop();
  return downloads.view();
}

test('the list comes over the site’s link, and to nobody else', async () => {
  const asked: Result<{ files: DistributedFile[] }> = await client.get('/distribution');
  expect(expectOk(asked).files).toMatchObject([{ name, version: '9.0.0' }]);
  for (const path of ['/distribution', `/distribution/${name}`])
    expect(await stranger.get(path)).toMatchObject({ ok: false, refusal: { type: 'not-registered' } });
  for (const path of ['..%2Fkeys%2Fnode-keys.json', 'distribution.json', 'other.zip'])
    expect(await client.get(`/distribution/${path}`)).toMatchObject({
      ok: false,
      refusal: { type: 'no-such-distributed-file' },
    });
});

test('a file is brought, goes on where it was cut off, and is given to the browser as it is listed', async () => {
  expect(await downloads.view()).toMatchObject({ problem: null, files: [{ name, here: false }] });
  mkdirSync(here());
  // What an earlier try has left, and something that nobody lists any more.
  writeFileSync(join(here(), `${name}.${listed.sha256.slice(0, 16)}`), content.subarray(0, 1_000_000));
  writeFileSync(join(here(), 'invigil-site-0.0.1-linux-x64.tar.gz'), 'old');
  expect(await fetchIt()).toMatchObject({ failed: null, files: [{ here: true }] });
  expect(readdirSync(here())).toEqual([name]);
  expect(readFileSync(join(here(), name)).equals(content)).toBe(true);
  const lent = expectOk(await downloads.lend(name));
  const rest = Buffer.concat(await Array.fromAsync(expectOk(await lent.from(2_999_990))));
  expect(rest.equals(content.subarray(2_999_990))).toBe(true);
  // On this disk it became another one.
  writeFileSync(join(here(), name), Buffer.alloc(content.length));
  expect(await downloads.lend(name)).toMatchObject({
    ok: false,
    refusal: { type: 'distributed-file-altered' },
  });
  expect(readdirSync(here())).toEqual([]);
});

test('what was begun of another file is not taken for a part of this one', async () => {
  await downloads.view();
  mkdirSync(here());
  writeFileSync(join(here(), `${name}.${listed.sha256.slice(0, 16)}`), Buffer.alloc(1_000_000));
  expect(await fetchIt()).toMatchObject({ failed: { name, why: { type: 'distributed-file-altered' } } });
  expect(readdirSync(here())).toEqual([]);
  expect(await fetchIt()).toMatchObject({ failed: null, files: [{ here: true }] });
});

test('what the centre does not give out does not arrive, and the reason does', async () => {
  await downloads.view();
  const altered = Buffer.from(content);
  altered[5] = 0;
  writeFileSync(join(folder, name), altered);
  expect(await fetchIt()).toMatchObject({ failed: { name, why: { type: 'distributed-file-altered' } } });
  expect(await downloads.lend(name)).toMatchObject({ ok: false });
  expect(await downloads.begin('distribution.json')).toMatchObject({
    ok: false,
    refusal: { type: 'no-such-distributed-file' },
  });
});

test('without the centre the list of before is shown, with the reason', async () => {
  await downloads.view();
  trial.site.link = null;
  expect(await new Downloads(trial.site).view()).toMatchObject({
    problem: { type: 'site-not-registered-at-centre' },
    files: [{ name, here: false }],
  });
});

test('a newer program is told before and after a session, never in the middle of one', () => {
  const newest = { centre: null, site: '9.0.0', room: null, seat: null };
  keepNewest(trial.site, { ...newest, site: '0.0.1' });
  expect(toReplace(trial.site)).toBeNull();
  keepNewest(trial.site, newest);
  expect(toReplace(trial.site)).toMatchObject({ type: 'program-older', newest: '9.0.0' });
  trial.roomSays(1, { startedAt: 1 });
  expect(toReplace(trial.site)).toBeNull();
  trial.roomSays(1, { startedAt: 1, endedAt: 2 });
  expect(toReplace(trial.site)).not.toBeNull();
  keepNewest(trial.site, null);
  expect(toReplace(trial.site)).toBeNull();
});
