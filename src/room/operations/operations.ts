/** The operations of the room's console, put together from its features. */
import { implement } from '@orpc/server';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { accountHandlers } from '../../node/account-operations.ts';
import { Backups } from '../../node/backup/backup.ts';
import { driveOperations } from '../../node/backup/operations.ts';
import { acceptWarning } from '../../node/seal-check/accept-warning.ts';
import { passkeyOperations } from '../../node/passkeys/operations.ts';
import { signInOperations } from '../../node/sign-ins/operations.ts';
import { userOperations } from '../../node/users/operations.ts';
import { liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import { accommodationOperations } from '../accommodation/operations.ts';
import { answerPackageOperations } from '../answer-package/operations.ts';
import { boardOperations } from '../board/operations.ts';
import { codeOperations } from '../codes/operations.ts';
import { roomContract } from '../contract.ts';
import { examBrowserOperations } from '../exam-browser/operations.ts';
import { environmentOperations } from '../environment/operations.ts';
import { initialiseOperations } from '../initialise/operations.ts';
import { remoteControlOperations } from '../remote-control/operations.ts';
import { loadFile, loadOnline } from '../load-exam/load-exam.ts';
import { loadThrough } from '../own-site/load.ts';
import { ownSiteOperations } from '../own-site/operations.ts';
import { keepSettings } from '../own-site/own-site.ts';
import { ownSiteChecks } from '../own-site/view.ts';
import { registerAtSite, siteMoved } from '../register/register.ts';
import { reportOperations } from '../report/operations.ts';
import type { Room } from '../room.ts';
import { seatFolderOperations } from '../seat-folder/operations.ts';
import { seatOperations } from '../seats/operations.ts';
import { sessionOperations } from '../session/operations.ts';
import { checkStorage, leastStorage } from '../settings/storage.ts';
import { mayActWithoutSite } from '../site-away/site-away.ts';
import { runSealCheck } from '../seal-check/seal-check.ts';
import { sittingOperations } from '../sitting/operations.ts';
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
  return os.router({
    account: {
      me: os.account.me.handler(accountHandlers.me),
      signIn: os.account.signIn.handler(accountHandlers.signIn),
      signOut: os.account.signOut.handler(accountHandlers.signOut),
      changePassword: os.account.changePassword.handler(accountHandlers.changePassword),
      forgotten: os.account.forgotten.handler(() => ({
        byMail: false,
        supportPhone: room.state.package?.project.supportPhone || null,
      })),
    },
    frame: os.frame.handler(() => frame(room, served())),
    user: userOperations(room.node),
    signIn: signInOperations(room.node),
    passkey: passkeyOperations(room.node),
    drive: driveOperations(backups),
    overview: {
      get: os.overview.get.handler(() => overview(room)),
      live: os.overview.live.handler(({ signal }) =>
        liveView(signal, room.changed.subscribe, () => overview(room)),
      ),
    },
    settings: {
      save: os.settings.save.handler(async ({ input }) => {
        unwrap(await checkStorage(room.node.data, leastStorage(room.state.package)));
        unwrap(await keepSettings(room, input));
        return overview(room);
      }),
      register: os.settings.register.handler(async ({ input, context }) => {
        unwrap(await registerAtSite(room, input.registrationCode, context.account));
        return overview(room);
      }),
      siteMoved: os.settings.siteMoved.handler(async ({ input, context }) => {
        unwrap(await siteMoved(room, input.siteAddress, context.account));
        return overview(room);
      }),
    },
    seat: seatOperations(room),
    seatFolder: seatFolderOperations(room, served),
    environment: environmentOperations(room),
    examBrowser: examBrowserOperations(room),
    remoteControl: remoteControlOperations(room),
    initialise: initialiseOperations(room),
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
    session: { ...sessionOperations(room), ...reportOperations(room, backups) },
    accommodation: accommodationOperations(room),
    answerPackage: answerPackageOperations(room),
    board: boardOperations(room),
    code: codeOperations(room),
    sitting: sittingOperations(room),
  });
}
