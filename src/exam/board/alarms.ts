/**
 * What somebody at the centre has to see to at a site. An alarm is computed from what is known and has no state of its own: the same facts
 * give the same alarm with the same beginning after a restart and in every process, and what ends and happens again begins at another time.
 */
import * as z from 'zod';
import type { Policy } from '../project/policy.ts';
import { releaseAt } from '../project/release.ts';
import type { KnownSite, SiteInSession } from './site-facts.ts';

const minuteMs = 60_000;
const time = z.number().int();

/** In the order in which they are to be seen to. */
export const alarmKinds = [
  'start-late',
  'seal-check-failed',
  'code-not-issued',
  'silent',
  'load-late',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Rooms or codes beyond these are not named. */
const namedAtMost = 100;

export const foundAlarmSchema = z.object({
  kind: z.enum(alarmKinds),
  since: time,
  /** Rooms that it is about, or requests of codes; none: the site as a whole. */
  about: z.array(z.string().max(140)).max(namedAtMost),
});
export type FoundAlarm = z.infer<typeof foundAlarmSchema>;

export const acknowledgedSchema = z.object({ at: time, by: z.string(), note: z.string() });
export const alarmSchema = foundAlarmSchema.extend({ acknowledged: acknowledgedSchema.nullable() });
export type Alarm = z.infer<typeof alarmSchema>;
export type Acknowledgement = FoundAlarm & z.infer<typeof acknowledgedSchema>;

/** A site says hello every few seconds: a minute is no lost packet any more, and early enough to call. */
export const silentMs = minuteMs;
/** An hour before the first thing of the session can happen: rooms load in minutes, the rest is for the telephone and for somebody who drives there. */
const loadedBeforeMs = 60 * minuteMs;
/** What is published in the last moment needs its time to get there. */
const fetchMs = 15 * minuteMs;
/** Where the policy closes the start at once: the countdown, and an invigilator who waits for the last candidate at the door. */
const startGraceMs = 5 * minuteMs;
/** Results are handed up on the day of the exam; afterwards a site may be switched off. */
const afterMs = 12 * 60 * minuteMs;

export interface WatchedSession {
  readonly startAt: number;
  readonly durationMin: number;
  readonly policy: Pick<Policy, 'releaseBeforeMin' | 'signInOpensBeforeMin' | 'startClosesAfterMin'>;
}

/** When sites have to be reachable for a session, and have loaded it. */
export function watchedFrom(session: WatchedSession): number {
  const signInAt = session.startAt - session.policy.signInOpensBeforeMin * minuteMs;
  return Math.min(releaseAt(session), signInAt) - loadedBeforeMs;
}

export function watchedUntil({ startAt, durationMin }: WatchedSession): number {
  return startAt + durationMin * minuteMs + afterMs;
}

/** From then on a room that has not started is late: no start without a code is possible any more. */
export function startDueAt({ startAt, policy }: WatchedSession): number {
  return startAt + Math.max(policy.startClosesAfterMin * minuteMs, startGraceMs);
}

export interface AlarmSources {
  readonly site: KnownSite;
  readonly told: SiteInSession;
  readonly session: WatchedSession;
  /** Newest publication of the project; null: none. */
  readonly newest: { readonly number: number; readonly at: number } | null;
  /** Codes of this session and site that were used and that nobody issued or answered for. */
  readonly codesNotIssued: readonly { readonly name: string; readonly usedAt: number }[];
}

export function alarmsOf(sources: AlarmSources, now: number): FoundAlarm[] {
  const { told, codesNotIssued } = sources;
  const found: FoundAlarm[] = [];
  const add = (kind: AlarmKind, since: number, about: readonly string[] = []): void => {
    found.push({ kind, since, about: about.slice(0, namedAtMost) });
  };
  const { all, ended, reported } = told.facts.rooms;
  const over = now > watchedUntil(sources.session) || (all > 0 && ended >= all);

  const late = startLate(sources, now);
  if (late !== null) add('start-late', late, told.notStarted);
  if (told.failedChecks.length > 0 && !over)
    add(
      'seal-check-failed',
      Math.max(...told.failedChecks.map(({ at }) => at)),
      told.failedChecks.flatMap(({ room }) => room ?? []),
    );
  if (codesNotIssued.length > 0)
    add(
      'code-not-issued',
      Math.min(...codesNotIssued.map(({ usedAt }) => usedAt)),
      codesNotIssued.map(({ name }) => name),
    );
  const silent = silentSince(sources, now);
  if (silent !== null && !(all > 0 && reported >= all)) add('silent', silent);
  const unloaded = loadLate(sources, now);
  if (unloaded !== null && !over) add('load-late', unloaded);
  return found;
}

function startLate({ site, told, session }: AlarmSources, now: number): number | null {
  const dueAt = startDueAt(session);
  // Of a site that was not heard since, nobody knows: it is silent, and its rooms may well be at work.
  const heard = site.lastContact !== null && site.lastContact >= dueAt;
  const watched = now >= dueAt && now <= watchedUntil(session);
  return watched && heard && told.notStarted.length > 0 ? dueAt : null;
}

function silentSince({ site, session }: AlarmSources, now: number): number | null {
  const last = site.lastContact ?? site.registeredAt;
  // One that never registered has not loaded either, which is said instead.
  if (last === null || now < watchedFrom(session) || now > watchedUntil(session)) return null;
  const since = Math.max(last + silentMs, watchedFrom(session));
  return now >= since ? since : null;
}

function loadLate({ told, session, newest }: AlarmSources, now: number): number | null {
  if (newest === null) return null;
  const { loadedAt, publication } = told.facts;
  const behind = loadedAt === null || (publication !== null && publication < newest.number);
  const since = Math.max(watchedFrom(session), newest.at + fetchMs);
  return behind && now >= since ? since : null;
}

/**
 * @returns the alarms with who has acknowledged them. An acknowledgement holds for what was there when it was given: for the same
 * beginning, and for no room or code that came later.
 */
export function withAcknowledgements(
  found: readonly FoundAlarm[],
  given: readonly Acknowledgement[],
): Alarm[] {
  return found.map((alarm) => {
    const one = given.find((each) => covers(each, alarm));
    return { ...alarm, acknowledged: one ? { at: one.at, by: one.by, note: one.note } : null };
  });
}

export function covers(given: FoundAlarm, alarm: FoundAlarm): boolean {
  return (
    given.kind === alarm.kind &&
    given.since === alarm.since &&
    alarm.about.every((one) => given.about.includes(one))
  );
}
