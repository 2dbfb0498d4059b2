import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import { pkcs11Tokens } from '../../hardware/token/pkcs11/tokens.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Room } from '../room.ts';
import { ownSiteContract } from './contract.ts';
import type { OwnSite, SiteOperations } from './own-site.ts';

export function ownSiteOperations(room: Room) {
  const os = implement(ownSiteContract).$context<OperationContext>();
  const own = (): OwnSite => room.ownSite ?? unwrap(refuse({ type: 'room-has-a-site' }));
  const site = (context: OperationContext): SiteOperations => own().operations(context);
  return os.router({
    setUp: os.setUp.handler(async ({ input, context }) => {
      const { siteCode, mode, centreAddress, registrationCode, lock } = input;
      unwrap(await own().name({ siteCode, mode, lock }));
      return site(context).setup.register({ centreAddress, registrationCode });
    }),
    libraries: os.libraries.handler(() => pkcs11Tokens.libraries()),
    tokens: os.tokens.handler(async ({ input, context }) => {
      if (room.ownSite) return site(context).setup.tokens(input);
      // The form is filled in before the room has its own site.
      if (room.membership() !== null) unwrap(refuse({ type: 'room-has-a-site' }));
      return [...unwrap(await pkcs11Tokens.list(input.library))];
    }),
    checkPublication: os.checkPublication.handler(({ context }) => site(context).exam.checkPublication()),
    support: {
      get: os.support.get.handler(({ context }) => room.ownSite?.operations(context).support.get() ?? null),
      live: os.support.live.handler(({ context, signal }) =>
        liveView(
          signal,
          room.changed.subscribe,
          async () => (await room.ownSite?.operations(context).support.get()) ?? null,
          500,
        ),
      ),
      open: os.support.open.handler(({ input, context }) => site(context).support.open(input)),
      write: os.support.write.handler(({ input, context }) => site(context).support.write(input)),
      close: os.support.close.handler(({ input, context }) => site(context).support.close(input)),
      confirm: os.support.confirm.handler(({ input, context }) => site(context).support.confirm(input)),
      read: os.support.read.handler(({ input, context }) => site(context).support.read(input)),
      seen: os.support.seen.handler(({ input, context }) => site(context).support.seen(input)),
    },
    authorisation: {
      fetch: os.authorisation.fetch.handler(({ context }) => site(context).authorisation.fetch()),
      importFile: os.authorisation.importFile.handler(({ input, context }) =>
        site(context).authorisation.importFile(input),
      ),
      calibrate: os.authorisation.calibrate.handler(({ input, context }) =>
        site(context).authorisation.calibrate(input),
      ),
      importRelease: os.authorisation.importRelease.handler(({ input, context }) =>
        site(context).authorisation.importRelease(input),
      ),
      enterWords: os.authorisation.enterWords.handler(({ input, context }) =>
        site(context).authorisation.enterWords(input),
      ),
      verify: os.authorisation.verify.handler(({ input, context }) =>
        site(context).authorisation.verify(input),
      ),
    },
  });
}
