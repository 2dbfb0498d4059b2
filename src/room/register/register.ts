import { ok, refuse, type Result } from '../../base/result.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import { verifyChain } from '../../trust/certificate.ts';
import { siteAddressOf } from '../own-site/own-site.ts';
import type { Room, RoomMembership } from '../room.ts';

interface Welcome {
  readonly chain: string[];
  readonly centreSigningKey: string;
  readonly centreCode: string;
  readonly siteCode: string;
  readonly mode: 'formal' | 'mock';
  readonly projectId: string;
}

export async function registerAtSite(
  room: Room,
  registrationCode: string,
  by: string,
): Promise<Result<void>> {
  const { node } = room;
  const settings = room.settings();
  const siteAddress = settings && siteAddressOf(room, settings);
  if (!siteAddress || settings.roomCode === '') return refuse({ type: 'settings-missing' });
  const paired = await pairWithParent<Welcome>({
    address: siteAddress,
    code: registrationCode,
    child: { role: 'room', code: settings.roomCode, id: node.id },
    keys: node.keys,
    details: { ownAddress: settings.ownAddress },
  });
  if (!paired.ok) return paired;
  const { welcome, parentKeys, certPem } = paired.value;
  // The code proved the site; the site's word for the centre is checked by the chain it stands in.
  const chain = verifyChain(welcome.chain, { roots: [welcome.centreSigningKey], at: null });
  if (!chain.ok) return chain;
  if (chain.value[1]?.signingKey !== parentKeys.signingKey)
    return refuse({ type: 'untrusted-sender', code: welcome.siteCode });
  const membership: RoomMembership = {
    siteAddress,
    certPem,
    siteSigningKey: parentKeys.signingKey,
    siteSealingKey: parentKeys.sealingKey,
    ...welcome,
    registeredAt: node.clock.now(),
  };
  node.settings.write('membership', membership);
  await node.journal.append([
    { kind: 'registered-at-site', subject: 'room', data: { site: welcome.siteCode, by } },
  ]);
  await room.link?.uplink.stop();
  room.link = null;
  room.connect();
  room.changed.notify();
  return ok();
}
