/** What the invigilator sees: every sitting, the counts, and a toolbar whose buttons are lit when their gate says yes. */
import * as z from 'zod';
import { accommodationsView } from '../accommodation/accommodations-view.ts';
import { sessionGates, statusAt, type Gate } from '../../exam/session/session.ts';
import type { RoomCounts, RoomStatus } from '../../exam/session/room-view.ts';
import { timeLeft } from '../../exam/sitting/sitting-time.ts';
import type { GateView } from '../../node/contract.ts';
import { siteAway } from '../site-away/site-away.ts';
import type { RoomBoard, SittingView } from './contract.ts';
import type { SeatView } from '../seats/contract.ts';
import { goesWithoutCode } from '../codes/codes.ts';
import { screenOf } from '../remote-control/screen-of.ts';
import type { Room } from '../room.ts';

export function seatViews(room: Room): SeatView[] {
  const now = room.node.clock.now();
  return room.seats.all().map((seat) => {
    const heard = room.heard.get(seat.id);
    const online = heard !== undefined && now - heard.at < awayMs(room);
    return {
      seatId: seat.id,
      number: seat.number,
      address: seat.address,
      computer: seat.computer,
      note: seat.note,
      state: seat.approved ? 'approved' : 'announced',
      announcedAt: seat.announcedAt,
      online,
      screen: screenOf(room, seat.id, online),
      lastContact: heard?.at ?? null,
      sittingId: heard?.report.sittingId ?? null,
      screenIn: heard?.report.screenIn ?? 'unknown',
    };
  });
}

function awayMs(room: Room): number {
  const chosen = room.chosen();
  return (chosen === null ? 10 : (room.state.packageSession(chosen)?.policy.awayAfterS ?? 10)) * 1000;
}

export function sittingViews(room: Room, sessionId: string): SittingView[] {
  const { state, node } = room;
  const session = state.packageSession(sessionId);
  if (!session) return [];
  const now = node.clock.now();
  const items = session.subjects[0]?.items ?? 0;
  return session.candidates.map((candidate): SittingView => {
    const context = state.context(candidate.id, now);
    const sitting = state.sitting(candidate.id);
    const answers = state.answers(candidate.id);
    const seat = sitting.seat === null ? null : room.seats.seat(sitting.seat);
    const heard = sitting.seat === null ? undefined : room.heard.get(sitting.seat);
    const silent = sitting.seat !== null && (heard === undefined || now - heard.at > awayMs(room));
    const live = sitting.status === 'signed-in' || sitting.status === 'in-exam';
    const left = context && sitting.status === 'in-exam' ? timeLeft(sitting, context) : null;
    return {
      sittingId: candidate.id,
      subject: 1,
      index: candidate.index,
      admissionNumber: candidate.admissionNumber,
      name: candidate.name,
      state:
        sitting.lockMessage !== null && sitting.status === 'in-exam'
          ? 'locked'
          : live && silent
            ? 'away'
            : sitting.status,
      awaySince: live && silent ? (heard?.at ?? sitting.signedInAt) : null,
      seatId: sitting.seat,
      seatNumber: seat?.number ?? candidate.seatNumber,
      address: seat?.address ?? null,
      answered: [...(answers?.byItem.values() ?? [])].filter((one) =>
        Object.values(one.responses).some(
          (value) => value !== null && (!Array.isArray(value) || value.length > 0) && value !== '',
        ),
      ).length,
      items,
      kept: answers?.kept ?? 0,
      pending: heard?.report.pending ?? 0,
      lastChangeAt: answers?.lastChangeAt ?? null,
      endsAt: left === null ? null : now + left,
      extraTimeMin: sitting.extraTimeMin,
      accommodations: accommodationsView(sitting, candidate),
      extraTimes: sitting.extraTimes.map((one) => ({ ...one })),
      resumes: sitting.resumes.map((one) => ({ ...one })),
      closeReason: sitting.closeReason,
      violations: sitting.violations.map((one) => ({ ...one })),
      collected: sitting.collected,
    };
  });
}

export function counts(views: readonly SittingView[]): RoomCounts {
  const count = (...states: SittingView['state'][]): number =>
    views.filter((view) => states.includes(view.state)).length;
  return {
    expected: views.length,
    signedIn: views.filter((view) => !['not-signed-in', 'absent'].includes(view.state)).length,
    inExam: views.filter((view) => view.endsAt !== null).length,
    handedIn: count('handed-in'),
    absent: count('absent'),
    away: count('away'),
    extraTime: views.filter((view) => view.extraTimeMin > 0).length,
    violations: views.filter((view) => view.violations.length > 0).length,
    resumed: views.filter((view) => view.resumes.length > 0).length,
  };
}

function view(gate: Gate): GateView {
  return gate.allowed
    ? { allowed: true }
    : {
        allowed: false,
        reason: gate.reason,
        ...(gate.opensAt === undefined ? {} : { opensAt: gate.opensAt }),
      };
}

const never: GateView = { allowed: false, reason: { type: 'no-session-chosen' } };

