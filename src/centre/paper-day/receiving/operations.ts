/** The console's operations of what comes from sites after an exam on paper. */
import { implement } from '@orpc/server';
import { rm } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { isWithin } from '../../../node/users/limit.ts';
import { limitOf, liveView, type OperationContext } from '../../../node/operations.ts';
import { unwrap } from '../../../node/refused.ts';
import type { Centre } from '../../centre.ts';
import { ownDays } from '../board/own-days.ts';
import { sayStageAtCentre, stagesOfSites } from '../board/site-stages.ts';
import { stageBoard, stationsOfSite } from '../board/stage-board.ts';
import { dayEventRows, packageRows, packageSheets } from '../packages/package-rows.ts';
import { decideQuality } from '../packages/quality.ts';
import { makeWordsParcel, type OfSite } from '../packages/words.ts';
import { bookList, differencesTable } from '../reconciliation/book-list.ts';
import { booksOf } from '../reconciliation/books.ts';
import { dayPackageContract, type DaySite } from './contract.ts';
import { receiveOfDay } from './receive.ts';

/** A page that is watched counts all sites each time. */
const restMs = 1_000;

export function dayPackageOperations(centre: Centre) {
  const os = implement(dayPackageContract).$context<OperationContext>();
  const watch = (listener: () => void) => {
    const ends = [centre.packages.changed.subscribe(listener), centre.changed.subscribe(listener)];
    return () => {
      for (const end of ends) end();
    };
  };
  const offer = (
    context: OperationContext,
    made: Result<{ fileName: string; content: string | Uint8Array }>,
  ) => {
    const { fileName, content } = unwrap(made);
    return context.files.offer(fileName, content, context.account);
  };
  return os.router({
    events: os.events.handler(({ input, context }) =>
      dayEventRows(centre, input.projectId, limitOf(context)),
    ),
    board: os.board.handler(async ({ input, context }) =>
      unwrap(await stageBoard(centre, input, limitOf(context))),
    ),
    live: os.live.handler(({ input, context, signal }) =>
      liveView(signal, watch, async () => unwrap(await stageBoard(centre, input, limitOf(context))), restMs),
    ),
    site: os.site.handler(async ({ input }) => unwrap(await daySite(centre, input))),
    liveSite: os.liveSite.handler(({ input, signal }) =>
      liveView(signal, watch, async () => unwrap(await daySite(centre, input)), restMs),
    ),
    own: os.own.handler(async ({ context }) => unwrap(await ownDays(centre, limitOf(context)))),
    sayStage: os.sayStage.handler(async ({ input, context }) => {
      unwrap(await sayStageAtCentre(centre, { ...input, by: context.account }));
      return {};
    }),
    sheets: os.sheets.handler(async ({ input }) => unwrap(await packageSheets(centre, input))),
    decide: os.decide.handler(async ({ input, context }) => {
      unwrap(await decideQuality(centre, input, input, context.account));
      return {};
    }),
    take: os.take.handler(async ({ input, context }) => {
      const { projectId } = input;
      const limit = limitOf(context);
      const { path } = unwrap(context.files.take(input.uploadId, context.account));
      const taken = unwrap(
        await receiveOfDay(centre, path, {
          projectId,
          siteCode: null,
          way: 'file',
          by: context.account,
          may: async (siteCode) => {
            const site = await centre.db
              .selectFrom('site')
              .select('region')
              .where('project_id', '=', projectId)
              .where('code', '=', siteCode)
              .executeTakeFirst();
            return isWithin(limit, projectId, { code: siteCode, region: site?.region ?? null });
          },
        }),
      );
      await context.files.discard(input.uploadId, context.account);
      const { kind, siteCode, known } = taken;
      return { kind, siteCode, known };
    }),
    words: os.words.handler(async ({ input, context }) => {
      const { file, fileName } = unwrap(await makeWordsParcel(centre, input));
      try {
        return await context.files.offer(fileName, { file }, context.account);
      } finally {
        await rm(file, { force: true });
      }
    }),
    books: os.books.handler(async ({ input }) => {
      const [{ event, siteName }, books] = [
        unwrap(await placeOf(centre, input)),
        unwrap(await booksOf(centre, input)),
      ];
      const { differences } = books;
      return {
        event,
        siteCode: input.siteCode,
        siteName,
        ...books,
        total: differences.length,
        differences: differences.slice(input.offset, input.offset + input.limit),
      };
    }),
    bookList: os.bookList.handler(async ({ input, context }) =>
      unwrap(await bookList(centre, input, limitOf(context))),
    ),
    exportBooks: os.exportBooks.handler(async ({ input, context }) =>
      offer(
        context,
        await differencesTable(centre, { ...input, siteCode: null }, input.format, limitOf(context)),
      ),
    ),
    exportSiteBooks: os.exportSiteBooks.handler(async ({ input, context }) =>
      offer(context, await differencesTable(centre, input, input.format, limitOf(context))),
    ),
  });
}

/** Refusal `no-such-event`. */
async function placeOf(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId, siteCode }: OfSite,
): Promise<Result<Pick<DaySite, 'event' | 'siteName' | 'region'>>> {
  const event = await db
    .selectFrom('event')
    .select(['id', 'name', 'date'])
    .where('id', '=', eventId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const site = await db
    .selectFrom('site')
    .select(['name', 'region'])
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .executeTakeFirst();
  return ok({ event, siteName: site?.name ?? null, region: site?.region ?? null });
}

/** Refusal `no-such-event`. */
async function daySite(centre: Centre, of: OfSite): Promise<Result<DaySite>> {
  const place = await placeOf(centre, of);
  if (!place.ok) return place;
  const [{ report, stations }, packages, knownOf] = await Promise.all([
    stationsOfSite(centre, of),
    packageRows(centre, of),
    stagesOfSites(centre, of.eventId, of.siteCode),
  ]);
  return ok({
    ...place.value,
    siteCode: of.siteCode,
    statuses: (report?.statuses ?? []).map(({ status, toldAt, reason, by, gaps }) => ({
      status,
      toldAt,
      reason,
      by,
      gaps,
    })),
    stages: [...knownOf(of.siteCode).stages],
    stations,
    packages,
  });
}
