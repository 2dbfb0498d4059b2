/** The room's console operations: each hands its input to a feature or to a sitting's rules. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { newId } from '../../base/ids.ts';
import { refuse, type Result } from '../../base/result.ts';
import type { SittingCommand } from '../../exam/sitting/sitting.ts';
import { violationTypes } from '../../exam/incident/violation-types.ts';
import { readStored } from '../../journal/journal.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { accountHandlers } from '../../node/account-operations.ts';
import { Backups } from '../../node/backup/backup.ts';
import { driveOperations } from '../../node/backup/operations.ts';
import { acceptWarning } from '../../node/seal-check/accept-warning.ts';
import { userOperations } from '../../node/users/operations.ts';
import { liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import { readReceiptFile } from '../../parcel/receipt-file.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import { accommodationOperations } from '../accommodation/operations.ts';
import { answerPackageOperations } from '../answer-package/operations.ts';
import { authoriseFromFile, authoriseOnline, openedPaper } from '../authorise/authorise.ts';
import { board, seatViews, sittingViews } from '../board/board.ts';
import { answerCode, askForCode, openRequests } from '../codes/codes.ts';
import { roomContract } from '../contract.ts';
import { examBrowserOperations } from '../exam-browser/operations.ts';
import { environmentOperations } from '../environment/operations.ts';
import { exportList } from '../lists/export-list.ts';
import { loadFile, loadOnline } from '../load-exam/load-exam.ts';
import { loadThrough } from '../own-site/load.ts';
import { ownSiteOperations } from '../own-site/operations.ts';
import { keepSettings } from '../own-site/own-site.ts';
import { ownSiteChecks } from '../own-site/view.ts';
import { registerAtSite } from '../register/register.ts';
import { missingFiles } from '../answer-files/answer-files.ts';
import { backup, examRecord, exportResult, report, resultCheck, takeReceipts } from '../report/report.ts';
import type { Room } from '../room.ts';
import { seatFolderOperations } from '../seat-folder/operations.ts';
import { readSeatPlanFile, seatsAsXlsx } from '../seats/seat-plan-file.ts';
import { checkStorage, leastStorage } from '../settings/storage.ts';
import { mayActWithoutSite } from '../site-away/site-away.ts';
import { showNumbers } from '../seats/shown-numbers.ts';
import { runSealCheck } from '../seal-check/seal-check.ts';
import { photoOf } from '../state/photo.ts';
import { frame, overview } from './overview.ts';

export function roomOperations(room: Room, served: () => Served) {
  const os = implement(roomContract)
    .$context<OperationContext>()
    .use(({ path, next }) => {
      unwrap(mayActWithoutSite(room, path));
      return next();
    });
  const upload = (context: OperationContext, id: string): string =>
    unwrap(context.files.take(id, context.account)).path;
  const backups = new Backups(removableDrives);
  const { journal } = room.node;
  const show = () => {
    room.changed.notify();
    return board(room);
  };
  const acting = (context: OperationContext) => ({ by: context.account });
  const command = async (context: OperationContext, sittingId: string, act: SittingCommand) => {
    unwrap(await room.state.commandSitting(sittingId, act, acting(context)));
    return show();
  };
  /** All or, when one is refused, those before it: the refusal names the candidate. */
  const commandEach = async (
    context: OperationContext,
    sittingIds: readonly string[],
    act: (id: string) => SittingCommand,
  ) => {
    for (const id of sittingIds) {
      const done: Result<unknown> = await room.state.commandSitting(id, act(id), acting(context));
      if (!done.ok)
        unwrap(refuse({ ...done.refusal, candidate: room.state.placed(id)?.candidate.name ?? id }));
    }
    return show();
  };
  const lastWork = (id: string): number | null => {
    const seat = room.state.sitting(id).seat;
    const heard = seat === null ? undefined : room.heard.get(seat)?.at;
    const change = room.state.answers(id)?.lastChangeAt;
    return Math.max(heard ?? 0, change ?? 0) || null;
  };
  const awaited = () => {
    room.changed.notify();
    return room.seats.awaited();
  };
  const seats = () => {
    room.changed.notify();
    return seatViews(room);
  };
  return os.router({
    account: {
      me: os.account.me.handler(accountHandlers.me),
      signIn: os.account.signIn.handler(accountHandlers.signIn),
      signOut: os.account.signOut.handler(accountHandlers.signOut),
      changePassword: os.account.changePassword.handler(accountHandlers.changePassword),
    },
    frame: os.frame.handler(() => frame(room, served())),
    user: userOperations(room.node),
    drive: driveOperations(backups),
    overview: {
      get: os.overview.get.handler(() => overview(room)),
      live: os.overview.live.handler(({ signal }) =>
        liveView(signal, room.changed.subscribe, () => overview(room)),
      ),
    },
    settings: {
      save: os.settings.save.handler(async ({ input }) => {
        unwrap(await checkStorage(input.storagePath || room.node.data, leastStorage(room.state.package)));
        unwrap(await keepSettings(room, input));
        return overview(room);
      }),
      register: os.settings.register.handler(async ({ input, context }) => {
        unwrap(await registerAtSite(room, input.registrationCode, context.account));
        return overview(room);
      }),
    },
    seat: {
      list: os.seat.list.handler(() => seatViews(room)),
      live: os.seat.live.handler(({ signal }) =>
        liveView(signal, room.changed.subscribe, () => seatViews(room), 500),
      ),
      approve: os.seat.approve.handler(async ({ input, context }) => {
        const approved = room.seats.approve(input.seatIds);
        await journal.append(
          approved.map(({ id, number }) => ({
            kind: 'seat-approved',
            subject: `seat:${id}`,
            data: { number, by: context.account },
          })),
        );
        return seats();
      }),
      edit: os.seat.edit.handler(({ input }) => {
        unwrap(room.seats.edit(input.seatId, input));
        return seats();
      }),
      order: os.seat.order.handler(({ input }) => {
        room.seats.order(input.seatIds);
        return seats();
      }),
      remove: os.seat.remove.handler(async ({ input, context }) => {
        if (
          sittingViews(room, room.chosen() ?? '').some(
            (view) =>
              view.seatId === input.seatId && ['signed-in', 'in-exam', 'away', 'locked'].includes(view.state),
          )
        )
          unwrap(refuse({ type: 'seat-in-use' }));
        room.seats.remove(input.seatId);
        room.environment.forget(input.seatId);
        await journal.append([
          { kind: 'seat-removed', subject: `seat:${input.seatId}`, data: { by: context.account } },
        ]);
        return seats();
      }),
      awaited: os.seat.awaited.handler(() => room.seats.awaited()),
      addPlanned: os.seat.addPlanned.handler(({ input }) => {
        if (input.address === '' && input.computer === '')
          unwrap(refuse({ type: 'planned-seat-without-computer' }));
        const { number } = input;
        const other = [...room.seats.all(), ...room.seats.plan()].find((one) => one.number === number);
        if (other)
          unwrap(refuse({ type: 'seat-number-taken', number, computer: other.computer || other.address }));
        room.seats.addPlanned(input);
        return awaited();
      }),
      removePlanned: os.seat.removePlanned.handler(({ input }) => {
        room.seats.removePlanned(input.number);
        return awaited();
      }),
      importPlan: os.seat.importPlan.handler(async ({ input, context }) => {
        room.seats.usePlan(unwrap(await readSeatPlanFile(upload(context, input.uploadId))));
        return awaited();
      }),
      export: os.seat.export.handler(async ({ input, context }) =>
        context.files.offer(
          `${room.state.package?.room.code ?? (room.settings()?.roomCode || 'room')}_seats.xlsx`,
          await seatsAsXlsx(room.seats, input.language),
          context.account,
        ),
      ),
      showNumbers: os.seat.showNumbers.handler(({ input }) => {
        showNumbers(room.node, input.show);
        room.changed.notify();
        return {};
      }),
    },
    seatFolder: seatFolderOperations(room, served),
    environment: environmentOperations(room),
    examBrowser: examBrowserOperations(room),
    ownSite: ownSiteOperations(room),
    exam: {
      load: os.exam.load.handler(async ({ context }) => {
        const site = room.ownSite?.operations(context);
        unwrap(
          await (site
            ? loadThrough(room, site, () => site.exam.load(), context.account)
            : loadOnline(room, context.account)),
        );
        return overview(room);
      }),
      importFile: os.exam.importFile.handler(async ({ input, context }) => {
        const site = room.ownSite?.operations(context);
        unwrap(
          await (site
            ? loadThrough(room, site, () => site.exam.importFile(input), context.account)
            : loadFile(room, upload(context, input.uploadId), context.account)),
        );
        return overview(room);
      }),
    },
    sealCheck: {
      run: os.sealCheck.run.handler(async ({ context }) => {
        await runSealCheck(room, await ownSiteChecks(room), context.account);
        return overview(room);
      }),
      accept: os.sealCheck.accept.handler(async ({ input, context }) => {
        unwrap(await acceptWarning(room.node, 'room', { ...input, user: signedIn(context) }));
        room.link?.uplink.nudge();
        room.changed.notify();
        return overview(room);
      }),
    },
    session: {
      choose: os.session.choose.handler(async ({ input, context }) => {
        unwrap(
          await room.state.commandSession(
            input.sessionId,
            {
              type: 'choose',
              administrator: input.administrator,
              administratorPhone: input.administratorPhone,
              invigilators: input.invigilators,
            },
            acting(context),
          ),
        );
        room.node.settings.write('chosen', input.sessionId);
        return show();
      }),
      authorise: os.session.authorise.handler(async ({ input, context }) => {
        unwrap(await authoriseOnline(room, input.sessionId, acting(context)));
        return show();
      }),
      importAuthorisation: os.session.importAuthorisation.handler(async ({ input, context }) => {
        unwrap(await authoriseFromFile(room, upload(context, input.uploadId), acting(context)));
        return show();
      }),
      setAutomatics: os.session.setAutomatics.handler(async ({ input, context }) => {
        unwrap(
          await room.state.commandSession(input.sessionId, {
            type: 'set-automatics',
            automatics: input.automatics,
            mock: room.state.package?.project.mode === 'mock',
            by: context.account,
          }),
        );
        return show();
      }),
      allowSignIn: os.session.allowSignIn.handler(async ({ input, context }) => {
        unwrap(await room.state.commandSession(input.sessionId, { type: 'allow-sign-in' }, acting(context)));
        return show();
      }),
      allowStart: os.session.allowStart.handler(async ({ input, context }) => {
        unwrap(
          await room.state.commandSession(
            input.sessionId,
            { type: 'allow-start', byCode: false },
            acting(context),
          ),
        );
        return show();
      }),
      startPhrase: os.session.startPhrase.handler(({ input }) => {
        const own = room.state.session(input.sessionId);
        if (own.startsAt === null || own.startsAt > room.node.clock.now())
          unwrap(refuse({ type: 'not-started' }));
        const paper = openedPaper(room, input.sessionId);
        return paper ? { words: paper.words } : unwrap(refuse({ type: 'not-authorised' }));
      }),
      end: os.session.end.handler(async ({ input, context }) => {
        unwrap(await context.accounts.confirm(context.account, input.password));
        const reasons = new Map(input.reasons.map((one) => [one.sittingId, one.reason]));
        const open = sittingViews(room, input.sessionId).filter(
          (view) =>
            !['handed-in', 'absent'].includes(view.state) && !(view.state === 'closed' && view.collected),
        );
        const unexplained = open.filter((view) => !reasons.has(view.sittingId));
        if (unexplained.length > 0)
          unwrap(
            refuse({
              type: 'end-needs-reasons',
              count: unexplained.length,
              candidates: unexplained.map((view) => view.name),
            }),
          );
        for (const view of open)
          await room.state.commandSitting(
            view.sittingId,
            { type: 'close', reason: reasons.get(view.sittingId) ?? '' },
            acting(context),
          );
        unwrap(
          await room.state.commandSession(input.sessionId, {
            type: 'end',
            reasons: input.reasons,
            by: context.account,
          }),
        );
        room.link?.uplink.nudge();
        return show();
      }),
      results: os.session.results.handler(({ input }) => resultCheck(room, input.sessionId)),
      backup: os.session.backup.handler(async ({ input, context }) =>
        unwrap(await backup(room, input.sessionId, input.directory, { backups, by: context.account })),
      ),
      report: os.session.report.handler(async ({ input, context }) => {
        unwrap(await report(room, input.sessionId, context.account));
        return resultCheck(room, input.sessionId);
      }),
      exportResult: os.session.exportResult.handler(async ({ input, context }) => {
        const made = unwrap(await exportResult(room, input.sessionId));
        return context.files.offer(made.fileName, { file: made.file }, context.account);
      }),
      exportList: os.session.exportList.handler(async ({ input, context }) => {
        const { fileName, content } = await exportList(room, input.sessionId, input.list, input.language);
        return context.files.offer(fileName, content, context.account);
      }),
      importReceipt: os.session.importReceipt.handler(async ({ input, context }) => {
        const receipts = unwrap(await readReceiptFile(upload(context, input.uploadId)));
        const taken = unwrap(await takeReceipts(room, receipts));
        return resultCheck(room, taken.sessionId ?? room.chosen() ?? '');
      }),
      record: os.session.record.handler(({ input }) => examRecord(room, input.sessionId)),
    },
    accommodation: accommodationOperations(room),
    answerPackage: answerPackageOperations(room),
    board: {
      get: os.board.get.handler(() => board(room)),
      live: os.board.live.handler(({ signal }) =>
        liveView(signal, room.changed.subscribe, () => board(room), 500),
      ),
    },
    code: {
      list: os.code.list.handler(() => openRequests(room)),
      ask: os.code.ask.handler(async ({ input, context }) => {
        const { sessionId, reason, ...wanted } = input;
        const request = unwrap(await askForCode(room, sessionId, wanted, { reason, by: context.account }));
        return { request, board: show() };
      }),
      answer: os.code.answer.handler(async ({ input, context }) => {
        unwrap(await answerCode(room, input.challenge, input.answer, context.account));
        return show();
      }),
    },
    sitting: {
      extraTime: os.sitting.extraTime.handler(({ input, context }) =>
        commandEach(context, input.sittingIds, () => ({
          type: 'give-extra-time',
          minutes: input.minutes,
          byCode: false,
        })),
      ),
      resume: os.sitting.resume.handler(({ input, context }) =>
        commandEach(context, input.sittingIds, (id) => ({
          type: 'resume',
          reason: input.reason,
          lastWorkAt: lastWork(id),
        })),
      ),
      lock: os.sitting.lock.handler(({ input, context }) =>
        command(context, input.sittingId, { type: 'lock', message: input.message }),
      ),
      unlock: os.sitting.unlock.handler(({ input, context }) =>
        command(context, input.sittingId, { type: 'unlock' }),
      ),
      absent: os.sitting.absent.handler(({ input, context }) =>
        commandEach(context, input.sittingIds, () => ({ type: 'register-absence' })),
      ),
      cancelAbsent: os.sitting.cancelAbsent.handler(({ input, context }) =>
        command(context, input.sittingId, { type: 'cancel-absence' }),
      ),
      violation: os.sitting.violation.handler(({ input, context }) =>
        command(context, input.sittingId, {
          type: 'register-violation',
          id: newId(),
          code: input.code,
          description: input.description,
        }),
      ),
      cancelViolation: os.sitting.cancelViolation.handler(({ input, context }) =>
        command(context, input.sittingId, { type: 'cancel-violation', id: input.violationId }),
      ),
      collect: os.sitting.collect.handler(({ input, context }) => {
        const missing = missingFiles(room, input.sittingId);
        if (missing.length > 0)
          unwrap(refuse({ type: 'answer-files-missing', files: missing.map((one) => one.name) }));
        return command(context, input.sittingId, { type: 'collect' });
      }),
      photo: os.sitting.photo.handler(async ({ input }) => ({ url: await photoOf(room, input.sittingId) })),
      log: os.sitting.log.handler(async ({ input }) => {
        const lines = [];
        const subject = `sitting:${input.sittingId}`;
        for (let after = 0; ;) {
          const rows = journal.after(after, 2_000);
          for (const row of rows) {
            if (!row.header.includes(subject)) continue;
            const entry = readStored(row);
            if (entry.subject === subject)
              lines.push({
                at: entry.at,
                origin: entry.place.origin,
                seq: entry.place.seq,
                kind: entry.kind,
                data: { ...entry.data },
              });
          }
          const last = rows.at(-1);
          if (!last) return lines;
          after = last.position;
          // A long journal is read through between heartbeats, not before them.
          await nextTurn();
        }
      }),
      violationTypes: os.sitting.violationTypes.handler(() => violationTypes.map((type) => ({ ...type }))),
    },
  });
}
