/** What each kind of station does once its materials are open, in order. */
import type { StationKind } from '../../exam/paper-day/site-day.ts';
import type { StationStep } from './station-page.tsx';

export const kindSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: [],
  voice: [],
  scan: [],
};
