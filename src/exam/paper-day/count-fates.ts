/** What a station's journal says of its day, in figures: for the site that takes it and the centre that keeps it. Browser-safe. */
import { printFatesSchema, scanFatesSchema, voiceFatesSchema } from './parcels.ts';
import type { StationKind } from './site-day.ts';

/** @param said `fates.json`. null: it is not what such a station says */
export function countFates(kind: StationKind, said: unknown): Record<string, number> | null {
  if (kind === 'print') {
    const fates = printFatesSchema.safeParse(said);
    if (!fates.success) return null;
    const of = (fate: string): number => fates.data.kits.filter((kit) => kit.fate === fate).length;
    return {
      good: of('good'),
      spoiled: of('spoiled'),
      unused: of('unused'),
      additional: fates.data.additional.length,
    };
  }
  if (kind === 'scan') {
    const fates = scanFatesSchema.safeParse(said);
    if (!fates.success) return null;
    const { rooms } = fates.data;
    return {
      rooms: rooms.length,
      pages: rooms.reduce((sum, room) => sum + room.pages.length, 0),
      packages: rooms.reduce((sum, room) => sum + room.packages.length, 0),
    };
  }
  const fates = voiceFatesSchema.safeParse(said);
  return fates.success
    ? { takes: fates.data.candidates.reduce((sum, { takes }) => sum + takes.length, 0) }
    : null;
}
