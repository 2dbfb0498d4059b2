/** Site, station and a real centre: what each makes, the others open, and nothing early. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { openTestCentre, pin, type TestCentre } from '../../centre/centre.fixture.ts';
import { makeGrants } from '../../centre/paper-day/grants/grants.ts';
import { makeDay, type TestDay as CentreDay } from '../../centre/paper-day/paper-day.fixture.ts';
import { siteRole } from '../../centre/site/serve-sites.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { parentRoutes } from '../../courier/https/parent.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import type { Uplink } from '../../courier/https/uplink.ts';
import type { Token } from '../../hardware/token/port.ts';
import { activate, loadKey } from '../../station/access-key/access-key.ts';
import { makeReadiness } from '../../station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../station/admission/take-admission.ts';
import { makeJournal } from '../../station/closing/make-journal.ts';
import { loadMaterials } from '../../station/materials/load-materials.ts';
import { saveSettings } from '../../station/settings/settings.ts';
import { day as anyDay, openTestStation, type TestStation } from '../../station/station.fixture.ts';
import { issueCertificate } from '../../trust/certificate.ts';
import { fingerprintOf } from '../../trust/fingerprint.ts';
import { openBytes } from '../../trust/seal.ts';
import { fetchKeys } from './access-key/keys.ts';
import { fetchRelease } from './access-key/release.ts';
import { writeStationKey } from './access-key/station-key.ts';
import { askForEvents } from './events.ts';
import { takeFile } from './intake/intake.ts';
import { fetchMaterials, writeMaterials } from './materials/materials.ts';
import { openTestDay, type TestDay } from './paper-day.fixture.ts';
import { admitStation } from './stations/admit.ts';

let above: TestCentre;
let theirs: CentreDay;
let exchange: ExchangeServer;
let here: TestDay;
let client: ExchangeClient;
let print: TestStation;

beforeAll(async () => {
  above = await openTestCentre('file');
  const { centre } = above;
  theirs = await makeDay(above);
  here = await openTestDay(anyDay);
  print = await openTestStation('print');
  const { node } = here.site;
  await centre.db
    .updateTable('site')
    .set({ sealing_key: node.keys.sealing.recipient, tls_fingerprint: node.keys.tls.fingerprint })
    .where('code', '=', 'S1')
    .execute();
  const { projectId, eventId } = theirs;
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  const all = { projectId, eventId, siteCodes: null, validity: null, stations: [] };
  expectOk(await makeGrants(centre, all, pin, 'ann'));
  const { keys, uploads, clock, journal } = centre.node;
  const role = await siteRole(centre);
  const generic = parentRoutes({ keys, uploads, clock, journal, role });
  exchange = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: keys.tls,
      routes: (app) => {
        generic(app);
        role.routes(app);
      },
      onError: (error) => {
        throw error;
      },
    }),
  );
  const address = `127.0.0.1:${exchange.port}`;
  client = new ExchangeClient({ address, certPem: keys.tls.certPem }, node.keys.tls);
  const project = await centre.db.selectFrom('project').selectAll().executeTakeFirstOrThrow();
  node.settings.write('setup', { siteCode: 'S1', mode: project.mode, lockPath: '', lockSerial: null });
  node.settings.write('membership', {
    ...here.site.membership(),
    centreAddress: address,
    centreSigningKey: keys.signing.publicKey,
    centreSealingKey: keys.sealing.recipient,
    centreCode: centre.name.code,
    chain: [
      issueCertificate(
        {
          name: { role: 'site', code: 'S1', id: node.id },
          signingKey: node.keys.signing.publicKey,
          sealingKey: node.keys.sealing.recipient,
        },
        { name: centre.name, key: keys.signing },
        { notBefore: 0, notAfter: 4_000_000_000_000 },
      ),
    ],
    project: { id: projectId, name: project.name, mode: project.mode, supportPhone: '' },
  });
  const uplink = { state: { online: true }, nudge: () => undefined } as unknown as Uplink;
  here.site.link = { client, uplink };
});
afterAll(async () => {
  await here.site.dayCourier.settled();
  here.site.link = null;
  client.close();
  await exchange.close();
  await print.close();
  await here.close();
  await above.close();
});

test('materials, key and release of the centre open at the station with the member’s token, and the centre hears who opened them', async () => {
  const { eventId, memberKey, startAt } = theirs;
  const { site, sticks, stick } = here;
  const { station } = print;
  expectOk(await askForEvents(site));
  expectOk(await fetchMaterials(site, eventId));
  expectOk(await fetchKeys(site, eventId, () => join(site.node.staging, newId())));
  expect(await fetchRelease(site, eventId)).toMatchObject({ refusal: { type: 'too-early' } });
  expect(await writeStationKey(site, sticks, eventId, stick, 'head')).toMatchObject({
    refusal: { type: 'key-not-released' },
  });

  expectOk(await saveSettings(station, { siteCode: 'S1', room: '0001', number: '3' }));
  expectOk(await takeFile(site, expectOk(await makeReadiness(station, [])).file));
  const fingerprint = fingerprintOf(station.node.keys.signing.publicKey);
  const ready = { stationId: station.node.id, fingerprint, replaces: null, drive: stick, by: 'head' };
  const { path } = expectOk(await admitStation(site, sticks, ready));
  expectOk(await takeAdmission(station, path, (await rootOf(path)) ?? ''));
  const materials = expectOk(await writeMaterials(site, sticks, eventId, stick));
  expectOk(await loadMaterials(station, join(materials.path, readdirSync(materials.path)[0] ?? '')));

  above.pass(startAt - above.centre.node.clock.now());
  print.pass(startAt - station.node.clock.now());
  expectOk(await fetchRelease(site, eventId));
  expectOk(
    await loadKey(station, expectOk(await writeStationKey(site, sticks, eventId, stick, 'head')).path),
  );
  const token: Token = {
    serial: 'T-1',
    recipient: await identityToRecipient(memberKey),
    present: () => true,
    unseal: (sealed) => openBytes(sealed, { identities: [memberKey] }),
  };
  const opened = expectOk(await activate(station, token, ''));
  expect(opened.plan.kits.filter(({ room }) => room === '0001').length).toBeGreaterThan(0);
  const paper = expectOk(await opened.variant(1));
  expect(Buffer.from(paper).subarray(0, 5).toString('latin1')).toBe('%PDF-');

  const journal = expectOk(await makeJournal(station, { v: 1, kits: [], additional: [] }));
  expectOk(await takeFile(site, journal.file));
  await site.dayCourier.settled();
  expect(
    await above.centre.db.selectFrom('access_use').select(['number', 'station', 'token_serial']).execute(),
  ).toEqual([{ number: 1, station: '3', token_serial: 'T-1' }]);
});
