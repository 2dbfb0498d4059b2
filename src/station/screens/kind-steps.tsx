/** What each kind of station does of its own, in order. */
import type { StationKind } from '../../exam/paper-day/site-day.ts';
import { ScanCarryStep } from './scan/carry-step.tsx';
import { ScanJournalsStep } from './scan/journals-step.tsx';
import { ScanRoomsStep } from './scan/rooms-step.tsx';
import type { Readiness } from '../../exam/paper-day/parcels.ts';
import { printerSteps, printSteps } from './print/steps.ts';
import type { StationClient, StationStep } from './station-page.tsx';

/** Before the site admits it: what it is tried with. */
export const firstSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: printerSteps,
  voice: [],
  scan: [],
};

/** Once its materials are open. */
export const kindSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: printSteps,
  voice: [],
  // What is done here is never over: a journal may come late, a room may be opened again.
  scan: [
    { id: 'scan-journals', page: ScanJournalsStep, done: () => false },
    { id: 'scan-rooms', page: ScanRoomsStep, done: () => false },
    { id: 'scan-carry', page: ScanCarryStep, done: () => false },
  ],
};

/** What was tried, for the site. */
export const readinessOf: Readonly<
  Record<StationKind, (station: StationClient) => Promise<Readiness['checks']>>
> = {
  print: (station) => station.print.test.checks(),
  voice: () => Promise.resolve([]),
  scan: () => Promise.resolve([]),
};
