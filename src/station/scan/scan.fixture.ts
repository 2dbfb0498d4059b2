/** A scan station with open materials, a scanner in memory, and print stations whose journals lie on its stick. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { expectOk, type Result } from '../../base/result.ts';
import { packageWordsPart } from '../../exam/paper-day/hand-up.ts';
import type { PackageWord, Plan, PlannedKit, PrintFates } from '../../exam/paper-day/parcels.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import { FakeScanners, type FakeScanner } from '../../hardware/scanner/fake.ts';
import type { Scanners } from '../../hardware/scanner/port.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { badImage, type RecognisedPage } from '../../recognise/recognised-page.ts';
import { activate, loadKey } from '../access-key/access-key.ts';
import { takeAdmission } from '../admission/take-admission.ts';
import { makeJournal } from '../closing/make-journal.ts';
import { loadMaterials } from '../materials/load-materials.ts';
import { saveSettings } from '../settings/settings.ts';
import { settingNames, type Station } from '../station.ts';
import {
  makeAuthorities,
  openTestStation,
  plannedKits,
  type Authorities,
  type TestStation,
} from '../station.fixture.ts';
import { ScanDesk, type ScanParts } from './desk.ts';
import { loadPrintJournal } from './print-journals.ts';
import { declareCounts, openRoom } from './rooms.ts';
import { chooseScanner } from './scanner-choice.ts';

/** What stands on a page that `jottings` reads. */
export interface Jotting {
  readonly number?: string;
  readonly side?: 1 | 2;
  readonly kind?: SheetKind;
  readonly empty?: boolean;
  /** Type of the refusal: `codes-contradict`, or of an image that is none. */
  readonly problem?: string;
  readonly bad?: boolean;
  /** So that two pages of one sheet are two images. */
  readonly mark?: number;
}

export function jot(jotting: Jotting): Uint8Array {
  return utf8(`jotting ${JSON.stringify(jotting)}`);
}

/** Reads jottings instead of pictures: what a scan station makes of a page does not depend on how it was read. */
export const jottings: ScanParts['pool'] = {
  threads: 2,
  recognise: (bytes) => {
    const {
      number,
      side = 1,
      empty,
      problem,
      bad,
    } = JSON.parse(Buffer.from(bytes).toString('utf8').slice('jotting '.length)) as Jotting;
    const blank = badImage({ type: problem ?? 'image-empty' });
    if (bad === true) return Promise.resolve(blank);
    const read: RecognisedPage = {
      ...blank,
      class: number === undefined ? 'unrecognised' : empty ? 'recognised-empty' : 'recognised-filled',
      sheet: number === undefined ? null : { number, side, more: null },
      ink: { mm2: empty ? 0 : 90, longestMm: empty ? 0 : 12, filled: empty !== true, review: false },
      problem: number === undefined ? { type: problem ?? 'page-without-code' } : null,
      rotation: 0,
    };
    return Promise.resolve(read);
  },
  close: () => Promise.resolve(),
};

export interface ScanPlace {
  readonly here: TestStation;
  readonly above: Authorities;
  readonly desk: ScanDesk;
  readonly scanner: FakeScanner;
  readonly kits: readonly PlannedKit[];
  /** Print stations whose journals were made. */
  readonly others: readonly TestStation[];
  /** The journal of a print station of a room, on the stick. */
  printJournal(room: string | null, fates: Partial<PrintFates>, site?: Authorities): Promise<string>;
  /** The newest print station closes under the same number once more, as its copy on another computer would. */
  toldAnew(): Promise<string>;
  /** As if the program had been killed; a member comes again unless told otherwise. */
  again(member?: boolean): Promise<ScanDesk>;
  close(): Promise<void>;
}

export interface PlaceOptions {
  readonly kits?: readonly PlannedKit[];
  readonly plan?: Partial<Plan>;
  readonly pool?: () => ScanParts['pool'];
  readonly scanners?: Scanners;
}

export async function scanPlace({
  kits = [...plannedKits('0001', 1, 3, 1), ...plannedKits('0002', 4, 2, 0)],
  plan = {},
  pool = () => jottings,
  scanners,
}: PlaceOptions = {}): Promise<ScanPlace> {
  const here = await openTestStation('scan');
  const above = await makeAuthorities(here.folder, kits, undefined, plan);
  const fakes = new FakeScanners();
  const scanner = fakes.create('scanner');
  expectOk(await saveSettings(here.station, { siteCode: '0801', room: null, number: '1' }));
  await admit(here.station, above);
  await memberComes(here.station, above);
  let desk = new ScanDesk(here.station, { scanners: scanners ?? fakes, pool: pool() });
  expectOk(await desk.open());
  if (!scanners)
    expectOk(
      await chooseScanner(desk, { address: scanner.address as never, source: 'feeder', duplex: true }),
    );
  const others: TestStation[] = [];
  return {
    here,
    above,
    scanner,
    kits,
    others,
    get desk() {
      return desk;
    },
    async printJournal(room, fates, site = above) {
      const print = await openTestStation('print');
      others.push(print);
      return journalOfPrintStation(
        print,
        site,
        here.stick,
        { room, number: String(others.length + 1) },
        fates,
      );
    },
    async toldAnew() {
      const print = others.at(-1);
      if (!print) throw new Error('no print station');
      print.station.node.settings.write(settingNames.closing, { count: 0 });
      const made = expectOk(await makeJournal(print.station, { v: 1, kits: [], additional: [] }));
      const path = join(here.stick, 'INVIGIL', `anew-${made.fileName}`);
      await copyFile(made.file, path);
      return path;
    },
    async again(member = true) {
      await desk.close();
      await here.again();
      if (member) await memberComes(here.station, above);
      desk = new ScanDesk(here.station, { scanners: scanners ?? fakes, pool: pool() });
      if (member) expectOk(await desk.open());
      return desk;
    },
    async close() {
      await desk.close();
      for (const one of others) await one.close();
      await here.close();
    },
  };
}

