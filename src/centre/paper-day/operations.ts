/** The console's operations of an event's day. */
import { rm } from 'node:fs/promises';
import { implement } from '@orpc/server';
import { ok, type Result } from '../../base/result.ts';
import type { Backups } from '../../node/backup/backup.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { holdRelease, letGo, setRelease } from '../authorise/release-order.ts';
import type { Centre } from '../centre.ts';
import { csvText } from '../export/table-text.ts';
import { paperDayContract } from './contract.ts';
import { dayRows, dayView } from './day-view.ts';
import { exportAsZip, exportIntoFolder } from './export-files.ts';
import { dayFetchRows, recordDayFetch } from './fetches.ts';
import { dayDigits, dayWords, makeAccessKey, makeDayRelease } from './grants/give-out.ts';
import { makeGrants, makeReserveGrant } from './grants/grants.ts';
import { keepQuestionPaper, removeQuestionPaper } from './materials/question-papers.ts';
import { importMembers } from './members/import-members.ts';
import { membersOf, revokeMember, saveMembers, type Member } from './members/members.ts';
import { saveDayPolicy, saveDaySettings } from './settings.ts';
import { filterSites, siteDays, sitesTable } from './site-days.ts';

/** A page that is watched counts all sites each time. */
const restMs = 1_000;
const csvLimit = 1_000_000;

