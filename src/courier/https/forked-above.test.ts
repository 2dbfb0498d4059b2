/** Two disks put back at once: seat and room hold the same old copy, and only the site above them knows better. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk, ok, refuse } from '../../base/result.ts';
import { forkedOf } from './kept-journal.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../trust/signing-key.ts';
import type { StoredEntry } from '../../journal/entry.ts';
import { heal } from '../../journal/heal.ts';
import { openJournal, type Journal } from '../../journal/journal.ts';

const top = mkdtempSync(join(tmpdir(), 'heal-'));
const open: Journal[] = [];
const signer = signingKeyFromPem(newSigningKeyPem());
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  rmSync(top, { recursive: true, force: true });
});

async function journalIn(name: string, origin: string): Promise<Journal> {
  const dir = join(top, name);
  mkdirSync(dir, { recursive: true });
  const journal = expectOk(await openJournal({ dir, origin, signer, clock: systemClock }));
  open.push(journal);
  return journal;
}

const answer = (text: string) => ({
  kind: 'answer-changed',
  subject: 'sitting:anna',
  data: { item: 'q1' },
  payload: { responses: { RESPONSE: text } },
});

const entriesOf = (journal: Journal, origin: string, epoch: string): readonly StoredEntry[] =>
  journal.ofOrigin(origin, epoch, 0, 1_000);

test('a chain that is forked further up is left, and everything in it is said again', async () => {
  const seat = await journalIn('seat', 'seat-1');
  const { epoch } = seat.self;
  await seat.append([answer('before')]);
  await open.pop()?.close();
  cpSync(join(top, 'seat'), join(top, 'seat-put-back'), { recursive: true });
  const lived = await journalIn('seat', 'seat-1');
  await lived.append([answer('seen by the site')]);
  const site = await journalIn('site', 'site-1');
  await site.accept(entriesOf(lived, 'seat-1', epoch));

  const back = await journalIn('seat-put-back', 'seat-1');
  await back.append([answer('after')]);
  const room = await journalIn('room', 'room-1');
  await room.accept(entriesOf(back, 'seat-1', epoch));
  const toldByRoom = forkedOf(room, back.heads(), []);
  expect(toldByRoom).toEqual([]);
  const toldBySite = forkedOf(site, room.heads(), []);
  expect(toldBySite).toEqual([{ origin: 'seat-1', epoch }]);
  const told = forkedOf(room, back.heads(), toldBySite);

  const ask = () => Promise.resolve(refuse({ type: 'not-asked' }));
  const healed = expectOk(await heal(back, room.heads(), told, ask));
  expect(healed.found).toMatchObject([{ epoch, carried: 2, restored: 0 }]);
  expect(back.self.epoch).not.toBe(epoch);
  const said: unknown[] = [];
  back.replay((entry) => {
    if (entry.place.epoch === back.self.epoch) said.push(entry.payload ?? entry.kind);
  });
  expect(said).toEqual([
    'epoch-opened',
    'disk-rolled-back',
    answer('before').payload,
    answer('after').payload,
  ]);
  // Said once: the old epoch is not the current one any more.
  expect(expectOk(await heal(back, room.heads(), told, () => Promise.resolve(ok([])))).found).toEqual([]);
});
