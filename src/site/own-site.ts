/** The site that a room without one runs in its own process: a site in every respect, with this one room and without a console of its own. */
import { createRouterClient } from '@orpc/server';
import { ok, type Result } from '../base/result.ts';
import { pkcs11Tokens } from '../hardware/token/pkcs11/tokens.ts';
import type { OperationContext } from '../node/operations.ts';
import { clearSite } from './initialise/initialise.ts';
import { openSite } from './open-site.ts';
import { siteOperations } from './operations/operations.ts';
import { nameSite, type SiteName } from './setup/setup.ts';

/** Nobody but this computer reaches it. */
const host = '127.0.0.1';

export async function openOwnSite(options: {
  readonly data: string;
  readonly logLevel: string;
  /** Code of the room; it may still change. */
  readonly room: () => string;
}) {
  const opened = await openSite({
    data: options.data,
    logLevel: options.logLevel,
    exchangeHost: host,
    exchangePort: 0,
    ownRoom: options.room,
    // It has no first start of its own at which anything could be restored.
    beginAnew: () => {
      throw new Error('the site of a room begins with its room');
    },
    tokens: pkcs11Tokens,
  });
  if (!opened.ok) return opened;
  const { site, exchangePort, close } = opened.value;
  const address = `${host}:${exchangePort}`;
  const operations = siteOperations(site, () => ({ port: exchangePort, addresses: [address] }), null);
  const { node } = site;
  /** For what is looked at without anybody having asked. */
  const nobody: OperationContext = {
    user: null,
    account: '-',
    files: node.files,
    accounts: node.accounts,
    sessionToken: null,
    whence: { address: '', browser: '' },
    relyingParty: null,
    reach: null,
    setSession: () => undefined,
  };
  return ok({
    address,
    operations: (context: OperationContext = nobody) => createRouterClient(operations, { context }),
    // The room has looked what is confirmed: receipts that came by file are in the room alone.
    initialise: (by: string): Promise<void> => clearSite(site, { registration: false }, by),
    name: (name: SiteName): Promise<Result<void>> => nameSite(site, name),
    centreOffsetMs: () => site.link?.uplink.state.clockOffsetMs ?? null,
    subscribe: site.changed.subscribe,
    failing: () => node.journal.failing() !== null,
    close,
  });
}
