/** Answer changes of many seats at a given pace, and how long each took to be acknowledged. */
import { journalAnswerSchema } from '../../src/courier/https/wire.ts';
import { percentile } from './figures.ts';
import type { RoomDay } from './room-day.ts';

/** Changes come at their own pace, evenly over the seats, whether earlier ones are acknowledged or not. Takes from `bodies` what it sends. */
export async function atRate(
  day: RoomDay,
  bodies: readonly string[][],
  perS: number,
  ms: number,
): Promise<{ perS: number; fastest: number; p50: number; p99: number }> {
  const took: number[] = [];
  const last = day.seats.map(() => Promise.resolve());
  const begun = performance.now();
  let sent = 0;
  while (performance.now() - begun < ms) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * perS);
    for (; sent < due; sent++) {
      const i = sent % day.seats.length;
      const body = bodies[i]?.shift();
      if (body === undefined) throw new Error('a seat ran out of changes');
      const sentAt = performance.now();
      last[i] = (last[i] as Promise<void>).then(async () => {
        acknowledged((await day.seats[i]?.connection.post('/journal', body)) ?? '');
        took.push(performance.now() - sentAt);
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(last);
  took.sort((a, b) => a - b);
  return {
    // Until the last one was acknowledged: what is only sent is not kept.
    perS: Math.round((took.length / (performance.now() - begun)) * 1_000),
    fastest: took[0] ?? Infinity,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
  };
}

/** The room's answer says what it holds; the bare server's says nothing of the kind. */
export function acknowledged(body: string): void {
  if (body === '{"acknowledged":true}') return;
  const { chains } = journalAnswerSchema.parse(JSON.parse(body));
  if (chains.length !== 1 || !chains.every((one) => one.problem === null && one.acknowledged !== null))
    throw new Error(`not acknowledged: ${body}`);
}
