import type { StepView } from '../../node/contract.ts';

/** A project's steps with their marks, from what the centre knows; nothing is ticked by hand. */
export function projectSteps(known: {
  sessions: number;
  candidates: number;
  papersMissing: number;
  published: boolean;
  changedSince: boolean;
  sites: number;
  registered: number;
  /** Authorisations, one per session and site. */
  prepared: number;
}): StepView[] {
  const done: [id: string, done: boolean, warning?: StepView['reason']][] = [
    ['sessions', known.sessions > 0],
    ['roster', known.candidates > 0],
    ['papers', known.sessions > 0 && known.papersMissing === 0],
    [
      'publish',
      known.published && !known.changedSince,
      known.changedSince ? { type: 'changed-since-publication' } : undefined,
    ],
    ['sites', known.sites > 0 && known.registered === known.sites],
    ['release', known.registered > 0 && known.prepared >= known.sessions * known.registered],
  ];
  const current = done.findIndex(([, is]) => !is);
  return done.map(([id, is, warning], i) => ({
    id,
    state: is ? 'done' : warning ? 'warning' : i === current ? 'current' : 'waiting',
    ...(warning ? { reason: warning } : {}),
  }));
}
