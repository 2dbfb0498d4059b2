/** The console's operations of publishing. */
import { rm } from 'node:fs/promises';
import { implement } from '@orpc/server';
import { limitOf, liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { publicationContract } from './contract.ts';
import { downloadRows, publicationSites, recordDownload } from './downloads.ts';
import { makeSitePackage } from './site-package.ts';

export function publicationHandlers(centre: Centre) {
  const os = implement(publicationContract).$context<OperationContext>();
  const { publisher } = centre;
  return os.router({
    publish: os.publish.handler(async ({ input, context }) =>
      unwrap(await publisher.publish(input.projectId, context.account)),
    ),
    begin: os.begin.handler(async ({ input, context }) =>
      unwrap(await publisher.begin(input.projectId, context.account)),
    ),
    cancel: os.cancel.handler(async ({ input, context }) => {
      unwrap(await publisher.cancel(input.projectId, context.account));
      return {};
    }),
    work: os.work.handler(async ({ input }) => ({ work: await publisher.work(input.projectId) })),
    live: os.live.handler(({ input, signal }) =>
      liveView(signal, publisher.changed.subscribe, async () => ({
        work: await publisher.work(input.projectId),
      })),
    ),
    list: os.list.handler(async ({ input }) => {
      const rows = await centre.db
        .selectFrom('publication')
        .selectAll()
        .where('project_id', '=', input.projectId)
        .orderBy('number', 'desc')
        .execute();
      return rows.map((row) => ({
        publishedAt: row.published_at,
        number: row.number,
        rooms: row.rooms,
        changedRooms: row.changed_rooms ?? row.rooms,
        bytes: row.bytes,
        by: row.by_account,
      }));
    }),
    sites: os.sites.handler(({ input, context }) =>
      publicationSites(centre, input.projectId, limitOf(context)),
    ),
    downloads: os.downloads.handler(({ input, context }) => downloadRows(centre, input, limitOf(context))),
    exportSite: os.exportSite.handler(async ({ input, context }) => {
      const { projectId, siteCode } = input;
      const { file, fileName, number, bytes } = unwrap(await makeSitePackage(centre, projectId, siteCode));
      try {
        const offered = await context.files.offer(fileName, { file }, context.account);
        await recordDownload(centre, {
          projectId,
          siteCode,
          number,
          way: 'file',
          bytes,
          by: context.account,
        });
        return offered;
      } finally {
        await rm(file, { force: true });
      }
    }),
  });
}
