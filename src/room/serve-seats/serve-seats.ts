/** The room as its seats' parent: pairing, orders pushed as they change, sign-in, sealed paper, journals, hand-in. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  answer,
  childOf,
  parse,
  type Child,
  type NewChild,
  type ParentRole,
} from '../../courier/https/parent.ts';
import type { Delivery, Hello, PairBegin } from '../../courier/https/wire.ts';
import { handInOpensAt, timeLeft } from '../../exam/sitting/sitting.ts';
import {
  foundSchema,
  handInSchema,
  lookUpSchema,
  seatReportSchema,
  sittingClaimSchema,
  type SeatOrder,
} from '../../exam/session/seat-order.ts';
import { statusAt } from '../../exam/session/session.ts';
import { readHeader } from '../../journal/ledger.ts';
import { segmentSchema } from '../../journal/segment.ts';
import { openedPaper } from '../authorise/authorise.ts';
import { roomCodeOf, seatRow, type Room } from '../room.ts';

export function pairingCode(room: Room): string | null {
  return room.node.settings.read('pairing-code', z.string());
}

/** A seat hears of changes in the room at most this often, ms. */
const pushRestMs = 50;

interface SeatIdentity {
  readonly id: string;
  readonly approved: boolean;
}

export interface SeatExchange extends ParentRole {
  routes(app: Hono): void;
  /** Tells every connected seat what holds for it now. */
  pushAll(): void;
  close(): void;
}

