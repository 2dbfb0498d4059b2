/** Site, station and a real centre: what each makes, the others open, and nothing early. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import type { TestCentre } from '../../src/centre/centre.fixture.ts';
import { usualDay } from '../../src/centre/paper-day/event-day.ts';
import type { TestDay as CentreDay } from '../../src/centre/paper-day/paper-day.fixture.ts';
import { saveDaySettings } from '../../src/centre/paper-day/settings.ts';
import type { Token } from '../../src/hardware/token/port.ts';
import { activate, loadKey } from '../../src/station/access-key/access-key.ts';
import { makeReadiness } from '../../src/station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../src/station/admission/take-admission.ts';
import { makeJournal } from '../../src/station/closing/make-journal.ts';
import { loadMaterials } from '../../src/station/materials/load-materials.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import { day as anyDay, openTestStation, type TestStation } from '../../src/station/station.fixture.ts';
import { fingerprintOf } from '../../src/trust/fingerprint.ts';
import { openBytes } from '../../src/trust/seal.ts';
import { fetchKeys } from '../../src/site/paper-day/access-key/keys.ts';
import { fetchRelease } from '../../src/site/paper-day/access-key/release.ts';
import { writeStationKey } from '../../src/site/paper-day/access-key/station-key.ts';
import { askForEvents } from '../../src/site/paper-day/events.ts';
import { takeFile } from '../../src/site/paper-day/intake/intake.ts';
import { fetchMaterials, writeMaterials } from '../../src/site/paper-day/materials/materials.ts';
import { openTestDay, type TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';
import { admitStation } from '../../src/site/paper-day/stations/admit.ts';
import { openCentreAbove, type CentreAbove } from './centre-above.ts';

let up: CentreAbove;
let above: TestCentre;
let theirs: CentreDay;
let here: TestDay;
let print: TestStation;

beforeAll(async () => {
  up = await openCentreAbove();
  ({ above, theirs } = up);
  here = await openTestDay(anyDay);
  print = await openTestStation('print');
  expectOk(await up.register(here, up.registrationCode));
  const { projectId, eventId, startAt } = theirs;
  const kept = { ...usualDay, startAt, roomReserve: 1, keptAfterwards: true };
  expectOk(await saveDaySettings(above.centre, projectId, eventId, kept, 'ann'));
  await up.prepare();
});
afterAll(async () => {
  await up.cut(here);
  await print.close();
  await here.close();
  await up.close();
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
  // What the centre said of the day counts where it is finished.
  expect(opened.plan.keptAfterwards).toBe(true);
  const paper = expectOk(await opened.variant(1));
  expect(Buffer.from(paper).subarray(0, 5).toString('latin1')).toBe('%PDF-');

  const journal = expectOk(await makeJournal(station, { v: 1, kits: [], additional: [] }));
  expectOk(await takeFile(site, journal.file));
  await site.dayCourier.settled();
  expect(
    await above.centre.db.selectFrom('access_use').select(['number', 'station', 'token_serial']).execute(),
  ).toEqual([{ number: 1, station: '3', token_serial: 'T-1' }]);
});
