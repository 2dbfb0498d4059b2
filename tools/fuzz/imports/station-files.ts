/** What stations take from sticks. */
import { join } from 'node:path';
import { utf8 } from '../../../src/base/bytes.ts';
import { expectOk, ok } from '../../../src/base/result.ts';
import { packageWordsPart } from '../../../src/exam/paper-day/hand-up.ts';
import { makeParcel } from '../../../src/parcel/parcel.ts';
import { activate, loadKey } from '../../../src/station/access-key/access-key.ts';
import { rootOf, takeAdmission } from '../../../src/station/admission/take-admission.ts';
import { loadMaterials } from '../../../src/station/materials/load-materials.ts';
import { takeWords } from '../../../src/station/scan/package-words.ts';
import { loadPrintJournal } from '../../../src/station/scan/print-journals.ts';
import { printed, scanPlace, type ScanPlace } from '../../../src/station/scan/scan.fixture.ts';
import { day } from '../../../src/station/station.fixture.ts';
import { openStationDay, stationFile, type StationDay } from '../stick-day.ts';

export const stationAdmission = stationFile('station-admission', () => openStationDay(false), {
  file: ({ above, station }) => above.admission(station),
  take: async ({ station }, file) => takeAdmission(station, file, (await rootOf(file)) ?? ''),
});

export const stationKey = stationFile('station-key', () => openStationDay(false), {
  file: ({ above, station }) => above.key(station),
  take: ({ station }, file) => loadKey(station, file),
});

export const stationMaterials = stationFile('station-materials', () => openStationDay(false), {
  file: ({ above }) => above.materials(),
  take: ({ station }, file) => loadMaterials(station, file),
});

/** What is inside of materials shows only when a member opens them. */
export const stationPlan = stationFile('station-plan', () => openStationDay(true), {
  withEventKey: true,
  inSteps: true,
  file: ({ above }) => above.materials(),
  async take({ station }, file) {
    station.openDay(null);
    const loaded = await loadMaterials(station, file);
    const opened = loaded.ok ? await activate(station, null, '') : loaded;
    if (!opened.ok) return opened;
    for (const { variant } of opened.value.plan.variants) {
      const paper = await opened.value.variant(variant);
      if (!paper.ok) return paper;
    }
    return ok();
  },
});

interface ScanDay extends StationDay {
  readonly place: ScanPlace;
  /** END_PRINT of a station of the same site. */
  readonly journal: string;
}

async function openScanDay(): Promise<ScanDay> {
  const place = await scanPlace();
  const { here, above, kits } = place;
  const journal = await place.printJournal('0001', printed(kits.filter(({ room }) => room === '0001')));
  const { others } = place;
  return {
    place,
    journal,
    station: here.station,
    above,
    test: here,
    others: others.map(({ station }) => station.node.keys),
    close: () => place.close(),
  };
}

export const stationPrintJournal = stationFile('station-print-journal', openScanDay, {
  withEventKey: true,
  file: ({ journal }) => Promise.resolve(journal),
  take: ({ station }, file) => loadPrintJournal(station, file),
});

export const stationWords = stationFile('station-package-words', openScanDay, {
  withEventKey: true,
  async file({ above, test }) {
    const file = join(test.stick, 'INVIGIL', 'words.parcel');
    const word = {
      packageId: 'a-package',
      state: 'confirmed',
      quality: 'rescan',
      rescan: [{ number: '20411700000000001', side: 1 }],
      reason: 'too pale',
      at: 10,
    };
    expectOk(
      await makeParcel(
        file,
        {
          kind: 'package-words',
          id: 'words:1',
          to: { role: 'site', code: '0801' },
          project: 'project-1',
          session: day.id,
          mode: 'formal',
          createdAt: 1,
          about: { words: 1 },
        },
        [
          {
            name: packageWordsPart,
            content: utf8(JSON.stringify({ v: 1, words: [word] })),
            recipients: [above.siteKeys.sealing.recipient, above.eventKey.recipient],
          },
        ],
        {
          name: { role: 'centre', code: 'CENTRE', id: 'centre-1' },
          key: above.centreKeys.signing,
          chain: [],
        },
      ),
    );
    return file;
  },
  take: ({ place }, file) => takeWords(place.desk, file),
});
