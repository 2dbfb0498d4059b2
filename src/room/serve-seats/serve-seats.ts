/** The room as its seats' parent: pairing, heartbeats, journals, files; and the stream on which a seat hears its orders. */
import { createReadStream } from 'node:fs';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import * as z from 'zod';
import { ok, refuse } from '../../base/result.ts';
import { answered } from '../../courier/https/answered.ts';
import { answer, childOf, type Child, type NewChild, type ParentRole } from '../../courier/https/parent.ts';
import type { Delivery, Hello, PairBegin } from '../../courier/https/wire.ts';
import { seatReportSchema, type SeatReport } from '../../exam/session/seat-order.ts';
import { missingFiles } from '../answer-files/answer-files.ts';
import { environmentRoutes } from '../environment/routes.ts';
import { remoteControlRoutes } from '../remote-control/routes.ts';
import { roomCodeOf, type Room } from '../room.ts';
import { pairingCodeOf } from '../seats/pairing-code.ts';
import { numberRoutes } from '../seats/number-at-seat.ts';
import { OrderStreams } from './order-streams.ts';
import { orderFor } from './seat-order.ts';
import { sittingRoutes } from './sitting-routes.ts';

export interface SeatExchange extends ParentRole {
  routes(app: Hono): void;
  /** Tells every connected seat at once what holds for it now. */
  tellAll(): void;
  close(): void;
}

export function seatExchange(room: Room): SeatExchange {
  const { node } = room;
  const orders = new OrderStreams(room);
  const role: SeatExchange = {
    codesFor: (begin: PairBegin) => (begin.role === 'seat' ? [pairingCodeOf(node)] : []),

    async admit(child: NewChild) {
      const computer = z.string().max(100).catch('').parse(child.details['computer']);
      room.seats.announce(child, computer, node.clock.now());
      await node.journal.append([
        { kind: 'seat-announced', subject: `seat:${child.id}`, data: { address: child.address, computer } },
      ]);
      room.changed.notify();
      return ok({ roomCode: roomCodeOf(room) });
    },

    childWith(fingerprint) {
      const seat = room.seats.withFingerprint(fingerprint);
      return seat ? { id: seat.id, role: 'seat', code: seat.id } : null;
    },

    hello(child: Child, hello: Hello, address: string) {
      const report = seatReportSchema.safeParse(hello.status);
      if (!report.success)
        return Promise.resolve(
          refuse({ type: 'bad-request', problem: report.error.issues[0]?.message ?? '' }),
        );
      const { pending, sittingId, screenIn } = report.data;
      const before = room.heard.get(child.id)?.report;
      room.heard.set(child.id, { at: node.clock.now(), report: report.data });
      if (
        before?.pending !== pending ||
        before.sittingId !== sittingId ||
        before.screenIn !== screenIn ||
        otherScreen(before, report.data)
      )
        room.changed.notify();
      room.seats.moved(child.id, address);
      // Whatever hinders it must not end the room: the seat’s next hello asks for it again.
      collect(room, child.id, pending, sittingId).catch((error: unknown) =>
        node.log.error({ err: error, sittingId }, 'not noted as collected'),
      );
      return Promise.resolve(
        ok({
          notices: orderFor(room, child.id, sittingId),
        }),
      );
    },

    speaksFor: (child, origin) => origin === child.id,
    forkedAbove: () => room.link?.uplink.forked ?? [],
    readsPayloads: true,

    parcelsFor: () => Promise.resolve([]),
    parcelFile: () => Promise.resolve(refuse({ type: 'no-such-parcel' })),
    async receive(child: Child, delivery: Delivery, file: string) {
      if (delivery.kind !== 'answer-file')
        return refuse({ type: 'wrong-kind', found: delivery.kind, expected: 'answer-file' });
      if (!room.seats.seat(child.id)?.approved) return refuse({ type: 'seat-not-approved' });
      await node.blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
      room.changed.notify();
      // The seat compares this with the time of an order: one that was given before does not ask for the file again.
      return ok({ at: node.clock.now() });
    },

    routes(app) {
      sittingRoutes(room, role)(app);
      environmentRoutes(room, role)(app);
      remoteControlRoutes(room, role)(app);
      numberRoutes(room, role)(app);
      app.get('/events', (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        orders.open(child.value.id, (c.env as HttpBindings).outgoing);
        return answered();
      });
    },
    tellAll: () => orders.tellAll(),
    close: () => orders.close(),
  };
  return role;
}

function otherScreen(before: SeatReport, now: SeatReport): boolean {
  return (
    before.screenOpen !== now.screenOpen ||
    before.screenProgram.state !== now.screenProgram.state ||
    before.screenProgram.problem?.type !== now.screenProgram.problem?.type
  );
}

/** A closed sitting counts as collected once its seat has nothing left that the room lacks. */
async function collect(room: Room, seatId: string, pending: number, sittingId: string | null): Promise<void> {
  if (sittingId === null || pending > 0 || missingFiles(room, sittingId).length > 0) return;
  const sitting = room.state.sitting(sittingId);
  if (sitting.status === 'closed' && !sitting.collected && sitting.seat === seatId)
    await room.state.commandSitting(sittingId, { type: 'collect' });
}