export function seatExchange(room: Room): SeatExchange {
  const { node, state } = room;
  const seats = new Map<string, SeatIdentity>();
  const listeners = new Map<string, Set<() => void>>();
  const reload = (): void => {
    seats.clear();
    for (const row of node.db.prepare('SELECT id, approved, tls_fingerprint FROM seat').all())
      seats.set(String(row['tls_fingerprint']), { id: String(row['id']), approved: row['approved'] === 1 });
  };
  reload();
  let pushing: NodeJS.Timeout | null = null;
  let pushedAt = 0;
  const pushNow = (): void => {
    pushing = null;
    pushedAt = node.clock.monotonic();
    // Seats may have been admitted or removed.
    reload();
    for (const wakes of listeners.values()) for (const wake of wakes) wake();
  };
  /** What a seat says of itself is news for the consoles, not for the seats. */
  let newsForConsoles = false;
  const approved = (child: Child): boolean =>
    [...seats.values()].some((seat) => seat.id === child.id && seat.approved);
  const released = (seatId: string, sittingId: string): boolean => state.sitting(sittingId).seat === seatId;

  /** Runs a sitting's command for the seat that asks, and tells it and whoever held the sitting before. */
  const command = async (
    child: Child,
    sittingId: string,
    act: Parameters<typeof state.commandSitting>[1],
  ): Promise<Result<SeatOrder>> => {
    if (!approved(child)) return refuse({ type: 'seat-not-approved' });
    const done = await state.commandSitting(sittingId, act);
    room.changed.notify();
    return done.ok ? ok(orderFor(room, child.id, sittingId)) : done;
  };

  const role: SeatExchange = {
    codeFor: (begin: PairBegin) => (begin.role === 'seat' ? pairingCode(room) : null),

    async admit(child: NewChild) {
      const computer = z.string().max(100).catch('').parse(child.details['computer']);
      node.db
        .prepare(
          `INSERT INTO seat (id, address, computer, tls_fingerprint, signing_key, sealing_key, announced_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET address = excluded.address, computer = excluded.computer, tls_fingerprint = excluded.tls_fingerprint, signing_key = excluded.signing_key, sealing_key = excluded.sealing_key, approved = 0`,
        )
        .run(
          child.id,
          child.address,
          computer,
          child.tlsFingerprint,
          child.keys.signingKey,
          child.keys.sealingKey,
          node.clock.now(),
        );
      await node.journal.append([
        { kind: 'seat-announced', subject: `seat:${child.id}`, data: { address: child.address, computer } },
      ]);
      reload();
      room.changed.notify();
      return ok({ roomCode: roomCodeOf(room) });
    },

    childWith(fingerprint) {
      const seat = seats.get(fingerprint);
      return seat ? { id: seat.id, role: 'seat', code: seat.id } : null;
    },

    hello(child: Child, hello: Hello, address: string) {
      const report = seatReportSchema.safeParse(hello.status);
      if (!report.success)
        return Promise.resolve(
          refuse({ type: 'bad-request', problem: report.error.issues[0]?.message ?? '' }),
        );
      const before = room.heard.get(child.id);
      room.heard.set(child.id, { at: node.clock.now(), report: report.data });
      if (
        !before ||
        before.report.pending !== report.data.pending ||
        before.report.sittingId !== report.data.sittingId
      ) {
        newsForConsoles = true;
        room.changed.notify();
        newsForConsoles = false;
      }
      node.db
        .prepare('UPDATE seat SET address = ? WHERE id = ? AND address <> ?')
        .run(address, child.id, address);
      void collect(room, child.id, report.data.pending, report.data.sittingId);
      return Promise.resolve(
        ok({
          acknowledged: hello.heads.flatMap((head) => node.journal.head(head.origin, head.epoch) ?? []),
          notices: orderFor(room, child.id, report.data.sittingId),
        }),
      );
    },

    async journal(child: Child, body: unknown) {
      const segment = segmentSchema.safeParse(body);
      if (!segment.success)
        return refuse({ type: 'bad-request', problem: segment.error.issues[0]?.message ?? '' });
      // A seat speaks for itself only.
      for (const entry of segment.data.entries)
        if (readHeader(entry)?.origin !== child.id) return refuse({ type: 'not-allowed' });
      const accepted = await node.journal.accept(segment.data.entries);
      // Only now: the seat shows "kept by the room" on this answer, and the commit is on the disk.
      return ok({ acknowledged: accepted.head, problem: accepted.problem });
    },

    parcelsFor: () => Promise.resolve([]),
    parcelFile: () => Promise.resolve(refuse({ type: 'no-such-parcel' })),
    async receive(child: Child, delivery: Delivery, file: string) {
      if (delivery.kind !== 'answer-file')
        return refuse({ type: 'wrong-kind', found: delivery.kind, expected: 'answer-file' });
      if (!approved(child)) return refuse({ type: 'seat-not-approved' });
      await node.blobs.put(createReadStream(file));
      return ok({});
    },

    routes(app) {
      const act = (path: string, run: (child: Child, body: unknown) => Promise<Result<unknown>>): void => {
        app.post(path, async (c) => {
          const child = childOf(c, role);
          if (!child.ok) return answer(c, child, 403);
          const body = await parse(c, z.unknown());
          return answer(c, body.ok ? await run(child.value, body.value) : body);
        });
      };
      const badRequest = refuse({ type: 'bad-request', problem: 'schema' });

      act('/sitting/look-up', (child, body) => {
        const asked = lookUpSchema.safeParse(body);
        if (!asked.success) return Promise.resolve(badRequest);
        if (!approved(child)) return Promise.resolve(refuse({ type: 'seat-not-approved' }));
        return Promise.resolve(lookUp(room, asked.data.admissionNumber));
      });
      act('/sitting/sign-in', async (child, body) => {
        const claim = sittingClaimSchema.safeParse(body);
        return claim.success
          ? command(child, claim.data.sittingId, { type: 'sign-in', seat: child.id })
          : badRequest;
      });
      act('/sitting/rules-read', async (child, body) => {
        const claim = sittingClaimSchema.safeParse(body);
        if (!claim.success) return badRequest;
        const read = await command(child, claim.data.sittingId, {
          type: 'read-rules',
          seat: child.id,
          lease: claim.data.lease,
        });
        if (!read.ok) return read;
        return command(child, claim.data.sittingId, { type: 'begin' });
      });
      act('/sitting/unlock', async (child, body) => {
        const claim = sittingClaimSchema.safeParse(body);
        if (!claim.success) return badRequest;
        return released(child.id, claim.data.sittingId)
          ? command(child, claim.data.sittingId, { type: 'unlock' })
          : refuse({ type: 'moved-elsewhere' });
      });
      act('/sitting/hand-in', async (child, body) => {
        const handIn = handInSchema.safeParse(body);
        if (!handIn.success) return badRequest;
        const { sittingId, lease, head } = handIn.data;
        const held = node.journal.head(head.origin, head.epoch);
        if (head.origin !== child.id || !held || held.seq < head.seq)
          return refuse({ type: 'answers-still-on-their-way' });
        // Who finishes within the first moments is in the exam, even if the clockwork has not come round yet.
        await state.commandSitting(sittingId, { type: 'begin' });
        return command(child, sittingId, { type: 'hand-in', seat: child.id, lease, seatHead: { ...head } });
      });

      /** A candidate who goes on at another seat finds there what the room has kept. */
      app.get('/sitting/:id/answers', (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        if (!released(child.value.id, c.req.param('id')))
          return answer(c, refuse({ type: 'moved-elsewhere' }));
        const kept = state.answers(c.req.param('id'));
        return answer(
          c,
          ok({
            answers: [...(kept?.byItem.values() ?? [])].map(({ item, responses, lease, epoch, seq }) => ({
              item,
              responses,
              lease,
              epoch,
              seq,
            })),
          }),
        );
      });
      app.get('/paper/:session', (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const paper = openedPaper(room, c.req.param('session'));
        if (!paper || !approved(child.value)) return answer(c, refuse({ type: 'not-authorised' }));
        c.header('content-type', 'application/octet-stream');
        return c.body(Readable.toWeb(createReadStream(node.blobs.path(paper.digest))) as ReadableStream);
      });

      app.get('/events', (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const { id } = child.value;
        return streamSSE(c, async (stream) => {
          let changed = true;
          let wake: () => void = () => undefined;
          const listener = (): void => {
            changed = true;
            wake();
          };
          const mine = listeners.get(id) ?? new Set();
          listeners.set(id, mine.add(listener));
          stream.onAbort(() => wake());
          let said = '';
          try {
            while (!stream.aborted) {
              if (changed) {
                changed = false;
                const order = orderFor(room, id, room.heard.get(id)?.report.sittingId ?? null);
                const content = JSON.stringify({ ...order, at: 0 });
                if (content === said) continue;
                said = content;
                await stream.writeSSE({ event: 'order', data: JSON.stringify(order) });
              } else {
                const quiet = await new Promise<boolean>((resolve) => {
                  const timer = setTimeout(() => resolve(true), 10_000);
                  timer.unref();
                  wake = () => {
                    clearTimeout(timer);
                    resolve(false);
                  };
                });
                // Also when nothing changed: a connection that carries nothing could be dead.
                if (quiet) {
                  said = '';
                  changed = true;
                }
              }
            }
          } finally {
            mine.delete(listener);
          }
        });
      });
    },

    pushAll() {
      if (newsForConsoles || pushing !== null) return;
      // The first change goes out at once; a thousand that follow it within a moment go together.
      const rest = pushedAt + pushRestMs - node.clock.monotonic();
      if (rest <= 0) pushNow();
      else pushing = setTimeout(pushNow, rest);
    },
    close() {
      unsubscribe();
      if (pushing !== null) clearTimeout(pushing);
    },
  };
  const unsubscribe = room.changed.subscribe(() => role.pushAll());
  return role;
}

