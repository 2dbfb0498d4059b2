import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { curl, has, runGateways } from '../tree.fixture.ts';

test.skipIf(!has('curl', 'ftps'))('a slow transfer goes on for as long as something comes', async () => {
  // It takes twice as long as a connection may be at rest.
  const running = await runGateways({ limits: { transferIdleMs: 2_500 } });
  try {
    const [content, file] = [randomBytes(1_250_000), join(running.folder, 'slow.zip')];
    writeFileSync(file, content);
    running.tree.files.set('/slow.zip', content);
    const slowly = ['--limit-rate', '250k'];
    const address = `ftp://127.0.0.1:${running.ftp}`;
    const done = await Promise.all([
      curl([...slowly, '--ssl-reqd', '-T', file, `${address}/inbox/tls.zip`]),
      curl([...slowly, '-T', file, `${address}/inbox/plain.zip`]),
      curl([...slowly, '--ssl-reqd', '-o', join(running.folder, 'got.zip'), `${address}/slow.zip`]),
    ]);
    expect(done).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(running.tree.received_.map(({ size }) => size)).toEqual([content.length, content.length]);
  } finally {
    await running.end();
  }
});
