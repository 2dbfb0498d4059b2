/** What the end of printing says: entered with it for good, so that nothing else is needed to tell it again. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { printFatesSchema, type PrintFates } from '../../exam/paper-day/parcels.ts';
import type { PrintRun } from '../../exam/paper-day/print-run.ts';
import type { Station } from '../station.ts';
import type { PrintDesk } from './desk.ts';
import { roomHere } from './print-settings.ts';

/** Of the entry of the end, which has it for good: the plan is not needed any more. */
export const endSchema = z.object({
  fates: printFatesSchema,
  kept: z.boolean(),
  token: z.string().nullable(),
});

/** Good kits that are to be here at the end. A reserve station owes nobody any. */
export function wantedHere(station: Station): number {
  const room = station.settings()?.room ?? null;
  return room === null ? 0 : (station.materials()?.rooms.find((one) => one.room === room)?.kits ?? 0);
}

/** Refusal: `key-not-activated`. */
export function fatesOf(station: Station, run: PrintRun): Result<PrintFates> {
  const plan = station.day()?.plan;
  const used = [...run.kits.values()].some(({ fate }) => fate !== 'planned');
  const given = [...run.additional].filter(([, room]) => room !== null);
  // The numbers of what was printed are in the plan; a station that printed nothing needs none.
  if (!plan && (used || given.length > 0)) return refuse({ type: 'key-not-activated' });
  const planned = new Map(plan?.kits.map((kit) => [kit.kit, kit]));
  const sheets = new Map(plan?.additional.map((sheet) => [sheet.number, sheet]));
  return ok({
    v: 1,
    kits: [...run.kits.values()].map(({ kit, room, fate, copy, replaces, reason }) => ({
      kit,
      room: room ?? planned.get(kit)?.room ?? '',
      fate: fate === 'good' || fate === 'spoiled' ? fate : 'unused',
      copy,
      replaces,
      reason,
      // What was not printed here may be printed elsewhere.
      sheets: fate === 'planned' ? [] : (planned.get(kit)?.sheets ?? []),
    })),
    additional: given.flatMap(([number, room]) => {
      const sheet = sheets.get(number);
      return sheet ? [{ ...sheet, room: room ?? roomHere(station) ?? '' }] : [];
    }),
  });
}

export function endOf(desk: PrintDesk): z.infer<typeof endSchema> | null {
  const finished = desk.book.finished();
  return finished && endSchema.parse(finished.payload);
}