function lookUp(room: Room, admissionNumber: string): Result<z.infer<typeof foundSchema>> {
  const chosen = room.chosen();
  const session = chosen === null ? null : room.state.packageSession(chosen);
  if (!session || !chosen || room.state.session(chosen).signInOpenedAt === null)
    return refuse({ type: 'sign-in-not-open' });
  const candidate = session.candidates.find((one) => one.admissionNumber === admissionNumber.trim());
  return candidate
    ? ok({ sittingId: candidate.id, name: candidate.name, admissionNumber: candidate.admissionNumber })
    : refuse({ type: 'no-such-number' });
}

/** A closed sitting counts as collected once its seat has nothing left that the room lacks. */
async function collect(room: Room, seatId: string, pending: number, sittingId: string | null): Promise<void> {
  if (sittingId === null || pending > 0) return;
  const sitting = room.state.sitting(sittingId);
  if (sitting.status === 'closed' && !sitting.collected && sitting.seat === seatId)
    await room.state.commandSitting(sittingId, { type: 'collect' });
}

/** @param claimed the sitting that the seat believes to be its own; told apart from one that went on elsewhere by its lease and seat. */
export function orderFor(room: Room, seatId: string, claimed: string | null): SeatOrder {
  const { state, node } = room;
  const now = node.clock.now();
  const seat = seatRow(room, seatId);
  const chosen = room.chosen();
  const session = chosen === null ? null : state.packageSession(chosen);
  const content = state.package;
  const sessionState = chosen === null ? null : state.session(chosen);
  const context = claimed === null ? null : state.context(claimed, now);
  const sitting = context ? state.sitting(context.id) : null;
  const left = context && sitting ? timeLeft(sitting, context) : null;
  const running =
    sessionState !== null && (statusAt(sessionState, now) === 'running' || sessionState.endedAt !== null);
  return {
    at: now,
    approved: seat?.approved === 1,
    seatNumber: seat?.number ?? null,
    showNumber: node.settings.read('show-numbers', z.boolean()) ?? false,
    roomCode: roomCodeOf(room),
    mock: content?.project.mode === 'mock',
    session:
      session && content && sessionState
        ? {
            id: session.id,
            projectId: content.project.id,
            projectName: content.project.name,
            name: session.name,
            subject: session.subjects[0]?.name ?? '',
            durationMin: session.subjects[0]?.durationMin ?? 0,
            startAt: session.startAt,
            signInOpen: sessionState.signInOpenedAt !== null && sessionState.endedAt === null,
            startsAt: sessionState.startsAt,
            ended: sessionState.endedAt !== null,
          }
        : null,
    sitting:
      context && sitting
        ? {
            id: context.id,
            admissionNumber: context.candidate.admissionNumber,
            name: context.candidate.name,
            // A lease that is not this seat's tells it that the candidate went on elsewhere.
            lease: sitting.seat === seatId ? sitting.lease : -1,
            attempt: sitting.attempt,
            status: sitting.status,
            rulesRead: sitting.rulesRead,
            lockMessage: sitting.lockMessage,
            deadlineAt:
              left === null || !running
                ? null
                : Math.round(Math.max(now, sessionState?.startsAt ?? now) + left),
            handInOpensAt: handInOpensAt(sitting, context),
          }
        : null,
    startKey:
      running && chosen !== null && sessionState.endedAt === null
        ? (openedPaper(room, chosen)?.startKey ?? null)
        : null,
  };
}
