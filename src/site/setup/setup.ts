/** First start: replaces the default account, opens or makes the exam lock, and joins the centre. */
import { existsSync } from 'node:fs';
import { ok, refuse, type Result } from '../../base/result.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import { createKeyFile, openKeyFile } from '../../hardware/token/key-file.ts';
import { verifyChain } from '../../trust/certificate.ts';
import type { Site, SiteMembership } from '../site.ts';

export interface SetupInput {
  readonly siteCode: string;
  readonly mode: 'formal' | 'mock';
  readonly account: string;
  readonly password: string;
  readonly lock: { readonly path: string; readonly pin: string; readonly create: boolean };
}

export async function completeSetup(site: Site, input: SetupInput): Promise<Result<void>> {
  if (site.setup() !== null) return refuse({ type: 'setup-already-done' });
  const lock =
    input.lock.create && !existsSync(input.lock.path)
      ? await createKeyFile(input.lock.path, input.lock.pin)
      : openKeyFile(input.lock.path);
  if (!lock.ok) return lock;
  const created = await site.node.accounts.create(input.account, 'administrator', input.password, false);
  if (!created.ok) return created;
  site.node.settings.write('setup', {
    siteCode: input.siteCode,
    mode: input.mode,
    lockPath: input.lock.path,
  });
  await site.node.journal.append([
    {
      kind: 'site-set-up',
      subject: 'site',
      data: { code: input.siteCode, mode: input.mode, lock: lock.value.serial },
    },
  ]);
  return ok();
}

interface Welcome {
  readonly chain: string[];
  readonly project: SiteMembership['project'];
  readonly site: { readonly code: string; readonly name: string };
  readonly centreCode: string;
}

export async function registerAtCentre(
  site: Site,
  centreAddress: string,
  registrationCode: string,
): Promise<Result<void>> {
  const setup = site.setup();
  if (!setup) return refuse({ type: 'setup-missing' });
  const lock = site.lock();
  if (!lock.ok) return lock;
  const { node } = site;
  const paired = await pairWithParent<Welcome>({
    address: centreAddress,
    code: registrationCode,
    child: { role: 'site', code: setup.siteCode, id: node.id },
    keys: node.keys,
    details: { lock: { serial: lock.value.serial, recipient: lock.value.recipient } },
  });
  if (!paired.ok) return paired;
  const { welcome, parentKeys, certPem } = paired.value;
  if (welcome.project.mode !== setup.mode) return refuse({ type: 'wrong-mode', found: welcome.project.mode });
  const chain = verifyChain(welcome.chain, { roots: [parentKeys.signingKey], at: null });
  if (!chain.ok) return chain;
  const membership: SiteMembership = {
    centreAddress,
    certPem,
    centreSigningKey: parentKeys.signingKey,
    centreSealingKey: parentKeys.sealingKey,
    centreCode: welcome.centreCode,
    chain: welcome.chain,
    project: welcome.project,
    siteName: welcome.site.name,
  };
  node.settings.write('membership', membership);
  await node.journal.append([
    { kind: 'registered-at-centre', subject: 'site', data: { project: welcome.project.id } },
  ]);
  site.connect();
  site.changed.notify();
  return ok();
}
