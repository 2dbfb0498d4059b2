/**
 * The end of printing: every kit has a verdict, the materials are closed and removed, and END_PRINT is made once and kept. What is written to a second
 * stick is the same file: one number never names two different things.
 */
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { putOnStick } from '../../node/stick/put-on-stick.ts';
import type { PrintRun } from '../../exam/paper-day/print-run.ts';
import { makeJournal } from '../closing/make-journal.ts';
import { materialsPath } from '../materials/load-materials.ts';
import { notReady, settingNames, type Station } from '../station.ts';
import type { PrintDesk } from './desk.ts';
import { endSchema, fatesOf, wantedHere } from './end.ts';
import { printProtocol } from './protocol.ts';
import { tellSteps } from './test-print.ts';

const closingSchema = z.object({
  eventId: z.string(),
  closing: z.number().int(),
  fileName: z.string(),
  /** In the folder `closings`. */
  file: z.string(),
  madeAt: z.number().int(),
  /** When it was written to a stick and read back the same. */
  writtenAt: z.number().int().nullable(),
});
export type Closing = z.infer<typeof closingSchema>;

/** null: nothing is finished here yet. */
export function closingHere(station: Station): Closing | null {
  const closing = station.node.settings.read(settingNames.printClosing, closingSchema);
  return closing !== null && closing.eventId === station.materials()?.event.id ? closing : null;
}

/**
 * @param short why fewer kits are good than the room was to have
 * @returns refusals of `notReady`, `materials-missing`, `key-not-activated` (what was printed is told with its numbers), `printing-under-way`, those of the run.
 */
export async function finishPrinting(
  station: Station,
  desk: PrintDesk,
  short: string,
): Promise<Result<void>> {
  const missing = notReady(station);
  if (missing) return refuse(missing);
  if (!station.materials()) return refuse({ type: 'materials-missing' });
  if (desk.busy) return refuse({ type: 'printing-under-way', kits: Math.max(1, desk.queue.length) });
  const run = desk.book.run();
  if (!run.finished) {
    // Nothing is told without its numbers.
    const fates = fatesOf(station, run);
    if (!fates.ok) return fates;
    const entered = await desk.book.do(
      { do: 'finish', short: short.trim(), wanted: wantedHere(station) },
      (atTheEnd) => payloadOf(station, atTheEnd),
    );
    if (!entered.ok) return entered;
  }
  return close(station, desk);
}

function payloadOf(station: Station, run: PrintRun): Result<JsonValue> {
  const fates = fatesOf(station, run);
  if (!fates.ok) return fates;
  const kept = station.day()?.plan.keptAfterwards === true;
  return ok(z.json().parse({ fates: fates.value, kept, token: run.token }));
}

/** What the end leaves to do; again after a kill in the middle of it. Does nothing where nothing is finished. */
export function close(station: Station, desk: PrintDesk): Promise<Result<void>> {
  return desk.alone(() => closeNow(station, desk));
}

async function closeNow(station: Station, desk: PrintDesk): Promise<Result<void>> {
  const finished = desk.book.finished();
  const materials = station.materials();
  if (!finished || !materials) return ok();
  const end = endSchema.parse(finished.payload);
  if (!(await isWhole(station, closingHere(station)))) {
    const made = await makeJournal(station, end.fates, end.token);
    if (!made.ok) return made;
    await mkdir(closings(station), { recursive: true });
    const file = `${newId()}.dat`;
    await rename(made.value.file, join(closings(station), file));
    const { closing, fileName } = made.value;
    const now = station.node.clock.now();
    const kept: Closing = {
      eventId: materials.event.id,
      closing,
      fileName,
      file,
      madeAt: now,
      writtenAt: null,
    };
    station.node.settings.write(settingNames.printClosing, kept);
  }
  if (station.day() !== null) station.openDay(null);
  if (!end.kept && materials.removedAt === undefined) {
    await rm(materialsPath(station, materials), { force: true });
    station.node.settings.write(settingNames.materials, {
      ...materials,
      removedAt: station.node.clock.now(),
    });
  }
  tellSteps(station, desk);
  return ok();
}

function closings({ node }: Station): string {
  return join(node.data, 'closings');
}

async function isWhole(station: Station, closing: Closing | null): Promise<boolean> {
  if (!closing) return false;
  return stat(join(closings(station), closing.file)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** END_PRINT and the protocol for people. Refusals: `printing-not-finished`, those of `putOnStick`. */
export async function writeClosing(
  station: Station,
  desk: PrintDesk,
  drive: string,
  language: 'en' | 'zh' | 'ru',
): Promise<Result<{ path: string }>> {
  if (!desk.book.run().finished) return refuse({ type: 'printing-not-finished' });
  const closed = await close(station, desk);
  if (!closed.ok) return closed;
  const closing = closingHere(station);
  const protocol = await printProtocol(station, desk, language);
  if (!closing || !protocol.ok) return protocol.ok ? refuse({ type: 'printing-not-finished' }) : protocol;
  const [journal, paper] = [join(station.node.staging, newId()), join(station.node.staging, newId())];
  await copyFile(join(closings(station), closing.file), journal);
  await writeFile(paper, protocol.value);
  const fileName = closing.fileName.replace(/\.dat$/, '.pdf');
  const written = await putOnStick(station, drive, 'stations', { file: journal, fileName: closing.fileName });
  if (!written.ok) {
    await rm(paper, { force: true });
    return written;
  }
  const onPaper = await putOnStick(station, drive, 'stations', { file: paper, fileName });
  if (!onPaper.ok) return onPaper;
  station.node.settings.write(settingNames.printClosing, { ...closing, writtenAt: station.node.clock.now() });
  station.stepsDone.add('finish');
  station.changed.notify();
  return written;
}
