/**
 * Orders on their way to the seats: every connected seat is told what holds for it as soon as that changes. A change of one sitting goes to its
 * seats alone and at once, a change of the session to everybody and at once; everything else is looked through a few times a second.
 */
import type { ServerResponse } from 'node:http';
import type { Entry } from '../../journal/entry.ts';
import type { Positioned } from '../../journal/journal.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import type { Room } from '../room.ts';
import { orderFor, roomOrder } from './seat-order.ts';

/** A connection that carries nothing could be dead, ms. */
const silenceMs = 10_000;
/** Between two looks through all seats, ms. */
const sweepMs = 250;
/** A seat that does not read is let go: it comes back and asks. */
const backlogLimit = 1_000_000;

interface Stream {
  readonly response: ServerResponse;
  /** What was said last, but for the time at which it was said. */
  said: string;
  saidAt: number;
}

export class OrderStreams {
  readonly #room: Room;
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #stops: (() => void)[];
  /** Seats to be told with the next turn of the event loop; null: all. */
  #due: Set<string> | null = new Set();
  #scheduled = false;
  #closed = false;
  #sweep: NodeJS.Timeout | null = null;

  constructor(room: Room) {
    this.#room = room;
    const pulse = setInterval(() => this.tellAll(), silenceMs);
    pulse.unref();
    this.#stops = [
      room.node.journal.feed((entries) => this.#follow(entries)),
      room.changed.subscribe(() => this.#sweepSoon()),
      () => clearInterval(pulse),
    ];
  }

  /** Opens the stream of a seat; it ends with its connection. */
  open(seatId: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const stream: Stream = { response, said: '', saidAt: 0 };
    const mine = this.#streams.get(seatId) ?? new Set();
    this.#streams.set(seatId, mine.add(stream));
    response.once('close', () => {
      mine.delete(stream);
      if (mine.size === 0 && this.#streams.get(seatId) === mine) this.#streams.delete(seatId);
    });
    this.#tell([seatId]);
  }

  tellAll(): void {
    this.#due = null;
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    if (this.#sweep) clearTimeout(this.#sweep);
  }

  #follow(entries: readonly Positioned[]): void {
    const own = entries.filter(({ entry }) => entry.place.origin === this.#room.node.id);
    if (own.some(({ entry }) => entry.subject.startsWith('session:'))) return this.tellAll();
    const sittings = new Set(own.flatMap(({ entry }) => sittingOf(entry)));
    if (sittings.size === 0) return;
    const concerned = [...this.#room.heard]
      .filter(([, { report }]) => report.sittingId !== null && sittings.has(report.sittingId))
      .map(([seatId]) => seatId);
    for (const id of sittings) {
      const { seat } = this.#room.state.sitting(id);
      if (seat !== null) concerned.push(seat);
    }
    this.#tell(concerned);
  }

  #tell(seatIds: readonly string[]): void {
    for (const id of seatIds) this.#due?.add(id);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After this turn: whatever happens together is told together, and the room's state has taken it in.
    setImmediate(() => this.#flush());
  }

  #sweepSoon(): void {
    this.#sweep ??= setTimeout(() => {
      this.#sweep = null;
      this.tellAll();
    }, sweepMs).unref();
  }

  #flush(): void {
    const due = this.#due;
    this.#due = new Set();
    this.#scheduled = false;
    // What was to be told would be looked up in a data folder that is closed.
    if (this.#closed) return;
    const common = roomOrder(this.#room);
    for (const seatId of due ?? this.#streams.keys())
      for (const stream of this.#streams.get(seatId) ?? []) {
        const claimed = this.#room.heard.get(seatId)?.report.sittingId ?? null;
        this.#say(stream, orderFor(this.#room, seatId, claimed, common));
      }
  }

  #say(stream: Stream, order: SeatOrder): void {
    const { at, ...what } = order;
    const said = JSON.stringify(what);
    const monotonic = this.#room.node.clock.monotonic();
    if (said === stream.said && monotonic - stream.saidAt < silenceMs * 0.9) return;
    stream.said = said;
    stream.saidAt = monotonic;
    stream.response.write(`event: order\ndata: {"at":${at},${said.slice(1)}\n\n`);
    if (stream.response.writableLength > backlogLimit) stream.response.destroy();
  }
}

function sittingOf(entry: Entry): string[] {
  return entry.subject.startsWith('sitting:') ? [entry.subject.slice('sitting:'.length)] : [];
}
