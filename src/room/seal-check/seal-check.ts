/** Step 5: is the room ready to be sealed? Reported to the site with its time. */
import * as z from 'zod';
import { checkSchema, type CheckView } from '../../node/contract.ts';
import { freeBytes } from '../../node/indicators.ts';
import { keepAccepted } from '../../node/seal-check/accept-warning.ts';
import { seatViews } from '../board/board.ts';
import { countsOf, environmentRows } from '../environment/environment-view.ts';
import type { Room } from '../room.ts';
import { leastStorage } from '../settings/storage.ts';

export const roomSealCheckSchema = z.object({
  at: z.number().int(),
  checks: z.array(checkSchema),
  passed: z.boolean(),
});
export type RoomSealCheck = z.infer<typeof roomSealCheckSchema>;

const wrongClockMs = 60_000;

function check(
  id: string,
  holds: boolean,
  otherwise: 'warning' | 'failed',
  reason: NonNullable<CheckView['reason']>,
  remedy: string,
): CheckView {
  return holds ? { id, state: 'passed' } : { id, state: otherwise, reason, remedy: { type: remedy } };
}

/** @param ofSite what the room's own site has checked, in place of what concerns the way to a site; null: the room has a site. */
export async function runSealCheck(
  room: Room,
  ofSite: readonly CheckView[] | null,
  by: string,
): Promise<RoomSealCheck> {
  const { node, state } = room;
  const content = state.package;
  const seats = seatViews(room);
  const approved = seats.filter((seat) => seat.state === 'approved');
  const away = approved.filter((seat) => !seat.online).map((seat) => seat.number);
  const most = Math.max(0, ...(content?.sessions.map((session) => session.candidates.length) ?? []));
  const free = await freeBytes(node.data);
  const least = leastStorage(content);
  const offset = room.link?.uplink.state.clockOffsetMs ?? null;
  const missing: string[] = [];
  for (const session of content?.sessions ?? [])
    for (const subject of session.subjects)
      if (!(await node.blobs.has(subject.paperSha256))) missing.push(`${session.number} ${subject.name}`);
  const way = ofSite ?? [
    check(
      'registered',
      room.membership() !== null,
      'failed',
      { type: 'room-not-registered-at-site' },
      'register-the-room',
    ),
    offset === null
      ? check('clock', false, 'warning', { type: 'clock-not-compared' }, 'connect-to-site')
      : check(
          'clock',
          Math.abs(offset) < wrongClockMs,
          'failed',
          { type: 'clock-wrong', offsetMs: Math.round(offset) },
          'set-the-clock',
        ),
  ];
  const checks = keepAccepted(node, [
    ...way,
    check('exam-loaded', content !== null, 'failed', { type: 'exam-not-loaded' }, 'load-the-exam'),
    check(
      'papers-present',
      content !== null && missing.length === 0,
      'failed',
      { type: 'papers-missing', papers: missing },
      'load-again',
    ),
    check(
      'seats-enough',
      approved.length >= most && most > 0,
      'warning',
      { type: 'seats-fewer-than-candidates', seats: approved.length, candidates: most },
      'approve-seats',
    ),
    check(
      'seats-reached',
      away.length === 0,
      'warning',
      { type: 'seats-silent', seats: away },
      'start-seats',
    ),
    environmentCheck(room),
    check('disk', free >= least, 'failed', { type: 'disk-low', free, least }, 'make-room-on-disk'),
  ]);
  const result: RoomSealCheck = {
    at: node.clock.now(),
    checks,
    passed: checks.every((one) => one.state !== 'failed'),
  };
  node.settings.write('seal-check', result);
  node.settings.write('seal-check-short', { at: result.at, passed: result.passed });
  await node.journal.append([
    {
      kind: 'seal-checked',
      subject: 'room',
      data: {
        passed: result.passed,
        failed: checks.filter((one) => one.state === 'failed').map((one) => one.id),
        by,
      },
    },
  ]);
  room.changed.notify();
  room.link?.uplink.nudge();
  return result;
}

/** Seats that failed hold the room up; those that were not checked or only warn are for the invigilator to judge. */
function environmentCheck(room: Room): CheckView {
  const rows = environmentRows(room);
  const { failed, notReached, unchecked, underWay, warnings } = countsOf(rows);
  const numbers = (...states: (typeof rows)[number]['state'][]): (number | null)[] =>
    rows.filter((row) => states.includes(row.state)).map((row) => row.number);
  if (failed > 0)
    return check(
      'environment',
      false,
      'failed',
      { type: 'seats-failed-environment', seats: numbers('failed') },
      'repair-and-check-again',
    );
  if (rows.length === 0)
    return check('environment', false, 'warning', { type: 'no-seats-to-check' }, 'run-the-environment-check');
  if (notReached + unchecked + underWay > 0)
    return check(
      'environment',
      false,
      'warning',
      {
        type: 'seats-without-environment-check',
        seats: numbers('not-reached', 'unchecked', 'waiting', 'checking'),
      },
      'run-the-environment-check',
    );
  return check(
    'environment',
    warnings === 0,
    'warning',
    { type: 'seats-with-warnings', seats: numbers('warning') },
    'look-at-the-warnings',
  );
}
