/** The centre's console operations: each hands its input to a feature and nothing more. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import { timeline } from '../../exam/project/policy.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { accountHandlers } from '../../node/account-operations.ts';
import { Backups } from '../../node/backup/backup.ts';
import { driveOperations } from '../../node/backup/operations.ts';
import { passkeyOperations } from '../../node/passkeys/operations.ts';
import { signInOperations } from '../../node/sign-ins/operations.ts';
import { userOperations } from '../../node/users/operations.ts';
import { limitOf, liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import { printTickets } from '../admission-tickets/print-tickets.ts';
import { apiKeyOperations } from '../api-keys/operations.ts';
import {
  authorisationRows,
  makeAuthorisation,
  makeRelease,
  prepareAuthorisations,
  words,
} from '../authorise/authorise.ts';
import { recordFetch } from '../authorise/fetches.ts';
import { releaseHandlers } from '../authorise/operations.ts';
import { resultRows, siteRows } from '../board/board.ts';
import type { Centre } from '../centre.ts';
import { acceptCode, codesOf, issueCode, readCode } from '../codes/codes.ts';
import { codeRegisterHandlers } from '../codes/operations.ts';
import { centreContract } from '../contract.ts';
import { completenessOperations } from '../completeness/operations.ts';
import { distributionOperations } from '../distribution/operations.ts';
import { forgottenPasswordOperations } from '../forgotten/operations.ts';
import { mailOperations } from '../mail/operations.ts';
import { mailServerOf } from '../mail/settings.ts';
import { openIdOperations } from '../openid/operations.ts';
import { dossierOperations } from '../dossier/operations.ts';
import { dueOperations } from '../due/operations.ts';
import { eventOperations } from '../events/operations.ts';
import { confirmationOperations } from '../four-eyes/operations.ts';
import { limitOperations } from '../limits/operations.ts';
import { limitRules } from '../limits/reach.ts';
import { lockOperations } from '../locks/operations.ts';
import { reserveConsoleOperations } from '../reserve-consoles/operations.ts';
import { checkPaper, keepPaper, papersOf } from '../paper/import-paper.ts';
import {
  createProject,
  projectSummaries,
  projectView,
  removeSession,
  saveSession,
} from '../project/projects.ts';
import { protocolOperations } from '../protocols/operations.ts';
import { siteArchiveOperations } from '../paper-day/archives/operations.ts';
import { paperDayOperations } from '../paper-day/operations.ts';
import type { GatewaysView } from '../paper-day/gateway/contract.ts';
import { gatewayOperations } from '../paper-day/gateway/operations.ts';
import { dayPackageOperations } from '../paper-day/receiving/operations.ts';
import { publicationHandlers } from '../publish/operations.ts';
import { answerFileRows, offerAnswerFile } from '../result/answer-files.ts';
import { receiveResults } from '../result/receive-file.ts';
import {
  countUnscored,
  exportAnswers,
  exportCsv,
  exportXlsx,
  scoreProject,
  scoreRows,
} from '../result/score-results.ts';
import { addPhotos } from '../roster/add-photos.ts';
import { candidateRows, photoOf } from '../roster/candidates.ts';
import { importRoster, previewRoster } from '../roster/import-roster.ts';
import { scanOperations } from '../scans/review/operations.ts';
import { markOperations } from '../scans/marks/operations.ts';
import { scanUploadOperations } from '../scans/uploads/operations.ts';
import { siteAccountOperations } from '../site-account/operations.ts';
import { supportOperations } from '../support/operations.ts';
import { frame } from './frame.ts';

export function centreOperations(
  centre: Centre,
  served: () => Served,
  gateways: () => GatewaysView = () => ({ ftp: null, sftp: null }),
) {
  const os = implement(centreContract).$context<OperationContext>();
  const backups = new Backups(removableDrives);
  const upload = (context: OperationContext, id: string) => unwrap(context.files.take(id, context.account));
  const offer = async (context: OperationContext, made: { file: string; fileName: string }) =>
    context.files.offer(made.fileName, { file: made.file }, context.account);
  return os.router({
    account: {
      me: os.account.me.handler(accountHandlers.me),
      signIn: os.account.signIn.handler(accountHandlers.signIn),
      signOut: os.account.signOut.handler(accountHandlers.signOut),
      changePassword: os.account.changePassword.handler(accountHandlers.changePassword),
      forgotten: os.account.forgotten.handler(() => ({
        byMail: mailServerOf(centre.node) !== null,
        supportPhone: null,
      })),
    },
    frame: os.frame.handler(({ context }) => frame(centre, served(), limitOf(context))),
    user: userOperations(centre.node, limitRules(centre.db)),
    signIn: signInOperations(centre.node),
    passkey: passkeyOperations(centre.node),
    drive: driveOperations(backups),
    project: {
      list: os.project.list.handler(({ context }) => projectSummaries(centre, limitOf(context))),
      get: os.project.get.handler(async ({ input, context }) =>
        unwrap(await projectView(centre, input.projectId, limitOf(context))),
      ),
      live: os.project.live.handler(({ input, context, signal }) =>
        liveView(
          signal,
          centre.changed.subscribe,
          async () => unwrap(await projectView(centre, input.projectId, limitOf(context))),
          1_000,
        ),
      ),
      create: os.project.create.handler(async ({ input }) => unwrap(await createProject(centre, input))),
      saveSession: os.project.saveSession.handler(async ({ input }) =>
        unwrap(await saveSession(centre, input.projectId, input.sessionId, input.session)),
      ),
      removeSession: os.project.removeSession.handler(async ({ input }) => {
        unwrap(await removeSession(centre, input.projectId, input.sessionId));
        return {};
      }),
      timeline: os.project.timeline.handler(({ input }) =>
        timeline({
          startAt: input.session.startAt,
          durationMin: input.session.subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
          policy: input.session.policy,
        }),
      ),
    },
    roster: {
      preview: os.roster.preview.handler(async ({ input, context }) =>
        unwrap(
          await previewRoster(
            centre,
            input.projectId,
            upload(context, input.uploadId),
            input.mapping,
            input.choice,
          ),
        ),
      ),
      import: os.roster.import.handler(async ({ input, context }) =>
        unwrap(
          await importRoster(
            centre,
            input.projectId,
            upload(context, input.uploadId),
            context.account,
            input.mapping,
            { choice: input.choice },
          ),
        ),
      ),
      candidates: os.roster.candidates.handler(({ input, context }) =>
        candidateRows(centre, input, limitOf(context)),
      ),
      photo: os.roster.photo.handler(async ({ input, context }) => ({
        url: await photoOf(centre, input.projectId, input.admissionNumber, limitOf(context)),
      })),
      addPhotos: os.roster.addPhotos.handler(async ({ input, context }) => {
        const files = input.uploadIds.map((one) => upload(context, one));
        try {
          return unwrap(await addPhotos(centre, input.projectId, files, context.account));
        } finally {
          for (const one of input.uploadIds) await context.files.discard(one, context.account);
        }
      }),
      tickets: os.roster.tickets.handler(async ({ input, context }) => {
        const { fileName, content } = unwrap(await printTickets(centre, input));
        return context.files.offer(fileName, content, context.account);
      }),
    },
    paper: {
      list: os.paper.list.handler(({ input }) => papersOf(centre, input.projectId)),
      check: os.paper.check.handler(async ({ input, context }) =>
        unwrap(await checkPaper(upload(context, input.uploadId))),
      ),
      import: os.paper.import.handler(async ({ input, context }) =>
        unwrap(
          await keepPaper(
            centre,
            input.projectId,
            upload(context, input.uploadId),
            input.leaveOut,
            context.account,
          ),
        ),
      ),
    },
    lock: lockOperations(centre, served),
    reserveConsole: reserveConsoleOperations(centre),
    publication: publicationHandlers(centre),
    site: {
      list: os.site.list.handler(({ input, context }) => siteRows(centre, input.projectId, limitOf(context))),
      newRegistrationCode: os.site.newRegistrationCode.handler(async ({ input, context }) => {
        const registrationCode = newRegistrationCode();
        const written = await centre.db
          .updateTable('site')
          .set({ registration_code: registrationCode })
          .where('project_id', '=', input.projectId)
          .where('code', '=', input.siteCode)
          .executeTakeFirst();
        if (written.numUpdatedRows === 0n) unwrap(refuse({ type: 'no-such-site', site: input.siteCode }));
        await centre.node.journal.append([
          {
            kind: 'registration-code-made',
            subject: `site:${input.siteCode}`,
            data: { by: context.account },
          },
        ]);
        centre.changed.notify();
        return { registrationCode };
      }),
    },
    authorisation: {
      list: os.authorisation.list.handler(({ input, context }) =>
        authorisationRows(centre, input.projectId, limitOf(context)),
      ),
      prepare: os.authorisation.prepare.handler(async ({ input, context }) => {
        unwrap(
          await prepareAuthorisations(centre, input.projectId, input.sessionId, input.pin, context.account),
        );
        return authorisationRows(centre, input.projectId, limitOf(context));
      }),
      exportFile: os.authorisation.exportFile.handler(async ({ input, context }) => {
        const { sessionId, siteCode } = input;
        const made = unwrap(await makeAuthorisation(centre, sessionId, siteCode));
        const offered = await offer(context, made);
        await recordFetch(centre, {
          projectId: made.projectId,
          sessionId,
          siteCode,
          what: 'authorisation',
          taken: { way: 'file', by: context.account },
        });
        return offered;
      }),
      exportRelease: os.authorisation.exportRelease.handler(async ({ input, context }) =>
        offer(context, unwrap(await makeRelease(centre, input.sessionId, input.siteCode, context.account))),
      ),
      releaseWords: os.authorisation.releaseWords.handler(async ({ input, context }) => ({
        words: unwrap(await words(centre, input.sessionId, input.siteCode, input.language, context.account)),
      })),
      ...releaseHandlers(centre),
    },
    confirmation: confirmationOperations(centre),
    code: {
      list: os.code.list.handler(({ input, context }) => codesOf(centre, input.projectId, limitOf(context))),
      live: os.code.live.handler(({ input, context, signal }) =>
        liveView(
          signal,
          centre.changed.subscribe,
          () => codesOf(centre, input.projectId, limitOf(context)),
          1_000,
        ),
      ),
      read: os.code.read.handler(async ({ input, context }) =>
        unwrap(await readCode(centre, input.projectId, input, deskOf(context))),
      ),
      issue: os.code.issue.handler(async ({ input, context }) =>
        unwrap(
          await issueCode(centre, input.projectId, input, deskOf(context), {
            reason: input.reason,
            by: context.account,
          }),
        ),
      ),
      accept: os.code.accept.handler(async ({ input, context }) => {
        const { roomCode: room, sessionId: session, challenge, reason } = input;
        unwrap(await acceptCode(centre, { room, session, challenge }, { reason, by: context.account }));
        return codesOf(centre, input.projectId, limitOf(context));
      }),
      ...codeRegisterHandlers(centre),
    },
    board: {
      get: os.board.get.handler(({ input, context }) =>
        centre.board.viewer(input.projectId, input.sessionId, limitOf(context))(),
      ),
      live: os.board.live.handler(({ input, context, signal }) =>
        liveView(
          signal,
          centre.board.signal.subscribe,
          centre.board.viewer(input.projectId, input.sessionId, limitOf(context)),
          1_000,
        ),
      ),
      site: os.board.site.handler(({ input: { projectId, sessionId, siteCode }, signal }) =>
        liveView(
          signal,
          centre.board.signal.subscribe,
          async () => unwrap(await centre.board.site(projectId, sessionId, siteCode)),
          1_000,
        ),
      ),
      acknowledge: os.board.acknowledge.handler(async ({ input, context }) => {
        const { kind, since, note, ...where } = input;
        unwrap(await centre.board.acknowledge(where, { kind, since }, { note, by: context.account }));
        return {};
      }),
    },
    support: supportOperations(centre),
    distribution: distributionOperations(centre),
    openId: openIdOperations(centre),
    mail: mailOperations(centre),
    forgottenPassword: forgottenPasswordOperations(centre),
    dossier: dossierOperations(centre),
    due: dueOperations(centre),
    completeness: completenessOperations(centre),
    protocol: protocolOperations(centre),
    apiKey: apiKeyOperations(centre),
    limit: limitOperations(centre),
    scan: scanOperations(centre),
    mark: markOperations(centre),
    siteAccount: siteAccountOperations(centre),
    event: eventOperations(centre),
    scanUpload: scanUploadOperations(centre),
    paperDay: paperDayOperations(centre, backups),
    siteArchive: siteArchiveOperations(centre),
    dayPackage: dayPackageOperations(centre),
    gateway: gatewayOperations(gateways),
    result: {
      list: os.result.list.handler(({ input, context }) =>
        resultRows(centre, input.projectId, limitOf(context)),
      ),
      importFile: os.result.importFile.handler(async ({ input, context }) => {
        unwrap(await receiveResults(centre, input.projectId, upload(context, input.uploadId).path));
        return resultRows(centre, input.projectId, limitOf(context));
      }),
      exportReceipts: os.result.exportReceipts.handler(async ({ input, context }) => {
        const rows = await centre.db
          .selectFrom('result')
          .select('receipt')
          .where('project_id', '=', input.projectId)
          .where('site_code', '=', input.siteCode)
          .where('held_json', 'is', null)
          .orderBy('received_at')
          .execute();
        if (rows.length === 0) unwrap(refuse({ type: 'no-receipts-yet', site: input.siteCode }));
        return context.files.offer(
          `receipts_${input.siteCode}.json`,
          JSON.stringify(rows.map((row) => row.receipt)),
          context.account,
        );
      }),
      score: os.result.score.handler(async ({ input }) =>
        unwrap(await scoreProject(centre, input.projectId)),
      ),
      scores: os.result.scores.handler(async ({ input, context }) => {
        const limit = limitOf(context);
        const rows = await scoreRows(centre, input.projectId, limit);
        return {
          total: rows.length,
          unscored: await countUnscored(centre, input.projectId, limit),
          rows: rows.slice(input.offset, input.offset + input.limit).map(({ items, ...row }) => ({
            ...row,
            needsMarking: items.filter((item) => item.needsMarking).length,
          })),
        };
      }),
      files: os.result.files.handler(({ input, context }) => answerFileRows(centre, input, limitOf(context))),
      downloadFile: os.result.downloadFile.handler(async ({ input, context }) =>
        unwrap(await offerAnswerFile(centre, input, { ...context, limit: limitOf(context) })),
      ),
      exportCsv: os.result.exportCsv.handler(async ({ input, context }) =>
        context.files.offer(
          'results.csv',
          await exportCsv(centre, input.projectId, limitOf(context)),
          context.account,
        ),
      ),
      exportXlsx: os.result.exportXlsx.handler(async ({ input, context }) =>
        context.files.offer(
          'results.xlsx',
          await exportXlsx(centre, input.projectId, limitOf(context)),
          context.account,
        ),
      ),
      exportAnswers: os.result.exportAnswers.handler(async ({ input, context }) =>
        context.files.offer(
          'answers.jsonl',
          await exportAnswers(centre, input.projectId, limitOf(context)),
          context.account,
        ),
      ),
    },
  });
}

/** Whoever signs in for a site permits what the policy lets the site permit. */
function deskOf(context: OperationContext): 'centre' | 'site' {
  return signedIn(context).role === 'site' ? 'site' : 'centre';
}
