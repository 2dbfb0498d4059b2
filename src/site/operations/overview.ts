import type { Refusal } from '../../base/result.ts';
import { acceptedLocks } from '../../exam/lock/site-locks.ts';
import { releaseAt, releaseGate } from '../../exam/project/release.ts';
import { sessionOfNow } from '../../exam/session/session-of-now.ts';
import type { FrameSession, FrameView, IndicatorView } from '../../node/contract.ts';
import { ownIndicators } from '../../node/indicators.ts';
import type { Served } from '../../node/reachable.ts';
import { toReplace } from '../distribution/newest-programs.ts';
import type { SiteMonitor, SiteOverview, SiteRoom, SiteSession } from '../contract.ts';
import { knownLocks } from '../locks/known-locks.ts';
import { sealCheckSchema } from '../seal-check/seal-check.ts';
import { lockProblem, packageOf, roomRows, statusesOf, type Site } from '../site.ts';
import { siteSteps } from './steps.ts';

const silentMs = 15_000;
const wrongClockMs = 60_000;
const noCounts = {
  expected: 0,
  signedIn: 0,
  inExam: 0,
  handedIn: 0,
  absent: 0,
  away: 0,
  extraTime: 0,
  violations: 0,
  resumed: 0,
};

export function siteSessions(site: Site): SiteSession[] {
  const [first] = roomRows(site);
  if (!first) return [];
  const now = site.node.clock.now();
  const time = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return packageOf(site, first).sessions.map((session): SiteSession => {
    const row = site.node.db
      .prepare(
        'SELECT received_at, calibrated_at, verified_at, carried_at FROM authorisation WHERE session_id = ?',
      )
      .get(session.id);
    const opensAt = releaseAt(session);
    const due = releaseGate(session, now);
    return {
      sessionId: session.id,
      number: session.number,
      name: session.name,
      startAt: session.startAt,
      durationMin: session.subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
      authorisedAt: time(row?.['received_at']),
      calibratedAt: time(row?.['calibrated_at']),
      verifiedAt: time(row?.['verified_at']),
      carriedAt: time(row?.['carried_at']),
      releaseAt: opensAt,
      calibrate: !row
        ? { allowed: false, reason: { type: 'site-not-authorised' } }
        : due.ok || time(row['carried_at']) !== null
          ? { allowed: true }
          : { allowed: false, reason: due.refusal, opensAt },
    };
  });
}

export function overview(site: Site): SiteOverview {
  const rooms = roomRows(site);
  const sessions = siteSessions(site);
  const [exam, membership] = [site.exam(), site.membership()];
  const now = site.node.clock.now();
  return {
    registered: membership !== null,
    centreAddress: membership?.centreAddress ?? null,
    steps: siteSteps({
      loaded: exam !== null,
      newest: exam?.newest ?? null,
      rooms: rooms.length,
      registered: rooms.filter((room) => room.registered_at !== null).length,
      sessions: sessions.length,
      authorised: sessions.filter((session) => session.authorisedAt !== null).length,
      verified: sessions.filter((session) => session.verifiedAt !== null).length,
      toVerify: sessions.filter(
        (session) => session.verifiedAt === null && session.releaseAt <= now && now < endOf(session),
      ).length,
      sealCheckPassed: site.node.settings.read('seal-check', sealCheckSchema)?.passed ?? null,
    }),
    exam:
      exam && membership
        ? {
            projectName: membership.project.name,
            mode: membership.project.mode,
            publishedAt: exam.publishedAt,
            importedAt: exam.importedAt,
            checkedAt: exam.checkedAt,
            newest: exam.newest,
            rooms: rooms.map((room) => {
              const { sessions } = packageOf(site, room);
              return {
                roomCode: room.code,
                sessions: sessions.length,
                loadedAt: room.loaded_at,
                candidates: sessions.reduce((sum, session) => sum + session.candidates.length, 0),
              };
            }),
          }
        : null,
    sessions,
  };
}

export function siteRooms(site: Site): SiteRoom[] {
  return roomRows(site).map((room) => {
    const check = room.seal_check === null ? null : sealCheckSchema.parse(JSON.parse(room.seal_check));
    return {
      roomCode: room.code,
      name: room.name,
      sessions: packageOf(site, room).sessions.map((session) => ({
        sessionId: session.id,
        number: session.number,
        candidates: session.candidates.length,
        firstNumber: session.candidates[0]?.admissionNumber ?? '',
        lastNumber: session.candidates.at(-1)?.admissionNumber ?? '',
      })),
      registrationCode: room.registration_code,
      registeredAt: room.registered_at,
      address: room.address,
      lastContact: room.last_contact,
      sealCheckedAt: check?.at ?? null,
      sealCheckPassed: check?.passed ?? null,
      sealChecks: check?.checks ?? [],
      note: room.note,
    };
  });
}

