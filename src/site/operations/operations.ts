/** The site's console operations: each hands its input to a feature and nothing more. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import { roomRecordSchema } from '../../exam/package/room-result.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import { accountHandlers } from '../../node/account-operations.ts';
import { Backups } from '../../node/backup/backup.ts';
import { driveOperations } from '../../node/backup/operations.ts';
import { acceptWarning } from '../../node/seal-check/accept-warning.ts';
import { passkeyOperations } from '../../node/passkeys/operations.ts';
import { signInOperations } from '../../node/sign-ins/operations.ts';
import { userOperations } from '../../node/users/operations.ts';
import { liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import { readReceiptFile } from '../../parcel/receipt-file.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import {
  calibrate,
  enterWords,
  fetchAuthorisations,
  takeAuthorisation,
  takeRelease,
  verifyAuthorisation,
} from '../authorise/authorise.ts';
import {
  backupResults,
  collectionRows,
  exportForCentre,
  receiptFor,
  reportResults,
  takeReceipts,
  takeRoomResult,
} from '../collect/collect.ts';
import { backupOperations, restoreOperations } from '../backup/operations.ts';
import type { ClosingGuard } from '../close/closing-guard.ts';
import { closeOperations } from '../close/operations.ts';
import { codesOf, issueCode, readCode } from '../codes/codes.ts';
import { siteContract } from '../contract.ts';
import { distributionOperations } from '../distribution/operations.ts';
import { initialiseNotice } from '../initialise/initialise.ts';
import { initialiseOperations } from '../initialise/operations.ts';
import { loadFile, loadOnline } from '../load-exam/load-exam.ts';
import { printDoorAndSeats, printTickets } from '../printed-sheets/printed-sheets.ts';
import { siteLockOperations } from '../locks/operations.ts';
import { paperDayOperations } from '../paper-day/operations.ts';
import {
  exportRegistrations,
  registrations,
  restoreRegistrations,
} from '../register-room/registrations-file.ts';
import { roomSheet } from '../register-room/room-sheet.ts';
import { makeRoomAuthorisation, makeRoomPackage } from '../register-room/serve-rooms.ts';
import { runSealCheck, sealCheckSchema } from '../seal-check/seal-check.ts';
import { completeSetup, lockTokens, maySetUp, nameSite, registerAtCentre } from '../setup/setup.ts';
import { toFormalOperations } from '../to-formal/operations.ts';
import type { Site } from '../site.ts';
import { supportOperations } from '../support/operations.ts';
import { frame, monitor, overview, revokedNotice, siteRooms, siteSessions } from './overview.ts';

/** @param guard of a program of its own; null: the site runs inside its room. */
export function siteOperations(
  site: Site,
  served: () => Served,
  guard: ClosingGuard | null,
  drives: Drives = removableDrives,
) {
  const os = implement(siteContract).$context<OperationContext>();
  const backups = new Backups(drives);
  const upload = (context: OperationContext, id: string): string =>
    unwrap(context.files.take(id, context.account)).path;
  const offer = async (context: OperationContext, made: { file: string; fileName: string }) =>
    context.files.offer(made.fileName, { file: made.file }, context.account);
  const lastSealCheck = () => {
    const last = site.node.settings.read('seal-check', sealCheckSchema);
    return last === null ? null : { ...last, reportedAt: reported() };
  };
  const examOf = () => overview(site).exam ?? unwrap(refuse({ type: 'exam-not-loaded' }));
  const sessionOf = (id: string) =>
    siteSessions(site).find((one) => one.sessionId === id) ??
    unwrap(refuse({ type: 'no-such-session-here' }));
  const reported = () =>
    site.link?.uplink.state.online === true ? site.link.uplink.state.lastContact : null;
  return os.router({
    account: {
      me: os.account.me.handler(accountHandlers.me),
      signIn: os.account.signIn.handler(accountHandlers.signIn),
      signOut: os.account.signOut.handler(accountHandlers.signOut),
      changePassword: os.account.changePassword.handler(accountHandlers.changePassword),
      forgotten: os.account.forgotten.handler(() => ({
        byMail: false,
        supportPhone: site.membership()?.project.supportPhone || null,
      })),
    },
    frame: os.frame.handler(async () => {
      const notice = initialiseNotice(site) ?? revokedNotice(site) ?? guard?.notice() ?? null;
      return { ...(await frame(site, served())), ...(notice ? { notice } : {}) };
    }),
    initialise: initialiseOperations(site),
    toFormal: toFormalOperations(site),
    close: closeOperations(site, guard),
    user: userOperations(site.node),
    signIn: signInOperations(site.node),
    passkey: passkeyOperations(site.node),
    drive: driveOperations(backups),
    setup: {
      complete: os.setup.complete.handler(async ({ input }) => {
        unwrap(await completeSetup(site, input));
        if (input.centreAddress === null || input.registrationCode === null) return { registered: false };
        unwrap(await registerAtCentre(site, input.centreAddress, input.registrationCode));
        return { registered: true };
      }),
      again: os.setup.again.handler(async ({ input }) => {
        if (site.setup() !== null) return unwrap(refuse({ type: 'setup-already-done' }));
        unwrap(await nameSite(site, input));
        if (input.centreAddress === null || input.registrationCode === null) return { registered: false };
        unwrap(await registerAtCentre(site, input.centreAddress, input.registrationCode));
        return { registered: true };
      }),
      state: os.setup.state.handler(() => ({
        done: site.setup() !== null,
        accounts: site.node.accounts.any(),
        registered: site.membership() !== null,
        siteCode: site.setup()?.siteCode ?? null,
        lockKind: site.setup()?.lockKind ?? 'key-file',
        lockPath: site.setup()?.lockPath ?? '',
        lockSerial: site.setup()?.lockSerial ?? null,
        lockLibraries: maySetUp(site) ? site.tokens.libraries() : [],
      })),
      tokens: os.setup.tokens.handler(async ({ input, context }) => {
        // A library runs as this program: at a site that was initialised nobody but its administrator names one.
        if (maySetUp(site) && site.node.accounts.any() && context.user?.role !== 'administrator')
          unwrap(refuse({ type: 'sign-in-needed' }));
        return [...unwrap(await lockTokens(site, input.library))];
      }),
      register: os.setup.register.handler(async ({ input }) => {
        unwrap(await registerAtCentre(site, input.centreAddress, input.registrationCode));
        return {};
      }),
    },
    lock: siteLockOperations(site, drives),
    backup: backupOperations(site, backups, served),
    restore: restoreOperations(site, drives),
    support: supportOperations(site),
    distribution: distributionOperations(site),
    paperDay: paperDayOperations(site, { drives, sticks: backups }),
    overview: {
      get: os.overview.get.handler(() => overview(site)),
      live: os.overview.live.handler(({ signal }) =>
        liveView(signal, site.changed.subscribe, () => overview(site)),
      ),
    },
    exam: {
      load: os.exam.load.handler(async () => {
        unwrap(await loadOnline(site));
        return examOf();
      }),
      importFile: os.exam.importFile.handler(async ({ input, context }) => {
        unwrap(await loadFile(site, upload(context, input.uploadId)));
        return examOf();
      }),
      checkPublication: os.exam.checkPublication.handler(() => {
        if (!site.link) unwrap(refuse({ type: 'site-not-registered-at-centre' }));
        site.link?.uplink.nudge();
        return examOf();
      }),
    },
    room: {
      list: os.room.list.handler(() => siteRooms(site)),
      saveNote: os.room.saveNote.handler(({ input }) => {
        site.node.db.prepare('UPDATE room SET note = ? WHERE code = ?').run(input.note, input.roomCode);
        site.changed.notify();
        return {};
      }),
      withdraw: os.room.withdraw.handler(async ({ input }) => {
        site.node.db
          .prepare(
            'UPDATE room SET registration_code = ?, return_code = NULL, node_id = NULL, tls_fingerprint = NULL, signing_key = NULL, sealing_key = NULL, registered_at = NULL, loaded_at = NULL WHERE code = ?',
          )
          .run(newRegistrationCode(), input.roomCode);
        await site.node.journal.append([
          { kind: 'room-withdrawn', subject: `room:${input.roomCode}`, data: {} },
        ]);
        site.changed.notify();
        return {};
      }),
      exportSheet: os.room.exportSheet.handler(async ({ input, context }) =>
        context.files.offer(
          `rooms_${site.setup()?.siteCode ?? ''}.html`,
          await roomSheet(site, input.language, served().addresses),
          context.account,
        ),
      ),
      registrations: os.room.registrations.handler(() => registrations(site)),
      exportRegistrations: os.room.exportRegistrations.handler(async ({ context }) =>
        offer(context, unwrap(await exportRegistrations(site))),
      ),
      restoreRegistrations: os.room.restoreRegistrations.handler(async ({ input, context }) => {
        const { restored, left } = unwrap(
          await restoreRegistrations(site, upload(context, input.uploadId), input.pin),
        );
        return { restored, left: [...left] };
      }),
      exportPackage: os.room.exportPackage.handler(async ({ input, context }) =>
        offer(context, unwrap(await makeRoomPackage(site, input.roomCode))),
      ),
    },
    sheet: {
      doorAndSeats: os.sheet.doorAndSeats.handler(async ({ input, context }) => {
        const { fileName, content } = unwrap(await printDoorAndSeats(site, input));
        return context.files.offer(fileName, content, context.account);
      }),
      tickets: os.sheet.tickets.handler(async ({ input, context }) => {
        const { fileName, content } = unwrap(await printTickets(site, input));
        return context.files.offer(fileName, content, context.account);
      }),
    },
    authorisation: {
      fetch: os.authorisation.fetch.handler(async () => {
        unwrap(await fetchAuthorisations(site));
        return siteSessions(site);
      }),
      importFile: os.authorisation.importFile.handler(async ({ input, context }) => {
        unwrap(await takeAuthorisation(site, upload(context, input.uploadId)));
        return siteSessions(site);
      }),
      calibrate: os.authorisation.calibrate.handler(async ({ input }) => {
        unwrap(await calibrate(site, input.sessionId, input.pin));
        return sessionOf(input.sessionId);
      }),
      importRelease: os.authorisation.importRelease.handler(async ({ input, context }) =>
        sessionOf(unwrap(await takeRelease(site, upload(context, input.uploadId), input.pin)).sessionId),
      ),
      enterWords: os.authorisation.enterWords.handler(async ({ input }) => {
        unwrap(await enterWords(site, input.sessionId, input.words, input.pin));
        return sessionOf(input.sessionId);
      }),
      verify: os.authorisation.verify.handler(async ({ input }) => {
        unwrap(await verifyAuthorisation(site, input.sessionId));
        return sessionOf(input.sessionId);
      }),
      exportForRoom: os.authorisation.exportForRoom.handler(async ({ input, context }) =>
        offer(context, unwrap(await makeRoomAuthorisation(site, input.sessionId, input.roomCode))),
      ),
    },
    sealCheck: {
      run: os.sealCheck.run.handler(async ({ context }) => ({
        ...(await runSealCheck(site, context.account)),
        reportedAt: reported(),
      })),
      accept: os.sealCheck.accept.handler(async ({ input, context }) => {
        unwrap(await acceptWarning(site.node, 'site', { ...input, user: signedIn(context) }));
        return lastSealCheck() ?? unwrap(refuse({ type: 'no-such-warning' }));
      }),
      last: os.sealCheck.last.handler(() => lastSealCheck()),
    },
    code: {
      list: os.code.list.handler(() => codesOf(site)),
      live: os.code.live.handler(({ signal }) =>
        liveView(signal, site.changed.subscribe, () => codesOf(site), 1_000),
      ),
      read: os.code.read.handler(({ input }) => unwrap(readCode(site, input))),
      issue: os.code.issue.handler(async ({ input, context }) =>
        unwrap(await issueCode(site, input, { reason: input.reason, by: context.account })),
      ),
    },
    monitor: {
      get: os.monitor.get.handler(() => monitor(site)),
      live: os.monitor.live.handler(({ signal }) =>
        liveView(signal, site.changed.subscribe, () => monitor(site), 500),
      ),
    },
    collection: {
      list: os.collection.list.handler(() => collectionRows(site)),
      live: os.collection.live.handler(({ signal }) =>
        liveView(signal, site.changed.subscribe, () => collectionRows(site), 500),
      ),
      importFile: os.collection.importFile.handler(async ({ input, context }) => {
        unwrap(await takeRoomResult(site, upload(context, input.uploadId), null));
        return collectionRows(site);
      }),
      backup: os.collection.backup.handler(async ({ input, context }) =>
        unwrap(await backupResults(site, input.sessionId, input.directory, { backups, by: context.account })),
      ),
      report: os.collection.report.handler(async ({ input }) => {
        unwrap(await reportResults(site, input.sessionId));
        return collectionRows(site);
      }),
      exportForCentre: os.collection.exportForCentre.handler(async ({ input, context }) =>
        offer(context, unwrap(await exportForCentre(site, input.sessionId))),
      ),
      importReceipts: os.collection.importReceipts.handler(async ({ input, context }) => {
        unwrap(await takeReceipts(site, unwrap(await readReceiptFile(upload(context, input.uploadId)))));
        return collectionRows(site);
      }),
      exportReceiptForRoom: os.collection.exportReceiptForRoom.handler(({ input, context }) =>
        context.files.offer(
          `receipt_${input.roomCode}.json`,
          unwrap(receiptFor(site, input.sessionId, input.roomCode)),
          context.account,
        ),
      ),
      record: os.collection.record.handler(({ input }) => {
        const row = site.node.db
          .prepare(
            'SELECT record FROM result WHERE room_code = ? AND session_id = ? ORDER BY collected_at DESC LIMIT 1',
          )
          .get(input.roomCode, input.sessionId);
        return row
          ? roomRecordSchema.parse(JSON.parse(String(row['record'])))
          : unwrap(refuse({ type: 'nothing-collected' }));
      }),
    },
  });
}
