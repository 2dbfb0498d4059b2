/** What each kind of station does of its own, in order. */
import type { StationKind } from '../../exam/paper-day/site-day.ts';
import { ScanCarryStep } from './scan/carry-step.tsx';
import { ScanJournalsStep } from './scan/journals-step.tsx';
import { ScanRoomsStep } from './scan/rooms-step.tsx';
import type { Readiness } from '../../exam/paper-day/parcels.ts';
import type { Text } from '../../ui/text.ts';
import { RemainsStep } from './remains-step.tsx';
import { printerSteps, printSteps } from './print/steps.ts';
import type { StationClient, StationStep } from './station-page.tsx';
import { VoiceEndStep } from './voice/end-step.tsx';
import { MicrophoneStep } from './voice/microphone-step.tsx';
import { SpeakingStep } from './voice/speaking-step.tsx';
import { voiceChecks } from './voice/voice-checks.ts';

/** Before the site admits it: what it is tried with. */
export const firstSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: printerSteps,
  voice: [{ id: 'microphone', page: MicrophoneStep, done: ({ microphoneHeard }) => microphoneHeard }],
  scan: [],
};

const remainsStep: StationStep = {
  id: 'remains',
  page: RemainsStep,
  done: ({ materials }) => (materials?.removedAt ?? null) !== null,
};

/** Once its materials are open. */
export const kindSteps: Readonly<Record<StationKind, readonly StationStep[]>> = {
  print: printSteps,
  voice: [
    { id: 'speaking', page: SpeakingStep, done: () => false },
    { id: 'voice-end', page: VoiceEndStep, done: () => false },
    remainsStep,
  ],
  // What is done here is never over: a journal may come late, a room may be opened again.
  scan: [
    { id: 'scan-journals', page: ScanJournalsStep, done: () => false },
    { id: 'scan-rooms', page: ScanRoomsStep, done: () => false },
    { id: 'scan-carry', page: ScanCarryStep, done: () => false },
    remainsStep,
  ],
};

/** What was tried, for the site. */
export const readinessOf: Readonly<
  Record<StationKind, (station: StationClient, t: Text) => Promise<Readiness['checks']>>
> = {
  print: (station) => station.print.test.checks(),
  voice: voiceChecks,
  scan: () => Promise.resolve([]),
};
