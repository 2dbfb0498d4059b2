/** The environment check of this room: with its package's requirements, its clock and its seats. */
import { defaultRequirements, strictest, type Requirements } from '../../exam/environment/requirements.ts';
import type { RoomPackage } from '../../exam/package/room-package.ts';
import { statusAt } from '../../exam/session/session.ts';
import type { GateView } from '../../node/contract.ts';
import { programVersion } from '../../node/indicators.ts';
import type { Room } from '../room.ts';
import { EnvironmentCheck } from './environment-check.ts';
import { EnvironmentResults } from './results.ts';
import { approvedSeats, openSeats } from './seats-to-check.ts';

const lookEveryMs = 1_000;

const worked = new WeakMap<RoomPackage, Requirements>();

/** Until an exam is loaded the usual ones count. */
export function requirementsOf({ state }: Pick<Room, 'state'>): Requirements {
  const content = state.package;
  if (!content) return defaultRequirements;
  const known = worked.get(content) ?? strictest(content.sessions.map(({ policy }) => policy.environment));
  worked.set(content, known);
  return known;
}

type Parts = Pick<Room, 'node' | 'state' | 'seats' | 'changed' | 'chosen'>;

export function roomEnvironment(room: Parts): EnvironmentCheck {
  const { node, seats } = room;
  return new EnvironmentCheck({
    results: new EnvironmentResults(node.db),
    settings: node.settings,
    journal: node.journal,
    clock: node.clock,
    room: { version: programVersion, signingKey: node.keys.signing.publicKey },
    requirements: () => requirementsOf(room),
    signInOpen: () => {
      const chosen = room.chosen();
      if (chosen === null) return false;
      const { signInOpenedAt, endedAt } = room.state.session(chosen);
      return signInOpenedAt !== null && endedAt === null;
    },
    isApproved: (seatId) => seats.seat(seatId)?.approved ?? false,
    onChange: () => room.changed.notify(),
  });
}

/** @returns what ends it. */
export function watchEnvironment({ environment, node }: Room): () => void {
  const timer = setInterval(() => {
    environment
      .look()
      .catch((error: unknown) => node.log.error({ err: error }, 'environment check not followed'));
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** May it start now? Not while candidates work: it takes a part of the network. */
export function environmentGates(room: Room): { all: GateView; again: GateView } {
  const chosen = room.chosen();
  const status = chosen === null ? null : statusAt(room.state.session(chosen), room.node.clock.now());
  const closed = (type: string): GateView => ({ allowed: false, reason: { type } });
  if (status === 'counting-down' || status === 'running') {
    const all = closed('environment-check-in-exam');
    return { all, again: all };
  }
  if (room.environment.running) {
    const all = closed('environment-check-runs');
    return { all, again: all };
  }
  const none = approvedSeats(room).length === 0;
  return {
    all: none ? closed('no-seats-to-check') : { allowed: true },
    again: openSeats(room).length === 0 ? closed('no-seats-to-check-again') : { allowed: true },
  };
}
