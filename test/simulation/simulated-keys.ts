/**
 * Who can open the paper, and when: centre, site, room and seats with clocks that are set at will, over a network that loses, doubles and
 * delays. The decisions, locks and seals are the product's own; whatever anybody below the centre ever got is tried on the paper.
 */
import { randomBytes } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { utf8, toHex, type Bytes } from '../../src/base/bytes.ts';
import { packageSessionSchema, type PackageSession } from '../../src/exam/package/room-package.ts';
import { policySchema } from '../../src/exam/project/policy.ts';
import { releaseAt, releaseGate } from '../../src/exam/project/release.ts';
import {
  decideSession,
  disclosesStartKey,
  evolveSession,
  newSession,
  type SessionCommand,
  type SessionState,
} from '../../src/exam/session/session.ts';
import { sessionClock } from '../../src/room/clockwork/session-clock.ts';
import {
  lockSessionKeys,
  newReleaseSecret,
  openWithStartKey,
  sealWithStartKey,
  unlockRelease,
} from '../../src/trust/release.ts';
import { createSchedule, Network, seededRandom } from './world.ts';

const minuteMs = 60_000;
const startAt = Date.UTC(2026, 5, 8, 9);
const context = { project: 'P', session: 'S', site: '1999999' };
const paper = utf8('the paper');

export interface KeyPlan {
  readonly seed: number;
  readonly weather: { readonly loss: number; readonly duplication: number; readonly delayMs: number };
  /** Minutes before (negative) or after the start. */
  readonly acts: readonly { readonly atMin: number; readonly act: Act }[];
  readonly releaseBeforeMin: number;
  readonly countdownS: number;
}

export type Act =
  /** Asked for online, or by telephone. */
  | { readonly type: 'ask-release'; readonly who: 'site' | 'telephone' }
  | { readonly type: 'room-asks-for-keys' }
  | { readonly type: 'room'; readonly command: 'allow-sign-in' | 'allow-start' | 'end' }
  | { readonly type: 'seat-says-hello'; readonly seat: number }
  | { readonly type: 'set-clock'; readonly who: 'site' | 'room' | 'seat'; readonly byMin: number };

/** What the release is needed for: made once, as making them takes longer than a whole run. */
export interface Locks {
  readonly sessionKey: string;
  readonly secret: Bytes;
  readonly locked: Bytes;
}

export async function makeLocks(): Promise<Locks> {
  const [sessionKey, lock] = [await generateX25519Identity(), await generateX25519Identity()];
  const secret = newReleaseSecret();
  const locked = await lockSessionKeys({
    sessionKeys: [sessionKey],
    lockRecipients: [await identityToRecipient(lock)],
    releaseSecret: secret,
    context,
  });
  return { sessionKey, secret, locked };
}

export interface KeyRun {
  /** Promises that were broken: none, when all is well. */
  readonly broken: readonly string[];
  /** Whether there was something to break in this run. */
  readonly released: boolean;
  readonly started: boolean;
}

export async function runKeys(plan: KeyPlan, { sessionKey, secret, locked }: Locks): Promise<KeyRun> {
  const random = seededRandom(plan.seed);
  const schedule = createSchedule();
  const network = new Network(schedule, random);
  network.weather = plan.weather;
  const from = startAt - 300 * minuteMs;
  /** The centre's clock: nobody below can set it. */
  const trueTime = (): number => from + schedule.now();
  const offsets = { site: 0, room: 0, seat: 0 };
  const clock = sessionClock({ now: () => trueTime() + offsets.room, monotonic: () => schedule.now() });

  const session: PackageSession = packageSessionSchema.parse({
    id: context.session,
    number: 1,
    name: 'S',
    startAt,
    subjects: [
      { number: 1, name: 'X', durationMin: 60, paperSha256: '0'.repeat(64), paperSize: 1, items: 1 },
    ],
    policy: policySchema.parse({
      releaseBeforeMin: plan.releaseBeforeMin,
      countdownS: plan.countdownS,
    }),
    candidates: [],
  });

  const broken: string[] = [];
  /** Every byte string that anybody below the centre holds, or that was read out; in hex. */
  const below = new Set<string>([toHex(locked)]);
  const atSeats = new Set<string>();
  let siteKeys: string | null = null;
  let state: SessionState = newSession;
  let seatPaper: Uint8Array | null = null;
  const startKey = new Uint8Array(randomBytes(32));
  /** By the room's steady clock, from "allow start". */
  let startsAfter: number | null = null;

  const tryPaper = (): void => {
    if (trueTime() >= releaseAt(session)) return;
    for (const held of below)
      if (unlockRelease(locked, Buffer.from(held, 'hex'), context).ok || held === toHex(utf8(sessionKey)))
        broken.push(`the paper opens ${releaseAt(session) - trueTime()} ms before its release`);
  };
  const trySeats = (): void => {
    if (startsAfter !== null && schedule.now() >= startsAfter) return;
    for (const held of atSeats)
      if (held.length === 64 && seatPaper && openWithStartKey(seatPaper, Buffer.from(held, 'hex')).ok)
        broken.push('a seat opens the paper before the start');
  };

  const command = (given: SessionCommand): void => {
    const decided = decideSession(state, session, given, clock.now());
    if (!decided.ok) return;
    for (const event of decided.value) {
      state = evolveSession(state, { ...event, at: clock.now() });
      if (event.kind === 'start-allowed') {
        startsAfter = schedule.now() + plan.countdownS * 1_000;
        clock.hold(clock.wall());
      }
      if (event.kind === 'session-ended') clock.release();
    }
  };
  const send = (to: string, arrive: () => void): void =>
    network.send('above', to, () => {
      arrive();
      tryPaper();
      trySeats();
    });

  const perform = (act: Act): void => {
    switch (act.type) {
      case 'set-clock':
        offsets[act.who] += act.byMin * minuteMs;
        return;
      case 'ask-release':
        if (!releaseGate(session, trueTime()).ok) return;
        return send(act.who, () => {
          below.add(toHex(secret));
          if (act.who === 'site') siteKeys = sessionKey;
        });
      case 'room-asks-for-keys': {
        const keys = siteKeys;
        if (keys === null) return;
        return send('room', () => {
          below.add(toHex(utf8(keys)));
          if (state.status !== 'loaded') return;
          seatPaper = sealWithStartKey(paper, startKey);
          command({ type: 'authorise' });
        });
      }
      case 'room':
        if (act.command === 'end') command({ type: 'end', reasons: [], by: 'A' });
        else if (act.command === 'allow-start') command({ type: 'allow-start', byCode: true });
        else command({ type: 'allow-sign-in' });
        return;
      case 'seat-says-hello': {
        const told = disclosesStartKey(state, clock.now()) ? toHex(startKey) : null;
        if (told !== null && state.endedAt !== null) broken.push('a seat gets the key after the end');
        if (told !== null) atSeats.add(told);
        trySeats();
        return send(`seat-${act.seat}`, () => undefined);
      }
    }
  };
  for (const { atMin, act } of plan.acts)
    schedule.after(startAt - from + atMin * minuteMs, () => {
      perform(act);
      tryPaper();
      trySeats();
    });
  await schedule.run(900 * minuteMs);
  return { broken, released: siteKeys !== null, started: atSeats.size > 0 };
}
