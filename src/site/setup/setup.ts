/** First start: says who the site is, opens or makes the exam lock, replaces the default account, and joins the centre. */
import { existsSync } from 'node:fs';
import { ok, refuse, type Result } from '../../base/result.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import { createKeyFile, openKeyFile } from '../../hardware/token/key-file.ts';
import { verifyChain } from '../../trust/certificate.ts';
import { certificateFingerprint } from '../../trust/keys.ts';
import type { Site, SiteMembership, SiteSetup } from '../site.ts';
import type { LockToken, SiteLockChoice } from './contract.ts';

export interface SiteName {
  readonly siteCode: string;
  readonly mode: 'formal' | 'mock';
  readonly lock: SiteLockChoice;
}

export async function completeSetup(
  site: Site,
  input: SiteName & { readonly account: string; readonly password: string },
): Promise<Result<void>> {
  if (site.setup() !== null) return refuse({ type: 'setup-already-done' });
  // Initialised: its accounts are there, and whoever sets it up anew signs in with one of them.
  if (site.node.accounts.any()) return refuse({ type: 'sign-in-needed' });
  const lock = await lockFor(site, input.lock);
  if (!lock.ok) return lock;
  const created = await site.node.accounts.create(input.account, 'administrator', input.password, false);
  if (!created.ok) return created;
  await keepName(site, input, lock.value);
  return ok();
}

/** The same where somebody is signed in already: at a site that was initialised, and in a room that works without a site. What was mistyped can be said again until the centre has admitted the site. */
export async function nameSite(site: Site, input: SiteName): Promise<Result<void>> {
  if (site.membership() !== null) return refuse({ type: 'setup-already-done' });
  const lock = await lockFor(site, input.lock);
  if (!lock.ok) return lock;
  await keepName(site, input, lock.value);
  site.changed.notify();
  return ok();
}

/** Which tokens a library reaches. A library runs as this program: nobody loads another one once the site is set up. */
export async function lockTokens(site: Site, library: string): Promise<Result<readonly LockToken[]>> {
  return maySetUp(site) ? site.tokens.list(library) : refuse({ type: 'setup-already-done' });
}

export function maySetUp(site: Site): boolean {
  return site.ownRoom === null ? site.setup() === null : site.membership() === null;
}

type LockSetup = Pick<SiteSetup, 'lockKind' | 'lockPath' | 'lockSerial' | 'lockRecipient'>;

async function lockFor(site: Site, lock: SiteLockChoice): Promise<Result<LockSetup>> {
  if (lock.kind === 'none')
    return ok({ lockKind: lock.kind, lockPath: '', lockSerial: null, lockRecipient: null });
  if (lock.kind === 'pkcs11') {
    const { kind, library, serial, pin } = lock;
    const chosen = await site.tokens.prepare(library, serial, pin);
    if (!chosen.ok) return chosen;
    const { recipient } = chosen.value;
    return ok({ lockKind: kind, lockPath: library, lockSerial: serial, lockRecipient: recipient });
  }
  const { kind, path, pin, create } = lock;
  const file = create && !existsSync(path) ? await createKeyFile(path, pin) : openKeyFile(path);
  return file.ok
    ? ok({ lockKind: kind, lockPath: path, lockSerial: file.value.serial, lockRecipient: null })
    : file;
}

async function keepName(site: Site, input: SiteName, lock: LockSetup): Promise<void> {
  const { siteCode, mode } = input;
  site.node.settings.write('setup', { siteCode, mode, ...lock } satisfies SiteSetup);
  await site.node.journal.append([
    {
      kind: 'site-set-up',
      subject: 'site',
      data: { code: siteCode, mode, lock: lock.lockSerial },
    },
  ]);
}

interface Welcome {
  readonly chain: string[];
  readonly project: SiteMembership['project'];
  readonly site: { readonly code: string; readonly name: string };
  readonly centreCode: string;
  readonly returnCode: string;
}

export function registerAtCentre(
  site: Site,
  centreAddress: string,
  registrationCode: string,
): Promise<Result<void>> {
  return joinCentre(site, { centreAddress, code: registrationCode, before: null });
}

/**
 * A site that was restored has new keys, which its centre does not know. It proves that it is the one that was registered, to that very centre
 * alone, and is given a certificate; whoever still runs with the keys from before is nobody there from now on.
 *
 * @returns refusals of the pairing; `registration-code-not-open` when somebody came back before from the same backup.
 */
export function returnToCentre(site: Site): Promise<Result<void>> {
  const before = site.membership();
  if (!before) return Promise.resolve(refuse({ type: 'site-not-registered-at-centre' }));
  if (before.returnCode === null) return Promise.resolve(refuse({ type: 'registration-code-not-open' }));
  return joinCentre(site, { centreAddress: before.centreAddress, code: before.returnCode, before });
}

interface Joining {
  readonly centreAddress: string;
  readonly code: string;
  /** Of a site that comes back. */
  readonly before: SiteMembership | null;
}

async function joinCentre(site: Site, how: Joining): Promise<Result<void>> {
  const setup = site.setup();
  if (!setup) return refuse({ type: 'setup-missing' });
  const admitted = await admitAtCentre(site, setup, how);
  if (!admitted.ok) return admitted;
  const membership = admitted.value;
  const { node } = site;
  node.settings.write('membership', membership);
  await node.journal.append([
    {
      kind: how.before ? 'returned-to-centre' : 'registered-at-centre',
      subject: 'site',
      data: { project: membership.project.id },
    },
  ]);
  await site.link?.uplink.stop();
  site.link = null;
  site.connect();
  site.changed.notify();
  return ok();
}

/** Joins a project of the centre that has this mode; nothing is kept here yet. */
export async function admitAtCentre(
  site: Site,
  as: Pick<SiteSetup, 'siteCode' | 'mode'>,
  { centreAddress, code, before }: Joining,
): Promise<Result<SiteMembership>> {
  await site.lockKnown();
  const lock = site.lock();
  if (!lock.ok && lock.refusal.type !== 'site-set-up-without-lock') return lock;
  const { node } = site;
  const paired = await pairWithParent<Welcome>({
    address: centreAddress,
    code,
    child: { role: 'site', code: as.siteCode, id: node.id },
    keys: node.keys,
    details: {
      lock: lock.ok ? { serial: lock.value.serial, recipient: lock.value.recipient } : null,
      mode: as.mode,
    },
    pin: before && certificateFingerprint(before.certPem),
  });
  if (!paired.ok) return paired;
  const { welcome, parentKeys, certPem } = paired.value;
  if (welcome.project.mode !== as.mode) return refuse({ type: 'wrong-mode', found: welcome.project.mode });
  const chain = verifyChain(welcome.chain, { roots: [parentKeys.signingKey], at: null });
  if (!chain.ok) return chain;
  return ok({
    centreAddress,
    certPem,
    centreSigningKey: parentKeys.signingKey,
    centreSealingKey: parentKeys.sealingKey,
    centreCode: welcome.centreCode,
    chain: welcome.chain,
    project: welcome.project,
    siteName: welcome.site.name,
    returnCode: welcome.returnCode,
  });
}