/** @param print a fresh station, for this journal alone. @returns the file on the stick */
export async function journalOfPrintStation(
  { station }: TestStation,
  above: Authorities,
  stick: string,
  { room, number }: { readonly room: string | null; readonly number: string },
  fates: Partial<PrintFates>,
): Promise<string> {
  expectOk(await saveSettings(station, { siteCode: '0801', room, number }));
  await admit(station, above);
  if (Object.keys(fates).length > 0) await memberComes(station, above);
  const made = expectOk(await makeJournal(station, { v: 1, kits: [], additional: [], ...fates } as never));
  const path = join(stick, 'INVIGIL', `${number}-${made.fileName}`);
  await copyFile(made.file, path);
  return path;
}

/**
 * What the centre says of packages, on the stick.
 *
 * @param by site: forged. @param to site: sealed to the site alone
 */
export async function wordsFile(
  { above, here }: Pick<ScanPlace, 'above' | 'here'>,
  words: readonly PackageWord[],
  by: 'centre' | 'site' = 'centre',
  to: 'event' | 'site' = 'event',
): Promise<string> {
  const file = join(here.stick, 'INVIGIL', `words-${newId()}.parcel`);
  const centre = { role: 'centre', code: 'CENTRE', id: 'centre-1' } as const;
  expectOk(
    await makeParcel(
      file,
      {
        kind: 'package-words',
        id: `words:${newId()}`,
        to: { role: 'site', code: '0801' },
        project: 'project-1',
        session: 'event-1',
        mode: 'formal',
        createdAt: Date.UTC(2026, 5, 1, 15),
        about: { words: words.length },
      },
      [
        {
          name: packageWordsPart,
          content: utf8(JSON.stringify({ v: 1, words })),
          recipients: [
            above.siteKeys.sealing.recipient,
            ...(to === 'event' ? [above.eventKey.recipient] : []),
          ],
        },
      ],
      { name: centre, key: by === 'centre' ? above.centreKeys.signing : above.siteKeys.signing, chain: [] },
    ),
  );
  return file;
}

async function admit(station: Station, above: Authorities): Promise<void> {
  expectOk(await takeAdmission(station, await above.admission(station), above.root));
  expectOk(await loadMaterials(station, await above.materials()));
}

async function memberComes(station: Station, above: Authorities): Promise<void> {
  const rooms = [
    { room: '0001', kits: 9 },
    { room: '0002', kits: 9 },
  ];
  // Without a token: what a PIN costs is tried elsewhere, and is most of the time that all this takes.
  expectOk(await loadKey(station, await above.key(station, { rooms, opens: 'password' })));
  expectOk(await activate(station, null, ''));
}

/** Fates of kits as a print station tells them: good unless told otherwise. */
export function printed(
  kits: readonly PlannedKit[],
  fates: Readonly<Record<string, 'spoiled' | 'unused'>> = {},
): Pick<PrintFates, 'kits'> {
  return {
    kits: kits.map(({ kit, room, sheets }) => ({
      kit,
      room,
      sheets,
      fate: fates[kit] ?? 'good',
      copy: 1,
      replaces: null,
      reason: fates[kit] === 'spoiled' ? 'smeared' : null,
    })),
  };
}

/** Every side of a kit, as its candidate hands it in. */
export function sidesOf({ sheets }: PlannedKit): Jotting[] {
  return sheets.flatMap(({ number, sides, kind }) =>
    sides === 2
      ? [
          { number, kind, side: 1 as const },
          { number, kind, side: 2 as const, empty: true },
        ]
      : [{ number, kind, side: 1 as const }],
  );
}

/** Scans what lies in the scanner, and waits until everything is read. */
export async function scanned({ desk, scanner }: ScanPlace, room: string, pages: readonly Jotting[]) {
  scanner.lay(pages.map(jot));
  expectOk(await desk.scanning.start(room));
  await desk.scanning.ended();
  await allRead(desk);
  return desk.scanning.run;
}

export async function allRead(desk: ScanDesk): Promise<void> {
  while (
    desk
      .current()
      ?.pages.all()
      .some(({ reading }) => reading === null)
  )
    await wait(5);
}

export async function begun(
  place: ScanPlace,
  room: string,
  counts: Partial<Parameters<typeof declareCounts>[2]> = {},
): Promise<void> {
  expectOk(await openRoom(place.desk, room));
  expectOk(
    await declareCounts(place.desk, room, {
      kitsIssued: 0,
      registrations: 0,
      additional: 0,
      absent: 0,
      unfinished: 0,
      ...counts,
    }),
  );
}

export async function loadJournals(place: ScanPlace, ...paths: readonly string[]): Promise<Result<unknown>> {
  for (const path of paths) {
    const loaded = await loadPrintJournal(place.here.station, path);
    if (!loaded.ok) return loaded;
  }
  return place.desk.open(true);
}
