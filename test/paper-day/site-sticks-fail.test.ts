/** Whatever a site writes to a stick on the day: pulled out or full at each step, nothing half counts, and the next try brings all of it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectOk, type Result } from '../../src/base/result.ts';
import { planPart } from '../../src/exam/paper-day/parcels.ts';
import { drivesWith } from '../../src/hardware/removable-drive/drives.ts';
import type { Drives } from '../../src/hardware/removable-drive/port.ts';
import { createKeyFile } from '../../src/hardware/token/key-file.ts';
import { Backups } from '../../src/node/backup/backup.ts';
import { findParcels } from '../../src/node/stick/stick.ts';
import { inspectParcel, verifyParcel, type ParcelKind } from '../../src/parcel/parcel.ts';
import { takeFile } from '../../src/site/paper-day/intake/intake.ts';
import { enterRelease } from '../../src/site/paper-day/access-key/release.ts';
import { writeStationKey } from '../../src/site/paper-day/access-key/station-key.ts';
import { writeMaterials } from '../../src/site/paper-day/materials/materials.ts';
import { writeForCentre } from '../../src/site/paper-day/monitoring/day-parcel.ts';
import { tellStatus } from '../../src/site/paper-day/monitoring/tell-status.ts';
import { openTestDay, type TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';
import { admitStation } from '../../src/site/paper-day/stations/admit.ts';
import { makeReadiness } from '../../src/station/admission/readiness.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import { day, openTestStation, type TestStation } from '../../src/station/station.fixture.ts';
import { fingerprintOf } from '../../src/trust/fingerprint.ts';
import { releaseWords } from '../../src/trust/release.ts';
import { sealBytes } from '../../src/trust/seal.ts';
import { noForgedSticks, noSticks, Stick } from './stick.ts';

let here: TestDay;
let print: TestStation;
let stick: Stick;
/** What happens to the stick before which step, once. */
let fault: { readonly step: Step; readonly what: 'pull' | 'fill' } | null = null;

type Step = 'write' | 'sync' | 'read' | 'rename';

function reach(step: Step): void {
  if (fault?.step !== step) return;
  if (fault.what === 'pull') stick.pullOut();
  else {
    const { bavail, bsize } = statfsSync(stick.content);
    writeFileSync(join(stick.content, 'filler'), Buffer.alloc(bavail * bsize));
  }
  fault = null;
}

/** The system's own, on a real stick. */
function drives(): Drives {
  const system = drivesWith(join(here.folder, 'sticks'));
  return {
    ...system,
    async create(path) {
      const file = await system.create(path);
      return {
        ...file,
        write: async (bytes) => {
          reach('write');
          await file.write(bytes);
        },
        sync: async () => {
          reach('sync');
          await file.sync();
        },
      };
    },
    read: (path) => {
      reach('read');
      return system.read(path);
    },
    rename: async (from, to) => {
      reach('rename');
      await system.rename(from, to);
    },
  };
}

beforeEach(async () => {
  if (noSticks !== null) return;
  [here, print] = [await openTestDay(day), await openTestStation('print')];
  stick = new Stick(join(here.folder, 'plugged'), join(here.folder, 'sticks'));
  stick.format(4_096);
  stick.plugIn();
});
afterEach(async () => {
  if (noSticks !== null) return;
  stick.throwAway();
  await print.close();
  await here.close();
});

const kinds: readonly ParcelKind[] = ['station-admission', 'station-key', 'paper-materials', 'site-day'];

