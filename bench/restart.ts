/** A room with 1,000 seats and 100,000 changes is killed, started again on its data, and acknowledges the next change. */
import { say } from './load/figures.ts';
import { asBody, seatJournal } from './load/changes.ts';
import { openConnection } from './load/connection.ts';
import { prepareRoomDay, signInAll, startAll } from './load/room-day.ts';

const seatCount = 1_000;
const changesPerSeat = 100;

interface Figures {
  /** From the start of the process to the first acknowledgement. */
  readyMs: number;
  changes: number;
}

export async function run(): Promise<Figures> {
  const day = await prepareRoomDay(seatCount, say);
  try {
    await signInAll(day);
    await startAll(day);
    const journals = day.seats.map((seat) => seatJournal(seat));
    for (const [i, seat] of day.seats.entries())
      await seat.connection.post('/journal', asBody(journals[i]?.next(changesPerSeat) ?? []));
    say(`${seatCount * changesPerSeat} changes kept; SIGKILL`);
    await day.exam.process('room').kill();
    const next = asBody(journals[0]?.next(1) ?? []);
    const first = day.seats[0];
    if (!first) throw new Error('no seats');
    const begun = performance.now();
    await day.exam.again('room');
    const connection = await openConnection(day.exchangePort, first.keys.tls);
    const answer = await connection.post('/journal', next);
    const readyMs = performance.now() - begun;
    connection.close();
    if (!answer.includes(`"seq":${changesPerSeat + 2}`)) throw new Error(`not acknowledged: ${answer}`);
    return { readyMs: Math.round(readyMs), changes: seatCount * changesPerSeat };
  } finally {
    await day.close();
  }
}