export function board(room: Room): RoomBoard {
  const { state, node } = room;
  const now = node.clock.now();
  const chosen = room.chosen();
  const session = chosen === null ? null : state.packageSession(chosen);
  const content = state.package;
  if (!session || !content) {
    return {
      at: now,
      session: null,
      toolbar: {
        authorise: never,
        allowSignIn: never,
        allowStart: never,
        absence: never,
        violation: never,
        exceptions: never,
        singleCollection: never,
        answerPackage: never,
        end: never,
        report: never,
      },
      next: { type: content ? 'choose-session' : 'load-the-exam' },
      counts: counts([]),
      sittings: [],
    };
  }
  const own = state.session(session.id);
  const status = statusAt(own, now);
  const sittings = sittingViews(room, session.id);
  const open = sittings.filter(
    (one) => !['handed-in', 'absent'].includes(one.state) && !(one.state === 'closed' && one.collected),
  );
  const signedInPossible: GateView =
    own.signInOpenedAt !== null && own.endedAt === null
      ? { allowed: true }
      : { allowed: false, reason: { type: own.endedAt === null ? 'sign-in-not-open' : 'already-ended' } };
  const away = siteAway(room);
  const withSite = (gate: Gate): GateView => view(gate.allowed && !away.allowed ? away : gate);
  const authorise = withSite(sessionGates.authorise(own, session, now));
  const end = view(sessionGates.end(own, now));
  const allowStart = view(sessionGates.allowStart(own, session, now));
  const deadlines = sittings.map((one) =>
    one.endsAt === null || one.accommodations?.of.timeUnlimited ? 0 : one.endsAt,
  );
  return {
    at: now,
    session: {
      sessionId: session.id,
      number: session.number,
      name: session.name,
      mode: content.project.mode,
      startAt: session.startAt,
      state: status,
      startsAt: own.startsAt,
      endsAt: deadlines.length > 0 && Math.max(...deadlines) > 0 ? Math.max(...deadlines) : null,
      subjects: session.subjects.map(({ number, name, durationMin }) => ({ number, name, durationMin })),
      administrator: own.administrator,
      invigilators: own.invigilators.map((one) =>
        one.phone === '' ? one.name : `${one.name} (${one.phone})`,
      ),
      freeExtraTimeMin: session.policy.freeExtraTimeMin,
      automatics: { ...own.automatics },
      codesIssuedBy: goesWithoutCode(room) ? 'nobody-asked' : codeDeskOf(room, session.policy.codesIssuedBy),
    },
    toolbar: {
      authorise,
      allowSignIn: withSite(sessionGates.allowSignIn(own, session, now)),
      allowStart,
      absence: view(sessionGates.absence(own, session, now)),
      violation: signedInPossible,
      exceptions: signedInPossible,
      singleCollection: view(
        sessionGates.singleCollection(own, session, now, content.project.mode === 'mock'),
      ),
      answerPackage: view(sessionGates.answerPackage(own)),
      end:
        end.allowed && open.length > 0
          ? { allowed: true, remedy: { type: 'end-needs-reasons', count: open.length } }
          : end,
      report: view(sessionGates.report(own)),
    },
    next:
      status === 'loaded' && room.ownSite && !room.calibrated.has(session.id)
        ? { type: 'next-open-the-key' }
        : status === 'sign-in-open' && allowStart.reason?.type === 'late-start-needs-code'
          ? { type: 'next-late-start' }
          : nextStep(status, own.receiptAt !== null, open.length),
    counts: counts(sittings),
    sittings,
  };
}

/** Without a site the centre permits what a site might have permitted: nobody answers the own request. */
function codeDeskOf<D extends string>(room: Room, desk: D): D | 'centre' {
  return desk === 'site' && room.ownSite ? 'centre' : desk;
}

function nextStep(
  status: ReturnType<typeof statusAt>,
  receipt: boolean,
  open: number,
): { type: string; count?: number } {
  switch (status) {
    case 'loaded':
      return { type: 'next-authorise' };
    case 'authorised':
      return { type: 'next-allow-sign-in' };
    case 'sign-in-open':
      return { type: 'next-allow-start' };
    case 'counting-down':
      return { type: 'next-wait-for-start' };
    case 'running':
      return open > 0 ? { type: 'next-watch', count: open } : { type: 'next-end' };
    case 'ended':
      return { type: 'next-report' };
    case 'reported':
      return receipt ? { type: 'next-done' } : { type: 'next-wait-for-receipt' };
  }
}

/** What the site hears with every hello. */
export function roomStatuses(room: Room): RoomStatus[] {
  const membership = room.membership();
  const check = room.node.settings.read('seal-check-short', sealCheckShort);
  const loaded = room.node.settings.read('package', loadedShort);
  return (room.state.package?.sessions ?? []).map((session) => {
    const own = room.state.session(session.id);
    return {
      roomCode: room.state.package?.room.code ?? '',
      sessionId: session.id,
      stages: {
        registeredAt: membership?.registeredAt ?? null,
        loadedAt: loaded?.loadedAt ?? null,
        sealCheckedAt: check?.at ?? null,
        sealCheckPassed: check?.passed ?? null,
        authorisedAt: own.authorisedAt,
        startedAt: own.startsAt !== null && own.startsAt <= room.node.clock.now() ? own.startsAt : null,
        endedAt: own.endedAt,
        reportedAt: own.reportedAt,
      },
      counts: counts(sittingViews(room, session.id)),
    };
  });
}

const sealCheckShort = z.object({ at: z.number(), passed: z.boolean() });
const loadedShort = z.object({ loadedAt: z.number() });
