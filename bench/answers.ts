/**
 * How long an answer change takes at a room with 1,000 seats and 1,000 changes a second. Then durable changes per second, against a bare
 * server that appends the same bytes with group commit, both over TLS with keep-alive and under the same load; and on a slow disk.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { acknowledged, atRate } from './load/at-rate.ts';
import { asBody, seatJournal, type SeatJournal } from './load/changes.ts';
import { openConnection, type Connection } from './load/connection.ts';
import { helloOf, prepareRoomDay, signInAll, startAll, type RoomDay } from './load/room-day.ts';
import { slowerByMs } from './load/slow-disk.ts';
import { say } from './load/figures.ts';
import type { Longest, Watch } from './load/watch.ts';

const seatCount = 1_000;
/** Short turns, one after the other: whatever else the machine does meets both alike. */
const turnMs = 1_000;
const turns = 8;
const steadyPerS = 1_000;
const steadyMs = 10_000;
/** At the same pace before it, not counted: a room has run for a while when a thousand candidates write. */
const warmUpMs = 3_000;
/** On the slow disk: above the 2,000 that it must bear. */
const slowDiskPerS = 2_500;
/** More than all turns can use up. */
const changesPerSeat = 200;

interface Figures {
  ratio: number;
  changesPerS: number;
  baselinePerS: number;
  /** At 1,000 changes a second. */
  p50Ms: number;
  p99Ms: number;
  slowDisk: {
    addedMs: number;
    changesPerS: number;
    /** The fastest acknowledgement: never before the disk had it. */
    fastestMs: number;
    heartbeatMsMax: number;
    screenMsMax: number;
  };
}

export async function run(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  const bareProcess = fork(join(import.meta.dirname, 'load', 'bare-server.ts'), [folder]);
  const day = await prepareRoomDay(seatCount, say);
  try {
    const { port } = await new Promise<{ port: number }>((resolve) => {
      bareProcess.once('message', (message) => resolve(message as { port: number }));
    });
    await signInAll(day);
    await startAll(day);
    const journals = day.seats.map((seat) => seatJournal(seat));
    // As in an exam: before anything was sent flat out, of which the room would still be telling its site.
    const steadyBodies = journals.map((journal) =>
      changes(journal, (2 * steadyPerS * (warmUpMs + steadyMs)) / 1_000 / seatCount),
    );
    await atRate(day, steadyBodies, steadyPerS, warmUpMs);
    const steady = await atRate(day, steadyBodies, steadyPerS, steadyMs);
    const connections = day.seats.map((seat) => seat.connection);
    await new Load(connections, steadyBodies).finish();
    say(`at ${steady.perS}/s: p50 ${steady.p50} ms, p99 ${steady.p99} ms`);
    const bareConnections = await Promise.all(day.seats.map((seat) => openConnection(port, seat.keys.tls)));
    const bodies = journals.map((journal) => changes(journal, changesPerSeat));
    // The same bytes to both, each at its own pace.
    const [room, bare] = [new Load(connections, bodies), new Load(bareConnections, bodies)];
    const pairs: { room: number; bare: number }[] = [];
    for (let turn = 1; turn <= turns; turn++) {
      const pair = { room: await room.flatOut(turnMs), bare: await bare.flatOut(turnMs) };
      pairs.push(pair);
      say(`turn ${turn}: room ${Math.round(pair.room)}/s, bare ${Math.round(pair.bare)}/s`);
    }
    await room.finish();
    for (const connection of bareConnections) connection.close();
    say('the same room on a slow disk …');
    await day.restartRoom('./slow-disk.ts');
    const slow = await onSlowDisk(
      day,
      journals.map((journal) => changes(journal, changesPerSeat)),
    );
    return {
      ratio: Math.round(median(pairs.map((pair) => pair.room / pair.bare)) * 100) / 100,
      changesPerS: Math.round(median(pairs.map((pair) => pair.room))),
      baselinePerS: Math.round(median(pairs.map((pair) => pair.bare))),
      p50Ms: steady.p50,
      p99Ms: steady.p99,
      slowDisk: slow,
    };
  } finally {
    bareProcess.kill();
    await day.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function changes(journal: SeatJournal, count: number): string[] {
  return Array.from({ length: count }, () => asBody(journal.next(1)));
}

/** Seats that send their changes one after the other to one server. */
class Load {
  readonly #connections: readonly Connection[];
  readonly #bodies: readonly string[][];
  /** How many changes each seat has sent. */
  readonly #sent: number[];

  constructor(connections: readonly Connection[], bodies: readonly string[][]) {
    this.#connections = connections;
    this.#bodies = bodies;
    this.#sent = connections.map(() => 0);
  }

  /** Every seat sends its next change as soon as the last one is acknowledged. @returns changes per second. */
  async flatOut(ms: number): Promise<number> {
    const begun = performance.now();
    const before = this.#total();
    await Promise.all(
      this.#connections.map(async (_, i) => {
        while (performance.now() - begun < ms) await this.#sendNext(i);
      }),
    );
    return ((this.#total() - before) / (performance.now() - begun)) * 1_000;
  }

  /** Sends what is left: a seat's journal has no gaps. */
  async finish(): Promise<void> {
    await Promise.all(
      this.#connections.map(async (_, i) => {
        while ((this.#sent[i] ?? 0) < (this.#bodies[i]?.length ?? 0)) await this.#sendNext(i);
      }),
    );
  }

  async #sendNext(seat: number): Promise<void> {
    const body = this.#bodies[seat]?.[this.#sent[seat] ?? 0];
    if (body === undefined) throw new Error('a seat ran out of changes: the turns are too long');
    acknowledged((await this.#connections[seat]?.post('/journal', body)) ?? '');
    this.#sent[seat] = (this.#sent[seat] ?? 0) + 1;
  }

  #total(): number {
    return this.#sent.reduce((sum, one) => sum + one, 0);
  }
}

async function onSlowDisk(day: RoomDay, bodies: readonly string[][]): Promise<Figures['slowDisk']> {
  const [first] = day.seats;
  if (!first) throw new Error('no seats');
  const watch = new Worker(new URL('./load/watch.ts', import.meta.url), {
    workerData: {
      exchangePort: day.exchangePort,
      identity: { keyPem: first.keys.tls.keyPem, certPem: first.keys.tls.certPem },
      hello: JSON.stringify(helloOf(first)),
      screenUrl: `${day.exam.room.url}/health`,
    } satisfies Watch,
  });
  await once(watch, 'message');
  // Not flat out: that would fill the machine, and show how long its processes wait for each other instead of for the disk.
  const { perS, fastest } = await atRate(day, bodies, slowDiskPerS, 4 * turnMs);
  watch.postMessage('end');
  const [longest] = (await once(watch, 'message')) as [Longest];
  await watch.terminate();
  return {
    addedMs: slowerByMs,
    changesPerS: perS,
    fastestMs: Math.round(fastest),
    ...longest,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
