import { expect, test } from 'vitest';
import type { Draft } from '../../journal/entry.ts';
import { PairingDesk } from './pairing-desk.ts';
import type { PairBegin } from './wire.ts';

function desk() {
  const clock = { steady: 0, monotonic: () => clock.steady };
  const entries: Draft[] = [];
  const here = new PairingDesk(clock, {
    append: (drafts) => {
      entries.push(...drafts);
      return Promise.resolve([]);
    },
  });
  const begin = (code = 'R1'): PairBegin => ({
    role: 'room',
    code,
    id: 'i',
    keys: { signingKey: '', sealingKey: '' },
    nonce: '0'.repeat(16),
  });
  /** A proof that is wrong. @returns 'tried', or how long is to be waited. */
  const guess = async (address: string, code?: string) => {
    const may = await here.mayFinish(address, begin(code));
    if (!may.ok) return Number(may.refusal['waitMs']);
    here.wrongProof(address, begin(code));
    return 'tried';
  };
  return { clock, entries, here, begin, guess };
}

test('who guesses at one registration code waits longer and longer, four minutes at most, and it is in the journal once', async () => {
  const { clock, entries, guess, here, begin } = desk();
  for (let i = 0; i < 10; i++) expect(await guess('10.6.6.6')).toBe('tried');
  const waits: unknown[] = [];
  for (let i = 0; i < 7; i++) {
    const wait = Number(await guess('10.6.6.6'));
    waits.push(wait / 1000);
    clock.steady += wait;
    expect(await guess('10.6.6.6')).toBe('tried');
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 240, 240]);
  expect(entries).toEqual([
    {
      kind: 'guessing-held-off',
      subject: 'journal',
      data: { what: 'registration', address: '10.6.6.6', wrong: 10 },
    },
  ]);
  // The room’s own computer registers meanwhile.
  expect((await here.mayFinish('10.0.0.1', begin())).ok).toBe(true);
});

test('who guesses at many codes from one address waits for all of them, whatever addresses of one IPv6 network are used', async () => {
  const { guess, clock } = desk();
  for (let i = 0; i < 60; i++) expect(await guess(`2001:db8::${i}`, `R${i}`)).toBe('tried');
  expect(await guess('2001:db8::ffff', 'R99')).toBe(10_000);
  expect(await guess('2001:db8:0:1::1', 'R99')).toBe('tried');
  clock.steady += 24 * 60 * 60_000 + 10_000;
  expect(await guess('2001:db8::ffff', 'R99')).toBe('tried');
});

test('who begins and never finishes uses up the places of the own address, not those of others', () => {
  const { clock, here } = desk();
  for (let i = 0; i < 1_000; i++) expect(here.begin('10.6.6.6').ok).toBe(true);
  expect(here.begin('10.6.6.6')).toMatchObject({
    ok: false,
    refusal: { type: 'too-many-tries', waitMs: 60_000 },
  });
  const other = here.begin('10.0.0.1');
  expect(other.ok && here.take(other.value)).toBe(true);
  expect(other.ok && here.take(other.value)).toBe(false);
  clock.steady += 60_000;
  expect(here.begin('10.6.6.6').ok).toBe(true);
});

test('however many addresses begin, what is kept of them is bounded', () => {
  const { here } = desk();
  const first = here.begin('10.0.0.1');
  for (let i = 0; i < 20_000; i++) here.begin(`10.1.${i >> 8}.${i & 255}`);
  expect(first.ok && here.take(first.value)).toBe(false);
  const last = here.begin('10.0.0.1');
  expect(last.ok && here.take(last.value)).toBe(true);
});
