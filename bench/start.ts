/**
 * From "allow start" to the last of 1,000 seats having received it, against a bare server that sends the same bytes to as many event streams. Each seat's
 * message is its own: its candidate, its deadline.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection, type Connection } from './load/connection.ts';
import { say } from './load/figures.ts';
import { prepareRoomDay, signInAll } from './load/room-day.ts';

const seatCount = 1_000;
const baselineRounds = 5;

interface Figures {
  /** From the operation being asked for until the last seat has it. */
  ratio: number;
  lastMs: number;
  baselineMs: number;
  /** The same for the moment of the start itself, which gives out the key to the paper: after the moment that was announced. */
  keyLastMs: number;
}

export async function run(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  const bare = fork(join(import.meta.dirname, 'load', 'bare-server.ts'), [folder]);
  const day = await prepareRoomDay(seatCount, say, { countdownS: 3 });
  try {
    const { port } = await new Promise<{ port: number }>((resolve) => {
      bare.once('message', (message) => resolve(message as { port: number }));
    });
    await signInAll(day);
    const streams = await openStreams(day.exchangePort, day.seats);
    const bareStreams = await openStreams(port, day.seats);
    // The first bytes of a stream tell that it is open; everybody knows the present order before the start.
    await streams.everybodyHeard('"status":"signed-in"');
    await bareStreams.everybodyHeard('open');
    const started = streams.everybodyHeard('"startsAt":1');
    const opened = streams.everybodyHeard('"startKey":"');
    const asked = performance.now();
    const startsAtWall = await day.exam.allowStart();
    const lastMs = (await started) - asked;
    const startsAt = performance.now() + startsAtWall - Date.now();
    const keyLastMs = (await opened) - startsAt;
    const message = streams.lastMessage('"startKey":"');
    const baselines: number[] = [];
    for (let round = 0; round < baselineRounds; round++) {
      const mark = `"round":${round}`;
      const heard = bareStreams.everybodyHeard(mark);
      const sent = performance.now();
      bare.send({ send: message.replace('data: {', `data: {${mark},`) });
      baselines.push((await heard) - sent);
    }
    say(`bare: ${baselines.map((ms) => Math.round(ms)).join(', ')} ms`);
    streams.close();
    bareStreams.close();
    const baselineMs = baselines.toSorted((a, b) => a - b)[Math.floor(baselineRounds / 2)] ?? 0;
    return {
      ratio: Math.round((lastMs / baselineMs) * 100) / 100,
      lastMs: Math.round(lastMs),
      baselineMs: Math.round(baselineMs),
      keyLastMs: Math.round(keyLastMs),
    };
  } finally {
    bare.kill();
    await day.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Streams {
  /** Resolves with the moment at which the last stream had this text, also when it has it already. */
  everybodyHeard(text: string): Promise<number>;
  lastMessage(text: string): string;
  close(): void;
}

async function openStreams(
  port: number,
  seats: readonly { keys: { tls: { keyPem: string; certPem: string } } }[],
): Promise<Streams> {
  const heard: string[] = seats.map(() => '');
  const waits = new Set<() => void>();
  const connections: Connection[] = await Promise.all(
    seats.map((seat) => openConnection(port, seat.keys.tls)),
  );
  connections.forEach((connection, i) =>
    connection.stream('/events', (bytes) => {
      heard[i] += bytes.toString('latin1');
      for (const look of waits) look();
    }),
  );
  return {
    everybodyHeard(text) {
      const missing = new Set(heard.keys());
      return new Promise((resolve) => {
        const look = (): void => {
          for (const i of missing) {
            if (!heard[i]?.includes(text)) return;
            missing.delete(i);
          }
          waits.delete(look);
          resolve(performance.now());
        };
        waits.add(look);
        look();
      });
    },
    lastMessage(text) {
      const message = (heard[0] ?? '').split('\n\n').findLast((one) => one.includes(text));
      if (message === undefined) throw new Error('the message is not there');
      return `${message.slice(message.indexOf('event:'))}\n\n`;
    },
    close: () => connections.forEach((connection) => connection.close()),
  };
}
