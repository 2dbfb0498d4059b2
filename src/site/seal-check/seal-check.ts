/** Is everything ready to be sealed? Measured and derived, never ticked by hand; reported to the centre with its time. */
import { availableParallelism, totalmem } from 'node:os';
import * as z from 'zod';
import { checkSchema, type CheckView } from '../../node/contract.ts';
import { freeBytes, leastFreeBytes } from '../../node/indicators.ts';
import { keepAccepted } from '../../node/seal-check/accept-warning.ts';
import { lastBackup } from '../backup/make-backup.ts';
import { toReplace } from '../distribution/newest-programs.ts';
import { lockProblem, packageOf, roomRows, type Site } from '../site.ts';

export const sealCheckSchema = z.object({
  at: z.number().int(),
  checks: z.array(checkSchema),
  passed: z.boolean(),
});
export type SealCheck = z.infer<typeof sealCheckSchema>;

const silentMs = 60_000;
const wrongClockMs = 60_000;
/** What the site's manual asks for; a computer of 4 GB tells the program of a little less. */
const leastCores = 4;
const leastMemory = 3.5 * 1024 ** 3;
const freshBackupMs = 24 * 60 * 60 * 1000;

function check(
  id: string,
  holds: boolean,
  otherwise: 'warning' | 'failed',
  reason: NonNullable<CheckView['reason']>,
  remedy: string,
): CheckView {
  return holds ? { id, state: 'passed' } : { id, state: otherwise, reason, remedy: { type: remedy } };
}

export async function runSealCheck(site: Site, by: string): Promise<SealCheck> {
  const { node } = site;
  const now = node.clock.now();
  const rooms = roomRows(site);
  const [exam, lock, backup] = [site.exam(), lockProblem(site), lastBackup(site)];
  const free = await freeBytes(node.data);
  const older = toReplace(site);
  const [cores, memory] = [availableParallelism(), totalmem()];
  const offset = site.link?.uplink.state.clockOffsetMs ?? null;
  const registered = rooms.filter((room) => room.registered_at !== null);
  const unregistered = rooms.filter((room) => room.registered_at === null).map((room) => room.code);
  const silent = registered
    .filter((room) => room.last_contact === null || now - room.last_contact > silentMs)
    .map((room) => room.code);
  const notLoaded = registered.filter((room) => room.loaded_at === null).map((room) => room.code);
  const missing: string[] = [];
  for (const digest of new Set(
    rooms.flatMap((room) =>
      packageOf(site, room).sessions.flatMap((session) =>
        session.subjects.map((subject) => subject.paperSha256),
      ),
    ),
  ))
    if (!(await node.blobs.has(digest))) missing.push(digest.slice(0, 8));
  const checks = keepAccepted(node, [
    check('exam-loaded', exam !== null, 'failed', { type: 'exam-not-loaded' }, 'load-the-exam'),
    exam?.newest === false
      ? check('publication-newest', false, 'failed', { type: 'newer-publication' }, 'load-again')
      : check(
          'publication-newest',
          exam?.newest === true,
          'warning',
          { type: 'publication-not-checked' },
          'connect-to-centre',
        ),
    check(
      'rooms-registered',
      rooms.length > 0 && unregistered.length === 0,
      'failed',
      { type: 'rooms-not-registered', rooms: unregistered },
      'register-rooms',
    ),
    check(
      'rooms-reached',
      silent.length === 0,
      'failed',
      { type: 'rooms-silent', rooms: silent },
      'start-rooms',
    ),
    check(
      'rooms-loaded',
      notLoaded.length === 0,
      'warning',
      { type: 'rooms-not-loaded', rooms: notLoaded },
      'load-in-rooms',
    ),
    check(
      'papers-present',
      missing.length === 0,
      'failed',
      { type: 'papers-missing', papers: missing },
      'load-again',
    ),
    check('lock-present', lock === null, 'failed', lock ?? { type: 'lock-absent' }, 'insert-the-lock'),
    offset === null
      ? check('clock', false, 'warning', { type: 'clock-not-compared' }, 'connect-to-centre')
      : check(
          'clock',
          Math.abs(offset) < wrongClockMs,
          'failed',
          { type: 'clock-wrong', offsetMs: Math.round(offset) },
          'set-the-clock',
        ),
    check(
      'computer',
      cores >= leastCores && memory >= leastMemory,
      'warning',
      { type: 'computer-small', cores, leastCores, memory, leastMemory },
      'use-a-stronger-computer',
    ),
    // A room's own site goes with the room's computer.
    ...(site.ownRoom === null
      ? [
          check(
            'backup',
            backup !== null && now - backup.at < freshBackupMs,
            'warning',
            backup ? { type: 'backup-older', at: backup.at } : { type: 'backup-missing' },
            'make-a-backup',
          ),
        ]
      : []),
    // Nothing is asked for where nothing newer is known.
    check(
      'program',
      older === null,
      'warning',
      older ?? { type: 'program-older' },
      'install-the-newer-program',
    ),
    check(
      'disk',
      free >= leastFreeBytes,
      'failed',
      { type: 'disk-low', free, least: leastFreeBytes },
      'make-room-on-disk',
    ),
  ]);
  const result: SealCheck = { at: now, checks, passed: checks.every((one) => one.state !== 'failed') };
  node.settings.write('seal-check', result);
  await node.journal.append([
    {
      kind: 'seal-checked',
      subject: 'site',
      data: {
        passed: result.passed,
        failed: checks.filter((one) => one.state === 'failed').map((one) => one.id),
        by,
      },
    },
  ]);
  site.changed.notify();
  site.link?.uplink.nudge();
  return result;
}
