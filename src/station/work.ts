/** What a station works with, by its kind: each desk is there once, and at the others null. What a kill left undone is done. */
import type { Result } from '../base/result.ts';
import { PrintDesk } from './print/desk.ts';
import { close } from './print/finish.ts';
import { tellSteps } from './print/test-print.ts';
import { goOn, type KeptWork } from './removal/remove.ts';
import { ScanDesk, type ScanParts } from './scan/desk.ts';
import { scanRemains } from './scan/scan-remains.ts';
import type { Station } from './station.ts';
import { createVoice, type Voice } from './voice/voice.ts';
import { voiceRemains } from './voice/voice-remains.ts';

export interface StationWork {
  readonly print: PrintDesk | null;
  readonly voice: Voice | null;
  readonly scan: ScanDesk | null;
  /** What of its work stays here until somebody removes it. */
  readonly kept: KeptWork | null;
}

/** @param scanner of a scan station, which is told what it scans and reads with */
export function openWork(station: Station, scanner: () => ScanParts): StationWork {
  const { kind } = station;
  const print = kind === 'print' ? new PrintDesk(station) : null;
  const voice = kind === 'voice' ? createVoice(station) : null;
  const scan = kind === 'scan' ? new ScanDesk(station, scanner()) : null;
  return workOf(station, { print, voice, scan });
}

/** Around desks that are there already. */
export function workOf(station: Station, desks: Omit<StationWork, 'kept'>): StationWork {
  const { print, voice, scan } = desks;
  const kept = scan ? scanRemains(scan) : voice ? voiceRemains(voice) : null;
  if (print) {
    tellSteps(station, print);
    print.lists.watch();
    finish(station, close(station, print), 'the end was not closed');
  }
  if (kept) finish(station, goOn(station, kept), 'what was to be removed is still here');
  return { ...desks, kept };
}

function finish({ node }: Station, work: Promise<Result<void>>, otherwise: string): void {
  void work.then(
    (done) => {
      if (!done.ok) node.log.error({ refusal: done.refusal }, otherwise);
    },
    (error: unknown) => node.log.error({ error }, otherwise),
  );
}
