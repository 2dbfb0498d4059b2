import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk, ok } from '../../base/result.ts';
import { openJournal } from '../../journal/journal.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../trust/signing-key.ts';
import type { ExchangeClient } from './client.ts';
import { Uplink } from './uplink.ts';

/** An uplink whose parent answers every hello at once. @param helloEveryMs that this parent asks for */
async function tryUplink(helloEveryMs?: number) {
  const dir = mkdtempSync(join(tmpdir(), 'uplink-'));
  const signer = signingKeyFromPem(newSigningKeyPem());
  const journal = expectOk(await openJournal({ dir, origin: 'seat-1', signer, clock: systemClock }));
  const said = { hellos: 0 };
  const parent = {
    post(path: string) {
      const heads = journal.heads();
      if (path === '/hello') {
        said.hellos++;
        const answer = { time: '', version: '1', acknowledged: heads, forked: [], notices: null };
        return Promise.resolve(ok({ ...answer, ...(helloEveryMs === undefined ? {} : { helloEveryMs }) }));
      }
      const chains = heads.map((head) => ({
        origin: head.origin,
        epoch: head.epoch,
        acknowledged: head,
        problem: null,
      }));
      return Promise.resolve(ok({ chains }));
    },
    close: () => undefined,
  };
  const uplink = new Uplink({
    client: parent as unknown as ExchangeClient,
    parentSigningKey: '',
    journal,
    clock: systemClock,
    version: '1',
    intervalMs: 200,
    gatherMs: 0,
    ships: () => () => true,
    status: () => null,
    onNotices: () => undefined,
    onState: () => undefined,
  });
  return {
    said,
    journal,
    uplink,
    async close() {
      await uplink.stop();
      await journal.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

test('who ships something all the while says hello in its time nevertheless', async () => {
  const { said, journal, close } = await tryUplink();
  for (const begun = performance.now(); said.hellos < 4 && performance.now() - begun < 3_000;)
    await journal.append([{ kind: 'answer-changed', subject: 'sitting:anna', data: {} }]);
  expect(said.hellos).toBe(4);
  await close();
});

test('a parent of thousands has its children wait longer, and hears at once what it must know', async () => {
  const { said, uplink, close } = await tryUplink(60_000);
  await uplink.reach();
  const before = said.hellos;
  // Meanwhile another child, of whom nothing is asked, says hello again and again.
  const other = await tryUplink();
  await expect.poll(() => other.said.hellos).toBeGreaterThan(3);
  await other.close();
  expect(said.hellos).toBe(before);
  await uplink.reach();
  expect(said.hellos).toBe(before + 1);
  await close();
});
