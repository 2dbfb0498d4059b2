/** Another of the site's own locks instead of the one that is broken, lost or revoked. */
import { equalBytes } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { revokedRefusal } from '../../exam/lock/site-locks.ts';
import { openKeyFile } from '../../hardware/token/key-file.ts';
import type { TokenLibrary } from '../../hardware/token/port.ts';
import { sealBytes } from '../../trust/seal.ts';
import type { Site, SiteSetup } from '../site.ts';
import type { LockInUse } from './contract.ts';
import { knownLocks } from './known-locks.ts';

type LockSetup = Pick<SiteSetup, 'lockKind' | 'lockPath' | 'lockRecipient'> & { readonly lockSerial: string };

/**
 * @returns refusals `setup-missing`, `lock-not-registered`, `lock-revoked`, `token-library-not-offered`, those of the lock and of its PIN
 */
export async function chooseLock(site: Site, choice: LockInUse, by: string): Promise<Result<void>> {
  const setup = site.setup();
  if (!setup) return refuse({ type: 'setup-missing' });
  const proved =
    choice.kind === 'pkcs11'
      ? await proveToken(site, choice)
      : await proveKeyFile(site, choice.path, choice.pin);
  if (!proved.ok) return proved;
  const { node } = site;
  node.settings.write('setup', { ...setup, ...proved.value } satisfies SiteSetup);
  await node.journal.append([
    {
      kind: 'lock-chosen',
      subject: 'site',
      data: { lock: proved.value.lockSerial, before: setup.lockSerial, by },
    },
  ]);
  await site.lockKnown();
  site.changed.notify();
  site.link?.uplink.nudge();
  return ok();
}

/**
 * A library runs as this program: once the site is set up nobody names one by its path, except those that makers' programs have put where they
 * belong and the one that was named at the first start.
 */
export function offeredLibraries(site: Site): TokenLibrary[] {
  const setup = site.setup();
  const wellKnown = site.tokens.libraries();
  return setup?.lockKind === 'pkcs11' && !wellKnown.some(({ path }) => path === setup.lockPath)
    ? [...wellKnown, { name: setup.lockPath, path: setup.lockPath }]
    : wellKnown;
}

export function mayLoad(site: Site, library: string): Result<void> {
  return offeredLibraries(site).some(({ path }) => path === library)
    ? ok()
    : refuse({ type: 'token-library-not-offered', path: library });
}

async function proveKeyFile(site: Site, path: string, pin: string): Promise<Result<LockSetup>> {
  const file = openKeyFile(path);
  if (!file.ok) return file;
  const { serial } = file.value;
  const recipient = recipientOf(site, serial);
  if (!recipient.ok) return recipient;
  const opens = await provesItself(file.value, recipient.value, pin);
  return opens.ok
    ? ok({ lockKind: 'key-file', lockPath: path, lockSerial: serial, lockRecipient: null })
    : opens;
}

async function proveToken(
  site: Site,
  { library, serial, pin }: Extract<LockInUse, { kind: 'pkcs11' }>,
): Promise<Result<LockSetup>> {
  const may = mayLoad(site, library);
  if (!may.ok) return may;
  const recipient = recipientOf(site, serial);
  if (!recipient.ok) return recipient;
  const followed = site.tokens.follow({ library, serial, recipient: recipient.value }, () => undefined);
  const opens = await provesItself(followed.token, recipient.value, pin).finally(() => followed.close());
  return opens.ok
    ? ok({ lockKind: 'pkcs11', lockPath: library, lockSerial: serial, lockRecipient: recipient.value })
    : opens;
}

/** As the centre knows it: what is sealed to the lock is sealed to this. */
function recipientOf(site: Site, serial: string): Result<string> {
  const known = knownLocks(site);
  const lock = known.find((one) => one.serial === serial);
  if (!lock) return refuse({ type: 'lock-not-registered', serial });
  const revoked = revokedRefusal(known, serial);
  return revoked ? refuse(revoked) : ok(lock.recipient);
}

async function provesItself(
  lock: { unseal(sealed: Uint8Array, pin: string): Promise<Result<Uint8Array>> },
  recipient: string,
  pin: string,
): Promise<Result<void>> {
  const said = randomBytes(32);
  const opened = await lock.unseal(await sealBytes(said, { recipients: [recipient] }), pin);
  if (!opened.ok) return opened;
  return equalBytes(opened.value, said) ? ok() : refuse({ type: 'wrong-key' });
}
