import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { curl, has, runGateways, sftp, type Running } from '../../src/courier/gateway/tree.fixture.ts';
import { noSmallDisk, smallDisk, type SmallDisk } from './small-disk.ts';

const clients = [has('curl', 'ftps'), has('sftp')].every(Boolean);

describe.skipIf(noSmallDisk !== null || !clients)(
  `uploads on a full disk (${noSmallDisk ?? 'tmpfs'})`,
  () => {
    let disk: SmallDisk;
    let running: Running;
    afterEach(async () => {
      await running.end();
      disk.remove();
    });

    test('both gateways say that there is no room, keep nothing, and go on when there is', async () => {
      disk = smallDisk(4_096);
      running = await runGateways({ staging: join(disk.path, 'staging') });
      const [large, small] = [join(running.folder, 'large.zip'), join(running.folder, 'small.zip')];
      writeFileSync(large, Buffer.alloc(8 * 1024 * 1024, 1));
      writeFileSync(small, Buffer.alloc(100_000, 1));
      const address = `ftp://127.0.0.1:${running.ftp}/inbox/`;

      expect((await curl(['--ssl-reqd', '-T', large, `${address}a.zip`])).code).not.toBe(0);
      expect(running.logged.join('\n')).not.toContain('could not do');
      expect((await sftp(running, [`put ${large} /inbox/b.zip`])).code).not.toBe(0);
      expect(running.tree.received_).toEqual([]);
      expect(readdirSync(running.staging)).toEqual([]);

      disk.fill();
      const said = await curl(['-v', '--ssl-reqd', '-T', small, `${address}c.zip`]);
      expect(said.code).not.toBe(0);
      disk.free();
      expect((await curl(['--ssl-reqd', '-T', small, `${address}c.zip`])).code).toBe(0);
      expect((await sftp(running, [`put ${small} /inbox/d.zip`])).code).toBe(0);
      expect(running.tree.received_.map(({ path, size }) => [path, size])).toEqual([
        ['/inbox/c.zip', 100_000],
        ['/inbox/d.zip', 100_000],
      ]);
    });
  },
);
