import type { StepView } from '../../node/contract.ts';

/** The five steps with their marks, from what the site knows; nothing is ticked by hand. */
export function siteSteps(known: {
  loaded: boolean;
  newest: boolean | null;
  rooms: number;
  registered: number;
  sessions: number;
  authorised: number;
  verified: number;
  /** Sessions that are not over, whose paper may be released by now and is not verified here. */
  toVerify: number;
  sealCheckPassed: boolean | null;
}): StepView[] {
  const done: [id: string, done: boolean, failed?: StepView['reason']][] = [
    [
      'load',
      known.loaded && known.newest !== false,
      known.newest === false ? { type: 'newer-publication' } : undefined,
    ],
    ['rooms', known.rooms > 0 && known.registered === known.rooms],
    ['authorise', known.sessions > 0 && known.authorised === known.sessions],
    [
      'seal-check',
      known.sealCheckPassed === true,
      known.sealCheckPassed === false ? { type: 'seal-check-failed' } : undefined,
    ],
    // Each session has its own time: what is not due yet leaves nothing to do.
    ['verify', known.verified > 0 && known.toVerify === 0],
  ];
  const current = done.findIndex(([, is]) => !is);
  return done.map(([id, is, failed], i) => ({
    id,
    state: is ? 'done' : failed ? 'failed' : i === current ? 'current' : 'waiting',
    ...(failed ? { reason: failed } : {}),
  }));
}
