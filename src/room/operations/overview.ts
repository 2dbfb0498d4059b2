import * as z from 'zod';
import type { FrameSession, FrameView, IndicatorView, StepView } from '../../node/contract.ts';
import { freeBytes, ownIndicators } from '../../node/indicators.ts';
import { olderProgram } from '../../node/older-program.ts';
import type { Served } from '../../node/reachable.ts';
import type { RoomOverview } from '../contract.ts';
import { seatCodeOf } from '../answer-package/seat-code.ts';
import { board, seatViews } from '../board/board.ts';
import { environmentStep } from '../environment/environment-view.ts';
import { statusAt } from '../../exam/session/session.ts';
import { ownSiteFrame, ownSiteView, sealCheckToldAt, stepOfSite, withOwnSite } from '../own-site/view.ts';
import { siteNotice } from '../register/site-exam.ts';
import { roomSealCheckSchema } from '../seal-check/seal-check.ts';
import { examUnderWay } from '../state/exam-under-way.ts';
import { siteAway } from '../site-away/site-away.ts';
import { pairingCodeOf } from '../seats/pairing-code.ts';
import { roomCodeOf, type Room } from '../room.ts';

export async function overview(room: Room): Promise<RoomOverview> {
  const { node, state } = room;
  const [settings, membership, content] = [room.settings(), room.membership(), state.package];
  const loaded = node.settings.read('package', z.object({ loadedAt: z.number() }));
  const check = node.settings.read('seal-check', roomSealCheckSchema);
  const seats = seatViews(room);
  const now = node.clock.now();
  const environment = environmentStep(room);
  const own = await ownSiteView(room);
  const newer = own?.exam?.newest === false;
  const done: [id: string, done: boolean, failed?: StepView['reason']][] = [
    ['settings', own ? own.registered : membership !== null],
    [
      'seats',
      seats.some((seat) => seat.state === 'approved') && seats.every((seat) => seat.state === 'approved'),
    ],
    ['environment', environment.done, environment.problem],
    ['load', content !== null && !newer, newer ? { type: 'newer-publication' } : undefined],
    ...(own ? [stepOfSite(own, 'authorise')] : []),
    [
      'seal-check',
      check?.passed === true,
      check?.passed === false ? { type: 'seal-check-failed' } : undefined,
    ],
    ...(own ? [stepOfSite(own, 'verify')] : []),
  ];
  const current = done.findIndex(([, is]) => !is);
  return {
    steps: done.map(([id, is, failed], i) => ({
      id,
      state: is ? 'done' : failed ? 'failed' : i === current ? 'current' : 'waiting',
      ...(failed ? { reason: failed } : {}),
    })),
    settings: {
      roomCode: settings?.roomCode ?? '',
      siteAddress: settings?.siteAddress ?? '',
      ownAddress: settings?.ownAddress ?? '',
      dataFolder: node.data,
      siteMode: settings?.siteMode ?? true,
      registered: own ? own.registered : membership !== null,
      registeredAt: membership?.registeredAt ?? null,
      freeBytes: await freeBytes(node.data),
    },
    ownSite: own,
    pairingCode: pairingCodeOf(node),
    seatCode: seatCodeOf(node),
    exam:
      content && loaded
        ? {
            projectName: content.project.name,
            mode: content.project.mode,
            publishedAt: content.publication.at,
            loadedAt: loaded.loadedAt,
            sessions: content.sessions.map((session) => ({
              sessionId: session.id,
              number: session.number,
              name: session.name,
              startAt: session.startAt,
              candidates: session.candidates.length,
              state: statusAt(state.session(session.id), now),
            })),
          }
        : null,
    sealCheck: check ? { ...check, reportedAt: await sealCheckToldAt(room) } : null,
  };
}

function chosenSession(room: Room): FrameSession | null {
  const { session } = board(room);
  return session
    ? {
        name: session.name,
        startAt: session.startAt,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        endedAt: room.state.session(session.sessionId).endedAt,
      }
    : null;
}

/** Changes that a seat may still be sending without anybody being alarmed. */
const usuallyPending = 20;

/** 作答进度: how far the candidates are on average, and whose answers do not arrive; null: nobody is at work. */
function progressIndicator(room: Room): IndicatorView | null {
  const atWork = board(room).sittings.filter((one) => one.endsAt !== null && one.items > 0);
  if (atWork.length === 0) return null;
  const share = atWork.reduce((sum, one) => sum + one.answered / one.items, 0) / atWork.length;
  const behind = atWork.filter(
    (one) => one.pending > (one.state === 'away' ? 0 : usuallyPending) && one.seatNumber !== null,
  );
  return {
    id: 'progress',
    state: behind.length === 0 ? 'passed' : 'warning',
    values: { percent: Math.round(100 * share) },
    ...(behind.length === 0
      ? {}
      : {
          reason: { type: 'answers-behind', seats: behind.map((one) => one.seatNumber) },
          remedy: { type: 'watch-or-import-answers' },
        }),
  };
}

export async function frame(room: Room, served: Served): Promise<FrameView> {
  const [membership, content, own] = [room.membership(), room.state.package, await ownSiteFrame(room)];
  const link = room.link?.uplink.state;
  const away = siteAway(room);
  const notice = away.allowed ? siteNotice(room) : { ...away.reason, since: link?.lastContact ?? null };
  const offset = link?.clockOffsetMs ?? null;
  const wrongClock = offset !== null && Math.abs(offset) >= 60_000;
  const seats = seatViews(room).filter((seat) => seat.state === 'approved');
  const online = seats.filter((seat) => seat.online).length;
  const more: IndicatorView[] = [
    {
      id: 'parent',
      state: link?.online ? 'passed' : 'warning',
      values: { lastContact: link?.lastContact ?? null, address: membership?.siteAddress ?? null },
      ...(link?.online
        ? {}
        : {
            reason: link?.problem ?? { type: 'room-not-registered-at-site' },
            remedy: { type: 'use-files-or-wait-for-network' },
          }),
    },
    {
      id: 'children',
      state: online === seats.length ? 'passed' : 'warning',
      values: { online, all: seats.length },
      ...(online === seats.length
        ? {}
        : {
            reason: {
              type: 'seats-silent',
              seats: seats.filter((seat) => !seat.online).map((seat) => seat.number),
            },
            remedy: { type: 'start-seats' },
          }),
    },
    {
      id: 'clock',
      state: offset === null ? 'warning' : wrongClock ? 'failed' : 'passed',
      values: { offset: offset === null ? null : Math.round(offset) },
      ...(offset === null
        ? { reason: { type: 'clock-not-compared' }, remedy: { type: 'connect-to-site' } }
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
  // Nobody replaces a program while candidates are at work.
  const older = examUnderWay(room) ? null : olderProgram(room.newestProgram);
  const progress = progressIndicator(room);
  if (progress) more.push(progress);
  const indicators = [...(await ownIndicators(room.node, served.port, older)), ...more];
  return {
    role: 'room',
    code: roomCodeOf(room) || null,
    name: content?.room.name ?? null,
    mode: content?.project.mode ?? membership?.mode ?? own?.mode ?? null,
    addresses: [...served.addresses],
    now: room.node.clock.now(),
    supportPhone: content?.project.supportPhone ?? null,
    session: chosenSession(room),
    ...(notice ? { notice } : {}),
    indicators: own ? withOwnSite(indicators, own.indicators) : indicators,
  };
}
