import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject, people } from '../../src/centre/centre.fixture.ts';
import { makeEvent, registerKits } from '../../src/centre/scans/scans.fixture.ts';
import { removeUnneeded } from '../../src/centre/scans/uploads/remove-unneeded.ts';
import { uploadPage } from '../../src/centre/scans/uploads/upload-list.ts';
import {
  cancelUpload,
  expectUpload,
  givePassword,
  takeArchive,
} from '../../src/centre/scans/uploads/uploads.ts';
import { roomOf } from '../../src/centre/scans/uploads/uploads.fixture.ts';
import type { Tried } from './centre-on.ts';

export function readsUploads({ start }: Tried): void {
  test('an archive of scans waits for its password, is read to its end, and is found by what is said of it', async () => {
    const here = await start();
    const { centre } = here;
    const { projectId } = await makeProject(here);
    people(here);
    const event = await makeEvent(centre, projectId);
    await registerKits(centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 1 });
    const sender = { account: 'bob', limit: null };
    const { path } = await here.file('a.zip', await roomOf([1, 9], { password: 'p', zipCrypto: true }));
    const taken = { projectId, path, fileName: 'Школа.zip', way: 'package', ...sender } as const;
    const { uploadId } = expectOk(await takeArchive(centre, taken));
    await centre.scanReader.idle();
    const list = async (more: object = {}) =>
      uploadPage(centre, { projectId, search: '', show: 'all', offset: 0, limit: 9, ...more }, null);
    expect((await list({ show: 'open' })).rows).toMatchObject([{ state: 'password' }]);
    expectOk(await givePassword(centre, { projectId, uploadId, password: 'p' }, null));
    await centre.scanReader.idle();
    const counts = { filled: 3, empty: 1, foreign: 4 };
    for (const more of [{ search: 'Школа' }, { search: 'ZIP' }, { search: '1' }, { show: 'attention' }])
      expect([more, (await list(more)).rows]).toMatchObject([more, [{ state: 'read', done: 8, counts }]]);
    const asked = { projectId, fileName: 'b.zip', size: 9, modifiedAt: 1 };
    const coming = expectOk(await expectUpload(centre, asked, sender));
    await removeUnneeded(centre, { orphans: true });
    expectOk(await cancelUpload(centre, { projectId, uploadId: coming.uploadId }, sender));
    expect((await list()).rows.map(({ state }) => state)).toEqual(['cancelled', 'read']);
  });
}