export function paperDayOperations(centre: Centre, backups: Backups) {
  const os = implement(paperDayContract).$context<OperationContext>();
  const viewAfter = async (
    { projectId, eventId }: { projectId: string; eventId: string },
    done: Result<unknown> = ok(),
  ) => {
    unwrap(done);
    return unwrap(await dayView(centre, projectId, eventId));
  };
  const offer = async (context: OperationContext, made: { file: string; fileName: string }) => {
    try {
      return await context.files.offer(made.fileName, { file: made.file }, context.account);
    } finally {
      await rm(made.file, { force: true });
    }
  };
  const sitesOf = async (input: Parameters<typeof filterSites>[1] & { projectId: string; eventId: string }) =>
    filterSites(unwrap(await siteDays(centre, input.projectId, input.eventId)), input);
  return os.router({
    list: os.list.handler(({ input }) => dayRows(centre, input.projectId)),
    get: os.get.handler(({ input }) => viewAfter(input)),
    live: os.live.handler(({ input, signal }) =>
      liveView(
        signal,
        (listener) => {
          const ends = [centre, centre.materials, centre.archives].map(({ changed }) =>
            changed.subscribe(listener),
          );
          return () => {
            for (const end of ends) end();
          };
        },
        () => viewAfter(input),
        restMs,
      ),
    ),
    saveSettings: os.saveSettings.handler(async ({ input, context }) =>
      viewAfter(
        input,
        await saveDaySettings(centre, input.projectId, input.eventId, input.settings, context.account),
      ),
    ),
    savePolicy: os.savePolicy.handler(async ({ input, context }) => {
      unwrap(await saveDayPolicy(centre, input.projectId, input.policy, context.account));
      return {};
    }),
    keepPaper: os.keepPaper.handler(async ({ input, context }) => {
      const file = unwrap(context.files.take(input.uploadId, context.account));
      try {
        return await viewAfter(input, await keepQuestionPaper(centre, input, file, context.account));
      } finally {
        // Unsealed it lies nowhere longer than it takes.
        await context.files.discard(input.uploadId, context.account);
      }
    }),
    removePaper: os.removePaper.handler(async ({ input, context }) =>
      viewAfter(input, await removeQuestionPaper(centre, input, context.account)),
    ),
    prepare: os.prepare.handler(async ({ input, context }) =>
      viewAfter(input, await centre.materials.begin(input.projectId, input.eventId, context.account)),
    ),
    cancelPreparing: os.cancelPreparing.handler(async ({ input }) =>
      viewAfter(input, await centre.materials.cancel(input.projectId, input.eventId)),
    ),
    sites: os.sites.handler(async ({ input }) => {
      const rows = await sitesOf(input);
      return { total: rows.length, rows: rows.slice(input.offset, input.offset + input.limit) };
    }),
    exportSites: os.exportSites.handler(async ({ input, context }) =>
      context.files.offer(
        `sites.${input.format}`,
        await sitesTable(await sitesOf(input), input.format),
        context.account,
      ),
    ),
    exportFiles: os.exportFiles.handler(async ({ input, context }) =>
      offer(context, unwrap(await exportAsZip(centre, input, context.account))),
    ),
    exportToFolder: os.exportToFolder.handler(async ({ input, context }) =>
      unwrap(await exportIntoFolder(centre, backups, input.folder, input, context.account)),
    ),
    members: os.members.handler(({ input }) => memberViews(centre, input.projectId)),
    saveMember: os.saveMember.handler(async ({ input, context }) => {
      unwrap(await saveMembers(centre, input.projectId, [input.member], context.account));
      return memberViews(centre, input.projectId);
    }),
    importMembers: os.importMembers.handler(async ({ input, context }) => {
      const file = unwrap(context.files.take(input.uploadId, context.account));
      return unwrap(await importMembers(centre, input.projectId, file, context.account));
    }),
    revokeMember: os.revokeMember.handler(async ({ input, context }) =>
      unwrap(
        await revokeMember(centre, input.projectId, input.memberId, {
          reason: input.reason,
          by: context.account,
        }),
      ),
    ),
    makeKeys: os.makeKeys.handler(async ({ input, context }) => {
      const { problems, ...made } = unwrap(await makeGrants(centre, input, input.pin, context.account));
      return { ...made, problems: [...problems] };
    }),
    cancelArchives: os.cancelArchives.handler(async ({ input }) =>
      viewAfter(input, await centre.archives.cancel(input.projectId, input.eventId)),
    ),
    makeReserveKey: os.makeReserveKey.handler(async ({ input, context }) => {
      const { problems, ...made } = unwrap(await makeReserveGrant(centre, input, input.pin, context.account));
      return { ...made, problems: [...problems] };
    }),
    exportKey: os.exportKey.handler(async ({ input, context }) => {
      const made = unwrap(await makeAccessKey(centre, input));
      const offered = await offer(context, made);
      const { projectId, eventId, siteCode } = input;
      await recordDayFetch(centre, {
        projectId,
        eventId,
        siteCode,
        what: 'access-key',
        number: made.number,
        taken: { way: 'file', by: context.account },
      });
      return offered;
    }),
    setRelease: os.setRelease.handler(async ({ input, context }) =>
      viewAfter(input, await setRelease(centre, input.projectId, input.eventId, input.at, context.account)),
    ),
    hold: os.hold.handler(async ({ input, context }) =>
      viewAfter(
        input,
        await holdRelease(centre, input.projectId, input.eventId, input.reason, context.account),
      ),
    ),
    letGo: os.letGo.handler(async ({ input, context }) =>
      viewAfter(input, await letGo(centre, input.projectId, input.eventId, context.account)),
    ),
    exportRelease: os.exportRelease.handler(async ({ input, context }) =>
      offer(context, unwrap(await makeDayRelease(centre, input, context.account))),
    ),
    releaseWords: os.releaseWords.handler(async ({ input, context }) => ({
      words: unwrap(await dayWords(centre, input, input.language, context.account)),
    })),
    releaseDigits: os.releaseDigits.handler(async ({ input, context }) => ({
      digits: unwrap(await dayDigits(centre, input, context.account)),
    })),
    fetches: os.fetches.handler(({ input }) => dayFetchRows(centre, input)),
    exportFetches: os.exportFetches.handler(async ({ input, context }) => {
      const { rows } = await dayFetchRows(centre, { ...input, offset: 0, limit: csvLimit });
      return context.files.offer(
        'fetches.csv',
        csvText([
          ['at', 'site', 'what', 'number', 'way', 'account', 'address'],
          ...rows.map((row) => [
            new Date(row.at).toISOString(),
            row.siteCode,
            row.what,
            row.number,
            row.way,
            row.by,
            row.address,
          ]),
        ]),
        context.account,
      );
    }),
  });
}

async function memberViews({ db }: Centre, projectId: string) {
  const members = await membersOf(db, projectId);
  return members.map((one: Member) => ({ ...one, sites: one.sites === null ? null : [...one.sites] }));
}
