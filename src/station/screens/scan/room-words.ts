/** How rooms are called, and how their states look. */
import { siteFormsRoom } from '../../../exam/paper-day/scan-room.ts';
import type { Text } from '../../../ui/text.ts';

/** In the address of the page; the room comes after it. */
export const roomsStep = 'station.scan-rooms';

export const stateMarks = {
  none: { shape: '○', tone: 'grey' },
  open: { shape: '●', tone: 'blue' },
  closed: { shape: '■', tone: 'dark' },
} as const;

export function roomWords(t: Text, room: string): string {
  return room === siteFormsRoom ? t('stationScan.siteForms') : t('stationScan.room', { room });
}
