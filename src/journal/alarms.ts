/** The entries that say for good that a disk was put back, and what became of it. An epoch begins with them, behind its opening. */
import * as z from 'zod';
import type { Draft, Entry } from './entry.ts';

/** What was found, chain by chain. */
export interface RolledBack {
  readonly origin: string;
  readonly epoch: string;
  /** Where this disk stood. */
  readonly hereSeq: number;
  /** Where the parent stands. */
  readonly parentSeq: number;
  /** Entries that came back from the parent; 0: the epoch was left. */
  readonly restored: number;
  /** Entries that were kept again in the new epoch. */
  readonly carried: number;
}

const alarmSchema = z.object({
  epoch: z.string(),
  hereSeq: z.number().int(),
  parentSeq: z.number().int(),
  restored: z.number().int(),
  carried: z.number().int(),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const alarmKind = 'disk-rolled-back';

export function alarm({ epoch, hereSeq, parentSeq, restored, carried }: RolledBack): Draft {
  return {
    kind: alarmKind,
    subject: 'journal',
    data: { epoch, hereSeq, parentSeq, restored, carried },
  };
}

/** The alarms with which an epoch begins. @param entries of that epoch, from its opening on; read no further than needed. */
export function alarmsIn(entries: Iterable<Entry>): Alarm[] {
  const alarms: Alarm[] = [];
  for (const { kind, place, data } of entries) {
    if (place.seq === 1) continue;
    if (kind !== alarmKind) break;
    alarms.push(alarmSchema.parse(data));
  }
  return alarms;
}

/** Whether all is here that an epoch said again: one that came back in part may lack some of it. @param seq of its head */
export function saidAll(entries: Iterable<Entry>, seq: number): boolean {
  const alarms = alarmsIn(entries);
  return seq >= 1 + alarms.length + alarms.reduce((sum, { carried }) => sum + carried, 0);
}
