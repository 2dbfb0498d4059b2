import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk } from '../../base/result.ts';
import { seatOrderSchema, type SeatOrder } from '../../exam/session/seat-order.ts';
import { openNode } from '../../node/node.ts';
import { RoomWord } from './room-word.ts';

const sitting = (id: string): NonNullable<SeatOrder['sitting']> => ({
  id,
  admissionNumber: '1000001',
  name: '王小明',
  lease: 1,
  attempt: 1,
  status: 'in-exam',
  rulesRead: true,
  lockMessage: null,
  deadlineAt: 3_600_000,
  handInOpensAt: null,
  accommodations: null,
});

const order = (at: number, of: string | null): SeatOrder =>
  seatOrderSchema.parse({
    at,
    approved: true,
    seatNumber: 3,
    showNumber: false,
    roomCode: 'R1',
    mock: false,
    session: null,
    sitting: of === null ? null : sitting(of),
    startKey: null,
  });

async function roomWord(): Promise<RoomWord> {
  const data = mkdtempSync(join(tmpdir(), 'invigil-word-'));
  const node = expectOk(await openNode({ role: 'seat', data, logLevel: 'silent', clock: systemClock }));
  onTestFinished(async () => {
    await node.close();
    rmSync(data, { recursive: true, force: true });
  });
  return new RoomWord(node);
}

test('a room that still speaks of who held the seat before, or of nobody, does not take the page from who holds it', async () => {
  const word = await roomWord();
  word.take(order(1_000, 'before'), 'before');
  expect(word.take(order(2_000, 'now'), 'now')?.order.sitting?.id).toBe('now');
  expect(word.take(order(2_001, 'before'), 'now')?.order.sitting?.id).toBe('now');
  expect(word.take(order(2_002, null), 'now')?.order.sitting?.id).toBe('now');
});

test('whoever has left the seat is not kept in it', async () => {
  const word = await roomWord();
  word.take(order(1_000, 'before'), 'before');
  expect(word.take(order(2_000, null), null)?.order.sitting).toBeNull();
});

test('a word that was overtaken on its way changes nothing', async () => {
  const word = await roomWord();
  word.take(order(2_000, 'now'), 'now');
  expect(word.take(order(1_999, null), null)).toBeNull();
  expect(word.order?.sitting?.id).toBe('now');
});
