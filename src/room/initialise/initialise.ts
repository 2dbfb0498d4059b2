/**
 * 监考端初始化: the room as if no exam had been loaded. In a formal exam only before anybody has used a session, and again when the centre has
 * confirmed everything. The journal stays as it is, provable; the contents of what was confirmed go.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Draft, Place } from '../../journal/entry.ts';
import { readStored } from '../../journal/journal.ts';
import { statusAt } from '../../exam/session/session.ts';
import { withoutReceipt } from '../remote-control/room-remote-control.ts';
import type { Room } from '../room.ts';
import { isUsed } from './confirmed.ts';

/** As many as the journal erases at once. */
const atOnce = 200;
const pageSize = 1_000;
const examSettings = ['chosen', 'package', 'seal-check', 'seal-check-short', 'show-numbers'];

export interface WhatStays {
  /** Code, addresses and registration. */
  readonly settings: boolean;
  /** Computers with their numbers, and the plan. */
  readonly seats: boolean;
}

/** Why it is not possible now; null: it is. */
export function whyNotInitialise(room: Room): Refusal | null {
  const { state, node } = room;
  const missing = withoutReceipt(room);
  if (missing.length > 0) return { type: 'receipt-missing', sessions: missing.join(', ') };
  const now = node.clock.now();
  const running = (state.package?.sessions ?? []).some(({ id }) =>
    ['counting-down', 'running'].includes(statusAt(state.session(id), now)),
  );
  if (running) return { type: 'not-ended' };
  const holding = [...room.heard].filter(([, { report }]) => report.pending > 0);
  if (state.package?.project.mode === 'formal' && holding.length > 0)
    return {
      type: 'seats-hold-answers',
      seats: holding.map(([id]) => room.seats.seat(id)?.number ?? id).join(', '),
    };
  return null;
}

export async function initialiseRoom(room: Room, stays: WhatStays, by: string): Promise<Result<void>> {
  const why = whyNotInitialise(room);
  if (why) return refuse(why);
  const { node, state } = room;
  const { journal, db, settings, data } = node;
  // First the journal, then the contents: a room that stops in the middle still knows what it has to finish when it is asked again.
  await journal.append([
    {
      kind: 'room-initialised',
      subject: 'room',
      data: { keptSettings: stays.settings, keptSeats: stays.seats, by },
    },
    ...sessionsAnew(room),
  ]);
  const contents = contentsOf(room);
  for (let i = 0; i < contents.length; i += atOnce)
    await journal.erase(contents.slice(i, i + atOnce), 'room initialised');
  state.forgetExam();
  for (const name of examSettings) settings.remove(name);
  db.exec('DELETE FROM opened_paper; DELETE FROM result; DELETE FROM kept_fork;');
  if (!stays.seats) {
    for (const { id } of room.seats.all()) {
      room.seats.remove(id);
      room.environment.forget(id);
      room.remoteControl.orders.forget(id);
      room.heard.delete(id);
    }
    room.seats.usePlan([]);
  }
  if (!stays.settings) {
    // A site that the room had for itself begins anew, too: the next exam may be another one, or another mode.
    await room.ownSite?.initialise(by);
    const link = room.link;
    room.link = null;
    await link?.uplink.stop();
    for (const name of ['settings', 'membership']) settings.remove(name);
    // A site that the room had for itself ends with the settings that asked for it; its folder stays what it is.
    const closed = await room.useOwnSite();
    if (!closed.ok) return closed;
  }
  await rm(join(data, 'blobs'), { recursive: true, force: true, maxRetries: 5 });
  await mkdir(join(data, 'blobs'));
  room.changed.notify();
  return ok();
}

/** What a formal exam has confirmed stays what it was, without its answers; everything else begins from the beginning. */
function sessionsAnew({ state }: Room): Draft[] {
  const formal = state.package?.project.mode === 'formal';
  return (state.package?.sessions ?? []).flatMap((session): Draft[] => {
    const subject = `session:${session.id}`;
    if (formal && isUsed({ state }, session)) return [{ kind: 'session-erased', subject, data: {} }];
    return [
      { kind: 'session-initialised', subject, data: {} },
      ...session.candidates
        .filter(({ id }) => state.sitting(id).status !== 'not-signed-in' || state.sitting(id).lease > 0)
        // Another attempt: what a seat may still hold of this one does not count for the next.
        .map(({ id }) => ({
          kind: 'candidate-reinitialised',
          subject: `sitting:${id}`,
          data: { attempt: state.sitting(id).attempt + 1 },
        })),
    ];
  });
}

/** Of the sittings of this exam; what belongs to no session that is known here stays. */
function contentsOf({ node: { journal }, state }: Room): Place[] {
  const subjects = new Set(
    (state.package?.sessions ?? []).flatMap(({ candidates }) => candidates.map(({ id }) => `sitting:${id}`)),
  );
  const found: Place[] = [];
  for (const { origin, epoch } of journal.heads())
    for (let after = 0; ;) {
      const rows = journal.ofOrigin(origin, epoch, after, pageSize);
      for (const row of rows) {
        const { place, subject, payload } = readStored(row);
        if (payload !== undefined && subjects.has(subject)) found.push(place);
      }
      if (rows.length < pageSize) break;
      after += rows.length;
    }
  return found;
}
