/** What the day is about: one event, one site, two rooms. Everything that happens is said here, and nothing by chance. */
import type { EventInput } from '../../src/centre/events/contract.ts';
import { usualComposition } from '../../src/exam/form/composition.ts';

export const siteCode = '0801';
export const roomCodes = ['0001', '0002'] as const;
export type RoomCode = (typeof roomCodes)[number];

export const rooms: Readonly<Record<RoomCode, { readonly kits: number; readonly absent: number }>> = {
  '0001': { kits: 5, absent: 1 },
  '0002': { kits: 4, absent: 0 },
};
/** In each room, beyond the kits for candidates. */
export const reserves = 3;
export const additionalSheets = 2;
export const variants = [1, 2];

export function eventOf(today: Date): EventInput {
  return {
    code: 'matem',
    name: 'Математика, основной день',
    subject: { code: '02', name: 'Математика', latin: 'matem' },
    date: `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`,
    stage: '01',
    composition: [...usualComposition],
    protocolDueH: 24,
  };
}
