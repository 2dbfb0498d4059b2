/** Journals of seats, made ahead of the measurement: each change is one entry of its seat's hash chain, in a segment of its own. */
import { newId, randomBytes } from '../../src/base/ids.ts';
import { toHex } from '../../src/base/bytes.ts';
import { nextEntry } from '../../src/journal/chain.ts';
import { epochOpened } from '../../src/journal/epoch.ts';
import type { StoredEntry } from '../../src/journal/entry.ts';
import { toSegment } from '../../src/journal/segment.ts';
import type { BenchSeat } from './room-day.ts';

const items = 40;
const essay = 'Somebody who writes for a while is kept every few seconds with the whole text so far. '.repeat(
  16,
);

export interface SeatJournal {
  /** The next `count` changes as stored entries; the first time after the epoch's opening. */
  next(count: number): StoredEntry[];
}

export function seatJournal(seat: BenchSeat): SeatJournal {
  const epoch = newId();
  let seq = 0;
  let prev: string | null = null;
  const add = (draft: Parameters<typeof nextEntry>[0]): StoredEntry => {
    const one = nextEntry(
      draft,
      { origin: seat.id, epoch, seq: ++seq },
      prev,
      Date.now(),
      toHex(randomBytes(16)),
    );
    prev = one.hash;
    return one.stored;
  };
  return {
    next(count) {
      const entries = seq === 0 ? [add(epochOpened('first-start', []))] : [];
      for (let i = 0; i < count; i++) {
        // Four of five changes are a choice or a short text, the fifth is an essay as it grows.
        const item = seq % items;
        const value = item % 5 === 4 ? essay.slice(0, 100 + ((seq * 37) % 1_200)) : `choice-${seq % 4}`;
        entries.push(
          add({
            kind: 'answer-changed',
            subject: `sitting:${seat.sittingId}`,
            data: { item: `item-${item}`, lease: seat.lease, attempt: 1, mono: seq * 1_500 },
            payload: { responses: { RESPONSE: value } },
          }),
        );
      }
      return entries;
    },
  };
}

export function asBody(entries: readonly StoredEntry[]): string {
  return JSON.stringify(toSegment(entries));
}
