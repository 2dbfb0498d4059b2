/** What each kind of station does once its materials are open, in order. */
import type { StationKind } from '../../exam/paper-day/site-day.ts';
import { ScanCarryStep } from './scan/carry-step.tsx';
import { ScanJournalsStep } from './scan/journals-step.tsx';
import { ScanRoomsStep } from './scan/rooms-step.tsx';
import type { StationStep } from './station-page.tsx';

export const kindSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: [],
  voice: [],
  // What is done here is never over: a journal may come late, a room may be opened again.
  scan: [
    { id: 'scan-journals', page: ScanJournalsStep, done: () => false },
    { id: 'scan-rooms', page: ScanRoomsStep, done: () => false },
    { id: 'scan-carry', page: ScanCarryStep, done: () => false },
  ],
};