export function monitor(site: Site): SiteMonitor {
  const now = site.node.clock.now();
  return {
    at: now,
    sessions: siteSessions(site).map(({ sessionId, number, name, startAt }) => ({
      sessionId,
      number,
      name,
      startAt,
    })),
    rooms: roomRows(site).flatMap((room) => {
      const statuses = statusesOf(room);
      return packageOf(site, room).sessions.map((session) => {
        const status = statuses.find((one) => one.sessionId === session.id);
        return {
          roomCode: room.code,
          sessionId: session.id,
          address: room.address,
          connected: room.last_contact !== null && now - room.last_contact < silentMs,
          lastContact: room.last_contact,
          stages: status?.stages ?? {
            registeredAt: room.registered_at,
            loadedAt: room.loaded_at,
            sealCheckedAt: null,
            sealCheckPassed: null,
            authorisedAt: null,
            startedAt: null,
            endedAt: null,
            reportedAt: null,
          },
          counts: status?.counts ?? { ...noCounts, expected: session.candidates.length },
        };
      });
    }),
  };
}

const endOf = ({ startAt, durationMin }: SiteSession): number => startAt + durationMin * 60_000;

function shownSession(site: Site): FrameSession | null {
  const statuses = roomRows(site).flatMap(statusesOf);
  const session = sessionOfNow(
    siteSessions(site),
    ({ sessionId }) => statuses.flatMap((status) => (status.sessionId === sessionId ? status.stages : [])),
    site.node.clock.now(),
  );
  return session
    ? { name: session.name, startAt: session.startAt, startsAt: null, endsAt: null, endedAt: null }
    : null;
}

/** Nothing that this lock would open can be opened: said above every page. */
export function revokedNotice(site: Site): Refusal | null {
  const lock = site.lock();
  return !lock.ok && lock.refusal.type === 'lock-revoked' ? lock.refusal : null;
}

/** Another lock helps where there is one: not against a library that starts, a PIN or a drive that is looked for. */
function lockRemedy(site: Site, { type }: Refusal): Refusal {
  const inUse = site.setup()?.lockSerial;
  if (type === 'site-set-up-without-lock') return { type: 'ask-for-a-lock' };
  const reserve = acceptedLocks(knownLocks(site)).some(({ serial }) => serial !== inUse);
  if (type === 'lock-revoked') return { type: reserve ? 'choose-the-reserve' : 'ask-for-a-lock' };
  return { type: reserve && type !== 'token-looked-for' ? 'insert-the-lock-or-choose' : 'insert-the-lock' };
}

/** Set up without one, and no exam on computers is here. */
function needsNoLock(site: Site): boolean {
  return site.setup()?.lockKind === 'none' && site.exam() === null;
}

function lockIndicator(site: Site): IndicatorView {
  const [lock, problem] = [site.lock(), lockProblem(site)];
  return {
    id: 'lock',
    state: problem === null ? 'passed' : 'failed',
    values: { serial: lock.ok ? lock.value.serial : null },
    ...(problem === null ? {} : { reason: problem, remedy: lockRemedy(site, problem) }),
  };
}

export async function frame(site: Site, served: Served): Promise<FrameView> {
  const [setup, membership] = [site.setup(), site.membership()];
  const link = site.link?.uplink.state;
  const offset = link?.clockOffsetMs ?? null;
  const wrongClock = offset !== null && Math.abs(offset) >= wrongClockMs;
  const more: IndicatorView[] = [
    { id: 'exchange', state: 'passed', values: { address: served.addresses[0] ?? null } },
    {
      id: 'parent',
      state: link?.online ? 'passed' : 'warning',
      values: { lastContact: link?.lastContact ?? null, address: membership?.centreAddress ?? null },
      ...(link?.online
        ? {}
        : {
            reason: link?.problem ?? { type: 'site-not-registered-at-centre' },
            remedy: { type: 'use-files-or-wait-for-network' },
          }),
    },
    ...(needsNoLock(site) ? [] : [lockIndicator(site)]),
    {
      id: 'clock',
      state: offset === null ? 'warning' : wrongClock ? 'failed' : 'passed',
      values: { offset: offset === null ? null : Math.round(offset) },
      ...(offset === null
        ? { reason: { type: 'clock-not-compared' }, remedy: { type: 'connect-to-centre' } }
        : wrongClock
          ? {
              reason: { type: 'clock-wrong', offsetMs: Math.round(offset) },
              remedy: { type: 'set-the-clock' },
            }
          : {}),
    },
    {
      id: 'outbox',
      state: (link?.pending ?? 0) === 0 ? 'passed' : 'warning',
      values: { pending: link?.pending ?? 0 },
    },
  ];
  return {
    role: 'site',
    code: setup?.siteCode ?? null,
    name: membership?.siteName ?? null,
    mode: setup?.mode ?? null,
    addresses: [...served.addresses],
    now: site.node.clock.now(),
    supportPhone: membership?.project.supportPhone ?? null,
    session: shownSession(site),
    indicators: [...(await ownIndicators(site.node, served.port, toReplace(site))), ...more],
  };
}
