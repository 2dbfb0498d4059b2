/** The console's operations of the releases, and of who took what. */
import { rm } from 'node:fs/promises';
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { allOfSession } from './all-of-session.ts';
import { releaseContract } from './contract.ts';
import { fetchesCsv, fetchRows } from './fetches.ts';
import { holdRelease, letGo, setRelease } from './release-order.ts';
import { releaseSchedule } from './schedule.ts';

export function releaseHandlers(centre: Centre) {
  const os = implement(releaseContract).$context<OperationContext>();
  return {
    schedule: os.schedule.handler(({ input }) => releaseSchedule(centre, input.projectId)),
    setRelease: os.setRelease.handler(async ({ input, context }) => {
      unwrap(await setRelease(centre, input.projectId, input.sessionId, input.at, context.account));
      return releaseSchedule(centre, input.projectId);
    }),
    hold: os.hold.handler(async ({ input, context }) => {
      unwrap(await holdRelease(centre, input.projectId, input.sessionId, input.reason, context.account));
      return releaseSchedule(centre, input.projectId);
    }),
    letGo: os.letGo.handler(async ({ input, context }) => {
      unwrap(await letGo(centre, input.projectId, input.sessionId, context.account));
      return releaseSchedule(centre, input.projectId);
    }),
    exportAll: os.exportAll.handler(async ({ input, context }) => {
      const { file, fileName } = unwrap(
        await allOfSession(centre, input.projectId, input.sessionId, context.account),
      );
      try {
        return await context.files.offer(fileName, { file }, context.account);
      } finally {
        await rm(file, { force: true });
      }
    }),
    fetches: os.fetches.handler(({ input }) => fetchRows(centre, input)),
    exportFetches: os.exportFetches.handler(async ({ input, context }) =>
      context.files.offer('fetches.csv', await fetchesCsv(centre, input), context.account),
    ),
  };
}
