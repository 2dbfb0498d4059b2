/** Kills a station around its entries while somebody works at its page, and reads what it says in the end. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { stationJournalAboutSchema, stationJournalParts } from '../../src/exam/paper-day/parcels.ts';
import { readStationJournal } from '../../src/node/station-journal/read-station-journal.ts';
import { openParcel, type Opened, type ParcelKind } from '../../src/parcel/parcel.ts';
import { StartFailed, type Disturbance } from '../../tools/exam-day/process.ts';
import type { RealStation } from './real-station.ts';

export class Deaths {
  readonly #folder = mkdtempSync(join(tmpdir(), 'invigil-deaths-'));
  readonly #armed = join(this.#folder, 'armed');
  readonly disturbance: Disturbance = {
    preload: [join(import.meta.dirname, '..', 'faults', 'disturb', 'kill-at-entry.ts')],
    env: { FAULT_ENTRY_FILE: this.#armed },
  };

  /**
   * Does what a person does at the station's page until it is done, one thing after the other; the station is killed at each of these places, in
   * their order, and somebody starts it again.
   *
   * @param deaths as `kill-at-entry.ts` takes them
   * @param next looks what is to be done, and does it; false: nothing is left
   * @returns how often it died
   */
  async through(
    station: RealStation,
    deaths: readonly string[],
    next: () => Promise<boolean>,
  ): Promise<number> {
    let died = 0;
    const arm = (): void => {
      const [death] = deaths.slice(died);
      if (death === undefined) rmSync(this.#armed, { force: true });
      else writeFileSync(this.#armed, death);
    };
    arm();
    for (;;) {
      try {
        if (!(await next())) return died;
      } catch (error) {
        if (!(await wentDown(station, error))) throw error;
      }
      while (station.process.child?.signalCode === 'SIGKILL') {
        died++;
        arm();
        // What a kill left undone is done at the start, where it may die next.
        await station.again().catch(async (error: unknown) => {
          if (!(error instanceof StartFailed) && !(await wentDown(station, error))) throw error;
        });
      }
    }
  }

  forget(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What was asked of a station went down with it. */
async function wentDown(station: RealStation, error: unknown): Promise<boolean> {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code !== undefined && (await station.died()) === 'SIGKILL';
}

/** What the centre opens of a file that the station says it has written to the stick. */
export async function openAtCentre(
  { above, stick, folder }: RealStation,
  path: string,
  kind: ParcelKind,
): Promise<Opened> {
  return expectOk(
    await openParcel(join(stick.content, path.slice(stick.place.length)), {
      trust: { roots: [above.root], at: null },
      identities: [above.centreKeys.sealing.identity],
      recipient: above.centreKeys.sealing.recipient,
      staging: mkdtempSync(join(folder, 'opened-')),
      expect: { kind, to: { role: 'centre', code: 'CENTRE' }, project: 'project-1', mode: 'formal' },
    }),
  );
}

/** The fates in a journal of the end, which is proved entry by entry first. */
export async function readEnd(station: RealStation, path: string): Promise<unknown> {
  const opened = await openAtCentre(station, path, 'station-journal');
  const about = stationJournalAboutSchema.parse(opened.manifest.about);
  expectOk(await readStationJournal(opened, about, null, 'station-journal-not-whole'));
  return jsonOf(opened, stationJournalParts.fates);
}

export function jsonOf({ parts }: Opened, part: string): unknown {
  return JSON.parse(readFileSync(parts.get(part)?.file ?? '', 'utf8'));
}
