/** What a site takes from sticks on the day of an exam on paper. */
import { join } from 'node:path';
import { utf8 } from '../../../src/base/bytes.ts';
import { newId } from '../../../src/base/ids.ts';
import { expectOk } from '../../../src/base/result.ts';
import type { ParcelKind } from '../../../src/parcel/parcel.ts';
import { makeParcel } from '../../../src/parcel/parcel.ts';
import { takeFile } from '../../../src/site/paper-day/intake/intake.ts';
import { admitStation } from '../../../src/site/paper-day/stations/admit.ts';
import { makeReadiness } from '../../../src/station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../../src/station/admission/take-admission.ts';
import { makeJournal } from '../../../src/station/closing/make-journal.ts';
import { loadMaterials } from '../../../src/station/materials/load-materials.ts';
import { saveSettings } from '../../../src/station/settings/settings.ts';
import { day } from '../../../src/station/station.fixture.ts';
import { fingerprintOf } from '../../../src/trust/fingerprint.ts';
import { siteFile, type SiteDay } from '../stick-day.ts';

const take = ({ day: { site } }: SiteDay, file: string) => takeFile(site, file);

async function ready({ test: { station } }: SiteDay): Promise<string> {
  expectOk(await saveSettings(station, { siteCode: '0801', room: null, number: '1' }));
  return expectOk(await makeReadiness(station, [{ name: 'scanner', good: true, words: '' }])).file;
}

/** The site has the materials and has admitted a station, which has them, too. */
async function admitted(here: SiteDay): Promise<void> {
  const { site, sticks, stick } = here.day;
  const { station } = here.test;
  const materials = await here.day.materials();
  for (const file of [materials, await ready(here)]) expectOk(await takeFile(site, file));
  const { path } = expectOk(
    await admitStation(site, sticks, {
      stationId: station.node.id,
      fingerprint: fingerprintOf(station.node.keys.signing.publicKey),
      replaces: null,
      drive: stick,
      by: 'head',
    }),
  );
  expectOk(await takeAdmission(station, path, (await rootOf(path)) ?? ''));
  expectOk(await loadMaterials(station, materials));
}

/** What the station has made for the centre. */
async function packageOf(
  { test: { station } }: SiteDay,
  kind: Extract<ParcelKind, 'answer-sheets' | 'voice-answers'>,
  more: object,
): Promise<string> {
  const admission = station.admission();
  if (!admission) throw new Error('not admitted');
  const { id, staging, keys, clock } = station.node;
  const file = join(staging, newId());
  expectOk(
    await makeParcel(
      file,
      {
        kind,
        id: `${kind}:${newId()}`,
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        session: day.id,
        mode: 'formal',
        createdAt: clock.now(),
        about: {
          event: day,
          station: { id, number: '1' },
          room: '0001',
          part: 1,
          parts: 1,
          replaces: null,
          ...more,
        },
      },
      [{ name: 'page-1', content: utf8('a scan'), recipients: [admission.centreRecipient] }],
      { name: { role: 'station', code: id, id }, key: keys.signing, chain: admission.chain },
    ),
  );
  return file;
}

/** In the order of the day. */
export const siteFiles = [
  siteFile('site-materials', { file: ({ day: here }) => here.materials(), take }),
  siteFile('site-access-key', {
    file: ({ day: here }) => {
      const own = here.site.node.keys.sealing.recipient;
      return here.key({ members: [{ name: 'Ivanova', serial: 'S', recipient: own }] }, [own]);
    },
    take,
  }),
  siteFile('site-day-release', {
    async prepare({ day: here }) {
      const own = here.site.node.keys.sealing.recipient;
      expectOk(await takeFile(here.site, await here.materials()));
      const members = [{ name: 'Ivanova', serial: 'S', recipient: own }];
      expectOk(await takeFile(here.site, await here.key({ members }, [own])));
    },
    file: ({ day: here }) => here.release(),
    take,
  }),
  siteFile('site-readiness', { file: ready, take }),
  siteFile('site-station-journal', {
    prepare: admitted,
    file: async ({ test: { station } }) => expectOk(await makeJournal(station, { v: 1, rooms: [] })).file,
    take,
  }),
  siteFile('site-answer-sheets', {
    prepare: admitted,
    file: (here) => packageOf(here, 'answer-sheets', { pages: 1 }),
    take,
  }),
  siteFile('site-voice-answers', {
    kind: 'voice',
    prepare: admitted,
    file: (here) => packageOf(here, 'voice-answers', { candidates: 1, takes: 1 }),
    take,
  }),
  siteFile('site-package-words', {
    prepare: admitted,
    file: ({ day: here }) =>
      here.words([{ packageId: 'P', state: 'confirmed', quality: 'good', rescan: [], reason: '', at: 1 }]),
    take,
  }),
] as const;
