/** A voice station whose materials are open: three kits of room 0001, one of 0002, and papers of real pages. */
import { PDFDocument } from '@cantoo/pdf-lib';
import { expectOk } from '../../base/result.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import type { Plan, PlannedKit } from '../../exam/paper-day/parcels.ts';
import { bytesOf } from '../../exam/recording/flac/flac.fixture.ts';
import { activate, loadKey } from '../access-key/access-key.ts';
import { takeAdmission } from '../admission/take-admission.ts';
import { loadMaterials } from '../materials/load-materials.ts';
import { saveSettings } from '../settings/settings.ts';
import type { Station } from '../station.ts';
import {
  makeAuthorities,
  memberPin,
  openTestStation,
  type Authorities,
  type TestStation,
} from '../station.fixture.ts';
import { hearCheck, judgeCheck } from './microphone-check.ts';
import { createVoice, type Voice } from './voice.ts';

export const formOf = (n: number): string => ownNumber('204117', n);

export function spokenKit(n: number, room: string): PlannedKit {
  return {
    kit: String(100_000 + n),
    room,
    reserve: false,
    variant: null,
    sheets: [{ number: formOf(n), kind: 'registration', place: 1, sides: 1 }],
  };
}

export const spokenTasks: Plan['tasks'] = [
  { name: 'Read aloud', page: 1, prepareS: 90, answerS: 120 },
  { name: 'Describe a picture', page: 2, prepareS: 0, answerS: 60 },
];

/** A paper whose pages are told apart by their width. */
export async function paperOf(variant: number, pages: number): Promise<Uint8Array> {
  const paper = await PDFDocument.create();
  for (let page = 1; page <= pages; page++)
    paper
      .addPage([400 + variant * 10 + page, 500])
      .drawText(`variant ${variant}, page ${page}`, { x: 40, y: 400 });
  return paper.save();
}

export interface OpenVoice {
  readonly here: TestStation;
  readonly above: Authorities;
  readonly voice: Voice;
  /** As if the program had been killed and started again: the member has to come anew. */
  killed(): Promise<Voice>;
  /** The member opens the materials. */
  open(): Promise<void>;
}

export async function openVoice(room: string | null = '0001'): Promise<OpenVoice> {
  const here = await openTestStation('voice');
  const above = await makeAuthorities(
    here.folder,
    [...[1, 2, 3].map((n) => spokenKit(n, '0001')), spokenKit(4, '0002')],
    [await paperOf(1, 2), await paperOf(2, 2)],
    { tasks: spokenTasks },
  );
  const { station } = here;
  expectOk(await saveSettings(station, { siteCode: '0801', room, number: '3' }));
  expectOk(await takeAdmission(station, await above.admission(station), above.root));
  expectOk(await loadMaterials(station, await above.materials()));
  expectOk(await loadKey(station, await above.key(station)));
  const open = async (): Promise<void> => {
    expectOk(await activate(here.station, above.member, memberPin));
  };
  await open();
  await tryMicrophone(station);
  let voice = createVoice(station);
  return {
    here,
    above,
    get voice() {
      return voice;
    },
    open,
    async killed() {
      voice = createVoice(await here.again());
      return voice;
    },
  };
}

/** Somebody speaks, and breathes. */
export function speech(seconds: number, rate = 16_000, pitch = 11): Int16Array {
  return Int16Array.from({ length: seconds * rate }, (_, i) =>
    Math.floor(i / (rate / 2)) % 2 === 0
      ? Math.round(9_000 * Math.sin(i / pitch))
      : Math.round(60 * Math.sin(i / 5)),
  );
}

export async function tryMicrophone(station: Station): Promise<void> {
  expectOk(judgeCheck(station, { device: 'Headset', rate: 16_000, content: bytesOf(speech(5)) }));
  expectOk(await hearCheck(station, true));
}
