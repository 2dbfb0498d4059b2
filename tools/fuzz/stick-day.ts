/** A station, or a site, on a paper exam's day, without a centre: what comes to them by stick, each with the keys of whoever signs and seals it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/base/ids.ts';
import { expectOk, type Refusal, type Result } from '../../src/base/result.ts';
import type { StationKind } from '../../src/exam/paper-day/site-day.ts';
import { openTestDay, type TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';
import { activate, loadKey } from '../../src/station/access-key/access-key.ts';
import { takeAdmission } from '../../src/station/admission/take-admission.ts';
import { loadMaterials } from '../../src/station/materials/load-materials.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import {
  day,
  makeAuthorities,
  openTestStation,
  type Authorities,
  type TestStation,
} from '../../src/station/station.fixture.ts';
import type { Station } from '../../src/station/station.ts';
import type { NodeKeys } from '../../src/trust/keys.ts';
import { insideOf, parcelChange, type Keys } from './inside.ts';
import { made, type FuzzedReader, type Target } from './import.ts';
import { Watch } from './watch.ts';

const keysOf = (nodes: readonly Pick<NodeKeys, 'signing' | 'sealing'>[], more: Partial<Keys> = {}): Keys => ({
  signers: new Map(nodes.map(({ signing }) => [signing.keyId, signing])),
  identities: nodes.map(({ sealing }) => sealing.identity),
  ...more,
});

/** What was said of a file that lies in this folder for as long as it is looked at. */
function taking(folder: string, take: (file: string) => Promise<Result<unknown>>): Target['take'] {
  return async (bytes): Promise<Refusal | null> => {
    const file = join(folder, `${newId()}.parcel`);
    writeFileSync(file, bytes);
    try {
      const taken = await take(file);
      return taken.ok ? null : taken.refusal;
    } finally {
      rmSync(file);
    }
  };
}

export interface StationDay {
  readonly station: Station;
  readonly above: Authorities;
  readonly test: TestStation;
  /** Keys of others who sign what comes to it. */
  readonly others?: readonly NodeKeys[];
  close(): Promise<void>;
}

/** A print station that is admitted. @param loaded its materials and key are here, and open */
export async function openStationDay(loaded: boolean): Promise<StationDay> {
  const test = await openTestStation('print');
  const above = await makeAuthorities(test.folder);
  const { station } = test;
  expectOk(await saveSettings(station, { siteCode: '0801', room: '0001', number: '3' }));
  expectOk(await takeAdmission(station, await above.admission(station), above.root));
  if (loaded) {
    expectOk(await loadMaterials(station, await above.materials()));
    expectOk(await loadKey(station, await above.key(station, { opens: 'password' })));
    expectOk(await activate(station, null, ''));
  }
  return { station, above, test, close: () => test.close() };
}

/** A file that a station takes from a stick. */
export function stationFile<D extends StationDay>(
  name: string,
  open: () => Promise<D>,
  how: {
    /** The right one. */
    readonly file: (day: D) => Promise<string>;
    readonly take: (day: D, file: string) => Promise<Result<unknown>>;
    /** Changed inside of what only the event's key opens, too. */
    readonly withEventKey?: boolean;
    /** Taken step by step: what is refused in a later one has changed something. */
    readonly inSteps?: boolean;
  },
): FuzzedReader {
  return {
    name,
    stage: null,
    async open() {
      const here = await open();
      const { above, station, test } = here;
      const { identity, recipient } = above.eventKey;
      const parcel = new Uint8Array(readFileSync(await how.file(here)));
      const keys = keysOf([above.centreKeys, above.siteKeys, station.node.keys, ...(here.others ?? [])]);
      const inside = await insideOf(
        parcel,
        how.withEventKey
          ? { ...keys, identities: [...keys.identities, identity], named: { session: recipient } }
          : keys,
      );
      const watch = how.inSteps ? null : new Watch(test.folder, ['data']);
      return {
        samples: [parcel],
        made: made(parcelChange, (change) => inside.changed(change)),
        take: taking(test.folder, (file) => how.take(here, file)),
        ...(watch && { watch }),
        async close() {
          watch?.close();
          await here.close();
        },
      };
    },
  };
}

export interface SiteDay {
  readonly day: TestDay;
  /** Admitted, if it was asked for. */
  readonly test: TestStation;
}

/** A file that a site takes from a stick. */
export function siteFile(
  name: string,
  how: {
    /** What the station does that made it. */
    readonly kind?: StationKind;
    readonly prepare?: (day: SiteDay) => Promise<void>;
    readonly file: (day: SiteDay) => Promise<string>;
    readonly take: (day: SiteDay, file: string) => Promise<Result<unknown>>;
  },
): FuzzedReader {
  return {
    name,
    stage: null,
    async open() {
      const here = { day: await openTestDay(day), test: await openTestStation(how.kind ?? 'scan') };
      const { site, folder, centreKeys } = here.day;
      await how.prepare?.(here);
      const parcel = new Uint8Array(readFileSync(await how.file(here)));
      const inside = await insideOf(
        parcel,
        keysOf([centreKeys, site.node.keys, here.test.station.node.keys]),
      );
      const watch = new Watch(folder, ['data']);
      return {
        samples: [parcel],
        made: made(parcelChange, (change) => inside.changed(change)),
        take: taking(folder, (file) => how.take(here, file)),
        watch,
        async close() {
          watch.close();
          await here.test.close();
          await here.day.close();
        },
      };
    },
  };
}
