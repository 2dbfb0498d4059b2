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

test('who ships something all the while says hello in its time nevertheless', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'uplink-'));
  const signer = signingKeyFromPem(newSigningKeyPem());
  const journal = expectOk(await openJournal({ dir, origin: 'seat-1', signer, clock: systemClock }));
  let hellos = 0;
  const parent = {
    post(path: string) {
      const heads = journal.heads();
      if (path === '/hello') {
        hellos++;
        return Promise.resolve(
          ok({ time: '', version: '1', acknowledged: heads, forked: [], notices: null }),
        );
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
  for (const begun = performance.now(); hellos < 4 && performance.now() - begun < 3_000;)
    await journal.append([{ kind: 'answer-changed', subject: 'sitting:anna', data: {} }]);
  expect(hellos).toBe(4);
  await uplink.stop();
  await journal.close();
  rmSync(dir, { recursive: true, force: true });
});