/** What counts on the stick, each proved to its last byte. */
async function onStick(): Promise<Map<string, string>> {
  const found = await findParcels(
    { list: async () => [{ path: stick.content, name: 'stick', freeBytes: 1 }] },
    kinds,
  );
  const roots = [here.centreKeys.signing.publicKey];
  for (const { path } of found)
    expect(await verifyParcel(path, { roots, at: null })).toMatchObject({ ok: true });
  const files = readdirSync(stick.content, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && one.name !== 'filler' && !one.name.endsWith('.incomplete'),
  );
  expect(files).toHaveLength(found.length);
  return new Map(
    found.map(({ path, name }) => [name, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** @returns what is new on the stick in the end */
async function throughFaults(
  name: string,
  write: () => Promise<Result<unknown>>,
): Promise<[string, string][]> {
  const before = await onStick();
  for (const [step, what, type] of [
    ['write', 'pull', 'drive-pulled-out'],
    ['sync', 'pull', 'drive-pulled-out'],
    ['read', 'pull', 'drive-pulled-out'],
    ['rename', 'pull', 'drive-pulled-out'],
    ['write', 'fill', 'backup-drive-full'],
  ] as const) {
    fault = { step, what };
    const refusal = await write().then((done) => (done.ok ? null : done.refusal.type));
    expect({ name, step, what, refusal }).toEqual({ name, step, what, refusal: type });
    expect({ name, step, what, stick: await onStick() }).toEqual({ name, step, what, stick: before });
    if (what === 'pull') stick.plugIn();
    else rmSync(join(stick.content, 'filler'));
  }
  expectOk(await write());
  return [...(await onStick())].filter(([file]) => !before.has(file));
}

describe.skipIf(noSticks !== null)(`a stick that fails${noSticks === null ? '' : `: ${noSticks}`}`, () => {
  test('takes no half of an admission, of materials, of a key, or of what goes to the centre', async () => {
    const { site } = here;
    const sticks = { drives: drives(), sticks: new Backups(drives()) };
    const drive = stick.place;
    const own = print.station;
    expectOk(await saveSettings(own, { siteCode: '0801', room: '0001', number: '1' }));
    expectOk(await takeFile(site, expectOk(await makeReadiness(own, [])).file));
    expectOk(await takeFile(site, await here.materials()));
    const admitted = await throughFaults('admission', () =>
      admitStation(site, sticks, {
        stationId: own.node.id,
        fingerprint: fingerprintOf(own.node.keys.signing.publicKey),
        replaces: null,
        drive,
        by: 'head',
      }),
    );
    expect(admitted).toHaveLength(1);
    const materials = await throughFaults('materials', () => writeMaterials(site, sticks, day.id, drive));
    expect(materials).toHaveLength(1);
    expectOk(await writeMaterials(site, sticks, day.id, drive));
    expect(await onStick()).toEqual(new Map([...admitted, ...materials]));

    mkdirSync(join(here.folder, 'tokens'));
    const member = expectOk(await createKeyFile(join(here.folder, 'tokens', 'member.key'), '1234-member'));
    const members = [{ name: 'Ivanova', serial: member.serial, recipient: member.recipient }];
    expectOk(await takeFile(site, await here.key({ members }, [member.recipient])));
    expectOk(await enterRelease(site, day.id, releaseWords(here.releaseSecret, 'en').join(' ')));
    const key = await throughFaults('key', () => writeStationKey(site, sticks, day.id, drive, 'head'));
    expect(key).toHaveLength(1);
    expectOk(
      await tellStatus(site, { eventId: day.id, status: 'readiness-confirmed', reason: '', by: 'head' }),
    );
    const report = await throughFaults('for the centre', () => writeForCentre(site, sticks, day.id, drive));
    expect(report).toHaveLength(1);
  });
});

describe.skipIf(noForgedSticks !== null)(
  `a forged stick${noForgedSticks === null ? '' : `: ${noForgedSticks}`}`,
  () => {
    test('that holds less than it says is found out before anybody carries it away', async () => {
      const { site } = here;
      stick.throwAway();
      stick = new Stick(join(here.folder, 'forged'), join(here.folder, 'sticks'));
      stick.formatForged(16_384, 1_024);
      stick.plugIn();
      const sticks = { drives: drives(), sticks: new Backups(drives()) };
      const paper = new Uint8Array(randomBytes(4_000_000));
      const sealed = await sealBytes(paper, { recipients: [here.eventKey.recipient] });
      const materials = await here.materials();
      const heading = { kind: 'paper-materials', id: 'large', to: { role: 'site', code: '0801' } } as const;
      const about = expectOk(await inspectParcel(materials)).manifest.about;
      const large = await here.parcel({ ...heading, about }, [
        { name: planPart, content: sealed, recipients: ['session'], sealed: true },
      ]);
      expectOk(await takeFile(site, large));
      expect(await writeMaterials(site, sticks, day.id, stick.place)).toMatchObject({
        refusal: { type: 'backup-failed', code: 'ENOSPC' },
      });
      expect(await onStick()).toEqual(new Map());
    });
  },
);
