import * as z from 'zod';
import { browserExamKeysSchema } from '../exam-browser/proof.ts';
import { requirementsSchema } from '../environment/requirements.ts';

const minutes = (least: number, most: number, usual: number) =>
  z.number().int().min(least).max(most).default(usual);

/** What is allowed when in a session. Every value has the field's usual default. */
export const policySchema = z.object({
  /** Sign-in opens this long before the start. */
  signInOpensBeforeMin: minutes(0, 240, 30),
  /** "Allow start" is possible from this long before the start … */
  startOpensBeforeMin: minutes(0, 120, 5),
  /** … until this long after it; later by code. */
  startClosesAfterMin: minutes(0, 240, 15),
  countdownS: z.number().int().min(0).max(600).default(60),
  /** Who comes later than this after the start needs a code; absences can be registered from then on. */
  lateLimitMin: minutes(0, 600, 30),
  earliestHandInMin: minutes(0, 600, 60),
  /** Extra time that the invigilator may give without a code, in all. */
  freeExtraTimeMin: minutes(0, 600, 10),
  /** Whether a late candidate's time counts from the session's start or from the own one. */
  lateCandidateClock: z.enum(['session', 'own']).default('session'),
  codesIssuedBy: z.enum(['centre', 'site', 'nobody']).default('centre'),
  reinitialiseAllowed: z.boolean().default(true),
  /** The centre discloses the release secret this long before the start. */
  releaseBeforeMin: minutes(0, 1440, 60),
  /** The centre expects a room's result this long after the session's end; then it counts as late. */
  resultsDueAfterMin: minutes(0, 10_080, 120),
  /** What a room does when its site is away. */
  withoutSite: z.enum(['go-on', 'read-only']).default('go-on'),
  awayAfterS: z.number().int().min(3).max(600).default(10),
  storageMinGB: z.number().min(0).max(10_000).default(5),
  /** In what the candidate's screen must run: any browser, or Safe Exam Browser with the room's settings. */
  browser: z.enum(['any', 'seb']).default('any'),
  /** Browser Exam Keys of the versions of Safe Exam Browser that are allowed, besides those entered in the room; none at all: any version. */
  browserExamKeys: browserExamKeysSchema.default([]),
  /** What every seat must have. */
  environment: requirementsSchema.prefault({}),
});
export type Policy = z.infer<typeof policySchema>;

export const defaultPolicy: Policy = policySchema.parse({});

const minuteMs = 60_000;

/** The session's day, for a preview and for the room's clockwork. Times in ms. */
export function timeline(session: {
  startAt: number;
  durationMin: number;
  policy: Policy;
}): { what: TimelineMark; at: number }[] {
  const { startAt, durationMin, policy } = session;
  return [
    { what: 'release', at: startAt - policy.releaseBeforeMin * minuteMs },
    { what: 'sign-in-opens', at: startAt - policy.signInOpensBeforeMin * minuteMs },
    { what: 'start-opens', at: startAt - policy.startOpensBeforeMin * minuteMs },
    { what: 'start', at: startAt },
    { what: 'start-closes', at: startAt + policy.startClosesAfterMin * minuteMs },
    { what: 'late-limit', at: startAt + policy.lateLimitMin * minuteMs },
    { what: 'earliest-hand-in', at: startAt + policy.earliestHandInMin * minuteMs },
    { what: 'end', at: startAt + durationMin * minuteMs },
  ];
}

export type TimelineMark =
  | 'release'
  | 'sign-in-opens'
  | 'start-opens'
  | 'start'
  | 'start-closes'
  | 'late-limit'
  | 'earliest-hand-in'
  | 'end';
