import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk, ok } from '../../base/result.ts';
import type { Draft } from '../../journal/entry.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { pairWithParent } from './child.ts';
import { ExchangeClient } from './client.ts';
import { parentRoutes, type ParentRole } from './parent.ts';
import { PairingDesk } from './pairing-desk.ts';
import { startExchangeServer } from './server.ts';
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

test('over the wire: wrong proofs for one room are held off and entered once, and another room registers meanwhile', async () => {
  const [parent, child] = await Promise.all([createNodeKeys(), createNodeKeys()]);
  const uploads = mkdtempSync(join(tmpdir(), 'invigil-pairing-'));
  const entries: Draft[] = [];
  const code = '7K2M-9QXR-4TBN-0WZE';
  const role = {
    codesFor: () => [code],
    admit: () => Promise.resolve(ok({ welcome: true })),
  } as unknown as ParentRole;
  const server = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: parent.tls,
      routes: parentRoutes({
        keys: parent,
        uploads,
        clock: systemClock,
        journal: {
          heads: () => [],
          hashAt: () => null,
          ofOrigin: () => [],
          accept: () => Promise.reject(new Error('no entries here')),
          append: (drafts) => {
            entries.push(...drafts);
            return Promise.resolve([]);
          },
        },
        role,
      }),
      onError: (error) => {
        throw error;
      },
    }),
  );
  const address = `127.0.0.1:${server.port}`;
  const client = new ExchangeClient({ address, certPem: null }, child.tls);
  try {
    const begin = {
      role: 'room' as const,
      code: 'R1',
      id: 'i',
      keys: { signingKey: child.signing.publicKey, sealingKey: child.sealing.recipient },
      nonce: '0'.repeat(16),
    };
    const guess = async () => {
      const begun = expectOk(await client.postUnpinned<{ nonce: string }>('/pair/begin', begin));
      const { nonce } = begun.answer;
      const finish = { begin, nonce, proof: '0'.repeat(64), details: {} };
      const done = await client.postUnpinned('/pair/finish', finish);
      return done.ok ? 'in' : done.refusal.type;
    };
    for (let i = 0; i < 10; i++) expect(await guess()).toBe('wrong-registration-code');
    expect(await guess()).toBe('too-many-tries');
    expect(await guess()).toBe('too-many-tries');
    expect(entries.map(({ kind }) => kind)).toEqual(['guessing-held-off']);
    const other = { role: 'room' as const, code: 'R2', id: 'i' };
    const joined = await pairWithParent({ address, code, child: other, keys: child, details: {} });
    expect(joined.ok).toBe(true);
    // Somebody who mistyped finds it out before anything is counted.
    for (let i = 0; i < 12; i++) {
      const mistyped = await pairWithParent({
        address,
        code: code.replace('7', '8'),
        child: { ...other, code: 'R3' },
        keys: child,
        details: {},
      });
      expect(mistyped).toMatchObject({ ok: false, refusal: { type: 'wrong-registration-code' } });
    }
    const again = { ...other, code: 'R3' };
    expect((await pairWithParent({ address, code, child: again, keys: child, details: {} })).ok).toBe(true);
  } finally {
    client.close();
    await server.close();
    rmSync(uploads, { recursive: true, force: true });
  }
});
